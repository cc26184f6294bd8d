//! Names in patterns: which are constants, and which bind? rustc knows from what is in scope, syntax by the name's case
//! and place.
//!
//! ```text
//! let N = 1; let PhantomData = p; f(N)     →      let N @ _ = 1; let PhantomData {} = p; f(N)
//! match n { limit => .., _ => .. }         →      the same, with `limit` as a path
//! ```
//!
//! A pattern that always matches has no constant in it. A name in upper case that is used later binds, which with `@` it does
//! for certain; one that is not is a unit struct, which with braces it is. In any other a name in upper case is a constant. One in lower case binds, unless a constant of that name is
//! declared in the body, or no program would have it so: as an arm that others follow, or as a part of some
//! alternatives of `|`. Where this errs rustc says so, asked by [`Bound::check`]. Rules: reference, "Identifier
//! patterns".

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    Arm, Block, Expr, Ident, Item, Local, Pat, PatIdent, Stmt, parse_quote,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use crate::{
    resolve::captures,
    syntax::{bindings, has_else, is_bare, is_binding},
    tokens::names,
};

/// The names that bind, by their case and place alone.
pub struct Bound(Vec<Ident>);

impl Bound {
    /// Makes it plain in patterns which names are constants. These are the patterns of parameters, and a body with its
    /// items.
    pub fn settle<'p>(
        params: impl Iterator<Item = &'p mut Pat>,
        items: &[Item],
        body: &mut Block,
    ) -> Self {
        for pat in params {
            // A parameter is no unit struct.
            let all = names(pat.to_token_stream());
            bind(pat, |used| used.0.extend(all.iter().map(Ident::to_string)));
        }
        let mut constants = Constants(Vec::new());
        for item in items {
            constants.visit_item(item);
        }
        constants.visit_block(body);
        let constants = constants.0;
        Settle { constants }.visit_block_mut(body);
        let mut bare = Bare(Vec::new());
        bare.visit_block(body);
        Bound(bare.0)
    }

    /// Code that never runs. It says that a constant cannot be bound, where one has such a name (E0530).
    pub fn check(&self) -> Option<TokenStream> {
        let names = &self.0;
        (!names.is_empty()).then(|| q!(if false { #(match () { #names @ _ => {} })* }))
    }
}

/// The name that a pattern may bind, or a constant.
fn bare(pat: &Pat) -> Option<&PatIdent> {
    match pat {
        Pat::Ident(pat) if is_bare(pat) => Some(pat),
        Pat::Paren(pat) => bare(&pat.pat),
        _ => None,
    }
}

/// Tells the names in upper case in a pattern that always matches: those bind that are used in its scope, which is
/// visited.
fn bind(pat: &mut Pat, scope: impl FnOnce(&mut Used)) {
    struct Names<S> {
        scope: Option<S>,
        used: Used,
    }
    impl<S: FnOnce(&mut Used)> VisitMut for Names<S> {
        fn visit_pat_mut(&mut self, pat: &mut Pat) {
            let Pat::Ident(name) = pat else {
                return visit_mut::visit_pat_mut(self, pat);
            };
            if is_binding(name) {
                return visit_mut::visit_pat_mut(self, pat);
            }
            if let Some(scope) = self.scope.take() {
                scope(&mut self.used);
            }
            let ident = &name.ident;
            if self.used.0.contains(&ident.to_string()) {
                name.subpat = Some((parse_quote!(@), Box::new(parse_quote!(_))));
            } else {
                *pat = parse_quote!(#ident {});
            }
        }
        fn visit_expr_mut(&mut self, _: &mut Expr) {}
        fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    }
    let mut names = Names {
        scope: Some(scope),
        used: Used(HashSet::new()),
    };
    names.visit_pat_mut(pat);
}

/// The names that are used as values, in upper case among them.
struct Used(HashSet<String>);

impl<'ast> Visit<'ast> for Used {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        self.0.extend(path.path.get_ident().map(Ident::to_string));
    }
    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.0.extend(captures(text).iter().map(Ident::to_string));
    }
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.0
            .extend(names(mac.tokens.clone()).iter().map(Ident::to_string));
    }
}

/// The names in lower case that are those of constants, wherever they stand: nothing can be bound by the name of a
/// constant.
struct Constants(Vec<Ident>);

impl<'ast> Visit<'ast> for Constants {
    fn visit_item(&mut self, item: &'ast Item) {
        if let Item::Const(item) = item {
            self.0.push(item.ident.clone());
        }
    }
    fn visit_expr_match(&mut self, match_: &'ast syn::ExprMatch) {
        let followed = match_.arms.split_last().map(|(_, followed)| followed);
        for arm in followed.into_iter().flatten() {
            let cases: Vec<&Pat> = match &arm.pat {
                Pat::Or(or) => or.cases.iter().collect(),
                pat => vec![pat],
            };
            let names = cases.into_iter().filter_map(bare);
            self.0.extend(names.map(|name| name.ident.clone()));
        }
        visit::visit_expr_match(self, match_);
    }
    fn visit_pat_or(&mut self, or: &'ast syn::PatOr) {
        let bound: Vec<_> = or.cases.iter().map(bindings).collect();
        let in_some = |name: &Ident| bound.iter().any(|names| !names.contains(name));
        self.0.extend(bound.concat().into_iter().filter(in_some));
        visit::visit_pat_or(self, or);
    }
}

/// Makes it plain what patterns bind, where these names are those of constants.
struct Settle {
    constants: Vec<Ident>,
}

impl VisitMut for Settle {
    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        let is_constant = |name: &&PatIdent| self.constants.contains(&name.ident);
        match bare(pat).filter(is_constant) {
            Some(name) => {
                let (attrs, name) = (&name.attrs, &name.ident);
                *pat = Pat::Path(parse_quote!(#(#attrs)* #name));
            }
            None => visit_mut::visit_pat_mut(self, pat),
        }
    }
    fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
        visit_mut::visit_field_pat_mut(self, field);
        // `S { x }` with a constant is `S { x: x }`.
        if let Pat::Path(_) = *field.pat {
            field.colon_token.get_or_insert_default();
        }
    }
    fn visit_block_mut(&mut self, block: &mut Block) {
        for at in 0..block.stmts.len() {
            let (before, after) = block.stmts.split_at_mut(at + 1);
            let Some(Stmt::Local(local)) = before.last_mut() else {
                continue;
            };
            if !has_else(local) {
                bind(&mut local.pat, |used| {
                    for stmt in &*after {
                        used.visit_stmt(stmt);
                    }
                });
            }
        }
        visit_mut::visit_block_mut(self, block);
    }
    fn visit_expr_for_loop_mut(&mut self, for_: &mut syn::ExprForLoop) {
        bind(&mut for_.pat, |used| used.visit_block(&for_.body));
        visit_mut::visit_expr_for_loop_mut(self, for_);
    }
    fn visit_expr_closure_mut(&mut self, closure: &mut syn::ExprClosure) {
        for input in &mut closure.inputs {
            bind(input, |used| used.visit_expr(&closure.body));
        }
        visit_mut::visit_expr_closure_mut(self, closure);
    }
    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// The names that bind, if they are not constants, each once.
struct Bare(Vec<Ident>);

impl Bare {
    fn add(&mut self, pat: &Pat) {
        struct Names<'b>(&'b mut Vec<Ident>);
        impl<'ast> Visit<'ast> for Names<'_> {
            fn visit_pat(&mut self, pat: &'ast Pat) {
                let name = bare(pat).filter(|name| is_binding(name));
                let is_new = |name: &&PatIdent| !self.0.contains(&name.ident);
                self.0
                    .extend(name.filter(is_new).map(|name| name.ident.clone()));
                visit::visit_pat(self, pat);
            }
            fn visit_expr(&mut self, _: &'ast Expr) {}
        }
        Names(&mut self.0).visit_pat(pat);
    }
}

impl<'ast> Visit<'ast> for Bare {
    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.add(&arm.pat);
        visit::visit_arm(self, arm);
    }
    fn visit_expr_let(&mut self, let_: &'ast syn::ExprLet) {
        self.add(&let_.pat);
        visit::visit_expr_let(self, let_);
    }
    fn visit_local(&mut self, local: &'ast Local) {
        if has_else(local) {
            self.add(&local.pat);
        }
        visit::visit_local(self, local);
    }
    fn visit_item(&mut self, _: &'ast Item) {}
}
