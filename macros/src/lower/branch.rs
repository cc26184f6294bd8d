//! `if` and `match`.
//!
//! ```text
//! if c { A } else { B }       both with suspension points
//!     →  if (if to == At::Start { c } else { to <= At::Yield1 }) { A } else { B }
//!
//! match v { P(a) => A, Q => B }       A with suspension points, B without
//!     →  'arms: {
//!            let arm = if to == At::Start {
//!                match v { P(a) => { a.init(a); 0 }, Q => break 'arms B }
//!            } else { 0 };
//!            match arm { _ => { .. guard of `a` .. A } }
//!        }
//! ```

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::quote;
use syn::{Expr, Lifetime, Pat, parse_quote};

use super::{Guard, Lower, pattern::Scrutinee};
use crate::hygiene::private;
use crate::{
    edition,
    syntax::{self, bindings, has_let, nested_chain, suspends},
};

/// An arm of a `match` with suspension points, or what an `if let` makes of one.
struct Arm {
    pat: Pat,
    body: Expr,
}

impl Lower<'_> {
    /// An `if` without suspension points.
    pub(super) fn plain_if(&mut self, expr: &mut Expr) {
        let Expr::If(if_) = expr else { return };
        if let Some(mut match_) = self.if_let_as_match(if_) {
            self.plain_match(&mut match_);
            *expr = match_;
            return;
        }
        self.unheld(|this| {
            this.value(&mut if_.cond);
            this.plain_block(&mut if_.then_branch);
            if let Some((_, otherwise)) = &mut if_.else_branch {
                this.value(otherwise);
            }
        });
    }

    /// `if let P = x` of a saved local that may move in it is a `match`.
    fn if_let_as_match(&self, if_: &syn::ExprIf) -> Option<Expr> {
        let Expr::Let(condition) = &*if_.cond else {
            return None;
        };
        let name = syntax::part_path(&condition.expr).map(|(name, _)| name);
        let is_saved = name.is_some_and(|name| self.saved(&name).is_some());
        is_saved.then(|| {
            let (pat, value, then) = (&condition.pat, &condition.expr, &if_.then_branch);
            let mut match_: syn::ExprMatch = parse_quote!(match x { #pat => {} _ => {} });
            match_.expr = value.clone();
            *match_.arms[0].body = Expr::Block(syn::ExprBlock {
                attrs: Vec::new(),
                label: None,
                block: then.clone(),
            });
            if let Some((_, otherwise)) = &if_.else_branch {
                match_.arms[1].body = otherwise.clone();
            }
            Expr::Match(match_)
        })
    }

    /// A `match` without suspension points.
    pub(super) fn plain_match(&mut self, expr: &mut Expr) {
        let Expr::Match(match_) = expr else { return };
        let pats: Vec<_> = match_.arms.iter().map(|arm| &arm.pat).collect();
        let scrutinee = self.scrutinee(&mut match_.expr, &pats, false);
        self.unheld(|this| {
            for arm in &mut match_.arms {
                if let Pat::Guard(guarded) = &mut arm.pat {
                    this.value(&mut guarded.guard);
                }
                this.value(&mut arm.body);
            }
        });
        match &scrutinee {
            Scrutinee::Plain(value) => {
                *match_.expr = super::verbatim(value.clone());
                let unmatched = q!(_ => #private::unmatched(),);
                match_.arms.push(parse_quote!(#unmatched));
            }
            Scrutinee::Whole(..) | Scrutinee::Late(..) | Scrutinee::Part(..) => {
                let pats: Vec<_> = match_.arms.iter().map(|arm| arm.pat.clone()).collect();
                let bodies: Vec<_> = match_
                    .arms
                    .iter()
                    .map(|arm| &arm.body)
                    .map(|b| quote!(#b))
                    .collect();
                let dispatch = self.dispatch(&scrutinee, &pats, &bodies);
                *expr = super::verbatim(q!((#dispatch)));
            }
        }
    }

    /// An `if` with suspension points.
    pub(super) fn if_(&mut self, if_: &mut syn::ExprIf) -> TokenStream {
        if has_let(&if_.cond) {
            return self.if_let(if_);
        }
        let cond_suspends = suspends(&if_.cond);
        let (before, ()) = self.full(false, |this| this.value(&mut if_.cond));
        let cond = &if_.cond;
        let (in_cond, cond) = if cond_suspends {
            let end = self.at(self.points.len());
            (q!(to <= #end), q!({ #before #cond }))
        } else {
            (self.started(), quote!(#cond))
        };
        let then = self.branch(&Expr::Block(syn::ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: if_.then_branch.clone(),
        }));
        let then_end = self.at(self.points.len());
        let otherwise = match &if_.else_branch {
            Some((_, otherwise)) => {
                let otherwise = self.branch(otherwise);
                q!(else { #otherwise })
            }
            None => TokenStream::new(),
        };
        // Where the user wrote it: that there is no `else`, the original says at the same place.
        let if_token = if_.if_token;
        let mut branch = Group::new(Delimiter::Brace, then);
        branch.set_span(if_.then_branch.brace_token.span.join());
        let cond = q!((if #in_cond { #cond } else { to <= #then_end }));
        quote!(#if_token #cond #branch #otherwise)
    }

    /// A branch that may or may not suspend: what stands between its braces.
    pub(super) fn branch(&mut self, expr: &Expr) -> TokenStream {
        if let (
            Expr::Block(syn::ExprBlock {
                label: None, block, ..
            }),
            true,
        ) = (expr, suspends(expr))
        {
            return self.block(block);
        }
        let mut expr = expr.clone();
        if suspends(&expr) {
            let (before, value) = self.full(false, |this| this.direct(&mut expr));
            return quote!(#before #value);
        }
        self.unheld(|this| this.value(&mut expr));
        match expr {
            Expr::Block(syn::ExprBlock {
                label: None, block, ..
            }) => {
                let stmts = &block.stmts;
                quote!(#(#stmts)*)
            }
            expr => quote!(#expr),
        }
    }

    /// `if let P = v { A } else { B }` is `match v { P => A, _ => B }`; of a chain of conditions the arm is
    /// chosen by an `if`.
    fn if_let(&mut self, if_: &mut syn::ExprIf) -> TokenStream {
        let then = Expr::Block(syn::ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: if_.then_branch.clone(),
        });
        let otherwise: Expr = if_
            .else_branch
            .as_ref()
            .map_or_else(|| parse_quote!({}), |(_, e)| (**e).clone());
        // From edition 2024 on, temporaries of the condition are dropped before `else`.
        let drops_first = suspends(&otherwise) && edition::is_2024();
        if let (Expr::Let(condition), false) = (&mut *if_.cond, drops_first) {
            let arms = vec![
                Arm {
                    pat: (*condition.pat).clone(),
                    body: then,
                },
                Arm {
                    pat: parse_quote!(_),
                    body: otherwise,
                },
            ];
            return self.arms(&mut condition.expr, arms);
        }
        let label = self.label("chain");
        let mut nested = nested_chain(&if_.cond, then, otherwise, &label);
        self.construct(&mut nested)
    }

    /// A `match` with suspension points.
    pub(super) fn match_(&mut self, match_: &mut syn::ExprMatch) -> TokenStream {
        let arms = match_
            .arms
            .iter()
            .map(|arm| Arm {
                pat: arm.pat.clone(),
                body: (*arm.body).clone(),
            })
            .collect();
        for arm in &match_.arms {
            if let Some(cfg) = arm.attrs.iter().find(|attr| attr.path().is_ident("cfg")) {
                self.errors.reject(
                    cfg,
                    "`#[cfg]` on an arm of a `match` with suspension points is not supported yet; put \
                     it on a statement",
                );
            }
        }
        self.arms(&mut match_.expr, arms)
    }

    fn arms(&mut self, scrutinee: &mut Expr, arms: Vec<Arm>) -> TokenStream {
        let (before, rest) = self.full(false, |this| this.arms_inner(scrutinee, arms));
        q!({ #before #rest })
    }

    fn arms_inner(&mut self, scrutinee: &mut Expr, mut arms: Vec<Arm>) -> TokenStream {
        let held = arms.iter().any(|arm| suspends(&arm.body));
        if held && !syntax::is_place(scrutinee) {
            for arm in arms.iter_mut().filter(|arm| suspends(&arm.body)) {
                self.name_rest(&mut arm.pat);
            }
        }
        let scrutinee = {
            let pats: Vec<_> = arms.iter().map(|arm| &arm.pat).collect();
            self.scrutinee(scrutinee, &pats, held)
        };
        let start = self.started();
        let mut after = self.points.len();
        let label = self.label("arms");
        let mut pats = Vec::new();
        let mut chosen = Vec::new();
        let mut numbers = Vec::new();
        let mut entries = Vec::new();
        for arm in arms {
            let mut pat = arm.pat;
            if let Pat::Guard(guarded) = &mut pat {
                if suspends(&guarded.guard) {
                    self.errors.reject(
                        &guarded.guard,
                        "a suspension point in the guard of an arm is not supported yet; decide in the \
                         arm's body",
                    );
                }
                self.unheld(|this| this.value(&mut guarded.guard));
            }
            if !suspends(&arm.body) {
                let body = self.branch(&arm.body);
                chosen.push(q!(break #label { #body }));
                pats.push(pat);
                continue;
            }
            let names = bindings(&pat);
            let (slots, body) = self.in_scope(|this| {
                let slots = this.declare_all(&names);
                (slots, this.branch(&arm.body))
            });
            let init = self.init(&names);
            let guards = self.bound_guards(&slots, after);
            let number = proc_macro2::Literal::usize_unsuffixed(entries.len());
            chosen.push(q!({ #init #number }));
            pats.push(pat);
            let end = self.at(self.points.len());
            numbers.push(q!(if to <= #end { #number }));
            entries.push(q!({ #guards #body }));
            after = self.points.len();
        }
        let dispatch = self.dispatch(&scrutinee, &pats, &chosen);
        let guard = match scrutinee {
            Scrutinee::Late(slot, _, after) => self.render_bound(&Guard::since(slot, after)),
            _ => TokenStream::new(),
        };
        if entries.is_empty() {
            return q!(#guard #label: { #dispatch });
        }
        numbers.pop();
        let last = proc_macro2::Literal::usize_unsuffixed(entries.len() - 1);
        let last_entry = entries.pop();
        let other = 0..entries.len();
        let other = other.map(proc_macro2::Literal::usize_unsuffixed);
        q! {
            #guard
            #label: {
                let arm = if #start { #dispatch } #(else #numbers)* else { #last };
                match arm { #(#other => #entries)* _ => #last_entry }
            }
        }
    }

    /// Slots for bindings, in order; before them, for what the pattern leaves, the first part last: bindings
    /// drop in reverse, then the rest drops in order.
    pub(super) fn declare_all(&mut self, names: &[syn::Ident]) -> Vec<crate::frame::SlotId> {
        let (rests, bound): (Vec<_>, Vec<_>) = names
            .iter()
            .partition(|name| self.rests.contains(&name.to_string()));
        let ordered = rests.into_iter().rev().chain(bound);
        ordered.map(|name| self.declare(name, None)).collect()
    }

    /// The guards of bindings that have been initialised when control gets there.
    pub(super) fn bound_guards(
        &mut self,
        slots: &[crate::frame::SlotId],
        after: usize,
    ) -> TokenStream {
        slots
            .iter()
            .map(|slot| self.render_bound(&Guard::since(*slot, after)))
            .collect()
    }

    pub(super) fn label(&mut self, name: &str) -> Lifetime {
        self.count += 1;
        Lifetime::new(
            &format!("'{name}_{}", self.count),
            proc_macro2::Span::mixed_site(),
        )
    }
}
