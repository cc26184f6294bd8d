//! Shapes that users write: a parser with a look-ahead, a cache behind a guard, a scheduler with early exits.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, HashMap, VecDeque},
    fmt::Debug,
    sync::Mutex,
};

use handcrank_oracle::{Noisy, compare, event, noisy};

struct Parser {
    tokens: Vec<Noisy>,
    at: usize,
}

impl Parser {
    fn peek(&mut self) -> Option<&mut Noisy> {
        self.tokens.get_mut(self.at)
    }
    fn bump(&mut self) -> usize {
        self.at += 1;
        self.at
    }
}

compare! {
    fn a_borrow_of_what_is_lent_is_held(mut owned: Parser) -> impl Generator<Yield = usize, Return = usize> {
        let parser = &mut owned;
        while let Some(token) = parser.peek() {
            token.rename("'");
            yield_!(token.name().len());
            let seen = &*token;
            let text = seen.name().to_owned();
            let mut words = text.split(|c: char| c == '-').peekable();
            while let Some(word) = words.next() {
                if words.peek().is_none() { event(format!("last {word}")); }
                yield_!(word.len());
            }
            if parser.bump() > 2 { break }
        }
        parser.at
    }
    with (Parser { tokens: vec![noisy("a-b"), noisy("c"), noisy("d-e-f")], at: 0 })
}

struct Cache {
    rows: Mutex<BTreeMap<u32, Noisy>>,
    hits: Cell<u32>,
}

fn cache() -> Cache {
    let rows = [(1, noisy("one")), (2, noisy("two"))];
    Cache {
        rows: Mutex::new(rows.into_iter().collect()),
        hits: Cell::new(0),
    }
}

compare! {
    fn a_guard_in_a_temporary() -> impl Generator<Yield = u32, Return = u32> {
        let cache = cache();
        let sum = cache.rows.lock().unwrap().get(&1).map_or(0, |row| row.name().len() as u32) + { yield_!(1); 2 };
        for row in cache.rows.lock().unwrap().values_mut().filter(|row| row.name() != "none") {
            row.rename("+");
            cache.hits.set(cache.hits.get() + 1);
            yield_!(cache.hits.get());
            event(format!("locked {}", cache.rows.try_lock().is_err()));
        }
        event(format!("locked {}", cache.rows.try_lock().is_err()));
        match cache.rows.lock().unwrap().remove(&2) {
            Some(row) if row.name().len() > { yield_!(3); 2 } => {
                event(format!("locked {}", cache.rows.try_lock().is_err()));
                yield_!(row.name().len() as u32);
            }
            Some(row) => drop(row),
            None => {}
        }
        if let Some(row) = cache.rows.lock().unwrap().get_mut(&1) {
            yield_!(4);
            row.rename("?");
        } else {
            yield_!(5);
        }
        sum + cache.hits.get()
    }
}

enum Job {
    Once(Noisy),
    Twice(Noisy, Option<Box<Job>>),
    Stop,
}

compare! {
    fn moved_on_one_arm_only(#[resume] again: bool) -> impl Generator<bool, Yield = u32, Return = Result<Noisy, String>> {
        let mut queue = VecDeque::from([
            Job::Once(noisy("once")),
            Job::Twice(noisy("twice"), Some(Box::new(Job::Once(noisy("inner"))))),
            Job::Twice(noisy("thrice"), None),
            Job::Stop,
        ]);
        let mut last = None;
        let mut again = again;
        let spare = noisy("spare");
        while let Some(job) = queue.pop_front() {
            let name = match job {
                Job::Once(name) if again => name,
                Job::Once(_) => { again = yield_!(1); continue }
                Job::Twice(name, next) => {
                    again = yield_!(2);
                    if let Some(next) = next { queue.push_back(*next); }
                    name
                }
                Job::Stop if last.is_none() => return Err(spare.name().to_owned()),
                Job::Stop => break,
            };
            again = yield_!(name.name().len() as u32);
            let older = if again { last.replace(name) } else { None };
            yield_!(3);
            event(format!("{older:?}"));
        }
        let result = if again { last.ok_or_else(|| "none".to_owned())? } else { spare };
        yield_!(4);
        Ok(result)
    }
}

struct Pool {
    idle: std::cell::RefCell<Vec<Noisy>>,
    limit: Option<Noisy>,
}

impl Pool {
    fn last(&self) -> Option<std::cell::RefMut<'_, Noisy>> {
        let idle = self.idle.borrow_mut();
        (!idle.is_empty()).then(|| std::cell::RefMut::map(idle, |idle| idle.last_mut().unwrap()))
    }
}

compare! {
    fn a_guard_that_a_let_else_binds(#[resume] n: u32, pool: Pool) -> impl Generator<u32, Yield = usize, Return = usize> {
        let Some(mut one) = pool.last() else { return 0 };
        one.rename("!");
        yield_!(one.name().len());
        let again = pool.idle.try_borrow().is_err();
        drop(one);
        let Some(limit) = pool.limit else {
            yield_!(7);
            return pool.idle.borrow().len();
        };
        yield_!(limit.name().len());
        pool.idle.into_inner().len() + usize::from(again)
    }
    with (Pool { idle: vec![noisy("idle"), noisy("other")].into(), limit: Some(noisy("limit")) })
}

compare! {
    fn retried_until_it_is_taken(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Result<String, Noisy>> {
        let mut job = Some(noisy("job"));
        let mut errors = Vec::new();
        for attempt in 0..3 {
            let Some(taken) = job.take() else { break };
            let outcome = if yield_!(attempt) % 3 == 0 { Err(taken) } else { Ok(taken.and("#")) };
            match outcome {
                Ok(it) if attempt > 1 => return Ok(it.name().to_owned()),
                Ok(it) => job = Some(it),
                Err(error) => { yield_!(10 + attempt); errors.push(error); }
            }
        }
        errors.pop().map_or_else(|| Ok(format!("{job:?}")), Err)
    }
}

compare! {
    fn a_queue_with_a_callback_that_is_moved_at_the_end(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = u32> {
        let done = noisy("done");
        let mut queue = std::collections::VecDeque::from([noisy("a"), noisy("b")]);
        let mut seen = 0;
        while let Some(item) = queue.pop_front() {
            seen += item.name().len() as u32;
            if yield_!(seen) > 11 && queue.len() < 2 && seen < 4 {
                queue.push_back(noisy("more"));
            }
        }
        let finish = |extra: u32| done.consume() as u32 + extra;
        yield_!(seen);
        finish(seen)
    }
}

/// A value whose parts are borrowed apart.
#[derive(Debug)]
struct Reader {
    text: String,
    seen: Vec<Noisy>,
}

impl Reader {
    fn words(&self) -> impl Iterator<Item = &str> + '_ {
        self.text.split(' ')
    }

    fn note(&mut self, word: &str) -> &mut Noisy {
        self.seen.push(noisy(word));
        self.seen.last_mut().unwrap()
    }
}

compare! {
    // One part is borrowed across suspension points while another is changed, and the whole is when that is over.
    fn parts_of_a_reader(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = usize> {
        let mut reader = Reader { text: String::from("ab c def"), seen: vec![noisy("first")] };
        for (at, word) in reader.text.split(' ').enumerate() {
            if yield_!(word.len() as u32) > 3 { break }
            reader.seen.push(noisy(word));
            let last = reader.seen.last_mut();
            if let Some(last) = last && yield_!(at as u32) > 1 { *last = noisy("changed"); }
        }
        {
            let mut words = reader.words().skip(1).peekable();
            while let Some(word) = words.next_if(|word| word.len() < 9) { yield_!(word.len() as u32); }
        }
        let noted = reader.note("noted");
        yield_!(9);
        event(format!("{noted:?}"));
        reader.seen.len()
    }
}

compare! {
    // Guards in temporaries: of a condition, of what is matched on, and of an operand, which is left early.
    fn guards_left_early(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Result<usize, String>> {
        let cell = RefCell::new(vec![noisy("in")]);
        let lock = Mutex::new(noisy("locked"));
        let length = match cell.borrow().first() {
            Some(first) if yield_!(1) > 2 => { yield_!(first.name().len() as u32); first.name().len() }
            Some(_) => 0,
            None => return Err(String::from("none")),
        };
        cell.borrow_mut().push(noisy("later"));
        let named = lock.lock().map_err(|_| String::from("poisoned"))?.name().len() + yield_!(2) as usize;
        if cell.borrow().iter().any(|item| item.name().len() > named) && yield_!(3) > 1 { return Ok(1) }
        *lock.lock().unwrap() = if yield_!(4) > 2 { cell.borrow_mut().pop().ok_or("empty")? } else { noisy("kept") };
        event(format!("{:?} {}", lock.lock(), cell.borrow().len()));
        Ok(length + named)
    }
}

compare! {
    // Moved on one arm, on one turn, and put back.
    fn moved_on_one_arm(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = Option<Box<dyn Debug>>> {
        let mut slot: Option<Noisy> = Some(noisy("slot"));
        let mut pair = (noisy("left"), Some(noisy("right")));
        for k in 0..3 {
            match yield_!(k) {
                0 => drop(pair.1),
                1 => { event(format!("{slot:?}")); continue }
                2 if k > 0 => { let (left, _) = pair; return Some(Box::new(left)) }
                _ => { slot = None; pair.1 = slot.take(); yield_!(7); continue }
            }
            pair = (noisy("again"), None);
            yield_!(8);
        }
        if let Some(slot) = slot { Some(Box::new((slot, yield_!(9)))) } else { Some(Box::new(pair)) }
    }
}

struct Groups {
    all: Vec<(u32, Vec<Noisy>)>,
    turns: u32,
}

impl Groups {
    fn smallest(&mut self) -> Option<&mut (u32, Vec<Noisy>)> {
        self.turns += 1;
        self.all
            .iter_mut()
            .filter(|group| group.0 < 3)
            .min_by_key(|group| group.1.len())
    }
}

compare! {
    fn borrows_of_a_group_until_none_is_left(mut groups: Groups) -> impl Generator<Yield = usize, Return = (u32, usize)> {
        let this = &mut groups;
        while let Some((rank, members)) = this.smallest() {
            let longest = members.iter().map(Noisy::name).max_by_key(|name| name.len());
            yield_!(longest.map_or(0, str::len));
            if let [.., last] = members.as_mut_slice() {
                last.rename("'");
                yield_!(last.name().len());
            }
            members.extend(members.is_empty().then(|| noisy("new")));
            *rank += 1;
        }
        (this.turns, this.all.iter().map(|group| group.1.len()).sum())
    }
    with (Groups { all: vec![(0, vec![noisy("a"), noisy("bc")]), (2, vec![]), (1, vec![noisy("d")])], turns: 0 })
}

compare! {
    fn entries_of_a_locked_map(map: Mutex<BTreeMap<u32, Vec<Noisy>>>, #[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = usize> {
        use std::collections::btree_map::Entry;
        let mut key = n % 3;
        for turn in 0..4 {
            let seen = match map.lock().unwrap().entry(key) {
                Entry::Occupied(mut entry) => {
                    key = yield_!(entry.get().len());
                    entry.get_mut().push(noisy(format!("turn {turn}")));
                    if entry.get().len() > 2 { entry.remove().len() } else { entry.get().len() }
                }
                Entry::Vacant(entry) => {
                    let made = entry.insert(vec![noisy("first")]);
                    key = yield_!(made.len() + 10);
                    made.len()
                }
            };
            event(format!("{turn}: {seen}, locked {}", map.try_lock().is_err()));
            key %= 2;
        }
        map.into_inner().unwrap().values().map(Vec::len).sum()
    }
    with (Mutex::new(BTreeMap::from([(1, vec![noisy("one")])])))
}

compare! {
    fn taken_where_a_macro_of_the_body_says(mut spare: Option<Noisy>, words: Vec<Noisy>, #[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = Result<usize, String>> {
        let mut kept = vec![];
        macro_rules! keep { ($word:expr, $($why:tt)+) => { match $word { Some(word) => kept.push(word), None => return Err(format!($($why)+)) } } }
        for (at, word) in words.into_iter().enumerate() {
            match yield_!(word.name().len()) % 3 {
                0 => keep!(Some(word), "never"),
                1 => { keep!(spare.take(), "no spare at {at}"); spare = Some(word); }
                _ => { let _gone = word; yield_!(kept.len()); }
            }
        }
        keep!(spare, "{} kept", kept.len());
        Ok(kept.len())
    }
    with (Some(noisy("spare")), vec![noisy("a"), noisy("bb"), noisy("ccc"), noisy("dddd")])
}
