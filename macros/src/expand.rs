//! `#[generator]`: from a function to one that returns a machine.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::Ident;

use crate::{
    around::{self, Around},
    compile::{self, Body},
    configure, emit,
    errors::Errors,
    grouped, lifetimes,
    signature::{self, Function, Header},
    suspended::Called,
};

/// Expands `#[generator]` on a function, or on a block with functions in it.
#[must_use]
pub fn expand(arguments: TokenStream, input: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let around = syn::parse2(arguments.clone()).unwrap_or_else(|_| {
        errors.reject(arguments, "`#[generator]` takes no arguments");
        Around::Unknown
    });
    let function: Function = match syn::parse2(input.clone()) {
        Ok(function) => function,
        // rustc has parsed the function before, and has said what is wrong with its body.
        Err(error) => {
            match syn::parse2::<Header>(input.clone()) {
                Ok(Header(mut function)) => {
                    signature::shape(&function.vis, &mut function.sig, &around, &mut errors);
                }
                Err(_) => match around::mark(input).unwrap_or(Err(error)) {
                    Ok(block) if !errors.refuses() => return block,
                    Ok(_) => {}
                    Err(error) => errors.push(error),
                },
            }
            return rejected(errors, input);
        }
    };
    if let Some(variants) = configure::variants(&function, &around) {
        return variants;
    }
    match expand_function(function, &around, &mut errors) {
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
        Ok(Header(function)) => signature::stub(&function, &called(input.clone()), errors),
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

fn expand_function(
    function: Function,
    around: &Around,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let Function {
        attrs,
        vis,
        mut sig,
        mut body,
    } = function;
    if lifetimes::lacks_lifetime(&sig) {
        // An error of rustc's, about the signature as it is.
        return None;
    }
    grouped::open(&mut sig, body.as_mut());
    let shape = signature::shape(&vis, &mut sig, around, errors);
    let Some(body) = body else {
        shape?;
        signature::without_resume(&mut sig);
        return Some(quote!(#(#attrs)* #[allow(clippy::multiple_bound_locations)] #vis #sig;));
    };
    let Some(mut shape) = shape else {
        compile::check(body, errors);
        return None;
    };
    signature::tells_where(&mut sig);
    let takes_argument = signature::has_resume(&sig);
    let params = signature::params(&mut sig, &mut shape, errors);
    let prefix = emit::prefix(&sig.ident);
    let braces = body.brace_token.span.close();
    let compiled = compile::compile(
        Body {
            shape: &shape,
            params,
            block: body,
            prefix,
            called: Called::of(&sig.ident),
            captured: None,
            takes_argument,
        },
        errors,
    )?;
    Some(emit::function(&attrs, &vis, &sig, &compiled, braces))
}
