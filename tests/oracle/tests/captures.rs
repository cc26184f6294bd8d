//! Closures and `async` blocks without `move` that take kept locals, or parts of them, by ways which syntax does not tell;
//! closures in closures; and what they capture besides.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    dropping_copy_types,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use handcrank_oracle::{Noisy, compare, event, noisy};

fn call<T>(f: impl FnOnce() -> T) -> T {
    event("call");
    f()
}

struct Pair {
    t: Noisy,
    u: Noisy,
    n: u32,
}

fn pair(name: &str) -> Pair {
    Pair {
        t: noisy(format!("{name}.t")),
        u: noisy(format!("{name}.u")),
        n: 3,
    }
}

struct Named {
    name: Option<Noisy>,
    other: Noisy,
    n: u32,
}

fn named() -> Named {
    Named {
        name: Some(noisy("name")),
        other: noisy("other"),
        n: 1,
    }
}

/// Methods of names that tell nothing.
trait Eat: Sized {
    fn eat(self) -> u32 {
        event("eat");
        1
    }
    fn peek(&self) -> u32 {
        event("peek");
        2
    }
}
impl Eat for Noisy {}

fn need_send<T: Send>(value: T) -> T {
    value
}

async fn pause() {
    let mut paused = false;
    std::future::poll_fn(|context| {
        if paused {
            return Poll::Ready(());
        }
        paused = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

fn poll<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

// A field that a closure takes alone.

compare! {
    fn a_field_by_a_method() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        let f = || { p.t.eat(); };
        f();
        yield_!(p.n);
    }
}

compare! {
    fn a_field_if_it_is_called() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        let f = || { p.t.eat(); };
        yield_!(1);
        if p.n > 5 { f(); } yield_!(p.n);
    }
}

compare! {
    fn one_field_taken_and_one_borrowed() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        let f = || { p.t.eat() + p.u.peek() };
        yield_!(1);
        yield_!(f());
        yield_!(p.n);
    }
}

compare! {
    fn two_fields() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        let f = || { p.t.eat() + p.u.eat() };
        yield_!(p.n);
        yield_!(f());
        yield_!(2);
    }
}

compare! {
    fn a_field_of_a_field() -> impl Generator<Yield = u32> {
        let p = (pair("p"), 3u32);
        yield_!(0);
        let f = || p.0.t.eat();
        yield_!(p.1);
        yield_!(f());
        yield_!(p.0.n);
    }
}

compare! {
    fn a_field_by_value() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        let f = || drop(p.t);
        yield_!(p.n);
        f();
        yield_!(p.u.peek());
    }
}

compare! {
    fn a_field_by_a_match() -> impl Generator<Yield = u32> {
        let p = named();
        yield_!(0);
        let f = || { match p.name { Some(x) => x.eat(), None => 0 } };
        yield_!(p.n);
        yield_!(f());
        yield_!(p.other.peek());
    }
}

compare! {
    fn a_field_by_let_else() -> impl Generator<Yield = u32> {
        let p = named();
        yield_!(0);
        let f = || { let Some(x) = p.name else { return 0 }; x.eat() };
        yield_!(p.n);
        yield_!(f());
        yield_!(p.other.peek());
    }
}

compare! {
    fn a_field_by_a_method_of_std() -> impl Generator<Yield = u32> {
        let p = named();
        yield_!(0);
        let f = || p.name.unwrap();
        yield_!(p.n);
        yield_!(f().peek());
        yield_!(p.other.peek());
    }
}

compare! {
    fn a_field_that_is_assigned_again() -> impl Generator<Yield = u32> {
        let mut p = pair("p");
        yield_!(0);
        { let f = || { p.t.eat(); }; f(); } p.t = noisy("again");
        yield_!(p.n);
    }
}

compare! {
    fn a_field_in_a_loop() -> impl Generator<Yield = u32> {
        let mut p = pair("p");
        for i in 0..2u32 { yield_!(i); let f = || { p.t.eat(); }; f(); p.t = noisy("again"); } yield_!(p.n);
    }
}

compare! {
    fn a_field_on_one_path() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        let f = || if p.n > 4 { p.t.eat() } else { event("no"); 0 };
        yield_!(1);
        yield_!(f());
        event("x");
        yield_!(2);
    }
}

compare! {
    fn a_field_beside_a_copy() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        let f = || (p.n, p.t);
        yield_!(1);
        let (n, t) = f();
        yield_!(n);
        yield_!(t.peek() + p.u.peek());
    }
}

compare! {
    fn a_field_in_a_branch() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        if p.n < 5 { let f = || p.t.eat(); yield_!(f()); } else { drop(p.t); } yield_!(1);
    }
}

compare! {
    fn a_callback_out_of_a_tuple() -> impl Generator<Yield = u32> {
        let p = (noisy("a"), move |x: u32| x + 1);
        yield_!(0);
        let f = || { p.0.eat() + (p.1)(2) };
        yield_!(1);
        yield_!(f());
    }
}

compare! {
    fn fields_of_a_box_borrowed() -> impl Generator<Yield = u32> {
        let p = Box::new(pair("p"));
        yield_!(0);
        let f = || p.t.peek() + p.n;
        yield_!(f());
        yield_!(f());
        yield_!(p.t.peek());
    }
}

compare! {
    fn fields_of_an_rc_borrowed() -> impl Generator<Yield = u32> {
        let p = std::rc::Rc::new(pair("p"));
        yield_!(0);
        let f = || p.t.peek() + p.n;
        yield_!(f());
        yield_!(f());
        yield_!(p.t.peek());
    }
}

compare! {
    fn fields_of_a_reference() -> impl Generator<Yield = u32> {
        let q = pair("q");
        let p = &q;
        yield_!(0);
        let f = || p.t.peek() + p.n;
        yield_!(f());
        yield_!(f());
        yield_!(p.n);
    }
}

compare! {
    fn a_field_handed_out_or_not() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        let f = || { if p.t.name().len() > 7 { return None; } Some(p.t) };
        yield_!(1);
        let t = f();
        yield_!(p.u.peek());
        event(format!("{:?}", t.is_some()));
    }
}

compare! {
    fn one_closure_for_each_field() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        let f = || p.t;
        let g = || p.u;
        yield_!(1);
        let (t, u) = (f(), g());
        drop(t);
        yield_!(p.n);
        drop(u);
        yield_!(2);
    }
}

compare! {
    fn fields_that_are_copied() -> impl Generator<Yield = u32> {
        #[derive(Clone, Copy)] struct C { a: u32, b: u32 } let c = C { a: 1, b: 2 };
        yield_!(0);
        let f = || (c.a, c.b);
        yield_!(f().0);
        yield_!(f().1 + c.a);
    }
}

compare! {
    fn a_field_and_a_parameter() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        let f = |x: u32| -> u32 { p.t.eat() + x };
        yield_!(1);
        yield_!([1u32, 2].into_iter().take(1).map(|x| x + 1).sum());
        yield_!(f(3));
    }
}

compare! {
    fn a_field_in_an_argument() -> impl Generator<Yield = u32> {
        let p = pair("p");
        yield_!(0);
        let v = Some(3u32).map(|x| p.t.eat() + x);
        yield_!(v.unwrap());
        yield_!(p.n);
    }
}

compare! {
    fn fields_of_two_structs() -> impl Generator<Yield = u32> {
        let p = (pair("a"), pair("b"));
        yield_!(0);
        let f = || (p.0.t, p.1.u.peek());
        yield_!(1);
        let (t, n) = f();
        yield_!(n);
        yield_!(t.peek() + p.0.u.peek() + p.1.t.peek());
    }
}

compare! {
    fn numbered_fields_left() -> impl Generator<Yield = u32> {
        let p = (noisy("0"), noisy("1"), 3u32);
        yield_!(0);
        let f = || { if p.2 > 4 { p.1.eat(); p.0.eat(); } event("no"); };
        yield_!(1);
        f();
        event("x");
        yield_!(2);
    }
}

compare! {
    fn numbered_fields_never_taken() -> impl Generator<Yield = u32> {
        let (p, q) = ((noisy("0"), noisy("1"), 3u32), noisy("q"));
        yield_!(0);
        let f = || { if p.2 > 4 { q.eat(); p.1.eat(); p.0.eat(); } event("no"); };
        yield_!(1);
        drop(f);
        event("x");
        yield_!(2);
    }
}

// Closures in closures.

compare! {
    fn by_a_closure_in_it() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let h = || t.eat(); h() };
        yield_!(f());
        yield_!(1);
    }
}

compare! {
    fn by_a_closure_that_it_returns() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let h = || t.eat(); h };
        let g = f();
        yield_!(1);
        yield_!(g());
    }
}

compare! {
    fn a_closure_that_it_returns_borrows() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let h = || t.peek(); h };
        yield_!(f()());
        yield_!(1);
    }
}

compare! {
    fn beside_a_closure_in_it() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let h = |a: u32| a + 1; h(t.eat()) };
        yield_!(f());
        yield_!(1);
    }
}

compare! {
    fn by_a_closure_that_it_passes() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { call(|| t.eat()) };
        yield_!(f());
        yield_!(1);
    }
}

compare! {
    fn a_closure_that_it_passes_borrows() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { call(|| t.peek()) };
        yield_!(f());
        yield_!(f());
    }
}

compare! {
    fn borrowed_by_one_and_taken_after_it() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let v: Vec<u32> = vec![1].into_iter().map(|a| a + t.peek()).collect(); t.eat(); v[0] };
        yield_!(f());
        yield_!(1);
    }
}

compare! {
    fn by_an_async_block_that_it_returns() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || async { t.eat() };
        let x = f();
        yield_!(1);
        yield_!(poll(x).unwrap());
    }
}

compare! {
    fn two_closures_deep() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let g = || { let h = || t.eat(); h() }; g() };
        yield_!(1);
        yield_!(f());
    }
}

compare! {
    fn after_a_closure_of_a_method() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let x = Some(1u32).map(|a| a + 1).unwrap(); x + t.eat() };
        yield_!(f());
        yield_!(1);
    }
}

compare! {
    fn by_a_boxed_closure() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || -> Box<dyn FnOnce() -> u32> { Box::new(|| t.eat()) };
        let g = f();
        yield_!(1);
        yield_!(g());
    }
}

compare! {
    fn by_a_move_closure_in_it() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let g = move || t.peek(); g() };
        yield_!(f());
        yield_!(1);
    }
}

compare! {
    fn by_a_move_closure_that_it_returns() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let g = move || t.eat(); g };
        let g = f();
        yield_!(1);
        yield_!(g());
    }
}

compare! {
    fn a_move_closure_in_it_copies() -> impl Generator<Yield = u32> {
        let t = 7u32;
        yield_!(0);
        let f = || { let g = move || t + 1; g };
        let g = f();
        yield_!(1);
        yield_!(g());
        yield_!(f()());
    }
}

compare! {
    fn by_a_boxed_move_closure() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let v: Vec<Box<dyn FnOnce() -> u32>> = vec![Box::new(move || t.eat())]; v };
        yield_!(1);
        for g in f() { yield_!(g()); }
    }
}

compare! {
    fn by_two_closures_that_it_passes() -> impl Generator<Yield = u32> {
        let (a, b) = (noisy("a"), noisy("b"));
        yield_!(0);
        let c = b.name().len() > 4;
        let f = || { call(|| if c { a.eat(); }); call(|| if c { b.eat(); }); event("end"); };
        yield_!(1);
        f();
        yield_!(2);
    }
}

compare! {
    fn by_two_that_never_run() -> impl Generator<Yield = u32> {
        let (a, b) = (noisy("a"), noisy("b"));
        yield_!(0);
        let f = || { call(|| a.eat()); call(|| b.eat()) };
        yield_!(1);
        drop(f);
        yield_!(2);
    }
}

compare! {
    fn after_an_early_end() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || -> Option<u32> { let x = Some(1u32)?; let h = || t.eat(); Some(x + h()) };
        yield_!(1);
        yield_!(f().unwrap());
    }
}

compare! {
    fn matched_in_a_closure_that_it_passes() -> impl Generator<Yield = u32> {
        let t = Some(noisy("t"));
        yield_!(0);
        let f = || call(|| match t { Some(x) if x.name().len() > 4 => x.eat(), Some(ref x) => x.peek(), None => 0 });
        yield_!(1);
        yield_!(f());
    }
}

compare! {
    fn by_a_move_closure_with_a_parameter() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = |n: u32| { let g = move || t.peek() + n; g };
        yield_!(f(2)());
        yield_!(1);
    }
}

compare! {
    fn indexed_by_a_move_closure() -> impl Generator<Yield = u32> {
        let v = vec![noisy("a")];
        yield_!(0);
        let f = |x: usize| move || v[x].peek();
        let g = f(0);
        yield_!(g());
        yield_!(g());
    }
}

compare! {
    fn a_closure_that_it_leaves() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let mut undo = None;
        let mut f = || { undo = Some(|| 1u32); t.peek() };
        yield_!(f());
        yield_!(undo.unwrap()());
    }
}

compare! {
    fn a_closure_that_it_pushes() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let mut v = vec![];
        let mut f = || { v.push(|a: u32| a + 1); t.peek(); };
        f();
        yield_!(v[0](3));
        yield_!(2);
    }
}

compare! {
    fn a_closure_among_what_it_returns() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let h = |a: u32| move |b: u32| a + b; (h(1), t.peek()) };
        yield_!(f().0(3));
        yield_!(f().1);
    }
}

compare! {
    fn a_closure_and_a_return() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let f = || { let b = Some(1u32).map(|a| a + 1); if b.is_none() { return 0; } t.eat() };
        yield_!(f());
        yield_!(1);
    }
}

compare! {
    fn one_taken_by_it_and_one_by_a_closure_in_it() -> impl Generator<Yield = u32> {
        let (a, b) = (noisy("a"), noisy("b"));
        yield_!(0);
        let f = || { a.eat(); call(|| b.eat()); };
        yield_!(1);
        f();
        yield_!(2);
    }
}

compare! {
    fn one_borrowed_by_it_and_one_taken_deep_in_it() -> impl Generator<Yield = u32> {
        let (a, b) = (noisy("a"), noisy("b"));
        yield_!(0);
        let f = || { a.peek(); call(|| { let h = || b.eat(); h() }); };
        yield_!(1);
        f();
        yield_!(2);
    }
}

compare! {
    fn more_than_can_be_asked() -> impl Generator<Yield = u32> {
        let (a, b, c, d) = (noisy("a"), noisy("b"), noisy("c"), noisy("d"));
        yield_!(0);
        let f = || { call(|| a.peek() + b.peek() + c.peek() + d.peek()) };
        yield_!(f());
        yield_!(f());
    }
}

compare! {
    fn by_one_of_two_closures() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        if t.name().len() > 5 { let f = || drop(t); f(); } else { let f = || t.peek(); yield_!(f()); drop(f); event("dropped f"); } yield_!(4);
    }
}

compare! {
    fn by_a_move_closure_in_one_of_two() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        if t.name().len() > 5 { let f = || { let g = move || t.peek(); g(); }; f(); } else { let f = || t.peek(); yield_!(f()); drop(f); event("dropped f"); } yield_!(4);
    }
}

compare! {
    fn what_a_call_leaves() -> impl Generator<Yield = u32> {
        let (a, b) = (noisy("a"), noisy("b"));
        yield_!(0);
        let c = a.name().len() > 5;
        let f = || { if c { a.eat(); } if c { b.eat(); } event("end"); };
        yield_!(1);
        f();
        yield_!(2);
    }
}

// Variables that are not kept.

compare! {
    fn and_borrows_a_variable() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let k = String::from("k");
        let f = || { t.eat(); k.len() as u32 };
        f();
        event("x");
    }
}

compare! {
    fn and_changes_a_variable() -> impl Generator<Yield = u32> {
        { let t = noisy("t"); yield_!(0); { let mut k = String::from("k"); let mut f = || { k.push('x'); t.eat(); }; f(); event(k); } } yield_!(2);
    }
}

compare! {
    fn and_drops_a_variable() -> impl Generator<Yield = u32> {
        { let t = noisy("t"); yield_!(0); { let k = noisy("k"); let f = || { drop(k); t.eat(); }; f(); event("x"); } } yield_!(2);
    }
}

compare! {
    fn and_takes_a_variable() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let k = noisy("k");
        let f = || { t.eat(); k.eat(); event("in"); };
        f();
        event("out");
    }
}

compare! {
    fn and_counts() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let mut k = 5u32;
        let mut f = || { k += 1; t.eat(); };
        f();
        event(k.to_string());
    }
}

compare! {
    fn and_copies_a_parameter() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let g = |k: u32| { let f = || { t.eat(); k + 1 }; f() };
        event(g(3).to_string());
    }
}

compare! {
    fn and_borrows_what_is_used_later() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let k = vec![noisy("k")];
        let f = || { drop(t); k.len() as u32 };
        event(f().to_string());
        event(k[0].name());
    }
}

compare! {
    fn and_changes_what_a_variable_refers_to() -> impl Generator<Yield = u32> {
        let t = noisy("t");
        yield_!(0);
        let mut k = noisy("k");
        let r = &mut k;
        let f = || { r.rename("+"); t.eat(); };
        f();
        event(k.name());
    }
}

compare! {
    fn and_shares_a_variable_with_a_borrow() -> impl Generator<Yield = u32> {
        { let t = noisy("t"); yield_!(0); { let mut k = vec![1u32]; k.push(3); let r = &k; let f = || { t.peek() + k.len() as u32 }; event(f().to_string()); event(r.len().to_string()); event(f().to_string()); } } yield_!(1);
    }
}

compare! {
    fn changes_a_variable_twice() -> impl Generator<Yield = u32> {
        { let t = noisy("t"); yield_!(0); { let mut k = vec![1u32]; let mut f = || { k.push(1); t.peek() + k.len() as u32 }; event(f().to_string()); event(f().to_string()); event(k.len().to_string()); } } yield_!(1);
    }
}

compare! {
    fn and_hands_out_a_variable() -> impl Generator<Yield = u32> {
        { let t = noisy("t"); yield_!(0); { let mut k = noisy("k"); k.rename("+"); let f = || { t.eat(); k }; let k = f(); event(k.name()); } } yield_!(1);
    }
}

compare! {
    fn and_takes_a_variable_on_one_path() -> impl Generator<Yield = u32> {
        { let t = noisy("t"); let s = noisy("s"); yield_!(0); { let mut k = noisy("k"); let r = &s; let c = k.name().len() > 4; let f = || { if c { t.eat(); k.eat(); } event(r.name()); }; f(); event("out"); } } yield_!(1);
    }
}

compare! {
    fn in_a_closure_with_two_variables() -> impl Generator<Yield = u32> {
        { let t = noisy("t"); yield_!(0); { let k = 3u32; let f = |x: u32| { call(|| t.eat() + x + k) }; event(f(2).to_string()); } } yield_!(1);
    }
}

compare! {
    fn in_a_closure_and_a_variable_around() -> impl Generator<Yield = u32> {
        { let t = noisy("t"); yield_!(0); { let k = noisy("k"); let f = |x| { let g = || t.eat() + x; k.peek() + g() }; event(f(2).to_string()); event(k.name()); } } yield_!(1);
    }
}

compare! {
    fn a_field_of_a_variable_is_borrowed() -> impl Generator<Yield = u32> {
        { let t = noisy("t"); yield_!(0); { let mut a = (noisy("k"), 1u32); let m = &mut a.1; let f = || { t.peek() + a.0.peek() }; *m += 1; event(f().to_string()); *m += 1; } } yield_!(1);
    }
}

compare! {
    fn borrows_and_counts_twice() -> impl Generator<Yield = u32> {
        { let t = noisy("t"); yield_!(0); { let mut k = 3u32; let mut f = || { k += 1; t.peek() + k }; event(f().to_string()); event(f().to_string()); event(k.to_string()); } } yield_!(1);
    }
}

compare! {
    fn a_lock_is_shared() -> impl Generator<Yield = u32> {
        { let t = noisy("t"); yield_!(0); { let k = std::sync::Mutex::new(2u32); let f = || { t.peek() + *k.lock().unwrap() }; std::thread::scope(|s| { s.spawn(|| k.lock().unwrap().peek_not()); }); trait Q { fn peek_not(&self) {} } impl Q for u32 {} event(f().to_string()); event(f().to_string()); } } yield_!(1);
    }
}

compare! {
    fn what_a_call_leaves_of_variables() -> impl Generator<Yield = u32> {
        { let (t, u) = (noisy("t"), noisy("u")); yield_!(0); { let k = noisy("k"); let c = k.name().len() > 5; let f = || { if c { t.eat(); } if c { k.eat(); } if c { u.eat(); } event("end"); }; f(); event("out"); } } yield_!(1);
    }
}

// `async` blocks.

compare! {
    async fn async_by_a_method() {
        let t = noisy("t");
        pause().await;
        let f = async { t.eat(); };
        f.await;
        pause().await;
    }
}

compare! {
    async fn async_after_a_pause() {
        let t = noisy("t");
        pause().await;
        let f = async { pause().await; t.eat(); pause().await; };
        pause().await;
        f.await;
        pause().await;
    }
}

compare! {
    async fn async_by_a_match() {
        let t = Some(noisy("t"));
        pause().await;
        let f = async { match t { Some(x) => { pause().await; x.eat() } None => 0 } };
        pause().await;
        f.await;
        pause().await;
    }
}

compare! {
    async fn async_by_a_call() {
        let t = noisy("t");
        let t = move || t.eat();
        pause().await;
        let f = async { t() };
        pause().await;
        f.await;
        pause().await;
    }
}

compare! {
    async fn async_a_field() {
        let p = pair("p");
        pause().await;
        let f = async { p.t.eat() };
        pause().await;
        f.await;
        event(p.u.name());
        pause().await;
    }
}

compare! {
    async fn async_with_one_in_it() {
        let t = noisy("t");
        pause().await;
        let f = async { let r: Result<u32, ()> = async { Ok::<u32, ()>(1) }.await; let v = r?; Ok::<u32, ()>(v + t.eat()) };
        pause().await;
        let _ = f.await;
        pause().await;
    }
}

compare! {
    async fn async_that_returns_early() {
        let t = noisy("t");
        pause().await;
        let f = async { if t.name().len() > 5 { return 1; } t.eat() };
        pause().await;
        f.await;
        pause().await;
    }
}

compare! {
    async fn async_in_a_closure() {
        let t = noisy("t");
        pause().await;
        let f = || async { pause().await; t.eat(); pause().await; };
        let x = f();
        pause().await;
        x.await;
        pause().await;
    }
}

compare! {
    async fn async_what_is_left() {
        let (a, b) = (noisy("a"), noisy("b"));
        pause().await;
        let c = a.name().len() > 4;
        let f = async { pause().await; if c { a.eat(); } pause().await; if c { b.eat(); } pause().await; };
        pause().await;
        f.await;
        pause().await;
    }
}

compare! {
    async fn async_is_send() {
        let (a, b) = (noisy("a"), noisy("b"));
        pause().await;
        let f = async { a.eat(); pause().await; drop(b); pause().await; };
        let f = need_send(f);
        pause().await;
        f.await;
        pause().await;
    }
}

compare! {
    async fn async_and_a_variable() {
        let (a, b) = (noisy("a"), noisy("b"));
        pause().await;
        { let k = noisy("k"); let f = async { a.eat(); pause_not(&k); drop(b); k.peek() }; fn pause_not(k: &Noisy) { event(k.name()); } poll(f); } pause().await;
    }
}

compare! {
    async fn async_takes_a_variable() {
        let t = noisy("t");
        pause().await;
        { let k = noisy("k"); let c = k.name().len() > 5; let f = async { if c { k.eat(); } pause().await; if c { t.eat(); } }; poll(f); }
    }
}

compare! {
    async fn async_a_field_is_left() {
        let p = pair("p");
        pause().await;
        let f = async { pause().await; if p.n > 4 { p.t.eat(); } pause().await; };
        pause().await;
        f.await;
        event("after");
        event(p.u.name());
        pause().await;
    }
}
