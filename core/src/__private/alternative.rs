//! Patterns with `|` whose guard suspends: each alternative that matches is tried with the guard.
//!
//! Rule: reference, "Match guards".

/// Which of the alternatives that match is tried. They are counted while a value is matched.
#[derive(Debug)]
pub struct Alternative {
    /// How many have been tried.
    tried: usize,
    /// How many have matched so far.
    matched: usize,
}

impl Alternative {
    /// None has been tried.
    #[inline(always)]
    #[expect(clippy::new_without_default, reason = "for expansions")]
    pub const fn new() -> Self {
        Alternative {
            tried: 0,
            matched: 0,
        }
    }

    /// The value is matched anew.
    #[inline(always)]
    pub const fn again(&mut self) {
        self.matched = 0;
    }

    /// One matches: whether it is the next to be tried.
    #[inline(always)]
    pub const fn is_next(&mut self) -> bool {
        self.matched += 1;
        let is_next = self.matched > self.tried;
        if is_next {
            self.tried = self.matched;
        }
        is_next
    }

    /// One matches: whether it is the one that has been tried last.
    #[inline(always)]
    pub const fn is_this(&mut self) -> bool {
        self.matched += 1;
        self.matched == self.tried
    }
}
