//! Operands that may be coerced inside, by the type that is expected of them: `("name", &string)` for a `(&str, &str)`. One that
//! is kept across a suspension point is evaluated where nothing is expected of it; it has its type from the original.
//!
//! ```text
//! f([&make(), &b], yield 1)
//!     original:   f(told({ let ty = Ty::new(); if false { loop {} value_1_type.is_that(&ty); } ty }, [&make(), &b]), ..)
//!     machine:    Frame::holds(&frame, (value_1_type,)); .. put(&mut operand_1_saved, told({ .. }, [&make(), &b])); ..
//! ```

use std::collections::HashMap;

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Attribute, Block, Expr, Ident, Stmt, UnOp, parse_quote,
    visit_mut::{self, VisitMut},
};

use crate::{
    hygiene::{Ends, private, span_of},
    syntax::{
        arms_suspend, is_constant_value, is_constructor, is_place, leaves, macro_name, special,
        strip, suspends, tails,
    },
};

/// The number of an operand that may be coerced inside.
pub type Number = usize;

/// The operands of a body that may be coerced inside, and may be kept across a suspension point.
pub struct Numbered {
    count: Number,
}

impl Numbered {
    /// Numbers those of a prepared body.
    pub fn of(body: &mut Block) -> Self {
        let mut numbered = Numbered { count: 0 };
        numbered.visit_block_mut(body);
        numbered
    }

    /// Has them tell these carriers their types, in an original, and takes all numbers from it.
    pub fn tell(&self, original: &mut Block, carriers: &HashMap<Number, Vec<Ident>>) {
        if self.count > 0 {
            Tell(carriers).visit_block_mut(original);
        }
    }

    /// Takes all numbers from a copy of the body.
    pub fn forget(&self, copy: &mut Block) {
        self.tell(copy, &HashMap::new());
    }
}

/// The attribute that has an operand's number.
const NUMBER: &str = "handcrank_coerced";

fn is_number(attr: &Attribute) -> bool {
    attr.path().is_ident(NUMBER)
}

/// Whether an operand has a number.
pub fn is_numbered(operand: &mut Expr) -> bool {
    attrs_mut(operand).is_some_and(|attrs| attrs.iter().any(is_number))
}

/// Takes an operand's number from it.
pub fn take_number(operand: &mut Expr) -> Option<Number> {
    let attrs = attrs_mut(operand)?;
    let found = attrs.iter().position(is_number)?;
    let number: syn::LitInt = attrs.remove(found).parse_args().ok()?;
    number.base10_parse().ok()
}

/// Whether parts of a value may be coerced to what is expected of it: `("name", &string)` for a `(&str, &str)`.
pub fn is_coerced_inside(value: &Expr) -> bool {
    match strip(value) {
        Expr::Tuple(tuple) => !tuple.elems.iter().all(is_scalar),
        Expr::Array(array) => !array.elems.iter().all(is_scalar),
        Expr::Call(call) if is_constructor(&call.func) => !call.args.iter().all(is_scalar),
        // `Box::new([&a, &b])`, and `vec![&a, &b]`.
        Expr::Call(call) => match special(call) {
            Some(_) => is_vec(call),
            None => call.args.iter().any(is_coerced_inside),
        },
        Expr::Struct(literal) => literal.fields.iter().any(|field| is_coerced(&field.expr)),
        Expr::Reference(reference) => is_coerced_inside(&reference.expr),
        value if is_of_blocks(value) => {
            let mut tails = tails(value);
            // One alone may as well be coerced outside.
            tails.retain(|tail| !leaves(tail) && !is_scalar(tail));
            tails.len() > 1 && !are_alike(&tails) || tails.into_iter().any(is_coerced)
        }
        _ => false,
    }
}

/// Whether a value has to be told its type where nothing is expected of it.
pub fn is_told(value: &Expr) -> bool {
    has_closure(value) || is_coerced_inside(value)
}

/// Whether there is a closure in a value, which may have the types of its parameters from what is expected: `Box::new(|s| ..)`.
pub fn has_closure(value: &Expr) -> bool {
    match strip(value) {
        Expr::Array(e) => e.elems.iter().any(has_closure),
        Expr::Call(e) if special(e).is_none() => e.args.iter().any(has_closure),
        Expr::Closure(_) => true,
        Expr::Reference(e) => has_closure(&e.expr),
        Expr::Struct(e) => e.fields.iter().any(|field| has_closure(&field.expr)),
        Expr::Tuple(e) => e.elems.iter().any(has_closure),
        _ => false,
    }
}

/// Whether it is plain that there is nothing to coerce in a value.
fn is_scalar(value: &Expr) -> bool {
    match strip(value) {
        Expr::Array(array) => array.elems.iter().all(is_scalar),
        Expr::Reference(_) => false,
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_scalar),
        value => is_constant_value(value),
    }
}

/// The same of a value that is a part of one.
fn is_coerced(part: &Expr) -> bool {
    matches!(strip(part), Expr::Reference(_)) || is_coerced_inside(part)
}

fn is_vec(call: &syn::ExprCall) -> bool {
    macro_name(call).is_some_and(|name| name == "vec")
}

/// Whether an expression has its value from a block in it.
fn is_of_blocks(value: &Expr) -> bool {
    matches!(
        value,
        Expr::Block(_) | Expr::If(_) | Expr::Loop(_) | Expr::Match(_) | Expr::Unsafe(_)
    )
}

/// Whether values are hardly ever coerced, each in its own way: one of them is computed, or all are resume arguments.
fn are_alike(values: &[&Expr]) -> bool {
    let is_computed = |value: &Expr| match strip(value) {
        Expr::Unary(unary) => !matches!(unary.op, UnOp::Deref(_)),
        value => matches!(value, Expr::Binary(_) | Expr::Cast(_)),
    };
    let mut each = values.iter();
    each.clone().any(|value| is_computed(value))
        || each.all(|value| matches!(value, Expr::Yield(_)))
}

/// Whether a temporary is borrowed in a value, and would be extended by its `let`.
fn borrows_temporary(value: &Expr) -> bool {
    match strip(value) {
        Expr::Array(e) => e.elems.iter().any(borrows_temporary),
        Expr::Call(e) if is_constructor(&e.func) => e.args.iter().any(borrows_temporary),
        Expr::Cast(e) => borrows_temporary(&e.expr),
        Expr::Reference(e) => {
            let is_kept = is_place(&e.expr) || is_constant_value(&e.expr);
            !is_kept || borrows_temporary(&e.expr)
        }
        Expr::Struct(e) => e.fields.iter().any(|field| borrows_temporary(&field.expr)),
        Expr::Tuple(e) => e.elems.iter().any(borrows_temporary),
        value if is_of_blocks(value) => tails(value).into_iter().any(borrows_temporary),
        _ => false,
    }
}

/// A type that is told by dead code.
fn told_type(span: Span, tell: &TokenStream) -> TokenStream {
    at! {span=> {
        let ty = #private::Ty::new();
        #[allow(unreachable_code)]
        let () = if false { loop {} #tell };
        ty
    }}
}

/// A value whose type is known before it is looked at: `tell` tells it to `ty`, and never runs.
pub fn told(span: Span, tell: &TokenStream, value: &impl ToTokens) -> TokenStream {
    let ty = told_type(span, tell);
    at!(span=> #private::told(#ty, #value))
}

/// The attributes of an expression of one of the kinds of [`is_coerced_inside`].
fn attrs_mut(operand: &mut Expr) -> Option<&mut Vec<Attribute>> {
    match operand {
        Expr::Paren(e) => attrs_mut(&mut e.expr),
        Expr::Group(e) => attrs_mut(&mut e.expr),
        Expr::Array(e) => Some(&mut e.attrs),
        Expr::Block(e) => Some(&mut e.attrs),
        Expr::Call(e) => Some(&mut e.attrs),
        Expr::If(e) => Some(&mut e.attrs),
        Expr::Loop(e) => Some(&mut e.attrs),
        Expr::Match(e) => Some(&mut e.attrs),
        Expr::Reference(e) => Some(&mut e.attrs),
        Expr::Struct(e) => Some(&mut e.attrs),
        Expr::Tuple(e) => Some(&mut e.attrs),
        Expr::Unsafe(e) => Some(&mut e.attrs),
        _ => None,
    }
}

impl Numbered {
    fn number(&mut self, operand: &mut Expr) {
        if is_numbered(operand) {
            return;
        }
        if let Some(attrs) = attrs_mut(operand) {
            let number = Literal::usize_unsuffixed(self.count);
            let path = Ident::new(NUMBER, Span::call_site());
            attrs.push(parse_quote!(#[#path(#number)]));
            self.count += 1;
        }
    }

    /// Operands of one expression.
    fn operands<'e>(&mut self, operands: impl Iterator<Item = &'e mut Expr>) {
        let mut operands: Vec<_> = operands.collect();
        self.beside_points(&mut operands, is_coerced_inside);
    }

    /// Those of one expression of which this is so, if any of them suspends.
    fn beside_points(&mut self, operands: &mut [&mut Expr], is_told: impl Fn(&Expr) -> bool) {
        if operands.iter().any(|operand| suspends(operand)) {
            let told = operands.iter_mut().filter(|operand| is_told(operand));
            told.for_each(|operand| self.number(operand));
        }
    }
}

impl Numbered {
    /// The value of a `let`, which extends the temporaries that are borrowed in it (reference, "Extending based on
    /// expressions"). They would not be extended in a call, so that what borrows one is told nothing.
    fn extending(&mut self, value: &mut Expr) {
        if !borrows_temporary(value) {
            return self.visit_expr_mut(value);
        }
        match value {
            Expr::Array(e) => self.extending_operands(e.elems.iter_mut()),
            Expr::Call(e) if is_constructor(&e.func) => self.extending_operands(e.args.iter_mut()),
            Expr::Cast(e) => self.extending(&mut e.expr),
            Expr::Group(e) => self.extending(&mut e.expr),
            Expr::Paren(e) => self.extending(&mut e.expr),
            Expr::Reference(e) => self.extending(&mut e.expr),
            Expr::Struct(e) => {
                self.extending_operands(e.fields.iter_mut().map(|field| &mut field.expr));
            }
            Expr::Tuple(e) => self.extending_operands(e.elems.iter_mut()),
            value => self.direct(value),
        }
    }

    fn extending_operands<'e>(&mut self, operands: impl Iterator<Item = &'e mut Expr>) {
        let mut operands: Vec<_> = operands.collect();
        self.beside_points(&mut operands, |e| {
            is_coerced_inside(e) && !borrows_temporary(e)
        });
        for operand in operands {
            self.extending(operand);
        }
    }

    /// What is in an expression that is evaluated where it stands.
    fn direct(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(_) | Expr::Async(_) => return,
            Expr::Call(call) if special(call).is_none() || is_vec(call) => {
                self.operands(call.args.iter_mut());
            }
            // It may be asked of rustc what the call does, and the arguments are bound before.
            Expr::MethodCall(call) => {
                let coerced = call.args.iter_mut().filter(|arg| is_coerced_inside(arg));
                coerced.for_each(|arg| self.number(arg));
            }
            Expr::Array(array) => self.operands(array.elems.iter_mut()),
            Expr::Tuple(tuple) => self.operands(tuple.elems.iter_mut()),
            Expr::Struct(literal) => {
                self.operands(literal.fields.iter_mut().map(|field| &mut field.expr));
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

impl VisitMut for Numbered {
    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        let Some(init) = &mut local.init else { return };
        if is_of_blocks(&init.expr) {
            self.direct(&mut init.expr);
        } else {
            self.extending(&mut init.expr);
        }
        if let Some((_, diverge)) = &mut init.diverge {
            self.visit_expr_mut(diverge);
        }
    }
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Expr(expr, _) => self.direct(expr),
            stmt => visit_mut::visit_stmt_mut(self, stmt),
        }
    }
    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        self.visit_pat_mut(&mut arm.pat);
        self.direct(&mut arm.body);
    }
    fn visit_expr_if_mut(&mut self, if_: &mut syn::ExprIf) {
        self.visit_expr_mut(&mut if_.cond);
        self.visit_block_mut(&mut if_.then_branch);
        if let Some((_, otherwise)) = &mut if_.else_branch {
            self.direct(otherwise);
        }
    }
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let is_apart = match &*expr {
            Expr::Match(match_) => arms_suspend(match_),
            expr => is_of_blocks(expr) && suspends(expr),
        };
        if is_apart && is_coerced_inside(expr) {
            self.number(expr);
        }
        self.direct(expr);
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}

struct Tell<'c>(&'c HashMap<Number, Vec<Ident>>);

impl VisitMut for Tell<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let number = take_number(expr);
        let Some(carriers) = number.and_then(|number| self.0.get(&number)) else {
            return;
        };
        let span = Span::mixed_site().located_at(span_of(expr));
        let ty = told_type(span, &q!(#(#carriers.is_that(&ty);)*));
        // It is the user's from end to end, for what rustc says of it.
        let told = Ends::of(expr).stretch(quote!(#private::told(#ty, #expr)));
        *expr = parse_quote!(#told);
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}
