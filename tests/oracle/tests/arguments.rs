//! Arguments of calls of which rustc is asked whether they take what they are called on: the order in which they are evaluated.
#![feature(
    coroutine_trait,
    coroutines,
    stmt_expr_attributes,
    thread_local,
    yield_expr
)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::panic::resume_unwind;

use handcrank_oracle::{Noisy, compare, event, noisy};

#[derive(Debug)]
struct Log(Noisy, Vec<(u32, u32)>);

impl Log {
    fn put(mut self, one: u32, other: u32) -> Log {
        self.1.push((one, other));
        self
    }
    fn note(&mut self, one: u32, other: u32) {
        self.1.push((one, other));
    }
    fn keep(self, one: Noisy, other: u32) -> usize {
        event(format!("{} keeps {}", self.0.name(), one.name()));
        other as usize
    }
    fn show(&self, one: Noisy, other: u32) -> usize {
        event(format!("{} shows {}", self.0.name(), one.name()));
        other as usize
    }
}

#[derive(Clone, Copy, Debug)]
struct Counter(u32);

impl Counter {
    fn bump(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

impl Log {
    fn count(mut self, counter: Counter, other: u32) -> Log {
        self.1.push((counter.0, other));
        self
    }
}

fn fail(why: &str) -> u32 {
    event(format!("fail {why}"));
    resume_unwind(Box::new(why.to_owned()))
}

compare! {
    fn a_local_that_a_later_one_assigns() -> impl Generator<Yield = u32, Return = Log> {
        let (mut plain, mut kept) = (1, 10);
        let mut log = Log(noisy("log"), vec![]);
        yield_!(kept);
        log.note(plain, { plain += 1; plain });
        log.note(kept, { kept += 1; kept });
        let log = log.put(plain, { plain += 1; plain });
        yield_!(kept);
        let log = log.put(kept, { kept += 1; kept });
        yield_!(kept);
        log.put(kept, { std::mem::replace(&mut kept, 5) }).put(kept, plain)
    }
}

compare! {
    fn a_local_that_a_later_one_changes() -> impl Generator<Yield = u32, Return = Log> {
        let (mut plain, mut kept) = (Counter(1), Counter(10));
        let log = Log(noisy("log"), vec![]);
        yield_!(kept.0);
        let log = log.count(kept, kept.bump()).count(kept, kept.bump());
        yield_!(kept.0);
        let log = log.count(plain, plain.bump());
        yield_!(kept.0);
        let log = log.count(kept, kept.bump());
        yield_!(kept.0);
        log.count(kept, { let Counter(ref mut n) = kept; *n += 1; *n })
    }
}

compare! {
    fn a_local_before_one_that_panics() -> impl Generator<Yield = u32, Return = usize> {
        let first = noisy("first");
        let log = Log(noisy("log"), vec![]);
        let between = noisy("between");
        yield_!(1);
        let plain = noisy("plain");
        let result = log.keep(first, fail("an argument"));
        drop(plain);
        yield_!(2);
        result
    }
}

compare! {
    fn a_plain_local_before_one_that_panics() -> impl Generator<Yield = u32, Return = usize> {
        let log = Log(noisy("log"), vec![]);
        let between = noisy("between");
        yield_!(1);
        let plain = noisy("plain");
        let other = noisy("other");
        let result = log.keep(plain, fail("an argument"));
        drop(other);
        yield_!(2);
        result
    }
}

compare! {
    fn a_local_before_one_that_panics_and_a_borrow() -> impl Generator<Yield = u32, Return = usize> {
        let first = noisy("first");
        let log = Log(noisy("log"), vec![]);
        let between = noisy("between");
        yield_!(1);
        let plain = noisy("plain");
        let result = log.show(first, fail("an argument"));
        drop(plain);
        yield_!(2);
        result
    }
}

#[thread_local]
static mut GLOBAL: u32 = 1;

fn bump() -> u32 {
    // SAFETY: each thread has its own.
    unsafe {
        GLOBAL += 1;
        GLOBAL
    }
}

compare! {
    fn a_static_that_a_later_one_assigns() -> impl Generator<Yield = u32, Return = Log> {
        let log = Log(noisy("log"), vec![]);
        // SAFETY: each thread has its own.
        unsafe { GLOBAL = 1; }
        yield_!(1);
        // SAFETY: as above.
        let log = unsafe { log.put(GLOBAL, bump()) };
        yield_!(1);
        // SAFETY: as above.
        unsafe { log.put(GLOBAL, bump()) }
    }
}

impl Log {
    fn with(mut self, of: impl FnOnce(u32) -> u32, other: u32) -> Log {
        let one = of(1);
        self.1.push((one, other));
        self
    }
    fn seen(&mut self, of: impl FnOnce(u32) -> u32, other: u32) {
        let one = of(1);
        self.1.push((one, other));
    }
}

compare! {
    fn a_closure_with_a_copy_of_what_a_later_one_assigns() -> impl Generator<Yield = u32, Return = Log> {
        let (mut plain, mut kept) = (1, 10);
        let mut log = Log(noisy("log"), vec![]);
        yield_!(kept);
        log.seen(move |n| n + plain, { plain += 1; plain });
        log.seen(move |n| n + kept, { kept += 1; kept });
        let plain_copy = plain;
        let log = log.with(move |n| n + plain_copy, { plain += 1; plain });
        yield_!(kept);
        let kept_copy = kept;
        log.with(move |n| n + kept_copy, { kept += 1; kept }).with(move |n| n + kept, kept)
    }
}

impl Log {
    fn push_to(mut self, to: &mut Vec<u32>, n: u32) -> Log {
        to.push(n);
        self
    }
}

compare! {
    fn a_reference_before_one_that_is_evaluated(mut kept_in: Vec<u32>) -> impl Generator<Yield = usize, Return = Log> {
        let log = Log(noisy("log"), vec![]);
        let kept = &mut kept_in;
        yield_!(1);
        let mut plain_in = vec![];
        let plain = &mut plain_in;
        let log = log.push_to(plain, log_of(1)).push_to(kept, log_of(2));
        yield_!(kept.len());
        let mut plain_in = vec![];
        let plain = &mut plain_in;
        let log = log.push_to(plain, log_of(3)).push_to(kept, log_of(4));
        yield_!(kept.len());
        let mut plain_in = vec![];
        let plain = &mut plain_in;
        let log = log.push_to(plain, log_of(5));
        plain.push(6);
        yield_!(plain_in.len() + kept.len());
        log
    }
    with (vec![0])
}

fn log_of(n: u32) -> u32 {
    event(format!("of {n}"));
    n
}

struct Writer<'a> {
    to: &'a mut Vec<u32>,
    other: Option<&'a mut Vec<u32>>,
}

fn push(to: &mut Vec<u32>, n: u32) {
    to.push(n);
}

fn push_both(n: u32, to: &mut Vec<u32>, m: u32) -> u32 {
    to.extend([n, m]);
    m
}

compare! {
    fn references_in_fields(mut to: Vec<u32>) -> impl Generator<Yield = u32, Return = (u32, Log)> {
        let log = Log(noisy("log"), vec![]);
        let mut owned = Writer { to: &mut to, other: None };
        yield_!(0);
        push(owned.to, { yield_!(1); 1 });
        let writer = &mut owned;
        push(writer.to, { yield_!(2); 2 });
        let n = push_both({ yield_!(3); 3 }, writer.to, { yield_!(4); 4 });
        let log = log.push_to(writer.to, { yield_!(5); 5 });
        let log = log.push_to(writer.to, log_of(6));
        let call = |to: &mut Vec<u32>, n| push(to, n);
        yield_!(7);
        call(writer.to, 7);
        call(writer.to, { yield_!(8); 8 });
        let tuple = (1, Writer { to: writer.to, other: { yield_!(9); None } });
        tuple.1.to.push(9);
        yield_!(tuple.1.to.len() as u32);
        (n, log)
    }
    with (vec![])
}

compare! {
    fn references_in_elements(mut one: Vec<u32>, mut two: Vec<u32>) -> impl Generator<Yield = u32, Return = u32> {
        let mut all = vec![&mut one, &mut two];
        let kept = &mut all;
        yield_!(0);
        push(kept[0], { yield_!(1); 1 });
        let at = 1;
        push(kept[at], { yield_!(2); 2 });
        yield_!(at as u32);
        let mut pair = (3, &mut kept[at]);
        yield_!(pair.0);
        push(pair.1, { yield_!(4); 4 });
        push(pair.1, { yield_!(5); 5 });
        all.iter().flat_map(|all| all.iter()).sum()
    }
    with (vec![], vec![])
}

compare! {
    fn references_behind_guards(mut to: Vec<u32>) -> impl Generator<Yield = u32, Return = u32> {
        let cell = std::cell::RefCell::new(Writer { to: &mut to, other: None });
        {
            let mut guard = cell.borrow_mut();
            yield_!(0);
            push(guard.to, { yield_!(1); 1 });
            push(guard.to, { yield_!(2); 2 });
        }
        push(cell.borrow_mut().to, { yield_!(3); 3 });
        cell.into_inner().to.iter().sum()
    }
    with (vec![])
}

enum Kind {
    Near,
    Far(u32),
}

const FAR: Kind = Kind::Far(3);
const NAMES: [&str; 2] = ["a", "b"];

impl Log {
    fn kind(mut self, kind: Kind, n: u32) -> Log {
        let one = match kind {
            Kind::Near => 0,
            Kind::Far(n) => n,
        };
        self.1.push((one, n));
        self
    }
}

compare! {
    fn constants_before_a_suspension_point() -> impl Generator<Yield = u32, Return = Log> {
        let log = Log(noisy("log"), vec![]);
        yield_!(0);
        let log = log.kind(Kind::Near, { yield_!(1); 1 });
        let log = log.kind(FAR, { yield_!(2); 2 });
        yield_!(3);
        log.kind(Kind::Far(4), { yield_!(4); 4 }).kind(FAR, NAMES.len() as u32)
    }
}

impl Counter {
    fn plus(self, n: u32) -> u32 {
        self.0 + n
    }
    fn seen(&self, n: u32) -> u32 {
        self.0 * n
    }
}

trait Plus {
    fn add_to(self, n: u32) -> u32;
}

impl Plus for u32 {
    fn add_to(self, n: u32) -> u32 {
        self * 10 + n
    }
}

impl<'a> Plus for &'a Noisy {
    fn add_to(self, n: u32) -> u32 {
        self.name().len() as u32 * 10 + n
    }
}

compare! {
    fn a_copied_receiver_that_an_argument_changes() -> impl Generator<Yield = u32, Return = (u32, u32)> {
        let (mut number, mut counter) = (3u32, Counter(1));
        yield_!(number.pow({ number += 1; 2 }));
        yield_!(number.add_to({ number += 1; number }));
        yield_!(counter.plus(counter.bump()));
        yield_!(counter.plus({ counter = Counter(7); 1 }));
        let pair = (number.add_to({ number += 1; number }), counter.plus(counter.bump()));
        yield_!(number + counter.0);
        (number.add_to({ number += 1; number }), counter.plus(counter.bump()))
    }
}

compare! {
    fn a_reference_as_a_receiver_that_an_argument_assigns(one: Noisy, other: Noisy) -> impl Generator<Yield = u32, Return = u32> {
        let mut kept = &one;
        yield_!(1);
        yield_!(kept.add_to({ kept = &other; 1 }));
        yield_!(kept.add_to({ kept = &one; kept.name().len() as u32 }));
        let other_way = kept.add_to({ kept = &other; 3 });
        yield_!(other_way);
        kept.add_to({ kept = &one; 3 })
    }
    with (noisy("one"), noisy("seven"))
}

struct Parts {
    number: u32,
    counter: Counter,
    log: Option<Log>,
}

compare! {
    fn parts_as_receivers_and_arguments() -> impl Generator<Yield = u32, Return = Option<Log>> {
        let mut parts = Parts { number: 3, counter: Counter(1), log: Some(Log(noisy("log"), vec![])) };
        yield_!(parts.number.pow({ parts.number += 1; 2 }));
        yield_!(parts.number.add_to({ parts.number += 1; parts.number }));
        yield_!(parts.counter.plus(parts.counter.bump()));
        parts.log = parts.log.map(|log| log.put(1, 2));
        parts.log = Some(parts.log.take().unwrap().count(parts.counter, parts.counter.bump()));
        parts.log = Some(parts.log.unwrap().put(parts.number, { parts.number += 1; parts.number }));
        yield_!(parts.number);
        parts.log.unwrap().put(parts.number, { parts.number += 1; parts.number }).into()
    }
}

compare! {
    fn indexed_receivers_and_arguments() -> impl Generator<Yield = u32, Return = Vec<u32>> {
        let mut all = vec![1u32, 2, 3];
        let mut at = 0;
        yield_!(all[at].add_to({ at += 1; all[at] }));
        all[at] = all[at].add_to({ at += 1; all[at] });
        yield_!(all[at]);
        let log = Log(noisy("log"), vec![]);
        yield_!(1);
        let log = log.put(all[0], { all[0] += 1; all[0] });
        yield_!(log.1[0].0);
        all
    }
}

compare! {
    fn a_part_as_a_receiver_that_an_argument_assigns() -> impl Generator<Yield = u32, Return = usize> {
        let mut parts = Parts { number: 3, counter: Counter(1), log: Some(Log(noisy("log"), vec![])) };
        yield_!(1);
        yield_!(parts.counter.plus({ parts.counter = Counter(7); 1 }));
        yield_!(parts.number.add_to({ parts.number = 5; 1 }));
        parts.log = parts.log.or({ parts.log = Some(Log(noisy("unused"), vec![])); None });
        yield_!(parts.log.is_some() as u32);
        let n = parts.log.take().map_or(1, |log| log.1.len());
        yield_!(parts.number.add_to({ parts = Parts { number: 3, counter: Counter(1), log: None }; 2 }));
        n + parts.log.map_or(2, |log| log.1.len())
    }
}

compare! {
    fn a_receiver_that_is_moved_and_assigned() -> impl Generator<Yield = u32, Return = u32> {
        let mut some = Some(4u32);
        let mut name = Some(noisy("name"));
        yield_!(some.unwrap_or({ some = None; 5 }));
        yield_!(some.unwrap_or({ some = Some(6); 5 }));
        yield_!(name.map_or({ name = None; 5 }, |name| name.name().len() as u32));
        yield_!(name.map_or({ name = Some(noisy("another")); 5 }, |name| name.name().len() as u32));
        let mut log = Log(noisy("log"), vec![]);
        yield_!(1);
        let other = log.put(1, { log = Log(noisy("next"), vec![]); 2 });
        yield_!(2);
        log = log.put(3, { log = Log(noisy("last"), vec![]); fail("an argument") });
        yield_!(3);
        some.map_or({ some = None; 7 }, |n| n)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Pt {
    x: u32,
    y: u32,
}

impl Pt {
    fn bump(&mut self) -> u32 {
        self.x += 1;
        self.x
    }
    fn neu(self, n: u32) -> u32 {
        self.x * 10 + self.y + n
    }
    fn into_sum(self, n: u32) -> u32 {
        self.neu(n)
    }
}

struct State {
    best: u32,
    n: u32,
    b: Box<Pt>,
    pts: Vec<Pt>,
}

impl State {
    fn step(&mut self) -> u32 {
        self.best = 0;
        self.b = Box::new(Pt { x: 9, y: 9 });
        self.pts = vec![Pt { x: 7, y: 7 }; 9];
        self.n += 1;
        self.n
    }
    fn len(&self) -> u32 {
        self.pts.len() as u32
    }
    fn pt(&self) -> &Pt {
        &self.b
    }
}

fn state() -> State {
    State {
        best: 30,
        n: 3,
        b: Box::new(Pt { x: 1, y: 2 }),
        pts: vec![Pt { x: 1, y: 2 }; 3],
    }
}

compare! {
    fn copied_receivers_that_suspended_arguments_change() -> impl Generator<Yield = u32, Return = u32> {
        let mut s = state();
        let mut p = Pt { x: 1, y: 2 };
        let mut v = vec![5u32];
        let mut t = (Pt { x: 1, y: 2 }, 1);
        let mut o = Some(3u32);
        yield_!(s.best.max({ yield_!(0); s.step() }));
        yield_!(p.neu({ yield_!(7); p.bump() }));
        yield_!(t.0.neu({ yield_!(7); t.0.bump() }));
        yield_!(v[0].max({ yield_!(3); v.push(7); v.push(8); v.reserve(1000); 1 }));
        yield_!(v[0].max({ yield_!(3); v = vec![]; 1 }));
        yield_!(o.map_or({ yield_!(5); o.take(); 1 }, |p| p));
        let r = &mut s;
        yield_!(r.b.x.max({ yield_!(3); r.step() }));
        yield_!(r.pts[0].neu({ yield_!(3); r.step() }));
        yield_!(r.pts[0].x.max({ yield_!(3); r.step() }));
        yield_!(r.pt().x.max({ yield_!(3); r.step() }));
        let mut place = Some(Box::new(Pt { x: 1, y: 2 }));
        yield_!(place.as_ref().unwrap().x.max({ yield_!(3); place = None; 0 }));
        let mut all = vec![5u32];
        yield_!((*all.first().unwrap()).max({ yield_!(2); all = vec![1, 1]; 0 }));
        let mut map = std::collections::BTreeMap::from([(1, 5u32)]);
        yield_!(map[&1].max({ yield_!(1); map.insert(1, 99); 1 }));
        p.neu({ yield_!(p.x); p.bump() })
    }
}

fn one(n: u32) -> u32 {
    n + 1
}

fn two(n: u32) -> u32 {
    n + 100
}

compare! {
    fn callables_that_suspended_arguments_change() -> impl Generator<Yield = u32, Return = u32> {
        let mut v: Vec<fn(u32) -> u32> = vec![one];
        let mut h = (one as fn(u32) -> u32, 1);
        yield_!((v[0])({ yield_!(1); v[0] = two; 1 }));
        yield_!((v[0])({ yield_!(1); v.reserve(1000); v.swap_remove(0); v.push(one); 1 }));
        (h.0)({ yield_!(1); h.0 = two; 1 }) + (h.0)(1) + (v[0])(1)
    }
}

compare! {
    fn borrowed_receivers_that_suspended_arguments_read() -> impl Generator<Yield = u32, Return = u32> {
        let mut s = state();
        let mut v = vec![Vec::<u32>::new(), vec![1]];
        let names = vec!["a".to_owned(), "b".to_owned()];
        yield_!(1);
        s.pts.push(Pt { x: s.len(), y: { yield_!(s.len()); s.pts.len() as u32 } });
        v[0].push({ yield_!(2); 4 });
        let n = v[1].get({ yield_!(3); v.len() - 2 }).copied().unwrap_or(7);
        yield_!(n);
        let b = names[0].starts_with({ yield_!(4); names[1].as_str() });
        let text = &names[0];
        let c = text.starts_with({ yield_!(5); names[0].as_str() });
        let first = s.pts.get({ yield_!(6); s.len() as usize - 4 });
        yield_!(first.map_or(0, |p| p.x));
        s.pts[0].bump() + s.pts[1].neu({ yield_!(8); s.len() }) + b as u32 * 2 + c as u32
    }
}

compare! {
    fn pointers_to_what_is_copied() -> impl Generator<Yield = u32, Return = u32> {
        let mut b = Box::new(Pt { x: 1, y: 2 });
        let mut t = (Box::new(Pt { x: 1, y: 2 }), noisy("t"));
        let cell = std::cell::RefCell::new(Pt { x: 1, y: 2 });
        let mut rc = std::rc::Rc::new(Pt { x: 1, y: 2 });
        let mut n = Box::new(3u32);
        yield_!(1);
        let x = b.neu({ *b = Pt { x: 3, y: 4 }; 1 });
        yield_!(x);
        let x = b.neu({ b.x += 1; 1 });
        yield_!(x + b.x);
        let x = t.0.neu({ *t.0 = Pt { x: 3, y: 4 }; 1 });
        yield_!(x + t.0.x);
        let mut g = cell.borrow_mut();
        let x = g.neu({ *g = Pt { x: 3, y: 4 }; 1 });
        yield_!(x + cell.try_borrow().is_ok() as u32 * 1000);
        let x = rc.neu({ std::rc::Rc::make_mut(&mut rc).x = 5; 1 });
        yield_!(x + rc.x);
        let mut sum = 0;
        for _ in 0..2 { sum += n.pow({ *n += 1; 2 }) + b.neu({ b.x += 1; 1 }); }
        sum
    }
}

compare! {
    fn by_names_that_take() -> impl Generator<Yield = u32, Return = u32> {
        let mut q: Option<u32> = None;
        let mut p = Pt { x: 1, y: 2 };
        yield_!(1);
        let x = q.unwrap_or(q.replace(4).unwrap_or(9));
        yield_!(x);
        yield_!(p.into_sum(p.bump()));
        q = None;
        q.unwrap_or(q.replace(4).unwrap_or(9)) + p.into_sum(p.bump())
    }
}

#[derive(Debug)]
struct Loud(u32);

impl Drop for Loud {
    fn drop(&mut self) {
        event(format!("drop loud {}", self.0));
    }
}

const LOUD: Loud = Loud(7);

impl Log {
    fn louds(self, loud: (Loud, u32), other: u32) -> u32 {
        loud.0.0 + other
    }
}

compare! {
    fn constants_in_tuples(stop: Option<u32>) -> impl Generator<Yield = u32, Return = Option<u32>> {
        let log = Log(noisy("log"), vec![]);
        let other = Log(noisy("other"), vec![]);
        yield_!(1);
        yield_!(other.louds((LOUD, 1), log_of(3)));
        Some(log.louds((LOUD, 1), stop?))
    }
    with (None)
}

compare! {
    fn references_whose_referent_a_suspended_argument_changes() -> impl Generator<Yield = u32, Return = u32> {
        let mut v = vec![5u32];
        let mut p = Pt { x: 1, y: 2 };
        let mut other = Pt { x: 77, y: 4 };
        yield_!(1);
        let r = &v[0];
        yield_!(r.pow({ yield_!(2); v.push(1); v.reserve(1000); 2 }));
        let r = &v;
        let r = &r[0];
        yield_!(r.pow({ yield_!(2); v = vec![]; 2 }));
        let r = &mut p;
        yield_!(r.neu({ yield_!(3); p.bump() }));
        let mut r = &mut p;
        yield_!(r.neu({ yield_!(3); r.x = 5; 1 }));
        r = &mut other;
        yield_!(r.neu({ yield_!(4); p.bump() }));
        let mut all = vec![p, p];
        for each in all.iter_mut() {
            other.x = each.neu({ yield_!(5); other.bump() });
            each.set({ yield_!(6); other.bump() }).set(other.x + 1);
        }
        let text = String::from("text");
        let mut words = vec![text.as_str()];
        let word = words[0];
        let is_start = word.starts_with({ yield_!(7); words.clear(); "te" });
        let first = word.strip_prefix({ yield_!(8); words.push("x"); "t" });
        all[0].x + other.x + is_start as u32 + first.map_or(0, |rest| rest.len() as u32)
    }
}

impl Pt {
    fn set(&mut self, x: u32) -> &mut Self {
        self.x = x;
        self
    }
}

compare! {
    fn moved_receivers_beside_arguments_that_change_others() -> impl Generator<Yield = u32, Return = usize> {
        let mut s = state();
        let log = Log(noisy("log"), vec![]);
        let call = { let own = noisy("own"); move |n: u32| { event(own.name()); n + 1 } };
        yield_!(1);
        let log = log.put({ yield_!(2); s.step() }, s.len());
        let pair = (log, 1);
        yield_!(3);
        let log = pair.0.put({ yield_!(4); s.step() }, s.len());
        let n = call({ yield_!(5); s.step() });
        let log = log.put(n, 1).put({ yield_!(6); s.step() }, s.step());
        Log(noisy("next"), vec![]).put({ yield_!(7); s.step() }, 1).1.len() + log.1.len()
    }
}

compare! {
    fn what_a_suspended_argument_moves() -> impl Generator<Yield = u32, Return = u32> {
        let (one, two, three) = (vec![5u32], vec![6u32], (vec![7u32], noisy("seven")));
        let other = vec![8u32];
        yield_!(1);
        let n = one[0].pow({ yield_!(2); drop(one); 2 });
        let r = &two[0];
        let m = r.pow({ yield_!(3); drop(two); 2 });
        let r = &three.0[0];
        let k = r.pow({ yield_!(4); let moved = three.0; moved.len() as u32 });
        let r = &other[0];
        let j = r.pow({ let drops = move || drop(other); yield_!(5); drops(); 2 });
        yield_!(n + m + k + j);
        n
    }
}

compare! {
    fn arguments_of_a_literal() -> impl Generator<Yield = u32, Return = u32> {
        let n = 13u32.add_both((noisy("z"), { yield_!(1); 1 }).1, { yield_!(9); 2 });
        yield_!(n);
        3.add_both({ yield_!(4); noisy("four").name().len() as u32 }, { yield_!(5); n })
    }
}

trait AddBoth {
    fn add_both(self, one: u32, other: u32) -> u32;
}

impl AddBoth for u32 {
    fn add_both(self, one: u32, other: u32) -> u32 {
        self + one * 10 + other
    }
}
