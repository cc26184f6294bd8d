//! The probe of a closure or an `async` block: a copy of its body, in which what is asked of has a stand-in that tells how
//! it is captured, and everything else one that is not captured.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Expr, ExprClosure, Ident, Pat,
    visit_mut::{self, VisitMut},
};

use super::{
    Lower,
    asking::{Literal, Takes},
    captures::Capture,
    verbatim,
};
use crate::{
    hygiene::private,
    position::tail,
    syntax::{self, Special, as_name, generated, special},
};

impl Lower<'_> {
    /// Asks rustc how one of those is captured that it is asked of. Everything else has a stand-in in the copy of the
    /// body, so that it captures that one alone.
    pub(super) fn probe(
        &mut self,
        literal: &Literal,
        parameters: &Parameters,
        takes: &Takes,
        capture: &Capture,
    ) -> TokenStream {
        let name = &capture.name;
        let Probed {
            types,
            stand_ins,
            body,
        } = self.probed(literal, parameters, takes, name);
        let captured = self.captured(capture);
        q! {{
            #types
            let mut local = #private::Local::like(&#captured.local_type());
            #captured.probe().is(&|| -> () {
                loop {}
                &local;
                #stand_ins
                #body
            });
        }}
    }

    /// A copy of the body for a probe, in which everything else than what has this name has a stand-in.
    pub(super) fn probed(
        &mut self,
        literal: &Literal,
        parameters: &Parameters,
        takes: &Takes,
        name: &Ident,
    ) -> Probed {
        let mut body = literal.body().clone();
        StandIn { name }.visit_expr_mut(&mut body);
        let others = [&takes.asked[..], &takes.passed, takes.beside()].concat();
        let all = [&takes.consumed[..], &others].concat();
        let outer = std::mem::replace(&mut self.in_probe, true);
        self.in_body_of_closure(&all, |this| this.value(&mut body));
        self.in_probe = outer;
        let body = tail(&body);
        let (mut stand_ins, mut types) = (TokenStream::new(), TokenStream::new());
        for (other, capture) in others.iter().enumerate() {
            let (captured, other_name) = (self.captured(capture), &capture.name);
            if other_name != name {
                let ty = generated(&format!("asked_type_{other}"));
                types.extend(q!(let #ty = &#captured.local_type();));
                stand_ins.extend(q!(let mut #other_name = #ty.any();));
            }
        }
        let consumed = takes.consumed.iter().map(|capture| {
            let name = &capture.name;
            (name, quote!(#name))
        });
        let lent = takes
            .lent
            .iter()
            .filter(|lent| !lent.is_asked && lent.name != *name);
        let lent = lent.map(|lent| (&lent.name, lent.place()));
        for (other, (name, place)) in consumed.chain(lent).enumerate() {
            let ty = generated(&format!("other_type_{other}"));
            types.extend(q!(let #ty = &#private::Ty::new(); #ty.is(&#place);));
            stand_ins.extend(q!(let mut #name = #ty.any();));
        }
        let params = parameters.names.iter().zip(&parameters.pats);
        for (param, (name, pat)) in params.enumerate() {
            let ty = generated(&format!("type_{param}"));
            types.extend(q!(let #ty = &#private::Ty::new(); #ty.is(&#name);));
            stand_ins.extend(q!(let #pat = #ty.any();));
        }
        let body = match literal.closure {
            Some(closure) => {
                let output = &closure.output;
                q!(result_type.same((|| #output { #body })());)
            }
            None => q! {
                async {
                    if false { return result_type.any(); }
                    result_type.same(#body)
                };
            },
        };
        Probed {
            types,
            stand_ins,
            body,
        }
    }
}

/// A copy of a body for a probe.
pub(super) struct Probed {
    /// Says the types of the stand-ins.
    pub types: TokenStream,
    pub stand_ins: TokenStream,
    pub body: TokenStream,
}

/// What the parameters of a closure are called, and what each is bound to.
#[derive(Default)]
pub(super) struct Parameters {
    pub inputs: TokenStream,
    pub names: Vec<Ident>,
    pub pats: Vec<Pat>,
}

impl Parameters {
    pub fn of(closure: &ExprClosure) -> Self {
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
