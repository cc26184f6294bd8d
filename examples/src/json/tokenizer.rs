//! From bytes to tokens.

use std::io::Read;

use handcrank::{Generator, GeneratorState, generator, yield_};

use super::{
    error::{Error, Problem, SyntaxError},
    grammar::Grammar,
    input::Input,
    number, text,
};

/// The bytes [`tokens`] reads at a time.
pub const CHUNK: usize = 64 * 1024;

/// A piece of JSON. It owns what it holds, so it outlives the chunks it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Token {
    BeginObject,
    EndObject,
    BeginArray,
    EndArray,
    /// The key of a member, without quotes and escapes; a value follows.
    Key(String),
    /// Without quotes and escapes.
    String(String),
    /// As written: what it fits into is the reader's choice.
    Number(String),
    Bool(bool),
    Null,
}

/// What the tokenizer stops for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It has read all it was given. The answer is the next chunk; an empty one is the end of the
    /// input. The buffer is that of the last chunk, empty, to be filled again.
    NeedInput(Vec<u8>),
    /// It has read a token. The answer is empty, or more input.
    Token(Token),
}

/// What keeps the memory of a tokenizer bounded, whatever its input.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many arrays and objects may be open at once.
    pub depth: usize,
    /// How many bytes a string, key or number may have.
    pub token: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 256,
            token: 16 * 1024 * 1024,
        }
    }
}

/// Reads one JSON text, given in chunks that may be cut anywhere, inside a character too. Chunks
/// move in and out, so one buffer serves for all of them.
///
/// Each [`Event::NeedInput`] below is a place where a chunk may end. The place is all there is to
/// remember: a number cut in two goes on where numbers are read.
#[generator]
#[allow(
    clippy::too_many_lines,
    reason = "one generator, as long as the grammar of tokens"
)]
pub fn tokenize(
    #[resume] first: Vec<u8>,
    limits: Limits,
) -> impl Generator<Vec<u8>, Yield = Event, Return = Result<(), SyntaxError>> {
    let mut input = Input::new(first);
    let mut grammar = Grammar::new(limits.depth);
    loop {
        while input.skip_space() {
            let chunk = yield_!(Event::NeedInput(input.take_spent()));
            input.refill(chunk);
        }
        let start = input.position();
        let Some(byte) = input.next_byte() else {
            return start.check(grammar.finish());
        };
        let token = match byte {
            b'{' | b'[' => start.check(grammar.begin(byte))?,
            b'}' | b']' => start.check(grammar.end(byte))?,
            b':' | b',' => {
                start.check(grammar.separator(byte))?;
                continue;
            }
            b't' | b'f' | b'n' => {
                start.check(grammar.value(byte))?;
                let (rest, name, token) = match byte {
                    b't' => ("rue", "`true`", Token::Bool(true)),
                    b'f' => ("alse", "`false`", Token::Bool(false)),
                    _ => ("ull", "`null`", Token::Null),
                };
                for expected in rest.bytes() {
                    if input.is_spent() {
                        let chunk = yield_!(Event::NeedInput(input.take_spent()));
                        input.refill(chunk);
                    }
                    let here = input.position();
                    let found = input.next_byte();
                    if found != Some(expected) {
                        return Err(here.error(Problem::unexpected(name, found)));
                    }
                }
                token
            }
            b'-' | b'0'..=b'9' => {
                start.check(grammar.value(byte))?;
                let mut number = String::from(char::from(byte));
                while input.take_number(&mut number) && number.len() <= limits.token {
                    let chunk = yield_!(Event::NeedInput(input.take_spent()));
                    input.refill(chunk);
                }
                if number.len() > limits.token {
                    return Err(start.error(Problem::TooLong(limits.token)));
                }
                number::check(&number, input.peek())
                    .map_err(|(offset, problem)| start.after(offset).error(problem))?;
                Token::Number(number)
            }
            b'"' => {
                let into_token = start.check(grammar.string())?;
                let mut string = String::new();
                loop {
                    input.take_text(&mut string);
                    if string.len() > limits.token {
                        return Err(start.error(Problem::TooLong(limits.token)));
                    }
                    if input.is_spent() {
                        let chunk = yield_!(Event::NeedInput(input.take_spent()));
                        input.refill(chunk);
                        continue;
                    }
                    let here = input.position();
                    match input.next_byte() {
                        Some(b'"') => break into_token(string),
                        Some(b'\\') => {}
                        Some(control @ 0..b' ') => {
                            return Err(here.error(Problem::ControlCharacter(control)));
                        }
                        // The start of a character that goes on in the next chunk, or of none.
                        Some(first) => {
                            let mut bytes = vec![first];
                            let character = loop {
                                if let Some(whole) = here.check(text::decode_utf8(&bytes))? {
                                    break whole;
                                }
                                if input.is_spent() {
                                    let chunk = yield_!(Event::NeedInput(input.take_spent()));
                                    input.refill(chunk);
                                }
                                let Some(byte) = input.next_byte() else {
                                    return Err(here.error(Problem::Utf8));
                                };
                                bytes.push(byte);
                            };
                            string.push(character);
                            continue;
                        }
                        None => return Err(here.error(Problem::unexpected("`\"`", None))),
                    }

                    // After a backslash.
                    if input.is_spent() {
                        let chunk = yield_!(Event::NeedInput(input.take_spent()));
                        input.refill(chunk);
                    }
                    let escape_at = input.position();
                    let escape = input.next_byte();
                    if escape != Some(b'u') {
                        string.push(escape_at.check(text::unescape(escape))?);
                        continue;
                    }

                    // After `\u`: a character, or the first half of one and another `\u`.
                    let mut high = None;
                    let character = loop {
                        let mut unit = 0;
                        for _ in 0..4 {
                            if input.is_spent() {
                                let chunk = yield_!(Event::NeedInput(input.take_spent()));
                                input.refill(chunk);
                            }
                            let digit_at = input.position();
                            unit =
                                unit << 4 | digit_at.check(text::hex_digit(input.next_byte()))?;
                        }
                        if let Some(whole) = here.check(text::decode_utf16(high, unit))? {
                            break whole;
                        }
                        high = Some(unit);
                        for expected in *b"\\u" {
                            if input.is_spent() {
                                let chunk = yield_!(Event::NeedInput(input.take_spent()));
                                input.refill(chunk);
                            }
                            if input.next_byte() != Some(expected) {
                                return Err(here.error(Problem::Surrogate));
                            }
                        }
                    };
                    string.push(character);
                }
            }
            _ => return Err(start.error(grammar.unexpected(Some(byte)))),
        };
        let more = yield_!(Event::Token(token));
        input.append(&more);
    }
}

/// The tokens of what `source` has to say, read [a chunk](CHUNK) at a time. Nothing comes after an
/// error.
#[generator]
pub fn tokens<S: Read>(
    mut source: S,
    limits: Limits,
) -> impl Iterator<Item = Result<Token, Error>> {
    let mut tokenizer = Box::pin(tokenize(limits));
    let mut chunk = Vec::with_capacity(CHUNK);
    loop {
        let state = tokenizer.as_mut().resume(chunk);
        match state {
            GeneratorState::Yielded(Event::NeedInput(spent)) => {
                chunk = spent;
                let read = source.by_ref().take(CHUNK as u64).read_to_end(&mut chunk);
                if let Err(error) = read {
                    yield_!(Err(Error::Read(error)));
                    return;
                }
            }
            GeneratorState::Yielded(Event::Token(token)) => {
                yield_!(Ok(token));
                chunk = Vec::new();
            }
            GeneratorState::Complete(Ok(())) => return,
            GeneratorState::Complete(Err(error)) => {
                yield_!(Err(Error::Syntax(error)));
                return;
            }
        }
    }
}
