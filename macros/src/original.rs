//! The original: the function as written, which never runs. rustc checks it, and reports in the user's
//! words, at the user's spans.
//!
//! ```text
//! let x = yield_!(a)?; return x     →  let x = shape.yield_value(Yielding::<Y> { value: a })?;
//!                                      return Returning::<O> { value: x }.value
//! ```

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    Block, Expr, Ident, Pat,
    spanned::Spanned,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use crate::hygiene::private;
use crate::{
    signature::{BodyParam, Kind, Shape},
    syntax::{self, Special, generated, special},
};

/// The original of a prepared body, as a closure that nobody calls.
/// `called` are the paths of our macros, whose imports are used there.
pub fn original(
    shape: &Shape,
    params: &[BodyParam],
    body: &Block,
    called: &[syn::Path],
) -> TokenStream {
    let mut body = body.clone();
    Original { shape }.visit_block_mut(&mut body);
    let mut bind = bind_params(params, false);
    bind.extend(called.iter().map(|path| quote!(#path! { @in_generator })));
    // Where the user's body is: rustc does not talk of what a macro's closure captures by its name, `self`.
    closure(shape, &bind, &body, body.brace_token.span.join())
}

/// The closure that an original is. What it returns is at the span, too, for rustc to report a body without a
/// value there.
pub fn closure(shape: &Shape, bind: &TokenStream, body: &Block, span: Span) -> TokenStream {
    let returned = &shape.returned;
    let shape = generated("shape");
    at! {span=>
        let _original = #shape.original(move || -> #private::Same<#returned> {
            #bind
            #private::Returning::<#returned> { value: #body }.value
        });
    }
}

/// Binds the parameters as the user did. `self` is captured.
pub fn bind_params(params: &[BodyParam], with_self: bool) -> TokenStream {
    params
        .iter()
        .filter_map(|BodyParam { param, ty, attrs }| {
            let (name, pat) = (&param.name, &param.pat);
            let span = Span::mixed_site().located_at(pat.span());
            let shape = Ident::new("shape", span);
            match ty {
                Some(ty) if param.resume => Some(at! {span=>
                    #(#attrs)* let #pat: #ty = #shape.argument();
                }),
                // A parameter can be borrowed mutably by its own pattern, a local cannot.
                Some(_) if borrows_mutably(pat) => Some(at! {span=>
                    let mut #name = #name;
                    #(#attrs)* let #pat = #name;
                }),
                // The parameter's type is not repeated: `impl Trait` cannot be.
                Some(_) => Some(at!(span=> #(#attrs)* let #pat = #name;)),
                None => with_self.then(|| at!(span=> let #pat = #name;)),
            }
        })
        .collect()
}

/// Whether a pattern says `ref mut`.
fn borrows_mutably(pat: &Pat) -> bool {
    struct RefMut(bool);
    impl<'ast> Visit<'ast> for RefMut {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            self.0 |= pat.by_ref.is_some() && pat.mutability.is_some();
            visit::visit_pat_ident(self, pat);
        }
    }
    let mut found = RefMut(false);
    found.visit_pat(pat);
    found.0
}

/// Replaces what is not plain Rust.
pub struct Original<'s> {
    pub shape: &'s Shape,
}

impl Original<'_> {
    /// The call that stands for a suspension point, if the expression is one.
    pub fn point(&self, expr: &Expr) -> Option<TokenStream> {
        let yielded = &self.shape.yielded;
        let shape = |span: Span| {
            let mut shape = generated("shape");
            shape.set_span(span);
            shape
        };
        match expr {
            Expr::Yield(yield_) => {
                let span = Span::mixed_site().located_at(yield_.yield_token.span);
                let value = &yield_.expr;
                let shape = shape(span);
                let function = if self.shape.kind == Kind::Stream {
                    at!(span=> yield_item)
                } else {
                    at!(span=> yield_value)
                };
                Some(at! {span=>
                    #shape.#function(#private::Yielding::<#yielded> { value: #value })
                })
            }
            Expr::Await(await_) => {
                let base = &await_.base;
                let span = Span::mixed_site().located_at(await_.await_token.span);
                Some(at!(span=> #private::original_await(#base)))
            }
            Expr::Call(call) if special(call) == Some(Special::YieldFrom) => {
                let span = Span::mixed_site().located_at(call.func.span());
                let shape = shape(span);
                let machine = call.args.first();
                let first = match call.args.get(1) {
                    Some(first) => quote!(#first),
                    None if self.shape.kind == Kind::Stream => {
                        at!(span=> #shape.argument())
                    }
                    None => at!(span=> ()),
                };
                Some(at! {span=>
                    #shape.yield_from(#machine, #first)
                })
            }
            _ => None,
        }
    }
}

impl VisitMut for Original<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            // `return`, `?` and `.await` in these are their own.
            Expr::Closure(_) | Expr::Async(_) => return Macros.visit_expr_mut(expr),
            _ => visit_mut::visit_expr_mut(self, expr),
        }
        if let Some(point) = self.point(expr) {
            *expr = Expr::Verbatim(point);
        } else if let Expr::Return(return_) = expr {
            let returned = &self.shape.returned;
            let span = Span::mixed_site().located_at(return_.span());
            let value = match &return_.expr {
                Some(value) => quote!(#value),
                None => at!(span=> ()),
            };
            let token = return_.return_token;
            *expr = Expr::Verbatim(at! {span=>
                #token ::handcrank::__private::Returning::<#returned> { value: #value }.value
            });
        } else {
            restore_macro(expr);
        }
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}

/// Restores macros alone.
struct Macros;

impl VisitMut for Macros {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        restore_macro(expr);
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// A call that stands for one of std's macros becomes one again.
pub fn restore_macro(expr: &mut Expr) {
    let Expr::Call(call) = expr else { return };
    if let Some(restored) = syntax::macro_tokens(call) {
        *expr = Expr::Verbatim(restored);
    }
}
