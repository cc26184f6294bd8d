//! Values that are evaluated apart from where they stand, and have their types from what is expected there: what a `let`
//! extends, closures behind references, fields of literals, arguments of calls of which rustc is asked.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    unused,
    unused_assignments,
    clippy::all,
    clippy::pedantic,
    reason = "bodies are odd on purpose"
)]

use std::fmt::Debug;

use handcrank_oracle::{Noisy, compare, compare_movable, event, mk, noisy};

type Part = Option<Box<dyn Debug>>;

#[derive(Debug)]
struct Holder<'a> {
    part: Part,
    text: Option<&'a str>,
    n: u32,
    other: Noisy,
}

struct Callback {
    call: Box<dyn Fn(&str) -> usize>,
    other: Noisy,
}

fn holder<'a>() -> Holder<'a> {
    Holder {
        part: None,
        text: None,
        n: 1,
        other: noisy("holder"),
    }
}

fn find(what: &dyn Fn(&str) -> usize, n: u32) -> usize {
    what("four") + n as usize
}

fn find_in(what: &impl Fn(&str) -> usize) -> usize {
    what("four")
}

fn change(what: &mut dyn FnMut(&str), n: u32) -> u32 {
    what("changed");
    n
}

fn optional(what: Option<&dyn Fn(&str) -> usize>, n: u32) -> usize {
    what.map_or(0, |what| what("four")) + n as usize
}

fn all(what: &[&dyn Debug]) -> u32 {
    event(format!("{what:?}"));
    what.len() as u32
}

fn bytes(what: &[u8]) -> u32 {
    event(format!("{what:?}"));
    what.len() as u32
}

/// Takes parameters as a client of a database does.
#[derive(Debug)]
struct Client(Noisy);

impl Client {
    fn query(&self, text: &str, params: &[&dyn Debug]) -> Vec<usize> {
        event(format!("{self:?} {text} {params:?}"));
        (0..params.len()).collect()
    }

    fn boxed(&self, params: Vec<Box<dyn Debug>>, n: u32) -> u32 {
        event(format!("{self:?} {params:?}"));
        n
    }

    fn finish(self, first: Option<&dyn Debug>, second: (&dyn Debug, u32)) -> u32 {
        event(format!("{self:?} {first:?} {second:?}"));
        2
    }
}

compare! {
    // The fields of a literal that a `let` binds, before one that suspends.
    fn fields_of_lets(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let text = String::from("text");
        let first = Holder { part: Some(Box::new(noisy("part"))), text: Some(&text), n: yield_!(1), other: noisy("other") };
        let Holder { part, n: second, .. } = Holder { part: Some(Box::new(n)), other: noisy("early"), text: None, n: yield_!(2) };
        let pair: (Part, u32, &Noisy) = (Some(Box::new(noisy("pair"))), yield_!(3), &noisy("extended"));
        let kept = &Holder { part: Some(Box::new(noisy("kept"))), text: None, n: yield_!(4), other: noisy("last") };
        let list: Vec<(u8, Part)> = vec![(1, Some(Box::new(noisy("list")))), (2, Some(Box::new(yield_!(5))))];
        event(format!("{first:?} {part:?} {pair:?} {kept:?} {list:?}"));
        yield_!(6);
        second
    }
}

compare! {
    // A closure behind a reference, which captures something or nothing.
    fn closures_behind_references(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let log = noisy("log");
        let kept: &dyn Fn(&str) -> usize = &|text| text.len();
        let capturing: &dyn Fn(&str) -> usize = &|text| text.len() + format!("{log:?}").len();
        let owned: &dyn Fn(&str) -> usize = { let inner = noisy("inner"); &move |text| text.len() + format!("{inner:?}").len() };
        let first = find(&|text| text.len() + format!("{log:?}").len(), yield_!(1));
        let second = find(&|text| text.len(), yield_!(2)) + find_in(&|text| text.len());
        let mut count = 0;
        change(&mut |text| count += text.len(), yield_!(3));
        let third = optional(Some(&|text| text.len() + count), n);
        let table: [(&str, &dyn Fn(&str) -> usize); 2] = [("a", &|text| text.len()), ("b", &|text| text.len() + count)];
        for (name, call) in table {
            yield_!(call(name) as u32);
        }
        let chosen: &dyn Fn(&str, &str) -> usize = if yield_!(5) > 2 { &|a, b| a.len() } else { &|a, b| b.len() + count };
        yield_!(6);
        first + second + third + kept("a") + capturing("b") + owned("c") + chosen("d", "ef")
    }
}

compare! {
    // A closure in a box that is assigned to a field, or to one of a literal which takes the rest from a local.
    fn closures_of_fields(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let log = noisy("log");
        let mut first = Callback { call: Box::new(|text| text.len()), other: noisy("first") };
        yield_!(1);
        first.call = Box::new(|text| text.len() + 1);
        yield_!(2);
        let second = Callback { call: Box::new(move |text| text.len() + format!("{log:?}").len()), ..first };
        yield_!(3);
        (second.call)("four")
    }
}

compare! {
    // What a literal takes the rest of from a local that it is assigned to.
    fn updates_coerced(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let text = String::from("text");
        let mut kept = holder();
        yield_!(1);
        kept = Holder { part: Some(Box::new(noisy("part"))), text: Some(&text), ..kept };
        yield_!(2);
        let other = Holder { part: Some(Box::new((n, noisy("pair")))), ..kept };
        event(format!("{other:?}"));
        yield_!(3);
        let last = Holder { part: Some(Box::new(noisy("last"))), n: yield_!(4), ..holder() };
        event(format!("{last:?} {:?}", kept.part));
        n
    }
}

compare! {
    // References to arrays in which something suspends, and branches that are arrays of different lengths.
    fn references_to_arrays(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let log = noisy("log");
        let first = all(&[&log, &yield_!(1), &noisy("temporary"), &"text"]) + yield_!(2);
        let second = bytes(if yield_!(3) > 1 { &[] } else { &[1, 2] });
        let mut kept: &[u8] = &[];
        kept = match yield_!(4) { 1 => &[1], _ => &[2, 3] };
        let later: &[u8];
        later = if yield_!(5) > 2 { &[1] } else { &[2, 3] };
        first + second + bytes(kept) + bytes(later)
    }
}

compare! {
    // Arguments of methods of which rustc is asked whether they take their receiver.
    fn arguments_of_asked(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let client = Client(noisy("client"));
        let rows = client.query("first", &[&n, &"a"]);
        for row in rows { yield_!(row as u32); }
        let other = Client(noisy("other"));
        let mut sum = other.boxed(vec![Box::new(noisy("boxed")), Box::new("a")], mk(1)) + yield_!(1);
        let third = Client(noisy("third"));
        sum += third.boxed(vec![Box::new(yield_!(2)), Box::new(noisy("b"))], if n > 1 { yield_!(3) } else { 3 });
        let fourth = Client(noisy("fourth"));
        yield_!(4);
        sum + fourth.finish(if n > 1 { Some(&sum) } else { None }, (&noisy("temporary"), mk(2)))
    }
}

compare! {
    // A place without a size, of a temporary.
    fn slices_of_temporaries(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let path = String::from("items/7");
        match path.split('/').collect::<Vec<_>>()[..] {
            ["items", id] => { yield_!(1); event(id); }
            _ => event("none"),
        }
        let length = match vec![noisy("a"), noisy("b")][1..] {
            [ref only] => { yield_!(2); event(format!("{only:?}")); 1 }
            [] => 0,
            _ => yield_!(3),
        };
        if let [first, ..] = [yield_!(4), 2, 3][..] { yield_!(first); }
        while let [first] = vec![mk(n)][..] { if yield_!(first) > 2 { break } else { return 3 } }
        length
    }
}

compare! {
    // Closures behind references own what they have taken, and drop with the statement, or with the block.
    fn closures_that_own(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let (first, second, third) = (noisy("first"), noisy("second"), noisy("third"));
        let mut sum = find(&move |text: &str| text.len() + format!("{first:?}").len(), yield_!(1));
        let (a, b) = (noisy("a"), noisy("b"));
        sum += find(&move |text| text.len() + format!("{a:?}").len(), { event("between"); n }) + yield_!(2) as usize;
        change(&mut move |text: &str| event(format!("{text} {b:?}")), yield_!(3));
        let kept: (&dyn Fn(&str) -> usize, &dyn Fn() -> usize) = (&move |text| text.len() + format!("{second:?}").len(), &|| n as usize);
        for k in 0..2 {
            let inner = noisy("inner");
            let again: &dyn Fn(&str) -> usize = &move |text| text.len() + format!("{inner:?}").len();
            if yield_!(k) > 3 { break }
            sum += again("loop");
        }
        let chosen: &mut dyn FnMut(&str) = if yield_!(4) > 2 { &mut move |text| event(format!("{text} {third:?}")) } else { &mut |_| {} };
        chosen("chosen");
        yield_!(5);
        chosen("chosen");
        match find(&|text| text.len() + kept.0(text), mk(3)) { 0 => { yield_!(6); } m => { yield_!(m as u32); } }
        sum + kept.1()
    }
}

compare! {
    // References to closures in what is returned, in a condition, and of a closure in a closure.
    fn closures_nested(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let log = noisy("log");
        while find(&|text| text.len() + log.name().len(), n) > 99 || yield_!(1) > 3 {
            yield_!(2);
            if find(&|text: &str| find(&|inner| inner.len() + text.len(), n), yield_!(3)) > 20 { break }
            return find(&|text: &str| text.len() + log.name().len(), yield_!(4));
        }
        let array = [&|text: &str| text.len(), &|text: &str| text.len()] as [&dyn Fn(&str) -> usize; 2];
        yield_!(5);
        array.iter().map(|call| call("a")).sum::<usize>() + find(&|text: &str| text.len() + log.name().len(), yield_!(6))
    }
}

fn boxed(what: Box<dyn Fn(&str) -> usize + '_>, n: u32) -> usize {
    what("boxed") + n as usize
}

compare! {
    // A boxed closure before a suspension point may as well be made after it.
    fn boxed_before(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let log = noisy("log");
        let callback = Callback { call: Box::new(|text| text.len()), other: noisy(yield_!(1).to_string()) };
        let sum = boxed(Box::new(|text| text.len() + log.name().len()), yield_!(2));
        let more = optional(Some(&|text| text.len() + log.name().len()), yield_!(3));
        yield_!(4);
        sum + more + (callback.call)("last") + log.name().len()
    }
}

compare_movable! {
    // In a machine that may move: the check of what is borrowed knows what is expected as well.
    fn expected_in_what_may_move(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> + Unpin {
        let log = noisy("log");
        let promoted: &dyn Fn(&str) -> usize = &|text| text.len();
        yield_!(find(&|text| text.len() + format!("{log:?}").len(), n) as u32);
        yield_!(find(&|text| text.len(), n) as u32 + all(&[&log, &"text", &noisy("temporary")]));
        let mut count = 0;
        let first = change(&mut |text| count += text.len(), n) + yield_!(1);
        while find(&|text| text.len() + count, n) > 99 { yield_!(2); }
        match all(&[&n, &noisy("matched")]) { 0 => { yield_!(3); } m => { yield_!(m); } }
        let owned = noisy("owned");
        yield_!(find(&move |text| text.len() + format!("{owned:?}").len(), n) as u32);
        count + promoted("last") + first as usize
    }
}
