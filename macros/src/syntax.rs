//! Questions about syntax that several stages ask.

use crate::expression;
use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::format_ident;
use syn::{
    Attribute, Block, Expr, ExprCall, ExprPath, Ident, Item, Pat, Stmt, parse_quote,
    parse_quote_spanned,
    punctuated::Punctuated,
    spanned::Spanned,
    visit::{self, Visit},
};

/// What a call made by `prepare` stands for.
#[derive(Clone, Copy, PartialEq)]
pub enum Special {
    /// `yield_from!(machine)`, `yield_from!(machine, first)`.
    YieldFrom,
    /// One of std's macros, its arguments parsed; the function is `name !`.
    Macro,
    /// `vec![a; n]`, with `a` and `n` as arguments.
    RepeatMacro,
    /// `machine!([a, b = f()] ..)`, with `a` and `f()` as arguments; the function is all of it.
    Machine,
}

impl Special {
    /// Whether it is a macro that is known.
    pub fn is_macro(self) -> bool {
        matches!(
            self,
            Special::Macro | Special::RepeatMacro | Special::Machine
        )
    }
}

/// The attribute that marks a call as [`Special`].
pub fn special_attribute(special: Special, span: Span) -> Attribute {
    match special {
        Special::YieldFrom => parse_quote_spanned!(span=> #[handcrank_yield_from]),
        Special::Macro => parse_quote_spanned!(span=> #[handcrank_macro]),
        Special::RepeatMacro => parse_quote_spanned!(span=> #[handcrank_repeat_macro]),
        Special::Machine => parse_quote_spanned!(span=> #[handcrank_machine]),
    }
}

/// What a call stands for, if it is none of the user's.
pub fn special(call: &ExprCall) -> Option<Special> {
    call.attrs.iter().find_map(|attr| {
        if attr.path().is_ident("handcrank_yield_from") {
            Some(Special::YieldFrom)
        } else if attr.path().is_ident("handcrank_macro") {
            Some(Special::Macro)
        } else if attr.path().is_ident("handcrank_repeat_macro") {
            Some(Special::RepeatMacro)
        } else if attr.path().is_ident("handcrank_machine") {
            Some(Special::Machine)
        } else {
            None
        }
    })
}

/// Marks a value that a `let` borrows for as long as its block: the number of its slot, and its type if the
/// user said it.
pub fn extended_call(slot: usize, value: &Expr, ty: Option<Expr>) -> Expr {
    let slot = proc_macro2::Literal::usize_unsuffixed(slot);
    let span = crate::hygiene::span_of(value);
    let mut call: ExprCall = parse_quote_spanned!(span=> #[handcrank_extended(#slot)] extended());
    // As they are: a type need not be an expression.
    call.args.extend(std::iter::once(value.clone()).chain(ty));
    Expr::Call(call)
}

/// The number of the slot of a value that a `let` borrows.
pub fn extended_slot(call: &ExprCall) -> Option<usize> {
    call.attrs.iter().find_map(|attr| {
        let is_ours = attr.path().is_ident("handcrank_extended");
        let slot = is_ours.then(|| attr.parse_args::<syn::LitInt>());
        slot?.ok()?.base10_parse().ok()
    })
}

/// Whether an expression is a value that a `let` borrows for as long as its block.
pub fn is_extended(expr: &Expr) -> bool {
    matches!(expr, Expr::Call(call) if extended_slot(call).is_some())
}

/// The name of the macro that a [`Special::Macro`] call stands for.
pub fn macro_name(call: &ExprCall) -> Option<String> {
    match &*call.func {
        Expr::Macro(call) => call.mac.path.segments.last().map(|s| s.ident.to_string()),
        _ => None,
    }
}

/// Keeps what the arguments of a macro look like that prints them.
pub fn set_texts(call: &mut Expr, texts: &[TokenStream]) {
    let Expr::Call(call) = call else { return };
    for text in texts {
        let span = call.func.span();
        call.attrs
            .push(parse_quote_spanned!(span=> #[handcrank_text(#text)]));
    }
}

/// What the arguments of a macro look like that prints them, as the user wrote them.
pub fn texts(call: &ExprCall) -> Vec<TokenStream> {
    call.attrs
        .iter()
        .filter(|attr| attr.path().is_ident("handcrank_text"))
        .filter_map(|attr| match &attr.meta {
            syn::Meta::List(list) => Some(list.tokens.clone()),
            _ => None,
        })
        .collect()
}

/// A macro that is known as it is written, from its lowered arguments.
pub fn macro_tokens(call: &ExprCall) -> Option<TokenStream> {
    let kind = special(call).filter(|special| special.is_macro())?;
    let Expr::Macro(func) = &*call.func else {
        return None;
    };
    let (path, bang) = (&func.mac.path, func.mac.bang_token);
    let args = &call.args;
    let inside = match kind {
        Special::RepeatMacro => {
            let (element, count) = (args.first(), args.last());
            quote::quote!(#element; #count)
        }
        Special::Machine => expression::with_values(&func.mac, args),
        _ => quote::quote!(#args),
    };
    // In its own delimiters: then the call is the user's.
    let delimiter = match func.mac.delimiter {
        syn::MacroDelimiter::Paren(_) => Delimiter::Parenthesis,
        syn::MacroDelimiter::Brace(_) => Delimiter::Brace,
        syn::MacroDelimiter::Bracket(_) => Delimiter::Bracket,
    };
    let mut group = Group::new(delimiter, inside);
    group.set_span(func.mac.delimiter.span().join());
    Some(quote::quote!(#path #bang #group))
}

/// The path of std's macro of this name, if the body has something else in its place.
pub fn replaced(path: &syn::Path) -> Option<TokenStream> {
    let name = &path.segments.last()?.ident;
    let span = name.span();
    match name.to_string().as_str() {
        "pin" => Some(quote::quote_spanned!(span=> ::core::pin::pin)),
        "dbg" => Some(quote::quote_spanned!(span=> ::std::dbg)),
        _ => None,
    }
}

/// Whether a macro always diverges.
pub fn diverges(call: &ExprCall) -> bool {
    matches!(
        macro_name(call).as_deref(),
        Some("panic" | "todo" | "unreachable" | "unimplemented")
    )
}

/// Marks a use of a local as the last on every path.
pub fn set_last_use(path: &mut ExprPath, last: bool) {
    path.attrs
        .retain(|attr| !attr.path().is_ident("handcrank_last_use"));
    if last {
        // At the name, for the mark is the first token of the expression.
        let span = path
            .path
            .segments
            .first()
            .map_or_else(Span::call_site, |first| first.ident.span());
        path.attrs
            .push(parse_quote_spanned!(span=> #[handcrank_last_use]));
    }
}

/// Whether a use of a local is the last on every path.
pub fn is_last_use(path: &ExprPath) -> bool {
    path.attrs
        .iter()
        .any(|attr| attr.path().is_ident("handcrank_last_use"))
}

/// Marks a closure or `async` block as the last to use these locals.
pub fn set_last_captures(attrs: &mut Vec<Attribute>, names: &[Ident]) {
    attrs.retain(|attr| !attr.path().is_ident("handcrank_last_captures"));
    if !names.is_empty() {
        attrs.push(parse_quote!(#[handcrank_last_captures(#(#names),*)]));
    }
}

/// The locals that a closure or `async` block is the last to use.
pub fn take_last_captures(attrs: &mut Vec<Attribute>) -> Vec<Ident> {
    let mut names = Vec::new();
    attrs.retain(|attr| {
        let is_ours = attr.path().is_ident("handcrank_last_captures");
        if is_ours {
            names.extend(names_in(attr).into_iter().flatten());
        }
        !is_ours
    });
    names
}

/// Marks a suspension point with the locals that are used after it.
pub fn set_used_later(attrs: &mut Vec<Attribute>, names: impl Iterator<Item = Ident>) {
    attrs.retain(|attr| !attr.path().is_ident("handcrank_used_later"));
    attrs.push(parse_quote!(#[handcrank_used_later(#(#names),*)]));
}

/// The locals that are used after a suspension point, if that is known.
pub fn take_used_later(attrs: &mut Vec<Attribute>) -> Option<Vec<Ident>> {
    let is_ours = |attr: &Attribute| attr.path().is_ident("handcrank_used_later");
    let found = attrs.iter().position(is_ours)?;
    names_in(&attrs.remove(found))
}

/// The names in parentheses after an attribute.
fn names_in(attr: &Attribute) -> Option<Vec<Ident>> {
    let parser = Punctuated::<Ident, syn::Token![,]>::parse_terminated;
    let names = attr.parse_args_with(parser).ok()?;
    Some(names.into_iter().collect())
}

/// The name, if an expression is nothing but a name.
pub fn as_name(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        Expr::Paren(paren) => as_name(&paren.expr),
        Expr::Group(group) => as_name(&group.expr),
        _ => None,
    }
}

/// A local or a part of one: its name, and its path, `x.a.0.*` for `*x.a.0`.
pub fn part_path(expr: &Expr) -> Option<(Ident, String)> {
    match strip(expr) {
        Expr::Field(field) => {
            let (name, path) = part_path(&field.base)?;
            let member = match &field.member {
                syn::Member::Named(member) => member.to_string(),
                syn::Member::Unnamed(index) => index.index.to_string(),
            };
            Some((name, format!("{path}.{member}")))
        }
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => {
            let (name, path) = part_path(&unary.expr)?;
            Some((name, format!("{path}.*")))
        }
        expr => as_name(expr).map(|name| (name.clone(), name.to_string())),
    }
}

/// The local that an expression is a part of.
pub fn part_root(expr: &mut Expr) -> Option<&mut ExprPath> {
    match expr {
        Expr::Field(field) => part_root(&mut field.base),
        Expr::Unary(unary) => part_root(&mut unary.expr),
        Expr::Paren(paren) => part_root(&mut paren.expr),
        Expr::Group(group) => part_root(&mut group.expr),
        Expr::Path(path) => Some(path),
        _ => None,
    }
}

/// What is yielded, without the macro's parentheses.
pub fn yielded(yield_: &syn::ExprYield) -> Option<&Expr> {
    match yield_.expr.as_deref()? {
        Expr::Paren(paren) => Some(&paren.expr),
        value => Some(value),
    }
}

/// Without the parentheses and invisible groups around it.
pub fn strip(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => strip(&paren.expr),
        Expr::Group(group) => strip(&group.expr),
        _ => expr,
    }
}

/// Whether a name is written as constants, statics and unit structs or variants are. A pattern that is a
/// lower-case name is a binding to us; should it be a constant after all, rustc still takes it as one,
/// for its name is left alone.
pub fn is_constant(ident: &Ident) -> bool {
    let name = ident.to_string();
    name.trim_start_matches("r#")
        .trim_start_matches('_')
        .starts_with(char::is_uppercase)
}

/// Whether a function is that of a tuple struct or variant, whose arguments a `let` extends.
pub fn is_constructor(func: &Expr) -> bool {
    matches!(func, Expr::Path(path)
        if path.path.segments.last().is_some_and(|segment| is_constant(&segment.ident)))
}

/// Whether an expression is a place of its own, rather than a value that would need a temporary.
pub fn is_place(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Path(_) => true,
        Expr::Field(field) => is_place(&field.base),
        Expr::Index(index) => is_place(&index.expr),
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)),
        _ => false,
    }
}

/// Whether a method can be called on an expression without a temporary for it to live in.
pub fn is_static_receiver(expr: &Expr) -> bool {
    matches!(
        strip(expr),
        Expr::Lit(_) | Expr::Path(_) | Expr::Reference(_)
    ) && is_constant_value(expr)
}

/// Whether a value may be evaluated at any time, for nothing can tell when it was.
pub fn is_constant_value(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Lit(_) => true,
        Expr::Path(path) => {
            path.path.get_ident().is_none_or(is_constant) && !path.path.segments.is_empty()
        }
        Expr::Unary(unary) => {
            !matches!(unary.op, syn::UnOp::Deref(_)) && matches!(*unary.expr, Expr::Lit(_))
        }
        Expr::Reference(reference) => {
            reference.mutability.is_none() && is_constant_value(&reference.expr)
        }
        Expr::Array(array) => array.elems.iter().all(is_constant_value),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_constant_value),
        Expr::Cast(cast) => is_constant_value(&cast.expr),
        _ => false,
    }
}

/// Whether rustc may make a constant of what `&` is applied to, which then outlives the machine. What is a
/// [constant value](is_constant_value) is one in the body as well; any other is kept in the frame.
pub fn may_be_promoted(expr: &Expr) -> bool {
    match strip(expr) {
        expr if is_constant_value(expr) => true,
        Expr::Binary(e) => may_be_promoted(&e.left) && may_be_promoted(&e.right),
        Expr::Unary(e) => !matches!(e.op, syn::UnOp::Deref(_)) && may_be_promoted(&e.expr),
        Expr::Cast(e) => may_be_promoted(&e.expr),
        Expr::Reference(e) => may_be_promoted(&e.expr),
        Expr::Array(e) => e.elems.iter().all(may_be_promoted),
        Expr::Tuple(e) => e.elems.iter().all(may_be_promoted),
        Expr::Repeat(e) => may_be_promoted(&e.expr),
        // A constructor, or one of the functions of std that are promoted.
        Expr::Call(e) => {
            special(e).is_none()
                && matches!(*e.func, Expr::Path(_))
                && e.args.iter().all(may_be_promoted)
        }
        Expr::Struct(e) => {
            e.rest.as_deref().is_none_or(may_be_promoted)
                && e.fields.iter().all(|field| may_be_promoted(&field.expr))
        }
        Expr::Range(e) => [&e.start, &e.end]
            .into_iter()
            .flatten()
            .all(|bound| may_be_promoted(bound)),
        Expr::Const(_) => true,
        _ => false,
    }
}

/// Finds suspension points that belong to this body: not those of nested items.
struct Suspends(bool);

impl<'ast> Visit<'ast> for Suspends {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Yield(_) | Expr::Await(_) => self.0 = true,
            Expr::Call(call) if special(call) == Some(Special::YieldFrom) => self.0 = true,
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) => {}
            _ if self.0 => {}
            _ => visit::visit_expr(self, expr),
        }
    }
    fn visit_item(&mut self, _: &'ast Item) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
}

/// Whether an expression is a suspension point.
pub fn is_point(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Yield(_) | Expr::Await(_) => true,
        Expr::Call(call) => special(call) == Some(Special::YieldFrom),
        _ => false,
    }
}

/// Whether an expression contains a suspension point.
pub fn suspends(expr: &Expr) -> bool {
    let mut found = Suspends(false);
    found.visit_expr(expr);
    found.0
}

/// Whether a block contains a suspension point.
pub fn block_suspends(block: &Block) -> bool {
    block.stmts.iter().any(stmt_suspends)
}

/// Whether a statement contains a suspension point.
pub fn stmt_suspends(stmt: &Stmt) -> bool {
    let mut found = Suspends(false);
    found.visit_stmt(stmt);
    found.0
}

/// Whether a condition binds.
pub fn has_let(cond: &Expr) -> bool {
    match cond {
        Expr::Let(_) => true,
        Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
            has_let(&binary.left) || has_let(&binary.right)
        }
        _ => false,
    }
}

/// A chain of conditions as nested ones:
///
/// ```text
/// if a && let P = b { A } else { B }   →   'chain: { if a { if let P = b { break 'chain A; } } B }
/// ```
pub fn nested_chain(cond: &Expr, then: Expr, otherwise: Expr, label: &syn::Lifetime) -> Expr {
    let mut conditions = Vec::new();
    conjuncts(cond, &mut conditions);
    let mut nested = Stmt::Expr(
        Expr::Break(syn::ExprBreak {
            attrs: Vec::new(),
            break_token: <syn::Token![break]>::default(),
            label: Some(label.clone()),
            expr: Some(Box::new(then)),
        }),
        Some(<syn::Token![;]>::default()),
    );
    for condition in conditions.into_iter().rev() {
        let mut if_: syn::ExprIf = parse_quote!(if x {});
        *if_.cond = condition;
        if_.then_branch.stmts.push(nested);
        nested = Stmt::Expr(Expr::If(if_), None);
    }
    let mut block: syn::ExprBlock = parse_quote!(#label: {});
    block.block.stmts = vec![nested, Stmt::Expr(otherwise, None)];
    Expr::Block(block)
}

/// The conditions of a chain, in order.
pub fn conjuncts(cond: &Expr, found: &mut Vec<Expr>) {
    match cond {
        Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
            conjuncts(&binary.left, found);
            conjuncts(&binary.right, found);
        }
        other => found.push(other.clone()),
    }
}

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
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
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

/// Whether an identifier in a pattern binds a local.
pub fn is_binding(pat: &syn::PatIdent) -> bool {
    pat.by_ref.is_some()
        || pat.mutability.is_some()
        || pat.subpat.is_some()
        || !is_constant(&pat.ident)
}

/// Whether an operator assigns to its left operand.
pub fn assigns(op: syn::BinOp) -> bool {
    use syn::BinOp;
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
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
    fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
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

/// A name for something generated, which no name of the user's can be confused with.
pub fn generated(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// A generated name that belongs to a local, located where the local is.
pub fn generated_for(ident: &Ident, suffix: &str) -> Ident {
    let span = Span::mixed_site().located_at(ident.span());
    let ident = syn::ext::IdentExt::unraw(ident);
    if suffix.is_empty() {
        // A keyword needs its `r#` back.
        return match syn::parse_str::<Ident>(&ident.to_string()) {
            Ok(_) => Ident::new(&ident.to_string(), span),
            Err(_) => Ident::new_raw(&ident.to_string(), span),
        };
    }
    Ident::new(&format_ident!("{ident}{suffix}").to_string(), span)
}

/// The values of a marked macro call's arguments: the name of a named one is no local.
pub fn argument_values(call: &mut ExprCall) -> impl DoubleEndedIterator<Item = &mut Expr> {
    call.args.iter_mut().map(|arg| match arg {
        Expr::Assign(named) => &mut *named.right,
        arg => arg,
    })
}

/// Whether a macro only looks at its tokens.
pub fn is_textual(mac: &syn::Macro) -> bool {
    let last = mac.path.segments.last();
    last.is_some_and(|segment| {
        [
            "cfg",
            "column",
            "compile_error",
            "concat",
            "env",
            "file",
            "include",
            "include_bytes",
            "include_str",
            "line",
            "module_path",
            "option_env",
            "stringify",
        ]
        .iter()
        .any(|name| segment.ident == name)
    })
}

/// Whether a name might be one that is generated: then a local of that name gets another. A saved local is named like
/// its slot, in the same hygiene context as all that is generated.
pub fn is_reserved(name: &str) -> bool {
    const SUFFIXES: &[&str] = &[
        "_bound",
        "_captured",
        "_in_guard",
        "_keep",
        "_live",
        "_mode",
        "_moved",
        "_operand",
        "_passed",
        "_saved",
        "_type",
        "_unstarted",
    ];
    // Numbered, perhaps with an underscore after the number.
    const PREFIXES: &[&str] = &[
        "access",
        "arg",
        "argument",
        "assigned",
        "at",
        "extended",
        "field",
        "future",
        "if",
        "item",
        "items",
        "join",
        "machine",
        "member",
        "mode",
        "mode_of",
        "operand",
        "order",
        "output",
        "parameter",
        "place",
        "refill",
        "scope",
        "scopes",
        "scrutinee",
        "select",
        "shared",
        "temporary",
        "type",
        "value",
    ];
    let base = name.trim_end_matches('_');
    let unnumbered = base.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered = unnumbered.len() < base.len()
        && unnumbered.strip_suffix('_').is_some_and(|prefix| {
            PREFIXES
                .iter()
                .any(|known| prefix == *known || prefix.ends_with(&format!("_{known}")))
        });
    RESERVED.contains(&name) || is_numbered || SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
}

/// Names that expansions declare, which a saved local must not have.
const RESERVED: &[&str] = &[
    "argument",
    "arm",
    "at",
    "chosen",
    "first",
    "frame",
    "local",
    "local_type",
    "machine",
    "none",
    "output",
    "part",
    "probe",
    "residual",
    "result_type",
    "returned",
    "shape",
    "suspending",
    "to",
    "turn",
    "unwinding",
    "value",
    "whole",
];
