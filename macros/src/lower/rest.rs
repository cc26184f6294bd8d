//! What is left of a local whose parts have been moved: the moves are done once more, on a copy, and what they
//! take is forgotten.
//!
//! ```text
//! |rest, moved| {
//!     if moved & 1 != 0 { forget(rest.name) }
//!     if moved & 2 != 0 { match rest.op { Op::Both(a, _) => forget((a,)), _ => unmatched() } } else { .. }
//! }
//! ```

use proc_macro2::{Literal, TokenStream};

use crate::{
    frame::{Group, Part},
    hygiene::private,
};

/// What drops the rest of a local whose parts may have been moved.
pub(super) fn drop_rest(parts: &[Part]) -> TokenStream {
    let mut paths: Vec<(usize, &Part)> = parts.iter().enumerate().collect();
    paths.sort_by_key(|(_, part)| part.path.len());
    let replays = replay_paths(&paths);
    // What it captures has no bytes.
    q!(move |mut rest, moved| { #replays })
}

/// A part that has been moved as a whole has not been moved in part, nor moved elsewhere.
fn replay_paths(paths: &[(usize, &Part)]) -> TokenStream {
    let mut replays = TokenStream::new();
    let mut done: Vec<&str> = Vec::new();
    for (_, Part { path, .. }) in paths {
        if done
            .iter()
            .any(|outer| path == outer || is_inside(path, outer))
        {
            continue;
        }
        done.push(path);
        let inner: Vec<_> = paths
            .iter()
            .filter(|(_, other)| is_inside(&other.path, path))
            .copied()
            .collect();
        let inner = replay_paths(&inner);
        let (updates, here): (Vec<_>, Vec<_>) = paths
            .iter()
            .filter(|(_, other)| other.path == *path)
            .partition(|(_, part)| part.leaves_named);
        // What a struct literal has not taken may have been moved as well.
        for (number, part) in updates {
            let (bit, replay) = (Literal::u128_unsuffixed(1 << number), &part.replay);
            replays.extend(q!(if moved & #bit != 0 { #replay }));
        }
        let chain = here
            .iter()
            .rev()
            .fold(q!({ #inner }), |otherwise, (number, part)| {
                let (bit, replay) = (Literal::u128_unsuffixed(1 << number), &part.replay);
                q!(if moved & #bit != 0 { #replay } else #otherwise)
            });
        replays.extend(exclusive(&here));
        replays.extend(chain);
    }
    replays
}

/// Asserts that no two patterns which do not exclude each other both move parts of one place.
fn exclusive(here: &[(usize, &Part)]) -> TokenStream {
    let groups: Vec<&Group> = here
        .iter()
        .filter_map(|(_, part)| part.group.as_ref())
        .collect();
    let mut asserts = TokenStream::new();
    for (number, one) in groups.iter().enumerate() {
        for other in &groups[number + 1..] {
            let differ = one.constructor.is_some()
                && other.constructor.is_some()
                && one.constructor != other.constructor;
            if one.match_number != other.match_number && !differ {
                let (one, other) = (&one.types, &other.types);
                asserts.extend(q! {
                    if false { loop {} #private::one_moves(#one, #other); }
                });
            }
        }
    }
    asserts
}

/// Whether a path is of a part of the outer one.
pub(super) fn is_inside(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.starts_with('.'))
}
