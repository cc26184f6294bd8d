//! Yields anywhere an expression may stand: operands are evaluated in order, and saved.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::ops::{Add, Index, Neg};

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

fn three(a: u32, b: u32, c: u32) -> u32 {
    event(format!("three {a} {b} {c}"));
    a + b + c
}

fn join(a: Noisy, b: Noisy, c: Noisy) -> Noisy {
    noisy(format!("{a:?}{b:?}{c:?}"))
}

fn longer<'a>(a: &'a Noisy, b: &'a Noisy) -> &'a Noisy {
    if a.name().len() >= b.name().len() {
        a
    } else {
        b
    }
}

#[derive(Debug)]
struct Record {
    a: Noisy,
    b: u32,
    c: Noisy,
    d: u32,
}

fn record(name: &str) -> Record {
    Record {
        a: noisy(name),
        b: 1,
        c: noisy(format!("{name} c")),
        d: 4,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Money(u32);

impl Add for Money {
    type Output = Money;

    fn add(self, other: Money) -> Money {
        event(format!("{} + {}", self.0, other.0));
        Money(self.0 + other.0)
    }
}

impl Neg for Money {
    type Output = Money;

    fn neg(self) -> Money {
        event(format!("-{}", self.0));
        Money(1000 - self.0)
    }
}

struct Table(Vec<u32>);

impl Index<u32> for Table {
    type Output = u32;

    fn index(&self, index: u32) -> &u32 {
        event(format!("index {index}"));
        &self.0[index as usize % self.0.len()]
    }
}

impl Table {
    fn get(&self, a: u32, b: u32) -> u32 {
        event(format!("get {a} {b}"));
        self.0[(a + b) as usize % self.0.len()]
    }

    fn put(&mut self, n: u32) -> &mut Self {
        event(format!("put {n}"));
        self.0.push(n);
        self
    }

    fn finish(self, n: u32) -> u32 {
        self.0.iter().sum::<u32>() + n
    }
}

compare! {
    fn arguments(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let x = three(mk(1), yield_!(n), mk(2));
        let y = three(yield_!(1), yield_!(2), yield_!(3));
        let z = three(mk(1), mk(2), three(mk(3), yield_!(three(mk(4), yield_!(5), mk(6))), mk(7)));
        x + y + z
    }
}

compare! {
    fn arguments_that_own(#[resume] first: Noisy) -> impl Generator<Noisy, Yield = &'static str, Return = Noisy> {
        let kept = noisy("kept");
        let a = join(noisy("a"), yield_!("one"), noisy("b"));
        let b = join(first, yield_!("two"), a);
        let c = join(kept, join(noisy("x"), yield_!("three"), noisy("y")), yield_!("four"));
        join(b, c, yield_!("five"))
    }
}

compare! {
    fn arguments_that_borrow(#[resume] first: u32) -> impl Generator<u32, Yield = u32, Return = String> {
        let a = noisy("a");
        let mut list = vec![1, 2, 3];
        let text = format!("{:?}", longer(&a, &noisy(format!("temporary {}", yield_!(first)))));
        let n = std::mem::replace(&mut list, vec![yield_!(2)]).len();
        let m = u32::max(*list.first().unwrap(), yield_!(n as u32));
        list.extend([m, yield_!(4)].iter());
        format!("{text} {n} {m} {list:?}")
    }
}

compare! {
    fn arithmetic(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = bool> {
        let a = mk(1) + yield_!(1);
        let b = yield_!(2) * mk(3) - (yield_!(a) % 7);
        let c = -(i64::from(yield_!(b)) - 5) as u32 ^ !yield_!(4);
        let d = mk(n) < yield_!(5) && yield_!(6) >= yield_!(7) || (yield_!(8) == mk(8)) != (mk(c) > 1);
        let e = (mk(1) << (yield_!(9) % 3)) | yield_!(10) & 0xff;
        d == (e > yield_!(e))
    }
}

compare! {
    fn overloaded_operators(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Money> {
        let base = Money(n);
        let a = base + Money(yield_!(1));
        let b = Money(yield_!(2)) + a + Money(yield_!(3));
        let c = -Money(yield_!(4)) + { yield_!(5); base };
        let table = Table(vec![3, 1, 2]);
        let d = table[yield_!(6)] + table[mk(1)] + yield_!(table[2]);
        let smaller = b < Money(yield_!(7)) || c > Money(d);
        let text = String::from("a") + &yield_!(8).to_string() + "b";
        Money(d + u32::from(smaller) + text.len() as u32)
    }
}

compare! {
    fn tuples_and_arrays(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let tuple = (noisy("a"), yield_!(n), noisy("b"), (yield_!(1), noisy("c")));
        event(format!("{tuple:?}"));
        let array = [noisy("d"), noisy(format!("e{}", yield_!(2))), noisy("f")];
        event(format!("{array:?}"));
        let list = vec![yield_!(3), mk(4), yield_!(5)];
        let repeated = [yield_!(6); 3];
        let nested = [[mk(1), yield_!(7)], [yield_!(8), mk(2)]];
        let more = vec![yield_!(9); 2];
        event(format!("{list:?} {repeated:?} {nested:?} {more:?}"));
        let (x, y) = (yield_!(10), noisy("y"));
        array.len() + x as usize + y.name().len()
    }
}

compare! {
    fn struct_literals(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Record> {
        let one = Record { a: noisy("a"), b: yield_!(n), c: noisy("c"), d: yield_!(1) };
        let two = Record { d: yield_!(2), c: noisy(format!("c{}", yield_!(3))), b: one.b, a: one.a };
        event(format!("{two:?} {:?}", one.c));
        let base = noisy("base");
        let three = Record { b: yield_!(4), ..record(base.name()) };
        yield_!(three.d);
        let four = Record { a: noisy("four"), b: yield_!(5), ..three };
        yield_!(four.b);
        Record { d: { yield_!(6); 7 }, ..four }
    }
}

compare! {
    fn enum_and_tuple_struct_constructors(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let some = Some(yield_!(n)).map(|n| n + 1);
        let money = Money(yield_!(1));
        let boxed: Box<dyn Fn(u32) -> u32> = Box::new({ let add = yield_!(2); move |n| n + add });
        let result: Result<Noisy, u32> = if some > Some(5) { Ok(noisy(yield_!(3).to_string())) } else { Err(yield_!(4)) };
        event(format!("{some:?} {money:?} {result:?}"));
        boxed(yield_!(5))
    }
}

compare! {
    fn receivers_come_first(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut table = Table(vec![5, 6, 7]);
        let a = table.get(mk(1), yield_!(n));
        let b = table.get(yield_!(1), yield_!(2));
        table.put(yield_!(3)).put(mk(4)).put(yield_!(a + b));
        let c = noisy("temporary").and("!").name().len() as u32 + yield_!(4);
        let d = Table(vec![yield_!(5)]).put(yield_!(6)).get(yield_!(7), mk(0));
        table.finish(yield_!(c + d))
    }
}

compare! {
    fn indexing(#[resume] n: usize) -> impl Generator<usize, Yield = usize, Return = usize> {
        let table = vec![vec![1, 2, 3], vec![4, 5, 6]];
        let mut array = [10, 20, 30, 40, 50, 60, 70, 80];
        let a = table[yield_!(n) % 2][mk(1)];
        let b = array[mk(2)] + array[yield_!(a) % 8];
        array[yield_!(b) % 8] = yield_!(1);
        let slice = &array[yield_!(3) % 4..][..2];
        let sum: usize = slice.iter().sum();
        sum + table[0].iter().sum::<usize>() + array[7]
    }
}

compare! {
    fn compound_assignment_at_an_index(#[resume] n: usize) -> impl Generator<usize, Yield = usize> {
        let mut array = [10, 20, n];
        array[mk(2)] += yield_!(2);
        yield_!(array[2]);
    }
}

compare! {
    fn ranges_references_and_casts(#[resume] n: u32) -> impl Generator<u32, Yield = u64, Return = String> {
        let range = mk(1)..yield_!(1);
        let inclusive = yield_!(2)..=yield_!(3);
        let reference = &yield_!(4);
        let unique = &mut [yield_!(5), n];
        unique[1] += *reference;
        let cast = yield_!(6) as u8 as char;
        let negated = !(yield_!(7) > 3);
        let parenthesized = ((yield_!(8)));
        // SAFETY: what is unsafe here is sound for the types of this body.
        let block = unsafe { yield_!(9) };
        format!("{range:?} {inclusive:?} {reference} {unique:?} {cast} {negated} {parenthesized} {block}")
    }
}

compare! {
    fn yields_in_yields(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let kept = noisy("kept");
        let a = yield_!(yield_!(yield_!(n) + 100) + 100);
        yield_!({ let inner = noisy("inner"); let b = yield_!(a); event(format!("{inner:?}")); b });
        yield_!(three(yield_!(1), kept.name().len() as u32, yield_!(2)));
        yield_!(yield_!(3)) + yield_!(yield_!(4))
    }
}

compare! {
    fn callee_and_macro_arguments(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = String> {
        let functions: [fn(u32, u32) -> u32; 2] = [|a, b| a + b, |a, b| a * b];
        let a = functions[(yield_!(n) % 2) as usize](mk(3), yield_!(1));
        let b = (if yield_!(2) > 0 { functions[0] } else { functions[1] })(yield_!(3), mk(1));
        let text = format!("{} {a} {:?} {b}", yield_!(4), yield_!(5));
        assert_eq!(yield_!(6), 16 + mk(0), "in order {}", n);
        assert!(yield_!(7) > 1);
        let list = vec![noisy("v"), noisy(format!("{}", yield_!(8)))];
        let found = matches!(yield_!(9), 1..=100);
        format!("{text} {list:?} {found}")
    }
}

compare! {
    fn earlier_operands_are_copied_before_a_yield(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut x = n;
        let a = x + { x = yield_!(x); x };
        let b = three(x, { x += yield_!(x); x }, x);
        let pair = (x, { x = 0; yield_!(b) }, x);
        let c = { x += 1; x } * 100 + yield_!(x);
        a + b + pair.0 + pair.1 + pair.2 + c
    }
}

compare! {
    fn abandoned_operands_drop_in_reverse(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut rounds = n;
        'again: loop {
            rounds = yield_!(rounds);
            let whole = (
                noisy("first"),
                [noisy("second"), noisy("third")],
                Record { a: noisy("fourth"), c: noisy("fifth"), b: if rounds > 13 { break 'again } else { yield_!(1) }, d: 0 },
                if rounds == 11 { continue 'again } else { noisy("sixth") },
            );
            event(format!("{whole:?}"));
        }
        rounds
    }
}

struct Price(usize, Noisy);

fn price(at: usize) -> Price {
    event("price");
    Price(at, noisy("price"))
}

compare! {
    fn indexed_by_a_part_of_a_temporary(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = bool> {
        let table = [7, 8, 9];
        let names = vec![noisy("a"), noisy("b")];
        let less = table[price(1).0] < yield_!(1);
        let same = names[price(0).0].name() == { yield_!(2); String::from("a") };
        let mut list = vec![vec![1], vec![2]];
        list[price(1).0].push(yield_!(3));
        list[price(1).0][price(0).0] += yield_!(4);
        less && list[1][0] > yield_!(list[1].len() as u32)
    }
}

compare! {
    fn locals_of_generated_names(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let mut index = vec![vec![1], vec![2]];
        let place = 1;
        let captures_1 = [3, 4];
        index[price(1).0].push(yield_!(1));
        index[place].push(yield_!(2));
        index[0].push(yield_!(captures_1[place] + n));
        let less = captures_1[place] < yield_!(index[place].len() as u32);
        yield_!(index[1][2] + less as u32);
    }
}
