//! `_` with the type of a trait object: rustc coerces even what is of that type, and that makes a value of a place.
//!
//! ```text
//! let _: Box<dyn T> = x;      →  let _: Box<dyn T> = of_expected(x);      x moves, and drops
//! let _: Vec<u8> = x;                                                     x stays
//! ```
//!
//! Source: `rustc_hir_typeck/src/coercion.rs`, which tries `coerce_unsized` first.

use quote::quote;
use syn::{GenericArgument, Local, Pat, PathArguments, Type, parse_quote};

use crate::{
    hygiene::{Ends, private},
    syntax::is_place,
};

/// Makes a value of what such a `let` is given.
pub fn coerce(local: &mut Local) {
    let (Pat::Type(typed), Some(init)) = (&local.pat, &mut local.init) else {
        return;
    };
    if matches!(*typed.pat, Pat::Wild(_)) && owns_dyn(&typed.ty) && is_place(&init.expr) {
        let place = &init.expr;
        let value = Ends::of(place).stretch(quote!(#private::of_expected(#place)));
        *init.expr = parse_quote!(#value);
    }
}

/// Whether a type is that of a pointer that owns a trait object: `Box<dyn T>`, `Pin<Rc<dyn T>>`.
fn owns_dyn(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let Some(last) = path.path.segments.last() else {
        return false;
    };
    let PathArguments::AngleBracketed(args) = &last.arguments else {
        return false;
    };
    args.args.iter().any(|arg| match arg {
        GenericArgument::Type(Type::TraitObject(_)) => true,
        GenericArgument::Type(ty) => last.ident == "Pin" && owns_dyn(ty),
        _ => false,
    })
}
