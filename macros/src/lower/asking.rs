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
    hygiene::private,
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

/// Whether a method is not likely to take its receiver.
pub(super) fn is_borrowing(method: &Ident) -> bool {
    BORROWING.iter().any(|name| method == name)
}

impl Lower<'_> {
    /// The one of these captures of which rustc has to be asked.
    pub(super) fn asked(&self, closure: &ExprClosure, captures: &[Capture]) -> Option<usize> {
        let is_plain = closure.asyncness.is_none() && closure.lifetimes.is_none();
        let mut asks = Asks::default();
        asks.visit_expr(&closure.body);
        if !is_plain || asks.is_nested {
            return None;
        }
        captures.iter().position(|capture| {
            asks.asked.contains(&capture.name)
                && !asks.hidden.contains(&capture.name)
                && self.reference(&capture.name).is_none()
                && !self.frame.get(capture.slot).is_bound
        })
    }

    /// The closure, which captures `asked` by value or not, and certainly does `consumed`.
    pub(super) fn asking(
        &mut self,
        closure: &ExprClosure,
        asked: &Capture,
        consumed: &[Capture],
    ) -> TokenStream {
        let (name, slot, span) = (&asked.name, asked.slot, asked.name.span());
        let all: Vec<_> = consumed.iter().chain([asked]).cloned().collect();
        let mut lent = (*closure.body).clone();
        let (mut moved, mut probed) = (lent.clone(), lent.clone());
        StandIn { name }.visit_expr_mut(&mut probed);
        self.in_body_of_closure(consumed, |this| this.value(&mut lent));
        self.in_body_of_closure(&all, |this| this.value(&mut moved));
        let outer = std::mem::replace(&mut self.in_probe, true);
        self.in_body_of_closure(&all, |this| this.value(&mut probed));
        self.in_probe = outer;
        // What else it captures by value.
        let others: Vec<_> = consumed.iter().map(|capture| &capture.name).collect();
        self.note_move(slot);
        let guard = self.guard_of(slot, span);
        let place = self.frame.get(slot).name.clone();
        let captured = format_ident!("{place}_captured", span = place.span());
        let Parameters {
            inputs,
            names: params,
            pats,
        } = Parameters::of(closure);
        let known: Vec<_> = params.iter().chain(others.iter().copied()).collect();
        let types: Vec<_> = (0..known.len())
            .map(|number| generated(&format!("type_{number}")))
            .collect();
        let (param_types, other_types) = types.split_at(params.len());
        let output = &closure.output;
        let ty = q!(&#private::Ty::new());
        let ty = types.iter().map(|_| &ty);
        // What is captured is dropped in the order in which it is named first.
        let written = &closure.body;
        let mut in_order: Vec<Ident> = Vec::new();
        for found in names(quote!(#written)) {
            if found == *name && !in_order.contains(&captured) {
                in_order.push(captured.clone());
            } else if others.contains(&&found) && !in_order.contains(&found) {
                in_order.push(found);
            }
        }
        q! {{
            let #captured = #private::capture(&mut #guard, #place);
            move |#inputs| #output {
                if false {
                    let _ = (#(&#in_order,)*);
                    let result_type = &#private::Ty::new();
                    if false { return result_type.any(); }
                    loop {}
                    #(let #types = #ty; #types.is(&#known);)*
                    let mut local = #private::Local::like(&#captured.local_type());
                    #captured.probe().is(&|| -> () {
                        loop {}
                        &local;
                        #(let mut #others = #other_types.any();)*
                        #(let #pats = #param_types.any();)*
                        result_type.same((|| #output { #probed })());
                    });
                }
                if #captured.moves() {
                    #captured.in_move();
                    let mut #name = #captured.take();
                    #(let #params = #params; let #pats = #params;)*
                    #moved
                } else {
                    #captured.in_borrow();
                    let #place = #captured.lent();
                    #(let #params = #params; let #pats = #params;)*
                    #lent
                }
            }
        }}
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
    /// Whether there is another closure in it, of which there can be only one of its type.
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
