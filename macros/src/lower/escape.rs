//! Whether a closure that stands in another one, or in an `async` block, may be in what that evaluates to, or in something
//! that it does not declare. Such a body cannot be written twice: each copy of the inner closure has a type of its own.
//!
//! By syntax, so that what is a closure's value or is made of one counts as holding it. Values of operators, and of
//! methods that end something (`collect`), do not.

use std::collections::HashSet;

use quote::quote;
use syn::{
    Expr, Ident, Pat, ReturnType, Stmt,
    visit::{self, Visit},
};

use super::asks::is_ending;
use crate::{
    syntax::{self, Special, as_name, bindings, special},
    tokens::names,
};

/// Whether one may escape from the body of a closure or an `async` block; `output`: the type that a closure says it
/// returns.
pub(super) fn may_escape(body: &Expr, output: Option<&ReturnType>) -> bool {
    let mut holders = Holders::default();
    // What holds one may be given to what comes before it in a loop.
    loop {
        let known = holders.holding.len();
        holders.visit_expr(body);
        if holders.holding.len() == known {
            break;
        }
    }
    let is_typed = matches!(output, Some(ReturnType::Type(_, ty)) if is_written_out(ty));
    let leaves = !is_typed && (holders.returns || holders.holds(body));
    leaves || !holders.holding.is_subset(&holders.declared)
}

/// Whether a type leaves nothing to be inferred: then it is not that of a closure, which has no name.
fn is_written_out(ty: &syn::Type) -> bool {
    !names(quote!(#ty))
        .iter()
        .any(|name| name == "_" || name == "impl")
}

#[derive(Default)]
struct Holders {
    /// The locals that may hold a closure.
    holding: HashSet<String>,
    declared: HashSet<String>,
    /// Those that are nothing but closures which return none.
    called: HashSet<String>,
    /// Whether one may be what `return` or `break` hands out.
    returns: bool,
}

impl Holders {
    /// Whether the value of an expression may hold a closure.
    fn holds(&self, expr: &Expr) -> bool {
        match syntax::strip(expr) {
            Expr::Closure(_) | Expr::Async(_) => true,
            Expr::Lit(_)
            | Expr::Binary(_)
            | Expr::Cast(_)
            | Expr::Assign(_)
            | Expr::While(_)
            | Expr::ForLoop(_)
            | Expr::Return(_)
            | Expr::Break(_) => false,
            Expr::Path(path) => {
                let name = path.path.get_ident();
                name.is_some_and(|name| self.holding.contains(&name.to_string()))
            }
            Expr::Call(call) => {
                let name = as_name(&call.func).map(Ident::to_string);
                let is_called = name.is_some_and(|name| self.called.contains(&name));
                let is_held = !is_called && self.holds(&call.func);
                is_held || call.args.iter().any(|e| self.holds(e))
            }
            Expr::MethodCall(call) => {
                let holds = self.holds(&call.receiver) || call.args.iter().any(|e| self.holds(e));
                holds && !is_ending(&call.method)
            }
            Expr::Await(e) => match &*e.base {
                Expr::Async(block) => self.block_holds(&block.block),
                base => self.holds(base),
            },
            Expr::Block(e) => self.block_holds(&e.block),
            Expr::Unsafe(e) => self.block_holds(&e.block),
            Expr::If(e) => {
                let other = e.else_branch.as_ref();
                self.block_holds(&e.then_branch) || other.is_some_and(|(_, e)| self.holds(e))
            }
            Expr::Match(e) => e.arms.iter().any(|arm| self.holds(&arm.body)),
            Expr::Reference(e) => self.holds(&e.expr),
            Expr::Unary(e) => self.holds(&e.expr),
            Expr::Field(e) => self.holds(&e.base),
            Expr::Index(e) => self.holds(&e.expr),
            Expr::Try(e) => self.holds(&e.expr),
            Expr::Tuple(e) => e.elems.iter().any(|e| self.holds(e)),
            Expr::Array(e) => e.elems.iter().any(|e| self.holds(e)),
            Expr::Struct(e) => {
                let mut values = e
                    .fields
                    .iter()
                    .map(|field| &field.expr)
                    .chain(e.rest.as_deref());
                values.any(|e| self.holds(e))
            }
            other => self.mentions(other),
        }
    }

    fn block_holds(&self, block: &syn::Block) -> bool {
        match block.stmts.last() {
            Some(Stmt::Expr(tail, None)) => self.holds(tail),
            _ => false,
        }
    }

    /// Whether there is anything in an expression that holds one.
    fn mentions(&self, expr: &Expr) -> bool {
        struct Mentions<'h>(&'h Holders, bool);
        impl<'ast> Visit<'ast> for Mentions<'_> {
            fn visit_expr(&mut self, expr: &'ast Expr) {
                match expr {
                    Expr::Closure(_) | Expr::Async(_) | Expr::Path(_) => {
                        self.1 |= self.0.holds(expr);
                    }
                    Expr::MethodCall(call) if is_ending(&call.method) => {}
                    _ => visit::visit_expr(self, expr),
                }
            }
        }
        let mut mentions = Mentions(self, false);
        mentions.visit_expr(expr);
        mentions.1
    }

    fn bind(&mut self, pat: &Pat, holds: bool) {
        for name in bindings(pat) {
            let name = name.to_string();
            if holds {
                self.holding.insert(name.clone());
            }
            self.declared.insert(name);
        }
    }

    /// Something that holds one may be put into this.
    fn give(&mut self, place: &Expr) {
        match syntax::strip(place) {
            Expr::Path(path) => {
                let name = path.path.get_ident().map(Ident::to_string);
                self.holding.extend(name);
            }
            Expr::Field(e) => self.give(&e.base),
            Expr::Index(e) => self.give(&e.expr),
            Expr::Unary(e) => self.give(&e.expr),
            Expr::Reference(e) => self.give(&e.expr),
            Expr::MethodCall(e) => self.give(&e.receiver),
            Expr::Call(e) => e.args.iter().for_each(|arg| self.give(arg)),
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Holders {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        visit::visit_expr(self, expr);
        match expr {
            Expr::Assign(e) if self.holds(&e.right) => self.give(&e.left),
            Expr::MethodCall(e)
                if e.args.iter().any(|arg| self.holds(arg))
                    && !is_ending(&e.method)
                    && syntax::is_place(&e.receiver) =>
            {
                self.give(&e.receiver);
            }
            Expr::Call(e)
                if e.args.iter().any(|arg| self.holds(arg))
                    && !special(e).is_some_and(Special::is_macro) =>
            {
                let is_lent = |arg: &&Expr| matches!(arg, Expr::Reference(_));
                e.args.iter().filter(is_lent).for_each(|arg| self.give(arg));
            }
            Expr::Let(e) => self.bind(&e.pat, self.holds(&e.expr)),
            Expr::Match(e) => {
                let holds = self.holds(&e.expr);
                e.arms.iter().for_each(|arm| self.bind(&arm.pat, holds));
            }
            Expr::ForLoop(e) => self.bind(&e.pat, self.holds(&e.expr)),
            Expr::Closure(e) => e.inputs.iter().for_each(|input| self.bind(input, false)),
            Expr::Return(e) => {
                self.returns |= e.expr.as_ref().is_some_and(|e| self.holds(e));
            }
            Expr::Break(e) => {
                self.returns |= e.expr.as_ref().is_some_and(|e| self.holds(e));
            }
            _ => {}
        }
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        visit::visit_local(self, local);
        let Some(init) = &local.init else {
            return self.bind(&local.pat, false);
        };
        let closure = match &*init.expr {
            Expr::Closure(closure) => Some(closure),
            _ => None,
        };
        let returns_none = closure
            .is_some_and(|closure| closure.asyncness.is_none() && !self.holds(&closure.body));
        if let (true, Some(name)) = (returns_none, syntax::plain_name(&local.pat)) {
            self.called.insert(name.to_string());
        }
        let is_typed = matches!(&local.pat, Pat::Type(typed) if is_written_out(&typed.ty));
        self.bind(&local.pat, !is_typed && self.holds(&init.expr));
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
