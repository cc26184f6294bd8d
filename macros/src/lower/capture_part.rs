//! `move` closures that use fields of a saved local alone.
//!
//! ```text
//! move || p.name      if `p` is a struct, the closure takes the field, and the rest of `p` stays; if it is a
//!                     reference or a box, the closure takes that; so on for `p.a.name`
//!     →  struct Captured<T0> { name: T0 }
//!        let p = local_type.choose(|| p_saved.take(), || Captured { name: part(p, &raw const (*p.at()).name, ..) });
//!        move || p.name
//! ```
//!
//! Rule: reference, "Closure types", capture precision.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Expr, Member};

use super::{Lower, mixed, verbatim};
use crate::{
    frame::{Part, SlotId, Taken},
    hygiene::{private, span_of},
    syntax::{self, part_path},
};

/// A field of a local, or of a field of it, which a closure uses.
#[derive(Clone)]
pub(super) struct CapturedField {
    /// The field, `p.name`.
    pub field: Expr,
    /// Its name.
    member: Member,
    /// The fields of it that are used, if it is not used as a whole.
    pub parts: Vec<CapturedField>,
}

impl CapturedField {
    /// The field of a local that an expression is, or is a part of.
    pub fn of(expr: &Expr) -> Option<(&Ident, CapturedField)> {
        CapturedField::around(expr, Vec::new())
    }

    /// The same of a field, of which these parts are used.
    fn around(expr: &Expr, parts: Vec<CapturedField>) -> Option<(&Ident, CapturedField)> {
        let Expr::Field(field) = syntax::strip(expr) else {
            return None;
        };
        let captured = CapturedField {
            field: expr.clone(),
            member: field.member.clone(),
            parts,
        };
        match syntax::strip(&field.base) {
            Expr::Path(path) => Some((path.path.get_ident()?, captured)),
            base => CapturedField::around(base, vec![captured]),
        }
    }

    /// Adds a field to others of the same local or field.
    pub fn add(fields: &mut Vec<CapturedField>, field: CapturedField) {
        let known = fields.iter_mut().find(|known| known.member == field.member);
        match known {
            None => fields.push(field),
            Some(known) if known.parts.is_empty() || field.parts.is_empty() => known.parts.clear(),
            Some(known) => {
                for part in field.parts {
                    CapturedField::add(&mut known.parts, part);
                }
            }
        }
    }
}

impl Lower<'_> {
    /// What a `move` closure captures of a saved local of which it uses these fields. It takes the local if that
    /// points to them; `last`: and then nobody uses it later.
    pub(super) fn capture_fields(
        &mut self,
        slot: SlotId,
        fields: &[CapturedField],
        last: bool,
        span: Span,
    ) -> TokenStream {
        let span = mixed(span);
        let place = self.place_of(slot, span);
        let whole = if last {
            let guard = self.guard_of(slot, span);
            q!((&mut #guard).take())
        } else {
            let name = &self.frame.get(slot).name;
            q!(#name.again())
        };
        self.captured_parts(slot, (&place, &whole), fields, None, span)
    }

    /// What is captured of a place: all of it, or these fields. `context` tells whether it is captured in part what
    /// the place is a part of; there is none of a local.
    fn captured_parts(
        &mut self,
        slot: SlotId,
        (place, whole): (&TokenStream, &TokenStream),
        fields: &[CapturedField],
        context: Option<&Ident>,
        span: Span,
    ) -> TokenStream {
        let members: Vec<&Member> = fields.iter().map(|field| &field.member).collect();
        let tells = |mode: &Ident| match context {
            None => q!(local_type.tells(#mode);),
            Some(context) => q!(local_type.tells_part(#context, #mode);),
        };
        let mut told = TokenStream::new();
        let mut values = Vec::new();
        for CapturedField { field, parts, .. } in fields {
            let (mode, place, value) = self.captured_field(slot, field);
            if parts.is_empty() {
                told.extend(tells(&mode));
                values.push(value);
                continue;
            }
            self.count += 1;
            let context = format_ident!("captures_{}", self.count, span = span);
            let tells_context = tells(&context);
            told.extend(q!(let #context = #private::ModeOf::new(); #tells_context));
            let inner = self.captured_parts(slot, (&place, &value), parts, Some(&context), span);
            values.push(q!({
                use #private::{CapturesPart as _, CapturesWhole as _};
                (&#private::kind(&raw const #place)).tells_whole(#context, #mode);
                #inner
            }));
        }
        let (declare, captured) = captured(&members, &values);
        let choose = at!(span=> local_type.choose(|| #whole, || #captured));
        q! {{
            #declare
            use #private::{CapturesPart as _, CapturesWhole as _};
            let local_type = &#private::kind(&raw const #place);
            #told
            #choose
        }}
    }

    /// What tells the guard of the local whether a field is captured, where the field is, and its value, if it is.
    fn captured_field(&mut self, slot: SlotId, field: &Expr) -> (Ident, TokenStream, TokenStream) {
        let number = self.frame.get(slot).parts.len();
        let name = &self.frame.get(slot).name;
        let mode = format_ident!("{name}_mode_{number}", span = name.span());
        let path = part_path(field).map(|(_, path)| path).unwrap_or_default();
        let part = Part {
            path,
            written: syntax::part_members(field),
            taken: Taken::Named,
            mode: Some(mode.clone()),
        };
        let bit = self.bit(slot, part);
        self.note_move(slot);
        let mut place = field.clone();
        self.place(&mut place);
        let whole = &self.frame.get(slot).name;
        let place = verbatim(quote!(#place));
        let span = mixed(span_of(&place));
        let value = at!(span=> #private::part(#whole, &raw const #place, #bit));
        (mode, quote!(#place), value)
    }
}

/// A struct with these fields, and a value of it.
fn captured(members: &[&Member], values: &[TokenStream]) -> (TokenStream, TokenStream) {
    let types: Vec<_> = (0..members.len())
        .map(|number| format_ident!("T{number}"))
        .collect();
    let positions = members.iter().filter_map(|member| match member {
        Member::Unnamed(index) => Some(index.index as usize),
        Member::Named(_) => None,
    });
    let Some(last) = positions.clone().max() else {
        return (
            q!(struct Captured<#(#types),*> { #(#members: #types),* }),
            q!(Captured { #(#members: #values),* }),
        );
    };
    let positions: Vec<_> = positions.collect();
    let at = |position: usize| positions.iter().position(|at| *at == position);
    let field_types = (0..=last).map(|position| at(position).map(|at| &types[at]));
    let field_types = field_types.map(|ty| ty.map_or_else(|| quote!(()), |ty| quote!(#ty)));
    let field_values = (0..=last).map(|position| at(position).map(|at| &values[at]));
    let field_values =
        field_values.map(|value| value.map_or_else(|| quote!(()), |value| quote!(#value)));
    (
        q!(struct Captured<#(#types),*>(#(#field_types),*);),
        q!(Captured(#(#field_values),*)),
    )
}
