//! `machine!`: machines made in place.
#![allow(
    clippy::cast_possible_truncation,
    clippy::never_loop,
    reason = "bodies are odd on purpose"
)]

use std::{
    cell::Cell,
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use futures_util::Stream;
use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Generator, Iter, machine, yield_, yield_from};

#[test]
fn iterators() {
    let from = 3;
    let names = vec!["a".to_owned(), "b".to_owned()];
    let machine = machine!([from, mut names] -> impl Iterator<Item = (u32, String)> {
        names.push("c".to_owned());
        for (i, name) in names.into_iter().enumerate() {
            yield (from + i as u32, name);
        }
    });
    let all: Vec<_> = machine.map(|(i, name)| format!("{i}{name}")).collect();
    assert_eq!(all, ["3a", "4b", "5c"]);
}

/// What is yielded may be inferred.
#[test]
fn types_are_inferred() {
    let words = "three words here";
    let lengths = machine!([words = words.split(' ').map(str::len)] -> impl Iterator<Item = _> {
        for length in words {
            yield_!(length);
            yield_!(length * 10);
        }
    });
    assert_eq!(lengths.collect::<Vec<_>>(), [5, 50, 5, 50, 4, 40]);

    let closure = |n: u8| n.checked_add(250);
    let mut sums = pin!(
        machine!([closure] |n| -> impl Generator<_, Yield = _, Return = _> {
            let mut n: u8 = n;
            loop {
                n = yield closure(n)?;
            }
        })
    );
    assert_eq!(sums.as_mut().resume(1), Yielded(251));
    assert_eq!(sums.as_mut().resume(5), Yielded(255));
    assert_eq!(sums.as_mut().resume(6), Complete(None::<()>));
}

#[test]
fn arguments() {
    let limit = 10;
    let mut total = pin!(
        machine!([limit] |first: u32| -> impl Generator<u32, Yield = u32, Return = &'static str> {
            let mut total = first;
            while total < limit {
                total += yield total;
            }
            "full"
        })
    );
    assert_eq!(total.as_mut().resume(3), Yielded(3));
    assert_eq!(total.as_mut().resume(4), Yielded(7));
    assert_eq!(total.as_mut().resume(5), Complete("full"));

    let mut ignored = pin!(machine!(|_: u8| -> impl Generator<u8, Yield = u8> {
        let mut n = yield 1;
        while n > 0 {
            n = yield n;
        }
    }));
    assert_eq!(ignored.as_mut().resume(9), Yielded(1));
    assert_eq!(ignored.as_mut().resume(9), Yielded(9));
    assert_eq!(ignored.as_mut().resume(0), Complete(()));

    let mut pairs = pin!(machine!(
        |(a, mut b): (u8, u8)| -> impl Generator<(u8, u8), Yield = u8> {
            b += a;
            (_, b) = yield b;
            yield b;
        }
    ));
    assert_eq!(pairs.as_mut().resume((1, 2)), Yielded(3));
    assert_eq!(pairs.as_mut().resume((1, 2)), Yielded(2));
}

#[test]
fn lent_arguments() {
    let suffix = String::from("!");
    let mut machine = machine!([suffix = &suffix] |out: &mut String| -> impl Generator<&mut String> + Unpin {
        let mut out = out;
        loop {
            out.push_str(suffix);
            out = yield;
        }
    });
    for word in ["a", "b"] {
        let mut text = String::from(word);
        assert_eq!(Pin::new(&mut machine).resume(&mut text), Yielded(()));
        assert_eq!(text, format!("{word}!"));
    }
}

/// Borrows of locals of the machine, and of what is around it.
#[test]
fn borrows() {
    let text = String::from("a b");
    let count = Cell::new(0);
    {
        let machine = machine!([text = &text, count = &count, own = vec![1, 2]] -> impl Generator<Yield = String> {
            let last = own.last();
            for part in text.split(' ') {
                count.set(count.get() + 1);
                yield_!(format!("{part}{last:?}"));
            }
        });
        let all: Vec<_> = Iter::new(pin!(machine)).collect();
        assert_eq!(all, ["aSome(2)", "bSome(2)"]);
    }
    assert_eq!(count.get(), 2);
    assert_eq!(text, "a b");
}

fn boxed(n: u32, name: &str) -> Box<dyn Iterator<Item = String> + '_> {
    if n == 0 {
        return Box::new(std::iter::empty());
    }
    machine!([n, name] -> Box<dyn Iterator<Item = String> + '_> {
        yield_from!(boxed(n - 1, name));
        yield format!("{name}{n}");
    })
}

fn in_generic<'a, T: Clone + 'a>(items: &'a [T], times: usize) -> impl Iterator<Item = T> + 'a {
    machine!([items, times] -> impl Iterator<Item = T> {
        for _ in 0..times {
            let mut i = 0;
            while let Some(item) = items.get(i) {
                yield item.clone();
                i += 1;
            }
        }
    })
}

struct Shelf {
    titles: Vec<String>,
}

impl Shelf {
    fn starting_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        machine!([this = self, prefix] -> impl Iterator<Item = &'a str> {
            let mut i = 0;
            while i < this.titles.len() {
                if this.titles[i].starts_with(prefix) {
                    yield &*this.titles[i];
                }
                i += 1;
            }
        })
    }
}

trait Count {
    fn all(self) -> usize;
}

impl<I: Iterator> Count for I {
    fn all(self) -> usize {
        self.count()
    }
}

fn bounded<'a, 'b: 'a>(
    first: &'a str,
    second: &'b str,
) -> (impl Iterator<Item = char> + 'a, usize) {
    let numbers = machine!([] -> impl Iterator<Item = u32> + 'static + Sync + core::fmt::Debug {
        yield 1;
        yield 2;
    });
    let letters = machine!([first, second] -> impl Iterator<Item = char> + Send + 'a + Count + '_ {
        for letter in first.chars().chain(second.chars()) {
            yield letter;
        }
    });
    (letters, numbers.all())
}

#[test]
fn what_else_it_is() {
    let second = String::from("c");
    let (letters, count) = bounded("ab", &second);
    assert_eq!((letters.collect::<String>(), count), ("abc".to_owned(), 2));
}

#[test]
fn returned() {
    assert_eq!(boxed(3, "x").collect::<Vec<_>>(), ["x1", "x2", "x3"]);
    assert_eq!(in_generic(&[1, 2], 2).collect::<Vec<_>>(), [1, 2, 1, 2]);
    let shelf = Shelf {
        titles: vec!["Emma".to_owned(), "Ulysses".to_owned()],
    };
    assert_eq!(shelf.starting_with("U").collect::<Vec<_>>(), ["Ulysses"]);
}

#[test]
fn polled() {
    let mut cx = Context::from_waker(Waker::noop());
    let a = std::future::ready(20);
    let mut sum = pin!(machine!([a] -> impl Future<Output = u32> { a.await + 22 }));
    assert_eq!(sum.as_mut().poll(&mut cx), Poll::Ready(42));

    let mut pause = Box::pin(machine!(|cx| -> impl Future<Output = u8> + Send {
        cx.waker().wake_by_ref();
        let _ = yield;
        7
    }));
    assert_eq!(pause.as_mut().poll(&mut cx), Poll::Pending);
    assert_eq!(pause.as_mut().poll(&mut cx), Poll::Ready(7));

    let mut stream = pin!(machine!([n = 2] -> impl Stream<Item = u8> {
        for i in 0..n {
            yield std::future::ready(i).await;
        }
    }));
    assert_eq!(stream.as_mut().poll_next(&mut cx), Poll::Ready(Some(0)));
    assert_eq!(stream.as_mut().poll_next(&mut cx), Poll::Ready(Some(1)));
    assert_eq!(stream.as_mut().poll_next(&mut cx), Poll::Ready(None));

    let mut boxed =
        machine!([n = 1] -> Pin<Box<dyn Future<Output = u8>>> { std::future::ready(n).await });
    assert_eq!(boxed.as_mut().poll(&mut cx), Poll::Ready(1));
}

struct Noisy<'a>(&'a Cell<u32>, u32);

impl Drop for Noisy<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() * 10 + self.1);
    }
}

/// As the parameters of a function that is marked.
#[test]
fn drops() {
    let log = Cell::new(0);
    let one = Noisy(&log, 1);
    let machine = machine!([one, two = Noisy(&log, 2)] -> impl Generator {
        yield;
        drop(one);
        yield;
        let _ = &two;
    });
    drop(machine);
    assert_eq!(log.take(), 12);

    for (turns, order) in [(1, 21), (2, 12), (3, 12)] {
        let mut machine = Box::pin(
            machine!([one = Noisy(&log, 1), two = Noisy(&log, 2)] -> impl Generator {
                yield;
                drop(one);
                yield;
                let _ = &two;
            }),
        );
        for _ in 0..turns {
            let _ = machine.as_mut().resume(());
        }
        drop(machine);
        assert_eq!(log.take(), order, "{turns}");
    }
}

/// `return`, `?`, `break` and labels are the machine's.
#[test]
fn control_flow() {
    let found = 'outer: loop {
        let items = [1, 2, 3];
        let mut machine = pin!(
            machine!([items] -> impl Generator<Yield = i32, Return = Option<i32>> {
                'outer: for item in items {
                    loop {
                        if item == 2 {
                            continue 'outer;
                        }
                        yield item;
                        if item == 3 {
                            return None;
                        }
                        break;
                    }
                    let _ = item.checked_mul(2)?;
                }
                Some(0)
            })
        );
        while let Yielded(item) = machine.as_mut().resume(()) {
            if item == 3 {
                break 'outer item;
            }
        }
        break 0;
    };
    assert_eq!(found, 3);
}

/// Names of the machine's own hide those around; functions, constants and macros need no listing.
#[test]
fn names() {
    const STEP: u32 = 2;
    fn double(n: u32) -> u32 {
        n * STEP
    }
    macro_rules! half {
        ($n:expr) => {
            $n / STEP
        };
    }
    let shape = 1;
    let machine = 2;
    let at = 3;
    let all = machine!([shape, machine, at] -> impl Iterator<Item = u32> {
        let frame = shape + machine;
        yield double(frame) + at;
        struct Inner(u32);
        let inner = Inner(half!(frame * 2));
        yield inner.0;
        yield frame;
    });
    assert_eq!(all.collect::<Vec<_>>(), [9, 3, 3]);
}
