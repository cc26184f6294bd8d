use core::iter::FusedIterator;
use core::pin::Pin;

use crate::{Generator, GeneratorState};

/// An iterator over the values that a pinned generator yields.
///
/// `P` is any generator that can be moved: `Pin<&mut G>` or `Pin<Box<G>>` where `G` is pinned, and
/// `G`, `&mut G` or `Box<G>` where `G` is [`Unpin`].
///
/// The iterator is fused: when the generator has completed, it returns `None` for ever and does not
/// resume the generator again. It keeps the generator until it is dropped itself, or
/// [`into_inner`](Self::into_inner) gives it back.
///
/// A panic of the generator passes through. It has not completed then, so the next call of `next`
/// resumes it again, and a generator of [`#[generator]`](macro@crate::generator) panics again.
///
/// # The return value is `()`
///
/// An iterator has no place for a return value, and a `Result` that vanishes at the end of a `for`
/// loop would be an error unseen. So `Iter` takes generators with `Return = ()` only. Where the value
/// matters, call [`resume`](Generator::resume) in a loop, as the example of [`GeneratorState`] does.
///
/// # Examples
///
/// ```
/// use std::pin::{Pin, pin};
///
/// use handcrank::{Generator, GeneratorState, Iter};
///
/// /// Yields the divisors of a number.
/// struct Divisors {
///     of: u32,
///     last: u32,
/// }
///
/// impl Generator for Divisors {
///     type Yield = u32;
///     type Return = ();
///
///     fn resume(mut self: Pin<&mut Self>, (): ()) -> GeneratorState<u32, ()> {
///         while self.last < self.of {
///             self.last += 1;
///             if self.of % self.last == 0 {
///                 return GeneratorState::Yielded(self.last);
///             }
///         }
///         GeneratorState::Complete(())
///     }
/// }
///
/// let divisors = pin!(Divisors { of: 28, last: 0 });
/// assert_eq!(Iter::new(divisors).collect::<Vec<_>>(), [1, 2, 4, 7, 14, 28]);
/// ```
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Iter<P> {
    generator: P,
    /// Whether `generator` has completed, and must not be resumed.
    complete: bool,
}

impl<P> Iter<P> {
    /// An iterator over what `generator` yields from now on.
    ///
    /// The generator may have been resumed before, but must not have completed: the first `next` would
    /// resume it.
    ///
    /// In the head of a `for` loop, [`pin!`](core::pin::pin) can stand in the call. An iterator with a
    /// name needs a generator with a name, `let generator = pin!(..);`, as it borrows it.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::pin::{Pin, pin};
    ///
    /// use handcrank::{Generator, GeneratorState, Iter};
    /// #
    /// # struct Letters(std::ops::RangeInclusive<char>);
    /// #
    /// # impl Generator for Letters {
    /// #     type Yield = char;
    /// #     type Return = ();
    /// #
    /// #     fn resume(mut self: Pin<&mut Self>, (): ()) -> GeneratorState<char, ()> {
    /// #         self.0.next().map_or(GeneratorState::Complete(()), GeneratorState::Yielded)
    /// #     }
    /// # }
    ///
    /// fn letters() -> impl Generator<Yield = char, Return = ()> {
    ///     // ...
    /// #   Letters('a'..='e')
    /// }
    ///
    /// // Pinned to the stack,
    /// for letter in Iter::new(pin!(letters())) {
    ///     print!("{letter}");
    /// }
    /// // or to the heap, where the iterator can be returned and stored.
    /// let boxed: Iter<Pin<Box<_>>> = Iter::new(Box::pin(letters()));
    /// assert_eq!(boxed.collect::<String>(), "abcde");
    /// ```
    #[inline]
    pub fn new(generator: P) -> Self
    where
        P: Generator<Return = ()> + Unpin,
    {
        Self {
            generator,
            complete: false,
        }
    }

    /// Gives the generator back, as far as it has come.
    ///
    /// It has completed if [`next`](Iterator::next) has returned `None`, and must not be resumed then.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::pin::{Pin, pin};
    ///
    /// use handcrank::{Generator, GeneratorState, Iter};
    /// #
    /// # struct Letters(std::ops::RangeInclusive<char>);
    /// #
    /// # impl Generator for Letters {
    /// #     type Yield = char;
    /// #     type Return = ();
    /// #
    /// #     fn resume(mut self: Pin<&mut Self>, (): ()) -> GeneratorState<char, ()> {
    /// #         self.0.next().map_or(GeneratorState::Complete(()), GeneratorState::Yielded)
    /// #     }
    /// # }
    ///
    /// fn letters() -> impl Generator<Yield = char, Return = ()> {
    ///     // ...
    /// #   Letters('a'..='e')
    /// }
    ///
    /// let letters = pin!(letters());
    /// let mut iter = Iter::new(letters);
    /// assert_eq!(iter.by_ref().take(2).collect::<String>(), "ab");
    ///
    /// let mut letters = iter.into_inner();
    /// assert_eq!(letters.as_mut().resume(()), GeneratorState::Yielded('c'));
    /// ```
    #[inline]
    pub fn into_inner(self) -> P {
        self.generator
    }
}

impl<P> Iterator for Iter<P>
where
    P: Generator<Return = ()> + Unpin,
{
    type Item = P::Yield;

    #[inline]
    fn next(&mut self) -> Option<P::Yield> {
        if self.complete {
            return None;
        }
        match Pin::new(&mut self.generator).resume(()) {
            GeneratorState::Yielded(value) => Some(value),
            GeneratorState::Complete(()) => {
                self.complete = true;
                None
            }
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.complete.then_some(0))
    }
}

impl<P> FusedIterator for Iter<P> where P: Generator<Return = ()> + Unpin {}
