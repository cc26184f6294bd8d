//! Kept locals that are moved: parts of them, into closures, and before what never returns.

use std::process;

use handcrank::GeneratorState::Yielded;
use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Log, Logged, Pause, block_on, panic_message, run};

trait Eat: Sized {
    fn eat(self) {}

    fn with<F: Fn() -> u32>(self, action: F) -> (Self, F) {
        (self, action)
    }
}

impl Eat for Logged {}

struct Pair(Logged, Logged);

struct Person {
    name: Logged,
    other: Logged,
    age: u32,
}

fn call<T>(f: impl FnOnce() -> T) -> T {
    f()
}

fn never_returns() -> ! {
    panic!("never returns")
}

fn person(log: &Log) -> Person {
    Person {
        name: log.value("name"),
        other: log.value("other"),
        age: 42,
    }
}

// ------------------------------------------------------------------------------ a field after a `..`

#[generator]
fn counts_from_the_first(
    log: Log,
    mut pair: Pair,
    mut tuple: (Logged, Logged),
    b: bool,
) -> impl Generator<Yield = u32> {
    yield_!(1);
    let (_, last) = tuple;
    drop(last);
    match pair {
        Pair(_, last) if b => drop(last),
        _ => {}
    }
    pair.1 = log.value("new of pair");
    tuple.1 = log.value("new of tuple");
    yield_!(2);
}

#[generator]
fn counts_from_the_first_both_times(pair: Pair, b: bool) -> impl Generator<Yield = u32> {
    yield_!(1);
    if b {
        let Pair(_, last) = pair;
        drop(last);
    } else {
        drop(pair.1);
    }
    yield_!(2);
    drop(pair.0);
}

#[test]
fn parts_after_a_rest_pattern() {
    let log = Log::default();
    let pair = || Pair(log.value("0"), log.value("1"));
    let tuple = || (log.value("2"), log.value("3"));
    let machine = counts_from_the_first(log.clone(), pair(), tuple(), true);
    assert_eq!(run(machine).0, [1, 2]);
    assert_eq!(
        log.take(),
        ["3", "1", "2", "new of tuple", "0", "new of pair"]
    );
    let machine = counts_from_the_first(log.clone(), pair(), tuple(), false);
    assert_eq!(run(machine).0, [1, 2]);
    assert_eq!(
        log.take(),
        ["3", "1", "2", "new of tuple", "0", "new of pair"]
    );
    for b in [true, false] {
        assert_eq!(run(counts_from_the_first_both_times(pair(), b)).0, [1, 2]);
        assert_eq!(log.take(), ["1", "0"]);
    }
}

// ------------------------------------------------------------------------------ before a function that never returns

#[generator]
#[expect(
    unreachable_code,
    reason = "rustc knows that it is, the macro does not"
)]
fn returns_after_it(
    pair: (Logged, Logged),
    text: Logged,
    taken: Logged,
    way: u32,
) -> impl Generator<Yield = u32> {
    yield_!(1);
    loop {
        if way == 1 {
            drop(pair.0);
            never_returns();
            return;
        }
        if way == 2 {
            (|| drop(taken))();
            never_returns();
            break;
        }
        if way == 3 {
            drop(text);
            yield_!(2);
            never_returns();
            return;
        }
        yield_!(3);
        drop((pair.0, text, taken));
        break;
    }
}

#[generator]
fn matches_on_it(
    pair: (Logged, Logged),
    text: Logged,
    taken: Logged,
    way: u32,
) -> impl Generator<Yield = u32> {
    yield_!(1);
    if way == 1 {
        drop(pair.0);
        match never_returns() {}
    }
    if way == 2 {
        (|| drop(taken))();
        match never_returns() {}
    }
    if way == 3 {
        drop(text);
        yield_!(2);
        match never_returns() {}
    }
    yield_!(3);
    drop((pair.0, text, taken));
}

fn after_a_function_that_never_returns<G: Generator<Yield = u32, Return = ()>>(
    machine: fn((Logged, Logged), Logged, Logged, u32) -> G,
) {
    let log = Log::default();
    let machine = |way| {
        let pair = (log.value("0"), log.value("1"));
        machine(pair, log.value("text"), log.value("taken"), way)
    };
    assert_eq!(run(machine(0)).0, [1, 3]);
    assert_eq!(log.take(), ["0", "text", "taken", "1"]);
    for (way, dropped) in [
        (1, ["0", "taken", "text", "1"]),
        (2, ["taken", "text", "0", "1"]),
        (3, ["text", "taken", "0", "1"]),
    ] {
        assert_eq!(panic_message(|| run(machine(way))), "never returns");
        assert_eq!(log.take(), dropped, "{way}");
    }
}

#[test]
fn return_after_a_function_that_never_returns() {
    after_a_function_that_never_returns(returns_after_it);
}

#[test]
fn match_on_a_function_that_never_returns() {
    after_a_function_that_never_returns(matches_on_it);
}

mod my_process {
    pub fn leave(_: i32) {}
}

#[generator]
fn leaves(name: String) -> impl Generator<Yield = usize> {
    yield_!(1);
    my_process::leave(1);
    if name.is_empty() {
        process::exit(1);
    }
    yield_!(name.len());
}

#[test]
fn another_name_than_that_of_a_function_that_never_returns() {
    assert_eq!(run(leaves("name".to_owned())).0, [1, 4]);
}

// ------------------------------------------------------------------------------ closures

#[generator]
fn in_closures(one: Logged, other: Logged, b: bool) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = move || {
        if b {
            call(|| one.eat())
        } else {
            call(|| one.eat())
        }
    };
    f();
    let f = move || if b { call(|| other.eat()) } else { other.eat() };
    f();
    yield_!(2);
}

#[generator]
async fn in_a_block(name: Logged, b: bool) {
    Pause(1).await;
    let f = async move { if b { call(|| name.eat()) } else { name.eat() } };
    Pause(1).await;
    f.await;
    Pause(1).await;
}

#[generator]
fn four(a: Logged, b: Logged, c: Logged, d: Logged) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = move || {
        d.eat();
        c.eat();
        b.eat();
        a.eat();
    };
    f();
    yield_!(2);
}

#[generator]
fn beside_others(log: Log, a: Logged, b: Logged, c: Logged) -> impl Generator<Yield = u32> {
    yield_!(1);
    {
        let other = person(&log);
        let f = move || {
            a.eat();
            drop(other.name);
        };
        f();
    }
    {
        let other = person(&log);
        let f = move || {
            b.eat();
            let Person { age, .. } = other;
            age
        };
        assert_eq!(f(), 42);
    }
    {
        let other = person(&log);
        let f = move || {
            c.eat();
            call(move || drop(other.other));
        };
        f();
    }
    yield_!(2);
}

#[generator]
fn in_what_is_returned(name: Logged, n: u32) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = move || name.with(move || n + 1);
    let (name, action) = f();
    drop(name);
    yield_!(action());
    yield_!(n);
}

#[generator]
fn field_and_box(person: Person, name: Box<Logged>) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = move || call(|| drop(person.name));
    f();
    let f = move || drop(*name);
    f();
    yield_!(person.age);
}

#[test]
fn move_closures() {
    let log = Log::default();
    let value = |name| log.value(name);
    for b in [true, false] {
        assert_eq!(run(in_closures(value("one"), value("other"), b)).0, [1, 2]);
        assert_eq!(log.take(), ["one", "other"]);
        assert_eq!(block_on(in_a_block(value("name"), b)), (3, ()));
        assert_eq!(log.take(), ["name"]);
    }
    let machine = four(value("a"), value("b"), value("c"), value("d"));
    assert_eq!(run(machine).0, [1, 2]);
    assert_eq!(log.take(), ["d", "c", "b", "a"]);
    let machine = beside_others(log.clone(), value("a"), value("b"), value("c"));
    assert_eq!(run(machine).0, [1, 2]);
    let dropped = [
        "a", "name", "other", "b", "name", "other", "c", "other", "name",
    ];
    assert_eq!(log.take(), dropped);
    assert_eq!(run(in_what_is_returned(value("name"), 3)).0, [1, 4, 3]);
    assert_eq!(log.take(), ["name"]);
    let machine = field_and_box(person(&log), Box::new(value("boxed")));
    assert_eq!(run(machine).0, [1, 42]);
    assert_eq!(log.take(), ["name", "boxed", "other"]);
}

#[generator]
fn all_of_it_before_a_pattern(
    one: Person,
    other: Person,
    pair: (Logged, Logged),
) -> impl Generator<Yield = u32> {
    yield_!(1);
    let f = || {
        let one = one;
        let Person { name, .. } = one;
        name.name()
    };
    assert_eq!(f(), "name");
    yield_!(2);
    let f = move || {
        let other = other;
        let Person { other, .. } = other;
        other.name()
    };
    assert_eq!(f(), "other");
    yield_!(3);
    let first = pair.0;
    let f = move || drop(first);
    f();
    yield_!(4);
}

#[test]
fn parts_that_closures_take_by_patterns() {
    let log = Log::default();
    let pair = || (log.value("0"), log.value("1"));
    let mut machine = Box::pin(all_of_it_before_a_pattern(
        person(&log),
        person(&log),
        pair(),
    ));
    assert_eq!(machine.as_mut().resume(()), Yielded(1));
    assert_eq!(machine.as_mut().resume(()), Yielded(2));
    // Rust drops the binding, then what is left.
    assert_eq!(log.take(), ["name", "other"]);
    assert_eq!(machine.as_mut().resume(()), Yielded(3));
    assert_eq!(log.take(), ["other", "name"]);
    assert_eq!(machine.as_mut().resume(()), Yielded(4));
    assert_eq!(log.take(), ["0"]);
    drop(machine);
    assert_eq!(log.take(), ["1"]);
}

// ------------------------------------------------------------------------------ `Send` of a block that takes and changes

struct Pipe {
    bytes: std::cell::Cell<u32>,
    log: Vec<u32>,
}

#[generator]
async fn takes_and_changes(pipe: &mut Pipe, bytes: Vec<u32>) -> u32 {
    Pause(1).await;
    let part = &mut *pipe;
    async move {
        part.log.extend(bytes);
        Pause(1).await;
        part.bytes.set(part.log.len() as u32);
    }
    .await;
    pipe.bytes.get()
}

#[test]
fn a_reference_that_is_moved_into_a_block() {
    fn is_send<T: Send>(future: T) -> T {
        future
    }
    let mut pipe = Pipe {
        bytes: std::cell::Cell::new(0),
        log: vec![],
    };
    let future = is_send(takes_and_changes(&mut pipe, vec![1, 2]));
    assert_eq!(block_on(future).1, 2);
}

// ------------------------------------------------------------------------------ variants named as std's

enum Slot {
    Some(Logged),
    None,
}

#[generator]
fn of_its_type(slot: Slot, log: Log) -> impl Generator<Yield = u32> {
    use Slot::*;
    let empty = None;
    yield_!(0);
    for slot in [slot, empty] {
        yield_!(1);
        match slot {
            Slot::Some(value) => {
                yield_!(2);
                drop(value);
            }
            Slot::None => drop(log.value("none")),
        }
    }
}

#[test]
fn variants_by_their_type() {
    let log = Log::default();
    let slot = Slot::Some(log.value("some"));
    assert_eq!(run(of_its_type(slot, log.clone())).0, [0, 1, 2, 1]);
    assert_eq!(log.take(), ["some", "none"]);
}

// ------------------------------------------------------------------------------ parts that a closure takes, and one is assigned

#[generator]
fn assigns_a_part(mut pair: (Logged, Logged), log: Log) -> impl Generator<Yield = usize> {
    let (a, b) = pair;
    let length = move || a.name().len() + b.name().len();
    yield_!(1);
    let length = length();
    pair.1 = log.value("new");
    yield_!(length);
}

#[test]
fn parts_that_are_bound_before_a_closure() {
    let log = Log::default();
    let pair = (log.value("a"), log.value("bc"));
    assert_eq!(run(assigns_a_part(pair, log.clone())).0, [1, 3]);
    assert_eq!(log.take().last(), Some(&"new"));
}

// ------------------------------------------------------------------------------ closures that outlive a reference

#[generator]
fn outlives(words: Vec<String>) -> impl Generator<Yield = usize> {
    let mut found: Vec<Box<dyn Fn(char) -> Option<usize> + '_>> = Vec::new();
    let mut lengths: Vec<Box<dyn FnOnce() -> usize + '_>> = Vec::new();
    for word in &words {
        let name = word.clone();
        yield_!(1);
        found.push(Box::new(move |c| word.find(c)));
        lengths.push(Box::new(move || {
            let length = name.len();
            drop(name);
            word.len() + length
        }));
    }
    yield_!(found.iter().filter_map(|find| find('b')).sum());
    for length in lengths {
        yield_!(length());
    }
}

#[test]
fn move_closures_outlive_references() {
    let words = vec!["ab".to_owned(), "cdb".to_owned()];
    assert_eq!(run(outlives(words)).0, [1, 1, 3, 4, 6]);
}

#[generator]
fn outlives_pairs(pairs: Vec<(String, u32)>) -> impl Generator<Yield = usize> {
    let mut all: Vec<Box<dyn FnOnce() -> usize + '_>> = Vec::new();
    for pair in &pairs {
        let name = pair.0.clone();
        yield_!(1);
        all.push(Box::new(move || {
            drop(name);
            (0..2).map(|n| n + pair.0.len()).sum()
        }));
    }
    for length in all {
        yield_!(length());
    }
}

#[test]
fn move_closures_outlive_references_with_fields() {
    let pairs = vec![("ab".to_owned(), 1), ("c".to_owned(), 2)];
    assert_eq!(run(outlives_pairs(pairs)).0, [1, 1, 5, 3]);
}
