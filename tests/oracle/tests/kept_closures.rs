//! Closures and blocks that are kept across suspension points and borrow, change or take locals: each local is captured as
//! rustc captures it.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

/// Pending so many times.
async fn pause(times: u32) -> u32 {
    let mut left = times;
    poll_fn(|context| {
        event(format!("pause {left}"));
        if left == 0 {
            return Poll::Ready(times);
        }
        left -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

/// A future that calls a closure once, after a pause.
async fn late<T>(call: impl FnOnce() -> T) -> T {
    pause(1).await;
    call()
}

trait Eat: Sized {
    fn eat(self) -> u32 {
        event("eat");
        1
    }
    fn touch(&mut self) -> u32 {
        event("touch");
        2
    }
    fn peek(&self) -> u32 {
        event("peek");
        3
    }
}
impl Eat for Noisy {}
impl<T> Eat for Vec<T> {}
impl Eat for &mut Noisy {}

struct Pair {
    a: Noisy,
    b: Noisy,
    n: u32,
}

fn pair(name: &str) -> Pair {
    Pair {
        a: noisy(format!("{name}.a")),
        b: noisy(format!("{name}.b")),
        n: 1,
    }
}

compare! {
    async fn one_is_taken_and_one_is_changed(a: Noisy) -> u32 {
        let mut b = noisy("b");
        let sum = late(|| a.eat() + b.touch()).await;
        pause(1).await;
        sum + b.peek()
    }
    with (noisy("a"))
}

compare! {
    async fn one_is_moved_and_one_is_changed(a: Noisy) -> u32 {
        let mut list = vec![noisy("l")];
        let length = late(|| {
            list.push(a);
            list.len()
        })
        .await;
        pause(1).await;
        list.peek() + length as u32
    }
    with (noisy("a"))
}

compare! {
    async fn both_for_the_last_time(a: Noisy) -> u32 {
        let mut b = noisy("b");
        pause(1).await;
        late(|| { let sum = b.touch() + a.peek(); event("between"); sum }).await
    }
    with (noisy("a"))
}

compare! {
    async fn all_ways_at_once(a: Noisy, b: Noisy, c: Noisy, d: Noisy) -> u32 {
        let (mut a, mut b) = (a, b);
        let future = late(|| a.touch() + b.eat() + c.peek() + drop_it(d));
        pause(2).await;
        let sum = future.await;
        sum + a.touch() + c.peek()
    }
    with (noisy("a"), noisy("b"), noisy("c"), noisy("d"))
}

fn drop_it(value: Noisy) -> u32 {
    event("drop it");
    4
}

compare! {
    async fn a_part_stays(p: Noisy) -> u32 {
        let mut pair = pair("p");
        drop(pair.a);
        let sum = poll_fn(|_| { pair.n += 1; Poll::Ready(pair.b.touch() + pair.n) }).await;
        pair.a = p;
        let future = late(|| pair.a.eat() + pair.b.touch());
        pause(1).await;
        sum + future.await + pair.n
    }
    with (noisy("p"))
}

compare! {
    async fn a_part_of_a_box(p: Noisy) -> u32 {
        let mut boxed = Box::new((p, noisy("other"), 1));
        let future = late(|| { boxed.2 += 1; boxed.0.touch() });
        let sum = future.await;
        let future = poll_fn(|_| Poll::Ready(boxed.1.touch()));
        pause(1).await;
        sum + future.await + boxed.2
    }
    with (noisy("p"))
}

compare! {
    async fn by_a_reference(a: Noisy) -> u32 {
        let mut a = a;
        let b = &mut a;
        let future = poll_fn(|_| Poll::Ready(b.touch()));
        pause(1).await;
        let sum = future.await;
        let again = poll_fn(|_| Poll::Ready((&mut *b).eat()));
        pause(1).await;
        sum + again.await + b.peek()
    }
    with (noisy("a"))
}

compare! {
    async fn a_block_and_a_closure(a: Noisy) -> u32 {
        let mut a = a;
        let mut count = 0;
        let block = async {
            count += a.touch();
            pause(1).await;
            count += a.touch();
            count
        };
        pause(1).await;
        let first = block.await;
        let sum = poll_fn(|context| {
            count += 1;
            if count < 7 {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            Poll::Ready(count + a.touch())
        })
        .await;
        first + sum + a.eat()
    }
    with (noisy("a"))
}

compare! {
    async fn a_block_that_takes(a: Noisy, b: Noisy) -> u32 {
        let mut list = vec![a];
        let block = async {
            pause(1).await;
            list.push(b);
            pause(1).await;
            list.touch()
        };
        pause(1).await;
        block.await + list.peek()
    }
    with (noisy("a"), noisy("b"))
}

compare! {
    async fn in_a_loop(times: u32) -> u32 {
        let mut list = vec![];
        let mut sum = 0;
        for number in 0..times {
            let name = noisy(format!("n{number}"));
            sum += late(|| { list.push(name); list.len() as u32 }).await;
            while poll_fn(|_| { sum += 1; Poll::Ready(sum % 3) }).await != 0 {
                if pause(1).await + sum > 9 {
                    continue;
                }
            }
        }
        drop(list.pop());
        sum
    }
    with (3)
}

compare! {
    async fn closures_in_closures(a: Noisy, b: Noisy) -> u32 {
        let mut a = a;
        let future = late(|| {
            let mut touch = || a.touch() + b.peek();
            touch() + touch() + [1, 2].iter().map(|n| n + b.peek()).sum::<u32>()
        });
        pause(1).await;
        let sum = future.await;
        sum + late(|| call(|| b.eat()) + call(|| a.touch())).await + a.peek()
    }
    with (noisy("a"), noisy("b"))
}

fn call<T>(f: impl FnOnce() -> T) -> T {
    event("call");
    f()
}

compare! {
    async fn several_in_one_expression(a: Noisy, b: Noisy) -> u32 {
        let (mut a, mut b) = (a, b);
        let futures = (
            late(|| a.touch()),
            poll_fn(|_| Poll::Ready(b.touch())),
            [1, 2].map(|n| n + mk(1)),
        );
        pause(1).await;
        let sum = futures.0.await + futures.1.await + futures.2[1];
        sum
    }
    with (noisy("a"), noisy("b"))
}

compare! {
    async fn among_operands(a: Noisy) -> u32 {
        let mut a = a;
        let sum = add(|| a.touch(), pause(1).await) + pause(2).await;
        sum + add(|| a.eat(), pause(1).await)
    }
    with (noisy("a"))
}

fn add(call: impl FnOnce() -> u32, other: u32) -> u32 {
    event("add");
    call() + other
}

compare! {
    fn of_a_generator(a: Noisy) -> impl Generator<Yield = u32> {
        let mut a = a;
        let mut count = 1;
        let mut add = || { count += a.touch(); count };
        yield_!(add());
        yield_!(add());
        let again = || { let a = &a; a.peek() };
        yield_!(again() + count);
        let last = || a.eat();
        yield_!(count);
        yield_!(last());
    }
    with (noisy("a"))
}

compare! {
    fn with_temporaries(a: Noisy) -> impl Generator<Yield = u32> {
        let mut list = vec![1, 2, 3];
        let mut seen = vec![];
        let mut items = list.iter_mut().map(|item| { *item += 1; seen.push(*item); *item }).peekable();
        while let Some(item) = items.next() {
            yield_!(item);
        }
        drop(items);
        yield_!(seen.iter().sum());
        for item in seen.drain(..).filter(|item| { list.push(*item); a.peek() > 0 }) {
            yield_!(item);
        }
        yield_!(list.len() as u32);
    }
    with (noisy("a"))
}

// Shapes of a user's: a method with a borrow of `self`, a guard in a temporary, a move on one arm only.

struct Shelf {
    books: std::cell::RefCell<Vec<Noisy>>,
    spare: Option<Noisy>,
}

impl Shelf {
    fn names(&mut self) -> (&mut Option<Noisy>, &std::cell::RefCell<Vec<Noisy>>) {
        (&mut self.spare, &self.books)
    }
}

compare! {
    fn borrows_of_one_value(a: Noisy, b: Noisy) -> impl Generator<Yield = u32> {
        let mut shelf = Shelf { books: std::cell::RefCell::new(vec![a]), spare: Some(b) };
        let (spare, books) = shelf.names();
        yield_!(books.borrow().len() as u32);
        let mut swap = || { if let Some(it) = spare.take() { books.borrow_mut().push(it); } books.borrow().len() as u32 };
        yield_!(swap());
        yield_!(swap());
        drop(shelf);
        yield_!(9);
    }
    with (noisy("a"), noisy("b"))
}

compare! {
    async fn a_guard_in_a_temporary(a: Noisy) -> u32 {
        let lock = std::sync::Mutex::new(Some(a));
        let mut seen = 0;
        match lock.lock().unwrap().as_mut() {
            Some(it) => seen += it.touch() + pause(1).await + poll_fn(|_| Poll::Ready(it.peek())).await,
            None => seen += pause(2).await,
        };
        event("unlocked");
        let taken = lock.lock().unwrap().take();
        seen + late(|| taken.map_or(0, Eat::eat)).await
    }
    with (noisy("a"))
}

compare! {
    async fn a_move_on_one_arm(a: Noisy, n: u32) -> u32 {
        let held = Some(a);
        let sum = match n {
            0 => late(|| held.map_or(0, Eat::eat)).await,
            1 => match held {
                Some(it) => pause(it.peek()).await,
                None => 0,
            },
            _ => pause(1).await + held.as_ref().map_or(0, Eat::peek),
        };
        event("after");
        pause(sum.min(1)).await
    }
    with (noisy("a"), 2)
}
