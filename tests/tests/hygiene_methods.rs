//! A blanket trait in scope with methods of the names that an expansion might call.
#![allow(dead_code, reason = "hostility")]

use handcrank::{Generator, generator, yield_, yield_from};
use handcrank_tests::{Pause, block_on, run, run_with};

/// Methods that every type has.
trait Hostile {
    fn at(&self) -> Hostility {
        Hostility
    }
    fn init(&self, _: Hostility) {}
    fn take(&mut self) -> Hostility {
        Hostility
    }
    fn put(&mut self, _: Hostility) {}
    fn get(&self) -> Hostility {
        Hostility
    }
    fn set(&self, _: Hostility) {}
    fn is(&self, _: Hostility) {}
    fn moves(&self) -> Hostility {
        Hostility
    }
    fn in_borrow(&self) -> Hostility {
        Hostility
    }
    fn in_move(&self) -> Hostility {
        Hostility
    }
    fn next(&mut self) -> Hostility {
        Hostility
    }
    fn into_iter(self) -> Hostility
    where
        Self: Sized,
    {
        Hostility
    }
    fn into_future(self) -> Hostility
    where
        Self: Sized,
    {
        Hostility
    }
    fn poll(&self) -> Hostility {
        Hostility
    }
    fn cast(&self) -> Hostility {
        Hostility
    }
    fn read(&self) -> Hostility {
        Hostility
    }
    fn write(&self, _: Hostility) {}
    fn contains(&self, _: Hostility) -> Hostility {
        Hostility
    }
    fn eq(&self, _: Hostility) -> Hostility {
        Hostility
    }
    fn clone(&self) -> Hostility {
        Hostility
    }
}
impl<T: ?Sized> Hostile for T {}
struct Hostility;

#[generator]
fn saved_locals(
    list: Vec<u32>,
    #[resume] first: u32,
) -> impl Generator<u32, Yield = u32, Return = String> {
    let mut total = first;
    let text = String::from("text");
    for item in list {
        if item == 2 {
            continue;
        }
        total += yield_!(item);
    }
    if total > 1000 {
        drop(text);
        yield_!(0);
        return String::new();
    }
    let bytes = text.into_bytes();
    format!("{total} {bytes:?}")
}

#[generator]
fn delegates(limit: Option<u32>) -> impl Generator<Yield = u32, Return = Option<u32>> {
    yield_from!(0..limit?);
    let kept = vec![1, 2, 3];
    yield_from!(kept.iter().copied());
    let pair = (kept, {
        yield_!(9);
        4
    });
    Some(pair.1)
}

#[generator]
async fn awaits(n: u32) -> u32 {
    let before = n + 1;
    Pause(n).await;
    before
}

#[test]
fn expansions_call_their_own_methods() {
    let (yielded, end) = run_with(saved_locals(vec![1, 2, 3]), |n| u32::try_from(n).unwrap());
    assert_eq!(
        (yielded, end.as_str()),
        (vec![1, 3], "3 [116, 101, 120, 116]")
    );
    assert_eq!(run(delegates(Some(2))), (vec![0, 1, 1, 2, 3, 9], Some(4)));
    assert_eq!(block_on(awaits(1)), (1, 2));
}
