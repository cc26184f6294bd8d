//! What is left of a local whose parts have been moved: the moves are done once more, on a copy, and what they
//! take is forgotten.
//!
//! ```text
//! |rest, moved| {
//!     if moved & 1 != 0 { forget(rest.name) }
//!     if moved & 2 != 0 { match rest.op { Op::Both(a, _) => forget((a,)), _ => unmatched() } } else { .. }
//! }
//! ```

use proc_macro2::{TokenStream, TokenTree};

use super::part::bit_of;
use crate::{
    frame::{self, Part, Refill, is_inside, without_deref},
    hygiene::private,
    syntax,
    tokens::regrouped,
};

/// What drops the rest of a local whose parts may have been moved.
pub(super) fn drop_rest(parts: &[Part]) -> TokenStream {
    let paths: Vec<_> = parts.iter().enumerate().collect();
    let replays = replay_paths(paths);
    // What it captures has no bytes.
    q!(move |mut rest, moved| { #replays })
}

/// The same of a part that is assigned, if it may have been moved, or what it points to.
pub(super) fn drop_rest_of(refill: &Refill, parts: &[Part]) -> Option<TokenStream> {
    // The whole of it is what a pattern took that is matched on more.
    let parts: Vec<_> = parts
        .iter()
        .map(|part| {
            let mut part = part.clone();
            if is_inside(&refill.path, &part.named) {
                let rest = &refill.rest;
                part.replay = q!(#private::core::mem::forget(#rest););
            }
            part
        })
        .collect();
    let parts = parts.iter().enumerate();
    let paths: Vec<_> = parts.filter(|(_, part)| refill.fills(part)).collect();
    if paths.is_empty() {
        return None;
    }
    let part: Vec<_> = refill.rest.clone().into_iter().collect();
    let replays = rebase(replay_paths(paths), &part);
    Some(q!(move |mut rest, moved| { #replays }))
}

/// In code for the rest of a local, the `part` of `rest` becomes `rest` itself.
fn rebase(tokens: TokenStream, part: &[TokenTree]) -> TokenStream {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is_part = |at: usize| {
        let found = tokens.get(at..at + part.len());
        found.is_some_and(|found| {
            let mut pairs = found.iter().zip(part);
            pairs.all(|(found, part)| found.to_string() == part.to_string())
        })
    };
    let mut rebased = TokenStream::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if is_part(at) {
            let rest = syntax::generated("rest");
            rebased.extend(q!(#rest));
            at += part.len();
            continue;
        }
        rebased.extend([match token {
            TokenTree::Group(group) => regrouped(group, rebase(group.stream(), part)),
            token => token.clone(),
        }]);
        at += 1;
    }
    rebased
}

/// Replays what has been moved: parts as they are numbered.
fn replay_paths(parts: Vec<(usize, &Part)>) -> TokenStream {
    let mut parts: Vec<_> = parts
        .into_iter()
        .map(|(number, part)| (without_deref(&part.path), number, part))
        .collect();
    parts.sort_by_key(|(path, ..)| path.len());
    replay(&parts)
}

/// A part that has been moved as a whole has not been moved in part, nor moved elsewhere.
fn replay(parts: &[(String, usize, &Part)]) -> TokenStream {
    let mut replays = TokenStream::new();
    let mut done: Vec<&str> = Vec::new();
    for (path, ..) in parts {
        if done
            .iter()
            .any(|outer| path == outer || is_inside(path, outer))
        {
            continue;
        }
        done.push(path);
        let inner: Vec<_> = parts
            .iter()
            .filter(|(other, ..)| is_inside(other, path))
            .cloned()
            .collect();
        let inner = replay(&inner);
        let (updates, here): (Vec<_>, Vec<_>) = parts
            .iter()
            .filter(|(other, ..)| other == path)
            .map(|(_, number, part)| (*number, *part))
            .partition(|(_, part)| part.leaves_named);
        // What a struct literal has not taken may have been moved as well.
        for (number, part) in updates {
            let (bit, replay) = (bit_of(number), &part.replay);
            replays.extend(q!(if moved & #bit != 0 { #replay }));
        }
        let chain = here
            .iter()
            .rev()
            .fold(q!({ #inner }), |otherwise, (number, part)| {
                let (bit, replay) = (bit_of(*number), &part.replay);
                q!(if moved & #bit != 0 { #replay } else #otherwise)
            });
        replays.extend(exclusive(&here));
        replays.extend(chain);
    }
    replays
}

/// Asserts that no two patterns which do not exclude each other both move parts of one place.
fn exclusive(here: &[(usize, &Part)]) -> TokenStream {
    let groups: Vec<&frame::Group> = here
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
