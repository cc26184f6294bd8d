//! How a body is entered and left.

use core::{cell::Cell, marker::PhantomData, mem::ManuallyDrop, task::Poll};

use super::{Context, Never, Position};

/// Why a body is entered: to run on, or because its machine is being dropped.
#[derive(Debug)]
pub enum Turn<R> {
    /// Run on, with this resume argument.
    Resume(R),
    /// Travel to the suspension point and return, so that every saved local is dropped.
    Drop,
    /// Tell where the machine is suspended, and do nothing else.
    Tell,
}

impl<R> Turn<R> {
    /// Whether the body does anything but tell.
    #[inline(always)]
    pub const fn runs(&self) -> bool {
        !matches!(self, Turn::Tell)
    }

    /// Whether the body runs on, so that it may be at its start.
    #[inline(always)]
    pub const fn resumes(&self) -> bool {
        matches!(self, Turn::Resume(_))
    }
}

/// How a body of this frame was left.
#[derive(Debug)]
pub enum Step<F, Y, O> {
    /// At a `yield_!` or `yield_from!`.
    Yielded(Y),
    /// At an `.await` whose future is not ready.
    Pending,
    /// At the end.
    Complete(O),
    /// It was entered with [`Turn::Drop`] or [`Turn::Tell`].
    Dropped,
    /// It is of this frame.
    Of(PhantomData<fn() -> *mut F>, Never),
}

impl<F, Y, O> Step<F, Y, O> {
    /// The same, if it is at its end with another value, of any frame.
    #[inline(always)]
    pub(super) fn map<G, T>(self, complete: impl FnOnce(O) -> T) -> Step<G, Y, T> {
        match self {
            Step::Yielded(value) => Step::Yielded(value),
            Step::Pending => Step::Pending,
            Step::Complete(value) => Step::Complete(complete(value)),
            Step::Dropped => Step::Dropped,
            Step::Of(_, never) => match never {},
        }
    }
}

impl<F, Y> Step<F, Y, Never> {
    /// The same of a body that returns something.
    #[inline(always)]
    pub(super) fn of<G, O>(self) -> Step<G, Y, O> {
        self.map(|never| match never {})
    }
}

/// Tells the type of the frame, in code that never runs.
pub fn of_frame<F, Y, O>(_: *mut F) -> Step<F, Y, O> {
    unreachable!("it only tells a type")
}

/// The resume argument, at the suspension point that was travelled to; `None` if the machine is being
/// dropped.
///
/// # Safety
///
/// Called at most once per entry. The argument is moved out of `turn`.
#[inline(always)]
pub unsafe fn arrive<R>(turn: &ManuallyDrop<Turn<R>>) -> Option<R> {
    // SAFETY: the caller reads `turn` once; `ManuallyDrop` keeps it from being dropped as well.
    match unsafe { core::ptr::read(&raw const **turn) } {
        Turn::Resume(argument) => Some(argument),
        Turn::Drop | Turn::Tell => None,
    }
}

/// At a suspension point in a loop in a loop: what is in the frame stays there. Otherwise LLVM keeps fields of it in
/// registers across all of the loops, which it has to load at each entry and to store when it is left: measured, with 16
/// loops, 27 times the instructions of a machine by hand, and 4 times with this.
#[inline(always)]
pub fn settle() {
    core::sync::atomic::compiler_fence(core::sync::atomic::Ordering::SeqCst);
}

/// The first resume argument: what a `#[resume]` parameter is bound to.
///
/// # Safety
///
/// As for [`arrive`], and the machine is not being dropped.
#[inline(always)]
pub unsafe fn first<R>(turn: &ManuallyDrop<Turn<R>>) -> R {
    // SAFETY: the caller has seen that this entry is not a drop, and calls nothing else.
    unsafe { arrive(turn).unwrap_unchecked() }
}

/// Whether the machine is being dropped.
#[inline(always)]
pub fn dropping<R>(turn: &ManuallyDrop<Turn<R>>) -> bool {
    matches!(**turn, Turn::Drop)
}

/// The task context of this entry. Null while the machine is being dropped, when nothing is polled.
#[inline(always)]
pub fn context(turn: &ManuallyDrop<Turn<Context>>) -> Context {
    match **turn {
        Turn::Resume(context) => context,
        Turn::Drop | Turn::Tell => Context::none(),
    }
}

/// The task context of this entry, as the body's argument.
///
/// # Safety
///
/// The machine is not being dropped. What it evaluates to is used in this turn alone, and not once the context is
/// used otherwise.
#[inline(always)]
pub unsafe fn lent_context<'a, 'b>(
    turn: &ManuallyDrop<Turn<Context>>,
) -> &'a mut core::task::Context<'b> {
    // SAFETY: the caller's.
    unsafe { context(turn).lend() }
}

/// How a body is left that yields what its poll returns.
#[inline(always)]
pub fn polled<F, Y, O>(poll: Poll<Y>) -> Step<F, Y, O> {
    match poll {
        Poll::Ready(item) => Step::Yielded(item),
        Poll::Pending => Step::Pending,
    }
}

/// How a machine ended which is entered again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// By its body's return.
    Returned,
    /// By a panic of its body.
    Panicked,
}

/// A generator is entered after its end.
///
/// # Panics
///
/// Always.
#[cold]
pub(super) fn generator_over(end: End) -> ! {
    match end {
        End::Returned => panic!("generator resumed after completion"),
        End::Panicked => panic!("generator resumed after panicking"),
    }
}

/// An iterator is entered after its end.
///
/// # Panics
///
/// If it has panicked.
#[inline]
pub(super) fn iterator_over(end: End) {
    // Out of line, for a machine that advances others has this in it at each of its suspension points.
    #[cold]
    #[inline(never)]
    fn panicked() -> ! {
        panic!("iterator advanced after panicking")
    }
    if end == End::Panicked {
        panicked();
    }
}

/// A future is entered after its end.
///
/// # Panics
///
/// Always.
#[cold]
pub(super) fn future_over(end: End) -> ! {
    match end {
        End::Returned => panic!("`async fn` resumed after completion"),
        End::Panicked => panic!("`async fn` resumed after panicking"),
    }
}

/// A stream is entered after its end.
///
/// # Panics
///
/// If it has panicked.
#[cfg(feature = "futures-core")]
#[inline]
pub(super) fn stream_over(end: End) {
    // As above.
    #[cold]
    #[inline(never)]
    fn panicked() -> ! {
        panic!("stream polled after panicking")
    }
    if end == End::Panicked {
        panicked();
    }
}

/// What the way to a suspension point is known to pass; for LLVM, which cannot know it.
///
/// # Safety
///
/// The condition holds.
#[inline(always)]
pub const unsafe fn known(condition: bool) {
    // SAFETY: the caller's.
    unsafe { core::hint::assert_unchecked(condition) }
}

/// Marks the machine as one that has panicked, if its body unwinds.
#[derive(Debug)]
pub struct Unwinding<'s, P: Position> {
    at: *mut P,
    left: &'s Cell<bool>,
}

impl<'s, P: Position> Unwinding<'s, P> {
    /// The body runs from here on. It unwinds if this is dropped and it has not been `left` to suspend, nor
    /// [returned](Self::returned).
    ///
    /// # Safety
    ///
    /// `at` is in the frame of the running machine.
    #[inline(always)]
    pub const unsafe fn new(at: *mut P, left: &'s Cell<bool>) -> Self {
        Unwinding { at, left }
    }

    /// The body has come to its end.
    #[inline(always)]
    pub fn returned(self) {
        // SAFETY: it is in the frame.
        unsafe { self.at.write(P::RETURNED) }
        core::mem::forget(self);
    }
}

impl<P: Position> Drop for Unwinding<'_, P> {
    #[inline(always)]
    fn drop(&mut self) {
        if !self.left.get() {
            // SAFETY: it is in the frame.
            unsafe { self.at.write(P::PANICKED) }
        }
    }
}
