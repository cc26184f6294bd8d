//! Makes a function smaller for as long as the same is wrong with its expansion.

use std::time::{Duration, Instant};

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::check::check;

/// How long it may take.
const LIMIT: Duration = Duration::from_secs(30);

/// A smaller function with the same fault.
#[must_use]
pub fn reduce(function: TokenStream, fault: &str) -> TokenStream {
    let started = Instant::now();
    let same = |function: &TokenStream| {
        started.elapsed() < LIMIT
            && matches!(check(function), Err(other) if kind(&other) == kind(fault))
    };
    let mut smallest = function;
    while let Some(smaller) = candidates(&smallest).into_iter().find(same) {
        smallest = smaller;
    }
    smallest
}

/// A fault without what depends on the function.
#[must_use]
pub fn kind(fault: &str) -> String {
    let first = fault.lines().next().unwrap_or_default();
    first.split('`').step_by(2).collect()
}

/// The same with less: without a stretch of tokens, a long one first, or with a group's content in its place.
fn candidates(tokens: &TokenStream) -> Vec<TokenStream> {
    let list: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut found = Vec::new();
    let mut length = list.len();
    while length > 0 {
        for start in (0..=list.len() - length).step_by(length.div_ceil(2)) {
            let (before, after) = (&list[..start], &list[start + length..]);
            found.push(before.iter().chain(after).cloned().collect());
        }
        length /= 2;
    }
    for (at, token) in list.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let with = |inner: TokenStream| -> TokenStream {
            let mut list = list.clone();
            list.splice(at..=at, inner);
            list.into_iter().collect()
        };
        found.push(with(group.stream()));
        for inner in candidates(&group.stream()) {
            let group = Group::new(group.delimiter(), inner);
            found.push(with(TokenTree::Group(group).into()));
        }
    }
    found
}
