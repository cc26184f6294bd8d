//! Type, lifetime and const parameters, `where`, `impl Trait` and trait objects.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::fmt::{Debug, Display};
use std::iter::Sum;
use std::ops::{Add, Mul};

use handcrank_oracle::{Noisy, compare, event, noisy};

trait Shape {
    const SIDES: u32;
    type Unit: Debug + Copy;
    fn unit(&self) -> Self::Unit;
    fn grow(&mut self) -> u32;
    fn finish(self) -> String;
}

#[derive(Debug)]
struct Square(Noisy, u32);

impl Shape for Square {
    const SIDES: u32 = 4;
    type Unit = u32;

    fn unit(&self) -> u32 {
        self.1
    }

    fn grow(&mut self) -> u32 {
        self.1 += 1;
        self.1
    }

    fn finish(self) -> String {
        event("finish");
        format!("{:?}", self.0)
    }
}

compare! {
    fn type_parameters<T: Clone + Debug>(items: Vec<T>, extra: T) -> impl Generator<Yield = T, Return = Vec<T>> {
        let mut kept = Vec::new();
        for item in &items {
            let copy = item.clone();
            kept.push(copy);
            yield_!(item.clone());
        }
        event(format!("{kept:?}"));
        yield_!(extra);
        kept.truncate(1);
        kept
    }
    with (vec![noisy("x"), noisy("y")], noisy("extra"))
}

compare! {
    fn where_clauses<T, S>(shape: S, scale: T) -> impl Generator<Yield = String, Return = String>
    where
        S: Shape,
        S::Unit: Mul<T>,
        T: Copy,
        <S::Unit as Mul<T>>::Output: Display,
    {
        let mut shape = shape;
        let unit = shape.unit();
        yield_!(format!("{unit:?} {}", unit * scale));
        let sides = S::SIDES;
        for _ in 0..2 {
            let grown = shape.grow();
            yield_!(format!("{grown} {sides}"));
        }
        yield_!(format!("{}", shape.unit() * scale));
        shape.finish()
    }
    with (Square(noisy("square"), 5), 10)
}

compare! {
    fn const_parameters<const N: usize>(items: [Noisy; N]) -> impl Generator<Yield = usize, Return = [usize; N]> {
        let mut sizes = [0; N];
        for (i, item) in items.iter().enumerate() {
            sizes[i] = item.name().len();
            yield_!(N - i);
        }
        if N > 1 {
            yield_!(const { N * 100 });
        }
        sizes
    }
    with ([noisy("a"), noisy("bb")])
}

compare! {
    fn impl_trait_arguments(
        names: impl IntoIterator<Item = impl Into<String>>,
        transform: impl Fn(String) -> Noisy,
        mut sink: impl FnMut(&Noisy) -> usize,
    ) -> impl Generator<Yield = usize, Return = Option<Noisy>> {
        let mut last = None;
        for name in names {
            let made = transform(name.into());
            yield_!(sink(&made));
            last = Some(made);
        }
        last
    }
    with (["a", "bb"], noisy, |name: &Noisy| name.name().len() * 10)
}

compare! {
    fn named_lifetimes<'a, 'b: 'a, T: ?Sized + AsRef<str> + 'a>(
        left: &'a T,
        right: &'b str,
    ) -> impl Generator<Yield = &'a str, Return = &'b str> {
        let mut longest: &'a str = left.as_ref();
        yield_!(longest);
        if right.len() > longest.len() {
            longest = right;
        }
        let both = [longest, right];
        for one in both.iter() {
            yield_!(*one);
        }
        let local = noisy("local");
        let mixed: Vec<&str> = vec![longest, local.name()];
        yield_!(mixed.first().map_or(longest, |_| longest));
        event(format!("{mixed:?}"));
        right
    }
    with ("short", "much longer")
}

compare! {
    fn elided_lifetimes(text: &str, mut out: Vec<&'static str>) -> impl Generator<Yield = usize, Return = usize> {
        let words = text.split_whitespace();
        let mut longest = "";
        for word in words {
            if word.len() > longest.len() {
                longest = word;
            }
            yield_!(longest.len());
        }
        out.push("end");
        yield_!(out.len());
        longest.len()
    }
    with ("a bcd ef", vec!["start"])
}

compare! {
    fn generic_arithmetic<T>(items: &'static [T]) -> impl Generator<Yield = T, Return = T>
    where
        T: Copy + Debug + Add<Output = T> + Mul<Output = T> + Sum<T> + PartialOrd + Default,
    {
        let mut running = T::default();
        for &item in items {
            running = running + item * item;
            yield_!(running);
        }
        let total: T = items.iter().copied().sum();
        let largest = items.iter().copied().fold(T::default(), |a, b| if b > a { b } else { a });
        yield_!(total);
        total + largest
    }
    with (&[1.5, 2.0, 0.25])
}

compare! {
    fn trait_objects(
        shown: Vec<Box<dyn Debug>>,
        step: &dyn Fn(u32) -> u32,
    ) -> impl Generator<Yield = String, Return = Box<dyn Debug>> {
        let mut n = 1;
        let mut last: Box<dyn Debug> = Box::new(noisy("nothing"));
        for item in shown {
            n = step(n);
            yield_!(format!("{item:?} {n}"));
            last = item;
        }
        last
    }
    with (vec![Box::new(noisy("boxed")), Box::new(5), Box::new("text")], &|n| n * 3)
}

compare! {
    fn turbofish_and_qualified_paths<T: Default + Debug + 'static>(_marker: T) -> impl Generator<Yield = String> {
        let made = T::default();
        let parsed = "5".parse::<u8>().unwrap_or_default();
        yield_!(format!("{made:?} {parsed}"));
        let list = Vec::<Option<T>>::with_capacity(3);
        let collected = (0..3_u32).map(u64::from).collect::<Vec<_>>();
        yield_!(format!("{} {collected:?}", list.len()));
        let shown = <Vec<u64> as IntoIterator>::into_iter(collected).map(<u64 as Into<u128>>::into);
        for wide in shown {
            yield_!(wide.to_string());
        }
        fn inner<U: Default>() -> U {
            U::default()
        }
        yield_!(format!("{:?} {}", inner::<T>(), std::any::type_name::<T>()));
    }
    with (7_u16)
}

compare! {
    fn captured_generic_closures<F, T>(#[resume] first: u32, make: F) -> impl Generator<u32, Yield = usize, Return = T>
    where
        F: Fn(u32) -> T + Clone,
        T: Debug + PartialEq,
    {
        let copy = make.clone();
        let mut made = vec![make(first)];
        for i in 0..2 {
            let n = yield_!(made.len());
            let again = |extra: u32| copy(n + extra);
            made.push(again(i));
            yield_!(made.iter().filter(|one| **one == again(i)).count());
        }
        made.swap_remove(1)
    }
    with (|n| noisy(format!("n{n}")))
}
