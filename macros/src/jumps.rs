//! Jumps that lead nowhere: in the original, a closure, rustc would speak of that closure.
//!
//! ```text
//! break                          where there is no loop
//! break 'outer                   likewise, where nothing is called that either
//! ```

use syn::{
    Block, Expr, Lifetime,
    visit::{self, Visit},
};

use crate::errors::Errors;

/// Rejects jumps of a body that lead out of it.
pub fn check(body: &Block, errors: &mut Errors) {
    let mut jumps = Jumps { around: 0, errors };
    jumps.visit_block(body);
}

struct Jumps<'e> {
    /// How many loops and labelled blocks are around.
    around: usize,
    errors: &'e mut Errors,
}

impl Jumps<'_> {
    fn inside(&mut self, visit: impl FnOnce(&mut Self)) {
        self.around += 1;
        visit(self);
        self.around -= 1;
    }

    fn jump(&mut self, expr: &Expr, keyword: &str, label: Option<&Lifetime>) {
        // Of one inside of something else that it does not fit, rustc speaks as it would anywhere.
        if self.around > 0 {
            return;
        }
        match label {
            Some(label) => {
                let message = format!("use of undeclared label `{label}`");
                self.errors.reject(label, &message);
            }
            None => {
                let message = format!("`{keyword}` outside of a loop or labeled block");
                self.errors.reject(expr, &message);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Jumps<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Break(e) => self.jump(expr, "break", e.label.as_ref()),
            Expr::Continue(e) => self.jump(expr, "continue", e.label.as_ref()),
            _ => {}
        }
        match expr {
            Expr::Loop(e) => self.inside(|this| visit::visit_expr_loop(this, e)),
            Expr::While(e) => self.inside(|this| visit::visit_expr_while(this, e)),
            Expr::ForLoop(e) => {
                self.visit_expr(&e.expr);
                self.inside(|this| this.visit_block(&e.body));
            }
            Expr::Block(e) if e.label.is_some() => {
                self.inside(|this| visit::visit_expr_block(this, e));
            }
            // Bodies of their own.
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) => {}
            _ => visit::visit_expr(self, expr),
        }
    }
    fn visit_item(&mut self, _: &'ast syn::Item) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
}
