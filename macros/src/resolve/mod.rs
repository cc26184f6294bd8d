//! Which name is which local: every local gets a name of its own.
//!
//! ```text
//! let x = 1; { let x = x + 1; f(x) } x      →      let x = 1; { let x_2 = x + 1; f(x_2) } x
//! ```
//!
//! After this stage a name is a local exactly if it is in [`Locals`], wherever it stands, so that the
//! later stages need not know about scopes. Rules: reference, "Scopes".

mod in_macros;

use std::collections::{HashMap, HashSet};

use quote::ToTokens;
use syn::{
    Block, Expr, Ident, Lifetime, LitStr, Member, Pat, Stmt, parse_quote,
    visit::Visit,
    visit_mut::{self, VisitMut},
};

use crate::syntax::{self, Special, Used, declared, is_binding, special};
use crate::tokens::names;

/// All locals of a body, by their own names.
#[derive(Default)]
pub struct Locals(HashMap<String, Local>);

/// A local of the body.
pub struct Local {
    /// Whether it may be assigned to, or borrowed mutably.
    pub mutable: bool,
    /// Its name as the user wrote it.
    pub written: String,
    /// Whether rustc takes its name for a constant, if there is one.
    pub may_be_constant: bool,
}

impl Locals {
    /// What the user wrote for a local that has been given a name.
    pub fn is_written(&mut self, name: &Ident, written: &str) {
        if let Some(local) = self.0.get_mut(&name.to_string()) {
            written.clone_into(&mut local.written);
        }
    }

    /// The local of this name.
    pub fn get(&self, name: &Ident) -> Option<&Local> {
        self.0.get(&name.to_string())
    }

    /// The locals that an expression uses, and does not declare itself.
    pub fn used_in(&self, expr: &Expr) -> Vec<Ident> {
        let declared = declared(expr, []);
        let mut names = Used::of(expr).names;
        names.retain(|name| self.get(name).is_some() && !declared.contains(&name.to_string()));
        names
    }
}

/// Renames the locals of a body, the patterns of its parameters included. `this`: what is called `self` where a format string
/// captures it.
pub fn resolve(params: &mut [Pat], body: &mut Block, this: Option<&Ident>) -> Locals {
    // Names that are used for something else as well are found out first.
    let free = rename(
        &mut params.to_vec(),
        &mut body.clone(),
        this,
        HashSet::new(),
    )
    .free;
    rename(params, body, this, free).locals
}

fn rename(
    params: &mut [Pat],
    body: &mut Block,
    this: Option<&Ident>,
    free: HashSet<String>,
) -> Resolve {
    // So that new ones differ.
    let mut taken = names(body.to_token_stream());
    for param in &*params {
        taken.extend(names(param.to_token_stream()));
    }
    let mut resolve = Resolve {
        scopes: vec![HashMap::new()],
        this: this.cloned(),
        locals: Locals::default(),
        taken: taken.iter().map(Ident::to_string).collect(),
        counts: HashMap::new(),
        free,
        loops: Vec::new(),
        in_macro: false,
    };
    for param in params {
        resolve.declare(param, false);
    }
    resolve.visit_block_mut(body);
    resolve
}

/// A name as hygiene sees it: two names of one spelling, one of which comes from a `macro_rules!` around,
/// are two.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Name {
    spelling: String,
    context: String,
}

impl Name {
    fn of(ident: &Ident) -> Self {
        // Stable Rust tells a span's syntax context in its `Debug` form alone: `#4 bytes(20..25)`. Where
        // that should change, all names are taken to have one context.
        let span = format!("{:?}", ident.span());
        let context = match span.split_once(' ') {
            Some((context, rest)) if context.starts_with('#') && rest.starts_with("bytes(") => {
                context
            }
            _ => "",
        };
        Name {
            spelling: ident.to_string(),
            context: context.to_owned(),
        }
    }
}

struct Resolve {
    /// What each name means, innermost scope last.
    scopes: Vec<HashMap<Name, Ident>>,
    /// What `self` is called.
    this: Option<Ident>,
    locals: Locals,
    /// Names that are in use.
    taken: HashSet<String>,
    /// The number that a further name of a spelling may get: all below are taken.
    counts: HashMap<String, usize>,
    /// Names that are used where they mean no local.
    free: HashSet<String>,
    /// The loops around, innermost last; `None` for one that needs no label.
    loops: Vec<Option<Lifetime>>,
    /// Whether what is visited is an argument of a macro nobody knows.
    in_macro: bool,
}

impl Resolve {
    fn scope(&mut self, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(HashMap::new());
        visit(self);
        self.scopes.pop();
    }

    fn lookup(&self, name: &Ident) -> Option<&Ident> {
        let name = Name::of(name);
        self.scopes.iter().rev().find_map(|scope| scope.get(&name))
    }

    /// The local that a string captures by this name.
    fn lookup_captured(&self, name: &Ident) -> Option<&Ident> {
        match &self.this {
            Some(this) if name == "self" => Some(this),
            _ => self.lookup(name),
        }
    }

    fn declare_name(&mut self, ident: &mut Ident, mutable: bool, may_be_constant: bool) {
        let name = Name::of(ident);
        let source = ident.to_string();
        if self.in_macro {
            // It keeps its name, and the locals around get another one.
            self.free.insert(source);
            if let Some(scope) = self.scopes.last_mut() {
                scope.insert(name, ident.clone());
            }
            return;
        }
        // What is in upper case is a constant from here on.
        let is_upper = syntax::is_constant(ident);
        if self.locals.0.contains_key(&source)
            || self.free.contains(&source)
            || syntax::is_reserved(&source)
            || is_upper
        {
            let mut base = source.trim_start_matches("r#").to_owned();
            if is_upper {
                base = base.to_lowercase();
            }
            let count = self.counts.entry(base.clone()).or_insert(2);
            while self.taken.contains(&format!("{base}_{count}")) {
                *count += 1;
            }
            *ident = Ident::new(&format!("{base}_{count}"), ident.span());
        }
        self.taken.insert(ident.to_string());
        let local = Local {
            mutable,
            written: source,
            may_be_constant,
        };
        self.locals.0.insert(ident.to_string(), local);
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name, ident.clone());
        }
    }

    /// Declares the bindings of a pattern; those of or-patterns once.
    fn declare(&mut self, pat: &mut Pat, may_fail: bool) {
        struct Declare<'r> {
            resolve: &'r mut Resolve,
            declared: HashMap<Name, Ident>,
            /// Whether it is a pattern that may fail to match.
            may_fail: bool,
        }
        impl VisitMut for Declare<'_> {
            fn visit_pat_ident_mut(&mut self, pat: &mut syn::PatIdent) {
                if !is_binding(pat) {
                    return;
                }
                let source = Name::of(&pat.ident);
                if let Some(ident) = self.declared.get(&source) {
                    pat.ident = ident.clone();
                } else {
                    let may_be_constant = self.may_fail && syntax::is_bare(pat);
                    let mutable = pat.mutability.is_some();
                    self.resolve
                        .declare_name(&mut pat.ident, mutable, may_be_constant);
                    self.declared.insert(source, pat.ident.clone());
                }
                // That has made it a binding: `constants.rs`.
                if matches!(&pat.subpat, Some((_, inner)) if matches!(**inner, Pat::Wild(_))) {
                    pat.subpat = None;
                }
                visit_mut::visit_pat_ident_mut(self, pat);
            }
            fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
                let before = field.pat.clone();
                visit_mut::visit_field_pat_mut(self, field);
                // `S { x }` renamed is `S { x: x_2 }`.
                if field.colon_token.is_none() && *before != *field.pat {
                    field.colon_token = Some(parse_quote!(:));
                }
            }
            fn visit_expr_mut(&mut self, _: &mut Expr) {}
        }
        let mut declare = Declare {
            resolve: self,
            declared: HashMap::new(),
            may_fail,
        };
        declare.visit_pat_mut(pat);
    }

    fn rename(&mut self, ident: &mut Ident) {
        if let Some(name) = self.lookup(ident) {
            *ident = located(name, ident.span());
        } else {
            self.free.insert(ident.to_string());
        }
    }

    /// Makes the captures of a format string arguments: `"{x}"` → `"{x}", x = x_2`.
    fn capture_arguments(&self, call: &mut syn::ExprCall) {
        let named = |arg: &Expr| match arg {
            Expr::Assign(assign) => syntax::as_name(&assign.left).cloned(),
            _ => None,
        };
        let position = match syntax::macro_name(call).as_deref() {
            Some("dbg" | "vec" | "pin") | None => return,
            Some("write" | "writeln" | "assert" | "debug_assert") => 1,
            Some("assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne") => 2,
            Some(_) => 0,
        };
        let Some(Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(format),
            ..
        })) = call.args.get(position).map(syntax::strip)
        else {
            return;
        };
        let format = format.clone();
        for name in captures(&format) {
            let given = call
                .args
                .iter()
                .filter_map(named)
                .any(|other| other == name);
            if let (false, Some(local)) = (given, self.lookup_captured(&name)) {
                let mut local = local.clone();
                local.set_span(format.span());
                call.args.push(parse_quote!(#name = #local));
            }
        }
        // What an argument is called is no local, whatever the locals around are called.
        for arg in &mut call.args {
            if let Expr::Assign(named) = arg {
                *named.left = Expr::Verbatim(named.left.to_token_stream());
            }
        }
    }

    /// A condition, or a chain of such, may bind.
    fn condition(&mut self, cond: &mut Expr) {
        match cond {
            Expr::Let(condition) => {
                self.visit_expr_mut(&mut condition.expr);
                self.declare(&mut condition.pat, true);
            }
            Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
                self.condition(&mut binary.left);
                self.condition(&mut binary.right);
            }
            cond => self.visit_expr_mut(cond),
        }
    }

    fn closure(&mut self, closure: &mut syn::ExprClosure) {
        let loops = std::mem::take(&mut self.loops);
        self.scope(|this| {
            for input in &mut closure.inputs {
                this.declare(input, false);
            }
            this.visit_expr_mut(&mut closure.body);
        });
        self.loops = loops;
    }

    /// Visits a loop. If its body may be put into labelled blocks it gets a label, and so do `break` and `continue` in
    /// it, for in those only labelled ones are allowed.
    fn in_loop(
        &mut self,
        label: &mut Option<syn::Label>,
        is_split: bool,
        visit: impl FnOnce(&mut Self),
    ) {
        if label.is_none() && is_split {
            let name = format!("'loop_{}", self.loops.len() + 1);
            *label = Some(syn::Label {
                name: Lifetime::new(&name, proc_macro2::Span::mixed_site()),
                colon_token: <syn::Token![:]>::default(),
            });
        }
        let name = label
            .as_ref()
            .filter(|_| is_split)
            .map(|label| label.name.clone());
        self.loops.push(name);
        visit(self);
        self.loops.pop();
    }

    fn innermost_loop(&self) -> Option<Lifetime> {
        self.loops.last().cloned().flatten()
    }
}

/// A name at another place.
fn located(name: &Ident, span: proc_macro2::Span) -> Ident {
    let mut name = name.clone();
    name.set_span(span);
    name
}

/// The names that a format string captures, widths and precisions included: `{x}`, `{x:>w$.p$}`.
/// Grammar: `std::fmt`.
pub fn captures(format: &LitStr) -> Vec<Ident> {
    let text = format.value();
    let mut names = Vec::new();
    let mut add = |name: &str| {
        let name = name.trim();
        // A keyword, but a name all the same.
        let ident = match name {
            "self" => Ok(Ident::new(name, format.span())),
            name => syn::parse_str::<Ident>(name),
        };
        if let Ok(mut ident) = ident {
            ident.set_span(format.span());
            if !names.contains(&ident) {
                names.push(ident);
            }
        }
    };
    let mut rest = text.as_str();
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(escaped) = rest.strip_prefix('{') {
            rest = escaped;
            continue;
        }
        let Some(close) = rest.find('}') else { break };
        let (argument, spec) = rest[..close]
            .split_once(':')
            .unwrap_or((&rest[..close], ""));
        add(argument);
        for count in spec.split('$').take(spec.matches('$').count()) {
            let name = count
                .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next();
            add(name.unwrap_or_default());
        }
        rest = &rest[close + 1..];
    }
    names
}

/// The value of a `break` that has got a label: rustc warns of a block or a loop after it, which might be what is meant to
/// be labelled.
fn after_label(value: Box<Expr>) -> Box<Expr> {
    match *value {
        Expr::Block(_) | Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => {
            Box::new(Expr::Paren(syn::ExprParen {
                attrs: Vec::new(),
                paren_token: syn::token::Paren::default(),
                expr: value,
            }))
        }
        _ => value,
    }
}

/// Whether the body of a loop may be put into labelled blocks: it suspends, or has guards.
fn is_split(body: &Block) -> bool {
    struct HasGuards(bool);
    impl<'ast> Visit<'ast> for HasGuards {
        fn visit_pat_guard(&mut self, _: &'ast syn::PatGuard) {
            self.0 = true;
        }
        fn visit_item(&mut self, _: &'ast syn::Item) {}
    }
    let mut guards = HasGuards(false);
    guards.visit_block(body);
    guards.0 || syntax::block_suspends(body)
}

impl VisitMut for Resolve {
    fn visit_block_mut(&mut self, block: &mut Block) {
        self.scope(|this| {
            for stmt in &mut block.stmts {
                this.visit_stmt_mut(stmt);
            }
        });
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Local(local) => {
                if let Some(init) = &mut local.init {
                    self.visit_expr_mut(&mut init.expr);
                    if let Some((_, diverge)) = &mut init.diverge {
                        self.visit_expr_mut(diverge);
                    }
                }
                let may_fail = syntax::has_else(local);
                self.declare(&mut local.pat, may_fail);
            }
            Stmt::Macro(call) => self.rename_macro(&mut call.mac),
            Stmt::Expr(expr, _) => self.visit_expr_mut(expr),
            Stmt::Item(_) => {}
        }
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        self.scope(|this| {
            this.declare(&mut arm.pat, true);
            if let Pat::Guard(guarded) = &mut arm.pat {
                this.condition(&mut guarded.guard);
            }
            this.visit_expr_mut(&mut arm.body);
        });
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Path(path) => {
                if path.qself.is_none() && path.path.leading_colon.is_none() {
                    if let [segment] = &mut *path.path.segments.iter_mut().collect::<Vec<_>>() {
                        if segment.arguments.is_none() {
                            self.rename(&mut segment.ident);
                        }
                    }
                }
            }
            Expr::Struct(literal) => {
                for field in &mut literal.fields {
                    self.visit_expr_mut(&mut field.expr);
                    // `S { x }` is `S { x: x_2 }`, wherever `x` is a local.
                    let is_local =
                        matches!(&field.member, Member::Named(name) if self.lookup(name).is_some());
                    if field.colon_token.is_none() && is_local {
                        field.colon_token = Some(parse_quote!(:));
                    }
                }
                if let Some(rest) = &mut literal.rest {
                    self.visit_expr_mut(rest);
                }
            }
            Expr::Closure(closure) => self.closure(closure),
            Expr::Async(_) => {
                let loops = std::mem::take(&mut self.loops);
                visit_mut::visit_expr_mut(self, expr);
                self.loops = loops;
            }
            // Not in a condition, where rustc has refused it: it binds nothing.
            Expr::Let(condition) => self.visit_expr_mut(&mut condition.expr),
            Expr::If(if_) => {
                self.scope(|this| {
                    this.condition(&mut if_.cond);
                    this.visit_block_mut(&mut if_.then_branch);
                });
                if let Some((_, otherwise)) = &mut if_.else_branch {
                    self.visit_expr_mut(otherwise);
                }
            }
            Expr::While(while_) => {
                let is_split = syntax::suspends(&while_.cond) || is_split(&while_.body);
                let (cond, body) = (&mut while_.cond, &mut while_.body);
                self.in_loop(&mut while_.label, is_split, |this| {
                    this.scope(|this| {
                        this.condition(cond);
                        this.visit_block_mut(body);
                    });
                });
            }
            Expr::ForLoop(for_) => {
                self.visit_expr_mut(&mut for_.expr);
                let is_split = is_split(&for_.body);
                let (pat, body) = (&mut for_.pat, &mut for_.body);
                self.in_loop(&mut for_.label, is_split, |this| {
                    this.scope(|this| {
                        this.declare(pat, false);
                        this.visit_block_mut(body);
                    });
                });
            }
            Expr::Loop(loop_) => {
                let is_split = is_split(&loop_.body);
                let body = &mut loop_.body;
                self.in_loop(&mut loop_.label, is_split, |this| {
                    this.visit_block_mut(body);
                });
            }
            Expr::Break(break_) => {
                if break_.label.is_none() {
                    break_.label = self.innermost_loop();
                    break_.expr = break_.expr.take().map(after_label);
                }
                if let Some(value) = &mut break_.expr {
                    self.visit_expr_mut(value);
                }
            }
            Expr::Continue(continue_) => {
                if continue_.label.is_none() {
                    continue_.label = self.innermost_loop();
                }
            }
            Expr::Macro(call) => self.rename_macro(&mut call.mac),
            Expr::Call(call) if special(call).is_some_and(Special::is_macro) => {
                self.capture_arguments(call);
                for arg in syntax::argument_values(call) {
                    self.visit_expr_mut(arg);
                }
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}
