//! A JSON text as a tree, and the paths in it.

use std::io::Read;

use handcrank::{generator, yield_, yield_from};

use super::{
    error::Error,
    tokenizer::{Limits, Token, tokens},
};

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Value {
    Null,
    Bool(bool),
    /// As written.
    Number(String),
    String(String),
    Array(Vec<Value>),
    /// In the order of the text; a key may repeat.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Reads the one value that `source` holds. All of it is kept in memory.
    ///
    /// # Errors
    ///
    /// Where `source` cannot be read, is no JSON text or goes beyond `limits`.
    pub fn read<S: Read>(source: S, limits: Limits) -> Result<Self, Error> {
        let mut tokens = tokens(source, limits);
        let first = next(&mut tokens)?;
        let value = Self::build(first, &mut tokens)?;
        // Only an error can follow.
        tokens.next().transpose()?;
        Ok(value)
    }

    /// The value that begins with `first`. It recurses as deep as values nest, which has a limit.
    fn build(
        first: Token,
        tokens: &mut impl Iterator<Item = Result<Token, Error>>,
    ) -> Result<Self, Error> {
        Ok(match first {
            Token::BeginArray => {
                let mut items = Vec::new();
                loop {
                    match next(tokens)? {
                        Token::EndArray => break Self::Array(items),
                        first => items.push(Self::build(first, tokens)?),
                    }
                }
            }
            Token::BeginObject => {
                let mut members = Vec::new();
                while let Token::Key(key) = next(tokens)? {
                    let first = next(tokens)?;
                    members.push((key, Self::build(first, tokens)?));
                }
                Self::Object(members)
            }
            Token::String(text) => Self::String(text),
            Token::Number(text) => Self::Number(text),
            Token::Bool(value) => Self::Bool(value),
            Token::Null => Self::Null,
            Token::EndArray | Token::EndObject | Token::Key(_) => {
                unreachable!("the tokenizer puts a value here")
            }
        })
    }
}

/// The next token, where the grammar demands one.
fn next(tokens: &mut impl Iterator<Item = Result<Token, Error>>) -> Result<Token, Error> {
    tokens
        .next()
        .expect("the tokenizer reports an early end as an error")
}

/// The path of every value in `value`, itself included and called `path`, each before those inside
/// it. With `$` for `path` they are queries as in RFC 9535.
#[must_use]
#[generator]
pub fn paths(value: &Value, path: String) -> Box<dyn Iterator<Item = String> + '_> {
    yield_!(path.clone());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                yield_from!(paths(item, format!("{path}[{index}]")));
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                yield_from!(paths(member, format!("{path}{}", selector(key))));
            }
        }
        _ => {}
    }
}

/// The segment of a path that selects the member `key`.
fn selector(key: &str) -> String {
    let plain = |c: char| c == '_' || c.is_ascii_alphanumeric();
    if key.chars().all(plain) && !key.is_empty() && !key.starts_with(|c: char| c.is_ascii_digit()) {
        return format!(".{key}");
    }
    let mut selector = String::from("['");
    for character in key.chars() {
        match character {
            '\'' | '\\' => selector.extend(['\\', character]),
            '\n' => selector.push_str("\\n"),
            '\r' => selector.push_str("\\r"),
            '\t' => selector.push_str("\\t"),
            '\u{8}' => selector.push_str("\\b"),
            '\u{c}' => selector.push_str("\\f"),
            // Line separators too, so that a path is one line anywhere.
            _ if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') => {
                selector.extend(format!("\\u{:04x}", u32::from(character)).chars());
            }
            _ => selector.push(character),
        }
    }
    selector + "']"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_in_the_order_of_the_text() {
        let text = r#"{
            "b": [1, {"x_1": null}],
            "a b": {"": true},
            "it's\n\u0001": {},
            "0": "é",
            "é": 2
        }"#;
        let value = Value::read(text.as_bytes(), Limits::default()).unwrap();
        let found: Vec<_> = paths(&value, "$".to_owned()).collect();
        let expected = [
            "$",
            "$.b",
            "$.b[0]",
            "$.b[1]",
            "$.b[1].x_1",
            "$['a b']",
            "$['a b']['']",
            r"$['it\'s\n\u0001']",
            "$['0']",
            "$['é']",
        ];
        assert_eq!(found, expected);
        assert_eq!(
            paths(&value, String::new()).nth(3).as_deref(),
            Some(".b[1]")
        );
    }

    #[test]
    fn members_stay_in_order_and_may_repeat() {
        let value = Value::read(
            &b" {\"b\": 1.50, \"a\": [true], \"b\": {}} "[..],
            Limits::default(),
        );
        let members = [
            ("b", Value::Number("1.50".to_owned())),
            ("a", Value::Array(vec![Value::Bool(true)])),
            ("b", Value::Object(Vec::new())),
        ];
        let members = members.map(|(key, member)| (key.to_owned(), member));
        assert_eq!(value.unwrap(), Value::Object(members.into()));
    }
}
