//! Macros that return from the body, which nobody can see. Where there may be one, the body is in a closure that returns
//! what the function does, but for the place of the value (`leaving.rs` of the core crate):
//!
//! ```text
//! fail!(error); yield 1;   →  leaving.run(|| leaving.complete('body: {
//!                                 .. (fail!(error)); .. return leaving.suspended(Step::Yielded(1)); ..
//!                             }))
//! ```
//!
//! `bail!` and `ensure!`, as anyhow, eyre and many crates have them, are known. They return from a closure of their own,
//! and what that returns is returned, where it is seen: so the one never ends, and may move what it is given.
//!
//! ```text
//! bail!("no {name}")       →  match (|| -> Result<Infallible, _> { bail!("no {name}"); })() {
//!                                 Err(error) => return Err(error),
//!                                 Ok(other) => match other {},
//!                             }
//! bail!(error)             →  match (error) { error => match (|| .. { bail!(error); })() { .. } }
//! ensure!(a > b, "no")     →  match (|| -> Result<Passed, _> { ensure!(a > b, "no"); Ok(Passed) })() {
//!                                 Err(error) => return Err(error),
//!                                 Ok(other) => { let _ = other; }
//!                             }
//! ```
//!
//! In a body that returns a `Result`, as far as the name of the type says. A macro of the user's by one of these names which
//! returns something else has another type, and is an error.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{
    Block, Expr, ExprAsync, ExprCall, ExprClosure, Item, Macro, Pat, Token, Type, parse::Parser,
    parse_quote_spanned, punctuated::Punctuated, spanned::Spanned, visit::Visit,
};

use crate::{
    hygiene::private,
    syntax::{self, generated, is_constant_value},
};

/// Whether a prepared body has a macro that may return from it.
pub fn may_return_unseen(body: &Block) -> bool {
    struct Unknown(bool);
    impl<'ast> Visit<'ast> for Unknown {
        fn visit_macro(&mut self, mac: &'ast Macro) {
            self.0 |= !syntax::is_textual(mac);
        }
        fn visit_expr_call(&mut self, call: &'ast ExprCall) {
            // What is called stands for a macro that is known.
            if syntax::special(call).is_none() {
                self.visit_expr(&call.func);
            }
            call.args.iter().for_each(|arg| self.visit_expr(arg));
        }
        // A `return` in these is theirs, and a type or pattern has none.
        fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}
        fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}
        fn visit_item(&mut self, _: &'ast Item) {}
        fn visit_type(&mut self, _: &'ast Type) {}
        fn visit_pat(&mut self, _: &'ast Pat) {}
    }
    let mut unknown = Unknown(false);
    unknown.visit_block(body);
    unknown.0
}

/// What `bail!` or `ensure!` stands for; `None` for another one.
pub fn expand(mac: &Macro) -> Option<Expr> {
    let name = mac.path.segments.last()?.ident.to_string();
    let ends = match name.as_str() {
        "bail" => Ends::Never,
        "ensure" => Ends::Passed,
        _ => return None,
    };
    let value = only_value(&mac.tokens).filter(|_| matches!(ends, Ends::Never));
    let Some(value) = value else {
        return Some(returned(mac, &ends));
    };
    // It may be moved, which a closure must not do with a local that is kept.
    let error = generated("error");
    let of_value = Macro {
        tokens: quote!(#error),
        ..mac.clone()
    };
    let returned = returned(&of_value, &ends);
    Some(parse_quote_spanned!(span_of(mac)=> (match (#value) { #error => #returned })))
}

/// What a macro does that does not return.
enum Ends {
    /// Nothing: it always returns.
    Never,
    /// It goes on.
    Passed,
}

/// The macro in a closure, and what it returns returned.
fn returned(mac: &Macro, ends: &Ends) -> Expr {
    let span = span_of(mac);
    let (error, other) = (generated("error"), generated("other"));
    let result = quote_spanned!(span=> #private::core::result::Result);
    let (ty, value, then) = match ends {
        Ends::Never => (
            quote_spanned!(span=> #private::core::convert::Infallible),
            None,
            quote_spanned!(span=> match #other {}),
        ),
        Ends::Passed => (
            quote_spanned!(span=> #private::Passed),
            Some(quote_spanned!(span=> #result::Ok(#private::Passed))),
            quote_spanned!(span=> { let _ = #other; }),
        ),
    };
    parse_quote_spanned! {span=>
        (match (|| -> #result<#ty, _> { #mac; #value })() {
            #result::Err(#error) => return #result::Err(#error),
            #result::Ok(#other) => #then,
        })
    }
}

/// Where the macro is.
fn span_of(mac: &Macro) -> Span {
    Span::mixed_site().located_at(mac.span())
}

/// The only argument, if it is an expression which is evaluated, and no text.
fn only_value(tokens: &TokenStream) -> Option<Expr> {
    if let Some(TokenTree::Literal(_)) = tokens.clone().into_iter().next() {
        return None;
    }
    let args = Punctuated::<Expr, Token![,]>::parse_terminated
        .parse2(tokens.clone())
        .ok()?;
    let mut args = args.into_iter();
    let value = args.next().filter(|value| !is_constant_value(value))?;
    args.next().is_none().then_some(value)
}
