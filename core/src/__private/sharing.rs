//! How a closure that takes a saved local captures one that is not saved, a variable of the body: rustc would capture it
//! as the closure uses it, but what takes the saved local is a `move` closure.
//!
//! By value or not, is asked by the probe of a saved local. A variable that is not moved is lent.
//! Whether the closure changes it, which a borrow of it that lives on would not bear, is asked by another probe: a closure
//! that shares it is `Fn`; one that does not is `Send`, if it captures nothing but this by a reference.

use core::{cell::UnsafeCell, fmt, marker::PhantomData};

use super::{
    Access, Branch, CaptureMode, CapturedPart, ModeOf, Pick, Probe,
    place::{Shared, Unique},
};

/// The one access that a closure has to the variable in its probe.
#[diagnostic::on_unimplemented(
    message = "cannot tell whether this closure changes a variable that it captures beside one that is kept across a \
               suspension point",
    label = "make it a `move` closure"
)]
pub trait PickSharing<A> {}

impl<C: Fn()> PickSharing<Shared> for Probe<C> {}
impl<C: Send> PickSharing<Unique> for Probe<C> {}

impl<C> Probe<C> {
    /// Whether the closure shares its variable, and does not change it.
    #[inline(always)]
    pub fn shares<A: Access>(&self) -> bool
    where
        Self: PickSharing<A>,
    {
        !A::UNIQUE
    }
    /// Starts the branch for a closure that does.
    #[inline(always)]
    pub fn in_shared<A: Access>(&self) -> Branch<A::InShared>
    where
        Self: PickSharing<A>,
    {
        Branch(A::in_shared())
    }
    /// Starts the branch for a closure that does not.
    #[inline(always)]
    pub fn in_unique<A: Access>(&self) -> Branch<A::InUnique>
    where
        Self: PickSharing<A>,
    {
        Branch(A::in_unique())
    }
}

/// A variable of the body that is lent to a closure, which names it by shared reference, as it does a [`super::Slot`].
/// The reference is to none of the variable's bytes: what may be done with them is what the pointer allows from which it
/// has been made.
#[repr(transparent)]
pub struct LentVariable<T>(UnsafeCell<[T; 0]>);

// SAFETY: as for a slot.
unsafe impl<T: Send + Sync> Sync for LentVariable<T> {}

// As for a slot.
impl<T> core::panic::RefUnwindSafe for LentVariable<T> {}

impl<T> LentVariable<T> {
    /// The place, as [`super::Slot::at`].
    #[inline(always)]
    pub const fn at(&self) -> *mut T {
        self.0.get().cast()
    }
}

impl<T> fmt::Debug for LentVariable<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LentVariable").finish_non_exhaustive()
    }
}

/// Lends a variable. The pointer may be written to if the closure does.
///
/// # Safety
///
/// The variable lives for as long as the closure is used: rustc has checked the original, in which it is borrowed.
#[inline(always)]
pub const unsafe fn lend_variable<'s, T>(variable: *const T) -> &'s LentVariable<T> {
    // SAFETY: it is aligned, and has no bytes.
    unsafe { &*variable.cast::<LentVariable<T>>() }
}

/// How a closure captures a variable, which is inferred.
pub struct Capturing<C, M>(PhantomData<fn() -> (C, M)>);

impl<C, M: CaptureMode> Capturing<C, M>
where
    Probe<C>: Pick<M>,
{
    /// One that is inferred.
    #[inline(always)]
    #[must_use]
    pub const fn new() -> Self {
        Capturing(PhantomData)
    }
    /// How it is captured.
    #[inline(always)]
    pub const fn mode(&self) -> ModeOf<M> {
        ModeOf::new()
    }
    /// Captures it by value; nothing is lent.
    #[inline(always)]
    pub fn own<'s, T: 's>(&self, value: T) -> (CapturedPart<T, C, M>, &'s LentVariable<T>) {
        let nowhere = core::ptr::NonNull::<LentVariable<T>>::dangling();
        // SAFETY: it is aligned, and has no bytes.
        (CapturedPart::of(|| value), unsafe { nowhere.as_ref() })
    }
    /// Captures it by reference.
    #[inline(always)]
    pub fn lend<'s, T: 's>(
        &self,
        lent: &'s LentVariable<T>,
    ) -> (CapturedPart<T, C, M>, &'s LentVariable<T>) {
        let captured = CapturedPart::of(|| unreachable!("the other branch runs"));
        (captured, lent)
    }
}

impl<C, M> fmt::Debug for Capturing<C, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Capturing").finish()
    }
}
