//! Which moves of parts of one local can both have happened.
//!
//! Patterns of one variant that take different parts, `V(a, _)` and `V(_, b)`, may both have moved something if the
//! variant is the only one. If it is not, rustc does not allow that one is matched after the other, neither in the user's
//! code nor in what drops the rest. Syntax does not tell, so rustc is asked whether a `move` closure that matches on
//! `V(_, _)` takes the value: it does to see which variant that is. A field that both bind, `V(n, a, _)` and
//! `V(n, _, b)`, is taken unless it is copied. So for `.1` and `(.., a)`, where it is asked besides whether the tuple has
//! two elements.
//!
//! Rule: reference, "Closure types", capture precision.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Pat;

use super::{
    common::{Common, common, pattern_at},
    moved::Moved,
    rest::place_in,
    sites,
};
use crate::{
    frame::{Part, Taken, path_in, without_deref},
    hygiene::private,
    syntax::generated,
};

/// So many struct literals may each have taken what the others have left.
const MOST_LITERALS: usize = 3;

/// Whether two moves may both have happened.
#[derive(Clone, PartialEq)]
pub(super) enum Relation {
    /// They may.
    Apart,
    /// They may not.
    Either,
    /// They may not if the constructors are those of different variants. Should one variant have two names, what is
    /// left is leaked, and not dropped a second time.
    EitherByName,
    /// They may not if the answer is yes to all questions of one of these.
    Asked(Vec<Vec<usize>>),
}

/// Moves that are done again together.
pub(super) struct Move {
    /// The bits that say that it has happened, all of them.
    pub bits: Vec<usize>,
    /// What is moved.
    pub part: Part,
}

/// The moves, in an order in which they can be done.
pub(super) struct Moves {
    /// By number.
    pub all: Vec<Move>,
    /// Of each of them to each.
    pub relations: Vec<Vec<Relation>>,
    /// By number.
    pub questions: Vec<Question>,
    /// How many parts of the local there are.
    pub count: usize,
}

/// What rustc is asked.
pub(super) struct Question {
    /// Of what, as a part of the local, with the last members as they are written.
    on: (String, Vec<TokenStream>),
    pat: Pat,
    /// Whether a tuple has so many elements. If it is not that, whether matching by the pattern takes the place.
    count: Option<usize>,
    /// How deep in the place it is.
    pub depth: usize,
}

impl Moves {
    /// Moves of parts with these numbers.
    pub fn new(parts: Vec<(usize, Part)>, parts_of_local: usize) -> Self {
        let mut all: Vec<Move> = Vec::new();
        for (number, part) in parts {
            let together: Vec<_> = all
                .iter()
                .filter_map(|one| one.with(number, &part))
                .collect();
            let bits = vec![number];
            all.extend(together);
            all.push(Move { bits, part });
        }
        // A struct literal reads what it leaves, which is there or has been there.
        all.sort_by_key(|one| {
            let is_update = matches!(one.part.taken, Taken::Updated { .. });
            (!is_update, without_deref(&one.part.path).len())
        });
        let count = all.len();
        let mut moves = Moves {
            all,
            relations: vec![vec![Relation::Apart; count]; count],
            questions: Vec::new(),
            count: parts_of_local,
        };
        for one in 0..count {
            for other in one + 1..count {
                let relation = moves.relation(one, other);
                moves.relations[one][other] = relation.clone();
                moves.relations[other][one] = relation;
            }
        }
        moves
    }

    fn relation(&mut self, one: usize, other: usize) -> Relation {
        let (one, other) = (&self.all[one].part, &self.all[other].part);
        let is_in = |one: &Part, other: &Part| path_in(&one.path, &other.path).is_some();
        if !is_in(one, other) && !is_in(other, one) {
            return Relation::Apart;
        }
        let (part, matched, other) = match (one.variant(), other.variant()) {
            (Some(matched), Some(also)) if matched.variant_in == also.variant_in => {
                return Relation::Either;
            }
            (Some(_), Some(_)) if one.path == other.path && differ(one, other) => {
                return Relation::EitherByName;
            }
            (Some(matched), _) => (one, matched, other),
            (None, Some(matched)) => (other, matched, one),
            (None, None) => return by_path(one, other),
        };
        let common = common(matched, &Moved::by(other));
        let on = (matched.on.clone(), part.written.clone());
        let asked: Vec<_> = common
            .into_iter()
            .map(|common| self.ask(&on, common))
            .collect();
        if asked.is_empty() {
            Relation::Apart
        } else {
            Relation::Asked(asked)
        }
    }

    /// The numbers of the questions that tell whether two moves have to do with the same place.
    fn ask(&mut self, on: &(String, Vec<TokenStream>), common: Common) -> Vec<usize> {
        let depth = common.depth;
        let question = |pat, count| Question {
            on: on.clone(),
            pat,
            count,
            depth,
        };
        let counts = common.counts.into_iter();
        let mut questions: Vec<_> = counts
            .map(|count| question(count.pat, Some(count.count)))
            .collect();
        questions.push(question(common.pat, None));
        let numbers = questions.into_iter().map(|question| self.number(question));
        numbers.collect()
    }

    /// The same question is asked once.
    fn number(&mut self, question: Question) -> usize {
        let is_same = |other: &Question| {
            let [pat, other_pat] = [&question.pat, &other.pat].map(|pat| quote!(#pat).to_string());
            (&question.on.0, pat, question.count) == (&other.on.0, other_pat, other.count)
        };
        self.questions.iter().position(is_same).unwrap_or_else(|| {
            self.questions.push(question);
            self.questions.len() - 1
        })
    }

    /// Asks rustc.
    pub fn asks(&self) -> TokenStream {
        if self.questions.is_empty() {
            return TokenStream::new();
        }
        let (mut declared, mut asked) = (TokenStream::new(), TokenStream::new());
        for (number, Question { on, pat, count, .. }) in self.questions.iter().enumerate() {
            let question = question(number);
            if let Some(count) = count {
                let place = place_in(&q!(rest), &on.0, &on.1);
                declared.extend(q!(let #question = #private::ModeOf::new();));
                asked.extend(q! {
                    match #place {
                        #pat => {
                            use #private::{HasCount as _, HasOther as _};
                            (&#private::counted::<_, #count>(element)).tells(#question);
                        }
                        _ => {}
                    }
                });
                continue;
            }
            let place = place_in(&q!(local.value), &on.0, &on.1);
            declared.extend(q!(let #question = &#private::Probe::new();));
            asked.extend(q! {{
                let local = #private::Local::like(&#private::Ty::at(&raw const rest));
                #question.is(&|| -> () {
                    loop {}
                    &local;
                    let _ = move || match #place { #pat => {} _ => {} };
                });
            }});
        }
        q!(#declared if false { loop {} #asked })
    }
}

impl Move {
    /// What has happened if two struct literals have each taken what the other has left.
    fn with(&self, number: usize, part: &Part) -> Option<Move> {
        let (
            Taken::Updated { literal, members },
            Taken::Updated {
                members: others, ..
            },
        ) = (&self.part.taken, &part.taken)
        else {
            return None;
        };
        let is_same = self.part.path == part.path && self.bits.len() < MOST_LITERALS;
        let both = members.iter().filter(|member| others.contains(member));
        is_same.then(|| Move {
            bits: self.bits.iter().copied().chain([number]).collect(),
            part: Part {
                taken: Taken::Updated {
                    literal: literal.clone(),
                    members: both.cloned().collect(),
                },
                ..part.clone()
            },
        })
    }
}

/// Of two moves by struct literals and by paths, of which one is of the other's place or of a part of that.
fn by_path(one: &Part, other: &Part) -> Relation {
    if without_deref(&one.path) == without_deref(&other.path) {
        return Relation::Either;
    }
    let is_outer = path_in(&other.path, &one.path).is_some();
    let (outer, inner) = if is_outer { (one, other) } else { (other, one) };
    match Moved::by(outer).inside(&inner.path) {
        Moved::Nothing => Relation::Apart,
        _ => Relation::Either,
    }
}

/// Whether two patterns of one place name different constructors, or one of an enum of std.
fn differ(one: &Part, other: &Part) -> bool {
    const STD: &[&str] = &["Break", "Continue", "Err", "Ok", "Ready", "Some"];
    let constructor = |part: &Part| {
        let matched = part.variant()?;
        let path = path_in(&part.path, &matched.on)?;
        sites::constructor(pattern_at(&matched.pat, &path)?)
    };
    match (constructor(one), constructor(other)) {
        (Some(one), Some(other)) => one != other || STD.contains(&&*one),
        _ => false,
    }
}

/// What a question is called.
pub(super) fn question(number: usize) -> Ident {
    generated(&format!("question_{number}"))
}
