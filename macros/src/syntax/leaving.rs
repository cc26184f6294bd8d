//! Which expressions never evaluate to anything, as far as syntax says.

use syn::{Block, Expr, Lifetime, Macro, Stmt};

use super::{diverges, strip, tails::breaks};

/// Whether an expression leaves, or goes on for ever, and is of whatever type is expected.
pub fn leaves(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Call(call) => diverges(call),
        Expr::Macro(call) => panics(&call.mac),
        Expr::Block(e) => {
            let label = e.label.as_ref().map(|label| &label.name);
            block_leaves(&e.block) && !(label.is_some() && is_left(label, 1, &e.block))
        }
        Expr::Unsafe(e) => block_leaves(&e.block),
        Expr::If(e) => {
            let otherwise = e.else_branch.as_ref();
            block_leaves(&e.then_branch) && otherwise.is_some_and(|(_, expr)| leaves(expr))
        }
        Expr::Match(e) => !e.arms.is_empty() && e.arms.iter().all(|arm| leaves(&arm.body)),
        Expr::Loop(e) => !is_left(e.label.as_ref().map(|label| &label.name), 0, &e.body),
        _ => false,
    }
}

/// The same of a block: its tail does, or it has none, and a statement does.
fn block_leaves(block: &Block) -> bool {
    match block.stmts.last() {
        Some(Stmt::Expr(tail, None)) => leaves(tail),
        Some(Stmt::Macro(call)) if call.semi_token.is_none() => panics(&call.mac),
        _ => block.stmts.iter().any(|stmt| match stmt {
            Stmt::Expr(expr, _) => leaves(expr),
            Stmt::Macro(call) => panics(&call.mac),
            Stmt::Local(_) | Stmt::Item(_) => false,
        }),
    }
}

fn panics(mac: &Macro) -> bool {
    const PANICS: &[&str] = &["panic", "todo", "unimplemented", "unreachable"];
    let last = mac.path.segments.last();
    last.is_some_and(|last| PANICS.iter().any(|name| last.ident == name))
}

/// Whether there is a `break` out of a loop or a block of this label, unless its value leaves. `depth` as for [`breaks`].
fn is_left(label: Option<&Lifetime>, depth: usize, body: &Block) -> bool {
    !breaks(label, depth, body).is_empty()
}
