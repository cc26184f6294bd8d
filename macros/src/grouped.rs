//! Signatures that `macro_rules` writes: a type that it was given, `$ty`, is one piece, around which no delimiter is
//! seen.
//!
//! ```text
//! fn f(x: $ty) → fn f(x: ⟦&mut T⟧)    a reference, as if it had been written there
//! ```

use syn::{
    Signature, Type,
    visit_mut::{self, VisitMut},
};

/// Opens the pieces in a signature, so that its types are what they are.
pub fn open(sig: &mut Signature) {
    struct Open;
    impl VisitMut for Open {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            while let Type::Group(piece) = ty {
                let elem = piece.elem.clone();
                *ty = if matches!(&*elem, Type::TraitObject(object) if object.bounds.len() > 1) {
                    let paren_token = syn::token::Paren(piece.group_token.span);
                    Type::Paren(syn::TypeParen {
                        attrs: Vec::new(),
                        paren_token,
                        elem,
                    })
                } else {
                    *elem
                };
            }
            visit_mut::visit_type_mut(self, ty);
        }
    }
    Open.visit_signature_mut(sig);
}
