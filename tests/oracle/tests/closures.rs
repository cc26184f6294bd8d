//! Closures that capture saved locals, nested functions and items.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, noisy};

fn call<T>(f: impl FnOnce() -> T) -> T {
    event("call");
    f()
}

fn twice(mut f: impl FnMut(u32)) {
    f(1);
    f(2);
}

fn yield_later(value: &Noisy) -> usize {
    event(format!("{value:?}"));
    1
}

struct Config {
    name: Noisy,
    limits: (u32, u32),
}

compare! {
    fn borrowing_closure_is_saved() -> impl Generator<Yield = String> {
        let name = noisy("name");
        let greet = |who: &str| format!("{} {who}", name.name());
        yield_!(greet("a"));
        yield_!(name.name().to_owned());
        yield_!(greet("b"));
        let by_reference: &dyn Fn(&str) -> String = &greet;
        yield_!(by_reference("c"));
    }
}

compare! {
    fn mutating_closure_is_saved() -> impl Generator<Yield = u32, Return = (u32, Noisy)> {
        let mut total = 0;
        let mut name = noisy("n");
        let mut add = |n| {
            total += n;
            name.rename("+");
            total
        };
        yield_!(add(1));
        yield_!(add(2));
        twice(|n| { add(n); });
        yield_!(add(10));
        (total, name)
    }
}

compare! {
    fn moving_closures() -> impl Generator<Yield = usize, Return = String> {
        let a = noisy("a");
        let b = noisy("b");
        let count = 3;
        let owning = move || a.name().len() + count;
        yield_!(owning());
        yield_!(owning() + count);
        let once = move || b;
        yield_!(0);
        let back = once();
        yield_!(back.name().len());
        drop(owning);
        yield_!(1);
        format!("{back:?}")
    }
}

compare! {
    fn closure_consumes_by_a_method() -> impl Generator<Yield = u32> {
        let b = noisy("b");
        let also = || b.consume();
        yield_!(2);
        also();
    }
}

compare! {
    fn consuming_closures_never_called() -> impl Generator<Yield = u32> {
        let a = noisy("a");
        let b = vec![noisy("b"), noisy("b2")];
        let consume = || drop(a);
        yield_!(1);
        let other = noisy("other");
        let also = || b.into_iter().count();
        yield_!(2);
        event(format!("{other:?}"));
        if other.name().is_empty() {
            consume();
            also();
        }
    }
}

compare! {
    fn consuming_closures_are_called() -> impl Generator<Yield = u32> {
        let (a, b, c) = (noisy("a"), Some(noisy("b")), noisy("c"));
        yield_!(0);
        let count = 3;
        let consume = || { drop(a); count + c.name().len() as u32 };
        yield_!(1);
        yield_!(consume());
        let last = noisy("last");
        let also = || b.map_or(0, |b| b.name().len()) + b"xyz".len();
        let unwrapped = noisy("unwrapped");
        yield_!(also() as u32);
        let d = Some(unwrapped);
        let taken = || d.unwrap();
        yield_!(2);
        let back = taken();
        yield_!(back.name().len() as u32);
    }
}

compare! {
    fn closures_copy_what_is_copied() -> impl Generator<Yield = u32> {
        let n = 3;
        let pair = (1, 2);
        let name = noisy("name");
        yield_!(n);
        let add = |m| Some(n).unwrap_or(0) + m + u32::max(pair.0, pair.1) + name.name().len() as u32;
        yield_!(add(1));
        yield_!(add(2));
        let same = || (n, pair);
        yield_!(same().0);
        yield_!(same().1.1);
        twice(|m| { event(format!("{} {m}", u32::min(n, m))); });
        yield_!(4);
    }
}

compare! {
    fn closures_consume_in_closures() -> impl Generator<Yield = u32> {
        let (a, b, c) = (noisy("a"), noisy("b"), noisy("c"));
        yield_!(0);
        let outer = || { let inner = || drop(a); event(b.name().to_owned()); inner };
        yield_!(1);
        let inner = outer();
        yield_!(2);
        if c.name().len() > 1 { return; }
        inner();
        yield_!(call(|| c).name().len() as u32);
        call(|| { let b = b; yield_later(&b) });
        yield_!(3);
    }
}

compare! {
    fn closures_consume_in_loops(n: u32) -> impl Generator<Yield = u32> {
        let mut kept = noisy("start");
        for i in 0..n {
            yield_!(i);
            let next = call(|| { event("replace"); (i, kept) });
            yield_!(next.0);
            kept = next.1;
            kept.rename("+");
        }
        let on_one_path = if n > 1 { Some(|| drop(kept)) } else { None };
        yield_!(100);
        if let Some(consume) = on_one_path { consume() }
        yield_!(101);
    }
    with (2)
}

compare! {
    fn closures_passed_away_at_once(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let mut list = vec![noisy("c"), noisy("a"), noisy("b")];
        let mut calls = 0;
        list.sort_by_key(|item| { calls += 1; item.name().to_owned() });
        yield_!(u32::from(calls > 0));
        let n = n + yield_!(list.iter().map(|item| item.name().len() as u32 + n).sum());
        list.retain(|item| item.name().len() as u32 + n > 12 && item.name() != "b");
        yield_!(call(|| list.len() as u32));
        let moved = call(move || { list.push(noisy("d")); list });
        yield_!(n);
        moved.len()
    }
}

compare! {
    fn captures_are_disjoint_fields(config: Config) -> impl Generator<Yield = u32, Return = Noisy> {
        let mut config = config;
        let mut raise = || { config.limits.0 += 1; config.limits.0 };
        yield_!(raise());
        config.limits.1 += 5;
        yield_!(raise());
        let high = &config.limits.1;
        let name = || config.name.name().len() as u32 + *high;
        yield_!(name());
        let take = move || config.name;
        yield_!(1);
        take()
    }
    with (Config { name: noisy("config"), limits: (1, 2) })
}

compare! {
    fn parameters_and_inner_locals_shadow(#[resume] x: u32) -> impl Generator<u32, Yield = u32> {
        let x = x + 1;
        let inner = |x: u32| { let x = x * 2; x };
        yield_!(inner(x));
        let pick = |(x, y): (u32, u32)| x * 100 + y;
        yield_!(pick((1, x)));
        let nested = |y: u32| move |x: u32| x + y;
        yield_!(nested(x)(5));
        let shadow = { let x = 7; move || x };
        yield_!(shadow() + x);
        let bound = |([x, _] | [_, x]): [u32; 2]| x;
        yield_!(bound([1, 2]) + x);
    }
}

compare! {
    fn closures_with_control_flow() -> impl Generator<Yield = String, Return = u32> {
        let words = vec![noisy("a"), noisy("bb"), noisy("ccc")];
        let longest = noisy("bb");
        let find = |wanted: &Noisy| {
            for (i, word) in words.iter().enumerate() {
                if word.name() == wanted.name() {
                    return Some(i as u32);
                }
            }
            None
        };
        let found = find(&longest);
        yield_!(format!("{found:?}"));
        let looped = || loop { break words.len() };
        yield_!(looped().to_string());
        let count = 'count: {
            let Some(n) = find(&words[2]) else { break 'count 0 };
            yield_!(n.to_string());
            n
        };
        count
    }
}

compare! {
    fn closures_in_a_loop() -> impl Generator<Yield = usize, Return = usize> {
        let names = [noisy("x"), noisy("yy")];
        let mut callbacks: Vec<Box<dyn Fn() -> usize + '_>> = vec![];
        for (i, name) in names.iter().enumerate() {
            callbacks.push(Box::new(move || name.name().len() * 10 + i));
            yield_!(callbacks.len());
        }
        let mut sum = 0;
        for callback in &callbacks {
            sum += callback();
            yield_!(sum);
        }
        sum
    }
}

compare! {
    fn function_pointers_and_generic_closures() -> impl Generator<Yield = u32> {
        let pointer: fn(u32) -> u32 = |n| n + 1;
        let apply = |f: &dyn Fn(u32) -> u32, n| f(n);
        yield_!(pointer(1));
        yield_!(apply(&pointer, 5));
        let make = || { let kept = noisy("kept"); move || kept.name().len() as u32 };
        let made = make();
        yield_!(made());
        let composed = { let first = pointer; move |n| first(first(n)) };
        yield_!(composed(made()));
    }
}

compare! {
    fn nested_functions_and_items(n: u32) -> impl Generator<Yield = u32, Return = u32> {
        const STEP: u32 = 3;
        static BASE: u32 = 100;
        #[derive(Debug, Clone, Copy, PartialEq)]
        struct Local(u32);
        impl Local {
            fn next(self) -> Local {
                Local(self.0 + STEP)
            }
        }
        enum Kind {
            Odd,
            Even,
        }
        use Kind::{Even, Odd};
        fn kind(n: u32) -> Kind {
            let n = n % 2;
            if n == 0 { Even } else { Odd }
        }
        trait Twice {
            fn twice(&self) -> u32;
        }
        impl Twice for u32 {
            fn twice(&self) -> u32 {
                self * 2
            }
        }
        macro_rules! plus {
            ($a:expr, $b:expr) => { $a + $b };
        }
        mod inner {
            pub fn seven() -> u32 {
                7
            }
        }
        type Pair = (u32, u32);
        let local = Local(n);
        yield_!(local.next().0);
        let pair: Pair = match kind(local.0) { Odd => (1, BASE), Even => (2, BASE) };
        yield_!(plus!(pair.0, pair.1));
        yield_!(local.0.twice() + inner::seven());
        fn late(n: u32) -> u32 { n + STEP }
        late(pair.1)
    }
    with (5)
}

compare! {
    fn items_are_visible_before_their_declaration() -> impl Generator<Yield = usize, Return = usize> {
        let x = 1;
        yield_!(helper());
        {
            yield_!(helper());
            fn helper() -> usize {
                20
            }
        }
        yield_!(helper() + x);
        const X: usize = 5;
        fn helper() -> usize {
            X
        }
        x + X
    }
}

compare! {
    fn async_blocks_and_inner_functions_are_left_alone() -> impl Generator<Yield = usize> {
        let name = noisy("name");
        let future = async { name.name().len() };
        yield_!(size_of_val(&future).min(1));
        let mut future = std::pin::pin!(future);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let polled = future.as_mut().poll(&mut context);
        yield_!(matches!(polled, std::task::Poll::Ready(4)) as usize);
        fn early(n: Option<usize>) -> Option<usize> {
            let n = n?;
            if n > 1 { return Some(n); }
            None
        }
        yield_!(early(Some(2)).unwrap_or(0));
    }
}

struct Deep {
    config: Config,
    boxed: Box<Config>,
    pair: (Noisy, u32, Noisy),
}

fn deep(name: &str) -> Deep {
    let config = |field: &str| Config {
        name: noisy(format!("{name} {field}")),
        limits: (1, 2),
    };
    Deep {
        config: config("config"),
        boxed: Box::new(config("boxed")),
        pair: (noisy("x"), 3, noisy("y")),
    }
}

compare! {
    fn move_closures_take_fields(flag: bool) -> impl Generator<Yield = u32> {
        let mut deep = deep("deep");
        yield_!(0);
        let pair = deep.pair;
        yield_!(1);
        let first = move || { event(format!("{:?}", pair.0)); pair.1 };
        yield_!(first());
        let mut config = deep.config;
        let mut count = move || { config.limits.0 += 1; config.limits.0 };
        yield_!(count());
        yield_!(config.limits.0);
        let boxed = move || deep.boxed;
        drop(pair.2);
        if flag { drop(first); }
        yield_!(count());
        let boxed = boxed();
        yield_!(boxed.limits.0);
        deep.config = config;
        let fresh = move || deep.config;
        yield_!(2);
        deep.config = fresh();
        event(format!("{:?}", deep.config.name));
    }
    with (true)
}

compare! {
    fn move_closures_take_what_points_to_fields(list: Vec<Config>, last: Box<Config>) -> impl Generator<Yield = u32> {
        let boxed = last;
        for config in list.iter() {
            yield_!(0);
            let len = move || config.name.name().len() as u32 + config.limits.1;
            yield_!(len());
            yield_!(config.limits.0 + len());
        }
        let mut sum = (0, 0);
        let total = &mut sum;
        let mut add = move |n| { total.0 += n; total.0 };
        yield_!(add(1));
        yield_!(add(2));
        yield_!(sum.0);
        let len = move || boxed.name.name().len() as u32;
        yield_!(len());
        let shared = std::rc::Rc::new(list);
        let other = shared.clone();
        let counted = move || other.len() as u32;
        yield_!(counted());
        yield_!(shared.len() as u32);
    }
    with (
        vec![Config { name: noisy("a"), limits: (1, 2) }, Config { name: noisy("b"), limits: (3, 4) }],
        Box::new(Config { name: noisy("boxed"), limits: (5, 6) }),
    )
}

#[derive(Clone, Copy, Debug)]
struct Place {
    line: u32,
    column: u32,
}

compare! {
    fn a_move_closure_takes_parts_by_a_pattern() -> impl Generator<Yield = u32, Return = u32> {
        let place = Place { line: 1, column: 2 };
        let pair = (noisy("a"), noisy("b"));
        let whole = (noisy("c"), noisy("d"));
        yield_!(1);
        let line = move || { let Place { line, .. } = place; line };
        let both = move || { let (a, b) = pair; a.name().len() as u32 };
        let one = move || { let whole = whole; let (_, d) = whole; d.name().len() as u32 };
        let sum = line() + both();
        yield_!(sum);
        one() + place.column
    }
}

compare! {
    fn what_a_closure_does_not_read_is_not_captured() -> impl Generator<Yield = u32, Return = u32> {
        let kept = noisy("kept");
        let pair = (noisy("a"), noisy("b"));
        {
            let ignoring = move || {
                let _ = kept;
                let (_, _) = pair;
                _ = kept;
                match pair.0 { _ => 5 }
            };
            yield_!(1);
            event("in scope");
            yield_!(ignoring());
        }
        event("after");
        yield_!(2);
        kept.name().len() as u32 + pair.1.name().len() as u32
    }
}

/// What may be called once.
fn once<T>(f: impl FnOnce(u32) -> T) -> T {
    event("once");
    f(3)
}

/// What may be called often.
fn sum(mut f: impl FnMut(u32) -> u32) -> u32 {
    event("sum");
    f(1) + f(2)
}

compare! {
    fn closures_of_which_rustc_is_asked(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let (a, b, c, d, e) = (noisy("a"), noisy("b"), noisy("c"), noisy("d"), Some(noisy("e")));
        let (f, g) = (Err::<u32, _>(noisy("f")), { let held = noisy("held"); move || drop(held) });
        let h = noisy("h");
        let mut total = yield_!(n);
        total += once(|it| a.consume() as u32 + it);
        total += yield_!(total);
        total += sum(|it| b.name().len() as u32 + it);
        // Neither is called.
        let not_called = |it: &Noisy| it.name().len() < 9 || c.consume() > 1;
        total += Some(4).map_or_else(|| d.consume() as u32, |it| it);
        total += yield_!(total);
        let chosen = once(|_| match e { Some(it) => it.consume() as u32, None => 0 });
        let other = once(|it| if let Err(error) = f { return error.consume() as u32 + it } else { it });
        once(|_| g());
        let last = noisy("last");
        drop(|(one, two): (Noisy, Noisy)| { event("called"); h.and(one.name()) });
        total + chosen + other + yield_!(last.name().len() as u32)
    }
}

compare! {
    fn closures_of_which_rustc_is_asked_are_kept(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = String> {
        let (a, b, c) = (noisy("a"), noisy("b"), noisy("c"));
        let mut total = yield_!(n);
        let consumes = |one: Noisy, _: Noisy| { let kept = noisy("in it"); if total > 100 { return 0 } a.and(one.name()).name().len() as u32 };
        yield_!(1);
        let looks = |it: u32| b.and_look(it);
        yield_!(looks(2));
        total += consumes(noisy("one"), noisy("two")) + looks(3);
        yield_!(total);
        let never = || c.consume();
        yield_!(4);
        format!("{total} {}", b.name())
    }
}

trait AndLook {
    fn and_look(&self, n: u32) -> u32;
}

impl AndLook for Noisy {
    fn and_look(&self, n: u32) -> u32 {
        event(format!("look at {self:?}"));
        n + self.name().len() as u32
    }
}

compare! {
    fn a_closure_is_evaluated_before_what_comes_after_it(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let (a, b, c) = (noisy("a"), noisy("b"), noisy("c"));
        yield_!(n);
        let first = passed(|k| { drop(a); k }, yield_!(5));
        let second = passed(|k| b.consume() as u32 + k, yield_!(6));
        c.and_look(1);
        first + second
    }
}

fn passed(f: impl FnOnce(u32) -> u32, n: u32) -> u32 {
    event("passed");
    f(n)
}

compare! {
    fn captures_drop_in_the_order_of_their_names(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let (a, b, c, d) = (noisy("a"), noisy("b"), noisy("c"), noisy("d"));
        yield_!(n);
        let one = || { let n = a.consume(); drop(b); n };
        let other = || { drop(c); d.consume() };
        yield_!(2);
        drop(one);
        yield_!(3);
        drop(other);
        4
    }
}

compare! {
    fn asked_in_the_call_of_a_local(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let (a, b, c) = (noisy("a"), noisy("b"), noisy("c"));
        let (some, none) = (Some(1_u32), None::<u32>);
        let result = Err::<u32, u32>(n);
        yield_!(n);
        let first = some.map_or(5, |k| a.consume() as u32 + k);
        let second = none.unwrap_or_else(|| b.consume() as u32);
        let third = result.or_else(|error| Ok::<u32, u32>(c.consume() as u32 + error)).unwrap_or(3);
        yield_!(first);
        first + second + third
    }
}

struct Inner {
    name: Noisy,
    other: Noisy,
    n: usize,
}

struct Outer {
    inner: Inner,
    boxed: Box<Inner>,
    deep: (Inner, Noisy),
    last: Noisy,
}

fn inner(name: &str) -> Inner {
    Inner {
        name: noisy(format!("{name}.name")),
        other: noisy(format!("{name}.other")),
        n: 3,
    }
}

fn outer() -> Outer {
    Outer {
        inner: inner("inner"),
        boxed: Box::new(inner("boxed")),
        deep: (inner("deep"), noisy("deep.1")),
        last: noisy("last"),
    }
}

compare! {
    fn move_closures_of_parts_of_fields() -> impl Generator<Yield = usize> {
        let x = outer();
        yield_!(1);
        let name = move || x.inner.name.name().len();
        yield_!(name());
        let n = move || x.inner.n;
        yield_!(n());
        let deep = move || x.deep.0.other.name().len() + x.deep.1.name().len();
        drop(x.last);
        yield_!(deep());
        drop(name);
        yield_!(2);
    }
}

compare! {
    fn move_closures_of_parts_of_what_fields_point_to() -> impl Generator<Yield = usize> {
        let x = outer();
        let borrowed = inner("borrowed");
        let r = (&borrowed, noisy("beside"));
        yield_!(1);
        let boxed = move || x.boxed.name.name().len();
        yield_!(boxed());
        let by_reference = move || r.0.name.name().len();
        yield_!(by_reference());
        drop(boxed);
        yield_!(r.0.n);
        drop(r.1);
        yield_!(2);
    }
}

compare! {
    fn move_closures_of_parts_on_one_path() -> impl Generator<Yield = usize> {
        for turn in 0..3 {
            let x = outer();
            yield_!(turn);
            if turn == 1 {
                let part = move || (x.inner.name, x.deep.0.name);
                yield_!(5);
                let (name, deep) = part();
                yield_!(name.name().len());
            } else if turn == 2 {
                let all = move || (x.inner, x.boxed.n);
                yield_!(all().1);
            }
            yield_!(6);
        }
    }
}

struct Builder(Noisy);

impl Builder {
    fn build(self, n: usize) -> Noisy {
        event("build");
        self.0
    }
    fn peek(&self) -> usize {
        event("peek");
        self.0.name().len()
    }
}

compare! {
    fn closures_that_may_consume_several() -> impl Generator<Yield = usize> {
        let (a, b, c) = (Builder(noisy("a")), Builder(noisy("bb")), Builder(noisy("ccc")));
        yield_!(1);
        let made = Some(2).map(|n| (a.build(n), b.peek(), c.build(n)));
        yield_!(2);
        let (d, e) = (Builder(noisy("d")), Builder(noisy("e")));
        yield_!(3);
        let kept = |n: usize| d.peek() + e.peek() + n;
        yield_!(kept(1));
        yield_!(kept(2));
        let (f, g) = (Builder(noisy("f")), Builder(noisy("g")));
        yield_!(4);
        let late = |n| {
            let first = g.build(n);
            let second = f.build(n);
            first.name().len() + second.name().len()
        };
        yield_!(5);
        yield_!(late(1));
        yield_!(6);
    }
}

compare! {
    fn closures_in_closures_that_may_consume() -> impl Generator<Yield = usize> {
        let (a, b) = (Builder(noisy("a")), Builder(noisy("bb")));
        let list = vec![noisy("x"), noisy("yy")];
        yield_!(1);
        let n = Some(2).map_or(0, |n| {
            let built = a.build(n);
            list.iter().map(|item| item.name().len() + built.name().len()).sum::<usize>() + b.peek()
        });
        yield_!(n);
        let all = Some(b).map(|b| list.into_iter().map(|item| item.name().len() + b.peek()).collect::<Vec<_>>());
        yield_!(all.unwrap().len());
    }
}

compare! {
    fn a_closure_whose_body_starts_with_a_block() -> impl Generator<Yield = usize> {
        let a = Builder(noisy("a"));
        yield_!(1);
        let n = Some(2).map(|n| if n > 1 { a.build(n).name().len() } else { 0 } + 1);
        yield_!(n.unwrap());
    }
}
