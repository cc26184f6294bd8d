//! Moves of locals before, after and around yields, on some paths, in loops, and of parts.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, mk, noisy};

fn eat(value: Noisy) -> usize {
    event(format!("eat {value:?}"));
    value.name().len()
}

fn pass<T>(value: T) -> T {
    event("pass");
    value
}

#[derive(Debug)]
struct Person {
    name: Noisy,
    title: Noisy,
    tags: (Noisy, Noisy),
}

fn person() -> Person {
    Person {
        name: noisy("name"),
        title: noisy("title"),
        tags: (noisy("tag0"), noisy("tag1")),
    }
}

compare! {
    fn before_after_and_around() -> impl Generator<Yield = usize, Return = usize> {
        let before = noisy("before");
        let around = noisy("around");
        let after = noisy("after");
        let unmoved = noisy("unmoved");
        let n = eat(before);
        yield_!(n);
        let m = { let kept = around; yield_!(kept.name().len()); eat(kept) };
        yield_!(m);
        let last = eat(after);
        yield_!(last);
        unmoved.name().len()
    }
}

compare! {
    fn moved_into_the_yield() -> impl Generator<Yield = Noisy, Return = Noisy> {
        let a = noisy("a");
        let b = noisy("b");
        let c = noisy("c");
        yield_!(b);
        yield_!(pass(a));
        let d = c.clone();
        yield_!(d);
        yield_!(c.clone());
        c
    }
}

compare! {
    fn moved_between_locals() -> impl Generator<Yield = String, Return = Noisy> {
        let a = noisy("a");
        yield_!(format!("{a:?}"));
        let b = a;
        yield_!(format!("{b:?}"));
        let c = noisy("c");
        let pair = (b, c);
        yield_!(format!("{pair:?}"));
        let (d, e) = pair;
        let list = vec![e];
        yield_!(format!("{d:?} {list:?}"));
        let d = Some(d);
        yield_!(format!("{d:?}"));
        d.unwrap()
    }
}

compare! {
    fn conditional_moves(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let a = noisy("a");
        let b = noisy("b");
        let c = noisy("c");
        if n == 10 {
            eat(a);
        }
        let m = yield_!(1);
        match m {
            11 => { yield_!(2); eat(c); }
            _ => { eat(b); }
        }
        let d = noisy("d");
        let o = yield_!(3);
        if o > 100 { eat(d); } else if o > 5 { let kept = d; yield_!(4); event(format!("{kept:?}")); }
        yield_!(5)
    }
}

compare! {
    fn moved_on_the_path_not_taken(#[resume] n: u32) -> impl Generator<u32, Yield = u32> {
        let a = noisy("a");
        let b = noisy("b");
        if n == 0 {
            eat(a);
            yield_!(100);
        } else {
            yield_!(1);
        }
        loop {
            if yield_!(2) == 0 {
                eat(b);
                break;
            }
            if yield_!(3) > 14 {
                break;
            }
        }
        yield_!(4);
    }
}

compare! {
    fn moved_and_initialized_again(#[resume] n: u32) -> impl Generator<u32, Yield = usize> {
        let mut value = noisy("v0");
        yield_!(eat(value));
        value = noisy("v1");
        yield_!(value.name().len());
        if n > 5 {
            drop(value);
            yield_!(0);
            value = noisy("v2");
        }
        let other = value;
        value = noisy(format!("after {other:?}"));
        yield_!(other.name().len());
        event(format!("{value:?}"));
    }
}

compare! {
    fn moved_in_a_loop_with_reinitialization(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = Vec<Noisy>> {
        let mut done = vec![];
        let mut current = noisy("start");
        let mut n = n;
        while n < 16 {
            let next = noisy(format!("n{n}"));
            n = yield_!(current.name().len());
            if n % 3 == 0 {
                eat(current);
                n += yield_!(0);
            } else if n % 3 == 1 {
                done.push(current);
            }
            else {
                yield_!(done.len());
                let _dropped = current;
                yield_!(1);
            }
            current = next;
        }
        done.push(current);
        done
    }
}

compare! {
    fn moved_then_left_the_loop(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let value = noisy("value");
        let mut n = n;
        let size = loop {
            n = yield_!(n as usize);
            if n == 13 {
                break eat(value);
            }
            if n == 1000 {
                drop(value);
                return 0;
            }
        };
        yield_!(size);
        size
    }
}

compare! {
    fn moved_into_a_collection(items: Vec<Noisy>) -> impl Generator<Yield = usize, Return = Vec<(usize, Noisy)>> {
        let mut pairs = Vec::new();
        for (i, item) in items.into_iter().enumerate() {
            let extra = noisy(format!("extra {i}"));
            yield_!(item.name().len());
            pairs.push((i, if i % 2 == 0 { item } else { extra }));
        }
        let last = pairs.pop();
        yield_!(pairs.len());
        pairs.extend(last);
        pairs
    }
    with (vec![noisy("x"), noisy("yy"), noisy("zzz")])
}

compare! {
    fn partial_moves_of_a_struct() -> impl Generator<Yield = String, Return = Noisy> {
        let p = person();
        yield_!(format!("{p:?}"));
        eat(p.title);
        yield_!(format!("{:?}", p.name));
        let tag = p.tags.1;
        yield_!(format!("{tag:?} {:?}", p.tags.0));
        tag
    }
}

compare! {
    fn partial_moves_by_pattern(#[resume] n: u32) -> impl Generator<u32, Yield = String, Return = u32> {
        let p = person();
        let Person { title, tags: (first, _), .. } = p;
        let n = n + yield_!(format!("{title:?} {first:?}"));
        event(format!("{:?} {:?}", p.name, p.tags.1));
        let q = person();
        if n > 5 {
            let Person { name, .. } = q;
            yield_!(format!("{name:?}"));
        }
        yield_!("end".to_owned());
        n
    }
}

compare! {
    fn moved_parts_put_back() -> impl Generator<Yield = String, Return = Person> {
        let mut p = person();
        eat(p.name);
        yield_!(format!("{:?}", p.title));
        p.name = noisy("new name");
        yield_!(format!("{p:?}"));
        let tags = p.tags;
        yield_!(format!("{tags:?}"));
        p.tags = (tags.1, tags.0);
        p
    }
}

compare! {
    fn boxes_are_moved_out_of() -> impl Generator<Yield = String, Return = Noisy> {
        let boxed = Box::new(person());
        let pair = Box::new((noisy("left"), noisy("right")));
        yield_!(format!("{boxed:?}"));
        let p = *boxed;
        yield_!(format!("{:?}", p.name));
        let right = pair.1;
        yield_!(format!("{right:?} {:?}", pair.0));
        let unboxed = *Box::new(noisy("unboxed"));
        yield_!(format!("{unboxed:?}"));
        p.title
    }
}

compare! {
    fn references_are_moved_and_reborrowed() -> impl Generator<Yield = usize, Return = Noisy> {
        fn grow(name: &mut Noisy) -> usize {
            name.rename("+").name().len()
        }
        let mut name = noisy("n");
        let unique = &mut name;
        yield_!(grow(unique));
        yield_!(grow(unique));
        let moved = unique;
        yield_!(grow(moved));
        let again = &mut *moved;
        again.rename("-");
        yield_!(grow(moved));
        let shared = &name;
        let copy = shared;
        yield_!(shared.name().len() + copy.name().len());
        name
    }
}

compare! {
    fn captured_by_a_moving_closure_on_one_path(#[resume] flag: bool) -> impl Generator<bool, Yield = usize> {
        let a = noisy("a");
        let b = noisy("b");
        let callback: Option<Box<dyn FnOnce() -> usize>> =
            if flag { Some(Box::new(move || eat(a))) } else { None };
        yield_!(usize::from(callback.is_some()));
        if yield_!(b.name().len()) {
            yield_!(callback.map_or(0, |f| f()));
        }
        yield_!(3);
    }
}

struct Node {
    value: Noisy,
    next: Option<Box<Node>>,
}

fn nodes() -> Option<Box<Node>> {
    let node = |name, next| {
        Some(Box::new(Node {
            value: noisy(name),
            next,
        }))
    };
    node("first", node("second", node("third", None)))
}

compare! {
    fn a_list_is_walked() -> impl Generator<Yield = String> {
        let mut current = nodes();
        while let Some(node) = current {
            current = node.next;
            yield_!(format!("{:?}", node.value));
        }
    }
}

compare! {
    fn a_field_is_matched_on(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let node = Node { value: noisy("value"), next: nodes() };
        yield_!(n);
        if let Some(next) = node.next {
            yield_!(2);
            event(format!("{:?}", next.value));
        } else {
            yield_!(3);
        }
        yield_!(4);
        let other = Node { value: noisy("other"), next: None };
        match other.next {
            None => { yield_!(5); }
            Some(next) => { yield_!(6); drop(next); }
        }
        event(format!("{:?} {:?}", node.value, other.value));
        n
    }
}

compare! {
    fn moved_in_an_arm_that_is_no_block(#[resume] kept: Noisy) -> impl Generator<Noisy, Yield = u32, Return = u32> {
        let (pair, last) = (
            match mk(1) {
                1 => (noisy("a"), noisy("b")),
                _ => (kept, yield_!(1)),
            },
            yield_!(2),
        );
        event(format!("{pair:?} {last:?}"));
        3
    }
}

compare! {
    fn moved_in_a_guard(#[resume] kept: Noisy) -> impl Generator<Noisy, Yield = u32, Return = u32> {
        match mk(1) {
            1 => event("first"),
            2 if (kept, yield_!(1)).0.name().is_empty() => event("second"),
            _ => event("third"),
        }
        yield_!(2);
        3
    }
}

compare! {
    fn moved_before_what_never_returns(
        text: Noisy,
        pair: (Noisy, Noisy),
        #[resume] n: u32,
    ) -> impl Generator<u32, Yield = usize, Return = Noisy> {
        let n = yield_!(text.name().len());
        if n > 1000 {
            drop(text);
            std::process::exit(1);
        }
        let m: u32 = match n {
            2000 => {
                drop(pair.0);
                std::process::abort()
            }
            3000 => std::panic::resume_unwind(Box::new(text)),
            n => n,
        };
        yield_!(m as usize);
        drop(text);
        pair.0
    }
    with (noisy("text"), (noisy("a"), noisy("b")))
}
