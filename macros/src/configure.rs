//! `#[cfg]` inside of a function: an attribute macro is shown all of it, and cannot ask which of it holds.
//!
//! ```text
//! #[generator] fn f(#[cfg(unix)] a: u32) -> .. { .. }
//!     →  #[cfg(all(unix))]       #[generator] fn f(a: u32) -> .. { .. }
//!        #[cfg(all(not(unix)))]  #[generator] fn f() -> .. { .. }
//! ```
//!
//! rustc drops all but one of these. What is in a nested item is left to it. Rules: reference, "Conditional
//! compilation".

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    AttrStyle, Attribute, Block, Expr, Meta, Pat, Stmt, Token,
    punctuated::Punctuated,
    visit::Visit,
    visit_mut::{self, VisitMut},
};

use crate::{errors::Errors, signature::Function};

/// More would be more functions than anybody wants to compile.
const MAX_PREDICATES: u32 = 6;

/// A function for each way in which the predicates in it may hold; `None` if there are none.
pub fn variants(function: &Function, errors: &mut Errors) -> Option<TokenStream> {
    let mut found = Predicates(Vec::new());
    found.visit_signature(&function.sig);
    function
        .body
        .iter()
        .for_each(|body| found.visit_block(body));
    let predicates = found.0;
    let (first, count) = (predicates.first()?, u32::try_from(predicates.len()));
    let count = count.ok().filter(|count| *count <= MAX_PREDICATES);
    let Some(count) = count else {
        errors.reject(
            first,
            "more than six different `#[cfg]`s in a generator; put what depends on them into functions",
        );
        return None;
    };
    let variants = (0..1_u32 << count).map(|variant| {
        let holds: HashMap<_, _> = predicates
            .iter()
            .enumerate()
            .map(|(number, predicate)| (predicate.to_string(), variant >> number & 1 == 1))
            .collect();
        let condition = predicates.iter().map(|predicate| {
            if holds[&predicate.to_string()] {
                quote!(#predicate)
            } else {
                quote!(not(#predicate))
            }
        });
        let Function {
            attrs,
            vis,
            mut sig,
            body,
        } = function.clone();
        let mut configure = Configure(&holds);
        configure.visit_signature_mut(&mut sig);
        let (inner, outer): (Vec<_>, Vec<_>) = attrs
            .into_iter()
            .partition(|attr| matches!(attr.style, AttrStyle::Inner(_)));
        let body = body.map_or_else(
            || quote!(;),
            |mut body| {
                configure.visit_block_mut(&mut body);
                let stmts = &body.stmts;
                let mut braces = proc_macro2::Group::new(
                    proc_macro2::Delimiter::Brace,
                    quote!(#(#inner)* #(#stmts)*),
                );
                braces.set_span(body.brace_token.span.join());
                quote!(#braces)
            },
        );
        quote! {
            #[cfg(all(#(#condition),*))]
            #[::handcrank::generator]
            #(#outer)* #vis #sig #body
        }
    });
    Some(variants.collect())
}

/// A predicate in a body, if there is one.
pub fn predicate_in(body: &Block) -> Option<TokenStream> {
    let mut found = Predicates(Vec::new());
    found.visit_block(body);
    found.0.into_iter().next()
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

/// All different predicates.
struct Predicates(Vec<TokenStream>);

impl<'ast> Visit<'ast> for Predicates {
    fn visit_attribute(&mut self, attr: &'ast Attribute) {
        let Some((predicate, _)) = predicate(attr) else {
            return;
        };
        let is_known = |known: &TokenStream| known.to_string() == predicate.to_string();
        if !self.0.iter().any(is_known) {
            self.0.push(predicate);
        }
    }
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// Removes what does not hold, and the attributes of what does.
struct Configure<'p>(&'p HashMap<String, bool>);

impl Configure<'_> {
    /// Whether something with these attributes is there; then the attributes are gone.
    fn keeps(&self, attrs: &mut Vec<Attribute>) -> bool {
        let mut holds = true;
        attrs.retain(|attr| {
            let Some((predicate, wanted)) = predicate(attr) else {
                return true;
            };
            let is_so = self.0.get(&predicate.to_string()) == Some(&true);
            holds &= is_so == wanted;
            false
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

impl VisitMut for Configure<'_> {
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
