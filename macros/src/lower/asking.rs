//! A closure without `move` that calls a method on a saved local, or takes it apart by a pattern, for the last time:
//! does it capture the local by value? rustc is asked, by the probe of a call (`call.rs`), of the closure's whole body.
//!
//! ```text
//! |a| x.finish(a)
//!     →  {
//!            let x_captured = capture(&mut x_saved, x);              the value, or where it is
//!            move |a| {
//!                .. the probe: does `|a| local.finish(a)` move `local`? ..
//!                if x_captured.moves() { x_captured.in_move(); let mut x = x_captured.take(); x.finish(a) }
//!                else { x_captured.in_borrow(); let x = x_captured.lent(); (*x.at()).finish(a) }
//!            }
//!        }
//! ```
//!
//! Parameters are bound after what is captured, one after the other, as they drop before it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    Expr, ExprClosure, Ident, Pat,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use super::{Lower, closure::Capture, verbatim};
use crate::{
    frame::SlotId,
    hygiene::private,
    position::tail,
    syntax::{self, Special, as_name, generated, pattern_use, special},
    tokens::names,
};

/// Methods of std by names that hardly anybody gives to one which takes its receiver.
const BORROWING: &[&str] = &[
    "as_bytes",
    "as_deref",
    "as_mut",
    "as_ref",
    "as_slice",
    "as_str",
    "borrow",
    "borrow_mut",
    "capacity",
    "chars",
    "clear",
    "clone",
    "contains",
    "contains_key",
    "ends_with",
    "entry",
    "extend",
    "first",
    "get",
    "get_mut",
    "insert",
    "is_empty",
    "is_none",
    "is_some",
    "iter",
    "iter_mut",
    "keys",
    "last",
    "len",
    "lock",
    "next",
    "pop",
    "push",
    "push_str",
    "remove",
    "set",
    "starts_with",
    "to_owned",
    "to_string",
    "to_vec",
    "values",
];

/// Methods of std whose results have nothing of the closures in them that were given to them, or to what they are
/// called on.
const ENDING: &[&str] = &[
    "all",
    "any",
    "collect",
    "count",
    "find",
    "find_map",
    "fold",
    "for_each",
    "is_none_or",
    "is_some_and",
    "join",
    "last",
    "map_or",
    "map_or_else",
    "max",
    "max_by",
    "max_by_key",
    "min",
    "min_by",
    "min_by_key",
    "next",
    "ok_or_else",
    "or_insert_with",
    "partition",
    "position",
    "product",
    "reduce",
    "retain",
    "sort_by",
    "sort_by_key",
    "sort_unstable_by",
    "sort_unstable_by_key",
    "sum",
    "try_fold",
    "try_for_each",
    "unwrap_or_else",
    "unzip",
];

/// Whether a method is not likely to take its receiver.
pub(super) fn is_borrowing(method: &Ident) -> bool {
    BORROWING.iter().any(|name| method == name)
}

/// So many locals are asked of in one closure, whose body is written for each combination of answers.
const MOST: usize = 3;

impl Lower<'_> {
    /// Those of these captures of which rustc has to be asked, by number.
    pub(super) fn asked(&self, closure: &ExprClosure, captures: &[Capture]) -> Vec<usize> {
        let is_plain = closure.asyncness.is_none() && closure.lifetimes.is_none();
        let mut asks = Asks::default();
        asks.visit_expr(&closure.body);
        if !is_plain || asks.is_nested {
            return Vec::new();
        }
        let is_asked = |capture: &Capture| {
            asks.asked.contains(&capture.name)
                && !asks.hidden.contains(&capture.name)
                && self.reference(&capture.name).is_none()
                && !self.frame.get(capture.slot).is_bound
        };
        let numbers = captures.iter().enumerate();
        numbers
            .filter_map(|(number, capture)| is_asked(capture).then_some(number))
            .take(MOST)
            .collect()
    }

    /// The closure, which captures those that are `asked` by value or not, and certainly does `consumed`.
    pub(super) fn asking(
        &mut self,
        closure: &ExprClosure,
        asked: &[Capture],
        consumed: &[Capture],
    ) -> TokenStream {
        let parameters = Parameters::of(closure);
        let (inputs, output) = (&parameters.inputs, &closure.output);
        let captured: Vec<_> = asked
            .iter()
            .map(|capture| self.captured(capture.slot))
            .collect();
        let mut takes = TokenStream::new();
        for (capture, captured) in asked.iter().zip(&captured) {
            self.note_move(capture.slot);
            let guard = self.guard_of(capture.slot, capture.name.span());
            let place = &self.frame.get(capture.slot).name;
            takes.extend(q!(let #captured = #private::capture(&mut #guard, #place);));
        }
        // What is captured is dropped in the order in which it is named first.
        let written = &closure.body;
        let mut in_order: Vec<&Ident> = Vec::new();
        for found in names(quote!(#written)) {
            let named = asked.iter().zip(&captured);
            let asked = named.filter(|(capture, _)| capture.name == found);
            let asked = asked.map(|(_, captured)| captured);
            let others = consumed.iter().map(|capture| &capture.name);
            let captured = asked.chain(others.filter(|name| **name == found)).next();
            in_order.extend(captured.filter(|captured| !in_order.contains(captured)));
        }
        let probes: TokenStream = (0..asked.len())
            .map(|number| self.probe(closure, &parameters, asked, consumed, number))
            .collect();
        let called = self.branches(closure, &parameters, asked, consumed, &[]);
        q! {{
            #takes
            move |#inputs| #output {
                if false {
                    let _ = (#(&#in_order,)*);
                    let result_type = &#private::Ty::new();
                    if false { return result_type.any(); }
                    loop {}
                    #probes
                }
                #called
            }
        }}
    }

    /// What is kept of a local that is asked of.
    fn captured(&self, slot: SlotId) -> Ident {
        let place = &self.frame.get(slot).name;
        format_ident!("{place}_captured", span = place.span())
    }

    /// Asks rustc whether the closure captures the one of those with this number by value. Everything else has a stand-in
    /// in the copy of the closure, so that it captures that one alone.
    fn probe(
        &mut self,
        closure: &ExprClosure,
        parameters: &Parameters,
        asked: &[Capture],
        consumed: &[Capture],
        number: usize,
    ) -> TokenStream {
        let mut probed = (*closure.body).clone();
        let name = &asked[number].name;
        StandIn { name }.visit_expr_mut(&mut probed);
        let all: Vec<_> = consumed.iter().chain(asked).cloned().collect();
        let outer = std::mem::replace(&mut self.in_probe, true);
        self.in_body_of_closure(&all, |this| this.value(&mut probed));
        self.in_probe = outer;
        let probed = tail(&probed);
        let Parameters {
            names: params,
            pats,
            ..
        } = parameters;
        let (mut stand_ins, mut types) = (TokenStream::new(), TokenStream::new());
        let others = asked
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != number);
        for (other, capture) in others {
            let (captured, name) = (self.captured(capture.slot), &capture.name);
            let ty = generated(&format!("asked_type_{other}"));
            types.extend(q!(let #ty = &#captured.local_type();));
            stand_ins.extend(q!(let mut #name = #ty.any();));
        }
        for (other, Capture { name, .. }) in consumed.iter().enumerate() {
            let ty = generated(&format!("other_type_{other}"));
            types.extend(q!(let #ty = &#private::Ty::new(); #ty.is(&#name);));
            stand_ins.extend(q!(let mut #name = #ty.any();));
        }
        for (param, (name, pat)) in params.iter().zip(pats).enumerate() {
            let ty = generated(&format!("type_{param}"));
            types.extend(q!(let #ty = &#private::Ty::new(); #ty.is(&#name);));
            stand_ins.extend(q!(let #pat = #ty.any();));
        }
        let captured = self.captured(asked[number].slot);
        let output = &closure.output;
        q! {{
            #types
            let mut local = #private::Local::like(&#captured.local_type());
            #captured.probe().is(&|| -> () {
                loop {}
                &local;
                #stand_ins
                result_type.same((|| #output { #probed })());
            });
        }}
    }

    /// The body of the closure for each combination of answers. `answers`: the ones given, whether the first locals are
    /// moved.
    fn branches(
        &mut self,
        closure: &ExprClosure,
        parameters: &Parameters,
        asked: &[Capture],
        consumed: &[Capture],
        answers: &[bool],
    ) -> TokenStream {
        let Some(next) = asked.get(answers.len()) else {
            let given = asked.iter().zip(answers);
            let moved = given.filter(|(_, is_moved)| **is_moved);
            let moved = moved.map(|(capture, _)| capture);
            let taken: Vec<_> = consumed.iter().chain(moved).cloned().collect();
            let mut body = (*closure.body).clone();
            self.in_body_of_closure(&taken, |this| this.value(&mut body));
            let body = tail(&body);
            let (params, pats) = (&parameters.names, &parameters.pats);
            return q!(#(let #params = #params; let #pats = #params;)* #body);
        };
        let (name, captured) = (&next.name, self.captured(next.slot));
        let place = self.frame.get(next.slot).name.clone();
        let [moved, lent] = [true, false].map(|is_moved| {
            let answers = [answers, &[is_moved]].concat();
            self.branches(closure, parameters, asked, consumed, &answers)
        });
        q! {
            if #captured.moves() {
                #captured.in_move();
                let mut #name = #captured.take();
                #moved
            } else {
                #captured.in_borrow();
                let #place = #captured.lent();
                #lent
            }
        }
    }
}

/// What the parameters of a closure are called, and what each is bound to.
struct Parameters {
    inputs: TokenStream,
    names: Vec<Ident>,
    pats: Vec<Pat>,
}

impl Parameters {
    fn of(closure: &ExprClosure) -> Self {
        let mut parameters = Parameters {
            inputs: TokenStream::new(),
            names: Vec::new(),
            pats: Vec::new(),
        };
        for (number, input) in closure.inputs.iter().enumerate() {
            let name = generated(&format!("parameter_{number}"));
            let (pat, ty) = match input {
                Pat::Type(typed) => ((*typed.pat).clone(), Some((typed.colon_token, &typed.ty))),
                pat => (pat.clone(), None),
            };
            let ty = ty.map(|(colon, ty)| quote!(#colon #ty));
            parameters.inputs.extend(q!(#name #ty,));
            parameters.names.push(name);
            parameters.pats.push(pat);
        }
        parameters
    }
}

/// Which locals a closure's body uses in a way that may or may not move them.
#[derive(Default)]
struct Asks {
    asked: Vec<Ident>,
    /// Those that a macro is given which nobody knows.
    hidden: Vec<Ident>,
    /// Whether there is another closure in it, of which there can be only one of its type, and which may be in what
    /// the closure returns.
    is_nested: bool,
}

impl Asks {
    fn matched(&mut self, value: &Expr, pats: &[&Pat]) {
        // Of a struct the parts that are bound are captured, not the whole.
        let is_variant = |pat: &&Pat| {
            let pat = match pat {
                Pat::Guard(guarded) => &*guarded.pat,
                pat => *pat,
            };
            !matches!(pat, Pat::Struct(_) | Pat::Tuple(_) | Pat::Slice(_))
        };
        let takes = pats.iter().any(|pat| pattern_use(pat).takes);
        if takes && pats.iter().all(is_variant) {
            self.asked.extend(as_name(value).cloned());
        }
    }
}

impl<'ast> Visit<'ast> for Asks {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::MethodCall(call) if ENDING.iter().any(|name| call.method == name) => {
                self.asked.extend(as_name(&call.receiver).cloned());
                let is_nested = self.is_nested;
                visit::visit_expr(self, expr);
                self.is_nested = is_nested;
                return;
            }
            Expr::MethodCall(call) if !is_borrowing(&call.method) => {
                self.asked.extend(as_name(&call.receiver).cloned());
            }
            Expr::Call(call) if !special(call).is_some_and(Special::is_macro) => {
                self.asked.extend(as_name(&call.func).cloned());
            }
            Expr::Match(match_) if match_.arms.len() > 1 => {
                let pats: Vec<_> = match_.arms.iter().map(|arm| &arm.pat).collect();
                self.matched(&match_.expr, &pats);
            }
            Expr::Let(condition) => self.matched(&condition.expr, &[&condition.pat]),
            Expr::Closure(_) | Expr::Async(_) => self.is_nested = true,
            _ => {}
        }
        visit::visit_expr(self, expr);
    }
    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = local.init.as_ref().filter(|init| init.diverge.is_some()) {
            self.matched(&init.expr, &[&local.pat]);
        }
        visit::visit_local(self, local);
    }
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        if !syntax::is_textual(mac) {
            self.hidden.extend(names(mac.tokens.clone()));
        }
    }
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// Puts the probe's stand-in where a local is named.
struct StandIn<'n> {
    name: &'n Ident,
}

impl VisitMut for StandIn<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            _ if as_name(expr) == Some(self.name) => *expr = verbatim(q!((local.value))),
            Expr::Call(call) if special(call).is_some_and(Special::is_macro) => {
                for arg in syntax::argument_values(call) {
                    self.visit_expr_mut(arg);
                }
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
