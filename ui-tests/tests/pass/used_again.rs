//! Locals and parts of them that are used by value, and again: by methods whose names say that they take what
//! they are called on, by fields, by `move` closures; and trait objects in boxes, which are `'static`.
#![deny(warnings)]

use std::pin::pin;

use handcrank::{Generator, Iter, generator, yield_};

#[derive(Clone)]
struct Parts {
    number: Option<u32>,
    name: String,
    list: Vec<u32>,
}

#[generator]
fn used_again(option: Option<u32>, given: Parts) -> impl Generator<Yield = u32> {
    yield_!(option.unwrap());
    let parts = given;
    let items = [1, 2].iter();
    yield_!(items.clone().sum());
    yield_!(parts.number.unwrap_or(1));
    yield_!(option.map(|n| n + 1).unwrap());
    let add = move |n: u32| n + option.unwrap_or(0);
    yield_!(add(10));
    yield_!(u32::from(option.into_iter().count() == 1));
    let pair = (1_u8, 2_u32);
    yield_!(pair.1);
    yield_!(pair.1 + parts.number.unwrap() + items.sum::<u32>());
    drop(parts.name);
    yield_!(parts.list.into_iter().sum());
    yield_!(option.unwrap());
}

#[generator]
fn boxed() -> impl Generator<Yield = Box<dyn Fn(u32) -> u32>> {
    let add = 1;
    yield_!(Box::new(move |n| n + add));
}

pub fn main() {
    let parts = Parts {
        number: Some(3),
        name: String::from("a"),
        list: vec![4, 5],
    };
    let numbers = pin!(used_again(Some(1), parts.clone()));
    let numbers: Vec<u32> = Iter::new(numbers).collect();
    assert_eq!(numbers, [1, 3, 3, 2, 11, 1, 2, 8, 9, 1]);

    let functions = pin!(boxed());
    assert_eq!(Iter::new(functions).map(|f| f(2)).sum::<u32>(), 3);
}
