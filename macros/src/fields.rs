//! The fields of tracing's macros, whose names are no locals: those of kept locals would become places.
//!
//! ```text
//! info!(?user, %count, size = 1, "text {user}")   →  info!(user = ?user, count = %count, size = 1, "text {user}")
//! tracing::info!(count, "text")                   →  tracing::info!(count = count, "text")
//! ```
//!
//! and what stands before `=` has a span in which no local is visible. A field without a sigil is told from an argument
//! of some other macro by the path alone. What a message captures becomes an argument, there and in other macros that
//! are known to have such: `info!("text {user}")` → `info!("text {user}", user = user)`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{LitStr, Macro};

/// The macros of tracing that take fields.
const NAMES: &[&str] = &[
    "debug",
    "debug_span",
    "error",
    "error_span",
    "event",
    "info",
    "info_span",
    "span",
    "trace",
    "trace_span",
    "warn",
    "warn_span",
];

/// Those of tracing, log, anyhow and others that have a format string, and perhaps something before it.
const WITH_MESSAGE: &[&str] = &[
    "anyhow", "bail", "debug", "ensure", "error", "event", "eyre", "info", "log", "trace", "warn",
];

/// Whether a macro is one of those that log, by its name.
pub fn logs(mac: &Macro) -> bool {
    let last = mac.path.segments.last().map(|last| last.ident.to_string());
    last.is_some_and(|last| NAMES.contains(&&*last) || WITH_MESSAGE.contains(&&*last))
}

/// Tells names of fields from locals, and makes what a message captures arguments.
pub fn write_out(mac: &mut Macro) {
    write_fields(mac);
    write_captures(mac);
}

fn write_captures(mac: &mut Macro) {
    let last = mac.path.segments.last().map(|last| last.ident.to_string());
    if !last.is_some_and(|last| WITH_MESSAGE.contains(&&*last)) {
        return;
    }
    let arguments = arguments(mac.tokens.clone());
    let message = arguments
        .iter()
        .position(|(argument, _)| matches!(&**argument, [TokenTree::Literal(_)]));
    let Some(number) = message else { return };
    let literal = arguments[number].0.iter().cloned().collect();
    let Ok(message) = syn::parse2::<LitStr>(literal) else {
        return;
    };
    let is_given = |name: &Ident| {
        arguments[number..].iter().any(|(argument, _)| {
            matches!(&**argument, [TokenTree::Ident(given), TokenTree::Punct(equals), ..]
                if given == name && equals.as_char() == '=')
        })
    };
    let captured = crate::resolve::captures(&message);
    let new: Vec<_> = captured.iter().filter(|name| !is_given(name)).collect();
    if new.is_empty() {
        return;
    }
    let ends_with_comma = arguments.last().is_some_and(|(last, _)| last.is_empty());
    let comma = (!ends_with_comma).then(|| quote!(,));
    let names = new.iter().map(|name| no_local(name));
    mac.tokens.extend(quote!(#comma #(#names = #new),*));
}

fn write_fields(mac: &mut Macro) {
    let segments = &mac.path.segments;
    let Some(last) = segments.last().map(|last| last.ident.to_string()) else {
        return;
    };
    if !NAMES.contains(&&*last) {
        return;
    }
    let is_tracing = segments.len() > 1 && segments[0].ident == "tracing";
    // These start with a level, which may be a local as well.
    let mut is_level = last == "span" || last == "event";
    let mut is_message_over = false;
    let mut written = TokenStream::new();
    for (argument, comma) in arguments(mac.tokens.clone()) {
        let is_field = !std::mem::take(&mut is_level) && !is_message_over;
        match &*argument {
            [TokenTree::Punct(sigil), TokenTree::Ident(name)]
                if matches!(sigil.as_char(), '?' | '%') =>
            {
                let field = no_local(name);
                written.extend(quote!(#field = #sigil #name));
            }
            [TokenTree::Ident(name)] if is_tracing && is_field => {
                let field = no_local(name);
                written.extend(quote!(#field = #name));
            }
            argument => written.extend(with_name(argument)),
        }
        // After an event's message come the arguments of its format; a span's name comes before its fields.
        let is_literal = matches!(&*argument, [TokenTree::Literal(_)]);
        is_message_over |= is_literal && !last.ends_with("span");
        written.extend(comma);
    }
    mac.tokens = written;
}

/// An argument of which the name before `=`, if there is one, is none of a local.
fn with_name(argument: &[TokenTree]) -> Vec<TokenTree> {
    let is_part = |token: &&TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == '.',
        _ => false,
    };
    let length = argument.iter().take_while(is_part).count();
    let is_equals =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '=');
    let names = argument.get(length).is_some_and(is_equals)
        && !argument.get(length + 1).is_some_and(is_equals);
    let mut argument = argument.to_vec();
    if let (true, Some(TokenTree::Ident(name))) = (names, argument.first_mut()) {
        *name = no_local(name);
    }
    argument
}

fn no_local(name: &Ident) -> Ident {
    let mut name = name.clone();
    name.set_span(Span::mixed_site().located_at(name.span()));
    name
}

/// The arguments, each with the comma after it.
fn arguments(tokens: TokenStream) -> Vec<(Vec<TokenTree>, Option<TokenTree>)> {
    let mut arguments = vec![(Vec::new(), None)];
    for token in tokens {
        let is_comma = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
        if let Some((argument, comma)) = arguments.last_mut() {
            if is_comma {
                *comma = Some(token);
                arguments.push((Vec::new(), None));
            } else {
                argument.push(token);
            }
        }
    }
    arguments
}
