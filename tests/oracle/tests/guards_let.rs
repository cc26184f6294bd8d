//! Guards with `let`: what they leave lives as long as the arm.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, compare_borrowing, compare_movable, event, mk, noisy};

use std::cell::{Cell, RefCell};

#[derive(Debug)]
enum Op {
    One(Noisy),
    Two(Noisy, Noisy),
    Number(u32),
}

/// A temporary that says when it drops.
struct Lens(Noisy, u32);

impl Lens {
    fn of(name: &str, n: u32) -> Lens {
        Lens(noisy(format!("lens {name}")), n)
    }
    fn half(&self) -> Option<u32> {
        event(format!("half {}", self.1));
        self.1.is_multiple_of(2).then_some(self.1 / 2)
    }
    fn name(&self) -> Option<&Noisy> {
        (self.1 > 1).then_some(&self.0)
    }
}

compare! {
    fn a_guard_suspends(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut sum = 0;
        for x in [Some(1), Some(2), Some(3), Some(4), None] {
            sum += match x {
                Some(x) if let Some(h) = { yield_!(x); Lens::of("a", x).half() } => h,
                Some(x) if let 3 = yield_!(x + 10) % 4 => 100,
                Some(x) if x == 3 && let Some(name) = Lens::of("b", x).name() && yield_!(20) > 0 => {
                    name.name().len() as u32
                }
                _ => 1000,
            };
        }
        sum + n
    }
}

compare! {
    fn both_suspend(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let op = Op::Two(noisy("x"), noisy("y"));
        let kept = noisy("kept");
        let length = match op {
            Op::One(s) => { yield_!(100); s.name().len() }
            Op::Two(a, _) if let Some(name) = Lens::of(a.name(), yield_!(1)).name() && name.name().len() == 0 => {
                yield_!(2);
                a.name().len()
            }
            Op::Two(a, b)
                if let Some(half) = Lens::of(a.name(), { yield_!(3); 6 }).half()
                    && yield_!(half) > 0
                    && let Some(name) = Lens::of(b.name(), half).name() =>
            {
                let before = yield_!(4);
                event(format!("{name:?} {before} {a:?}"));
                drop(b);
                yield_!(5);
                a.name().len()
            }
            _ => { yield_!(6); 0 }
        };
        yield_!(7);
        event(format!("{kept:?}"));
        length
    }
}

compare! {
    fn temporaries_live_as_long_as_the_arm() -> impl Generator<Yield = u32, Return = u32> {
        let mut sum = 0;
        for n in 0..6 {
            sum += match n {
                n if let Some(h) = Lens::of("first", n).half() && h > 0 && let Some(name) = Lens::of("second", h).name() => {
                    event(format!("{name:?}"));
                    yield_!(h);
                    h
                }
                k if let Some(name) = Lens::of("third", k).name() => {
                    yield_!(name.name().len() as u32);
                    event("after");
                    1
                }
                n if let 0 = Lens::of("fourth", n).1 => { event("no suspension"); 10 }
                _ => { yield_!(99); 1000 }
            };
        }
        sum
    }
}

compare! {
    fn of_a_local_that_is_taken_apart(
        pair: (Noisy, Noisy),
    ) -> impl Generator<Yield = u32, Return = usize> {
        let other = (noisy("c"), Some(noisy("d")));
        yield_!(1);
        let first = match pair {
            (a, _) if let Some(name) = Lens::of(a.name(), 1).name() => a.name().len(),
            (a, b) if let Some(half) = Lens::of(b.name(), 4).half() && half == 2 => {
                event(format!("{half} {a:?}"));
                drop(b);
                10
            }
            _ => 100,
        };
        yield_!(2);
        let second = match other {
            (c, None) if let Some(2) = Lens::of("none", 4).half() => 1,
            (ref c, Some(d)) if let Some(name) = Lens::of(c.name(), 2).name() => {
                event(format!("{name:?} {d:?}"));
                2
            }
            (c, _) => 3,
        };
        yield_!(3);
        first + second
    }
    with ((noisy("a"), noisy("b")))
}

compare! {
    fn all_fail(op: Op) -> impl Generator<Yield = u32, Return = u32> {
        let kept = noisy("kept");
        yield_!(1);
        match op {
            Op::One(a) if let Some(n) = Lens::of("one", 2).half() => n,
            Op::Two(a, b) if let Some(n) = Lens::of("two", 3).half() => { drop(a); n }
            Op::Two(a, b) if let Some(n) = { yield_!(2); Lens::of("three", 5).half() } => { yield_!(n); drop(b); n }
            Op::Two(a, _) if a.name() == "x" && let None = Lens::of("four", 5).half() && { yield_!(3); false } => 7,
            Op::Two(_, b) => { yield_!(4); drop(b); yield_!(5); 8 }
            _ => 9,
        }
    }
    with (Op::Two(noisy("x"), noisy("y")))
}

compare! {
    fn alternatives_that_suspend(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut sum = 0;
        for pair in [(1, 2), (2, 1), (3, 3), (4, 9), (5, 5)] {
            sum += match pair {
                (a, _) | (_, a) if yield_!(a) > 0 && a == 2 => 100 + a,
                (3 | _, b) | (b, 3 | _) if { yield_!(b + 20); b == 3 && yield_!(77) % 2 == 0 } => { yield_!(78); b }
                (x @ (4 | 9), _) | (_, x @ (9 | 4)) if let Some(h) = Lens::of("alt", yield_!(x) + x).half() => { yield_!(h); h }
                _ => yield_!(99),
            };
        }
        sum + n
    }
}

compare! {
    fn alternatives_of_what_is_moved() -> impl Generator<Yield = u32, Return = usize> {
        let mut length = 0;
        for (n, names) in [("a", "b"), ("bb", "b"), ("c", "ddd"), ("", "")].into_iter().enumerate() {
            let pair = (Some(noisy(names.0)), Some(noisy(names.1)), noisy(format!("rest{n}")));
            length += match pair {
                (Some(x), ..) | (_, Some(x), _) if { yield_!(x.name().len() as u32); x.name() == "b" } => {
                    yield_!(50);
                    event(format!("{x:?}"));
                    x.name().len()
                }
                (Some(x), _, rest) | (_, Some(x), rest) if let Some(name) = Lens::of(x.name(), x.name().len() as u32).name() => {
                    drop(x);
                    event(format!("{name:?}"));
                    yield_!(51);
                    rest.name().len()
                }
                (Some(x), Some(y), _) | (Some(y), Some(x), _) if let 0 = Lens::of("zero", 0).1 && x.name() == "" => {
                    event("empty");
                    7
                }
                _ => { yield_!(52); 0 }
            };
            yield_!(60);
        }
        length
    }
}

compare! {
    fn alternatives_without_suspension() -> impl Generator<Yield = u32, Return = usize> {
        let pair = (noisy("a"), noisy("b"));
        let count = Cell::new(0);
        yield_!(0);
        let r = match pair {
            (x, _) | (_, x) if let () = count.set(count.get() + 1) && let Some(name) = Lens::of(x.name(), count.get()).name() => {
                event(format!("{x:?} {name:?}"));
                1
            }
            _ => 2,
        };
        yield_!(count.get());
        r
    }
}

compare! {
    fn among_operands() -> impl Generator<Yield = u32, Return = Vec<usize>> {
        let pair = (noisy("p"), Some(noisy("q")));
        yield_!(1);
        let list = vec![
            noisy("before").name().len(),
            match (noisy("m"), noisy("n")) {
                (m, _) if let Some(h) = Lens::of(m.name(), 3).half() => 0,
                (_, n) if let Some(name) = Lens::of(n.name(), 2).name() => { event(format!("{name:?}")); drop(n); 5 }
                (m, n) => 1,
            },
            match pair {
                (p, Some(q)) if let Some(name) = Lens::of(p.name(), 2).name() && name.name() != p.name() => { drop(q); p.name().len() }
                _ => 9,
            },
            { yield_!(2); 3 },
            match (noisy("v"), noisy("w")) {
                (v, _) if let Some(h) = { yield_!(7); Lens::of(v.name(), 8).half() } => h as usize,
                (v, w) => { yield_!(8); 2 }
            },
        ];
        yield_!(4);
        list
    }
}

fn find<'a>(list: &'a [Noisy], what: &str) -> Option<&'a Noisy> {
    list.iter().find(|n| n.name() == what)
}

compare! {
    fn what_refers_to_the_binding() -> impl Generator<Yield = u32, Return = usize> {
        let list = vec![noisy("a"), noisy("b")];
        let all = vec![Some(&list), None];
        let cell = RefCell::new(vec![noisy("in a cell")]);
        let mut length = 0;
        for some in &all {
            length += match some {
                Some(list) if let Some(b) = find(list, "b") => { yield_!(1); b.name().len() }
                Some(_) => 10,
                None if let Some(first) = cell.borrow().first() && yield_!(2) == () => {
                    event(format!("{first:?} {}", cell.try_borrow_mut().is_err()));
                    yield_!(3);
                    first.name().len()
                }
                None => 100,
            };
            event(format!("{}", cell.try_borrow_mut().is_ok()));
        }
        match &list[..] {
            [first, rest @ ..] if let Some(b) = rest.iter().find(|n| n.name() > first.name()) && let [] = &rest[1..] => {
                yield_!(4);
                event(format!("{b:?} {first:?}"));
            }
            _ => unreachable!(),
        }
        length
    }
}

compare! {
    fn jumps_out() -> impl Generator<Yield = u32, Return = u32> {
        let mut n = 0;
        let r = 'outer: loop {
            n += 1;
            let held = Some(noisy(format!("held{n}")));
            let value = match held {
                Some(h) if let Some(half) = Lens::of("jump", n).half() && { if n == 4 { continue } n != 4 } => {
                    if half == 3 { break half }
                    yield_!(half);
                    drop(h);
                    continue 'outer
                }
                Some(a) | Some(a) if let 3 = n && { yield_!(30); if n == 9 { break 9 } true } => { drop(a); 3 }
                Some(h) if n > 20 && let Some(x) = { if n == 21 { return 5 } yield_!(9); Some(1) } => x,
                other => { yield_!(20); 0 }
            };
            yield_!(value);
            fn nothing() {}
        };
        let mut n = 0;
        while n < 5 {
            n += 1;
            let pair = (noisy("a"), n);
            match pair {
                (a, n) if let Some(2) = Lens::of("w", n).half() => { drop(a); break }
                (a, n) if let 3 = Lens::of("c", n).1 => continue,
                (a, _) if { if n == 7 { break } let 1 = n else { continue }; true } => drop(a),
                _ => unreachable!(),
            }
        }
        yield_!(n);
        r
    }
}

compare! {
    fn nested_in_each_other(op: Op) -> impl Generator<Yield = u32, Return = usize> {
        let pair = (noisy("p"), noisy("q"));
        match pair {
            (p, q)
                if let Some(n) = match &op {
                    Op::Two(a, _) if let Some(h) = Lens::of(a.name(), { yield_!(1); 8 }).half() && let 4 = h => {
                        yield_!(h);
                        Some(h)
                    }
                    _ => None,
                } && let Some(name) = Lens::of(p.name(), n).name() =>
            {
                event(format!("{name:?}"));
                match op {
                    Op::Two(a, b) if let Some(h) = Lens::of(b.name(), { yield_!(2); 2 } + n).half() => {
                        drop(b);
                        yield_!(h);
                        a.name().len() + q.name().len()
                    }
                    _ => 0,
                }
            }
            _ => 100,
        }
    }
    with (Op::Two(noisy("x"), noisy("y")))
}

compare! {
    fn of_parts_and_boxes() -> impl Generator<Yield = u32, Return = usize> {
        let all = (Box::new((noisy("in a box"), noisy("beside"))), (noisy("0"), noisy("1")), noisy("end"));
        yield_!(1);
        let a = match *all.0 {
            (x, _) if let Some(name) = Lens::of("box", 2).name() => { yield_!(2); drop(x); name.name().len() }
            _ => 0,
        };
        let b = match all.1 {
            (zero, _) if let None = Lens::of(zero.name(), 1).name() && let Some(2) = Lens::of("array", 4).half() => {
                event(format!("{zero:?}"));
                1
            }
            _ => 2,
        };
        yield_!(3);
        a + b
    }
}

compare! {
    fn jumps_out_of_a_loop_that_does_not_suspend() -> impl Generator<Yield = u32, Return = u32> {
        let mut pair = (noisy("a"), Some(noisy("b")));
        let mut n = 0;
        while n < 9 {
            n += 1;
            match pair {
                (a, _) if let Some(3) = Lens::of("w", n).half() => { drop(a); pair = (noisy("last"), None); break }
                (a, Some(b)) if let Some(h) = Lens::of("x", n).half() && { if h == 7 { break } h == 1 } => drop(b),
                (a, None) | (a, Some(_)) if { if n == 3 { pair = (noisy("new"), None); continue } true } => drop(a),
                _ => unreachable!(),
            }
            pair = (noisy(format!("a{n}")), Some(noisy(format!("b{n}"))));
        }
        yield_!(n);
        event(format!("{pair:?}"));
        let mut k = 0;
        for one in [noisy("one"), noisy("two")] {
            let held = Some(one);
            k = loop {
                match held {
                    Some(o) if let Some(name) = Lens::of("y", k + 2).name() => break ({ drop(o); name.name().len() as u32 }),
                    _ => break 0,
                }
            };
            yield_!(k);
        }
        n
    }
}

compare! {
    fn by_reference_and_by_binding_mode(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut ops = vec![Op::One(noisy("one")), Op::Two(noisy("p"), noisy("q")), Op::Number(4)];
        let mut sum = n;
        for op in &mut ops {
            sum += match op {
                Op::One(s) if let Some(name) = Lens::of(s.name(), yield_!(1)).name() => {
                    s.rename("changed");
                    yield_!(name.name().len() as u32)
                }
                Op::Two(a, _) | Op::Two(_, a) if let 0 = yield_!(2) % 3 && let Some(x) = Some(&*a) && let Some(h) = Lens::of(x.name(), 2).half() => {
                    a.rename("renamed");
                    yield_!(h)
                }
                Op::Number(k @ 1..=5) if let Some(h) = Lens::of("k", *k).half() => { *k = yield_!(h); *k }
                _ => 1000,
            };
        }
        match ops {
            ref mut list @ (_) if let [Op::One(_), .., last] = &list[..] && yield_!(list.len() as u32) > 0 => { list.pop(); }
            _ => {}
        }
        event(format!("{ops:?}"));
        match (noisy("t"), 5) {
            (ref t, ref mut five) if let Some(name) = Lens::of(t.name(), *five).name() => { *five += yield_!(3); sum + *five }
            _ => 0,
        }
    }
}

compare! {
    fn a_closure_in_the_guard() -> impl Generator<Yield = u32, Return = usize> {
        let list = vec![noisy("a"), noisy("b")];
        let found = Some(noisy("b"));
        let limit = 5;
        match found {
            Some(f) if let Some(at) = list.iter().position(|n| n.name() == f.name()) && { yield_!(at as u32); true }
                && let Some(len) = Some((|| f.name().len() + limit)()) => { yield_!(len as u32); drop(f); at + len }
            _ => 100,
        }
    }
}

compare! {
    fn of_results(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Result<u32, String>> {
        let text = Some(String::from("12"));
        let value = match text {
            Some(t) if let Ok(n) = t.parse::<u32>() && let m = "7".parse::<u32>().map_err(|e| e.to_string())? => {
                yield_!(n);
                t.len() as u32 + m
            }
            Some(t) if let Ok(n) = t.parse::<u32>() => n,
            _ => 0,
        };
        match value {
            9 if let 1.. = Err::<u32, _>(format!("err{}", yield_!(2)))? => 1,
            v => Ok::<u32, String>(v)?,
        };
        Ok(value)
    }
}

compare! {
    fn the_guard_never_returns(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let pair = (noisy("a"), n);
        match pair {
            (a, k) if let 11 = yield_!(k) && return 7 => 1,
            (a, k) | (a, k) if let 12 = k + 1 && { yield_!(k); return k } => 2,
            (a, _) => 3,
        }
    }
}

/// Pending once, then ready with its value.
struct Later(u32, bool, Noisy);

impl std::future::Future for Later {
    type Output = u32;
    fn poll(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<u32> {
        event(format!("poll {:?}", self.2));
        if std::mem::replace(&mut self.1, true) {
            return std::task::Poll::Ready(self.0);
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    }
}

impl Unpin for Later {}

fn later(n: u32) -> Later {
    Later(n, false, noisy(format!("later{n}")))
}

compare! {
    async fn awaits_in_guards() -> usize {
        let pair = (noisy("p"), noisy("q"));
        match pair {
            (p, _) if let Some(n) = Lens::of(p.name(), later(3).await).half() => 1,
            (p, _) | (_, p) if let Some(name) = Lens::of(p.name(), later(4).await).name() && p.name() == "q" => {
                later(0).await;
                event("after");
                drop(p);
                name.name().len()
            }
            _ => 0,
        }
    }
}

compare_movable! {
    fn in_a_movable_machine(pair: (Noisy, Option<Noisy>)) -> impl Generator<Yield = u32, Return = usize> + Unpin {
        let mut n = 0;
        for k in 0..4 {
            match k {
                k if let Some(h) = Lens::of("m", k).half() => { yield_!(h); n += 1; }
                _ => { yield_!(52); }
            }
        }
        let r = match pair {
            (p, None) if let Some(h) = Lens::of(p.name(), 1).half() => 0,
            (p, Some(q)) if let Some(h) = Lens::of(p.name(), 4).half() && q.name() != "z" => {
                drop(q);
                yield_!(h);
                p.name().len()
            }
            _ => 5,
        };
        yield_!(60);
        n + r
    }
    with ((noisy("p"), Some(noisy("q"))))
}

compare! {
    fn arms_are_coerced(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = String> {
        let pair = (noisy("a"), String::from("text"));
        yield_!(0);
        let shown: Box<dyn std::fmt::Debug> = match pair {
            (a, _) if let Some(h) = Lens::of(a.name(), yield_!(1)).half() => { yield_!(h); Box::new(a) }
            (_, text) if let Some(name) = Lens::of("b", 2).name() && n > 5 => Box::new(text),
            _ => Box::new(()),
        };
        event(format!("{shown:?}"));
        let text = String::from("kept");
        let slice: &str = match n {
            k if let Some(h) = Lens::of("c", k).half() && h == 0 => { yield_!(h); &text }
            k if let 10 = { yield_!(k); k } => &text,
            _ => "other",
        };
        yield_!(slice.len() as u32);
        let apply: fn(u32) -> u32 = match n {
            k if let Some(_) = Lens::of("d", yield_!(3)).name() => |x| x + 1,
            _ => |x| x + 2,
        };
        let value = match n {
            k if let Some(h) = Lens::of("e", k + 1).half() => return format!("{h}"),
            k if let Some(h) = Lens::of("f", yield_!(4)).half() && h > 1000 => panic!("{h}"),
            k if let Some(h) = Lens::of("g", k).half() => apply(h),
            _ => loop { yield_!(5); },
        };
        format!("{slice} {value}")
    }
}

compare! {
    fn nested_alternatives(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let mut sum = 0;
        for ops in [
            (Some(Op::One(noisy("a"))), [1, 2, 3]),
            (Some(Op::Two(noisy("b"), noisy("c"))), [3, 2, 1]),
            (None, [2, 2, 2]),
        ] {
            sum += match ops {
                (Some(Op::One(x) | Op::Two(x, _) | Op::Two(_, x)), [k, 2, _] | [_, 2, k])
                    if let Some(name) = Lens::of(x.name(), { yield_!(k); k }).name() && yield_!(50) != 0 && (x.name(), k) != ("b", 3) =>
                {
                    event(format!("{x:?} {k} {name:?}"));
                    yield_!(51)
                }
                (None | Some(_), [.., k] | [k, ..] | [_, k, _]) if { yield_!(k + 60); k == 2 } => {
                    yield_!(52);
                    k
                }
                (Some(Op::Two(x, _) | Op::Two(_, x)), _) | (Some(Op::One(x)), _) if let "c" | "z" = { yield_!(70); x.name() } => {
                    drop(x);
                    yield_!(71)
                }
                _ => yield_!(72),
            };
        }
        sum + n
    }
}

compare! {
    fn an_arm_that_moves_what_others_use(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let a = noisy("a");
        let mut b = Some(noisy("b"));
        let list = RefCell::new(vec![noisy("x"), noisy("y")]);
        let length = match n {
            10 if let Some(first) = list.borrow().first() && yield_!(1) > 0 && first.name() == "z" => { drop(a); yield_!(2); 1 }
            k if let Some(first) = list.borrow_mut().pop() && let Some(taken) = b.take() && { yield_!(k); taken.name() == "no" } => 2,
            k if let None = b && let last = list.borrow_mut() && { b = Some(noisy("new")); yield_!(k) > 0 } => {
                let moved = a;
                event(format!("{} {:?}", last.len(), list.try_borrow().is_err()));
                yield_!(3);
                moved.name().len() + last.len()
            }
            _ => { drop(a); 3 }
        };
        event(format!("{b:?} {list:?}"));
        length
    }
}

compare! {
    fn many_arms_share_what_they_keep(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let mut total = 0;
        for op in [Op::One(noisy("a")), Op::Two(noisy("b"), noisy("c")), Op::Number(7), Op::Number(8)] {
            total += match (op, noisy("beside")) {
                (Op::One(x), beside) if let Some(h) = Lens::of(x.name(), 3).half() => 1,
                (Op::One(x), _) if let Some(h) = Lens::of(x.name(), yield_!(1) + 4).half() => { let held = noisy("held"); yield_!(h); x.name().len() }
                (Op::Two(x, y), beside) if { let t = noisy("t"); yield_!(2); t.name() == "u" } => 2,
                (Op::Two(x, y), beside) if let Some(name) = Lens::of(y.name(), 2).name() && let Some(half) = Lens::of(name.name(), 2).half() && yield_!(half) > 0 => {
                    drop(x);
                    yield_!(3);
                    drop(beside);
                    yield_!(4);
                    y.name().len() + name.name().len()
                }
                (Op::Number(k), ref beside) if let Some(h) = Lens::of(beside.name(), k).half() => { yield_!(h); beside.name().len() }
                (other, beside) => { yield_!(5); drop(beside); yield_!(6); drop(other); 4 }
            };
        }
        total
    }
}

compare! {
    fn the_guard_refers_to_what_a_reference_is_bound_to(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let pair = (noisy("a"), [noisy("b"), noisy("c")]);
        let mut total = 0;
        match &pair {
            (a, all) if let y = &a && let z = &all[..] && y.name().len() > 0 => {
                let held = [n; 8];
                yield_!(y.name().len() as u32 + held[3]);
                event(format!("{y:?} {z:?} {a:?}"));
                yield_!(z.len() as u32);
                total += y.name().len();
            }
            _ => unreachable!(),
        }
        match pair.1[..] {
            [ref first, ref rest @ ..] if let y = &rest && yield_!(1) > 0 && let z = &first && y.len() == 1 => {
                yield_!(2);
                event(format!("{y:?} {z:?}"));
                total += yield_!(y.len() as u32) as usize;
            }
            _ => unreachable!(),
        }
        let numbers = [3, 4];
        match &numbers {
            [k, _] | [_, k] if let &k = k && let y = &k && *y == 4 => {
                yield_!(*y);
                total += *y as usize;
            }
            _ => unreachable!(),
        }
        match &(n, 5) {
            &(k, five) if let y = &k && let f = &five => {
                yield_!(*y + k);
                total += (*y + *f) as usize;
            }
            _ => unreachable!(),
        }
        match (n, "text") {
            (k, text) if let y = &k && let t = &text => {
                yield_!(*y + k);
                event(format!("{t} {text}"));
                total += yield_!(*y) as usize;
                total += t.len();
            }
            _ => unreachable!(),
        }
        total
    }
}

compare! {
    fn the_guard_assigns_what_refers_to_a_binding(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let pair = (noisy("a"), [noisy("b"), noisy("c")]);
        let mut total = 0;
        let mut seen = None;
        match &pair {
            (a, all) if { seen = Some((&a, &all[..])); seen.is_some() } => {
                let held = [n; 8];
                yield_!(held[3]);
                event(format!("{seen:?} {a:?}"));
                total += 1;
            }
            _ => unreachable!(),
        }
        let mut last = None;
        match &pair {
            (a, _) if { last = Some(&a); yield_!(1); last.is_none() } => unreachable!(),
            (_, [b, _]) | (_, [_, b]) if { last = Some(&b); yield_!(2); b.name() == "c" } => {
                let held = [n; 8];
                yield_!(held[3]);
                event(format!("{last:?} {b:?}"));
                total += yield_!(held[4]) as usize;
            }
            _ => unreachable!(),
        }
        total
    }
}
