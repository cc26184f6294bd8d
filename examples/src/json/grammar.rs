//! Which token may come next.

use super::{error::Problem, tokenizer::Token};

/// What is open around the place the tokenizer is at, and what may stand there.
pub(super) struct Grammar {
    /// From the outermost in.
    open: Vec<Container>,
    next: Next,
    /// How long `open` may get.
    limit: usize,
}

#[derive(Clone, Copy)]
enum Container {
    Array,
    Object,
}

/// What may come next.
#[derive(Clone, Copy)]
enum Next {
    Value,
    /// The first item of an array, or its end.
    Item,
    /// The first key of an object, or its end.
    Member,
    /// The key after a comma.
    Key,
    Colon,
    /// What follows a value: this depends on the innermost container.
    Separator,
}

impl Grammar {
    /// The start of the input. At most `limit` containers may be open at once.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            open: Vec::new(),
            next: Next::Value,
            limit,
        }
    }

    /// A value of which `byte` is the first.
    pub(super) fn value(&mut self, byte: u8) -> Result<(), Problem> {
        let (Next::Value | Next::Item) = self.next else {
            return Err(self.unexpected(Some(byte)));
        };
        self.next = Next::Separator;
        Ok(())
    }

    /// A string. The result makes the token: a key or a value.
    pub(super) fn string(&mut self) -> Result<fn(String) -> Token, Problem> {
        if let Next::Member | Next::Key = self.next {
            self.next = Next::Colon;
            Ok(Token::Key)
        } else {
            self.value(b'"')?;
            Ok(Token::String)
        }
    }

    /// The opening bracket `byte`.
    pub(super) fn begin(&mut self, byte: u8) -> Result<Token, Problem> {
        self.value(byte)?;
        if self.open.len() == self.limit {
            return Err(Problem::TooDeep(self.limit));
        }
        if byte == b'[' {
            self.open.push(Container::Array);
            self.next = Next::Item;
            Ok(Token::BeginArray)
        } else {
            self.open.push(Container::Object);
            self.next = Next::Member;
            Ok(Token::BeginObject)
        }
    }

    /// The closing bracket `byte`.
    pub(super) fn end(&mut self, byte: u8) -> Result<Token, Problem> {
        let token = match (byte, self.open.last(), self.next) {
            (b']', Some(Container::Array), Next::Item | Next::Separator) => Token::EndArray,
            (b'}', Some(Container::Object), Next::Member | Next::Separator) => Token::EndObject,
            _ => return Err(self.unexpected(Some(byte))),
        };
        self.open.pop();
        self.next = Next::Separator;
        Ok(token)
    }

    /// The comma or colon `byte`.
    pub(super) fn separator(&mut self, byte: u8) -> Result<(), Problem> {
        self.next = match (byte, self.next, self.open.last()) {
            (b':', Next::Colon, _) | (b',', Next::Separator, Some(Container::Array)) => Next::Value,
            (b',', Next::Separator, Some(Container::Object)) => Next::Key,
            _ => return Err(self.unexpected(Some(byte))),
        };
        Ok(())
    }

    /// The end of the input.
    pub(super) fn finish(&self) -> Result<(), Problem> {
        match (self.next, self.open.last()) {
            (Next::Separator, None) => Ok(()),
            _ => Err(self.unexpected(None)),
        }
    }

    /// The problem of `found`, which may not stand here.
    pub(super) fn unexpected(&self, found: Option<u8>) -> Problem {
        let expected = match (self.next, self.open.last()) {
            (Next::Value, _) => "a value",
            (Next::Item, _) => "a value or `]`",
            (Next::Member, _) => "a key or `}`",
            (Next::Key, _) => "a key",
            (Next::Colon, _) => "`:`",
            (Next::Separator, None) => "the end of the input",
            (Next::Separator, Some(Container::Array)) => "`,` or `]`",
            (Next::Separator, Some(Container::Object)) => "`,` or `}`",
        };
        Problem::unexpected(expected, found)
    }
}
