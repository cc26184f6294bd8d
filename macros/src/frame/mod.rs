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

use proc_macro2::{Literal, TokenStream};
use quote::format_ident;
use syn::Ident;

pub use self::layout::Layout;
pub use self::tied::Told;

mod layout;
mod tied;

/// A scope, by its number.
#[derive(Clone, Copy, PartialEq)]
pub struct ScopeId(pub usize);

/// A saved local, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SlotId(pub usize);

impl SlotId {
    /// That of no slot.
    pub const NONE: SlotId = SlotId(usize::MAX);
}

/// The frame while it is being laid out.
pub struct Frame {
    scopes: Vec<Scope>,
    slots: Vec<Slot>,
    /// The resume arguments that are lent, where those hold nothing while the machine is suspended.
    pub lent: Vec<SlotId>,
    /// The locals that are of the same type in the original.
    pub tied: Vec<SlotId>,
    /// The values that are of the same type in the original, whether they are kept or not.
    pub told: Vec<Told>,
    /// What the body calls the accesses to places of which rustc is asked.
    pub accesses: Vec<Ident>,
    /// What the body calls the modes of calls on values, of which rustc is asked.
    pub modes: Vec<Ident>,
    /// What the body calls the orders of operands of which rustc is asked.
    pub orders: Vec<Ident>,
    /// The saved locals that are matched on by patterns which leave nothing of them: rustc is asked whether that is so.
    pub emptied: Vec<SlotId>,
    /// The saved locals that are known to be arrays.
    pub arrays: Vec<SlotId>,
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
    /// The name of the local, or that of its slot, where there is no local or several are the same.
    pub local: Ident,
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
    /// Whether it is used by its name alone: a local, and what is matched on.
    pub is_used_by_name: bool,
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

    /// What the body calls a word of the bits that say which of its parts have been moved.
    pub fn moved(&self, word: usize) -> Ident {
        let (name, span) = (&self.name, self.name.span());
        match word {
            0 => format_ident!("{name}_moved", span = span),
            word => format_ident!("{name}_moved_{word}", span = span),
        }
    }

    /// What the body calls all of them.
    pub fn all_moved(&self) -> Ident {
        if self.parts.len() > Bit::IN_WORD {
            format_ident!("{}_words", self.name, span = self.name.span())
        } else {
            self.moved(0)
        }
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

    /// What the body calls the answer whether patterns leave nothing of it.
    pub fn emptied(&self) -> Ident {
        format_ident!("{}_emptied", self.name, span = self.name.span())
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
    /// As the user wrote them, the members at the end of the path of what is named: the part, or what a pattern is matched
    /// on.
    pub written: Vec<TokenStream>,
    /// How it is moved.
    pub taken: Taken,
    /// For a receiver: tells whether it is moved.
    pub mode: Option<Ident>,
}

/// Bits of parts. There are as many as the widest integer has in a word.
#[derive(Clone, Copy)]
pub struct Bit {
    /// The number of the word.
    pub word: usize,
    /// The bits.
    pub bits: u128,
}

impl Bit {
    /// So many are in a word.
    pub const IN_WORD: usize = 128;

    /// That of the part with this number.
    pub fn of(number: usize) -> Bit {
        Bit {
            word: number / Bit::IN_WORD,
            bits: 1 << (number % Bit::IN_WORD),
        }
    }

    /// As a literal.
    pub fn literal(&self) -> Literal {
        Literal::u128_unsuffixed(self.bits)
    }

    /// The words in which these are set, where there are so many parts.
    pub fn words(set: &[Bit], count: usize) -> Vec<Literal> {
        let word = |word| {
            let here = set.iter().filter(|bit| bit.word == word);
            Literal::u128_unsuffixed(here.fold(0, |all, bit| all | bit.bits))
        };
        (0..count.div_ceil(Bit::IN_WORD)).map(word).collect()
    }
}

/// How a part of a saved local is moved.
#[derive(Clone)]
pub enum Taken {
    /// All of it, by its path.
    Named,
    /// By a pattern.
    Matched(Box<Matched>),
    /// By a struct literal: all of it but the fields that the literal names.
    Updated {
        /// The literal's path.
        literal: syn::Path,
        /// The fields that it names.
        members: Vec<syn::Member>,
    },
}

/// A pattern that moves a part.
#[derive(Clone)]
pub struct Matched {
    /// The path of what it is matched on: the part, or what that is a part of.
    pub on: String,
    /// It, without what it does not need to bind the part.
    pub pat: syn::Pat,
    /// What it binds.
    pub names: Vec<Ident>,
    /// If it may be that of a variant, so that it binds parts of the part: which `match` it is in.
    pub variant_in: Option<usize>,
}

impl Part {
    /// The pattern, if it may bind parts of the part.
    pub fn variant(&self) -> Option<&Matched> {
        match &self.taken {
            Taken::Matched(matched) if matched.variant_in.is_some() => Some(matched),
            _ => None,
        }
    }
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
}

impl Refill {
    /// Whether a part that may have been moved is there again: the same one, or one of its own.
    pub fn fills(&self, part: &Part) -> bool {
        !self.is_behind(part) && path_in(&part.path, &self.path).is_some()
    }

    /// Whether what is assigned is behind a pointer that this part is moved with, or out of, by a pattern. No pattern moves
    /// anything out from behind a pointer: what has one for its type is a reference, and a pointer that was moved has to be
    /// assigned before what is behind it can be.
    pub fn is_behind(&self, part: &Part) -> bool {
        let Taken::Matched(matched) = &part.taken else {
            return false;
        };
        let inner = path_in(&self.path, &matched.on);
        inner.is_some_and(|inner| inner.split('.').any(|member| member == "*"))
    }
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
            told: Vec::new(),
            accesses: Vec::new(),
            modes: Vec::new(),
            orders: Vec::new(),
            emptied: Vec::new(),
            arrays: Vec::new(),
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
}

/// A path without `*`: that may be left out where a field follows, and what a box holds is moved in place of the
/// box, not besides.
pub fn without_deref(path: &str) -> String {
    path.replace(".*", "")
}

/// Where a path is in the outer one, if it is that of the same place or of a part of it: `.0` for `x.a.0` in `x.a`. What a
/// box holds may be named with a `*` or without.
pub fn path_in(path: &str, outer: &str) -> Option<String> {
    let mut members = path.split('.').peekable();
    for member in outer.split('.') {
        loop {
            match members.peek() {
                Some(found) if *found == member => {
                    members.next();
                    break;
                }
                // A field follows, or the outer path has no `*` for this one.
                Some(_) if member == "*" => break,
                Some(&"*") => {
                    members.next();
                }
                _ => return None,
            }
        }
    }
    Some(members.fold(String::new(), |path, member| path + "." + member))
}

/// Whether a path is of a part of the outer one.
pub fn is_inside(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.starts_with('.'))
}
