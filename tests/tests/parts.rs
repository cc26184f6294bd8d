//! Parts of `self` that are moved, and `async` blocks that are kept and awaited.

use std::ops::Deref;
use std::rc::Rc;

use handcrank::GeneratorState::Yielded;
use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Log, Logged, Pause, block_on, implements, run};

// ------------------------------------------------------------------------------ parts of `self` that are moved

struct Ring<T, const N: usize> {
    items: [T; N],
    guard: Logged,
}

impl<T, const N: usize> Ring<T, N> {
    #[generator]
    fn mapped<U>(self, map: impl Fn(T) -> U) -> impl Generator<Yield = U, Return = &'static str>
    where
        U: Deref<Target = str>,
    {
        for item in self.items {
            let mapped = map(item);
            yield_!(mapped);
        }
        self.guard.name()
    }
}

#[test]
fn fields_of_self_are_moved() {
    let log = Log::default();
    let ring = || Ring {
        items: [1, 2, 3],
        guard: log.value("guard"),
    };
    let (yielded, name) = run(ring().mapped(|n| "x".repeat(n)));
    assert_eq!((yielded.concat().as_str(), name), ("xxxxxx", "guard"));
    assert_eq!(log.take(), ["guard"]);
    let mut machine = Box::pin(ring().mapped(|n| "x".repeat(n)));
    assert_eq!(machine.as_mut().resume(()), Yielded("x".to_owned()));
    drop(machine);
    assert_eq!(log.take(), ["guard"]);
}

// ------------------------------------------------------------------------------ `async` blocks

#[generator]
async fn awaits_what_is_not_send() -> u32 {
    let pause = async {
        let shared = Rc::new(1);
        Pause(1).await;
        *shared
    };
    pause.await
}

#[test]
fn awaited_blocks_count() {
    let future = awaits_what_is_not_send();
    assert!(!implements!(future, Send));
    assert!(!implements!(future, Sync));
    assert_eq!(block_on(future), (1, 1));
}

#[generator]
async fn awaits_a_moving_block(n: u32) -> u32 {
    let rustcs = async move {
        Pause(n).await;
        n + n
    };
    rustcs.await + 1
}

#[test]
fn a_moving_block_takes_its_locals() {
    assert_eq!(block_on(awaits_a_moving_block(2)), (2, 5));
}
