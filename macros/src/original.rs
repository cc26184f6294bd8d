//! The original: the function as written, which never runs. rustc checks it, and reports in the user's
//! words, at the user's spans.
//!
//! ```text
//! let x = yield_!(a)?; return x     →  let x = shape.yield_value(Yielding::<Y> { value: a })?;
//!                                      return Returning::<O> { value: x }.value
//! ```

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::quote;
use syn::{
    Block, Expr, Ident, Pat, Stmt, Type,
    spanned::Spanned,
    token::Brace,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use crate::hygiene::{Ends, private};
use crate::{
    coerced::Numbered,
    lent::Lender,
    lifetimes,
    signature::{BodyParam, Kind, Shape},
    syntax::{
        self, Special,
        captured::{self, Captured},
        generated, special, stmt_suspends,
    },
};

/// The original of a prepared body, as a closure that nobody calls.
/// `called` are the paths of our macros, whose imports are used there.
pub fn original(
    shape: &Shape,
    params: &[BodyParam],
    body: &Block,
    called: &[syn::Path],
) -> TokenStream {
    let block = original_block(shape, params, body, called);
    in_closure(&block)
}

/// What is in the closure.
fn original_block(
    shape: &Shape,
    params: &[BodyParam],
    body: &Block,
    called: &[syn::Path],
) -> Group {
    let imports = quote!(#(#called! { @in_generator })*);
    of_lender(
        shape,
        Lender::of(shape.lent.as_ref()),
        params,
        body,
        &imports,
    )
}

/// The original of a machine that is an expression. It is given the locals that go into the machine, and can be a
/// plain function but for its types: so rustc tells where it uses another local.
///
/// ```text
/// let _original = shape.uses_listed_locals_only((a, b,), |shape, (a, b,)| { .. });
/// ```
pub fn of_captures(
    shape: &Shape,
    captured: &[Ident],
    params: &[BodyParam],
    body: &Block,
    called: &[syn::Path],
) -> TokenStream {
    let (block, name) = (
        original_block(shape, params, body, called),
        generated("shape"),
    );
    let span = Span::mixed_site().located_at(body.brace_token.span.join());
    let list = quote!((#(#captured,)*));
    at!(span=> let _original = #name.uses_listed_locals_only(#list, |#name, #list| #block);)
}

/// A second one, where resume arguments have lifetimes of which a borrow tells not enough:
///
/// ```text
/// universally(move |universal: Universal<&mut Context<'_>>| { let _original = ..; });
/// ```
pub fn universal(
    shape: &Shape,
    params: &[BodyParam],
    body: &Block,
    coerced: &Numbered,
) -> Option<TokenStream> {
    shape.lent.as_ref().filter(|lent| !lent.is_covariant())?;
    let mut body = body.clone();
    coerced.forget(&mut body);
    let block = of_lender(shape, Lender::Universal, params, &body, &TokenStream::new());
    let original = in_closure(&block);
    let resume = &shape.resume;
    // rustc speaks of it where it speaks of the lifetimes in its type.
    let span = Span::mixed_site().located_at(Ends::of(resume).last());
    let universal = Ident::new("universal", span);
    Some(q! {
        #private::universally(move |#universal: #private::Universal<#resume>| { #original });
    })
}

fn of_lender(
    shape: &Shape,
    lender: Lender,
    params: &[BodyParam],
    body: &Block,
    imports: &TokenStream,
) -> Group {
    let mut body = body.clone();
    let mut original = Original::new(shape, lender);
    original.body(&mut body);
    let first = params.iter().find(|param| param.param.resume);
    let place = first.map_or_else(Span::call_site, |first| first.param.pat.span());
    let declare = lender.declare(place);
    let bind = bind_params(params, false, lender);
    bound(&quote!(#declare #bind #imports), &body)
}

/// The closure that an original is. What it returns is not written down, but known: so an error about it is the
/// one that the body has. Nothing comes after the user's block, for it may be the end of what is reachable.
pub fn closure(bind: &TokenStream, body: &Block) -> TokenStream {
    in_closure(&bound(bind, body))
}

fn in_closure(block: &Group) -> TokenStream {
    let shape = generated("shape");
    at!(Span::mixed_site()=> let _original = #shape.original(move || #block);)
}

/// Parameters drop where the user's block ends.
fn bound(bind: &TokenStream, body: &Block) -> Group {
    let mut body = body.clone();
    if let [Stmt::Expr(_, None)] = &*body.stmts {
        // They are no unnecessary braces of the user's.
        let span = Span::mixed_site().located_at(body.brace_token.span.join());
        body.brace_token = Brace(span);
    }
    let mut block = Group::new(Delimiter::Brace, quote!(#bind #body));
    block.set_span(body.brace_token.span.join());
    block
}

/// Binds the parameters as the user did. `self` is captured.
pub fn bind_params(params: &[BodyParam], with_self: bool, lender: Lender) -> TokenStream {
    params
        .iter()
        .filter_map(|BodyParam { param, ty, attrs }| {
            let (name, pat) = (&param.name, &param.pat);
            let span = Span::mixed_site().located_at(pat.span());
            let shape = Ident::new("shape", span);
            match ty {
                Some(ty) if param.resume => {
                    let first = lender
                        .argument(Ends::of(pat))
                        .unwrap_or_else(|| at!(span=> #shape.argument()));
                    // What the pattern leaves lives as long as a parameter does.
                    if lender != Lender::None && !matches!(pat, Pat::Ident(_)) {
                        return Some(at! {span=>
                            #[allow(unused_mut)]
                            let mut #name: #ty = #first;
                            #(#attrs)* let #pat = #name;
                        });
                    }
                    Some(at!(span=> #(#attrs)* let #pat: #ty = #first;))
                }
                // A parameter can be borrowed mutably by its own pattern, a local cannot.
                Some(_) if borrows_mutably(pat) => Some(at! {span=>
                    let mut #name = #name;
                    #(#attrs)* let #pat = #name;
                }),
                // Where rustc suggests another type, it suggests it for this one.
                Some(ty) if is_reference(ty) => {
                    let ty = lifetimes::as_written(ty);
                    Some(at!(span=> #(#attrs)* let #pat: #ty = #name;))
                }
                // The type is not repeated: `impl Trait` cannot be.
                Some(_) => Some(at!(span=> #(#attrs)* let #pat = #name;)),
                None => with_self.then(|| at!(span=> let #pat = #name;)),
            }
        })
        .collect()
}

/// Whether a type is a reference, and can be repeated.
fn is_reference(ty: &Type) -> bool {
    struct Impl(bool);
    impl<'ast> Visit<'ast> for Impl {
        fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
            self.0 = true;
        }
        // May expand to one.
        fn visit_type_macro(&mut self, _: &'ast syn::TypeMacro) {
            self.0 = true;
        }
    }
    let mut found = Impl(false);
    found.visit_type(ty);
    matches!(ty, Type::Reference(_)) && !found.0
}

/// Whether a pattern says `ref mut`.
fn borrows_mutably(pat: &Pat) -> bool {
    struct RefMut(bool);
    impl<'ast> Visit<'ast> for RefMut {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            self.0 |= pat.by_ref.is_some() && pat.mutability.is_some();
            visit::visit_pat_ident(self, pat);
        }
    }
    let mut found = RefMut(false);
    found.visit_pat(pat);
    found.0
}

/// Replaces what is not plain Rust.
pub struct Original<'s> {
    pub shape: &'s Shape,
    /// What arguments come from.
    pub lender: Lender,
    /// Whether the body may keep in the frame what is borrowed in the expression at hand.
    keeps: bool,
}

impl<'s> Original<'s> {
    pub fn new(shape: &'s Shape, lender: Lender) -> Self {
        Original {
            shape,
            lender,
            keeps: true,
        }
    }

    fn body(&mut self, body: &mut Block) {
        let last = body.stmts.len().saturating_sub(1);
        for (number, stmt) in body.stmts.iter_mut().enumerate() {
            self.statement(stmt, number == last);
        }
    }

    /// Visits a statement. If it does not suspend, all temporaries in it are where they stand, but for those that a `let`
    /// extends, and for those in the value of a block, which may be a part of something that suspends.
    fn statement(&mut self, stmt: &mut Stmt, is_returned: bool) {
        let ends_here = match stmt {
            Stmt::Expr(_, semi) => semi.is_some() || is_returned,
            _ => true,
        };
        let keeps = self.keeps;
        self.keeps = keeps && (!ends_here || stmt_suspends(stmt));
        visit_mut::visit_stmt_mut(self, stmt);
        self.keeps = keeps;
        if let Stmt::Local(syn::Local {
            init: Some(init), ..
        }) = stmt
        {
            unpromote_extended(&mut init.expr);
        }
        restore_statement(stmt);
    }
}

impl Original<'_> {
    /// The call that stands for a suspension point, if the expression is one.
    pub fn point(&self, expr: &Expr) -> Option<TokenStream> {
        let yielded = self.shape.yield_type();
        let shape = |span: Span| {
            let mut shape = generated("shape");
            shape.set_span(span);
            shape
        };
        match expr {
            Expr::Yield(yield_) => {
                let span = Span::mixed_site().located_at(yield_.yield_token.span);
                let value = syntax::yielded(yield_);
                let shape = shape(span);
                let value = at!(span=> #private::Yielding::<#yielded> { value: #value });
                let ends = Ends::of(yield_);
                let call = match self.lender.argument(ends) {
                    Some(argument) => {
                        let yielded = quote!((#shape).hand_out(#value));
                        quote!((#shape).resumed(#yielded, #argument))
                    }
                    None if self.shape.kind == Kind::Stream => {
                        quote!((#shape).yield_item(#value))
                    }
                    None => quote!((#shape).yield_value(#value)),
                };
                Some(ends.stretch(call))
            }
            Expr::Await(await_) => {
                // rustc would say that parentheses are not needed around an argument.
                let base = syntax::strip(&await_.base);
                // What is called is where its argument is, so that an error is about that alone.
                let ends = Ends::of(&await_.base);
                let into_future = ends.stretch(quote!(#private::IntoFuture::into_future));
                let future = at!(ends.last()=> (#base));
                let span = await_.await_token.span;
                let Some(lent) = self.lender.loan(Ends::of(await_)) else {
                    let output = ends.stretch(quote!(#private::original_await));
                    return Some(at!(span=> #output(#into_future #future)));
                };
                let output = ends.stretch(quote!(#private::original_await_lent));
                Some(at!(span=> #output(#into_future #future, #lent)))
            }
            Expr::Call(call) if special(call) == Some(Special::YieldFrom) => {
                let span = Span::mixed_site().located_at(call.func.span());
                let shape = shape(span);
                let machine = call.args.first();
                let ends = Ends::of(call);
                if self.shape.kind == Kind::Stream {
                    let items =
                        into_items(&quote!(#yielded), Ends::of(&machine), &quote!(#machine));
                    return Some(ends.stretch(quote!((#shape).yield_items(#items))));
                }
                let first = match call.args.get(1) {
                    Some(first) => quote!(#first),
                    None => ends.stretch(quote!(#private::NoArgument::first())),
                };
                let types = (&self.shape.resume_type(), &quote!(#yielded));
                let machine = into_machine(types, Ends::of(&machine), &quote!(#machine));
                let resume = types.0;
                let first = at!(span=> #private::Given::<#resume> { argument: #first });
                if let Some(lent) = self.lender.loan(ends) {
                    let delegate = ends.stretch(quote!((#shape).delegate(#machine, #first)));
                    return Some(ends.stretch(quote!((#shape).end(#delegate, #lent))));
                }
                Some(ends.stretch(quote!((#shape).yield_from(#machine, #first))))
            }
            _ => None,
        }
    }
}

impl VisitMut for Original<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            // `return`, `?` and `.await` in these are their own.
            Expr::Closure(_) | Expr::Async(_) => return Macros.visit_expr_mut(expr),
            Expr::Match(match_) if match_.arms.iter().any(|arm| binds_by_ref(&arm.pat)) => {
                unpromote_matched(&mut match_.expr);
                visit_mut::visit_expr_mut(self, expr);
            }
            Expr::Let(let_) if binds_by_ref(&let_.pat) => {
                unpromote_matched(&mut let_.expr);
                visit_mut::visit_expr_mut(self, expr);
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
        if let Some(point) = self.point(expr) {
            *expr = Expr::Verbatim(point);
        } else if let Expr::Try(try_) = expr {
            let returned = &self.shape.returned;
            let residual = from_residual(try_);
            let early = at! {Span::mixed_site().located_at(try_.question_token.span)=>
                return #private::Returning::<#returned> { value: #residual }.value
            };
            *expr = Expr::Verbatim(branch(try_, &early));
        } else if let Expr::Return(return_) = expr {
            let returned = &self.shape.returned;
            let span = Span::mixed_site().located_at(return_.span());
            let value = match &return_.expr {
                Some(value) => quote!(#value),
                None => at!(span=> ()),
            };
            let token = return_.return_token;
            *expr = Expr::Verbatim(at! {span=>
                #token ::handcrank::__private::Returning::<#returned> { value: #value }.value
            });
        } else if let Expr::Reference(reference) = expr {
            if self.keeps {
                unpromote(&mut reference.expr);
            }
        } else {
            restore_macro(expr);
        }
    }
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        self.statement(stmt, false);
    }
    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        if let (Some(init), true) = (&mut local.init, binds_by_ref(&local.pat)) {
            unpromote_matched(&mut init.expr);
        }
        visit_mut::visit_local_mut(self, local);
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}

/// `a?`, with what is done instead of going on:
///
/// ```text
/// a?     →  (match Try::branch(a) { Continue(value) => value.0, Break(residual) => .. },).0
/// ```
///
/// The original and the body have the same: two errors about it are one.
pub fn branch(try_: &syn::ExprTry, early: &TokenStream) -> TokenStream {
    let operand = &try_.expr;
    let ends = Ends::of(operand);
    let branch = ends.stretch(quote!(#private::Try::branch));
    let operand = at!(ends.last()=> (#operand));
    let residual = generated("residual");
    let span = Span::mixed_site().located_at(try_.question_token.span);
    let output = at! {span=>
        match #branch #operand {
            #private::ControlFlow::Continue(value) => value.0,
            #private::ControlFlow::Break(#residual) => #early,
        }
    };
    Ends::of(try_).stretch(quote!((#output,).0))
}

/// What is returned early: in the scope of [`branch`].
pub fn from_residual(try_: &syn::ExprTry) -> TokenStream {
    let residual = generated("residual");
    at!(try_.question_token.span=> #private::FromResidual::from_residual((#residual).0, #private::From::from))
}

/// What `yield_from!` keeps: made of the user's operand, which is `operand` here. What is called is where the
/// operand is, so that an error is about that alone.
pub fn into_machine(
    (resume, yielded): (&TokenStream, &TokenStream),
    ends: Ends,
    operand: &TokenStream,
) -> TokenStream {
    let function = quote!(#private::YieldFrom::<#resume, #yielded, _>::into_machine);
    called_on(function, ends, operand)
}

/// The same in a stream.
pub fn into_items(yielded: &TokenStream, ends: Ends, operand: &TokenStream) -> TokenStream {
    let function = quote!(#private::StreamFrom::<#yielded, _>::into_items);
    called_on(function, ends, operand)
}

fn called_on(function: TokenStream, ends: Ends, operand: &TokenStream) -> TokenStream {
    let function = ends.stretch(function);
    let operand = at!(ends.last()=> (#operand));
    quote!(#function #operand)
}

/// Keeps rustc from making a constant of what `&` is applied to where the body has it in the frame.
fn unpromote(operand: &mut Expr) {
    match operand {
        Expr::Paren(e) => unpromote(&mut e.expr),
        // Of a part of a value, the value is what is promoted.
        Expr::Field(e) => unpromote(&mut e.base),
        Expr::Index(e) => unpromote(&mut e.expr),
        value if !syntax::is_constant_value(value) => make_opaque(value),
        _ => {}
    }
}

/// The same of what a `let` extends: see [`lower`](crate::lower).
fn unpromote_extended(value: &mut Expr) {
    match value {
        Expr::Reference(e) => {
            unpromote_extended(&mut e.expr);
            unpromote(&mut e.expr);
        }
        Expr::Paren(e) => unpromote_extended(&mut e.expr),
        Expr::Group(e) => unpromote_extended(&mut e.expr),
        Expr::Cast(e) => unpromote_extended(&mut e.expr),
        Expr::Tuple(e) => e.elems.iter_mut().for_each(unpromote_extended),
        Expr::Array(e) => e.elems.iter_mut().for_each(unpromote_extended),
        Expr::Call(e) if syntax::is_constructor(&e.func) => {
            e.args.iter_mut().for_each(unpromote_extended);
        }
        Expr::Struct(e) => {
            let fields = e.fields.iter_mut();
            fields.for_each(|field| unpromote_extended(&mut field.expr));
        }
        Expr::Block(e) => unpromote_tail(&mut e.block),
        Expr::Unsafe(e) => unpromote_tail(&mut e.block),
        Expr::If(e) => {
            unpromote_tail(&mut e.then_branch);
            if let Some((_, otherwise)) = &mut e.else_branch {
                unpromote_extended(otherwise);
            }
        }
        Expr::Match(e) => {
            let arms = e.arms.iter_mut();
            arms.for_each(|arm| unpromote_extended(&mut arm.body));
        }
        _ => {}
    }
}

fn unpromote_tail(block: &mut Block) {
    if let Some(Stmt::Expr(value, None)) = block.stmts.last_mut() {
        unpromote_extended(value);
    }
}

/// The same of what a pattern with `ref` is matched on: the body keeps literals there, too.
fn unpromote_matched(value: &mut Expr) {
    match syntax::strip(value) {
        Expr::Path(_) | Expr::Field(_) | Expr::Index(_) | Expr::Reference(_) => {}
        _ => make_opaque(value),
    }
}

/// A part of it is enough: then rustc tells the whole its type as it would.
fn make_opaque(value: &mut Expr) {
    if !syntax::may_be_promoted(value) {
        return;
    }
    let part = match value {
        Expr::Array(array) => array.elems.first_mut(),
        Expr::Tuple(tuple) => tuple.elems.first_mut(),
        Expr::Call(call) => call.args.first_mut(),
        _ => None,
    };
    if let Some(part) = part {
        make_opaque(part);
    } else {
        let ends = Ends::of(value);
        let unpromoted = ends.stretch(quote!(#private::unpromoted));
        let argument = at!(ends.last()=> (#value));
        *value = Expr::Verbatim(quote!(#unpromoted #argument));
    }
}

fn binds_by_ref(pat: &syn::Pat) -> bool {
    struct ByRef(bool);
    impl<'ast> syn::visit::Visit<'ast> for ByRef {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            self.0 |= pat.by_ref.is_some();
            syn::visit::visit_pat_ident(self, pat);
        }
    }
    let mut found = ByRef(false);
    syn::visit::Visit::visit_pat(&mut found, pat);
    found.0
}

/// Restores macros alone.
struct Macros;

impl VisitMut for Macros {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        restore_macro(expr);
    }
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        visit_mut::visit_stmt_mut(self, stmt);
        restore_statement(stmt);
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// A call that stands for one of std's macros becomes one again.
/// One that nobody knows is as it was.
pub fn restore_macro(expr: &mut Expr) {
    if let Expr::Macro(call) = expr {
        if let Some(aliases) = aliases(&mut call.mac) {
            *expr = Expr::Verbatim(q!({ #aliases (#expr) }));
        }
        return;
    }
    let Expr::Call(call) = expr else { return };
    if let Expr::Macro(func) = &mut *call.func {
        // The body has what std's does: the original must not have what another macro of the name does.
        if let Some(std) = syntax::replaced(&func.mac.path) {
            func.mac.path = syn::parse_quote!(#std);
        }
    }
    if let Some(restored) = syntax::macro_tokens(call) {
        *expr = Expr::Verbatim(restored);
    }
}

/// The same of a macro as a statement.
fn restore_statement(stmt: &mut Stmt) {
    let Stmt::Macro(call) = stmt else { return };
    if let Some(aliases) = aliases(&mut call.mac) {
        let semi = call.semi_token;
        *stmt = Stmt::Expr(Expr::Verbatim(q!({ #aliases #stmt })), semi);
    }
}

/// What a macro's strings may capture that is called otherwise.
fn aliases(mac: &mut syn::Macro) -> Option<TokenStream> {
    let captured = captured::take(&mut mac.tokens).into_iter();
    let renamed = captured.filter(|captured| captured.written != captured.local);
    let aliases: TokenStream = renamed
        .map(|Captured { written, local }| q!(let #written = &#local;))
        .collect();
    (!aliases.is_empty()).then_some(aliases)
}
