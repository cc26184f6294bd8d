//! The bytes at hand, and their place in the whole input.

use super::error::Position;

/// The chunk being read.
///
/// Nobody asks for a byte of a chunk that [is spent](Input::is_spent): it is refilled first. So
/// [`peek`](Input::peek) and [`next_byte`](Input::next_byte) return `None` at the end of the input
/// only.
pub(super) struct Input {
    chunk: Vec<u8>,
    /// Index in `chunk` of the next byte.
    next: usize,
    /// No chunk comes after this one.
    ended: bool,
    /// Bytes in earlier chunks.
    passed: u64,
    /// Line of the next byte, from 1.
    line: u64,
    /// Offset in the input of the first byte of that line.
    line_start: u64,
    /// Bytes of that line, so far, that go on with a character and so do not count as a column.
    continuations: u64,
}

impl Input {
    /// An input that begins with `chunk`. Where it is empty nothing is known yet.
    pub(super) fn new(chunk: Vec<u8>) -> Self {
        Self {
            chunk,
            next: 0,
            ended: false,
            passed: 0,
            line: 1,
            line_start: 0,
            continuations: 0,
        }
    }

    /// Whether another chunk is needed to know what comes next.
    pub(super) fn is_spent(&self) -> bool {
        self.next == self.chunk.len() && !self.ended
    }

    /// The buffer of the spent chunk, emptied, to be filled again.
    pub(super) fn take_spent(&mut self) -> Vec<u8> {
        self.passed += self.next as u64;
        self.next = 0;
        self.chunk.clear();
        std::mem::take(&mut self.chunk)
    }

    /// Goes on with `chunk`. An empty one is the end.
    pub(super) fn refill(&mut self, chunk: Vec<u8>) {
        self.ended = chunk.is_empty();
        self.chunk = chunk;
    }

    /// Takes more bytes before they are needed. None is not the end.
    pub(super) fn append(&mut self, more: &[u8]) {
        self.chunk.extend_from_slice(more);
    }

    /// Where the next byte is.
    pub(super) fn position(&self) -> Position {
        let offset = self.passed + self.next as u64;
        Position {
            line: self.line,
            column: offset - self.line_start - self.continuations + 1,
        }
    }

    /// The next byte.
    pub(super) fn peek(&self) -> Option<u8> {
        self.chunk.get(self.next).copied()
    }

    /// Takes the next byte.
    pub(super) fn next_byte(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.next += 1;
        if byte & 0b1100_0000 == 0b1000_0000 {
            self.continuations += 1;
        }
        Some(byte)
    }

    /// Skips white space, and with it every line feed a well-formed input has. True: there may be
    /// more in the next chunk.
    pub(super) fn skip_space(&mut self) -> bool {
        while let Some(byte @ (b' ' | b'\t' | b'\r' | b'\n')) = self.peek() {
            self.next += 1;
            if byte == b'\n' {
                self.line += 1;
                self.line_start = self.passed + self.next as u64;
                self.continuations = 0;
            }
        }
        self.is_spent()
    }

    /// Moves the bytes that numbers are made of to `number`. True: there may be more in the next
    /// chunk.
    pub(super) fn take_number(&mut self, number: &mut String) -> bool {
        while let Some(byte @ (b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) = self.peek() {
            self.next += 1;
            number.push(char::from(byte));
        }
        self.is_spent()
    }

    /// Moves what stands for itself in a string to `text`, as far as its characters are whole.
    pub(super) fn take_text(&mut self, text: &mut String) {
        let rest = &self.chunk[self.next..];
        let plain = rest
            .iter()
            .position(|&byte| matches!(byte, 0..b' ' | b'"' | b'\\'))
            .unwrap_or(rest.len());
        if let Some(run) = rest[..plain].utf8_chunks().next() {
            let run = run.valid();
            text.push_str(run);
            self.next += run.len();
            self.continuations += (run.len() - run.chars().count()) as u64;
        }
    }
}
