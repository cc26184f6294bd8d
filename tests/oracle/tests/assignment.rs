//! Assignment, compound assignment and blocks with values.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    unused_assignments,
    unused_braces,
    clippy::all,
    clippy::pedantic,
    reason = "bodies are odd on purpose"
)]

use std::ops::AddAssign;

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

#[derive(Debug)]
struct Tally(Vec<u32>);

impl AddAssign<u32> for Tally {
    fn add_assign(&mut self, n: u32) {
        event(format!("+= {n}"));
        self.0.push(n);
    }
}

struct Point {
    x: u32,
    name: Noisy,
}

compare! {
    fn assignment_drops_the_old_value() -> impl Generator<Yield = u32, Return = Noisy> {
        let mut value = noisy("one");
        yield_!(1);
        value = noisy("two");
        yield_!(2);
        let mut other = noisy("other");
        value = other;
        yield_!(3);
        other = noisy("other again");
        yield_!(4);
        event(format!("{value:?}"));
        other
    }
}

compare! {
    fn assignment_of_a_yield(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = u32> {
        let mut value = first;
        let mut spare = None;
        for n in 0..4 {
            if n == 2 {
                spare = Some(value);
                value = yield_!(20);
            } else {
                value = yield_!(n);
            }
            event(format!("{value:?} {spare:?}"));
        }
    }
}

compare! {
    fn assignment_to_places(#[resume] n: u32) -> impl Generator<u32, Yield = String> {
        let mut point = Point { x: n, name: noisy("origin") };
        let mut list = vec![noisy("a"), noisy("b"), noisy("c")];
        let mut array = [0; 4];
        let mut nested = (1, (2, [3, 4]));
        yield_!(format!("{} {:?}", point.x, point.name));
        point.x = yield_!(format!("{list:?}"));
        point.name = noisy("moved");
        list[mk(1)] = noisy("B");
        array[mk(2)] = yield_!(format!("{array:?}"));
        nested.1.1[mk(0)] = yield_!(format!("{nested:?}"));
        *list.last_mut().unwrap() = noisy("C");
        yield_!(format!("{} {:?} {list:?} {array:?} {nested:?}", point.x, point.name));
    }
}

compare! {
    fn assignment_through_references() -> impl Generator<Yield = String, Return = Noisy> {
        let mut owned = noisy("owned");
        let mut count = 0;
        let place = &mut owned;
        let counter = &mut count;
        yield_!(place.name().to_owned());
        *place = noisy("replaced");
        *counter += 1;
        yield_!(format!("{place:?} {counter}"));
        let twice = &mut &mut *place;
        **twice = noisy("replaced twice");
        yield_!(format!("{twice:?}"));
        *counter += 10;
        event(format!("{count}"));
        owned
    }
}

compare! {
    fn destructuring_assignment(#[resume] n: u32) -> impl Generator<u32, Yield = String> {
        let (mut a, mut b) = (n, 1);
        let mut names = [noisy("x"), noisy("y")];
        let (mut left, mut right);
        for _ in 0..3 {
            (a, b) = (b, a + b);
            yield_!(format!("{a} {b}"));
        }
        [a, .., b] = [yield_!("three".to_owned()), 0, 9];
        (left, right) = (noisy("l"), noisy("r"));
        yield_!(format!("{a} {b} {left:?} {right:?}"));
        (names[0], _) = (noisy("z"), noisy("thrown away"));
        (left, right) = (right, left);
        Point { x: a, name: left } = Point { x: 3, name: noisy("point") };
        yield_!(format!("{a} {left:?} {right:?} {names:?}"));
    }
}

compare! {
    fn compound_assignment(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = (u32, String)> {
        let mut total = n;
        let mut text = String::from("t");
        let mut list = [1, 2, 3];
        total += 2;
        yield_!(total);
        total *= 3;
        total -= 1;
        total <<= 1;
        yield_!(total);
        total %= 50;
        total |= 0x80;
        total ^= 1;
        text += "ext";
        list[mk(1)] += 40;
        yield_!(total & !1);
        text += &total.to_string();
        list[1] /= 2;
        (total + list[1], text)
    }
}

compare! {
    fn compound_assignment_of_a_yield(
        #[resume] first: u32,
    ) -> impl Generator<u32, Yield = String, Return = u32> {
        let mut total = first;
        let mut list = vec![1, 2, 3];
        let mut tally = Tally(vec![]);
        let mut index = 0;
        total += yield_!("primitive".to_owned());
        list[mk(2)] += yield_!("indexed".to_owned());
        tally += yield_!("overloaded".to_owned());
        tally += 1 + yield_!(format!("{tally:?}"));
        *list.first_mut().unwrap() *= yield_!("through a reference".to_owned());
        list[{ index += 1; index }] -= { yield_!(format!("{index}")); 1 };
        yield_!(format!("{list:?} {tally:?}"));
        total
    }
}

compare! {
    fn blocks_with_values(#[resume] n: u32) -> impl Generator<u32, Yield = String, Return = u32> {
        let a = {
            let inner = noisy("inner");
            yield_!(inner.name().to_owned());
            n + 1
        };
        let b = {
            let kept = noisy("kept");
            let gone = noisy("gone");
            yield_!(format!("{kept:?} {gone:?}"));
            kept
        };
        let c = { { { yield_!(b.name().to_owned()) } } };
        let d = 'out: {
            if c > 11 {
                let leaving = noisy("leaving");
                yield_!(leaving.name().to_owned());
                break 'out c + 100;
            }
            yield_!("small".to_owned());
            1
        };
        {
            let _scope = noisy("scope");
        }
        {}
        yield_!(format!("{a} {c} {d}"));
        a + c + d
    }
}

compare! {
    fn labeled_blocks_leave_from_inside(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut n = n;
        let mut rounds = 0;
        let outcome = 'outer: {
            let _outer = noisy("outer");
            let found = 'inner: {
                let _inner = noisy("inner");
                loop {
                    rounds += 1;
                    n = yield_!(rounds);
                    let _turn = noisy("turn");
                    if n == 12 {
                        break 'inner Some(n);
                    }
                    if n == 14 {
                        break 'outer 99;
                    }
                    if rounds > 9 {
                        break;
                    }
                }
                None
            };
            yield_!(found.unwrap_or(0));
            n = yield_!(1000);
            if n == 14 { break 'outer 77; }
            5
        };
        yield_!(outcome);
        outcome
    }
}

compare! {
    fn unit_values_and_statement_expressions() -> impl Generator<Yield = u32> {
        let nothing = yield_!(1);
        let also = { yield_!(2) };
        assert_eq!(nothing, also);
        { noisy("statement") };
        noisy("expression");
        yield_!(3);
        match yield_!(4) {
            () => noisy("arm"),
        };
        if true { yield_!(5) }
        (yield_!(6), noisy("tuple"));
        yield_!(7)
    }
}

compare! {
    fn parts_that_are_assigned_with_what_they_held(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = u32, Return = u32> {
        let mut both = (noisy("a"), noisy("b"));
        let mut other = first;
        (both.1, other) = (noisy("c"), (other, both.1).1);
        yield_!(1);
        event(format!("{both:?} {other:?}"));
        2
    }
}

compare! {
    fn places_that_suspend_in_a_destructuring_assignment() -> impl Generator<Yield = u32> {
        let mut name = noisy("name");
        let mut other = noisy("other");
        let mut count = 1;
        (*{ yield_!(1); &mut name }, _) = (noisy("a"), noisy("b"));
        (*{ yield_!(2); &mut name }, *{ yield_!(3); &mut other }) = (noisy("c"), noisy("d"));
        [*{ yield_!(4); &mut count }, ..] = [5, 6];
        event(format!("{name:?} {other:?}"));
        yield_!(count);
    }
}

compare! {
    fn temporaries_of_a_destructuring_assignment_drop_before_it_assigns(
        #[resume] mut first: Noisy,
        mut pair: (Noisy, Noisy),
    ) -> impl Generator<Noisy, Yield = usize, Return = String> {
        let other = (noisy("other"), noisy("rest"));
        (pair.0, first) = (noisy("new"), yield_!((other.0, noisy("temporary")).0.name().len()));
        let (mut a, mut b) = (noisy("a"), 1);
        (a, b) = (noisy(format!("{a:?}")), yield_!(noisy("another").name().len()).name().len());
        format!("{first:?} {pair:?} {a:?} {b}")
    }
    with ((noisy("x"), noisy("y")))
}

compare! {
    fn a_destructuring_assignment_assigns_in_order(mut whole: (Noisy, Noisy)) -> impl Generator<Yield = u32, Return = String> {
        let mut kept = noisy("kept");
        let mut plain = noisy("plain");
        (plain, kept) = (noisy("a"), noisy("b"));
        (kept, plain) = (noisy("c"), noisy("d"));
        (whole.1, plain, kept) = (noisy("e"), noisy("f"), noisy("g"));
        drop(plain);
        yield_!(1);
        [kept, _, whole.0] = [noisy("h"), noisy("i"), noisy("j")];
        format!("{kept:?} {whole:?}")
    }
    with ((noisy("x"), noisy("y")))
}

compare! {
    fn bindings_in_what_is_assigned_by_an_operator(#[resume] n: usize) -> impl Generator<usize, Yield = usize> {
        let mut list = vec![1, 2, 3];
        list[n % 3] += match noisy("abc") {
            name => {
                let length = name.name().len();
                let more = yield_!(length);
                more + length
            }
        };
        let mut total = 0;
        total += {
            let name = noisy("d");
            total += yield_!(list[n % 3]);
            name.name().len()
        };
        yield_!(total);
    }
}
