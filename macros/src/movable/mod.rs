//! The check of a machine that may move: a copy of the original in which at every suspension point each
//! local in scope is assigned, under a condition that rustc knows nothing about. Where a borrow of a local
//! crosses the suspension point, that is E0506.
//!
//! ```text
//! let r = &v; yield 1; f(r)
//!     →  let mut v = v; let mut r = &v;
//!        { let argument = shape.yield_value(..); if opaque() { v = anything(); forget(v); } ..; argument }; f(r)
//! ```
//!
//! After the assignment, a local is as it was: one that is used later keeps its new value, for it had one. Of
//! any other nothing is known; its new value is forgotten, so that nothing drops at the end of its scope which
//! did not before.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    Block, Expr, Ident, Pat, Stmt, parse_quote,
    spanned::Spanned,
    visit_mut::{self, VisitMut},
};

use self::{
    conditions::is_chain,
    lends::Lent,
    temporaries::{Named, Naming, Temporaries, Temporary},
};
use crate::hygiene::{Ends, private};
use crate::{
    lent::Lender,
    liveness,
    original::{self, Original},
    position::tail,
    resolve::Locals,
    signature::{BodyParam, Shape},
    syntax::{
        Special, arm_bindings, bindings, block_suspends, generated, plain_name, special, suspends,
        take_used_later,
    },
    tokens::names,
};

mod conditions;
mod lends;
mod temporaries;

/// The check of a resolved body; `None` if nothing can be borrowed where it suspends.
pub fn check(
    shape: &Shape,
    params: &[BodyParam],
    body: &Block,
    locals: &Locals,
) -> Option<TokenStream> {
    let mut body = body.clone();
    let mut check = Check {
        original: Original::new(shape, Lender::None),
        lent: Lent::in_body(params, &body),
        naming: Naming { count: 0, locals },
        in_scope: Vec::new(),
        assigns_something: false,
    };
    liveness::mark_points(&mut body, locals);
    let mut rebind = TokenStream::new();
    // How long an argument lives, the original has checked.
    let lender = match shape.lent {
        Some(_) => {
            let (universal, resume) = (generated("universal"), &shape.resume);
            rebind.extend(q!(let #universal = #private::Universal::<#resume>::inferred();));
            check.original.lender = Lender::Universal;
            Lender::Universal
        }
        None => Lender::None,
    };
    for param in params {
        // What a pattern refers to may be borrowed as well.
        let name = &param.param.name;
        let is_apart = plain_name(&param.param.pat) != Some(name);
        if is_apart && check.lent.contains(name) && param.ty.is_some() && !param.param.resume {
            rebind.extend(quote!(let mut #name = #name;));
            check.in_scope.push(Place::local(name.clone()));
        }
        rebind.extend(original::bind_params(
            std::slice::from_ref(param),
            true,
            lender,
        ));
        rebind.extend(check.bind(&param.param.pat));
    }
    check.visit_block_mut(&mut body);
    check
        .assigns_something
        .then(|| original::closure(&rebind, &body))
}

struct Check<'s> {
    original: Original<'s>,
    /// What a borrow may be of.
    lent: Lent,
    /// What temporaries are named by.
    naming: Naming<'s>,
    /// What can be assigned at this place.
    in_scope: Vec<Place>,
    /// Whether anything has been assigned.
    assigns_something: bool,
}

/// What can be assigned.
#[derive(Clone)]
struct Place {
    name: Ident,
    /// Whether it is used after every suspension point in its scope, whatever the marks say.
    is_used: bool,
}

impl Place {
    fn local(name: Ident) -> Self {
        Place {
            name,
            is_used: false,
        }
    }
}

impl From<&Temporary> for Place {
    fn from(temporary: &Temporary) -> Self {
        Place {
            name: temporary.name.clone(),
            is_used: temporary.is_used_later,
        }
    }
}

impl Check<'_> {
    /// Brings into scope what a pattern binds, and a `let` in its guard, if it may be borrowed. Returns
    /// `let mut x = x;` for each of the former: `mut` in the pattern could change what it means.
    fn bind(&mut self, pat: &Pat) -> TokenStream {
        let mut names = arm_bindings(pat);
        names.retain(|name| self.lent.contains(name));
        let by_pattern = bindings(pat);
        let rebound = names
            .iter()
            .filter(|name| by_pattern.contains(name))
            .map(|name| quote_spanned!(name.span()=> let mut #name = #name;))
            .collect();
        self.in_scope.extend(names.into_iter().map(Place::local));
        rebound
    }

    /// Runs `visit` where temporaries are in scope.
    fn within<T>(&mut self, temporaries: &[Temporary], visit: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.in_scope.len();
        self.in_scope.extend(temporaries.iter().map(Place::from));
        let result = visit(self);
        self.in_scope.truncate(before);
        result
    }

    /// Visits a body in which the bindings of a pattern are in scope.
    fn bound(&mut self, pat: &Pat, body: &mut Block) {
        let before = self.in_scope.len();
        let rebound = self.bind(pat);
        self.visit_block_mut(body);
        self.in_scope.truncate(before);
        body.stmts.splice(0..0, statements(rebound));
    }

    /// Visits a full expression that is no statement.
    fn full(&mut self, expr: &mut Expr) {
        let temporaries = if suspends(expr) {
            Temporaries::of(&mut self.naming, expr)
        } else {
            Vec::new()
        };
        self.full_with(expr, &temporaries);
    }

    /// Visits a full expression, of which these are the temporaries.
    fn full_with(&mut self, expr: &mut Expr, temporaries: &[Temporary]) {
        self.within(temporaries, |this| this.visit_expr_mut(expr));
        if !temporaries.is_empty() {
            // They drop where the user's expression ends.
            let end = Span::mixed_site().located_at(Ends::of(expr).last());
            let value = tail(expr);
            *expr = Expr::Verbatim(at!(end=> { #(#temporaries)* #value }));
        }
    }
}

impl VisitMut for Check<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let before = self.in_scope.len();
        let mut stmts = Vec::new();
        let suspends = block_suspends(block);
        let count = block.stmts.len();
        for (number, mut stmt) in std::mem::take(&mut block.stmts).into_iter().enumerate() {
            if let (Stmt::Expr(_, semi @ None), true) = (&mut stmt, number + 1 < count) {
                // It may become something that needs one.
                *semi = Some(<syn::Token![;]>::default());
            }
            let mut of_stmt = Vec::new();
            if suspends {
                let is_tail = matches!(&stmt, Stmt::Expr(tail, None)
                    if !matches!(tail, Expr::ForLoop(_) | Expr::While(_)));
                let named = Named::of(&mut self.naming, &mut stmt);
                let mut of_block = named.of_block;
                of_stmt = named.of_stmt;
                if is_tail {
                    // Before edition 2024 they live longer than the block's locals.
                    of_block.append(&mut of_stmt);
                }
                for temporary in of_block {
                    self.in_scope.push(Place::from(&temporary));
                    stmts.push(parse_quote!(#temporary));
                }
                if let Some(mut first) = named.first {
                    self.full_with(&mut first, &std::mem::take(&mut of_stmt));
                    stmts.push(Stmt::Expr(first, Some(<syn::Token![;]>::default())));
                }
            }
            match &mut stmt {
                Stmt::Local(local) => {
                    if let Some(init) = &mut local.init {
                        self.full_with(&mut init.expr, &of_stmt);
                        if let Some((_, diverge)) = &mut init.diverge {
                            self.visit_expr_mut(diverge);
                        }
                        let rebound = self.bind(&local.pat);
                        stmts.push(stmt);
                        stmts.extend(statements(rebound));
                        continue;
                    }
                    // Assigned later: it cannot be bound anew, but it may be `mut`.
                    Mutable.visit_pat_mut(&mut local.pat);
                    self.bind(&local.pat);
                }
                Stmt::Expr(expr, _) => self.full_with(expr, &of_stmt),
                stmt => self.original.visit_stmt_mut(stmt),
            }
            stmts.push(stmt);
        }
        block.stmts = stmts;
        self.in_scope.truncate(before);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::If(if_) if is_chain(&if_.cond) => {
                let otherwise = match &if_.else_branch {
                    Some((_, otherwise)) => (**otherwise).clone(),
                    None => parse_quote!({}),
                };
                *expr = self.nest(&if_.cond, &if_.then_branch, otherwise);
                self.visit_expr_mut(expr);
            }
            Expr::If(_) => self.if_(expr),
            Expr::While(while_) if is_chain(&while_.cond) => {
                let label = &while_.label;
                let name = label.as_ref().map(|label| &label.name);
                let otherwise = parse_quote!({ break #name });
                let mut turn = self.nest(&while_.cond, &while_.body, otherwise);
                self.visit_expr_mut(&mut turn);
                *expr = parse_quote!(#label loop { #turn });
            }
            Expr::While(_) => self.while_(expr),
            Expr::ForLoop(for_) => self.for_(for_),
            Expr::Match(match_) => {
                self.visit_expr_mut(&mut match_.expr);
                for arm in &mut match_.arms {
                    conditions::guard_in_arm(arm);
                    let body = &arm.body;
                    let mut block: Block = parse_quote!({});
                    block.stmts = vec![Stmt::Expr((**body).clone(), None)];
                    let pat = arm.pat.clone();
                    self.bound(&pat, &mut block);
                    *arm.body = Expr::Block(syn::ExprBlock {
                        attrs: Vec::new(),
                        label: None,
                        block,
                    });
                    if let Pat::Guard(guarded) = &mut arm.pat {
                        self.guard(&mut guarded.guard);
                    }
                }
                // Whether the arms are all there are, the original says.
                match_.arms.push(parse_quote!(_ => loop {},));
            }
            Expr::Binary(binary) if is_lazy(binary.op) => {
                self.full(&mut binary.left);
                self.full(&mut binary.right);
            }
            Expr::Yield(yield_) => {
                let span = yield_.yield_token.span;
                let used_later = take_used_later(&mut yield_.attrs);
                if let Some(value) = &mut yield_.expr {
                    self.visit_expr_mut(value);
                }
                self.assign_all(expr, span, used_later.as_deref());
            }
            Expr::Call(call) if special(call) == Some(Special::YieldFrom) => {
                let span = call.func.span();
                let mut used_later = take_used_later(&mut call.attrs);
                // Here, the first argument comes after the assignments.
                if let (Some(used), Some(first)) = (&mut used_later, call.args.get(1)) {
                    used.extend(names(first.to_token_stream()));
                }
                for arg in &mut call.args {
                    self.visit_expr_mut(arg);
                }
                self.assign_all(expr, span, used_later.as_deref());
            }
            Expr::Call(call) if special(call).is_some_and(Special::is_macro) => {
                for arg in &mut call.args {
                    self.visit_expr_mut(arg);
                }
                original::restore_macro(expr);
            }
            // Leaves, and bodies of their own.
            Expr::Closure(_) | Expr::Async(_) | Expr::Return(_) | Expr::Try(_) | Expr::Macro(_) => {
                match expr {
                    Expr::Return(return_) => {
                        if let Some(value) = &mut return_.expr {
                            self.visit_expr_mut(value);
                        }
                    }
                    Expr::Try(try_) => self.visit_expr_mut(&mut try_.expr),
                    _ => {}
                }
                self.original.visit_expr_mut(expr);
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}

impl Check<'_> {
    fn assign_all(&mut self, expr: &mut Expr, place: Span, used_later: Option<&[Ident]>) {
        let assigns = self.assigns(place, used_later);
        if assigns.is_empty() {
            if let Some(point) = self.original.point(expr) {
                *expr = Expr::Verbatim(point);
            }
            return;
        }
        self.assigns_something = true;
        let span = Span::mixed_site().located_at(place);
        // What is delegated to is still there when the machine moves.
        let mut delegate = TokenStream::new();
        if let Expr::Call(call) = expr {
            if let Some(machine) = call.args.first_mut() {
                let name = generated("machine");
                let ends = Ends::of(machine);
                delegate = at!(span=> let #name = (#machine,););
                *machine = Expr::Verbatim(ends.stretch(quote!((#name).0)));
            }
        }
        let Some(point) = self.original.point(expr) else {
            return;
        };
        if !delegate.is_empty() {
            *expr = Expr::Verbatim(at! {span=> ({
                #delegate
                #assigns
                #point
            })});
            return;
        }
        *expr = Expr::Verbatim(at! {span=> ({
            let argument = #point;
            #assigns
            argument
        })});
    }

    /// Assigns each local in scope that may be borrowed, perhaps.
    fn assigns(&self, place: Span, used_later: Option<&[Ident]>) -> TokenStream {
        let mut assigns = TokenStream::new();
        for assigned in &self.in_scope {
            let mut name = assigned.name.clone();
            let is_used = assigned.is_used || used_later.is_none_or(|used| used.contains(&name));
            name.set_span(name.span().located_at(place));
            let forget =
                (!is_used).then(|| quote_spanned!(place=> ::handcrank::__private::forget(#name);));
            assigns.extend(quote_spanned! {place=>
                if ::handcrank::__private::opaque() {
                    (#name) = ::handcrank::__private::anything();
                    #forget
                }
            });
        }
        assigns
    }
}

/// Tokens of statements, at the start of a block or after a `let`.
fn statements(tokens: TokenStream) -> Option<Stmt> {
    (!tokens.is_empty()).then(|| Stmt::Expr(Expr::Verbatim(tokens), None))
}

/// Whether the operands are full expressions.
fn is_lazy(op: syn::BinOp) -> bool {
    matches!(op, syn::BinOp::And(_) | syn::BinOp::Or(_))
}

/// Makes bindings `mut`.
struct Mutable;

impl VisitMut for Mutable {
    fn visit_pat_ident_mut(&mut self, pat: &mut syn::PatIdent) {
        pat.mutability = Some(<syn::Token![mut]>::default());
    }
}
