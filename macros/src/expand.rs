//! The pipeline.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Block, Expr, Ident, Pat, visit::Visit, visit_mut::VisitMut};

use crate::{
    edition,
    emit::{self, Expansion},
    errors::Errors,
    jumps, lifetimes, liveness,
    lower::{self, OnYield, Param, Target},
    movable, objects, original,
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
        // rustc has parsed the function before, and has said what is wrong with its body.
        Err(error) => {
            match syn::parse2::<Header>(input.clone()) {
                Ok(Header(mut function)) => {
                    signature::shape(&mut function.sig, &mut errors);
                }
                Err(_) => errors.push(error),
            }
            return rejected(errors, input);
        }
    };
    match expand_function(function, &mut errors) {
        Some(expanded) if !errors.refuses() => expanded,
        // Where there is no error of ours, rustc has said it.
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
fn called(input: TokenStream) -> Vec<Ident> {
    fn find(tokens: TokenStream, found: &mut Vec<Ident>) {
        let mut tokens = tokens.into_iter().peekable();
        let mut in_path = false;
        while let Some(token) = tokens.next() {
            let is_called =
                matches!(tokens.peek(), Some(TokenTree::Punct(p)) if p.as_char() == '!');
            let was_in_path = in_path;
            in_path = matches!(&token, TokenTree::Punct(p) if p.as_char() == ':');
            match token {
                TokenTree::Ident(name) => {
                    let is_ours = name == "yield_" || name == "yield_from";
                    if is_ours && is_called && !was_in_path && !found.contains(&name) {
                        found.push(name);
                    }
                }
                TokenTree::Group(group) => find(group.stream(), found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    find(input, &mut found);
    found
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
    let mut shape = signature::shape(&mut sig, errors);
    if let Some(Shape {
        resume,
        lent,
        yielded,
        returned,
        ..
    }) = &mut shape
    {
        [resume, yielded, returned]
            .into_iter()
            .chain(lent.as_mut().map(|lent| &mut lent.argument))
            .for_each(objects::write_lifetimes);
    }
    let Some(mut body) = body else {
        shape?;
        signature::without_resume(&mut sig);
        return Some(quote!(#(#attrs)* #vis #sig;));
    };
    if edition::is_2024() && names_gen(&body) {
        errors.leave_to_rustc();
    }
    let kind = shape.as_ref().map_or(Kind::Stream, |shape| shape.kind);
    let takes_argument = signature::has_resume(&sig);
    let allowed = Allowed {
        yields: kind != Kind::Future || takes_argument,
        delegates: !(kind.is_polled() && takes_argument),
        awaits: kind.is_polled(),
    };
    let called = prepare::prepare(&mut body, allowed, errors);
    let mut shape = shape?;
    let params = signature::params(&mut sig, &mut shape, errors);
    jumps::check(&body, errors);
    if errors.refuses() {
        return None;
    }

    let braces = body.brace_token.span.close();
    let items = emit::hoist_items(&mut body);
    let original = original::original(&shape, &params, &body, &called);
    let universal = original::universal(&shape, &params, &body);

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
        universal,
        movable_check,
        prefix,
        at,
        lowered,
    };
    Some(expansion.emit())
}

fn target(shape: &Shape, at: &Ident) -> Target {
    let (yielded, returned) = (shape.yield_type(), &shape.returned);
    let on_yield = match (shape.kind, &shape.polls) {
        (Kind::Generator | Kind::Iterator, _) => OnYield::Resumed,
        (_, None) => OnYield::Item,
        (Kind::Future, Some(_)) => OnYield::Pending,
        (Kind::Stream, Some(_)) => OnYield::Poll,
    };
    Target {
        at: at.clone(),
        resume_type: shape.resume_type(),
        yield_type: quote!(#yielded),
        return_type: quote!(#returned),
        movable: shape.movable,
        on_yield,
    }
}

/// Whether something is called `gen`, which is a keyword from edition 2024 on, but none to syn.
fn names_gen(body: &Block) -> bool {
    struct NamesGen(bool);
    impl<'ast> Visit<'ast> for NamesGen {
        fn visit_ident(&mut self, name: &'ast Ident) {
            self.0 |= name == "gen";
        }
    }
    let mut found = NamesGen(false);
    found.visit_block(body);
    found.0
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
