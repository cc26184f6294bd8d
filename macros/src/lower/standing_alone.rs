//! Closures that need not stand in the call which they are an argument of, for they have the same type anywhere.
//!
//! ```text
//! x.run(|| self.io.accept())    the last use of a saved local
//!     →  match (receive(&mut x_saved), || self.io.accept()) { (.., arg_0) => {
//!            if probe.moves() { .. local.run(arg_0) } else { .. (*x.at()).run(arg_0) }
//!        } }
//! ```
//!
//! The call is written for both cases, and what it returns has one type, in which the closure's may be: written twice,
//! a closure has two. But a call tells the closure in it what it is called with, and what it returns, to which rustc
//! then coerces: `get_or_insert_with(|| Box::new(1))` makes a `Box<dyn Any>`. So this is for closures that say the types
//! of their parameters, and whose value is of such a kind that nobody relies on a coercion.

use syn::{Block, Expr, ExprClosure, Pat, Stmt};

use crate::syntax;

/// Whether a closure has the same type where nothing is known of what it is to be.
pub(super) fn stands_alone(closure: &ExprClosure) -> bool {
    let says_types = closure
        .inputs
        .iter()
        .all(|input| matches!(input, Pat::Type(_)));
    says_types && (matches!(closure.output, syn::ReturnType::Type(..)) || has_type(&closure.body))
}

/// Whether a value is hardly ever coerced: neither made in place nor borrowed, and nothing that never returns.
fn has_type(value: &Expr) -> bool {
    match syntax::strip(value) {
        Expr::Async(_)
        | Expr::Await(_)
        | Expr::Binary(_)
        | Expr::Cast(_)
        | Expr::Field(_)
        | Expr::Index(_)
        | Expr::Lit(_)
        | Expr::MethodCall(_)
        | Expr::Path(_)
        | Expr::Struct(_)
        | Expr::Try(_) => true,
        Expr::Block(block) => ends_with_type(&block.block),
        Expr::Unsafe(block) => ends_with_type(&block.block),
        Expr::Call(call) if syntax::is_constructor(&call.func) => call.args.iter().all(has_type),
        // `f(x)`, but not `Box::new(x)`.
        Expr::Call(call) => {
            matches!(&*call.func, Expr::Path(path) if path.path.get_ident().is_some())
        }
        Expr::Tuple(tuple) => tuple.elems.iter().all(has_type),
        Expr::Unary(unary) => has_type(&unary.expr),
        _ => false,
    }
}

fn ends_with_type(block: &Block) -> bool {
    match block.stmts.last() {
        Some(Stmt::Expr(value, None)) => has_type(value),
        // One that leaves is of any type.
        Some(Stmt::Expr(last, Some(_))) => has_type(last) || matches!(last, Expr::Assign(_)),
        Some(Stmt::Local(_)) | None => true,
        Some(Stmt::Macro(_) | Stmt::Item(_)) => false,
    }
}
