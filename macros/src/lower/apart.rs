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

use super::{Lower, loops::is_construct, mixed, place::is_plain_place, verbatim};
use crate::{
    coerced,
    frame::Told,
    hygiene::{Ends, span_of},
    syntax::{self, generated},
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

    /// The value of an operand that is evaluated where nothing is expected of it. What has a reference for its type is reborrowed
    /// where that is expected, and moved where nothing is, so it is told its own type:
    ///
    /// ```text
    /// f(self.out, yield 1)
    ///     →  .. put(&mut operand_1_saved, told({ .. ty.is_at(&raw const (*self.at()).out); .. }, (*self.at()).out)); ..
    /// ```
    pub(super) fn value_apart(&mut self, operand: &mut Expr) {
        let may_be_reborrowed = self.may_be_reborrowed(operand);
        self.value(operand);
        if may_be_reborrowed {
            *operand = verbatim(told_by_itself(operand));
        }
    }

    /// Whether an operand is a place that is left as it is, which may be of the type of a mutable reference that is used again.
    pub(super) fn may_be_reborrowed(&self, operand: &Expr) -> bool {
        if self.in_closure || self.in_probe {
            return false;
        }
        let operand = syntax::strip(operand);
        if let Expr::Index(index) = operand {
            return is_plain_place(&index.expr)
                && (is_plain_place(&index.index) || syntax::is_constant_value(&index.index));
        }
        if !is_plain_place(operand) {
            return false;
        }
        syntax::part_path(operand).is_some_and(|(name, path)| {
            let is_part = name != path;
            match self.saved(&name) {
                Some(_) => is_part && self.reference(&name).is_some(),
                None => self.locals.get(&name).is_some(),
            }
        })
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

/// The value of a place, which is reborrowed if it is a mutable reference, and moved or copied if it is not.
pub(super) fn told_by_itself(place: &impl ToTokens) -> TokenStream {
    let tell = q!(ty.is_at(&raw const #place););
    coerced::told(mixed(span_of(place)), &tell, place)
}
