//! What is left of a local whose parts have been moved: the moves are done once more, on a copy, and what they
//! take is forgotten.
//!
//! ```text
//! |rest, moved| {
//!     if moved & 1 != 0 { forget(rest.name) }
//!     if moved & 2 != 0 { match rest.op { Op::Both(a, _) => forget((a,)), _ => unmatched() } } else { .. }
//! }
//! ```

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{apart::told_by_itself, common::pattern_at, mixed, replay::replay_all};
use crate::{
    frame::{Matched, Part, Refill, Taken, path_in},
    hygiene::{private, span_of},
};

/// What drops the rest of a local whose parts may have been moved.
pub(super) fn drop_rest(parts: &[Part]) -> TokenStream {
    let replays = replay_all(parts.iter().cloned().enumerate().collect(), parts.len());
    // What it captures has no bytes.
    q!(move |mut rest, moved| { #replays })
}

/// The same of a part that is assigned, if it may have been moved, or what it points to.
pub(super) fn drop_rest_of(refill: &Refill, parts: &[Part]) -> Option<TokenStream> {
    let filled = parts.iter().enumerate();
    let filled: Vec<_> = filled
        .filter_map(|(number, part)| Some((number, part_of(refill, part)?)))
        .collect();
    if filled.is_empty() {
        return None;
    }
    let replays = replay_all(filled, parts.len());
    Some(q!(move |mut rest, moved| { #replays }))
}

/// A part that may have been moved, as one of the part that is assigned. `None` if it is there whether that is assigned
/// or not, or if there is no telling.
pub(super) fn part_of(refill: &Refill, part: &Part) -> Option<Part> {
    let in_rest = |path: &str| Some(format!("rest{}", path_in(path, &refill.path)?));
    let path = in_rest(&part.path)?;
    let taken = match &part.taken {
        Taken::Matched(matched) => {
            let mut matched = matched.clone();
            match in_rest(&matched.on) {
                Some(on) => matched.on = on,
                None => {
                    let inner = path_in(&refill.path, &matched.on)?;
                    matched.pat = pattern_at(&matched.pat, &inner)?.clone();
                    "rest".clone_into(&mut matched.on);
                }
            }
            Taken::Matched(matched)
        }
        taken => taken.clone(),
    };
    Some(Part {
        path,
        taken,
        ..part.clone()
    })
}

/// Moves a part out of `rest`, and forgets it.
pub(super) fn replay(part: &Part) -> TokenStream {
    let in_move = part.mode.as_ref().map(|mode| q!(#mode.in_move();));
    // An error about it is the user's member.
    let span = part.written.last().map_or_else(Span::call_site, span_of);
    let rest = Ident::new("rest", mixed(span));
    let rest = quote!(#rest);
    let place = place_in(&rest, &part.path, &part.written);
    match &part.taken {
        // What is behind a guard is a mutable reference, which is not moved.
        Taken::Named => {
            let place = told_by_itself(&place);
            q!(#in_move #private::core::mem::forget(#place);)
        }
        Taken::Matched(matched) => {
            let Matched { on, pat, names, .. } = &**matched;
            let place = place_in(&rest, on, &part.written);
            q! {{
                match #place {
                    #pat => #private::core::mem::forget((#(#names,)*)),
                    _ => #private::unmatched(),
                }
            }}
        }
        // What the literal names is still there.
        Taken::Updated { literal, members } => q! {
            #private::core::mem::forget(#literal {
                #(#members: (&raw const #place.#members).read(),)* ..#place
            });
        },
    }
}

/// The part of a local that has this path, `local.0.name.*`, as one of a place. `written`: its last members.
pub(super) fn place_in(place: &TokenStream, path: &str, written: &[TokenStream]) -> TokenStream {
    let members: Vec<_> = path.split('.').skip(1).collect();
    let count = members.len();
    let members = members.into_iter().enumerate();
    members.fold(place.clone(), |place, (number, member)| {
        let written = (number + written.len())
            .checked_sub(count)
            .and_then(|number| written.get(number));
        match (member, written, member.parse::<TokenStream>()) {
            ("*", ..) => q!((*#place)),
            (_, Some(member), _) => quote!(#place.#member),
            (_, None, Ok(member)) => quote!(#place.#member),
            (_, None, Err(_)) => place,
        }
    })
}
