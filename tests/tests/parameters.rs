//! Patterns in parameters: what they bind is known to the body from its first line.
#![allow(clippy::all, clippy::pedantic, reason = "bodies are odd on purpose")]

use std::pin::pin;

use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Log, Logged, run};

struct Point {
    x: u32,
    name: (u32, String),
}

fn point() -> Point {
    Point {
        x: 1,
        name: (2, "p".to_owned()),
    }
}

#[generator]
fn by_ref_mut(ref mut n: u32) -> impl Generator<Yield = u32> {
    yield_!(*n);
    *n += 1;
    yield_!(*n);
}

#[generator]
fn refs_in_tuple((ref mut low, ref high): (u32, String)) -> impl Generator<Yield = usize> {
    *low += 1;
    yield_!(*low as usize);
    *low += 1;
    yield_!(*low as usize + high.len());
}

#[generator]
fn ref_in_struct(
    Point {
        x: ref first,
        name: (_, ref last),
    }: Point,
) -> impl Generator<Yield = String> {
    yield_!(first.to_string());
    yield_!(last.clone());
}

#[generator]
fn through_a_reference((a, b): &(u32, String)) -> impl Iterator<Item = (u32, &str)> {
    yield_!((*a, &**b));
    yield_!((*a + 1, b));
}

#[generator]
fn through_a_mutable((a, b): &mut (u32, String)) -> impl Generator<Yield = u32> {
    *a += 1;
    b.push('!');
    yield_!(*a);
    *a += b.len() as u32;
    yield_!(*a);
}

#[generator]
fn the_whole_and_a_part(whole @ (first, _): (u32, u32)) -> impl Iterator<Item = u32> {
    yield_!(first);
    yield_!(whole.1);
}

#[generator]
fn slices(
    (a, (b, [c, ref rest @ ..])): (u32, (u32, [u32; 3])),
    [first, .., last]: [u32; 4],
) -> impl Generator<Yield = u32> {
    yield_!(a + b + c);
    for number in rest {
        yield_!(*number);
    }
    yield_!(first);
    yield_!(last);
}

#[test]
fn bindings_are_of_their_types() {
    assert_eq!(run(by_ref_mut(1)).0, [1, 2]);
    assert_eq!(run(refs_in_tuple((1, "ab".to_owned()))).0, [2, 5]);
    assert_eq!(run(ref_in_struct(point())).0, ["1", "p"]);
    let pair = (1, "ab".to_owned());
    assert_eq!(
        through_a_reference(&pair).collect::<Vec<_>>(),
        [(1, "ab"), (2, "ab")]
    );
    let mut pair = pair;
    assert_eq!(run(through_a_mutable(&mut pair)).0, [2, 5]);
    assert_eq!(pair, (5, "ab!".to_owned()));
    assert_eq!(the_whole_and_a_part((3, 4)).collect::<Vec<_>>(), [3, 4]);
    let (yielded, ()) = run(slices((1, (2, [3, 4, 5])), [6, 7, 8, 9]));
    assert_eq!(yielded, [6, 4, 5, 6, 9]);
}

#[generator]
fn of_the_argument(
    count: u32,
    #[resume] Point {
        x,
        name: (_, mut name),
    }: Point,
) -> impl Generator<Point, Yield = String> {
    name.push('+');
    let next = yield_!(name.clone());
    name += &next.name.1;
    yield_!(format!("{name} {x} {count}"));
}

#[test]
fn the_argument_is_taken_apart() {
    let mut machine = pin!(of_the_argument(7));
    assert_eq!(machine.as_mut().resume(point()), Yielded("p+".to_owned()));
    assert_eq!(
        machine.as_mut().resume(point()),
        Yielded("p+p 1 7".to_owned())
    );
    assert_eq!(machine.as_mut().resume(point()), Complete(()));
}

#[generator]
fn keeps_some((ref kept, _): (Logged, Logged), _other: Logged) -> impl Generator<Yield = u32> {
    yield_!(1);
    let _ = kept;
    yield_!(2);
}

#[test]
fn what_is_bound_by_reference_drops_with_its_parameter() {
    for resumed in 0..=2 {
        let log = Log::default();
        let pair = (log.value("kept"), log.value("left"));
        let mut machine = Box::pin(keeps_some(pair, log.value("other")));
        for _ in 0..resumed {
            let _ = machine.as_mut().resume(());
        }
        drop(machine);
        let expected = match resumed {
            0 => ["kept", "left", "other"],
            _ => ["other", "kept", "left"],
        };
        assert_eq!(log.take(), expected, "resumed {resumed} times");
    }
}
