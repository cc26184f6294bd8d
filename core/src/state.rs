/// How [`Generator::resume`](crate::Generator::resume) came back: with a value on the way, or at the
/// end.
///
/// # Examples
///
/// A generator is run to its end by a loop, which gets both kinds of values:
///
/// ```
/// use std::pin::{Pin, pin};
///
/// use handcrank::{Generator, GeneratorState};
///
/// fn collect<G: Generator>(generator: G) -> (Vec<G::Yield>, G::Return) {
///     let mut generator = pin!(generator);
///     let mut yielded = Vec::new();
///     loop {
///         match generator.as_mut().resume(()) {
///             GeneratorState::Yielded(value) => yielded.push(value),
///             GeneratorState::Complete(value) => return (yielded, value),
///         }
///     }
/// }
/// #
/// # struct Countdown(u32);
/// #
/// # impl Generator for Countdown {
/// #     type Yield = u32;
/// #     type Return = &'static str;
/// #
/// #     fn resume(mut self: Pin<&mut Self>, (): ()) -> GeneratorState<u32, &'static str> {
/// #         match self.0 {
/// #             0 => GeneratorState::Complete("lift-off"),
/// #             left => {
/// #                 self.0 -= 1;
/// #                 GeneratorState::Yielded(left)
/// #             }
/// #         }
/// #     }
/// # }
///
/// assert_eq!(collect(Countdown(3)), (vec![3, 2, 1], "lift-off"));
/// ```
#[derive(Clone, Copy, PartialEq, PartialOrd, Eq, Ord, Debug, Hash)]
#[must_use = "this may be `Complete`, after which the generator must not be resumed"]
pub enum GeneratorState<Y, R> {
    /// The generator stopped at a `yield_!` with this value, and can be resumed.
    Yielded(Y),

    /// The generator came to its end with this value, and must not be resumed again.
    Complete(R),
}
