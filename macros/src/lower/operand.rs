//! Operands: what has been evaluated before a suspension point is kept across it.
//!
//! ```text
//! f(a(), yield b(), c())
//!     →  let mut operand_1_saved = Saved::new(operand_1_, to > At::Start, &suspending);
//!        if to == At::Start { operand_1_saved.put(a()); }
//!        .. the suspension point ..
//!        f(operand_1_saved.take(), argument_2_, c())
//! ```

use syn::Expr;

use super::{Guard, Lower, value::is_plain_place, verbatim};
use crate::hygiene::{private, span_of};
use crate::syntax::{self, as_name, is_constant_value, is_place};

impl Lower<'_> {
    /// Lowers operands in the order of their evaluation. Each is a place (`true`) or a value.
    pub(super) fn operands(&mut self, operands: &mut [(&mut Expr, bool)]) {
        let Some(last) = operands
            .iter()
            .rposition(|(operand, _)| self.suspends(operand))
        else {
            for (operand, is_place) in operands {
                self.operand(operand, *is_place);
            }
            return;
        };
        let first_guard = self.temporaries.guards.len();
        let mut kept = Vec::new();
        for (number, (operand, is_place)) in operands.iter_mut().enumerate() {
            if number < last {
                kept.extend(self.keep(operand, *is_place));
            } else {
                self.operand(operand, *is_place);
            }
        }
        // What was kept is taken now: at a later suspension point it is gone.
        let until = self.points.len();
        for guard in &mut self.temporaries.guards[first_guard..] {
            if kept.contains(&guard.slot) {
                guard.until = Some(until);
            }
        }
    }

    fn operand(&mut self, operand: &mut Expr, is_place: bool) {
        if is_place {
            self.place(operand);
        } else {
            self.value(operand);
        }
    }

    /// Evaluates an operand before the suspension point that follows, and keeps its value; unless it makes
    /// no difference when it is evaluated.
    fn keep(&mut self, operand: &mut Expr, is_place_operand: bool) -> Option<crate::frame::SlotId> {
        if !self.suspends(operand) && self.is_timeless(operand, is_place_operand) {
            self.operand(operand, is_place_operand);
            return None;
        }
        if is_place_operand && is_place(operand) {
            self.errors.reject(
                &operand,
                "this place is evaluated before a suspension point of the same expression, which is \
                 not supported yet; bind the suspension point's value first: `let value = ..;`",
            );
            return None;
        }
        let slot = self.anonymous("operand");
        let guard = self.frame.get(slot).guard.clone();
        let steps = std::mem::take(&mut self.temporaries.steps);
        let hold = std::mem::replace(&mut self.hold, true);
        let span = span_of(&operand);
        let has_points = self.suspends(operand);
        self.value(operand);
        self.hold = hold;
        let inner = std::mem::replace(&mut self.temporaries.steps, steps);
        let condition = self.until_here(has_points);
        self.temporaries.steps.extend(q! {
            if #condition { #inner #private::put(&mut #guard, #operand); }
        });
        let after = self.points.len();
        self.temporaries.guards.push(Guard {
            slot,
            after,
            until: None,
        });
        *operand = if is_place_operand {
            verbatim(self.place_of(slot, span))
        } else {
            let guard = super::located(&guard, span);
            verbatim(q!((&mut #guard).take()))
        };
        (!is_place_operand).then_some(slot)
    }

    /// Whether an operand may as well be evaluated after the suspension point.
    fn is_timeless(&self, operand: &Expr, is_place_operand: bool) -> bool {
        if is_constant_value(operand) || is_place_operand && is_plain_place(operand) {
            return true;
        }
        match syntax::strip(operand) {
            Expr::Closure(closure) => closure.capture.is_none(),
            Expr::Reference(reference) => is_plain_place(&reference.expr),
            Expr::Path(path) => as_name(operand).is_none_or(|name| match self.locals.get(name) {
                // Nothing can change it, and nobody misses it.
                Some(local) => !local.mutable && !syntax::is_last_use(path),
                None => true,
            }),
            _ => false,
        }
    }
}
