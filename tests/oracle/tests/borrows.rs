//! References to locals that live across yields, and references to references.
#![feature(coroutine_trait, coroutines, stmt_expr_attributes, yield_expr)]
#![allow(
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "bodies are odd on purpose"
)]

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt::Debug;

use handcrank_oracle::{Noisy, compare, event, noisy};

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn word(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.at..)?.trim_start();
        if rest.is_empty() {
            return None;
        }
        let start = self.text.len() - rest.len();
        let end = rest.find(' ').unwrap_or(rest.len());
        self.at = start + end;
        Some(&rest[..end])
    }
}

struct Node<'a> {
    name: Noisy,
    parent: Option<&'a Node<'a>>,
}

impl Node<'_> {
    fn path(&self) -> String {
        self.parent.map_or(String::new(), Node::path) + "/" + self.name.name()
    }
}

compare! {
    fn shared_references() -> impl Generator<Yield = String> {
        let a = noisy("a");
        let b = noisy("b");
        let r = &a;
        let rr = &r;
        let rrr = &&&a;
        yield_!(format!("{r:?} {rr:?} {rrr:?}"));
        let list = [r, *rr, &b];
        yield_!(format!("{list:?}"));
        let pair = (&list, &list[2]);
        yield_!(format!("{:?}", pair.0.len() + pair.1.name().len()));
        event(format!("{}", std::ptr::eq(r, list[1])));
    }
}

compare! {
    fn unique_references(#[resume] n: u32) -> impl Generator<u32, Yield = u32, Return = [u32; 4]> {
        let mut array = [n, 2, 3, 4];
        let (left, right) = array.split_at_mut(2);
        left[0] += 1;
        yield_!(right[0]);
        right[1] = yield_!(left[0]);
        let first = &mut left[0];
        let second = &mut right[0];
        std::mem::swap(first, second);
        yield_!(*first);
        *second = yield_!(*second);
        let chunk = array.chunks_mut(3).last().unwrap();
        chunk[0] *= 2;
        yield_!(chunk[0]);
        array
    }
}

compare! {
    fn reborrows(#[resume] n: u32) -> impl Generator<u32, Yield = String, Return = Noisy> {
        let mut name = noisy("name");
        let outer = &mut name;
        for i in 0..n - 8 {
            let inner = &mut *outer;
            inner.rename(&i.to_string());
            yield_!(inner.name().to_owned());
        }
        let shared = &*outer;
        yield_!(format!("{shared:?}"));
        let text: &str = outer.name();
        yield_!(text.to_owned());
        outer.rename("!");
        name
    }
}

compare! {
    fn a_borrower_of_two_arguments<'a, 'b>(
        text: &'a str,
        names: &'b [&'b str],
    ) -> impl Generator<Yield = &'a str, Return = usize> {
        let mut cursor = Cursor { text, at: 0 };
        let mut found = vec![];
        while let Some(word) = cursor.word() {
            if let Some(name) = names.iter().find(|name| **name == word) {
                let pair = (word, *name);
                yield_!(word);
                found.push(pair);
            }
        }
        let mut seen = found.iter().map(|(word, name)| word.len() + name.len());
        yield_!(found[0].0);
        seen.next().unwrap() + seen.count()
    }
    with ("one two three two", &["two", "three"])
}

compare! {
    fn structures_that_refer_to_locals() -> impl Generator<Yield = String> {
        let root = Node { name: noisy("root"), parent: None };
        let child = Node { name: noisy("child"), parent: Some(&root) };
        yield_!(child.path());
        for i in 0..2 {
            let leaf = Node { name: noisy(format!("leaf{i}")), parent: Some(&child) };
            yield_!(leaf.path());
            let deeper = Node { name: noisy("deeper"), parent: Some(&leaf) };
            yield_!(deeper.path());
        }
        let text = root.path() + " and more";
        let mut cursor = Cursor { text: &text, at: 0 };
        let first = cursor.word();
        yield_!(format!("{first:?}"));
        yield_!(format!("{:?} {first:?}", cursor.word()));
    }
}

compare! {
    fn cells() -> impl Generator<Yield = u32, Return = Vec<u32>> {
        let count = Cell::new(1);
        let list = RefCell::new(vec![]);
        let bump = || { count.set(count.get() * 2); list.borrow_mut().push(count.get()) };
        bump();
        yield_!(count.get());
        {
            let reader = list.borrow();
            yield_!(reader.len() as u32);
            event(format!("{}", list.try_borrow_mut().is_err()));
        }
        bump();
        yield_!(list.borrow().iter().sum());
        let mut writer = list.borrow_mut();
        writer.push(100);
        yield_!(writer.len() as u32);
        drop(writer);
        list.into_inner()
    }
}

compare! {
    fn borrows_end_and_begin_again(#[resume] n: u32) -> impl Generator<u32, Yield = usize, Return = Vec<Noisy>> {
        let mut list = vec![noisy("a")];
        let mut last = &list[0];
        yield_!(last.name().len());
        list.push(noisy("bb"));
        last = &list[1];
        yield_!(last.name().len() + n as usize);
        let longest = list.iter().max_by_key(|item| item.name().len()).unwrap();
        let copied = longest.clone();
        yield_!(longest.name().len());
        list.push(copied);
        let slot = list.iter_mut().next().unwrap();
        *slot = noisy("first");
        yield_!(slot.name().len());
        list
    }
}

compare! {
    fn references_in_match_and_if_let() -> impl Generator<Yield = String> {
        let mut value = Some(noisy("value"));
        let mut pair = (noisy("p"), 1);
        if let Some(name) = &mut value {
            name.rename("1");
            yield_!(name.name().to_owned());
        }
        if let Some(ref name) = value {
            let held = &name;
            yield_!(format!("{held:?}"));
        }
        match (&mut pair, &value) {
            ((name, count), Some(other)) => {
                *count += 1;
                name.rename(other.name());
                yield_!(format!("{name:?} {count}"));
                *count += 1;
            }
            _ => unreachable!(),
        }
        while let Some(name) = value.as_ref().filter(|name| name.name().len() < 8) {
            let longer = format!("{}+", name.name());
            yield_!(longer.clone());
            value = Some(noisy(longer));
        }
        yield_!(format!("{pair:?}"));
    }
}

compare! {
    fn trait_objects_and_coercions() -> impl Generator<Yield = String> {
        let name = noisy("name");
        let list = [1, 2, 3];
        let object: &dyn Debug = &name;
        let slice: &[i32] = &list;
        yield_!(format!("{object:?} {slice:?}"));
        let objects: [&dyn Debug; 3] = [&name, &list, object];
        for object in objects {
            yield_!(format!("{object:?}"));
        }
        let boxed: Box<dyn Debug + '_> = Box::new(&name);
        yield_!(format!("{boxed:?}"));
        let mut counter = 0;
        let callback: &mut dyn FnMut() -> u32 = &mut || { counter += 1; counter };
        yield_!(callback().to_string());
        yield_!(callback().to_string());
        let text = Cow::from(name.name());
        yield_!(text.into_owned());
    }
}

compare! {
    fn arguments_are_borrowed_across_yields(
        mut owned: Noisy,
        borrowed: &str,
        list: Vec<u32>,
    ) -> impl Generator<Yield = String, Return = Noisy> {
        let view = &owned;
        let items = list.iter();
        yield_!(format!("{view:?} {borrowed}"));
        for item in items {
            yield_!(item.to_string());
        }
        let unique = &mut owned;
        unique.rename(borrowed);
        yield_!(unique.name().to_owned());
        drop(list);
        owned
    }
    with (noisy("owned"), "borrowed", vec![1, 2])
}

compare! {
    fn pointers_into_locals_stay_valid() -> impl Generator<Yield = bool> {
        let local = noisy("local");
        let array = [1_u64; 32];
        let address = &raw const local;
        let inside = &raw const array[17];
        for _ in 0..3 {
            yield_!(std::ptr::eq(address, &local));
            let again = &array;
            yield_!(std::ptr::eq(inside, &again[17]));
        }
    }
}
