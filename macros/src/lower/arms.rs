//! `match` with suspension points in its arms or guards, and what an `if let` makes of one.
//!
//! ```text
//! match v { P(a) => A, Q => B }       A with suspension points, B without
//!     →  'arms: {
//!            let arm = if to == 0 {
//!                match v { P(a) => { a.init(a); 0 }, Q => break 'arms B }
//!            } else { 0 };
//!            match arm { _ => { .. guard of `a` .. A } }
//!        }
//!
//! match v { P => A, Q if G => B, R => C }      A with suspension points, G in turn, as in `turns.rs`
//!     →  'arms: {
//!            let arm = 'chosen: {
//!                if to > 0 && to <= 1 { break 'chosen 0 }
//!                if to == 0 { match v { P => break 'chosen 0, _ => {} } }
//!                .. tries `Q if G`; break 'arms B ..
//!                if to == 0 { match v { R => break 'arms C, _ => {} } }
//!            };
//!            match arm { _ => A }
//!        }
//! ```

use std::rc::Rc;

use proc_macro2::{Literal, TokenStream};
use syn::{Expr, Lifetime, Pat, parse_quote};

use super::{
    Guard, Lower,
    loops::is_construct,
    pattern::{Scrutinee, Stays},
    point_at, started,
    turns::is_in_turn,
};
use crate::{
    frame::SlotId,
    hygiene::private,
    syntax::{bindings, guarded, pattern_use, suspends},
};

/// An arm.
pub(super) struct Arm {
    /// Its pattern, with the guard.
    pub pat: Pat,
    /// What it evaluates to.
    pub body: Expr,
}

/// A lowered arm.
enum Lowered {
    /// One that is chosen by its pattern.
    ByPattern {
        /// Its pattern, with the guard.
        pat: Box<Pat>,
        /// What runs where the arm has been chosen and its bindings are plain locals.
        chosen: TokenStream,
    },
    /// Tries an arm in its turn, and leaves with its value.
    InTurn(TokenStream),
}

/// The arms with suspension points in their bodies that are chosen by their patterns.
#[derive(Default)]
struct Entries {
    /// The bodies, by number.
    bodies: Vec<TokenStream>,
    /// The suspension points before the first of each, and up to its last.
    points: Vec<(usize, usize)>,
}

impl Lower<'_> {
    pub(super) fn arms(&mut self, scrutinee: &mut Expr, arms: Vec<Arm>) -> TokenStream {
        let takes = take(&arms);
        let stays = if arms.iter().any(|arm| is_in_turn(arm, takes)) {
            Stays::InGuards
        } else if arms.iter().any(|arm| suspends(&arm.body)) {
            Stays::InArms
        } else {
            // Of an `if let`.
            Stays::ToChoose
        };
        let pats: Vec<_> = arms.iter().map(|arm| &arm.pat).collect();
        let scrutinee = Rc::new(self.scrutinee(scrutinee, &pats, stays));
        let chosen = self.arms_of(&scrutinee, arms);
        let typed = self.rest_of(&scrutinee);
        self.temporaries.steps.extend(typed);
        chosen
    }

    /// The arms that something goes to.
    pub(super) fn arms_of(&mut self, scrutinee: &Rc<Scrutinee>, arms: Vec<Arm>) -> TokenStream {
        let takes = take(&arms);
        let label = self.label("arms");
        let number = self.label("chosen");
        let mut entries = Entries::default();
        let arms: Vec<_> = arms
            .into_iter()
            .map(|arm| {
                if is_in_turn(&arm, takes) {
                    Lowered::InTurn(self.arm_in_turn(&arm, scrutinee, &label))
                } else {
                    self.arm(arm, &label, &mut entries)
                }
            })
            .collect();
        let chosen = if arms.iter().any(|arm| matches!(arm, Lowered::InTurn(_))) {
            self.choose_in_turn(scrutinee, arms, &number, &entries)
        } else {
            self.choose(scrutinee, arms, &entries)
        };
        let Some(last) = entries.bodies.pop() else {
            return q!(#label: { #chosen });
        };
        let others = (0..entries.bodies.len()).map(Literal::usize_unsuffixed);
        let bodies = &entries.bodies;
        q! {
            #label: {
                let arm = #chosen;
                match arm { #(#others => #bodies)* _ => #last }
            }
        }
    }

    fn arm(&mut self, arm: Arm, label: &Lifetime, entries: &mut Entries) -> Lowered {
        let mut pat = arm.pat;
        if let Pat::Guard(guarded) = &mut pat {
            self.unheld(|this| this.value(&mut guarded.guard));
        }
        if !suspends(&arm.body) {
            let chosen = self.plain_body(&arm.body, label);
            return Lowered::ByPattern {
                pat: Box::new(pat),
                chosen,
            };
        }
        let after = self.points.len();
        let names = bindings(guarded(&pat).0);
        let (slots, body) = self.in_scope(|this| {
            let slots = this.declare_all(&names);
            (slots, this.suspending_body(&arm.body, label))
        });
        let init = self.init(&names);
        let guards = self.bound_guards(&slots, after);
        let number = Literal::usize_unsuffixed(entries.bodies.len());
        entries.bodies.push(q!({ #guards #body }));
        entries.points.push((after, self.points.len()));
        let chosen = q!({ #init #number });
        Lowered::ByPattern {
            pat: Box::new(pat),
            chosen,
        }
    }

    /// The body of an arm, without suspension points, where the arm's bindings are plain locals. Leaves with its value.
    pub(super) fn plain_body(&mut self, body: &Expr, label: &Lifetime) -> TokenStream {
        let lowered = self.branch(body);
        match body {
            // It leaves by itself.
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => q!({ #lowered }),
            Expr::Block(_) => q!(break #label { #lowered }),
            // In braces it would be the tail of a block, whose operands live as long as its temporaries.
            _ => q!(break #label (#lowered)),
        }
    }

    /// The body of an arm, with suspension points, as the value of a block.
    pub(super) fn suspending_body(&mut self, body: &Expr, label: &Lifetime) -> TokenStream {
        let leaves = matches!(body, Expr::Return(_) | Expr::Break(_) | Expr::Continue(_));
        if leaves || is_construct(body) {
            return self.branch(body);
        }
        let mut value = body.clone();
        let (before, value) = self.nested(|this| this.full(false, |this| this.direct(&mut value)));
        // As above: it is no tail.
        q!(#before break #label (#value))
    }

    /// Evaluates to the number of the arm that has been chosen, of those that suspend.
    fn choose(
        &mut self,
        scrutinee: &Scrutinee,
        arms: Vec<Lowered>,
        entries: &Entries,
    ) -> TokenStream {
        let arms = arms.into_iter().filter_map(|arm| match arm {
            Lowered::ByPattern { pat, chosen } => Some((*pat, chosen)),
            Lowered::InTurn(_) => None,
        });
        let (pats, chosen): (Vec<_>, Vec<_>) = arms.unzip();
        let dispatch = self.dispatch(scrutinee, &pats, &chosen);
        let Some((_, others)) = entries.points.split_last() else {
            return dispatch;
        };
        let start = started();
        let last = Literal::usize_unsuffixed(others.len());
        let others = others.iter().enumerate().map(|(number, (_, end))| {
            let (number, end) = (Literal::usize_unsuffixed(number), point_at(*end));
            q!(if to <= #end { #number })
        });
        q!(if #start { #dispatch } #(else #others)* else { #last })
    }

    /// The same where arms are tried in turn: those up to such an arm are tried at once, then it.
    fn choose_in_turn(
        &mut self,
        scrutinee: &Scrutinee,
        arms: Vec<Lowered>,
        label: &Lifetime,
        entries: &Entries,
    ) -> TokenStream {
        let entered = entries.points.iter().enumerate();
        let mut turns: TokenStream = entered
            .map(|(number, (after, end))| {
                let number = Literal::usize_unsuffixed(number);
                let (after, end) = (point_at(*after), point_at(*end));
                q!(if to > #after && to <= #end { break #label #number; })
            })
            .collect();
        let mut at_once = Vec::new();
        for arm in arms {
            match arm {
                Lowered::ByPattern { pat, chosen } => {
                    at_once.push((*pat, q!(break #label #chosen)));
                }
                Lowered::InTurn(turn) => {
                    turns.extend(self.try_arms(scrutinee, std::mem::take(&mut at_once)));
                    turns.extend(turn);
                }
            }
        }
        let rest = self.try_arms(scrutinee, at_once);
        q!(#label: { #turns #rest #private::unmatched() })
    }

    /// Tries arms, patterns with what runs if they match.
    fn try_arms(&mut self, scrutinee: &Scrutinee, arms: Vec<(Pat, TokenStream)>) -> TokenStream {
        if arms.is_empty() {
            return TokenStream::new();
        }
        let (mut pats, mut chosen): (Vec<Pat>, Vec<_>) = arms.into_iter().unzip();
        pats.push(parse_quote!(_));
        chosen.push(q!({}));
        let start = started();
        let dispatch = self.dispatch(scrutinee, &pats, &chosen);
        q!(if #start { #dispatch })
    }

    /// Slots for bindings, in order.
    pub(super) fn declare_all(&mut self, names: &[syn::Ident]) -> Vec<SlotId> {
        names.iter().map(|name| self.declare(name, None)).collect()
    }

    /// The guards of bindings that have been initialised when control gets there.
    pub(super) fn bound_guards(&mut self, slots: &[SlotId], after: usize) -> TokenStream {
        slots
            .iter()
            .map(|slot| self.render_bound(&Guard::since(*slot, after)))
            .collect()
    }
}

/// Whether some pattern may take a part of what is matched on.
fn take(arms: &[Arm]) -> bool {
    arms.iter()
        .any(|arm| pattern_use(guarded(&arm.pat).0).takes)
}
