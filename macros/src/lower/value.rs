//! Expressions: uses of saved locals, by what the use does.
//!
//! ```text
//! f(x)        →  f(x_saved.take())      the last use: moves, or copies what nobody reads again
//! f(x); g(x)  →  f((*x.at())); ..       copies
//! &x, x.y, x[i], *x, x == y             →  the place (*x.at())
//! x = f()     →  x_saved.set(f())
//! ```

use proc_macro2::TokenStream;
use syn::{BinOp, Expr, ExprPath, UnOp};

use super::{Lower, mixed, operand::Operand, place::Access, verbatim};
use crate::coerced;
use crate::hygiene::{Ends, private, span_of};
use crate::original;
use crate::syntax::{self, Special, assigns, is_last_use, is_parting_use, special, suspends};

impl Lower<'_> {
    /// Lowers an expression whose value is used.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of expression")]
    pub(super) fn value(&mut self, expr: &mut Expr) {
        self.temporaries.is_full &= has_operands(expr);
        if self.suspends(expr) && self.suspending(expr) {
            return;
        }
        if !matches!(expr, Expr::Paren(_) | Expr::Group(_)) {
            // It has its type from where it stands.
            coerced::take_number(expr);
        }
        match expr {
            Expr::Call(call) if syntax::extended_slot(call).is_some() => self.extended(expr),
            Expr::Path(path) => {
                if let Some(value) = self.read(path) {
                    *expr = verbatim(value);
                }
            }
            Expr::Paren(e) => self.value(&mut e.expr),
            Expr::Group(e) => self.value(&mut e.expr),
            Expr::Reference(_) => self.reference_to(expr),
            Expr::RawAddr(e) => {
                let access = match e.mutability {
                    syn::PointerMutability::Mut(mutability) => Access::by(Some(mutability)),
                    syn::PointerMutability::Const(_) => Access::Shared,
                };
                self.place_for(&mut e.expr, &access);
            }
            Expr::Unary(e) if !matches!(e.op, UnOp::Deref(_)) => {
                let leaves = syntax::leaves(&e.expr);
                self.value(&mut e.expr);
                if leaves {
                    // Of whatever type is expected, as the operand is in the original.
                    let operand = &e.expr;
                    *expr = verbatim(q! {
                        (match (#private::Returning::<#private::Never> { value: #operand }.value) {})
                    });
                }
            }
            Expr::Field(_) | Expr::Unary(_) => match self
                .part_value(expr)
                .or_else(|| self.part_of_temporary(expr))
            {
                Some(value) => *expr = verbatim(value),
                None => self.look(expr),
            },
            // What is copied out of an array does not refer to it.
            Expr::Index(e) if self.is_array(&e.expr) && !self.suspends(&e.index) => {
                self.look(&mut e.expr);
                self.value(&mut e.index);
            }
            Expr::Index(_) => self.place(expr),
            Expr::Cast(e) => self.value(&mut e.expr),
            Expr::Await(e) => self.value(&mut e.base),
            Expr::Repeat(e) => self.value(&mut e.expr),
            Expr::Binary(e) => match e.op {
                BinOp::And(_) | BinOp::Or(_) => self.lazy(e),
                op if compares(op) && !suspends(&e.left) && !suspends(&e.right) => {
                    self.look(&mut e.left);
                    self.look(&mut e.right);
                }
                op if compares(op) => self.operands(&mut [
                    Operand::place(&mut e.left, Access::Compared),
                    Operand::place(&mut e.right, Access::Compared),
                ]),
                op if assigns(op) => self.compound(expr),
                _ => {
                    self.operands(&mut [Operand::value(&mut e.left), Operand::value(&mut e.right)]);
                }
            },
            Expr::Assign(_) => self.assign(expr),
            Expr::Call(call) if special(call).is_some_and(Special::is_macro) => {
                self.std_macro(expr);
            }
            Expr::Call(call) if special(call) == Some(Special::Chosen) => {
                *expr = verbatim(self.chosen(call));
            }
            Expr::Call(call) if syntax::never_returns(call) => {
                let span = mixed(span_of(&call));
                self.call(expr);
                // What comes later has not been looked at: should it return, rustc refuses it.
                let parts = at!(span=> #private::parts_here(returned));
                // Without arms it is a `!` wherever it stands.
                *expr = verbatim(q!((match (match #expr { ref returned => #parts }) {})));
            }
            Expr::Call(_) => self.call(expr),
            Expr::MethodCall(_) => self.method_call(expr),
            Expr::Array(e) => {
                let mut operands: Vec<_> = e.elems.iter_mut().map(Operand::value).collect();
                self.operands(&mut operands);
            }
            Expr::Tuple(e) => {
                let mut operands: Vec<_> = e.elems.iter_mut().map(Operand::value).collect();
                self.operands(&mut operands);
            }
            Expr::Struct(e) => {
                if let Some(update) = self.struct_update(e) {
                    *expr = update;
                    return;
                }
                let values = e.fields.iter_mut().map(|f| Operand::value(&mut f.expr));
                let mut operands: Vec<_> = values.collect();
                if let Some(rest) = &mut e.rest {
                    operands.push(Operand::place(rest, Access::Shared));
                }
                self.operands(&mut operands);
            }
            Expr::Range(e) => {
                let bounds = [&mut e.start, &mut e.end];
                let mut operands: Vec<_> = bounds
                    .into_iter()
                    .flatten()
                    .map(|e| Operand::value(e))
                    .collect();
                self.operands(&mut operands);
            }
            Expr::Try(_) => self.try_(expr),
            Expr::Return(_) => self.return_(expr),
            Expr::Break(e) => {
                if let Some(value) = &mut e.expr {
                    self.value(value);
                }
            }
            Expr::Block(e) => self.plain_block(&mut e.block),
            Expr::Unsafe(e) => self.plain_block(&mut e.block),
            Expr::If(_) => self.plain_if(expr),
            Expr::Let(e) => self.let_condition(e),
            Expr::Match(_) => self.plain_match(expr),
            Expr::Loop(e) => self.plain_block(&mut e.body),
            Expr::While(_) => self.plain_while(expr),
            Expr::ForLoop(e) => {
                self.unheld(|this| {
                    this.value(&mut e.expr);
                    this.plain_block(&mut e.body);
                });
            }
            Expr::Closure(_) => self.closure(expr),
            Expr::Async(_) => self.async_block(expr),
            Expr::Macro(call) => {
                if let Some(shown) = self.unknown_macro(&mut call.mac) {
                    *expr = verbatim(q!({ #shown (#expr) }));
                }
            }
            _ => {}
        }
    }

    /// `a && b`, where `b` does not suspend: both operands drop their own temporaries.
    fn lazy(&mut self, binary: &mut syn::ExprBinary) {
        let left = &mut binary.left;
        if self.suspends(left) {
            let ends = Ends::of(left);
            let (before, left_value) = self.full_expr(left);
            **left = self.step("value", ends, &q!({ #before #left_value }));
        } else {
            let hold = std::mem::replace(&mut self.hold, false);
            self.value(left);
            self.hold = hold;
        }
        self.unheld(|this| this.value(&mut binary.right));
    }

    /// Whether an expression contains a suspension point of this body. Those in a closure or `async` block
    /// are their own.
    pub(super) fn suspends(&self, expr: &Expr) -> bool {
        !self.in_closure && suspends(expr)
    }

    /// Whether an expression is a local that is known to be an array.
    fn is_array(&self, expr: &Expr) -> bool {
        let name = syntax::as_name(expr);
        name.is_some_and(|name| self.arrays.contains(&name.to_string()))
    }

    /// Runs `lower` for code that drops its own temporaries.
    pub(super) fn unheld<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> T {
        let outer = (self.hold, self.temporaries.is_saved);
        (self.hold, self.temporaries.is_saved) = (false, false);
        let lowered = self.nested(lower);
        (self.hold, self.temporaries.is_saved) = outer;
        lowered
    }

    /// A local's value: taken if this is its last use, copied if not. `None` if it is not saved.
    fn read(&mut self, path: &mut ExprPath) -> Option<TokenStream> {
        let (last, parting) = (is_last_use(path), is_parting_use(path));
        syntax::set_last_use(path, false);
        let name = path.path.get_ident()?;
        let slot = self.saved(name)?;
        let span = name.span();
        if self.frame.get(slot).is_bound {
            return Some(self.place_of(slot, span));
        }
        if self.in_closure {
            if self.reference(name).is_none() {
                self.consumed.insert(name.to_string());
            }
            let place = self.place_of(slot, span);
            return Some(at!(super::mixed(span)=> #private::Read(&raw const #place).captured()));
        }
        if !(last || parting) || self.reference(name).is_some() {
            // A copy or a reborrow, or rustc has refused the original.
            self.note_read(slot);
            let name = super::located(&self.frame.get(slot).name, span);
            return Some(at!(span=> (#name).again()));
        }
        if last {
            self.note_take(slot);
        } else {
            self.note_read(slot);
        }
        let guard = self.guard_of(slot, span);
        Some(at!(span=> (&mut #guard).take()))
    }

    /// `a?`
    fn try_(&mut self, expr: &mut Expr) {
        let Expr::Try(try_) = expr else { return };
        self.value(&mut try_.expr);
        if self.in_closure {
            return;
        }
        let value = self.returning(&original::from_residual(try_));
        let early = at!(super::mixed(span_of(&try_))=> break 'body #value);
        let branch = original::branch(try_, &early);
        *expr = verbatim(branch);
    }

    /// `return a` → `break 'body a`
    fn return_(&mut self, expr: &mut Expr) {
        let Expr::Return(return_) = expr else { return };
        let span = proc_macro2::Span::mixed_site().located_at(span_of(&return_));
        if let Some(value) = &mut return_.expr {
            self.value(value);
        }
        if self.in_closure {
            return;
        }
        let value = match &return_.expr {
            Some(value) => q!(#value),
            None => at!(span=> ()),
        };
        let value = self.returning(&value);
        *expr = verbatim(at!(span=> break 'body #value));
    }

    /// A value of the type that the body returns.
    pub(super) fn returning(&self, value: &TokenStream) -> TokenStream {
        let return_type = &self.target.return_type;
        q!(#private::Returning::<#return_type> { value: #value }.value)
    }
}

/// Whether an expression is evaluated by evaluating operands, which are its own.
fn has_operands(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Paren(_)
            | Expr::Group(_)
            | Expr::Binary(_)
            | Expr::Assign(_)
            | Expr::Call(_)
            | Expr::MethodCall(_)
            | Expr::Array(_)
            | Expr::Tuple(_)
            | Expr::Struct(_)
            | Expr::Range(_)
    )
}

/// Whether an operator takes its operands by reference.
pub(super) fn compares(op: BinOp) -> bool {
    matches!(
        op,
        BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
    )
}
