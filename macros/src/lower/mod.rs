//! From the resolved body to the code that runs: control flow stays as the user wrote it, and is entered
//! again at the suspension point that `to` says.
//!
//! ```text
//! let x = f(); g(&x); let y = yield x; h(y)
//!     →  let mut x_saved = Saved::new(x, to > 0, &suspending);
//!        if to == 0 { x_saved.put(f()); g(&(*x.at())); }
//!        let y = { if to == 0 { .. return Step::Yielded(x_saved.take()) } to = 0; .. };
//!        h(y)
//! ```
//!
//! A local is saved if it is in scope at a suspension point after its declaration; from then on its name
//! in the body is that of its slot. What comes after the last suspension point of a block is as it was.

mod apart;
mod argument;
mod arms;
mod asked_part;
mod asking;
mod asking_probe;
mod asks;
mod assign;
mod block;
mod branch;
mod call;
mod called;
mod capture_part;
mod captures;
mod changes;
mod closure;
mod common;
mod emptied;
mod escape;
mod extend;
mod full;
mod guard;
mod in_place;
mod lend;
mod lets;
mod loops;
mod moved;
mod operand;
mod part;
mod pattern;
mod place;
mod plain;
mod point;
mod pointee;
mod receiver;
mod reference;
mod relation;
mod replay;
mod rest;
mod sites;
mod standing_alone;
mod statement_macro;
mod std_macro;
mod turns;
mod unknown_macro;
mod update;
mod value;

use std::collections::{HashMap, HashSet};

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Block, Expr, Ident, Pat, spanned::Spanned};

use self::{
    full::Temporaries,
    guard::{Guard, Role, operand_guard},
};
use crate::hygiene::private;
use crate::{
    errors::Errors,
    frame::{self, Frame, ScopeId, SlotId, Storage},
    opaque::Placed,
    resolve::Locals,
    syntax::{generated, generated_for, plain_name},
    tie::Repeated,
    whole::Whole,
};

/// What the body is lowered for.
pub struct Target {
    /// The resume argument.
    pub resume_type: TokenStream,
    /// What `yield_!` takes.
    pub yield_type: TokenStream,
    /// What the body returns.
    pub return_type: TokenStream,
    /// Whether the machine may move between entries.
    pub movable: bool,
    /// What a `yield_!` does.
    pub on_yield: OnYield,
    /// Whether a local that holds a resume argument holds nothing while the machine is suspended.
    pub argument_leaves_nothing: bool,
    /// Whether a macro may return from the body without being seen to.
    pub may_return_unseen: bool,
}

/// What a `yield_!` does.
#[derive(Clone, Copy, PartialEq)]
pub enum OnYield {
    /// Hands out its value, and evaluates to what the machine is resumed with.
    Resumed,
    /// Hands out an item, and evaluates to `()`.
    Item,
    /// The poll is pending; evaluates to the next one's context.
    Pending,
    /// Its value is what the poll returns; evaluates to the next one's context.
    Poll,
}

impl OnYield {
    /// Whether the machine is polled.
    fn is_polled(self) -> bool {
        self != OnYield::Resumed
    }
}

/// A parameter of the generator.
#[derive(Clone)]
pub struct Param {
    /// The function's own parameter, which goes into the frame.
    pub name: Ident,
    /// What the user bound it to.
    pub pat: Pat,
    /// Its type, if it is not `self`.
    pub ty: Option<syn::Type>,
    /// Whether the first resume argument is bound to it.
    pub resume: bool,
    /// The kind of reference that its type says it is.
    pub reference: Option<Reference>,
}

/// What a local that is a reference can be used for.
#[derive(Clone, Copy, PartialEq)]
pub enum Reference {
    /// `&T`, which is copied.
    Shared,
    /// `&mut T`, which is reborrowed or moved.
    Mutable,
}

impl Reference {
    /// Of this `mut` or none.
    pub fn new(mutability: Option<syn::Token![mut]>) -> Self {
        match mutability {
            Some(_) => Reference::Mutable,
            None => Reference::Shared,
        }
    }
}

/// A suspension point.
pub struct Point {
    /// The source it stands for.
    pub source: String,
    /// Where that starts.
    pub span: Span,
    /// What is awaited or delegated to there.
    pub child: Option<SlotId>,
}

/// A lowered body.
pub struct Lowered {
    /// The suspension points, in the order in which they are numbered.
    pub points: Vec<Point>,
    /// The frame.
    pub frame: Frame,
    /// The slots of the parameters, in the order in which a machine that never started drops them.
    pub unstarted: Vec<Ident>,
    /// Evaluates to what the body returns.
    pub body: TokenStream,
    /// The names in the arguments of macros which have become places.
    pub placed: Placed,
    /// Whether the type of what is yielded, and of what is returned, may be another one in each copy of the body.
    pub repeats: [bool; 2],
    /// The locals that closures must not outlive.
    pub whole: Whole,
}

/// Lowers a body.
pub fn lower(
    target: &Target,
    locals: &Locals,
    params: &[Param],
    body: &Block,
    errors: &mut Errors,
) -> Lowered {
    let references = params
        .iter()
        .filter_map(|param| Some((param.reference?, &param.pat)))
        .flat_map(|(reference, pat)| {
            let names = crate::syntax::bindings(pat).into_iter();
            names.map(move |name| (name.to_string(), reference))
        })
        .collect();
    let patterns = params.iter().map(|param| &param.pat);
    let parameters = patterns.clone().flat_map(crate::syntax::bindings);
    let mut lower = Lower {
        target,
        locals,
        repeated: Repeated::of(patterns, body, locals),
        errors,
        frame: Frame::new(),
        points: Vec::new(),
        saved: HashMap::new(),
        declared: HashMap::new(),
        moves: HashMap::new(),
        reads: HashMap::new(),
        assigned: HashSet::new(),
        passable: HashSet::new(),
        placed: HashSet::new(),
        placed_names: Placed::default(),
        whole: Whole::default(),
        parameters: parameters.map(|name| name.to_string()).collect(),
        references,
        plain: HashSet::new(),
        arrays: HashSet::new(),
        parted: part::parted(body),
        structs: part::structs(body),
        assigned_in_part: part::assigned_in_part(body),
        came_to_be: HashMap::new(),
        deferred: Vec::new(),
        depth: 0,
        scope: frame::ROOT,
        loops: Vec::new(),
        turns: Vec::new(),
        temporaries: Temporaries::new(frame::ROOT),
        hold: false,
        in_closure: false,
        in_place: in_place::InPlace::new(),
        consumed: HashSet::new(),
        held: HashSet::new(),
        in_probe: false,
        count: 0,
    };
    lower.function(params, body)
}

/// The state of lowering: what has been laid out, and where it is.
struct Lower<'a> {
    target: &'a Target,
    locals: &'a Locals,
    repeated: Repeated<'a>,
    errors: &'a mut Errors,
    frame: Frame,
    points: Vec<Point>,
    /// The slots of the saved locals declared so far.
    saved: HashMap<String, SlotId>,
    /// How often each of them has been declared.
    declared: HashMap<String, usize>,
    /// Where each saved local may be moved.
    moves: HashMap<SlotId, Vec<Move>>,
    /// Where each saved local is read, by uses that neither move it nor keep a reference to it.
    reads: HashMap<SlotId, Vec<Read>>,
    /// The saved locals that are assigned.
    assigned: HashSet<SlotId>,
    /// The parameters that may be moved to the stack when the body starts.
    passable: HashSet<SlotId>,
    /// The scope that new slots belong to.
    scope: ScopeId,
    /// The saved locals that may have been borrowed.
    placed: HashSet<SlotId>,
    /// The names in the arguments of macros nobody knows.
    placed_names: Placed,
    /// The locals that closures must not outlive.
    whole: Whole,
    /// The locals that are parameters.
    parameters: HashSet<String>,
    /// The locals that are known to be references: they need not be dropped, and no part of what they refer
    /// to can be moved.
    references: HashMap<String, Reference>,
    /// Other locals that are known to have no destructor.
    plain: HashSet<String>,
    /// Those of them that are arrays.
    arrays: HashSet<String>,
    /// The locals of which parts may be moved.
    parted: HashSet<String>,
    /// The places that are structs or tuples, by what the body does with them.
    structs: HashSet<String>,
    /// The locals of which parts are assigned.
    assigned_in_part: HashSet<String>,
    /// How many suspension points there were before each value that a `let` borrows.
    came_to_be: HashMap<SlotId, usize>,
    /// The saved locals that the statement at hand declares without a value.
    deferred: Vec<(String, SlotId)>,
    /// How many branches, loops and inner blocks are around.
    depth: usize,
    /// The suspending loops around: how many slots there were before each.
    loops: Vec<usize>,
    /// The arms around whose guards are being lowered, innermost last.
    turns: Vec<turns::Turn>,
    /// What the full expression at hand keeps across its suspension points.
    temporaries: Temporaries,
    /// Whether a suspension point follows in the full expression: then temporaries are kept.
    hold: bool,
    /// Whether the code at hand is in a closure, where a saved local is only borrowed.
    in_closure: bool,
    /// What the closure at hand calls the saved locals that it captures by reference, if it is kept.
    in_place: in_place::InPlace,
    /// The saved locals that closures use by value.
    consumed: HashSet<String>,
    /// The saved locals that the closure at hand has been passed, for a closure in it to take them.
    held: HashSet<String>,
    /// Whether the code at hand is for a probe, which never runs: nothing is taken in it.
    in_probe: bool,
    /// Numbers generated names.
    count: usize,
}

/// A use that may move a saved local.
struct Move {
    /// Where it is.
    at: Read,
    /// Whether it certainly moves, wherever control goes: it is no question to rustc, and in no branch.
    certain: Option<usize>,
}

/// A use of a saved local, that reads it.
#[derive(Clone, Copy)]
struct Read {
    /// How many suspension points come before it.
    points: usize,
    /// Whether a suspending loop is around it and inside of the local's scope.
    in_loop: bool,
    /// How many saved locals come before it.
    slots: usize,
}

impl Lower<'_> {
    fn function(&mut self, params: &[Param], body: &Block) -> Lowered {
        let mut guards = Vec::new();
        let mut bind = TokenStream::new();
        let mut types = TokenStream::new();
        for param in params {
            self.param(param, &mut guards, &mut bind, &mut types);
        }
        let body = self.body(body);
        let mut before = types;
        for guard in &guards {
            before.extend(self.render_guard(guard));
        }
        let passed = self.passed(&guards);
        if !bind.is_empty() {
            let started = started();
            before.extend(q!(if #started { #passed #bind }));
        }
        before.extend(guards.iter().map(|guard| self.drops_rest(guard.slot)));
        let unstarted = guards
            .iter()
            .filter(|guard| self.frame.get(guard.slot).initial.is_some())
            .map(|guard| {
                let slot = self.frame.get(guard.slot);
                if slot.is_passed() {
                    slot.passed()
                } else {
                    slot.name.clone()
                }
            })
            .collect();
        Lowered {
            points: std::mem::take(&mut self.points),
            frame: std::mem::replace(&mut self.frame, Frame::new()),
            unstarted,
            body: q!(#before #body),
            placed: std::mem::take(&mut self.placed_names),
            repeats: self.repeated.comes_out(),
            whole: std::mem::take(&mut self.whole),
        }
    }

    /// Moves the parameters to the stack that need not be in the frame once the body has started: all of them,
    /// before anything is put where they were.
    fn passed(&self, guards: &[Guard]) -> TokenStream {
        let slots = guards.iter().map(|guard| self.frame.get(guard.slot));
        slots
            .filter(|slot| slot.is_passed())
            .map(|slot| {
                let (passed, name) = (slot.passed(), &slot.name);
                q!(#private::pass(#passed, #name);)
            })
            .collect()
    }

    /// A parameter goes into the frame as the caller passed it. A plain name is its own slot; any other
    /// pattern is bound when the body starts.
    fn param(
        &mut self,
        param: &Param,
        guards: &mut Vec<Guard>,
        bind: &mut TokenStream,
        types: &mut TokenStream,
    ) {
        let initial = (!param.resume).then(|| {
            let name = &param.name;
            quote!(#name)
        });
        if let Some(name) = plain_name(&param.pat) {
            let slot = self.declare(name, initial);
            if param.ty.as_ref().is_none_or(is_wide) {
                self.passable.insert(slot);
            }
            // In the block that is the body.
            self.frame.get_mut(slot).depth = self.depth + 1;
            self.argument_in(slot, param.resume);
            self.start_param(slot, param, bind);
            guards.push(Guard::since(slot, 0));
            return;
        }
        let slot = self.anonymous_named(&generated_for(&param.name, ""));
        self.frame.get_mut(slot).initial = initial;
        self.argument_in(slot, param.resume);
        self.start_param(slot, param, bind);
        guards.push(Guard::since(slot, 0));
        if let Pat::Wild(_) = param.pat {
            return;
        }
        // The pattern's bindings: moved out of the parameter, or references to it.
        let names = crate::syntax::bindings(&param.pat);
        for name in &names {
            let slot = self.declare(name, None);
            guards.push(Guard::since(slot, 0));
        }
        let puts = self.put(&names);
        let scrutinee = if crate::syntax::pattern_use(&param.pat).takes {
            pattern::Scrutinee::Owned(self.owned_slot(slot, Span::call_site()))
        } else {
            pattern::Scrutinee::Plain(self.place_of(slot, Span::call_site()))
        };
        types.extend(self.types_of_bindings(slot, param, &names));
        let pattern = std::slice::from_ref(&param.pat);
        bind.extend(self.dispatch(&scrutinee, pattern, &[q!({ #puts })]));
    }

    /// Tells the types of a parameter's bindings, which come to be after their guards. Never runs.
    fn types_of_bindings(&mut self, slot: SlotId, param: &Param, names: &[Ident]) -> TokenStream {
        let first = param.resume.then(|| {
            let (name, ty) = (&self.frame.get(slot).name, &param.ty);
            let first = self.first();
            at! {mixed(param.pat.span())=>
                let argument = #first;
                let first: #ty = argument;
                #private::init(#name, first);
            }
        });
        let inits = self.init(names);
        let place = self.place_of(slot, Span::call_site());
        let pat = &param.pat;
        q!(if false { loop {} #first match #place { #pat => { #inits } } })
    }

    fn start_param(&mut self, slot: SlotId, param: &Param, bind: &mut TokenStream) {
        let guard = &self.frame.get(slot).guard;
        if param.resume {
            let ty = &param.ty;
            let first = self.first();
            // As in the original, so that an error about its type is the same one.
            let first = at! {mixed(param.pat.span())=>
                let argument = #first;
                let first: #ty = argument;
            };
            bind.extend(q!(#first #private::put(&mut #guard, first);));
        } else {
            bind.extend(q!(#private::own(&mut #guard);));
        }
    }

    /// Notes a slot that holds a resume argument, if it does.
    fn argument_in(&mut self, slot: SlotId, is_argument: bool) {
        if is_argument && self.target.argument_leaves_nothing {
            self.frame.lent.push(slot);
        }
    }

    /// The first resume argument.
    fn first(&self) -> TokenStream {
        if self.target.on_yield.is_polled() {
            quote!(#private::lent_context(&turn))
        } else {
            quote!(#private::first(&turn))
        }
    }

    /// A slot for a local that is saved from here on.
    fn declare(&mut self, ident: &Ident, initial: Option<TokenStream>) -> SlotId {
        // What is lowered for two orders of evaluation is declared in both.
        let copies = self.declared.entry(ident.to_string()).or_default();
        *copies += 1;
        let is_first = *copies == 1;
        // What declares the slot is no pattern with a constant in it.
        let local = self.locals.get(ident);
        let suffix = if local.is_some_and(|local| local.may_be_constant) {
            "_slot"
        } else {
            ""
        };
        let suffix = if is_first {
            suffix.to_owned()
        } else {
            format!("{suffix}_again_{copies}")
        };
        let name = generated_for(ident, &suffix);
        // A parameter is the same one.
        let is_tied = initial.is_none() && is_first && !self.repeated.has(ident);
        let slot = self.frame.slot(frame::Slot {
            guard: generated_for(&name, "_saved"),
            local: if is_first {
                ident.clone()
            } else {
                name.clone()
            },
            name,
            scope: self.scope,
            depth: self.depth,
            tracked: false,
            storage: Storage::Frame,
            gone: None,
            is_used_by_name: true,
            is_bound: false,
            parts: Vec::new(),
            refills: Vec::new(),
            initial,
        });
        if is_tied {
            self.frame.tied.push(slot);
        }
        self.saved.insert(ident.to_string(), slot);
        slot
    }

    /// Runs `lower` for code that need not run wherever the code around does.
    fn nested<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let lowered = lower(self);
        self.depth -= 1;
        lowered
    }

    /// The kind of reference that a local is known to be.
    fn reference(&self, name: &Ident) -> Option<Reference> {
        self.references.get(&name.to_string()).copied()
    }

    /// A slot for something that has no name: an iterator, a future.
    fn anonymous(&mut self, what: &str) -> SlotId {
        self.count += 1;
        let name = generated(&format!("{what}_{}_", self.count));
        self.anonymous_named(&name)
    }

    fn anonymous_named(&mut self, name: &Ident) -> SlotId {
        self.frame.slot(frame::Slot {
            name: name.clone(),
            local: name.clone(),
            guard: format_ident!("{name}_saved", span = name.span()),
            scope: self.scope,
            depth: self.depth,
            tracked: false,
            storage: Storage::Frame,
            gone: None,
            is_used_by_name: false,
            is_bound: false,
            parts: Vec::new(),
            refills: Vec::new(),
            initial: None,
        })
    }

    /// The slot of a name, if it is a saved local.
    fn saved(&self, name: &Ident) -> Option<SlotId> {
        self.saved.get(&name.to_string()).copied()
    }

    /// The same of a local that may be moved: what a guard binds is not, before the arm has been chosen.
    fn owned(&self, name: &Ident) -> Option<SlotId> {
        self.saved(name)
            .filter(|slot| !self.frame.get(*slot).is_bound)
    }

    /// The place expression of a slot, located where the user named the local.
    fn place_of(&mut self, slot: SlotId, span: Span) -> TokenStream {
        self.placed.insert(slot);
        let is_bound = self.frame.get(slot).is_bound;
        if let Some(place) = self.in_place.get(&slot) {
            let place = located(place, span);
            return at!(span=> (#place.value));
        }
        let name = located(&self.frame.get(slot).name, span);
        if is_bound {
            at!(span=> (*(#name).bound()))
        } else {
            at!(span=> (*(#name).at()))
        }
    }

    fn guard_of(&self, slot: SlotId, span: Span) -> Ident {
        located(&self.frame.get(slot).guard, span)
    }

    /// Notes a use that may move a saved local.
    fn note_move(&mut self, slot: SlotId) {
        if self.in_probe {
            return;
        }
        let at = self.read_here(slot);
        let moves = self.moves.entry(slot).or_default();
        moves.push(Move { at, certain: None });
    }

    /// Notes a use that reads a saved local, and is over when it has.
    fn note_read(&mut self, slot: SlotId) {
        let read = self.read_here(slot);
        self.reads.entry(slot).or_default().push(read);
    }

    fn read_here(&self, slot: SlotId) -> Read {
        Read {
            points: self.points.len(),
            in_loop: self.loops.iter().any(|before| slot.0 < *before),
            slots: self.frame.len(),
        }
    }

    /// Notes a use that takes a saved local's value.
    fn note_take(&mut self, slot: SlotId) {
        self.note_move(slot);
        if let Some(last) = self.moves.get_mut(&slot).and_then(|moves| moves.last_mut()) {
            last.certain = Some(self.depth);
        }
    }

    /// The condition under which code is entered that has the suspension points after the first `before`; those
    /// before have been passed. Of one alone it is asked whether it is the one, for LLVM makes a table of such
    /// questions.
    fn entered(&self, before: usize) -> TokenStream {
        let end = point_at(self.points.len());
        if self.points.len() == before + 1 {
            let started = started();
            q!(#started || to == #end)
        } else {
            q!(to <= #end)
        }
    }

    /// The condition under which something is evaluated that has suspension points of its own, the last of
    /// which is the last so far; or none.
    fn until_here(&self, has_points: bool) -> TokenStream {
        if has_points {
            let end = point_at(self.points.len());
            q!(to <= #end)
        } else {
            started()
        }
    }

    /// Runs `lower` in a scope of its own.
    fn in_scope<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> T {
        let inner = self.frame.scope(self.scope);
        let outer = std::mem::replace(&mut self.scope, inner);
        let lowered = lower(self);
        self.scope = outer;
        lowered
    }
}

/// Whether a type is not one of the scalars that fit into the padding which sharing storage with them costs.
fn is_wide(ty: &syn::Type) -> bool {
    const NARROW: &[&str] = &[
        "bool", "char", "u8", "i8", "u16", "i16", "u32", "i32", "f32",
    ];
    !matches!(ty, syn::Type::Path(path) if NARROW.iter().any(|name| path.path.is_ident(name)))
}

/// The number of the last suspension point of so many; 0 is the start.
fn point_at(count: usize) -> Literal {
    Literal::usize_unsuffixed(count)
}

/// `to == 0`: nothing is travelled to.
fn started() -> TokenStream {
    q!(to == 0)
}

/// A generated name, located where the user wrote something.
///
/// An expression is the user's to rustc, and an error about it that of the original, if it starts and ends
/// with tokens at the user's span: `(x).at()`, where the name alone is generated.
fn located(ident: &Ident, span: Span) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(Span::mixed_site().located_at(span));
    ident
}

/// A span for generated names at a place of the user's.
fn mixed(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// Tokens as an expression.
fn verbatim(tokens: TokenStream) -> Expr {
    Expr::Verbatim(tokens)
}
