//! Operands and temporaries of one statement: what drops first where it is left in the middle.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

fn with<T>(_: &Noisy, value: T) -> T {
    value
}

fn join(a: Noisy, b: Noisy) -> Noisy {
    noisy(format!("{}+{}", a.name(), b.name()))
}

struct Holder(Noisy);

impl Holder {
    fn get(&self, _: u32) -> &Noisy {
        &self.0
    }
    fn into(self, _: u32) -> Noisy {
        self.0
    }
    fn with(&mut self, _: u32) -> &mut Self {
        self
    }
}

fn holder(name: &str) -> Holder {
    Holder(noisy(name))
}

compare! {
    fn operands_before_temporaries() -> impl Generator<Yield = u32, Return = usize> {
        let n = with(&noisy("temporary 1"), join(
            noisy("operand 1"),
            with(&noisy("temporary 2"), join(noisy("operand 2"), { yield_!(1); noisy("last") })),
        )).name().len();
        yield_!(2);
        n
    }
}

compare! {
    fn receivers_that_are_moved_or_borrowed() -> impl Generator<Yield = u32> {
        let a = (noisy("o1"), holder("borrowed").get({ yield_!(1); 1 }).name().len(), noisy("o2"));
        yield_!(2);
        let b = (noisy("o3"), with(&noisy("t1"), holder("moved").into({ yield_!(3); 1 })), { yield_!(4); noisy("o4") });
        yield_!(5);
        let c = (noisy("o5"), holder("chained").with({ yield_!(6); 1 }).with({ yield_!(7); 2 }).get(3).name().len(), { yield_!(8); noisy("o6") });
        event(format!("{} {} {}", a.1, b.1.name(), c.1));
    }
}

compare! {
    fn scrutinees_live_as_long_as_the_statement() -> impl Generator<Yield = u32> {
        let all = (
            noisy("operand"),
            match holder("scrutinee").get(1) {
                s if s.name().is_empty() => 0,
                s => { yield_!(1); s.name().len() }
            },
            match noisy("value") { ref v => { yield_!(2); v.name().len() } },
            mk(3),
            { yield_!(3); noisy("end") },
        );
        yield_!(4);
        event(format!("{all:?}"));
    }
}

compare! {
    fn conditions_and_loops_in_operands(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let all = (
            noisy("operand"),
            if let Some(s) = Some(holder("if let")).as_ref() { yield_!(1); s.get(0).name().len() } else { 0 },
            if holder("condition").get(yield_!(2)).name().len() > 2 { yield_!(3) } else { 0 },
            { let mut last = None; for s in [holder("item")].iter() { yield_!(4); last = Some(s.get(0).name().len()); } last },
            mk(1),
            yield_!(5),
        );
        event(format!("{all:?}"));
    }
}

compare! {
    fn while_let_on_a_temporary() -> impl Generator<Yield = u32> {
        let mut left = 3;
        while let Some(h) = (if left > 0 { Some(holder(&format!("turn{left}"))) } else { None }).as_mut() {
            left -= 1;
            yield_!(h.get(0).name().len() as u32);
        }
        yield_!(7);
    }
}

compare! {
    fn comparisons_and_indices() -> impl Generator<Yield = u32> {
        let equal = with(&noisy("t"), noisy("left")) == { yield_!(1); noisy("left") };
        let list = vec![noisy("i0"), noisy("i1")];
        let item = &vec![noisy("j0"), noisy("j1")][{ yield_!(2); 1 }];
        let text = format!("{equal} {:?} {:?}", list[{ yield_!(3); 0 }], { yield_!(4); noisy("argument") });
        event(format!("{text} {item:?}"));
    }
}

compare! {
    fn places_matched_on_across_points(#[resume] first: usize) -> impl Generator<usize, Yield = usize> {
        let mut table = vec![vec![Some(noisy("a")), None], vec![None, Some(noisy("b"))]];
        match table[yield_!(0) % 2][mk(1)] {
            Some(ref mut s) => { yield_!(1); s.rename("renamed"); yield_!(s.name().len()); }
            None => { yield_!(2); }
        }
        match &mut table[yield_!(3) % 2][mk(0)] {
            Some(s) => { yield_!(s.name().len()); s.rename("through a reference"); }
            None => { yield_!(4); }
        }
        match table[mk(0)][yield_!(5) % 2] {
            Some(ref s) if yield_!(6) > 0 => { yield_!(s.name().len()); }
            None if yield_!(7) > 0 => { yield_!(8); }
            _ => {}
        }
        if let Some(s) = &table[mk(0)][0] {
            yield_!(s.name().len());
        }
        event(format!("{table:?}"));
    }
}

compare! {
    fn both_sides_of_assignments(#[resume] n: usize) -> impl Generator<usize, Yield = usize> {
        let mut table = vec![noisy("a"), noisy("b")];
        let mut numbers = vec![vec![1, 2], vec![3, 4]];
        let mut pair = (noisy("x"), vec![noisy("y")]);
        table[yield_!(1) % 2] = { yield_!(2); noisy("new") };
        numbers[mk(1)][yield_!(3) % 2] += yield_!(4);
        numbers[{ yield_!(5); 0 }][mk(1)] += mk(10);
        numbers[mk(0)][mk(0)] -= yield_!(6) - 14;
        (table[yield_!(7) % 2], pair.1[{ yield_!(8); 0 }], _) = (noisy("p"), noisy("q"), noisy("r"));
        [numbers[0][yield_!(9) % 2], ..] = [mk(7), yield_!(10), 9];
        *table.iter_mut().nth(yield_!(11) % 2).unwrap() = noisy("last");
        let mut text = vec![String::from("t")];
        text[mk(0)] += { yield_!(12); "more" };
        text[{ yield_!(13); 0 }] += &{ yield_!(14); format!("{n}") };
        event(format!("{table:?} {numbers:?} {pair:?} {text:?}"));
    }
}

compare! {
    fn extended_on_branches(#[resume] n: usize) -> impl Generator<usize, Yield = usize> {
        let before = noisy("before");
        let a = if n > 5 { &noisy("then") } else { &noisy("else") };
        yield_!(a.name().len());
        let b = if yield_!(0) > 100 { &noisy("never") } else { let t = noisy("inner"); yield_!(1); &noisy(format!("tail of {}", t.name())) };
        yield_!(b.name().len());
        let c = match yield_!(2) { 0 => &noisy("zero"), k => { yield_!(k); &noisy({ yield_!(3); "other" }) } };
        let d = &{ yield_!(4); (noisy("kept"), noisy("field")) }.1;
        let e = &[noisy("e0"), noisy({ yield_!(5); "e1" })][yield_!(6) % 2];
        yield_!(7);
        event(format!("{a:?} {b:?} {c:?} {d:?} {e:?} {before:?}"));
    }
}

compare! {
    fn operands_of_a_full_expression(#[resume] n: usize) -> impl Generator<usize, Yield = usize, Return = usize> {
        let a = { (noisy("operand"), match Some(noisy("scrutinee")) { Some(ref s) if s.name().is_empty() => return 0, _ => { yield_!(1); mk(2) } }) };
        let b = if n > 5 { (noisy("o1"), with(&noisy("t1"), { yield_!(2); noisy("v1") })) } else { return 1 };
        match n {
            0 => (noisy("never"), noisy("never")),
            _ => (noisy("o2"), join(noisy("o3"), with(&noisy("t2"), { yield_!(3); noisy("v2") }))),
        };
        join(noisy("o4"), with(&noisy("t3"), { yield_!(4); noisy("v3") })).name().len()
    }
}

compare! {
    fn conditions_drop_before_else(#[resume] n: usize) -> impl Generator<usize, Yield = usize> {
        if let Some(s) = Some(noisy("scrutinee")).filter(|s| s.name().is_empty()) {
            yield_!(s.name().len());
        } else {
            event("in else");
        }
        if let (1, ref s) = ({ yield_!(1); 2 }, noisy("other")) { yield_!(s.name().len()); } else { event("else again"); }
        for item @ _ in vec![noisy("item")] { yield_!(7); }
        for pair @ (_, ref second) in vec![(1, mk(2))] { yield_!(*second); event(format!("{pair:?}")); }
        let fields = [(noisy("a"), noisy("b")).0, noisy("c"), { yield_!(2); noisy("d") }];
        let part = (holder("in holder").0, holder("chain").0.name().len(), { yield_!(3); 1 }).0;
        event(format!("{fields:?} {part:?} {n}"));
    }
}

compare! {
    fn parts_of_temporaries_matched_on(#[resume] n: usize) -> impl Generator<usize, Yield = usize, Return = usize> {
        let (a, _b) = (noisy("z"), with(&noisy("t"), { yield_!(1); noisy("v") }));
        if let Some(ref s) = (noisy("first"), Some(noisy({ yield_!(2); "second" }))).1 {
            yield_!(s.name().len());
        }
        match (noisy("left"), Some(noisy("taken"))).1 {
            Some(s) => { yield_!(s.name().len()); drop(s); yield_!(3); }
            None => {}
        }
        let all = (match (noisy("x"), Some(noisy("y"))).1 { Some(s) => s, None => noisy("none") }, { yield_!(4); 5 });
        event(format!("{a:?} {all:?}"));
        n
    }
}

compare! {
    fn extended_by_the_tail_of_a_labelled_block(#[resume] n: usize) -> impl Generator<usize, Yield = usize> {
        for turn in 0..2 {
            let outer = noisy("outer");
            let kept = 'found: {
                if turn == 0 { break 'found &outer; }
                yield_!(turn);
                &noisy("tail")
            };
            yield_!(kept.name().len() + n);
        }
    }
}

compare! {
    fn what_a_let_with_else_refers_to(#[resume] n: usize) -> impl Generator<usize, Yield = usize> {
        for turn in 0..2 {
            let outer = noisy("outer");
            let (0, ref kept) = (turn, noisy("referred to")) else {
                event("in else");
                continue;
            };
            yield_!(kept.name().len() + n);
            let Some(taken) = &Some(noisy("borrowed")).filter(|_| n > 100) else {
                event("in the other else");
                yield_!(1);
                return;
            };
            yield_!(taken.name().len());
        }
    }
}

compare! {
    fn what_a_pattern_takes_is_there_when_temporaries_drop() -> impl Generator<Yield = usize> {
        let (taken, ref lent) = (noisy("taken"), (noisy("dropped"), noisy("part")).1);
        yield_!(lent.name().len());
        drop(taken);
        yield_!(lent.name().len());
    }
}

compare! {
    fn parts_of_temporaries(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let made = Some(pair(pair_of("a").0, yield_!(1), &pair_of("b").1));
        for i in 0..pair_of("c").1.consume() as u32 {
            yield_!(i);
        }
        event(format!("{made:?}"));
        let same = pair_of("d").0.name() == pair_of("e").1.name() && n == yield_!(2);
        u32::from(same)
    }
}

compare! {
    fn what_a_match_among_operands_leaves(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = u32, Return = Noisy> {
        let both = (
            match (yield_!(1), noisy("z")) {
                (_, taken) if taken.name().is_empty() => taken,
                (_, _) => noisy("q"),
            },
            noisy("w"),
        );
        event(format!("{both:?}"));
        first
    }
}

compare! {
    fn what_a_pattern_leaves(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = u32, Return = u32> {
        let (a, _, b) = (noisy("a"), noisy("left"), (yield_!(1), &noisy("c")).0);
        let (c, _): (Noisy, Noisy) = (pair_of("x").0, (noisy("left too"), yield_!(2)).0);
        yield_!(3);
        event(format!("{a:?} {b:?} {c:?}"));
        4
    }
}

fn pair_of(name: &str) -> (Noisy, Noisy) {
    (noisy(format!("{name}.0")), noisy(format!("{name}.1")))
}

fn pair(a: Noisy, n: u32, b: &Noisy) -> Noisy {
    event(format!("{a:?} {n} {b:?}"));
    a
}

struct Numbered(Noisy, u32);

fn numbered(name: &str) -> Numbered {
    Numbered(noisy(name), 3)
}

compare! {
    fn elements_of_vec_are_operands_even_in_a_tail() -> impl Generator<Yield = u32, Return = usize> {
        let list = { vec![Some(noisy("a")), { yield_!(numbered("in a block").1); None }] };
        let units = { vec![drop(noisy("b")), yield_!(numbered("c").1)] };
        let pair = { (noisy("d"), yield_!(numbered("e").1)) };
        list.len() + units.len()
    }
}

compare! {
    fn elements_of_vec_before_a_loop(#[resume] first: Noisy, both: Box<(Noisy, Noisy)>) -> impl Generator<Noisy, Yield = u32, Return = usize> {
        let mut count = first.name().len();
        for item in (vec![both.0, yield_!(numbered("a").1)]) {
            count += item.name().len();
        }
        let list = { vec![noisy("b"), yield_!(numbered("c").1)] };
        count + list.len()
    }
    with (Box::new((noisy("x"), noisy("y"))))
}

compare! {
    fn the_body_of_an_arm_is_no_tail(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = u32, Return = u32> {
        let kept = match 1 {
            1 => (noisy("a"), yield_!(numbered("b").1), noisy("c")),
            _ => return 1,
        };
        match 2 {
            1 => { yield_!(1); (noisy("d"), 3, noisy("e")) }
            _ => (noisy("f"), numbered("g").1, noisy("h")),
        };
        match yield_!(2) {
            _ => (noisy("i"), yield_!(numbered("j").1), noisy("k")),
        };
        4
    }
}

compare! {
    fn operands_after_the_suspension_point_of_a_tail(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = u32, Return = u32> {
        let block = { (noisy("a"), yield_!(numbered("b").1), noisy("c"), noisy("d").name().len()) };
        let condition = if let 1 = 1 { (noisy("e"), yield_!(numbered("f").1), noisy("g")) } else { return 1 };
        let plain = { let before = yield_!(1); (noisy("h"), numbered("i").1, noisy("j")) };
        let labelled = 'a: {
            yield_!(2);
            if true {
                break 'a (noisy("k"), numbered("l").1, noisy("m"));
            }
            (noisy("n"), 3, noisy("o"))
        };
        4
    }
}

compare! {
    fn what_is_looped_over_or_matched_is_no_full_expression(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = u32, Return = u32> {
        for item in [noisy("a"), (yield_!(1), noisy("b")).1, noisy("c")] {
            drop(item);
        }
        for item in vec![[noisy("d"), (yield_!(2), noisy("e")).1], [noisy("f"), noisy("g")]] {
            let [one, _] = item;
        }
        match [noisy("h"), (yield_!(3), noisy("i")).1, noisy("j")] {
            [one, ..] => one.name().len() as u32,
        }
    }
}

trait Chained {
    fn chained(&mut self, n: u32) -> &mut Self;
}

impl Chained for Noisy {
    fn chained(&mut self, n: u32) -> &mut Self {
        event(format!("{self:?} chained {n}"));
        self
    }
}

compare! {
    fn a_method_borrows_a_part_of_a_temporary(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let local = (noisy("local"), noisy("other"));
        ((local.0, noisy("a")).1.chained(yield_!(1)).chained(n));
        let length = ((noisy("b"), (noisy("c"), yield_!(2))).1).0.chained({ yield_!(3) }).name().len();
        length as u32
    }
}

impl Noisy2 {
    fn joined(self, n: u32) -> u32 {
        event(format!("joined {n}"));
        n + self.0.name().len() as u32
    }
    fn looked(&self, n: u32) -> u32 {
        event(format!("looked {n}"));
        n + self.0.name().len() as u32
    }
}

struct Noisy2(Noisy);

fn two(name: &str) -> Noisy2 {
    Noisy2(noisy(name))
}

compare! {
    fn receivers_in_a_tail(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let first = { two("a").joined(two("b").looked(yield_!(n))) };
        let second = { two("c").looked(two("d").joined(yield_!(first))) };
        two("e").joined(two("f").joined(yield_!(second)))
    }
}

compare! {
    fn delegation_in_a_tail(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let first = { yield_from!(inner(noisy("a")), two("b").looked(n)) };
        yield_from!(inner(noisy("c")), two("d").looked(first))
    }
    fn inner(of: Noisy, #[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let n = yield_!(n);
        n + of.name().len() as u32
    }
}

fn larger<'a, T: PartialOrd + ?Sized>(a: &'a T, b: &'a T) -> &'a T {
    if a > b { a } else { b }
}

fn called(f: &dyn Fn(u32) -> u32, n: u32) -> u32 {
    f(n)
}

compare! {
    fn references_to_what_has_no_destructor(#[resume] mut n: u32) -> impl Generator<u32, Yield = u32> {
        let first = *larger(&(noisy("a").name().len() as u32), &yield_!(1));
        let second = *larger(&(first == 2), &{ yield_!(2); true });
        let third = *larger(&(second && first > 1), &{ yield_!(3); false });
        let fourth = called(&|m| m + n, yield_!(4));
        let fifth = *larger(&-(first as i64), &{ yield_!(5); 3 });
        let sixth = larger(&[n as u8, 1][..], &{ yield_!(6); [2_u8] }).len();
        n = yield_!(sixth as u32);
        let seventh = &mut (n as u64);
        *seventh += yield_!(7) as u64;
        yield_!(*seventh as u32);
    }
}

trait Weight {
    fn weight(&self) -> usize;
}

impl Weight for Noisy {
    fn weight(&self) -> usize {
        self.name().len()
    }
}

impl Weight for u32 {
    fn weight(&self) -> usize {
        *self as usize
    }
}

fn weights<'w>(all: &'w [&'w dyn Weight]) -> impl Iterator<Item = usize> + 'w {
    all.iter().map(|one| one.weight())
}

fn boxed<'w>(all: &'w mut [Box<dyn Weight>]) -> impl Iterator<Item = usize> + 'w {
    all.iter_mut().map(|one| one.weight())
}

fn weight_of_both<'w>(both: &'w (&dyn Weight, Option<&'w dyn Weight>)) -> [usize; 2] {
    [both.0.weight(), both.1.map_or(0, |one| one.weight())]
}

compare! {
    fn elements_that_are_coerced(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let (a, b) = (noisy("a"), noisy("bb"));
        for weight in weights(&[&a, &b, &n, &mk(3_u32)]) {
            yield_!(weight);
        }
        for weight in boxed(&mut [Box::new(noisy("box")), Box::new(5)]) {
            yield_!(weight);
        }
        let c = noisy("ccc");
        let sum = weight_of_both(&(&a, Some(&noisy("temporary"))))[(yield_!(0) % 2) as usize]
            + weights(&[&b]).chain(weights(&[&c, &n])).sum::<usize>()
            + yield_!(1).min(3) as usize;
        // Generic: nothing is expected.
        for item in [[&a, &b].len(), (&[a.name().len(), b.name().len()]).iter().sum()] {
            yield_!(item);
        }
        for name in &[a, b] {
            yield_!(name.weight());
        }
        sum
    }
}

// A reference to a constant, which is no temporary, beside one to a temporary.

fn both_lengths(a: &Noisy, b: &(u8, &u8), c: &[&u8; 2], d: u32) -> u32 {
    event("both lengths");
    a.name().len() as u32 + u32::from(b.0 + *b.1 + *c[0]) + d
}

compare! {
    fn constants_beside_temporaries(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let x = 3_u8;
        let sum = both_lengths(&noisy("ab"), &(1, &2), &[&x, &4], yield_!(n));
        let other = both_lengths(&noisy("c"), &mut (1, &x), &[&1, &2], yield_!(sum));
        sum + other
    }
}
