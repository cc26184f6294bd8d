//! Which locals may have a type that the body itself makes: a closure, an `async` block, an item of an inner block,
//! or whatever comes out of a macro. It is another type in each copy of the body.
//!
//! Such a type gets from one expression to another where their types are inferred from each other: by being
//! parts of one, arguments of one call, or by the locals in both. It does not get past a type that is written down. So all that is
//! connected in this way is one class, and has such types or has not. What comes out of a call or an operator may have a type that
//! one of its operands has, but the operands have none from there:
//!
//! ```text
//! let f = || 1; let v = vec![f]; v.len()     f and v
//! let n: usize = v.iter().map(|x| x()).sum()     not n
//! let m = words.iter().map(|w| w.len() + k).max()     m, but neither words nor k
//! ```
//!
//! Classes are larger than they would have to be. That costs a tie, where a smaller one would cost a valid program.

use std::collections::{HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    BinOp, Block, Expr, Ident, Item, Pat, Stmt, Type,
    visit::{self, Visit},
};

use crate::{
    fields,
    resolve::Locals,
    syntax::{self, Special, bindings, conjuncts, special},
    tokens::names,
};

/// What may be of a type that is repeated with the body.
pub struct Repeated<'l> {
    locals: &'l Locals,
    classes: Classes,
    of_locals: HashMap<String, Class>,
    /// The locals whose types are written down.
    written: HashSet<String>,
    /// The class of all values of `break`.
    breaks: Class,
    /// That of what is yielded.
    yields: Class,
    /// That of what is returned.
    returns: Class,
    /// The classes of the closures and `async` blocks around.
    bodies: Vec<Class>,
    /// Whether any type may be repeated, for there are items.
    all: bool,
}

impl<'l> Repeated<'l> {
    /// Looks through a resolved body, of which these are the parameters.
    pub fn of<'p>(params: impl Iterator<Item = &'p Pat>, body: &Block, locals: &'l Locals) -> Self {
        let mut classes = Classes::default();
        let [breaks, yields, returns] = [(); 3].map(|()| classes.new_class(false));
        let mut repeated = Repeated {
            locals,
            classes,
            of_locals: HashMap::new(),
            written: HashSet::new(),
            breaks,
            yields,
            returns,
            bodies: Vec::new(),
            all: false,
        };
        params.for_each(|pat| repeated.is_written(pat));
        let value = repeated.block(body);
        repeated.classes.join(value, returns);
        repeated.classes.settle();
        repeated
    }

    /// Whether the type of what is yielded, and of what is returned, may be one of them.
    pub fn comes_out(&self) -> [bool; 2] {
        [self.yields, self.returns].map(|class| self.classes.is_repeated(class))
    }

    /// Whether a local's type may be one of them.
    pub fn has(&self, name: &Ident) -> bool {
        let name = name.to_string();
        let class = self.of_locals.get(&name);
        self.all || class.is_some_and(|class| self.classes.is_repeated(*class))
    }

    /// Whether a value's type may be one of them.
    pub fn makes(&mut self, value: &Expr) -> bool {
        let class = self.expr(value);
        self.classes.settle();
        self.all || self.classes.is_repeated(class)
    }

    fn is_written(&mut self, pat: &Pat) {
        let names = bindings(pat);
        self.written.extend(names.iter().map(Ident::to_string));
    }

    fn none(&mut self) -> Class {
        self.classes.new_class(false)
    }

    fn local(&mut self, name: &Ident) -> Class {
        let is_other = self.locals.get(name).is_none();
        let name = name.to_string();
        if is_other || self.written.contains(&name) {
            return self.none();
        }
        let classes = &mut self.classes;
        *self
            .of_locals
            .entry(name)
            .or_insert_with(|| classes.new_class(false))
    }

    fn pattern(&mut self, pat: &Pat) -> Class {
        let class = self.none();
        for name in bindings(pat) {
            let local = self.local(&name);
            self.classes.join(class, local);
        }
        class
    }

    /// What nobody can look into: a class of repeated types, with the locals that it names.
    fn opaque(&mut self, tokens: TokenStream) -> Class {
        let class = self.classes.new_class(true);
        for name in names(tokens) {
            let local = self.local(&name);
            self.classes.join(class, local);
        }
        class
    }

    fn join_all<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) -> Class {
        let class = self.none();
        for expr in exprs {
            let operand = self.expr(expr);
            self.classes.join(class, operand);
        }
        class
    }

    fn block(&mut self, block: &Block) -> Class {
        let mut value = self.none();
        for stmt in &block.stmts {
            match stmt {
                Stmt::Local(local) => self.let_(local),
                Stmt::Expr(expr, semi) => {
                    let class = self.expr(expr);
                    if semi.is_none() {
                        value = class;
                    }
                }
                Stmt::Item(Item::Use(_) | Item::Const(_) | Item::Static(_)) => {}
                Stmt::Macro(call) if fields::logs(&call.mac) => {}
                // There may be items in a macro.
                Stmt::Item(_) | Stmt::Macro(_) => self.all = true,
            }
        }
        value
    }

    fn let_(&mut self, local: &syn::Local) {
        let init = local.init.as_ref();
        let value = init.map(|init| self.expr(&init.expr));
        if let Some((_, diverge)) = init.and_then(|init| init.diverge.as_ref()) {
            self.expr(diverge);
        }
        match &local.pat {
            Pat::Type(typed) if says_all(&typed.ty) => self.is_written(&typed.pat),
            pat => {
                let bound = self.pattern(pat);
                if let Some(value) = value {
                    self.classes.join(bound, value);
                }
            }
        }
    }

    fn condition(&mut self, cond: &Expr) {
        let mut all = Vec::new();
        conjuncts(cond, &mut all);
        for condition in &all {
            self.expr(condition);
        }
    }

    fn call(&mut self, call: &syn::ExprCall) -> Class {
        if !special(call).is_some_and(Special::is_macro) {
            let callee = match special(call) {
                Some(_) => None,
                None => Some(&*call.func),
            };
            let operands = self.join_all(callee.into_iter().chain(&call.args));
            let makes_of_them = special(call).is_some() || syntax::is_constructor(&call.func);
            return if makes_of_them {
                operands
            } else {
                self.derived(operands)
            };
        }
        let args = syntax::argument_values_of(call);
        if special(call) == Some(Special::Machine) {
            return self.body(|this| this.join_all(&call.args));
        }
        match syntax::macro_name(call).as_deref() {
            Some(
                "format" | "print" | "println" | "eprint" | "eprintln" | "panic" | "assert"
                | "assert_eq" | "assert_ne" | "debug_assert" | "debug_assert_eq"
                | "debug_assert_ne" | "write" | "writeln",
            ) => {
                args.for_each(|arg| {
                    self.expr(arg);
                });
                self.none()
            }
            _ => self.join_all(args),
        }
    }

    /// What is returned. Of what the machine returns, the signature says the type.
    fn returned(&mut self, expr: Option<&Expr>) -> Class {
        let value = self.join_all(expr);
        if let Some(body) = self.bodies.last() {
            self.classes.flow(value, *body);
        }
        value
    }

    /// The class of what is made of something: it has such types if that has.
    fn derived(&mut self, from: Class) -> Class {
        let class = self.none();
        self.classes.flow(from, class);
        class
    }

    /// A closure or an `async` block: what goes in and what comes out is of its type, too.
    fn body(&mut self, visit: impl FnOnce(&mut Self) -> Class) -> Class {
        let class = self.classes.new_class(true);
        self.bodies.push(class);
        let value = visit(self);
        self.bodies.pop();
        self.classes.flow(value, class);
        class
    }

    fn closure(&mut self, closure: &syn::ExprClosure) -> Class {
        self.body(|this| {
            let value = this.expr(&closure.body);
            for input in &closure.inputs {
                match input {
                    Pat::Type(typed) if says_all(&typed.ty) => this.is_written(&typed.pat),
                    pat => {
                        let input = this.pattern(pat);
                        let body = this.bodies.last().copied().unwrap_or(value);
                        this.classes.flow(body, input);
                    }
                }
            }
            value
        })
    }

    fn expr(&mut self, expr: &Expr) -> Class {
        match expr {
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) if path.qself.is_none() => self.local(name),
                _ => self.none(),
            },
            Expr::Lit(_) | Expr::Infer(_) | Expr::Continue(_) => self.none(),
            Expr::Paren(e) => self.expr(&e.expr),
            Expr::Group(e) => self.expr(&e.expr),
            Expr::Unary(e) => self.expr(&e.expr),
            Expr::Reference(e) => self.expr(&e.expr),
            Expr::RawAddr(e) => self.expr(&e.expr),
            Expr::Field(e) => self.expr(&e.base),
            Expr::Await(e) => {
                let future = self.expr(&e.base);
                self.derived(future)
            }
            Expr::Try(e) => {
                let value = self.returned(Some(&e.expr));
                self.derived(value)
            }
            Expr::Repeat(e) => self.expr(&e.expr),
            Expr::Array(e) => self.join_all(&e.elems),
            Expr::Tuple(e) => self.join_all(&e.elems),
            Expr::Range(e) => self.join_all(e.start.iter().chain(&e.end).map(|e| &**e)),
            Expr::Index(e) => {
                let (value, index) = (self.expr(&e.expr), self.expr(&e.index));
                self.classes.flow(index, value);
                value
            }
            Expr::MethodCall(e) => {
                let operands = self.join_all(std::iter::once(&*e.receiver).chain(&e.args));
                self.derived(operands)
            }
            Expr::Struct(e) => {
                let fields = e.fields.iter().map(|field| &field.expr);
                self.join_all(fields.chain(e.rest.as_deref()))
            }
            Expr::Call(e) => self.call(e),
            Expr::Cast(e) => {
                let value = self.expr(&e.expr);
                if says_all(&e.ty) { self.none() } else { value }
            }
            Expr::Binary(e) => self.operator(e),
            Expr::Assign(e) => {
                self.join_all([&*e.left, &*e.right]);
                self.none()
            }
            Expr::Let(e) => {
                let (value, bound) = (self.expr(&e.expr), self.pattern(&e.pat));
                self.classes.join(value, bound);
                self.none()
            }
            Expr::If(_) | Expr::Match(_) | Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => {
                self.branches(expr)
            }
            Expr::Block(e) => {
                let value = self.block(&e.block);
                if e.label.is_some() {
                    self.classes.join(value, self.breaks);
                }
                value
            }
            Expr::Unsafe(e) => self.block(&e.block),
            Expr::Break(e) => {
                if let Some(value) = &e.expr {
                    let value = self.expr(value);
                    self.classes.join(value, self.breaks);
                }
                self.none()
            }
            Expr::Return(e) => {
                let value = self.returned(e.expr.as_deref());
                if self.bodies.is_empty() {
                    self.classes.join(value, self.returns);
                }
                self.none()
            }
            Expr::Yield(e) => {
                let value = self.join_all(e.expr.as_deref());
                self.classes.join(value, self.yields);
                self.none()
            }
            Expr::Closure(e) => self.closure(e),
            Expr::Async(e) => self.body(|this| this.block(&e.block)),
            Expr::Macro(e) => self.opaque(e.mac.tokens.clone()),
            other => self.opaque(other.to_token_stream()),
        }
    }
}

impl Repeated<'_> {
    fn operator(&mut self, e: &syn::ExprBinary) -> Class {
        let (left, right) = (self.expr(&e.left), self.expr(&e.right));
        if syntax::assigns(e.op) {
            self.classes.flow(right, left);
        }
        let result = self.none();
        if !syntax::assigns(e.op) && !makes_bool(e.op) {
            self.classes.flow(left, result);
            self.classes.flow(right, result);
        }
        result
    }

    fn branches(&mut self, expr: &Expr) -> Class {
        match expr {
            Expr::If(e) => {
                self.condition(&e.cond);
                let value = self.block(&e.then_branch);
                if let Some((_, otherwise)) = &e.else_branch {
                    let otherwise = self.expr(otherwise);
                    self.classes.join(value, otherwise);
                }
                value
            }
            Expr::Match(e) => {
                let (scrutinee, value) = (self.expr(&e.expr), self.none());
                for arm in &e.arms {
                    let bound = self.pattern(&arm.pat);
                    self.classes.join(scrutinee, bound);
                    if let Pat::Guard(guarded) = &arm.pat {
                        self.condition(&guarded.guard);
                    }
                    let arm = self.expr(&arm.body);
                    self.classes.join(value, arm);
                }
                value
            }
            Expr::Loop(e) => {
                self.block(&e.body);
                self.breaks
            }
            Expr::While(e) => {
                self.condition(&e.cond);
                self.block(&e.body);
                self.none()
            }
            Expr::ForLoop(e) => {
                let (items, bound) = (self.expr(&e.expr), self.pattern(&e.pat));
                self.classes.join(items, bound);
                self.block(&e.body);
                self.none()
            }
            _ => self.none(),
        }
    }
}

fn makes_bool(op: BinOp) -> bool {
    matches!(
        op,
        BinOp::And(_)
            | BinOp::Or(_)
            | BinOp::Eq(_)
            | BinOp::Ne(_)
            | BinOp::Lt(_)
            | BinOp::Le(_)
            | BinOp::Gt(_)
            | BinOp::Ge(_)
    )
}

/// Whether nothing of a type is left to be inferred.
fn says_all(ty: &Type) -> bool {
    struct Says(bool);
    impl<'ast> Visit<'ast> for Says {
        fn visit_type(&mut self, ty: &'ast Type) {
            self.0 &= !matches!(
                ty,
                Type::Infer(_) | Type::Macro(_) | Type::ImplTrait(_) | Type::Verbatim(_)
            );
            visit::visit_type(self, ty);
        }
    }
    let mut says = Says(true);
    says.visit_type(ty);
    says.0
}

/// A class of connected types.
type Class = usize;

/// Disjoint sets.
#[derive(Default)]
struct Classes {
    /// What each has become a part of; itself, if it has not.
    of: Vec<Class>,
    /// Whether a type in it is repeated.
    repeated: Vec<bool>,
    /// From which a type may get to which other.
    flows: Vec<(Class, Class)>,
}

impl Classes {
    fn new_class(&mut self, is_repeated: bool) -> Class {
        let class = self.of.len();
        self.of.push(class);
        self.repeated.push(is_repeated);
        class
    }

    fn find(&self, mut class: Class) -> Class {
        while self.of[class] != class {
            class = self.of[class];
        }
        class
    }

    fn is_repeated(&self, class: Class) -> bool {
        self.repeated[self.find(class)]
    }

    fn flow(&mut self, from: Class, to: Class) {
        self.flows.push((from, to));
    }

    /// Lets types get everywhere they may. What is made comes after what it is made of, so that once is nearly always enough.
    fn settle(&mut self) {
        let mut changes = true;
        while std::mem::take(&mut changes) {
            for &(from, to) in &self.flows {
                let (from, to) = (self.find(from), self.find(to));
                if self.repeated[from] && !self.repeated[to] {
                    self.repeated[to] = true;
                    changes = true;
                }
            }
        }
    }

    fn join(&mut self, a: Class, b: Class) {
        let (a, b) = (self.find(a), self.find(b));
        // The older one is the root, so that a chain of operands stays flat.
        let (root, other) = (a.min(b), a.max(b));
        self.of[other] = root;
        self.repeated[root] |= self.repeated[other];
    }
}
