//! Runs machines to their end. Each kind is run `inlined`, where the compiler sees all of it, and `called`,
//! through a trait object of which it knows nothing.

use std::async_iter::AsyncIterator;
use std::future::Future;
use std::hint::black_box;
use std::ops::{Coroutine, CoroutineState};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use corosensei::stack::DefaultStack;
use corosensei::{ScopedCoroutine, ScopedCoroutineRef};
use futures_core::Stream;
use handcrank::{Generator, GeneratorState};

/// Takes up what a machine yields, so that nothing can be computed ahead.
#[inline(always)]
pub fn mix(sum: u64, item: u64) -> u64 {
    (sum ^ item).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The argument of a resumption, after so much.
#[inline(always)]
fn argument(sum: u64) -> u64 {
    1 + (sum >> 60)
}

/// Anything that iterates.
pub mod iter {
    use super::*;

    /// With all of it in sight.
    #[inline(always)]
    pub fn inlined(mut machine: impl Iterator<Item = u64>) -> u64 {
        let mut sum = 0;
        while let Some(item) = machine.next() {
            sum = mix(sum, item);
        }
        sum
    }

    /// Through a trait object.
    #[inline(always)]
    pub fn called(mut machine: impl Iterator<Item = u64>) -> u64 {
        let machine: &mut dyn Iterator<Item = u64> = black_box(&mut machine);
        let mut sum = 0;
        while let Some(item) = machine.next() {
            sum = mix(sum, item);
        }
        sum
    }
}

/// What a machine returns.
pub trait Last {
    /// Takes it up as the last item.
    fn last(self, sum: u64) -> u64;
}

impl Last for () {
    #[inline(always)]
    fn last(self, sum: u64) -> u64 {
        sum
    }
}

impl Last for Option<u64> {
    #[inline(always)]
    fn last(self, sum: u64) -> u64 {
        mix(sum, self.unwrap_or(1))
    }
}

/// A coroutine with a stack of its own.
pub type OnStack<'a> = ScopedCoroutine<'a, (), u64, (), DefaultStack>;

/// Coroutines with a stack of their own, as iterators.
pub mod switched {
    use super::*;

    struct Switched<'s>(ScopedCoroutineRef<'s, (), u64, (), DefaultStack>);

    impl Iterator for Switched<'_> {
        type Item = u64;
        #[inline]
        fn next(&mut self) -> Option<u64> {
            self.0.resume(()).as_yield()
        }
    }

    /// With all of it in sight.
    #[inline(always)]
    pub fn inlined(machine: OnStack<'_>) -> u64 {
        machine.scope(|machine| iter::inlined(Switched(machine)))
    }

    /// Through a trait object.
    #[inline(always)]
    pub fn called(machine: OnStack<'_>) -> u64 {
        machine.scope(|machine| iter::called(Switched(machine)))
    }
}

macro_rules! pinned {
    ($($(#[$doc:meta])* $name:ident: ($($bound:tt)*), |$machine:ident, $sum:ident| $step:expr;)*) => {$(
        $(#[$doc])*
        pub mod $name {
            use super::*;

            #[inline(always)]
            fn run<R: Last>(mut $machine: Pin<&mut (impl $($bound)* + ?Sized)>) -> u64 {
                let mut $sum = 0;
                loop {
                    match $step {
                        Ok(item) => $sum = mix($sum, item),
                        Err(last) => break last.last($sum),
                    }
                }
            }

            /// With all of it in sight.
            #[inline(always)]
            pub fn inlined<R: Last>(machine: impl $($bound)*) -> u64 {
                run(pin!(machine))
            }

            /// Through a trait object.
            #[inline(always)]
            pub fn called<R: Last>(machine: impl $($bound)*) -> u64 {
                let machine: Pin<&mut dyn $($bound)*> = pin!(machine);
                run(black_box(machine))
            }
        }
    )*};
}

#[inline(always)]
fn of_generator<Y, R>(state: GeneratorState<Y, R>) -> Result<Y, R> {
    match state {
        GeneratorState::Yielded(item) => Ok(item),
        GeneratorState::Complete(last) => Err(last),
    }
}

#[inline(always)]
fn of_coroutine<Y, R>(state: CoroutineState<Y, R>) -> Result<Y, R> {
    match state {
        CoroutineState::Yielded(item) => Ok(item),
        CoroutineState::Complete(last) => Err(last),
    }
}

/// A context that wakes nobody.
macro_rules! context {
    () => {
        &mut Context::from_waker(Waker::noop())
    };
}

pinned! {
    /// Our trait.
    generator: (Generator<Yield = u64, Return = R>), |machine, sum| of_generator(machine.as_mut().resume(()));
    /// Our trait, with arguments.
    generator_with: (Generator<u64, Yield = u64, Return = R>),
        |machine, sum| of_generator(machine.as_mut().resume(argument(sum)));
    /// rustc's trait.
    coroutine: (Coroutine<Yield = u64, Return = R>), |machine, sum| of_coroutine(machine.as_mut().resume(()));
    /// rustc's trait, with arguments.
    coroutine_with: (Coroutine<u64, Yield = u64, Return = R>),
        |machine, sum| of_coroutine(machine.as_mut().resume(argument(sum)));
    /// A future. Each time it is pending counts.
    future: (Future<Output = R>), |machine, sum| match machine.as_mut().poll(context!()) {
        Poll::Pending => Ok(1),
        Poll::Ready(last) => Err(last),
    };
}

/// A stream. It is never pending.
pub mod stream {
    use super::*;

    #[inline(always)]
    fn run(mut machine: Pin<&mut (impl Stream<Item = u64> + ?Sized)>) -> u64 {
        let mut sum = 0;
        loop {
            match machine.as_mut().poll_next(context!()) {
                Poll::Ready(Some(item)) => sum = mix(sum, item),
                Poll::Ready(None) => break sum,
                Poll::Pending => {}
            }
        }
    }

    /// With all of it in sight.
    #[inline(always)]
    pub fn inlined(machine: impl Stream<Item = u64>) -> u64 {
        run(pin!(machine))
    }

    /// Through a trait object.
    #[inline(always)]
    pub fn called(machine: impl Stream<Item = u64>) -> u64 {
        let machine: Pin<&mut dyn Stream<Item = u64>> = pin!(machine);
        run(black_box(machine))
    }
}

/// A stream of rustc's. It is never pending.
pub mod async_iter {
    use super::*;

    #[inline(always)]
    fn run(mut machine: Pin<&mut (impl AsyncIterator<Item = u64> + ?Sized)>) -> u64 {
        let mut sum = 0;
        loop {
            match machine.as_mut().poll_next(context!()) {
                Poll::Ready(Some(item)) => sum = mix(sum, item),
                Poll::Ready(None) => break sum,
                Poll::Pending => {}
            }
        }
    }

    /// With all of it in sight.
    #[inline(always)]
    pub fn inlined(machine: impl AsyncIterator<Item = u64>) -> u64 {
        run(pin!(machine))
    }

    /// Through a trait object.
    #[inline(always)]
    pub fn called(machine: impl AsyncIterator<Item = u64>) -> u64 {
        let machine: Pin<&mut dyn AsyncIterator<Item = u64>> = pin!(machine);
        run(black_box(machine))
    }
}

/// How often a machine is made to be dropped.
const TIMES: u64 = 1000;

/// Machines that are made and dropped, and run by nobody.
pub mod unstarted {
    use super::{TIMES, black_box};

    trait Any {}
    impl<M> Any for M {}

    /// With all of it in sight.
    #[inline(always)]
    pub fn inlined<M>(make: impl Fn() -> M) -> u64 {
        for _ in 0..TIMES {
            let mut machine = make();
            black_box(&mut machine);
        }
        0
    }

    /// As a trait object, in a box.
    #[inline(always)]
    pub fn called<M>(make: impl Fn() -> M) -> u64 {
        for _ in 0..TIMES {
            let machine: Box<dyn Any + '_> = Box::new(make());
            drop(black_box(machine));
        }
        0
    }
}

macro_rules! suspended {
    ($($(#[$doc:meta])* $name:ident: ($($bound:tt)*), $resume:ident;)*) => {$(
        $(#[$doc])*
        pub mod $name {
            use super::*;

            /// With all of it in sight.
            #[inline(always)]
            pub fn inlined<M: $($bound)*>(make: impl Fn() -> M) -> u64 {
                for _ in 0..TIMES {
                    let mut machine = pin!(make());
                    let _ = black_box($resume!(machine));
                }
                0
            }

            /// As a trait object, in a box.
            #[inline(always)]
            pub fn called<M: $($bound)*>(make: impl Fn() -> M) -> u64 {
                for _ in 0..TIMES {
                    let machine: Pin<Box<dyn $($bound)* + '_>> = Box::pin(make());
                    let mut machine = black_box(machine);
                    let _ = black_box($resume!(machine));
                }
                0
            }
        }
    )*};
}

macro_rules! resume {
    ($machine:ident) => {
        $machine.as_mut().resume(())
    };
}

macro_rules! next {
    ($machine:ident) => {
        // SAFETY: it does not move while this goes on.
        unsafe { $machine.as_mut().get_unchecked_mut() }.next()
    };
}

macro_rules! poll_next {
    ($machine:ident) => {
        $machine.as_mut().poll_next(context!())
    };
}

suspended! {
    /// Of our trait, dropped at the first suspension point.
    suspended_generator: (Generator<Yield = u64, Return = ()>), resume;
    /// Of rustc's trait, dropped at the first suspension point.
    suspended_coroutine: (Coroutine<Yield = u64, Return = ()>), resume;
    /// Of an iterator, dropped after the first item.
    suspended_iter: (Iterator<Item = u64>), next;
    /// Of a stream, dropped after the first item.
    suspended_stream: (Stream<Item = u64>), poll_next;
}

/// A machine that is dropped in a function of its own, which does nothing else.
pub mod drop_alone {
    use super::black_box;

    #[inline(never)]
    fn drop_it<M>(machine: M) {
        drop(machine);
    }

    /// With all of it in sight.
    #[inline(always)]
    pub fn inlined<M>(machine: M) -> u64 {
        drop(machine);
        0
    }

    /// By a call of which nothing is known.
    #[inline(always)]
    pub fn called<M>(machine: M) -> u64 {
        black_box(drop_it::<M> as fn(M))(machine);
        0
    }
}
