//! What patterns bind and take.

use std::collections::HashSet;

use syn::{
    Expr, ExprPath, Ident, Local, Pat, PatIdent,
    visit::{self, Visit},
};

use super::{conjuncts, is_constant, part_path};

/// The name that a pattern is, if it is nothing else.
pub fn plain_name(pat: &Pat) -> Option<&Ident> {
    match pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => Some(&pat.ident),
        _ => None,
    }
}

/// The bindings of a pattern, each once, in order.
pub fn bindings(pat: &Pat) -> Vec<Ident> {
    struct Bindings(Vec<Ident>);
    impl<'ast> Visit<'ast> for Bindings {
        fn visit_pat_ident(&mut self, pat: &'ast PatIdent) {
            if !is_binding(pat) {
                return;
            }
            if !self.0.contains(&pat.ident) {
                self.0.push(pat.ident.clone());
            }
            visit::visit_pat_ident(self, pat);
        }
        fn visit_expr(&mut self, _: &'ast Expr) {}
    }
    let mut found = Bindings(Vec::new());
    found.visit_pat(pat);
    found.0
}

/// The names that are bound somewhere in an expression, or by these patterns.
pub fn declared<'p>(expr: &Expr, pats: impl IntoIterator<Item = &'p Pat>) -> HashSet<String> {
    struct Declared(HashSet<String>);
    impl<'ast> Visit<'ast> for Declared {
        fn visit_pat(&mut self, pat: &'ast Pat) {
            self.0.extend(bindings(pat).iter().map(Ident::to_string));
            visit::visit_pat(self, pat);
        }
    }
    let mut declared = Declared(HashSet::new());
    declared.visit_expr(expr);
    for pat in pats {
        declared.visit_pat(pat);
    }
    declared.0
}

/// Whether an identifier in a pattern is a name alone: it binds, or is a constant.
pub fn is_bare(pat: &PatIdent) -> bool {
    pat.by_ref.is_none() && pat.mutability.is_none() && pat.subpat.is_none()
}

/// Whether a `let` has an `else`, so that its pattern may fail to match.
pub fn has_else(local: &Local) -> bool {
    local
        .init
        .as_ref()
        .is_some_and(|init| init.diverge.is_some())
}

/// Whether an identifier in a pattern binds a local.
pub fn is_binding(pat: &PatIdent) -> bool {
    !is_bare(pat) || !is_constant(&pat.ident)
}

/// What a pattern does with the parts of a value.
#[derive(Default)]
pub struct PatternUse {
    /// It may move a part.
    pub takes: bool,
    /// It says `ref` or `ref mut`.
    pub refers: bool,
    /// It may leave a part behind: `_`, `..`, `ref`, a constant.
    pub leaves: bool,
}

impl<'ast> Visit<'ast> for PatternUse {
    fn visit_pat_ident(&mut self, pat: &'ast PatIdent) {
        if is_binding(pat) {
            if pat.by_ref.is_some() {
                self.refers = true;
                self.leaves = true;
            } else {
                self.takes = true;
            }
        }
        self.leaves |= !is_binding(pat);
        // `x @ ..` leaves nothing that it does not bind.
        if pat.by_ref.is_some() || !is_binding(pat) {
            visit::visit_pat_ident(self, pat);
        }
    }
    fn visit_pat_guard(&mut self, pat: &'ast syn::PatGuard) {
        self.visit_pat(&pat.pat);
    }
    fn visit_expr_path(&mut self, _: &'ast ExprPath) {
        self.leaves = true;
    }
    fn visit_pat_wild(&mut self, _: &'ast syn::PatWild) {
        self.leaves = true;
    }
    fn visit_pat_rest(&mut self, _: &'ast syn::PatRest) {
        self.leaves = true;
    }
    fn visit_expr(&mut self, _: &'ast Expr) {}
}

/// What a pattern does with the parts of a value.
pub fn pattern_use(pat: &Pat) -> PatternUse {
    let mut found = PatternUse::default();
    found.visit_pat(pat);
    found
}

/// Whether a pattern does not even refer to a part of the value: `_`, `..`.
pub fn skips(pat: &Pat) -> bool {
    struct Skips(bool);
    impl<'ast> Visit<'ast> for Skips {
        fn visit_pat_wild(&mut self, _: &'ast syn::PatWild) {
            self.0 = true;
        }
        fn visit_pat_rest(&mut self, _: &'ast syn::PatRest) {
            self.0 = true;
        }
        fn visit_pat_struct(&mut self, pat: &'ast syn::PatStruct) {
            self.0 |= pat.rest.is_some();
            visit::visit_pat_struct(self, pat);
        }
        fn visit_expr(&mut self, _: &'ast Expr) {}
    }
    let mut found = Skips(false);
    found.visit_pat(pat);
    found.0
}

/// Whether a pattern has alternatives, which are tried one after the other.
pub fn has_alternatives(pat: &Pat) -> bool {
    struct Alternatives(bool);
    impl<'ast> Visit<'ast> for Alternatives {
        fn visit_pat_or(&mut self, _: &'ast syn::PatOr) {
            self.0 = true;
        }
        fn visit_expr(&mut self, _: &'ast Expr) {}
    }
    let mut found = Alternatives(false);
    found.visit_pat(pat);
    found.0
}

/// What an arm binds: by its pattern, then by a `let` in its guard.
pub fn arm_bindings(pat: &Pat) -> Vec<Ident> {
    let mut names = bindings(pat);
    if let Pat::Guard(guarded) = pat {
        let mut conditions = Vec::new();
        conjuncts(&guarded.guard, &mut conditions);
        for condition in conditions {
            if let Expr::Let(condition) = condition {
                names.extend(bindings(&condition.pat));
            }
        }
    }
    names
}

/// Whether a guard says `&` of a binding: what it has assigned may refer to that in the arm.
pub fn refers(guard: &Expr, names: &[Ident]) -> bool {
    struct Refers<'n> {
        names: &'n [Ident],
        found: bool,
    }
    impl<'ast> Visit<'ast> for Refers<'_> {
        fn visit_expr_reference(&mut self, reference: &'ast syn::ExprReference) {
            let root = part_path(&reference.expr);
            self.found |= root.is_some_and(|(name, _)| self.names.contains(&name));
            visit::visit_expr_reference(self, reference);
        }
    }
    let mut refers = Refers {
        names,
        found: false,
    };
    refers.visit_expr(guard);
    refers.found
}

/// A pattern and its guard.
pub fn guarded(pat: &Pat) -> (&Pat, Option<&Expr>) {
    match pat {
        Pat::Guard(guarded) => (&guarded.pat, Some(&guarded.guard)),
        pat => (pat, None),
    }
}
