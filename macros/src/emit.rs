//! The function that is emitted: the original, the frame, the body, and the constructor.

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{
    Attribute, Block, Ident, Item, Signature, Stmt, Type, TypeInfer, Visibility, visit::Visit,
};

use crate::hygiene::private;
use crate::{
    constants::Bound,
    frame::Layout,
    lower::Lowered,
    one_lifetime::OneLifetime,
    signature::{Kind, Shape, Wrapped},
    suspended::{self, Called},
    syntax::generated,
    tie::Ties,
};

/// All that is emitted.
pub struct Expansion<'a> {
    pub shape: &'a Shape,
    pub items: Vec<Item>,
    pub bound: Bound,
    pub ties: Ties,
    pub original: TokenStream,
    pub universal: Option<TokenStream>,
    pub movable_check: Option<TokenStream>,
    pub prefix: Ident,
    /// What the user calls the function.
    pub called: Called,
    /// Whether a macro may return from the body without being seen to.
    pub may_return_unseen: bool,
    /// Gives the parameters the types that the body knows.
    pub relabels: TokenStream,
    pub lowered: Lowered,
}

/// Items of the body's own block stand beside the original and the body, so that there is one of each.
pub fn hoist_items(body: &mut Block) -> Vec<Item> {
    let mut items = Vec::new();
    body.stmts.retain(|stmt| match stmt {
        Stmt::Item(item) => {
            items.push(item.clone());
            false
        }
        _ => true,
    });
    items
}

/// `lines_of` → `LinesOf`: what the types of an expansion are named after. They are at the function's name,
/// where rustc shows them.
pub fn prefix(function: &Ident) -> Ident {
    let name = function.to_string();
    let prefix: String = name
        .trim_start_matches("r#")
        .split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .chain(letters)
        })
        .collect();
    let begins_a_name = prefix.starts_with(|first: char| !first.is_ascii_digit());
    let underscore = if begins_a_name { "" } else { "_" };
    format_ident!("{underscore}{prefix}", span = function.span())
}

/// The function that returns the machine. Its body is where the user's is.
pub fn function(
    attrs: &[Attribute],
    vis: &Visibility,
    sig: &Signature,
    expansion: &Expansion,
    braces: Span,
) -> TokenStream {
    // What rustc says of the returned value, it says at the function's name.
    let machine = Ident::new("machine", sig.ident.span());
    let statements = expansion.statements(&machine);
    // Inner attributes of the body have become outer ones.
    let attrs = attrs.iter().map(|attr| {
        let mut attr = attr.clone();
        attr.style = syn::AttrStyle::Outer;
        attr
    });
    // rustc's span of a function ends with its body: where the user's does.
    let mut body = Group::new(Delimiter::Brace, q!(#statements #machine));
    body.set_span(braces);
    // It is said to tell where it is suspended, which the trait need not have said.
    let refining =
        (expansion.shape.wrapped == Wrapped::Bare).then(|| quote!(#[allow(refining_impl_trait)]));
    quote! {
        #(#attrs)*
        #[allow(clippy::implied_bounds_in_impls, clippy::multiple_bound_locations)]
        #refining
        #vis #sig #body
    }
}

impl Expansion<'_> {
    /// The statements that make the machine, of that name.
    pub fn statements(&self, name: &Ident) -> TokenStream {
        let Expansion {
            items, original, ..
        } = self;
        let original_shape = self.original_shape();
        let apart = self.apart();
        let universal = self.universal.as_ref().map(|universal| {
            q! {
                // Nothing may be put into a resume argument that lives shorter: this asks rustc.
                #[allow(warnings, unused, clippy::all, clippy::pedantic)]
                if false { #apart #universal loop {} }
            }
        });
        let machine = self.machine();
        let check = self.movable_check.as_ref().map(|check| {
            q! {
                // No borrow of a local may cross a suspension point: this asks rustc.
                #[allow(warnings, unused, clippy::all, clippy::pedantic)]
                if false { #apart #check loop {} }
            }
        });
        let shape = generated("shape");
        let carriers = self.ties.declare();
        q! {
            #(#items)*
            let #shape = #original_shape;
            #carriers
            #[allow(clippy::diverging_sub_expression)]
            if false { #apart #original loop {} }
            #universal
            #check
            #[allow(
                warnings, unused, unreachable_code, dangerous_implicit_autorefs,
                semicolon_in_expressions_from_macros,
                clippy::all, clippy::pedantic, clippy::nursery, clippy::undocumented_unsafe_blocks,
            )]
            let #name = { #machine };
        }
    }

    /// Gives an original types of its own where those of the machine are hidden, and made by the body: `impl Fn(u32)` is
    /// another closure in each copy of it.
    fn apart(&self) -> TokenStream {
        let Shape {
            yielded, returned, ..
        } = self.shape;
        let shape = generated("shape");
        let types = [
            (yielded, quote!(yielding_apart)),
            (returned, quote!(returning_apart)),
        ];
        let repeated = types.into_iter().zip(self.lowered.repeats);
        repeated
            .filter(|((ty, _), repeats)| *repeats && is_inferred(ty))
            .map(|((ty, apart), _)| q!(let #shape = #shape.#apart::<#ty>();))
            .collect()
    }

    /// What tells the original the machine's types.
    fn original_shape(&self) -> TokenStream {
        let Some(lent) = &self.shape.lent else {
            let types = self.shape_types();
            return quote!(#private::Shape::<#types>::new());
        };
        let (yielded, returned) = (self.shape.yield_type(), &self.shape.returned);
        let argument = lent.open();
        quote!(#private::Shape::<#argument, #yielded, #returned>::new())
    }

    /// The types of the resume argument, of what is yielded and of what is returned.
    fn shape_types(&self) -> TokenStream {
        let Shape {
            kind,
            yielded,
            returned,
            ..
        } = self.shape;
        let resume = self.shape.resume_type();
        match kind {
            Kind::Generator | Kind::Iterator => quote!(#resume, #yielded, #returned),
            Kind::Future => quote!(#resume, #private::Never, #returned),
            Kind::Stream => quote!(#resume, #yielded, ()),
        }
    }

    /// The frame, the body and what is made of them.
    fn machine(&self) -> TokenStream {
        let children: Vec<_> = self.lowered.points.iter().filter_map(|p| p.child).collect();
        let borrows = self.shape.one_lifetime.as_ref().map(OneLifetime::all);
        let layout = self.lowered.frame.layout(
            &self.prefix,
            &self.lowered.points,
            &children,
            borrows.as_ref(),
        );
        let (items, initial) = (&layout.items, &layout.initial);
        let frame = self.frame(&layout);
        let body = self.body(&layout);
        let shape = generated("shape");
        let pin = if self.shape.movable {
            quote!(Movable)
        } else {
            quote!(Pinned)
        };
        let constructor = match self.shape.kind {
            Kind::Generator => quote!(Machine::<_, _, _, #private::#pin>),
            Kind::Iterator => quote!(IterMachine::<_, _, #private::#pin>),
            Kind::Future => quote!(FutureMachine),
            Kind::Stream => quote!(StreamMachine),
        };
        let lent = self.shape.lent.is_some();
        let in_body = match self.shape.kind {
            Kind::Generator if lent => quote!(#shape.in_body()),
            Kind::Future | Kind::Stream if lent => {
                let types = self.shape_types();
                quote!(#private::Shape::<#types>::new())
            }
            _ => quote!(#shape),
        };
        let carriers = &self.ties.carriers;
        let (make_frame, initial) = if carriers.is_empty() {
            (TokenStream::new(), initial.clone())
        } else {
            // The body's types are those that the original has.
            let tie = q! {
                let frame = #initial;
                if false { loop {} #private::Frame::holds(&frame, (#(#carriers,)*)); }
            };
            (tie, generated("frame").into_token_stream())
        };
        let mut machine = quote!(#private::#constructor::new(#in_body, #initial, #body));
        if lent && self.shape.kind == Kind::Generator {
            machine = quote!(#private::LentMachine::new(#shape, #machine));
        }
        let machine = q! {
            // SAFETY: rustc has checked the original, of which this is the same, step by step.
            unsafe { #machine }
        };
        let machine = match (self.shape.wrapped, self.shape.kind) {
            (Wrapped::Bare, _) => machine,
            (Wrapped::Box, Kind::Iterator) => quote!(#private::box_iterator(#machine)),
            (Wrapped::Box, _) => quote!(#private::unpin_box(#machine)),
            (Wrapped::PinBox, _) => quote!(#private::pin_box(#machine)),
        };
        let (bound, relabels) = (self.bound.check(), &self.relabels);
        quote!(#bound #items #frame #relabels #make_frame #machine)
    }

    /// What the machine asks of its frame.
    fn frame(&self, layout: &Layout) -> TokenStream {
        let Layout {
            kept,
            params,
            starts,
            ..
        } = layout;
        let unstarted = &self.lowered.unstarted;
        let drop_unstarted = (!unstarted.is_empty()).then(|| {
            let unstarted = unstarted
                .iter()
                .map(|slot| quote!(#private::Unstarted::new(#slot)));
            q! {
                unsafe fn drop_unstarted(frame: *mut Self) {
                    // SAFETY: the parameters are there, and nobody uses them from now on.
                    unsafe {
                        #starts
                        #private::drop_in_order((#(#unstarted,)*));
                    }
                }
            }
        });
        let points = self.last_point();
        let frame = format_ident!("{}Frame", self.prefix);
        let tied = self
            .lowered
            .frame
            .tied()
            .map(|(_, param)| quote!(#private::Ty<#param>,));
        q! {
            impl<#(#params),*> #private::Frame for #frame<#(#params),*> {
                const NEEDS_DROP: bool = #private::needs_drop::<(#(#kept,)*)>();
                type Tied = (#(#tied)*);
                fn state(&self) -> #private::State { #private::state(self.at, #points) }
                #drop_unstarted
            }
        }
    }

    /// The number of the last suspension point.
    fn last_point(&self) -> Literal {
        Literal::usize_unsuffixed(self.lowered.points.len())
    }

    /// The closure that runs.
    fn body(&self, layout: &Layout) -> TokenStream {
        let (slots, keeps) = (&layout.slots, &layout.keeps);
        let (last, body) = (self.last_point(), &self.lowered.body);
        let run = if self.may_return_unseen {
            let returned = &self.shape.returned;
            q! {
                let leaving = #private::Leaving::<_, #returned>::new();
                let left = {
                    use #private::LeavesWhole as _;
                    leaving.run(#[inline(always)] || leaving.complete('body: { #body }))
                };
                if !suspending.get() {
                    unwinding.returned();
                }
                #keeps
                return left;
            }
        } else {
            q! {
                let returned = 'body: { #body };
                #keeps
                unwinding.returned();
                return #private::Step::Complete(returned);
            }
        };
        let tells = suspended::tells(&self.called, &self.lowered, &layout.looks);
        // In line, so that `resume` and the destructor have a copy each, which need not ask which of the two they are: that
        // of the destructor is short. An attribute is stable on an expression that is an argument (reference, "Expression
        // attributes").
        q! {
            #[inline(always)]
            |entered, turn| -> #private::Step<_, _, _> {
                if turn.runs() {
                    let frame = entered.frame();
                    // Its type is in what the body returns.
                    if false { return #private::of_frame(frame); }
                    // The number of the suspension point still being travelled to; 0 once there is none.
                    let mut to = (*frame).at.number();
                    // A machine that has not started is not dropped by its body.
                    #private::known(to <= #last && (turn.resumes() || to > 0));
                    let turn = #private::ManuallyDrop::new(turn);
                    let suspending = #private::core::cell::Cell::new(false);
                    let unwinding =
                        #private::Unwinding::new(&raw mut (*frame).at, &suspending);
                    #slots
                    #run
                }
                #tells
                #private::Step::Dropped
            }
        }
    }
}

/// Whether something of a type is inferred: where the user says `impl Trait`, or `_` in `machine!`.
fn is_inferred(ty: &Type) -> bool {
    struct Inferred(bool);
    impl<'ast> Visit<'ast> for Inferred {
        fn visit_type_infer(&mut self, _: &'ast TypeInfer) {
            self.0 = true;
        }
    }
    let mut found = Inferred(false);
    found.visit_type(ty);
    found.0
}
