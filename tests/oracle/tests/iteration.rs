//! `for`: over ranges, borrowed and owned iterators, adapters that capture locals.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::cell::RefCell;
use std::collections::BTreeMap;

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

/// Counts down, and reports each step and its own drop.
struct Countdown(u32, Noisy);

impl Iterator for Countdown {
    type Item = Noisy;

    fn next(&mut self) -> Option<Noisy> {
        event(format!("next {}", self.0));
        self.0 = self.0.checked_sub(1)?;
        Some(noisy(format!("item {}", self.0)))
    }
}

fn countdown(n: u32) -> Countdown {
    Countdown(n, noisy("countdown"))
}

struct Shelf(Vec<Noisy>);

impl<'a> IntoIterator for &'a Shelf {
    type Item = &'a Noisy;
    type IntoIter = std::slice::Iter<'a, Noisy>;

    fn into_iter(self) -> Self::IntoIter {
        event("into_iter");
        self.0.iter()
    }
}

compare! {
    fn ranges(n: u32) -> impl Generator<Yield = u32, Return = u32> {
        let mut sum = 0;
        for i in 0..n {
            yield_!(i);
            sum += i;
        }
        for i in (1..=n).rev().step_by(2) {
            yield_!(i);
        }
        for c in 'a'..='c' {
            sum += c as u32;
            yield_!(sum);
        }
        for i in 5.. {
            if i > 7 { break; }
            yield_!(i);
        }
        for _ in 0..2 { yield_!(0); }
        sum
    }
    with (4)
}

compare! {
    fn owned_items() -> impl Generator<Yield = String> {
        for item in countdown(3) {
            let scope = noisy("scope");
            yield_!(item.name().to_owned());
            event(format!("{scope:?}"));
        }
        for item in vec![noisy("a"), noisy("b"), noisy("c")] {
            if item.name() == "b" {
                break;
            }
            yield_!(item.name().to_owned());
        }
        for _ in countdown(2) {
            yield_!("wildcard".to_owned());
        }
        yield_!("after".to_owned());
    }
}

compare! {
    fn borrowed_items() -> impl Generator<Yield = usize> {
        let mut list = vec![noisy("one"), noisy("three"), noisy("seventeen")];
        for item in &list {
            yield_!(item.name().len());
        }
        for item in &mut list {
            item.rename("!");
            yield_!(item.name().len());
        }
        for (i, item) in list.iter().enumerate().skip(1) {
            yield_!(i * item.name().len());
        }
        for pair in list.windows(2) {
            let [a, b] = pair else { unreachable!() };
            yield_!(a.name().len() + b.name().len());
        }
        let shelf = Shelf(list);
        for item in &shelf {
            yield_!(item.name().len());
        }
    }
}

compare! {
    fn adapters_that_capture_locals(limit: usize) -> impl Generator<Yield = String> {
        let words = [noisy("alpha"), noisy("be"), noisy("gamma"), noisy("d")];
        let prefix = noisy(">");
        let mut seen = 0;
        for text in words
            .iter()
            .filter(|word| word.name().len() > limit)
            .map(|word| format!("{}{}", prefix.name(), word.name()))
            .inspect(|_| seen += 1)
        {
            yield_!(text);
        }
        yield_!(seen.to_string());
        let total = RefCell::new(0);
        for n in words.iter().zip(1..).map(|(word, n)| { *total.borrow_mut() += n; word.name().len() }) {
            yield_!(format!("{n} {}", total.borrow()));
        }
        for word in words.into_iter().chain([noisy("extra")]).take_while(|word| word.name() != "d") {
            yield_!(word.name().to_owned());
        }
        yield_!("end".to_owned());
    }
    with (1)
}

compare! {
    fn patterns_in_for() -> impl Generator<Yield = String> {
        let map = BTreeMap::from([("k1", noisy("v1")), ("k2", noisy("v2"))]);
        for (key, value) in &map {
            yield_!(format!("{key} {value:?}"));
        }
        for &(n, ref name) in &[(1, noisy("x")), (2, noisy("y"))] {
            yield_!(format!("{n} {name:?}"));
        }
        for (mut name, [a, _]) in map.into_values().zip([[1, 2], [3, 4]]) {
            name.rename("~");
            yield_!(format!("{name:?} {a}"));
        }
        for mut n in 0..2 {
            n += 10;
            yield_!(n.to_string());
        }
    }
}

compare! {
    fn the_iterator_expression_yields(#[resume] n: u32) -> impl Generator<u32, Yield = String> {
        for i in n..yield_!("end".to_owned()) + 2 {
            yield_!(i.to_string());
        }
        for name in [noisy("first"), noisy(format!("second {}", yield_!("array".to_owned())))] {
            yield_!(format!("{name:?}"));
        }
        for i in { let inner = noisy("inner"); yield_!(format!("{inner:?}")); 0..2 } {
            yield_!(i.to_string());
        }
    }
}

compare! {
    fn iterator_temporaries_live_through_the_loop() -> impl Generator<Yield = String> {
        for item in vec![noisy("u"), noisy("v")].iter() {
            yield_!(item.name().to_owned());
        }
        for c in noisy("text").name().chars().take(2) {
            yield_!(c.to_string());
        }
        let cell = RefCell::new(vec![noisy("in a cell")]);
        for item in cell.borrow().iter() {
            yield_!(format!("{item:?} {}", cell.try_borrow_mut().is_err()));
        }
        yield_!(cell.try_borrow_mut().is_ok().to_string());
    }
}

compare! {
    fn nested_for_with_labels() -> impl Generator<Yield = (u32, usize), Return = usize> {
        let rows = [vec![1, 2, 3], vec![], vec![4, 5], vec![6]];
        let mut skipped = 0;
        'rows: for (i, row) in rows.iter().enumerate() {
            let guard = noisy(format!("row {i}"));
            for &n in row {
                if n == 2 {
                    skipped += 1;
                    continue;
                }
                if n == 5 {
                    skipped += 10;
                    continue 'rows;
                }
                if n == 6 {
                    break 'rows;
                }
                yield_!((n, i));
            }
            event(format!("{guard:?}"));
        }
        skipped
    }
}

compare! {
    fn for_as_the_last_expression(names: Vec<Noisy>) -> impl Generator<Yield = Noisy> {
        let kept = noisy("kept");
        for name in names {
            yield_!(name);
            yield_!(noisy(kept.name()));
        }
    }
    with (vec![noisy("a"), noisy("b")])
}

compare! {
    fn body_moves_the_item(names: Vec<Noisy>) -> impl Generator<Yield = usize, Return = Vec<Noisy>> {
        let mut kept = Vec::new();
        for name in names {
            match name.name().len() {
                1 => kept.push(name),
                2 => {
                    yield_!(name.consume());
                }
                n => {
                    yield_!(n);
                    let longer = name.and("longer");
                    yield_!(longer.name().len());
                }
            }
            yield_!(kept.len());
        }
        kept
    }
    with (vec![noisy("a"), noisy("bb"), noisy("ccc"), noisy("d")])
}

compare! {
    fn iterators_kept_in_locals() -> impl Generator<Yield = String> {
        let text = String::from("one two three four");
        let mut words = text.split(' ');
        let first = words.next();
        yield_!(format!("{first:?}"));
        let mut peekable = words.by_ref().map(str::len).peekable();
        while let Some(n) = peekable.next() {
            yield_!(format!("{n} {:?}", peekable.peek()));
        }
        yield_!(format!("{:?}", words.next()));
        let mut counter = countdown(2);
        for item in &mut counter {
            yield_!(item.name().to_owned());
        }
        event(format!("{} {:?}", counter.0, counter.1));
        for n in mk(1)..=mk(2) {
            yield_!(n.to_string());
        }
    }
}
