//! The grammar of numbers.

use super::error::Problem;

/// Checks that all of `number` is one. `follower` is the byte after it. An error tells the offset
/// in `number` at which it goes wrong.
pub(super) fn check(number: &str, follower: Option<u8>) -> Result<(), (usize, Problem)> {
    let mut scanner = Scanner {
        bytes: number.as_bytes(),
        next: 0,
        follower,
    };
    scanner.skip(b"-");
    if !scanner.skip(b"0") {
        scanner.digits()?;
    }
    if scanner.skip(b".") {
        scanner.digits()?;
    }
    if scanner.skip(b"eE") {
        scanner.skip(b"+-");
        scanner.digits()?;
    }
    if scanner.next == number.len() {
        Ok(())
    } else {
        Err(scanner.unexpected("the end of this number"))
    }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    next: usize,
    follower: Option<u8>,
}

impl Scanner<'_> {
    /// Skips one byte if it is one of `set`.
    fn skip(&mut self, set: &[u8]) -> bool {
        let found = self
            .bytes
            .get(self.next)
            .is_some_and(|byte| set.contains(byte));
        self.next += usize::from(found);
        found
    }

    /// Skips at least one digit.
    fn digits(&mut self) -> Result<(), (usize, Problem)> {
        const DIGITS: &[u8] = b"0123456789";
        if !self.skip(DIGITS) {
            return Err(self.unexpected("a digit"));
        }
        while self.skip(DIGITS) {}
        Ok(())
    }

    fn unexpected(&self, expected: &'static str) -> (usize, Problem) {
        let found = self.bytes.get(self.next).copied().or(self.follower);
        (self.next, Problem::unexpected(expected, found))
    }
}
