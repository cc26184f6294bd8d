use core::pin::Pin;

use crate::{Generator, GeneratorState};

/// A generator that may be resumed after its end.
///
/// It yields what the generator inside yields. Where that completes with `value`, this completes with
/// `Some(value)`; each time it is resumed after that, it completes with `None` and drops its argument.
///
/// The generator inside is dropped as soon as it completes, before its value is returned.
///
/// A panic of the generator inside passes through. It has not completed then, so resuming the `Fuse`
/// again resumes it again, and a generator of [`#[generator]`](macro@crate::generator) panics again.
///
/// Made by [`Generator::fuse`].
///
/// # Examples
///
/// ```
/// use std::pin::{Pin, pin};
///
/// use handcrank::{Generator, GeneratorState};
///
/// /// Yields once.
/// struct Once(Option<char>);
///
/// impl Generator for Once {
///     type Yield = char;
///     type Return = &'static str;
///
///     fn resume(mut self: Pin<&mut Self>, (): ()) -> GeneratorState<char, &'static str> {
///         match self.0.take() {
///             Some(value) => GeneratorState::Yielded(value),
///             None => GeneratorState::Complete("end"),
///         }
///     }
/// }
///
/// let mut fused = pin!(Once(Some('x')).fuse());
/// assert_eq!(fused.as_mut().resume(()), GeneratorState::Yielded('x'));
/// assert_eq!(fused.as_mut().resume(()), GeneratorState::Complete(Some("end")));
/// assert_eq!(fused.as_mut().resume(()), GeneratorState::Complete(None));
/// assert_eq!(fused.as_mut().resume(()), GeneratorState::Complete(None));
/// ```
// `generator` is pinned whenever the `Fuse` is, which this file alone has to keep up: `Fuse` has no
// `Drop` that could move it, is `Unpin` only where `G` is (by the auto trait, never written out), and
// no method moves `generator` out or hands out a `&mut` to it.
#[derive(Clone, Debug)]
#[must_use = "generators are lazy and do nothing unless resumed"]
pub struct Fuse<G> {
    /// `None` once it has completed.
    generator: Option<G>,
}

impl<G> Fuse<G> {
    #[inline]
    pub(crate) fn new(generator: G) -> Self {
        Self {
            generator: Some(generator),
        }
    }

    #[inline]
    fn generator(self: Pin<&mut Self>) -> Pin<&mut Option<G>> {
        // SAFETY: the closure returns a field of what it is given, and that field is pinned whenever
        // the `Fuse` is, as the comment on `Fuse` shows.
        unsafe { self.map_unchecked_mut(|fuse| &mut fuse.generator) }
    }
}

impl<G, R> Generator<R> for Fuse<G>
where
    G: Generator<R>,
{
    type Yield = G::Yield;
    type Return = Option<G::Return>;

    #[inline]
    fn resume(self: Pin<&mut Self>, arg: R) -> GeneratorState<Self::Yield, Self::Return> {
        let mut generator = self.generator();
        let Some(running) = generator.as_mut().as_pin_mut() else {
            return GeneratorState::Complete(None);
        };
        match running.resume(arg) {
            GeneratorState::Yielded(value) => GeneratorState::Yielded(value),
            GeneratorState::Complete(value) => {
                generator.set(None);
                GeneratorState::Complete(Some(value))
            }
        }
    }
}
