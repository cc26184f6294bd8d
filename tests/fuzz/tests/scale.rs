//! Long and deep bodies: the time of the expansion grows with the length, and the stack is that of rustc.

use std::fmt::Write;
use std::time::{Duration, Instant};

use handcrank_fuzz::expand;
use proc_macro2::TokenStream;

/// The stack of the thread on which rustc runs macros.
const STACK: usize = 8 << 20;

/// Expands a function with this body.
fn expanded(signature: &str, body: &str) -> (String, Duration) {
    let text = format!("{signature} {{ {body} }}");
    let run = move || {
        let function: TokenStream = text.parse().expect("tokens");
        let start = Instant::now();
        let expanded = expand(TokenStream::new(), &function);
        (expanded.to_string(), start.elapsed())
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run);
    thread.expect("a thread").join().expect("no panic")
}

const GENERATOR: &str = "fn f() -> impl Generator<Yield = usize>";

fn deep(body: &str) {
    let (expanded, time) = expanded(GENERATOR, body);
    assert!(!expanded.contains("compile_error"), "{expanded:.2000}");
    println!("{time:?}");
    assert!(time < Duration::from_secs(20), "{time:?}");
}

const DEPTH: usize = 200;

fn nested(before: &str, inner: &str, after: &str) -> String {
    format!(
        "let kept = 1; {}{inner}{}; yield_!(kept);",
        before.repeat(DEPTH),
        after.repeat(DEPTH)
    )
}

#[test]
fn blocks() {
    deep(&nested("{ yield_!(kept); ", "yield_!(2)", "}"));
}

#[test]
fn ifs() {
    deep(&nested("if kept > 1 { ", "yield_!(2)", "}"));
}

#[test]
fn parentheses() {
    deep(&nested("(", "yield_!(2)", ")"));
}

#[test]
fn closures() {
    deep(&nested("(|| ", "kept", ")()"));
}

#[test]
fn loops_and_matches() {
    deep(&nested(
        "loop { match kept { 0 => ",
        "yield_!(2)",
        ", _ => break } }",
    ));
}

#[test]
fn calls() {
    deep(&nested("id(", "yield_!(2)", ")"));
}

#[test]
fn binary_operators() {
    let sum = "kept + ".repeat(DEPTH);
    deep(&format!(
        "let kept = 1; let sum = {sum} yield_!(kept); yield_!(sum)"
    ));
}

#[test]
fn binary_operators_with_suspension_points() {
    let sum = "yield_!(kept) + ".repeat(DEPTH);
    deep(&format!("let kept = 1; let sum = {sum} kept; yield_!(sum)"));
}

#[test]
fn method_chains() {
    let chain = ".add(yield_!(kept))".repeat(DEPTH);
    deep(&format!(
        "let kept = 1; let sum = kept{chain}; yield_!(sum)"
    ));
}

#[test]
fn method_chains_with_closures() {
    let chain = ".map(|x| x + kept)".repeat(DEPTH);
    deep(&format!(
        "let kept = 1; yield_!(1); let sum = kept{chain}; yield_!(sum)"
    ));
}

#[test]
fn else_ifs() {
    let mut chain = String::from("if kept == 0 { yield_!(0) }");
    for n in 0..DEPTH {
        let _ = write!(chain, " else if kept == {n} {{ yield_!({n}) }}");
    }
    deep(&format!("let kept = 1; {chain} yield_!(kept)"));
}

/// The time for so many statements.
fn timed(
    signature: &str,
    before: &str,
    statement: impl Fn(usize) -> String,
    count: usize,
) -> Duration {
    let body: String = (0..count).map(statement).collect();
    let (text, time) = expanded(signature, &format!("{before} {body}"));
    assert!(!text.contains("compile_error"), "{text:.2000}");
    time
}

/// Four times as many statements take about four times as long. What is quadratic takes sixteen times as long.
fn is_linear(signature: &str, before: &str, statement: impl Fn(usize) -> String + Copy) {
    let [few, many] = [250, 1_000].map(|count| timed(signature, before, statement, count));
    println!("{few:?} {many:?}");
    assert!(many < 9 * few, "{few:?} {many:?}");
}

#[test]
fn statements() {
    is_linear(GENERATOR, "let mut y = 0;", |n| match n % 4 {
        0 => format!("let x{n} = f({n});"),
        1 => format!("g(&x{});", n - 1),
        2 => format!("yield_!(x{});", n - 2),
        _ => format!("y = x{} + 1;", n - 3),
    });
}

/// Optimised, as the README's figure is; without that it takes about four times as long.
#[test]
fn ten_thousand_statements() {
    let statement = |n: usize| match n % 4 {
        0 => format!("let x{n} = f({n});"),
        1 => format!("g(&x{});", n - 1),
        2 => format!("yield_!(x{});", n - 2),
        _ => format!("y = x{} + 1;", n - 3),
    };
    let time = timed(GENERATOR, "let mut y = 0;", statement, 10_000);
    println!("{time:?}");
    let limit = if cfg!(debug_assertions) { 30 } else { 2 };
    assert!(time < Duration::from_secs(limit), "{time:?}");
}

/// In blocks of their own: the check of machines that may move assigns each local in scope at each suspension point.
#[test]
fn statements_of_an_iterator() {
    is_linear("fn f() -> impl Iterator<Item = usize>", "", |n| {
        format!("{{ let x{n} = f({n}); g(&x{n}); yield_!(x{n}); }}")
    });
}

#[test]
fn statements_of_a_future() {
    is_linear("async fn f()", "let y = 0;", |n| {
        format!("{{ let x{n} = f(y).await; g(x{n}).await; }}")
    });
}

#[test]
fn statements_without_suspension_points() {
    is_linear(GENERATOR, "let mut y = 0; yield_!(1);", |n| {
        format!("h(y, {n});")
    });
}

#[test]
fn locals_that_are_not_kept() {
    is_linear(GENERATOR, "yield_!(1);", |n| {
        format!("let x{n} = {n}; h(x{n});")
    });
}

#[test]
fn blocks_with_suspension_points() {
    is_linear(GENERATOR, "let mut y = 0;", |n| {
        format!("if y > {n} {{ let k = {n}; yield_!(k); y += k; }}")
    });
}

#[test]
fn parts_that_move() {
    is_linear(GENERATOR, "", |n| {
        format!("{{ let p = f({n}); yield_!(1); g(p.name); }}")
    });
}

#[test]
fn arms() {
    let [few, many] = [250, 1_000].map(|count| {
        let mut arms = String::new();
        for n in 0..count {
            let _ = write!(arms, "{n} => yield_!({n}),");
        }
        timed(
            GENERATOR,
            &format!("match f() {{ {arms} _ => {{}} }}"),
            |_| String::new(),
            0,
        )
    });
    println!("{few:?} {many:?}");
    assert!(many < 9 * few, "{few:?} {many:?}");
}
