//! Methods: every receiver, associated functions, trait methods and their impls.
#![allow(clippy::all, clippy::pedantic, reason = "bodies are odd on purpose")]

use std::future::Future;
use std::ops::Deref;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;

use handcrank::GeneratorState::{Complete, Yielded};
use handcrank::{Generator, generator, yield_, yield_from};
use handcrank_tests::{Log, Logged, Pause, block_on, run, run_with};

struct Shelf {
    items: Vec<u32>,
    visits: usize,
    guard: Logged,
}

impl Shelf {
    fn new(log: &Log) -> Self {
        Shelf {
            items: vec![1, 2, 3],
            visits: 0,
            guard: log.value("shelf"),
        }
    }

    #[generator]
    fn by_ref(&self) -> impl Generator<Yield = u32, Return = usize> {
        for item in &self.items {
            yield_!(*item);
        }
        self.items.len()
    }

    #[generator]
    fn by_mut(&mut self, add: u32) -> impl Generator<Yield = u32> {
        for item in self.items.iter_mut() {
            *item += add;
            yield_!(*item);
        }
        self.visits += 1;
        self.items.push(add);
        yield_!(self.items.len() as u32);
    }

    #[generator]
    fn by_value(self) -> impl Generator<Yield = u32, Return = &'static str> {
        let count = self.items.len();
        for i in 0..count {
            yield_!(self.items[i]);
        }
        yield_!(count as u32);
        self.guard.name()
    }

    #[generator]
    fn by_mut_value(
        mut self,
        #[resume] first: u32,
    ) -> impl Generator<u32, Yield = usize, Return = Self>
    where
        Self: Sized,
    {
        self.items = vec![first];
        let next = yield_!(self.items.len());
        self.items.push(next);
        self
    }

    #[generator]
    fn in_a_box(self: Box<Self>) -> impl Generator<Yield = u32, Return = usize> {
        for i in 0..self.items.len() {
            yield_!(self.items[i]);
        }
        self.visits
    }

    #[generator]
    fn in_an_rc(self: Rc<Self>, from: usize) -> impl Generator<Yield = u32> {
        for item in &self.items[from..] {
            yield_!(*item);
        }
        let other = Rc::clone(&self);
        yield_!(Rc::strong_count(&other) as u32);
    }

    #[generator]
    fn in_an_arc(self: Arc<Self>) -> impl Iterator<Item = u32> + Send2 {
        for i in 0..self.items.len() {
            let item = self.items[i];
            yield_!(item);
        }
    }

    #[generator]
    fn pinned(self: Pin<&mut Self>) -> impl Generator<Yield = usize> {
        let this = self.get_mut();
        this.visits += 10;
        yield_!(this.visits);
        this.visits += 10;
        yield_!(this.visits);
    }

    #[generator]
    fn pinned_box(self: Pin<Box<Self>>) -> impl Generator<Yield = usize> {
        let items = &self.items;
        yield_!(items.len());
        yield_!(items.capacity());
    }

    #[generator]
    fn typed_self(self: &Self, other: &Self) -> impl Iterator<Item = u32> {
        for i in 0..self.items.len().min(other.items.len()) {
            yield_!(self.items[i] * other.items[i]);
        }
    }

    #[generator]
    fn associated(items: Vec<u32>, log: &Log) -> impl Generator<Yield = u32, Return = Self> {
        let mut total = 0;
        for item in &items {
            total += item;
            yield_!(total);
        }
        Self {
            items,
            visits: 0,
            guard: log.value("made"),
        }
    }

    #[generator]
    fn resumed(
        &mut self,
        #[resume] first: u32,
    ) -> impl Generator<u32, Yield = usize, Return = u32> {
        self.items.push(first);
        let mut last = first;
        while last > 0 {
            last = yield_!(self.items.len());
            self.items.push(last);
        }
        self.items.iter().sum()
    }

    #[generator]
    fn calls_others(&self) -> impl Generator<Yield = u32, Return = usize> {
        let one = yield_from!(self.by_ref());
        for item in self.typed_self(self) {
            yield_!(item + 100);
        }
        one + Self::helper(&self.items)
    }

    fn helper(items: &[u32]) -> usize {
        items.len() * 1000
    }

    #[generator]
    async fn awaited(&mut self, times: u32) -> usize {
        for n in 0..times {
            Pause(1).await;
            self.items.push(n);
        }
        self.items.len()
    }

    #[generator]
    fn captured_by_a_closure(&mut self) -> impl Generator<Yield = usize> {
        let mut grow = |n| {
            self.items.push(n);
            self.items.len()
        };
        yield_!(grow(7));
        yield_!(grow(8));
        yield_!(self.items.len());
    }

    #[generator]
    fn boxed(&self) -> Box<dyn Iterator<Item = &u32> + '_> {
        let view = &self.items;
        for item in view {
            yield_!(item);
        }
    }
}

/// Holds for everything.
trait Send2 {}
impl<T> Send2 for T {}

#[test]
fn receivers_by_reference() {
    let log = Log::default();
    let mut shelf = Shelf::new(&log);
    assert_eq!(run(shelf.by_ref()), (vec![1, 2, 3], 3));
    assert_eq!(run(shelf.by_mut(10)).0, [11, 12, 13, 4]);
    assert_eq!((shelf.visits, shelf.items.len()), (1, 4));
    assert_eq!(run(Pin::new(&mut shelf).pinned()).0, [11, 21]);
    let other = Shelf::new(&log);
    assert_eq!(shelf.typed_self(&other).collect::<Vec<_>>(), [11, 24, 39]);
    assert_eq!(
        run_with(shelf.resumed(), |n| [5, 6, 0][n]),
        (vec![5, 6], 57)
    );
    assert_eq!(
        run(other.calls_others()),
        (vec![1, 2, 3, 101, 104, 109], 3003)
    );
    assert_eq!(block_on(shelf.awaited(2)), (2, 9));
    assert_eq!(run(shelf.captured_by_a_closure()).0, [10, 11, 11]);
    assert_eq!(other.boxed().copied().collect::<Vec<_>>(), [1, 2, 3]);
    assert!(log.take().is_empty());
}

#[test]
fn receivers_by_value() {
    let log = Log::default();
    let (yielded, name) = run(Shelf::new(&log).by_value());
    assert_eq!((yielded, name), (vec![1, 2, 3, 3], "shelf"));
    assert_eq!(log.take(), ["shelf"]);
    let mut machine = Box::pin(Shelf::new(&log).by_value());
    assert_eq!(machine.as_mut().resume(()), Yielded(1));
    drop(machine);
    assert_eq!(log.take(), ["shelf"]);
    drop(Shelf::new(&log).by_value());
    assert_eq!(log.take(), ["shelf"]);
    let (_, emptied) = run_with(Shelf::new(&log).by_mut_value(), |n| n as u32);
    assert_eq!(emptied.items, [0, 1]);
}

#[test]
fn receivers_in_smart_pointers() {
    let log = Log::default();
    assert_eq!(
        run(Box::new(Shelf::new(&log)).in_a_box()),
        (vec![1, 2, 3], 0)
    );
    assert_eq!(log.take(), ["shelf"]);
    let rc = Rc::new(Shelf::new(&log));
    assert_eq!(run(Rc::clone(&rc).in_an_rc(1)).0, [2, 3, 3]);
    assert_eq!(Rc::strong_count(&rc), 1);
    assert_eq!(Arc::new(Shelf::new(&log)).in_an_arc().sum::<u32>(), 6);
    assert_eq!(run(Box::pin(Shelf::new(&log)).pinned_box()).0, [3, 3]);
    drop(rc);
    assert_eq!(log.take(), ["shelf"; 3]);
}

#[test]
fn associated_functions() {
    let log = Log::default();
    let (sums, shelf) = run(Shelf::associated(vec![1, 2], &log));
    assert_eq!((sums, shelf.items.as_slice()), (vec![1, 3], &[1, 2][..]));
    assert_eq!(shelf.guard.name(), "made");
}

// ------------------------------------------------------------------------------ traits

trait Source {
    type Item: Copy;

    fn next_item(&mut self) -> Option<Self::Item>;

    fn items(&self) -> impl Iterator<Item = Self::Item>;

    fn drain(&mut self) -> impl Generator<Yield = Self::Item, Return = usize>;

    fn polled(&self) -> impl Future<Output = Self::Item>;

    fn boxed<'a>(&'a self) -> Box<dyn Iterator<Item = Self::Item> + 'a>;

    #[generator]
    fn twice(&mut self) -> impl Generator<Yield = (Self::Item, Self::Item)> {
        while let Some(item) = self.next_item() {
            let pair = (item, item);
            yield_!(pair);
        }
    }

    #[generator]
    fn counted(&self, from: usize) -> impl Iterator<Item = (usize, Self::Item)> {
        let items: Vec<_> = self.items().collect();
        let mut i = from;
        for item in items {
            yield_!((i, item));
            i += 1;
        }
    }
}

impl Source for Vec<u32> {
    type Item = u32;

    fn next_item(&mut self) -> Option<u32> {
        self.pop()
    }

    #[generator]
    fn items(&self) -> impl Iterator<Item = u32> {
        for item in self {
            yield_!(*item);
        }
    }

    #[generator]
    fn drain(&mut self) -> impl Generator<Yield = u32, Return = usize> {
        let mut count = 0;
        while let Some(item) = self.next_item() {
            count += 1;
            yield_!(item);
        }
        count
    }

    #[generator]
    async fn polled(&self) -> u32 {
        Pause(self.len() as u32).await;
        self.iter().sum()
    }

    #[generator]
    fn boxed<'a>(&'a self) -> Box<dyn Iterator<Item = u32> + 'a> {
        let rev = self.iter().rev();
        for item in rev {
            yield_!(*item);
        }
    }
}

struct Wrapper<'a, T>(&'a [T], usize);

impl<'a, T: Copy> Source for Wrapper<'a, T> {
    type Item = T;

    fn next_item(&mut self) -> Option<T> {
        let item = self.0.get(self.1).copied();
        self.1 += 1;
        item
    }

    #[generator]
    fn items(&self) -> impl Iterator<Item = T> {
        for i in self.1..self.0.len() {
            yield_!(self.0[i]);
        }
    }

    #[generator]
    fn drain(&mut self) -> impl Generator<Yield = T, Return = usize> {
        for item in self.0 {
            yield_!(*item);
        }
        self.1 = self.0.len();
        self.1
    }

    #[generator]
    fn polled(&self) -> impl Future<Output = T> {
        Pause(1).await;
        self.0[0]
    }

    #[generator]
    fn boxed<'b>(&'b self) -> Box<dyn Iterator<Item = T> + 'b> {
        for item in self.0.iter().copied() {
            yield_!(item);
        }
    }
}

fn check<S: Source<Item: PartialEq + std::fmt::Debug>>(mut source: S, expected: &[S::Item]) {
    assert_eq!(source.items().collect::<Vec<_>>(), expected);
    assert_eq!(
        source.counted(5).map(|(i, _)| i).collect::<Vec<_>>(),
        [5, 6, 7]
    );
    assert_eq!(block_on(source.polled()).1, source.polled_now());
    assert_eq!(source.boxed().count(), 3);
    let (yielded, count) = run(source.drain());
    assert_eq!((yielded.len(), count), (3, 3));
    assert!(run(source.twice()).0.is_empty());
}

trait PolledNow: Source {
    fn polled_now(&self) -> Self::Item {
        block_on(self.polled()).1
    }
}
impl<S: Source> PolledNow for S {}

#[test]
fn trait_methods_and_impls() {
    check(vec![1, 2, 3], &[1, 2, 3]);
    check(Wrapper(&['a', 'b', 'c'], 0), &['a', 'b', 'c']);
    let mut list = vec![4, 5];
    assert_eq!(run(list.twice()).0, [(5, 5), (4, 4)]);
}

trait Visitor {
    #[generator]
    fn visit<'a>(&'a mut self, names: &'a [&'a str]) -> Box<dyn Iterator<Item = usize> + 'a> {
        for name in names {
            yield_!(self.weigh(name));
        }
    }

    fn weigh(&mut self, name: &str) -> usize;
}

struct Lengths(usize);

impl Visitor for Lengths {
    fn weigh(&mut self, name: &str) -> usize {
        self.0 += name.len();
        self.0
    }
}

#[test]
fn default_methods_of_object_safe_traits() {
    let mut lengths = Lengths(0);
    assert_eq!(lengths.visit(&["a", "bcd"]).collect::<Vec<_>>(), [1, 4]);
    let object: &mut dyn Visitor = &mut lengths;
    assert_eq!(object.weigh("x"), 5);
}

struct Ring<T, const N: usize> {
    items: [T; N],
    at: usize,
}

impl<T: Clone, const N: usize> Ring<T, N> {
    #[generator]
    fn turn(&mut self, #[resume] mut on: bool) -> impl Generator<bool, Yield = T, Return = usize> {
        while on {
            self.at = (self.at + 1) % N;
            on = yield_!(self.items[self.at].clone());
        }
        self.at
    }

    #[generator]
    fn around(&mut self) -> impl Iterator<Item = T> {
        for i in 0..N {
            let item = self.items[(self.at + i) % N].clone();
            self.at += 1;
            yield_!(item);
        }
    }

    #[generator]
    fn mapped<U>(self, map: impl Fn(T) -> U) -> impl Generator<Yield = U, Return = usize>
    where
        U: Deref<Target = str>,
    {
        let mut total = 0;
        for item in &self.items {
            let mapped = map(item.clone());
            total += mapped.len();
            yield_!(mapped);
        }
        total
    }
}

#[test]
fn methods_of_generic_types() {
    let mut ring = Ring {
        items: [1, 2, 3],
        at: 1,
    };
    assert_eq!(ring.around().collect::<Vec<_>>(), [2, 1, 3]);
    assert_eq!(run_with(ring.turn(), |n| n < 2), (vec![3, 1], 0));
    let (yielded, total) = run(ring.mapped(|n| "x".repeat(n)));
    assert_eq!((yielded.concat(), total), ("xxxxxx".to_owned(), 6));
}

#[test]
fn self_in_patterns_and_paths() {
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Light {
        Red,
        Green,
    }
    impl Light {
        const ALL: [Self; 2] = [Self::Red, Self::Green];

        #[generator]
        fn cycle(mut self) -> impl Generator<Yield = Self, Return = Self> {
            for _ in Self::ALL {
                yield_!(self);
                self = match self {
                    Self::Red => Self::Green,
                    Self::Green => Self::Red,
                };
            }
            self
        }
    }
    let mut machine = pin!(Light::Red.cycle());
    assert_eq!(machine.as_mut().resume(()), Yielded(Light::Red));
    assert_eq!(machine.as_mut().resume(()), Yielded(Light::Green));
    assert_eq!(machine.as_mut().resume(()), Complete(Light::Red));
}

// ------------------------------------------------------------------------------ `self` in format strings

#[derive(Debug)]
struct Named(&'static str);

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}>", self.0)
    }
}

impl Named {
    #[generator]
    fn shown(&self, n: u32) -> impl Generator<Yield = String, Return = String> {
        use std::fmt::Write as _;
        yield_!(format!("{self} {n} {{self}}"));
        let mut text = String::new();
        write!(text, "{self:?} {self:>4}").unwrap();
        yield_!(text);
        let by_closure = || format!("{self}{self:?}{n}", n = n + 1);
        yield_!(by_closure());
        match n {
            1 => return format!("{self} {:?}", yield_!(by_closure())),
            _ => yield_!(format!("{self}", self = n)),
        }
        assert!(n > 1, "{self}");
        format!("{} {self}", self.0)
    }

    #[generator]
    async fn consumed(self) -> String {
        let before = format!("{self}");
        Pause(1).await;
        before + &format!("{self:?}")
    }
}

trait Tell: std::fmt::Display {
    #[generator]
    fn told(self: Box<Self>) -> impl Iterator<Item = String>
    where
        Self: Sized,
    {
        yield_!(format!("{self}"));
        yield_!(format!("{self:>3}"));
    }
}

impl Tell for Named {}

#[test]
fn format_strings_capture_self() {
    let named = Named("x");
    let (yielded, returned) = run(named.shown(1));
    assert_eq!(
        yielded[..3],
        ["<x> 1 {self}", "Named(\"x\") <x>", "<x>Named(\"x\")2"]
    );
    assert_eq!(returned, "<x> ()");
    let (yielded, returned) = run(named.shown(2));
    assert_eq!((&*yielded[3], &*returned), ("2", "x <x>"));
    assert_eq!(
        block_on(Named("y").consumed()),
        (1, "<y>Named(\"y\")".to_owned())
    );
    let told: Vec<_> = Box::new(Named("z")).told().collect();
    assert_eq!(told, ["<z>", "<z>"]);
}
