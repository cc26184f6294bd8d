//! `async fn`: `.await` anywhere, and futures that borrow locals.
#![allow(
    path_statements,
    clippy::all,
    clippy::pedantic,
    reason = "bodies are odd on purpose"
)]

use std::future::{Future, IntoFuture, poll_fn, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use handcrank_oracle::{Noisy, Zst, compare, event, mk, noisy};

/// Pending so many times, then ready with its value.
struct Later<T>(u32, Option<T>, Noisy);

impl<T: Unpin> Future for Later<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        event(format!("poll {:?} {}", self.2, self.0));
        if self.0 == 0 {
            return Poll::Ready(self.1.take().expect("polled once more"));
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl<T> Unpin for Later<T> {}

fn later<T>(pending: u32, value: T, name: &str) -> Later<T> {
    Later(pending, Some(value), noisy(name))
}

/// A future that is made late, at its `.await`.
struct Request(Noisy, u32);

impl IntoFuture for Request {
    type Output = usize;
    type IntoFuture = Later<usize>;

    fn into_future(self) -> Later<usize> {
        event("into_future");
        later(self.1, self.0.name().len(), "request")
    }
}

compare! {
    async fn one_after_another(a: Noisy, n: u32) -> usize {
        let first = later(1, noisy("first"), "f").await;
        let second = later(0, n, "ready at once").await;
        let request = Request(noisy("req"), 2).await;
        event(format!("{a:?} {first:?} {second}"));
        later(2, (), "last").await;
        request + first.consume()
    }
    with (noisy("a"), 3)
}

compare! {
    async fn awaits_among_operands(base: u32) -> (u32, Noisy) {
        let sum = mk(base) + later(1, 2, "a").await * later(1, 3, "b").await;
        let list = [noisy("l0"), later(1, noisy("l1"), "c").await, noisy("l2")];
        let pair = (later(1, 4, "d").await, noisy("beside"), later(2, 5, "e").await);
        if later(1, true, "condition").await && later(1, sum > 3, "lazy").await {
            event(format!("{list:?}"));
        }
        (sum + pair.0 + pair.2, pair.1)
    }
    with (10)
}

compare! {
    async fn loops_and_question_marks(results: Vec<Result<u32, String>>) -> Result<u32, Box<dyn std::error::Error>> {
        let log = noisy("log");
        let mut sum = 0;
        for (i, result) in results.into_iter().enumerate() {
            let _turn = noisy(format!("turn {i}"));
            sum += later(1, result, "result").await?;
            if sum == 3 {
                continue;
            }
            while later(1, sum < 10, "while").await {
                sum += 5;
            }
        }
        event(format!("{log:?}"));
        later(1, "x".parse::<u32>(), "parse").await?;
        Ok(sum)
    }
    with (vec![Ok(3), Ok(4), Ok(1)])
}

compare! {
    async fn an_error_ends_it(results: Vec<Result<u32, String>>) -> Result<u32, Box<dyn std::error::Error>> {
        let mut sum = 0;
        let _log = noisy("log");
        for result in results {
            let kept = noisy("kept");
            sum += later(1, result, "result").await?;
            event(format!("{kept:?}"));
        }
        Ok(sum)
    }
    with (vec![Ok(3), Err("no".to_owned()), Ok(1)])
}

compare! {
    async fn futures_that_borrow_locals(names: &[&str]) -> usize {
        let mut list = Vec::new();
        let mut count = 0;
        for name in names {
            push(&mut list, name, &mut count).await;
        }
        let view = &list;
        let shown = async { later(1, (), "inner").await; format!("{view:?}") }.await;
        event(shown);
        let total: usize = list.iter().map(|item| item.name().len()).sum();
        total + count
    }
    async fn push(list: &mut Vec<Noisy>, name: &str, count: &mut usize) {
        later(1, (), "push").await;
        list.push(noisy(name));
        *count += list.len();
        later(1, (), "pushed").await;
    }
    with (&["a", "bb"])
}

compare! {
    async fn pinned_and_polled_by_hand() -> u32 {
        let mut future = pin!(later(2, 7, "pinned"));
        let first = poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_pending())).await;
        later(1, (), "between").await;
        let value = future.await;
        let mut left = 2;
        poll_fn(|_| { left -= 1; if left == 0 { Poll::Ready(()) } else { Poll::Pending } }).await;
        value + u32::from(first) + ready(1).await
    }
}

compare! {
    async fn temporaries_live_through_an_await(names: Vec<Noisy>) -> String {
        fn hold<'a>(name: &'a Noisy, _extra: &Noisy) -> Later<&'a str> {
            later(1, name.name(), "hold")
        }
        let a = hold(&names[0], &noisy("temporary")).await.to_owned();
        match hold(&names[1], &noisy("scrutinee")).await {
            "" => {}
            text => { later(1, text, "arm").await; }
        }
        let b = hold(&noisy("whole temporary"), &names[1]).await.len();
        Zst;
        format!("{a} {b}")
    }
    with (vec![noisy("n0"), noisy("n1")])
}

compare! {
    async fn generic_futures<F, T>(futures: Vec<F>, fallback: T) -> Vec<T>
    where
        F: IntoFuture<Output = T>,
        T: Clone + std::fmt::Debug,
    {
        let mut done = vec![fallback.clone()];
        for future in futures {
            let value = future.await;
            done.push(value);
            event(format!("{done:?}"));
        }
        done
    }
    with (vec![Request(noisy("r0"), 1), Request(noisy("r11"), 0)], 100)
}

compare! {
    async fn boxed_futures_and_recursion(depth: u32) -> u32 {
        let boxed: Pin<Box<dyn Future<Output = u32>>> = Box::pin(later(1, depth, "boxed"));
        let n = boxed.await;
        let _level = noisy(format!("level {n}"));
        let both = [1, 2].map(|m| Box::pin(later(m, m, "both")));
        let mut sum = n;
        for future in both {
            sum += future.await;
        }
        sum
    }
    with (3)
}

compare! {
    async fn parameters(_: Noisy, (a, _): (Noisy, Noisy), mut b: Noisy, _unused: Noisy) -> Noisy {
        later(1, (), "first").await;
        b.rename("!");
        let moved = a;
        later(1, (), "second").await;
        drop(moved);
        later(1, (), "third").await;
        b
    }
    with (noisy("ignored"), (noisy("a"), noisy("other")), noisy("b"), noisy("unused"))
}
