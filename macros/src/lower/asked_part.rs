//! Fields of a saved local that a closure without `move` uses alone, and may take: each gets a name, and is asked of under
//! that like a local (`asking.rs`). What takes it is told to the guard of the local, as of a call on a part.
//!
//! ```text
//! || p.t.finish()
//!     →  {
//!            let p_part_1_held = (&kind(&raw const (*p.at()).t)).hold(&raw const (*p.at()).t);
//!            let p_part_1_captured = capture_part(p, &raw const (*p.at()).t, p_moved, 1, p_mode_0);
//!            move || {
//!                .. the probe: does `|| local.finish()` move `local`? ..
//!                if p_part_1_captured.mode().moves() { ..; let mut p_part_1 = p_part_1_captured.take(); p_part_1.finish() }
//!                else { ..; p_part_1_held.value.finish() }
//!            }
//!        }
//! ```
//!
//! What it does not take it holds: where the part is when the closure is evaluated, for what `p` refers to may be elsewhere
//! when it is called; or the part itself, if that is a reference (core `capture.rs`).

use proc_macro2::TokenStream;
use quote::format_ident;
use syn::{
    Expr, Ident,
    visit_mut::{self, VisitMut},
};

use super::{
    Lower,
    asking::Literal,
    asks::Asks,
    capture_part::CapturedField,
    captures::{Capture, Place},
    in_place::hold_place,
    verbatim,
};
use crate::{
    hygiene::private,
    syntax::{self, Special, generated_for, is_last_use, part_path, part_root, special},
};

impl Lower<'_> {
    /// Names the parts which a closure may take of these locals, in the closure.
    pub(super) fn name_parts(
        &mut self,
        literal: &mut Literal,
        captures: &[Capture],
    ) -> Vec<Capture> {
        let mut named = Vec::new();
        if self.in_closure || self.in_probe {
            return named;
        }
        for capture in captures {
            let is_bound = self.frame.get(capture.slot).is_bound;
            if is_bound || self.reference(&capture.name).is_some() {
                continue;
            }
            for field in capture.fields.iter().flatten() {
                field.whole(&mut |field| {
                    named.extend(self.name_part(literal, capture, field));
                });
            }
        }
        named
    }

    fn name_part(
        &mut self,
        literal: &mut Literal,
        capture: &Capture,
        field: &Expr,
    ) -> Option<Capture> {
        let (_, path) = part_path(field)?;
        let place = &self.frame.get(capture.slot).name;
        let name = format_ident!("{place}_part_{}", self.count + 1, span = place.span());
        let mut body = literal.body().clone();
        let mut naming = Replace::part(&path, &name);
        naming.visit_expr_mut(&mut body);
        let asks = Asks::of(&body);
        let is_asked = asks.asked.contains(&name) || asks.read.contains(&name);
        if !naming.is_last || !is_asked {
            return None;
        }
        self.count += 1;
        literal.set_body(body);
        Some(Capture {
            name,
            place: Some(Place::Part(Box::new(field.clone()))),
            ..capture.clone()
        })
    }

    /// Captures a part, if it is taken.
    pub(super) fn capture_asked_part(&mut self, capture: &Capture, field: &Expr) -> TokenStream {
        let mut place = field.clone();
        self.place(&mut place);
        let path = part_path(field).map(|(_, path)| path).unwrap_or_default();
        let part = self.movable(capture.slot, path, &place, true);
        let (place, bit, mode) = (&part.place, &part.bit, &part.mode);
        let whole = self.frame.get(capture.slot).name.clone();
        let mut around = TokenStream::new();
        let mut base = field;
        while let Expr::Field(field) = syntax::strip(base) {
            base = &field.base;
            let mut place = base.clone();
            self.place(&mut place);
            around.extend(q!((&#private::kind(&raw const #place)).tells_asked(#mode);));
        }
        let captured = self.captured(capture);
        let hold = hold_place(&held_part(capture), place);
        q! {
            #hold
            let #captured = {
                use #private::{CapturesPart as _, CapturesWhole as _};
                #around
                #private::capture_part(#whole, &raw const #place, #bit, #mode)
            };
        }
    }
}

/// What a closure calls a part that it does not take.
pub(super) fn held_part(capture: &Capture) -> Ident {
    generated_for(&capture.name, "_held")
}

impl CapturedField {
    /// The fields of this that are used as a whole, or it.
    pub fn whole(&self, found: &mut impl FnMut(&Expr)) {
        if self.parts.is_empty() {
            found(&self.field);
        }
        for part in &self.parts {
            part.whole(found);
        }
    }
}

/// Puts what is held where the fields stand that have these paths.
pub(super) fn replace_fields(body: &mut Expr, held: &[(String, Ident)]) {
    for (path, held) in held {
        Replace::held(path, held).visit_expr_mut(body);
    }
}

/// Puts something where a part, or a name, stands.
pub(super) struct Replace<'n> {
    path: &'n str,
    by: Expr,
    /// The same where a place stands, if that is another.
    as_place: Option<Expr>,
    /// Whether one of those is the last use of the local or part.
    is_last: bool,
}

impl<'n> Replace<'n> {
    /// A name for a part.
    fn part(path: &'n str, name: &Ident) -> Self {
        Replace {
            path,
            by: syn::parse_quote!(#name),
            as_place: None,
            is_last: false,
        }
    }

    /// What the name stands for.
    pub fn name(name: &'n str, by: Expr) -> Self {
        Replace {
            path: name,
            by,
            as_place: None,
            is_last: false,
        }
    }

    /// What is held of a part stands for the name: a copy of it where its value is used.
    pub fn held(name: &'n str, held: &Ident) -> Self {
        Replace {
            path: name,
            by: verbatim(q!(#private::Read(&raw const #held.value).captured())),
            as_place: Some(verbatim(q!((#held.value)))),
            is_last: false,
        }
    }

    /// The place in an expression, if it uses one as such.
    fn place(expr: &mut Expr) -> Option<&mut Expr> {
        match expr {
            Expr::MethodCall(e) => Some(&mut e.receiver),
            Expr::Call(e) => Some(&mut e.func),
            Expr::Reference(e) => Some(&mut e.expr),
            Expr::RawAddr(e) => Some(&mut e.expr),
            Expr::Unary(e) => Some(&mut e.expr),
            Expr::Field(e) => Some(&mut e.base),
            Expr::Index(e) => Some(&mut e.expr),
            Expr::Assign(e) => Some(&mut e.left),
            Expr::Binary(e) => Some(&mut e.left),
            Expr::Match(e) => Some(&mut e.expr),
            Expr::Let(e) => Some(&mut e.expr),
            Expr::Paren(e) => Replace::place(&mut e.expr),
            _ => None,
        }
    }
}

impl VisitMut for Replace<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let is_it = |expr: &Expr| part_path(expr).is_some_and(|(_, path)| path == self.path);
        if let (Some(as_place), false) = (&self.as_place, is_it(expr)) {
            if let Some(place) = Replace::place(expr).filter(|place| is_it(place)) {
                *place = as_place.clone();
            }
        }
        let is_it = is_it(expr);
        match expr {
            _ if is_it => {
                self.is_last |= part_root(expr).is_some_and(|root| is_last_use(root));
                *expr = self.by.clone();
            }
            Expr::Call(call) if special(call).is_some_and(Special::is_macro) => {
                for arg in syntax::argument_values(call) {
                    self.visit_expr_mut(arg);
                }
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
