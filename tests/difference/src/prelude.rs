#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(warnings, arithmetic_overflow, unconditional_panic, let_underscore_lock)]

use std::fmt::Debug;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::ops::{Add, AddAssign, Deref, DerefMut, Index, IndexMut, Neg};

use handcrank_oracle::{
    Input, Noisy, compare, compare_borrowing, compare_movable, event, mk, noisy, only_cranked,
};

fn eat(value: Noisy) -> u32 {
    event(format!("eat {value:?}"));
    value.name().len() as u32
}

fn pass<T>(value: T) -> T {
    event("pass");
    value
}

fn check(value: bool) -> bool {
    event(format!("check {value}"));
    value
}

fn fail_if(condition: bool) -> u32 {
    event(format!("fail if {condition}"));
    if condition {
        panic!("failed");
    }
    7
}

fn three(a: u32, b: u32, c: u32) -> u32 {
    event(format!("three {a} {b} {c}"));
    (a % 100) + (b % 100) + (c % 100)
}

fn join(a: Noisy, b: Noisy) -> Noisy {
    noisy(format!("({}{})", short(&a), short(&b)))
}

/// Names grow no longer in loops.
fn short(a: &Noisy) -> String {
    a.name().chars().take(8).collect()
}

fn mix(a: Noisy, n: u32, b: &Noisy) -> Noisy {
    event(format!("mix {a:?} {n} {b:?}"));
    a
}

fn len(a: &Noisy) -> u32 {
    event(format!("len {a:?}"));
    a.name().len() as u32
}

fn longer<'a>(a: &'a Noisy, b: &'a Noisy) -> &'a Noisy {
    event(format!("longer {a:?} {b:?}"));
    if a.name().len() >= b.name().len() { a } else { b }
}

fn larger<'a>(a: &'a u32, b: &'a u32) -> &'a u32 {
    event(format!("larger {a} {b}"));
    if a >= b { a } else { b }
}

/// Pending once, with what it is given; then ready with what a generator would be resumed with.
struct Given<Y, R>(Option<Y>, PhantomData<R>);

fn give<R: Input>(given: impl Debug) -> Given<impl Debug, R> {
    Given(Some(given), PhantomData)
}

impl<Y: Debug, R: Input> Future for Given<Y, R> {
    type Output = R;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<R> {
        match self.0.take() {
            Some(given) => {
                event(format!("given {given:?}"));
                Poll::Pending
            }
            None => Poll::Ready(R::nth(1)),
        }
    }
}

impl<Y, R> Unpin for Given<Y, R> {}

fn touch(a: &mut Noisy, n: u32) -> u32 {
    event(format!("touch {a:?} {n}"));
    n % 100
}

fn maybe(n: u32) -> Option<Noisy> {
    (n % 3 != 0).then(|| noisy(format!("maybe {n}")))
}

fn fallible(n: u32) -> Result<u32, Noisy> {
    if n % 4 == 3 { Err(noisy(format!("err {n}"))) } else { Ok(n) }
}

fn apply<T>(f: impl FnOnce() -> T) -> T {
    event("apply");
    f()
}

/// Lends a value for as long as it lives.
#[derive(Debug)]
struct Guard<'a>(&'a Noisy);

fn lock(value: &Noisy) -> Guard<'_> {
    event(format!("lock {value:?}"));
    Guard(value)
}

impl Guard<'_> {
    fn get(&self, n: u32) -> u32 {
        event(format!("get {n}"));
        n % 100
    }

    fn names(&self) -> Vec<&Noisy> {
        vec![self.0; 2]
    }

    fn again(self) -> Self {
        event("again");
        self
    }
}

impl Deref for Guard<'_> {
    type Target = Noisy;

    fn deref(&self) -> &Noisy {
        event("deref");
        self.0
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        event(format!("unlock {:?}", self.0));
    }
}

#[derive(Debug)]
struct Duo {
    a: Noisy,
    b: Noisy,
}

fn duo(name: &str) -> Duo {
    Duo { a: noisy(format!("{name}.a")), b: noisy(format!("{name}.b")) }
}

impl Duo {
    fn sum(&self, n: u32) -> u32 {
        event(format!("sum {self:?} {n}"));
        n % 100 + 1
    }

    fn grow(&mut self, n: u32) -> u32 {
        event(format!("grow {self:?} {n}"));
        n % 100
    }

    fn chain(&mut self, n: u32) -> &mut Self {
        event(format!("chain {n}"));
        self
    }

    fn pick(&self, n: u32) -> &Noisy {
        event(format!("pick {n}"));
        if n % 2 == 0 { &self.a } else { &self.b }
    }

    fn first(self, n: u32) -> Noisy {
        event(format!("first {n}"));
        self.a
    }

    fn split(self) -> (Noisy, Noisy) {
        (self.a, self.b)
    }

    fn with(self, b: Noisy, n: u32) -> Duo {
        event(format!("with {b:?} {n}"));
        Duo { a: self.a, b }
    }

    fn put(self, n: u32, m: u32) -> u32 {
        event(format!("put {n} {m}"));
        n ^ m
    }
}

/// A method that takes what may be copied.
trait Mixed: Sized {
    fn mixed(self, n: u32, m: u32) -> u32;
}

impl Mixed for u32 {
    fn mixed(self, n: u32, m: u32) -> u32 {
        event(format!("mixed {self} {n} {m}"));
        self ^ n & m
    }
}

#[derive(Debug)]
struct Deep {
    pair: (Noisy, Noisy),
    duo: Duo,
    option: Option<Noisy>,
    count: u32,
}

fn deep(name: &str) -> Deep {
    Deep {
        pair: (noisy(format!("{name}.0")), noisy(format!("{name}.1"))),
        duo: duo(name),
        option: Some(noisy(format!("{name}.o"))),
        count: 3,
    }
}

#[derive(Debug)]
enum Shape {
    Nothing,
    One(Noisy),
    Two(Noisy, Noisy),
    Named { name: Noisy, count: u32 },
}

fn shape(n: u32, name: &str) -> Shape {
    match n % 4 {
        0 => Shape::Nothing,
        1 => Shape::One(noisy(format!("{name} one"))),
        2 => Shape::Two(noisy(format!("{name} left")), noisy(format!("{name} right"))),
        _ => Shape::Named { name: noisy(format!("{name} name")), count: n },
    }
}

#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Money(u32);

impl Add for Money {
    type Output = Money;

    fn add(self, other: Money) -> Money {
        event(format!("{} + {}", self.0, other.0));
        Money(self.0 % 100 + other.0 % 100)
    }
}

impl AddAssign<u32> for Money {
    fn add_assign(&mut self, other: u32) {
        event(format!("{} += {other}", self.0));
        self.0 = self.0 % 100 + other % 100;
    }
}

impl Neg for Money {
    type Output = Money;

    fn neg(self) -> Money {
        event(format!("-{}", self.0));
        Money(100 - self.0 % 100)
    }
}

/// What is boxed, and coerced to a trait object.
trait Shown: Debug {
    fn shown(&self, n: u32) -> u32 {
        event(format!("shown {self:?} {n}"));
        n % 100
    }
}

impl Shown for Noisy {}
impl Shown for Duo {}
impl Shown for u32 {}
impl Shown for (Noisy, Noisy) {}
impl Shown for String {}

fn any(n: u32) -> Box<dyn Shown> {
    if n % 2 == 0 { Box::new(noisy(format!("any {n}"))) } else { Box::new(n) }
}

fn take(value: Box<dyn Shown>, n: u32) -> u32 {
    value.shown(n)
}

fn take_maybe(n: u32, value: Option<Box<dyn Shown>>) -> u32 {
    value.map_or(n, |value| value.shown(n))
}

fn take_all(values: [Box<dyn Shown>; 2]) -> u32 {
    values.iter().map(|value| value.shown(1)).sum()
}

fn show(a: &dyn Shown, n: u32, b: &dyn Shown) -> u32 {
    a.shown(n) + b.shown(n)
}

#[derive(Debug)]
struct Holder {
    any: Option<Box<dyn Shown>>,
    name: Noisy,
}

impl Holder {
    fn look(&self) -> u32 {
        event(format!("look {self:?}"));
        self.name.name().len() as u32
    }
}

#[derive(Debug)]
struct Taker(u32);

impl Taker {
    fn take(&self, value: Box<dyn Shown>) -> u32 {
        value.shown(self.0)
    }
}

/// Its indexing can be seen.
#[derive(Debug)]
struct Table {
    cells: [u32; 3],
    name: Noisy,
}

fn table() -> Table {
    Table { cells: [4, 5, 6], name: noisy("table") }
}

impl Index<u32> for Table {
    type Output = u32;

    fn index(&self, index: u32) -> &u32 {
        event(format!("index {index}"));
        &self.cells[index as usize % 3]
    }
}

impl IndexMut<u32> for Table {
    fn index_mut(&mut self, index: u32) -> &mut u32 {
        event(format!("index_mut {index}"));
        &mut self.cells[index as usize % 3]
    }
}

fn main() {
    driver::main(&programs());
}

mod driver {
    use std::io::Write;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use handcrank_oracle::Forms;

    type Program = (&'static str, fn() -> Forms);

    /// Runs those from the index given on, or all. What is written before a crash tells who crashed.
    pub fn main(programs: &[Program]) {
        std::panic::set_hook(Box::new(|_| {}));
        let first = std::env::args().nth(1).map_or(0, |n| n.parse().unwrap());
        for (index, (name, forms)) in programs.iter().enumerate().skip(first) {
            say(&format!("START {name} {index}"));
            let checks: [(&str, fn(&Forms)); 4] = [
                ("run", Forms::run_alike),
                ("drop", Forms::drop_alike),
                ("unwind", Forms::unwind_alike),
                ("unwind from drop", Forms::unwind_from_drop_alike),
            ];
            for (check, run) in checks {
                if let Err(payload) = catch_unwind(AssertUnwindSafe(|| run(&forms()))) {
                    let message = payload
                        .downcast_ref::<String>()
                        .cloned()
                        .or_else(|| payload.downcast_ref::<&str>().map(|text| text.to_string()))
                        .unwrap_or_else(|| "unknown payload".to_owned());
                    say(&format!("DIFFERS {check}"));
                    for line in message.lines() {
                        say(&format!("  {line}"));
                    }
                }
            }
        }
        say("END");
    }

    fn say(line: &str) {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}").unwrap();
        out.flush().unwrap();
    }
}
