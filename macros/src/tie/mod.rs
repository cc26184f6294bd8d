//! The tie: the original and the body have each saved local of the same type.
//!
//! ```text
//! let x_type = Ty::new();
//!     original:   let x = f(); let () = if false { loop {} x_type.is(&x); };
//!     machine:    let frame = Frame { .. }; if false { loop {} Frame::holds(&frame, (x_type,)); }
//! ```
//!
//! rustc makes the types of code equal that it does not run, and compares no lifetimes in it. It checks the original
//! first, so that the body has its types from there.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use syn::{
    Block, Expr, Ident, Pat, Stmt,
    token::Brace,
    visit_mut::{self, VisitMut},
};

pub use self::repeated::Repeated;
use crate::{
    hygiene::{private, span_of},
    syntax::{arm_bindings, bindings, conjuncts, generated_for},
};

mod repeated;

/// The carriers of types.
pub struct Ties {
    /// One for each local that is tied, in the order of the frame.
    pub carriers: Vec<Ident>,
}

impl Ties {
    /// Those of these locals.
    pub fn of<'n>(names: impl Iterator<Item = &'n Ident>) -> Self {
        Ties {
            carriers: names.map(carrier).collect(),
        }
    }

    /// Declares them.
    pub fn declare(&self) -> TokenStream {
        let carriers = self.carriers.iter();
        carriers
            .map(|carrier| q!(let #carrier = #private::Ty::new();))
            .collect()
    }

    /// Tells them the types in the original. `resolved` is the same body, with the names that its locals have in
    /// the frame.
    pub fn tell(&self, original: &mut Block, resolved: &Block) {
        if self.carriers.is_empty() {
            return;
        }
        let mut sites = Collect(Vec::new());
        Sites(&mut sites).visit_block_mut(&mut resolved.clone());
        let carriers = self.carriers.iter();
        let mut tell = Tell {
            sites: sites.0.into_iter(),
            carriers: carriers.map(|name| (name.to_string(), name)).collect(),
        };
        Sites(&mut tell).visit_block_mut(original);
    }
}

/// The carrier of a local's type, located where the local is.
pub fn carrier(name: &Ident) -> Ident {
    generated_for(name, "_type")
}

/// What is done where locals have just been bound.
trait AtSite {
    /// Gives what is told there.
    fn bound(&mut self, names: &[Ident]) -> TokenStream;
}

/// Notes the names.
struct Collect(Vec<Vec<Ident>>);

impl AtSite for Collect {
    fn bound(&mut self, names: &[Ident]) -> TokenStream {
        self.0.push(names.to_vec());
        TokenStream::new()
    }
}

/// Tells the types.
struct Tell<'t> {
    /// The names in the frame, site by site.
    sites: std::vec::IntoIter<Vec<Ident>>,
    carriers: HashMap<String, &'t Ident>,
}

impl AtSite for Tell<'_> {
    fn bound(&mut self, names: &[Ident]) -> TokenStream {
        let in_frame = self.sites.next().unwrap_or_default();
        if in_frame.len() != names.len() {
            // Hygiene alone tells some of them apart.
            return TokenStream::new();
        }
        let numbered = names.iter().zip(&in_frame).enumerate();
        let tied = numbered.filter_map(|(number, (name, in_frame))| {
            // A later binding of a chain hides it.
            if names[number + 1..].contains(name) {
                return None;
            }
            let carrier = self.carriers.get(&carrier(in_frame).to_string())?;
            let span = Span::mixed_site().located_at(name.span());
            Some(at!(span=> #carrier.is(&#name);))
        });
        tied.collect()
    }
}

/// Visits the places where locals have just been bound, in the same order in the original and in what has been
/// resolved.
struct Sites<'s, S>(&'s mut S);

impl<S: AtSite> Sites<'_, S> {
    /// At the start of the block in which the names are in scope.
    fn in_block(&mut self, names: &[Ident], block: &mut Block) {
        let told = self.0.bound(names);
        block.stmts.splice(0..0, never_run(&told));
    }
}

/// The statement that tells types. It is a `let`, for only a statement that cannot be a block's value may have
/// attributes.
fn never_run(told: &TokenStream) -> Option<Stmt> {
    let stmt = || q!(#[allow(unreachable_code)] let () = if false { loop {} #told };);
    (!told.is_empty()).then(|| Stmt::Expr(Expr::Verbatim(stmt()), None))
}

impl<S: AtSite> VisitMut for Sites<'_, S> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let mut stmts = Vec::with_capacity(block.stmts.len());
        // What neighbours bind is told together, as long as no name of one hides that of another.
        let (mut told, mut names) = (TokenStream::new(), Vec::new());
        for mut stmt in std::mem::take(&mut block.stmts) {
            self.visit_stmt_mut(&mut stmt);
            let bound = match &stmt {
                Stmt::Local(local) => Some(bindings(&local.pat)),
                _ => None,
            };
            if !matches!(&bound, Some(bound) if bound.iter().all(|name| !names.contains(name))) {
                stmts.extend(never_run(&std::mem::take(&mut told)));
                names.clear();
            }
            stmts.push(stmt);
            if let Some(bound) = bound {
                told.extend(self.0.bound(&bound));
                names.extend(bound);
            }
        }
        stmts.extend(never_run(&told));
        block.stmts = stmts;
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        visit_mut::visit_arm_mut(self, arm);
        let Some(told) = never_run(&self.0.bound(&arm_bindings(&arm.pat))) else {
            return;
        };
        if let Expr::Block(syn::ExprBlock {
            label: None, block, ..
        }) = &mut *arm.body
        {
            block.stmts.insert(0, told);
            return;
        }
        let span = Span::mixed_site().located_at(span_of(&arm.body));
        let body = std::mem::replace(&mut *arm.body, Expr::PLACEHOLDER);
        *arm.body = Expr::Block(syn::ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: Block {
                brace_token: Brace(span),
                stmts: vec![told, Stmt::Expr(body, None)],
            },
        });
    }

    fn visit_expr_if_mut(&mut self, if_: &mut syn::ExprIf) {
        visit_mut::visit_expr_if_mut(self, if_);
        self.in_block(&bound_by(&if_.cond), &mut if_.then_branch);
    }

    fn visit_expr_while_mut(&mut self, while_: &mut syn::ExprWhile) {
        visit_mut::visit_expr_while_mut(self, while_);
        self.in_block(&bound_by(&while_.cond), &mut while_.body);
    }

    fn visit_expr_for_loop_mut(&mut self, for_: &mut syn::ExprForLoop) {
        visit_mut::visit_expr_for_loop_mut(self, for_);
        self.in_block(&bindings(&for_.pat), &mut for_.body);
    }

    // Their locals are in no frame.
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        if let Pat::Guard(_) = pat {
            visit_mut::visit_pat_mut(self, pat);
        }
    }
}

/// What a condition binds.
fn bound_by(cond: &Expr) -> Vec<Ident> {
    let mut all = Vec::new();
    conjuncts(cond, &mut all);
    let lets = all.into_iter().filter_map(|condition| match condition {
        Expr::Let(condition) => Some(bindings(&condition.pat)),
        _ => None,
    });
    lets.flatten().collect()
}
