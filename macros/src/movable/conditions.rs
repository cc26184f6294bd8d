//! What decides where control goes: conditions, guards and loops, whose temporaries live as long as what they
//! decide on.

use proc_macro2::Span;
use quote::quote_spanned;
use syn::{Block, Expr, Ident, Pat, parse_quote, spanned::Spanned, visit_mut::VisitMut};

use super::{Check, Place, temporaries::Condition};
use crate::{
    edition,
    hygiene::Ends,
    position::tail,
    syntax::{
        bindings, block_suspends, conjuncts, has_let, nested_chain, pattern_use, refers, suspends,
    },
};

impl Check<'_> {
    /// The bindings of a condition are in scope in its branch; those of a chain, in what follows in it as
    /// well, which is why a chain is nested first.
    pub(super) fn condition(&mut self, cond: &mut Expr, then: &mut Block) {
        if let Expr::Let(condition) = cond {
            self.visit_expr_mut(&mut condition.expr);
            let pat = (*condition.pat).clone();
            self.bound(&pat, then);
        } else {
            self.full(cond);
            self.visit_block_mut(then);
        }
    }

    /// What a `let` in a guard binds is in scope in the arm:
    ///
    /// ```text
    /// let Some(x) = f() && g(&x)      →  let Some(x) = f() && let mut x = x && g(&x)
    /// ```
    pub(super) fn guard(&mut self, guard: &mut Expr) {
        let mut conditions = Vec::new();
        conjuncts(guard, &mut conditions);
        let mut rebound: Vec<Expr> = Vec::new();
        for mut condition in conditions {
            let mut names = Vec::new();
            if let Expr::Let(condition) = &mut condition {
                self.visit_expr_mut(&mut condition.expr);
                names = bindings(&condition.pat);
            } else {
                self.full(&mut condition);
            }
            rebound.push(condition);
            names.retain(|name| self.lent.contains(name));
            rebound.extend(names.iter().map(|name| {
                let rebind = quote_spanned!(name.span()=> let mut #name = #name);
                Expr::Verbatim(rebind)
            }));
        }
        // Nested to the left, for no parentheses may be around a `let`.
        let chain = rebound.into_iter().reduce(|left, right| {
            Expr::Binary(syn::ExprBinary {
                attrs: Vec::new(),
                left: Box::new(left),
                op: syn::BinOp::And(<syn::Token![&&]>::default()),
                right: Box::new(right),
            })
        });
        *guard = chain.unwrap_or_else(|| unreachable!("a guard is a condition"));
    }

    /// The temporaries of what a `let` condition matches on, where they drop before the code after its branch.
    pub(super) fn of_condition(&mut self, cond: &mut Expr, then: &Block) -> Condition {
        match cond {
            Expr::Let(condition) if suspends(&condition.expr) || block_suspends(then) => {
                Condition::of(&mut self.naming, condition)
            }
            _ => Condition::default(),
        }
    }

    /// `if let P = f(&g()) { A } else { B }`
    ///     →  `'chain: { { let mut temporary_1; if let P = .. { break 'chain A } } B }`
    pub(super) fn if_(&mut self, expr: &mut Expr) {
        let Expr::If(if_) = expr else { return };
        let Condition {
            temporaries,
            mut first,
        } = if edition::is_2024() {
            self.of_condition(&mut if_.cond, &if_.then_branch)
        } else {
            Condition::default()
        };
        self.within(&temporaries, |this| {
            if let Some(first) = &mut first {
                this.visit_expr_mut(first);
            }
            this.condition(&mut if_.cond, &mut if_.then_branch);
        });
        if let Some((_, otherwise)) = &mut if_.else_branch {
            self.visit_expr_mut(otherwise);
            // A chain has become a block with a label, which cannot stand there.
            let may_stand = match &**otherwise {
                Expr::If(_) => true,
                Expr::Block(block) => block.label.is_none(),
                _ => false,
            };
            if !may_stand {
                **otherwise = parse_quote!({ #otherwise });
            }
        }
        if temporaries.is_empty() {
            return;
        }
        let end = Span::mixed_site().located_at(Ends::of(expr).last());
        let Expr::If(if_) = expr else { return };
        let otherwise = if_.else_branch.take().map(|(_, otherwise)| otherwise);
        let first = first.map(|first| at!(end=> #first;));
        let Some(otherwise) = otherwise else {
            let value = tail(expr);
            *expr = Expr::Verbatim(at!(end=> { #(#temporaries)* #first #value }));
            return;
        };
        let label = self.label();
        let then = &if_.then_branch;
        if_.then_branch = parse_quote!({ break #label #then; });
        *expr = Expr::Verbatim(at! {end=>
            #label: { { #(#temporaries)* #first #expr } #otherwise }
        });
    }

    /// `while let P = f(&g()) { A }`
    ///     →  `loop { let mut temporary_1; if let P = .. { A } else { break }; }`
    pub(super) fn while_(&mut self, expr: &mut Expr) {
        let Expr::While(while_) = expr else { return };
        let Condition {
            temporaries,
            mut first,
        } = self.of_condition(&mut while_.cond, &while_.body);
        self.within(&temporaries, |this| {
            if let Some(first) = &mut first {
                this.visit_expr_mut(first);
            }
            this.condition(&mut while_.cond, &mut while_.body);
        });
        if !temporaries.is_empty() {
            let (label, cond, body) = (&while_.label, &while_.cond, &while_.body);
            let end = Span::mixed_site().located_at(Ends::of(&*while_).last());
            let first = first.map(|first| at!(end=> #first;));
            *expr = Expr::Verbatim(at! {end=>
                #label loop {
                    #(#temporaries)*
                    #first
                    if #cond #body else { break };
                }
            });
        }
    }

    /// `for ref x in v { A }`
    ///     →  `for item in v { let mut item = item; let ref x = item; A }`
    pub(super) fn for_(&mut self, for_: &mut syn::ExprForLoop) {
        self.visit_expr_mut(&mut for_.expr);
        let pat = (*for_.pat).clone();
        if !pattern_use(&pat).refers || !block_suspends(&for_.body) {
            return self.bound(&pat, &mut for_.body);
        }
        self.naming.count += 1;
        let name = format!("item_{}", self.naming.count);
        let item = Ident::new(&name, Span::mixed_site().located_at(pat.span()));
        self.in_scope.push(Place::local(item.clone()));
        self.bound(&pat, &mut for_.body);
        self.in_scope.pop();
        let body = &for_.body;
        let span = Span::mixed_site().located_at(pat.span());
        let bind = at!(span=> let mut #item = #item; let #pat = #item;);
        for_.body = parse_quote!({ #bind #body });
        *for_.pat = parse_quote!(#item);
    }

    pub(super) fn nest(&mut self, cond: &Expr, then: &Block, otherwise: Expr) -> Expr {
        let label = self.label();
        let then = Expr::Block(syn::ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: then.clone(),
        });
        nested_chain(cond, then, otherwise, &label)
    }

    pub(super) fn label(&mut self) -> syn::Lifetime {
        self.naming.count += 1;
        let name = format!("'chain_{}", self.naming.count);
        syn::Lifetime::new(&name, Span::mixed_site())
    }
}

/// Whether bindings of one condition are in scope in another.
pub(super) fn is_chain(cond: &Expr) -> bool {
    has_let(cond) && !matches!(cond, Expr::Let(_))
}

/// What a guard leaves in an arm that suspends may refer to what the pattern binds, which is assigned there:
///
/// ```text
/// P(a) if let y = &a => A     →  P(a) => { if let y = &a { A } else { loop {} } }
/// ```
pub(super) fn guard_in_arm(arm: &mut syn::Arm) {
    let Pat::Guard(guarded) = &arm.pat else {
        return;
    };
    let (pat, guard, body) = (&guarded.pat, &guarded.guard, &arm.body);
    let leaves = has_let(guard) || refers(guard, &bindings(pat));
    if !leaves || suspends(guard) || !suspends(body) {
        return;
    }
    let mut if_: syn::ExprIf = parse_quote!(if x { #body } else { loop {} });
    if_.cond.clone_from(guard);
    let pat = (**pat).clone();
    *arm.body = Expr::If(if_);
    arm.pat = pat;
}
