//! A local by its name, for the format strings of macros that nobody knows: `say!("{x}")` sees no place in a frame.
//!
//! ```text
//! say!("{x}")     →     { let x = named(&raw const (*x.at())); let shown = (x.shown(),); say!("{x}") }
//! ```

use core::{fmt, marker::PhantomData};

/// A local that can be formatted, and nothing else. It is read when it is formatted, if at all.
pub struct Named<T>(*const T);

// SAFETY: it stands for a `&T`.
unsafe impl<T: Sync> Send for Named<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Named<T> {}

/// The local at this place.
///
/// # Safety
///
/// Where it is formatted, the local could be borrowed, for as long as this exists.
#[inline(always)]
pub const unsafe fn named<T>(local: *const T) -> Named<T> {
    Named(local)
}

/// Says that a [`Named`] is shown until the end of a block, so that it does not move: `move || println!("{x}")` would
/// take the local itself.
pub struct Shown<'n>(PhantomData<&'n ()>);

impl<T> Named<T> {
    /// It stays where it is.
    #[inline(always)]
    #[must_use]
    pub const fn shown(&self) -> Shown<'_> {
        Shown(PhantomData)
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shown").finish()
    }
}

impl Drop for Shown<'_> {
    #[inline(always)]
    fn drop(&mut self) {}
}

/// Formats the local itself.
macro_rules! formats {
    ($($kind:ident),*) => {$(
        impl<T: fmt::$kind> fmt::$kind for Named<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // SAFETY: of `named`.
                fmt::$kind::fmt(unsafe { &*self.0 }, f)
            }
        }
    )*};
}

formats!(
    Binary, Debug, Display, LowerExp, LowerHex, Octal, Pointer, UpperExp, UpperHex
);
