//! `&` and `&mut`: what is expected of the reference says what is expected of a temporary behind it.

use syn::Expr;

use super::{Lower, mixed, verbatim};
use crate::{
    frame::SlotId,
    hygiene::private,
    syntax::{self, is_constant_value},
};

impl Lower<'_> {
    /// Whether rustc makes a constant of what `&` is applied to, in the original and in the body: of a constant, and of a closure
    /// that captures nothing.
    pub(super) fn is_promoted(&self, operand: &Expr) -> bool {
        let is_closure =
            matches!(syntax::strip(operand), Expr::Closure(closure) if closure.asyncness.is_none());
        is_constant_value(operand) || is_closure && self.captures_nothing(operand)
    }

    /// `&|x| ..` of a closure that is kept: it has the types of its parameters from the reference that is expected.
    ///
    /// ```text
    /// f(&|x| x + n)   →  f(put_ref(&mut guard, |x| x + (*n.at())))
    /// ```
    fn reference_to_closure(&mut self, expr: &mut Expr) -> bool {
        let Expr::Reference(reference) = expr else {
            return false;
        };
        let operand = &mut *reference.expr;
        let (slot, extended) = match operand {
            Expr::Call(call) => (
                syntax::extended_slot(call).map(SlotId),
                call.args.first_mut(),
            ),
            _ => (None, None),
        };
        let is_extended = slot.is_some();
        let closure = match extended {
            Some(value) if is_extended => value,
            _ => operand,
        };
        if !matches!(syntax::strip(closure), Expr::Closure(_)) || self.in_closure {
            return false;
        }
        if !is_extended
            && (!self.hold || reference.mutability.is_none() && self.is_promoted(closure))
        {
            self.value(closure);
            return true;
        }
        let slot = match slot {
            Some(slot) => {
                self.value(closure);
                self.comes_to_be(slot);
                slot
            }
            None => self.temporary_value(closure),
        };
        let guard = &self.frame.get(slot).guard;
        let span = mixed(reference.and_token.span);
        *expr = verbatim(match reference.mutability {
            Some(_) => at!(span=> #private::put_mut(&mut #guard, #closure)),
            None => at!(span=> #private::put_ref(&mut #guard, #closure)),
        });
        true
    }

    /// `&a`, which may tell what is in `a` its type.
    ///
    /// ```text
    /// f(&[&a, &b])
    ///     →  f(match () {
    ///            // What is expected coerces the elements: so the type of the temporary is known below.
    ///            () if false => { loop {} &match () { () if false => [&a, &b], () => any_local(&guard) } }
    ///            () => &*put(&mut guard, [&a, &b]),
    ///        })
    /// ```
    pub(super) fn reference_to(&mut self, expr: &mut Expr) {
        if self.reference_to_closure(expr) {
            return;
        }
        let Expr::Reference(reference) = expr else {
            return;
        };
        let extended = match &*reference.expr {
            Expr::Call(call) => syntax::extended_slot(call)
                .map(SlotId)
                .zip(call.args.first()),
            _ => None,
        };
        let value = extended.map_or(&*reference.expr, |(_, value)| value);
        let is_kept = self.hold || extended.is_some();
        let is_told = is_kept && !self.in_closure && self.is_told_its_type(value);
        let is_told = is_told && (extended.is_none() || !self.suspends(value));
        if is_told && self.suspends(value) {
            // What suspends in it has been evaluated before: what is left may be written twice.
            let slot = self.temporary_value(&mut reference.expr);
            let told = (*reference.expr).clone();
            let guard = &self.frame.get(slot).guard;
            *reference.expr = verbatim(q!((*#private::put(&mut #guard, #told))));
            *expr = self.told_its_type(reference, slot, &told);
            return;
        }
        let mut told = is_told.then(|| value.clone());
        let extended = extended.map(|(slot, _)| slot);
        let slot = self.borrowed(&mut reference.expr, reference.mutability);
        let slot = extended.or(slot);
        let (Some(told), Some(slot)) = (&mut told, slot) else {
            return;
        };
        let in_probe = std::mem::replace(&mut self.in_probe, true);
        self.unheld(|this| this.value(told));
        self.in_probe = in_probe;
        *expr = self.told_its_type(reference, slot, told);
    }

    fn told_its_type(&self, reference: &syn::ExprReference, slot: SlotId, told: &Expr) -> Expr {
        let (and, mutability) = (reference.and_token, reference.mutability);
        let guard = &self.frame.get(slot).guard;
        verbatim(q! {
            (match () {
                () if false => {
                    loop {}
                    #and #mutability match () { () if false => #told, () => #private::any_local(&#guard) }
                }
                () => #reference,
            })
        })
    }

    /// Whether a value may have its type from the reference to it that is expected.
    fn is_told_its_type(&self, value: &Expr) -> bool {
        let is_told = |element: &Expr| {
            self.is_told_its_type(element)
                || matches!(syntax::strip(element), Expr::Reference(_))
                || syntax::as_name(element).is_some_and(|name| self.reference(name).is_some())
        };
        match syntax::strip(value) {
            Expr::Array(array) => !array.elems.iter().all(is_constant_value),
            Expr::Tuple(tuple) => tuple.elems.iter().any(is_told),
            Expr::Call(call) => syntax::is_constructor(&call.func) && call.args.iter().any(is_told),
            _ => false,
        }
    }
}
