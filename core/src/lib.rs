//! Generators for stable Rust that you crank by hand.
//!
//! The attribute [`#[generator]`](macro@generator) turns a function into a state machine, which stops at
//! each [`yield_!`] and goes on where it stopped:
//!
//! ```
//! use handcrank::{generator, yield_};
//!
//! #[generator]
//! fn countdown(from: u32) -> impl Iterator<Item = u32> {
//!     for n in (1..=from).rev() {
//!         yield_!(n);
//!     }
//! }
//!
//! assert_eq!(countdown(3).collect::<Vec<_>>(), [3, 2, 1]);
//! ```
//!
//! What it becomes is said by its return type: an iterator, a future, a stream or a [`Generator`], the
//! general case, which takes an argument each time it is resumed and returns a value at its end.
//!
//! * [`generator`](macro@generator) says what a function may return, and what its body may do.
//! * [`machine!`] makes a machine in place, without a function.
//! * [`yield_!`] suspends, [`yield_from!`] runs another generator to its end.
//! * [`Generator`] is what is resumed, [`GeneratorState`] what comes back.
//! * [`suspended_at`] tells where a machine is suspended, and where what it awaits is.
//! * [`Iter`] makes an iterator of a pinned generator, [`Fuse`] lets one be resumed after its end.
//!
//! # Features
//!
//! The crate is `no_std`, and allocates nothing but the boxes that a return type asks for.
//!
//! * `alloc`: the boxed return types, and [`Generator`] for `Box`.
//! * `std` (default): implies `alloc`.
//! * `futures-core`: `impl Stream` return types; futures implement `FusedFuture`, and streams
//!   `FusedStream`.
//!
//! # Limits
//!
//! Not every body is accepted yet. The README lists what is not, with the way to write it instead.
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod fuse;
mod generator;
mod iter;
mod state;
mod suspended;

#[doc(hidden)]
#[allow(
    clippy::inline_always,
    clippy::must_use_candidate,
    clippy::new_without_default,
    clippy::unused_self,
    clippy::type_complexity,
    reason = "these are the parts of the function that an expansion is, called by it alone"
)]
pub mod __private;

/// Makes a state machine of a function.
///
/// Calling the function runs nothing of it: it returns a machine that holds the arguments. The return type
/// says what kind.
///
/// | return type | what it is |
/// | --- | --- |
/// | `impl Generator<R, Yield = Y, Return = O>` | a [`Generator`], pinned; each of the three is `()` where it is left out |
/// | `impl Generator<..> + Unpin` | the same, movable |
/// | `impl Iterator<Item = Y>` | an iterator, movable; it is a [`FusedIterator`](core::iter::FusedIterator) |
/// | `async fn(..) -> O`, `impl Future<Output = O>` | a future, pinned; `.await` suspends |
/// | `impl Stream<Item = Y>` | a stream, pinned; it yields and awaits (feature `futures-core`) |
/// | `Box<dyn Iterator<Item = Y>>`, `Box<dyn Generator<..> + Unpin>` | the same in a box (feature `alloc`) |
/// | `Pin<Box<dyn Generator<..>>>`, `Pin<Box<dyn Future<..>>>`, `Pin<Box<dyn Stream<..>>>` | the same in a pinned box (feature `alloc`) |
///
/// More bounds, such as `+ Send + 'a`, are kept. Boxed machines may call themselves. A box of an `impl ..` is
/// possible, too, and `FusedIterator`, `FusedFuture` and `FusedStream` may be said instead of the plain trait.
///
/// The names are read as they are written: a type alias, or a trait under another name, is not recognised.
///
/// # Pinned and movable
///
/// A pinned machine may hold borrows of its own locals while it is suspended, as an `async fn` may. One
/// that is movable may not: rustc reports E0506 at the suspension point that such a borrow crosses. A
/// `Box<dyn Iterator>` counts as pinned, as it is its box that moves.
///
/// ```
/// use std::pin::pin;
///
/// use handcrank::{Generator, Iter, generator, yield_};
///
/// #[generator]
/// fn lines(text: String) -> impl Generator<Yield = String> {
///     for line in text.lines() {
///         yield_!(line.to_uppercase());
///     }
/// }
///
/// let lines = pin!(lines("a\nb".to_owned()));
/// assert_eq!(Iter::new(lines).collect::<Vec<_>>(), ["A", "B"]);
/// ```
///
/// ```compile_fail,E0506
/// use handcrank::{generator, yield_};
///
/// #[generator]
/// fn lines(text: String) -> impl Iterator<Item = String> {
///     for line in text.lines() {
///         yield_!(line.to_uppercase());
///     }
/// }
/// ```
///
/// # The first argument
///
/// Each argument of [`resume`](Generator::resume) is the value of the `yield_!` at which the machine
/// stopped. The first one starts it, and goes to the parameter marked `#[resume]`, which the function's
/// caller does not pass. Where `R` is not `()` one parameter has to be marked; `#[resume] _: R` ignores
/// the value.
///
/// ```
/// use std::pin::pin;
///
/// use handcrank::{Generator, GeneratorState, generator, yield_};
///
/// #[generator]
/// fn running_total(
///     #[resume] first: u32,
///     limit: u32,
/// ) -> impl Generator<u32, Yield = u32, Return = &'static str> {
///     let mut total = first;
///     while total < limit {
///         total += yield_!(total);
///     }
///     "full"
/// }
///
/// let mut total = pin!(running_total(10));
/// assert_eq!(total.as_mut().resume(3), GeneratorState::Yielded(3));
/// assert_eq!(total.as_mut().resume(4), GeneratorState::Yielded(7));
/// assert_eq!(total.as_mut().resume(5), GeneratorState::Complete("full"));
/// ```
///
/// # Borrowed arguments
///
/// Where a lifetime of `R` is elided, `impl Generator<&mut T>`, the machine implements
/// `for<'r> Generator<&'r mut T>`: each argument is lent to it until the next suspension point. Keeping one, or
/// what is borrowed from it, is E0506 at that suspension point.
///
/// ```
/// use std::pin::Pin;
///
/// use handcrank::{Generator, GeneratorState, generator, yield_, yield_from};
///
/// #[generator]
/// fn word(
///     #[resume] out: &mut String,
///     word: &str,
/// ) -> impl Generator<&mut String, Yield = usize, Return = usize> + Unpin {
///     out.push_str(word);
///     yield_!(word.len());
///     word.len()
/// }
///
/// #[generator]
/// fn words(#[resume] out: &mut String) -> impl Generator<&mut String, Yield = usize> + Unpin {
///     let first = yield_from!(word("crank"), out);
///     let out = yield_!(first);
///     yield_from!(word("handle"), out);
/// }
///
/// let mut words = words();
/// for expected in ["crank", "", "handle"] {
///     let mut out = String::new();
///     let state = Pin::new(&mut words).resume(&mut out);
///     assert!(matches!(state, GeneratorState::Yielded(5 | 6)));
///     assert_eq!(out, expected);
/// }
/// ```
///
/// ```compile_fail,E0506
/// use handcrank::{Generator, generator, yield_};
///
/// #[generator]
/// fn longest(#[resume] mut longest: &str) -> impl Generator<&str, Yield = usize> {
///     loop {
///         let next = yield_!(longest.len());
///         if next.len() > longest.len() {
///             longest = next;
///         }
///     }
/// }
/// ```
///
/// # Futures
///
/// In an `async fn`, and in a function that returns `impl Future` or `impl Stream`, `.await` suspends.
///
/// ```
/// use std::pin::pin;
/// use std::task::{Context, Poll, Waker};
///
/// use handcrank::generator;
///
/// #[generator]
/// async fn add(a: impl Future<Output = u32>, b: u32) -> u32 {
///     a.await + b
/// }
///
/// let mut context = Context::from_waker(Waker::noop());
/// let mut five = pin!(add(std::future::ready(2), 3));
/// assert_eq!(five.as_mut().poll(&mut context), Poll::Ready(5));
/// ```
///
/// A parameter `#[resume] cx: &mut Context<'_>` is bound to the context of the first poll. `yield_!()` then is
/// [`Poll::Pending`](core::task::Poll::Pending), and evaluates to the context of the next poll. In a stream, where
/// there are items too, `yield_!` takes what the poll returns: `Poll::Pending` or `Poll::Ready(item)`. A context
/// cannot be kept across an `.await` either.
///
/// ```
/// use std::pin::{Pin, pin};
/// use std::task::{Context, Poll, Waker};
///
/// use handcrank::{generator, yield_};
///
/// /// The output of whichever is ready first.
/// #[generator]
/// async fn race<O>(
///     #[resume] mut cx: &mut Context<'_>,
///     mut a: impl Future<Output = O> + Unpin,
///     mut b: impl Future<Output = O> + Unpin,
/// ) -> O {
///     loop {
///         if let Poll::Ready(output) = Pin::new(&mut a).poll(cx) {
///             return output;
///         }
///         if let Poll::Ready(output) = Pin::new(&mut b).poll(cx) {
///             return output;
///         }
///         cx = yield_!();
///     }
/// }
///
/// let mut context = Context::from_waker(Waker::noop());
/// let mut race = pin!(race(std::future::pending(), std::future::ready(1)));
/// assert_eq!(race.as_mut().poll(&mut context), Poll::Ready(1));
/// ```
///
/// # Traits and `impl` blocks
///
/// On an `impl` or a trait, the attribute makes generators of each `async fn` in it, and of each function in it that has
/// the attribute itself. It is then shown what is around them: the signatures are as they are written, so a
/// trait may be anybody's, and so may an implementation.
///
/// ```
/// use handcrank::{generator, yield_};
///
/// trait Shelf {
///     fn starting_with(&self, prefix: &str) -> impl Iterator<Item = &str>;
///     fn longest(&self, of: &str) -> impl Future<Output = usize> + Send;
/// }
///
/// #[generator]
/// impl Shelf for Vec<String> {
///     #[generator]
///     fn starting_with(&self, prefix: &str) -> impl Iterator<Item = &str> {
///         for title in self {
///             if title.starts_with(prefix) {
///                 yield_!(title);
///             }
///         }
///     }
///
///     async fn longest(&self, of: &str) -> usize {
///         std::future::ready(()).await;
///         self.starting_with(of).map(str::len).max().unwrap_or(0)
///     }
/// }
///
/// let shelf = vec!["Emma".to_owned(), "Ulysses".to_owned()];
/// assert_eq!(shelf.starting_with("U").collect::<Vec<_>>(), ["Ulysses"]);
/// ```
///
/// On a function alone, the attribute adds to the signature a lifetime which all outlive, if the function has a type
/// parameter or takes `self` by value: a local that borrows from what has a type parameter in it may have no other
/// lifetime. A function of a trait then needs the attribute where it is declared, too. In a trait and its `impl` that have
/// the attribute, there is no such lifetime, and no such local.
///
/// # Where it is suspended
///
/// What a function with a body returns as `impl Trait` gets the bound [`Suspended`] besides, so that [`suspended_at`] can
/// be asked where it waits. What a trait declares does not get it, but for a function with a default body: whoever
/// implements that by hand has to implement `Suspended`, too.
///
/// # Drops
///
/// Every local is dropped once, at the end of its scope, in the order in which a plain function drops it.
/// Dropping a suspended machine drops what is alive there, in that order. A machine that was never started
/// drops its parameters in the order of their declaration.
///
/// # Panics
///
/// A panic of the body passes through to whoever resumed it, and drops the locals on its way. After it, and
/// after the end, nothing of the body runs again:
///
/// | | resumed after its end | resumed after a panic |
/// | --- | --- | --- |
/// | generator | panics | panics |
/// | iterator, stream | returns `None` | panics |
/// | future | panics | panics |
///
/// # Errors
///
/// rustc checks the body as it is written, and reports what is wrong with it there. What is not supported yet
/// is an error as well; the README lists it.
#[doc(inline)]
pub use handcrank_macros::generator;
/// Makes a machine in place: what [`#[generator]`](macro@generator) makes of a function, of the locals that are
/// listed.
///
/// ```text
/// machine!([a, mut b, c = value] |first: R| -> impl Generator<R, Yield = Y, Return = O> { body })
/// ```
///
/// * `[..]` lists what goes into the machine, as the parameters of a function would: the local `a`; the local `b`,
///   which the body may change; and a value under the name `c`. Their types are inferred. What is listed is moved;
///   for a borrow write `a = &a`. The list may be left out.
/// * `|first: R|` binds the first argument of [`resume`](Generator::resume), and may be a pattern. It is left out, or
///   `||`, where `R` is `()`. In a future or stream it is the task's context.
/// * After `->` stands one of the types that a [`#[generator]`](macro@generator) returns. Parts of it may be left to
///   rustc: `impl Iterator<Item = _>`.
/// * The body is that of a generator. It may say `yield value` for `yield_!(value)`.
///
/// The body is no closure: it sees what is listed, and items. A local that is not listed is E0308, "expected fn
/// pointer, found closure", with a note at the place where it is used. `return`, `?`, `break` and labels are the
/// machine's own.
///
/// The value has a type of its own, which is not hidden: it is `Send`, `'static` and so on where what goes into it
/// allows. `+ Send` and `+ Sync` are checked; `+ Unpin` makes it movable.
///
/// # Examples
///
/// ```
/// use handcrank::machine;
///
/// let limit = 50;
/// let fibonacci = machine!([limit] -> impl Iterator<Item = u64> {
///     let (mut a, mut b) = (0, 1);
///     while a <= limit {
///         yield a;
///         (a, b) = (b, a + b);
///     }
/// });
/// assert_eq!(fibonacci.sum::<u64>(), 88);
/// ```
///
/// With arguments, and borrowing what is around it:
///
/// ```
/// use std::pin::pin;
///
/// use handcrank::{Generator, GeneratorState, machine};
///
/// let names = ["Ada", "Grace"];
/// let mut greeter = pin!(machine!([names = &names] |first| -> impl Generator<usize, Yield = String> {
///     let mut index: usize = first;
///     while let Some(name) = names.get(index) {
///         index = yield format!("Hello, {name}!");
///     }
/// }));
/// assert_eq!(greeter.as_mut().resume(1), GeneratorState::Yielded("Hello, Grace!".to_owned()));
/// assert_eq!(greeter.as_mut().resume(0), GeneratorState::Yielded("Hello, Ada!".to_owned()));
/// assert_eq!(greeter.as_mut().resume(2), GeneratorState::Complete(()));
/// println!("{names:?} are still here");
/// ```
///
/// Other locals have to be listed:
///
/// ```compile_fail,E0308
/// let limit = 50;
/// let numbers = handcrank::machine!(-> impl Iterator<Item = u32> {
///     yield limit;
/// });
/// ```
#[doc(inline)]
pub use handcrank_macros::machine;

// Where an error about one says it is.
#[doc(hidden)]
pub use self::__private::{FromResidual, NoArgument, Try, YieldFrom};

pub use self::{
    fuse::Fuse,
    generator::Generator,
    iter::Iter,
    state::GeneratorState,
    suspended::{Points, Suspended, SuspendedAt, SuspensionPoint, suspended_at},
};

/// Suspends the generator around it, and hands a value to whoever resumed it. Evaluates to the next resume
/// argument.
///
/// `yield_!()` is `yield_!(())`. It is an expression, and may stand wherever one may, but for what the
/// README lists. In a stream it evaluates to `()`.
///
/// It belongs to the function marked [`#[generator]`](macro@generator) around it. A closure, an `async` block
/// or a function inside that one cannot suspend it.
///
/// # Examples
///
/// ```
/// use std::pin::pin;
///
/// use handcrank::{Generator, GeneratorState, generator, yield_};
///
/// #[generator]
/// fn greeter() -> impl Generator<Yield = &'static str> {
///     yield_!("hello");
///     yield_!("again");
/// }
///
/// /// Asks for two numbers.
/// #[generator]
/// fn sum(#[resume] _: u32) -> impl Generator<u32, Yield = &'static str, Return = u32> {
///     yield_!("first?") + yield_!("second?")
/// }
///
/// let mut greeter = pin!(greeter());
/// assert_eq!(greeter.as_mut().resume(()), GeneratorState::Yielded("hello"));
/// assert_eq!(greeter.as_mut().resume(()), GeneratorState::Yielded("again"));
/// assert_eq!(greeter.as_mut().resume(()), GeneratorState::Complete(()));
///
/// let mut sum = pin!(sum());
/// assert_eq!(sum.as_mut().resume(0), GeneratorState::Yielded("first?"));
/// assert_eq!(sum.as_mut().resume(40), GeneratorState::Yielded("second?"));
/// assert_eq!(sum.as_mut().resume(2), GeneratorState::Complete(42));
/// ```
///
/// Outside of a generator it does not compile:
///
/// ```compile_fail
/// fn plain() {
///     handcrank::yield_!(1);
/// }
/// ```
#[macro_export]
macro_rules! yield_ {
    // What the attribute leaves of it, so that its import is used.
    (@in_generator) => {};
    ($($value:tt)*) => {
        ::core::compile_error!(
            "`yield_!` outside of a generator: mark the function around it `#[generator]`"
        )
    };
}

/// Runs another generator, or anything `IntoIterator`, to its end, and yields what it yields. Evaluates to
/// what it returns.
///
/// The other generator has the same `Yield` and the same argument `R` as the one around it. It is kept in
/// place, without a box, and each argument is handed on to it. Where `R` is not `()`, it needs a first one:
/// `yield_from!(inner, first)`. An iterator drops the arguments, and evaluates to `()`.
///
/// In a machine that is movable the other generator has to be [`Unpin`]. In a stream, it takes streams and anything
/// iterable; the stream around is pending while the other one is.
///
/// # Examples
///
/// ```
/// use std::pin::pin;
///
/// use handcrank::{Generator, GeneratorState, generator, yield_, yield_from};
///
/// /// Asks until it gets a number from 1 to 6.
/// #[generator]
/// fn die(
///     #[resume] first: u32,
///     question: &'static str,
/// ) -> impl Generator<u32, Yield = &'static str, Return = u32> {
///     let mut answer = first;
///     while !(1..=6).contains(&answer) {
///         answer = yield_!(question);
///     }
///     answer
/// }
///
/// #[generator]
/// fn dice(#[resume] _: u32) -> impl Generator<u32, Yield = &'static str, Return = u32> {
///     yield_from!(die("first?"), 0) + yield_from!(die("second?"), 0)
/// }
///
/// let mut dice = pin!(dice());
/// assert_eq!(dice.as_mut().resume(0), GeneratorState::Yielded("first?"));
/// assert_eq!(dice.as_mut().resume(9), GeneratorState::Yielded("first?"));
/// assert_eq!(dice.as_mut().resume(3), GeneratorState::Yielded("second?"));
/// assert_eq!(dice.as_mut().resume(4), GeneratorState::Complete(7));
/// ```
///
/// A generator that runs itself needs a box:
///
/// ```
/// use handcrank::{generator, yield_, yield_from};
///
/// #[generator]
/// fn halves(n: u32) -> Box<dyn Iterator<Item = u32>> {
///     yield_!(n);
///     if n > 1 {
///         yield_from!(halves(n / 2));
///     }
/// }
///
/// assert_eq!(halves(9).collect::<Vec<_>>(), [9, 4, 2, 1]);
/// ```
#[macro_export]
macro_rules! yield_from {
    (@in_generator) => {};
    ($($machine:tt)*) => {
        ::core::compile_error!(
            "`yield_from!` outside of a generator: mark the function around it `#[generator]`"
        )
    };
}

/// The README's examples, as tests. They use every feature.
#[cfg(all(doctest, feature = "std", feature = "futures-core"))]
#[doc = include_str!("../../README.md")]
struct Readme;
