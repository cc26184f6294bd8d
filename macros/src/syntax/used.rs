//! The names that an expression uses as values.

use syn::{
    Expr, ExprCall, Ident, Item, Macro, Type,
    visit::{self, Visit},
};

use super::{Special, argument_values_of, special};
use crate::tokens::names_of_values;

/// The names that an expression uses as values, those that a macro may use among them.
#[derive(Default)]
pub struct Used {
    pub names: Vec<Ident>,
    /// Whether there is a macro in it that nobody knows, which may use others in secret.
    pub is_hidden: bool,
}

impl Used {
    pub fn of(expr: &Expr) -> Self {
        let mut used = Used::default();
        used.visit_expr(expr);
        used
    }
}

impl<'ast> Visit<'ast> for Used {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            // Has been lowered.
            Expr::Verbatim(tokens) => self.names.extend(names_of_values(tokens.clone())),
            expr => visit::visit_expr(self, expr),
        }
    }
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        self.names.extend(path.path.get_ident().cloned());
    }
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if !special(call).is_some_and(Special::is_macro) {
            return visit::visit_expr_call(self, call);
        }
        argument_values_of(call).for_each(|arg| self.visit_expr(arg));
    }
    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.is_hidden = true;
        self.names.extend(names_of_values(mac.tokens.clone()));
    }
    fn visit_item(&mut self, _: &'ast Item) {}
    fn visit_type(&mut self, _: &'ast Type) {}
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}
