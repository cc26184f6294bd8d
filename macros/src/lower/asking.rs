//! A closure without `move`, or an `async` block, that calls a method on a saved local, or takes it apart by a pattern,
//! for the last time: does it capture the local by value? rustc is asked, by the probe of a call (`call.rs`), of the
//! whole body.
//!
//! ```text
//! |a| x.finish(a)
//!     →  {
//!            let x_captured = capture(&mut x_saved, x);              the value, or where it is
//!            move |a| {
//!                .. the probe: does `|a| local.finish(a)` move `local`? ..
//!                if x_captured.mode().moves() { x_captured.mode().in_move(); let mut x = x_captured.take(); x.finish(a) }
//!                else { x_captured.mode().in_borrow(); let x_without_move_1 = x_captured.in_place(); x_without_move_1.value.finish(a) }
//!            }
//!        }
//! ```
//!
//! Parameters are bound after what is captured, one after the other, as they drop before it.
//!
//! The body is there twice, so that another closure in it, which has a type of its own, must not leave it. Where it may,
//! and the local is used in it alone, it is the one of which rustc is asked, and is passed what the outer one captures:
//!
//! ```text
//! || call(|| x.finish())
//!     →  {
//!            let x_captured = capture(&mut x_saved, x);
//!            move || {
//!                let x_captured = x_captured.pass();
//!                call({ let x_captured = x_captured.pass(); move || .. })
//!            }
//!        }
//! ```

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, ExprClosure, Ident, Pat, visit_mut::VisitMut};

use super::{
    Lower,
    asked_part::{Replace, held_part, replace_fields},
    asking_probe::Parameters,
    asks::{Asks, only_user},
    captures::{Capture, Place},
    escape::may_escape,
    lend::Variable,
    verbatim,
};
use crate::{
    hygiene::private,
    position::tail,
    syntax::{generated_for, part_path},
    tokens::names,
};

/// So many locals are asked of in one closure, whose body is written for each combination of answers.
pub(super) const MOST: usize = 3;

/// A closure without `move`, or an `async` block without it.
pub(super) struct Literal<'e> {
    /// The closure, if it is one.
    pub closure: Option<&'e ExprClosure>,
    body: Expr,
}

impl<'e> Literal<'e> {
    pub fn closure(closure: &'e ExprClosure) -> Self {
        Literal {
            closure: Some(closure),
            body: (*closure.body).clone(),
        }
    }

    pub fn block(block: &syn::ExprAsync) -> Self {
        let body = Expr::Block(syn::ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: block.block.clone(),
        });
        Literal {
            closure: None,
            body,
        }
    }

    /// What an expression is, if it is one without `move`.
    fn of(expr: &'e Expr) -> Option<Self> {
        match expr {
            Expr::Closure(closure) if closure.capture.is_none() => Some(Literal::closure(closure)),
            Expr::Async(block) if block.capture.is_none() => Some(Literal::block(block)),
            _ => None,
        }
    }

    pub fn body(&self) -> &Expr {
        &self.body
    }

    pub fn set_body(&mut self, body: Expr) {
        self.body = body;
    }

    /// The type that a closure says it returns.
    pub fn output(&self) -> Option<&syn::ReturnType> {
        self.closure.map(|closure| &closure.output)
    }

    /// The parameters of a closure.
    pub fn inputs(&self) -> impl Iterator<Item = &Pat> {
        self.closure.iter().flat_map(|closure| &closure.inputs)
    }

    /// Whether rustc can be asked what it captures.
    pub fn is_plain(&self) -> bool {
        self.closure
            .is_none_or(|closure| closure.asyncness.is_none() && closure.lifetimes.is_none())
    }
}

/// What a closure or an `async` block without `move` may take of the saved locals that nobody uses later.
#[derive(Clone, Default)]
pub(super) struct Takes {
    /// Those that it certainly takes.
    pub consumed: Vec<Capture>,
    /// Those of which rustc is asked.
    pub asked: Vec<Capture>,
    /// Those of which it is asked what a closure in it captures.
    pub passed: Vec<Capture>,
    /// Those that it captures by reference beside them, if rustc is asked of all whether that is by `&` or by `&mut`: see
    /// `in_place.rs`.
    pub beside: Option<Vec<Capture>>,
    /// The fields of others that it holds, by their paths.
    pub fields: Vec<(String, Ident)>,
    /// The variables, which are not saved, that it captures as well.
    pub lent: Vec<Variable>,
}

impl Takes {
    /// That of these alone, of none of which rustc is asked.
    pub fn certainly(captures: &[Capture]) -> Self {
        Takes {
            consumed: captures.to_vec(),
            ..Takes::default()
        }
    }

    /// Whether rustc is asked of one.
    pub fn are_asked(&self) -> bool {
        !self.asked.is_empty() || !self.passed.is_empty()
    }

    /// Those of which it is asked how they are captured by reference.
    pub fn beside(&self) -> &[Capture] {
        self.beside.as_deref().unwrap_or_default()
    }

    pub fn all(self) -> Vec<Capture> {
        [self.consumed, self.asked, self.passed].concat()
    }
}

/// How rustc is asked whether a closure takes a local.
#[derive(Clone, Copy, PartialEq)]
enum How {
    /// Of its body.
    Body,
    /// Of a closure in it, in which all uses of the local are.
    Inner,
}

impl Lower<'_> {
    /// Sorts out those of these captures of which rustc is asked.
    pub(super) fn asked(&self, literal: &Literal, captures: Vec<Capture>) -> Takes {
        let mut takes = Takes::default();
        let asks = Asks::of(&literal.body);
        for capture in captures {
            let is_read = capture.place.is_some() && asks.read.contains(&capture.name);
            let is_asked = (is_read || asks.asked.contains(&capture.name))
                && !asks.hidden.contains(&capture.name)
                && self.reference(&capture.name).is_none()
                && !self.frame.get(capture.slot).is_bound;
            match self.how(literal, &capture.name).filter(|_| is_asked) {
                Some(How::Body) if self.in_closure || takes.asked.len() < MOST => {
                    takes.asked.push(capture);
                }
                Some(How::Inner) if takes.passed.len() < MOST => takes.passed.push(capture),
                _ => {}
            }
        }
        takes
    }

    fn how(&self, literal: &Literal, name: &Ident) -> Option<How> {
        if !literal.is_plain() {
            return None;
        }
        // The branch that must not run is no dead code in a closure in it: that is the one to be asked of.
        if let Some(user) = only_user(&literal.body, name) {
            let is_lendable =
                |inner: &Literal| self.captures_saved_only(user) || self.lendable(inner).is_some();
            let inner = Literal::of(user).filter(is_lendable);
            // A part has a slot in its local alone.
            let inner = inner.filter(|_| self.saved(name).is_some());
            if inner.is_some_and(|inner| self.how(&inner, name).is_some()) {
                return Some(How::Inner);
            }
        }
        let is_nested = Asks::of(&literal.body).is_nested;
        (!is_nested || !may_escape(&literal.body, literal.output())).then_some(How::Body)
    }

    /// The closure or `async` block.
    pub(super) fn asking(&mut self, literal: &Literal, takes: &Takes) -> TokenStream {
        let mut before = TokenStream::new();
        let holds = self.holds_references(literal.body());
        for capture in takes.asked.iter().chain(&takes.passed) {
            match &capture.place {
                Some(Place::Part(part)) => {
                    before.extend(self.capture_asked_part(capture, part));
                    continue;
                }
                Some(Place::Variable) => continue,
                None => {}
            }
            let captured = self.captured(capture);
            let is_passed = takes.passed.iter().any(|other| other.name == capture.name);
            if self.is_held(&capture.name) {
                // A copy of the body has a closure of its own there, of which it is asked.
                before.extend(if is_passed {
                    q!(let #captured = #captured.pass();)
                } else if takes.beside.is_some() {
                    q!(let #captured = #captured.pass_on();)
                } else {
                    q!(let #captured = #captured.pass_on_either();)
                });
                continue;
            }
            if !is_passed && holds {
                before.extend(self.hold(&held_part(capture), capture.slot));
            }
            self.note_move(capture.slot);
            let guard = self.guard_of(capture.slot, capture.name.span());
            let place = &self.frame.get(capture.slot).name;
            before.extend(if is_passed {
                q!(let #captured = #private::capture_to_pass(&mut #guard, #place);)
            } else if takes.beside.is_some() {
                q!(let #captured = #private::capture(&mut #guard, #place);)
            } else {
                q!(let #captured = #private::capture_either(&mut #guard, #place);)
            });
        }
        for capture in takes.beside() {
            let captured = self.captured(capture);
            self.placed.insert(capture.slot);
            let place = &self.frame.get(capture.slot).name;
            before.extend(q!(let #captured = #private::reach(#place);));
        }
        before.extend(takes.lent.iter().map(Variable::lend));
        let parameters = literal.closure.map(Parameters::of).unwrap_or_default();
        let in_order: Vec<_> = in_order(literal, takes)
            .iter()
            .map(|capture| {
                if takes.is_consumed(capture) {
                    capture.name.clone()
                } else {
                    self.captured(capture)
                }
            })
            .collect();
        let asked = takes.asked.iter().chain(takes.beside());
        let probes: TokenStream = asked
            .map(|capture| self.probe(literal, &parameters, takes, capture))
            .collect();
        let sharing: TokenStream = takes
            .lent
            .iter()
            .filter(|variable| variable.is_mutable)
            .map(|variable| self.probe_sharing(literal, &parameters, takes, variable))
            .collect();
        let called = self.branches(literal, &parameters, takes, &[]);
        // What is captured is dropped in the order in which it is named first.
        let body = q! {
            if false {
                let _ = (#(&#in_order,)*);
                let result_type = &#private::Ty::new();
                if false { return result_type.any(); }
                loop {}
                #probes
                #sharing
            }
            #called
        };
        let Some(closure) = literal.closure else {
            return q!({ #before async move { #body } });
        };
        let (inputs, output) = (&parameters.inputs, &closure.output);
        q!({ #before move |#inputs| #output { #body } })
    }

    /// Whether the closure around has been passed a local that it may have captured.
    pub(super) fn is_held(&self, name: &Ident) -> bool {
        self.held.contains(&name.to_string())
    }

    /// What is kept of a local that is asked of.
    pub(super) fn captured(&self, capture: &Capture) -> Ident {
        let name = match capture.place {
            Some(_) => &capture.name,
            None => &self.frame.get(capture.slot).name,
        };
        generated_for(name, "_captured")
    }

    /// The body for each combination of answers. `answers`: the ones given, whether the first locals are moved.
    fn branches(
        &mut self,
        literal: &Literal,
        parameters: &Parameters,
        takes: &Takes,
        answers: &[bool],
    ) -> TokenStream {
        let Some(next) = takes.asked.get(answers.len()) else {
            return self.answered(literal, parameters, takes, answers);
        };
        let captured = self.captured(next);
        let [moved, lent] = [true, false].map(|is_moved| {
            let answers = [answers, &[is_moved]].concat();
            self.branches(literal, parameters, takes, &answers)
        });
        q! {
            if #captured.mode().moves() {
                #captured.mode().in_move();
                #moved
            } else {
                #captured.mode().in_borrow();
                #lent
            }
        }
    }

    /// The body for these answers.
    fn answered(
        &mut self,
        literal: &Literal,
        parameters: &Parameters,
        takes: &Takes,
        answers: &[bool],
    ) -> TokenStream {
        let given = takes.asked.iter().zip(answers);
        let moved = given.filter(|(_, is_moved)| **is_moved);
        let moved: Vec<_> = moved.map(|(capture, _)| capture.clone()).collect();
        let is_among = |capture: &Capture, captures: &[Capture]| {
            captures.iter().any(|other| other.name == capture.name)
        };
        // What is captured drops when the body has been left, in the order in which it has been captured.
        let mut captured_here = TokenStream::new();
        for capture in in_order(literal, takes).iter().rev() {
            let (name, captured) = (&capture.name, self.captured(capture));
            let is_mutable = self.locals.get(name).is_some_and(|local| local.mutable);
            if is_among(capture, &moved) {
                captured_here.extend(q!(let mut #name = #captured.take();));
            } else if is_among(capture, &takes.passed) {
                captured_here.extend(q!(let #captured = #captured.pass();));
            } else if takes.is_consumed(capture) && (!moved.is_empty() || !is_mutable) {
                // A copy which is changed is kept from one call to the next, if this can be called twice.
                captured_here.extend(q!(let mut #name = #name;));
            }
        }
        let lent = takes.asked.iter().zip(answers);
        let lent = lent.filter(|(capture, is_moved)| !**is_moved && capture.place.is_none());
        let lent = lent.map(|(capture, _)| capture).chain(takes.beside());
        let mut in_place = self.in_place.clone();
        let holds = self.holds_references(literal.body());
        for capture in lent {
            let is_beside = takes
                .beside()
                .iter()
                .any(|other| other.slot == capture.slot);
            if !is_beside && holds {
                in_place.insert(capture.slot, held_part(capture));
                continue;
            }
            let (captured, place) = (self.captured(capture), self.place_name(capture.slot));
            captured_here.extend(q!(let #place = #captured.in_place();));
            in_place.insert(capture.slot, place);
        }
        let passed = takes.passed.iter().map(|capture| capture.name.to_string());
        let held = self.held.clone();
        self.held.extend(passed);
        let by_value = [&takes.consumed[..], &moved].concat();
        let mut body = literal.body.clone();
        replace_fields(&mut body, &takes.fields);
        for (capture, is_moved) in takes.asked.iter().zip(answers) {
            if let (Some(Place::Part(_)), false) = (&capture.place, is_moved) {
                let held = held_part(capture);
                Replace::held(&capture.name.to_string(), &held).visit_expr_mut(&mut body);
            }
        }
        for variable in &takes.lent {
            let is_moved = moved.iter().any(|capture| capture.name == variable.name);
            if !is_moved {
                let place = verbatim(variable.place());
                Replace::name(&variable.name.to_string(), place).visit_expr_mut(&mut body);
            }
        }
        let outer = std::mem::replace(&mut self.in_place, in_place);
        self.in_body_of_closure(&by_value, |this| this.value(&mut body));
        (self.held, self.in_place) = (held, outer);
        let body = tail(&body);
        let (params, pats) = (&parameters.names, &parameters.pats);
        q!(#captured_here #(let #params = #params; let #pats = #params;)* #body)
    }
}

impl Takes {
    fn is_consumed(&self, capture: &Capture) -> bool {
        self.consumed.iter().any(|other| other.name == capture.name)
    }
}

/// What is taken, or may be, in the order in which it is captured: that in which the body names the locals first. Parts of
/// one are captured in the order of their declaration, which their numbers tell, if they have numbers.
fn in_order(literal: &Literal, takes: &Takes) -> Vec<Capture> {
    let body = &literal.body;
    let named = names(quote!(#body));
    let at = |name: &Ident| named.iter().position(|found| found == name);
    let all = takes.consumed.iter().chain(&takes.asked);
    let mut in_order: Vec<_> = all.chain(&takes.passed).cloned().collect();
    let parts = in_order.clone();
    let local = |capture: &Capture| {
        let Some(Place::Part(part)) = &capture.place else {
            return (at(&capture.name), Vec::new());
        };
        let (name, path) = part_path(part).unwrap_or_else(|| (capture.name.clone(), String::new()));
        let of_local = parts.iter().filter(|other| other.slot == capture.slot);
        let first = of_local
            .filter_map(|other| at(&other.name))
            .chain(at(&name))
            .min();
        let numbers = path.split('.').skip(1).map(str::parse::<usize>);
        (first, numbers.collect::<Result<_, _>>().unwrap_or_default())
    };
    in_order.sort_by_cached_key(|capture| (local(capture), at(&capture.name)));
    in_order
}
