//! What a call is made on while its arguments suspend: `v[0].max(yield_!(1))`.
//!
//! What can be copied may be taken by value, and then it is copied before the arguments are evaluated, which may change the place or
//! free what it is in. If it is borrowed, they cannot change it (it has no interior mutability), and a copy is as good, for as long
//! as the call's statement: what is returned borrows it, and rustc sees to it that it does not outlive it. Only what the call
//! changes has to be the place itself. So it is with what a reference refers to, by way of which a method may be found.

use core::{fmt, marker::PhantomData, mem::MaybeUninit, ops::Deref};

use super::{Access, AccessOf, Held, Slot, Ty};

/// A copy of a place of the type `P`, or of what that refers to, or where the place is if the call changes it.
pub struct CalledCopy<P, X: Copy, A> {
    of: CopyOrPlace<P, X>,
    access: PhantomData<fn() -> A>,
}

union CopyOrPlace<P, X: Copy> {
    copy: MaybeUninit<X>,
    place: *mut P,
}

// SAFETY: it stands for an `X`, or for a `&mut P`.
unsafe impl<P: Send, X: Copy + Send, A> Send for CalledCopy<P, X, A> {}
// SAFETY: as above.
unsafe impl<P: Sync, X: Copy + Sync, A> Sync for CalledCopy<P, X, A> {}

impl<P, X: Copy, A> fmt::Debug for CalledCopy<P, X, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CalledCopy").finish_non_exhaustive()
    }
}

impl<P, X: Copy, A: Access> CalledCopy<P, X, A> {
    /// Copies what is at `from`, unless the call changes the place.
    ///
    /// # Safety
    ///
    /// Both are live.
    #[inline(always)]
    unsafe fn keep(place: *mut P, from: *const X) -> Self {
        let of = if A::UNIQUE {
            CopyOrPlace { place }
        } else {
            // SAFETY: the caller's. A field of a packed struct need not be aligned.
            let copy = MaybeUninit::new(unsafe { from.read_unaligned() });
            CopyOrPlace { copy }
        };
        CalledCopy {
            of,
            access: PhantomData,
        }
    }
}

impl<T: Copy, A: Access> CalledCopy<T, T, A> {
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

/// A copy of what a reference of the type `R` refers to, on the stack, with a reference to the copy.
pub struct Referent<R, X: Copy, A> {
    kept: CalledCopy<R, X, A>,
    reference: *mut X,
}

impl<R, X: Copy, A> fmt::Debug for Referent<R, X, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Referent").finish_non_exhaustive()
    }
}

impl<R, X: Copy, A> Referent<R, X, A> {
    #[inline(always)]
    const fn of(kept: CalledCopy<R, X, A>) -> Self {
        Referent {
            kept,
            reference: core::ptr::null_mut(),
        }
    }
}

impl<R, X: Copy, A: Access> Referent<R, X, A> {
    /// Where a reference is on which the call is made.
    fn place(&mut self) -> *mut *mut X {
        if A::UNIQUE {
            // SAFETY: it has been made of the place for this access. A reference and a pointer are of one layout.
            return unsafe { self.kept.of.place }.cast();
        }
        self.reference = (&raw mut self.kept.of.copy).cast();
        &raw mut self.reference
    }
}

impl<X: Copy, A: Access> Referent<&X, X, A> {
    /// What the call is made on.
    ///
    /// # Safety
    ///
    /// As of [`CalledCopy::called`].
    #[inline(always)]
    pub unsafe fn called(&mut self) -> &mut &X {
        // SAFETY: it points to the copy, which is borrowed for as long, or it is the user's, for the original has been checked.
        unsafe { &mut *self.place().cast() }
    }
}

impl<X: Copy, A: Access> Referent<&mut X, X, A> {
    /// What the call is made on.
    ///
    /// # Safety
    ///
    /// As of [`CalledCopy::called`].
    #[inline(always)]
    #[expect(
        clippy::mut_mut,
        reason = "it stands for a place of the type of such a reference"
    )]
    pub unsafe fn called(&mut self) -> &mut &mut X {
        // SAFETY: as above. Nothing else refers to the copy.
        unsafe { &mut *self.place().cast() }
    }
}

/// What is kept of what a call is made on.
pub trait Called {
    /// What the call is made on, on the stack.
    type OnStack;
    /// Takes it out of its slot.
    fn taken(self) -> Self::OnStack;
}

impl<T: ?Sized, A> Called for Held<T, A> {
    type OnStack = Self;
    #[inline(always)]
    fn taken(self) -> Self {
        self
    }
}

impl<T: Copy, A> Called for CalledCopy<T, T, A> {
    type OnStack = Self;
    #[inline(always)]
    fn taken(self) -> Self {
        self
    }
}

impl<'x, X: Copy, A> Called for CalledCopy<&'x X, X, A> {
    type OnStack = Referent<&'x X, X, A>;
    #[inline(always)]
    fn taken(self) -> Self::OnStack {
        Referent::of(self)
    }
}

impl<'x, X: Copy, A> Called for CalledCopy<&'x mut X, X, A> {
    type OnStack = Referent<&'x mut X, X, A>;
    #[inline(always)]
    fn taken(self) -> Self::OnStack {
        Referent::of(self)
    }
}

/// Takes what a call is made on out of its slot.
///
/// # Safety
///
/// The slot is initialised.
#[inline(always)]
pub unsafe fn called<K: Called>(slot: &Slot<K>) -> K::OnStack {
    const { assert!(!core::mem::needs_drop::<K>()) };
    // SAFETY: the caller's; it has no destructor, so that two values do no harm.
    unsafe { slot.at().read() }.taken()
}

macro_rules! keeps {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub trait $name<T: ?Sized> {
            /// What is kept.
            type Kept<A>;
            /// Keeps what is called on.
            ///
            /// # Safety
            ///
            /// The place is live.
            unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> Self::Kept<A>;
        }
    };
}

keeps! {
    /// Refuses a pointer to a pointer to a pointer, as [`CallsPointee`] does. The method is found for the first of these traits
    /// that is in scope and has it.
    CallsDeeper
}
keeps! {
    /// Refuses a pointer to a pointer to something that can be copied, as [`CallsPointee`] does.
    CallsDeep
}
keeps! {
    /// Keeps a copy of what a reference refers to.
    CallsReferent
}
keeps! {
    /// Refuses a pointer to something that can be copied: an argument may change or free that, and the call may copy it before.
    CallsPointee
}
keeps! {
    /// Keeps a copy.
    CallsCopy
}
keeps! {
    /// Keeps a pointer to anything else.
    CallsPlace
}

impl<T: Deref<Target: Deref<Target: Deref>>> CallsDeeper<T> for &&&&&Ty<T> {
    type Kept<A> = Held<T, A>;
    #[inline(always)]
    unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> Held<T, A> {
        const { assert_changed::<A>() };
        access.hold(place)
    }
}

impl<T: Deref<Target: Deref<Target: Copy>>> CallsDeep<T> for &&&&Ty<T> {
    type Kept<A> = Held<T, A>;
    #[inline(always)]
    unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> Held<T, A> {
        const { assert_changed::<A>() };
        access.hold(place)
    }
}

impl<'x, X: Copy> CallsReferent<&'x X> for &&&Ty<&'x X> {
    type Kept<A> = CalledCopy<&'x X, X, A>;
    #[inline(always)]
    unsafe fn keep<A: Access>(&self, place: *mut &'x X, _: &AccessOf<A>) -> Self::Kept<A> {
        // SAFETY: the caller's.
        unsafe { CalledCopy::keep(place, &raw const **place) }
    }
}

impl<'x, X: Copy> CallsReferent<&'x mut X> for &&&Ty<&'x mut X> {
    type Kept<A> = CalledCopy<&'x mut X, X, A>;
    #[inline(always)]
    unsafe fn keep<A: Access>(&self, place: *mut &'x mut X, _: &AccessOf<A>) -> Self::Kept<A> {
        // SAFETY: the caller's.
        unsafe { CalledCopy::keep(place, &raw const **place) }
    }
}

impl<T: Deref<Target: Copy>> CallsPointee<T> for &&Ty<T> {
    type Kept<A> = Held<T, A>;
    #[inline(always)]
    unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> Held<T, A> {
        const { assert_changed::<A>() };
        access.hold(place)
    }
}

impl<T: Copy> CallsCopy<T> for &Ty<T> {
    type Kept<A> = CalledCopy<T, T, A>;
    #[inline(always)]
    unsafe fn keep<A: Access>(&self, place: *mut T, _: &AccessOf<A>) -> Self::Kept<A> {
        // SAFETY: the caller's.
        unsafe { CalledCopy::keep(place, place) }
    }
}

impl<T: ?Sized> CallsPlace<T> for Ty<T> {
    type Kept<A> = Held<T, A>;
    #[inline(always)]
    unsafe fn keep<A: Access>(&self, place: *mut T, access: &AccessOf<A>) -> Held<T, A> {
        access.hold(place)
    }
}

/// Only what a call changes is where it was: its arguments cannot have changed it.
const fn assert_changed<A: Access>() {
    assert!(A::UNIQUE, "{}", MAY_BE_GONE);
}

const MAY_BE_GONE: &str = "an argument that suspends may change what this points to, which may be copied before: bind the arguments \
                           before, `let value = ..;`";
