use core::ops::DerefMut;
use core::pin::Pin;

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

use crate::{Fuse, GeneratorState};

/// A function that stops in the middle to hand out a value, and goes on where it stopped when it is
/// resumed.
///
/// Functions with the attribute [`#[generator]`](macro@crate::generator) return one. It is the
/// stable twin of std's `Coroutine`: the same method, the same types, the same contract.
///
/// A generator is lazy: nothing of it runs before the first [`resume`](Self::resume). Dropping it at
/// any point drops what it holds at that point.
///
/// # The argument `R`
///
/// Each `resume` hands the generator a value of type `R`. The first one starts it, each later one is
/// the value of the `yield_!` at which it stopped. The default is `()`: nothing is handed in.
///
/// It may be a borrow that is different each time: what implements `for<'r> Generator<&'r mut T>` uses each
/// argument during one call of `resume` only.
///
/// # Pinning
///
/// A generator may hold borrows of its own locals, so it must stay where it is once it has started;
/// this is why `resume` takes `Pin<&mut Self>`. Pin it to the stack by [`pin!`](core::pin::pin), or
/// to the heap by `Box::pin`. A generator that is also [`Unpin`] can be moved at any time and needs
/// only [`Pin::new(&mut g)`](Pin::new).
///
/// A pinned generator is itself a generator that can be moved: the trait is implemented for `Pin<P>`,
/// and for `&mut G` and `Box<G>` where `G: Unpin`.
///
/// # Examples
///
/// By hand, a generator is a type that remembers how far it has come:
///
/// ```
/// use std::pin::{Pin, pin};
///
/// use handcrank::{Generator, GeneratorState};
///
/// /// Counts down to zero; the number is gone once zero was reached.
/// struct Countdown(Option<u32>);
///
/// impl Generator for Countdown {
///     type Yield = u32;
///     type Return = &'static str;
///
///     fn resume(mut self: Pin<&mut Self>, (): ()) -> GeneratorState<u32, &'static str> {
///         let left = self.0.expect("countdown resumed after completion");
///         self.0 = left.checked_sub(1);
///         if left == 0 {
///             GeneratorState::Complete("lift-off")
///         } else {
///             GeneratorState::Yielded(left)
///         }
///     }
/// }
///
/// let mut countdown = pin!(Countdown(Some(2)));
/// assert_eq!(countdown.as_mut().resume(()), GeneratorState::Yielded(2));
/// assert_eq!(countdown.as_mut().resume(()), GeneratorState::Yielded(1));
/// assert_eq!(countdown.as_mut().resume(()), GeneratorState::Complete("lift-off"));
/// ```
#[must_use = "generators are lazy and do nothing unless resumed"]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a generator that is resumed with `{R}`",
    label = "not a generator that is resumed with `{R}`"
)]
pub trait Generator<R = ()> {
    /// The type of the values that it hands out on the way.
    type Yield;

    /// The type of the value that it ends with.
    type Return;

    /// Runs the generator until it next yields, or to its end.
    ///
    /// The first call starts it. Each later call goes on at the `yield_!` where it stopped, whose
    /// value is `arg`.
    ///
    /// Returns [`Yielded`](GeneratorState::Yielded) where it stopped and can be resumed, and
    /// [`Complete`](GeneratorState::Complete) where it came to its end. After that it must not be
    /// resumed again.
    ///
    /// # Panics
    ///
    /// A generator made by [`#[generator]`](macro@crate::generator) panics if it is resumed after it
    /// completed. If a panic left it, each later call panics too, with a message of its own. Neither
    /// runs any of its code.
    ///
    /// Other implementations should do the same. Code for any generator cannot rely on it: it can
    /// only avoid resuming one that has completed. [`fuse`](Self::fuse) makes that well-defined.
    ///
    /// # Examples
    ///
    /// The argument of a running total is the next number:
    ///
    /// ```
    /// use std::pin::Pin;
    ///
    /// use handcrank::{Generator, GeneratorState};
    ///
    /// struct Total(u32);
    ///
    /// impl Generator<u32> for Total {
    ///     type Yield = u32;
    ///     type Return = std::convert::Infallible;
    ///
    ///     fn resume(
    ///         mut self: Pin<&mut Self>,
    ///         number: u32,
    ///     ) -> GeneratorState<Self::Yield, Self::Return> {
    ///         self.0 += number;
    ///         GeneratorState::Yielded(self.0)
    ///     }
    /// }
    ///
    /// let mut total = Total(0);
    /// assert_eq!(Pin::new(&mut total).resume(3), GeneratorState::Yielded(3));
    /// assert_eq!(Pin::new(&mut total).resume(4), GeneratorState::Yielded(7));
    /// ```
    fn resume(self: Pin<&mut Self>, arg: R) -> GeneratorState<Self::Yield, Self::Return>;

    /// Makes it well-defined to resume the generator after its end.
    ///
    /// The result completes with `Some(value)` where this generator completes with `value`, and with
    /// `None` each time it is resumed after that. See [`Fuse`].
    ///
    /// # Examples
    ///
    /// ```
    /// use std::pin::Pin;
    ///
    /// use handcrank::{Generator, GeneratorState};
    ///
    /// struct Done;
    ///
    /// impl Generator for Done {
    ///     type Yield = ();
    ///     type Return = &'static str;
    ///
    ///     fn resume(self: Pin<&mut Self>, (): ()) -> GeneratorState<(), &'static str> {
    ///         GeneratorState::Complete("done")
    ///     }
    /// }
    ///
    /// let mut fused = Done.fuse();
    /// assert_eq!(Pin::new(&mut fused).resume(()), GeneratorState::Complete(Some("done")));
    /// assert_eq!(Pin::new(&mut fused).resume(()), GeneratorState::Complete(None));
    /// ```
    #[inline]
    fn fuse(self) -> Fuse<Self>
    where
        Self: Sized,
    {
        Fuse::new(self)
    }
}

impl<P, R> Generator<R> for Pin<P>
where
    P: DerefMut<Target: Generator<R>>,
{
    type Yield = <P::Target as Generator<R>>::Yield;
    type Return = <P::Target as Generator<R>>::Return;

    #[inline]
    fn resume(self: Pin<&mut Self>, arg: R) -> GeneratorState<Self::Yield, Self::Return> {
        self.as_deref_mut().resume(arg)
    }
}

impl<G, R> Generator<R> for &mut G
where
    G: Generator<R> + Unpin + ?Sized,
{
    type Yield = G::Yield;
    type Return = G::Return;

    #[inline]
    fn resume(mut self: Pin<&mut Self>, arg: R) -> GeneratorState<G::Yield, G::Return> {
        Pin::new(&mut **self).resume(arg)
    }
}

#[cfg(feature = "alloc")]
impl<G, R> Generator<R> for Box<G>
where
    G: Generator<R> + Unpin + ?Sized,
{
    type Yield = G::Yield;
    type Return = G::Return;

    #[inline]
    fn resume(mut self: Pin<&mut Self>, arg: R) -> GeneratorState<G::Yield, G::Return> {
        Pin::new(&mut **self).resume(arg)
    }
}
