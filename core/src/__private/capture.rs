//! What closures capture of saved locals.
//!
//! What a `move` closure captures that uses fields of a local alone: the fields if the local is a struct, all of
//! it if it points to one. The first of the two traits below that has the method decides.
//!
//! Rule: reference, "Closure types", capture precision.

use core::{
    cell::{Ref, RefMut},
    fmt,
    marker::PhantomData,
    ops::Deref,
    pin::Pin,
};

use super::{
    Bits, Borrows, CaptureMode, InPlace, ModeOf, Moves, Pick, PickCapture, Probe, Saved, Slot, Ty,
    Use, part,
};

/// The type of a local.
pub struct Kind<T>(PhantomData<fn() -> T>);

impl<T> fmt::Debug for Kind<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kind").finish()
    }
}

/// The type of the local at this place.
#[inline(always)]
#[must_use]
pub const fn kind<T>(_: *const T) -> Kind<T> {
    Kind(PhantomData)
}

/// A reference as it is when a closure is evaluated: the closure captures what it refers to.
pub struct HeldReference<T> {
    /// The reference.
    pub value: T,
}

impl<T> fmt::Debug for HeldReference<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeldReference").finish_non_exhaustive()
    }
}

impl<T: ?Sized> Kind<&T> {
    /// What a closure holds of a part that it does not take: these are looked at first.
    ///
    /// # Safety
    ///
    /// The reference is live.
    #[inline(always)]
    pub const unsafe fn hold<'t>(&self, place: *const &'t T) -> HeldReference<&'t T> {
        // SAFETY: the caller's; it is `Copy`.
        let value = unsafe { place.read() };
        HeldReference { value }
    }
}

impl<T: ?Sized> Kind<&mut T> {
    /// The same.
    ///
    /// # Safety
    ///
    /// As there, and nobody uses what it refers to while the closure does, as rustc has checked of the original.
    #[inline(always)]
    pub const unsafe fn hold<'t>(&self, place: *const &'t mut T) -> HeldReference<&'t mut T> {
        // SAFETY: the caller's.
        let value = unsafe { place.read() };
        HeldReference { value }
    }
}

/// What a closure holds of any other part: where it is.
pub trait HoldsPlace<T> {
    /// It stays there.
    ///
    /// # Safety
    ///
    /// As for [`super::in_place()`].
    #[inline(always)]
    unsafe fn hold<'s>(&self, place: *const T) -> &'s mut InPlace<T>
    where
        T: 's,
    {
        // SAFETY: the caller's.
        unsafe { super::in_place(place.cast_mut()) }
    }
}

impl<T> HoldsPlace<T> for Kind<T> {}

/// A type of which it is known that fields used of it are those of what it points to.
#[diagnostic::on_unimplemented(
    message = "a `move` closure uses a field of a local that is kept across a suspension point, which may be its \
               own or one that it dereferences to",
    label = "bind it before: `let field = x.field;`"
)]
pub trait Points {}

impl<T: ?Sized> Points for &T {}
impl<T: ?Sized> Points for &mut T {}
impl<P> Points for Pin<P> {}
impl<T: ?Sized> Points for Ref<'_, T> {}
impl<T: ?Sized> Points for RefMut<'_, T> {}
#[cfg(feature = "alloc")]
impl<T: ?Sized> Points for alloc::boxed::Box<T> {}
#[cfg(feature = "alloc")]
impl<T: ?Sized> Points for alloc::rc::Rc<T> {}
#[cfg(feature = "alloc")]
impl<T: ?Sized> Points for alloc::sync::Arc<T> {}
#[cfg(feature = "std")]
impl<T: ?Sized> Points for std::sync::MutexGuard<'_, T> {}
#[cfg(feature = "std")]
impl<T: ?Sized> Points for std::sync::RwLockReadGuard<'_, T> {}
#[cfg(feature = "std")]
impl<T: ?Sized> Points for std::sync::RwLockWriteGuard<'_, T> {}

/// The local is captured.
pub trait CapturesWhole<T> {
    /// No part of it is moved.
    #[inline(always)]
    fn tells(&self, _: ModeOf<Borrows>) {}
    /// The same of a part of what may be captured in part.
    #[inline(always)]
    fn tells_part<M>(&self, _: ModeOf<M>, _: ModeOf<Borrows>) {}
    /// A closure without `move` does not take a part of it alone.
    #[inline(always)]
    fn tells_asked<M: Use>(&self, _: ModeOf<M>) {
        const {
            assert!(
                !M::MOVES,
                "a closure without `move` takes a field of something that is kept across a suspension point and that \
                 dereferences to other things, such as a box: make it a `move` closure"
            );
        }
    }
    /// It is moved if what it is a part of is captured in part.
    #[inline(always)]
    fn tells_whole<M>(&self, _: ModeOf<M>, _: ModeOf<M>) {}
    /// Captures it.
    #[inline(always)]
    fn choose<W, P>(&self, whole: impl FnOnce() -> W, _: impl FnOnce() -> P) -> W
    where
        T: Points,
    {
        whole()
    }
}

impl<T: Deref> CapturesWhole<T> for Kind<T> {}

/// Its fields are captured.
pub trait CapturesPart {
    /// They are moved.
    #[inline(always)]
    fn tells(&self, _: ModeOf<Moves>) {}
    /// They are moved if what they are in is captured in part.
    #[inline(always)]
    fn tells_part<M>(&self, _: ModeOf<M>, _: ModeOf<M>) {}
    /// A closure without `move` may take a part of it alone.
    #[inline(always)]
    fn tells_asked<M: Use>(&self, _: ModeOf<M>) {}
    /// It is not moved as a whole.
    #[inline(always)]
    fn tells_whole<M>(&self, _: ModeOf<M>, _: ModeOf<Borrows>) {}
    /// Captures them.
    #[inline(always)]
    fn choose<W, P>(&self, _: impl FnOnce() -> W, part: impl FnOnce() -> P) -> P {
        part()
    }
}

impl<T> CapturesPart for &Kind<T> {}

/// A value that a closure captures of which a pattern in it binds parts only: all of it, if it needs no destructor.
#[inline(always)]
pub const fn captured_by_pattern<T>(value: T) -> T {
    const {
        assert!(
            !core::mem::needs_drop::<T>(),
            "a closure takes a part, by a pattern, of a local that is kept across a suspension point: bind the part \
             before, or all of it in the closure, `let x = x;`"
        );
    }
    value
}

/// What a closure without `move` captures of a saved local: its value or its place, as the mode says that rustc infers
/// from a copy of the closure, whose type is `C`.
pub struct Captured<'s, T: 's, C, M: CaptureMode> {
    captured: M::Captured<'s, T>,
    probe: PhantomData<fn() -> C>,
}

/// Captures a local, which its guard gives up if it is moved.
///
/// # Safety
///
/// As for [`Saved::take`], if it is moved.
#[inline(always)]
pub unsafe fn capture<'s, T, C, M: CaptureMode>(
    guard: &mut Saved<'_, T>,
    slot: &'s Slot<T>,
) -> Captured<'s, T, C, M>
where
    Probe<C>: PickCapture<M>,
{
    // SAFETY: the caller's.
    Captured::of(unsafe { M::capture(guard, slot) })
}

/// [`capture`], for a closure of which it is asked only whether it moves the local: a copy of it captures others as well.
///
/// # Safety
///
/// As there.
#[inline(always)]
pub unsafe fn capture_either<'s, T, C, M: CaptureMode>(
    guard: &mut Saved<'_, T>,
    slot: &'s Slot<T>,
) -> Captured<'s, T, C, M>
where
    Probe<C>: Pick<M>,
{
    // SAFETY: the caller's.
    Captured::of(unsafe { M::capture(guard, slot) })
}

/// Captures a local by reference, in the way that its closure uses it, beside one that is taken.
#[inline(always)]
#[must_use]
pub fn reach<T, C, M: CaptureMode>(slot: &Slot<T>) -> Captured<'_, T, C, M>
where
    Probe<C>: PickCapture<M>,
{
    Captured::of(M::reach(slot))
}

/// [`capture`], for a closure in the one that captures the local: what that captures is asked.
///
/// # Safety
///
/// As there.
#[inline(always)]
pub unsafe fn capture_to_pass<'s, T, M: CaptureMode>(
    guard: &mut Saved<'_, T>,
    slot: &'s Slot<T>,
) -> Captured<'s, T, (), M> {
    // SAFETY: the caller's.
    Captured::of(unsafe { M::capture(guard, slot) })
}

impl<'s, T, M: CaptureMode> Captured<'s, T, (), M> {
    /// What a closure captures in the place of the one around it, which has been passed this.
    #[inline(always)]
    #[must_use]
    pub fn pass_on<C>(&self) -> Captured<'s, T, C, M>
    where
        Probe<C>: PickCapture<M>,
    {
        Captured::of(M::pass(&self.captured))
    }
    /// The same, for one of which it is asked only whether it moves the local.
    #[inline(always)]
    #[must_use]
    pub fn pass_on_either<C>(&self) -> Captured<'s, T, C, M>
    where
        Probe<C>: Pick<M>,
    {
        Captured::of(M::pass(&self.captured))
    }
}

impl<'s, T, C, M: CaptureMode> Captured<'s, T, C, M> {
    #[inline(always)]
    pub(super) const fn of(captured: M::Captured<'s, T>) -> Self {
        Captured {
            captured,
            probe: PhantomData,
        }
    }
    /// The local's type.
    pub const fn local_type(&self) -> Ty<T> {
        Ty::new()
    }
    /// The probe, for the type of the copy to be told to.
    pub const fn probe(&self) -> Probe<C> {
        Probe::new()
    }
    /// How it is captured.
    #[inline(always)]
    pub const fn mode(&self) -> ModeOf<M> {
        ModeOf::new()
    }
    /// What a closure captures in the place of the one that has captured this, or the call of that, when it is called.
    #[inline(always)]
    #[must_use]
    pub fn pass(&self) -> Self {
        Captured {
            captured: M::pass(&self.captured),
            probe: PhantomData,
        }
    }
    /// The value that has been moved. A closure that moves it is called once, for the original's is `FnOnce`.
    #[inline(always)]
    pub fn take(&self) -> T {
        M::captured(&self.captured)
    }
    /// Where the local is that has not been moved.
    ///
    /// # Safety
    ///
    /// As for [`super::in_place()`].
    #[inline(always)]
    pub unsafe fn in_place(&self) -> &'s mut InPlace<T> {
        // SAFETY: the caller's.
        unsafe { M::in_place(&self.captured) }
    }
}

impl<'s, T, C, M: CaptureMode> Clone for Captured<'s, T, C, M>
where
    M::Captured<'s, T>: Copy,
{
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<'s, T, C, M: CaptureMode> Copy for Captured<'s, T, C, M> where M::Captured<'s, T>: Copy {}

impl<T, C, M: CaptureMode> fmt::Debug for Captured<'_, T, C, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Captured").finish_non_exhaustive()
    }
}

/// What a closure without `move` captures of a part of a saved local, as [`Captured`] is of a whole one: the part, or
/// nothing, for it is a part of the place that the closure captures as well. Also of a variable.
pub struct CapturedPart<T, C, M: CaptureMode> {
    captured: M::CapturedPart<T>,
    probe: PhantomData<fn() -> C>,
}

/// Captures a part of a local, if it is moved.
///
/// # Safety
///
/// As for [`part`], if it is moved.
#[inline(always)]
pub unsafe fn capture_part<W, T, C, B: Bits, M: CaptureMode>(
    whole: &Slot<W>,
    place: *const T,
    moved: *mut B,
    bit: B,
    _: ModeOf<M>,
) -> CapturedPart<T, C, M>
where
    Probe<C>: Pick<M>,
{
    // SAFETY: the caller's.
    CapturedPart::of(|| unsafe { part(whole, place, moved, bit) })
}

impl<T, C, M: CaptureMode> CapturedPart<T, C, M> {
    #[inline(always)]
    pub(super) fn of(take: impl FnOnce() -> T) -> Self {
        CapturedPart {
            captured: M::capture_part(take),
            probe: PhantomData,
        }
    }
    /// The part's type.
    pub const fn local_type(&self) -> Ty<T> {
        Ty::new()
    }
    /// The probe, for the type of the copy to be told to.
    pub const fn probe(&self) -> Probe<C> {
        Probe::new()
    }
    /// How it is captured.
    #[inline(always)]
    pub const fn mode(&self) -> ModeOf<M> {
        ModeOf::new()
    }
    /// The part that has been moved, as [`Captured::take`].
    #[inline(always)]
    pub fn take(&self) -> T {
        M::captured_part(&self.captured)
    }
}

impl<T, C, M: CaptureMode> Clone for CapturedPart<T, C, M>
where
    M::CapturedPart<T>: Copy,
{
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, C, M: CaptureMode> Copy for CapturedPart<T, C, M> where M::CapturedPart<T>: Copy {}

impl<T, C, M: CaptureMode> fmt::Debug for CapturedPart<T, C, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CapturedPart").finish_non_exhaustive()
    }
}
