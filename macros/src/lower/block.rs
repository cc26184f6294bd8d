//! Blocks.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::quote;
use syn::{Block, Expr, Stmt};

use super::{Guard, Lower, changes::Changes, started, verbatim};
use crate::syntax::{stmt_suspends, suspends};
use crate::{edition, frame::SlotId};

/// A part of a lowered block.
pub(super) enum Piece {
    /// A guard, which is declared when all uses of its local have been lowered.
    Guard(Guard),
    /// Runs if nothing is travelled to.
    Started(TokenStream),
    /// Runs in any case.
    Always(TokenStream),
    /// The type of a local is known here: what its guard has to know of it.
    Typed(SlotId),
}

impl Lower<'_> {
    /// The whole body: it evaluates to what the generator returns.
    pub(super) fn body(&mut self, body: &Block) -> TokenStream {
        let mut tail: Expr = Expr::Block(syn::ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: body.clone(),
        });
        let value = if suspends(&tail) {
            let block = self.terminating_block(body);
            braced(body, block)
        } else {
            self.value(&mut tail);
            quote!(#tail)
        };
        self.returning(&value)
    }

    /// A block with suspension points: what stands between its braces.
    ///
    /// Before edition 2024, the temporaries of its tail belong to the full expression around.
    pub(super) fn block(&mut self, block: &Block) -> TokenStream {
        let hold = self.hold;
        self.unheld(|this| this.in_scope(|this| this.statements(&block.stmts, hold)))
    }

    /// The same of a block that is a full expression: a branch, or the body of a loop.
    pub(super) fn terminating_block(&mut self, block: &Block) -> TokenStream {
        if edition::is_2024() {
            return self.block(block);
        }
        let (before, lowered) = self.full(false, |this| this.block(block));
        let block = braced(block, lowered);
        q!(#before #block)
    }

    /// `hold`: whether a suspension point follows in the full expression around.
    fn statements(&mut self, stmts: &[Stmt], hold: bool) -> TokenStream {
        let last = stmts.iter().rposition(stmt_suspends);
        let mut pieces: Vec<Piece> = stmts
            .iter()
            .filter(|stmt| matches!(stmt, Stmt::Item(_)))
            .map(|item| Piece::Always(quote!(#item)))
            .collect();
        let mut deferred = Vec::new();
        for (number, stmt) in stmts.iter().enumerate() {
            let mut stmt = stmt.clone();
            let is_tail = matches!(stmt, Stmt::Expr(_, None)) && number + 1 == stmts.len();
            if is_tail {
                pieces.extend(deferred.drain(..).map(|(_, slot)| Piece::Typed(slot)));
            }
            let assigned = Changes::of_stmt(&stmt).assigned_locals();
            match last {
                _ if matches!(stmt, Stmt::Item(_)) => {}
                Some(last) if number < last => match &mut stmt {
                    Stmt::Macro(call) => {
                        let call = self.statement_macro(call, &stmts[number + 1..]);
                        pieces.push(Piece::Started(call));
                    }
                    stmt => self.before_last(stmt, &mut pieces),
                },
                Some(last) if number == last && is_tail && !edition::is_2024() => {
                    self.hold = hold;
                    pieces.push(Piece::Always(self.tail(&mut stmt)));
                    self.hold = false;
                }
                Some(last) if number == last => self.last(&mut stmt, &mut pieces),
                _ => {
                    self.plain_stmt(&mut stmt);
                    terminate(&mut stmt, number + 1 == stmts.len());
                    pieces.push(Piece::Always(quote!(#stmt)));
                }
            }
            deferred.append(&mut self.deferred);
            // A local that is declared without a value has a type once it is assigned.
            deferred.retain(|(name, slot)| {
                let is_typed = assigned.contains(name);
                if is_typed {
                    pieces.push(Piece::Typed(*slot));
                }
                !is_typed
            });
        }
        self.render(pieces)
    }

    /// Puts the parts together: neighbours that run under the same condition share it.
    fn render(&mut self, pieces: Vec<Piece>) -> TokenStream {
        let started = started();
        let mut rendered = TokenStream::new();
        let mut guarded = TokenStream::new();
        let flush = |guarded: &mut TokenStream, rendered: &mut TokenStream| {
            let run = std::mem::take(guarded);
            if !run.is_empty() {
                rendered.extend(q!(if #started { #run }));
            }
        };
        for piece in pieces {
            match piece {
                Piece::Guard(guard) => rendered.extend(self.render_guard(&guard)),
                Piece::Started(tokens) => guarded.extend(tokens),
                Piece::Typed(slot) => {
                    let drops_rest = self.drops_rest(slot);
                    if !drops_rest.is_empty() {
                        flush(&mut guarded, &mut rendered);
                        rendered.extend(drops_rest);
                    }
                }
                Piece::Always(tokens) => {
                    flush(&mut guarded, &mut rendered);
                    rendered.extend(tokens);
                }
            }
        }
        flush(&mut guarded, &mut rendered);
        rendered
    }

    /// A statement with suspension points after it: its bindings are saved.
    fn before_last(&mut self, stmt: &mut Stmt, pieces: &mut Vec<Piece>) {
        match stmt {
            Stmt::Local(local) => self.saved_let(local, pieces),
            Stmt::Expr(expr, _) if suspends(expr) => {
                let passed = self.points.len();
                let (before, value) = self.full(false, |this| this.direct(expr));
                let entered = self.entered(passed);
                pieces.push(Piece::Always(q!(if #entered { #before #value; })));
            }
            stmt => {
                let needs_semi = matches!(stmt, Stmt::Expr(_, None));
                self.plain_stmt(stmt);
                pieces.push(Piece::Started(if needs_semi {
                    quote!(#stmt;)
                } else {
                    quote!(#stmt)
                }));
            }
        }
    }

    /// The last statement with suspension points: what it binds is not saved.
    fn last(&mut self, stmt: &mut Stmt, pieces: &mut Vec<Piece>) {
        let tokens = match stmt {
            Stmt::Expr(expr, None) => {
                let (before, value) = self.full_expr(expr);
                q!({ #before #value })
            }
            Stmt::Expr(expr, semi) => {
                let (before, value) = self.full(false, |this| this.direct(expr));
                q!({ #before #value #semi } #semi)
            }
            Stmt::Local(local) => {
                let Some(tokens) = self.last_let(local, pieces) else {
                    return;
                };
                tokens
            }
            Stmt::Macro(_) | Stmt::Item(_) => quote!(#stmt),
        };
        pieces.push(Piece::Always(tokens));
    }

    /// A tail whose temporaries are those of the full expression around.
    fn tail(&mut self, stmt: &mut Stmt) -> TokenStream {
        let Stmt::Expr(tail, None) = stmt else {
            return TokenStream::new();
        };
        let steps = std::mem::take(&mut self.temporaries.steps);
        let value = self.direct(tail);
        let inner = std::mem::replace(&mut self.temporaries.steps, steps);
        q!({ #inner #value })
    }

    /// A block without suspension points.
    pub(super) fn plain_block(&mut self, block: &mut Block) {
        self.unheld(|this| {
            let count = block.stmts.len();
            for (number, stmt) in block.stmts.iter_mut().enumerate() {
                this.plain_stmt(stmt);
                terminate(stmt, number + 1 == count);
            }
        });
    }

    /// A statement without suspension points, none of whose bindings is saved.
    pub(super) fn plain_stmt(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Local(local) => {
                if local.init.is_none() {
                    return;
                }
                let assign = self.initialise_plain(local);
                if let Some(assign) = assign {
                    *stmt = Stmt::Expr(verbatim(assign), None);
                }
            }
            Stmt::Expr(expr, _) => self.value(expr),
            Stmt::Macro(call) => {
                if let Some(shown) = self.unknown_macro(&mut call.mac) {
                    let semi = call.semi_token;
                    let shown = verbatim(q!({ #shown #stmt }));
                    *stmt = Stmt::Expr(shown, semi);
                }
            }
            Stmt::Item(_) => {}
        }
    }
}

/// A lowered block in the braces of the user's: their edition tells rustc when temporaries of the tail drop
/// (`rustc_hir_analysis/src/check/region.rs`, `resolve_block`).
pub(super) fn braced(block: &Block, lowered: TokenStream) -> TokenStream {
    let mut braced = Group::new(Delimiter::Brace, lowered);
    braced.set_span(block.brace_token.span.join());
    quote!(#braced)
}

/// What a statement without a semicolon has become may need one.
fn terminate(stmt: &mut Stmt, is_tail: bool) {
    if let Stmt::Expr(_, semi @ None) = stmt {
        if !is_tail {
            *semi = Some(<syn::Token![;]>::default());
        }
    }
}
