//! Resume arguments with lifetimes of their own: what is elided in `impl Generator<&mut T>`, or bound there by
//! the user's `for<'r>`.
//!
//! ```text
//! impl Generator<&mut Context<'_>>
//!     →  impl for<'resume_0, 'resume_1> Generator<&'resume_0 mut Context<'resume_1>>
//! ```

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    BoundLifetimes, GenericArgument, GenericParam, Ident, Lifetime, PathArguments, TraitBound,
    Type, parse_quote, parse_quote_spanned,
    visit_mut::{self, VisitMut},
};

use crate::hygiene::{Ends, private};
use crate::{
    lifetimes::{self, Namer},
    syntax::generated,
};

/// How many lifetimes an argument may have of its own: as many as `Lifetimes` has.
const MOST: usize = 4;

/// A resume argument that is lent for one turn.
pub struct Lent {
    /// Its type, in which its own lifetimes have names.
    pub argument: Type,
    /// Those.
    lifetimes: Vec<Lifetime>,
}

impl Lent {
    /// Gives names to the lifetimes that the argument of a `Generator<..>` has of its own. `None` if it has
    /// none.
    pub fn of_bound(bound: &mut TraitBound) -> Option<Self> {
        let mut lifetimes: Vec<Lifetime> = match &bound.lifetimes {
            Some(bound) => bound.lifetimes.iter().filter_map(lifetime_of).collect(),
            None => Vec::new(),
        };
        let argument = argument_mut(bound)?;
        let mut namer = Namer::new("resume");
        namer.visit_type_mut(argument);
        lifetimes.extend(namer.added);
        let argument = argument.clone();
        if lifetimes.is_empty() {
            return None;
        }
        bound.lifetimes = Some(parse_quote!(for<#(#lifetimes),*>));
        Some(Lent {
            argument,
            lifetimes,
        })
    }

    /// That of a task.
    pub fn context(span: Span) -> Self {
        let span = Span::mixed_site().located_at(span);
        let lifetimes = ["'poll", "'task"].map(|name| Lifetime::new(name, span));
        let [poll, task] = &lifetimes;
        Lent {
            argument: parse_quote_spanned!(span=>
                &#poll mut ::handcrank::__private::core::task::Context<#task>
            ),
            lifetimes: lifetimes.into(),
        }
    }

    /// Whether there are more lifetimes than there may be.
    pub fn has_too_many(&self) -> bool {
        self.lifetimes.len() > MOST
    }

    /// The type where it annotates the body: its own lifetimes are left out again.
    pub fn elided(&self) -> Type {
        elided(&self.argument, &|lifetime| {
            self.lifetimes.contains(lifetime)
        })
    }

    /// The type, open in its own lifetimes: `for<..> fn(Lifetimes<..>) -> &'resume_0 mut T`.
    pub fn open(&self) -> TokenStream {
        let mut lifetimes = self.lifetimes.clone();
        for number in lifetimes.len()..MOST {
            let name = format!("'unused_{number}");
            lifetimes.push(Lifetime::new(&name, Span::mixed_site()));
        }
        let argument = &self.argument;
        quote!(for<#(#lifetimes),*> fn(#private::Lifetimes<#(#lifetimes),*>) -> #argument)
    }

    /// Whether no local that holds one holds anything while the machine is suspended: nothing is left of a
    /// reference that is not used any more, and where arguments are tied, what has held one can hold nothing
    /// else in the meantime.
    pub fn leaves_nothing(&self) -> bool {
        matches!(self.argument, Type::Reference(_)) && !self.is_covariant()
    }

    /// Whether rustc may take the argument for one with shorter lifetimes, and that is all: they are those of
    /// references which are behind no `&mut`. Of a type that only has a name this is not known.
    pub fn is_covariant(&self) -> bool {
        is_covariant(&self.elided())
    }
}

fn is_covariant(ty: &Type) -> bool {
    match ty {
        Type::Paren(ty) => is_covariant(&ty.elem),
        Type::Group(ty) => is_covariant(&ty.elem),
        Type::Tuple(ty) => ty.elems.iter().all(is_covariant),
        Type::Array(ty) => is_covariant(&ty.elem),
        Type::Slice(ty) => is_covariant(&ty.elem),
        Type::Reference(ty) if ty.mutability.is_none() => is_covariant(&ty.elem),
        Type::Reference(ty) => !lifetimes::has_elided(&ty.elem),
        ty => !lifetimes::has_elided(ty),
    }
}

fn lifetime_of(param: &GenericParam) -> Option<Lifetime> {
    match param {
        GenericParam::Lifetime(param) => Some(param.lifetime.clone()),
        _ => None,
    }
}

fn argument_mut(bound: &mut TraitBound) -> Option<&mut Type> {
    let PathArguments::AngleBracketed(arguments) = &mut bound.path.segments.last_mut()?.arguments
    else {
        return None;
    };
    arguments
        .args
        .iter_mut()
        .find_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
}

/// A type without these lifetimes.
pub fn elided(ty: &Type, leaves_out: &dyn Fn(&Lifetime) -> bool) -> Type {
    let mut ty = ty.clone();
    Elide(leaves_out).visit_type_mut(&mut ty);
    ty
}

/// Leaves lifetimes out.
struct Elide<'l>(&'l dyn Fn(&Lifetime) -> bool);

impl VisitMut for Elide<'_> {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if self.0(lifetime) {
            lifetime.ident = Ident::new("_", lifetime.ident.span());
        }
    }
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        if reference.lifetime.as_ref().is_some_and(self.0) {
            reference.lifetime = None;
        }
        visit_mut::visit_type_reference_mut(self, reference);
    }
}

/// Leaves out what a `for<..>` of the user's binds.
pub fn unbind(bound: &mut TraitBound) {
    if let Some(BoundLifetimes { lifetimes, .. }) = bound.lifetimes.take() {
        let lifetimes: Vec<_> = lifetimes.iter().filter_map(lifetime_of).collect();
        if let Some(argument) = argument_mut(bound) {
            *argument = elided(argument, &|lifetime| lifetimes.contains(lifetime));
        }
    }
}

/// What a copy of the original takes its arguments from.
#[derive(Clone, Copy, PartialEq)]
pub enum Lender {
    /// Arguments are not lent.
    None,
    /// From a variable that is assigned at each suspension point: no argument lives longer than its turn.
    Borrowed {
        /// Whether all arguments are of one type, lifetimes included, so that no other lifetime can be between
        /// those of two of them. Those of references alone can be shortened at will.
        tied: bool,
    },
    /// From what is declared around: of lifetimes that are not known.
    Universal,
}

impl Lender {
    /// What the original of a machine takes them from.
    pub fn of(lent: Option<&Lent>) -> Self {
        match lent {
            Some(lent) => Lender::Borrowed {
                tied: !lent.is_covariant(),
            },
            None => Lender::None,
        }
    }

    /// Declares it. What it borrows is at this place.
    pub fn declare(self, place: Span) -> TokenStream {
        let span = Span::mixed_site().located_at(place);
        match self {
            Lender::Borrowed { tied } => {
                let argument = Ident::new("argument", span);
                let tie = tied.then(|| {
                    let tie = generated("_tie");
                    q!(let mut #tie;)
                });
                at!(span=> let mut #argument = #private::Argument; #tie)
            }
            Lender::None | Lender::Universal => TokenStream::new(),
        }
    }

    /// What stands for an argument that arrives at this place of the user's. `None` if it is not lent.
    pub fn argument(self, ends: Ends) -> Option<TokenStream> {
        let argument = match self {
            Lender::None => return None,
            Lender::Universal => {
                let universal = generated("universal");
                quote!(((#universal).lend)())
            }
            Lender::Borrowed { .. } => {
                let (shape, loan) = (generated("shape"), self.loan(ends));
                quote!((#shape).lent(#loan))
            }
        };
        Some(ends.stretch(argument))
    }

    /// Borrows an argument at this place.
    ///
    /// ```text
    /// { argument = Argument; let loan = lend(&mut argument); loan }
    /// ```
    ///
    /// The assignment is the error where an earlier argument is still in use. Where arguments are tied, their
    /// one lifetime must not be that of anything in use here, even of what no argument has been put into yet:
    /// so this borrows in that lifetime, and assigns once more.
    pub fn loan(self, ends: Ends) -> Option<TokenStream> {
        let tied = match self {
            Lender::None => return None,
            Lender::Universal => {
                let universal = generated("universal");
                return Some(ends.stretch(quote!((#universal))));
            }
            Lender::Borrowed { tied } => tied,
        };
        let argument = generated("argument");
        let assign = ends.stretch(quote!((#argument) = (#private::Argument)));
        let borrow = ends.stretch(quote!(&mut (#argument)));
        let (loan, tie) = (generated("loan"), generated("_tie"));
        let (before, after) = if tied {
            (
                q!(#tie = #private::lend(#borrow); #assign;),
                q!(#tie = #loan;),
            )
        } else {
            Default::default()
        };
        Some(q!({ #assign; #before let #loan = #private::lend(#borrow); #after #loan }))
    }
}
