//! Names that are generated.

use proc_macro2::Span;
use quote::format_ident;
use syn::Ident;

/// A name for something generated, which no name of the user's can be confused with.
pub fn generated(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// A generated name that belongs to a local, located where the local is.
pub fn generated_for(ident: &Ident, suffix: &str) -> Ident {
    let span = Span::mixed_site().located_at(ident.span());
    let ident = syn::ext::IdentExt::unraw(ident);
    if suffix.is_empty() {
        // A keyword needs its `r#` back.
        return match syn::parse_str::<Ident>(&ident.to_string()) {
            Ok(_) => Ident::new(&ident.to_string(), span),
            Err(_) => Ident::new_raw(&ident.to_string(), span),
        };
    }
    Ident::new(&format_ident!("{ident}{suffix}").to_string(), span)
}

/// Whether a name might be one that is generated: then a local of that name gets another. A saved local is named like
/// its slot, in the same hygiene context as all that is generated.
pub fn is_reserved(name: &str) -> bool {
    const SUFFIXES: &[&str] = &[
        "_bound",
        "_captured",
        "_emptied",
        "_held",
        "_in_guard",
        "_keep",
        "_lent",
        "_live",
        "_mode",
        "_moved",
        "_operand",
        "_passed",
        "_saved",
        "_slot",
        "_sharing",
        "_type",
        "_words",
    ];
    // Numbered, perhaps with an underscore after the number.
    const PREFIXES: &[&str] = &[
        "access",
        "again",
        "alternative",
        "arg",
        "argument",
        "assigned",
        "at",
        "captures",
        "extended",
        "field",
        "future",
        "if",
        "item",
        "items",
        "join",
        "machine",
        "member",
        "mode",
        "mode_of",
        "moved",
        "operand",
        "order",
        "output",
        "parameter",
        "part",
        "place",
        "question",
        "refill",
        "scope",
        "scopes",
        "scrutinee",
        "select",
        "shared",
        "temporary",
        "type",
        "value",
        "without_move",
    ];
    let base = name.trim_end_matches('_');
    let unnumbered = base.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered = unnumbered.len() < base.len()
        && unnumbered.strip_suffix('_').is_some_and(|prefix| {
            PREFIXES
                .iter()
                .any(|known| prefix == *known || prefix.ends_with(&format!("_{known}")))
        });
    RESERVED.contains(&name) || is_numbered || SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
}

/// Names that expansions declare, which a saved local must not have; and `gen`, which is a keyword in the edition of
/// this crate, and so in what is generated.
const RESERVED: &[&str] = &[
    "argument",
    "arm",
    "at",
    "borrows",
    "capturing",
    "chosen",
    "element",
    "entered",
    "first",
    "frame",
    "gen",
    "index",
    "leaving",
    "left",
    "local",
    "local_type",
    "machine",
    "none",
    "output",
    "part",
    "probe",
    "residual",
    "result_type",
    "returned",
    "shape",
    "shown",
    "suspending",
    "to",
    "turn",
    "unwinding",
    "value",
    "whole",
];
