//! Exactly-once destruction under faults. A body per construct: each creation, use and destruction of a value
//! panics once, at each suspension point the machine is dropped once, and both at once. After each of these runs
//! every value has been dropped once, none was used after that, and the order was that of rustc's coroutine.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use handcrank_oracle::{Forms, Noisy, compare, event, mk, noisy};

/// The bodies: each is compared by `compare!`, and is in the table.
macro_rules! faults {
    ($($what:literal: { $($body:tt)* } $name:ident)*) => {
        $(compare! { $($body)* })*

        const TABLE: &[(&str, fn() -> Forms)] = &[$(($what, $name::forms)),*];
    };
}

#[test]
fn every_value_is_dropped_once_whatever_fails() {
    assert!(TABLE.len() >= 40, "{} bodies", TABLE.len());
    for (construct, forms) in TABLE {
        let runs = forms().destroys_once();
        // A creation or a use, and a suspension point.
        assert!(runs >= 6, "{construct}: {runs} runs");
    }
}

#[derive(Debug)]
struct Pair {
    a: Noisy,
    b: Noisy,
}

impl std::ops::AddAssign<Noisy> for Pair {
    fn add_assign(&mut self, other: Noisy) {
        self.a.rename(other.name());
    }
}

fn pair(a: &str, b: &str) -> Pair {
    Pair {
        a: noisy(a),
        b: noisy(b),
    }
}

fn maybe(name: &str) -> Option<Noisy> {
    Some(noisy(name))
}

fn join(a: Noisy, b: u32, c: Noisy) -> Noisy {
    event("join");
    drop(c);
    a
}

/// Pending once.
struct Pause(Noisy, bool);

impl Future for Pause {
    type Output = Noisy;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Noisy> {
        event(format!("poll {:?}", self.0));
        if std::mem::replace(&mut self.1, true) {
            Poll::Ready(noisy("awaited"))
        } else {
            Poll::Pending
        }
    }
}

fn pause(name: &str) -> Pause {
    Pause(noisy(name), false)
}

/// rustc's own future.
async fn native(value: &Noisy) -> Noisy {
    let _inner = noisy("native local");
    let got = pause("native").await;
    event(format!("{value:?}"));
    got
}

faults! {
    "block": { fn block() -> impl Generator<Yield = u32> {
        let outer = noisy("outer");
        { let inner = noisy("inner"); yield_!(1); event(format!("{inner:?} {outer:?}")); }
        yield_!(2);
    } } block
    "labelled block": { fn labelled_block() -> impl Generator<Yield = u32> {
        let kept = 'out: { let a = noisy("a"); yield_!(1); if a.name() == "a" { break 'out a; } noisy("b") };
        yield_!(2); event(format!("{kept:?}"));
    } } labelled_block
    "unsafe block": { fn unsafe_block() -> impl Generator<Yield = u32> {
        let a = noisy("a");
        // SAFETY: `a` is alive.
        let b = unsafe { yield_!(1); (&raw const a).as_ref().unwrap().clone() };
        yield_!(2); event(format!("{b:?}"));
    } } unsafe_block
    "if": { fn if_() -> impl Generator<Yield = u32> {
        let a = noisy("a");
        if { let c = noisy("condition"); yield_!(1); c.name() == "condition" } { let t = noisy("then"); yield_!(2); drop(a); yield_!(3); } else { drop(a); }
    } } if_
    "else if": { fn else_if() -> impl Generator<Yield = u32> {
        let a = noisy("a");
        if a.name() == "x" { yield_!(1); } else if { yield_!(2); noisy("cond").name() == a.name() } { yield_!(3); } else { let b = a; yield_!(4); event(format!("{b:?}")); }
    } } else_if
    "if let": { fn if_let() -> impl Generator<Yield = u32> {
        if let Some(a) = maybe("a") { yield_!(1); event(format!("{a:?}")); yield_!(2); } else { yield_!(3); }
    } } if_let
    "let chain": { fn let_chain() -> impl Generator<Yield = u32> {
        if let Some(a) = maybe("a") && let Some(b) = maybe("b") && a != b { yield_!(1); drop(a); yield_!(2); event(format!("{b:?}")); }
    } } let_chain
    "match by value": { fn match_by_value() -> impl Generator<Yield = u32> {
        let p = pair("a", "b"); yield_!(1);
        match p { Pair { a, b } if a == b => { yield_!(2); } Pair { a, .. } => { yield_!(3); event(format!("{a:?}")); } }
        yield_!(4);
    } } match_by_value
    "match by reference": { fn match_by_reference() -> impl Generator<Yield = u32> {
        let mut p = pair("a", "b");
        match &mut p { Pair { a, b } => { yield_!(1); a.rename("!"); yield_!(2); b.rename(a.name()); } }
        yield_!(3);
    } } match_by_reference
    "match on a temporary": { fn match_on_a_temporary() -> impl Generator<Yield = u32> {
        match noisy("temporary").name() { "" => {} name => { yield_!(1); event(name); yield_!(2); } }
    } } match_on_a_temporary
    "match guard": { fn match_guard() -> impl Generator<Yield = u32> {
        let v = maybe("a");
        match v { Some(a) if { yield_!(1); a.name() == "b" } => { drop(a); } Some(a) => { yield_!(2); event(format!("{a:?}")); } None => {} }
    } } match_guard
    "or-pattern": { fn or_pattern() -> impl Generator<Yield = u32> {
        let r: Result<Noisy, Noisy> = Err(noisy("err")); yield_!(1);
        let (Ok(v) | Err(v)) = r; yield_!(2); event(format!("{v:?}"));
    } } or_pattern
    "slice pattern": { fn slice_pattern() -> impl Generator<Yield = u32> {
        // Elements that are moved out of an array are dropped in another order by rustc: they are borrowed here.
        let all = [noisy("a"), noisy("b"), noisy("c")]; yield_!(1);
        let [first, .., last] = &all; yield_!(2); event(format!("{first:?}")); yield_!(3); event(format!("{last:?}"));
    } } slice_pattern
    "let else": { fn let_else() -> impl Generator<Yield = u32> {
        let Some(a) = maybe("a") else { return; }; yield_!(1);
        let None = maybe("b") else { yield_!(2); drop(a); yield_!(3); return; };
    } } let_else
    "loop": { fn loop_() -> impl Generator<Yield = u32> {
        let mut n = 0;
        let last = loop { let turn = noisy(format!("turn {n}")); n += 1; yield_!(n); if n == 3 { break turn; } };
        yield_!(9); event(format!("{last:?}"));
    } } loop_
    "while": { fn while_() -> impl Generator<Yield = u32> {
        let mut n = 0;
        while noisy("condition").name().len() > n { let turn = noisy("turn"); yield_!(1); n += 5; event(format!("{turn:?}")); }
    } } while_
    "while let": { fn while_let() -> impl Generator<Yield = u32> {
        let mut stack = vec![noisy("a"), noisy("b")];
        while let Some(top) = stack.pop() { yield_!(1); event(format!("{top:?}")); }
    } } while_let
    "for": { fn for_() -> impl Generator<Yield = u32> {
        for item in [noisy("a"), noisy("b"), noisy("c")] { yield_!(1); if item.name() == "b" { break; } }
        yield_!(2);
    } } for_
    "for over a borrow": { fn for_over_a_borrow() -> impl Generator<Yield = u32> {
        let mut all = vec![noisy("a"), noisy("b")];
        for item in &mut all { yield_!(1); item.rename("!"); }
        yield_!(2);
    } } for_over_a_borrow
    "labelled loops": { fn labelled_loops() -> impl Generator<Yield = u32> {
        'outer: for i in 0..2 { let o = noisy(format!("o{i}")); for j in 0..2 { let p = noisy(format!("i{j}")); yield_!(j); if i == 0 && j == 0 { continue 'outer; } if j == 1 { break 'outer; } } }
    } } labelled_loops
    "return": { fn return_() -> impl Generator<Yield = u32, Return = Noisy> {
        let a = noisy("a"); let b = noisy("b"); yield_!(1);
        if b.name() == "b" { return a; } yield_!(2); b
    } } return_
    "question mark on a result": { fn question_mark() -> impl Generator<Yield = u32, Return = Result<Noisy, Noisy>> {
        let a = noisy("a"); yield_!(1);
        let b = Ok::<_, Noisy>(noisy("b"))?; yield_!(2);
        Err({ yield_!(3); noisy("error") })?;
        Ok(a)
    } } question_mark
    "question mark on an option": { fn question_mark_on_an_option() -> impl Generator<Yield = u32, Return = Option<Noisy>> {
        let a = maybe("a")?; yield_!(1); let b = { yield_!(2); maybe("b") }?; drop(a); yield_!(3); None::<Noisy>?; Some(b)
    } } question_mark_on_an_option
    "closure by reference": { fn closure_by_reference() -> impl Generator<Yield = u32> {
        let mut a = noisy("a"); let b = noisy("b");
        let mut c = || { a.rename(b.name()); }; yield_!(1); c(); yield_!(2); event(format!("{a:?} {b:?}"));
    } } closure_by_reference
    "closure by move": { fn closure_by_move() -> impl Generator<Yield = u32> {
        let a = noisy("a"); let b = noisy("b");
        let c = move || a.consume() as u32; yield_!(1); let n = c(); yield_!(n); event(format!("{b:?}"));
    } } closure_by_move
    "arguments of a call": { fn arguments_of_a_call() -> impl Generator<Yield = u32> {
        let c = noisy("c");
        let d = join(noisy("first"), { yield_!(1); mk(2) }, c); yield_!(2); event(format!("{d:?}"));
    } } arguments_of_a_call
    "method chain": { fn method_chain() -> impl Generator<Yield = u32> {
        let d = noisy("a").and({ yield_!(1); "b" }).and({ let t = noisy("t"); yield_!(2); drop(t); "c" });
        yield_!(3); event(format!("{d:?}"));
    } } method_chain
    "binary operators": { fn binary_operators() -> impl Generator<Yield = u32> {
        let a = noisy("a");
        let same = a == { yield_!(1); noisy("b") } || noisy("c") == { yield_!(2); noisy("c") };
        yield_!(u32::from(same));
    } } binary_operators
    "compound assignment": { fn compound_assignment() -> impl Generator<Yield = u32> {
        let mut p = pair("a", "b");
        p += { let t = noisy("t"); yield_!(1); noisy("added") }; yield_!(2); event(format!("{p:?}"));
    } } compound_assignment
    "assignment": { fn assignment() -> impl Generator<Yield = u32> {
        let mut a = noisy("old"); yield_!(1); a = { yield_!(2); noisy("new") }; yield_!(3); a = noisy("newer"); event(format!("{a:?}"));
    } } assignment
    "assignment to what was moved": { fn assignment_to_what_was_moved() -> impl Generator<Yield = u32> {
        let mut a = noisy("old"); yield_!(1); drop(a); yield_!(2); a = noisy("new"); yield_!(3); event(format!("{a:?}"));
    } } assignment_to_what_was_moved
    "late initialisation": { fn late_initialisation() -> impl Generator<Yield = u32> {
        let a; let b = noisy("b"); yield_!(1); if b.name() == "b" { a = noisy("a"); yield_!(2); event(format!("{a:?}")); } yield_!(3);
    } } late_initialisation
    "destructuring assignment": { fn destructuring_assignment() -> impl Generator<Yield = u32> {
        let (mut a, mut b) = (noisy("a"), noisy("b")); yield_!(1);
        (a, b) = (noisy("c"), { yield_!(2); noisy("d") }); yield_!(3); (*{ yield_!(4); &mut a }, _) = (noisy("e"), noisy("f")); event(format!("{a:?} {b:?}"));
    } } destructuring_assignment
    "struct literal": { fn struct_literal() -> impl Generator<Yield = u32> {
        let p = Pair { b: noisy("b"), a: { yield_!(1); noisy("a") } }; yield_!(2);
        let q = Pair { a: noisy("other"), ..p }; yield_!(3); event(format!("{q:?}"));
    } } struct_literal
    "tuple and array": { fn tuple_and_array() -> impl Generator<Yield = u32> {
        let t = (noisy("a"), { yield_!(1); 1 }, [noisy("b"), { yield_!(2); noisy("c") }]); yield_!(3); event(format!("{t:?}"));
    } } tuple_and_array
    "index": { fn index() -> impl Generator<Yield = u32> {
        let mut v = vec![noisy("a"), noisy("b")];
        v[{ yield_!(1); 1 }] = { yield_!(2); noisy("c") }; yield_!(3); event(format!("{:?}", v[0]));
    } } index
    "temporaries of a statement": { fn temporaries_of_a_statement() -> impl Generator<Yield = u32> {
        let n = noisy("left").name().len() + { yield_!(1); noisy("right").name().len() } + { yield_!(2); 0 }; yield_!(n as u32);
    } } temporaries_of_a_statement
    "extended temporary": { fn extended_temporary() -> impl Generator<Yield = u32> {
        let r = &noisy("extended"); let s = (&noisy("in a tuple"), 1); yield_!(1); event(format!("{r:?} {s:?}"));
    } } extended_temporary
    "moved field": { fn moved_field() -> impl Generator<Yield = u32> {
        let p = pair("a", "b"); yield_!(1); drop(p.a); yield_!(2); event(format!("{:?}", p.b)); yield_!(3);
    } } moved_field
    "moved out of a box": { fn moved_out_of_a_box() -> impl Generator<Yield = u32> {
        let b = Box::new(pair("a", "b")); yield_!(1); let Pair { a, .. } = *b; yield_!(2); event(format!("{a:?}"));
    } } moved_out_of_a_box
    "moved on some paths": { fn moved_on_some_paths(#[resume] first: u32) -> impl Generator<u32, Yield = u32> {
        let a = noisy("a"); for n in 0..2 { if yield_!(n) % 2 == n { drop(a); break; } yield_!(7); } yield_!(8);
    } } moved_on_some_paths
    "shadowing": { fn shadowing() -> impl Generator<Yield = u32> {
        let a = noisy("first"); yield_!(1); let a = noisy(format!("second of {a:?}")); yield_!(2); let a = a.and("!"); yield_!(3); event(format!("{a:?}"));
    } } shadowing
    "borrow of a local": { fn borrow_of_a_local() -> impl Generator<Yield = u32> {
        let mut a = noisy("a"); let r = &mut a; yield_!(1); r.rename("!"); let s = &*r; yield_!(2); event(format!("{s:?}")); yield_!(3); drop(a); yield_!(4);
    } } borrow_of_a_local
    "yield of a value": { fn yield_of_a_value() -> impl Generator<Yield = Noisy> {
        let a = noisy("a"); yield_!(a); let b = noisy("b"); yield_!(b.clone()); yield_!(b);
    } } yield_of_a_value
    "resume argument": { fn resume_argument(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = u32> {
        let second = yield_!(1); event(format!("{first:?} {second:?}")); drop(first); let _ = yield_!(2); yield_!(3); event(format!("{second:?}"));
    } } resume_argument
    "parameters": { fn parameters(a: Noisy, (b, _): (Noisy, Noisy), _: Noisy) -> impl Generator<Yield = u32> {
        yield_!(1); drop(b); yield_!(2); event(format!("{a:?}"));
    } with (noisy("a"), (noisy("b"), noisy("rest")), noisy("ignored")) } parameters
    "yield_from": { fn delegates() -> impl Generator<Yield = u32> {
        let a = noisy("a"); let b = yield_from!(delegate(&a)); yield_!(3); event(format!("{a:?} {b:?}"));
    } fn delegate(of: &Noisy) -> impl Generator<Yield = u32, Return = Noisy> {
        let inner = noisy("inner"); yield_!(1); event(format!("{of:?}")); yield_!(2); inner
    } } delegates
    "await": { async fn awaits() -> Noisy {
        let a = noisy("a"); let b = pause("b").await; event(format!("{a:?} {b:?}")); pause("c").await; b
    } } awaits
    "future that awaits futures": { async fn awaits_futures() -> usize {
        let a = noisy("a"); let mut n = 0;
        for i in 0..2 { let turn = noisy(format!("turn {i}")); n += inner(&a, turn.clone()).await.name().len(); }
        n
    } async fn inner(a: &Noisy, b: Noisy) -> Noisy {
        let local = noisy("inner local"); let c = innermost(a, &b).await; event(format!("{local:?} {c:?}")); drop(b); pause("last").await; c
    } async fn innermost(a: &Noisy, b: &Noisy) -> Noisy {
        let _g = noisy("innermost local"); pause("innermost").await; event(format!("{a:?} {b:?}")); noisy("result")
    } } awaits_futures
    "future that awaits rustc's": { async fn awaits_native() -> Noisy {
        let a = noisy("a"); let first = native(&a).await; let block = async { let in_block = noisy("in block"); pause("block").await; native(&in_block).await }; let second = block.await; event(format!("{first:?}")); second
    } } awaits_native
    "future that is dropped unfinished": { async fn drops_a_future() -> Noisy {
        let a = noisy("a");
        { let mut f = pin!(unfinished(&a)); poll_fn(|cx| { let _ = f.as_mut().poll(cx); Poll::Ready(()) }).await; pause("between").await; }
        let never_polled = unfinished(&a); pause("after").await; drop(never_polled); a
    } async fn unfinished(a: &Noisy) -> Noisy {
        let b = noisy("b"); pause("unfinished").await; event(format!("{a:?}")); b
    } } drops_a_future
    "boxed and recursive futures": { async fn recursive() -> usize {
        let a = noisy("a"); let f: Pin<Box<dyn Future<Output = Noisy>>> = Box::pin(below(2)); let b = f.await; event(format!("{a:?}")); b.name().len()
    } async fn below(depth: u32) -> Noisy {
        let level = noisy(format!("level {depth}")); if depth == 0 { return pause("bottom").await; }
        let inner: Pin<Box<dyn Future<Output = Noisy>>> = Box::pin(native_below(depth - 1)); let got = inner.await; event(format!("{level:?}")); got
    } } recursive
    "await among operands": { async fn await_among_operands() -> Noisy {
        let t = (noisy("left"), pause("middle").await, noisy("right")); join(pause("a").await, { pause("b").await; 1 }, t.1)
    } } await_among_operands
}

/// rustc's own future, which awaits another.
async fn native_below(depth: u32) -> Noisy {
    let _level = noisy(format!("native level {depth}"));
    pause("native below").await
}
