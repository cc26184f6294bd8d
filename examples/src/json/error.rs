//! What can be wrong with an input, and where.

use std::{error, fmt, io};

/// A place in the input. Both numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line; a line ends with a line feed.
    pub line: u64,
    /// The column, in characters.
    pub column: u64,
}

impl Position {
    /// The place `count` columns further on the same line.
    pub(super) fn after(self, count: usize) -> Self {
        let column = self.column + count as u64;
        Self { column, ..self }
    }

    /// The error of finding `problem` here.
    pub(super) fn error(self, problem: Problem) -> SyntaxError {
        SyntaxError {
            position: self,
            problem,
        }
    }

    /// Says of a failed check that it failed here.
    pub(super) fn check<T>(self, outcome: Result<T, Problem>) -> Result<T, SyntaxError> {
        outcome.map_err(|problem| self.error(problem))
    }
}

/// The input is no JSON text, or goes beyond the [limits](super::Limits).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where: the first character that cannot be right, or the start of what is too long.
    pub position: Position,
    /// What.
    pub problem: Problem,
}

/// What is wrong with an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Something else should stand here.
    Unexpected {
        /// What may stand here, in words.
        expected: &'static str,
        /// The byte that does; `None` is the end of the input.
        found: Option<u8>,
    },
    /// A string contains an unescaped control character.
    ControlCharacter(u8),
    /// A string contains bytes that are not UTF-8.
    Utf8,
    /// An escape stands for half of a surrogate pair, and the other half is missing.
    Surrogate,
    /// More arrays and objects are open at once than this.
    TooDeep(usize),
    /// A string, key or number takes more bytes than this.
    TooLong(usize),
}

impl Problem {
    /// `found` stands where only `expected` may.
    pub(super) fn unexpected(expected: &'static str, found: Option<u8>) -> Self {
        Self::Unexpected { expected, found }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Unexpected { expected, found } => {
                write!(f, "expected {expected}, found ")?;
                match found {
                    None => f.write_str("the end of the input"),
                    Some(byte @ b'!'..=b'~') => write!(f, "`{}`", char::from(byte)),
                    Some(byte) => write!(f, "byte 0x{byte:02X}"),
                }
            }
            Self::ControlCharacter(byte) => {
                write!(f, "unescaped control character 0x{byte:02X} in a string")
            }
            Self::Utf8 => f.write_str("invalid UTF-8"),
            Self::Surrogate => f.write_str("escape of half a surrogate pair"),
            Self::TooDeep(limit) => write!(f, "nested more than {limit} deep"),
            Self::TooLong(limit) => write!(f, "token of more than {limit} bytes"),
        }
    }
}

impl fmt::Display for SyntaxError {
    /// Writes `line:column: problem`, as compilers do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position;
        write!(f, "{line}:{column}: {}", self.problem)
    }
}

impl error::Error for SyntaxError {}

/// Why a reader gives no more tokens.
#[derive(Debug)]
pub enum Error {
    /// It cannot be read.
    Read(io::Error),
    /// What was read is not JSON.
    Syntax(SyntaxError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::Syntax(error) => error.fmt(f),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Read(error) => error.source(),
            Self::Syntax(error) => error.source(),
        }
    }
}
