//! Every return type that `#[generator]` knows, and what comes back.
#![allow(clippy::all, clippy::pedantic, reason = "bodies are odd on purpose")]

use std::fmt::Debug;
use std::future::Future;
use std::iter::FusedIterator;
use std::pin::{Pin, pin};
use std::task::Poll;

use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Generator, Iter, generator, machine, yield_, yield_from};
use handcrank_tests::{Log, Pause, block_on, implements, poll, run, run_with};

// ------------------------------------------------------------------------------ impl Generator

#[generator]
fn nothing_given() -> impl Generator {
    yield_!();
    yield_!(());
}

#[generator]
fn yield_given() -> impl Generator<Yield = u32> {
    yield_!(1);
}

#[generator]
fn return_given() -> impl Generator<Return = &'static str> {
    yield_!();
    "end"
}

#[generator]
fn yield_and_return_given() -> impl Generator<Yield = u32, Return = &'static str> {
    yield_!(1);
    "end"
}

#[generator]
fn return_before_yield() -> impl Generator<Return = &'static str, Yield = u32> {
    yield_!(1);
    "end"
}

#[generator]
fn argument_given(#[resume] first: bool) -> impl Generator<bool> {
    if first {
        while yield_!() {}
    }
}

#[generator]
fn argument_and_return_given(#[resume] first: u8) -> impl Generator<u8, Return = u8> {
    first + yield_!()
}

#[generator]
fn unit_argument_given() -> impl Generator<(), Yield = u32, Return = ()> {
    yield_!(1);
}

#[generator]
fn everything_given(#[resume] first: u8) -> impl Generator<u8, Yield = u16, Return = u32> {
    let second = yield_!(u16::from(first));
    u32::from(second)
}

#[generator]
fn named_by_path(#[resume] first: u8) -> impl handcrank::Generator<u8, Yield = u8> {
    yield_!(first);
}

#[generator]
fn never_returns(mut n: u64) -> impl Generator<Yield = u64, Return = std::convert::Infallible> {
    loop {
        yield_!(n);
        n += 1;
    }
}

#[generator]
fn never_yields() -> impl Generator<Yield = std::convert::Infallible, Return = u8> {
    3
}

#[test]
fn generators_with_any_of_the_three_left_out() {
    assert_eq!(run(nothing_given()), (vec![(), ()], ()));
    assert_eq!(run(yield_given()), (vec![1], ()));
    assert_eq!(run(return_given()), (vec![()], "end"));
    assert_eq!(run(yield_and_return_given()), (vec![1], "end"));
    assert_eq!(run(return_before_yield()), (vec![1], "end"));
    assert_eq!(run_with(argument_given(), |n| n < 3), (vec![(); 3], ()));
    assert_eq!(
        run_with(argument_and_return_given(), |n| n as u8 + 4),
        (vec![()], 9)
    );
    assert_eq!(run(unit_argument_given()), (vec![1], ()));
    assert_eq!(run_with(everything_given(), |n| n as u8 + 1), (vec![1], 2));
    assert_eq!(run_with(named_by_path(), |n| n as u8 + 7), (vec![7], ()));
    assert_eq!(run(never_yields()).1, 3);
}

#[test]
fn a_generator_without_an_end() {
    let mut naturals = pin!(never_returns(5));
    for n in 5..500 {
        let Yielded(value) = naturals.as_mut().resume(());
        assert_eq!(value, n);
    }
}

// ------------------------------------------------------------------------------ extra bounds

#[generator]
fn movable(limit: u32) -> impl Generator<Yield = u32> + Unpin {
    for n in 0..limit {
        yield_!(n);
    }
}

#[generator]
fn sendable(text: String) -> impl Generator<Yield = usize> + Send + Sync + 'static {
    yield_!(text.len());
    yield_!(text.capacity());
}

#[generator]
fn bound_by_a_lifetime<'a>(text: &'a str) -> impl Generator<Yield = &'a str> + 'a {
    for word in text.split(' ') {
        yield_!(word);
    }
}

#[generator]
fn captures_by_use<'a, T>(items: &'a [T]) -> impl Generator<Yield = &'a T> + use<'a, T> {
    for item in items {
        yield_!(item);
    }
}

#[generator]
fn movable_and_sendable(list: Vec<u8>) -> impl Generator<Yield = u8> + Unpin + Send {
    for item in list {
        yield_!(item);
    }
}

#[test]
fn extra_bounds_pass_through() {
    let mut numbers = movable(3);
    let mut seen = vec![];
    while let Yielded(n) = Pin::new(&mut numbers).resume(()) {
        seen.push(n);
        let moved = numbers;
        numbers = moved;
    }
    assert_eq!(seen, [0, 1, 2]);

    let mut sendable = Box::pin(sendable("text".to_owned()));
    assert_eq!(sendable.as_mut().resume(()), Yielded(4));
    let rest = std::thread::spawn(move || run(sendable).0.len());
    assert_eq!(rest.join().unwrap(), 1);

    let text = String::from("a b c");
    assert_eq!(run(bound_by_a_lifetime(&text)).0, ["a", "b", "c"]);
    assert_eq!(run(captures_by_use(&[1, 2])).0, [&1, &2]);
    assert_eq!(run(movable_and_sendable(vec![3, 4])).0, [3, 4]);
}

#[test]
fn iterators_over_generators() {
    assert_eq!(Iter::new(Box::pin(yield_given())).collect::<Vec<_>>(), [1]);
    assert_eq!(Iter::new(movable(4)).sum::<u32>(), 6);
    let fused = &mut movable(1).fuse();
    assert_eq!(Pin::new(&mut *fused).resume(()), Yielded(0));
    assert_eq!(Pin::new(&mut *fused).resume(()), Complete(Some(())));
    assert_eq!(Pin::new(fused).resume(()), Complete(None));
}

// ------------------------------------------------------------------------------ impl Iterator

#[generator]
fn evens(limit: u32) -> impl Iterator<Item = u32> {
    let mut n = 0;
    while n < limit {
        yield_!(n);
        n += 2;
    }
}

#[generator]
fn words<'a>(text: &'a str, skip: &str) -> impl Iterator<Item = &'a str> {
    for word in text.split(' ') {
        if word == skip {
            continue;
        }
        if word.is_empty() {
            return;
        }
        yield_!(word);
    }
}

#[generator]
fn pairs<T: Clone>(items: Vec<T>) -> impl Iterator<Item = (T, T)> + Clone2 {
    for (i, a) in items
        .iter()
        .enumerate()
        .map(|(i, item)| (i, item.clone()))
        .collect::<Vec<_>>()
    {
        for b in items[i + 1..].to_vec() {
            yield_!((a.clone(), b));
        }
    }
}

/// Holds for everything.
trait Clone2 {}
impl<T> Clone2 for T {}

#[generator]
fn counted(log: Log) -> impl Iterator<Item = &'static str> + Send2 {
    let first = log.value("first");
    yield_!(first.name());
    let second = log.value("second");
    yield_!(second.name());
}

/// Holds for everything.
trait Send2 {}
impl<T> Send2 for T {}

#[test]
fn iterators_are_fused() {
    fn is_fused<I: FusedIterator>(iterator: I) -> I {
        iterator
    }
    let mut iterator = is_fused(evens(5));
    assert_eq!(iterator.by_ref().collect::<Vec<_>>(), [0, 2, 4]);
    for _ in 0..3 {
        assert_eq!(iterator.next(), None);
    }
    assert!(implements!(iterator, Unpin));
}

#[test]
fn iterators_are_iterators() {
    assert_eq!(words("a b  c", "b").collect::<Vec<_>>(), ["a"]);
    assert_eq!(words("a b c b d", "b").collect::<String>(), "acd");
    assert_eq!(
        pairs(vec![1, 2, 3]).collect::<Vec<_>>(),
        [(1, 2), (1, 3), (2, 3)]
    );
    let mut sum = 0;
    for n in evens(7)
        .zip(words("x y z", ""))
        .map(|(n, word)| n + word.len() as u32)
    {
        sum += n;
    }
    assert_eq!(sum, 9);
    let boxed: Box<dyn Iterator<Item = u32>> = Box::new(evens(3));
    assert_eq!(boxed.last(), Some(2));
    let moved = [evens(2), evens(4)].map(|mut evens| evens.next().is_some());
    assert_eq!(moved, [true, true]);
}

#[test]
fn iterators_drop_what_they_hold() {
    let log = Log::default();
    let mut iterator = counted(log.clone());
    assert_eq!(iterator.next(), Some("first"));
    assert!(log.take().is_empty());
    assert_eq!(iterator.next(), Some("second"));
    assert_eq!(iterator.next(), None);
    assert_eq!(log.take(), ["second", "first"]);

    let mut iterator = counted(log.clone());
    iterator.next();
    drop(iterator);
    assert_eq!(log.take(), ["first"]);
}

// ------------------------------------------------------------------------------ futures

#[generator]
async fn add(a: u32, b: u32) -> u32 {
    Pause(a).await;
    Pause(b).await;
    a + b
}

#[generator]
async fn no_value(log: Log) {
    let _value = log.value("value");
    Pause(1).await;
}

#[generator]
async fn borrows<'a>(text: &'a str, list: &mut Vec<&'a str>) -> usize {
    for word in text.split(' ') {
        Pause(1).await;
        list.push(word);
    }
    let local = list.len();
    let borrowed = &local;
    add(*borrowed as u32, 0).await;
    *borrowed
}

#[generator]
fn as_impl_future(n: u32) -> impl Future<Output = u32> {
    add(n, 1).await * 10
}

#[generator]
fn future_without_await(text: String) -> impl Future<Output = usize> + Send {
    text.len()
}

#[generator]
fn future_of_a_lifetime(text: &str) -> impl Future<Output = &str> + '_ {
    Pause(1).await;
    text.trim()
}

#[generator]
async fn fallible(text: &str) -> Result<u32, std::num::ParseIntError> {
    let n: u32 = text.parse()?;
    Pause(n).await;
    Ok(n + "1".parse::<u32>()?)
}

#[test]
fn futures() {
    assert_eq!(block_on(add(2, 3)), (5, 5));
    let log = Log::default();
    let mut future = Box::pin(no_value(log.clone()));
    assert!(poll(future.as_mut()).is_pending());
    assert!(log.take().is_empty());
    assert!(poll(future.as_mut()).is_ready());
    assert_eq!(log.take(), ["value"]);

    let text = String::from("a b c");
    let mut list = vec![];
    assert_eq!(block_on(borrows(&text, &mut list)), (6, 3));
    assert_eq!(list, ["a", "b", "c"]);
    assert_eq!(block_on(as_impl_future(2)), (3, 30));
    assert_eq!(block_on(future_without_await("abc".to_owned())), (0, 3));
    assert_eq!(block_on(future_of_a_lifetime(" x ")), (1, "x"));
    assert_eq!(block_on(fallible("4")), (4, Ok(5)));
    assert!(block_on(fallible("four")).1.is_err());
}

#[test]
fn futures_work_with_combinators_of_others() {
    use futures_util::future::{Either, join, join_all, select};
    assert_eq!(block_on(join(add(1, 2), as_impl_future(4))).1, (3, 50));
    assert_eq!(
        block_on(join_all((0..3).map(|n| add(n, n)))),
        (4, vec![0, 2, 4])
    );
    let first = block_on(select(Box::pin(add(3, 3)), Box::pin(add(1, 1)))).1;
    assert!(matches!(first, Either::Right((2, _))));
}

#[test]
fn ours_and_rustcs_futures_await_each_other() {
    async fn rustcs(n: u32) -> u32 {
        add(n, n).await
    }
    #[generator]
    async fn outer(n: u32) -> u32 {
        Pause(n).await;
        rustcs(n).await + 1
    }
    let (pending, value) = block_on(async { outer(2).await + add(1, 0).await });
    assert_eq!((pending, value), (7, 6));
}

// ------------------------------------------------------------------------------ boxed

#[derive(Debug)]
struct Tree {
    name: &'static str,
    children: Vec<Tree>,
}

fn tree() -> Tree {
    let leaf = |name| Tree {
        name,
        children: vec![],
    };
    Tree {
        name: "root",
        children: vec![
            Tree {
                name: "a",
                children: vec![leaf("a1"), leaf("a2")],
            },
            leaf("b"),
        ],
    }
}

#[generator]
fn walk(tree: &Tree) -> Box<dyn Iterator<Item = &str> + '_> {
    yield_!(tree.name);
    for child in &tree.children {
        for name in walk(child) {
            yield_!(name);
        }
    }
}

#[generator]
fn own_locals(count: usize) -> Box<dyn Iterator<Item = String>> {
    let list: Vec<String> = (0..count).map(|n| n.to_string()).collect();
    for item in list.iter().rev() {
        yield_!(item.clone());
    }
    let last = &list[0];
    yield_!(format!("{last}!"));
}

#[generator]
fn paths(
    tree: &Tree,
    prefix: String,
) -> Pin<Box<dyn Generator<Yield = String, Return = usize> + '_>> {
    let path = prefix + "/" + tree.name;
    let view = &path;
    yield_!(view.clone());
    let mut count = 1;
    for child in &tree.children {
        count += yield_from!(paths(child, path.clone()));
    }
    count
}

#[generator]
fn countdown(n: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
    if n == 0 {
        return 0;
    }
    Pause(1).await;
    countdown(n - 1).await + n
}

#[generator]
fn boxed_with_arguments(
    #[resume] first: u32,
    base: u32,
) -> Pin<Box<dyn Generator<u32, Yield = u32>>> {
    let mut n = first;
    loop {
        n = yield_!(base + n);
        if n == 0 {
            break;
        }
    }
}

#[generator]
fn boxed_sendable(items: Vec<String>) -> Box<dyn Iterator<Item = usize> + Send> {
    let view = &items;
    for item in view {
        yield_!(item.len());
    }
}

#[test]
fn boxed_iterators_recurse_and_borrow_their_locals() {
    let tree = tree();
    assert_eq!(
        walk(&tree).collect::<Vec<_>>(),
        ["root", "a", "a1", "a2", "b"]
    );
    let mut iterator = own_locals(2);
    assert_eq!(iterator.next().as_deref(), Some("1"));
    let mut moved = *Box::new(iterator);
    assert_eq!(moved.next().as_deref(), Some("0"));
    assert_eq!(moved.next().as_deref(), Some("0!"));
    assert_eq!((moved.next(), moved.next()), (None, None));
    let total =
        std::thread::spawn(|| boxed_sendable(vec!["a".into(), "bcd".into()]).sum::<usize>());
    assert_eq!(total.join().unwrap(), 4);
}

#[test]
fn boxed_generators_and_futures_recurse() {
    let tree = tree();
    let (yielded, count) = run(paths(&tree, String::new()));
    assert_eq!(
        yielded,
        ["/root", "/root/a", "/root/a/a1", "/root/a/a2", "/root/b"]
    );
    assert_eq!(count, 5);
    assert_eq!(block_on(countdown(4)), (4, 10));
    let (yielded, ()) = run_with(boxed_with_arguments(10), |n| [5, 6, 0][n]);
    assert_eq!(yielded, [15, 16]);
}

#[test]
fn trait_objects_of_our_machines() {
    let mut machines: Vec<Pin<Box<dyn Generator<Yield = u32, Return = ()>>>> =
        vec![Box::pin(yield_given()), Box::pin(movable(2))];
    let mut seen = vec![];
    while let Some(mut machine) = machines.pop() {
        if let Yielded(n) = machine.as_mut().resume(()) {
            seen.push(n);
            machines.insert(0, machine);
        }
    }
    assert_eq!(seen, [0, 1, 1]);
    let futures: [Pin<Box<dyn Future<Output = u32>>>; 2] = [Box::pin(add(1, 1)), countdown(2)];
    assert_eq!(block_on(futures_util::future::join_all(futures)).1, [2, 3]);
    let _: &dyn Debug = &Poll::Ready(block_on(add(0, 0)));
}

#[test]
fn nothing_runs_before_the_first_resumption() {
    #[generator]
    fn explosive(log: Log) -> impl Generator<Yield = u32> {
        let _value = log.value("started");
        assert!(log.take().is_empty(), "started");
        yield_!(1);
    }
    let log = Log::default();
    let machine = explosive(log.clone());
    assert!(log.take().is_empty());
    drop(machine);
    assert!(log.take().is_empty());
    assert_eq!(run(explosive(log.clone())).0, [1]);
    assert_eq!(log.take(), ["started"]);
}

// ------------------------------------------------------------------------------ other ways to say it

#[generator]
fn boxed_opaque_generator<'a, T>(lists: &'a [Vec<T>]) -> Pin<Box<impl Generator<Yield = &'a T>>> {
    let all: Vec<&Vec<T>> = lists.iter().collect();
    for list in &all {
        for item in *list {
            yield_!(item);
        }
    }
}

#[generator]
fn boxed_opaque_iterator() -> Box<impl Iterator<Item = u32>> {
    let numbers = vec![1, 2];
    for number in numbers.iter() {
        yield_!(*number);
    }
}

#[generator]
fn boxed_opaque_future() -> Pin<Box<impl Future<Output = u32> + Send>> {
    std::future::ready(1).await
}

#[generator]
fn named_by_its_fused_trait() -> impl FusedIterator<Item = u32> {
    yield_!(1);
}

#[generator]
fn fused_trait_first() -> impl FusedIterator + Iterator<Item = u32> {
    yield_!(1);
}

#[generator]
fn fused_future() -> impl futures_util::future::FusedFuture<Output = u32> {
    std::future::ready(1).await
}

#[generator]
fn fused_stream() -> impl futures_util::stream::FusedStream<Item = u32> {
    yield_!(1);
}

#[generator]
async fn never() -> ! {
    loop {
        std::future::pending::<()>().await;
    }
}

#[test]
fn boxes_of_opaque_types() {
    let lists = [vec![1], vec![2, 3]];
    assert_eq!(run(boxed_opaque_generator(&lists)).0, [&1, &2, &3]);
    assert_eq!(boxed_opaque_iterator().collect::<Vec<_>>(), [1, 2]);
    assert_eq!(block_on(boxed_opaque_future()).1, 1);
}

#[test]
fn fused_traits_name_a_machine() {
    use futures_util::future::FusedFuture;
    use futures_util::stream::{FusedStream, StreamExt};

    assert_eq!(named_by_its_fused_trait().collect::<Vec<_>>(), [1]);
    assert_eq!(fused_trait_first().collect::<Vec<_>>(), [1]);
    let mut future = pin!(fused_future());
    assert!(!future.is_terminated());
    assert_eq!(block_on(future.as_mut()).1, 1);
    assert!(future.is_terminated());
    let mut stream = pin!(fused_stream());
    assert_eq!(block_on(stream.next()).1, Some(1));
    assert_eq!(block_on(stream.next()).1, None);
    assert!(stream.is_terminated());
}

#[test]
fn a_future_may_never_end() {
    assert_eq!(poll(pin!(never())), Poll::Pending);
}

#[test]
fn every_machine_is_debug() {
    #[generator]
    fn iterator() -> impl Iterator<Item = u32> + Debug {
        yield_!(1);
    }
    #[generator]
    fn generator() -> impl Generator<Yield = u32> + Debug {
        yield_!(1);
    }
    #[generator]
    fn future() -> impl Future<Output = u32> + Debug {
        std::future::ready(1).await
    }
    assert_eq!(format!("{:?}", iterator()), "IterMachine { .. }");
    assert_eq!(format!("{:?}", generator()), "Machine { .. }");
    assert_eq!(format!("{:?}", future()), "FutureMachine { .. }");
}

// ------------------------------------------------------------------------------ hidden types in what comes out

/// Of which the body makes the type, another in each copy of it.
#[generator]
async fn a_hidden_result(n: u32) -> Result<impl Iterator<Item = u32>, String> {
    Pause(1).await;
    if n > 3 {
        return Err("many".into());
    }
    let more = n + 1;
    Ok((0..n).map(move |m| m + more))
}

#[generator]
async fn a_hidden_future(name: &str) -> impl Future<Output = usize> + use<> {
    let name = name.to_owned();
    Pause(1).await;
    async move {
        Pause(1).await;
        name.len()
    }
}

#[generator]
fn hidden_closures(
    n: u32,
) -> impl Generator<Yield = impl Fn(u32) -> u32, Return = Option<impl FnOnce() -> String>> {
    for i in 0..n {
        yield_!(move |x: u32| x * 10 + i);
    }
    let name = format!("{n}");
    Some(move || name)
}

struct Api<K> {
    key: K,
}

impl<K: Clone> Api<K> {
    /// Nothing of the borrow is in what is hidden.
    #[generator]
    async fn several<T: Clone>(
        &self,
        with: T,
    ) -> Result<impl Iterator<Item = (K, T)> + use<K, T>, ()> {
        Pause(1).await;
        let key = self.key.clone();
        Ok((0..2).map(move |_| (key.clone(), with.clone())))
    }

    #[generator]
    async fn awaits(&self, name: &str) -> Result<impl Iterator<Item = (K, u8)> + use<K>, ()> {
        let with = name.len() as u8;
        self.several(with).await
    }
}

#[test]
fn hidden_types_in_what_comes_out() {
    assert!(block_on(a_hidden_result(4)).1.is_err());
    let items = block_on(a_hidden_result(2)).1.expect("few");
    assert_eq!(items.collect::<Vec<_>>(), [3, 4]);

    let (_, later) = block_on(a_hidden_future(&String::from("name")));
    assert_eq!(block_on(later), (1, 4));

    let (yielded, returned) = run(hidden_closures(3));
    let values: Vec<u32> = yielded.iter().map(|f| f(1)).collect();
    assert_eq!(
        (values, returned.map(|f| f())),
        (vec![10, 11, 12], Some("3".into()))
    );

    let api = Api { key: 'k' };
    let items = block_on(api.awaits(&String::from("name")))
        .1
        .expect("items");
    drop(api);
    assert_eq!(items.collect::<Vec<_>>(), [('k', 4), ('k', 4)]);

    let n = 1;
    let machine = machine!([n] -> impl Generator<Yield = _, Return = _> {
        yield move |m: u32| m + n;
        async move { n }
    });
    let (yielded, returned) = run(machine);
    assert_eq!((yielded[0](2), block_on(returned)), (3, (0, 1)));
}
