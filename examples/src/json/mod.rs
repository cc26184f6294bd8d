//! An incremental JSON reader, in three generators:
//!
//! * [`tokenize`] is fed bytes in chunks, cut anywhere, and yields tokens;
//! * [`tokens`] drives it over a reader, and is an iterator;
//! * [`paths`] walks a value read from such an iterator, and recurses.
//!
//! The syntax is that of [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), to the letter.

mod error;
mod grammar;
mod input;
mod keys;
mod number;
mod summary;
mod text;
mod tokenizer;
mod value;

pub use error::{Error, Position, Problem, SyntaxError};
pub use keys::KeyCounts;
pub use summary::Summary;
pub use tokenizer::{CHUNK, Event, Limits, Token, tokenize, tokens};
pub use value::{Value, paths};
