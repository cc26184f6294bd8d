//! Macros of the body that the later stages must see into, made expressions.
//!
//! ```text
//! yield_!(a)              →  yield (a)                (syn's `ExprYield`)
//! yield_from!(g)          →  #[yield_from] _(g)       (a marked call)
//! println!("{x}", y = f)  →  #[macro] println!("{x}", y = f)      (a marked call)
//! matches!(a, P if g)     →  match (a) { P if g => true, _ => false }
//! own!(a)                 →  what it expands to, of a macro that the body defines
//! ```
//!
//! All other macros stay as they are; a suspension point in one of them is an error.

use std::collections::VecDeque;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Expr, ExprCall, Macro, Pat, Stmt, Token,
    parse::ParseStream,
    parse_quote, parse_quote_spanned,
    punctuated::Punctuated,
    spanned::Spanned,
    visit_mut::{self, VisitMut},
};

use crate::{
    errors::Errors,
    expression, fields, joined,
    local_macros::LocalMacros,
    pinning, returning,
    syntax::{self, Special, special, special_attribute},
    wildcard,
};

/// Which of `yield_!` and `yield_from!` may stand in the body.
#[derive(Clone, Copy, PartialEq)]
pub enum Yields {
    /// None: of a future.
    Nothing,
    /// `yield_!` alone.
    Values,
    /// Both.
    All,
}

/// What may stand in the body.
#[derive(Clone, Copy)]
pub struct Allowed {
    /// `yield_!` and `yield_from!`.
    pub yields: Yields,
    /// `.await`.
    pub awaits: bool,
    /// Whether the body returns what looks like a `Result`, which `bail!` returns.
    pub returns_result: bool,
}

/// Makes the macros of a body expressions. Returns the paths by which the user called ours.
pub fn prepare(block: &mut syn::Block, allowed: Allowed, errors: &mut Errors) -> Vec<syn::Path> {
    let mut prepare = Prepare {
        allowed,
        nested: None,
        called: Vec::new(),
        local_macros: LocalMacros::new(),
        errors,
    };
    prepare.visit_block_mut(block);
    prepare.called
}

struct Prepare<'e> {
    allowed: Allowed,
    /// What the nested body that is being visited is called, if it is one.
    nested: Option<&'static str>,
    /// The paths by which our macros have been called.
    called: Vec<syn::Path>,
    /// The macros that the body defines.
    local_macros: LocalMacros,
    errors: &'e mut Errors,
}

impl Prepare<'_> {
    fn nested(&mut self, name: &'static str, visit: impl FnOnce(&mut Self)) {
        let outer = self.nested.replace(name);
        visit(self);
        self.nested = outer;
    }

    /// A condition, or a chain of such, may bind.
    fn condition(&mut self, cond: &mut Expr) {
        match cond {
            Expr::Let(condition) => self.visit_expr_mut(&mut condition.expr),
            Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
                self.condition(&mut binary.left);
                self.condition(&mut binary.right);
            }
            cond => self.visit_expr_mut(cond),
        }
    }

    fn check_yield(&mut self, mac: &Macro) {
        if !self.called.contains(&mac.path) {
            self.called.push(mac.path.clone());
        }
        let last = mac.path.segments.last();
        let name = last.map_or_else(String::new, |last| format!("{}!", last.ident));
        self.check_point(&name, mac);
    }

    /// Whether a suspension point, `name`, may stand here.
    fn check_point(&mut self, name: &str, mac: &impl ToTokens) {
        if let Some(nested) = self.nested {
            let is_constant = nested.contains("const") || nested.contains("length");
            let instead = if is_constant {
                ""
            } else {
                ", or make it a `#[generator]` function"
            };
            self.errors.reject(
                mac,
                &format!(
                    "`{name}` inside {nested} cannot suspend the generator around it; yield \
                     outside of it{instead}"
                ),
            );
        } else if self.allowed.yields == Yields::Nothing {
            self.errors.reject(
                mac,
                &format!(
                    "`{name}` in a future: a future yields nothing; return `impl Stream<Item = ..>` \
                     to yield and await"
                ),
            );
        } else if name == "yield_from!" && self.allowed.yields == Yields::Values {
            self.errors.reject(
                mac,
                "`yield_from!` where polls are yielded is not supported; yield in a loop: \
                 `for item in items { cx = yield_!(..); }`",
            );
        }
    }

    /// The expression that a macro call stands for; `None` leaves the call as it is.
    fn expand(&mut self, mac: &Macro) -> Option<Expr> {
        let name = mac.path.segments.last()?.ident.to_string();
        let expr = match name.as_str() {
            "yield_" => {
                self.check_yield(mac);
                self.parse(mac, |input| {
                    let value: Expr = if input.is_empty() {
                        parse_quote_spanned!(mac.span()=> ())
                    } else {
                        let value = input.parse()?;
                        input.parse::<Option<Token![,]>>()?;
                        value
                    };
                    let yield_token = Token![yield](mac.path.span());
                    // In the macro's own parentheses, which say where it ends.
                    let span = *mac.delimiter.span();
                    let value = Expr::Paren(syn::ExprParen {
                        attrs: Vec::new(),
                        paren_token: syn::token::Paren { span },
                        expr: Box::new(value),
                    });
                    Ok(Expr::Yield(syn::ExprYield {
                        attrs: Vec::new(),
                        yield_token,
                        expr: Some(Box::new(value)),
                    }))
                })
            }
            "yield_from" => {
                self.check_yield(mac);
                let func = mac.path.to_token_stream();
                self.parse(mac, |input| {
                    let args = Punctuated::<Expr, Token![,]>::parse_terminated(input)?;
                    if args.is_empty() || args.len() > 2 {
                        return Err(syn::Error::new_spanned(
                            mac,
                            "`yield_from!` takes a generator, and its first argument where the \
                             resume argument is not `()`: `yield_from!(generator, first)`",
                        ));
                    }
                    let mut call = marked_call(Special::YieldFrom, Expr::Verbatim(func), args);
                    if let Expr::Call(call) = &mut call {
                        call.paren_token.span = *mac.delimiter.span();
                    }
                    Ok(call)
                })
            }
            _ => {
                let awaits = self.nested.is_none() && self.allowed.awaits;
                let returns_result = self.nested.is_none() && self.allowed.returns_result;
                let of_std = is_std(mac).then(|| self.std_macro(mac, &name)).flatten();
                let expanded = machine(mac)
                    .or(of_std)
                    .or_else(|| awaits.then(|| joined::expand(mac)).flatten())
                    .or_else(|| returns_result.then(|| returning::expand(mac)).flatten());
                if expanded.is_none() {
                    self.reject_hidden_yield(mac.tokens.clone());
                }
                expanded
            }
        };
        expr.map(|mut expr| {
            match &mut expr {
                // Has been checked.
                Expr::Yield(yield_) => visit_mut::visit_expr_yield_mut(self, yield_),
                expr => self.visit_expr_mut(expr),
            }
            expr
        })
    }

    fn std_macro(&mut self, mac: &Macro, name: &str) -> Option<Expr> {
        match name {
            // Another macro of that name, which pins what it is given under its own name, and has been given nothing:
            // see `pinning`.
            "pin" if mac.tokens.is_empty() => None,
            name if syntax::takes_list(name) => self.parse(mac, |input| {
                let args = Punctuated::<Expr, Token![,]>::parse_terminated(input)?;
                let texts = match name {
                    "dbg" => args.iter().map(ToTokens::to_token_stream).collect(),
                    "assert" | "debug_assert" if args.len() == 1 => vec![args.to_token_stream()],
                    _ => Vec::new(),
                };
                let mut call = marked_call(Special::Macro, name_of(mac), args);
                syntax::set_texts(&mut call, &texts);
                Ok(call)
            }),
            "vec" => self.parse(mac, |input| {
                let inside: TokenStream = input.parse()?;
                let elements: Expr = syn::parse2(quote!([#inside]))?;
                let mut args = Punctuated::new();
                let special = match elements {
                    Expr::Array(array) => {
                        args = array.elems;
                        Special::Macro
                    }
                    // Other than in an array, the length is an argument like any other.
                    Expr::Repeat(repeat) => {
                        args.push(*repeat.expr);
                        args.push(*repeat.len);
                        Special::RepeatMacro
                    }
                    other => {
                        args.push(other);
                        Special::Macro
                    }
                };
                Ok(marked_call(special, name_of(mac), args))
            }),
            "matches" => self.parse(mac, |input| {
                let value: Expr = input.parse()?;
                input.parse::<Token![,]>()?;
                let pat = Pat::parse_multi_with_leading_vert(input)?;
                let guard = match input.parse::<Option<Token![if]>>()? {
                    Some(if_token) => {
                        let guard: Expr = input.parse()?;
                        quote!(#if_token #guard)
                    }
                    None => TokenStream::new(),
                };
                input.parse::<Option<Token![,]>>()?;
                let mut matches: syn::ExprMatch = parse_quote_spanned!(mac.span()=>
                    match x { #pat #guard => true, _ => false });
                // In a tree, for in tokens a struct literal cannot stand there.
                *matches.expr = value;
                Ok(Expr::Match(matches))
            }),
            _ => None,
        }
    }

    /// Parses a macro's arguments; what does not parse is rustc's to complain about.
    fn parse(
        &mut self,
        mac: &Macro,
        parser: impl FnOnce(ParseStream) -> syn::Result<Expr>,
    ) -> Option<Expr> {
        let is_ours = mac
            .path
            .segments
            .last()
            .is_some_and(|s| s.ident.to_string().starts_with("yield_"));
        match mac.parse_body_with(parser) {
            Ok(expr) => Some(expr),
            Err(error) => {
                if is_ours {
                    self.errors.push(error);
                }
                None
            }
        }
    }

    fn reject_hidden_yield(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(name) if name == "yield_" || name == "yield_from" => {
                    if matches!(tokens.peek(), Some(TokenTree::Punct(bang)) if bang.as_char() == '!')
                    {
                        self.errors.reject(
                            &name,
                            &format!(
                                "`{name}!` in the arguments of a macro that `#[generator]` does not \
                                 know; bind its value before: `let value = {name}!(..);`"
                            ),
                        );
                    }
                }
                TokenTree::Group(group) => self.reject_hidden_yield(group.stream()),
                _ => {}
            }
        }
    }
}

fn name_of(mac: &Macro) -> Expr {
    Expr::Macro(syn::ExprMacro {
        attrs: Vec::new(),
        mac: Macro {
            tokens: TokenStream::new(),
            ..mac.clone()
        },
    })
}

/// `machine!`, with what goes into it as arguments.
fn machine(mac: &Macro) -> Option<Expr> {
    let values = expression::captured(mac)?;
    let whole = Expr::Macro(syn::ExprMacro {
        attrs: Vec::new(),
        mac: mac.clone(),
    });
    let values = values.into_iter().collect();
    Some(marked_call(Special::Machine, whole, values))
}

fn marked_call(special: Special, func: Expr, args: Punctuated<Expr, Token![,]>) -> Expr {
    Expr::Call(ExprCall {
        attrs: vec![special_attribute(special, func.span())],
        func: Box::new(func),
        paren_token: syn::token::Paren::default(),
        args,
    })
}

/// Whether a path can name one of std's macros: `println`, `std::println`.
fn is_std(mac: &Macro) -> bool {
    let segments = &mac.path.segments;
    match segments.len() {
        1 => true,
        _ => ["std", "core", "alloc"]
            .iter()
            .any(|krate| segments[0].ident == krate),
    }
}

impl VisitMut for Prepare<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Group(group) = expr {
            // The invisible group of a `macro_rules!` fragment does not survive being printed.
            let inner = std::mem::replace(&mut *group.expr, Expr::PLACEHOLDER);
            *expr = match inner {
                inner @ (Expr::Path(_) | Expr::Lit(_) | Expr::Paren(_) | Expr::Block(_)) => inner,
                inner => Expr::Paren(syn::ExprParen {
                    attrs: Vec::new(),
                    paren_token: syn::token::Paren(group.group_token.span),
                    expr: Box::new(inner),
                }),
            };
        }
        match expr {
            Expr::Macro(call) => {
                if let Some(expanded) = self.local_macros.expression(&call.mac) {
                    *expr = expanded;
                    return self.visit_expr_mut(expr);
                }
                fields::write_out(&mut call.mac);
                if let Some(mut expanded) = self.expand(&call.mac) {
                    if let Expr::Match(_) = expanded {
                        expanded = parse_quote_spanned!(call.span()=> (#expanded));
                    }
                    *expr = expanded;
                }
            }
            Expr::Call(call) if special(call).is_some_and(Special::is_macro) => {
                for arg in &mut call.args {
                    self.visit_expr_mut(arg);
                }
            }
            Expr::Await(_) if self.nested.is_none() && !self.allowed.awaits => {
                let Expr::Await(await_) = &expr else { return };
                self.errors.push(syn::Error::new(
                    await_.await_token.span(),
                    "`.await` in a generator that is not polled; return `impl Future` or \
                     `impl Stream` to await",
                ));
            }
            Expr::Closure(_) => {
                let is_async = matches!(expr, Expr::Closure(c) if c.asyncness.is_some());
                let name = if is_async {
                    "an async closure"
                } else {
                    "a closure"
                };
                self.nested(name, |this| visit_mut::visit_expr_mut(this, expr));
            }
            Expr::Async(_) => {
                self.nested("an `async` block", |this| {
                    visit_mut::visit_expr_mut(this, expr);
                });
            }
            Expr::Const(_) => {
                self.nested("a `const` block", |this| {
                    visit_mut::visit_expr_mut(this, expr);
                });
            }
            // The length is a body of its own.
            Expr::Repeat(repeat) => {
                self.visit_expr_mut(&mut repeat.expr);
                self.nested("the length of an array", |this| {
                    this.visit_expr_mut(&mut repeat.len);
                });
            }
            Expr::If(if_) => {
                self.condition(&mut if_.cond);
                self.visit_block_mut(&mut if_.then_branch);
                if let Some((_, otherwise)) = &mut if_.else_branch {
                    self.visit_expr_mut(otherwise);
                }
            }
            Expr::While(while_) => {
                self.condition(&mut while_.cond);
                self.visit_block_mut(&mut while_.body);
            }
            Expr::Match(match_) => {
                self.visit_expr_mut(&mut match_.expr);
                for arm in &mut match_.arms {
                    if let Pat::Guard(guarded) = &mut arm.pat {
                        self.condition(&mut guarded.guard);
                    }
                    self.visit_expr_mut(&mut arm.body);
                }
            }
            // Not in a condition.
            Expr::Let(_) => self.errors.leave_to_rustc(),
            // As it is written in `machine!`.
            Expr::Yield(yield_) => {
                self.check_point("yield", &yield_.yield_token.clone());
                match &mut yield_.expr {
                    Some(value) => self.visit_expr_mut(value),
                    None => yield_.expr = Some(Box::new(parse_quote!((())))),
                }
            }
            Expr::TryBlock(_) => {
                self.errors
                    .reject(&expr, "`try` blocks are unstable, and not supported");
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        let stmts = std::mem::take(&mut block.stmts);
        self.local_macros.enter();
        // What a macro expands to takes its place, and may define and call others.
        let mut ahead: VecDeque<Stmt> = stmts.into_iter().flat_map(pinning::expand).collect();
        while let Some(mut stmt) = ahead.pop_front() {
            if let Stmt::Macro(call) = &stmt {
                if let Some(expanded) = self.local_macros.statements(call, ahead.is_empty()) {
                    let mut expanded: VecDeque<Stmt> =
                        expanded.into_iter().flat_map(pinning::expand).collect();
                    expanded.append(&mut ahead);
                    ahead = expanded;
                    continue;
                }
            }
            if let Stmt::Item(syn::Item::Macro(item)) = &mut stmt {
                self.local_macros.define(item, ahead.iter());
            }
            let is_value =
                ahead.is_empty() && matches!(&stmt, Stmt::Macro(call) if call.semi_token.is_none());
            self.visit_stmt_mut(&mut stmt);
            if let (true, Stmt::Expr(_, semi)) = (is_value, &mut stmt) {
                *semi = None;
            }
            block.stmts.push(stmt);
        }
        self.local_macros.leave();
    }

    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        visit_mut::visit_local_mut(self, local);
        wildcard::coerce(local);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        // A `stmt` fragment of a `macro_rules!`.
        if let Stmt::Expr(Expr::Group(group), _) = stmt {
            if let Expr::Let(_) = *group.expr {
                let inner = &group.expr;
                *stmt = parse_quote!(#inner;);
            }
        }
        if let Stmt::Macro(call) = stmt {
            fields::write_out(&mut call.mac);
            if let Some(expanded) = self.expand(&call.mac) {
                // `name! { .. }` is a statement without a semicolon; the expression is none.
                let semi = call.semi_token.or_else(|| {
                    matches!(call.mac.delimiter, syn::MacroDelimiter::Brace(_))
                        .then(<Token![;]>::default)
                });
                *stmt = Stmt::Expr(expanded, semi);
            } else if declares_items(&call.mac) {
                *stmt = Stmt::Item(syn::Item::Macro(syn::ItemMacro {
                    attrs: std::mem::take(&mut call.attrs),
                    ident: None,
                    mac: call.mac.clone(),
                    semi_token: call.semi_token,
                }));
            }
            return;
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    // Items have bodies of their own, where `yield_!` is what rustc says it is.
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}

/// Whether a macro in the place of a statement declares items, not locals: it is known to, or given some.
fn declares_items(mac: &syn::Macro) -> bool {
    let name = mac.path.segments.last().map(|segment| &segment.ident);
    name.is_some_and(|name| name == "thread_local" || name == "lazy_static") || is_given_items(mac)
}

/// Whether a macro's tokens start as an item does: `pin_project! { struct Copy { .. } }`.
fn is_given_items(mac: &syn::Macro) -> bool {
    let mut tokens = mac.tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(pound) if pound.as_char() == '#' => {
                tokens.next();
            }
            TokenTree::Ident(word) if word == "pub" => {
                tokens.next_if(|next| matches!(next, TokenTree::Group(_)));
            }
            TokenTree::Ident(word) => {
                let keywords = ["struct", "enum", "union", "trait", "impl", "mod", "type"];
                return keywords.iter().any(|keyword| word == keyword)
                    && matches!(
                        tokens.next(),
                        Some(TokenTree::Ident(_) | TokenTree::Punct(_))
                    );
            }
            _ => return false,
        }
    }
    false
}
