//! The pipeline.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Block, Expr, Ident, Pat, visit_mut::VisitMut};

use crate::{
    emit::{self, Expansion},
    errors::Errors,
    lifetimes, liveness,
    lower::{self, Param, Target},
    movable, original,
    prepare::{self, Allowed},
    resolve,
    signature::{self, BodyParam, Function, Header, Kind, Shape},
};

/// Expands `#[generator]` on a function.
pub fn expand(arguments: TokenStream, input: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    if !arguments.is_empty() {
        errors.reject(arguments, "`#[generator]` takes no arguments");
    }
    let function: Function = match syn::parse2(input.clone()) {
        Ok(function) => function,
        Err(error) => {
            errors.push(error);
            return rejected(errors, input);
        }
    };
    match expand_function(function, &mut errors) {
        Some(expanded) if errors.is_empty() => expanded,
        _ => rejected(errors, input),
    }
}

/// The errors, and the function with a body that does nothing, so that they are the only ones. A body that
/// does not parse has a signature all the same.
fn rejected(errors: Errors, input: &TokenStream) -> TokenStream {
    let errors = errors.into_compile_errors();
    match syn::parse2::<Header>(input.clone()) {
        Ok(Header(function)) => {
            let stub = signature::stub(&function, &called(input.clone()));
            quote!(#errors #stub)
        }
        Err(_) => quote!(#errors #input),
    }
}

/// The names by which our macros are called, one each.
fn called(tokens: TokenStream) -> Vec<Ident> {
    let mut names: Vec<Ident> = Vec::new();
    let mut add = |name: Ident| {
        if !names.contains(&name) {
            names.push(name);
        }
    };
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (number, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(name) if name == "yield_" || name == "yield_from" => {
                let is_punct = |token: Option<&TokenTree>, with| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == with);
                let in_path = number > 0 && is_punct(tokens.get(number - 1), ':');
                if !in_path && is_punct(tokens.get(number + 1), '!') {
                    add(name.clone());
                }
            }
            TokenTree::Group(group) => called(group.stream()).into_iter().for_each(&mut add),
            _ => {}
        }
    }
    names
}

fn expand_function(function: Function, errors: &mut Errors) -> Option<TokenStream> {
    let Function {
        attrs,
        vis,
        mut sig,
        body,
    } = function;
    if lifetimes::lacks_lifetime(&sig) {
        // An error of rustc's, about the signature as it is.
        return None;
    }
    let shape = signature::shape(&mut sig, errors);
    let Some(mut body) = body else {
        shape?;
        return Some(quote!(#(#attrs)* #vis #sig;));
    };
    let kind = shape.as_ref().map_or(Kind::Stream, |shape| shape.kind);
    let allowed = Allowed {
        yields: kind != Kind::Future,
        awaits: kind.is_polled(),
    };
    let called = prepare::prepare(&mut body, allowed, errors);
    let shape = shape?;
    let params = signature::params(&mut sig, &shape, errors);
    if !errors.is_empty() {
        return None;
    }

    let braces = body.brace_token.span.join();
    let items = emit::hoist_items(&mut body);
    let original = original::original(&shape, &params, &body, &called);

    let mut params = params;
    rename_self(&mut body);
    let locals = {
        let mut pats: Vec<Pat> = params.iter().map(|param| param.param.pat.clone()).collect();
        let locals = resolve::resolve(&mut pats, &mut body);
        for (param, pat) in params.iter_mut().zip(pats) {
            param.param.pat = pat;
        }
        locals
    };
    let movable_check = shape
        .movable
        .then(|| movable::check(&shape, &params, &body));
    liveness::mark_last_uses(&mut body, &locals);

    let prefix = emit::prefix(&sig.ident);
    let at = Ident::new(&format!("{prefix}At"), Span::call_site());
    let target = target(&shape, &at);
    let params: Vec<Param> = params
        .into_iter()
        .map(|BodyParam { param, .. }| param)
        .collect();
    let lowered = lower::lower(&target, &locals, &params, &body, errors);

    let expansion = Expansion {
        attrs: &attrs,
        vis: &vis,
        sig: &sig,
        shape: &shape,
        braces,
        items,
        original,
        movable_check,
        prefix,
        at,
        lowered,
    };
    Some(expansion.emit())
}

fn target(shape: &Shape, at: &Ident) -> Target {
    let (yielded, returned) = (&shape.yielded, &shape.returned);
    Target {
        at: at.clone(),
        yield_type: quote!(#yielded),
        return_type: quote!(#returned),
        movable: shape.movable,
        polled: shape.kind.is_polled(),
    }
}

/// In the body that runs, `self` is a local like any other.
fn rename_self(body: &mut Block) {
    struct RenameSelf;
    impl RenameSelf {
        fn tokens(tokens: TokenStream) -> TokenStream {
            use proc_macro2::{Group, TokenTree};
            let mut tokens = tokens.into_iter().peekable();
            let mut renamed = TokenStream::new();
            while let Some(token) = tokens.next() {
                renamed.extend([match token {
                    TokenTree::Ident(name)
                        if name == "self"
                            && !matches!(tokens.peek(), Some(TokenTree::Punct(p)) if p.as_char() == ':') =>
                    {
                        TokenTree::Ident(Ident::new("this", name.span()))
                    }
                    TokenTree::Group(group) => {
                        let mut inner = Group::new(group.delimiter(), Self::tokens(group.stream()));
                        inner.set_span(group.span());
                        TokenTree::Group(inner)
                    }
                    other => other,
                }]);
            }
            renamed
        }
    }
    impl VisitMut for RenameSelf {
        fn visit_expr_path_mut(&mut self, path: &mut syn::ExprPath) {
            if path.path.is_ident("self") {
                let span = path.path.segments[0].ident.span();
                path.path.segments[0].ident = Ident::new("this", span);
            }
        }
        fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
            mac.tokens = Self::tokens(mac.tokens.clone());
        }
        fn visit_expr_mut(&mut self, expr: &mut Expr) {
            syn::visit_mut::visit_expr_mut(self, expr);
        }
        fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    }
    RenameSelf.visit_block_mut(body);
}
