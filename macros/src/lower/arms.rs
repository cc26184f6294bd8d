//! `match` with suspension points in its arms or guards, and what an `if let` makes of one.
//!
//! ```text
//! match v { P(a) => A, Q => B }       A with suspension points, B without
//!     →  'arms: {
//!            let arm = if to == At::Start {
//!                match v { P(a) => { a.init(a); 0 }, Q => break 'arms B }
//!            } else { 0 };
//!            match arm { _ => { .. guard of `a` .. A } }
//!        }
//!
//! match v { P(a) if G => A, Q => B }      G with suspension points
//!     →  'arms: {
//!            let arm = 'chosen: {
//!                if to > At::Yield1 && to <= At::Yield2 { break 'chosen 0 }
//!                if (if to == At::Start { match v { P(a) => {..; true}, _ => false } } else { to <= At::Yield1 }) {
//!                    if G { match v { P(a) => { a.init(a); break 'chosen 0 } .. } }
//!                }
//!                if to == At::Start { match v { Q => break 'arms B } }
//!            };
//!            match arm { _ => { .. guard of `a` .. A } }
//!        }
//! ```

use proc_macro2::{Literal, TokenStream};
use syn::{Expr, ExprLet, Lifetime, Pat, parse_quote};

use super::{
    Guard, Lower,
    loops::is_construct,
    pattern::{Scrutinee, Stays, guarded, is_whole},
    place::is_plain_place,
};
use crate::{
    frame::SlotId,
    hygiene::private,
    syntax::{self, arm_bindings, bindings, conjuncts, generated_for, suspends},
};

/// An arm.
pub(super) struct Arm {
    /// Its pattern, with the guard.
    pub pat: Pat,
    /// What it evaluates to.
    pub body: Expr,
}

/// An arm whose bindings and body have been lowered.
struct Lowered {
    /// Its pattern, with the guard if that does not suspend.
    pat: Pat,
    /// What runs where the arm has been chosen and its bindings are plain locals.
    chosen: TokenStream,
    /// Whether the guard suspends, lowered, with its last suspension point.
    guard: Option<SuspendingGuard>,
}

/// A guard with suspension points.
struct SuspendingGuard {
    /// Whether the pattern matches; keeps where its bindings are.
    matches: TokenStream,
    /// The guard.
    condition: TokenStream,
    /// How many suspension points there are up to its last.
    end: usize,
}

/// The arms with suspension points in their bodies.
#[derive(Default)]
struct Entries {
    /// The bodies, by number.
    bodies: Vec<TokenStream>,
    /// The suspension points before the first of each, and up to its last.
    points: Vec<(usize, usize)>,
}

impl Lower<'_> {
    pub(super) fn arms(&mut self, scrutinee: &mut Expr, arms: Vec<Arm>) -> TokenStream {
        let in_guards = arms.iter().any(|arm| guard_suspends(&arm.pat));
        let in_arms = arms.iter().any(|arm| suspends(&arm.body));
        let stays = match (in_guards, in_arms) {
            (true, _) => Stays::InGuards,
            (false, true) => Stays::InArms,
            // Of an `if let`.
            (false, false) => Stays::ToChoose,
        };
        let scrutinee = {
            let pats: Vec<_> = arms.iter().map(|arm| &arm.pat).collect();
            self.scrutinee(scrutinee, &pats, stays)
        };
        let label = self.label("arms");
        let number = self.label("chosen");
        let mut entries = Entries::default();
        let arms: Vec<_> = arms
            .into_iter()
            .map(|arm| self.arm(arm, &scrutinee, &label, &mut entries))
            .collect();
        let chosen = if in_guards {
            self.choose_in_turn(&scrutinee, arms, &number, &entries)
        } else {
            self.choose(&scrutinee, arms, &entries)
        };
        let typed = self.rest_of(&scrutinee);
        self.temporaries.steps.extend(typed);
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

    fn arm(
        &mut self,
        arm: Arm,
        scrutinee: &Scrutinee,
        label: &Lifetime,
        entries: &mut Entries,
    ) -> Lowered {
        let mut pat = arm.pat;
        let is_owned = matches!(scrutinee, Scrutinee::Owned(_));
        if (suspends(&arm.body) || is_owned) && !guard_suspends(&pat) {
            self.check_guard(&pat);
        }
        let guard = if guard_suspends(&pat) {
            self.suspending_guard(&mut pat, scrutinee)
        } else {
            if let Pat::Guard(guarded) = &mut pat {
                self.unheld(|this| this.value(&mut guarded.guard));
            }
            None
        };
        if !suspends(&arm.body) {
            let body = self.branch(&arm.body);
            let chosen = match arm.body {
                // It leaves by itself.
                Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => q!({ #body }),
                Expr::Block(_) => q!(break #label { #body }),
                // In braces it would be the tail of a block, whose operands live as long as its temporaries.
                _ => q!(break #label (#body)),
            };
            return Lowered { pat, chosen, guard };
        }
        let after = self.points.len();
        let names = arm_bindings(&pat);
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
        Lowered { pat, chosen, guard }
    }

    /// Rejects what a `let` in a guard needs a temporary for, where the arm is not in sight of it: such temporaries live
    /// as long as the arm (`rustc_hir_analysis/src/check/region.rs`, `resolve_arm`).
    pub(super) fn check_guard(&mut self, pat: &Pat) {
        let (_, Some(guard)) = guarded(pat) else {
            return;
        };
        let mut conditions = Vec::new();
        conjuncts(guard, &mut conditions);
        for condition in conditions {
            let Expr::Let(condition) = condition else {
                continue;
            };
            if !leaves_nothing(&condition) {
                self.errors.reject(
                    &condition.expr,
                    "`let` in a guard, of what may need temporaries that live as long as the arm, is not \
                     supported yet where an arm suspends, or a local that is kept is taken apart; decide \
                     in the arm's body",
                );
            }
        }
    }

    /// The body of an arm, with suspension points.
    fn suspending_body(&mut self, body: &Expr, label: &Lifetime) -> TokenStream {
        let leaves = matches!(body, Expr::Return(_) | Expr::Break(_) | Expr::Continue(_));
        if leaves || is_construct(body) {
            return self.branch(body);
        }
        let mut value = body.clone();
        let (before, value) = self.nested(|this| this.full(false, |this| this.direct(&mut value)));
        // As above: it is no tail.
        q!(#before break #label (#value))
    }

    /// Lowers a guard with suspension points, and takes it off the pattern. In it, a binding is found where
    /// the value is that it is a part of.
    fn suspending_guard(
        &mut self,
        pat: &mut Pat,
        scrutinee: &Scrutinee,
    ) -> Option<SuspendingGuard> {
        let (pattern, guard) = guarded(pat);
        let (pattern, mut guard) = (pattern.clone(), guard?.clone());
        let names = bindings(&pattern);
        if self.target.movable && !names.is_empty() {
            self.errors.reject(
                &guard,
                "a suspension point in a guard, of an arm that binds, in a generator that may move: the \
                 bindings borrow in the guard; decide in the arm's body, or return a pinned generator",
            );
        }
        if syntax::has_let(&guard) {
            self.errors.reject(
                &guard,
                "`let` in a guard with a suspension point is not supported yet; decide in the arm's body",
            );
        }
        let (slots, before) = self.in_scope(|this| {
            let slots: Vec<_> = names
                .iter()
                .map(|name| {
                    let slot = this.anonymous_named(&generated_for(name, "_in_guard"));
                    this.frame.get_mut(slot).is_bound = true;
                    this.saved.insert(name.to_string(), slot);
                    slot
                })
                .collect();
            let (before, ()) = this.nested(|this| this.full(false, |this| this.value(&mut guard)));
            (slots, before)
        });
        for name in &names {
            self.saved.remove(&name.to_string());
        }
        let place = scrutinee.place();
        let label = self.label("matches");
        let keeps = names.iter().zip(&slots).map(|(name, slot)| {
            let slot = &self.frame.get(*slot).name;
            q!(#private::init(#slot, #private::Bound::new(&raw const #name, &raw const #place));)
        });
        let matches = q! {
            #label: {
                match #place {
                    #pattern if { #(#keeps)* break #label true } => #private::unmatched(),
                    _ => false,
                }
            }
        };
        *pat = pattern;
        Some(SuspendingGuard {
            matches,
            condition: q!({ #before #guard }),
            end: self.points.len(),
        })
    }

    /// Evaluates to the number of the arm that has been chosen, of those that suspend.
    fn choose(
        &mut self,
        scrutinee: &Scrutinee,
        arms: Vec<Lowered>,
        entries: &Entries,
    ) -> TokenStream {
        let (pats, chosen): (Vec<_>, Vec<_>) =
            arms.into_iter().map(|arm| (arm.pat, arm.chosen)).unzip();
        let dispatch = self.dispatch(scrutinee, &pats, &chosen);
        let Some((_, others)) = entries.points.split_last() else {
            return dispatch;
        };
        let start = self.started();
        let last = Literal::usize_unsuffixed(others.len());
        let others = others.iter().enumerate().map(|(number, (_, end))| {
            let (number, end) = (Literal::usize_unsuffixed(number), self.at(*end));
            q!(if to <= #end { #number })
        });
        q!(if #start { #dispatch } #(else #others)* else { #last })
    }

    /// The same where guards suspend: the arms up to one with such a guard are tried at once, then it.
    fn choose_in_turn(
        &mut self,
        scrutinee: &Scrutinee,
        arms: Vec<Lowered>,
        label: &Lifetime,
        entries: &Entries,
    ) -> TokenStream {
        let start = self.started();
        let mut turns: TokenStream = entries
            .points
            .iter()
            .enumerate()
            .map(|(number, (after, end))| {
                let number = Literal::usize_unsuffixed(number);
                let (after, end) = (self.at(*after), self.at(*end));
                q!(if to > #after && to <= #end { break #label #number; })
            })
            .collect();
        let (mut pats, mut chosen) = (Vec::new(), Vec::new());
        for arm in arms {
            let choose = arm.chosen;
            let choose = q!(break #label #choose);
            let Some(guard) = arm.guard else {
                pats.push(arm.pat);
                chosen.push(choose);
                continue;
            };
            turns.extend(self.try_arms(scrutinee, &mut pats, &mut chosen, &q!({})));
            let choose = self.try_arms(
                scrutinee,
                &mut vec![arm.pat],
                &mut vec![choose],
                &q!(#private::unmatched()),
            );
            let (matches, condition, end) = (guard.matches, guard.condition, self.at(guard.end));
            turns.extend(q! {
                if (if #start { #matches } else { to <= #end }) {
                    if #condition { #choose }
                }
            });
        }
        let rest = self.try_arms(scrutinee, &mut pats, &mut chosen, &q!({}));
        q!(#label: { #turns #rest #private::unmatched() })
    }

    /// Tries arms, which are emptied, and does something else if none is chosen.
    fn try_arms(
        &mut self,
        scrutinee: &Scrutinee,
        pats: &mut Vec<Pat>,
        chosen: &mut Vec<TokenStream>,
        otherwise: &TokenStream,
    ) -> TokenStream {
        if pats.is_empty() {
            return TokenStream::new();
        }
        pats.push(parse_quote!(_));
        chosen.push(otherwise.clone());
        let start = self.started();
        let dispatch = self.dispatch(scrutinee, pats, chosen);
        pats.clear();
        chosen.clear();
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

/// Whether an arm or a guard suspends, and not just what is matched on.
pub(super) fn arms_suspend(match_: &syn::ExprMatch) -> bool {
    let mut arms = match_.arms.iter();
    arms.any(|arm| guard_suspends(&arm.pat) || suspends(&arm.body))
}

/// Whether nothing is left of what a `let` is matched on that would have to be dropped later: it is a place, or the
/// value of a call on places all of which goes into bindings.
fn leaves_nothing(condition: &ExprLet) -> bool {
    let is_place = |expr: &Expr| match syntax::strip(expr) {
        expr if syntax::is_constant_value(expr) => true,
        Expr::Reference(reference) => is_plain_place(&reference.expr),
        expr => is_plain_place(expr),
    };
    match syntax::strip(&condition.expr) {
        Expr::MethodCall(call) => {
            is_place(&call.receiver) && call.args.iter().all(is_place) && takes_all(&condition.pat)
        }
        Expr::Call(call) => call.args.iter().all(is_place) && takes_all(&condition.pat),
        expr => is_place(expr),
    }
}

/// Whether all of a value goes into the bindings of a pattern: a name, or a variant of names.
fn takes_all(pat: &Pat) -> bool {
    match pat {
        Pat::TupleStruct(pat) => pat.elems.iter().all(is_whole),
        pat => is_whole(pat),
    }
}

/// Whether the guard of an arm suspends.
fn guard_suspends(pat: &Pat) -> bool {
    guarded(pat).1.is_some_and(suspends)
}
