//! Functions that `macro_rules` writes: a type that it was given, `$ty`, is one piece, around which no delimiter is
//! seen.
//!
//! ```text
//! fn f(x: $ty) → fn f(x: ⟦&mut T⟧)    a reference, as if it had been written there
//! ```

use syn::{
    Block, Signature, Type,
    visit_mut::{self, VisitMut},
};

/// Opens the pieces in a function, so that its types are what they are.
pub fn open(sig: &mut Signature, body: Option<&mut Block>) {
    struct Open;
    impl VisitMut for Open {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            while let Type::Group(piece) = ty {
                *ty = (*piece.elem).clone();
            }
            visit_mut::visit_type_mut(self, ty);
        }
        // `&$ty` of more than one bound needs the parentheses that cannot be seen.
        fn visit_type_reference_mut(&mut self, ty: &mut syn::TypeReference) {
            self.visit_type_mut(&mut ty.elem);
            if matches!(&*ty.elem, Type::TraitObject(object) if object.bounds.len() > 1) {
                let elem = ty.elem.clone();
                *ty.elem = Type::Paren(syn::TypeParen {
                    attrs: Vec::new(),
                    paren_token: syn::token::Paren(ty.and_token.span),
                    elem,
                });
            }
        }
    }
    Open.visit_signature_mut(sig);
    if let Some(body) = body {
        Open.visit_block_mut(body);
    }
}
