//! The frame: storage of all saved locals.
//!
//! Saved locals form a tree of scopes. What is in a scope is live together with all that is inside of it,
//! so it becomes fields of one struct; scopes beside each other are never live together, so they share
//! storage in a union.
//!
//! ```text
//! let a; { let b; yield } { let c; yield }
//!     →  struct Frame<A, B, C> { at: At, a: A, scopes: Scopes<B, C> }
//!        union Scopes<B, C> { scope_1: Scope1<B>, scope_2: Scope2<C>, none: () }
//! ```

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use crate::hygiene::private;
use crate::syntax::generated;

/// A scope, by its number.
#[derive(Clone, Copy, PartialEq)]
pub struct ScopeId(pub usize);

/// A saved local, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SlotId(pub usize);

/// The frame while it is being laid out.
pub struct Frame {
    scopes: Vec<Scope>,
    slots: Vec<Slot>,
    /// The resume arguments that are lent, where those hold nothing while the machine is suspended.
    pub lent: Vec<SlotId>,
    /// The locals that are of the same type in the original.
    pub tied: Vec<SlotId>,
    /// What the body calls the accesses to places of which rustc is asked.
    pub accesses: Vec<Ident>,
    /// What the body calls the modes of calls on values, of which rustc is asked.
    pub modes: Vec<Ident>,
    /// What the body calls the orders of operands of which rustc is asked.
    pub orders: Vec<Ident>,
}

/// Where saved locals that go out of scope together are.
struct Scope {
    /// The scope around.
    parent: Option<ScopeId>,
}

/// Where a saved local is.
#[derive(Clone, Copy, PartialEq)]
pub enum Storage {
    /// In the frame.
    Frame,
    /// In the frame if it may have to be dropped, on the stack if not: it is used before every suspension point
    /// alone.
    ByType,
    /// On the stack: it is moved before every suspension point.
    Stack,
    /// A parameter that is on the stack once the body has started, so that what is kept of it before shares
    /// storage with what comes later.
    Passed,
}

/// A saved local.
pub struct Slot {
    /// The name of its slot in the body.
    pub name: Ident,
    /// The name of its guard in the body.
    pub guard: Ident,
    /// Where it is in scope.
    pub scope: ScopeId,
    /// How many branches, loops and blocks are around its declaration.
    pub depth: usize,
    /// Whether a flag in the frame says that it is live.
    pub tracked: bool,
    /// Where it is.
    pub storage: Storage,
    /// How many saved locals there were when it was moved, if that is certain, and it is used for nothing else
    /// from then on: those that come later can be where it was.
    pub gone: Option<usize>,
    /// Whether it has a name, by which alone it is used.
    pub is_named: bool,
    /// Whether it is a binding in a guard, which is found where the value is that it is a part of.
    pub is_bound: bool,
    /// Its parts that may be moved, one bit each.
    pub parts: Vec<Part>,
    /// Assignments to parts of it.
    pub refills: Vec<Refill>,
    /// What it holds from the start, if it is a parameter.
    pub initial: Option<TokenStream>,
}

impl Slot {
    /// Whether what the frame keeps of it depends on its type: on whether it may have a destructor.
    fn is_kept_by_type(&self) -> bool {
        self.storage == Storage::ByType || self.storage == Storage::Frame && self.tracked
    }

    /// What the body calls its storage before the start, if it is on the stack later.
    pub fn passed(&self) -> Ident {
        format_ident!("{}_passed", self.name, span = self.name.span())
    }

    /// Whether it is on the stack while the body runs.
    pub fn on_stack(&self) -> bool {
        matches!(self.storage, Storage::Stack | Storage::Passed)
    }

    /// Whether it is a parameter that the body takes from the frame when it starts.
    pub fn is_passed(&self) -> bool {
        self.storage == Storage::Passed
    }

    /// Whether the frame has storage for it.
    fn is_in_frame(&self) -> bool {
        self.storage != Storage::Stack
    }

    /// What the body calls that.
    fn keep(&self) -> Ident {
        format_ident!("{}_keep", self.name, span = self.name.span())
    }
}

/// A part of a saved local that may be moved on its own: a field, what a box holds, or what a pattern binds.
#[derive(Clone)]
pub struct Part {
    /// Its path, `x.a.0`.
    pub path: String,
    /// Moves the same out of `rest`, and forgets it.
    pub replay: TokenStream,
    /// The path of what the replay names: the part itself, or what a pattern is matched on.
    pub named: String,
    /// For a receiver: tells whether it is moved.
    pub mode: Option<Ident>,
    /// For what a pattern moves together.
    pub group: Option<Group>,
    /// For what a struct literal moves: fields that it names are left.
    pub leaves_named: bool,
}

/// A pattern that may be of a variant, so that parts of the same place are moved by one of several.
#[derive(Clone)]
pub struct Group {
    /// Which `match` it is in.
    pub match_number: usize,
    /// The name of its constructor, if it says one.
    pub constructor: Option<String>,
    /// The type of what it binds, of `rest`.
    pub types: TokenStream,
    /// The pattern.
    pub pat: syn::Pat,
}

/// An assignment to a part of a saved local.
pub struct Refill {
    /// What the body calls the bits that say whether the part has been moved.
    pub name: Ident,
    /// The part's path.
    pub path: String,
    /// The part, as the user wrote it.
    pub written: syn::Expr,
    /// The part, where it is.
    pub place: TokenStream,
    /// The same part of `rest`.
    pub rest: TokenStream,
}

impl Refill {
    /// Whether a part that may have been moved is there again: the same one, or one of its own.
    pub fn fills(&self, part: &Part) -> bool {
        part.path == self.path || is_inside(&part.path, &self.path)
    }
}

/// The finished layout, as tokens.
pub struct Layout {
    /// The struct, and those of inner scopes.
    pub items: TokenStream,
    /// A frame that has not started.
    pub initial: TokenStream,
    /// `let x = slot(..);` for each saved local.
    pub slots: TokenStream,
    /// `let x = &raw const ..;` for each saved local that is looked at from outside.
    pub looks: TokenStream,
    /// Tells which locals may have a destructor. It stands after the body, where all types are known, and never
    /// runs.
    pub keeps: TokenStream,
    /// The type parameters of the struct.
    pub params: Vec<Ident>,
}

/// The scope of the whole body.
pub const ROOT: ScopeId = ScopeId(0);

impl Frame {
    /// A frame without saved locals.
    pub fn new() -> Self {
        Frame {
            scopes: vec![Scope { parent: None }],
            slots: Vec::new(),
            lent: Vec::new(),
            tied: Vec::new(),
            accesses: Vec::new(),
            modes: Vec::new(),
            orders: Vec::new(),
        }
    }

    /// Opens a scope inside of another.
    pub fn scope(&mut self, parent: ScopeId) -> ScopeId {
        self.scopes.push(Scope {
            parent: Some(parent),
        });
        ScopeId(self.scopes.len() - 1)
    }

    /// Adds a saved local.
    pub fn slot(&mut self, slot: Slot) -> SlotId {
        self.slots.push(slot);
        SlotId(self.slots.len() - 1)
    }

    /// A saved local.
    pub fn get(&self, id: SlotId) -> &Slot {
        &self.slots[id.0]
    }

    /// A saved local, to change it.
    pub fn get_mut(&mut self, id: SlotId) -> &mut Slot {
        &mut self.slots[id.0]
    }

    /// The scope of what is there before the body starts alone.
    fn start(&self) -> ScopeId {
        ScopeId(self.scopes.len())
    }

    /// How many saved locals there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// The locals that are tied to those of the original, with the parameters that are their types.
    pub fn tied(&self) -> impl Iterator<Item = (&Ident, Ident)> {
        let slots = self.tied.iter().map(|id| (id.0, self.get(*id)));
        slots
            // What the type decides about has no type of its own in the frame.
            .filter(|(_, slot)| slot.storage == Storage::Frame && !slot.is_bound)
            .map(|(number, slot)| (&slot.name, param(number)))
    }

    /// The layout, of structs named after `prefix`; `at` is the enum of suspension points. The saved locals
    /// `looked_at` can be found from outside of the body.
    pub fn layout(&self, prefix: &Ident, at: &Ident, looked_at: &[SlotId]) -> Layout {
        let mut writer = Writer {
            frame: self,
            contents: Contents::of(self),
            prefix,
            looked_at,
            items: TokenStream::new(),
            slots: TokenStream::new(),
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
            params,
            declared,
            initial,
        } = root;
        let items = writer.items;
        let threads = self.threads(&name, &params);
        Layout {
            items: quote! {
                struct #name<#(#params),*> { at: #at, #declared }
                #items
                #threads
            },
            initial: quote!(#name { at: #at::Start, #initial }),
            slots: writer.slots,
            looks: writer.looks,
            keeps: self.keeps(),
            params,
        }
    }

    /// Asks rustc of the locals whose type says what is kept of them.
    fn keeps(&self) -> TokenStream {
        let (names, keeps): (Vec<_>, Vec<_>) = self
            .slots
            .iter()
            .filter(|slot| slot.is_kept_by_type())
            .map(|slot| (&slot.name, slot.keep()))
            .unzip();
        if names.is_empty() {
            return TokenStream::new();
        }
        let asks = names
            .iter()
            .zip(keeps)
            .map(|(name, keep)| q!((&#private::type_of(#name)).tells_keep(&#keep);));
        q! {
            // Which locals may have a destructor: this asks rustc.
            if false {
                loop {}
                use #private::{FadesAway as _, MayDrop as _};
                #(#asks)*
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
            .map(|(number, slot)| (named_after(&slot.name, name), param(number)))
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
    /// Only two and two, so that none costs the padding around it.
    fn sharing(&self, slots: Vec<usize>) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = Vec::new();
        for number in slots {
            let is_passed = self.frame.slots[number].is_passed();
            let before = all.iter_mut().find(|sharing| {
                let gone = sharing.last().map(|last| &self.frame.slots[*last]);
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
            self.slots
                .extend(quote!(let #passed = #private::slot(&raw mut (*#pointer).#name);));
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
            let moved = format_ident!("{name}_moved", span = name.span());
            let (of, bits) = (
                format_ident!("B{number}", span = Span::mixed_site()),
                bits(slot.parts.len()),
            );
            all.declared
                .extend(quote!(#moved: #private::MaybeUninit<#of>,));
            all.initial
                .extend(quote!(#moved: #private::MaybeUninit::uninit(),));
            self.slots.extend(quote! {
                let #moved = &#private::Slot::new(0 as #bits);
                let #moved = #keep.slot(&raw mut (*#pointer).#moved, #moved).at();
            });
            all.params.push(of);
        }
        for refill in &slot.refills {
            let name = &refill.name;
            let mut bits = 0_u128;
            for part in slot.parts.iter().rev() {
                bits = bits << 1 | u128::from(refill.fills(part));
            }
            let moved = format_ident!("{}_moved", slot.name, span = slot.name.span());
            self.slots.extend(if bits == 0 {
                quote!(let #name = #private::NeverMoved;)
            } else {
                let bits = proc_macro2::Literal::u128_unsuffixed(bits);
                quote!(let #name = #private::Refill::new(#moved, #bits);)
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
            let outer = std::mem::take(&mut self.looks);
            let inner = self.fields(*child, &variant);
            let looks = std::mem::replace(&mut self.looks, outer);
            if !looks.is_empty() {
                self.looks.extend(found);
                self.looks.extend(looks);
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

/// The type parameter of a saved local.
fn param(number: usize) -> Ident {
    format_ident!("L{number}", span = Span::mixed_site())
}

/// The type that is named after a local, where the local is, in code of the user's.
fn named_after(local: &Ident, users: &Ident) -> Ident {
    let span = local.span().resolved_at(users.span());
    let name = local.to_string();
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, span),
        None if name == "this" => Ident::new("Self_", span),
        None => Ident::new(&name, span),
    }
}

/// A path without `*`: that may be left out where a field follows, and what a box holds is moved in place of the
/// box, not besides.
pub fn without_deref(path: &str) -> String {
    path.replace(".*", "")
}

/// Whether a path is of a part of the outer one.
pub fn is_inside(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// The narrowest integer with so many bits.
fn bits(count: usize) -> Ident {
    let width = [8, 16, 32, 64].into_iter().find(|width| count <= *width);
    format_ident!("u{}", width.unwrap_or(128))
}
