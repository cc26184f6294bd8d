//! Resume arguments with elided lifetimes.

use std::pin::pin;
use std::task::{Context, Poll};

use futures_util::{Stream, StreamExt};
use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Generator, generator, yield_};
use handcrank_tests::{block_on, run};

#[derive(Clone, Copy)]
struct Counter<'a>(&'a u32);

static ZERO: u32 = 0;

#[generator]
fn another_local(#[resume] counter: Counter<'_>) -> impl Generator<Counter<'_>, Yield = u32> {
    let first = *counter.0;
    let later = Counter(&ZERO);
    yield_!(first);
    yield_!(*later.0);
}

#[test]
fn another_local_than_that_of_the_argument() {
    let mut machine = pin!(another_local());
    assert_eq!(machine.as_mut().resume(Counter(&3)), Yielded(3));
    assert_eq!(machine.as_mut().resume(Counter(&4)), Yielded(0));
}

type Five<'a, 'b, 'c, 'd, 'e> = (&'a u8, &'b u8, &'c u8, &'d u8, &'e u8);

#[generator]
fn one_of_five<'e>(
    #[resume] five: (&u8, &u8, &u8, &u8, &'e u8),
) -> impl Generator<(&u8, &u8, &u8, &u8, &'e u8), Yield = u8> {
    let last = five.4;
    yield_!(five.0 + five.4);
    yield_!(*last);
}

#[test]
fn a_name_for_one_of_five_lifetimes() {
    let last = 5;
    let mut machine = pin!(one_of_five());
    for expected in [6, 5] {
        let first = 1;
        let five: Five = (&first, &2, &3, &4, &last);
        assert_eq!(machine.as_mut().resume(five), Yielded(expected));
    }
}

struct Tank<T>(T);

#[generator]
impl<Item: Clone> Tank<Item> {
    #[generator]
    fn fill(#[resume] first: &mut Item) -> impl Generator<&mut Item, Yield = Item> {
        let second = yield_!(first.clone());
        yield_!(second.clone());
    }

    #[generator]
    pub fn twice(item: Item, _: &u8) -> impl Generator<Yield = Item> {
        let borrowed = &item;
        yield_!(borrowed.clone());
        yield_!(borrowed.clone());
    }
}

struct Pool<T>(T);

impl<Item: Clone + Default + 'static> Pool<Item> {
    #[generator]
    fn fill<U>(_: U, #[resume] first: &mut Item) -> impl Generator<&mut Item, Yield = Item> {
        yield_!(first.clone());
    }

    #[generator]
    pub fn empty() -> impl Generator<Yield = usize> {
        let items = [Item::default()];
        let borrowed = &items;
        yield_!(borrowed.len());
        yield_!(borrowed.len() + 1);
    }
}

#[test]
fn the_attribute_on_an_impl_or_a_static_bound() {
    let _ = (Tank(1), Pool(1));
    let mut text = String::from("text");
    let mut machine = pin!(Pool::<String>::fill(1));
    assert_eq!(
        machine.as_mut().resume(&mut text),
        Yielded("text".to_owned())
    );
    assert_eq!(machine.as_mut().resume(&mut String::new()), Complete(()));
    let mut machine = pin!(Tank::fill());
    assert_eq!(machine.as_mut().resume(&mut 1), Yielded(1));
    assert_eq!(machine.as_mut().resume(&mut 2), Yielded(2));
    assert_eq!(run(Pool::<u8>::empty()).0, [1, 2]);
    assert_eq!(run(Tank::twice('x', &1)).0, ['x', 'x']);
}

#[generator]
fn items(#[resume] mut context: &mut Context<'_>) -> impl Stream<Item = u32> {
    for item in [1, 2] {
        context.waker().wake_by_ref();
        context = yield_!(Poll::Ready(item));
    }
}

#[test]
fn a_loop_where_polls_are_yielded() {
    assert_eq!(block_on(items().collect::<Vec<_>>()), (0, vec![1, 2]));
}
