//! What is evaluated apart from where it stands, before the rest of its expression: branches that suspend. Nothing would be expected
//! of it there, so what may be coerced inside has its type from the original (`crate::coerced`).
//!
//! ```text
//! f(if c { yield 1; Some(&a) } else { None })
//!     →  let mut value_1_ = (told({ .. the type .. }, if .. { .. } else { None }),);
//!        f((value_1_).0)
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Expr;

use super::{Lower, loops::is_construct, mixed, verbatim};
use crate::{
    coerced,
    frame::Told,
    hygiene::{Ends, span_of},
    syntax::generated,
};

impl Lower<'_> {
    /// A construct among operands is evaluated before the rest, in a statement of its own: what it matches on is
    /// kept for longer than that. One with a number has its type from the original.
    pub(super) fn construct_step(&mut self, expr: &mut Expr) {
        let ends = Ends::of(expr);
        let told = self.tell(expr);
        let hold = std::mem::replace(&mut self.hold, true);
        let value = self.construct(expr);
        self.hold = hold;
        let value = Self::told(told, &value);
        *expr = self.step("value", ends, &value);
    }

    /// Whether an expression is evaluated before what it is an operand of.
    pub(super) fn is_step(&self, expr: &Expr) -> bool {
        self.suspends(expr) && is_construct(expr)
    }

    /// Has the original tell the type of an expression that may be coerced inside, if it can be told. Returns the field of
    /// the frame that has it.
    pub(super) fn tell(&mut self, expr: &mut Expr) -> Option<Ident> {
        let number = coerced::take_number(expr)?;
        if self.repeated.makes(expr) {
            return None;
        }
        let name = format!("value_{}", self.frame.told.len() + 1);
        let told = Told {
            number,
            name: generated(&name),
        };
        let field = told.field();
        self.frame.told.push(told);
        Some(field)
    }

    /// The same of an operand, unless it is a step, which has its type told there.
    pub(super) fn tell_operand(&mut self, operand: &mut Expr) -> Option<Ident> {
        if self.is_step(operand) {
            None
        } else {
            self.tell(operand)
        }
    }

    /// A value whose type has been told.
    pub(super) fn told(told: Option<Ident>, value: &impl ToTokens) -> TokenStream {
        match told {
            Some(field) => {
                let tell = q!(ty.is_that(&(*frame).#field););
                coerced::told(mixed(span_of(value)), &tell, value)
            }
            None => quote!(#value),
        }
    }

    /// Evaluates something before the rest of the expression, and gives it a name. In a tuple, so that its
    /// use is at the user's.
    pub(super) fn step(&mut self, what: &str, ends: Ends, value: &TokenStream) -> Expr {
        self.count += 1;
        let name = generated(&format!("{what}_{}_", self.count));
        self.temporaries
            .steps
            .extend(q!(let mut #name = (#value,);));
        verbatim(ends.stretch(quote!((#name).0)))
    }
}
