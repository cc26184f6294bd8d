//! What of the frame has its type from the original: saved locals, and operands that may be coerced inside. Of those the frame
//! has the types alone, for some are kept in it and some are not.
//!
//! ```text
//! f(if c { yield 1; Some(&a) } else { None })
//!     frame:  struct Frame<.., V0> { .., value_1_type: Ty<V0> }
//!     body:   let value_1_ = (told({ .. (*frame).value_1_type .. }, if ..),); f(value_1_.0)
//! ```

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::Ident;

use super::{Frame, Storage, layout::param};
use crate::{coerced::Number, hygiene::private, tie::carrier};

/// A value whose type is told by the original.
pub struct Told {
    /// That of the operand in the original.
    pub number: Number,
    /// What it is called, after which the carrier of its type is named, and the field.
    pub name: Ident,
}

impl Told {
    /// The field that has its type.
    pub fn field(&self) -> Ident {
        carrier(&self.name)
    }
}

impl Frame {
    /// What is tied to the original, with the parameters that are its types.
    pub fn tied(&self) -> impl Iterator<Item = (&Ident, Ident)> {
        let slots = self.tied.iter().map(|id| (id.0, self.get(*id)));
        let slots = slots
            // What the type decides about has no type of its own in the frame.
            .filter(|(_, slot)| slot.storage == Storage::Frame && !slot.is_bound)
            .map(|(number, slot)| (&slot.local, param(number)));
        let told = self.told.iter().map(|told| &told.name);
        slots.chain(told.zip(self.told_params()))
    }

    /// The carriers of the types of operands: what is lowered for two orders of evaluation has several.
    pub fn carriers_of_operands(&self) -> HashMap<Number, Vec<Ident>> {
        let mut carriers: HashMap<_, Vec<_>> = HashMap::new();
        for told in &self.told {
            carriers.entry(told.number).or_default().push(told.field());
        }
        carriers
    }

    /// The type parameters that are the types of values.
    pub fn told_params(&self) -> impl Iterator<Item = Ident> {
        let numbers = 0..self.told.len();
        numbers.map(|number| format_ident!("V{number}", span = Span::mixed_site()))
    }

    /// The fields that have their types: how they are declared, and how they are made.
    pub(super) fn told_fields(&self) -> (TokenStream, TokenStream) {
        let fields = self.told.iter().map(Told::field);
        let fields = fields.zip(self.told_params());
        fields
            .map(|(field, param)| {
                (
                    quote!(#field: #private::Ty<#param>,),
                    quote!(#field: #private::Ty::new(),),
                )
            })
            .unzip()
    }
}
