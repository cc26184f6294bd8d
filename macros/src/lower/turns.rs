//! Arms that are tried in turn: those with suspension points in their guards; and those with `let` in them, whose
//! temporaries live as long as the arm, where that is not in sight of its pattern.
//!
//! ```text
//! P(a) if let Q(b) = f(&a) && G => A
//!     →  if (if to == 0 { match v { P(a) => { .. keeps where `a` is ..; true}, _ => false } } else { to <= 1 }) {
//!            .. guard of `a` ..
//!            if let Q(b) = f(&(*a_in_guard.bound())) {
//!                if G { match v { P(a) => put(&mut a_saved, a) } break 'arms { A } }
//!            }
//!        }
//! ```
//!
//! The guard is a chain of conditions, nested, as that of an `if`. What it leaves drops when the arm ends, before the arm's
//! bindings; or when a condition does not hold, before the next arm is tried. It may refer to a binding, which is where the
//! guard has found it, and not where the arm's is: to the part of what is matched on, or to a reference that is kept.
//!
//! Of a pattern with `|` each alternative that matches is tried with the guard, in a loop. Matching counts them:
//!
//! ```text
//! P(a, _) | P(_, a) if G => A
//!     →  while .. match v { P(a, _) if alternative.is_next() && .. true .., P(_, a) if .., _ => false } .. {
//!            if G { match v { P(a, _) if alternative.is_this() => .., P(_, a) if .. } .. }
//!        }
//! ```
//!
//! Rules: reference, "Match guards"; `rustc_hir_analysis/src/check/region.rs`, `resolve_arm`.

use std::rc::Rc;

use proc_macro2::TokenStream;
use syn::{Expr, ExprCall, Ident, Lifetime, Pat, parse_quote};

use super::{Guard, Lower, arms::Arm, pattern::Scrutinee, point_at, sites, started};
use crate::{
    frame::{ScopeId, SlotId, Storage},
    hygiene::private,
    syntax::{
        Special, bindings, conjuncts, generated_for, guarded, has_alternatives, has_let, refers,
        special_attribute, suspends,
    },
};

/// An arm whose guard is being lowered.
pub(super) struct Turn {
    /// What is matched on.
    scrutinee: Rc<Scrutinee>,
    /// The pattern, without the guard.
    pat: Pat,
    /// If it has alternatives, what says which is tried.
    alternative: Option<Ident>,
    /// The block that the arm leaves with its value.
    label: Lifetime,
    /// The scope of the bindings, which the guard is in.
    scope: ScopeId,
    /// The guards of the bindings that are saved, when the arm has been lowered.
    guards: Vec<Guard>,
    /// The bindings that are not, likewise.
    plain: Vec<Ident>,
}

impl Lower<'_> {
    /// Tries an arm, and leaves with its value if it is chosen.
    pub(super) fn arm_in_turn(
        &mut self,
        arm: &Arm,
        scrutinee: &Rc<Scrutinee>,
        label: &Lifetime,
    ) -> TokenStream {
        let (pattern, Some(guard)) = guarded(&arm.pat) else {
            return TokenStream::new();
        };
        if self.target.movable && suspends(guard) {
            self.check_movable(pattern, guard);
        }
        // What the guard leaves may refer to a binding, as long as the arm.
        let (storage, kept_as) = match (suspends(guard), suspends(&arm.body)) {
            (true, _) => (Storage::Frame, q!(#private::Bound)),
            (false, true) => (Storage::Frame, q!(#private::Left)),
            (false, false) => (Storage::Stack, q!(#private::Bound)),
        };
        let passed = self.points.len();
        self.in_scope(|this| {
            let alternative = has_alternatives(pattern).then(|| {
                let slot = this.anonymous("alternative");
                if !suspends(guard) {
                    this.frame.get_mut(slot).storage = Storage::Stack;
                }
                this.frame.get(slot).name.clone()
            });
            let in_guard = this.bind_in_guard(pattern, storage);
            let keeps = this.keeps(scrutinee, pattern, &in_guard, &kept_as);
            let matches = this.matches(scrutinee, pattern, &keeps, alternative.as_ref());
            let scope = this.scope;
            this.turns.push(Turn {
                scrutinee: Rc::clone(scrutinee),
                pat: pattern.clone(),
                alternative: alternative.clone(),
                label: label.clone(),
                scope,
                guards: Vec::new(),
                plain: Vec::new(),
            });
            let mut chain = chain(guard, &arm.body);
            let chain = this.in_scope(|this| this.nested(|this| this.turn(&mut chain)));
            let bound = match this.turns.pop() {
                Some(turn) => {
                    let guards = turn.guards.iter().map(|guard| this.render_guard(guard));
                    let (guards, plain) = (guards.collect::<TokenStream>(), turn.plain);
                    q!(#guards #(let mut #plain;)*)
                }
                None => TokenStream::new(),
            };
            let entered = this.entered_turn(passed, &matches);
            match alternative {
                Some(alternative) => {
                    let start = started();
                    q! {
                        if #start { #private::init(#alternative, #private::Alternative::new()); }
                        while #entered { #bound #chain }
                    }
                }
                None => q!(if #entered { #bound #chain }),
            }
        })
    }

    /// Rejects what rustc does not accept either, unless the pattern tests nothing, and no other does.
    fn check_movable(&mut self, pattern: &Pat, guard: &Expr) {
        let error = if !bindings(pattern).is_empty() {
            "a suspension point in a guard, of an arm that binds, in a generator that may move: the \
             bindings borrow in the guard; decide in the arm's body, or return a pinned generator"
        } else if has_let(guard) {
            "a suspension point in a guard with `let`, in a generator that may move: what is matched on is \
             borrowed in the guard; decide in the arm's body, or return a pinned generator"
        } else {
            return;
        };
        self.errors.reject(guard, error);
    }

    fn turn(&mut self, chain: &mut Expr) -> TokenStream {
        if suspends(chain) {
            let (before, chain) = self.full(false, |this| this.construct(chain));
            return q!(#before #chain);
        }
        self.unheld(|this| this.value(chain));
        q!(#chain)
    }

    /// Whether the arm is entered: its pattern matches, or one of the suspension points after the first `passed` is
    /// travelled to.
    fn entered_turn(&self, passed: usize, matches: &TokenStream) -> TokenStream {
        let start = started();
        if self.points.len() == passed {
            return q!(#start && #matches);
        }
        let end = point_at(self.points.len());
        q!((if #start { #matches } else { to <= #end }))
    }

    /// Slots that say where bindings are, which are found by them from here on.
    fn bind_in_guard(&mut self, pattern: &Pat, storage: Storage) -> Vec<SlotId> {
        let slots = bindings(pattern).into_iter().map(|name| {
            let slot = self.anonymous_named(&generated_for(&name, "_in_guard"));
            let bound = self.frame.get_mut(slot);
            (bound.is_bound, bound.storage) = (true, storage);
            self.saved.insert(name.to_string(), slot);
            slot
        });
        slots.collect()
    }

    /// Keeps where the bindings of a pattern are, as this.
    fn keeps(
        &self,
        scrutinee: &Scrutinee,
        pattern: &Pat,
        slots: &[SlotId],
        kept_as: &TokenStream,
    ) -> TokenStream {
        let place = scrutinee.place();
        let names = bindings(pattern);
        let keeps = names.iter().zip(slots).map(|(name, slot)| {
            let slot = &self.frame.get(*slot).name;
            q!(#private::init(#slot, #kept_as::new(&raw const #name, &raw const #place));)
        });
        keeps.collect()
    }

    /// Whether the pattern matches; then `keeps` runs.
    fn matches(
        &mut self,
        scrutinee: &Scrutinee,
        pattern: &Pat,
        keeps: &TokenStream,
        alternative: Option<&Ident>,
    ) -> TokenStream {
        let place = scrutinee.place();
        let label = self.label("matches");
        let found = q!({ #keeps break #label true });
        let Some(alternative) = alternative else {
            return q! {
                #label: {
                    match #place { #pattern if #found => #private::unmatched(), _ => false }
                }
            };
        };
        let alternatives = sites::binding_alternatives(pattern);
        let found = q!((*#alternative.at()).is_next() && #found);
        let unmatched = q!(#private::unmatched());
        q! {
            #label: {
                (*#alternative.at()).again();
                match #place {
                    #(#alternatives if #found => #unmatched,)*
                    _ => false,
                }
            }
        }
    }

    /// The end of the guard of the innermost arm that is tried: it has been chosen.
    ///
    /// ```text
    /// match v { P(a) => put(&mut a_saved, a) } break 'arms A          A with suspension points
    /// (a,) = match v { P(a) => (a,) }; break 'arms A                  without
    /// ```
    pub(super) fn chosen(&mut self, call: &ExprCall) -> TokenStream {
        let (Some(mut turn), Some(body)) = (self.turns.pop(), call.args.first()) else {
            return TokenStream::new();
        };
        let names = bindings(&turn.pat);
        for name in &names {
            self.saved.remove(&name.to_string());
        }
        let start = started();
        let mut again = TokenStream::new();
        let mut pats = vec![turn.pat.clone()];
        if let Some(alternative) = &turn.alternative {
            again = q!((*#alternative.at()).again(););
            pats = sites::binding_alternatives(&turn.pat)
                .iter()
                .map(|pat| parse_quote!(#pat if (*#alternative.at()).is_this()))
                .collect();
        }
        let arms = |pats: &mut Vec<Pat>, chosen: TokenStream| {
            let mut arms = vec![chosen; pats.len()];
            pats.push(parse_quote!(_));
            arms.push(q!(#private::unmatched()));
            arms
        };
        let tokens = if suspends(body) {
            let inner = std::mem::replace(&mut self.scope, turn.scope);
            let slots = self.declare_all(&names);
            self.scope = inner;
            let after = self.points.len();
            let label = &turn.label;
            let body = self.suspending_body(body, label);
            let bind = self.put(&names);
            let arms = arms(&mut pats, q!({ #bind }));
            let dispatch = self.dispatch(&turn.scrutinee, &pats, &arms);
            let typed = slots.iter().map(|slot| self.drops_rest(*slot));
            let typed: TokenStream = typed.collect();
            turn.guards = slots
                .iter()
                .map(|slot| Guard::since(*slot, after))
                .collect();
            q!(if #start { #again #dispatch } #typed break #label { #body })
        } else {
            let body = self.plain_body(body, &turn.label);
            let arms = arms(&mut pats, q!((#(#names,)*)));
            let dispatch = self.dispatch(&turn.scrutinee, &pats, &arms);
            turn.plain.clone_from(&names);
            q!(#again (#(#names,)*) = #dispatch; #body)
        };
        self.turns.push(turn);
        tokens
    }
}

/// Whether an arm is tried in its turn. `takes`: whether some pattern may take a part of what is matched on.
pub(super) fn is_in_turn(arm: &Arm, takes: bool) -> bool {
    let (pattern, Some(guard)) = guarded(&arm.pat) else {
        return false;
    };
    let leaves = has_let(guard) || refers(guard, &bindings(pattern));
    suspends(guard) || leaves && suspends(&arm.body) || has_let(guard) && takes
}

/// A guard as nested conditions, and what runs if they hold: the arm is chosen.
fn chain(guard: &Expr, body: &Expr) -> Expr {
    let mut conditions = Vec::new();
    conjuncts(guard, &mut conditions);
    let special = special_attribute(Special::Chosen, proc_macro2::Span::mixed_site());
    let chosen: Expr = parse_quote!(#special chosen(#body));
    conditions
        .into_iter()
        .rev()
        .fold(chosen, |inner, condition| {
            let mut if_: syn::ExprIf = parse_quote!(if x {});
            *if_.cond = condition;
            if_.then_branch = parse_quote!({ #inner; });
            Expr::If(if_)
        })
}
