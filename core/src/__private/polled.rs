//! Machines that are polled: futures and streams.

use core::{fmt, future::Future, pin::Pin, ptr::NonNull, task::Poll};

use super::{Body, Entered, Frame, Machine, Pinned, Shape, Step, Turn};
use crate::{Suspended, SuspensionPoint};

/// The task context of one poll, as the resume argument of a body. It is used during that poll alone.
#[derive(Clone, Copy, Debug)]
pub struct Context(Option<NonNull<core::task::Context<'static>>>);

impl Context {
    #[inline(always)]
    fn of(context: &mut core::task::Context<'_>) -> Self {
        Context(Some(NonNull::from(context).cast()))
    }
    pub(super) const fn none() -> Self {
        Context(None)
    }
    /// The poll's own context.
    ///
    /// # Safety
    ///
    /// This is the context of the current poll, and there is no other reference to it in use.
    #[inline(always)]
    pub(super) unsafe fn lend<'a, 'b>(self) -> &'a mut core::task::Context<'b> {
        // SAFETY: it was made of the caller's own `&mut Context` when the poll began; a poll always has one.
        unsafe { &mut *self.0.unwrap_unchecked().as_ptr().cast() }
    }
}

/// Polls a future that is saved in the frame.
///
/// # Safety
///
/// `future` points to a live value, pinned by its machine; `context` is that of the current poll.
#[inline(always)]
pub unsafe fn poll<F: Future>(future: *mut F, context: Context) -> Poll<F::Output> {
    // SAFETY: the future is in a pinned machine's frame and stays there until it is dropped. The context
    // is the caller's own `&mut Context`, reborrowed for this call.
    unsafe { Pin::new_unchecked(&mut *future).poll(context.lend()) }
}

/// Pins a temporary that is saved in the frame: `pin!`.
///
/// # Safety
///
/// The place is in a pinned machine's frame, where it stays until it is dropped.
#[inline(always)]
pub unsafe fn pinned<T>(place: &mut T) -> Pin<&mut T> {
    // SAFETY: the caller's.
    unsafe { Pin::new_unchecked(place) }
}

/// The machine of an `impl Future` or `async fn`.
#[must_use = "futures do nothing unless polled"]
pub struct FutureMachine<F: Frame, B: Body<Context, Frame = F, Yield = Never>>(
    Machine<F, B, Context, Pinned>,
);

/// A future yields nothing.
#[derive(Clone, Copy, Debug)]
pub enum Never {}

impl<F: Frame, B: Body<Context, Frame = F, Yield = Never>> FutureMachine<F, B> {
    /// A future that has not been polled.
    ///
    /// # Safety
    ///
    /// As for [`Machine::new`].
    #[inline]
    pub unsafe fn new<O>(shape: Shape<Context, Never, O>, frame: F, body: B) -> Self
    where
        B: Fn(Entered, Turn<Context>) -> Step<F, Never, O>,
    {
        // SAFETY: the caller's.
        FutureMachine(unsafe { Machine::new(shape, frame, body) })
    }
}

impl<F: Frame, B: Body<Context, Frame = F, Yield = Never>> Future for FutureMachine<F, B> {
    type Output = B::Return;
    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut core::task::Context<'_>) -> Poll<B::Return> {
        // SAFETY: the machine is pinned with its wrapper, which has no `Drop` and never moves it.
        let machine = unsafe { self.map_unchecked_mut(|this| &mut this.0) };
        if let Some(end) = machine.ended() {
            super::step::future_over(end)
        }
        // SAFETY: it has not ended.
        match unsafe { machine.crank(Context::of(context)) } {
            Step::Pending => Poll::Pending,
            Step::Complete(value) => Poll::Ready(value),
            // SAFETY: the body of a future that is not dropped suspends or ends.
            Step::Dropped => unsafe { core::hint::unreachable_unchecked() },
            Step::Yielded(never) | Step::Of(_, never) => match never {},
        }
    }
}

impl<F: Frame, B: Body<Context, Frame = F, Yield = Never>> Suspended for FutureMachine<F, B> {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        self.0.suspended(visit);
    }
}

impl<F: Frame, B: Body<Context, Frame = F, Yield = Never>> fmt::Debug for FutureMachine<F, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FutureMachine").finish_non_exhaustive()
    }
}

#[cfg(feature = "futures-core")]
impl<F: Frame, B: Body<Context, Frame = F, Yield = Never>> futures_core::FusedFuture
    for FutureMachine<F, B>
{
    fn is_terminated(&self) -> bool {
        self.0.ended().is_some()
    }
}

/// The machine of an `impl Stream`.
#[cfg(feature = "futures-core")]
#[must_use = "streams do nothing unless polled"]
pub struct StreamMachine<F: Frame, B: Body<Context, Frame = F, Return = ()>>(
    Machine<F, B, Context, Pinned>,
);

#[cfg(feature = "futures-core")]
impl<F: Frame, B: Body<Context, Frame = F, Return = ()>> StreamMachine<F, B> {
    /// A stream that has not been polled.
    ///
    /// # Safety
    ///
    /// As for [`Machine::new`].
    #[inline]
    pub unsafe fn new<Y>(shape: Shape<Context, Y, ()>, frame: F, body: B) -> Self
    where
        B: Fn(Entered, Turn<Context>) -> Step<F, Y, ()>,
    {
        // SAFETY: the caller's.
        StreamMachine(unsafe { Machine::new(shape, frame, body) })
    }
}

#[cfg(feature = "futures-core")]
impl<F: Frame, B: Body<Context, Frame = F, Return = ()>> futures_core::Stream
    for StreamMachine<F, B>
{
    type Item = B::Yield;
    #[inline]
    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut core::task::Context<'_>,
    ) -> Poll<Option<B::Yield>> {
        // SAFETY: the machine is pinned with its wrapper, which has no `Drop` and never moves it.
        let machine = unsafe { self.map_unchecked_mut(|this| &mut this.0) };
        if let Some(end) = machine.ended() {
            super::step::stream_over(end);
            return Poll::Ready(None);
        }
        // SAFETY: it has not ended.
        match unsafe { machine.crank(Context::of(context)) } {
            Step::Yielded(value) => Poll::Ready(Some(value)),
            Step::Pending => Poll::Pending,
            Step::Complete(()) | Step::Dropped => Poll::Ready(None),
            Step::Of(_, never) => match never {},
        }
    }
}

#[cfg(feature = "futures-core")]
impl<F: Frame, B: Body<Context, Frame = F, Return = ()>> futures_core::FusedStream
    for StreamMachine<F, B>
{
    fn is_terminated(&self) -> bool {
        self.0.ended().is_some()
    }
}

#[cfg(feature = "futures-core")]
impl<F: Frame, B: Body<Context, Frame = F, Return = ()>> Suspended for StreamMachine<F, B> {
    fn suspended(&self, visit: &mut dyn FnMut(SuspensionPoint)) {
        self.0.suspended(visit);
    }
}

#[cfg(feature = "futures-core")]
impl<F: Frame, B: Body<Context, Frame = F, Return = ()>> fmt::Debug for StreamMachine<F, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamMachine").finish_non_exhaustive()
    }
}
