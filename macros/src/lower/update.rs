//! Struct literals that take what they do not name from a saved local.
//!
//! ```text
//! P { name: f(), ..p }    →  match (f(),) { (name_0,) => match part(p, &raw const (*p.at()), p_moved, 1) {
//!                                base => { let value = P { name: name_0, ..base }; forget(base.name); value }
//!                            } }
//! ```
//!
//! What is taken is moved out of a copy of the bytes, of which the rest is forgotten: the local still has it.
//! Rule: reference, "Functional update syntax".

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident};
use syn::{Expr, ExprStruct};

use super::{Lower, mixed, operand::Operand, part, verbatim};
use crate::{
    frame::Part,
    hygiene::{private, span_of},
    syntax::{self, part_path},
};

impl Lower<'_> {
    /// `None` if what the literal takes is of no saved local.
    pub(super) fn struct_update(&mut self, literal: &mut ExprStruct) -> Option<Expr> {
        let base = literal.rest.as_mut()?;
        let (name, path) = part_path(base)?;
        let slot = self.saved(&name)?;
        // What the literal names may be used later.
        if self.in_closure || self.in_probe || self.reference(&name).is_some() {
            return None;
        }
        let rest = part::project(base, &syntax::generated("rest"));
        let mut place = (**base).clone();
        let mut operands: Vec<_> = literal
            .fields
            .iter_mut()
            .map(|field| Operand::value(&mut field.expr))
            .collect();
        self.operands(&mut operands);
        self.place(&mut place);
        self.note_move(slot);
        let span = mixed(span_of(&place));
        let (path_of_struct, members): (_, Vec<_>) = (
            &literal.path,
            literal.fields.iter().map(|field| &field.member).collect(),
        );
        let bit = self.bit(
            slot,
            Part {
                named: path.clone(),
                path,
                // What the literal names is still there.
                replay: q!(#private::core::mem::forget(#path_of_struct {
                    #(#members: (&raw const #rest.#members).read(),)* ..#rest
                });),
                mode: None,
                group: None,
                leaves_named: true,
            },
        );
        let (whole, moved) = self.part_names(slot);
        let names: Vec<_> = (0..members.len())
            .map(|number| format_ident!("field_{number}", span = span))
            .collect();
        let values: Vec<TokenStream> = literal
            .fields
            .iter()
            .map(|field| field.expr.to_token_stream())
            .collect();
        let forgets: TokenStream = members
            .iter()
            .map(|member| q!(#private::core::mem::forget(base.#member);))
            .collect();
        Some(verbatim(at! {span=>
            (match (#(#values,)*) {
                (#(#names,)*) => match #private::part(#whole, &raw const #place, #moved, #bit) {
                    base => {
                        let value = #path_of_struct { #(#members: #names,)* ..base };
                        #forgets
                        value
                    }
                }
            })
        }))
    }
}
