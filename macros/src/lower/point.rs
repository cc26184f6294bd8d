//! Suspension points.

use proc_macro2::{Delimiter, Group, Ident, Literal, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{BinOp, Expr, Path, Stmt, parse_quote, spanned::Spanned};

use super::{Guard, Lower, OnYield, Point, Role, mixed, point_at, started, verbatim};
use crate::frame::SlotId;
use crate::hygiene::{Attribute, Ends, private, span_of};
use crate::original;
use crate::position::if_else;
use crate::syntax::{self, Special, arms_suspend, generated, special, suspends};

impl Lower<'_> {
    /// Lowers an expression with suspension points which is evaluated in parts. `false` if it is evaluated
    /// as any other, its operands apart.
    pub(super) fn suspending(&mut self, expr: &mut Expr) -> bool {
        match expr {
            Expr::Yield(_) => self.yield_(expr),
            Expr::Await(_) => self.await_(expr),
            Expr::Call(call) if special(call) == Some(Special::YieldFrom) => self.yield_from(expr),
            Expr::Binary(binary) if suspends(&binary.right) => {
                let (left, right) = (&binary.left, &binary.right);
                let mut condition = match binary.op {
                    BinOp::And(_) => if_else(left, right, &parse_quote!(false)),
                    BinOp::Or(_) => if_else(left, &parse_quote!(true), right),
                    _ => return false,
                };
                self.construct_step(&mut condition);
                *expr = condition;
            }
            Expr::If(_)
            | Expr::Loop(_)
            | Expr::While(_)
            | Expr::ForLoop(_)
            | Expr::Block(_)
            | Expr::Unsafe(_) => self.construct_step(expr),
            Expr::Match(match_) if arms_suspend(match_) => self.construct_step(expr),
            _ => return false,
        }
        true
    }

    /// Adds a suspension point. Returns its number.
    fn point(&mut self, source: &Expr, child: Option<SlotId>) -> Literal {
        let number = self.points.len() + 1;
        self.points.push(Point {
            source: source_text(source),
            span: span_of(source),
            child,
        });
        point_at(number)
    }

    /// What is done when the suspension point at hand has been travelled to.
    fn arrived(&self) -> TokenStream {
        let settles = (self.loops.len() > 1).then(|| q!(#private::settle();));
        q!(to = 0; #settles)
    }

    /// What is evaluated before a suspension point: the steps of its operand, then `rest`. The operand has
    /// `inner` suspension points of its own.
    fn before_point(
        &mut self,
        operand: &mut Expr,
        rest: impl FnOnce(&mut Self, &Expr) -> TokenStream,
    ) -> (TokenStream, usize) {
        let inner = self.kept(operand);
        let count = self.points.len();
        let rest = rest(self, operand);
        (q!(#inner #rest), count)
    }

    /// `yield a`:
    ///
    /// ```text
    /// if to < 1 {
    ///     let value = Yielding::<Y> { value: a }.value;
    ///     suspend(&suspending, &raw mut (*frame).at, 1);
    ///     return Step::Yielded(value);
    /// }
    /// to = 0;
    /// let Some(argument) = arrive(&turn) else { return Step::Dropped };
    /// ```
    fn yield_(&mut self, expr: &mut Expr) {
        let source = expr.clone();
        let Expr::Yield(yield_) = expr else { return };
        let ends = Ends::of(yield_);
        let Some(mut operand) = syntax::yielded(yield_).cloned() else {
            return;
        };
        let operand = &mut operand;
        let passed = self.points.len();
        let yield_type = &self.target.yield_type;
        let (before, count) = self.before_point(operand, |_, operand| {
            q!(let value = #private::Yielding::<#yield_type> { value: #operand }.value;)
        });
        let point = self.point(&source, None);
        let arrived = self.arrived();
        self.count += 1;
        let argument = generated(&format!("argument_{}_", self.count));
        let on_yield = self.target.on_yield;
        let dropped = self.leave(&q!(#private::Step::Dropped));
        let arrive = if on_yield == OnYield::Resumed {
            q! {
                let #private::Some(#argument) = #private::arrive(&turn) else {
                    #dropped
                };
                let #argument = (#argument,);
            }
        } else {
            let value = match on_yield {
                OnYield::Item => q!(()),
                _ => q!(#private::lent_context(&turn)),
            };
            q! {
                if #private::dropping(&turn) {
                    #dropped
                }
                let #argument = (#value,);
            }
        };
        let step = match on_yield {
            OnYield::Resumed | OnYield::Item => q!(#private::Step::Yielded(value)),
            OnYield::Pending => q!({ let () = value; #private::Step::Pending }),
            OnYield::Poll => q!(#private::polled(value)),
        };
        let leaves = self.leave(&step);
        let before_it = if count == passed {
            started()
        } else {
            q!(to < #point)
        };
        self.temporaries.steps.extend(q! {
            if #before_it {
                #before
                #private::suspend(&suspending, &raw mut (*frame).at, #point);
                #leaves
            }
            #arrived
            #arrive
        });
        *expr = verbatim(ends.stretch(quote!((#argument).0)));
    }

    /// `a.await`:
    ///
    /// ```text
    /// if to < 1 {
    ///     future_saved.put(IntoFuture::into_future(a));
    /// } else {
    ///     to = 0;
    ///     if dropping(&turn) { return Step::Dropped; }
    /// }
    /// match poll(future.at(), context(&turn)) {
    ///     Poll::Ready(output) => output,
    ///     Poll::Pending => { suspend(&suspending, &raw mut (*frame).at, 1); return Step::Pending; }
    /// }
    /// ```
    fn await_(&mut self, expr: &mut Expr) {
        let source = expr.clone();
        let Expr::Await(await_) = expr else { return };
        // What is called is where its argument is, so that an error is about that alone.
        let (whole, ends) = (Ends::of(await_), Ends::of(&await_.base));
        let pending = self.leave(&q!(#private::Step::Pending));
        let poll = ends.stretch(quote!(#private::poll));
        let value = self.polled(
            "future",
            &mut await_.base,
            &source,
            |_, base| {
                let into_future = ends.stretch(quote!(#private::IntoFuture::into_future));
                let base = at!(ends.last()=> (#base));
                quote!(#into_future #base)
            },
            |future, leave| {
                q! {
                    match #poll(#future, #private::context(&turn)) {
                        #private::Poll::Ready(output) => output,
                        #private::Poll::Pending => {
                            #leave
                            #pending
                        }
                    }
                }
            },
        );
        *expr = self.step("output", whole, &value);
    }

    /// What is made once, kept, and polled whenever control gets there. `what` it is called;
    /// `made` of the operand; `polled` where it is, with what comes before the machine is left.
    fn polled(
        &mut self,
        what: &str,
        operand: &mut Expr,
        source: &Expr,
        made: impl FnOnce(&Self, &Expr) -> TokenStream,
        polled: impl FnOnce(&TokenStream, &TokenStream) -> TokenStream,
    ) -> TokenStream {
        let ends = Ends::of(operand);
        let slot = self.in_scope(|this| this.anonymous(what));
        let (name, saved) = self.names(slot);
        let (before, count) = self.before_point(operand, |this, operand| {
            let made = made(this, operand);
            q!(#private::put(&mut #saved, #made);)
        });
        let point = self.point(source, Some(slot));
        let arrived = self.arrived();
        let guard = self.render_guard(&Guard {
            slot,
            after: count,
            until: Some(self.points.len()),
            role: Role::Only,
        });
        let dropped = self.leave(&q!(#private::Step::Dropped));
        let polled = polled(
            &ends.stretch(quote!((#name).at())),
            &q!(#private::suspend(&suspending, &raw mut (*frame).at, #point);),
        );
        q! {{
            #guard
            if to < #point {
                #before
            } else {
                #arrived
                if #private::dropping(&turn) {
                    #dropped
                }
            }
            #polled
        }}
    }

    /// `yield_from!(a, first)`: as `.await`, but for a generator, and what it yields is yielded.
    fn yield_from(&mut self, expr: &mut Expr) {
        if self.target.on_yield.is_polled() {
            return self.yield_items(expr);
        }
        let source = expr.clone();
        let Expr::Call(call) = expr else { return };
        let span = mixed(call.func.span());
        let mut args = call.args.iter().cloned();
        let machine = args.next();
        let first = args.next().unwrap_or_else(|| {
            verbatim(Ends::of(call).stretch(quote!(#private::NoArgument::first())))
        });
        let ends = Ends::of(&machine);
        let slot = self.in_scope(|this| this.anonymous("machine"));
        let (name, saved) = self.names(slot);
        // Both operands are evaluated in order, so they are lowered as one tuple.
        let resume_type = &self.target.resume_type;
        let mut operands: Expr =
            parse_quote!((#machine, #private::Given::<#resume_type> { argument: #first }));
        let (before, count) = self.before_point(&mut operands, |this, operands| {
            let types = (&this.target.resume_type, &this.target.yield_type);
            let names = generated("operands");
            let operand = ends.stretch(quote!((#names).0));
            let machine = original::into_machine(types, ends, &operand);
            at! {span=>
                let #names = #operands;
                #private::put(&mut #saved, #machine);
                #names.1.argument
            }
        });
        let point = self.point(&source, Some(slot));
        let arrived = self.arrived();
        let guard = self.render_guard(&Guard {
            slot,
            after: count,
            until: Some(self.points.len()),
            role: Role::Only,
        });
        let resume = if self.target.movable {
            at!(span=> #private::resume_movable_delegate)
        } else {
            at!(span=> #private::resume_delegate)
        };
        let dropped = self.leave(&q!(#private::Step::Dropped));
        let yielded = self.leave(&q!(#private::Step::Yielded(value)));
        let value = q! {{
            #guard
            let argument = if to < #point {
                #before
            } else {
                #arrived
                let #private::Some(argument) = #private::arrive(&turn) else {
                    #dropped
                };
                argument
            };
            match #resume(#name.at(), argument) {
                ::handcrank::GeneratorState::Complete(output) => output,
                ::handcrank::GeneratorState::Yielded(value) => {
                    #private::suspend(&suspending, &raw mut (*frame).at, #point);
                    #yielded
                }
            }
        }};
        *expr = self.step("output", Ends::of(&source), &value);
    }

    /// `yield_from!(a)` in a stream: as `.await`, but of many values, each of which is yielded.
    fn yield_items(&mut self, expr: &mut Expr) {
        let source = expr.clone();
        let Expr::Call(call) = expr else { return };
        if let Some(first) = call.args.get(1) {
            self.errors.reject(
                first,
                "`yield_from!` takes one argument in a stream, which is polled without a value; leave this out",
            );
        }
        let Some(items) = call.args.first_mut() else {
            return;
        };
        let ends = Ends::of(items);
        let pour = ends.stretch(quote!(#private::pour));
        let leaves = self.leave(&q! {
            match item {
                #private::Poll::Ready(#private::Some(item)) => #private::Step::Yielded(item),
                _ => #private::Step::Pending,
            }
        });
        let value = self.polled(
            "items",
            items,
            &source,
            |this, operand| original::into_items(&this.target.yield_type, ends, &quote!(#operand)),
            |items, leave| {
                q! {
                    match #pour(#items, #private::context(&turn)) {
                        #private::Poll::Ready(#private::None) => {}
                        item => {
                            #leave
                            #leaves
                        }
                    }
                }
            },
        );
        *expr = self.step("output", Ends::of(&source), &value);
    }

    /// Leaves the body, for now.
    fn leave(&self, step: &TokenStream) -> TokenStream {
        if self.target.may_return_unseen {
            q!(return leaving.suspended(#step);)
        } else {
            q!(return #step;)
        }
    }

    fn names(&self, slot: SlotId) -> (syn::Ident, syn::Ident) {
        let slot = self.frame.get(slot);
        (slot.name.clone(), slot.guard.clone())
    }
}

/// A suspension point as the user wrote it, on one line.
fn source_text(expr: &Expr) -> String {
    if let Some(path) = joined(expr) {
        return tidy(&format!("{}!(..)", path.to_token_stream()));
    }
    let text = match expr {
        Expr::Yield(yield_) => {
            let value = written(syntax::yielded(yield_).to_token_stream()).to_string();
            // `()` may be what the user left out.
            format!("yield_!({})", if value == "()" { "" } else { &value })
        }
        Expr::Call(call) => format!("yield_from!({})", written(call.args.to_token_stream())),
        expr => written(expr.to_token_stream()).to_string(),
    };
    tidy(&text)
}

/// The macro that an `async` block of ours waits for several futures by.
fn joined(expr: &Expr) -> Option<&Path> {
    let Expr::Await(await_) = expr else {
        return None;
    };
    let mut base = &*await_.base;
    while let Expr::Paren(paren) = base {
        base = &paren.expr;
    }
    let Expr::Async(block) = base else {
        return None;
    };
    if !Attribute::new().is_at(block.async_token.span) {
        return None;
    }
    match &*block.block.stmts {
        [Stmt::Expr(Expr::Macro(joins), _)] => Some(&joins.mac.path),
        [Stmt::Macro(joins)] => Some(&joins.mac.path),
        _ => None,
    }
}

/// What of an expression the user wrote: without the attributes by which stages mark expressions, without
/// parentheses around a name, which come of that, and with the names that locals had.
fn written(tokens: TokenStream) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut kept = Vec::<TokenTree>::new();
    while let Some(token) = tokens.next() {
        let is_mark = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#')
            && matches!(tokens.peek(), Some(TokenTree::Group(group))
                if group.stream().to_string().starts_with("handcrank_"));
        if is_mark {
            tokens.next();
            continue;
        }
        match token {
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = written(group.stream()).into_iter().collect();
                let may_be_call = match kept.last() {
                    Some(TokenTree::Punct(before)) => matches!(before.as_char(), '!' | '>'),
                    before => before.is_some(),
                };
                match &*inner {
                    [TokenTree::Ident(name)]
                        if group.delimiter() == Delimiter::Parenthesis && !may_be_call =>
                    {
                        kept.push(TokenTree::Ident(name.clone()));
                    }
                    _ => {
                        let inner = inner.into_iter().collect();
                        kept.push(TokenTree::Group(Group::new(group.delimiter(), inner)));
                    }
                }
            }
            TokenTree::Ident(name) => kept.push(TokenTree::Ident(as_written(name))),
            token => kept.push(token),
        }
    }
    kept.into_iter().collect()
}

/// A name as it is spelled where it stands: locals are told apart by new names.
fn as_written(name: Ident) -> Ident {
    match name.span().source_text().as_deref() {
        Some("self") => Ident::new("self", name.span()),
        Some(spelled) if name.to_string().starts_with(spelled) => {
            syn::parse_str(spelled).unwrap_or(name)
        }
        _ => name,
    }
}

/// Printed tokens, without the spaces that nobody would write.
fn tidy(tokens: &str) -> String {
    let mut text = tokens.split_whitespace().collect::<Vec<_>>().join(" ");
    for (printed, written) in [
        (" . ", "."),
        (" .", "."),
        (" :: ", "::"),
        (":: ", "::"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" [", "["),
        ("[ ", "["),
        (" ]", "]"),
        (" ,", ","),
        (" ;", ";"),
        (" >()", ">()"),
        (" !", "!"),
        (" ?", "?"),
        ("& ", "&"),
        ("(* ", "(*"),
        (", * ", ", *"),
        ("(- ", "(-"),
        (", - ", ", -"),
    ] {
        text = text.replace(printed, written);
    }
    text
}
