//! What a call is made on while its arguments suspend: `v[0].max(yield_!(1))`.
//!
//! What can be copied may be taken by value, and then it is copied before the arguments are evaluated, which may change the place or
//! free what it is in. If it is borrowed, they cannot change it (it has no interior mutability), and a copy is as good, for as long
//! as the call's statement: what is returned borrows it, and rustc sees to it that it does not outlive it. Only what the call
//! changes has to be the place itself.

use core::{fmt, marker::PhantomData, mem::MaybeUninit, ops::Deref};

use super::{Access, AccessOf, Held, Slot, Ty};

/// A copy of a place, or where it is if the call changes it.
pub struct CalledCopy<T: Copy, A> {
    of: CopyOrPlace<T>,
    access: PhantomData<fn() -> A>,
}

#[derive(Clone, Copy)]
union CopyOrPlace<T: Copy> {
    copy: MaybeUninit<T>,
    place: *mut T,
}

// SAFETY: it stands for a `T`, or for a `&mut T`.
unsafe impl<T: Copy + Send, A> Send for CalledCopy<T, A> {}
// SAFETY: as above.
unsafe impl<T: Copy + Sync, A> Sync for CalledCopy<T, A> {}

impl<T: Copy, A> fmt::Debug for CalledCopy<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CalledCopy").finish_non_exhaustive()
    }
}

impl<T: Copy, A: Access> CalledCopy<T, A> {
    /// What the call is made on.
    ///
    /// # Safety
    ///
    /// If the call changes the place, that is live, and nothing else refers to it.
    #[inline(always)]
    pub unsafe fn called(&mut self) -> &mut T {
        if A::UNIQUE {
            // SAFETY: it has been made of the place for this access; the rest is the caller's.
            unsafe { &mut *self.of.place }
        } else {
            // SAFETY: it has been made of a value for this access.
            unsafe { self.of.copy.assume_init_mut() }
        }
    }
}

impl<T: ?Sized, A> Held<T, A> {
    /// What the call is made on.
    ///
    /// # Safety
    ///
    /// None is needed; it is called as [`CalledCopy::called`] is.
    #[inline(always)]
    pub unsafe fn called(&mut self) -> *mut T {
        super::Keeps::place(self)
    }
}

/// Takes what a call is made on out of its slot.
///
/// # Safety
///
/// The slot is initialised.
#[inline(always)]
pub unsafe fn called<K>(slot: &Slot<K>) -> K {
    const { assert!(!core::mem::needs_drop::<K>()) };
    // SAFETY: the caller's; it has no destructor, so that two values do no harm.
    unsafe { slot.at().read() }
}

/// Keeps what can be copied. The method is found for the first of these traits which has it.
pub trait CallsCopy<T: Copy> {
    /// Copies the place, unless the call changes it.
    ///
    /// # Safety
    ///
    /// The place is live.
    unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> CalledCopy<T, A>;
}

impl<T: Copy> CallsCopy<T> for &&&Ty<T> {
    #[inline(always)]
    unsafe fn keep<A: Access>(&self, place: *mut T, _: &AccessOf<A>) -> CalledCopy<T, A> {
        let of = if A::UNIQUE {
            CopyOrPlace { place }
        } else {
            // SAFETY: the caller's. A field of a packed struct need not be aligned.
            let copy = MaybeUninit::new(unsafe { place.read_unaligned() });
            CopyOrPlace { copy }
        };
        CalledCopy {
            of,
            access: PhantomData,
        }
    }
}

/// Refuses a pointer to something that can be copied: an argument may free what the pointer is in, and the call may copy what it
/// points to, before that.
pub trait CallsPointee<T: ?Sized> {
    /// Points to the place, which the call changes.
    ///
    /// # Safety
    ///
    /// None is needed; it is called as [`CallsCopy::keep`] is.
    unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> Held<T, A>;
}

impl<T: Deref<Target: Copy>> CallsPointee<T> for &&Ty<T> {
    #[inline(always)]
    unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> Held<T, A> {
        const { assert_unchanged::<A>() };
        access.hold(place)
    }
}

/// The same of a pointer to a pointer.
pub trait CallsPointers<T: ?Sized> {
    /// Points to the place, which the call changes.
    ///
    /// # Safety
    ///
    /// None is needed; it is called as [`CallsCopy::keep`] is.
    unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> Held<T, A>;
}

impl<T: Deref<Target: Deref>> CallsPointers<T> for &Ty<T> {
    #[inline(always)]
    unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> Held<T, A> {
        const { assert_unchanged::<A>() };
        access.hold(place)
    }
}

const fn assert_unchanged<A: Access>() {
    assert!(
        A::UNIQUE,
        "an argument that suspends uses what this is called on, and may change what it points to: bind the arguments before, \
         `let value = ..;`"
    );
}

/// Keeps anything else.
pub trait CallsPlace<T: ?Sized> {
    /// Points to the place.
    ///
    /// # Safety
    ///
    /// None is needed; it is called as [`CallsCopy::keep`] is.
    unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> Held<T, A>;
}

impl<T: ?Sized> CallsPlace<T> for Ty<T> {
    #[inline(always)]
    unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> Held<T, A> {
        access.hold(place)
    }
}
