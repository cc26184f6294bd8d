//! Locals of which parts are moved: what is left drops at the end of their scope.
//!
//! A moved part has a bit in the frame. To drop what is left, the moves are done once more, on a copy of
//! the bytes, whose parts are forgotten: rustc drops the rest of the copy, in its own order.

use core::{
    cell::Cell,
    fmt,
    mem::needs_drop,
    ops::{Deref, DerefMut},
};

use super::{Saved, Slot, Tracked};

/// Which parts of a local have been moved, one bit each.
pub type Moved = u8;

/// [`Tracked`] for a local that may have lost parts.
pub struct Parted<'s, T, D: Fn(T, Moved)> {
    guard: Tracked<'s, T>,
    moved: *mut Moved,
    drop_rest: D,
}

impl<'s, T, D: Fn(T, Moved)> Parted<'s, T, D> {
    /// The guard of a local that comes to be here, or came to be in an earlier entry.
    ///
    /// # Safety
    ///
    /// As for [`Tracked::new`]; `moved` is in the frame, and `drop_rest` forgets the parts whose bits are
    /// set in it.
    #[inline(always)]
    pub unsafe fn new(
        slot: &'s Slot<T>,
        live: *mut bool,
        moved: *mut Moved,
        travels: bool,
        suspending: &'s Cell<bool>,
        drop_rest: D,
    ) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let guard = Tracked::new(slot, live, travels, suspending);
            Parted::of(guard, moved, !travels, drop_rest)
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
        moved: *mut Moved,
        started: bool,
        suspending: &'s Cell<bool>,
        drop_rest: D,
    ) -> Self {
        // SAFETY: the caller's.
        unsafe {
            let guard = Tracked::bound(slot, live, started, suspending);
            Parted::of(guard, moved, started, drop_rest)
        }
    }

    /// A fresh local has all its parts.
    ///
    /// # Safety
    ///
    /// `moved` is in the frame.
    #[inline(always)]
    unsafe fn of(guard: Tracked<'s, T>, moved: *mut Moved, fresh: bool, drop_rest: D) -> Self {
        if fresh {
            // SAFETY: the caller's.
            unsafe { moved.write(0) };
        }
        Parted {
            guard,
            moved,
            drop_rest,
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

impl<T, D: Fn(T, Moved)> Drop for Parted<'_, T, D> {
    #[inline(always)]
    fn drop(&mut self) {
        if needs_drop::<T>() {
            // SAFETY: the bits are in the frame. If some are set, the guard gives the value up; of the copy
            // that is read, `drop_rest` forgets what has been moved.
            unsafe {
                let moved = self.moved.read();
                if moved != 0 && self.guard.owns() {
                    (self.drop_rest)(self.guard.take(), moved);
                }
            }
        }
    }
}

impl<T, D: Fn(T, Moved)> fmt::Debug for Parted<'_, T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parted").finish_non_exhaustive()
    }
}

impl<'s, T, D: Fn(T, Moved)> Deref for Parted<'s, T, D> {
    type Target = Saved<'s, T>;
    #[inline(always)]
    fn deref(&self) -> &Saved<'s, T> {
        &self.guard
    }
}

impl<T, D: Fn(T, Moved)> DerefMut for Parted<'_, T, D> {
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

impl<T, D: Fn(T, Moved)> Guard for Parted<'_, T, D> {
    type Local = T;
    #[inline(always)]
    unsafe fn put_value(&mut self, value: T) -> *mut T {
        // SAFETY: the caller's; the bits are in the frame.
        unsafe {
            self.moved.write(0);
            self.put(value)
        }
    }
    #[inline(always)]
    unsafe fn set_value(&mut self, value: T) {
        // SAFETY: as above. What is left of the old value is dropped first, if parts of it are gone.
        unsafe {
            let moved = self.moved.replace(0);
            if needs_drop::<T>() && moved != 0 && self.guard.owns() {
                let old = self.guard.take();
                let refill = super::frame::Refill::new(&mut self.guard, value);
                (self.drop_rest)(old, moved);
                drop(refill);
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
pub unsafe fn part<W, T>(_: &Slot<W>, part: *const T, moved: *mut Moved, bit: Moved) -> T {
    // SAFETY: the caller's. A field of a packed struct need not be aligned.
    unsafe {
        // A part that need not be dropped need not be forgotten.
        if needs_drop::<W>() && needs_drop::<T>() {
            *moved |= bit;
        }
        part.read_unaligned()
    }
}

/// Assigns to a part, which has been moved if one of these bits is set, and is to be dropped if not.
///
/// # Safety
///
/// `part` is a part of a local. The bits are where the pointer says, if there are any.
#[inline(always)]
pub unsafe fn refill<T>(part: *mut T, (moved, bits): (*mut Moved, Moved), value: T) {
    // SAFETY: the caller's.
    unsafe {
        if bits != 0 && *moved & bits != 0 {
            *moved &= !bits;
            part.write_unaligned(value);
        } else if needs_drop::<T>() {
            *part = value;
        } else {
            // A field of a packed struct need not be aligned.
            part.write_unaligned(value);
        }
    }
}

/// What a call on a part of a saved local starts with, as [`super::receive`] for a whole one.
///
/// # Safety
///
/// As for [`part`].
#[inline(always)]
pub unsafe fn receive_part<W, T, U, C, M: super::Mode>(
    whole: &Slot<W>,
    place: *const T,
    moved: *mut Moved,
    bit: Moved,
    _: &super::ModeOf<M>,
) -> (super::Ty<T>, super::Ty<U>, super::Probe<C>, Option<T>)
where
    super::Probe<C>: super::Pick<M>,
{
    let local = if M::MOVES {
        // SAFETY: the caller's.
        Some(unsafe { part(whole, place, moved, bit) })
    } else {
        None
    };
    (
        super::Ty::new(),
        super::Ty::new(),
        super::Probe::new(),
        local,
    )
}
