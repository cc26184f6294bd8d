//! What one stage tells a later one of an expression, in attributes which are gone when the expansion is.

use proc_macro2::Span;
use syn::{
    Attribute, Expr, ExprCall, ExprPath, Ident, parse_quote, parse_quote_spanned,
    punctuated::Punctuated,
};

/// Marks a value that a `let` borrows for as long as its block: the number of its slot, and its type if the
/// user said it.
pub fn extended_call(slot: usize, value: &Expr, ty: Option<Expr>) -> Expr {
    let slot = proc_macro2::Literal::usize_unsuffixed(slot);
    let span = crate::hygiene::span_of(value);
    let mut call: ExprCall = parse_quote_spanned!(span=> #[handcrank_extended(#slot)] extended());
    // As they are: a type need not be an expression.
    call.args.extend(std::iter::once(value.clone()).chain(ty));
    Expr::Call(call)
}

/// The number of the slot of a value that a `let` borrows.
pub fn extended_slot(call: &ExprCall) -> Option<usize> {
    call.attrs.iter().find_map(|attr| {
        let is_ours = attr.path().is_ident("handcrank_extended");
        let slot = is_ours.then(|| attr.parse_args::<syn::LitInt>());
        slot?.ok()?.base10_parse().ok()
    })
}

/// Whether an expression is a value that a `let` borrows for as long as its block.
pub fn is_extended(expr: &Expr) -> bool {
    matches!(expr, Expr::Call(call) if extended_slot(call).is_some())
}

/// Marks a use of a local as the last on every path.
pub fn set_last_use(path: &mut ExprPath, last: bool) {
    path.attrs.retain(|attr| {
        let mark = attr.path();
        !mark.is_ident("handcrank_last_use") && !mark.is_ident("handcrank_parting_use")
    });
    if last {
        // At the name, for the mark is the first token of the expression.
        let span = path
            .path
            .segments
            .first()
            .map_or_else(Span::call_site, |first| first.ident.span());
        path.attrs
            .push(parse_quote_spanned!(span=> #[handcrank_last_use]));
    }
}

/// Marks a use of a local as the last on every path, unless the call that a branch ends in returns.
pub fn set_parting_use(path: &mut ExprPath) {
    set_last_use(path, false);
    path.attrs.push(parse_quote!(#[handcrank_parting_use]));
}

/// Whether a use of a local is the last on every path, unless the call that a branch ends in returns. If it does,
/// rustc has seen that the value is copied.
pub fn is_parting_use(path: &ExprPath) -> bool {
    path.attrs
        .iter()
        .any(|attr| attr.path().is_ident("handcrank_parting_use"))
}

/// Whether a use of a local is the last on every path.
pub fn is_last_use(path: &ExprPath) -> bool {
    path.attrs
        .iter()
        .any(|attr| attr.path().is_ident("handcrank_last_use"))
}

/// Marks a closure or `async` block as the last to use these locals.
pub fn set_last_captures(attrs: &mut Vec<Attribute>, names: &[Ident]) {
    attrs.retain(|attr| !attr.path().is_ident("handcrank_last_captures"));
    if !names.is_empty() {
        attrs.push(parse_quote!(#[handcrank_last_captures(#(#names),*)]));
    }
}

/// The locals that a closure or `async` block is the last to use.
pub fn take_last_captures(attrs: &mut Vec<Attribute>) -> Vec<Ident> {
    let mut names = Vec::new();
    attrs.retain(|attr| {
        let is_ours = attr.path().is_ident("handcrank_last_captures");
        if is_ours {
            names.extend(names_in(attr).into_iter().flatten());
        }
        !is_ours
    });
    names
}

/// Marks a suspension point with the locals that are used after it.
pub fn set_used_later(attrs: &mut Vec<Attribute>, names: impl Iterator<Item = Ident>) {
    attrs.retain(|attr| !attr.path().is_ident("handcrank_used_later"));
    attrs.push(parse_quote!(#[handcrank_used_later(#(#names),*)]));
}

/// The locals that are used after a suspension point, if that is known.
pub fn take_used_later(attrs: &mut Vec<Attribute>) -> Option<Vec<Ident>> {
    let is_ours = |attr: &Attribute| attr.path().is_ident("handcrank_used_later");
    let found = attrs.iter().position(is_ours)?;
    names_in(&attrs.remove(found))
}

/// The names in parentheses after an attribute.
fn names_in(attr: &Attribute) -> Option<Vec<Ident>> {
    let parser = Punctuated::<Ident, syn::Token![,]>::parse_terminated;
    let names = attr.parse_args_with(parser).ok()?;
    Some(names.into_iter().collect())
}
