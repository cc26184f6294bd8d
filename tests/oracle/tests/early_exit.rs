//! `return` and `?`, on everything that `?` works on.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::fmt;
use std::num::ParseIntError;
use std::ops::ControlFlow;
use std::task::Poll;

use handcrank_oracle::{Noisy, compare, event, noisy};

#[derive(Debug)]
enum Failure {
    Parse(ParseIntError),
    Text(String),
}

impl From<ParseIntError> for Failure {
    fn from(error: ParseIntError) -> Self {
        event("from");
        Failure::Parse(error)
    }
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Failure::Text(text)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Parse(error) => error.fmt(f),
            Failure::Text(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Failure {}

fn parse(text: &str) -> Result<u32, ParseIntError> {
    event(format!("parse {text}"));
    text.parse()
}

compare! {
    fn return_from_every_depth(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = String> {
        let outer = noisy("outer");
        let mut n = n;
        if n == 0 {
            return "never".to_owned();
        }
        for i in 0.. {
            let turn = noisy(format!("turn {i}"));
            let text = match n {
                11 => {
                    let _arm = noisy("arm");
                    yield_!(1)
                }
                14 => {
                    let arm = noisy("last arm");
                    yield_!(2);
                    return format!("{arm:?} {turn:?}");
                }
                _ => yield_!(3),
            };
            n = text;
        }
        format!("{outer:?}")
    }
}

compare! {
    fn return_of_a_yield(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let a = noisy("a");
        if n < 100 {
            let b = noisy("b");
            return yield_!(n + b.name().len() as u32);
        }
        event(format!("{a:?}"));
        0
    }
}

compare! {
    fn return_moves_a_local(stop: bool) -> impl Generator<Yield = u32, Return = (Noisy, Noisy)> {
        let a = noisy("a");
        let b = noisy("b");
        let c = noisy("c");
        yield_!(1);
        if stop {
            return (b, { yield_!(2); a });
        }
        yield_!(3);
        (a, c)
    }
    with (true)
}

compare! {
    fn return_as_an_operand(#[resume] n: Option<u32>) -> impl Generator<Option<u32>, Yield = u32, Return = u32> {
        let log = noisy("log");
        let mut sum = 0;
        let mut input = n;
        loop {
            let n = input.unwrap_or_else(|| 0) + if sum > 60 { return sum } else { 1 };
            sum += n;
            input = yield_!(match input { Some(_) => n, None => return { yield_!(1000); log.name().len() as u32 } });
        }
    }
}

compare! {
    fn question_mark_on_option(
        #[resume] input: Option<u32>,
    ) -> impl Generator<Option<u32>, Yield = u32, Return = Option<Noisy>> {
        let first = noisy("first");
        let a = input?;
        let second = noisy("second");
        let b = yield_!(a)? + 1;
        event(format!("{b} {second:?}"));
        let c = yield_!(b)?;
        event(c.to_string());
        Some(first)
    }
}

compare! {
    fn question_mark_on_result(
        words: &'static [&'static str],
    ) -> impl Generator<Yield = u32, Return = Result<Noisy, Failure>> {
        let total = noisy("total");
        let mut sum = 0;
        for word in words {
            let turn = noisy(*word);
            sum += parse(word)?;
            yield_!(sum);
            if sum > 5 {
                Err(format!("{turn:?} is too much"))?;
            }
        }
        Ok(total)
    }
    with (&["1", "2", "x"])
}

compare! {
    fn question_mark_converts(
        words: &'static [&'static str],
    ) -> impl Generator<Yield = u32, Return = Result<(), Box<dyn std::error::Error>>> {
        let _log = noisy("log");
        for word in words {
            let n = parse(word)?;
            yield_!(n);
            if n == 4 {
                return Err("four".into());
            }
            let _checked = u8::try_from(n).map_err(|_| Failure::Text(word.to_string()))?;
        }
        Err(Failure::Text("end".to_owned()))?
    }
    with (&["1", "2", "256"])
}

compare! {
    fn question_mark_on_a_yielded_result(
        #[resume] first: Result<u32, String>,
    ) -> impl Generator<Result<u32, String>, Yield = String, Return = Result<u32, Failure>> {
        let mut sum = first?;
        let kept = noisy("kept");
        loop {
            let turn = noisy("turn");
            sum += yield_!(format!("{sum}"))? + yield_!(format!("{turn:?} {kept:?}"))?;
        }
    }
}

compare! {
    fn question_mark_on_control_flow(start: u32) -> impl Generator<Yield = u32, Return = ControlFlow<Noisy, u32>> {
        fn step(n: u32) -> ControlFlow<Noisy, u32> {
            if n > 3 { ControlFlow::Break(noisy("stopped")) } else { ControlFlow::Continue(n + 1) }
        }
        let mut n = start;
        let _log = noisy("log");
        while n < 10 {
            n = step(n)?;
            yield_!(n);
        }
        ControlFlow::Continue(n)
    }
    with (2)
}

compare! {
    fn question_mark_on_poll(
        polls: Vec<Poll<Result<u32, ParseIntError>>>,
    ) -> impl Generator<Yield = u32, Return = Poll<Result<u32, Failure>>> {
        let _log = noisy("log");
        for poll in polls {
            match poll? {
                Poll::Ready(n) => yield_!(n),
                Poll::Pending => yield_!(0),
            }
        }
        Poll::Ready(Ok(1))
    }
    with (vec![Poll::Ready(Ok(1)), Poll::Pending, Poll::Ready("e".parse())])
}

compare! {
    fn question_mark_on_poll_of_option(
        polls: Vec<Poll<Option<Result<u32, ParseIntError>>>>,
    ) -> impl Generator<Yield = u32, Return = Poll<Option<Result<u32, Failure>>>> {
        let _log = noisy("log");
        for poll in polls {
            let _turn = noisy("turn");
            match poll? {
                Poll::Ready(Some(n)) => yield_!(n),
                Poll::Ready(None) => yield_!(0),
                Poll::Pending => yield_!(100),
            }
        }
        Poll::Pending
    }
    with (vec![Poll::Ready(Some(Ok(1))), Poll::Pending, Poll::Ready(None), Poll::Ready(Some("e".parse()))])
}

compare! {
    fn question_mark_among_operands(
        #[resume] first: Option<u32>,
    ) -> impl Generator<Option<u32>, Yield = String, Return = Option<u32>> {
        fn keep<T>(value: T) -> Option<T> {
            Some(value)
        }
        let pair = (noisy("x"), keep(first?)?, noisy("y"));
        yield_!(format!("{pair:?}"));
        let list = [noisy("m"), noisy(format!("{}", yield_!("array".to_owned())?)), noisy("n")];
        let total = keep(list.len())? as u32 + yield_!(format!("{list:?}"))?;
        Some(total)
    }
}

compare! {
    fn question_mark_inside_a_closure_stays_there() -> impl Generator<Yield = Option<u32>, Return = Result<u32, Failure>> {
        let base = noisy("7");
        let add = |text: &str| -> Option<u32> { Some(text.parse::<u32>().ok()? + base.name().len() as u32) };
        yield_!(add("1"));
        yield_!(add("x"));
        let parsed = (|| -> Result<u32, Failure> { Ok(parse(base.name())? + parse("y")?) })();
        yield_!(None);
        parsed
    }
}

compare! {
    fn diverging_operands(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        fn pair(a: Noisy, b: u32) -> u32 {
            event(format!("{a:?}"));
            b
        }
        let mut n = n;
        let mut rounds = 0;
        loop {
            rounds += 1;
            n = pair(noisy(format!("a{rounds}")), if n == 11 { n = yield_!(2); continue } else { yield_!(1) });
            if rounds == 5 {
                pair(noisy("last"), return rounds);
            }
        }
    }
}

/// As anyhow's: an error that is made of anything.
macro_rules! bail {
    ($text:literal $($arg:tt)*) => { return Err(noisy(format!($text $($arg)*))) };
    ($error:expr) => { return Err($error) };
}

macro_rules! ensure {
    ($condition:expr, $($rest:tt)*) => { if !$condition { bail!($($rest)*) } };
}

compare! {
    fn macros_that_return_errors(#[resume] mut n: u32) -> impl Generator<u32, Yield = u32, Return = Result<String, Noisy>> {
        let kept = noisy("kept");
        let error = noisy("error");
        for round in 0..4 {
            ensure!(n < 13, "{round} {:?} {}", kept, noisy("temporary").name().len());
            n = yield_!(round);
            let half = match n % 4 {
                0 => n / 2,
                1..=2 => 7,
                _ if round < 2 => bail!("odd {n:?}"),
                _ => bail!(error),
            };
            event(format!("half {half}"));
        }
        Ok(format!("{kept:?}"))
    }
}

compare! {
    fn a_macro_that_returns_what_it_is_given(#[resume] n: u32, of: Option<Noisy>) -> impl Generator<u32, Yield = u32, Return = Result<u32, Noisy>> {
        let first = noisy("first");
        let second = noisy("second");
        let m = yield_!(n);
        let Some(value) = of else { bail!(first.and("!")) };
        if m == 11 {
            bail!({ yield_!(1); second });
        }
        Ok(first.name().len() as u32)
    }
    with (Some(noisy("of")))
}

mod asserting {
    /// One of these names that returns nothing.
    macro_rules! ensure {
        ($condition:expr) => {
            assert!($condition)
        };
    }
    pub(super) use ensure;
}

compare! {
    fn a_macro_of_that_name_that_returns_nothing(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let kept = noisy("kept");
        asserting::ensure!(n < 100);
        let m = yield_!(n);
        asserting::ensure!(kept.name().len() == 4);
        yield_!(m);
    }
}

compare! {
    fn a_local_that_never_comes_to_be() -> impl Generator<Yield = u32, Return = u32> {
        yield_!(0);
        let never = match (noisy("a"), noisy("b")) {
            (a, _) => return 3,
        };
        let kept = Box::new((noisy("c"), yield_!(1)));
        4
    }
}

compare! {
    fn a_local_that_never_comes_to_be_after_a_point() -> impl Generator<Yield = u32, Return = u32> {
        yield_!(0);
        let never = return 3;
        yield_!(1);
        4
    }
}

compare! {
    fn an_operator_is_applied_to_what_leaves(n: u32) -> impl Generator<Yield = u32, Return = u32> {
        let held = noisy("held");
        'all: for k in 0..5 {
            if k == n {
                if !match k { 0 => { yield_!(1); return 10 }, 1 => return 11, _ => { yield_!(2); break } } {
                    event("never");
                }
            } else if k > 3 {
                let minus: i8 = -{ yield_!(3); return 12 };
            }
            let flag: bool = k != 7 || !loop { if k == 9 { yield_!(4); break return 13 } };
            let other: bool = k != 8 || !'out: { if k == 1 { break 'out return 4 } yield_!(5); continue 'all };
            while k > 10 && !if k == 1 { yield_!(6); return 4 } else { panic!() } {}
            let byte: u8 = if flag && other { 3 } else { !{ yield_!(7); return 5 } };
        }
        event(format!("{held:?}"));
        14
    }
    with (2)
}
