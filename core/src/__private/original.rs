//! What stands for suspension points in the original, the function as written, which never runs.

use core::{fmt, future::Future, marker::PhantomData, mem::ManuallyDrop, pin::Pin};

use crate::Generator;

/// A machine's three types, invariant, so that the original and the body are held to the same ones,
/// lifetimes included.
pub struct Shape<R, Y, O>(PhantomData<fn(R, Y, O) -> (R, Y, O)>);

impl<R, Y, O> Shape<R, Y, O> {
    /// The three types.
    #[inline(always)]
    #[must_use]
    pub const fn new() -> Self {
        Shape(PhantomData)
    }

    /// Stands for `yield_!`. A method, as the others, so that a wrong use of what it evaluates to is no
    /// error about the shape.
    pub fn yield_value(&self, _: Yielding<Y>) -> R {
        unreachable!("the original never runs")
    }

    /// Stands for `yield_!` in a stream, where it evaluates to `()`.
    pub fn yield_item(&self, _: Yielding<Y>) {
        unreachable!("the original never runs")
    }

    /// Stands for `yield_from!`.
    pub fn yield_from<O2, M: Generator<R, Yield = Y, Return = O2>>(&self, _: M, _: Given<R>) -> O2 {
        unreachable!("the original never runs")
    }

    /// Stands for `yield_from!` in a stream.
    pub fn yield_items<P: super::Pours<Item = Y>>(&self, _: P) {
        unreachable!("the original never runs")
    }

    /// The same for an original that yields values of another type: one that the body makes, so that each copy of the body
    /// has its own.
    #[must_use]
    pub const fn yielding_apart<Y2>(&self) -> Shape<R, Y2, O> {
        Shape(PhantomData)
    }

    /// The same of what is returned.
    #[must_use]
    pub const fn returning_apart<O2>(&self) -> Shape<R, Y, O2> {
        Shape(PhantomData)
    }

    /// Stands for the caller who passes a `#[resume]` parameter.
    pub fn argument(&self) -> R {
        unreachable!("the original never runs")
    }

    /// As [`original`](Self::original), of a machine made of locals that are listed. Of what is to be a function
    /// pointer, rustc says where it would capture another local, and shows this name.
    #[inline(always)]
    pub fn uses_listed_locals_only<C>(&self, _: C, _: fn(Self, C) -> O) {}

    /// Ties a closure's return type to this machine's.
    #[inline(always)]
    pub fn original<F: FnOnce() -> O>(&self, original: F) -> F {
        original
    }
}

impl<R, Y, O> Clone for Shape<R, Y, O> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<R, Y, O> Copy for Shape<R, Y, O> {}

impl<R, Y, O> fmt::Debug for Shape<R, Y, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shape").finish()
    }
}

/// The operand of a `yield_!`. A literal of this struct gives its `value` the type that the signature
/// says, and rustc's plainest message where that does not fit.
#[derive(Debug)]
pub struct Yielding<Y> {
    /// What is yielded.
    pub value: Y,
}

/// What a body returns, likewise.
#[derive(Debug)]
pub struct Returning<O> {
    /// What is returned.
    pub value: O,
}

/// `!`, where Rust would not let it be written.
pub type Diverges = <fn() -> ! as Returns>::Type;

/// A function's return type.
pub trait Returns {
    /// The type.
    type Type;
}

impl<T> Returns for fn() -> T {
    type Type = T;
}

/// The first argument of a `yield_from!`, likewise.
#[derive(Debug)]
pub struct Given<R> {
    /// The argument.
    pub argument: R,
}

/// An operand of `&` that the body keeps in the frame, where rustc would make a constant of it: in the original
/// it is a temporary, too, so that a reference to it does not outlive the machine.
pub fn unpromoted<T>(value: T) -> T {
    value
}

/// Stands for `.await`.
pub fn original_await<O, F: Future<Output = O>>(_: F) -> O {
    unreachable!("the original never runs")
}

/// What a rejected function returns, so that its error is the only one.
pub struct Stub<R, Y, O>(PhantomData<fn(R) -> (Y, O)>);

impl<R, Y, O> Stub<R, Y, O> {
    /// Is never called. Does not compile either: for should rustc not have said what is wrong with the function.
    pub fn new() -> Self {
        const {
            panic!("`#[generator]` cannot read a function that rustc can");
        }
    }
}

impl<R, Y, O> fmt::Debug for Stub<R, Y, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stub").finish()
    }
}

impl<R, Y, O> crate::Generator<R> for Stub<R, Y, O> {
    type Yield = Y;
    type Return = O;
    fn resume(self: Pin<&mut Self>, _: R) -> crate::GeneratorState<Y, O> {
        unreachable!("a rejected function does not compile")
    }
}

impl<R, Y, O> Iterator for Stub<R, Y, O> {
    type Item = Y;
    fn next(&mut self) -> Option<Y> {
        unreachable!("a rejected function does not compile")
    }
}

impl<R, Y, O> core::iter::FusedIterator for Stub<R, Y, O> {}

impl<R, Y, O> crate::Suspended for Stub<R, Y, O> {
    fn suspended(&self, _: &mut dyn FnMut(crate::SuspensionPoint)) {
        unreachable!("a rejected function does not compile")
    }
}

impl<R, Y, O> core::future::Future for Stub<R, Y, O> {
    type Output = O;
    fn poll(self: Pin<&mut Self>, _: &mut core::task::Context<'_>) -> core::task::Poll<O> {
        unreachable!("a rejected function does not compile")
    }
}

#[cfg(feature = "futures-core")]
impl<R, Y, O> futures_core::Stream for Stub<R, Y, O> {
    type Item = Y;
    fn poll_next(
        self: Pin<&mut Self>,
        _: &mut core::task::Context<'_>,
    ) -> core::task::Poll<Option<Y>> {
        unreachable!("a rejected function does not compile")
    }
}

/// Asserts what `machine!` says of the machine.
#[inline(always)]
pub fn is_send<M: Send>(_: &M) {}

/// Asserts what `machine!` says of the machine.
#[inline(always)]
pub fn is_sync<M: Sync>(_: &M) {}

/// Asserts what `machine!` says of the machine. The lifetime has a bound, and no other is there, so that it can be written.
#[inline(always)]
pub const fn outlives<'a: 'a, M: 'a>(_: *const M) {}

/// A parameter as the body knows it, for which all that the function borrows for is one lifetime.
///
/// # Safety
///
/// The types differ in lifetimes alone, and what is made of the value is used no longer than its own lifetimes allow.
#[inline(always)]
pub const unsafe fn relabelled<T, U>(value: T) -> U {
    const { assert!(size_of::<T>() == size_of::<U>(), "lifetimes change no size") }
    let value = ManuallyDrop::new(value);
    // SAFETY: the caller's: it is the same type, but for lifetimes.
    unsafe { core::mem::transmute_copy(&value) }
}
