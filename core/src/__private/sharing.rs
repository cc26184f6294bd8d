//! How a closure that takes a saved local captures one that is not saved, a variable of the body: rustc would capture it
//! as the closure uses it, but what takes the saved local is a `move` closure.
//!
//! By value or not, is asked by the probe of a saved local. A variable that is not moved is lent as if it were in a slot.
//! Whether the closure changes it, which a borrow of it that lives on would not bear, is asked by another probe: a closure
//! that shares it is `Fn`; one that does not is `Send`, if it captures nothing but this by a reference.

use core::{cell::Cell, convert::Infallible, fmt, marker::PhantomData};

use super::{Captured, Mode, Pick, Probe, Slot, Ty};

/// Stands for the variable inside the probe's closure.
#[derive(Debug)]
pub struct Variable<T> {
    /// The variable.
    pub value: T,
    is_not_sync: PhantomData<Cell<u8>>,
}

// SAFETY: there is no value of this type.
unsafe impl<T> Send for Variable<T> {}

impl<T> Variable<T> {
    /// A stand-in of this type, in code that never runs.
    pub fn like(_: &Ty<T>) -> Self {
        unreachable!("a probe never runs")
    }
}

/// The one sharing that holds for a probe.
#[diagnostic::on_unimplemented(
    message = "cannot tell whether this closure changes a variable that it captures beside one that is kept across a \
               suspension point",
    label = "make it a `move` closure"
)]
pub trait PickSharing<S> {}

/// The variable is shared.
#[derive(Debug)]
pub enum Shares {}

/// The variable is changed, or moved.
#[derive(Debug)]
pub enum Excludes {}

impl<C: Fn()> PickSharing<Shares> for Probe<C> {}
impl<C: Send> PickSharing<Excludes> for Probe<C> {}

/// [`Shares`] or [`Excludes`], with what makes the other's branch dead code.
pub trait Sharing {
    /// Which of the two it is.
    const SHARES: bool;
    /// Uninhabited unless the variable is shared.
    type InShared;
    /// Uninhabited if it is.
    type InUnique;
    /// Starts the branch for one that is shared.
    fn in_shared() -> Self::InShared;
    /// Starts the branch for one that is not.
    fn in_unique() -> Self::InUnique;
}

impl Sharing for Shares {
    const SHARES: bool = true;
    type InShared = ();
    type InUnique = Infallible;
    #[inline(always)]
    fn in_shared() {}
    fn in_unique() -> Infallible {
        unreachable!("the other branch runs")
    }
}

impl Sharing for Excludes {
    const SHARES: bool = false;
    type InShared = Infallible;
    type InUnique = ();
    fn in_shared() -> Infallible {
        unreachable!("the other branch runs")
    }
    #[inline(always)]
    fn in_unique() {}
}

impl<C> Probe<C> {
    /// Whether the closure shares its variable.
    #[inline(always)]
    pub fn shares<S: Sharing>(&self) -> bool
    where
        Self: PickSharing<S>,
    {
        S::SHARES
    }
    /// Starts the branch for a closure that does.
    #[inline(always)]
    pub fn in_shared<S: Sharing>(&self) -> S::InShared
    where
        Self: PickSharing<S>,
    {
        S::in_shared()
    }
    /// Starts the branch for a closure that does not.
    #[inline(always)]
    pub fn in_unique<S: Sharing>(&self) -> S::InUnique
    where
        Self: PickSharing<S>,
    {
        S::in_unique()
    }
}

/// A variable, as if it were in a slot. A pointer that may be written to if the variable is.
///
/// # Safety
///
/// The variable lives for `'s`, as far as the slot is used.
#[inline(always)]
pub const unsafe fn lent_variable<'s, T>(variable: *const T) -> &'s Slot<T> {
    // SAFETY: the caller's; a slot is nothing but its value, in a cell.
    unsafe { &*variable.cast::<Slot<T>>() }
}

/// How a closure captures a variable, which is inferred.
pub struct Capturing<C, M>(PhantomData<fn() -> (C, M)>);

impl<C, M: Mode> Capturing<C, M>
where
    Probe<C>: Pick<M>,
{
    /// One that is inferred.
    #[inline(always)]
    #[must_use]
    pub const fn new() -> Self {
        Capturing(PhantomData)
    }
    /// Whether the variable is moved.
    #[inline(always)]
    pub fn moves(&self) -> bool {
        M::MOVES
    }
    /// Starts the branch for one that is.
    #[inline(always)]
    pub fn in_move(&self) -> M::InMove {
        M::in_move()
    }
    /// Starts the branch for one that is not.
    #[inline(always)]
    pub fn in_borrow(&self) -> M::InBorrow {
        M::in_borrow()
    }
    /// Captures it by value.
    #[inline(always)]
    pub fn own<'s, T: 's>(&self, value: T) -> Captured<'s, T, C, M> {
        Captured::of(M::own(value))
    }
    /// Captures it by reference.
    #[inline(always)]
    pub fn lend<'s, T: 's>(&self, slot: &'s Slot<T>) -> Captured<'s, T, C, M> {
        Captured::of(M::lend_plain(slot))
    }
}

impl<C, M> fmt::Debug for Capturing<C, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Capturing").finish()
    }
}
