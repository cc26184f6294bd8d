//! Struct literals that take what they do not name from a saved local.
//!
//! ```text
//! P { name: f(), ..p }    →  match (f(),) { (name_0,) => match part(p, &raw const (*p.at()), p_moved, 1) {
//!                                base => { let value = P { name: name_0, ..base }; forget(base.name); value }
//!                            } }
//! ```
//!
//! A field that is coerced inside has its type from a literal that is never made:
//!
//! ```text
//! P { name: Some(&a), ..p }    →  match (told({ .. P { name: ty.any(), ..(*p.at()) } .. }, Some(&a)),) { .. }
//! ```
//!
//! What is taken is moved out of a copy of the bytes, of which the rest is forgotten: the local still has it.
//! Rule: reference, "Functional update syntax".

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident};
use syn::{Expr, ExprStruct, Member};

use super::{Guard, Lower, mixed, operand::Operand, verbatim};
use crate::{
    coerced::{self, is_told},
    frame::{Part, SlotId, Taken, without_deref},
    hygiene::{private, span_of},
    syntax::{self, part_path},
};

/// What a literal takes what it does not name from.
struct Base {
    slot: SlotId,
    /// Where it is.
    place: TokenStream,
    /// Its path.
    path: String,
    /// The members of that, as they are written.
    written: Vec<TokenStream>,
    /// Makes it, if it is a temporary.
    put: Option<TokenStream>,
}

impl Lower<'_> {
    /// `None` if rustc may take the rest of what the literal takes a part of: where that is no saved local, and drops
    /// before the next suspension point.
    pub(super) fn struct_update(&mut self, literal: &mut ExprStruct) -> Option<Expr> {
        let base = literal.rest.as_ref()?;
        if self.in_closure || self.in_probe {
            return None;
        }
        let told = literal
            .fields
            .iter()
            .map(|field| is_told(&field.expr))
            .collect();
        let local = part_path(base)
            .filter(|(name, _)| self.reference(name).is_none())
            .and_then(|(name, path)| Some((self.owned(&name)?, path)));
        let base = match local {
            Some((slot, path)) => self.update_of_local(literal, slot, path)?,
            None if self.hold && !syntax::is_place(base) => self.update_of_temporary(literal)?,
            None => return None,
        };
        Some(self.take_base(literal, base, told))
    }

    fn update_of_local(
        &mut self,
        literal: &mut ExprStruct,
        slot: SlotId,
        path: String,
    ) -> Option<Base> {
        // What the literal names may be used later.
        let mut place = (**literal.rest.as_ref()?).clone();
        let written = syntax::part_members(&place);
        let mut operands: Vec<_> = fields(&mut literal.fields).collect();
        self.operands(&mut operands);
        self.place(&mut place);
        Some(Base {
            written,
            slot,
            place: place.into_token_stream(),
            path,
            put: None,
        })
    }

    /// What is left of a temporary drops when the statement ends.
    fn update_of_temporary(&mut self, literal: &mut ExprStruct) -> Option<Base> {
        let slot = self.temporary_slot("temporary");
        let base = literal.rest.as_mut()?;
        let span = span_of(base);
        let mut operands: Vec<_> = fields(&mut literal.fields).collect();
        operands.push(Operand::value(base));
        self.operands(&mut operands);
        let base = literal.rest.as_ref()?;
        let guard = &self.frame.get(slot).guard;
        let put = at!(span=> #private::put(&mut #guard, #base));
        let after = self.points.len();
        self.temporaries.guards.push(Guard::since(slot, after));
        Some(Base {
            slot,
            place: self.place_of(slot, span),
            path: self.frame.get(slot).name.to_string(),
            written: Vec::new(),
            put: Some(put),
        })
    }

    /// The fields that are `told` have their types from the literal.
    fn take_base(&mut self, literal: &ExprStruct, base: Base, told: Vec<bool>) -> Expr {
        let Base {
            slot,
            place,
            path,
            written,
            put,
        } = base;
        self.note_move(slot);
        let span = mixed(span_of(&literal.path));
        let path_of_struct = &literal.path;
        let members: Vec<_> = literal.fields.iter().map(|field| &field.member).collect();
        let taken = self.taken_by_literal(literal, &path, &written);
        let bit = self.bits(slot, taken);
        let whole = self.frame.get(slot).name.clone();
        let names: Vec<_> = (0..members.len())
            .map(|number| format_ident!("field_{number}", span = span))
            .collect();
        let values: Vec<TokenStream> = literal
            .fields
            .iter()
            .zip(told)
            .map(|(field, is_told)| {
                let (value, member) = (&field.expr, &field.member);
                if !is_told {
                    return value.to_token_stream();
                }
                let tell = q!(let _ = #path_of_struct { #member: ty.any(), ..#place };);
                coerced::told(span, &tell, value)
            })
            .collect();
        let forgets: TokenStream = members
            .iter()
            .map(|member| q!(#private::core::mem::forget(base.#member);))
            .collect();
        let taken = at! {span=>
            match #private::part(#whole, &raw const #place, #bit) {
                base => {
                    let value = #path_of_struct { #(#members: #names,)* ..base };
                    #forgets
                    value
                }
            }
        };
        let taken = match put {
            None => taken,
            Some(put) => {
                let drops_rest = self.drops_rest(slot);
                q! {
                    match #put {
                        _ => {
                            // So that rustc knows the type of `..Default::default()`.
                            if false {
                                loop {}
                                let _ = #path_of_struct { #(#members: #names,)* ..#place };
                            }
                            #drops_rest
                            #taken
                        }
                    }
                }
            }
        };
        verbatim(at! {span=>
            (match (#(#values,)*) { (#(#names,)*) => #taken })
        })
    }
}

impl Lower<'_> {
    /// What a literal takes of a local: the fields by themselves that are assigned, and may be there again, and the
    /// others together.
    fn taken_by_literal(
        &self,
        literal: &ExprStruct,
        path: &str,
        written: &[TokenStream],
    ) -> Vec<Part> {
        let named = literal.fields.iter().map(|field| field.member.clone());
        let mut members: Vec<Member> = named.collect();
        let mut assigned: Vec<_> = self
            .assigned_in_part
            .iter()
            .filter_map(|part| part.strip_prefix(&without_deref(path))?.strip_prefix('.'))
            .filter_map(|field| syn::parse_str::<Member>(field).ok())
            .filter(|field| !members.contains(field))
            .collect();
        assigned.sort_by_key(|field| field.to_token_stream().to_string());
        let mut taken: Vec<_> = assigned
            .iter()
            .map(|field| Part {
                path: format!("{path}.{}", field.to_token_stream()),
                written: [written, &[field.to_token_stream()]].concat(),
                taken: Taken::Named,
                mode: None,
            })
            .collect();
        members.extend(assigned);
        taken.push(Part {
            path: path.to_owned(),
            written: written.to_vec(),
            taken: Taken::Updated {
                literal: literal.path.clone(),
                members,
            },
            mode: None,
        });
        taken
    }
}

fn fields(
    fields: &mut syn::punctuated::Punctuated<syn::FieldValue, syn::Token![,]>,
) -> impl Iterator<Item = Operand<'_>> {
    fields
        .iter_mut()
        .map(|field| Operand::value(&mut field.expr))
}
