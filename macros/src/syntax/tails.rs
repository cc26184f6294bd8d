//! What an expression may evaluate to that consists of blocks.

use syn::{
    Block, Expr, Lifetime, Stmt,
    visit::{self, Visit},
};

use super::{leaves, strip};

/// The expressions whose value may be that of this one: the tails of its branches and arms, and what its `break`s are given.
/// Itself, if it has none of those.
pub fn tails(expr: &Expr) -> Vec<&Expr> {
    let mut all = Vec::new();
    each_tail(expr, &mut all);
    all
}

fn each_tail<'e>(expr: &'e Expr, all: &mut Vec<&'e Expr>) {
    match strip(expr) {
        Expr::Block(e) => {
            if let Some(label) = &e.label {
                let values = breaks(Some(&label.name), 1, &e.block).into_iter().flatten();
                values.for_each(|value| each_tail(value, all));
            }
            tail_of(&e.block, all);
        }
        Expr::Unsafe(e) => tail_of(&e.block, all),
        Expr::If(e) => {
            if let Some((_, otherwise)) = &e.else_branch {
                tail_of(&e.then_branch, all);
                each_tail(otherwise, all);
            }
        }
        Expr::Match(e) => e.arms.iter().for_each(|arm| each_tail(&arm.body, all)),
        Expr::Loop(e) => {
            let label = e.label.as_ref().map(|label| &label.name);
            let values = breaks(label, 0, &e.body).into_iter().flatten();
            values.for_each(|value| each_tail(value, all));
        }
        Expr::While(_) | Expr::ForLoop(_) => {}
        expr => all.push(expr),
    }
}

fn tail_of<'e>(block: &'e Block, all: &mut Vec<&'e Expr>) {
    if let Some(Stmt::Expr(tail, None)) = block.stmts.last() {
        each_tail(tail, all);
    }
}

/// The `break`s out of a loop or a block of this label, by what they are given, unless that leaves. `depth`: how many loops are
/// around, inside of what an unlabelled one belongs to.
pub(super) fn breaks<'e>(
    label: Option<&'e Lifetime>,
    depth: usize,
    body: &'e Block,
) -> Vec<Option<&'e Expr>> {
    struct Breaks<'e> {
        label: Option<&'e Lifetime>,
        depth: usize,
        values: Vec<Option<&'e Expr>>,
    }
    impl<'e> Visit<'e> for Breaks<'e> {
        fn visit_expr(&mut self, expr: &'e Expr) {
            match expr {
                Expr::Break(e) => {
                    let is_here = match &e.label {
                        Some(label) => self.label == Some(label),
                        None => self.depth == 0,
                    };
                    let value = e.expr.as_deref();
                    if is_here && !value.is_some_and(leaves) {
                        self.values.push(value);
                    }
                    visit::visit_expr(self, expr);
                }
                Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => {
                    self.depth += 1;
                    visit::visit_expr(self, expr);
                    self.depth -= 1;
                }
                // What they break out of is in them.
                Expr::Closure(_) | Expr::Async(_) => {}
                _ => visit::visit_expr(self, expr),
            }
        }
        fn visit_item(&mut self, _: &'e syn::Item) {}
    }
    let mut breaks = Breaks {
        label,
        depth,
        values: Vec::new(),
    };
    breaks.visit_block(body);
    breaks.values
}
