//! Assignment.
//!
//! ```text
//! x = f()           →  match f() { value => set(&mut x_saved, value) }
//! p.name = f()      →  the same of a part which may have been moved: it drops the old value, or there is none
//! x = Some(&y)      →  match told({ .. the type of `x` .. }, Some(&y)) { value => .. }: it may be coerced inside
//! (x, p[yield]) = f()     →  { let (a, b) = f(); x = a; p[yield] = b }
//!
//! p[i()] += yield a
//!     →  if order.is_place_first() { .. keep `p[i()]` .. (*held(place_1_)) += argument_2_ }
//!        else { .. p[i()] += argument_3_ }
//! ```
//!
//! Of a compound assignment the value is evaluated first if both operands are scalars, and the place if not
//! (reference, "Compound assignment expressions"). Where the place does more than name locals and fields, and
//! one of the operands suspends, both orders are written down, and rustc tells which runs.

use proc_macro2::TokenStream;
use syn::Expr;

use super::{
    Lower,
    operand::Operand,
    place::{Access, is_plain_place},
    verbatim,
};
use crate::{
    coerced::{self, is_told},
    hygiene::{Ends, private, span_of},
    position::tail,
    syntax::{self, is_place, part_path},
};

impl Lower<'_> {
    pub(super) fn assign(&mut self, expr: &mut Expr) {
        let Expr::Assign(assign) = expr else { return };
        let span = span_of(&assign);
        if destructures(&assign.left)
            && !self.in_closure
            && (self.suspends(&assign.left)
                || self.suspends(&assign.right)
                || self.assigns_saved(&assign.left))
        {
            self.count += 1;
            *expr = bound_first(assign, self.count);
            return self.value(expr);
        }
        if self.suspends(&assign.left) {
            return self.operands(&mut [
                Operand::value(&mut assign.right),
                Operand::place(&mut assign.left, Access::Unique),
            ]);
        }
        if matches!(*assign.left, Expr::Infer(_)) && is_place(&assign.right) {
            // Neither moved nor copied.
            self.place(&mut assign.right);
            return;
        }
        let is_told = is_told(&assign.right) && !self.is_step(&assign.right);
        self.value(&mut assign.right);
        if let Some(refill) = self.refill(&assign.left) {
            self.place(&mut assign.left);
            let left = &assign.left;
            if is_told {
                tell_type(&mut assign.right, &q!(&raw const #left));
            }
            let right = &assign.right;
            *expr = verbatim(at! {super::mixed(span)=>
                (match (#right) {
                    value => #private::refill(&raw mut #left, &#refill, value),
                })
            });
            return;
        }
        let saved = syntax::as_name(&assign.left).and_then(|name| self.saved(name));
        match saved {
            Some(slot) if !self.in_closure => {
                self.assigned.insert(slot);
                let guard = self.guard_of(slot, span_of(&assign.left));
                if is_told {
                    tell_type(&mut assign.right, &q!(&#private::any_local(&#guard)));
                }
                let right = &assign.right;
                let span = super::mixed(span);
                // The value first: it may be made of the local's old one.
                *expr = verbatim(at! {span=>
                    (match (#right) { value => #private::set(&mut #guard, value) })
                });
            }
            _ => self.place_for(&mut assign.left, &Access::Unique),
        }
    }

    /// Whether a destructuring assignment assigns to saved locals, or to parts of them.
    fn assigns_saved(&self, left: &Expr) -> bool {
        let mut places = Vec::new();
        bound_places(left, 0, &mut places);
        places
            .iter()
            .any(|(_, place)| part_path(place).is_some_and(|(name, _)| self.saved(&name).is_some()))
    }

    /// `a += b`
    pub(super) fn compound(&mut self, expr: &mut Expr) {
        let Expr::Binary(binary) = expr else { return };
        let in_order = is_plain_place(&binary.left) && !self.suspends(&binary.left);
        if in_order || !self.suspends(&binary.left) && !self.suspends(&binary.right) {
            self.value(&mut binary.right);
            self.place_for(&mut binary.left, &Access::Unique);
            return;
        }
        let order = self.ask_order();
        let (mut value_first, mut place_first) = (binary.clone(), binary.clone());
        let hold = self.hold;
        let (before_value_first, ()) = self.full(hold, |this| {
            this.operands(&mut [
                Operand::value(&mut value_first.right),
                Operand::place(&mut value_first.left, Access::Unique),
            ]);
        });
        let (before_place_first, ()) = self.full(hold, |this| {
            this.operands(&mut [
                Operand::place(&mut place_first.left, Access::Unique),
                Operand::value(&mut place_first.right),
            ]);
        });
        let (place, value) = (&value_first.left, &value_first.right);
        let mut assign = value_first.clone();
        let bound = crate::syntax::generated("value");
        assign.right = syn::parse_quote!(#bound);
        let (assign, place_first) = (
            tail(&Expr::Binary(assign)),
            tail(&Expr::Binary(place_first)),
        );
        let ends = Ends::of(&binary);
        let assigned = q! {
            if #order.is_place_first() {
                #order.in_place_first();
                #before_place_first
                #place_first;
            } else {
                #order.in_value_first();
                #before_value_first
                match #value {
                    value => {
                        if false {
                            loop {}
                            use #private::{OrdersOthers as _, OrdersScalars as _};
                            let (place_type, value_type) = (&#private::Ty::new(), &#private::Ty::new());
                            place_type.is(&#place);
                            value_type.is(&value);
                            (&#private::Operands(place_type, value_type)).order(&#order);
                        }
                        #assign
                    }
                }
            }
        };
        *expr = self.step("value", ends, &assigned);
    }

    /// A name for the order of a compound assignment.
    fn ask_order(&mut self) -> syn::Ident {
        self.count += 1;
        let order = quote::format_ident!(
            "order_{}_",
            self.count,
            span = proc_macro2::Span::mixed_site()
        );
        self.frame.orders.push(order.clone());
        order
    }
}

/// Has a value the type of what this points to, which is never evaluated.
fn tell_type(value: &mut Expr, pointer: &TokenStream) {
    let span = super::mixed(span_of(value));
    *value = verbatim(coerced::told(span, &q!(ty.is_at(#pointer);), value));
}

/// A destructuring assignment, with the values bound first (reference, "Destructuring assignments"). Their
/// names have its number.
fn bound_first(assign: &syn::ExprAssign, number: usize) -> Expr {
    let mut places = Vec::new();
    let pat = bound_places(&assign.left, number, &mut places);
    let right = &assign.right;
    let assigns = places.into_iter().map(|(name, place)| {
        let mut value: syn::ExprPath = syn::parse_quote!(#name);
        syntax::set_last_use(&mut value, true);
        let mut assign: syn::ExprAssign = syn::parse_quote!(place = x);
        *assign.left = place;
        *assign.right = Expr::Path(value);
        // As a statement it gets the parentheses that it needs there: the place may start with a block.
        syn::Stmt::Expr(Expr::Assign(assign), Some(syn::token::Semi::default()))
    });
    syn::parse_quote!({ let #pat = #right; #(#assigns)* })
}

/// The pattern of a destructuring assignment, with names for its places.
fn bound_places(left: &Expr, number: usize, places: &mut Vec<(syn::Ident, Expr)>) -> TokenStream {
    let mut all = |exprs: &syn::punctuated::Punctuated<Expr, syn::Token![,]>| {
        let pats = exprs.iter().map(|e| bound_places(e, number, places));
        pats.collect::<Vec<_>>()
    };
    match left {
        Expr::Tuple(e) => {
            let pats = all(&e.elems);
            quote::quote!((#(#pats,)*))
        }
        Expr::Array(e) => {
            let pats = all(&e.elems);
            quote::quote!([#(#pats),*])
        }
        Expr::Call(e) if destructures(left) => {
            let (func, pats) = (&e.func, all(&e.args));
            quote::quote!(#func(#(#pats),*))
        }
        Expr::Struct(e) => {
            let path = &e.path;
            let rest = &e.dot2_token;
            let fields = e.fields.iter().map(|field| {
                let (member, pat) = (&field.member, bound_places(&field.expr, number, places));
                quote::quote!(#member: #pat,)
            });
            quote::quote!(#path { #(#fields)* #rest })
        }
        Expr::Paren(e) if destructures(left) => bound_places(&e.expr, number, places),
        Expr::Infer(_) => quote::quote!(_),
        Expr::Range(_) => quote::quote!(..),
        place => {
            let name = quote::format_ident!("assigned_{number}_{}_", places.len());
            let name = super::located(&name, span_of(place));
            places.push((name.clone(), place.clone()));
            quote::quote!(#name)
        }
    }
}

fn destructures(left: &Expr) -> bool {
    match left {
        Expr::Paren(e) => destructures(&e.expr) || matches!(*e.expr, Expr::Infer(_)),
        // What is called is a constructor, or rustc has said that this is no place.
        Expr::Call(e) => matches!(*e.func, Expr::Path(_)),
        left => matches!(left, Expr::Tuple(_) | Expr::Array(_) | Expr::Struct(_)),
    }
}

/// The places that an assignment to this one assigns: several, if it takes a value apart.
pub(super) fn each_place(assigned: &Expr, place: &mut impl FnMut(&Expr)) {
    match syntax::strip(assigned) {
        Expr::Tuple(e) => e.elems.iter().for_each(|e| each_place(e, place)),
        Expr::Array(e) => e.elems.iter().for_each(|e| each_place(e, place)),
        Expr::Call(e) => e.args.iter().for_each(|e| each_place(e, place)),
        Expr::Struct(e) => e
            .fields
            .iter()
            .for_each(|field| each_place(&field.expr, place)),
        assigned => place(assigned),
    }
}
