//! The JSON reader against `serde_json`, over inputs cut everywhere.

#[path = "json/corpus.rs"]
mod corpus;
#[path = "json/random.rs"]
mod random;

use std::{
    collections::{HashMap, HashSet},
    io::{self, Read},
    pin::pin,
};

use handcrank::{Generator, GeneratorState};
use handcrank_examples::json::{
    Error, Event, Limits, Position, Problem, Summary, SyntaxError, Token, Value, paths, tokenize,
    tokens,
};

use corpus::{MALFORMED, NOT_UTF8, WELL_FORMED};
use random::Random;

/// `serde_json` refuses the 128th container. Otherwise there is no difference in what it accepts
/// but numbers beyond `f64`.
const LIMITS: Limits = Limits {
    depth: 127,
    token: 1000,
};

type Outcome = (Vec<Token>, Result<(), SyntaxError>);

/// What the tokenizer makes of `chunks`.
fn feed<'a>(chunks: impl IntoIterator<Item = &'a [u8]>, limits: Limits) -> Outcome {
    let mut chunks = chunks.into_iter().filter(|chunk| !chunk.is_empty());
    let mut tokenizer = pin!(tokenize(limits));
    let mut read = Vec::new();
    let mut answer = Vec::new();
    loop {
        answer = match tokenizer.as_mut().resume(answer) {
            GeneratorState::Yielded(Event::NeedInput(_)) => {
                chunks.next().unwrap_or_default().to_vec()
            }
            GeneratorState::Yielded(Event::Token(token)) => {
                read.push(token);
                Vec::new()
            }
            GeneratorState::Complete(result) => return (read, result),
        };
    }
}

/// Asserts that cuts make no difference to what becomes of `text`, and returns that.
fn feed_cut_everywhere(text: &[u8], limits: Limits) -> Outcome {
    let whole = feed([text], limits);
    assert_eq!(
        whole,
        feed(text.chunks(1), limits),
        "{}",
        text.escape_ascii()
    );
    for first in 1..text.len() {
        let (left, right) = text.split_at(first);
        assert_eq!(
            whole,
            feed([left, right], limits),
            "{}",
            text.escape_ascii()
        );
        // Where this does not take ages, two cuts: a chunk may begin and end inside a token.
        if text.len() < 40 {
            for second in 1..right.len() {
                let (middle, right) = right.split_at(second);
                let outcome = feed([left, middle, right], limits);
                assert_eq!(whole, outcome, "{}", text.escape_ascii());
            }
        }
    }
    whole
}

/// The same value as `serde_json` has it: of members with the same key the last counts.
fn convert(value: Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => value.into(),
        Value::Number(text) => serde_json::from_str(&text).unwrap(),
        Value::String(text) => text.into(),
        Value::Array(items) => items.into_iter().map(convert).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(key, member)| (key, convert(member)))
            .collect(),
    }
}

/// What a [`Summary`] should say of `value`, with the counts of all keys.
#[derive(Default)]
struct Counts {
    objects: u64,
    arrays: u64,
    strings: u64,
    numbers: u64,
    booleans: u64,
    nulls: u64,
    depth: u64,
    keys: HashMap<String, u64>,
}

impl Counts {
    fn add(&mut self, value: &serde_json::Value, depth: u64) {
        use serde_json::Value;
        match value {
            Value::Null => self.nulls += 1,
            Value::Bool(_) => self.booleans += 1,
            Value::Number(_) => self.numbers += 1,
            Value::String(_) => self.strings += 1,
            Value::Array(items) => {
                self.arrays += 1;
                self.depth = self.depth.max(depth + 1);
                for item in items {
                    self.add(item, depth + 1);
                }
            }
            Value::Object(members) => {
                self.objects += 1;
                self.depth = self.depth.max(depth + 1);
                for (key, member) in members {
                    *self.keys.entry(key.clone()).or_default() += 1;
                    self.add(member, depth + 1);
                }
            }
        }
    }

    fn values(&self) -> u64 {
        let scalars = self.strings + self.numbers + self.booleans + self.nulls;
        self.objects + self.arrays + scalars
    }
}

/// Asserts that a text, whose keys do not repeat within an object, is read as `serde_json` reads
/// it.
fn assert_read_alike(text: &str) {
    let expected: serde_json::Value = serde_json::from_str(text).unwrap();
    let value = Value::read(text.as_bytes(), LIMITS).unwrap();
    let paths: Vec<_> = paths(&value, "$".to_owned()).collect();
    assert_eq!(convert(value), expected, "{text}");

    let mut counts = Counts::default();
    counts.add(&expected, 0);
    assert_eq!(paths.len() as u64, counts.values(), "{text}");
    assert_eq!(
        paths.iter().collect::<HashSet<_>>().len(),
        paths.len(),
        "{text}"
    );

    let (tokens, result) = feed_cut_everywhere(text.as_bytes(), LIMITS);
    assert_eq!(result, Ok(()));
    let mut summary = Summary::new();
    for token in &tokens {
        summary.add(token);
    }
    let keys: u64 = counts.keys.values().sum();
    let brackets = 2 * (counts.objects + counts.arrays);
    let scalars = counts.values() - counts.objects - counts.arrays;
    assert_eq!(summary.tokens, brackets + keys + scalars, "{text}");
    assert_eq!(summary.keys, keys, "{text}");
    assert_eq!(summary.objects, counts.objects, "{text}");
    assert_eq!(summary.arrays, counts.arrays, "{text}");
    assert_eq!(summary.strings, counts.strings, "{text}");
    assert_eq!(summary.numbers, counts.numbers, "{text}");
    assert_eq!(summary.booleans, counts.booleans, "{text}");
    assert_eq!(summary.nulls, counts.nulls, "{text}");
    assert_eq!(summary.depth, counts.depth, "{text}");
    for (key, count) in summary.key_counts.commonest(usize::MAX) {
        assert_eq!(count, counts.keys[key], "{text}");
    }
}

#[test]
fn well_formed_texts_are_read_as_serde_json_reads_them() {
    for text in WELL_FORMED {
        let (_, result) = feed_cut_everywhere(text.as_bytes(), LIMITS);
        assert_eq!(result, Ok(()), "{text}");
        let value = convert(Value::read(text.as_bytes(), LIMITS).unwrap());
        assert_eq!(
            value,
            serde_json::from_str::<serde_json::Value>(text).unwrap()
        );
        // A repeated key counts once in the tree of `serde_json`.
        if !text.contains("again") {
            assert_read_alike(text);
        }
    }
}

#[test]
fn generated_texts_are_read_as_serde_json_reads_them() {
    let mut random = Random(1);
    for _ in 0..500 {
        let mut text = String::new();
        random.value(5, &mut text);
        assert_read_alike(&text);
    }
}

#[test]
fn damaged_texts_are_refused_where_serde_json_refuses_them() {
    const BYTES: &[u8] = b"\"\\{}[]:,.-+eEu019dDtn \n\x00\x7f\x80\xc3\xe2\xed\xf0\xff";
    let mut random = Random(2);
    let mut refused = 0;
    for _ in 0..20_000 {
        let mut text = String::new();
        random.value(3, &mut text);
        let mut bytes = text.into_bytes();
        let at = random.below(bytes.len());
        let byte = BYTES[random.below(BYTES.len())];
        match random.below(4) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, byte),
            2 => bytes[at] = byte,
            _ => drop(bytes.remove(at)),
        }
        let expected = serde_json::from_slice::<serde_json::Value>(&bytes);
        let (_, result) = feed(bytes.chunks(1 + random.below(9)), LIMITS);
        match &expected {
            Err(error) if error.to_string().starts_with("number out of range") => {}
            _ => assert_eq!(result.is_ok(), expected.is_ok(), "{}", bytes.escape_ascii()),
        }
        refused += u32::from(result.is_err());
    }
    assert!((2_000..18_000).contains(&refused), "{refused}");
}

#[test]
fn errors_say_where_and_what() {
    let texts = MALFORMED
        .iter()
        .map(|&(text, expected)| (text.as_bytes(), expected));
    for (text, expected) in texts.chain(NOT_UTF8.iter().copied()) {
        let (_, result) = feed_cut_everywhere(text, LIMITS);
        assert_eq!(
            result.unwrap_err().to_string(),
            expected,
            "{}",
            text.escape_ascii()
        );
        assert!(serde_json::from_slice::<serde_json::Value>(text).is_err());
    }
}

#[test]
fn depth_has_a_limit() {
    for (depth, fits) in [(126, true), (127, true), (128, false)] {
        let text = "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(feed([text.as_bytes()], LIMITS).1.is_ok(), fits);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).is_ok(),
            fits
        );
    }
    let (_, result) = feed([" [[[".as_bytes()], Limits { depth: 2, token: 0 });
    let position = Position { line: 1, column: 4 };
    let problem = Problem::TooDeep(2);
    assert_eq!(result, Err(SyntaxError { position, problem }));

    // The default must not exhaust the stack of a test thread, which is the smallest there is.
    let limits = Limits::default();
    let text = "[".repeat(limits.depth) + &"]".repeat(limits.depth);
    let value = Value::read(text.as_bytes(), limits).unwrap();
    assert_eq!(paths(&value, String::new()).count(), limits.depth);
}

#[test]
fn tokens_have_a_limit() {
    let limits = Limits { depth: 9, token: 4 };
    for text in [
        r#"["1234"]"#,
        "[1234]",
        "[-1e2]",
        r#"["éé"]"#,
        r#"["\u0041\u0042€"]"#,
    ] {
        let fits = text != r#"["\u0041\u0042€"]"#;
        let (_, result) = feed_cut_everywhere(text.as_bytes(), limits);
        assert_eq!(result.is_ok(), fits, "{text}");
    }
    for text in [r#"["12345"]"#, "[12345]", r#"["éé."]"#, r#"{"€€":0}"#] {
        let (_, result) = feed_cut_everywhere(text.as_bytes(), limits);
        assert_eq!(
            result.unwrap_err().to_string(),
            "1:2: token of more than 4 bytes",
            "{text}"
        );
    }
}

#[test]
fn endless_input_comes_to_an_end() {
    for (start, byte) in [("", b'1'), ("\"", b'a'), ("{\"", b'a'), ("", b'[')] {
        let source = start.as_bytes().chain(io::repeat(byte));
        let error = tokens(source, LIMITS).find_map(Result::err);
        let Some(Error::Syntax(SyntaxError { problem, .. })) = error else {
            panic!("{error:?}");
        };
        assert!(matches!(problem, Problem::TooLong(_) | Problem::TooDeep(_)));
    }
}

#[test]
fn an_answer_to_a_token_may_bring_more_input() {
    let mut tokenizer = pin!(tokenize(LIMITS));
    let mut resume = |answer: &str| tokenizer.as_mut().resume(answer.into());
    let token = |token| GeneratorState::Yielded(Event::Token(token));
    assert_eq!(resume("[1,"), token(Token::BeginArray));
    assert_eq!(resume("2"), token(Token::Number("1".into())));
    assert_eq!(
        resume(""),
        GeneratorState::Yielded(Event::NeedInput(vec![]))
    );
    assert_eq!(resume("3]"), token(Token::Number("23".into())));
    assert_eq!(resume(""), token(Token::EndArray));
    assert_eq!(
        resume(""),
        GeneratorState::Yielded(Event::NeedInput(vec![]))
    );
    assert_eq!(resume(""), GeneratorState::Complete(Ok(())));
}

#[test]
fn buffers_come_back() {
    let mut tokenizer = pin!(tokenize(LIMITS));
    let mut buffer = Vec::with_capacity(8);
    let address = buffer.as_ptr();
    for chunk in ["", "  ", "12", "3 ", "\n"] {
        buffer.extend_from_slice(chunk.as_bytes());
        loop {
            match tokenizer.as_mut().resume(buffer) {
                GeneratorState::Yielded(Event::NeedInput(spent)) => break buffer = spent,
                GeneratorState::Yielded(Event::Token(_)) => buffer = Vec::new(),
                GeneratorState::Complete(_) => panic!("there is more"),
            }
        }
        assert!(buffer.is_empty());
        assert_eq!(buffer.as_ptr(), address);
    }
}

#[test]
fn readers_may_fail_and_be_interrupted() {
    struct Moody(Vec<Result<&'static [u8], io::ErrorKind>>);
    impl Read for Moody {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let bytes = self.0.pop().unwrap_or(Ok(b""))?;
            buffer[..bytes.len()].copy_from_slice(bytes);
            Ok(bytes.len())
        }
    }
    let interrupted = Err(io::ErrorKind::Interrupted);
    let source = Moody(vec![Ok(b"]"), interrupted, Ok(b"[\"a"), interrupted]);
    let mut read = tokens(source, LIMITS);
    assert!(matches!(read.next(), Some(Ok(Token::BeginArray))));
    let error = read.next();
    assert!(matches!(error, Some(Err(Error::Syntax(_)))), "{error:?}");
    assert!(read.next().is_none());
    assert!(read.next().is_none());

    let mut read = tokens(Moody(vec![Err(io::ErrorKind::TimedOut)]), LIMITS);
    assert!(matches!(read.next(), Some(Err(Error::Read(_)))));
    assert!(read.next().is_none());
}
