//! Locals that the frame need not keep, and locals that are where others were: what they hold, and when it drops.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Brittle, Noisy, compare, compare_movable, event, noisy};

fn eat(value: Noisy) -> usize {
    event(format!("eat {value:?}"));
    value.name().len()
}

fn three(a: u32, b: u32, c: u32) -> u32 {
    event(format!("three {a} {b} {c}"));
    a * 100 + b * 10 + c
}

/// A type that can be copied, of which a part is borrowed by `*`.
#[derive(Clone, Copy)]
struct Boxed(u32);

impl std::ops::Deref for Boxed {
    type Target = u32;
    fn deref(&self) -> &u32 {
        &self.0
    }
}

trait Lend {
    fn lend(&self) -> &Self {
        self
    }
    fn lend_to<'a>(&'a self, to: &mut Vec<&'a Self>) {
        to.push(self);
    }
}
impl<T> Lend for T {}

compare! {
    fn used_before_every_point(numbers: &'static [u32], n: u32) -> impl Generator<Yield = u32, Return = u32> {
        let mut sum = 0;
        for number in numbers {
            let twice = *number * 2;
            let pair = (twice, n);
            let big = [pair.0; 9];
            if pair.0 > 2 && big[1] == twice {
                event(format!("{twice} {pair:?}"));
            }
            sum += pair.1;
            yield_!(twice + pair.1);
        }
        for (place, number) in numbers.iter().enumerate() {
            yield_!(place as u32 * number);
        }
        sum
    }
    with (&[1, 2, 3], 7)
}

compare! {
    fn borrowed_across_points() -> impl Generator<Yield = u32, Return = u32> {
        let a = 1_u32;
        let b = 2_u32;
        let c = 3_u32;
        let d = Boxed(4);
        let e = 5_u32;
        let f = 6_u32;
        let g = 7_u32;
        let mut lent = vec![];
        let of_a = &a;
        let of_b = b.lend();
        c.lend_to(&mut lent);
        let of_d = &*d;
        let of_e = || e;
        let of_f = || { let inner = move || f; inner() };
        let of_g = &raw const g;
        yield_!(*of_a);
        yield_!(*of_b + *lent[0]);
        yield_!(*of_d + of_e() + of_f());
        // SAFETY: `g` is alive.
        unsafe { *of_g }
    }
}

compare! {
    fn used_again_in_a_loop(n: u32) -> impl Generator<Yield = u32, Return = u32> {
        let step = 3;
        let mut total = 0;
        let mut last = 0;
        for i in 0..n {
            let doubled = i * 2;
            let mut inner = 0;
            while inner < 2 {
                total += step;
                yield_!(doubled + inner + last);
                inner += 1;
            }
            last = i;
        }
        total
    }
    with (3)
}

compare! {
    fn read_after_a_later_operand(#[resume] _: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let a = 1;
        let b = 2;
        let n = three(a, yield_!(10), a);
        let m = three(b, { let c = b; yield_!(c); 3 }, n);
        let o = a + yield_!(m) + a;
        let equal = a == yield_!(o);
        let less = b < { let c = b; yield_!(c) };
        three(a, b, u32::from(equal) + u32::from(less))
    }
}

compare! {
    fn moved_on_some_paths(#[resume] flag: bool) -> impl Generator<bool, Yield = usize> {
        let a = noisy("a");
        let b = Some(noisy("b"));
        let c = Box::new(noisy("c"));
        let d = (noisy("d0"), noisy("d1"));
        let e = 5_usize;
        if flag {
            eat(a);
            if let Some(b) = b { eat(b); }
            eat(*c);
            eat(d.0);
        }
        let flag = yield_!(e);
        yield_!(1);
        event(format!("{flag}"));
    }
}

compare! {
    fn assigned_after_the_move() -> impl Generator<Yield = usize> {
        let mut a = noisy("a");
        let mut b = noisy("b");
        yield_!(eat(a));
        let c = noisy("c");
        let n = eat(b);
        let d = noisy("d");
        b = noisy("b2");
        yield_!(n);
        a = noisy("a2");
        yield_!(d.name().len());
        (a, b) = (b, noisy("b3"));
        yield_!(eat(c));
    }
}

compare! {
    fn one_after_the_other(#[resume] _: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let a = (noisy("a"), [1_u8; 40]);
        yield_!(1);
        let b = (a, 5_u64);
        yield_!(2);
        let c = Box::new(b.0);
        yield_!(3);
        let d = { let inside = c; yield_!(4); noisy("inside"); inside };
        let x = 7_u32;
        let sum = x + yield_!(5) + x;
        let y = [sum; 3];
        yield_!(6);
        let z = y;
        yield_!(z[0]);
        z[1] as usize + d.1.len() + eat(d.0)
    }
}

compare! {
    fn one_after_the_other_in_a_loop(#[resume] flag: bool) -> impl Generator<bool, Yield = usize> {
        let mut turn = 0;
        loop {
            turn += 1;
            let a = noisy(format!("a{turn}"));
            if yield_!(1) && turn == 3 { break; }
            let b = Some(a);
            let other = noisy("other");
            if yield_!(2) && turn == 2 { continue; }
            let c = vec![b];
            yield_!(c.len());
            if turn > 4 { return; }
        }
    }
}

compare! {
    fn moves_that_panic(n: usize) -> impl Generator<Yield = usize> {
        let a = noisy("a");
        yield_!(1);
        let b = (a, Brittle(noisy("brittle")));
        yield_!(2);
        let c = [10, 20][{ let b = b; event("index"); n }];
        yield_!(c);
    }
    with (2)
}

compare! {
    fn parameters_used_up(
        a: Noisy, list: Vec<Noisy>, kept: Noisy, data: [Noisy; 2], slice: &'static [u32], wide: u64,
    ) -> impl Generator<Yield = usize> {
        let n = wide as usize + slice.len();
        let length = eat(a);
        for item in list {
            yield_!(item.name().len() + n);
        }
        let pair = (data, kept);
        for item in pair.0 {
            yield_!(item.name().len() + length);
        }
    }
    with (
        noisy("a"), vec![noisy("l0"), noisy("l1")], noisy("kept"), [noisy("d0"), noisy("d1")], &[1, 2], 3,
    )
}

compare! {
    fn parameters_that_panic(a: Noisy, b: Brittle, c: Noisy, n: usize) -> impl Generator<Yield = usize> {
        let first = eat(a);
        let table = [first];
        let local = (b, table[n]);
        let kept = c;
        for n in 0..2 {
            yield_!(n);
        }
    }
    with (noisy("a"), Brittle(noisy("b")), noisy("c"), 0)
}

compare_movable! {
    fn parameters_that_move(list: Vec<Noisy>, text: String) -> impl Generator<Yield = usize> + Unpin {
        let bytes = text.into_bytes();
        for item in list {
            yield_!(item.name().len() + bytes.len());
        }
        let last = bytes;
        yield_!(last.len());
    }
    with (vec![noisy("a"), noisy("b")], String::from("text"))
}

compare! {
    fn taken_before_arguments_that_suspend(list: Vec<u32>, #[resume] _: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let items = list.into_iter().map(|n| { event(format!("{n}")); n });
        let kept = noisy("kept");
        let sum = items.fold(yield_!(1), |a, b| a + b);
        let some = Some(noisy("some"));
        let length = some.map(|noisy| noisy.name().len());
        let option = Some(3);
        yield_!(sum);
        option.zip(Some({ let kept = kept; yield_!(2) })).map(|(a, b)| a + b).unwrap_or(0)
    }
    with (vec![1, 2, 3])
}

// Arrays of scalars, which are gone when they have been read for the last time.

compare! {
    fn arrays_in_sequence(n: u32) -> impl Generator<Yield = u32> {
        let a = [n as u8 * 0 + 1; 3];
        let b = [1_u8; 64];
        yield_!(u32::from(b[0]));
        let mut sum = u32::from(b[1] + a[2]);
        let c = [2_u8; 64];
        yield_!(u32::from(c[n as usize]));
        sum += u32::from(c[1]);
        let d = [3_u8, 4, 5];
        yield_!(sum);
        yield_!(u32::from(d[2]));
    }
    with (2)
}

compare! {
    fn an_array_read_in_one_arm(b: bool) -> impl Generator<Yield = u8> {
        let first = [1_u8; 32];
        yield_!(first[0]);
        if b {
            let second = [2_u8; 32];
            yield_!(second[1]);
            let third = [3_u8; 32];
            yield_!(third[2]);
            yield_!(second[3]);
        } else {
            yield_!(0);
            yield_!(first[4]);
        }
    }
    with (false)
}

compare! {
    fn an_array_that_is_read_in_a_loop(n: u32) -> impl Generator<Yield = u8> {
        let table = [7_u8; 32];
        yield_!(table[0]);
        for i in 0..n {
            let inner = [8_u8; 32];
            yield_!(inner[i as usize]);
            let other = [9_u8; 32];
            yield_!(table[i as usize] + inner[0] + other[1]);
        }
        let last = [1_u8; 32];
        yield_!(last[0]);
    }
    with (2)
}

compare! {
    fn an_array_that_is_assigned(n: u32) -> impl Generator<Yield = u8> {
        let mut first = [1_u8; 32];
        yield_!(first[0]);
        let second = [2_u8; 32];
        yield_!(second[0]);
        first = [3; 32];
        yield_!(second[1]);
        first[1] = 4;
        yield_!(first[0] + first[1]);
    }
    with (2)
}

compare! {
    fn an_array_that_is_lent(n: u32) -> impl Generator<Yield = u8> {
        let first = [1_u8, 2, 3];
        let slice = &first[1..];
        let element = &first[0];
        yield_!(first[0]);
        let second = [4_u8, 5, 6];
        yield_!(second[0] + slice[0]);
        let add = |n: u8| n + second[1];
        yield_!(first[1]);
        let third = [7_u8, 8, 9];
        yield_!(*element + add(third[0]));
        let moved = second;
        yield_!(moved[2] + third[2]);
    }
    with (2)
}

compare! {
    fn an_array_that_is_only_written(n: u32) -> impl Generator<Yield = u8> {
        let mut first = [1_u8; 32];
        yield_!(first[0]);
        let second = [2_u8; 32];
        yield_!(second[0]);
        first[1] = 4;
        yield_!(second[1]);
        first[2] += 4;
        yield_!(second[2]);
        let third = [5_u8; 32];
        yield_!(third[1]);
        first = [6; 32];
        yield_!(third[2] + second[2]);
    }
    with (2)
}

compare! {
    fn scalars_that_are_changed(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut first = 7_u32;
        yield_!(first);
        let second = 8_u32;
        yield_!(second);
        first += 1;
        let third = [9_u32; 2];
        yield_!(second + third[0]);
        first -= yield_!(third[1]);
        let fourth = 10_u32;
        let held = &fourth;
        yield_!(second);
        let mut fifth = 11_u32;
        yield_!(fifth + *held);
        (first, fifth) = (12, 13);
        yield_!(*held + third[0]);
        let sixth = -1_i32;
        yield_!(sixth.unsigned_abs());
        if sixth < 0 { yield_!(second); }
        let seventh = true;
        yield_!(u32::from(seventh));
        while seventh && first < 14 { first += 1; }
        first
    }
}
