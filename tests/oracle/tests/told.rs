//! What an attack found in operands that are evaluated later than they are written, and in closures that capture nothing.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    unused,
    unused_assignments,
    clippy::all,
    clippy::pedantic,
    reason = "bodies are odd on purpose"
)]

use std::{fmt::Debug, io::Read};

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

fn any<T: Debug>(of: T, n: u32) -> T {
    event(format!("{of:?} {n}"));
    of
}

trait Repoint<'a> {
    fn repoint(&mut self, to: &'a u32);
}
impl<'a> Repoint<'a> for &'a u32 {
    fn repoint(&mut self, to: &'a u32) {
        *self = to;
    }
}

compare! {
    // A reference refers to something else when what it referred to is used.
    fn references_that_are_moved_on(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let data = [1_u8, 2, 3, 4];
        let mut rest = &data[..];
        let mut buffer = [0; 1];
        let pair = any((&*rest, 1), { rest.read_exact(&mut buffer).unwrap(); yield_!(1) });
        event(format!("{pair:?}"));
        let direct = any(&*rest, { rest.read_exact(&mut buffer).unwrap(); yield_!(2) });
        event(format!("{direct:?}"));
        let (a, b) = (10, 11);
        let mut r = &a;
        let array = any([&*r], { r.repoint(&b); yield_!(3) });
        r = &a;
        let is_old = *r == { r.repoint(&b); yield_!(4); 10 };
        r = &a;
        let by_pattern = any((&*r, 2), { match r { ref mut q => *q = &b }; yield_!(5) });
        r = &a;
        let by_closure = calls(|| *r, { r = &b; yield_!(6) });
        event(format!("{array:?} {is_old} {by_pattern:?}"));
        by_closure
    }
}

fn calls(f: impl Fn() -> u32, n: u32) -> u32 {
    f() + n
}

#[derive(Debug)]
enum Loud {
    Some(u32),
}
impl Drop for Loud {
    fn drop(&mut self) {
        event(format!("drop {self:?}"));
    }
}

#[allow(non_snake_case)]
fn Ok<T: Debug>(of: T) -> (T, Noisy) {
    event(format!("Ok {of:?}"));
    (of, noisy("ok"))
}

compare! {
    fn names_of_the_prelude(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        use Loud::Some;
        let k = 3;
        let first = any(Ok(1), yield_!(1));
        let second = any(Some(1), yield_!(2));
        let third = any([Some(k)], yield_!(3));
        first.0
    }
}

struct List(Noisy);

const COUNT: u32 = 1;

#[allow(non_snake_case)]
fn Make<'a>(of: &'a dyn Debug) -> Option<&'a dyn Debug> {
    event(format!("Make {of:?}"));
    Some(of)
}

struct Wrapped<'a>(Option<&'a dyn Debug>);
impl Drop for Wrapped<'_> {
    fn drop(&mut self) {
        event(format!("drop wrapped {:?}", self.0));
    }
}

impl List {
    fn run<T>(self, f: impl FnOnce(u32) -> T) -> T {
        f(self.0.name().len() as u32)
    }
    fn mapped<T, F: Fn(u32) -> T>(&self, map: F) -> F {
        map
    }
    fn pointer(self, f: fn(u32) -> u32) -> u32 {
        f(1)
    }
    fn with(mut self, f: fn(&str) -> &str) -> Self {
        event(f("with"));
        self
    }
    fn made(self, of: Option<&dyn Debug>, n: u32) -> u32 {
        event(format!("{of:?} {n}"));
        n
    }
    fn wraps(self, of: Wrapped, n: u32) -> u32 {
        event(format!("{:?} {n}", of.0));
        n
    }
    fn counts(self, of: (u32, &String), n: u32) -> u32 {
        of.0 + n
    }
}

compare! {
    fn function_pointers(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut all: Vec<fn(u32) -> u32> = Vec::new();
        let (one, two, three) = (List(noisy("one")), List(noisy("two")), Some(1));
        let four = (noisy("four"), (|x| x) as fn(u32) -> u32);
        yield_!(0);
        all.push(|x| x + 1);
        yield_!(all[0](1));
        let sum = one.pointer(|x| x + 2);
        yield_!(sum);
        let two = two.with(|text| &text[1..]).with(|text| text);
        yield_!(1);
        let three = three.map::<u32, fn(u32) -> u32>(|x| x + 1).is_some();
        let four = four.1(2);
        all.push(|x| x + 3);
        yield_!(four);
        all[1](n)
    }
}

compare! {
    // Names of fields, of functions and of the body's own macros are no captures, or hidden ones.
    fn names_in_closures(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        struct Named { l: u32, n: u32 }
        let (l, list, other, third) = (1, List(noisy("list")), List(noisy("other")), List(noisy("third")));
        yield_!(0);
        let mapped = list.mapped(|x| Named { l: x, n: x + 1 }.l + Named { l: 1, n: x }.n);
        yield_!(mapped(3));
        let mapped = other.mapped(|x| format!("{x} {n}", n = 3));
        yield_!(mapped(l).len() as u32);
        let sum = {
            let hidden = mk(3_u32);
            macro_rules! get { () => { hidden } }
            third.run(|x| x + get!())
        };
        let (a, b) = (List(noisy("a")), List(noisy("b")));
        yield_!(sum);
        let (a, b) = (a.mapped(|x| x), b.mapped(|x| format!("{x}")));
        yield_!(a(1));
        b(n).len() as u32
    }
}

compare! {
    // What is made in a call of which rustc is asked.
    fn made_in_calls(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let text = String::from("text");
        let (one, two, three) = (List(noisy("one")), List(noisy("two")), List(noisy("three")));
        let four = List(noisy("four"));
        yield_!(0);
        let first = one.made(Make(&text), mk(2));
        yield_!(first);
        let second = two.wraps(Wrapped(Some(&text)), mk(3));
        yield_!(second);
        let third = three.counts((COUNT, &text), mk(4));
        yield_!(third);
        four.made(Some(&text), 1)
    }
}

compare! {
    // What a closure captures is what a reference refers to when the closure is evaluated.
    fn closures_of_references_that_move_on(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let (mut a, mut b, c) = (10, 20, [30, 31]);
        let mut r = &c[0];
        let mut pair = (&c[0], 1);
        let kept = || *r + *pair.0;
        yield_!(kept());
        r = &c[1];
        pair.0 = &c[1];
        yield_!(kept());
        let sum = { let in_block = || *r; r = &c[0]; in_block() + *r };
        yield_!(sum);
        let mut m = &mut a;
        let mut change = || { *m += 1; *m };
        yield_!(change());
        m = &mut b;
        *m += 5;
        yield_!(change());
        yield_!(*m);
        let mut text = "abc";
        let find = |c: char| text.find(c);
        text = "cba";
        yield_!(find('c').unwrap() as u32);
        for word in ["x", "yy"] {
            let length = || text.len() + word.len();
            text = word;
            yield_!(length() as u32);
        }
        text.len() as u32
    }
}

fn boxed(of: Option<Box<dyn Debug>>, n: u32) -> u32 {
    event(format!("{of:?} {n}"));
    n
}

fn listed(of: Vec<&dyn Debug>, n: u32) -> u32 {
    event(format!("{of:?} {n}"));
    n
}

fn text(of: Option<&str>, n: u32) -> usize {
    of.map_or(0, str::len) + n as usize
}

#[derive(Debug)]
struct Generic<T> {
    of: T,
    log: Noisy,
}

fn generic(of: Generic<[&dyn Debug; 2]>, n: u32) -> u32 {
    event(format!("{of:?} {n}"));
    n
}

compare! {
    fn more_operands_that_are_coerced(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let (log, names) = (noisy("log"), vec![String::from("a"), String::from("bb")]);
        let mut length = 0;
        for name in &names {
            length += text(Some(name), yield_!(1));
        }
        let mut last = &names[0];
        length += text(Some(last), yield_!(2));
        last = &names[1];
        length += text(Some(last), yield_!(3));
        let sum = boxed(Some(Box::new(noisy("boxed"))), yield_!(4))
            + listed(vec![&log, &mk(5_u8)], yield_!(5))
            + generic(Generic { of: [&log, &mk(6_u8)], log: noisy("field") }, yield_!(6));
        let shown: &[&dyn Debug] = &[&noisy("in"), &n];
        yield_!(sum);
        event(format!("{shown:?}"));
        let counts = names.iter().map(|name| name.len() + length).max();
        length + text(Some(&names[1]), yield_!(7)) + counts.unwrap_or(0)
    }
}

compare! {
    fn indices_of_operands_that_are_coerced(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let log = noisy("log");
        let mut sums = [1, 2];
        sums[0] += listed(vec![&log, &mk(1_u8)], yield_!(1));
        sums[boxed(Some(Box::new(3)), yield_!(2)) as usize % 2] += 4;
        sums[0] + sums[1]
    }
}

compare! {
    // A closure captures what a reference refers to, and outlives the reference.
    fn closures_that_outlive_references(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = String> {
        let words = vec![String::from("apple"), String::from("fig"), String::from("kiwi")];
        let mut tests: Vec<Box<dyn Fn(char) -> bool + '_>> = Vec::new();
        let mut counts: Vec<Box<dyn Fn(&str) -> usize + '_>> = Vec::new();
        for w in words.iter() {
            yield_!(0);
            tests.push(Box::new(|c| w.contains(c)));
            counts.push(Box::new(|s| s.chars().filter(|c| w.contains(*c)).count()));
            let f = |s: &str| s.len() + w.len();
            counts.push(Box::new(f));
            let inner = &w[1..];
            yield_!(1);
            counts.push(Box::new(|s| s.len() + inner.len()));
        }
        let shown: String = tests.iter().map(|test| test('k').to_string()).collect();
        yield_!(counts.iter().map(|count| count("ki") as u32).sum());
        let f = { let w = words.first().unwrap(); yield_!(2); |c: char| w.contains(c) };
        let g = { let big = [7_u32; 4]; yield_!(big[0]); big[0] };
        yield_!(g);
        shown + &f('a').to_string()
    }
}

compare! {
    // What a closure binds is what a format string in it captures.
    fn names_in_format_strings_of_closures(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = String> {
        let c = noisy("c");
        let (item, line) = (noisy("item"), noisy("line"));
        let mut bag = Vec::new();
        yield_!(0);
        bag.push(item);
        drop(line);
        let f = move |c: u8| format!("{c}");
        let r = f(1);
        { f };
        yield_!(1);
        let shown: String = bag.iter().map(|item| format!("{item:?}")).collect();
        let lines = ["a", "b"].iter().map(|line| format!("got {line}")).count();
        let g = |x: Option<u8>| if let Some(c) = x { format!("{c}") } else { format!("{c:?} {shown}") };
        yield_!(lines);
        r + &g(Some(1)) + &g(None)
    }
}

trait Area {
    fn area(&self, k: usize) -> usize;
}
impl Area for String {
    fn area(&self, k: usize) -> usize {
        event(format!("area {self}"));
        self.len() * k
    }
}

compare! {
    // The same of closures that take locals, or may.
    fn closures_that_take_and_outlive(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let words = vec![String::from("apple"), String::from("fig"), String::from("1")];
        let mut areas: Vec<Box<dyn Fn(usize) -> usize + '_>> = Vec::new();
        let mut once: Vec<Box<dyn FnOnce() -> usize + '_>> = Vec::new();
        for (i, w) in words.iter().enumerate() {
            let (name, x) = (noisy(w.as_str()), w.as_str());
            yield_!(i);
            areas.push(Box::new(|k| w.area(k)));
            once.push(Box::new(|| { event(name.name()); drop(name); w.len() + x.parse::<usize>().unwrap_or(7) }));
        }
        for w in &words {
            let name = noisy(w.as_str());
            yield_!(9);
            once.push(Box::new(|| { drop(name); w.len() + (0..3).map(|n| n + w.len()).sum::<usize>() }));
        }
        let mut r = &words[0];
        yield_!(areas.iter().map(|area| area(2)).sum());
        let find = |c: char| r.find(c);
        r = &words[1];
        yield_!(find('p').unwrap_or(9) + r.len());
        once.into_iter().map(|f| f()).sum()
    }
}

struct Job<'a> {
    log: Noisy,
    text: &'a str,
    counts: (&'a [usize], usize),
}

trait Finish {
    fn finish(self) -> usize;
}
impl Finish for Noisy {
    fn finish(self) -> usize {
        event("finish");
        self.name().len()
    }
}

compare! {
    // The same of fields.
    fn closures_that_outlive_what_has_fields(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let pairs = vec![(String::from("ab"), 1, [4]), (String::from("c"), 2, [5])];
        let mut once: Vec<Box<dyn FnOnce() -> usize + '_>> = Vec::new();
        for pair in &pairs {
            let name = noisy(pair.0.as_str());
            yield_!(pair.1);
            once.push(Box::new(|| { drop(name); pair.0.len() + pair.1 + pair.2[0] }));
        }
        for pair in &pairs {
            let job = Job { log: noisy("log"), text: &pair.0, counts: (&pair.2, 3) };
            yield_!(job.counts.1);
            once.push(Box::new(|| job.log.finish() + job.text.len() + job.counts.0.iter().sum::<usize>()));
        }
        let mut last = &pairs[0];
        let log = noisy("last");
        yield_!(0);
        let length = || { drop(log); last.0.len() + last.1 };
        last = &pairs[1];
        yield_!(last.1);
        let total = length() * 100;
        once.into_iter().map(|f| f()).sum::<usize>() + total
    }
}
