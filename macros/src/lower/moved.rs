//! What a move of a part moves of its local.
//!
//! ```text
//! V(a, W(_, b))   of `x.f`    →   of `f`: of the first all, of the second: of the second all
//! ```

use quote::ToTokens;
use syn::{Member, Pat};

use crate::{
    frame::{Part, Taken},
    syntax,
};

/// What is moved of a place.
pub(super) enum Moved {
    /// Nothing.
    Nothing,
    /// All of it.
    All,
    /// Of its fields, or elements, something.
    Fields(Fields),
    /// All of it but these fields.
    Others(Vec<String>),
}

/// What is moved of fields.
pub(super) struct Fields {
    /// The number of elements, if it is known.
    count: Option<usize>,
    fields: Vec<(Field, Moved)>,
}

/// A field, or an element.
#[derive(Clone, PartialEq)]
pub(super) enum Field {
    /// Its name or number.
    Named(String),
    /// Its number from the end, from one.
    FromEnd(usize),
}

impl Moved {
    /// What a move of this part moves of the local.
    pub fn by(part: &Part) -> Moved {
        match &part.taken {
            Taken::Named => Moved::All.at(&part.path),
            Taken::Matched(matched) => Moved::by_pattern(&matched.pat).at(&matched.on),
            Taken::Updated { members, .. } => Moved::Others(names(members)).at(&part.path),
        }
    }

    /// The same of the local, where this is moved of a part of it.
    fn at(self, path: &str) -> Moved {
        let inner = fields_of(path).into_iter().rev();
        inner.fold(self, |moved, field| {
            Moved::Fields(Fields {
                count: None,
                fields: vec![(Field::Named(field), moved)],
            })
        })
    }

    /// What a pattern moves of what it is matched on.
    fn by_pattern(pat: &Pat) -> Moved {
        match pat {
            Pat::Ident(pat) if syntax::is_binding(pat) && pat.by_ref.is_none() => Moved::All,
            Pat::Ident(pat) => match &pat.subpat {
                Some((_, inner)) => Moved::by_pattern(inner),
                None => Moved::Nothing,
            },
            Pat::Paren(pat) => Moved::by_pattern(&pat.pat),
            Pat::Guard(pat) => Moved::by_pattern(&pat.pat),
            Pat::Type(pat) => Moved::by_pattern(&pat.pat),
            Pat::Tuple(pat) => Moved::by_elements(&pat.elems),
            Pat::TupleStruct(pat) => Moved::by_elements(&pat.elems),
            Pat::Slice(pat) => Moved::by_elements(&pat.elems),
            Pat::Struct(pat) => {
                let field = |field: &syn::FieldPat| {
                    let name = field.member.to_token_stream().to_string();
                    (Field::Named(name), Moved::by_pattern(&field.pat))
                };
                Moved::Fields(Fields {
                    count: None,
                    fields: pat.fields.iter().map(field).collect(),
                })
            }
            // Alternatives that leave nothing.
            Pat::Or(_) => Moved::All,
            _ => Moved::Nothing,
        }
    }

    fn by_elements<'p>(elems: impl IntoIterator<Item = &'p Pat>) -> Moved {
        let elems: Vec<_> = elems.into_iter().collect();
        let (count, places) = places(&elems);
        let moved = elems.iter().map(|pat| Moved::by_pattern(pat));
        Moved::Fields(Fields {
            count,
            fields: places
                .into_iter()
                .zip(moved)
                .filter_map(|(place, moved)| Some((place?, moved)))
                .collect(),
        })
    }

    /// The same of a part of the local.
    pub fn inside(&self, path: &str) -> &Moved {
        fields_of(path)
            .into_iter()
            .fold(self, |moved, field| moved.field(&Field::Named(field), None))
    }

    /// The same of a field. `count`: how many there are, if it is known.
    pub fn field(&self, field: &Field, count: Option<usize>) -> &Moved {
        match self {
            Moved::Nothing => &Moved::Nothing,
            Moved::All => &Moved::All,
            Moved::Others(left) => match field {
                Field::Named(name) if left.contains(name) => &Moved::Nothing,
                _ => &Moved::All,
            },
            Moved::Fields(fields) => {
                let count = count.or(fields.count);
                let field = from_start(field, count);
                let found = fields
                    .fields
                    .iter()
                    .find(|(other, _)| from_start(other, count) == field);
                found.map_or(&Moved::Nothing, |(_, moved)| moved)
            }
        }
    }

    /// What is moved of elements of which one may be this one, each with how many there are if it is. `count`: if that is
    /// known.
    pub fn may_be<'m>(
        &'m self,
        field: &'m Field,
        count: Option<usize>,
    ) -> impl Iterator<Item = (usize, &'m Moved)> {
        let fields = match self {
            Moved::Fields(fields) if count.or(fields.count).is_none() => &*fields.fields,
            _ => &[],
        };
        fields
            .iter()
            .filter_map(move |(other, moved)| match (field, other) {
                (Field::Named(number), Field::FromEnd(back))
                | (Field::FromEnd(back), Field::Named(number)) => {
                    Some((number.parse::<usize>().ok()? + back, moved))
                }
                _ => None,
            })
    }

    /// Whether it may be that something at this path of the local is moved, or of it: elements that are counted from the
    /// end may be any.
    pub fn may_be_at(&self, path: &str) -> bool {
        let mut moved = self;
        for field in fields_of(path) {
            if let Moved::Fields(fields) = moved {
                let from_end = fields.fields.iter().filter(|(field, moved)| {
                    matches!(field, Field::FromEnd(_)) && !moved.is_nothing()
                });
                if fields.count.is_none() && from_end.count() > 0 {
                    return true;
                }
            }
            moved = moved.field(&Field::Named(field), None);
        }
        !moved.is_nothing()
    }

    /// Whether nothing is moved.
    pub fn is_nothing(&self) -> bool {
        match self {
            Moved::Nothing => true,
            Moved::Fields(fields) => fields.fields.iter().all(|(_, moved)| moved.is_nothing()),
            Moved::All | Moved::Others(_) => false,
        }
    }
}

/// The members of a path after the local.
fn fields_of(path: &str) -> Vec<String> {
    let members = path.split('.').skip(1).filter(|member| *member != "*");
    members.map(str::to_owned).collect()
}

fn names(members: &[Member]) -> Vec<String> {
    let names = members.iter().map(ToTokens::to_token_stream);
    names.map(|name| name.to_string()).collect()
}

/// A field that is counted from the start, if it is known how many there are.
fn from_start(field: &Field, count: Option<usize>) -> Field {
    match (field, count) {
        (Field::FromEnd(back), Some(count)) if *back <= count => {
            Field::Named((count - back).to_string())
        }
        _ => field.clone(),
    }
}

/// How many elements there are, if no `..` hides it, and where each is that is matched by itself.
pub(super) fn places(elems: &[&Pat]) -> (Option<usize>, Vec<Option<Field>>) {
    let rest = elems.iter().position(|elem| is_rest(elem));
    let place = |number: usize| match rest {
        Some(rest) if number == rest => None,
        Some(rest) if number > rest => Some(Field::FromEnd(elems.len() - number)),
        _ => Some(Field::Named(number.to_string())),
    };
    let count = rest.is_none().then_some(elems.len());
    (count, (0..elems.len()).map(place).collect())
}

/// `..`, or `name @ ..`
pub(super) fn is_rest(pat: &Pat) -> bool {
    match pat {
        Pat::Rest(_) => true,
        Pat::Ident(pat) => matches!(&pat.subpat, Some((_, inner)) if is_rest(inner)),
        _ => false,
    }
}
