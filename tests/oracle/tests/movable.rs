//! Machines that are moved between any two resumptions (`+ Unpin`).
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare_movable, event, mk, noisy};

compare_movable! {
    fn owned_state(#[resume] n: u32, names: Vec<Noisy>) -> impl Generator<u32, Yield = String, Return = Noisy> + Unpin {
        let mut total = n;
        let mut last = noisy("none");
        for name in names {
            let shown = format!("{name:?} {total}");
            total += yield_!(shown);
            if total % 2 == 0 {
                last = name;
            }
        }
        event(total.to_string());
        last
    }
    with (vec![noisy("a"), noisy("b"), noisy("c")])
}

compare_movable! {
    fn borrows_that_end_before_a_yield() -> impl Generator<Yield = usize, Return = String> + Unpin {
        let mut list = vec![noisy("a"), noisy("bb")];
        let mut text = String::new();
        for i in 0..list.len() {
            let item = &mut list[i];
            item.rename("!");
            let n = item.name().len();
            yield_!(n);
            text.push_str(list[i].name());
            let view = &text;
            let len = view.len();
            yield_!(len);
        }
        drop(list);
        yield_!(0);
        text
    }
}

compare_movable! {
    fn borrowed_arguments<'a>(items: &'a [u32], text: &'a str) -> impl Generator<Yield = &'a str, Return = u32> + Unpin {
        let mut rest = text;
        let mut sum = 0;
        for item in items.iter().filter(|n| **n > 0) {
            let at = (*item as usize).min(rest.len());
            let (head, tail) = rest.split_at(at);
            rest = tail;
            yield_!(head);
            sum += item;
        }
        yield_!(rest);
        sum
    }
    with (&[2, 0, 3], "abcdefgh")
}

compare_movable! {
    fn operands(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> + Unpin {
        let tuple = (noisy("x"), yield_!(n), noisy("y"), mk(1) + yield_!(1));
        let list = [tuple.1, yield_!(2), tuple.3];
        event(format!("{tuple:?}"));
        let total: u32 = list.iter().sum();
        total + yield_!(total)
    }
}

compare_movable! {
    fn conditional_moves(#[resume] flag: bool) -> impl Generator<bool, Yield = u32, Return = u32> + Unpin {
        let a = noisy("a");
        let mut b = Some(noisy("b"));
        if flag {
            drop(a);
            yield_!(1);
        }
        while let Some(name) = b.take() {
            if yield_!(2) {
                b = Some(noisy("b again"));
            }
            event(format!("{name:?}"));
            if !yield_!(3) {
                return 1;
            }
        }
        2
    }
}

compare_movable! {
    fn small_and_large() -> impl Generator<Yield = u64, Return = [u64; 50]> + Unpin {
        let mut large = [1; 50];
        let byte = 3_u8;
        let flag = true;
        for i in 0..4_u8 {
            large[usize::from(i)] += u64::from(i * byte);
            yield_!(large[usize::from(i)]);
        }
        if flag {
            large[49] = 7;
        }
        large
    }
}

compare_movable! {
    fn delegation(n: u32) -> impl Generator<Yield = u32, Return = Noisy> + Unpin {
        let outer = noisy("outer");
        yield_!(1);
        let made = yield_from!(inner(n));
        yield_!(outer.name().len() as u32);
        made
    }
    fn inner(n: u32) -> impl Generator<Yield = u32, Return = Noisy> + Unpin {
        let made = noisy("made");
        for i in 0..n {
            yield_!(100 * i);
        }
        made
    }
    with (2)
}

struct Locked<'m>(&'m u32);

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        event("unlock");
    }
}

impl Locked<'_> {
    fn get(&self, n: u32) -> u32 {
        *self.0 + n
    }
}

fn lock(n: &u32) -> Locked<'_> {
    Locked(n)
}

compare_movable! {
    fn guards_of_one_statement_do_not_live_in_the_next(n: u32) -> impl Generator<Yield = u32> + Unpin {
        let v = n;
        event(lock(&v).get(6).to_string());
        yield_!(0);
        let got = lock(&v).get(7);
        yield_!(got);
        if lock(&v).get(0) == 1 { yield_!(1); }
        if let Some(_) = Some(1) && lock(&v).get(1) > 100 { yield_!(2); } else { event("chain"); }
        let (moved, ref kept) = (noisy("moved"), 5);
        drop(moved);
        event(format!("{kept}"));
        for item @ _ in vec![noisy("item")] { yield_!(item.name().len() as u32); }
        if let Some(_) = (Some(noisy("no")).filter(|_| false)) { yield_!(2); } else { event("else"); }
        yield_!(v);
    }
    with (3)
}

/// Borrows what it holds, until it drops.
struct Lent<'a>(&'a Noisy);

impl Lent<'_> {
    fn len(&self) -> u32 {
        self.0.name().len() as u32
    }

    fn end(self) -> u32 {
        event(format!("end {:?}", self.0));
        self.len()
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        event(format!("drop lent {:?}", self.0));
    }
}

fn lent(lender: &Noisy) -> Lent<'_> {
    event(format!("lent {lender:?}"));
    Lent(lender)
}

fn added(a: u32, b: u32, c: u32) -> u32 {
    a + b + c
}

compare_movable! {
    fn moved_after_the_loan_has_ended(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> + Unpin {
        let mut lender = noisy("a");
        for i in 0..2 {
            let held = Box::new(lent(&lender));
            drop(held);
            yield_!(i);
            drop(lender);
            lender = noisy("b");
            yield_!(i + 10);
        }
        let list = vec![lent(&lender), lent(&lender)];
        for one in list {
            event(one.len().to_string());
        }
        yield_!(n);
        drop(lender);
        yield_!(3);
        4
    }
}

compare_movable! {
    fn taken_before_the_other_operand(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> + Unpin {
        let lender = noisy("a");
        added(lent(&lender).end(), { yield_!(1); drop(lender); 1 }, yield_!(2))
    }
}

compare_movable! {
    fn conditions_end_what_they_borrow(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> + Unpin {
        let mut lender = noisy("a");
        let mut turns = 0;
        while lent(&lender).len() == 1 && { yield_!(turns); turns < 2 } {
            turns += 1;
            lender = noisy("c");
        }
        if lent(&lender).len() > 0 && added(lent(&lender).end(), yield_!(1), 1) > 0 || lent(&lender).len() > 3 {
            drop(lender);
            yield_!(2);
        }
        match Some(noisy("d")) {
            Some(one) if lent(&one).len() == 1 => {
                yield_!(3);
                drop(one);
                yield_!(4);
            }
            _ => {}
        }
        5
    }
}

compare_movable! {
    fn arms_end_what_they_borrow(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> + Unpin {
        added(
            1,
            match Some(noisy("c")) {
                Some(one) => added(lent(&one).end(), yield_!(1), lent(&one).len()),
                None => 1,
            },
            yield_!(2),
        )
    }
}

compare_movable! {
    fn assigned_later(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> + Unpin {
        let mut both = (noisy("a"), noisy("b"));
        let late;
        yield_!(1);
        both.0 = noisy("c");
        late = noisy("late");
        yield_!(2);
        drop(both.1);
        both.1 = noisy("d");
        let mut table = [1, 2];
        table[{ yield_!(3); 0 }] += yield_!(4);
        let mut sum = 5;
        sum += yield_!(5);
        event(format!("{both:?} {late:?} {table:?}"));
        sum
    }
}

compare_movable! {
    fn references_to_values_that_are_matched_on(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> + Unpin {
        match noisy("a") {
            ref one => {
                event(format!("{one:?}"));
                yield_!(1);
            }
        }
        match (noisy("b"), noisy("c"), yield_!(2)) {
            (ref one, other, 12) => {
                event(format!("{one:?}"));
                yield_!(3);
                event(format!("{other:?}"));
            }
            (ref one, ..) => event(format!("{one:?}")),
        }
        if let Some(ref mut one) = Some(noisy("d")) {
            one.rename("renamed");
            yield_!(4);
        } else {
            yield_!(5);
        }
        let mut turns = 0;
        while let Some(ref one) = Some(noisy("e")) {
            event(format!("{one:?}"));
            turns = yield_!(6);
            if turns > 6 {
                break;
            }
        }
        for ref one in [noisy("f"), noisy("g")] {
            event(format!("{one:?}"));
            yield_!(7);
        }
        for (ref one, other) in [(noisy("h"), noisy("i"))] {
            event(format!("{one:?}"));
            yield_!(8);
            event(format!("{other:?}"));
        }
        if let Some(ref one) = Some(noisy("j")) && let Some(ref other) = Some(noisy("k")) {
            event(format!("{one:?} {other:?}"));
            yield_!(9);
        }
        turns
    }
}

compare_movable! {
    fn chains_after_else(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> + Unpin {
        let mut n = n;
        for v in [1, 2, 3] {
            let name = noisy(format!("v{v}"));
            if v > n {
                n = yield_!(1);
            } else if let Some(x) = Some(v).filter(|v| *v > 1) && x < 3 {
                n = yield_!(x);
            } else if v == 3 {
                n = yield_!(3);
            } else {
                n = yield_!(name.name().len() as u32);
            }
            match v {
                1 if if v > 1 { true } else if let k = { v } && k > 0 { true } else { false } => {
                    n += yield_!(5);
                }
                _ => {}
            }
        }
        n
    }
}

compare_movable! {
    fn what_a_let_refers_to_is_made_by_a_macro() -> impl Generator<Yield = u32> + Unpin {
        let n = 3;
        let Some(ref name) = Some(format!("n {}", n)) else {
            return;
        };
        let (ref a, ref b) = (vec![1, n], noisy(format!("{n}")));
        yield_!(1);
        let kept = noisy("kept");
        yield_!(kept.name().len() as u32);
    }
}

macro_rules! say {
    ($format:literal) => {
        format!($format)
    };
}

compare_movable! {
    fn format_strings_of_other_macros(a: Noisy, n: u32) -> impl Generator<Yield = String> + Unpin {
        yield_!(say!("{n} {a:?}"));
        for n in 0..n {
            let a = noisy("inner");
            yield_!(say!("{n} {a:?}"));
            say!("{a:?}");
        }
        let c = |n: &str| say!("{n}");
        yield_!(c("n"));
        yield_!(say!("{a:?}"));
    }
    with (noisy("a"), 2)
}

struct Table([u32; 3], Noisy);

impl std::ops::Index<usize> for Table {
    type Output = u32;
    fn index(&self, at: usize) -> &u32 {
        event(format!("index {at}"));
        &self.0[at]
    }
}

fn table() -> Table {
    Table([1, 2, 3], noisy("table"))
}

compare_movable! {
    fn what_starts_with_a_block_is_no_statement(
        #[resume] stop: bool,
    ) -> impl Generator<bool, Yield = u32> + Unpin {
        let _ = 'block: {
            if let Some(_) = Some(noisy("some"))
                && yield_!(1)
            {
                break 'block table();
            }
            table()
        }[noisy("ab").name().len()];
        yield_!(2);
        let n = 'block: {
            if yield_!(3) {
                break 'block table();
            }
            table()
        }[noisy("a").name().len()];
        yield_!(n);
    }
}

compare_movable! {
    fn a_move_closure_assigns_what_it_captures(flag: bool) -> impl Generator<Yield = usize, Return = usize> + Unpin {
        let mut s = noisy("a");
        let mut pair = (noisy("p"), noisy("q"));
        yield_!(0);
        let Some(n) = Some((move || { s = noisy("b"); s.name().len() })()) else { return 1 };
        yield_!(n);
        s = noisy("c");
        yield_!(1);
        let mut change = move || { pair.0 = noisy("changed"); event(format!("{:?}", pair.0)); };
        yield_!(2);
        change();
        let (true, mut late) = (flag, move || { (s, _) = (noisy("d"), 1); s.name().len() }) else { yield_!(9); return 2 };
        yield_!(late());
        n
    }
    with (true)
}

compare_movable! {
    fn an_element_is_moved_on_a_path_that_returns(flag: bool) -> impl Generator<Yield = usize, Return = usize> + Unpin {
        let list = [(noisy("a"), noisy("b"), noisy("c"))];
        yield_!(0);
        if flag { let [(x, ..)] = list; drop(x); return 1; }
        yield_!(1);
        let [(ref a, b, c)] = list;
        event(format!("{a:?}"));
        drop(b);
        yield_!(2);
        c.name().len()
    }
    with (false)
}

compare_movable! {
    fn an_element_is_moved_by_an_arm_that_returns(flag: bool) -> impl Generator<Yield = usize, Return = usize> + Unpin {
        let one = [None, Some(noisy("b"))];
        let two = [noisy("c")];
        yield_!(0);
        match one { [_, Some(x)] if flag => { yield_!(9); return x.name().len(); } _ => {} }
        loop { if flag { let [x] = two; drop(x); return 1; } break }
        match one { [ref a, Some(b)] => { event(format!("{a:?}")); yield_!(1); drop(b) } [Some(a), ref b] => drop(a), _ => {} }
        match two { [ref c] if c.name() == "z" => {} [c] => { yield_!(2); drop(c) } }
        3
    }
    with (false)
}

compare_movable! {
    // What is kept of a receiver must not be where that was.
    fn copied_receivers_of_what_may_move(at: usize) -> impl Generator<Yield = u32, Return = u32> + Unpin {
        let numbers = [5u32, 6, 7];
        let mut points = [Pt { x: 1, y: 2 }, Pt { x: 3, y: 4 }];
        let mut point = Pt { x: 5, y: 6 };
        let calls: [fn(u32) -> u32; 2] = [one, two];
        yield_!(numbers[at].max({ yield_!(1); 2 }));
        yield_!(points[at].neu({ yield_!(2); point.bump() }));
        yield_!(points[at].neu({ yield_!(3); points[at].bump() }));
        yield_!(point.neu({ yield_!(4); points[0].bump() }));
        yield_!(point.neu({ yield_!(5); point.bump() }));
        yield_!(calls[at]({ yield_!(6); 7 }));
        point.neu(points[0].x)
    }
    with (1)
}

#[derive(Clone, Copy, Debug)]
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
}

fn one(n: u32) -> u32 {
    n + 1
}

fn two(n: u32) -> u32 {
    n + 100
}
