//! `if` and `match`.
//!
//! ```text
//! if c { A } else { B }       both with suspension points
//!     →  if (if to == 0 { c } else { to <= 1 }) { A } else { B }
//!
//! ```
//!
//! A `match` with suspension points is in `arms.rs`.

use std::rc::Rc;

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::quote;
use syn::{Expr, Lifetime, Pat, parse_quote};

use super::{
    Lower,
    arms::Arm,
    pattern::{Scrutinee, Stays},
    point_at, started,
};
use crate::{
    choice::choice,
    edition,
    hygiene::private,
    position::tail,
    syntax::{bindings, guarded, has_let, nested_chain, pattern_use, suspends},
};

impl Lower<'_> {
    /// An `if` without suspension points.
    pub(super) fn plain_if(&mut self, expr: &mut Expr) {
        let Expr::If(if_) = expr else { return };
        self.unheld(|this| {
            this.value(&mut if_.cond);
            this.plain_block(&mut if_.then_branch);
            if let Some((_, otherwise)) = &mut if_.else_branch {
                this.value(otherwise);
            }
        });
    }

    /// `let P = x` in a condition: of a saved local that may move in it, a selection is matched.
    ///
    /// ```text
    /// let Some(a) = x     →  let This((mut a,)) = (<selection>)
    /// ```
    pub(super) fn let_condition(&mut self, condition: &mut syn::ExprLet) {
        let pats = [(*condition.pat).clone(), parse_quote!(_)];
        let used = pattern_use(&pats[0]);
        let mut owned = None;
        if self.takes_to_empty(&mut condition.expr, &[&pats[0], &pats[1]]) {
            return;
        }
        if used.takes && !self.in_closure {
            owned = self.owned_place(&mut condition.expr).map(Scrutinee::Owned);
        }
        if used.takes && used.refers && owned.is_none() {
            owned = self.extended_scrutinee(&mut condition.expr);
        }
        let Some(owned) = owned else {
            return self.place(&mut condition.expr);
        };
        let selection = self.select(&owned, &pats);
        let names = bindings(&pats[0]);
        let chosen = choice(0, 2, &quote!((#(mut #names,)*)));
        *condition.pat = Pat::Verbatim(chosen);
        *condition.expr = super::verbatim(q!((#selection)));
    }

    /// A `match` without suspension points in its arms and guards.
    pub(super) fn plain_match(&mut self, expr: &mut Expr) {
        let Expr::Match(match_) = expr else { return };
        let pats: Vec<_> = match_.arms.iter().map(|arm| &arm.pat).collect();
        let mut scrutinee = self.scrutinee(&mut match_.expr, &pats, Stays::ToChoose);
        if let Scrutinee::Owned(owned) = &mut scrutinee {
            if pats.iter().any(|pat| guarded(pat).1.is_some_and(has_let)) {
                let put = owned.put.take();
                *expr = self.plain_in_turn(match_, scrutinee, put);
                return;
            }
        }
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
            Scrutinee::Owned(_) => {
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
        let typed = self.rest_of(&scrutinee);
        self.temporaries.steps.extend(typed);
    }

    /// The same of a saved local, or a part of one, if there is a guard whose temporaries live as long as its arm.
    fn plain_in_turn(
        &mut self,
        match_: &syn::ExprMatch,
        scrutinee: Scrutinee,
        put: Option<TokenStream>,
    ) -> Expr {
        let scrutinee = Rc::new(scrutinee);
        let chosen = self.unheld(|this| this.arms_of(&scrutinee, arms(match_)));
        let drops_rest = match &*scrutinee {
            Scrutinee::Owned(owned) => self.drops_rest(owned.slot),
            Scrutinee::Plain(_) => TokenStream::new(),
        };
        super::verbatim(match put {
            // Of what is made here the type is known here.
            Some(put) => q!((match #put { _ => { #drops_rest #chosen } })),
            None => {
                let typed = self.rest_of(&scrutinee);
                self.temporaries.steps.extend(typed);
                q!((#chosen))
            }
        })
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
            let end = point_at(self.points.len());
            {
                let cond = tail(cond);
                (q!(to <= #end), q!({ #before #cond }))
            }
        } else {
            (started(), tail(cond))
        };
        let then = self.branch(&Expr::Block(syn::ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: if_.then_branch.clone(),
        }));
        let then_end = point_at(self.points.len());
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
            return self.terminating_block(block);
        }
        let mut expr = expr.clone();
        if suspends(&expr) {
            // The body of an arm, whose temporaries are the arm's, while its operands are its own.
            let (before, value) =
                self.nested(|this| this.full(false, |this| this.direct(&mut expr)));
            return quote!(#before #value);
        }
        self.unheld(|this| this.value(&mut expr));
        match expr {
            Expr::Block(syn::ExprBlock {
                label: None, block, ..
            }) if edition::is_2024() => {
                let stmts = &block.stmts;
                quote!(#(#stmts)*)
            }
            expr => tail(&expr),
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
        let drops_first = if_.else_branch.is_some() && edition::is_2024();
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
            if !edition::is_2024() {
                return self.arms(&mut condition.expr, arms);
            }
            let (before, rest) = self.full(false, |this| this.arms(&mut condition.expr, arms));
            return q!({ #before #rest });
        }
        let label = self.label("chain");
        let mut nested = nested_chain(&if_.cond, then, otherwise, &label);
        self.construct(&mut nested)
    }

    /// A `match` with suspension points in arms or guards.
    pub(super) fn match_(&mut self, match_: &mut syn::ExprMatch) -> TokenStream {
        for arm in &match_.arms {
            if let Some(cfg) = arm.attrs.iter().find(|attr| attr.path().is_ident("cfg")) {
                self.errors.reject(
                    cfg,
                    "`#[cfg]` on an arm of a `match` with suspension points is not supported yet; put \
                     it on a statement",
                );
            }
        }
        let arms = arms(match_);
        self.arms(&mut match_.expr, arms)
    }

    pub(super) fn label(&mut self, name: &str) -> Lifetime {
        self.count += 1;
        Lifetime::new(
            &format!("'{name}_{}", self.count),
            proc_macro2::Span::mixed_site(),
        )
    }
}

fn arms(match_: &syn::ExprMatch) -> Vec<Arm> {
    let arms = match_.arms.iter().map(|arm| Arm {
        pat: arm.pat.clone(),
        body: (*arm.body).clone(),
    });
    arms.collect()
}
