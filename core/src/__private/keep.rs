//! What the frame keeps of a local, where that depends on the local's type: whether it may have a destructor.
//!
//! A local that is not used after any suspension point is kept only to be dropped. Of one that has no destructor
//! nothing need be kept, nor whether it has been moved. Syntax does not tell, so rustc is asked: of two traits below, a
//! method is found for the first that holds for the type.
//!
//! That `Copy` holds cannot be asked: while rustc infers types, the answer is open for any type that contains a
//! closure.

use core::{fmt, marker::PhantomData, mem::MaybeUninit};

use super::{Slot, Ty, parting::NeverType};

/// The local may have a destructor.
#[derive(Debug)]
pub enum Drops {}

/// The local has none.
#[derive(Debug)]
pub enum Fades {}

/// [`Drops`] or [`Fades`].
pub trait Keep {
    /// What the frame keeps.
    type Of<T>;
    /// Where the local is: in the frame, or on the stack.
    ///
    /// # Safety
    ///
    /// As for [`KeepOf::slot`].
    unsafe fn choose<T>(field: *mut MaybeUninit<Self::Of<T>>, stack: &Slot<T>) -> &Slot<T>;
    /// Where the frame keeps whether the local is live. Nobody asks for a local without a destructor.
    fn flag(field: *mut MaybeUninit<Self::Of<bool>>) -> *mut bool;
}

impl Keep for Drops {
    type Of<T> = T;
    #[inline(always)]
    unsafe fn choose<T>(field: *mut MaybeUninit<T>, _: &Slot<T>) -> &Slot<T> {
        // SAFETY: the caller's.
        unsafe { super::slot(field) }
    }
    #[inline(always)]
    fn flag(field: *mut MaybeUninit<bool>) -> *mut bool {
        field.cast()
    }
}

impl Keep for Fades {
    type Of<T> = ();
    // What is on the stack is gone once the machine is suspended: the local is not used from then on, and nothing
    // drops it.
    #[inline(always)]
    unsafe fn choose<T>(_: *mut MaybeUninit<()>, stack: &Slot<T>) -> &Slot<T> {
        const { assert!(!core::mem::needs_drop::<T>()) };
        stack
    }
    #[inline(always)]
    fn flag(_: *mut MaybeUninit<()>) -> *mut bool {
        core::ptr::NonNull::dangling().as_ptr()
    }
}

/// Which of the two holds for a local, inferred from what comes later.
pub struct KeepOf<K>(PhantomData<fn() -> K>);

impl<K: Keep> KeepOf<K> {
    /// One that is inferred.
    #[inline(always)]
    #[must_use]
    pub const fn new() -> Self {
        KeepOf(PhantomData)
    }
    /// The slot of a local that is not used after any suspension point.
    ///
    /// # Safety
    ///
    /// `field` points into the frame of the running machine.
    #[inline(always)]
    pub unsafe fn slot<'s, T>(
        &self,
        field: *mut MaybeUninit<K::Of<T>>,
        stack: &'s Slot<T>,
    ) -> &'s Slot<T> {
        // SAFETY: the caller's.
        unsafe { K::choose(field, stack) }
    }
    /// The flag that says whether a local is live.
    #[inline(always)]
    pub fn flag(&self, field: *mut MaybeUninit<K::Of<bool>>) -> *mut bool {
        K::flag(field)
    }
}

impl<K> fmt::Debug for KeepOf<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeepOf").finish()
    }
}

/// The type of a slot's local, in code that never runs.
#[inline(always)]
pub const fn type_of<T>(_: &Slot<T>) -> Ty<T> {
    Ty::new()
}

/// A type of the language or of `core` that has no destructor.
///
/// # Safety
///
/// The type needs no drop.
pub unsafe trait Plain {}

macro_rules! plain {
    ($($(@($($param:tt)*))? $ty:ty),* $(,)?) => {
        // SAFETY: these are scalars, references and pointers, and types that are made of such alone.
        $(unsafe impl<$($($param)*)?> Plain for $ty {})*
    };
}
plain! {
    bool, char, u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64, (),
    @(T: ?Sized) &T, @(T: ?Sized) &mut T, @(T: ?Sized) *const T, @(T: ?Sized) *mut T,
    @(T: Plain, const N: usize) [T; N],
    @(A: Plain) (A,), @(A: Plain, B: Plain) (A, B), @(A: Plain, B: Plain, C: Plain) (A, B, C),
    @(A: Plain, B: Plain, C: Plain, D: Plain) (A, B, C, D),
    @(A: Plain, B: Plain, C: Plain, D: Plain, E: Plain) (A, B, C, D, E),
    @(A: Plain, B: Plain, C: Plain, D: Plain, E: Plain, F: Plain) (A, B, C, D, E, F),
    @(T: Plain) Option<T>, @(T: Plain, E: Plain) Result<T, E>, @(P: Plain) core::pin::Pin<P>,
    @(T: Plain) core::task::Poll<T>, @(B: Plain, C: Plain) core::ops::ControlFlow<B, C>,
    @(T: Plain) core::ops::Range<T>, @(T: Plain) core::ops::RangeInclusive<T>,
    @(T: Plain) core::num::Wrapping<T>, @(T: Plain) core::cmp::Reverse<T>,
    @(T: ?Sized) PhantomData<T>, core::cmp::Ordering, core::time::Duration,
    @(T) core::slice::Iter<'_, T>, @(T) core::slice::IterMut<'_, T>,
    core::str::Chars<'_>, core::str::Bytes<'_>, core::str::CharIndices<'_>,
}

// SAFETY: there is no value of this type.
unsafe impl Plain for NeverType {}

/// What is known to have no destructor. Called on `&ty`, this is looked at first.
pub trait FadesAway {
    /// It has none.
    fn tells_keep(&self, _: &KeepOf<Fades>) {}
}
impl<T: Plain> FadesAway for Ty<T> {}

/// Anything else may have one. This is looked at next.
pub trait MayDrop {
    /// It may have one.
    fn tells_keep(&self, _: &KeepOf<Drops>) {}
}
impl<T> MayDrop for &Ty<T> {}
