//! Which use of a local is the last on every path: only that one can move it.
//!
//! A backward analysis over the control flow that the syntax spells out. It marks the last uses
//! ([`set_last_use`]); what it does not mark seems to be used again on some path, so it borrows or copies. To
//! mark too many is safe: the original has been checked, and taking a `Copy` value leaves it usable. To mark
//! too few is refused where it would matter: see `Slot::again`.

use std::collections::{BTreeSet, HashSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    Block, Expr, Ident, Pat, Stmt,
    visit::{self, Visit},
    visit_mut::VisitMut,
};

use crate::{
    resolve::Locals,
    syntax::{
        self, Special, assigns, bindings, is_last_use, part_path, part_root, set_last_captures,
        set_last_use, set_parting_use, set_used_later, special, suspends,
    },
    tokens::names,
};

/// What is used later: locals, `x`, and parts of locals, `x.a.b`. `~x.a` says that `x.a` is assigned first,
/// although `x` is used later. `*` is for all of them.
type Live = HashSet<String>;

const ALL: &str = "*";

/// Whether a path is that of the outer one or of a part of it. Fields may be those of what the place points to.
fn is_inside(path: &str, outer: &str) -> bool {
    let is_part = |outer| {
        let rest = path.strip_prefix(outer);
        rest.is_some_and(|rest: &str| rest.starts_with('.'))
    };
    path == outer || is_part(outer) || outer.strip_suffix(".*").is_some_and(is_part)
}

/// The path of a local or a part of one.
fn path_of(expr: &Expr) -> Option<String> {
    part_path(expr).map(|(_, path)| plain(&path))
}

/// A path in which no `*` is written before a field, for it may be left out.
fn plain(path: &str) -> String {
    path.replace(".*.", ".").replace(".*.", ".")
}

/// Whether a local or part is used later, or a part of it, or what it is a part of.
fn is_used(live: &Live, path: &str) -> bool {
    let is_inside = live.iter().any(|used| is_inside(used, path) || used == ALL);
    is_inside || is_used_with(live, path)
}

/// Whether a local or part is used later with what it is a part of.
fn is_used_with(live: &Live, path: &str) -> bool {
    let assigned = live.iter().filter_map(|used| used.strip_prefix('~'));
    let assigned: Vec<_> = assigned.filter(|part| is_inside(path, part)).collect();
    live.iter().any(|used| {
        let is_assigned_first = |part: &&str| used != *part && is_inside(part, used);
        is_inside(path, used) && !assigned.iter().any(is_assigned_first)
    })
}

/// A local or part is used here.
fn used(live: &mut Live, path: String) {
    live.retain(|used| {
        !used
            .strip_prefix('~')
            .is_some_and(|used| is_inside(used, &path))
    });
    live.insert(path);
}

/// A local or part is assigned here.
fn assigned_to(live: &mut Live, path: &str) {
    live.retain(|used| !is_inside(used.trim_start_matches('~'), path));
    if path.contains('.') {
        live.insert(format!("~{path}"));
    }
}

/// Marks the last uses in a body.
pub fn mark_last_uses(body: &mut Block, locals: &Locals) {
    let mut liveness = Liveness::new(locals, Marks::LastUses);
    liveness.block(body, Live::new());
}

/// Marks the uses which are the last if the call that ends a branch never returns, and which no suspension point
/// follows. Whether it returns is for its type to say, which nobody here knows; but if a local is moved there and used
/// after the branch, rustc, which has checked the original, knows that it does not.
///
/// ```text
/// if failed { drop(x); die(); } f(&x)    →    drop(x) is a parting use
/// ```
pub fn mark_parting_uses(body: &mut Block, locals: &Locals) {
    let mut liveness = Liveness::new(locals, Marks::PartingUses);
    liveness.block(body, Live::new());
}

/// Marks each suspension point with the locals that are used after it before they are assigned, so that they
/// have a value there. Where too many are marked or too few, [`crate::movable`] rejects more than it has to.
pub fn mark_points(body: &mut Block, locals: &Locals) {
    let mut liveness = Liveness::new(locals, Marks::Points);
    liveness.block(body, Live::new());
}

/// What is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    LastUses,
    PartingUses,
    Points,
}

/// Where `break` and `continue` lead.
struct Target {
    label: Option<String>,
    is_loop: bool,
    after_break: Live,
    after_continue: Live,
}

struct Liveness<'l> {
    locals: &'l Locals,
    marks: Marks,
    /// The loops and labelled blocks around, innermost last.
    breaks: Vec<Target>,
    /// How many loops are around.
    depth: usize,
}

/// Up to this many nested loops are iterated until nothing changes, each twice at least. Deeper ones are
/// passed through once, so that time stays linear: more uses seem to be the last.
const EXACT_DEPTH: usize = 6;

impl<'l> Liveness<'l> {
    fn new(locals: &'l Locals, marks: Marks) -> Self {
        Liveness {
            locals,
            marks,
            breaks: Vec::new(),
            depth: 0,
        }
    }

    fn mark_use(&self, path: &mut syn::ExprPath, is_last: bool) {
        match self.marks {
            Marks::LastUses => set_last_use(path, is_last),
            Marks::PartingUses if is_last_use(path) => {}
            Marks::PartingUses if is_last => set_parting_use(path),
            Marks::PartingUses => set_last_use(path, false),
            Marks::Points => {}
        }
    }

    /// A branch that is an expression.
    fn branch(&mut self, branch: &mut Expr, after: Live) -> Live {
        let after = self.after_branch(is_call(branch), after);
        self.expr(branch, after)
    }

    /// What is used after a branch, seen from the end of it.
    fn after_branch(&self, ends_in_call: bool, after: Live) -> Live {
        if self.marks == Marks::PartingUses && ends_in_call {
            Live::new()
        } else {
            after
        }
    }

    fn mark_captures(&self, attrs: &mut Vec<syn::Attribute>, body: &TokenStream, after: &Live) {
        if self.marks == Marks::LastUses {
            set_last_captures(attrs, &self.last(body, after));
        }
    }

    /// Deeper loops than those that are iterated have no marks at their points: anything may be used later.
    fn mark_point(&self, attrs: &mut Vec<syn::Attribute>, after: &Live) {
        if self.marks == Marks::Points && self.depth <= EXACT_DEPTH {
            // What has a part that is assigned has a value as well.
            let roots: BTreeSet<_> = after
                .iter()
                .filter_map(|used| used.trim_start_matches('~').split('.').next())
                .collect();
            let names = roots
                .into_iter()
                .filter_map(|name| syn::parse_str(name).ok());
            set_used_later(attrs, names);
        }
    }

    /// What is used after a suspension point, seen from before it.
    fn before_point(&self, mut after: Live) -> Live {
        if self.marks == Marks::PartingUses {
            after.insert(ALL.to_owned());
        }
        after
    }

    /// A place is evaluated before an operand, and used after it.
    fn place_after(&mut self, place: &mut Expr, operand: &Expr, after: Live) -> Live {
        if self.marks == Marks::Points && suspends(operand) {
            self.expr(place, after)
        } else {
            after
        }
    }

    fn block(&mut self, block: &mut Block, after: Live) -> Live {
        let mut live = after;
        for stmt in block.stmts.iter_mut().rev() {
            live = self.stmt(stmt, live);
        }
        live
    }

    fn stmt(&mut self, stmt: &mut Stmt, after: Live) -> Live {
        match stmt {
            Stmt::Local(local) => {
                let mut live = without(after, &local.pat);
                let Some(init) = &mut local.init else {
                    return live;
                };
                if let Some((_, diverge)) = &mut init.diverge {
                    live.extend(self.expr(diverge, Live::new()));
                }
                if is_unread(&local.pat) && part_path(&init.expr).is_some() {
                    return live;
                }
                self.expr(&mut init.expr, live)
            }
            Stmt::Expr(expr, _) => self.expr(expr, after),
            Stmt::Macro(call) => self.mentioned(call.mac.tokens.clone(), after),
            Stmt::Item(_) => after,
        }
    }

    fn in_order<'e>(
        &mut self,
        exprs: impl DoubleEndedIterator<Item = &'e mut Expr>,
        after: Live,
    ) -> Live {
        exprs.rev().fold(after, |live, expr| self.expr(expr, live))
    }

    fn option(&mut self, expr: &mut Option<Box<Expr>>, after: Live) -> Live {
        match expr {
            Some(expr) => self.expr(expr, after),
            None => after,
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each kind of expression")]
    fn expr(&mut self, expr: &mut Expr, after: Live) -> Live {
        match expr {
            Expr::Path(path) => {
                let Some(name) = path
                    .path
                    .get_ident()
                    .filter(|name| self.locals.get(name).is_some())
                else {
                    return after;
                };
                let name = name.to_string();
                self.mark_use(path, !is_used(&after, &name));
                let mut live = after;
                used(&mut live, name);
                live
            }
            Expr::Field(_) | Expr::Unary(_)
                if part_path(expr).is_some_and(|(name, _)| self.locals.get(&name).is_some()) =>
            {
                let part = path_of(expr).unwrap_or_else(|| unreachable!());
                if let Some(root) = part_root(expr) {
                    self.mark_use(root, !is_used(&after, &part));
                }
                let mut live = after;
                used(&mut live, part);
                live
            }
            Expr::Assign(assign)
                if matches!(*assign.left, Expr::Infer(_)) && part_path(&assign.right).is_some() =>
            {
                after
            }
            Expr::Assign(assign) => {
                let mut live = after;
                for name in assigned(&assign.left) {
                    assigned_to(&mut live, &name);
                }
                let live = if part_path(&assign.left).is_some() {
                    live
                } else {
                    self.places(&mut assign.left, live)
                };
                self.expr(&mut assign.right, live)
            }
            Expr::Binary(binary) => match binary.op {
                syn::BinOp::And(_) | syn::BinOp::Or(_) => {
                    let mut live = self.expr(&mut binary.right, after.clone());
                    live.extend(after);
                    self.expr(&mut binary.left, live)
                }
                op => {
                    let live = if assigns(op) {
                        self.place_after(&mut binary.left, &binary.right, after)
                    } else {
                        after
                    };
                    let live = self.expr(&mut binary.right, live);
                    self.expr(&mut binary.left, live)
                }
            },
            Expr::If(if_) => {
                let otherwise = match &mut if_.else_branch {
                    Some((_, otherwise)) => self.branch(otherwise, after.clone()),
                    None => after.clone(),
                };
                let after = self.after_branch(ends_in_call(&if_.then_branch), after);
                let then = self.block(&mut if_.then_branch, after);
                self.condition(&mut if_.cond, then, &otherwise)
            }
            Expr::Let(condition) => {
                let live = without(after, &condition.pat);
                self.expr(&mut condition.expr, live)
            }
            Expr::Match(match_) => {
                let is_unread = match_.arms.iter().all(|arm| is_unread(&arm.pat));
                // A guard that fails goes on to the arms below.
                let mut live = Live::new();
                for arm in match_.arms.iter_mut().rev() {
                    let mut before = self.branch(&mut arm.body, after.clone());
                    if let Pat::Guard(guarded) = &mut arm.pat {
                        let mut after = live.clone();
                        if syntax::has_alternatives(&guarded.pat) {
                            // The next alternative is tried with the same guard.
                            let then = before.clone();
                            after.extend(self.condition(&mut guarded.guard, then, &live));
                        }
                        before = self.condition(&mut guarded.guard, before, &after);
                    }
                    live.extend(without(before, &arm.pat));
                }
                if is_unread && part_path(&match_.expr).is_some() {
                    return live;
                }
                self.expr(&mut match_.expr, live)
            }
            Expr::Loop(loop_) => {
                let label = loop_.label.clone();
                let body = &mut loop_.body;
                self.fixpoint(label.as_ref(), &after, |this, head| this.block(body, head))
            }
            Expr::While(while_) => {
                let label = while_.label.clone();
                let (cond, body) = (&mut while_.cond, &mut while_.body);
                let out = after.clone();
                self.fixpoint(label.as_ref(), &after, |this, head| {
                    let live = this.block(body, head);
                    this.condition(cond, live, &out)
                })
            }
            Expr::ForLoop(for_) => {
                let label = for_.label.clone();
                let (pat, body) = (&for_.pat, &mut for_.body);
                let out = after.clone();
                let live = self.fixpoint(label.as_ref(), &after, |this, head| {
                    let mut live = without(this.block(body, head), pat);
                    live.extend(out.iter().cloned());
                    live
                });
                self.expr(&mut for_.expr, live)
            }
            Expr::Block(block) => {
                if let Some(label) = &block.label {
                    self.breaks.push(Target {
                        label: Some(label.name.to_string()),
                        is_loop: false,
                        after_break: after.clone(),
                        after_continue: Live::new(),
                    });
                    let live = self.block(&mut block.block, after);
                    self.breaks.pop();
                    live
                } else {
                    self.block(&mut block.block, after)
                }
            }
            Expr::Unsafe(block) => self.block(&mut block.block, after),
            Expr::Break(break_) => {
                let live = self
                    .target(break_.label.as_ref())
                    .map(|t| t.after_break.clone());
                self.option(&mut break_.expr, live.unwrap_or_default())
            }
            Expr::Continue(continue_) => {
                let live = self
                    .target(continue_.label.as_ref())
                    .map(|t| t.after_continue.clone());
                live.unwrap_or_default()
            }
            Expr::Return(return_) => self.option(&mut return_.expr, Live::new()),
            Expr::Closure(closure) => {
                let breaks = std::mem::take(&mut self.breaks);
                let mut body = self.expr(&mut closure.body, after.clone());
                self.captured_to_assign(|found| found.visit_expr(&closure.body), &mut body);
                for input in &closure.inputs {
                    body = without(body, input);
                }
                self.breaks = breaks;
                let tokens = closure.body.to_token_stream();
                self.mark_captures(&mut closure.attrs, &tokens, &after);
                body.extend(after);
                body
            }
            Expr::Async(block) => {
                let breaks = std::mem::take(&mut self.breaks);
                let mut body = self.block(&mut block.block, after.clone());
                self.captured_to_assign(|found| found.visit_block(&block.block), &mut body);
                self.breaks = breaks;
                let tokens = block.block.to_token_stream();
                self.mark_captures(&mut block.attrs, &tokens, &after);
                body.extend(after);
                body
            }
            Expr::Call(call) => {
                let mut after = after;
                if syntax::diverges(call) {
                    after = Live::new();
                }
                if special(call).is_some_and(Special::is_macro) {
                    return self.in_order(syntax::argument_values(call), after);
                }
                if special(call) == Some(Special::YieldFrom) {
                    self.mark_point(&mut call.attrs, &after);
                    after = self.before_point(after);
                }
                let is_again = self.marks == Marks::LastUses && calls_many_times(&call.func);
                let args = call.args.iter_mut().rev();
                let live = args.fold(after, |live, arg| match arg {
                    // Each call of it may be followed by another.
                    Expr::Closure(closure) if is_again && closure.capture.is_none() => {
                        let again = self.mentioned(closure.body.to_token_stream(), live);
                        self.expr(arg, again)
                    }
                    _ => self.expr(arg, live),
                });
                self.expr(&mut call.func, live)
            }
            Expr::MethodCall(call) => {
                let live = self.in_order(call.args.iter_mut(), after);
                self.expr(&mut call.receiver, live)
            }
            Expr::Macro(call) => self.mentioned(call.mac.tokens.clone(), after),
            Expr::Array(array) => self.in_order(array.elems.iter_mut(), after),
            Expr::Tuple(tuple) => self.in_order(tuple.elems.iter_mut(), after),
            Expr::Struct(literal) => {
                let live = self.base(literal, after);
                self.in_order(literal.fields.iter_mut().map(|field| &mut field.expr), live)
            }
            Expr::Range(range) => {
                let live = self.option(&mut range.end, after);
                self.option(&mut range.start, live)
            }
            Expr::Index(index) => {
                let live = self.place_after(&mut index.expr, &index.index, after);
                let live = self.expr(&mut index.index, live);
                self.expr(&mut index.expr, live)
            }
            Expr::Yield(yield_) => {
                self.mark_point(&mut yield_.attrs, &after);
                let after = self.before_point(after);
                self.option(&mut yield_.expr, after)
            }
            Expr::Repeat(repeat) => self.expr(&mut repeat.expr, after),
            Expr::Await(e) => {
                let after = self.before_point(after);
                self.expr(&mut e.base, after)
            }
            Expr::Cast(e) => self.expr(&mut e.expr, after),
            Expr::Field(e) => self.expr(&mut e.base, after),
            Expr::Group(e) => self.expr(&mut e.expr, after),
            Expr::Paren(e) => self.expr(&mut e.expr, after),
            Expr::RawAddr(e) => self.expr(&mut e.expr, after),
            Expr::Reference(e) => self.expr(&mut e.expr, after),
            Expr::Try(e) => self.expr(&mut e.expr, after),
            Expr::Unary(e) => self.expr(&mut e.expr, after),
            _ => after,
        }
    }

    /// A condition, before what is used if it holds and if it does not. What it binds is used if it holds alone.
    fn condition(&mut self, cond: &mut Expr, then: Live, otherwise: &Live) -> Live {
        match cond {
            Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
                let live = self.condition(&mut binary.right, then, otherwise);
                self.condition(&mut binary.left, live, otherwise)
            }
            cond => {
                let mut live = match cond {
                    Expr::Let(condition) => without(then, &condition.pat),
                    _ => then,
                };
                live.extend(otherwise.iter().cloned());
                self.expr(cond, live)
            }
        }
    }

    /// A loop: what is live at its head is live at its end.
    fn fixpoint(
        &mut self,
        label: Option<&syn::Label>,
        after: &Live,
        mut turn: impl FnMut(&mut Self, Live) -> Live,
    ) -> Live {
        self.depth += 1;
        let mut head = Live::new();
        loop {
            self.breaks.push(Target {
                label: label.map(|label| label.name.to_string()),
                is_loop: true,
                after_break: after.clone(),
                after_continue: head.clone(),
            });
            let before = turn(self, head.clone());
            self.breaks.pop();
            if before.is_subset(&head) || self.depth > EXACT_DEPTH {
                self.depth -= 1;
                return before;
            }
            head.extend(before);
        }
    }

    /// The locals whose names stand in a closure and which are not used after it.
    fn last(&self, body: &TokenStream, after: &Live) -> Vec<Ident> {
        let mentioned = self.mentioned(body.clone(), Live::new());
        mentioned
            .iter()
            .filter(|name| !is_used(after, name))
            .filter_map(|name| syn::parse_str(name).ok())
            .collect()
    }

    /// What a closure assigns has a value when it is captured, even if it is not read before that.
    fn captured_to_assign(&self, visit: impl FnOnce(&mut Assigned), live: &mut Live) {
        let mut found = Assigned(Vec::new());
        visit(&mut found);
        for path in found.0 {
            let root = path.split('.').next().unwrap_or_default();
            let name = syn::parse_str::<Ident>(root).ok();
            if name.is_some_and(|name| self.locals.get(&name).is_some()) {
                used(live, path);
            }
        }
    }

    fn target(&self, label: Option<&syn::Lifetime>) -> Option<&Target> {
        let label = label.map(ToString::to_string);
        self.breaks.iter().rev().find(|target| match &label {
            Some(label) => target.label.as_ref() == Some(label),
            None => target.is_loop,
        })
    }

    /// What a struct literal takes the rest from. It does not use the fields that the literal names.
    fn base(&mut self, literal: &mut syn::ExprStruct, after: Live) -> Live {
        let base = literal.rest.as_deref().and_then(path_of);
        let Some(path) = base else {
            return self.option(&mut literal.rest, after);
        };
        let named = literal.fields.iter().map(|field| &field.member);
        let named = named.map(|member| plain(&format!("{path}.{}", member.to_token_stream())));
        let unused: Vec<_> = named.filter(|field| !is_used_with(&after, field)).collect();
        let mut live = self.option(&mut literal.rest, after);
        live.extend(unused.into_iter().map(|field| format!("~{field}")));
        live
    }

    /// The places of a destructuring assignment: what is not a plain name is used.
    fn places(&mut self, left: &mut Expr, after: Live) -> Live {
        struct Places<'s, 'l> {
            liveness: &'s mut Liveness<'l>,
            live: Live,
        }
        impl VisitMut for Places<'_, '_> {
            fn visit_expr_mut(&mut self, expr: &mut Expr) {
                match expr {
                    Expr::Tuple(_)
                    | Expr::Array(_)
                    | Expr::Call(_)
                    | Expr::Struct(_)
                    | Expr::Paren(_) => syn::visit_mut::visit_expr_mut(self, expr),
                    Expr::Path(_) | Expr::Infer(_) | Expr::Range(_) => {}
                    // Assigned as a whole.
                    place if part_path(place).is_some() => {}
                    place => {
                        let live = std::mem::take(&mut self.live);
                        self.live = self.liveness.expr(place, live);
                    }
                }
            }
        }
        let mut places = Places {
            liveness: self,
            live: after,
        };
        places.visit_expr_mut(left);
        places.live
    }

    /// All locals whose names stand in the arguments of an unknown macro.
    fn mentioned(&self, tokens: TokenStream, mut live: Live) -> Live {
        let names = names(tokens).into_iter();
        let locals = names.filter(|name| self.locals.get(name).is_some());
        live.extend(locals.map(|name| name.to_string()));
        live
    }
}

/// Whether the last that a branch does is a call, which may never return.
fn is_call(branch: &Expr) -> bool {
    match syntax::strip(branch) {
        Expr::Block(block) => ends_in_call(&block.block),
        Expr::Unsafe(block) => ends_in_call(&block.block),
        Expr::Call(call) => special(call).is_none() && !syntax::is_constructor(&call.func),
        Expr::MethodCall(_) | Expr::Macro(_) => true,
        _ => false,
    }
}

fn ends_in_call(block: &Block) -> bool {
    match block.stmts.last() {
        Some(Stmt::Expr(expr, _)) => is_call(expr),
        Some(Stmt::Macro(_)) => true,
        _ => false,
    }
}

/// Whether a function is one of std's, by its path, that calls the closure it is given many times: what that closure uses it
/// does not move.
fn calls_many_times(function: &Expr) -> bool {
    const BEFORE: &[&str] = &[
        "array",
        "core",
        "future",
        "futures",
        "futures_util",
        "iter",
        "std",
        "stream",
    ];
    let Expr::Path(path) = syntax::strip(function) else {
        return false;
    };
    let mut names = path
        .path
        .segments
        .iter()
        .map(|segment| &segment.ident)
        .rev();
    let is_one = names.next().is_some_and(|name| {
        ["poll_fn", "from_fn", "repeat_with"]
            .iter()
            .any(|known| name == known)
    });
    is_one && names.all(|name| BEFORE.iter().any(|known| name == known))
}

/// What is assigned in a closure.
struct Assigned(Vec<String>);

impl<'ast> Visit<'ast> for Assigned {
    fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
        self.0.extend(assigned(&assign.left));
        visit::visit_expr_assign(self, assign);
    }
}

/// Whether a pattern does not even look at the place that is matched on, which may have been moved.
fn is_unread(pat: &Pat) -> bool {
    match pat {
        Pat::Wild(_) => true,
        Pat::Guard(guarded) => is_unread(&guarded.pat),
        Pat::Paren(paren) => is_unread(&paren.pat),
        _ => false,
    }
}

/// The live locals before a pattern binds its own.
fn without(mut live: Live, pat: &Pat) -> Live {
    for name in bindings(pat) {
        assigned_to(&mut live, &name.to_string());
    }
    live
}

/// The locals that an assignment initialises as a whole.
fn assigned(left: &Expr) -> Vec<String> {
    match syntax::strip(left) {
        Expr::Tuple(tuple) => tuple.elems.iter().flat_map(assigned).collect(),
        Expr::Array(array) => array.elems.iter().flat_map(assigned).collect(),
        Expr::Call(call) => call.args.iter().flat_map(assigned).collect(),
        Expr::Struct(literal) => literal
            .fields
            .iter()
            .map(|field| &field.expr)
            .flat_map(assigned)
            .collect(),
        left => path_of(left).into_iter().collect(),
    }
}
