//! Locals whose type need not be known to tell that they have no destructor, so that rustc need not be asked: each
//! question costs as much as the type check of several lines of the user's. Should one err, the guard's assertion fails.

use syn::{BinOp, Expr, UnOp};

use super::value::compares;
use crate::syntax::strip;

/// Whether an expression is a scalar, or a reference to something static: `0`, `-1.5`, `"text"`, `a < b`.
pub(super) fn is_scalar(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Lit(_) => true,
        Expr::Unary(unary) => {
            matches!(unary.op, UnOp::Neg(_) | UnOp::Not(_)) && is_scalar(&unary.expr)
        }
        Expr::Binary(binary) => is_truth(binary.op),
        _ => false,
    }
}

/// Whether an expression is an array of such: `[0; 16]`.
pub(super) fn is_array(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Repeat(repeat) => is_scalar(&repeat.expr),
        Expr::Array(array) => !array.elems.is_empty() && array.elems.iter().all(is_scalar),
        _ => false,
    }
}

/// Whether an operator makes a `bool`.
pub(super) fn is_truth(op: BinOp) -> bool {
    compares(op) || matches!(op, BinOp::And(_) | BinOp::Or(_))
}

/// Whether an expression is a range. What it counts is a number or the like, for nobody but std can say of another type
/// how to count.
pub(super) fn is_range(expr: &Expr) -> bool {
    matches!(strip(expr), Expr::Range(_))
}
