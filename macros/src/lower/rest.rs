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
use quote::quote;

use super::{part::bit_of, sites};
use crate::{
    frame::{Group, Part, Refill, is_inside, without_deref},
    hygiene::private,
    syntax,
    tokens::regrouped,
};

/// What drops the rest of a local whose parts may have been moved.
pub(super) fn drop_rest(parts: &[Part]) -> TokenStream {
    let parts: Vec<_> = parts.iter().enumerate().collect();
    let replays = guarded(&parts, &replay_paths(parts.clone()));
    // What it captures has no bytes.
    q!(move |mut rest, moved| { #replays })
}

/// The same of a part that is assigned, if it may have been moved, or what it points to.
pub(super) fn drop_rest_of(refill: &Refill, parts: &[Part]) -> Option<TokenStream> {
    // What a pattern took that is matched on more is told by its path alone.
    let parts: Vec<_> = parts
        .iter()
        .map(|part| {
            let mut part = part.clone();
            if is_inside(&refill.path, &part.named) {
                let inner = part.path.strip_prefix(&refill.path).unwrap_or_default();
                let taken = inside(&refill.rest, inner);
                part.replay = q!(#private::core::mem::forget(#taken););
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
    let replays = guarded(&paths, &rebase(replay_paths(paths.clone()), &part));
    Some(q!(move |mut rest, moved| { #replays }))
}

/// The part of a place at a path inside of it, `.0.name.*`.
fn inside(place: &TokenStream, path: &str) -> TokenStream {
    let members = path.split('.').filter(|member| !member.is_empty());
    members.fold(place.clone(), |place, member| match member {
        "*" => q!((*#place)),
        member => match member.parse::<TokenStream>() {
            Ok(member) => quote!(#place.#member),
            Err(_) => place,
        },
    })
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
        replays.extend(replay_one(&updates, &here, &inner));
    }
    replays
}

/// The same of one path: `updates` are struct literals which have taken all of it but what they name, `here` what has
/// been moved in another way, and `inner` replays what has been moved of its parts.
fn replay_one(
    updates: &[(usize, &Part)],
    here: &[(usize, &Part)],
    inner: &TokenStream,
) -> TokenStream {
    // What a struct literal has not taken may have been moved as well.
    let by_literals = chain(updates, &TokenStream::new());
    if !in_turn(here) {
        let moved = chain(here, inner);
        return q!(#by_literals #moved);
    }
    let mut matches: Vec<Vec<(usize, &Part)>> = Vec::new();
    for part in here {
        let same = matches
            .iter_mut()
            .find(|parts| match_number(&parts[0]) == match_number(part));
        match same {
            Some(parts) => parts.push(*part),
            None => matches.push(vec![*part]),
        }
    }
    let moved = matches
        .iter()
        .map(|parts| chain(parts, &TokenStream::new()));
    q!(#by_literals #(#moved)*)
}

/// Which `match` a pattern is in that has moved a part.
fn match_number((_, part): &(usize, &Part)) -> Option<usize> {
    part.group.as_ref().map(|group| group.match_number)
}

/// The first of these parts that has been moved is forgotten.
fn chain(parts: &[(usize, &Part)], otherwise: &TokenStream) -> TokenStream {
    let last = (!otherwise.is_empty()).then(|| q!({ #otherwise }));
    let chain = parts.iter().rev().fold(last, |otherwise, (number, part)| {
        let (bit, replay) = (bit_of(*number), &part.replay);
        let otherwise = otherwise.map(|otherwise| q!(else #otherwise));
        Some(q!(if moved & #bit != 0 { #replay } #otherwise))
    });
    chain.unwrap_or_default()
}

/// Asks whether more than one of those has been moved of which one at most should have been: patterns of different
/// variants, and struct literals. That errs where a constructor has two names. Then what is left is leaked, and not
/// dropped a second time.
fn guarded(parts: &[(usize, &Part)], replays: &TokenStream) -> TokenStream {
    let mut several = Vec::new();
    let mut paths: Vec<String> = parts
        .iter()
        .map(|(_, part)| without_deref(&part.path))
        .collect();
    paths.sort();
    paths.dedup();
    for path in paths {
        let here = parts
            .iter()
            .filter(|(_, part)| without_deref(&part.path) == path);
        let (updates, here): (Vec<_>, Vec<_>) = here.partition(|(_, part)| part.leaves_named);
        let groups: Vec<_> = here
            .into_iter()
            .filter(|(_, part)| part.group.is_some())
            .collect();
        several.extend(several_of(&updates));
        let is_one_match = groups
            .iter()
            .all(|part| match_number(part) == match_number(&groups[0]));
        if !is_one_match && !in_turn(&groups) {
            several.extend(several_of(&groups));
        }
    }
    if several.is_empty() {
        return replays.clone();
    }
    q!(if #(#several)||* { #private::core::mem::forget(rest); } else { #replays })
}

/// Whether more than one of these bits is set.
fn several_of(parts: &[(usize, &Part)]) -> Option<TokenStream> {
    if parts.len() < 2 {
        return None;
    }
    let all = parts.iter().map(|(number, _)| bit_of(*number));
    Some(q!({ let several = moved & (#(#all)|*); several & several.wrapping_sub(1) != 0 }))
}

/// Whether a pattern is certainly of a variant: where another part has been moved, rustc matches on no enum again.
fn is_variant(group: &Group) -> bool {
    const STD: &[&str] = &["Break", "Continue", "Err", "Ok", "Ready", "Some"];
    let constructor = group.constructor.as_deref();
    constructor.is_some_and(|constructor| STD.contains(&constructor))
}

/// Whether patterns may take different parts of one place in turn. Of a variant of the user's they may not, but syntax
/// cannot tell: then rustc says so of the code that drops the rest (E0382).
fn in_turn(here: &[(usize, &Part)]) -> bool {
    let groups: Vec<&Group> = here
        .iter()
        .filter_map(|(_, part)| part.group.as_ref())
        .collect();
    groups.iter().enumerate().any(|(number, one)| {
        groups[number + 1..].iter().any(|other| {
            one.match_number != other.match_number
                && one.constructor == other.constructor
                && !is_variant(one)
                && sites::take_different_parts(&one.pat, &other.pat)
        })
    })
}
