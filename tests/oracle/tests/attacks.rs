//! Bodies that once were different: double drops, values used after they were dropped, wrong orders.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use handcrank_oracle::{Noisy, compare, event, noisy};

fn eat(value: Noisy) -> usize {
    event(format!("eat {value:?}"));
    value.name().len()
}

fn check(value: bool) -> bool {
    event(format!("check {value}"));
    value
}

struct Holder {
    field: Noisy,
}

compare! {
    fn moves_in_seven_loops() -> impl Generator<Yield = u32> {
        let mut x = noisy("x");
        for _a in 0..1 { for _b in 0..1 { for _c in 0..1 { for _d in 0..1 { for _e in 0..1 { for _f in 0..1 { for _g in 0..2 {
            let y = x;
            yield_!(1);
            x = y;
        }}}}}}}
        event(format!("{x:?}"));
    }
}

compare! {
    fn a_struct_pattern_is_assigned() -> impl Generator<Yield = u32> {
        let mut x = noisy("x");
        for n in 0..2 {
            let y = x;
            yield_!(n);
            Holder { field: x } = Holder { field: y };
        }
    }
}

compare! {
    fn a_moved_part_whose_pattern_no_longer_matches() -> impl Generator<Yield = u32> {
        let mut t = (0, noisy("moved"), noisy("rest"));
        if let (0, s, _) = t {
            drop(s);
        }
        t.0 = 1;
        yield_!(1);
    }
}

compare! {
    fn a_part_moved_by_a_pattern_is_assigned() -> impl Generator<Yield = u32> {
        let mut p = (noisy("part"), noisy("rest"));
        let (a, _) = p;
        p.0 = noisy("new part");
        yield_!(1);
        event(format!("{a:?} {:?}", p.0));
    }
}

compare! {
    fn a_part_is_assigned_before_it_is_moved() -> impl Generator<Yield = u32> {
        let mut p = (noisy("part"), noisy("rest"));
        for n in 0..3 {
            p.0 = noisy(format!("part {n}"));
            yield_!(n);
            eat(p.0);
            yield_!(10 + n);
            p.0 = noisy("again");
        }
    }
}

compare! {
    fn a_copy_behind_a_reference_that_ends() -> impl Generator<Yield = u32> {
        let zero = 0u32;
        let mut h = (&zero, noisy("h"));
        yield_!(0);
        {
            let boxed = Box::new(5u32);
            h.0 = &*boxed;
            yield_!(1);
            let n = *h.0;
            yield_!(n);
        }
        yield_!(3);
    }
}

compare! {
    fn assignment_to_nothing() -> impl Generator<Yield = u32> {
        let b = noisy("b");
        yield_!(2);
        _ = b;
        yield_!(3);
    }
}

compare! {
    fn both_operands_of_and_drop_their_temporaries() -> impl Generator<Yield = u32> {
        let a = noisy("left").name().len() == 4 && check(true);
        let b = (noisy("left").name() == "left" && check(a), yield_!(1));
        let c = eat({ yield_!(2); noisy("x") }) > 0 && check(true);
        yield_!(u32::from(b.0) + u32::from(c));
    }
}

compare! {
    fn temporaries_of_a_let_drop_before_its_else() -> impl Generator<Yield = u32> {
        let (Some(_c), _) = (None::<u32>, noisy("temporary")) else {
            event("else");
            yield_!(2);
            return;
        };
    }
}

compare! {
    fn what_a_pattern_leaves_drops_last_and_in_order() -> impl Generator<Yield = u32> {
        match (noisy("a"), noisy("b"), noisy("c")) {
            (a, _, _) => {
                yield_!(1);
                event(format!("{a:?}"));
            }
        }
        for Holder { .. } in [Holder { field: noisy("one") }, Holder { field: noisy("two") }] {
            yield_!(2);
        }
        for (x, _) in [(noisy("x"), noisy("y"))] {
            yield_!(3);
            event(format!("{x:?}"));
        }
        while let (Some(n), _) = (Some(noisy("n")), noisy("m")) {
            yield_!(4);
            event(format!("{n:?}"));
            break;
        }
    }
}

compare! {
    fn a_struct_literal_is_assigned() -> impl Generator<Yield = usize> {
        let mut holder = Holder { field: noisy("first") };
        yield_!(1);
        holder = Holder { field: noisy("second") };
        yield_!(holder.field.name().len());
    }
}

struct Shelf {
    names: Vec<Noisy>,
    log: std::cell::RefCell<Vec<String>>,
}

compare! {
    fn a_borrow_of_a_parameter_and_a_guard_in_a_temporary(mut whole: Shelf) -> impl Generator<Yield = usize, Return = usize> {
        let shelf = &mut whole;
        let names = &mut shelf.names;
        names.push(noisy("pushed"));
        for name in names.iter_mut() {
            name.rename("!");
            yield_!(name.name().len());
        }
        for line in shelf.log.borrow().iter() {
            event(format!("{line} {}", shelf.log.try_borrow_mut().is_err()));
            yield_!(line.len());
        }
        event(format!("{}", shelf.log.try_borrow_mut().is_ok()));
        shelf.names.len()
    }
    with (Shelf { names: vec![noisy("n")], log: std::cell::RefCell::new(vec!["a".to_owned(), "bc".to_owned()]) })
}

compare! {
    fn moved_on_one_arm_only(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let name = noisy("name");
        let mut total = 0;
        let kept = match yield_!(n) % 3 {
            0 => eat(name),
            1 => { let again = yield_!(1); if again > 20 { drop(name); 0 } else { name.name().len() } }
            _ => { yield_!(2); name.and("?").name().len() }
        };
        total += kept;
        yield_!(3);
        total
    }
}

compare! {
    fn an_arm_not_taken_for_its_guard_binds_as_another(#[resume] mut n: u32) -> impl Generator<u32, Yield = Noisy, Return = Noisy> {
        n ^= match (noisy("a"), noisy("b")) {
            (ref first, mut second) if check(false) => n,
            (mut first, ref second) => yield_!(first),
        };
        noisy("end")
    }
}

compare! {
    fn what_a_match_without_suspending_arms_matches_drops_last(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let names = match noisy(format!("{}", yield_!(n))) {
            _ => vec![noisy("name")],
        };
        let count = match noisy(format!("{}", yield_!(n))) {
            ref it if check(it.name().len() > 5) => return 0,
            _ => { drop(noisy("in arm")); names.len() },
        };
        count
    }
}

fn even(of: &(usize, Noisy)) -> Option<Noisy> {
    (of.0 % 2 == 0).then(|| noisy(format!("of {:?}", of.1)))
}

compare! {
    fn what_let_else_binds_is_there_when_temporaries_drop(#[resume] n: u32) -> impl Generator<u32, Yield = Noisy, Return = u32> {
        for (number, one) in vec![noisy("a"), noisy("b")].into_iter().enumerate() {
            let Some(bound) = even(&(number, one)) else {
                yield_!(noisy("c"));
                break;
            };
            drop(bound);
        }
        n
    }
}

struct Pool {
    free: std::cell::RefCell<Vec<Noisy>>,
    name: Noisy,
}

impl Pool {
    fn first<'p>(&'p self) -> std::cell::Ref<'p, [Noisy]> {
        event("first");
        std::cell::Ref::map(self.free.borrow(), |free| &free[..1])
    }
    fn put_back(&self, item: Noisy) -> usize {
        event("put back");
        self.free.borrow_mut().push(item);
        self.free.borrow().len()
    }
}

compare! {
    fn a_view_of_what_a_method_lends(#[resume] n: usize) -> impl Generator<usize, Yield = usize, Return = usize> {
        let pool = Pool { free: std::cell::RefCell::new(vec![noisy("a"), noisy("b")]), name: noisy("pool") };
        let view = pool.first();
        let (head, rest) = view.split_first().unwrap();
        let got = yield_!(head.name().len() + rest.len());
        drop(view);
        let taken = pool.free.borrow_mut().pop();
        let first = match taken {
            Some(item) if got % 2 == 0 => pool.put_back(item),
            Some(item) => { yield_!(item.name().len()); drop(item); 0 }
            None => 0,
        };
        first + match pool.free.borrow().iter().next() {
            Some(item) => yield_!(item.name().len()),
            None => pool.name.name().len(),
        }
    }
}

enum Message {
    Text(Noisy),
    Pair { left: Noisy, right: Option<Noisy> },
    Stop,
}

compare! {
    fn an_actor_that_keeps_one_part(#[resume] n: usize) -> impl Generator<usize, Yield = usize, Return = usize> {
        let mut kept: Option<Noisy> = None;
        let mut inbox = std::collections::VecDeque::from([
            Message::Text(noisy("t")),
            Message::Pair { left: noisy("l"), right: Some(noisy("r")) },
            Message::Pair { left: noisy("l2"), right: None },
            Message::Stop,
            Message::Text(noisy("never")),
        ]);
        while let Some(message) = inbox.pop_front() {
            let part = match message {
                Message::Text(text) => text,
                Message::Pair { left, right: Some(right) } if yield_!(1) > 0 => {
                    kept.replace(left);
                    right
                }
                Message::Pair { left, .. } => kept.take().unwrap_or(left),
                Message::Stop => break,
            };
            yield_!(part.name().len());
        }
        kept.map_or(inbox.len(), |kept| kept.name().len())
    }
}

compare! {
    fn a_deadline_around_an_attempt(#[resume] now: usize) -> impl Generator<usize, Yield = usize, Return = Result<Noisy, usize>> {
        let attempt = |n: usize| if n > 12 { Ok(noisy("made")) } else { Err(noisy("failed")) };
        let lock = std::sync::Mutex::new(noisy("state"));
        let mut last = now;
        let made = loop {
            match attempt(last) {
                Ok(made) => break made,
                Err(error) if lock.lock().unwrap().name().len() > 5 => return Err(last),
                Err(error) => {
                    let held = lock.lock().unwrap();
                    last = yield_!(held.name().len() + error.name().len());
                }
            }
        };
        yield_!(made.name().len());
        Ok(made)
    }
}

struct Rack {
    names: std::cell::RefCell<Vec<Noisy>>,
    spare: Option<Noisy>,
}

impl Rack {
    fn first<'a>(&'a self, fallback: &'a Noisy) -> &'a Noisy {
        self.spare.as_ref().unwrap_or(fallback)
    }
}

compare! {
    fn borrow_of_a_rack_across_points(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        let fallback = noisy("fallback");
        let mut rack = Rack { names: vec![noisy("a"), noisy("bb")].into(), spare: Some(noisy("spare")) };
        let first = rack.first(&fallback);
        let n = yield_!(first.name().len());
        let same = first.name() == rack.first(&fallback).name();
        yield_!(usize::from(same));
        // A guard in a temporary, held while each is yielded.
        for name in rack.names.borrow().iter().filter(|name| name.name().len() > 0) {
            yield_!(name.name().len());
        }
        match rack.names.borrow_mut().pop() {
            Some(last) => { yield_!(last.name().len()); }
            None => {}
        }
        // A move on one arm only.
        let taken = match n % 2 {
            0 => rack.spare.take(),
            1 => Some(fallback),
            _ => None,
        };
        yield_!(taken.as_ref().map_or(0, |taken| taken.name().len()));
        let rest = rack.names.into_inner();
        yield_!(rest.len());
        taken.map_or_else(|| rest.len(), |taken| taken.name().parse().unwrap_or(9))
    }
}

macro_rules! passed {
    ($($value:expr),*) => {
        ($($value),*)
    };
}

macro_rules! in_block {
    ($($body:tt)*) => {{ $($body)* }};
}

macro_rules! items {
    ($(#[$attr:meta])* $vis:vis struct $name:ident { $($field:ident: $ty:ty),* }) => {
        $(#[$attr])* $vis struct $name { $($field: $ty),* }
    };
}

mod n {
    pub(super) const ONE: u32 = 1;
}

compare! {
    fn names_in_macros(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = String> {
        items! {
            #[derive(Debug)]
            pub(crate) struct Of { text: u32, n: u32 }
        }
        let list = vec![1u32, 2, 3];
        let text = noisy("text");
        let shown = "kept".to_owned();
        yield_!(1);
        // Parameters of closures, and a kept local after one of its name.
        let (all, n_again) = passed!(list.iter().all(|n| *n > 0), n);
        yield_!(all as usize);
        // Patterns.
        let found = passed!(match list.first() { Some(n) if *n > 7 => *n, _ => n }, if let Some(text) = list.get(1) { *text } else { n });
        yield_!(found.0 as usize + found.1 as usize);
        // Statements, and strings of both.
        let line = in_block! {
            let n = format!("{n}{shown}");
            let shown = n.len();
            format!("{n} {shown} {}", text.name())
        };
        yield_!(line.len());
        // Paths, labels and fields.
        let count = in_block! {
            let mut count = n::ONE;
            'list: loop {
                for list in &list { if *list > 2 { break 'list; } count += *list; }
            }
            count + n
        };
        yield_!(count as usize);
        in_block! { for text in &list { event(format!("{text} {n}")); } event(text.name()) }
        let of = Of { text: 1, n };
        yield_!(of.text as usize);
        format!("{n} {n_again} {shown} {line} {text:?} {of:?}")
    }
}
