// What a closure without `move` consumes is not asked in these forms: each is to be a `move` closure.
use std::future::ready;

use handcrank::{Generator, generator, yield_};

trait Eat: Sized {
    fn eat(self) {}

    fn with<F: Fn()>(self, action: F) -> F {
        action
    }
}

impl Eat for String {}

struct Person {
    name: String,
    age: u32,
}

fn call<T>(f: impl FnOnce() -> T) -> T {
    f()
}

#[generator]
fn in_two_closures(name: String, b: bool) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = || if b { call(|| name.eat()) } else { call(|| name.eat()) };
    f();
    yield_!(2);
}

#[generator]
fn in_a_closure_and_beside_it(name: String, b: bool) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = || if b { call(|| name.eat()) } else { name.eat() };
    f();
    yield_!(2);
}

#[generator]
async fn in_a_block(name: String, b: bool) {
    ready(()).await;
    let f = async { if b { call(|| name.eat()) } else { name.eat() } };
    f.await;
    ready(()).await;
}

#[generator]
fn four(a: String, b: String, c: String, d: String) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = || {
        a.eat();
        b.eat();
        c.eat();
        d.eat();
    };
    f();
    yield_!(2);
}

#[generator]
fn beside_a_field(name: String) -> impl Generator<Yield = u32> {
    yield_!(1);
    {
        let other = Person { name: String::new(), age: 1 };
        let f = || {
            name.eat();
            drop(other.name);
        };
        f();
    }
    yield_!(2);
}

#[generator]
fn beside_a_pattern(name: String) -> impl Generator<Yield = u32> {
    yield_!(1);
    {
        let other = Person { name: String::new(), age: 1 };
        let f = || {
            name.eat();
            let Person { age, .. } = other;
            drop(age);
        };
        f();
    }
    yield_!(2);
}

#[generator]
fn beside_a_move_closure(name: String) -> impl Generator<Yield = u32> {
    yield_!(1);
    {
        let other = String::new();
        let f = || {
            name.eat();
            call(move || drop(other));
        };
        f();
    }
    yield_!(2);
}

#[generator]
fn returned_with_a_closure(name: String) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = || name.with(|| ());
    f()();
    yield_!(2);
}

#[generator]
fn field_in_a_closure(person: Person) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = || call(|| drop(person.name));
    f();
    yield_!(person.age);
}

#[generator]
fn by_a_pattern(person: Person) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = || {
        let Person { name, .. } = person;
        drop(name);
    };
    f();
    yield_!(2);
}

#[generator]
fn by_a_pattern_of_a_tuple(pair: (String, u32)) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = || {
        let (name, _) = pair;
        drop(name);
    };
    f();
    yield_!(2);
}

#[generator]
fn out_of_a_box(name: Box<String>) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = || drop(*name);
    f();
    yield_!(2);
}

fn main() {}
