//! Blocks and `let`.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::quote;
use syn::{Block, Expr, Local, Pat, Stmt, parse_quote};

use super::{Guard, Lower, extend::Extended, pattern::choice, verbatim};
use crate::hygiene::Ends;
use crate::syntax::{
    bindings, generated, is_place, is_point, nested_chain, part_path, pattern_use, stmt_suspends,
    suspends,
};

/// A part of a lowered block.
enum Piece {
    /// A guard, which is declared when all uses of its local have been lowered.
    Guard(Guard),
    /// Runs if nothing is travelled to.
    Started(TokenStream),
    /// Runs in any case.
    Always(TokenStream),
    /// A `let` whose bindings are saved.
    Let(Let),
}

/// A `let` whose bindings are saved: guards, then what initialises them; or the other way round where a
/// guard must know the type of its local.
struct Let {
    guards: Vec<Guard>,
    /// The condition under which it runs, if that is not that the body has started.
    condition: Option<TokenStream>,
    /// Initialises locals whose guards are there.
    puts: TokenStream,
    /// Initialises locals whose guards come later.
    inits: TokenStream,
}

impl Lower<'_> {
    /// The whole body: it evaluates to what the generator returns.
    pub(super) fn body(&mut self, bind: &TokenStream, body: &Block) -> TokenStream {
        let mut tail: Expr = Expr::Block(syn::ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: body.clone(),
        });
        let started = self.started();
        let bind = if bind.is_empty() {
            TokenStream::new()
        } else {
            q!(if #started { #bind })
        };
        let value = if suspends(&tail) {
            let block = self.block(body);
            let mut braced = Group::new(Delimiter::Brace, block);
            braced.set_span(body.brace_token.span.join());
            quote!(#braced)
        } else {
            self.value(&mut tail);
            quote!(#tail)
        };
        let value = self.returning(&value);
        q!(#bind #value)
    }

    /// A block with suspension points: what stands between its braces.
    pub(super) fn block(&mut self, block: &Block) -> TokenStream {
        let outer = std::mem::replace(&mut self.hold, false);
        let lowered = self.nested(|this| this.in_scope(|this| this.statements(&block.stmts)));
        self.hold = outer;
        lowered
    }

    fn statements(&mut self, stmts: &[Stmt]) -> TokenStream {
        let last = stmts.iter().rposition(stmt_suspends);
        let mut pieces: Vec<Piece> = stmts
            .iter()
            .filter(|stmt| matches!(stmt, Stmt::Item(_)))
            .map(|item| Piece::Always(quote!(#item)))
            .collect();
        for (number, stmt) in stmts.iter().enumerate() {
            let mut stmt = stmt.clone();
            match last {
                _ if matches!(stmt, Stmt::Item(_)) => {}
                Some(last) if number < last => self.before_last(&mut stmt, &mut pieces),
                Some(last) if number == last => self.last(&mut stmt, &mut pieces),
                _ => {
                    self.plain_stmt(&mut stmt);
                    terminate(&mut stmt, number + 1 == stmts.len());
                    pieces.push(Piece::Always(quote!(#stmt)));
                }
            }
        }
        self.render(pieces)
    }

    /// Puts the parts together: neighbours that run under the same condition share it.
    fn render(&mut self, pieces: Vec<Piece>) -> TokenStream {
        let started = self.started();
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
                Piece::Let(piece) => {
                    let parted = piece
                        .guards
                        .iter()
                        .any(|guard| !self.frame.get(guard.slot).parts.is_empty());
                    if !parted {
                        for guard in &piece.guards {
                            rendered.extend(self.render_guard(guard));
                        }
                        if piece.condition.is_none() {
                            guarded.extend(piece.puts);
                            continue;
                        }
                    }
                    flush(&mut guarded, &mut rendered);
                    let condition = piece.condition.unwrap_or_else(|| started.clone());
                    let assign = if parted { piece.inits } else { piece.puts };
                    rendered.extend(q!(if #condition { #assign }));
                    if parted {
                        for guard in &piece.guards {
                            rendered.extend(self.render_bound(guard));
                        }
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
                let (before, value) = self.full(false, |this| this.direct(expr));
                let end = self.at(self.points.len());
                pieces.push(Piece::Always(q!(if to <= #end { #before #value; })));
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
            Stmt::Expr(expr, semi) => {
                let (before, value) = self.full(false, |this| this.direct(expr));
                q!({ #before #value #semi } #semi)
            }
            Stmt::Local(local) => {
                let Some(init) = &mut local.init else { return };
                if init
                    .diverge
                    .as_ref()
                    .is_some_and(|(_, diverge)| suspends(diverge))
                {
                    return self.suspending_else(local, pieces);
                }
                let (ends, is_point) = (Ends::of(&init.expr), is_point(&init.expr));
                let mut extended = Extended::new(self.scope);
                let (before, value) = self.full(false, |this| {
                    this.extend_temporaries(&mut init.expr, &local.pat, &mut extended);
                    this.direct(&mut init.expr)
                });
                pieces.extend(extended.guards.into_iter().map(Piece::Guard));
                if let Some((_, diverge)) = &mut init.diverge {
                    self.value(diverge);
                }
                let value = q!({ #before #value });
                if is_point {
                    // What it evaluates to is made fit by the `let`, as in the original.
                    let argument = generated("argument");
                    *init.expr = verbatim(ends.stretch(quote!((#argument).0)));
                    quote!(let #argument = (#value,); #local)
                } else {
                    *init.expr = verbatim(value);
                    quote!(#local)
                }
            }
            Stmt::Macro(_) | Stmt::Item(_) => quote!(#stmt),
        };
        pieces.push(Piece::Always(tokens));
    }

    /// A `let` whose bindings are saved.
    fn saved_let(&mut self, local: &mut Local, pieces: &mut Vec<Piece>) {
        let names = bindings(&local.pat);
        let Some(init) = &mut local.init else {
            // Initialised later, perhaps on some paths only.
            for name in &names {
                let slot = self.declare(name, None);
                self.frame.get_mut(slot).tracked = true;
                // A guard may have to know the type.
                if let Pat::Type(typed) = &local.pat {
                    let (place, ty) = (self.place_of(slot, name.span()), &typed.ty);
                    pieces.push(Piece::Always(q! {
                        if false { loop {} let _: &#ty = &#place; }
                    }));
                }
                let after = self.points.len();
                pieces.push(Piece::Guard(Guard::since(slot, after)));
            }
            return;
        };
        if init
            .diverge
            .as_ref()
            .is_some_and(|(_, diverge)| suspends(diverge))
        {
            return self.suspending_else(local, pieces);
        }
        if let (Pat::Ident(pat), Expr::Reference(reference)) = (&local.pat, &*init.expr) {
            let reference = super::Reference::new(reference.mutability);
            self.references.insert(pat.ident.to_string(), reference);
        }
        let has_points = suspends(&init.expr);
        let mut extended = Extended::new(self.scope);
        // The initialiser does not see the bindings, which come to be after its suspension points.
        let (before, assign) = self.full(false, |this| {
            if let Some(init) = &mut local.init {
                this.extend_temporaries(&mut init.expr, &local.pat, &mut extended);
            }
            this.initialise(local)
        });
        pieces.extend(extended.guards.into_iter().map(Piece::Guard));
        let after = self.points.len();
        let guards = self
            .declare_all(&names)
            .into_iter()
            .map(|slot| Guard::since(slot, after))
            .collect();
        let (puts, inits) = (self.put(&names), self.init(&names));
        let (puts, inits) = (assign.finish(&puts), assign.finish(&inits));
        pieces.push(Piece::Let(Let {
            guards,
            condition: has_points.then(|| {
                let end = self.at(after);
                q!(to <= #end)
            }),
            puts: quote!(#before #puts),
            inits: quote!(#before #inits),
        }));
    }

    /// Lowers the initialiser of a `let` whose bindings are plain in it.
    fn initialise(&mut self, local: &mut Local) -> Initialiser {
        let Some(init) = &mut local.init else {
            return Initialiser::Plain(TokenStream::new());
        };
        let pat = untyped(&local.pat);
        if !matches!(pat, Pat::Ident(_) | Pat::Wild(_)) && is_saved_name(self, &init.expr) {
            let mut pats = vec![pat.clone()];
            let mut arms = Vec::new();
            if let Some((_, diverge)) = &mut init.diverge {
                self.value(diverge);
                pats.push(parse_quote!(_));
                arms.push(quote!(#diverge));
            }
            let scrutinee = {
                let refs: Vec<_> = pats.iter().collect();
                self.scrutinee(&mut init.expr, &refs, false)
            };
            return Initialiser::Selection {
                selection: self.select(&scrutinee, &pats),
                names: bindings(pat),
                diverge: arms.pop(),
            };
        }
        let borrows = matches!(pat, Pat::Wild(_)) || pattern_use(pat).refers;
        if borrows && is_place(&init.expr) {
            self.place(&mut init.expr);
        } else {
            let value = self.direct(&mut init.expr);
            *init.expr = verbatim(value);
        }
        if let Some((_, diverge)) = &mut init.diverge {
            self.value(diverge);
        }
        Initialiser::Plain(match (&local.pat, &init.diverge) {
            (Pat::Ident(pat), None) if pat.by_ref.is_none() && pat.subpat.is_none() => {
                let (name, value) = (&pat.ident, &init.expr);
                // Where nothing is said of its type, it is not bound first.
                quote!(let #name = #value;)
            }
            _ => quote!(#local),
        })
    }

    /// `let P = v else { .. suspends .. };` → `match v { P => bindings, _ => { .. } }`
    fn suspending_else(&mut self, local: &mut Local, pieces: &mut Vec<Piece>) {
        let names = bindings(&local.pat);
        let pat = untyped(&local.pat).clone();
        let Some(init) = &mut local.init else { return };
        let Some((_, diverge)) = &init.diverge else {
            return;
        };
        // Temporaries of the initialiser are dropped before `else`.
        let condition = Expr::Let(syn::ExprLet {
            attrs: Vec::new(),
            let_token: local.let_token,
            pat: Box::new(pat),
            eq_token: init.eq_token,
            expr: init.expr.clone(),
        });
        let label = self.label("bound");
        let bound = parse_quote!((#(#names,)*));
        // That it does not go on, the original says.
        let diverge = parse_quote!({ #diverge ::handcrank::__private::unmatched() });
        let mut chosen = nested_chain(&condition, bound, diverge, &label);
        let (before, value) = self.full(false, |this| this.construct(&mut chosen));
        let after = self.points.len();
        let slots = self.declare_all(&names);
        for slot in slots {
            pieces.push(Piece::Guard(Guard::since(slot, after)));
        }
        let puts = self.put(&names);
        let end = self.at(after);
        pieces.push(Piece::Always(q! {
            if to <= #end { #before let (#(#names,)*) = #value; #puts }
        }));
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
            Stmt::Macro(call) => self.unknown_macro(&mut call.mac),
            Stmt::Item(_) => {}
        }
    }

    /// `Some` where the statement has become another.
    fn initialise_plain(&mut self, local: &mut Local) -> Option<TokenStream> {
        let names = bindings(&local.pat);
        match self.initialise(local) {
            Initialiser::Plain(_) => None,
            selection @ Initialiser::Selection { .. } => {
                let run = selection.finish(&quote!((#(#names,)*)));
                let mutable = names.iter().map(|name| q!(mut #name));
                Some(q!(let (#(#mutable,)*) = { #run };))
            }
        }
    }
}

/// How the bindings of a `let` come to be.
enum Initialiser {
    /// By a `let` of their names.
    Plain(TokenStream),
    /// By a selection with one arm, or two if there is an `else`.
    Selection {
        selection: TokenStream,
        names: Vec<syn::Ident>,
        diverge: Option<TokenStream>,
    },
}

impl Initialiser {
    /// Binds plain locals, then runs `rest`.
    fn finish(&self, rest: &TokenStream) -> TokenStream {
        match self {
            Initialiser::Plain(assign) => quote!(#assign #rest),
            Initialiser::Selection {
                selection,
                names,
                diverge: None,
            } => q!(match #selection { (#(mut #names,)*) => { #rest } }),
            Initialiser::Selection {
                selection,
                names,
                diverge: Some(diverge),
            } => {
                let this = choice(0, 2, &q!((#(mut #names,)*)));
                q!(match #selection { #this => { #rest } _ => #diverge })
            }
        }
    }
}

/// What a statement without a semicolon has become may need one.
fn terminate(stmt: &mut Stmt, is_tail: bool) {
    if let Stmt::Expr(_, semi @ None) = stmt {
        if !is_tail {
            *semi = Some(<syn::Token![;]>::default());
        }
    }
}

fn untyped(pat: &Pat) -> &Pat {
    match pat {
        Pat::Type(typed) => &typed.pat,
        pat => pat,
    }
}

fn is_saved_name(lower: &Lower<'_>, expr: &Expr) -> bool {
    part_path(expr).is_some_and(|(name, _)| lower.saved(&name).is_some())
}
