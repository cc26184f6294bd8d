//! What is matched on by patterns of which each takes all that is there. The first of the two traits that has the method for
//! the type decides, as in `keep.rs`.

use core::{fmt, marker::PhantomData};

use super::Ty;

/// Nothing is left: the type is one of std's, of which the patterns name the variants, and has no destructor of its own.
#[derive(Debug)]
pub enum Nothing {}

/// Something may be left of another type, with variants of the same names.
pub struct Rest<T>(PhantomData<fn() -> T>);

impl<T> fmt::Debug for Rest<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rest").finish()
    }
}

/// [`Nothing`] or a [`Rest`].
pub trait Remains {
    /// Refuses what would have to be dropped later.
    const CHECKED: ();
}

impl Remains for Nothing {
    const CHECKED: () = ();
}

impl<T> Remains for Rest<T> {
    const CHECKED: () = assert!(
        !core::mem::needs_drop::<T>(),
        "variants are named here as those of `Option` or `Result` are, and are of another type: write whose they are, \
         `Type::Some(..)`"
    );
}

/// What is left of a local, inferred from what comes later.
pub struct Emptied<R>(PhantomData<fn() -> R>);

impl<R: Remains> Emptied<R> {
    /// One that is inferred.
    #[inline(always)]
    #[must_use]
    pub const fn new() -> Self {
        Emptied(PhantomData)
    }
    /// The local is matched on.
    #[inline(always)]
    pub const fn check(&self) {
        const { R::CHECKED }
    }
}

impl<R> fmt::Debug for Emptied<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emptied").finish()
    }
}

/// One of those types of std's. Called on `&ty`, this is looked at first.
pub trait Empties {
    /// Nothing is left.
    fn tells_emptied(&self, _: &Emptied<Nothing>) {}
}

impl<T> Empties for Ty<Option<T>> {}
impl<T, E> Empties for Ty<Result<T, E>> {}

/// Any other type. This is looked at next.
pub trait MayRemain<T> {
    /// Something may be left.
    fn tells_emptied(&self, _: &Emptied<Rest<T>>) {}
}

impl<T> MayRemain<T> for &Ty<T> {}
