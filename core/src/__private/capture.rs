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

use super::{Borrows, ModeOf, Moves};

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
    /// Captures them.
    #[inline(always)]
    fn choose<W, P>(&self, _: impl FnOnce() -> W, part: impl FnOnce() -> P) -> P {
        part()
    }
}

impl<T> CapturesPart for &Kind<T> {}

/// The value of a field of which only a part is captured: all of it, if it needs no destructor.
///
/// # Safety
///
/// The field is live.
#[inline(always)]
pub const unsafe fn captured_in_part<T>(field: *const T) -> T {
    const {
        assert!(
            !core::mem::needs_drop::<T>(),
            "a `move` closure uses a part of a field of a local that is kept across a suspension point: bind \
             it before, `let part = x.field.part;`"
        );
    }
    // SAFETY: the caller's; nothing has to be dropped, so that two values do no harm.
    unsafe { field.read() }
}

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
