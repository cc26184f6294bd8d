//! `#[cfg]` inside of a function: an attribute macro is shown all of it, and cannot ask which of it holds.
//!
//! ```text
//! #[generator] fn f(#[cfg(unix)] a: u32) -> .. { .. }
//!     →  #[cfg(unix)]       #[generator] fn f(a: u32) -> .. { .. }
//!        #[cfg(not(unix))]  #[generator] fn f() -> .. { .. }
//! ```
//!
//! rustc drops one of these, and expands the other, where the next predicate is looked at. What is in a nested item is
//! left to it. Rules: reference, "Conditional compilation".

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::{
    AttrStyle, Attribute, Block, Expr, Macro, Meta, Pat, Stmt, Token,
    punctuated::Punctuated,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

use crate::{
    arguments::{self, Piece},
    around::Around,
    signature::Function,
    tokens::names,
};

/// The function as it is where the first predicate in it holds, and where not; `None` if there is none.
pub fn variants(function: &Function, around: &Around) -> Option<TokenStream> {
    let mut found = Predicate(None);
    found.visit_signature(&function.sig);
    function
        .body
        .iter()
        .for_each(|body| found.visit_block(body));
    let predicate = found.0?;
    let variants = [true, false].map(|holds| {
        let Function {
            attrs,
            vis,
            mut sig,
            body,
        } = function.clone();
        let mut configure = Configure::new(&predicate, holds);
        configure.visit_signature_mut(&mut sig);
        let (inner, outer): (Vec<_>, Vec<_>) = attrs
            .into_iter()
            .partition(|attr| matches!(attr.style, AttrStyle::Inner(_)));
        let body = match body {
            Some(body) => configure.body(body, &quote!(#(#inner)*)),
            None => quote!(;),
        };
        let condition = configure.condition(&predicate);
        quote! {
            #[cfg(#condition)]
            #[::handcrank::generator(#around)]
            #(#outer)* #vis #sig #body
        }
    });
    Some(variants.into_iter().collect())
}

/// The same of `machine!`: `input` is what it has been given, which ends with `body`.
///
/// ```text
/// machine!(.. { #[cfg(unix)] yield 1; })
///     →  { let machine; #[cfg(unix)] { machine = machine!(.. { yield 1; }); } #[cfg(not(unix))] ..; machine }
/// ```
pub fn machines(input: &TokenStream, body: &Block) -> Option<TokenStream> {
    let mut found = Predicate(None);
    found.visit_block(body);
    let predicate = found.0?;
    let mut before: Vec<TokenTree> = input.clone().into_iter().collect();
    before.pop();
    let machines = [true, false].map(|holds| {
        let mut configure = Configure::new(&predicate, holds);
        let condition = configure.condition(&predicate);
        let body = configure.body(body.clone(), &TokenStream::new());
        let before = before.iter();
        q!(
            #[cfg(#condition)]
            {
                machine = ::handcrank::machine!(#(#before)* #body);
            }
        )
    });
    Some(q!({ let machine; #(#machines)* machine }))
}

/// The predicate of a `#[cfg]`, and whether it has to hold: `not(p)` is about `p`.
fn predicate(attr: &Attribute) -> Option<(TokenStream, bool)> {
    let Meta::List(list) = &attr.meta else {
        return None;
    };
    if !list.path.is_ident("cfg") {
        return None;
    }
    let negated = syn::parse2::<Meta>(list.tokens.clone())
        .ok()
        .and_then(|meta| match meta {
            Meta::List(not) if not.path.is_ident("not") => Some(not.tokens),
            _ => None,
        });
    Some(match negated {
        Some(inner) => (inner, false),
        None => (list.tokens.clone(), true),
    })
}

/// The first predicate.
struct Predicate(Option<TokenStream>);

impl<'ast> Visit<'ast> for Predicate {
    fn visit_attribute(&mut self, attr: &'ast Attribute) {
        if self.0.is_none() {
            self.0 = predicate(attr).map(|(predicate, _)| predicate);
        }
    }
    fn visit_macro(&mut self, mac: &'ast Macro) {
        for piece in arguments(mac).iter().flatten() {
            match piece {
                Piece::Expr(expr) | Piece::List(expr) => self.visit_expr(expr),
                Piece::Pat(pat) => self.visit_pat(pat),
                Piece::Tokens(_) => {}
            }
        }
        visit::visit_macro(self, mac);
    }
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// The arguments of a macro that is known, if they may say `#[cfg]`.
fn arguments(mac: &Macro) -> Option<Vec<Piece>> {
    let says_cfg = names(mac.tokens.clone()).iter().any(|name| name == "cfg");
    says_cfg.then(|| arguments::pieces(mac))?
}

/// Removes what a predicate rules out, and the attributes of what it does not.
struct Configure {
    predicate: String,
    holds: bool,
}

impl Configure {
    fn new(predicate: &TokenStream, holds: bool) -> Self {
        Configure {
            predicate: predicate.to_string(),
            holds,
        }
    }

    /// The condition under which this is so.
    fn condition(&self, predicate: &TokenStream) -> TokenStream {
        if self.holds {
            predicate.clone()
        } else {
            quote!(not(#predicate))
        }
    }

    /// A body in its braces, with its inner attributes.
    fn body(&mut self, mut body: Block, inner: &TokenStream) -> TokenStream {
        self.visit_block_mut(&mut body);
        let stmts = &body.stmts;
        let mut braces = Group::new(Delimiter::Brace, quote!(#inner #(#stmts)*));
        braces.set_span(body.brace_token.span.join());
        TokenTree::Group(braces).into()
    }

    /// Whether something with these attributes is there; then the attributes are gone.
    fn keeps(&self, attrs: &mut Vec<Attribute>) -> bool {
        let mut holds = true;
        attrs.retain(|attr| match predicate(attr) {
            Some((predicate, wanted)) if predicate.to_string() == self.predicate => {
                holds &= self.holds == wanted;
                false
            }
            _ => true,
        });
        holds
    }

    fn list<T: Clone, P: Clone + Default>(
        &self,
        list: &mut Punctuated<T, P>,
        attrs: impl Fn(&mut T) -> Option<&mut Vec<Attribute>>,
    ) {
        let kept = std::mem::take(list);
        *list = kept
            .into_pairs()
            .filter_map(|mut pair| {
                let keeps = attrs(pair.value_mut()).is_none_or(|attrs| self.keeps(attrs));
                keeps.then_some(pair)
            })
            .collect();
    }

    fn exprs(&self, list: &mut Punctuated<Expr, Token![,]>) {
        self.list(list, expr_attrs);
    }
}

impl VisitMut for Configure {
    fn visit_signature_mut(&mut self, sig: &mut syn::Signature) {
        self.list(&mut sig.inputs, |input| {
            Some(match input {
                syn::FnArg::Receiver(receiver) => &mut receiver.attrs,
                syn::FnArg::Typed(typed) => &mut typed.attrs,
            })
        });
        self.list(&mut sig.generics.params, |param| {
            Some(match param {
                syn::GenericParam::Lifetime(param) => &mut param.attrs,
                syn::GenericParam::Type(param) => &mut param.attrs,
                syn::GenericParam::Const(param) => &mut param.attrs,
            })
        });
        visit_mut::visit_signature_mut(self, sig);
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.retain_mut(|stmt| match stmt {
            Stmt::Local(local) => self.keeps(&mut local.attrs),
            Stmt::Macro(call) => self.keeps(&mut call.attrs),
            Stmt::Expr(expr, _) => {
                expr_attrs(first_operand(expr)).is_none_or(|attrs| self.keeps(attrs))
            }
            Stmt::Item(_) => true,
        });
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Match(match_) => match_.arms.retain_mut(|arm| self.keeps(&mut arm.attrs)),
            Expr::Struct(literal) => self.list(&mut literal.fields, |field| Some(&mut field.attrs)),
            Expr::Array(array) => self.exprs(&mut array.elems),
            Expr::Tuple(tuple) => self.exprs(&mut tuple.elems),
            Expr::Call(call) => self.exprs(&mut call.args),
            Expr::MethodCall(call) => self.exprs(&mut call.args),
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if let Some(mut arguments) = arguments(mac) {
            for piece in &mut arguments {
                match piece {
                    Piece::Expr(expr) | Piece::List(expr) => self.visit_expr_mut(expr),
                    Piece::Pat(pat) => self.visit_pat_mut(pat),
                    Piece::Tokens(_) => {}
                }
            }
            mac.tokens = quote!(#(#arguments)*);
        }
    }

    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        if let Pat::Struct(pat) = pat {
            self.list(&mut pat.fields, |field| Some(&mut field.attrs));
        }
        visit_mut::visit_pat_mut(self, pat);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// Where syn puts the attributes of a statement that is an operator's.
fn first_operand(expr: &mut Expr) -> &mut Expr {
    match expr {
        Expr::Assign(assign) => first_operand(&mut assign.left),
        Expr::Binary(binary) => first_operand(&mut binary.left),
        Expr::Cast(cast) => first_operand(&mut cast.expr),
        expr => expr,
    }
}

/// The attributes in front of an expression.
fn expr_attrs(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    Some(match expr {
        Expr::Array(e) => &mut e.attrs,
        Expr::Assign(e) => &mut e.attrs,
        Expr::Async(e) => &mut e.attrs,
        Expr::Await(e) => &mut e.attrs,
        Expr::Binary(e) => &mut e.attrs,
        Expr::Block(e) => &mut e.attrs,
        Expr::Break(e) => &mut e.attrs,
        Expr::Call(e) => &mut e.attrs,
        Expr::Cast(e) => &mut e.attrs,
        Expr::Closure(e) => &mut e.attrs,
        Expr::Continue(e) => &mut e.attrs,
        Expr::Field(e) => &mut e.attrs,
        Expr::ForLoop(e) => &mut e.attrs,
        Expr::Group(e) => &mut e.attrs,
        Expr::If(e) => &mut e.attrs,
        Expr::Index(e) => &mut e.attrs,
        Expr::Lit(e) => &mut e.attrs,
        Expr::Loop(e) => &mut e.attrs,
        Expr::Macro(e) => &mut e.attrs,
        Expr::Match(e) => &mut e.attrs,
        Expr::MethodCall(e) => &mut e.attrs,
        Expr::Paren(e) => &mut e.attrs,
        Expr::Path(e) => &mut e.attrs,
        Expr::Range(e) => &mut e.attrs,
        Expr::Reference(e) => &mut e.attrs,
        Expr::Repeat(e) => &mut e.attrs,
        Expr::Return(e) => &mut e.attrs,
        Expr::Struct(e) => &mut e.attrs,
        Expr::Try(e) => &mut e.attrs,
        Expr::Tuple(e) => &mut e.attrs,
        Expr::Unary(e) => &mut e.attrs,
        Expr::Unsafe(e) => &mut e.attrs,
        Expr::While(e) => &mut e.attrs,
        Expr::Yield(e) => &mut e.attrs,
        _ => return None,
    })
}
