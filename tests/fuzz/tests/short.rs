//! A few seconds of what `README.md` runs for hours; and what has been found there.

use std::fmt::Write;

use handcrank_fuzz::check::{Outcome, check};
use handcrank_fuzz::corpus::Corpus;
use handcrank_fuzz::{bytes, mutate};

/// What rustc gives the thread that macros run on.
const STACK: usize = 8 << 20;

fn on_a_stack_like_rustcs(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run);
    thread.expect("a thread").join().expect("no panic");
}

#[test]
fn mutated_functions_expand_or_are_rejected() {
    on_a_stack_like_rustcs(|| {
        let corpus = Corpus::of_repository().expect("the repository can be read");
        assert!(corpus.functions.len() > 500, "{corpus:?}");
        let mut outcomes = [0; 3];
        for case in 0..60 {
            let function = mutate::function(&corpus, &bytes(5, case));
            match check(&function) {
                Ok(Outcome::Expanded) => outcomes[0] += 1,
                Ok(Outcome::Rejected) => outcomes[1] += 1,
                Ok(Outcome::NoFunction) => outcomes[2] += 1,
                Err(fault) => panic!("case {case}: {fault}\n{function}"),
            }
        }
        // Mutations leave enough of a function that it is looked into.
        assert!(outcomes[0] > 10 && outcomes[1] > 0, "{outcomes:?}");
    });
}

#[test]
fn what_has_been_found() {
    let bodies = [
        "(while x { y(); yield_!(1); }) = z;",
        "(f()(yield_!(1)), a) = z;",
        "({ &mut s }.f, a[yield_!(1)]) = z;",
        "while { n += 1; n } < 4 { yield_!(n); }",
        "let b = S { x: 1 } == s && { yield_!(1); true };",
        "let b = matches!(S { x: yield_!(1) }, S { .. });",
        "let s = 1; yield_!(1); let c = move || unknown!(s, _, return);",
        "let ref lent: dyn Fn = yield_!() else {};",
    ];
    for body in bodies {
        let function = format!("fn f() -> impl Generator<Yield = u32> {{ {body} }}");
        let outcome = check(&function.parse().expect("tokens"));
        assert!(outcome.is_ok(), "{body}: {outcome:?}");
    }
    let function = "fn f() -> impl Generator<Yield = u32> + Unpin {
        for v in lock { match () { () if if () { } else if let limit = { } && 2 { } => { } } }
    }";
    let outcome = check(&function.parse().expect("tokens"));
    assert!(outcome.is_ok(), "{outcome:?}");
    // More parts than a number has bits.
    let mut parts = String::new();
    for n in 0..200 {
        let _ = write!(parts, "if b {{ drop(p.f{n}); }}");
    }
    let function = format!(
        "fn f() -> impl Generator<Yield = u32> {{ let p = g(); yield_!(1); {parts} yield_!(2); }}"
    );
    let outcome = check(&function.parse().expect("tokens"));
    assert_eq!(outcome, Ok(Outcome::Expanded));
}
