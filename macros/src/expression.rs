//! `machine!`: a machine made in place, of locals that are listed. A front end: it makes the same as the
//! attribute does of a function, whose parameters are the listed locals.
//!
//! ```text
//! machine!([a, mut b = f()] |first: R| -> impl Generator<R, Yield = Y> { .. })
//!     →  { let (a, b) = (a, f()); .. machine of fn(a: _, mut b: _, #[resume] first: R) -> impl Generator<R, ..> }
//! ```

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::{
    Block, Expr, Ident, Pat, Token, Type, TypeParamBound,
    ext::IdentExt,
    parse::{Parse, ParseStream},
    parse_quote, parse_quote_spanned,
    punctuated::Punctuated,
    spanned::Spanned,
};

use crate::hygiene::{private, settle};
use crate::{
    compile::{self, Body},
    configure,
    errors::Errors,
    lower::Param,
    signature::{self, BodyParam, Shape, Wrapped},
    suspended::Called,
    syntax::plain_name,
    tokens::regrouped,
};

/// What `machine!` is given.
struct Machine {
    captures: Vec<Capture>,
    /// The first resume argument.
    first: Option<First>,
    arrow: Token![->],
    output: Type,
    body: Block,
}

/// What goes into a machine, if a macro call in the body of a generator makes one, and is none of another macro of that
/// name. It is evaluated there; the rest has no locals of the body in it, and suspension points of its own.
pub fn captured(mac: &syn::Macro) -> Option<Vec<Expr>> {
    let last = mac.path.segments.last()?;
    if last.ident != "machine" {
        return None;
    }
    let machine: Machine = syn::parse2(mac.tokens.clone()).ok()?;
    Some(machine.captures.into_iter().map(Capture::value).collect())
}

/// What `machine!` is given, with other values for what goes into the machine.
///
/// ```text
/// [a, mut b = f()] -> ..      →  [a = (*a.at()), mut b = f()] -> ..
/// ```
pub fn with_values(mac: &syn::Macro, values: &Punctuated<Expr, Token![,]>) -> TokenStream {
    let machine: Option<Machine> = syn::parse2(mac.tokens.clone()).ok();
    let captures = machine.into_iter().flat_map(|machine| machine.captures);
    let list: Vec<_> = captures
        .zip(values)
        .map(
            |(
                Capture {
                    mutability, name, ..
                },
                value,
            )| quote!(#mutability #name = #value),
        )
        .collect();
    let mut tokens = mac.tokens.clone().into_iter().peekable();
    let list = match tokens.peek() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => {
            let list = regrouped(group, quote!(#(#list),*));
            tokens.next();
            Some(list)
        }
        _ => None,
    };
    list.into_iter().chain(tokens).collect()
}

/// A local that goes into the machine.
struct Capture {
    mutability: Option<Token![mut]>,
    name: Ident,
    /// What it is, if not the local of that name.
    value: Option<Expr>,
}

struct First {
    pat: Pat,
    ty: Option<Type>,
}

impl Parse for Machine {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let captures = if input.peek(syn::token::Bracket) {
            let list;
            syn::bracketed!(list in input);
            Punctuated::<Capture, Token![,]>::parse_terminated(&list)?
        } else {
            Punctuated::new()
        };
        let mut first = None;
        if input.parse::<Option<Token![||]>>()?.is_none() && input.peek(Token![|]) {
            input.parse::<Token![|]>()?;
            let pat = Pat::parse_single(input)?;
            let ty = match input.parse::<Option<Token![:]>>()? {
                Some(_) => Some(input.parse()?),
                None => None,
            };
            input.parse::<Option<Token![,]>>()?;
            if !input.peek(Token![|]) {
                return Err(input.error(
                    "a machine is resumed with one argument; what it starts with is listed before: \
                     `[a, b = value] |first: R|`",
                ));
            }
            input.parse::<Token![|]>()?;
            first = Some(First { pat, ty });
        }
        if !input.peek(Token![->]) {
            return Err(input.error(
                "`machine!` is given what goes into the machine, its first argument, what it is, and its \
                 body: `[a, mut b, c = value] |first: R| -> impl Generator<R, Yield = Y> { .. }`, where the \
                 first two may be left out",
            ));
        }
        let arrow = input.parse()?;
        let output = input.parse()?;
        let body = input.parse()?;
        Ok(Machine {
            captures: captures.into_iter().collect(),
            first,
            arrow,
            output,
            body,
        })
    }
}

const NO_NAME: &str = "what goes into a machine is the name of a local, or `name = value`";

impl Parse for Capture {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.peek(Token![&]) {
            return Err(input.error("what goes into a machine needs a name: `name = &value`"));
        }
        if input.peek(Token![self]) {
            return Err(input.error("`self` needs another name in a machine: `this = self`"));
        }
        let mutability = input.parse()?;
        if !input.peek(Ident) {
            return Err(input.error(NO_NAME));
        }
        let name = input.parse()?;
        let value = match input.parse::<Option<Token![=]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        if !(input.is_empty() || input.peek(Token![,])) {
            return Err(input.error(NO_NAME));
        }
        Ok(Capture {
            mutability,
            name,
            value,
        })
    }
}

/// Expands `machine!`.
pub fn expand(input: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let machine: Machine = match syn::parse2(input.clone()) {
        Ok(machine) => machine,
        Err(error) => {
            errors.push(error);
            return rejected(errors, None);
        }
    };
    if let Some(machines) = configure::machines(input, &machine.body) {
        return machines;
    }
    let mut output = machine.output.clone();
    let shape = signature::shape_of_type(&mut output, &mut errors);
    let stub = shape.as_ref().map(Shape::stub);
    match shape.and_then(|shape| expand_machine(machine, shape, &output, &mut errors)) {
        Some(expanded) if !errors.refuses() => expanded,
        _ => rejected(errors, stub),
    }
}

/// The errors, and what has the type of the machine.
fn rejected(errors: Errors, stub: Option<TokenStream>) -> TokenStream {
    let errors = errors.into_compile_errors();
    let stub = stub.unwrap_or_else(|| quote!(#private::Stub::<(), (), ()>::new()));
    quote!({ #errors #stub })
}

fn expand_machine(
    machine: Machine,
    mut shape: Shape,
    output: &Type,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let Machine {
        captures,
        first,
        arrow,
        body,
        ..
    } = machine;
    check_captures(&captures, errors);
    let braces = body.brace_token.span;
    // What rustc says of the machine, it says of all of it.
    let span = Span::mixed_site().located_at(braces.join());
    let name = Ident::new("machine", span);
    let asserts = asserts(output, &name, errors);
    let marked = first.as_ref().map(|first| first.pat.span());
    let mut params: Vec<BodyParam> = captures.iter().map(Capture::param).collect();
    params.extend(first.map(|first| first.param(&shape)));
    let how = |resume: &str| {
        format!("write `|first: {resume}|` before `->`, or `|_: {resume}|` to ignore it")
    };
    signature::check_resume(&mut shape, marked, how, errors);
    let prefix = format_ident!("Machine");
    let captured: Vec<Ident> = captures
        .iter()
        .map(|capture| capture.name.clone())
        .collect();
    let compiled = compile::compile(
        Body {
            shape: &shape,
            params,
            block: body,
            prefix,
            called: Called {
                name: "machine!".to_owned(),
                span: arrow.span(),
            },
            captured: Some(&captured),
            takes_argument: marked.is_some(),
        },
        errors,
    )?;
    let values = captures.into_iter().map(Capture::value);
    let statements = compiled.statements(&name);
    let result = match shape.wrapped {
        Wrapped::Bare => quote!(#name),
        // As what it is returned as.
        Wrapped::Box | Wrapped::PinBox => q!({ let machine: #output = #name; machine }),
    };
    let bind = (!captured.is_empty()).then(|| quote!(let (#(#captured,)*) = (#(#values,)*);));
    let expanded = quote!({ #bind #statements #asserts #result });
    Some(settle(expanded, arrow.span()))
}

impl Capture {
    /// What it is.
    fn value(self) -> Expr {
        let Capture { name, value, .. } = self;
        value.unwrap_or_else(|| parse_quote!(#name))
    }

    /// A parameter whose type is that of the local.
    fn param(&self) -> BodyParam {
        let Capture {
            mutability, name, ..
        } = self;
        BodyParam {
            param: Param {
                name: name.clone(),
                pat: parse_quote!(#mutability #name),
                ty: Some(parse_quote!(_)),
                resume: false,
                reference: None,
            },
            ty: Some(parse_quote!(_)),
            attrs: Vec::new(),
        }
    }
}

impl First {
    fn param(self, shape: &Shape) -> BodyParam {
        let First { pat, ty } = self;
        let ty = ty.unwrap_or_else(|| {
            if shape.kind.is_polled() {
                parse_quote_spanned!(pat.span()=> _)
            } else {
                shape.resume.clone()
            }
        });
        let name = plain_name(&pat).cloned().unwrap_or_else(|| {
            let span = Span::mixed_site().located_at(pat.span());
            format_ident!("first_argument", span = span)
        });
        BodyParam {
            param: Param {
                name,
                pat,
                ty: Some(ty.clone()),
                resume: true,
                reference: None,
            },
            ty: Some(ty),
            attrs: Vec::new(),
        }
    }
}

fn check_captures(captures: &[Capture], errors: &mut Errors) {
    for (index, Capture { name, .. }) in captures.iter().enumerate() {
        if captures[..index].iter().any(|other| other.name == *name) {
            errors.reject(name, &format!("`{}` is listed twice", name.unraw()));
        }
    }
}

/// Asserts what else the type says: other than in a function, it hides nothing.
///
/// ```text
/// impl Iterator<Item = u8> + Send + 'a    →  is_send(&machine); outlives::<'a, _>(&raw const machine);
/// impl Iterator<Item = u8> + Clone        →  { fn is<M: Clone>(_: &M) {} is(&machine) }
/// ```
fn asserts(output: &Type, machine: &Ident, errors: &mut Errors) -> TokenStream {
    let Type::ImplTrait(opaque) = output else {
        return TokenStream::new();
    };
    let mut asserts = TokenStream::new();
    for bound in &opaque.bounds {
        let name = match bound {
            TypeParamBound::Trait(bound) => bound.path.segments.last().map(|last| &last.ident),
            TypeParamBound::Lifetime(lifetime) => {
                asserts.extend(q!(#private::outlives::<#lifetime, _>(&raw const #machine);));
                continue;
            }
            _ => None,
        };
        match (name.map(ToString::to_string).as_deref(), bound) {
            (Some("Send"), _) => asserts.extend(q!(#private::is_send(&#machine);)),
            (Some("Sync"), _) => asserts.extend(q!(#private::is_sync(&#machine);)),
            (
                Some(
                    "Unpin" | "Suspended" | "Generator" | "Iterator" | "Future" | "Stream"
                    | "FusedIterator" | "FusedFuture" | "FusedStream",
                ),
                _,
            ) => {}
            (_, TypeParamBound::Trait(bound)) if bound.maybe.is_none() => asserts.extend(q! {{
                fn is<M: #bound>(_: &M) {}
                is(&#machine);
            }}),
            _ => errors.reject(
                bound,
                "`machine!` makes a value, whose type is not hidden: this can be left out",
            ),
        }
    }
    asserts
}
