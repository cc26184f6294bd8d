//! Loops.
//!
//! ```text
//! for x in v { A }
//!     →  if to == 0 { items_saved.put(IntoIterator::into_iter(v)); }
//!        'loop_1: loop {
//!            if to == 0 {
//!                match Iterator::next(&mut *items.at()) { Some(a) => x.init(a), None => break 'loop_1 }
//!            }
//!            .. guard of `x` .. A
//!        }
//!
//! while let Some(x) = f() { A }       →  'loop_1: loop { match f() { Some(x) => A, _ => break 'loop_1 } }
//! ```

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Block, Expr, parse_quote};

use super::{
    Guard, Lower,
    block::braced,
    pattern::{Scrutinee, is_whole},
    plain, point_at, started, verbatim,
};
use crate::coerced;
use crate::hygiene::{Ends, private, span_of};
use crate::position::tail;
use crate::syntax::{Special, arms_suspend, bindings, pattern_use, plain_name, special, suspends};

impl Lower<'_> {
    /// A `while` without suspension points.
    pub(super) fn plain_while(&mut self, expr: &mut Expr) {
        let Expr::While(while_) = expr else { return };
        self.unheld(|this| {
            this.value(&mut while_.cond);
            this.plain_block(&mut while_.body);
        });
    }

    /// Enters a loop with suspension points: what is declared outside of it may be moved in one turn and
    /// missed in the next.
    ///
    /// Where the loop is entered in the middle, that is what the first turn travels to. Told so, LLVM asks once
    /// in each turn whether it is the first.
    fn in_loop(&mut self, lower: impl FnOnce(&mut Self) -> TokenStream) -> TokenStream {
        let before = self.points.len();
        self.loops.push(self.frame.len());
        let lowered = lower(self);
        self.loops.pop();
        let end = point_at(self.points.len());
        // `Start` comes before all others.
        let after = (before > 0).then(|| {
            let (started, after) = (started(), point_at(before));
            q!(#started || to > #after &&)
        });
        q!(#private::known(#after to <= #end); #lowered)
    }

    pub(super) fn loop_(&mut self, loop_: &syn::ExprLoop) -> TokenStream {
        let label = &loop_.label;
        let body = self.in_loop(|this| this.terminating_block(&loop_.body));
        q!(#label loop { #body })
    }

    pub(super) fn while_(&mut self, while_: &syn::ExprWhile) -> TokenStream {
        let label = &while_.label;
        let name = label.as_ref().map(|label| &label.name);
        let (cond, body) = (&while_.cond, &while_.body);
        let mut if_: syn::ExprIf = parse_quote!(if x {} else { break #name });
        if_.cond = cond.clone();
        if_.then_branch = body.clone();
        let turn = self.in_loop(|this| {
            let (before, turn) = this.full(false, |this| this.if_(&mut if_));
            q!(#before #turn)
        });
        q!(#label loop { #turn })
    }

    pub(super) fn for_(&mut self, for_: &mut syn::ExprForLoop) -> TokenStream {
        self.in_scope(|this| this.for_inner(for_))
    }

    fn for_inner(&mut self, for_: &mut syn::ExprForLoop) -> TokenStream {
        let slot = self.anonymous("items");
        let has_points = suspends(&for_.expr);
        let is_range = plain::is_range(&for_.expr);
        // What is called is where its argument is, so that an error is about that alone.
        let ends = Ends::of(&for_.expr);
        // Its temporaries live as long as those of any scrutinee: as the full expression around.
        let inner = self.kept(&mut for_.expr);
        let (items, saved) = {
            let slot = self.frame.get(slot);
            (slot.name.clone(), slot.guard.clone())
        };
        let condition = self.until_here(has_points);
        let iterable = &for_.expr;
        let into_iter = ends.stretch(quote!(#private::IntoIterator::into_iter));
        let iterable = at!(ends.last()=> (#iterable));
        let iterate = q! {
            if #condition { #inner #private::put(&mut #saved, #into_iter #iterable); }
        };
        let after = self.points.len();
        let label = &for_.label;
        let name = label.as_ref().map(|label| &label.name);
        let pat = (*for_.pat).clone();
        if let (Some(name), true) = (plain_name(&pat), is_range) {
            self.plain.insert(name.to_string());
        }
        let names = bindings(&pat);
        let started = started();
        let turn = self.in_loop(|this| {
            this.in_scope(|this| {
                // What the pattern leaves of an item lives as long as its bindings.
                let span = span_of(&*for_.expr);
                let item = (!is_whole(&pat)).then(|| {
                    let item = this.anonymous("item");
                    // It is taken apart before the body's suspension points.
                    let scrutinee = if pattern_use(&pat).takes {
                        Scrutinee::Owned(this.owned_slot(item, span))
                    } else {
                        Scrutinee::Plain(this.place_of(item, span))
                    };
                    (item, scrutinee)
                });
                let (slots, body) = this.in_scope(|this| {
                    let slots = this.declare_all(&names);
                    (slots, this.terminating_block(&for_.body))
                });
                let init = this.init(&names);
                let guards = this.bound_guards(&slots, after);
                let next = ends.stretch(quote!(#private::Iterator::next));
                let place = ends.stretch(quote!(&mut *(#items).at()));
                let next = q!(#next(#place));
                let Some((item, scrutinee)) = item else {
                    return q! {
                        if #started {
                            match #next {
                                #private::Some(#pat) => { #init }
                                #private::None => break #name,
                                _ => #private::unmatched(),
                            }
                        }
                        #guards
                        #body
                    };
                };
                let pats = std::slice::from_ref(&pat);
                let dispatch = this.dispatch(&scrutinee, pats, &[q!({ #init })]);
                let item_name = this.frame.get(item).name.clone();
                let item_guard = this.bound_guards(&[item], after);
                q! {
                    if #started {
                        match #next {
                            #private::Some(item) => #private::init(#item_name, item),
                            #private::None => break #name,
                        }
                    }
                    #item_guard
                    if #started { #dispatch }
                    #guards
                    #body
                }
            })
        });
        let guard = self.render_guard(&Guard::since(slot, after));
        q!({ #guard #iterate #label loop { #turn } })
    }

    /// An expression with suspension points that decides where control goes.
    pub(super) fn construct(&mut self, expr: &mut Expr) -> TokenStream {
        // What it loops over or matches on is nested in it.
        self.temporaries.is_full = false;
        // It has its type from where it stands.
        coerced::take_number(expr);
        match expr {
            Expr::Block(e) => {
                let label = &e.label;
                let block: &Block = &e.block;
                let body = self.block(block);
                let block = braced(block, body);
                q!(#label #block)
            }
            Expr::Unsafe(e) => {
                let body = self.block(&e.block);
                braced(&e.block, body)
            }
            Expr::If(e) => self.in_scope(|this| this.if_(e)),
            Expr::Match(e) => self.match_(e),
            Expr::Call(e) => self.chosen(e),
            Expr::Loop(e) => self.loop_(e),
            Expr::While(e) => self.while_(e),
            Expr::ForLoop(e) => self.for_(e),
            _ => TokenStream::new(),
        }
    }

    /// A full expression as it stands, where it is all there is to evaluate.
    ///
    /// ```text
    /// break 'l if c { A } else { B }      →  break 'l (if .. { A } else { B })      B is what `'l` expects
    /// ```
    pub(super) fn direct(&mut self, expr: &mut Expr) -> TokenStream {
        if self.is_step(expr) {
            return self.construct(expr);
        }
        if let Some(value) = leaves_with(expr).filter(|value| self.is_step(value)) {
            let construct = self.construct(value);
            *value = verbatim(q!((#construct)));
        }
        self.value(expr);
        tail(expr)
    }
}

/// What a `break` or a `return` is given.
fn leaves_with(expr: &mut Expr) -> Option<&mut Expr> {
    let mut value = match expr {
        Expr::Break(e) => e.expr.as_deref_mut()?,
        Expr::Return(e) => e.expr.as_deref_mut()?,
        _ => return None,
    };
    while let Expr::Paren(syn::ExprParen { expr, .. }) | Expr::Group(syn::ExprGroup { expr, .. }) =
        value
    {
        value = expr;
    }
    Some(value)
}

/// Whether what an expression evaluates to comes from a block in it, and not from operands.
pub(super) fn is_construct(expr: &Expr) -> bool {
    match expr {
        Expr::If(_)
        | Expr::Loop(_)
        | Expr::While(_)
        | Expr::ForLoop(_)
        | Expr::Block(_)
        | Expr::Unsafe(_) => true,
        Expr::Match(match_) => arms_suspend(match_),
        Expr::Call(call) => special(call) == Some(Special::Chosen),
        _ => false,
    }
}
