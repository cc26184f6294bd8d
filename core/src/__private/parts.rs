//! Locals of which parts are moved: what is left drops at the end of their scope.
//!
//! A moved part has a bit in the frame. To drop what is left, the moves are done once more, on a copy of
//! the bytes, whose parts are forgotten: rustc drops the rest of the copy, in its own order.

use core::{
    cell::Cell,
    fmt,
    marker::PhantomData,
    mem::{ManuallyDrop, needs_drop},
    ops::{BitAnd, BitOr, Deref, DerefMut, Not},
};

use super::{Saved, Slot, Tracked};

/// Which parts of a local have been moved, one bit each: an integer that has a bit for each.
pub trait Bits:
    Copy + PartialEq + BitAnd<Output = Self> + BitOr<Output = Self> + Not<Output = Self>
{
    /// No part has been moved.
    const NONE: Self;
}

macro_rules! bits {
    ($($integer:ty)*) => { $(impl Bits for $integer { const NONE: Self = 0; })* };
}
bits!(u8 u16 u32 u64 u128);

/// More bits than the widest integer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<const N: usize>(pub [u128; N]);

impl<const N: usize> Bits for Words<N> {
    const NONE: Self = Words([0; N]);
}

impl<const N: usize> Words<N> {
    /// How many of these bits are set.
    #[must_use]
    pub fn count(self, bits: [u128; N]) -> u32 {
        let Words(words) = self & Words(bits);
        words.iter().map(|word| word.count_ones()).sum()
    }
}

impl<const N: usize> BitAnd for Words<N> {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Words(core::array::from_fn(|word| self.0[word] & other.0[word]))
    }
}

impl<const N: usize> BitOr for Words<N> {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Words(core::array::from_fn(|word| self.0[word] | other.0[word]))
    }
}

impl<const N: usize> Not for Words<N> {
    type Output = Self;
    fn not(self) -> Self {
        Words(self.0.map(|word| !word))
    }
}

/// Where one of the words is.
///
/// # Safety
///
/// They are in the frame.
#[inline(always)]
pub const unsafe fn word<const N: usize>(words: *mut Words<N>, number: usize) -> *mut u128 {
    assert!(number < N);
    // SAFETY: the caller's; the word is one of them.
    unsafe { (&raw mut (*words).0).cast::<u128>().add(number) }
}

/// [`Tracked`] for a local that may have lost parts. What drops the rest of one, a closure of the type `D`
/// that captures nothing but modes, is told later: it can be written only where the local's type is known.
pub struct Parted<'s, T, B: Bits, D: Fn(T, B)> {
    guard: Tracked<'s, T>,
    moved: *mut B,
    drop_rest: PhantomData<D>,
}

impl<'s, T, B: Bits, D: Fn(T, B)> Parted<'s, T, B, D> {
    /// The guard of a local that comes to be here, or came to be in an earlier entry.
    ///
    /// # Safety
    ///
    /// As for [`Tracked::new`]; `moved` is in the frame.
    #[inline(always)]
    pub unsafe fn new(
        slot: &'s Slot<T>,
        live: *mut bool,
        moved: *mut B,
        travels: bool,
        suspending: &'s Cell<bool>,
    ) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let guard = Tracked::new(slot, live, travels, suspending);
            Parted::of(guard, moved, !travels)
        }
    }

    /// The guard of a binding that has just been initialised, or was so in an earlier entry.
    ///
    /// # Safety
    ///
    /// As for [`Tracked::bound`] and [`Parted::new`].
    #[inline(always)]
    pub unsafe fn bound(
        slot: &'s Slot<T>,
        live: *mut bool,
        moved: *mut B,
        started: bool,
        suspending: &'s Cell<bool>,
    ) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let guard = Tracked::bound(slot, live, started, suspending);
            Parted::of(guard, moved, started)
        }
    }

    /// A fresh local has all its parts.
    ///
    /// # Safety
    ///
    /// `moved` is in the frame.
    #[inline(always)]
    unsafe fn of(guard: Tracked<'s, T>, moved: *mut B, fresh: bool) -> Self {
        if fresh {
            // SAFETY: the caller's.
            unsafe { moved.write(B::NONE) };
        }
        Parted {
            guard,
            moved,
            drop_rest: PhantomData,
        }
    }

    /// [`Saved::take`], of a local that is whole.
    ///
    /// # Safety
    ///
    /// As there.
    #[inline(always)]
    pub unsafe fn take(&mut self) -> T {
        // SAFETY: the caller's.
        unsafe { self.guard.take() }
    }
}

/// Drops what is left of a value, of which parts have been moved.
///
/// # Safety
///
/// [`drops_rest`] or [`refills`] was given the closure, at least in code that is type-checked.
#[inline(always)]
unsafe fn drop_rest<T, B, D: Fn(T, B)>(value: T, moved: B) {
    const { assert!(size_of::<D>() == 0) };
    // SAFETY: the closure has no bytes, so any aligned address is its own; it captures nothing but modes, which
    // anybody may make, so it is no matter whether it has been made.
    let drop_rest = unsafe { core::ptr::NonNull::<D>::dangling().as_ref() };
    drop_rest(value, moved);
}

/// The same of the value at a place. A function of its own, as that is which drops whole locals.
///
/// # Safety
///
/// As there; nobody uses the place later.
#[inline(never)]
unsafe fn drop_rest_at<T, B, D: Fn(T, B)>(value: *mut T, moved: B) {
    // SAFETY: the caller's.
    unsafe { drop_rest::<T, B, D>(value.read(), moved) }
}

/// Tells what drops the rest of a local: a closure which forgets the parts whose bits are set, and drops the
/// others. It captures nothing that has bytes. This is for type inference, and does nothing.
#[inline(always)]
pub fn drops_rest<T, B: Bits, D: Fn(T, B)>(_: &Parted<'_, T, B, D>, _: D) {}

impl<T, B: Bits, D: Fn(T, B)> Drop for Parted<'_, T, B, D> {
    #[inline(always)]
    fn drop(&mut self) {
        if needs_drop::<T>() {
            // SAFETY: the bits are in the frame. If some are set, the guard gives the value up; of the copy
            // that is read, `drop_rest` forgets what has been moved.
            unsafe {
                let moved = self.moved.read();
                if moved != B::NONE && self.guard.owns() {
                    self.guard.give_up();
                    drop_rest_at::<T, B, D>(self.guard.slot().at(), moved);
                }
            }
        }
    }
}

impl<T, B: Bits, D: Fn(T, B)> fmt::Debug for Parted<'_, T, B, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parted").finish_non_exhaustive()
    }
}

impl<'s, T, B: Bits, D: Fn(T, B)> Deref for Parted<'s, T, B, D> {
    type Target = Saved<'s, T>;
    #[inline(always)]
    fn deref(&self) -> &Saved<'s, T> {
        &self.guard
    }
}

impl<T, B: Bits, D: Fn(T, B)> DerefMut for Parted<'_, T, B, D> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.guard
    }
}

/// A guard, as the functions below take it.
pub trait Guard {
    /// The local.
    type Local;
    /// Initialises the local.
    ///
    /// # Safety
    ///
    /// As for [`Saved::put`].
    unsafe fn put_value(&mut self, value: Self::Local) -> *mut Self::Local;
    /// Assigns to the local.
    ///
    /// # Safety
    ///
    /// As for [`Saved::set`].
    unsafe fn set_value(&mut self, value: Self::Local);
}

impl<T> Guard for Saved<'_, T> {
    type Local = T;
    #[inline(always)]
    unsafe fn put_value(&mut self, value: T) -> *mut T {
        // SAFETY: the caller's.
        unsafe { self.put(value) }
    }
    #[inline(always)]
    unsafe fn set_value(&mut self, value: T) {
        // SAFETY: the caller's.
        unsafe { self.set(value) }
    }
}

impl<T> Guard for Tracked<'_, T> {
    type Local = T;
    #[inline(always)]
    unsafe fn put_value(&mut self, value: T) -> *mut T {
        // SAFETY: the caller's.
        unsafe { self.put(value) }
    }
    #[inline(always)]
    unsafe fn set_value(&mut self, value: T) {
        // SAFETY: the caller's.
        unsafe { self.set(value) }
    }
}

impl<T, B: Bits, D: Fn(T, B)> Guard for Parted<'_, T, B, D> {
    type Local = T;
    #[inline(always)]
    unsafe fn put_value(&mut self, value: T) -> *mut T {
        // SAFETY: the caller's; the bits are in the frame.
        unsafe {
            self.moved.write(B::NONE);
            self.put(value)
        }
    }
    #[inline(always)]
    unsafe fn set_value(&mut self, value: T) {
        // SAFETY: as above. What is left of the old value is dropped first, if parts of it are gone.
        unsafe {
            let moved = self.moved.replace(B::NONE);
            if needs_drop::<T>() && moved != B::NONE && self.guard.owns() {
                let old = self.guard.take();
                let replace = super::frame::Replace::new(&mut self.guard, value);
                drop_rest::<T, B, D>(old, moved);
                drop(replace);
            } else {
                self.set(value);
            }
        }
    }
}

/// [`Saved::put`]. A function, for a method would lose to one of the same name in a trait of the user's.
///
/// # Safety
///
/// As there.
#[inline(always)]
pub unsafe fn put<G: Guard>(guard: &mut G, value: G::Local) -> *mut G::Local {
    // SAFETY: the caller's.
    unsafe { guard.put_value(value) }
}

/// The same, which gives a reference to the value: what is expected of that says what is expected of the value.
///
/// # Safety
///
/// As for [`put`]; nobody uses it when the local is gone.
#[inline(always)]
pub unsafe fn put_ref<'a, G: Guard<Local = T>, T>(guard: &mut G, value: T) -> &'a T {
    // SAFETY: the caller's.
    unsafe { &*guard.put_value(value) }
}

/// [`put_ref`], of a unique reference.
///
/// # Safety
///
/// As there.
#[inline(always)]
pub unsafe fn put_mut<'a, G: Guard<Local = T>, T>(guard: &mut G, value: T) -> &'a mut T {
    // SAFETY: the caller's.
    unsafe { &mut *guard.put_value(value) }
}

/// A value of the type that is kept, in code that never runs.
pub fn any_local<G: Guard>(_: &G) -> G::Local {
    unreachable!("it never runs")
}

/// [`Saved::set`].
///
/// # Safety
///
/// As there.
#[inline(always)]
pub unsafe fn set<G: Guard>(guard: &mut G, value: G::Local) {
    // SAFETY: the caller's.
    unsafe { guard.set_value(value) }
}

/// Moves a part out of a local, or copies it.
///
/// # Safety
///
/// `part` is a live part of the local in the slot, which has this bit.
#[inline(always)]
pub unsafe fn part<W, T, B: Bits>(_: &Slot<W>, part: *const T, moved: *mut B, bit: B) -> T {
    // SAFETY: the caller's. A field of a packed struct need not be aligned.
    unsafe {
        // A part that need not be dropped need not be forgotten.
        if needs_drop::<W>() && needs_drop::<T>() {
            *moved = *moved | bit;
        }
        part.read_unaligned()
    }
}

/// The value of a binding in a guard: moved out of what is matched on, or copied, or the reference that the
/// pattern makes. Whether it is moved need not be asked: what has a destructor is.
///
/// # Safety
///
/// The binding is of a live local, of which it is, or is among, the part that has this bit; nobody uses the
/// binding after it.
#[inline(always)]
pub unsafe fn bound<T, B: Bits>(binding: *const T, moved: *mut B, bit: B) -> T {
    // SAFETY: the caller's.
    unsafe {
        if needs_drop::<T>() {
            *moved = *moved | bit;
        }
        binding.read()
    }
}

/// [`bound`], by a pattern that leaves nothing with a destructor of what it is matched on if it moves
/// anything.
///
/// # Safety
///
/// As there, of the guard's local.
#[inline(always)]
pub unsafe fn bound_whole<T, L>(binding: *const T, guard: &mut Saved<'_, L>) -> T {
    // SAFETY: the caller's.
    unsafe {
        if needs_drop::<T>() {
            guard.give_up();
        }
        binding.read()
    }
}

/// What an assignment to a part knows of the moves of that part.
pub trait Refills<T> {
    /// Assigns to the part.
    ///
    /// # Safety
    ///
    /// `part` is a part of a local, to which this belongs.
    unsafe fn refill(&self, part: *mut T, value: T);
}

/// A part that is never moved.
#[derive(Debug)]
pub struct NeverMoved;

impl<T> Refills<T> for NeverMoved {
    #[inline(always)]
    unsafe fn refill(&self, part: *mut T, value: T) {
        // SAFETY: the caller's.
        unsafe {
            if needs_drop::<T>() {
                *part = value;
            } else {
                // A field of a packed struct need not be aligned.
                part.write_unaligned(value);
            }
        }
    }
}

/// A part that has been moved, or what it points to, where one of these bits is set. As for [`Parted`], a closure
/// of the type `D` drops what is left of it.
pub struct Refill<B, D> {
    moved: *mut B,
    bits: B,
    drop_rest: PhantomData<D>,
}

impl<B: Bits, D> Refill<B, D> {
    /// The bits, and where they are in the frame.
    #[inline(always)]
    #[must_use]
    pub const fn new(moved: *mut B, bits: B) -> Self {
        Refill {
            moved,
            bits,
            drop_rest: PhantomData,
        }
    }
}

impl<B, D> fmt::Debug for Refill<B, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refill").finish_non_exhaustive()
    }
}

impl<T, B: Bits, D: Fn(T, B)> Refills<T> for Refill<B, D> {
    #[inline(always)]
    unsafe fn refill(&self, part: *mut T, value: T) {
        /// Rust initialises the place even if dropping the old value unwinds.
        struct Write<T>(*mut T, ManuallyDrop<T>);
        impl<T> Drop for Write<T> {
            fn drop(&mut self) {
                // SAFETY: the value is taken once, here; the old one has been given up.
                unsafe { self.0.write_unaligned(ManuallyDrop::take(&mut self.1)) }
            }
        }
        // SAFETY: the bits are in the frame. If some are set, what is left of the part is read, and `drop_rest`
        // forgets of it what has been moved; the place gets its new value in any case.
        unsafe {
            let moved = *self.moved & self.bits;
            if moved == B::NONE {
                return NeverMoved.refill(part, value);
            }
            *self.moved = *self.moved & !self.bits;
            let _write = Write(part, ManuallyDrop::new(value));
            drop_rest::<T, B, D>(part.read_unaligned(), moved);
        }
    }
}

/// Tells what drops the rest of a part: see [`drops_rest`].
#[inline(always)]
pub fn refills<T, B: Bits, D: Fn(T, B)>(_: &Refill<B, D>, _: *const T, _: D) {}

/// Assigns to a part.
///
/// # Safety
///
/// As for [`Refills::refill`].
#[inline(always)]
pub unsafe fn refill<T, R: Refills<T>>(part: *mut T, refills: &R, value: T) {
    // SAFETY: the caller's.
    unsafe { refills.refill(part, value) }
}

/// If a call takes the part of a saved local that it is made on, the part is an operand while the arguments are evaluated.
///
/// # Safety
///
/// As for [`part`], and as for [`Saved::put`].
#[inline(always)]
pub unsafe fn hand_over_part<W, T, B: Bits, M: super::Mode>(
    whole: &Slot<W>,
    place: *const T,
    moved: *mut B,
    bit: B,
    _: super::ModeOf<M>,
    operand: &mut Saved<'_, M::Handed<T>>,
) {
    // SAFETY: the caller's, both times.
    unsafe { operand.put(M::hand(|| part(whole, place, moved, bit))) };
}

/// What such a call starts with when the arguments have been evaluated. `place` is where the part is or was.
///
/// # Safety
///
/// [`hand_over_part`] has been called.
#[inline(always)]
pub unsafe fn receive_handed<T, U, C, M: super::Mode>(
    operand: &mut Saved<'_, M::Handed<T>>,
    _: *const T,
    _: super::ModeOf<M>,
) -> super::probe::Received<T, U, C>
where
    super::Probe<C>: super::Pick<M>,
{
    // SAFETY: the caller's.
    let local = M::handed(unsafe { operand.take() });
    super::probe::inferred(local)
}

/// What a call on a part of a saved local starts with, as [`super::receive`] for a whole one.
///
/// # Safety
///
/// As for [`part`].
#[inline(always)]
pub unsafe fn receive_part<W, T, U, C, B: Bits, M: super::Mode>(
    whole: &Slot<W>,
    place: *const T,
    moved: *mut B,
    bit: B,
    _: super::ModeOf<M>,
) -> super::probe::Received<T, U, C>
where
    super::Probe<C>: super::Pick<M>,
{
    let local = if M::MOVES {
        // SAFETY: the caller's.
        Some(unsafe { part(whole, place, moved, bit) })
    } else {
        None
    };
    super::probe::inferred(local)
}
