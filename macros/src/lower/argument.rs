//! Arguments of calls of which rustc decides: they are written in more than one call, of which one runs, and in a probe.
//!
//! ```text
//! x.finish(a(), 1, |n| n)    →  match (.., a()) { (.., arg_0) => .. x.finish(arg_0, 1, |n| n) .. }
//! ```
//!
//! What does something is evaluated once, before; a literal and a closure stand in the call, which tells the closure's type.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::Expr;

use super::{
    Lower,
    apart::told_by_itself,
    asks::Asks,
    changes::{Changes, roots},
    escape::may_escape,
    mixed,
    operand::Operand,
    standing_alone::stands_alone,
    verbatim,
};
use crate::coerced::{self, is_coerced_inside};
use crate::hygiene::{Ends, private, span_of};
use crate::syntax::{self, Used, as_name, is_constant_value, suspends};

/// An argument of a call that may be written twice, of which one runs, and a third time for the probe.
#[derive(Clone)]
pub(super) struct Argument {
    /// What is evaluated before, and the names for it.
    hoisted: Vec<(syn::Ident, TokenStream)>,
    /// In the call.
    pub used: TokenStream,
    /// In the probe.
    probed: Probed,
    /// Where the user wrote it.
    written: Ends,
}

/// How an argument stands in a probe.
#[derive(Clone)]
enum Probed {
    /// By a stand-in of the type of this place.
    Typed(TokenStream),
    /// By a stand-in of the type that the call tells: see [`telling`].
    Told,
    /// The same, of a closure that captures nothing and is made by this.
    Closure(syn::Ident),
    /// As this closure, of which the probe tells the type.
    Tells(TokenStream),
    /// As it is.
    AsIs(TokenStream),
}

enum ArgumentKind {
    /// Written wherever it is used: it does nothing when it is evaluated.
    Inline,
    /// A closure. It stays in the call, which says its type: see [`standing_alone`](super::standing_alone).
    InCall,
    /// A closure that captures nothing. It stays in the call as well; where that is written twice, the probe says its type, of
    /// which there is one value: this makes it.
    OfNothing(syn::Ident),
    /// The name of a local, whose place is given.
    Name(TokenStream),
    /// Evaluated once, before.
    Hoist,
    /// What has parts that are coerced: made in the call, which says its type, of parts that are evaluated once, before.
    Made {
        /// Which of them may be reborrowed.
        reborrowed: Vec<bool>,
    },
}

impl Lower<'_> {
    /// Lowers arguments which will be written more than once.
    pub(super) fn arguments(
        &mut self,
        args: &mut syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    ) -> Vec<Argument> {
        self.arguments_after(None, args)
    }

    /// The same, of a call that takes its receiver, which is evaluated before them.
    pub(super) fn arguments_after(
        &mut self,
        receiver: Option<&mut Expr>,
        args: &mut syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    ) -> Vec<Argument> {
        let mut kinds: Vec<_> = args.iter().map(|arg| self.argument_kind(arg)).collect();
        // What is coerced inside is made in the call, of values that have been evaluated before. What comes after them must not
        // tell: it may panic, and they drop one by one then, and not as what they are the parts of. In the same way, what a
        // name stands for is told by what comes after it: it may assign it, or panic.
        let mut is_last = true;
        for (kind, arg) in kinds.iter_mut().zip(args.iter_mut()).rev() {
            match kind {
                ArgumentKind::Name(_) if !is_last => {
                    *kind = ArgumentKind::Hoist;
                }
                ArgumentKind::Inline if !is_last && has_constant(arg) => {
                    *kind = ArgumentKind::Hoist;
                }
                ArgumentKind::Hoist => {
                    let is_alike = is_last || is_made_of_references(arg);
                    let is_made = is_alike && !suspends(arg) && is_coerced_inside(arg);
                    if is_made && (!coerced::is_numbered(arg) || self.repeated.makes(arg)) {
                        let parts = parts(arg).into_iter();
                        *kind = ArgumentKind::Made {
                            reborrowed: parts.map(|part| self.may_be_reborrowed(part)).collect(),
                        };
                    }
                    is_last = false;
                }
                _ => {}
            }
        }
        self.check_captures(args.iter().zip(&kinds));
        let receiver = receiver.into_iter().map(Operand::value);
        let hoisted = args.iter_mut().zip(&kinds).map(|(arg, kind)| match kind {
            ArgumentKind::Hoist => Operand::apart(arg),
            _ => Operand::value(arg),
        });
        let mut operands: Vec<_> = receiver.chain(hoisted).collect();
        self.operands(&mut operands);
        let are_kept = operands.iter().rev().map(|operand| operand.is_kept);
        let are_kept: Vec<_> = are_kept.take(kinds.len()).collect();
        for (kind, is_kept) in kinds.iter_mut().rev().zip(are_kept) {
            // A constant: what takes it from where it is kept does something.
            if is_kept && matches!(kind, ArgumentKind::Inline) {
                *kind = ArgumentKind::Hoist;
            }
        }
        args.iter_mut()
            .zip(kinds)
            .enumerate()
            .map(|(number, (arg, kind))| Argument::new(number, arg, kind))
            .collect()
    }

    /// A closure in the call is made when what comes after it has been evaluated, and captures what is there then. One that
    /// borrows has nothing changed under it; but what it copies or moves may be another value, as may a reference through which it
    /// borrows.
    fn check_captures<'e>(
        &mut self,
        mut args: impl Iterator<Item = (&'e Expr, &'e ArgumentKind)> + Clone,
    ) {
        while let Some((arg, kind)) = args.next() {
            let Expr::Closure(closure) = syntax::strip(arg) else {
                continue;
            };
            if !matches!(kind, ArgumentKind::InCall) {
                continue;
            }
            let later = Changes::of_all(args.clone().map(|(arg, _)| arg));
            let changed = if closure.capture.is_some() {
                roots(later.changed())
            } else {
                roots(&later.assigned)
            };
            let is_changed = |name: &&syn::Ident| {
                let local = self.locals.get(name);
                local.is_some_and(|local| local.mutable) && changed.contains(&name.to_string())
            };
            if let Some(name) = Used::of(&closure.body).names.iter().find(is_changed) {
                self.errors.reject(
                    closure,
                    &format!(
                        "this closure captures `{name}` after a later argument may have changed it, in a call on a local that \
                         is kept across a suspension point; give it one of its own: `let {name}_then = {name};`"
                    ),
                );
            }
        }
    }

    fn argument_kind(&mut self, arg: &Expr) -> ArgumentKind {
        if suspends(arg) {
            return ArgumentKind::Hoist;
        }
        if is_constant_value(arg) {
            return ArgumentKind::Inline;
        }
        match syntax::strip(arg) {
            Expr::Closure(closure) if stands_alone(closure) => ArgumentKind::Hoist,
            Expr::Closure(closure)
                if closure.asyncness.is_none()
                    && closure.inputs.len() <= MOST_INPUTS
                    && self.captures_nothing(arg) =>
            {
                ArgumentKind::OfNothing(made_of_nothing(closure))
            }
            Expr::Closure(_) => ArgumentKind::InCall,
            Expr::Path(_) => match as_name(arg) {
                Some(name) if self.locals.get(name).is_none() => ArgumentKind::Inline,
                Some(name) => ArgumentKind::Name(match self.saved(name) {
                    Some(slot) => self.place_of(slot, name.span()),
                    None => quote!(#name),
                }),
                None => ArgumentKind::Inline,
            },
            _ => ArgumentKind::Hoist,
        }
    }
}

impl Argument {
    /// Of what has been lowered.
    fn new(number: usize, arg: &mut Expr, kind: ArgumentKind) -> Self {
        let mut hoisted = Vec::new();
        let written = Ends::of(arg);
        let (used, probed) = match kind {
            ArgumentKind::Inline => (quote!(#arg), Probed::AsIs(quote!(#arg))),
            ArgumentKind::InCall => (quote!(#arg), Probed::Told),
            ArgumentKind::OfNothing(make) => (quote!(#arg), Probed::Closure(make)),
            ArgumentKind::Name(place) => (quote!(#arg), Probed::Typed(place)),
            ArgumentKind::Hoist => {
                let name = format_ident!("arg_{number}", span = mixed(span_of(&arg)));
                let place = quote!(#name);
                hoisted.push((name, quote!(#arg)));
                (place.clone(), Probed::Typed(place))
            }
            ArgumentKind::Made { reborrowed } => {
                for (count, part) in parts(arg).into_iter().enumerate() {
                    let span = mixed(span_of(part));
                    let name = format_ident!("arg_{number}_part_{count}", span = span);
                    let value = std::mem::replace(part, verbatim(quote!(#name)));
                    let value = if reborrowed.get(count) == Some(&true) {
                        told_by_itself(&value)
                    } else {
                        quote!(#value)
                    };
                    hoisted.push((name, value));
                }
                assert_prelude(arg);
                (quote!(#arg), Probed::Told)
            }
        };
        Argument {
            hoisted,
            used,
            probed,
            written,
        }
    }
}

/// Arguments of a call that is written twice. A closure that captures nothing has the type that the probe tells, of which there
/// is one value:
///
/// ```text
/// |n| n + 1    →  arg_0_type.made_of_nothing_1(|n| n + 1)
/// ```
pub(super) fn written_twice(args: &[Argument]) -> Vec<Argument> {
    let args = args.iter().enumerate().map(|(number, arg)| {
        let Probed::Closure(make) = &arg.probed else {
            return arg.clone();
        };
        let (ty, closure) = (type_of_argument(number), &arg.used);
        Argument {
            hoisted: Vec::new(),
            used: q!(#ty.#make(#closure)),
            probed: Probed::Tells(closure.clone()),
            written: arg.written,
        }
    });
    args.collect()
}

/// What makes a closure that captures nothing.
fn made_of_nothing(closure: &syn::ExprClosure) -> syn::Ident {
    let nests = Asks::of(&closure.body).is_nested;
    let make = if nests && may_escape(&closure.body, Some(&closure.output)) {
        "made_with_closure"
    } else {
        "made_of_nothing"
    };
    let inputs = closure.inputs.len();
    format_ident!("{make}_{inputs}", span = mixed(span_of(closure)))
}

/// The types of arguments, and their stand-ins in a probe.
pub(super) fn stand_ins(args: &[Argument]) -> (TokenStream, TokenStream) {
    let (mut types, mut stand_ins) = (TokenStream::new(), TokenStream::new());
    for (number, arg) in args.iter().enumerate() {
        let ty = type_of_argument(number);
        // Where the argument is, as an error of the call.
        let stand_in = arg.written.stretch(quote!((#ty).any()));
        match &arg.probed {
            Probed::Told | Probed::Closure(_) => {
                types.extend(q!(let #ty = &#private::Ty::new();));
                stand_ins.extend(quote!(#stand_in,));
            }
            Probed::Typed(place) => {
                types.extend(q! {
                    let #ty = &#private::Ty::new();
                    if false { loop {} #ty.is(&#place); }
                });
                stand_ins.extend(quote!(#stand_in,));
            }
            Probed::Tells(closure) => {
                types.extend(q!(let #ty = &#private::Ty::new();));
                stand_ins.extend(tell(&ty, closure));
            }
            Probed::AsIs(used) => stand_ins.extend(quote!(#used,)),
        }
    }
    (types, stand_ins)
}

/// The arguments in the call that tells the types of closures, which have them from there. What is told must not be in
/// the way of that: a block is not, and what breaks out of it is of its type.
///
/// ```text
/// |n| n + 1    →  'told: { if false { loop {} break 'told arg_0_type.any(); } |n| n + 1 }
/// ```
pub(super) fn telling(args: &[Argument]) -> TokenStream {
    let arguments = args.iter().enumerate().map(|(number, arg)| {
        let used = &arg.used;
        match arg.probed {
            Probed::Told | Probed::Closure(_) => tell(&type_of_argument(number), used),
            Probed::Tells(_) | Probed::Typed(_) | Probed::AsIs(_) => quote!(#used,),
        }
    });
    arguments.collect()
}

fn tell(ty: &syn::Ident, argument: &TokenStream) -> TokenStream {
    let label = syn::Lifetime::new("'told", Span::mixed_site());
    q!(#label: { if false { loop {} break #label #ty.any(); } #argument },)
}

fn type_of_argument(number: usize) -> syn::Ident {
    format_ident!("arg_{number}_type", span = Span::mixed_site())
}

/// Evaluates the receiver and the arguments, in order, before a call that is written more than once.
pub(super) fn hoist(
    receiver: &(TokenStream, TokenStream),
    args: &[Argument],
    called: &TokenStream,
) -> TokenStream {
    let (name, value) = receiver;
    let (names, values): (Vec<_>, Vec<_>) = args
        .iter()
        .flat_map(|arg| &arg.hoisted)
        .map(|(n, v)| (n, v))
        .unzip();
    q!((match (#value, #(#values,)*) { (#name, #(#names,)*) => #called }))
}

/// Whether one of the arguments is a closure, of which there cannot be two of one type.
pub(super) fn any_closure(args: &syn::punctuated::Punctuated<Expr, syn::Token![,]>) -> bool {
    args.iter()
        .any(|arg| matches!(syntax::strip(arg), Expr::Closure(_)))
}

/// The values of which an array, a tuple or what a constructor makes is made, but for literals.
fn parts(value: &mut Expr) -> Vec<&mut Expr> {
    let is_call = matches!(value, Expr::Call(call) if !syntax::is_constructor(&call.func));
    match value {
        value if is_call => vec![value],
        Expr::Lit(_) => Vec::new(),
        Expr::Paren(paren) => parts(&mut paren.expr),
        Expr::Group(group) => parts(&mut group.expr),
        Expr::Array(array) => array.elems.iter_mut().flat_map(parts).collect(),
        Expr::Tuple(tuple) => tuple.elems.iter_mut().flat_map(parts).collect(),
        // A constructor's.
        Expr::Call(call) => call.args.iter_mut().flat_map(parts).collect(),
        value => vec![value],
    }
}

/// Asserts that what seems to be of the prelude is.
fn assert_prelude(value: &mut Expr) {
    match value {
        Expr::Paren(paren) => assert_prelude(&mut paren.expr),
        Expr::Group(group) => assert_prelude(&mut group.expr),
        Expr::Array(array) => array.elems.iter_mut().for_each(assert_prelude),
        Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(assert_prelude),
        Expr::Call(call) if syntax::is_in_prelude(call) => {
            call.args.iter_mut().for_each(assert_prelude);
            *value = verbatim(at!(mixed(span_of(&value))=> #private::in_prelude(#value)));
        }
        _ => {}
    }
}

/// Whether there is something in a constant value that is named as a constant or a static is: one may have a destructor, and the
/// other may be assigned.
fn has_constant(arg: &Expr) -> bool {
    match syntax::strip(arg) {
        Expr::Array(array) => array.elems.iter().any(has_constant),
        Expr::Cast(cast) => has_constant(&cast.expr),
        Expr::Path(path) => {
            let last = path.path.segments.last();
            last.is_some_and(|last| syntax::is_constant(&last.ident) && last.ident != "None")
        }
        Expr::Reference(reference) => has_constant(&reference.expr),
        Expr::Tuple(tuple) => tuple.elems.iter().any(has_constant),
        _ => false,
    }
}

/// Whether a value is an array, a tuple or an option of references and literals: it has no destructor, and no function makes it.
fn is_made_of_references(value: &Expr) -> bool {
    match syntax::strip(value) {
        Expr::Call(call) if syntax::is_in_prelude(call) => {
            call.args.iter().all(is_made_of_references)
        }
        Expr::Array(array) => array.elems.iter().all(is_made_of_references),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_made_of_references),
        Expr::Reference(_) | Expr::Lit(_) => true,
        _ => false,
    }
}

/// For so many parameters there is a `made_of_nothing`.
const MOST_INPUTS: usize = 4;
