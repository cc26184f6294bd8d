//! Helpers of the behaviour tests.

use std::cell::RefCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use handcrank::{Generator, GeneratorState};

/// Runs a generator to its end: what it yields, and what it returns.
pub fn run<G: Generator>(generator: G) -> (Vec<G::Yield>, G::Return) {
    run_with(generator, |_| ())
}

/// Runs a generator to its end, with the n-th argument from a function.
pub fn run_with<R, G: Generator<R>>(
    generator: G,
    mut argument: impl FnMut(usize) -> R,
) -> (Vec<G::Yield>, G::Return) {
    let mut generator = pin!(generator);
    let mut yielded = Vec::new();
    loop {
        match generator.as_mut().resume(argument(yielded.len())) {
            GeneratorState::Yielded(value) => yielded.push(value),
            GeneratorState::Complete(value) => return (yielded, value),
        }
    }
}

/// Polls a future to its end: how often it was pending, and its value.
pub fn block_on<F: Future>(future: F) -> (usize, F::Output) {
    let mut future = pin!(future);
    let mut pending = 0;
    loop {
        match poll(future.as_mut()) {
            Poll::Pending => pending += 1,
            Poll::Ready(value) => return (pending, value),
        }
    }
}

/// Polls a future once.
pub fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Pending so many times.
#[derive(Debug)]
#[must_use = "a future"]
pub struct Pause(pub u32);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// The message that a call panics with.
///
/// # Panics
/// If it does not.
pub fn panic_message<T>(run: impl FnOnce() -> T) -> String {
    let Err(payload) = catch_unwind(AssertUnwindSafe(run)) else {
        panic!("it does not panic");
    };
    match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => (*payload.downcast_ref::<&str>().expect("a message")).to_owned(),
    }
}

/// What was dropped, in order.
#[derive(Clone, Debug, Default)]
pub struct Log(Rc<RefCell<Vec<&'static str>>>);

impl Log {
    /// A value that reports its drop here.
    #[must_use]
    pub fn value(&self, name: &'static str) -> Logged {
        Logged(self.clone(), name)
    }

    /// What was dropped since the last call.
    #[must_use]
    pub fn take(&self) -> Vec<&'static str> {
        self.0.take()
    }
}

/// Reports its drop to a [`Log`].
#[derive(Debug)]
pub struct Logged(Log, &'static str);

impl Logged {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.1
    }
}

impl Drop for Logged {
    fn drop(&mut self) {
        self.0.0.borrow_mut().push(self.1);
    }
}

/// Whether the type of a value implements a trait.
#[macro_export]
macro_rules! implements {
    ($value:expr, $($bound:tt)+) => {{
        struct Asked<T>(::std::marker::PhantomData<T>);
        // An inherent method comes before that of a trait, where its bound holds.
        trait Otherwise {
            fn holds(&self) -> bool {
                false
            }
        }
        impl<T> Otherwise for Asked<T> {}
        #[allow(dead_code, reason = "one of the two")]
        impl<T: $($bound)+> Asked<T> {
            fn holds(&self) -> bool {
                true
            }
        }
        fn about<T>(_: &T) -> Asked<T> {
            Asked(::std::marker::PhantomData)
        }
        about(&$value).holds()
    }};
}
