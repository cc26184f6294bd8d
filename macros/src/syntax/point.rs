//! Where a body suspends, and the conditions of `if` and `while`.

use syn::{
    Block, Expr, Item, Stmt, parse_quote,
    visit::{self, Visit},
};

use super::{Special, guarded, special, strip};

/// Finds suspension points that belong to this body: not those of nested items.
struct Suspends(bool);

impl<'ast> Visit<'ast> for Suspends {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Yield(_) | Expr::Await(_) => self.0 = true,
            Expr::Call(call) if special(call) == Some(Special::YieldFrom) => self.0 = true,
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) => {}
            _ if self.0 => {}
            _ => visit::visit_expr(self, expr),
        }
    }
    fn visit_item(&mut self, _: &'ast Item) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
}

/// Whether an expression is a suspension point.
pub fn is_point(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Yield(_) | Expr::Await(_) => true,
        Expr::Call(call) => special(call) == Some(Special::YieldFrom),
        _ => false,
    }
}

/// Whether an expression contains a suspension point.
pub fn suspends(expr: &Expr) -> bool {
    let mut found = Suspends(false);
    found.visit_expr(expr);
    found.0
}

/// Whether a block contains a suspension point.
pub fn block_suspends(block: &Block) -> bool {
    block.stmts.iter().any(stmt_suspends)
}

/// Whether a statement contains a suspension point.
pub fn stmt_suspends(stmt: &Stmt) -> bool {
    let mut found = Suspends(false);
    found.visit_stmt(stmt);
    found.0
}

/// Whether an arm or a guard suspends, and not just what is matched on.
pub fn arms_suspend(match_: &syn::ExprMatch) -> bool {
    let mut arms = match_.arms.iter();
    arms.any(|arm| guarded(&arm.pat).1.is_some_and(suspends) || suspends(&arm.body))
}

/// Whether a condition binds.
pub fn has_let(cond: &Expr) -> bool {
    match cond {
        Expr::Let(_) => true,
        Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
            has_let(&binary.left) || has_let(&binary.right)
        }
        _ => false,
    }
}

/// A chain of conditions as nested ones:
///
/// ```text
/// if a && let P = b { A } else { B }   →   'chain: { if a { if let P = b { break 'chain A; } } B }
/// ```
pub fn nested_chain(cond: &Expr, then: Expr, otherwise: Expr, label: &syn::Lifetime) -> Expr {
    let mut conditions = Vec::new();
    conjuncts(cond, &mut conditions);
    let mut nested = Stmt::Expr(
        Expr::Break(syn::ExprBreak {
            attrs: Vec::new(),
            break_token: <syn::Token![break]>::default(),
            label: Some(label.clone()),
            expr: Some(Box::new(then)),
        }),
        Some(<syn::Token![;]>::default()),
    );
    for condition in conditions.into_iter().rev() {
        let mut if_: syn::ExprIf = parse_quote!(if x {});
        *if_.cond = condition;
        if_.then_branch.stmts.push(nested);
        nested = Stmt::Expr(Expr::If(if_), None);
    }
    let mut block: syn::ExprBlock = parse_quote!(#label: {});
    block.block.stmts = vec![nested, Stmt::Expr(otherwise, None)];
    Expr::Block(block)
}

/// The conditions of a chain, in order.
pub fn conjuncts(cond: &Expr, found: &mut Vec<Expr>) {
    match cond {
        Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
            conjuncts(&binary.left, found);
            conjuncts(&binary.right, found);
        }
        other => found.push(other.clone()),
    }
}
