//! Macros that `#[generator]` does not know.

use std::fmt::Arguments;

use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Log, Logged, Pause, block_on, run};

macro_rules! twice {
    ($e:expr) => {
        ($e, $e)
    };
}

#[generator]
fn value_before(#[resume] _: u32) -> impl Generator<u32, Return = (u32, u32)> {
    let value = yield_!();
    twice!(value)
}

#[generator]
async fn awaited_before(n: u32) -> (u32, u32) {
    let value = async {
        Pause(1).await;
        n + 1
    }
    .await;
    twice!(value)
}

#[test]
fn a_value_before_the_macro() {
    let mut machine = Box::pin(value_before());
    assert_eq!(machine.as_mut().resume(1), Yielded(()));
    assert_eq!(machine.as_mut().resume(2), Complete((2, 2)));
    assert_eq!(block_on(awaited_before(1)), (1, (2, 2)));
}

#[generator]
async fn returns(n: u32) -> Result<u32, String> {
    macro_rules! check {
        ($condition:expr, $($e:tt)+) => {
            if !$condition {
                return Err(format!($($e)+));
            }
        };
    }

    Pause(1).await;
    check!(n > 0, "{n} is too small");
    if n > 1 {
        return Ok(n);
    }
    Err(String::new())
}

#[test]
fn a_value_is_returned_by_return() {
    assert_eq!(block_on(returns(2)), (1, Ok(2)));
    assert_eq!(block_on(returns(1)), (1, Err(String::new())));
    assert_eq!(block_on(returns(0)), (1, Err("0 is too small".to_owned())));
}

macro_rules! debug {
    ($($given:tt)*) => {};
}

macro_rules! increment_twice {
    ($e:expr) => {
        $e += 1;
        $e += 1;
    };
}

#[generator]
fn statements(log: Log, mut n: u32) -> impl Generator<Yield = u32> {
    // `defer!`, written out.
    let _guard = log.value("guard");
    {
        increment_twice!(n);
    }
    yield_!(n);
    {
        increment_twice!(n);
    }
    {
        debug!("{n}");
    }
    yield_!(n);
}

#[test]
fn braces_around_statements() {
    let log = Log::default();
    let mut machine = Box::pin(statements(log.clone(), 1));
    assert_eq!(machine.as_mut().resume(()), Yielded(3));
    assert_eq!(log.take(), [] as [&str; 0]);
    assert_eq!(machine.as_mut().resume(()), Yielded(5));
    drop(machine);
    assert_eq!(log.take(), ["guard"]);
}

macro_rules! next {
    ($name:ident) => {
        $name + 1
    };
}

#[generator]
fn copied(n: u32) -> impl Generator<Yield = u32> {
    yield_!(n);
    let next = {
        let n = n;
        next!(n)
    };
    yield_!(next);
    yield_!(n);
}

#[test]
fn a_copy_for_a_macro_that_takes_an_identifier() {
    assert_eq!(run(copied(1)).0, [1, 2, 1]);
}

macro_rules! ensure {
    ($condition:expr, $error:expr) => {
        if !$condition {
            return Err($error);
        }
    };
}

#[generator]
fn moved(ok: bool, error: Logged) -> impl Generator<Yield = u32, Return = Result<(), Logged>> {
    yield_!(1);
    {
        let error = error;
        ensure!(ok, error);
    }
    yield_!(2);
    Ok(())
}

#[test]
fn a_block_for_a_macro_that_moves() {
    let log = Log::default();
    let mut machine = Box::pin(moved(true, log.value("error")));
    assert!(matches!(machine.as_mut().resume(()), Yielded(1)));
    assert_eq!(log.take(), [] as [&str; 0]);
    assert!(matches!(machine.as_mut().resume(()), Yielded(2)));
    assert_eq!(log.take(), ["error"]);
    assert!(run(moved(false, log.value("error"))).1.is_err());
    assert_eq!(log.take(), ["error"]);
}

macro_rules! choose {
    ($pattern:pat => $value:expr, $else:expr) => {
        match Some(1) {
            $pattern => $value,
            _ => $else,
        }
    };
}

macro_rules! call {
    (with $n:expr, $f:expr) => {
        ($f)($n)
    };
}

#[generator]
fn other_names(n: u32) -> impl Generator<Yield = u32> {
    yield_!(n);
    let chosen = choose!(Some(m) => m + n, 0);
    yield_!(chosen);
    let called = call!(with 1, |m: u32| m + n + 1);
    yield_!(called);
    yield_!(n);
}

#[test]
fn other_names_in_patterns_of_macros() {
    assert_eq!(run(other_names(3)).0, [3, 4, 5, 3]);
}

macro_rules! later {
    ($($format:tt)+) => {
        move || format!($($format)+)
    };
}

#[generator]
fn passed(name: String, width: usize) -> impl Generator<Yield = String> {
    yield_!(String::new());
    let shown = later!("{}", name);
    let shown = shown();
    yield_!(shown);
    let shown = later!("{:1$}", 3, width)();
    yield_!(shown);
    yield_!(width.to_string());
}

#[test]
fn what_a_format_string_would_capture_is_passed() {
    let (yielded, ()) = run(passed("name".to_owned(), 3));
    assert_eq!(yielded, ["", "name", "  3", "3"]);
}

macro_rules! reference {
    ($e:expr) => {
        &$e
    };
}

#[generator]
fn bound(n: u32) -> impl Generator<Yield = u32> {
    let next = n + 1;
    let next = reference!(next);
    yield_!(*next);
    yield_!(*next + 1);
}

#[test]
fn a_value_that_a_macro_borrows_is_bound() {
    assert_eq!(run(bound(1)).0, [2, 3]);
}

async fn print(text: Arguments<'_>) -> String {
    Pause(1).await;
    text.to_string()
}

#[generator]
fn formatted(n: u32) -> impl Generator<Yield = String> {
    let text = format!("{n}");
    yield_!(text.clone());
    yield_!(format!("{text}{n}"));
    for c in format!("{}", n + 1).chars() {
        yield_!(c.to_string());
    }
}

#[generator]
async fn printed(n: u32) -> String {
    let printed = async { print(format_args!("{n}")).await }.await;
    Pause(1).await;
    printed
}

#[test]
fn format_and_a_block_of_its_own_for_arguments() {
    assert_eq!(run(formatted(12)).0, ["12", "1212", "1", "3"]);
    assert_eq!(block_on(printed(12)), (2, "12".to_owned()));
}
