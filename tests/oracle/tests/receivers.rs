//! Method calls that move, borrow or copy their receiver, which only types can tell.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    unused,
    unused_assignments,
    clippy::all,
    clippy::pedantic,
    reason = "bodies are odd on purpose"
)]

use std::collections::BTreeMap;

use handcrank_oracle::{Noisy, compare, event, noisy};

#[derive(Debug)]
struct Transaction {
    log: Noisy,
    steps: Vec<u32>,
}

struct View<'a>(&'a Transaction, Noisy);

impl Transaction {
    fn begin(name: &str) -> Self {
        Transaction {
            log: noisy(name),
            steps: vec![],
        }
    }

    fn commit(self, n: u32) -> usize {
        event(format!("commit {:?}", self.log));
        self.steps.len() + n as usize
    }

    fn view(&self, name: &str) -> View<'_> {
        View(self, noisy(name))
    }

    fn step(&mut self, n: u32) -> &mut Self {
        self.steps.push(n);
        self
    }

    fn with(mut self, n: u32) -> Self {
        self.steps.push(n);
        self
    }

    fn boxed(self: Box<Self>) -> usize {
        event("boxed");
        self.steps.len()
    }
}

/// The same method names with another meaning.
trait Job {
    fn run(self) -> usize;
    fn poke(&mut self) -> u32;
    fn peek(&self) -> u32;
}

#[derive(Debug)]
struct ByValue(Noisy, u32);

impl Job for ByValue {
    fn run(self) -> usize {
        event("run by value");
        self.0.name().len()
    }

    fn poke(&mut self) -> u32 {
        self.1 += 1;
        self.1
    }

    fn peek(&self) -> u32 {
        self.1
    }
}

impl Job for &mut ByValue {
    fn run(self) -> usize {
        event("run by reference");
        self.1 += 100;
        self.1 as usize
    }

    fn poke(&mut self) -> u32 {
        0
    }

    fn peek(&self) -> u32 {
        self.1 + 1000
    }
}

trait Double {
    fn double(self) -> u32;
}

impl Double for u32 {
    fn double(self) -> u32 {
        self * 2
    }
}

impl Double for &Noisy {
    fn double(self) -> u32 {
        self.name().len() as u32 * 2
    }
}

compare! {
    fn methods_of_std_that_consume() -> impl Generator<Yield = usize, Return = Vec<u8>> {
        let text = String::from("text");
        let option = Some(noisy("option"));
        let result: Result<Noisy, Noisy> = Err(noisy("error"));
        let list = vec![noisy("a"), noisy("b")];
        let boxed: Box<str> = "boxed".into();
        yield_!(text.len());
        let bytes = text.into_bytes();
        yield_!(bytes.len());
        let inner = option.unwrap();
        yield_!(inner.name().len());
        let error = result.unwrap_err();
        yield_!(error.name().len());
        let mut items = list.into_iter();
        yield_!(items.next().map_or(0, |item| item.name().len()));
        let collected = items.rev().collect::<Vec<_>>();
        yield_!(collected.len());
        yield_!(boxed.into_string().len());
        bytes
    }
}

compare! {
    fn methods_of_std_that_borrow() -> impl Generator<Yield = usize, Return = Option<Noisy>> {
        let mut option = Some(noisy("option"));
        let mut list = vec![3, 1, 2];
        let mut map = BTreeMap::new();
        yield_!(option.iter().count());
        let taken = option.take();
        yield_!(usize::from(option.is_none()));
        option.insert(noisy("inserted")).rename("!");
        yield_!(option.as_ref().unwrap().name().len());
        let old = option.replace(noisy("replaced"));
        list.sort();
        yield_!(*list.first().unwrap());
        map.insert("key", taken);
        map.entry("other").or_insert(old).as_mut().unwrap().rename("?");
        yield_!(map.len());
        yield_!(map.values().flatten().map(|item| item.name().len()).sum());
        option
    }
}

compare! {
    fn user_methods(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let mut tx = Transaction::begin("tx");
        tx.step(n).step(2);
        yield_!(tx.steps.len());
        let view = tx.view("view");
        let seen = yield_!(view.0.steps.len());
        event(format!("{:?}", view.1));
        drop(view);
        tx.step(seen);
        tx = tx.with(yield_!(1));
        yield_!(tx.view("temporary").0.steps.len());
        let committed = tx.commit(yield_!(2));
        yield_!(committed);
        let boxed = Box::new(Transaction::begin("boxed"));
        yield_!(3);
        committed + boxed.boxed()
    }
}

compare! {
    fn consumed_on_one_path(#[resume] flag: bool) -> impl Generator<bool, Yield = usize, Return = usize> {
        let tx = Transaction::begin("tx");
        let other = Transaction::begin("other");
        if flag {
            yield_!(tx.commit(1));
        } else {
            yield_!(tx.steps.len());
        }
        if yield_!(1) {
            return other.commit(2);
        }
        let last = if yield_!(2) { other } else { other.with(1) };
        yield_!(last.steps.len());
        last.commit(3)
    }
}

compare! {
    fn consumed_in_a_loop(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let mut tx = Transaction::begin("t0");
        let mut n = n;
        let mut sum = 0;
        loop {
            n = yield_!(tx.steps.len());
            tx.step(n);
            if n % 2 == 1 {
                sum += tx.commit(n);
                tx = Transaction::begin(&format!("t{n}"));
            }
            if n == 15 {
                break;
            }
        }
        sum + tx.with(1).commit(0)
    }
}

compare! {
    fn user_traits_by_value_and_by_reference() -> impl Generator<Yield = usize, Return = usize> {
        let mut job = ByValue(noisy("job"), 1);
        yield_!(job.poke() as usize);
        yield_!(job.peek() as usize);
        let by_reference = (&mut job).run();
        yield_!(by_reference);
        let reference = &mut job;
        yield_!(reference.peek() as usize);
        let consumed_reference = reference.run();
        yield_!(consumed_reference);
        yield_!(job.1 as usize);
        job.run()
    }
}

compare! {
    fn copies_are_not_moved(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let name = noisy("name");
        yield_!(n.double());
        yield_!(n.double().pow(2) % 1000);
        let reference = &name;
        yield_!(reference.double());
        yield_!(reference.double() + n.min(3));
        let list = [n, n + 1];
        yield_!(list.map(|n| n * 2)[1]);
        yield_!(list.into_iter().sum());
        let option = Some(n);
        yield_!(option.unwrap() + option.map_or(0, |n| n + 1));
        let unit: fn(u32) -> u32 = Double::double;
        yield_!(unit(n));
        reference.double() + list[0]
    }
}

compare! {
    fn adapters_reborrow_a_unique_reference() -> impl Generator<Yield = u32, Return = Vec<u32>> {
        let mut source = 1..20_u32;
        let numbers = &mut source;
        yield_!(numbers.take(2).sum());
        yield_!(numbers.skip(1).next().unwrap_or(0));
        let mut text = String::new();
        let sink = &mut text;
        sink.push('x');
        yield_!(numbers.by_ref().filter(|n| n % 2 == 0).take(2).sum());
        sink.push_str("yz");
        yield_!(sink.len() as u32);
        let rest = numbers.collect();
        yield_!(text.len() as u32);
        rest
    }
}

compare! {
    fn chains_over_many_lines(words: Vec<Noisy>) -> impl Generator<Yield = String, Return = Option<Noisy>> {
        let minimum = 2;
        yield_!("start".to_owned());
        let mut long = words
            .into_iter()
            .enumerate()
            .filter(|(_, word)| word.name().len() >= minimum)
            .map(|(i, mut word)| {
                word.rename(&i.to_string());
                word
            })
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .peekable();
        yield_!(format!("{:?}", long.peek()));
        let first = long
            .next()
            .map(|word| word.and("!"))
            .filter(|word| !word.name().is_empty());
        yield_!(format!("{first:?}"));
        long.last().or(first)
    }
    with (vec![noisy("a"), noisy("bb"), noisy("ccc"), noisy("dd")])
}

compare! {
    fn fields_as_receivers() -> impl Generator<Yield = usize, Return = Noisy> {
        let mut pair = (Transaction::begin("left"), Some(noisy("right")));
        yield_!(pair.0.steps.len());
        pair.0.step(1).step(2);
        yield_!(pair.0.steps.iter().count());
        let right = pair.1.take().unwrap();
        yield_!(right.name().len());
        pair.1.get_or_insert_with(|| noisy("again")).rename("!");
        yield_!(pair.1.as_ref().map_or(0, |name| name.name().len()));
        let log = pair.0.log.and("+");
        yield_!(pair.0.steps.len());
        drop(right);
        log
    }
}

compare! {
    fn deref_to_the_method() -> impl Generator<Yield = usize, Return = usize> {
        let boxed = Box::new(ByValue(noisy("boxed"), 7));
        let shared = std::rc::Rc::new(Transaction::begin("shared"));
        let clone = std::rc::Rc::clone(&shared);
        yield_!(boxed.peek() as usize);
        yield_!(shared.view("v").0.steps.len());
        let mut tx = std::rc::Rc::try_unwrap(shared).unwrap_or_else(|shared| {
            event(std::rc::Rc::strong_count(&shared).to_string());
            Transaction::begin("fresh")
        });
        yield_!(tx.step(1).steps.len());
        yield_!(clone.steps.len());
        boxed.run() + tx.commit(0)
    }
}

compare! {
    fn calls_by_path(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let mut tx = Transaction::begin("tx");
        Transaction::step(&mut tx, n);
        yield_!(Transaction::view(&tx, "v").0.steps.len());
        let tx = Transaction::with(tx, yield_!(1));
        let job = ByValue(noisy("job"), 3);
        yield_!(<ByValue as Job>::peek(&job) as usize);
        let ran = Job::run(job);
        yield_!(ran);
        Transaction::commit(tx, 1) + Option::map_or(Some(ran), 0, |n| n + 1)
    }
}

struct Parts {
    first: Option<Noisy>,
    second: Option<Noisy>,
    list: Vec<Noisy>,
}

compare! {
    fn fields_that_take_closures(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let parts = Parts { first: Some(noisy("first")), second: None, list: vec![noisy("item")] };
        yield_!(1);
        let both = [parts.first.unwrap_or_else(|| noisy("f")), parts.second.unwrap_or_else(|| noisy("s"))];
        yield_!(both[0].name().len() as u32);
        let len = parts.list.iter().map(|item| item.name().len()).sum::<usize>();
        let grown = (if yield_!(2) > 0 { vec![noisy("grown")] } else { return 0 }).drain(..).count();
        len + grown + n as usize
    }
}

compare! {
    fn what_a_method_returns_has_a_closure_in_it(bytes: Vec<u8>) -> impl Generator<Yield = usize> {
        for line in bytes.split(|byte| *byte == b'\n') {
            yield_!(line.len());
        }
        let text = String::from("a,b;c");
        yield_!(0);
        let mut parts = text.split(|c: char| c == ',' || c == ';').peekable();
        while let Some(part) = parts.next() {
            yield_!(part.len() + parts.peek().map_or(0, |part| part.len()));
        }
        let numbers = vec![1, 1, 2, 3, 3];
        yield_!(numbers.chunk_by(|a, b| a == b).map(|chunk| chunk.len()).max().unwrap_or(0) + { yield_!(1); 2 });
        for run in vec![noisy("a"), noisy("b"), noisy("b")].chunk_by(|a, b| a.name() == b.name()) {
            yield_!(run.len());
        }
    }
    with (b"one\ntwo\n\nthree".to_vec())
}

compare! {
    fn a_local_that_the_call_moves_is_an_operand(#[resume] n: u32) -> impl Generator<u32, Yield = Noisy, Return = u32> {
        let first = Some(noisy("first"));
        let between = noisy("between");
        let second = noisy("second");
        let call = { let held = noisy("held"); move |n: u32| { drop(held); n } };
        let third = noisy("third");
        let joined = second.and(&{ yield_!(noisy("a")); "suffix" }.to_string());
        let count = first.map_or({ yield_!(noisy("b")) }, |it| it.name().len() as u32);
        let called = call({ yield_!(noisy("c")) });
        let mut list = vec![noisy("d")];
        list.push({ yield_!(noisy("e")); noisy("f") });
        let iterated = list.into_iter().chain({ yield_!(noisy("g")); vec![noisy("h")] }).count();
        if n > 100 {
            return 0;
        }
        return joined.and(&format!("{}", yield_!(noisy("i")))).name().len() as u32;
    }
}

/// Methods of names by which std's borrow.
struct Taking(Noisy);

impl Taking {
    fn len(self) -> u32 {
        event("len takes");
        1
    }
    fn iter(self) -> std::option::IntoIter<Noisy> {
        event("iter takes");
        Some(self.0).into_iter()
    }
    fn is_empty(self) -> bool {
        event("is_empty takes");
        false
    }
}

compare! {
    fn methods_of_stds_names_that_take() -> impl Generator<Yield = u32> {
        let (a, b, c) = (Taking(noisy("a")), Taking(noisy("b")), Taking(noisy("c")));
        yield_!(0);
        let n = a.len();
        yield_!(n);
        for name in b.iter() {
            yield_!(2);
        }
        if !c.is_empty() {
            yield_!(3);
        }
        yield_!(4);
    }
}

struct Holder(Noisy);

struct Held<H, F>(H, F);

impl Holder {
    fn hold<F: FnOnce() -> usize>(self, run: F) -> Held<Self, F> {
        event("hold");
        Held(self, run)
    }
    fn lend<F: FnMut(u32) -> u32>(&self, run: F) -> Held<&Self, F> {
        event("lend");
        Held(self, run)
    }
    fn change<F: FnOnce(&Noisy) -> usize>(&mut self, name: Noisy, run: F) -> Held<&mut Self, F> {
        event("change");
        self.0 = name;
        Held(self, run)
    }
}

compare! {
    fn closures_in_what_is_returned(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let (first, mut second, third) = (Holder(noisy("a")), Holder(noisy("b")), Holder(noisy("c")));
        let name = noisy("name");
        let n = yield_!(0);
        // A local that moves, a local that is lent, and one that is changed, each for the last time.
        let held = first.hold(|| name.name().len());
        let n = yield_!(1);
        let lent = third.lend(|m: u32| m.wrapping_add(n));
        let n = yield_!(2);
        let mut changed = second.change(noisy("d"), |name: &Noisy| name.name().len());
        yield_!((changed.1)(&changed.0.0));
        let mut run = lent.1;
        // Temporaries, which live until the statement ends.
        yield_!(Holder(noisy("e")).lend(|m: u32| m / 2).1(n) as usize);
        yield_!(Holder(noisy("f")).hold(move || { event("run"); 2 }).1());
        yield_!(Holder(noisy("g")).hold(|| { yield_count(); name.name().len() }).1() + yield_!(3).min(5) as usize);
        run(1);
        (held.1)()
    }
}

fn yield_count() {
    event("count");
}

compare! {
    fn closures_whose_types_the_rest_of_the_chain_says(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let words = vec![noisy("1"), noisy("22")].into_iter();
        let (some, none) = (Some(noisy("3")), None::<Noisy>);
        let n = yield_!(0);
        let numbers: Vec<usize> = words.map(|word| word.name().parse().unwrap()).collect();
        yield_!(numbers[1]);
        let number: Option<u64> = some.map(|word| word.name().len().try_into().unwrap());
        let kept = numbers.iter().map(|number| (*number).try_into()).collect::<Result<Vec<u8>, _>>();
        yield_!(kept.map_or(7, |all| all.len()) + yield_!(number.map_or(0, |number| number as usize)).min(2) as usize);
        none.map_or_else(|| Default::default(), |word| word.name().parse().unwrap())
    }
}

/// A table whose elements say when they are looked up.
struct Shelf(Vec<Item>);

struct Item(Noisy, Vec<u32>);

impl std::ops::Index<usize> for Shelf {
    type Output = Item;
    fn index(&self, at: usize) -> &Item {
        event(format!("index {at}"));
        &self.0[at]
    }
}

impl std::ops::IndexMut<usize> for Shelf {
    fn index_mut(&mut self, at: usize) -> &mut Item {
        event(format!("index_mut {at}"));
        &mut self.0[at]
    }
}

impl Item {
    fn look<T>(&self, with: impl FnOnce(&Noisy, &[u32]) -> T, more: u32) -> T {
        event(format!("look {more}"));
        with(&self.0, &self.1)
    }
    fn change(&mut self, mut with: impl FnMut(&mut u32), more: u32) -> &mut Noisy {
        self.1.push(more);
        self.1.iter_mut().for_each(|n| with(n));
        &mut self.0
    }
}

fn shelf() -> Shelf {
    Shelf(vec![
        Item(noisy("a"), vec![1]),
        Item(noisy("b"), vec![2, 3]),
    ])
}

compare! {
    fn a_closure_beside_a_point_on_an_indexed_place() -> impl Generator<Yield = u32, Return = u32> {
        let mut shelf = shelf();
        let offset = 10;
        let mut seen = Vec::new();
        let mut sum = 0;
        sum += shelf[{ event("at"); 1 }].look(|name, all| { event(format!("{name:?}")); all.iter().map(|n| n + offset).sum::<u32>() }, { yield_!(1); 2 });
        shelf[0].change(|n| { *n += offset; seen.push(*n) }, { yield_!(2); 3 }).rename("changed");
        let text = shelf[0].look(|name, _| format!("{} {offset}", name.name()), { yield_!(3); event(format!("{seen:?}")); 4 });
        shelf[1].1.sort_by_key(|n| std::cmp::Reverse(*n));
        shelf.0[1].change(|n| sum += *n, match offset { 10 => { yield_!(offset); 5 } _ => { yield_!(4); 6 } }).rename(&text);
        let kept = noisy("kept");
        let first = shelf.0[0].look(move |name, _| { drop(kept); name.name().len() as u32 }, 7) + shelf[1].look(|_, all| all.len() as u32, { yield_!(5); 8 });
        let best = shelf[first as usize % 2].1.iter().copied().fold({ yield_!(6); 0 }, |a, b| a.max(b));
        yield_!(best);
        sum + best
    }
}

compare! {
    fn a_closure_beside_a_point_on_what_is_dereferenced(index: usize) -> impl Generator<Yield = u32, Return = usize> {
        let all = std::rc::Rc::new(std::cell::RefCell::new(vec![vec![noisy("a"), noisy("b")], vec![noisy("c")]]));
        let mut lists = vec![vec![3, 1, 2], vec![5]];
        let fallback = 4;
        let n = lists[0].iter().map(|n| n + fallback).fold({ yield_!(1); 1 }, |a, b| a * b);
        yield_!(n);
        lists[index].resize_with({ yield_!(2); 4 }, || fallback);
        lists[0].retain(|n| *n != 1);
        let found = all.borrow()[0].binary_search_by(|probe| probe.name().cmp({ "b" })).unwrap_or({ yield_!(3); 9 });
        let at = lists[1].iter().position(|n| *n == fallback).map_or({ yield_!(4); 7 }, |at| at + found);
        event(format!("{lists:?} {all:?}"));
        at + lists[0].iter().rev().take(lists[index].len() + { yield_!(5); 1 }).count()
    }
    with (1)
}

struct Pairs(Vec<(&'static str, String)>);

impl Pairs {
    fn with(mut self, pair: (&'static str, &dyn std::fmt::Debug)) -> Self {
        self.0.push((pair.0, format!("{:?}", pair.1)));
        self
    }

    fn add(&mut self, of: Option<&dyn std::fmt::Debug>, names: [&str; 2], n: usize) -> usize {
        self.0.push(("added", format!("{of:?} {names:?} {n}")));
        n + 1
    }
}

fn seen(n: usize) -> usize {
    event(format!("seen {n}"));
    n
}

compare! {
    fn arguments_that_are_coerced_inside(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = String> {
        let text = String::from("text");
        let kept = noisy("kept");
        let pairs = Pairs(Vec::new());
        yield_!(0);
        let pairs = pairs.with(("kept", &kept));
        yield_!(1);
        let mut pairs = pairs.with(("n", &n));
        yield_!(2);
        let mut list: Vec<(&str, &str)> = vec![("a", "b")];
        yield_!(pairs.add(Some(&text), [&text, "literal"], seen(1)));
        list.push(("text", &text));
        yield_!(pairs.add(None, ["one", &text], seen(2)) + pairs.add(Some(&seen(3)), [&text; 2], 4));
        list.push((&text, kept.name()));
        let shown = format!("{:?} {list:?}", pairs.0);
        yield_!(list.len());
        shown
    }
}

struct Named<F>(F);

impl Named<()> {
    fn with<G>(self, pair: (&str, G)) -> Named<G> {
        event(pair.0);
        Named(pair.1)
    }
}

compare! {
    fn a_closure_in_a_tuple(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let (empty, again) = (Named(()), Named(()));
        let text = String::from("text");
        let kept = noisy("kept");
        yield_!(0);
        let named = empty.with((&*text, |x: u32| x + n + kept.name().len() as u32));
        yield_!((named.0)(1));
        let named = again.with((text.as_str(), Some(|x: u32| x + n)));
        yield_!(1);
        named.0.map_or(0, |f| f(2))
    }
}
