//! Names, places, and values that are constants.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{BinOp, Expr, ExprPath, Ident};

use super::special;

/// The name, if an expression is nothing but a name.
pub fn as_name(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        Expr::Paren(paren) => as_name(&paren.expr),
        Expr::Group(group) => as_name(&group.expr),
        _ => None,
    }
}

/// A local or a part of one: its name, and its path, `x.a.0.*` for `*x.a.0`.
pub fn part_path(expr: &Expr) -> Option<(Ident, String)> {
    match strip(expr) {
        Expr::Field(field) => {
            let (name, path) = part_path(&field.base)?;
            let member = match &field.member {
                syn::Member::Named(member) => member.to_string(),
                syn::Member::Unnamed(index) => index.index.to_string(),
            };
            Some((name, format!("{path}.{member}")))
        }
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => {
            let (name, path) = part_path(&unary.expr)?;
            Some((name, format!("{path}.*")))
        }
        expr => as_name(expr).map(|name| (name.clone(), name.to_string())),
    }
}

/// The members of a part as they are written, `a 0 *` for `*x.a.0`.
pub fn part_members(expr: &Expr) -> Vec<TokenStream> {
    let (inner, member) = match strip(expr) {
        Expr::Field(field) => (&field.base, field.member.to_token_stream()),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => {
            (&unary.expr, unary.op.to_token_stream())
        }
        _ => return Vec::new(),
    };
    let mut members = part_members(inner);
    members.push(member);
    members
}

/// The local that an expression is a part of.
pub fn part_root(expr: &mut Expr) -> Option<&mut ExprPath> {
    match expr {
        Expr::Field(field) => part_root(&mut field.base),
        Expr::Unary(unary) => part_root(&mut unary.expr),
        Expr::Paren(paren) => part_root(&mut paren.expr),
        Expr::Group(group) => part_root(&mut group.expr),
        Expr::Path(path) => Some(path),
        _ => None,
    }
}

/// What is yielded, without the macro's parentheses.
pub fn yielded(yield_: &syn::ExprYield) -> Option<&Expr> {
    match yield_.expr.as_deref()? {
        Expr::Paren(paren) => Some(&paren.expr),
        value => Some(value),
    }
}

/// Without the parentheses and invisible groups around it.
pub fn strip(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => strip(&paren.expr),
        Expr::Group(group) => strip(&group.expr),
        _ => expr,
    }
}

/// Whether a name is written as constants, statics and unit structs or variants are. A pattern that is a
/// lower-case name is a binding to us; should it be a constant after all, rustc still takes it as one,
/// for its name is left alone.
pub fn is_constant(ident: &Ident) -> bool {
    let name = ident.to_string();
    name.trim_start_matches("r#")
        .trim_start_matches('_')
        .starts_with(char::is_uppercase)
}

/// Whether a function is that of a tuple struct or variant, whose arguments a `let` extends.
pub fn is_constructor(func: &Expr) -> bool {
    matches!(func, Expr::Path(path)
        if path.path.segments.last().is_some_and(|segment| is_constant(&segment.ident)))
}

/// Whether a call makes an option or a result, by the names that those have in the prelude.
pub fn is_in_prelude(call: &syn::ExprCall) -> bool {
    as_name(&call.func).is_some_and(|name| name == "Some" || name == "Ok" || name == "Err")
}

/// Whether an expression is a place of its own, rather than a value that would need a temporary.
pub fn is_place(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Path(_) => true,
        Expr::Field(field) => is_place(&field.base),
        Expr::Index(index) => is_place(&index.expr),
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)),
        _ => false,
    }
}

/// Whether a method can be called on an expression without a temporary for it to live in.
pub fn is_static_receiver(expr: &Expr) -> bool {
    matches!(
        strip(expr),
        Expr::Lit(_) | Expr::Path(_) | Expr::Reference(_)
    ) && is_constant_value(expr)
}

/// Whether a value may be evaluated at any time, for nothing can tell when it was.
pub fn is_constant_value(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Lit(_) => true,
        Expr::Path(path) => {
            path.path.get_ident().is_none_or(is_constant) && !path.path.segments.is_empty()
        }
        Expr::Unary(unary) => {
            !matches!(unary.op, syn::UnOp::Deref(_)) && matches!(*unary.expr, Expr::Lit(_))
        }
        Expr::Reference(reference) => {
            reference.mutability.is_none() && is_constant_value(&reference.expr)
        }
        Expr::Array(array) => array.elems.iter().all(is_constant_value),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_constant_value),
        Expr::Cast(cast) => is_constant_value(&cast.expr),
        Expr::Binary(_) => is_number(expr),
        _ => false,
    }
}

/// Whether an expression is computed of numbers alone, in a way that cannot fail, so that it is a constant (reference, "Constant
/// promotion").
fn is_number(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Lit(literal) => matches!(literal.lit, syn::Lit::Int(_) | syn::Lit::Float(_)),
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Neg(_)) && is_number(&unary.expr),
        Expr::Cast(cast) => is_number(&cast.expr),
        Expr::Binary(binary) => {
            let never_fails = matches!(
                binary.op,
                BinOp::Add(_)
                    | BinOp::Sub(_)
                    | BinOp::Mul(_)
                    | BinOp::BitAnd(_)
                    | BinOp::BitOr(_)
                    | BinOp::BitXor(_)
            );
            never_fails && is_number(&binary.left) && is_number(&binary.right)
        }
        _ => false,
    }
}

/// Whether rustc may make a constant of what `&` is applied to, which then outlives the machine. What is a
/// [constant value](is_constant_value) is one in the body as well; any other is kept in the frame.
pub fn may_be_promoted(expr: &Expr) -> bool {
    match strip(expr) {
        expr if is_constant_value(expr) => true,
        Expr::Binary(e) => may_be_promoted(&e.left) && may_be_promoted(&e.right),
        Expr::Unary(e) => !matches!(e.op, syn::UnOp::Deref(_)) && may_be_promoted(&e.expr),
        Expr::Cast(e) => may_be_promoted(&e.expr),
        Expr::Reference(e) => may_be_promoted(&e.expr),
        Expr::Array(e) => e.elems.iter().all(may_be_promoted),
        Expr::Tuple(e) => e.elems.iter().all(may_be_promoted),
        Expr::Repeat(e) => may_be_promoted(&e.expr),
        // A constructor, or one of the functions of std that are promoted.
        Expr::Call(e) => {
            special(e).is_none()
                && matches!(*e.func, Expr::Path(_))
                && e.args.iter().all(may_be_promoted)
        }
        Expr::Struct(e) => {
            e.rest.as_deref().is_none_or(may_be_promoted)
                && e.fields.iter().all(|field| may_be_promoted(&field.expr))
        }
        Expr::Range(e) => [&e.start, &e.end]
            .into_iter()
            .flatten()
            .all(|bound| may_be_promoted(bound)),
        Expr::Const(_) => true,
        _ => false,
    }
}

/// Whether an operator assigns to its left operand.
pub fn assigns(op: syn::BinOp) -> bool {
    use syn::BinOp;
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}
