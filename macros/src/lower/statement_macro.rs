//! Macros in the place of a statement, of which nobody sees what they expand to.
//!
//! ```text
//! bump!(n); yield 1;      →  if to == 0 { (bump!((*n.at()))); } ..
//! ```
//!
//! Where a suspension point follows, locals that the macro declares would have to be kept, a guard with a hidden
//! name among them. In the place of an expression rustc refuses a macro that declares any.

use proc_macro2::{Delimiter, Group, Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Expr, Stmt, StmtMacro,
    visit::{self, Visit},
};

use super::Lower;
use crate::{
    syntax::{self, as_name, captured},
    tokens::names_of_values,
};

impl Lower<'_> {
    /// A macro as a statement, with suspension points after it.
    pub(super) fn statement_macro(&mut self, call: &mut StmtMacro, after: &[Stmt]) -> TokenStream {
        let mut written = call.mac.tokens.clone();
        captured::take(&mut written);
        for name in names_of_values(written) {
            if self.locals.get(&name).is_none() && is_used(&name, after) {
                let path = call.mac.path.to_token_stream().to_string();
                self.errors.reject(
                    &call.mac,
                    &format!(
                        "`{path}!` seems to declare `{name}`, which is used after a suspension point; \
                         declare it by `let {name} = ..;`"
                    ),
                );
                return TokenStream::new();
            }
        }
        let shown = self.unknown_macro(&mut call.mac);
        let mac = &call.mac;
        let mut expression = Group::new(Delimiter::Parenthesis, quote!(#mac));
        expression.set_span(crate::hygiene::span_of(mac));
        let attrs = &call.attrs;
        match shown {
            Some(shown) => q!(#(#attrs)* { #shown #expression; }),
            None => quote!(#(#attrs)* #expression;),
        }
    }
}

/// Whether a name stands for a value in statements.
fn is_used(name: &Ident, stmts: &[Stmt]) -> bool {
    struct Used<'n>(&'n Ident, bool);
    impl<'ast> Visit<'ast> for Used<'_> {
        fn visit_expr(&mut self, expr: &'ast Expr) {
            match expr {
                // The arguments of a macro may have names.
                Expr::Call(call) if syntax::special(call).is_some() => {
                    syntax::argument_values_of(call).for_each(|arg| self.visit_expr(arg));
                }
                // A function is no local.
                Expr::Call(call) if as_name(&call.func).is_some() => {
                    call.args.iter().for_each(|arg| self.visit_expr(arg));
                }
                expr => {
                    self.1 |= as_name(expr) == Some(self.0);
                    visit::visit_expr(self, expr);
                }
            }
        }
        fn visit_item(&mut self, _: &'ast syn::Item) {}
    }
    let mut used = Used(name, false);
    for stmt in stmts {
        used.visit_stmt(stmt);
    }
    used.1
}
