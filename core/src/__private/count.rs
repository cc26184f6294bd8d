//! How many elements a tuple has: whether the last, `(.., x)`, is the one with this number is known by that.
//!
//! The first of the two traits below that has the method decides.

use core::{fmt, marker::PhantomData};

use super::{Borrows, ModeOf, Moves};

/// A number.
#[derive(Debug)]
pub enum Number<const N: usize> {}

/// A tuple.
#[diagnostic::on_unimplemented(
    message = "a pattern with a `..` before what it binds matches a local that is kept across a suspension point, and \
               that has more than twelve elements",
    label = "count them from the first"
)]
pub trait Tuple {
    /// How many elements it has.
    type Count;
}

macro_rules! tuples {
    ($($count:literal ($($name:ident)*))*) => {
        $(impl<$($name),*> Tuple for ($($name,)*) { type Count = Number<$count>; })*
    };
}
tuples! {
    0 ()
    1 (A)
    2 (A B)
    3 (A B C)
    4 (A B C D)
    5 (A B C D E)
    6 (A B C D E F)
    7 (A B C D E F G)
    8 (A B C D E F G H)
    9 (A B C D E F G H I)
    10 (A B C D E F G H I J)
    11 (A B C D E F G H I J K)
    12 (A B C D E F G H I J K L)
}

/// Two numbers, which may be the same.
pub struct Counted<Count, Other>(PhantomData<fn() -> (Count, Other)>);

impl<Count, Other> fmt::Debug for Counted<Count, Other> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counted").finish()
    }
}

/// How many elements a tuple has, and how many it may have.
pub const fn counted<T: Tuple, const N: usize>(_: &T) -> Counted<T::Count, Number<N>> {
    Counted(PhantomData)
}

/// It has as many.
pub trait HasCount {
    /// The answer is yes.
    fn tells(&self, _: ModeOf<Moves>) {}
}

impl<N> HasCount for Counted<N, N> {}

/// It has more or fewer.
pub trait HasOther {
    /// The answer is no.
    fn tells(&self, _: ModeOf<Borrows>) {}
}

impl<Count, Other> HasOther for &Counted<Count, Other> {}
