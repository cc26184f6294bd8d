//! Expressions: uses of saved locals, by what the use does.
//!
//! ```text
//! f(x)        →  f(x_saved.take())      the last use: moves, or copies what nobody reads again
//! f(x); g(x)  →  f((*x.at())); ..       copies
//! &x, x.y, x[i], *x, x == y             →  the place (*x.at())
//! x = f()     →  x_saved.set(f())
//! ```

use proc_macro2::TokenStream;
use syn::{BinOp, Expr, ExprPath, UnOp, spanned::Spanned};

use super::{Lower, verbatim};
use crate::hygiene::{private, span_of};
use crate::syntax::{self, Special, is_constant_value, is_last_use, is_place, special, suspends};

impl Lower<'_> {
    /// Lowers an expression whose value is used.
    pub(super) fn value(&mut self, expr: &mut Expr) {
        if self.suspends(expr) && self.suspending(expr) {
            return;
        }
        match expr {
            Expr::Path(path) => {
                if let Some(value) = self.read(path) {
                    *expr = verbatim(value);
                }
            }
            Expr::Paren(e) => self.value(&mut e.expr),
            Expr::Group(e) => self.value(&mut e.expr),
            Expr::Reference(e) => {
                let mutable = e.mutability.is_some();
                self.borrowed(&mut e.expr, mutable);
            }
            Expr::RawAddr(e) => self.place(&mut e.expr),
            Expr::Unary(e) if !matches!(e.op, UnOp::Deref(_)) => self.value(&mut e.expr),
            Expr::Field(_) | Expr::Unary(_) => match self.part_value(expr) {
                Some(value) => *expr = verbatim(value),
                None => self.place(expr),
            },
            Expr::Index(_) => self.place(expr),
            Expr::Cast(e) => self.value(&mut e.expr),
            Expr::Await(e) => self.value(&mut e.base),
            Expr::Repeat(e) => self.value(&mut e.expr),
            Expr::Binary(e) => match e.op {
                BinOp::And(_) | BinOp::Or(_) => self.lazy(e),
                op if compares(op) => {
                    self.operands(&mut [(&mut e.left, true), (&mut e.right, true)]);
                }
                op if assigns(op) => {
                    self.check_compound(&e.left, &e.right);
                    self.value(&mut e.right);
                    self.place(&mut e.left);
                }
                _ => self.operands(&mut [(&mut e.left, false), (&mut e.right, false)]),
            },
            Expr::Assign(_) => self.assign(expr),
            Expr::Call(call) if special(call).is_some_and(Special::is_macro) => {
                self.std_macro(expr);
            }
            Expr::Call(_) => self.call(expr),
            Expr::MethodCall(_) => self.method_call(expr),
            Expr::Array(e) => {
                let mut operands: Vec<_> = e.elems.iter_mut().map(|e| (e, false)).collect();
                self.operands(&mut operands);
            }
            Expr::Tuple(e) => {
                let mut operands: Vec<_> = e.elems.iter_mut().map(|e| (e, false)).collect();
                self.operands(&mut operands);
            }
            Expr::Struct(e) => {
                let mut operands: Vec<_> =
                    e.fields.iter_mut().map(|f| (&mut f.expr, false)).collect();
                if let Some(rest) = &mut e.rest {
                    operands.push((&mut **rest, true));
                }
                self.operands(&mut operands);
            }
            Expr::Range(e) => {
                let bounds = [&mut e.start, &mut e.end];
                let mut operands: Vec<_> = bounds
                    .into_iter()
                    .flatten()
                    .map(|e| (&mut **e, false))
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
            Expr::Let(e) => self.place(&mut e.expr),
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
            Expr::Macro(call) => self.unknown_macro(&mut call.mac),
            _ => {}
        }
    }

    /// `a && b`, where `b` does not suspend: both operands drop their own temporaries.
    fn lazy(&mut self, binary: &mut syn::ExprBinary) {
        let left = &mut binary.left;
        if self.suspends(left) {
            let span = span_of(left);
            let (before, ()) = self.full(false, |this| this.value(left));
            **left = self.step("value", span, &q!({ #before #left }));
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

    /// Runs `lower` for code that drops its own temporaries.
    pub(super) fn unheld<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> T {
        let hold = std::mem::replace(&mut self.hold, false);
        let lowered = self.nested(lower);
        self.hold = hold;
        lowered
    }

    /// A local's value: taken if this is its last use, copied if not. `None` if it is not saved.
    fn read(&mut self, path: &mut ExprPath) -> Option<TokenStream> {
        let last = is_last_use(path);
        syntax::set_last_use(path, false);
        let name = path.path.get_ident()?;
        let slot = self.saved(name)?;
        let span = name.span();
        if self.in_closure {
            return Some(self.place_of(slot, span));
        }
        if !last || self.reference(name).is_some() {
            // A copy or a reborrow, or rustc has refused the original.
            self.place_of(slot, span);
            let name = super::located(&self.frame.get(slot).name, span);
            return Some(at!(span=> #name.again()));
        }
        self.note_take(slot);
        let guard = self.guard_of(slot, span);
        Some(at!(span=> (&mut #guard).take()))
    }

    /// Lowers an expression that is borrowed, read in part, or assigned to.
    pub(super) fn place(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Path(path) => {
                syntax::set_last_use(path, false);
                if let Some(slot) = path.path.get_ident().and_then(|name| self.saved(name)) {
                    *expr = verbatim(self.place_of(slot, path.span()));
                }
            }
            Expr::Paren(e) => self.place(&mut e.expr),
            Expr::Group(e) => self.place(&mut e.expr),
            Expr::Field(e) => self.place(&mut e.base),
            Expr::Index(e) => {
                if self.suspends(&e.index) && !is_plain_place(&e.expr) {
                    self.errors.reject(
                        &e.expr,
                        "a place that is indexed by a suspension point is not supported yet unless it \
                         is a local or a field; bind the index first: `let index = ..;`",
                    );
                }
                if self.suspends(&e.index) {
                    self.value(&mut e.index);
                    self.place(&mut e.expr);
                } else {
                    self.place(&mut e.expr);
                    self.value(&mut e.index);
                }
            }
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => self.place(&mut e.expr),
            _ => self.held(expr),
        }
    }

    /// Lowers a value in a place where Rust makes a temporary of it. If a suspension point follows before
    /// that temporary is dropped, it is a saved local.
    fn held(&mut self, expr: &mut Expr) {
        if !self.hold || self.in_closure || is_constant_value(expr) || needs_no_drop(expr) {
            return self.value(expr);
        }
        self.temporary(expr);
    }

    /// A temporary that is a saved local if a suspension point follows before it is dropped.
    fn temporary(&mut self, expr: &mut Expr) {
        if !self.hold || self.in_closure {
            return self.value(expr);
        }
        let slot = self.anonymous("temporary");
        let after = self.points.len();
        self.value(expr);
        let guard = &self.frame.get(slot).guard;
        *expr = verbatim(at!(span_of(&expr)=> (*#private::put(&mut #guard, #expr))));
        let after = after.max(self.points.len());
        self.temporaries.guards.push(super::Guard {
            slot,
            after,
            until: None,
        });
    }

    /// Lowers the operand of `&`.
    fn borrowed(&mut self, expr: &mut Expr, mutable: bool) {
        if is_constant_value(expr) && mutable {
            self.temporary(expr);
        } else if is_place(expr) {
            self.place(expr);
        } else {
            self.held(expr);
        }
    }

    fn assign(&mut self, expr: &mut Expr) {
        let Expr::Assign(assign) = expr else { return };
        let span = span_of(&assign);
        if self.assign_at_index(assign) {
            return;
        }
        if self.suspends(&assign.left) {
            self.errors.reject(
                &assign.left,
                "a suspension point on the left of `=` is not supported yet; bind it first: \
                 `let index = ..;`",
            );
        }
        if matches!(*assign.left, Expr::Infer(_)) && is_place(&assign.right) {
            // Neither moved nor copied.
            self.place(&mut assign.right);
            return;
        }
        self.value(&mut assign.right);
        if let Some(refill) = self.refill(&assign.left) {
            self.place(&mut assign.left);
            let (left, right) = (&assign.left, &assign.right);
            *expr = verbatim(at! {super::mixed(span)=>
                (match (#right) {
                    value => #private::refill(&raw mut #left, #refill, value),
                })
            });
            return;
        }
        let saved = syntax::as_name(&assign.left).and_then(|name| self.saved(name));
        match saved {
            Some(slot) if !self.in_closure => {
                let guard = self.guard_of(slot, span_of(&assign.left));
                let right = &assign.right;
                let span = super::mixed(span);
                // The value first: it may be made of the local's old one.
                *expr = verbatim(at! {span=>
                    (match (#right) { value => #private::set(&mut #guard, value) })
                });
            }
            _ if destructures(&assign.left) && !self.in_closure => {
                let mut sets = TokenStream::new();
                let mut names = Vec::new();
                self.destructured(&mut assign.left, &mut names, &mut sets);
                let (left, right) = (&assign.left, &assign.right);
                *expr = verbatim(at!(span=> ({
                    #(let #names;)*
                    #left = #right;
                    #sets
                })));
            }
            _ => self.place(&mut assign.left),
        }
    }

    /// `a[yield i] = b`: `b` is evaluated first, then `i`.
    fn assign_at_index(&mut self, assign: &mut syn::ExprAssign) -> bool {
        match &mut *assign.left {
            Expr::Index(index) if self.suspends(&index.index) && is_plain_place(&index.expr) => {
                self.operands(&mut [(&mut assign.right, false), (&mut index.index, false)]);
                self.place(&mut index.expr);
                true
            }
            _ => false,
        }
    }

    /// The saved locals in a destructuring assignment are assigned from plain ones.
    fn destructured(
        &mut self,
        left: &mut Expr,
        names: &mut Vec<syn::Ident>,
        sets: &mut TokenStream,
    ) {
        match left {
            Expr::Tuple(e) => e
                .elems
                .iter_mut()
                .for_each(|e| self.destructured(e, names, sets)),
            Expr::Array(e) => e
                .elems
                .iter_mut()
                .for_each(|e| self.destructured(e, names, sets)),
            Expr::Call(e) => e
                .args
                .iter_mut()
                .for_each(|e| self.destructured(e, names, sets)),
            Expr::Struct(e) => {
                e.fields
                    .iter_mut()
                    .for_each(|f| self.destructured(&mut f.expr, names, sets));
            }
            Expr::Paren(e) => self.destructured(&mut e.expr, names, sets),
            Expr::Infer(_) | Expr::Range(_) => {}
            _ => match syntax::as_name(left).and_then(|name| self.saved(name)) {
                Some(slot) => {
                    let guard = self.guard_of(slot, span_of(&left));
                    let name = super::located(
                        &quote::format_ident!("assigned_{}", names.len()),
                        span_of(&left),
                    );
                    sets.extend(q!(#private::set(&mut #guard, #name);));
                    *left = verbatim(q!(#name));
                    names.push(name);
                }
                None => {
                    // Assigned below, where it is known whether it has been moved.
                    if let Some(refill) = self.refill(left) {
                        let name = super::located(
                            &quote::format_ident!("assigned_{}", names.len()),
                            span_of(left),
                        );
                        self.place(left);
                        sets.extend(q!(#private::refill(&raw mut #left, #refill, #name);));
                        *left = verbatim(q!(#name));
                        names.push(name);
                    } else {
                        self.place(left);
                    }
                }
            },
        }
    }

    /// `a += yield b`: whether `a` or `b` comes first depends on their types, unless `a` is a plain place.
    fn check_compound(&mut self, left: &Expr, right: &Expr) {
        if self.suspends(left) || (self.suspends(right) && !is_plain_place(left)) {
            self.errors.reject(
                left,
                "an assignment to this place with a suspension point is not supported yet; bind the \
                 value first: `let value = ..;`",
            );
        }
    }

    /// `a?` → `match branch(a) { Continue(value) => value, Break(residual) => return from(residual) }`
    fn try_(&mut self, expr: &mut Expr) {
        let Expr::Try(try_) = expr else { return };
        self.value(&mut try_.expr);
        if self.in_closure {
            return;
        }
        let operand = &try_.expr;
        let span = proc_macro2::Span::mixed_site().located_at(span_of(&try_));
        let return_type = &self.target.return_type;
        *expr = verbatim(at! {span=>
            (match #private::branch(#operand) {
                #private::ControlFlow::Continue(value) => value,
                #private::ControlFlow::Break(residual) => break 'body #private::Returning::<#return_type> {
                    value: #private::FromResidual::from_residual(residual),
                }.value,
            })
        });
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

    /// One of std's macros. Most drop the temporaries of their arguments themselves.
    fn std_macro(&mut self, expr: &mut Expr) {
        let Expr::Call(call) = &*expr else { return };
        let name = syntax::macro_name(call).unwrap_or_default();
        if name == "pin" && self.hold && !self.in_closure {
            return self.held_pin(expr);
        }
        if keeps_temporaries(&name) {
            return self.macro_arguments(expr, &name);
        }
        if self.suspends(expr) {
            let span = span_of(&expr);
            let (before, ()) = self.full(false, |this| this.macro_arguments(expr, &name));
            *expr = self.step("value", span, &q!({ #before #expr }));
        } else {
            self.unheld(|this| this.macro_arguments(expr, &name));
        }
    }

    /// `pin!(a)`, whose value is kept across a suspension point: `pinned(&mut a)`.
    fn held_pin(&mut self, expr: &mut Expr) {
        let Expr::Call(call) = expr else { return };
        let Some(operand) = call.args.first_mut() else {
            return;
        };
        self.check_pin(operand);
        self.held(operand);
        *expr = verbatim(q!(#private::pinned(&mut #operand)));
    }

    /// What is pinned in the frame must stay where it is.
    pub(super) fn check_pin(&mut self, operand: &Expr) {
        if self.target.movable {
            self.errors.reject(
                operand,
                "`pin!` across a suspension point of a generator that may move: what it pins would move \
                 with it; return a pinned one, `impl Generator` without `Unpin`, or use `Box::pin`",
            );
        }
    }

    /// Lowers a macro's arguments as it uses them.
    fn macro_arguments(&mut self, expr: &mut Expr, name: &str) {
        let Expr::Call(call) = expr else { return };
        let by_value = matches!(name, "vec" | "dbg" | "pin");
        let condition = name == "assert" || name == "debug_assert";
        let mut operands: Vec<(&mut Expr, bool)> = Vec::new();
        for (number, arg) in call.args.iter_mut().enumerate() {
            let is_place = !(by_value || condition && number == 0);
            match arg {
                Expr::Assign(named) => operands.push((&mut *named.right, is_place)),
                arg => operands.push((arg, is_place)),
            }
        }
        self.operands(&mut operands);
        if let Some(restored) = syntax::macro_tokens(call) {
            *expr = verbatim(restored);
        }
    }
}

/// Whether temporaries in the arguments of a macro live as long as the statement around it.
fn keeps_temporaries(name: &str) -> bool {
    matches!(
        name,
        "vec"
            | "dbg"
            | "pin"
            | "write"
            | "writeln"
            | "format_args"
            | "assert_eq"
            | "assert_ne"
            | "debug_assert_eq"
            | "debug_assert_ne"
    )
}

/// Whether an operator takes its operands by reference.
fn compares(op: BinOp) -> bool {
    matches!(
        op,
        BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
    )
}

/// Whether an operator assigns to its left operand.
fn assigns(op: BinOp) -> bool {
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

/// A local, or a field of one: evaluating it does nothing.
pub(super) fn is_plain_place(expr: &Expr) -> bool {
    match syntax::strip(expr) {
        Expr::Path(_) => true,
        Expr::Field(field) => is_plain_place(&field.base),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)) && is_plain_place(&unary.expr),
        _ => false,
    }
}

fn destructures(left: &Expr) -> bool {
    matches!(
        left,
        Expr::Tuple(_) | Expr::Array(_) | Expr::Call(_) | Expr::Struct(_) | Expr::Paren(_)
    )
}

/// Whether it is plain that a value has no destructor.
fn needs_no_drop(expr: &Expr) -> bool {
    match syntax::strip(expr) {
        Expr::Lit(_) | Expr::Path(_) | Expr::Reference(_) | Expr::RawAddr(_) | Expr::Cast(_) => {
            true
        }
        Expr::Closure(closure) => closure.capture.is_none(),
        Expr::Binary(binary) => {
            compares(binary.op) || matches!(binary.op, BinOp::And(_) | BinOp::Or(_))
        }
        _ => false,
    }
}
