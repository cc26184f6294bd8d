//! Moves of a part of a saved local: a field, what a box holds, what a pattern binds.
//!
//! ```text
//! let p = person(); yield 1; f(p.name)
//!     →  .. f(part(p, &raw const (*p.at()).name, p_moved, 1))
//! ```
//!
//! and the guard of `p` drops what is left, by moving the same parts out of a copy, and forgetting them:
//!
//! ```text
//! drops_rest(&p_saved, |rest, moved| if moved & 1 != 0 { forget(rest.name) })
//! ```

use std::collections::HashSet;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Block, Expr, Ident, UnOp,
    visit::{self, Visit},
};

use super::{Lower, mixed, moved::Moved, rest};
use crate::{
    frame::{Bit, Part, Refill, SlotId, Taken, path_in, without_deref},
    hygiene::{Ends, private, span_of},
    syntax::{self, is_last_use, part_members, part_path, part_root},
};

/// A part of a temporary.
pub(super) struct TemporaryPart {
    /// The temporary.
    pub slot: SlotId,
    /// Makes it.
    pub put: TokenStream,
    /// The part's path, `temporary_1_.a`.
    pub path: String,
}

/// A part of a saved local that may be moved out.
pub(super) struct Movable {
    /// The local.
    pub slot: SlotId,
    /// The part, where it is.
    pub place: TokenStream,
    /// Its bit, and where that is.
    pub bit: TokenStream,
    /// For a receiver: tells the guard whether it is moved.
    pub mode: Ident,
}

impl Lower<'_> {
    /// The value of a part of a saved local which is used for the last time: moved, or copied.
    pub(super) fn part_value(&mut self, expr: &mut Expr) -> Option<TokenStream> {
        let span = mixed(span_of(&expr));
        let Some(Movable {
            slot, place, bit, ..
        }) = self.movable_part(expr, false)
        else {
            return self.part_again(expr);
        };
        let whole = &self.frame.get(slot).name;
        Some(at! {span=>
            #private::Read(&raw const #place).part(#whole, #bit)
        })
    }

    /// The value of a part which is used again: a copy, or rustc has refused the original.
    fn part_again(&mut self, expr: &mut Expr) -> Option<TokenStream> {
        let (name, path) = part_path(expr)?;
        self.saved(&name)?;
        let is_last = part_root(expr).is_some_and(|root| is_last_use(root));
        let is_known = name == path || self.reference(&name).is_some();
        if is_last || is_known || self.in_closure || self.in_probe {
            return None;
        }
        let ends = Ends::of(expr);
        self.look(expr);
        let read = ends.stretch(quote!(#private::Read));
        let place = at!(ends.last()=> (&raw const #expr).again());
        Some(quote!(#read #place))
    }

    /// The value of a part of a temporary, the rest of which is kept until the statement ends.
    pub(super) fn part_of_temporary(&mut self, expr: &mut Expr) -> Option<TokenStream> {
        let TemporaryPart { slot, put, path } = self.temporary_part(expr)?;
        self.note_move(slot);
        let part = Part {
            path,
            written: part_members(expr),
            taken: Taken::Named,
            mode: None,
        };
        let bit = self.bit(slot, part);
        let whole = self.frame.get(slot).name.clone();
        let drops_rest = self.drops_rest(slot);
        Some(q! {
            (match #put {
                _ => {
                    #drops_rest
                    #private::Read(&raw const #expr).part(#whole, #bit)
                }
            })
        })
    }

    /// Makes a temporary of the value that an expression is a part of, and the expression a place in it.
    pub(super) fn temporary_part(&mut self, expr: &mut Expr) -> Option<TemporaryPart> {
        let is_whole = !matches!(syntax::strip(expr), Expr::Field(_) | Expr::Unary(_));
        if is_whole || !self.hold || self.in_closure || self.in_probe {
            return None;
        }
        let mut named = expr.clone();
        let mut value = value_root(expr)?.clone();
        let slot = self.temporary_slot("temporary");
        let name = self.frame.get(slot).name.clone();
        *value_root(&mut named)? = syn::parse_quote!(#name);
        let (_, path) = part_path(&named)?;
        let span = span_of(&value);
        self.value(&mut value);
        let guard = self.frame.get(slot).guard.clone();
        let put = at!(span=> #private::put(&mut #guard, #value));
        *value_root(expr)? = super::verbatim(self.place_of(slot, span));
        let after = self.points.len();
        self.temporaries
            .guards
            .push(super::Guard::since(slot, after));
        Some(TemporaryPart { slot, put, path })
    }

    /// The part, if an expression is one of a saved local, and is not used later.
    pub(super) fn movable_part(&mut self, expr: &mut Expr, is_receiver: bool) -> Option<Movable> {
        if self.in_closure || self.in_probe {
            return None;
        }
        let (name, path) = part_path(expr)?;
        let slot = self.owned(&name)?;
        let is_last = part_root(expr).is_some_and(|root| is_last_use(root));
        if !is_last || name == path || self.reference(&name).is_some() {
            return None;
        }
        let mut place = expr.clone();
        if is_receiver {
            self.place(&mut place);
        } else {
            self.look(&mut place);
        }
        Some(self.movable(slot, path, &place, is_receiver))
    }

    /// The part of a temporary that a method is called on, and what makes the temporary.
    pub(super) fn movable_temporary_part(
        &mut self,
        expr: &mut Expr,
    ) -> Option<(Movable, TokenStream)> {
        let TemporaryPart { slot, put, path } = self.temporary_part(expr)?;
        Some((self.movable(slot, path, expr, true), put))
    }

    pub(super) fn movable(
        &mut self,
        slot: SlotId,
        path: String,
        place: &Expr,
        is_receiver: bool,
    ) -> Movable {
        let number = self.frame.get(slot).parts.len();
        let name = &self.frame.get(slot).name;
        let mode = quote::format_ident!("{name}_mode_{number}", span = name.span());
        let part = Part {
            path,
            written: part_members(place),
            taken: Taken::Named,
            mode: is_receiver.then(|| mode.clone()),
        };
        let bit = self.bit(slot, part);
        self.note_move(slot);
        Movable {
            slot,
            place: place.to_token_stream(),
            bit,
            mode,
        }
    }

    /// Where the bit of a part is, and which it is, the same for the same part.
    pub(super) fn bit(&mut self, slot: SlotId, part: Part) -> TokenStream {
        self.bits(slot, [part])
    }

    /// The same of parts that are moved together.
    pub(super) fn bits(
        &mut self,
        slot: SlotId,
        moved: impl IntoIterator<Item = Part>,
    ) -> TokenStream {
        let slot = self.frame.get_mut(slot);
        let parts = &mut slot.parts;
        let numbers = moved.into_iter().map(|part| {
            // Whether a receiver is moved is another question each time, and so is which variant a value is of.
            let is_same = |other: &Part| {
                let is_plain = other.mode.is_none() && part.mode.is_none();
                is_plain && other.path == part.path && is_moved_alike(&other.taken, &part.taken)
            };
            parts.iter().position(is_same).unwrap_or_else(|| {
                parts.push(part);
                parts.len() - 1
            })
        });
        let bits = numbers.map(Bit::of).reduce(|all, bit| {
            if all.word != bit.word {
                self.errors.reject(
                    &slot.name,
                    "more than 128 parts of this local are moved, and those that a struct literal takes \
                     are too far apart, which is not supported; name all fields",
                );
            }
            Bit {
                bits: all.bits | bit.bits,
                ..all
            }
        });
        let Bit { word, bits } = bits.unwrap_or(Bit { word: 0, bits: 0 });
        let (moved, bits) = (slot.moved(word), Literal::u128_unsuffixed(bits));
        q!(#moved, #bits)
    }

    /// What an assignment to a part has to know: the part has a value again, and drops none if it has been
    /// moved. Which moves there are is known when all of the local's scope has been lowered, so this is a
    /// name that is bound at the top of the body.
    pub(super) fn refill(&mut self, expr: &Expr) -> Option<Ident> {
        let (name, path) = part_path(expr)?;
        let slot = self.saved(&name)?;
        let is_part = name != path && self.parted.contains(&name.to_string());
        if self.in_closure || !is_part || self.reference(&name).is_some() {
            return None;
        }
        let mut place = expr.clone();
        self.place(&mut place);
        let slot = self.frame.get_mut(slot);
        let number = slot.refills.len();
        let refill = quote::format_ident!("{}_refill_{number}", slot.name, span = slot.name.span());
        slot.refills.push(Refill {
            name: refill.clone(),
            path,
            written: expr.clone(),
            place: place.into_token_stream(),
        });
        Some(refill)
    }

    /// What the bits cannot tell: whether a pattern has moved what is assigned.
    pub(super) fn check_parts(&mut self, slot: SlotId) {
        let slot = self.frame.get(slot);
        for refill in &slot.refills {
            let is_unknown = |part: &Part| {
                let is_filled = refill.fills(part);
                is_filled && rest::part_of(refill, part).is_none()
                    || !is_filled && !refill.is_behind(part) && takes_part_of(part, &refill.path)
            };
            if slot.parts.iter().any(is_unknown) {
                self.errors.reject(
                    &refill.written,
                    "this is assigned, and a pattern with a `..` before it may move it, which is not supported \
                     yet across a suspension point; count the fields from the first",
                );
            }
        }
    }
}

/// Whether a pattern that moves parts of a place may move what is at a path inside of it. If it moves all of the place,
/// there is nothing that is assigned in part.
fn takes_part_of(part: &Part, path: &str) -> bool {
    let is_around = path_in(path, &part.path).is_some();
    let moved = Moved::by(part);
    let takes_all = matches!(moved.inside(&part.path), Moved::All);
    part.variant().is_some() && is_around && !takes_all && moved.may_be_at(path)
}

/// Whether two moves of one place take the same, and it need not be known which of the two it was.
fn is_moved_alike(one: &Taken, other: &Taken) -> bool {
    match (one, other) {
        (
            Taken::Updated { members, .. },
            Taken::Updated {
                members: others, ..
            },
        ) => members == others,
        (Taken::Updated { .. }, _) | (_, Taken::Updated { .. }) => false,
        (one, other) => {
            let is_whole = |taken: &Taken| !matches!(taken, Taken::Matched(matched) if matched.variant_in.is_some());
            is_whole(one) && is_whole(other)
        }
    }
}

/// The value that an expression is a part of, if it is one, and not a place.
fn value_root(expr: &mut Expr) -> Option<&mut Expr> {
    let is_deref = matches!(expr, Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)));
    let is_extended = syntax::is_extended(expr);
    let is_part = is_deref || matches!(expr, Expr::Field(_) | Expr::Paren(_));
    let is_other = matches!(expr, Expr::Index(_)) || is_extended;
    if !is_part {
        let is_value = !is_other && !syntax::is_place(expr) && !syntax::is_constant_value(expr);
        return is_value.then_some(expr);
    }
    match expr {
        Expr::Field(field) => value_root(&mut field.base),
        Expr::Unary(unary) => value_root(&mut unary.expr),
        Expr::Paren(paren) => value_root(&mut paren.expr),
        _ => None,
    }
}

/// The locals of which parts may be moved.
pub(super) fn parted(body: &Block) -> HashSet<String> {
    struct Parted(HashSet<String>);
    impl Parted {
        fn matched(&mut self, value: &Expr) {
            self.0
                .extend(part_path(value).map(|(name, _)| name.to_string()));
        }
    }
    impl<'ast> Visit<'ast> for Parted {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            match expr {
                Expr::Field(_) | Expr::Unary(_) => self.matched(expr),
                Expr::Match(match_) => self.matched(&match_.expr),
                Expr::Let(condition) => self.matched(&condition.expr),
                _ => {}
            }
            visit::visit_expr(self, expr);
        }
        fn visit_local(&mut self, local: &'ast syn::Local) {
            if let Some(init) = &local.init {
                self.matched(&init.expr);
            }
            visit::visit_local(self, local);
        }
    }
    let mut parted = Parted(HashSet::new());
    parted.visit_block(body);
    parted.0
}

/// The places that have fields by a name or number, so that they are not of one of several variants.
pub(super) fn structs(body: &Block) -> HashSet<String> {
    struct Structs(HashSet<String>);
    impl<'ast> Visit<'ast> for Structs {
        fn visit_expr_field(&mut self, field: &'ast syn::ExprField) {
            self.0.extend(part_path(&field.base).map(|(_, path)| path));
            visit::visit_expr_field(self, field);
        }
    }
    let mut structs = Structs(HashSet::new());
    structs.visit_block(body);
    structs.0
}

/// The parts that are assigned, and the locals that they are parts of. What a pattern or a struct literal has moved out
/// of those is remembered part by part.
pub(super) fn assigned_in_part(body: &Block) -> HashSet<String> {
    struct Assigned(HashSet<String>);
    impl Assigned {
        fn part(&mut self, place: &Expr) {
            if let Some((name, path)) = part_path(place).filter(|(name, path)| name != path) {
                self.0.extend([name.to_string(), without_deref(&path)]);
            }
        }
    }
    impl<'ast> Visit<'ast> for Assigned {
        fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
            self.part(&assign.left);
            // The places of a destructuring assignment.
            if matches!(
                &*assign.left,
                Expr::Tuple(_) | Expr::Array(_) | Expr::Call(_) | Expr::Struct(_) | Expr::Paren(_)
            ) {
                let mut places = Places(self);
                places.visit_expr(&assign.left);
            }
            visit::visit_expr_assign(self, assign);
        }
    }
    struct Places<'a>(&'a mut Assigned);
    impl<'ast> Visit<'ast> for Places<'_> {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            match expr {
                Expr::Field(_) | Expr::Unary(_) => self.0.part(expr),
                expr => visit::visit_expr(self, expr),
            }
        }
    }
    let mut assigned = Assigned(HashSet::new());
    assigned.visit_block(body);
    assigned.0
}
