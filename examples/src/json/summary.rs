//! What a JSON text consists of, in numbers.

use std::fmt;

use super::{keys::KeyCounts, tokenizer::Token};

/// The tokens seen so far, in memory that they do not make grow.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Summary {
    pub tokens: u64,
    pub objects: u64,
    pub arrays: u64,
    pub keys: u64,
    pub strings: u64,
    pub numbers: u64,
    pub booleans: u64,
    pub nulls: u64,
    /// The most arrays and objects that were open at once.
    pub depth: u64,
    pub key_counts: KeyCounts,
    /// Arrays and objects open now.
    open: u64,
}

impl Summary {
    /// Up to this many different keys are counted without error.
    pub const KEY_COUNTERS: usize = 4096;

    /// Nothing seen yet.
    #[must_use]
    #[expect(
        clippy::new_without_default,
        reason = "a summary is not a value to fall back on"
    )]
    pub fn new() -> Self {
        Self {
            tokens: 0,
            objects: 0,
            arrays: 0,
            keys: 0,
            strings: 0,
            numbers: 0,
            booleans: 0,
            nulls: 0,
            depth: 0,
            key_counts: KeyCounts::new(Self::KEY_COUNTERS),
            open: 0,
        }
    }

    /// Takes `token` into account.
    pub fn add(&mut self, token: &Token) {
        self.tokens += 1;
        match token {
            Token::BeginObject => {
                self.objects += 1;
                self.open();
            }
            Token::BeginArray => {
                self.arrays += 1;
                self.open();
            }
            Token::EndObject | Token::EndArray => self.open = self.open.saturating_sub(1),
            Token::Key(key) => {
                self.keys += 1;
                self.key_counts.add(key);
            }
            Token::String(_) => self.strings += 1,
            Token::Number(_) => self.numbers += 1,
            Token::Bool(_) => self.booleans += 1,
            Token::Null => self.nulls += 1,
        }
    }

    fn open(&mut self) {
        self.open += 1;
        self.depth = self.depth.max(self.open);
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            ("tokens", self.tokens),
            ("depth", self.depth),
            ("objects", self.objects),
            ("arrays", self.arrays),
            ("keys", self.keys),
            ("strings", self.strings),
            ("numbers", self.numbers),
            ("booleans", self.booleans),
            ("nulls", self.nulls),
        ];
        for (name, count) in counts {
            writeln!(f, "{name:<8} {count:>12}")?;
        }
        writeln!(f, "commonest keys")?;
        for (key, count) in self.key_counts.commonest(5) {
            writeln!(f, "{count:>21} {key:?}")?;
        }
        let lowered = self.key_counts.lowered();
        if lowered > 0 {
            let counters = Self::KEY_COUNTERS;
            writeln!(
                f,
                "(approximate: of more than {counters} keys; a count may be {lowered} too low)"
            )?;
        }
        let too_long = self.key_counts.too_long();
        if too_long > 0 {
            let longest = KeyCounts::LONGEST;
            writeln!(
                f,
                "(not ranked, being longer than {longest} bytes: {too_long})"
            )?;
        }
        Ok(())
    }
}
