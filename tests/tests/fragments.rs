//! `#[generator]` inside of a `macro_rules!`: fragments reach it as invisible groups.
#![allow(clippy::all, clippy::pedantic, reason = "bodies are odd on purpose")]

use handcrank::{Generator, generator, yield_};
use handcrank_tests::run;

macro_rules! named {
    ($name:ident, $argument:ident, $ty:ty) => {
        #[generator]
        fn $name($argument: $ty) -> impl Generator<Yield = $ty, Return = $ty> {
            let $argument = $argument;
            yield_!($argument.clone());
            yield_!($argument.clone());
            $argument
        }
    };
}

named!(strings, text, String);
named!(numbers, n, Option<u32>);

macro_rules! yields_each {
    ($vis:vis $name:ident: $first:expr $(, $rest:expr)*) => {
        #[generator]
        $vis fn $name() -> impl Iterator<Item = u32> {
            yield_!($first);
            $( yield_!($rest); )*
        }
    };
}

yields_each!(three: 1 + 1, 2 * 3, "four".len() as u32);
yields_each!(pub(crate) one: u32::MAX);

macro_rules! precedence {
    ($name:ident, $e:expr) => {
        #[generator]
        fn $name(base: u32) -> impl Generator<Yield = u32, Return = u32> {
            let n = base * $e;
            yield_!(n);
            $e * n - $e
        }
    };
}

precedence!(keeps_groups, 1 + 2);

macro_rules! with_body {
    ($name:ident ($($arg:ident: $ty:ty),*) -> $item:ty, $body:block) => {
        #[generator]
        fn $name($($arg: $ty),*) -> impl Generator<Yield = $item> $body
    };
}

with_body!(block_fragment(n: u32, step: u32) -> u32, {
    let mut n = n;
    while n < 10 {
        yield_!(n);
        n += step;
    }
});

macro_rules! statements {
    ($name:ident, $before:stmt, $pattern:pat = $value:expr, $label:lifetime, $limit:literal) => {
        #[generator]
        fn $name(values: Vec<u32>) -> impl Generator<Yield = u32, Return = u32> {
            $before;
            let mut sum = 0;
            $label: for value in values {
                let $pattern = $value else { continue $label };
                if sum > $limit {
                    break $label;
                }
                sum += value;
                yield_!(value);
            }
            sum
        }
    };
}

statements!(other_fragments, let _unused = 5, Some(_) = Some(1), 'outer, 3);

macro_rules! hygienic_local {
    ($name:ident, $outer:ident) => {
        #[generator]
        fn $name($outer: u32) -> impl Generator<Yield = u32, Return = u32> {
            // Two locals of one name, which hygiene keeps apart.
            let value = 100;
            yield_!($outer);
            yield_!(value);
            $outer + value
        }
    };
}

hygienic_local!(two_values, value);

#[test]
fn identifiers_and_types() {
    assert_eq!(
        run(strings("a".to_owned())),
        (vec!["a".to_owned(), "a".to_owned()], "a".to_owned())
    );
    assert_eq!(run(numbers(Some(1))), (vec![Some(1), Some(1)], Some(1)));
}

#[test]
fn expressions() {
    assert_eq!(three().collect::<Vec<_>>(), [2, 6, 4]);
    assert_eq!(one().collect::<Vec<_>>(), [u32::MAX]);
    assert_eq!(run(keeps_groups(2)), (vec![6], 15));
}

#[test]
fn blocks_statements_patterns_and_labels() {
    assert_eq!(run(block_fragment(4, 3)).0, [4, 7]);
    assert_eq!(run(other_fragments(vec![2, 3, 4, 5])), (vec![2, 3], 5));
}

#[test]
fn hygiene_of_the_surrounding_macro() {
    assert_eq!(run(two_values(1)), (vec![1, 100], 101));
}
