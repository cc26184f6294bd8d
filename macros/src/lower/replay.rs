//! Moves of parts of one local, of which not all can have happened: code that does those again which have, and which
//! rustc accepts.
//!
//! ```text
//! if moved & 1 != 0 { forget(rest.a) }                                    nothing in common
//! if moved & 2 != 0 { forget(rest.b) } else { .. forget(rest.b.c) .. }    one of the two at most
//! ```

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};

use super::{
    relation::{Move, Moves, Relation, question},
    rest::replay,
};
use crate::{
    frame::{Bit, Part},
    hygiene::private,
};

/// So many questions are asked one after the other. The code is written for each combination of answers.
const MOST_QUESTIONS: usize = 4;

/// The answers to the questions, as far as they are known.
type Answers = Vec<Option<bool>>;

/// Forgets what has been moved out of `rest`, as the bits of these numbers say in `moved`.
/// `count`: how many parts of the local there are.
pub(super) fn replay_all(parts: Vec<(usize, Part)>, count: usize) -> TokenStream {
    let moves = Moves::new(parts, count);
    let asks = moves.asks();
    let all: Vec<_> = (0..moves.all.len()).collect();
    let replays = moves.in_turn(&all, &vec![None; moves.questions.len()]);
    let several = moves.several();
    if several.is_empty() {
        return q!(#asks #replays);
    }
    q!(#asks if #(#several)||* { #private::core::mem::forget(rest); } else { #replays })
}

impl Moves {
    /// Does these moves again, if they have happened.
    fn in_turn(&self, moves: &[usize], answers: &Answers) -> TokenStream {
        let groups = self.groups(moves, answers);
        let groups = groups.iter().map(|group| self.group(group, answers));
        groups.collect()
    }

    /// The same moves, those together of which one may exclude another.
    fn groups(&self, moves: &[usize], answers: &Answers) -> Vec<Vec<usize>> {
        connected(moves, |one, other| {
            self.excludes(one, other, answers) != Some(false)
        })
    }

    /// Whether one of two moves at most has happened, if that is known.
    fn excludes(&self, one: usize, other: usize, answers: &Answers) -> Option<bool> {
        match &self.relations[one][other] {
            Relation::Apart => Some(false),
            Relation::Either | Relation::EitherByName => Some(true),
            Relation::Asked(asked) => {
                let is_given =
                    |all: &[usize], answer| all.iter().any(|number| answers[*number] == answer);
                let mut may = asked.iter().filter(|all| !is_given(all, Some(false)));
                let mut sure = may.clone();
                if sure.any(|all| !is_given(all, None)) {
                    return Some(true);
                }
                may.next().is_none().then_some(false)
            }
        }
    }

    /// Does the moves of a group again: an `if`.
    fn group(&self, group: &[usize], answers: &Answers) -> TokenStream {
        let asked = answers.iter().flatten().count();
        let open = self.unanswered(group, answers);
        // rustc says whether they may both be done (E0382).
        if let Some(number) = open.filter(|_| asked < MOST_QUESTIONS) {
            let [yes, no] = [true, false].map(|answer| {
                let mut answers = answers.clone();
                answers[number] = Some(answer);
                self.in_turn(group, &answers)
            });
            let question = question(number);
            return q! {
                if #question.moves() { #question.in_move(); #yes } else { #question.in_borrow(); #no }
            };
        }
        let Some(first) = self.first_of(group, answers) else {
            return TokenStream::new();
        };
        let others: Vec<_> = group.iter().copied().filter(|one| *one != first).collect();
        let besides = others.iter().copied();
        let besides: Vec<_> = besides
            .filter(|one| self.excludes(first, *one, answers) == Some(false))
            .collect();
        let (before, after): (Vec<_>, Vec<_>) = self
            .groups(&besides, answers)
            .into_iter()
            .partition(|group| group.iter().all(|one| *one < first));
        let [before, after] = [before, after].map(|groups| {
            let groups = groups.iter().map(|group| self.group(group, answers));
            groups.collect::<TokenStream>()
        });
        let Move { part, .. } = &self.all[first];
        let (happened, replay) = (self.happened(first), replay(part));
        let otherwise = self.in_turn(&others, answers);
        let otherwise = match self.groups(&others, answers).len() {
            0 => TokenStream::new(),
            1 => q!(else #otherwise),
            _ => q!(else { #otherwise }),
        };
        q!(if #happened { #before #replay #after } #otherwise)
    }

    /// The move of a group that excludes most of the others.
    fn first_of(&self, group: &[usize], answers: &Answers) -> Option<usize> {
        let excluded = |one: usize| {
            let others = group.iter().copied();
            others
                .filter(|other| self.excludes(one, *other, answers) == Some(true))
                .count()
        };
        let moves = group.iter().copied();
        moves.min_by_key(|one| {
            let bits = self.all[*one].bits.len();
            (std::cmp::Reverse((bits, excluded(*one))), *one)
        })
    }

    /// A question on which it depends whether moves of a group exclude each other.
    fn unanswered(&self, group: &[usize], answers: &Answers) -> Option<usize> {
        let open = pairs(group)
            .filter(|(one, other)| self.excludes(*one, *other, answers).is_none())
            .filter_map(|(one, other)| match &self.relations[one][other] {
                Relation::Asked(asked) => Some(asked),
                _ => None,
            })
            .flatten()
            .flatten()
            .filter(|number| answers[**number].is_none());
        open.copied()
            .min_by_key(|number| (self.questions[*number].depth, *number))
    }

    /// Whether moves have both happened although it seems that they exclude each other.
    fn several(&self) -> Vec<TokenStream> {
        let mut several = self.several_of(|relation| *relation == Relation::EitherByName);
        let asked = self
            .relations
            .iter()
            .flatten()
            .filter_map(|relation| match relation {
                Relation::Asked(asked) => Some(asked),
                _ => None,
            });
        let asked: BTreeSet<_> = asked.flatten().collect();
        for all in asked {
            let both = self.several_of(
                |relation| matches!(relation, Relation::Asked(asked) if asked.contains(all)),
            );
            let questions: Vec<_> = all.iter().map(|number| question(*number)).collect();
            several.extend(
                both.into_iter()
                    .map(|both| q!(#(#questions.moves() &&)* #both)),
            );
        }
        several
    }

    /// The same of those that are in such a relation.
    fn several_of(&self, is_such: impl Fn(&Relation) -> bool) -> Vec<TokenStream> {
        let is = |one: usize, other: usize| is_such(&self.relations[one][other]);
        let all: Vec<_> = (0..self.all.len()).collect();
        let mut several = Vec::new();
        for group in connected(&all, is) {
            let pairs: Vec<_> = pairs(&group).collect();
            let exclude = |one: usize, other: usize| self.relations[one][other] == Relation::Either;
            if pairs
                .iter()
                .all(|&(one, other)| is(one, other) || exclude(one, other))
            {
                several.extend(self.several_bits(&group));
                continue;
            }
            let related = pairs.into_iter().filter(|&(one, other)| is(one, other));
            several.extend(related.filter_map(|(one, other)| self.several_bits(&[one, other])));
        }
        several
    }

    /// Whether more than one of these moves has happened.
    fn several_bits(&self, moves: &[usize]) -> Option<TokenStream> {
        if moves.len() < 2 {
            return None;
        }
        let numbers = moves.iter().flat_map(|one| &self.all[*one].bits);
        let bits: Vec<_> = numbers.copied().map(Bit::of).collect();
        if self.count > Bit::IN_WORD {
            let words = Bit::words(&bits, self.count);
            return Some(q!(moved.count([#(#words),*]) > 1));
        }
        let bits = bits.iter().map(Bit::literal);
        Some(q!({ let several = moved & (#(#bits)|*); several & several.wrapping_sub(1) != 0 }))
    }

    /// Whether a move has happened.
    fn happened(&self, one: usize) -> TokenStream {
        let bits = self.all[one].bits.iter().map(|number| {
            let bit = Bit::of(*number);
            let (word, bit) = (Literal::usize_unsuffixed(bit.word), bit.literal());
            if self.count > Bit::IN_WORD {
                q!(moved.0[#word] & #bit != 0)
            } else {
                q!(moved & #bit != 0)
            }
        });
        let bits: Vec<_> = bits.collect();
        q!(#(#bits)&&*)
    }
}

/// Those that are connected by a relation, together.
fn connected(all: &[usize], is: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut left = all.to_vec();
    let mut groups = Vec::new();
    while !left.is_empty() {
        let mut group = vec![left.remove(0)];
        let mut next = 0;
        while let Some(&one) = group.get(next) {
            let (joined, others) = left.iter().partition::<Vec<_>, _>(|other| is(one, **other));
            group.extend(joined);
            left = others;
            next += 1;
        }
        group.sort_unstable();
        groups.push(group);
    }
    groups
}

/// All pairs of these.
fn pairs(all: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    all.iter().enumerate().flat_map(|(number, one)| {
        let others = all[number + 1..].iter();
        others.map(|other| (*one, *other))
    })
}
