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
    format!("let kept = 1; {}{inner}{}; yield_!(kept);", before.repeat(DEPTH), after.repeat(DEPTH))
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
    deep(&nested("loop { match kept { 0 => ", "yield_!(2)", ", _ => break } }"));
}

#[test]
fn calls() {
    deep(&nested("id(", "yield_!(2)", ")"));
}

#[test]
fn binary_operators() {
    let sum = "kept + ".repeat(DEPTH);
    deep(&format!("let kept = 1; let sum = {sum} yield_!(kept); yield_!(sum)"));
}

#[test]
fn binary_operators_with_suspension_points() {
    let sum = "yield_!(kept) + ".repeat(DEPTH);
    deep(&format!("let kept = 1; let sum = {sum} kept; yield_!(sum)"));
}

#[test]
fn method_chains() {
    let chain = ".add(yield_!(kept))".repeat(DEPTH);
    deep(&format!("let kept = 1; let sum = kept{chain}; yield_!(sum)"));
}

#[test]
fn method_chains_with_closures() {
    let chain = ".map(|x| x + kept)".repeat(DEPTH);
    deep(&format!("let kept = 1; yield_!(1); let sum = kept{chain}; yield_!(sum)"));
}

#[test]
fn else_ifs() {
    let mut chain = String::from("if kept == 0 { yield_!(0) }");
    for n in 0..DEPTH {
        let _ = write!(chain, " else if kept == {n} {{ yield_!({n}) }}");
    }
    deep(&format!("let kept = 1; {chain} yield_!(kept)"));
}

#[test]
fn statements() {
    let mut body = String::new();
    for n in 0..2_500 {
        let _ = write!(body, "let x{n} = f({n}); g(&x{n}); yield_!(x{n}); y = x{n} + 1;");
    }
    let (small, _) = expanded(GENERATOR, "let mut y = 0;");
    assert!(!small.contains("compile_error"));
    let (text, time) = expanded(GENERATOR, &format!("let mut y = 0; {body}"));
    println!("{time:?}");
    assert!(!text.contains("compile_error"), "{text:.2000}");
}

#[test]
fn statements_without_suspension_points() {
    let mut body = String::new();
    for n in 0..10_000 {
        let _ = write!(body, "h(y, {n});");
    }
    let (text, time) = expanded(GENERATOR, &format!("let mut y = 0; yield_!(1); {body} yield_!(2);"));
    println!("{time:?}");
    assert!(!text.contains("compile_error"), "{text:.2000}");
}
