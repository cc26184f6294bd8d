//! Generated texts.

/// A xorshift generator.
pub struct Random(pub u64);

impl Random {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn pick(&mut self, choices: &[&'static str]) -> &'static str {
        choices[self.below(choices.len())]
    }

    fn space(&mut self) -> &'static str {
        self.pick(&["", "", "", " ", "\n", "\r\n\t", "   "])
    }

    /// The inside of a string literal.
    fn text(&mut self) -> String {
        const PIECES: &[&str] = &[
            "a",
            "xyz",
            "é",
            "€",
            "😀",
            " ",
            "'",
            "/",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\u0000",
            "\u{7f}",
            "0",
        ];
        (0..self.below(6)).map(|_| self.pick(PIECES)).collect()
    }

    /// Appends a value that nests `depth` deep at most. Keys do not repeat within an object.
    pub fn value(&mut self, depth: usize, out: &mut String) {
        out.push_str(self.space());
        match self.below(if depth == 0 { 4 } else { 7 }) {
            0 => out.push_str(self.pick(&["true", "false", "null"])),
            1 | 2 => out.extend(["\"", &self.text(), "\""]),
            3 => {
                out.push_str(self.pick(&["0", "-0", "1", "-23", "4.5", "0.01e-7", "1E+2", "99e9"]));
            }
            4 => {
                out.push('[');
                for index in 0..self.below(4) {
                    out.push_str(if index == 0 { "" } else { "," });
                    self.value(depth - 1, out);
                }
                out.push_str(self.space());
                out.push(']');
            }
            _ => {
                out.push('{');
                for index in 0..self.below(4) {
                    out.push_str(if index == 0 { "" } else { "," });
                    // The index keeps keys apart.
                    let (space, key, colon) = (self.space(), self.text(), self.space());
                    out.extend([space, "\"", &key, &index.to_string(), "\"", colon, ":"]);
                    self.value(depth - 1, out);
                }
                out.push_str(self.space());
                out.push('}');
            }
        }
        out.push_str(self.space());
    }
}
