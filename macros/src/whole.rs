//! Closures without `move` that refer to the places of locals: those that take a local, or of which rustc is asked whether they
//! do. rustc's closure captures what a reference refers to, and can outlive the reference; theirs must not, for its place is
//! in the frame. So the original's captures the whole local.
//!
//! ```text
//! || { drop(name); word.len() }      the original:  || { let _ = (&word,); { drop(name); word.len() } }
//! ```

use std::collections::HashMap;

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{
    Block, Expr, Stmt,
    ext::IdentExt,
    parse::Parser,
    token::Brace,
    visit_mut::{self, VisitMut},
};

use crate::{hygiene::span_of, resolve::Locals, tokens::names};

/// The locals that closures and `async` blocks capture as a whole.
#[derive(Default)]
pub struct Whole(HashMap<String, Vec<Ident>>);

impl Whole {
    /// Notes that the one which starts there captures this local so.
    pub fn note(&mut self, start: Span, local: &Ident, locals: &Locals) {
        let written = locals.get(local).map(|local| local.written.clone());
        let written = written.unwrap_or_else(|| local.to_string());
        // `self` is one.
        let Ok(mut name) = Ident::parse_any.parse_str(&written) else {
            return;
        };
        name.set_span(local.span());
        let names = self.0.entry(key(start)).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }

    /// Has those of an original capture them.
    pub fn capture(&self, original: &mut Block) {
        if !self.0.is_empty() {
            Capture(self).visit_block_mut(original);
        }
    }

    /// What the first statement of one refers to.
    fn referred(&self, start: Span, body: &impl ToTokens) -> Option<Stmt> {
        // One that a macro makes several times may have other locals in it.
        let used = names(body.to_token_stream());
        let all = self.0.get(&key(start))?;
        let here: Vec<_> = all.iter().filter(|name| used.contains(name)).collect();
        let referred = || Stmt::Expr(Expr::Verbatim(q!(let _ = (#(&#here,)*);)), None);
        (!here.is_empty()).then(referred)
    }
}

/// Stable Rust compares spans by their `Debug` form alone.
fn key(start: Span) -> String {
    format!("{start:?}")
}

struct Capture<'w>(&'w Whole);

impl VisitMut for Capture<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Closure(closure) => {
                let start = closure.inputs_begin.span;
                if let Some(referred) = self.0.referred(start, &closure.body) {
                    let body = std::mem::replace(&mut *closure.body, Expr::PLACEHOLDER);
                    *closure.body = Expr::Block(syn::ExprBlock {
                        attrs: Vec::new(),
                        label: None,
                        block: Block {
                            brace_token: Brace(Span::mixed_site().located_at(span_of(&body))),
                            stmts: vec![referred, Stmt::Expr(body, None)],
                        },
                    });
                }
            }
            Expr::Async(block) => {
                let start = block.async_token.span;
                let referred = self.0.referred(start, &block.block);
                block.block.stmts.splice(0..0, referred);
            }
            _ => {}
        }
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}
