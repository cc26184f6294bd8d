//! Trait objects whose lifetime is left out. In a signature `Box<dyn Fn()>` is `Box<dyn Fn() + 'static>`; in a
//! body, where the types of a signature are written again, rustc would infer it, and speak of what is inferred.
//!
//! Rule: reference, "Default trait object lifetimes".

use syn::{
    GenericArgument, PathArguments, PathSegment, Type, TypeParamBound, parse_quote,
    visit_mut::{self, VisitMut},
};

/// Writes out the lifetimes of trait objects in std's boxes. Elsewhere they depend on what the container says.
pub fn write_lifetimes(ty: &mut Type) {
    Objects.visit_type_mut(ty);
}

struct Objects;

impl VisitMut for Objects {
    fn visit_path_segment_mut(&mut self, segment: &mut PathSegment) {
        visit_mut::visit_path_segment_mut(self, segment);
        let is_box = ["Box", "Rc", "Arc"]
            .iter()
            .any(|name| segment.ident == name);
        let PathArguments::AngleBracketed(arguments) = &mut segment.arguments else {
            return;
        };
        for argument in &mut arguments.args {
            if let (GenericArgument::Type(Type::TraitObject(object)), true) = (argument, is_box) {
                if object.bounds.iter().all(says_no_lifetime) {
                    object.bounds.push(parse_quote!('static));
                }
            }
        }
    }
}

/// Whether a bound is a trait that is given no lifetime, which could be the object's.
fn says_no_lifetime(bound: &TypeParamBound) -> bool {
    let TypeParamBound::Trait(bound) = bound else {
        return false;
    };
    bound
        .path
        .segments
        .iter()
        .all(|segment| match &segment.arguments {
            PathArguments::AngleBracketed(arguments) => !arguments
                .args
                .iter()
                .any(|argument| matches!(argument, GenericArgument::Lifetime(_))),
            _ => true,
        })
}
