//! Which locals a closure may or may not take, as far as its syntax tells.

use syn::{
    Expr, Ident, Pat,
    visit::{self, Visit},
};

use crate::{
    syntax::{self, Special, as_name, pattern_use, special},
    tokens::names,
};

/// Methods of std by names that hardly anybody gives to one which takes its receiver.
const BORROWING: &[&str] = &[
    "as_bytes",
    "as_deref",
    "as_mut",
    "as_ref",
    "as_slice",
    "as_str",
    "borrow",
    "borrow_mut",
    "capacity",
    "chars",
    "clear",
    "clone",
    "contains",
    "contains_key",
    "ends_with",
    "entry",
    "extend",
    "first",
    "get",
    "get_mut",
    "insert",
    "is_empty",
    "is_none",
    "is_some",
    "iter",
    "iter_mut",
    "keys",
    "last",
    "len",
    "lock",
    "next",
    "pop",
    "push",
    "push_str",
    "remove",
    "set",
    "starts_with",
    "to_owned",
    "to_string",
    "to_vec",
    "values",
];

/// Methods of std whose results have nothing of the closures in them that were given to them, or to what they are
/// called on.
const ENDING: &[&str] = &[
    "all",
    "any",
    "collect",
    "count",
    "find",
    "find_map",
    "fold",
    "for_each",
    "is_none_or",
    "is_some_and",
    "join",
    "last",
    "map_or",
    "map_or_else",
    "max",
    "max_by",
    "max_by_key",
    "min",
    "min_by",
    "min_by_key",
    "next",
    "ok_or_else",
    "or_insert_with",
    "partition",
    "position",
    "product",
    "reduce",
    "retain",
    "sort_by",
    "sort_by_key",
    "sort_unstable_by",
    "sort_unstable_by_key",
    "sum",
    "try_fold",
    "try_for_each",
    "unwrap_or_else",
    "unzip",
];

/// Whether what a method returns has nothing of the closures in it that it is given.
pub(super) fn is_ending(method: &Ident) -> bool {
    ENDING.iter().any(|name| method == name)
}

/// Whether a method is not likely to take its receiver.
pub(super) fn is_borrowing(method: &Ident) -> bool {
    BORROWING.iter().any(|name| method == name)
}

/// Which locals a closure's body uses in a way that may or may not move them.
#[derive(Default)]
pub(super) struct Asks {
    pub asked: Vec<Ident>,
    /// Those that it reads, by themselves.
    pub read: Vec<Ident>,
    /// Those that a macro is given which nobody knows.
    pub hidden: Vec<Ident>,
    /// Whether there is another closure in it, of which there can be only one of its type, and which may be in what
    /// the closure returns.
    pub is_nested: bool,
}

impl Asks {
    pub fn of(body: &Expr) -> Self {
        let mut asks = Asks::default();
        asks.visit_expr(body);
        asks
    }

    fn matched(&mut self, value: &Expr, pats: &[&Pat]) {
        // Of a struct the parts that are bound are captured, not the whole.
        let is_variant = |pat: &&Pat| {
            let pat = match pat {
                Pat::Guard(guarded) => &*guarded.pat,
                pat => *pat,
            };
            !matches!(pat, Pat::Struct(_) | Pat::Tuple(_) | Pat::Slice(_))
        };
        let takes = pats.iter().any(|pat| pattern_use(pat).takes);
        if takes && pats.iter().all(is_variant) {
            self.asked.extend(as_name(value).cloned());
        }
    }
}

impl<'ast> Asks {
    /// Visits what is in a place, or is of a type that is copied: if that is a name, it is not moved by itself.
    fn look(&mut self, place: &'ast Expr) {
        if as_name(place).is_none() {
            self.visit_expr(place);
        }
    }

    /// The same of the places in an expression. Everything else in it is visited.
    fn operands(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Reference(e) => self.look(&e.expr),
            Expr::Unary(e) => self.look(&e.expr),
            Expr::Field(e) => self.look(&e.base),
            Expr::Cast(e) => self.look(&e.expr),
            Expr::Index(e) => {
                self.look(&e.expr);
                self.look(&e.index);
            }
            Expr::Binary(e) => {
                // `String + &str` takes the string.
                match e.op {
                    syn::BinOp::Add(_) => self.visit_expr(&e.left),
                    _ => self.look(&e.left),
                }
                self.look(&e.right);
            }
            Expr::Assign(e) => {
                self.look(&e.left);
                self.visit_expr(&e.right);
            }
            Expr::MethodCall(e) => {
                self.look(&e.receiver);
                e.args.iter().for_each(|arg| self.visit_expr(arg));
            }
            Expr::If(e) => {
                self.look(&e.cond);
                self.visit_block(&e.then_branch);
                e.else_branch.iter().for_each(|(_, e)| self.visit_expr(e));
            }
            Expr::Match(e) => {
                self.look(&e.expr);
                e.arms.iter().for_each(|arm| self.visit_arm(arm));
            }
            Expr::Let(e) => self.look(&e.expr),
            Expr::Path(path) => self.read.extend(path.path.get_ident().cloned()),
            _ => visit::visit_expr(self, expr),
        }
    }
}

impl<'ast> Visit<'ast> for Asks {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        let is_nested = self.is_nested;
        let mut ends = false;
        match expr {
            Expr::MethodCall(call) => {
                ends = is_ending(&call.method);
                if ends || !is_borrowing(&call.method) {
                    self.asked.extend(as_name(&call.receiver).cloned());
                }
            }
            Expr::Call(call) if !special(call).is_some_and(Special::is_macro) => {
                self.asked.extend(as_name(&call.func).cloned());
            }
            Expr::Match(match_) if match_.arms.len() > 1 => {
                let pats: Vec<_> = match_.arms.iter().map(|arm| &arm.pat).collect();
                self.matched(&match_.expr, &pats);
            }
            Expr::Let(condition) => self.matched(&condition.expr, &[&condition.pat]),
            Expr::Await(await_) => ends = matches!(*await_.base, Expr::Async(_)),
            Expr::Closure(_) | Expr::Async(_) => self.is_nested = true,
            _ => {}
        }
        self.operands(expr);
        if ends {
            self.is_nested = is_nested;
        }
    }
    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = local.init.as_ref().filter(|init| init.diverge.is_some()) {
            self.matched(&init.expr, &[&local.pat]);
        }
        visit::visit_local(self, local);
    }
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        if !syntax::is_textual(mac) {
            self.hidden.extend(names(mac.tokens.clone()));
        }
    }
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// The closure or `async` block in which all uses of a local are.
pub(super) fn only_user<'e>(body: &'e Expr, name: &Ident) -> Option<&'e Expr> {
    struct Users<'e, 'n> {
        name: &'n Ident,
        found: Vec<&'e Expr>,
        is_used_outside: bool,
    }
    impl<'e> Visit<'e> for Users<'e, '_> {
        fn visit_expr(&mut self, expr: &'e Expr) {
            match expr {
                Expr::Closure(_) | Expr::Async(_) => {
                    if names(quote::quote!(#expr)).contains(self.name) {
                        self.found.push(expr);
                    }
                }
                Expr::Path(path) => self.is_used_outside |= path.path.is_ident(self.name),
                _ => visit::visit_expr(self, expr),
            }
        }
        fn visit_macro(&mut self, mac: &'e syn::Macro) {
            self.is_used_outside |= names(mac.tokens.clone()).contains(self.name);
        }
        fn visit_item(&mut self, _: &'e syn::Item) {}
    }
    let mut users = Users {
        name,
        found: Vec::new(),
        is_used_outside: false,
    };
    users.visit_expr(body);
    match users.found[..] {
        [user] if !users.is_used_outside => Some(user),
        _ => None,
    }
}
