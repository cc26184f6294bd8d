//! The check of a machine that may move: a copy of the original in which at every suspension point each
//! local in scope is assigned, under a condition that rustc knows nothing about. Where a borrow of a local
//! crosses the suspension point, that is E0506.
//!
//! ```text
//! let r = &v; yield 1; f(r)
//!     →  let mut v = v; let mut r = &v;
//!        { let argument = shape.yield_value(..); if opaque() { v = anything() } ..; argument }; f(r)
//! ```

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{
    Block, Expr, Ident, Pat, Stmt, parse_quote,
    spanned::Spanned,
    visit_mut::{self, VisitMut},
};

use crate::hygiene::{Ends, private, span_of};
use crate::{
    lent::Lender,
    original::{self, Original},
    signature::{BodyParam, Shape},
    syntax::{
        Special, bindings, block_suspends, generated, has_let, is_constant, is_constant_value,
        is_static_receiver, nested_chain, pattern_use, special, suspends,
    },
};

/// The check of a resolved body.
pub fn check(shape: &Shape, params: &[BodyParam], body: &Block) -> TokenStream {
    let mut body = body.clone();
    let mut in_scope = Vec::new();
    let mut rebind = TokenStream::new();
    // How long an argument lives, the original has checked.
    let lender = match shape.lent {
        Some(_) => {
            let (universal, resume) = (generated("universal"), &shape.resume);
            rebind.extend(q!(let #universal = #private::Universal::<#resume>::inferred();));
            Lender::Universal
        }
        None => Lender::None,
    };
    for param in params {
        // What a pattern refers to may be borrowed as well.
        let name = &param.param.name;
        if param.ty.is_some() && !param.param.resume {
            rebind.extend(quote!(let mut #name = #name;));
            in_scope.push(name.clone());
        }
        rebind.extend(original::bind_params(
            std::slice::from_ref(param),
            true,
            lender,
        ));
        rebind.extend(rebound(&param.param.pat));
        in_scope.extend(assignable(&param.param.pat));
    }
    Check {
        original: Original { shape, lender },
        temporaries: 0,
        in_scope,
    }
    .visit_block_mut(&mut body);
    original::closure(&rebind, &body)
}

struct Check<'s> {
    original: Original<'s>,
    /// How many temporaries have been named.
    temporaries: usize,
    /// The locals that can be assigned at this place.
    in_scope: Vec<Ident>,
}

/// `let mut x = x;` for all bindings of a pattern: `mut` in the pattern could change what it means.
fn rebound(pat: &Pat) -> TokenStream {
    assignable(pat)
        .iter()
        .map(|name| at!(name.span()=> let mut #name = #name;))
        .collect()
}

/// The bindings that hold a value: not those by `ref`, which hold a borrow of one that does.
fn assignable(pat: &Pat) -> Vec<Ident> {
    bindings(pat)
}

impl Check<'_> {
    /// Visits a body in which the bindings of a pattern are in scope.
    fn bound(&mut self, pat: &Pat, body: &mut Block) {
        let before = self.in_scope.len();
        self.in_scope.extend(assignable(pat));
        self.visit_block_mut(body);
        self.in_scope.truncate(before);
        let rebound = rebound(pat);
        let stmts = std::mem::take(&mut body.stmts);
        *body = parse_quote!({ #rebound #(#stmts)* });
    }

    /// A temporary may be borrowed across a suspension point as a local may, so it becomes one, of the
    /// statement: `f(&g());` → `{ let mut temporary_1; (temporary_1 = g(), f(&temporary_1)).1; }`; or, if a
    /// `let` extends it, of the block.
    fn name_temporaries(&mut self, stmt: &mut Stmt, is_tail: bool) -> Named {
        let mut temporaries = Temporaries {
            count: &mut self.temporaries,
            names: Vec::new(),
        };
        let mut of_block = Vec::new();
        let mut first = None;
        match stmt {
            Stmt::Expr(expr, _) => temporaries.visit_expr_mut(expr),
            Stmt::Local(local) => {
                if let Some(init) = &mut local.init {
                    let used = pattern_use(&local.pat);
                    if used.refers && (used.takes || suspends(&init.expr)) {
                        // What it does not refer to is moved; or it is no expression of its own.
                        first = temporaries.hoist(&mut init.expr, true);
                    } else if used.refers {
                        temporaries.name_referred(&mut init.expr);
                    }
                    temporaries.name_extended(&mut init.expr);
                    of_block = std::mem::take(&mut temporaries.names);
                    let expr = first.as_mut().unwrap_or(&mut init.expr);
                    temporaries.visit_expr_mut(expr);
                }
            }
            _ => {}
        }
        let mut of_stmt = temporaries.names;
        if is_tail {
            // Before edition 2024 they live longer than the block's locals.
            of_block.append(&mut of_stmt);
        }
        Named {
            of_stmt,
            of_block,
            first,
        }
    }

    /// Visits a full expression, of which these are the temporaries.
    fn full(&mut self, expr: &mut Expr, temporaries: &[Ident]) {
        let before = self.in_scope.len();
        self.in_scope.extend(temporaries.iter().cloned());
        self.visit_expr_mut(expr);
        self.in_scope.truncate(before);
        if !temporaries.is_empty() {
            // They drop where the user's expression ends.
            let end = Span::mixed_site().located_at(Ends::of(expr).last());
            *expr = Expr::Verbatim(at!(end=> { #(let mut #temporaries;)* #expr }));
        }
    }

    /// The bindings of a condition are in scope in its branch; those of a chain, in what follows in it as
    /// well, which is why a chain is nested first.
    fn condition(&mut self, cond: &mut Expr, then: &mut Block) {
        if let Expr::Let(condition) = cond {
            self.visit_expr_mut(&mut condition.expr);
            let pat = (*condition.pat).clone();
            self.bound(&pat, then);
        } else {
            let mut temporaries = Temporaries {
                count: &mut self.temporaries,
                names: Vec::new(),
            };
            temporaries.visit_expr_mut(cond);
            let names = temporaries.names;
            self.full(cond, &names);
            self.visit_block_mut(then);
        }
    }

    fn nest(&mut self, cond: &Expr, then: &Block, otherwise: Expr) -> Expr {
        self.temporaries += 1;
        let name = format!("'chain_{}", self.temporaries);
        let label = syn::Lifetime::new(&name, Span::mixed_site());
        let then = Expr::Block(syn::ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: then.clone(),
        });
        nested_chain(cond, then, otherwise, &label)
    }
}

/// The temporaries of a statement, named.
struct Named {
    /// Those that live as long as the statement.
    of_stmt: Vec<Ident>,
    /// Those that live as long as the block.
    of_block: Vec<Ident>,
    /// What is evaluated before the statement: the value that a pattern takes apart and refers to.
    first: Option<Expr>,
}

impl VisitMut for Check<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let before = self.in_scope.len();
        let mut stmts = Vec::new();
        let suspends = block_suspends(block);
        for mut stmt in std::mem::take(&mut block.stmts) {
            let mut temporaries = Vec::new();
            if suspends {
                let is_tail = matches!(&stmt, Stmt::Expr(tail, None)
                    if !matches!(tail, Expr::ForLoop(_) | Expr::While(_)));
                let named = self.name_temporaries(&mut stmt, is_tail);
                temporaries = named.of_stmt;
                for name in named.of_block {
                    stmts.push(parse_quote!(let mut #name;));
                    self.in_scope.push(name);
                }
                if let Some(mut first) = named.first {
                    self.full(&mut first, &std::mem::take(&mut temporaries));
                    stmts.push(Stmt::Expr(first, Some(<syn::Token![;]>::default())));
                }
            }
            match &mut stmt {
                Stmt::Local(local) => {
                    if let Some(init) = &mut local.init {
                        self.full(&mut init.expr, &temporaries);
                        if let Some((_, diverge)) = &mut init.diverge {
                            self.visit_expr_mut(diverge);
                        }
                        let rebound: Block = {
                            let rebound = rebound(&local.pat);
                            parse_quote!({ #rebound })
                        };
                        self.in_scope.extend(assignable(&local.pat));
                        stmts.push(stmt);
                        stmts.extend(rebound.stmts);
                        continue;
                    }
                    // Assigned later: it cannot be bound anew, but it may be `mut`.
                    Mutable.visit_pat_mut(&mut local.pat);
                    self.in_scope.extend(assignable(&local.pat));
                }
                Stmt::Expr(expr, _) => self.full(expr, &temporaries),
                stmt => self.visit_stmt_mut(stmt),
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
            Expr::If(if_) => {
                self.condition(&mut if_.cond, &mut if_.then_branch);
                if let Some((_, otherwise)) = &mut if_.else_branch {
                    self.visit_expr_mut(otherwise);
                }
            }
            Expr::While(while_) if is_chain(&while_.cond) => {
                let label = &while_.label;
                let name = label.as_ref().map(|label| &label.name);
                let otherwise = parse_quote!({ break #name });
                let mut turn = self.nest(&while_.cond, &while_.body, otherwise);
                self.visit_expr_mut(&mut turn);
                *expr = parse_quote!(#label loop { #turn });
            }
            Expr::While(while_) => self.condition(&mut while_.cond, &mut while_.body),
            Expr::ForLoop(for_) => {
                self.visit_expr_mut(&mut for_.expr);
                let pat = (*for_.pat).clone();
                self.bound(&pat, &mut for_.body);
            }
            Expr::Match(match_) => {
                self.visit_expr_mut(&mut match_.expr);
                for arm in &mut match_.arms {
                    let body = &arm.body;
                    let mut block: Block = parse_quote!({ #body });
                    block.stmts = vec![Stmt::Expr((**body).clone(), None)];
                    let pat = arm.pat.clone();
                    self.bound(&pat, &mut block);
                    *arm.body = Expr::Block(syn::ExprBlock {
                        attrs: Vec::new(),
                        label: None,
                        block,
                    });
                }
                // Whether the arms are all there are, the original says.
                match_.arms.push(parse_quote!(_ => loop {},));
            }
            Expr::Yield(yield_) => {
                let span = yield_.yield_token.span;
                if let Some(value) = &mut yield_.expr {
                    self.visit_expr_mut(value);
                }
                self.assign_all(expr, span);
            }
            Expr::Call(call) if special(call) == Some(Special::YieldFrom) => {
                let span = call.func.span();
                for arg in &mut call.args {
                    self.visit_expr_mut(arg);
                }
                self.assign_all(expr, span);
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
    fn assign_all(&self, expr: &mut Expr, place: Span) {
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
            let assigns = self.assigns(place);
            *expr = Expr::Verbatim(at! {span=> ({
                #delegate
                #assigns
                #point
            })});
            return;
        }
        let assigns = self.assigns(place);
        *expr = Expr::Verbatim(at! {span=> ({
            let argument = #point;
            #assigns
            argument
        })});
    }

    /// Assigns each local in scope, perhaps.
    fn assigns(&self, span: Span) -> TokenStream {
        self.in_scope
            .iter()
            .map(|name| {
                let mut name = name.clone();
                name.set_span(name.span().located_at(span));
                at!(span=> if #private::opaque() { (#name) = #private::anything(); })
            })
            .collect()
    }
}

/// Whether bindings of one condition are in scope in another.
fn is_chain(cond: &Expr) -> bool {
    has_let(cond) && !matches!(cond, Expr::Let(_))
}

/// Names what a method is called on, and what `&` is applied to, where it is a value.
struct Temporaries<'c> {
    count: &'c mut usize,
    names: Vec<Ident>,
}

impl Temporaries<'_> {
    /// `let ref x = f();` → `let ref x = *{ temporary_1 = f(); &mut temporary_1 };`
    fn name_referred(&mut self, init: &mut Expr) {
        if let Some(assign) = self.hoist(init, true) {
            let ends = Ends::of(init);
            let borrowed = ends.stretch(quote!(&mut #init));
            *init = Expr::Verbatim(ends.stretch(quote!(*{ #assign; #borrowed })));
        }
    }

    /// The operands of an initialiser whose temporaries live as long as the block, wherever they stand:
    /// as in `lower/block.rs`.
    fn name_extended(&mut self, init: &mut Expr) {
        match init {
            Expr::Reference(reference) => {
                self.name_extended(&mut reference.expr);
                self.name_operand(init);
            }
            Expr::Paren(e) => self.name_extended(&mut e.expr),
            Expr::Cast(e) => self.name_extended(&mut e.expr),
            Expr::Tuple(e) => e.elems.iter_mut().for_each(|e| self.name_extended(e)),
            Expr::Array(e) => e.elems.iter_mut().for_each(|e| self.name_extended(e)),
            Expr::Struct(e) => {
                e.fields
                    .iter_mut()
                    .for_each(|field| self.name_extended(&mut field.expr));
            }
            Expr::Call(e) => e.args.iter_mut().for_each(|e| self.name_extended(e)),
            Expr::Block(e) => self.name_extended_tail(&mut e.block),
            Expr::Unsafe(e) => self.name_extended_tail(&mut e.block),
            Expr::If(e) => {
                self.name_extended_tail(&mut e.then_branch);
                if let Some((_, otherwise)) = &mut e.else_branch {
                    self.name_extended(otherwise);
                }
            }
            Expr::Match(e) => {
                e.arms
                    .iter_mut()
                    .for_each(|arm| self.name_extended(&mut arm.body));
            }
            _ => {}
        }
    }

    fn name_extended_tail(&mut self, block: &mut Block) {
        if let Some(Stmt::Expr(tail, None)) = block.stmts.last_mut() {
            self.name_extended(tail);
        }
    }

    /// `&f()` → `(temporary_1 = f(), &temporary_1).1`
    fn name_operand(&mut self, expr: &mut Expr) {
        let assign = match expr {
            Expr::MethodCall(call) if is_static_receiver(&call.receiver) => None,
            // A method may borrow it mutably.
            Expr::MethodCall(call) => self.hoist(&mut call.receiver, true),
            Expr::Reference(reference) => {
                let mutable = reference.mutability.is_some();
                self.hoist(&mut reference.expr, mutable)
            }
            _ => None,
        };
        if let Some(assign) = assign {
            *expr = parse_quote!((#assign, #expr).1);
        }
    }

    /// Replaces the value that a place is a part of. Returns the assignment to its name.
    fn hoist(&mut self, expr: &mut Expr, mutable: bool) -> Option<Expr> {
        match expr {
            Expr::Paren(e) => self.hoist(&mut e.expr, mutable),
            Expr::Group(e) => self.hoist(&mut e.expr, mutable),
            Expr::Field(e) => self.hoist(&mut e.base, mutable),
            Expr::Index(e) => self.hoist(&mut e.expr, mutable),
            Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => self.hoist(&mut e.expr, false),
            Expr::Path(path) if path.path.get_ident().is_some_and(|name| !is_constant(name)) => {
                None
            }
            // Promoted to a static.
            value if !mutable && is_constant_value(value) => None,
            value => {
                *self.count += 1;
                let name = format_ident!("temporary_{}", self.count, span = Span::mixed_site());
                let name = Ident::new(&name.to_string(), name.span().located_at(value.span()));
                let place = at!(span_of(value)=> (#name));
                let assign = parse_quote!(#name = #value);
                *value = Expr::Verbatim(place);
                self.names.push(name);
                Some(assign)
            }
        }
    }
}

impl VisitMut for Temporaries<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(_) | Expr::Async(_) => return,
            // Conditions have temporaries of their own.
            Expr::If(if_) if !has_let(&if_.cond) || is_chain(&if_.cond) => {
                if let Some((_, otherwise)) = &mut if_.else_branch {
                    self.visit_expr_mut(otherwise);
                }
                return;
            }
            Expr::While(while_) if !has_let(&while_.cond) || is_chain(&while_.cond) => return,
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
        self.name_operand(expr);
    }
    // Statements of inner blocks have temporaries of their own.
    fn visit_block_mut(&mut self, _: &mut Block) {}
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}

/// Makes bindings `mut`.
struct Mutable;

impl VisitMut for Mutable {
    fn visit_pat_ident_mut(&mut self, pat: &mut syn::PatIdent) {
        pat.mutability = Some(<syn::Token![mut]>::default());
    }
}
