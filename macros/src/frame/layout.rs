//! The layout of the frame, as tokens: the structs and unions, and where the body finds what is in them.

use std::fmt::Write as _;

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use super::{Bit, Frame, ROOT, Scope, ScopeId, Slot, SlotId, Storage};
use crate::hygiene::private;
use crate::lower::Point;
use crate::syntax::generated;

/// The finished layout, as tokens.
pub struct Layout {
    /// The struct, and those of inner scopes.
    pub items: TokenStream,
    /// A frame that has not started.
    pub initial: TokenStream,
    /// `let x = slot(..);` for each saved local.
    pub slots: TokenStream,
    /// The same for each parameter, of a body that has not been entered.
    pub starts: TokenStream,
    /// `let x = &raw const ..;` for each saved local that is looked at from outside.
    pub looks: TokenStream,
    /// Tells which locals may have a destructor. It stands after the body, where all types are known, and never
    /// runs.
    pub keeps: TokenStream,
    /// The type parameters of the struct that are the types of what is in it.
    pub kept: Vec<Ident>,
    /// All its type parameters.
    pub params: Vec<Ident>,
}

impl Frame {
    /// The layout, of structs named after `prefix`. The saved locals `looked_at` can be found from outside of the body.
    /// `borrows` is a type with all that the machine borrows for in it, if the types of its locals say that of a part alone.
    pub fn layout(
        &self,
        prefix: &Ident,
        points: &[Point],
        looked_at: &[SlotId],
        borrows: Option<&TokenStream>,
    ) -> Layout {
        let mut writer = Writer {
            frame: self,
            contents: Contents::of(self),
            prefix,
            looked_at,
            items: TokenStream::new(),
            slots: TokenStream::new(),
            starts: TokenStream::new(),
            looks: TokenStream::new(),
        };
        for access in &self.accesses {
            writer
                .slots
                .extend(quote!(let #access = #private::AccessOf::new();));
        }
        for mode in &self.modes {
            writer
                .slots
                .extend(quote!(let #mode = #private::ModeOf::new();));
        }
        for order in &self.orders {
            writer
                .slots
                .extend(quote!(let #order = #private::OrderOf::new();));
        }
        for slot in &self.emptied {
            let emptied = self.get(*slot).emptied();
            writer
                .slots
                .extend(quote!(let #emptied = #private::Emptied::new();));
        }
        for slot in self.slots.iter().filter(|slot| slot.on_stack()) {
            let name = &slot.name;
            writer
                .slots
                .extend(quote!(let #name = &#private::Slot::empty();));
        }
        let frame = generated("frame");
        let root = writer.fields(ROOT, &frame);
        let name = format_ident!("{}Frame", prefix);
        let Fields {
            mut params,
            mut declared,
            mut initial,
        } = root;
        if let Some(borrows) = borrows {
            let param = Ident::new("Borrows", Span::mixed_site());
            declared.extend(quote!(borrows: #private::PhantomData<#param>,));
            initial.extend(quote!(borrows: #private::PhantomData::<#borrows>,));
            params.push(param);
        }
        let items = writer.items;
        let kept = params.clone();
        let (told, told_initial) = self.told_fields();
        declared.extend(told);
        initial.extend(told_initial);
        params.extend(self.told_params());
        let threads = self.threads(&name, &params);
        let at = if points.len() <= FEW_POINTS {
            quote!(#private::Point)
        } else {
            quote!(#private::LongPoint)
        };
        let where_it_is = where_it_is(points);
        Layout {
            items: quote! {
                struct #name<#(#params),*> { #[doc = #where_it_is] at: #at, #declared }
                #items
                #threads
            },
            initial: quote!(#name { at: #at::Start, #initial }),
            slots: writer.slots,
            starts: writer.starts,
            looks: writer.looks,
            keeps: self.keeps(),
            kept,
            params,
        }
    }

    /// Asks rustc of the locals whose type says what is kept of them, or what is left.
    fn keeps(&self) -> TokenStream {
        let kept = self.slots.iter().filter(|slot| slot.is_kept_by_type());
        let kept: TokenStream = kept
            .map(|slot| {
                let (name, keep) = (&slot.name, slot.keep());
                q!((&#private::type_of(#name)).tells_keep(&#keep);)
            })
            .collect();
        let emptied = self.emptied.iter().map(|slot| self.get(*slot));
        let emptied: TokenStream = emptied
            .map(|slot| {
                let (name, emptied) = (&slot.name, slot.emptied());
                q!((&#private::type_of(#name)).tells_emptied(&#emptied);)
            })
            .collect();
        let kept =
            (!kept.is_empty()).then(|| q!(use #private::{FadesAway as _, MayDrop as _}; #kept));
        let emptied = (!emptied.is_empty())
            .then(|| q!(use #private::{Empties as _, MayRemain as _}; #emptied));
        if kept.is_none() && emptied.is_none() {
            return TokenStream::new();
        }
        q! {
            // Which locals may have a destructor: this asks rustc.
            if false {
                loop {}
                #kept
                #emptied
            }
        }
    }

    /// `Send` and `Sync` of the frame. They are what they would be of themselves, but that rustc tells the user
    /// of the local that is to blame, and where it is: its type is in one which is named after it.
    fn threads(&self, name: &Ident, params: &[Ident]) -> TokenStream {
        if params.is_empty() {
            return TokenStream::new();
        }
        let (locals, of): (Vec<_>, Vec<_>) = self
            .slots
            .iter()
            .enumerate()
            .filter(|(number, slot)| slot.is_in_frame() && !self.lent.contains(&SlotId(*number)))
            .map(|(number, slot)| (named_after(slot, name), param(number)))
            .unzip();
        let locals_at = locals
            .iter()
            .map(|local| quote_spanned!(local.span()=> struct #local<T> { local: T }));
        // `unsafe` is ours, what rustc points at is where the user's code is.
        let span = name.span();
        let of_frame: Vec<_> = params
            .iter()
            .map(|param| Ident::new(&param.to_string(), span))
            .collect();
        let frame = quote_spanned!(span=> #name<#(#of_frame),*>);
        let impls = ["Send", "Sync"].map(|auto| {
            let auto = Ident::new(auto, span);
            let auto = quote_spanned!(span=> ::handcrank::__private::#auto);
            q! {
                // SAFETY: these are the types of all that is in the frame while no thread runs it, but for flags.
                unsafe impl<#(#params),*> #auto for #frame
                where #(#locals<#of>: #auto),* {}
            }
        });
        q! {
            /// Whether the frame is `Send` and `Sync`, with the names of its locals for rustc to say.
            #[allow(non_camel_case_types)]
            const _: () = {
                #(#locals_at)*
                #(#impls)*
            };
        }
    }
}

/// What is in each scope, by its number.
struct Contents {
    /// The numbers of its slots, but for those on the stack.
    slots: Vec<Vec<usize>>,
    /// The scopes inside of it that have slots.
    children: Vec<Vec<ScopeId>>,
}

impl Contents {
    fn of(frame: &Frame) -> Self {
        let start = frame.start();
        let mut contents = Contents {
            slots: vec![Vec::new(); start.0 + 1],
            children: vec![Vec::new(); start.0 + 1],
        };
        for (number, slot) in frame.slots.iter().enumerate() {
            if slot.is_in_frame() {
                let scope = if slot.is_passed() { start } else { slot.scope };
                contents.slots[scope.0].push(number);
            }
        }
        // A scope is opened after the one that it is in, so that it is finished first here.
        for (scope, Scope { parent }) in frame.scopes.iter().enumerate().rev() {
            let is_empty = contents.slots[scope].is_empty() && contents.children[scope].is_empty();
            if let Some(parent) = parent.filter(|_| !is_empty) {
                contents.children[parent.0].push(ScopeId(scope));
            }
        }
        contents
            .children
            .iter_mut()
            .for_each(|children| children.reverse());
        if !contents.slots[start.0].is_empty() {
            contents.children[ROOT.0].push(start);
        }
        contents
    }
}

/// The fields of one struct.
struct Fields {
    /// The type parameters that they use.
    params: Vec<Ident>,
    /// Their declarations.
    declared: TokenStream,
    /// Their first values.
    initial: TokenStream,
}

struct Writer<'f> {
    frame: &'f Frame,
    contents: Contents,
    prefix: &'f Ident,
    looked_at: &'f [SlotId],
    items: TokenStream,
    slots: TokenStream,
    starts: TokenStream,
    looks: TokenStream,
}

impl Writer<'_> {
    /// The fields of a scope, in a struct that `pointer` points to.
    fn fields(&mut self, scope: ScopeId, pointer: &Ident) -> Fields {
        let mut all = Fields {
            params: Vec::new(),
            declared: TokenStream::new(),
            initial: TokenStream::new(),
        };
        let slots = std::mem::take(&mut self.contents.slots[scope.0]);
        for sharing in self.sharing(slots) {
            match *sharing {
                [number] => self.slot(number, pointer, &mut all),
                _ => self.shared(&sharing, pointer, &mut all),
            }
        }
        let children = std::mem::take(&mut self.contents.children[scope.0]);
        match *children {
            [] => {}
            // Alone, it needs no storage of its own to share.
            [only] => {
                let inner = self.fields(only, pointer);
                all.params.extend(inner.params);
                all.declared.extend(inner.declared);
                all.initial.extend(inner.initial);
            }
            _ => self.union(scope, &children, pointer, &mut all),
        }
        all
    }

    /// The slots of a scope, those together that can be at the same place: each is gone when the next comes to be.
    /// Only two and two, so that none costs the padding around it; and where an array was another one, for what is smaller
    /// would leave it no place.
    fn sharing(&self, slots: Vec<usize>) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = Vec::new();
        for number in slots {
            let is_passed = self.frame.slots[number].is_passed();
            let is_array = |slot: usize| self.frame.arrays.contains(&SlotId(slot));
            let before = all.iter_mut().find(|sharing| {
                let fits = sharing
                    .last()
                    .filter(|last| is_array(number) || !is_array(**last));
                let gone = fits.map(|last| &self.frame.slots[*last]);
                !is_passed
                    && gone
                        .and_then(|slot| slot.gone)
                        .is_some_and(|gone| gone <= number)
            });
            match before {
                Some(sharing) => sharing.push(number),
                None => all.push(vec![number]),
            }
        }
        all
    }

    /// Slots that are at the same place.
    fn shared(&mut self, slots: &[usize], pointer: &Ident, all: &mut Fields) {
        let first = slots.first().copied().unwrap_or_default();
        let union_name = format_ident!("{}Shared{first}", self.prefix);
        let field = generated(&format!("shared_{first}"));
        let mut params = Vec::new();
        let mut variants = TokenStream::new();
        for number in slots.iter().copied() {
            let name = &self.frame.slots[number].name;
            let param = param(number);
            variants.extend(quote! {
                #name: #private::ManuallyDrop<#private::MaybeUninit<#param>>,
            });
            let place = quote!(#private::inner(&raw mut (*#pointer).#field.#name));
            self.locate(number, &place);
            self.flags(number, pointer, all);
            params.push(param);
        }
        self.items.extend(quote! {
            union #union_name<#(#params),*> { #variants none: () }
        });
        all.declared
            .extend(quote!(#field: #union_name<#(#params),*>,));
        all.initial
            .extend(quote!(#field: #union_name { none: () },));
        all.params.extend(params);
    }

    fn slot(&mut self, number: usize, pointer: &Ident, all: &mut Fields) {
        let slot = self.frame.get(SlotId(number));
        let Slot { name, .. } = slot;
        let param = param(number);
        if slot.is_passed() {
            let (passed, value) = (slot.passed(), &slot.initial);
            all.declared
                .extend(quote!(#name: #private::MaybeUninit<#param>,));
            all.initial
                .extend(quote!(#name: #private::MaybeUninit::new(#value),));
            let found = quote!(let #passed = #private::slot(&raw mut (*#pointer).#name););
            self.slots.extend(found.clone());
            self.starts.extend(found);
            all.params.push(param);
            return;
        }
        all.declared
            .extend(quote!(#name: #private::MaybeUninit<#param>,));
        all.initial.extend(match &slot.initial {
            Some(value) => quote!(#name: #private::MaybeUninit::new(#value),),
            None => quote!(#name: #private::MaybeUninit::uninit(),),
        });
        all.params.push(param);
        self.locate(number, &quote!(&raw mut (*#pointer).#name));
        if self.looked_at.contains(&SlotId(number)) {
            self.looks
                .extend(quote!(let #name = &raw const (*#pointer).#name;));
        }
        self.flags(number, pointer, all);
    }

    /// Tells the body where a slot is.
    fn locate(&mut self, number: usize, place: &TokenStream) {
        let slot = self.frame.get(SlotId(number));
        let (name, keep) = (&slot.name, slot.keep());
        if slot.is_kept_by_type() {
            self.slots
                .extend(quote!(let #keep = #private::KeepOf::new();));
        }
        if slot.initial.is_some() {
            self.starts
                .extend(quote!(let #name = #private::slot(#place);));
        }
        self.slots.extend(if slot.storage == Storage::ByType {
            quote! {
                let #name = &#private::Slot::empty();
                let #name = #keep.slot(#place, #name);
            }
        } else {
            quote!(let #name = #private::slot(#place);)
        });
    }

    /// What the frame says of a slot: whether it is live, and which parts of it have been moved.
    fn flags(&mut self, number: usize, pointer: &Ident, all: &mut Fields) {
        let slot = self.frame.get(SlotId(number));
        let (name, keep) = (&slot.name, slot.keep());
        if slot.tracked {
            let live = format_ident!("{name}_live", span = name.span());
            if slot.is_kept_by_type() {
                let flag = format_ident!("F{number}", span = Span::mixed_site());
                all.declared
                    .extend(quote!(#live: #private::MaybeUninit<#flag>,));
                all.initial
                    .extend(quote!(#live: #private::MaybeUninit::uninit(),));
                self.slots
                    .extend(quote!(let #live = #keep.flag(&raw mut (*#pointer).#live);));
                all.params.push(flag);
            } else {
                all.declared.extend(quote!(#live: bool,));
                all.initial.extend(quote!(#live: false,));
                self.slots
                    .extend(quote!(let #live = &raw mut (*#pointer).#live;));
            }
        }
        if !slot.parts.is_empty() {
            let moved = slot.all_moved();
            let of = format_ident!("B{number}", span = Span::mixed_site());
            let none = no_bits(slot.parts.len());
            all.declared
                .extend(quote!(#moved: #private::MaybeUninit<#of>,));
            all.initial
                .extend(quote!(#moved: #private::MaybeUninit::uninit(),));
            self.slots.extend(quote! {
                let #moved = &#private::Slot::new(#none);
                let #moved = #keep.slot(&raw mut (*#pointer).#moved, #moved).at();
            });
            if slot.parts.len() > Bit::IN_WORD {
                for word in 0..slot.parts.len().div_ceil(Bit::IN_WORD) {
                    let (name, word) = (slot.moved(word), Literal::usize_unsuffixed(word));
                    self.slots
                        .extend(quote!(let #name = #private::word(#moved, #word);));
                }
            }
            all.params.push(of);
        }
        for refill in &slot.refills {
            let name = &refill.name;
            let parts = slot.parts.iter().enumerate();
            let filled = parts.filter(|(_, part)| refill.fills(part));
            let filled: Vec<_> = filled.map(|(number, _)| Bit::of(number)).collect();
            let (moved, words) = (slot.all_moved(), Bit::words(&filled, slot.parts.len()));
            self.slots.extend(if filled.is_empty() {
                quote!(let #name = #private::NeverMoved;)
            } else if let [bits] = &*words {
                quote!(let #name = #private::Refill::new(#moved, #bits);)
            } else {
                quote!(let #name = #private::Refill::new(#moved, #private::Words([#(#words),*]));)
            });
        }
        for part in &slot.parts {
            if let Some(mode) = &part.mode {
                self.slots
                    .extend(quote!(let #mode = #private::ModeOf::new();));
            }
        }
    }

    fn union(&mut self, scope: ScopeId, children: &[ScopeId], pointer: &Ident, all: &mut Fields) {
        let prefix = self.prefix;
        let number = scope.0;
        let union_name = format_ident!("{}Scopes{number}", prefix);
        let field = generated(&format!("scopes_{number}"));
        let mut params = Vec::new();
        let mut variants = TokenStream::new();
        let mut first = quote!(none: ());
        for child in children {
            let number = child.0;
            let struct_name = format_ident!("{}Scope{number}", prefix);
            let variant = generated(&format!("scope_{number}"));
            let found = quote! {
                let #variant = #private::inner(&raw mut (*#pointer).#field.#variant);
            };
            self.slots.extend(found.clone());
            let outer = (
                std::mem::take(&mut self.starts),
                std::mem::take(&mut self.looks),
            );
            let inner = self.fields(*child, &variant);
            for (found_in, outer) in [(&mut self.starts, outer.0), (&mut self.looks, outer.1)] {
                let inside = std::mem::replace(found_in, outer);
                if !inside.is_empty() {
                    found_in.extend(found.clone());
                    found_in.extend(inside);
                }
            }
            let Fields {
                params: inner_params,
                declared,
                initial,
            } = inner;
            if *child == self.frame.start() {
                first = quote!(#variant: #private::ManuallyDrop::new(#struct_name { #initial }));
            }
            self.items
                .extend(quote!(struct #struct_name<#(#inner_params),*> { #declared }));
            variants.extend(quote! {
                #variant: #private::ManuallyDrop<#struct_name<#(#inner_params),*>>,
            });
            params.extend(inner_params);
        }
        self.items.extend(quote! {
            union #union_name<#(#params),*> { #variants none: () }
        });
        all.declared
            .extend(quote!(#field: #union_name<#(#params),*>,));
        all.initial.extend(quote!(#field: #union_name { #first },));
        all.params.extend(params);
    }
}

/// The core crate's `Point` has numbers for so many.
const FEW_POINTS: usize = 200;

/// Tells a reader which suspension point has which number.
fn where_it_is(points: &[Point]) -> String {
    let mut doc = " Where the machine is: 0 not started".to_owned();
    for (number, point) in (1..).zip(points) {
        let _ = write!(doc, ", {number} `{}`", point.source);
    }
    doc
}

/// The type parameter of a saved local.
pub(super) fn param(number: usize) -> Ident {
    format_ident!("L{number}", span = Span::mixed_site())
}

/// The type that is named after a local, where the local is, in code of the user's.
fn named_after(slot: &Slot, users: &Ident) -> Ident {
    let span = slot.name.span().resolved_at(users.span());
    let is_self = slot
        .initial
        .as_ref()
        .is_some_and(|param| param.to_string() == "self");
    let name = slot.local.to_string();
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, span),
        None if is_self => Ident::new("Self_", span),
        None => Ident::new(&name, span),
    }
}

/// No bits of so many: of the narrowest integer that has them, or of several.
fn no_bits(count: usize) -> TokenStream {
    if count > Bit::IN_WORD {
        let words = Literal::usize_unsuffixed(count.div_ceil(Bit::IN_WORD));
        return quote!(#private::Words([0; #words]));
    }
    let width = [8, 16, 32, 64].into_iter().find(|width| count <= *width);
    let integer = format_ident!("u{}", width.unwrap_or(Bit::IN_WORD));
    quote!(0 as #integer)
}
