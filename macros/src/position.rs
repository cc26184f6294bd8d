//! What an expression needs to stand where it is put: the same tokens are read differently at the start of a
//! statement and in a condition.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, Stmt, parse_quote};

/// An expression as the tail of a block. `{ n } < 4` would be a block, and then something else.
pub fn tail(expr: &Expr) -> TokenStream {
    if starts_with_block(expr) {
        q!((#expr))
    } else {
        quote!(#expr)
    }
}

/// `if left { then } else { otherwise }`. In a tree, for in tokens a struct literal cannot be in a condition.
pub fn if_else(condition: &Expr, then: &Expr, otherwise: &Expr) -> Expr {
    let mut if_: syn::ExprIf = parse_quote!(if condition {
    } else {
    });
    *if_.cond = condition.clone();
    if_.then_branch.stmts = vec![Stmt::Expr(then.clone(), None)];
    if let Some((_, branch)) = &mut if_.else_branch {
        let mut block: syn::ExprBlock = parse_quote!({});
        block.block.stmts = vec![Stmt::Expr(otherwise.clone(), None)];
        **branch = Expr::Block(block);
    }
    Expr::If(if_)
}

/// Whether the first token of an expression belongs to a block in it, where a statement would end with that.
fn starts_with_block(expr: &Expr) -> bool {
    let mut first = expr;
    loop {
        first = match first {
            Expr::Assign(e) => &e.left,
            Expr::Binary(e) => &e.left,
            Expr::Call(e) => &e.func,
            Expr::Cast(e) => &e.expr,
            Expr::Index(e) => &e.expr,
            Expr::MethodCall(e) => &e.receiver,
            Expr::Field(e) => &e.base,
            Expr::Try(e) => &e.expr,
            Expr::Await(e) => &e.base,
            Expr::Range(e) => match &e.start {
                Some(start) => start,
                None => return false,
            },
            Expr::Block(_)
            | Expr::Unsafe(_)
            | Expr::Const(_)
            | Expr::If(_)
            | Expr::Match(_)
            | Expr::While(_)
            | Expr::Loop(_)
            | Expr::ForLoop(_)
            | Expr::TryBlock(_) => return !std::ptr::eq(first, expr),
            _ => return false,
        }
    }
}
