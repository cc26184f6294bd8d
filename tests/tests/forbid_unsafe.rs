//! A crate that forbids `unsafe` and denies every lint that says something about generated code.
#![forbid(unsafe_code)]
#![deny(warnings)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(
    absolute_paths_not_starting_with_crate,
    deprecated_in_future,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    future_incompatible,
    if_let_rescope,
    impl_trait_redundant_captures,
    keyword_idents,
    let_underscore,
    let_underscore_drop,
    macro_use_extern_crate,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    nonstandard_style,
    redundant_imports,
    redundant_lifetimes,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unsafe_op_in_unsafe_fn,
    unstable_features,
    unused,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![allow(
    tail_expr_drop_order,
    reason = "it says what edition 2021 did; rustc has turned it off for edition 2024"
)]

use std::pin::Pin;

use handcrank::{Generator, generator, yield_, yield_from};
use handcrank_tests::{Pause, block_on, run, run_with};

/// Everything in one body.
#[generator]
fn everything<'a, T: Clone>(
    items: &'a [T],
    name: &str,
    #[resume] first: Option<u32>,
) -> impl Generator<Option<u32>, Yield = String, Return = Option<(u32, Vec<&'a T>)>> {
    let mut total = first?;
    let mut seen = Vec::new();
    let label = format!("{name}!");
    let (left, mut right) = (1, 2);
    for (index, item) in items.iter().enumerate() {
        let text = format!("{label}{index}");
        let input = yield_!(text);
        // No let chain, so that these tests run on the oldest compiler.
        let Some(n) = input.filter(|n| *n > 0) else {
            continue;
        };
        total += n;
        match total {
            0..20 => seen.push(item),
            _ if right > 100 => return None,
            _ => right += yield_!(String::from("large"))?,
        }
    }
    while left + right < 10 {
        right += 1;
    }
    let closure = |n: u32| n + total;
    let sum = closure(left) + yield_!(label).unwrap_or_default() + right;
    Some((sum, seen))
}

/// An iterator with nested loops.
#[generator]
fn grid(width: u32, height: u32) -> impl Iterator<Item = (u32, u32)> {
    'rows: for y in 0..height {
        for x in 0..width {
            if x == y {
                continue 'rows;
            }
            yield_!((x, y));
        }
    }
}

/// A recursive one.
#[generator]
fn ruler(order: u32) -> Box<dyn Iterator<Item = u32>> {
    if order > 0 {
        yield_from!(ruler(order - 1));
        yield_!(order);
        yield_from!(ruler(order - 1));
    }
}

/// A boxed generator.
#[generator]
fn boxed(text: String) -> Pin<Box<dyn Generator<Yield = usize, Return = String>>> {
    let view = &text;
    yield_!(view.len());
    text
}

/// A future.
#[generator]
async fn pauses(list: &mut Vec<u32>) -> usize {
    let before = list.len();
    for n in 0..2 {
        Pause(n).await;
        list.push(n);
    }
    list.len() - before
}

/// A movable generator that moves its locals on some paths.
#[generator]
fn movable(
    #[resume] first: bool,
    text: String,
) -> impl Generator<bool, Yield = usize, Return = Vec<u8>> + Unpin {
    let mut keep = first;
    let spare = text.clone();
    while keep {
        keep = yield_!(text.len());
    }
    if spare.is_empty() {
        drop(spare);
    }
    text.into_bytes()
}

#[test]
fn compiles_without_a_warning_and_works() {
    let (yielded, end) = run_with(everything(&['a', 'b'], "x"), |n| {
        Some(u32::try_from(n).unwrap())
    });
    assert_eq!(yielded, ["x!0", "x!1", "x!"]);
    assert_eq!(end, Some((16, vec![&'a', &'b'])));
    assert_eq!(grid(3, 3).collect::<Vec<_>>(), [(0, 1), (0, 2), (1, 2)]);
    assert_eq!(ruler(3).collect::<Vec<_>>(), [1, 2, 1, 3, 1, 2, 1]);
    assert_eq!(run(boxed("abc".to_owned())), (vec![3], "abc".to_owned()));
    assert_eq!(block_on(pauses(&mut vec![5])), (1, 2));
    assert_eq!(
        run_with(movable("ab".to_owned()), |n| n < 1),
        (vec![2], b"ab".to_vec())
    );
}
