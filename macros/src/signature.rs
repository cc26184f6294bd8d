//! The signature: what kind of machine the function returns, and of which types.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{
    Attribute, Block, FnArg, GenericArgument, Ident, Pat, PathArguments, PathSegment, ReceiverKind,
    ReturnType, Signature, Token, TraitBound, Type, TypeParamBound, Visibility,
    parse::{Parse, ParseStream},
    parse_quote, parse_quote_spanned,
    punctuated::Punctuated,
    spanned::Spanned,
    visit_mut::{self, VisitMut},
};

use crate::hygiene::{end_of, private};
use crate::{
    around::Around,
    edition,
    errors::Errors,
    frame_lifetime,
    lent::Lent,
    lifetimes,
    lower::{Param, Reference},
    objects,
    one_lifetime::OneLifetime,
    syntax::plain_name,
};

/// A function as the attribute is given it: with a body, or declared in a trait.
#[derive(Clone)]
pub struct Function {
    pub attrs: Vec<Attribute>,
    pub vis: Visibility,
    pub sig: Signature,
    pub body: Option<Block>,
}

impl Parse for Function {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        if !(input.peek(Token![fn])
            || input.peek(Token![async])
            || input.peek(Token![const])
            || input.peek(Token![unsafe])
            || input.peek(Token![extern]))
        {
            return Err(input.error(
                "`#[generator]` goes on a function: a free one, a method, or one declared in a trait; or on an `impl` or a trait with such",
            ));
        }
        let sig: Signature = input.parse()?;
        let body = if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
            None
        } else {
            let mut attrs = attrs.clone();
            let content;
            let brace_token = syn::braced!(content in input);
            attrs.extend(content.call(Attribute::parse_inner)?);
            let block = Block {
                brace_token,
                stmts: content.call(Block::parse_within)?,
            };
            return Ok(Function {
                attrs,
                vis,
                sig,
                body: Some(block),
            });
        };
        Ok(Function {
            attrs,
            vis,
            sig,
            body,
        })
    }
}

/// A function whose body is not looked into.
pub struct Header(pub Function);

impl Parse for Header {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let function = Function {
            attrs: input.call(Attribute::parse_outer)?,
            vis: input.parse()?,
            sig: input.parse()?,
            body: None,
        };
        if input.parse::<Option<Token![;]>>()?.is_none() {
            input.parse::<proc_macro2::Group>()?;
        }
        Ok(Header(function))
    }
}

/// What a function returns.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// `impl Generator<..>`
    Generator,
    /// `impl Iterator<..>`
    Iterator,
    /// `impl Future<..>`, `async fn`
    Future,
    /// `impl Stream<..>`
    Stream,
}

/// How it is returned.
#[derive(Clone, Copy, PartialEq)]
pub enum Wrapped {
    /// `impl ..`
    Bare,
    /// `Box<dyn ..>`
    Box,
    /// `Pin<Box<dyn ..>>`
    PinBox,
}

/// What the signature says of the machine.
pub struct Shape {
    pub kind: Kind,
    pub wrapped: Wrapped,
    /// Whether the machine may move between entries.
    pub movable: bool,
    /// The resume argument, as it annotates the body.
    pub resume: Type,
    /// The same, if it is lent for one turn.
    pub lent: Option<Lent>,
    /// What is yielded.
    pub yielded: Type,
    /// What `yield_!` takes, if the body sees its task context.
    pub polls: Option<Type>,
    /// What is returned at the end.
    pub returned: Type,
    /// The lifetime that the body knows, if the signature has more.
    pub one_lifetime: Option<OneLifetime>,
}

impl Shape {
    /// Stands for a machine of these types, where one is rejected.
    pub fn stub(&self) -> TokenStream {
        let Shape {
            resume,
            yielded,
            returned,
            ..
        } = self;
        let value = quote!(#private::Stub::<#resume, #yielded, #returned>::new());
        match self.wrapped {
            Wrapped::Bare => value,
            Wrapped::Box => quote!(#private::unpin_box(#value)),
            Wrapped::PinBox => quote!(#private::pin_box(#value)),
        }
    }

    /// The resume argument of the machine: a task context, if it is polled.
    pub fn resume_type(&self) -> TokenStream {
        let resume = &self.resume;
        if self.kind.is_polled() {
            quote!(#private::Context)
        } else {
            quote!(#resume)
        }
    }
}

impl Shape {
    /// Binds the task context to a parameter, and `yield_!` to polls: `Poll::Pending` is `yield_!()` in a
    /// future, and `yield_!(Poll::Pending)` in a stream.
    fn takes_context(&mut self, span: Span) {
        let lent = Lent::context(span);
        self.resume = lent.elided();
        self.lent = Some(lent);
        self.polls = Some(match self.kind {
            Kind::Stream => {
                let item = &self.yielded;
                parse_quote!(::handcrank::__private::Poll<#item>)
            }
            _ => unit(),
        });
    }

    /// What `yield_!` takes.
    pub fn yield_type(&self) -> &Type {
        self.polls.as_ref().unwrap_or(&self.yielded)
    }
}

impl Kind {
    /// Whether `.await` may stand in the body.
    pub fn is_polled(self) -> bool {
        matches!(self, Kind::Future | Kind::Stream)
    }
}

/// Reads the shape off a signature, which is left as it is emitted: without `async`, and with what the
/// user left out.
pub fn shape(
    vis: &Visibility,
    sig: &mut Signature,
    around: &Around,
    errors: &mut Errors,
) -> Option<Shape> {
    if let Some(constness) = sig.constness {
        errors.reject(
            constness,
            "`const` generators are not possible: a machine is made at run time; remove `const`",
        );
    }
    if let Some(abi) = &sig.abi {
        errors.reject(
            abi,
            "an `extern` function cannot return a generator; remove `extern`",
        );
    }
    if sig.asyncness.take().is_some() {
        returns_future(sig);
    }
    let fn_span = sig.ident.span();
    let ReturnType::Type(_, output) = &mut sig.output else {
        errors.push(syn::Error::new(
            fn_span,
            "a generator says what it returns: write `-> impl Generator<Yield = ..>`, \
             `-> impl Iterator<Item = ..>`, or make it an `async fn`",
        ));
        return None;
    };
    if of_type(output).is_none() {
        reject_type(output, errors);
        return None;
    }
    let one_lifetime = frame_lifetime::bound_by_frame(vis, sig, around);
    let ReturnType::Type(_, output) = &mut sig.output else {
        return None;
    };
    let mut shape = of_type(output)?;
    shape.one_lifetime = one_lifetime;
    captures_all(output);
    Some(checked(shape, errors))
}

/// Says of a function's machine that it tells where it is suspended. A trait that declares the function need not.
pub fn tells_where(sig: &mut Signature) {
    let ReturnType::Type(_, output) = &mut sig.output else {
        return;
    };
    let mut output = &mut **output;
    while let Type::Paren(syn::TypeParen { elem, .. }) | Type::Group(syn::TypeGroup { elem, .. }) =
        output
    {
        output = elem;
    }
    if let Type::ImplTrait(opaque) = output {
        add_bound(&mut opaque.bounds, "Suspended");
    }
}

/// Adds a bound where the user's last one is, so that the type stays in one piece.
fn add_bound(bounds: &mut Punctuated<TypeParamBound, Token![+]>, name: &str) {
    let span = end_of(bounds);
    let name = Ident::new(name, span);
    let bound = parse_quote_spanned!(span=> ::handcrank::__private::#name);
    if !bounds.empty_or_trailing() {
        bounds.push_punct(Token![+](span));
    }
    bounds.push_value(bound);
}

/// Reads the shape off the type of a machine that is no function's.
pub fn shape_of_type(output: &mut Type, errors: &mut Errors) -> Option<Shape> {
    let shape = of_type(output);
    if shape.is_none() {
        reject_type(output, errors);
    }
    Some(checked(shape?, errors))
}

fn reject_type(output: &Type, errors: &mut Errors) {
    errors.reject(
        output,
        "this is not the type of a machine; write `impl Generator<R, Yield = Y, Return = O>`, \
         `impl Iterator<Item = Y>`, `impl Future<Output = O>`, `impl Stream<Item = Y>`, or one of \
         them boxed: `Box<dyn Iterator<Item = Y>>`, `Pin<Box<dyn Generator<..>>>`",
    );
}

/// As its types are written in the body.
fn checked(mut shape: Shape, errors: &mut Errors) -> Shape {
    if shape.lent.as_ref().is_some_and(Lent::has_too_many) {
        errors.reject(
            &shape.resume,
            "a resume argument with more than four lifetimes of its own; give one of them a name, or pass fewer",
        );
    }
    let Shape {
        resume,
        lent,
        yielded,
        returned,
        ..
    } = &mut shape;
    [resume, yielded, returned]
        .into_iter()
        .chain(lent.as_mut().map(|lent| &mut lent.argument))
        .for_each(objects::write_lifetimes);
    shape
}

/// `async fn f() -> O` → `fn f() -> impl Future<Output = O>`
fn returns_future(sig: &mut Signature) {
    let returned: Type = match &sig.output {
        ReturnType::Default => parse_quote!(()),
        // Other than there, `!` is unstable.
        ReturnType::Type(_, ty) if matches!(**ty, Type::Never(_)) => {
            parse_quote_spanned!(ty.span()=> ::handcrank::__private::Diverges)
        }
        ReturnType::Type(_, ty) => (**ty).clone(),
    };
    // Where rustc's own errors about `async fn`s are.
    let span = sig.ident.span();
    let output: Type =
        parse_quote_spanned!(span=> impl ::handcrank::__private::Future<Output = #returned>);
    sig.output = ReturnType::Type(<Token![->]>::default(), Box::new(output));
}

/// Edition 2024's capture rules, whatever the user's edition: all lifetimes in scope.
fn captures_all(output: &mut Type) {
    struct Captures;
    impl VisitMut for Captures {
        fn visit_type_impl_trait_mut(&mut self, opaque: &mut syn::TypeImplTrait) {
            opaque.impl_token.span = Span::mixed_site().located_at(opaque.impl_token.span);
        }
    }
    // Where it would change nothing, the type stays in one piece for rustc to point at.
    if !edition::is_2024() {
        Captures.visit_type_mut(output);
    }
}

fn unit() -> Type {
    parse_quote!(())
}

/// The shape of a return type, to which is added what the user left out.
fn of_type(ty: &mut Type) -> Option<Shape> {
    match ty {
        Type::Paren(ty) => of_type(&mut ty.elem),
        Type::Group(ty) => of_type(&mut ty.elem),
        Type::ImplTrait(opaque) => {
            let unpin = opaque.bounds.iter().any(|bound| names(bound, "Unpin"));
            let fused = opaque
                .bounds
                .iter()
                .any(|bound| names(bound, "FusedIterator"));
            let mut shape = of_bounds(&mut opaque.bounds, Wrapped::Bare)?;
            shape.movable |= unpin;
            if shape.kind == Kind::Iterator && !fused {
                add_bound(&mut opaque.bounds, "FusedIterator");
            }
            Some(shape)
        }
        Type::Path(path) => {
            let last = path.path.segments.last_mut()?;
            let is_pin = last.ident == "Pin";
            if !is_pin && last.ident != "Box" {
                return None;
            }
            let inner = only_type(&mut last.arguments)?;
            if is_pin {
                let Type::Path(boxed) = inner else {
                    return None;
                };
                let last = boxed.path.segments.last_mut()?;
                if last.ident != "Box" {
                    return None;
                }
                return of_object(only_type(&mut last.arguments)?, Wrapped::PinBox);
            }
            of_object(inner, Wrapped::Box)
        }
        _ => None,
    }
}

fn of_object(ty: &mut Type, wrapped: Wrapped) -> Option<Shape> {
    let bounds = match ty {
        Type::TraitObject(object) => &mut object.bounds,
        Type::ImplTrait(opaque) => &mut opaque.bounds,
        _ => return None,
    };
    let unpin = bounds.iter().any(|bound| names(bound, "Unpin"));
    let mut shape = of_bounds(bounds, wrapped)?;
    // A box that may be moved out of holds a machine that may move, but for iterators, which never are.
    let boxed_iterator = wrapped == Wrapped::Box && shape.kind == Kind::Iterator;
    shape.movable = unpin || (wrapped == Wrapped::Box && !boxed_iterator);
    (wrapped == Wrapped::PinBox || boxed_iterator || shape.kind == Kind::Generator).then_some(shape)
}

fn only_type(arguments: &mut PathArguments) -> Option<&mut Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return None;
    };
    match arguments.args.first_mut()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

fn names(bound: &TypeParamBound, name: &str) -> bool {
    matches!(bound, TypeParamBound::Trait(bound)
        if bound.path.segments.last().is_some_and(|segment| segment.ident == name))
}

fn of_bounds(
    bounds: &mut Punctuated<TypeParamBound, Token![+]>,
    wrapped: Wrapped,
) -> Option<Shape> {
    // `impl FusedIterator + Iterator<Item = u8>`: the plain trait says more.
    let (fused, plain): (Vec<_>, Vec<_>) = bounds
        .iter_mut()
        .filter_map(|bound| match bound {
            TypeParamBound::Trait(bound) => Some(bound),
            _ => None,
        })
        .partition(|bound| {
            let last = bound.path.segments.last();
            last.is_some_and(|segment| segment.ident.to_string().starts_with("Fused"))
        });
    plain
        .into_iter()
        .chain(fused)
        .find_map(|bound| of_bound(bound, wrapped))
}

fn of_bound(bound: &mut TraitBound, wrapped: Wrapped) -> Option<Shape> {
    let last = bound.path.segments.last_mut()?;
    let kind = match last.ident.to_string().as_str() {
        "Generator" => Kind::Generator,
        "Iterator" | "FusedIterator" => Kind::Iterator,
        "Future" | "FusedFuture" => Kind::Future,
        "Stream" | "FusedStream" => Kind::Stream,
        _ => return None,
    };
    let lent = (kind == Kind::Generator)
        .then(|| Lent::of_bound(bound))
        .flatten();
    let last = bound.path.segments.last_mut()?;
    let (mut resume, mut yielded, mut returned) = (None, None, None);
    if let PathArguments::AngleBracketed(arguments) = &last.arguments {
        for argument in &arguments.args {
            match argument {
                GenericArgument::Type(ty) => resume = Some(ty.clone()),
                GenericArgument::AssocType(assoc) => match assoc.ident.to_string().as_str() {
                    "Yield" | "Item" => yielded = Some(assoc.ty.clone()),
                    "Return" | "Output" => returned = Some(assoc.ty.clone()),
                    _ => {}
                },
                // `Item: Debug` leaves the type to be inferred.
                GenericArgument::Constraint(assoc) => match assoc.ident.to_string().as_str() {
                    "Yield" | "Item" => yielded = Some(parse_quote!(_)),
                    "Return" | "Output" => returned = Some(parse_quote!(_)),
                    _ => {}
                },
                _ => {}
            }
        }
    }
    complete(last, kind, yielded.is_some(), returned.is_some());
    Some(Shape {
        kind,
        wrapped,
        movable: kind == Kind::Iterator && wrapped == Wrapped::Bare,
        resume: without_impl(match &lent {
            Some(lent) => lent.elided(),
            None => resume.unwrap_or_else(unit),
        }),
        lent,
        polls: None,
        yielded: without_impl(yielded.unwrap_or_else(unit)),
        returned: without_impl(returned.unwrap_or_else(unit)),
        one_lifetime: None,
    })
}

/// Writes out what is `()` because the user left it out.
fn complete(segment: &mut PathSegment, kind: Kind, has_yield: bool, has_return: bool) {
    let span = segment.ident.span();
    let mut missing: Vec<GenericArgument> = Vec::new();
    match kind {
        Kind::Generator => {
            if !has_yield {
                missing.push(parse_quote_spanned!(span=> Yield = ()));
            }
            if !has_return {
                missing.push(parse_quote_spanned!(span=> Return = ()));
            }
        }
        Kind::Iterator | Kind::Stream if !has_yield => {
            missing.push(parse_quote_spanned!(span=> Item = ()));
        }
        Kind::Future if !has_return => missing.push(parse_quote_spanned!(span=> Output = ())),
        _ => {}
    }
    if missing.is_empty() {
        return;
    }
    if let PathArguments::None = segment.arguments {
        segment.arguments = PathArguments::AngleBracketed(parse_quote_spanned!(span=> <>));
    }
    if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
        arguments.args.extend(missing);
    }
}

/// The type where it annotates the body, in which `impl Trait` is inferred.
fn without_impl(mut ty: Type) -> Type {
    struct WithoutImpl;
    impl VisitMut for WithoutImpl {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            if let Type::ImplTrait(_) = ty {
                *ty = parse_quote!(_);
            } else {
                visit_mut::visit_type_mut(self, ty);
            }
        }
    }
    WithoutImpl.visit_type_mut(&mut ty);
    ty
}

/// The parameters of the body, and the signature's made plain names.
pub fn params(sig: &mut Signature, shape: &mut Shape, errors: &mut Errors) -> Vec<BodyParam> {
    let mut params = Vec::new();
    let mut inputs = Punctuated::<FnArg, Token![,]>::new();
    let mut marked: Option<Span> = None;
    for (number, mut input) in std::mem::take(&mut sig.inputs).into_iter().enumerate() {
        match &mut input {
            FnArg::Receiver(receiver) => {
                let span = receiver.self_token.span;
                let mutability = receiver.mutability;
                let name = Ident::new("self", span);
                let this = Ident::new("this", span);
                params.push(BodyParam {
                    param: Param {
                        name,
                        pat: parse_quote!(#mutability #this),
                        ty: None,
                        resume: false,
                        reference: match &receiver.kind {
                            ReceiverKind::Reference(_, _, mutability) => {
                                Some(Reference::new(*mutability))
                            }
                            _ => None,
                        },
                    },
                    ty: None,
                    attrs: Vec::new(),
                });
                inputs.push(input);
            }
            FnArg::Typed(typed) => {
                let resume = is_resume(&typed.attrs);
                typed.attrs.retain(|attr| !attr.path().is_ident("resume"));
                if let Some(cfg) = typed.attrs.iter().find(|attr| attr.path().is_ident("cfg")) {
                    errors.reject(
                        cfg,
                        "`#[cfg]` on a parameter of a generator is not supported yet",
                    );
                }
                if resume && marked.replace(typed.pat.span()).is_some() {
                    errors.reject(
                        &typed.pat,
                        "only one parameter can be the first resume argument",
                    );
                }
                let pat = (*typed.pat).clone();
                let name = plain_name(&pat).cloned().unwrap_or_else(|| {
                    let span = Span::mixed_site().located_at(pat.span());
                    format_ident!("arg{number}", span = span)
                });
                let ty = (*typed.ty).clone();
                *typed.pat = parse_quote!(#name);
                params.push(BodyParam {
                    param: Param {
                        reference: match (&ty, &pat) {
                            (Type::Reference(reference), Pat::Ident(_)) => {
                                Some(Reference::new(reference.mutability))
                            }
                            _ => None,
                        },
                        name,
                        pat,
                        ty: Some(ty.clone()),
                        resume,
                    },
                    ty: Some(ty),
                    attrs: typed.attrs.clone(),
                });
                if !resume {
                    inputs.push(input);
                }
            }
        }
    }
    sig.inputs = inputs;
    let how = |resume: &str| {
        format!(
            "mark the parameter that takes it, `#[resume] first: {resume}`, or `#[resume] _: {resume}` to \
             ignore it"
        )
    };
    check_resume(shape, marked, how, errors);
    params
}

/// Takes the parameters away that a caller does not pass.
pub fn without_resume(sig: &mut Signature) {
    let inputs = std::mem::take(&mut sig.inputs).into_iter();
    sig.inputs = inputs
        .filter(|input| !matches!(input, FnArg::Typed(typed) if is_resume(&typed.attrs)))
        .collect();
}

/// Whether a parameter is marked as the first resume argument.
pub fn has_resume(sig: &Signature) -> bool {
    sig.inputs
        .iter()
        .any(|input| matches!(input, FnArg::Typed(typed) if is_resume(&typed.attrs)))
}

/// Whether a parameter is the first resume argument.
pub fn is_resume(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| attr.path().is_ident("resume"))
}

/// A parameter, with the type that the user gave it; `self` has its own.
#[derive(Clone)]
pub struct BodyParam {
    pub param: Param,
    pub ty: Option<Type>,
    /// Its attributes: lint levels.
    pub attrs: Vec<Attribute>,
}

/// Whether the first resume argument is bound where there is one.
/// `how` says how to bind one of this type.
pub fn check_resume(
    shape: &mut Shape,
    marked: Option<Span>,
    how: impl Fn(&str) -> String,
    errors: &mut Errors,
) {
    let is_unit = matches!(&shape.resume, Type::Tuple(tuple) if tuple.elems.is_empty());
    match marked {
        None if !is_unit => {
            let resume = shape.resume.to_token_stream().to_string();
            errors.reject(
                &shape.resume,
                &format!("the first resume argument is not bound: {}", how(&resume)),
            );
        }
        Some(span) if shape.kind == Kind::Iterator => errors.push(syn::Error::new(
            span,
            "an iterator is not resumed with an argument; write `impl Generator<R, ..>`",
        )),
        Some(span) if shape.kind.is_polled() => shape.takes_context(span),
        _ => {}
    }
}

/// The signature as the user wrote it, with a body that does nothing: what is emitted when something is
/// rejected. `called` are the names of our macros, whose imports are used there. Where the return type is none
/// that we know, the `errors` are what is returned: an expression that is an error has any type.
pub fn stub(function: &Function, called: &[Ident], errors: TokenStream) -> TokenStream {
    let Function {
        attrs, vis, sig, ..
    } = function;
    let mut sig = sig.clone();
    sig.constness = None;
    sig.abi = None;
    without_resume(&mut sig);
    for input in &mut sig.inputs {
        if let FnArg::Typed(typed) = input {
            *typed.pat = parse_quote!(_);
        }
    }
    lifetimes::make_resume_static(&mut sig.output);
    let shape = match &mut sig.output {
        ReturnType::Type(_, output) if sig.asyncness.is_none() => of_type(output),
        _ => None,
    };
    let (errors, value) = match shape {
        None if errors.is_empty() => (errors, quote!(loop {})),
        None => (TokenStream::new(), errors),
        Some(shape) => {
            tells_where(&mut sig);
            (errors, shape.stub())
        }
    };
    quote! {
        #errors
        #(#attrs)* #[allow(warnings)] #vis #sig {
            #(#called! { @in_generator })*
            #value
        }
    }
}
