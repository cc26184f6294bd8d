//! Programs, and the file that a batch of them is compiled as.

use std::fmt::Write;
use std::ops::Range;

use crate::tree::{Node, Path};

/// What a program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// A generator that stays where it is.
    Pinned,
    /// One that may move.
    Movable,
    /// One that may move, where rustc's may not.
    Borrowing,
    /// A future.
    Polled,
}

/// A generator function, those it calls, and its arguments: what `compare!` takes.
#[derive(Clone, Debug)]
pub struct Program {
    /// Which seed and number make it again.
    pub label: String,
    /// What it is.
    pub machine: Machine,
    /// All that follows the function's name.
    pub tree: Node,
}

impl Program {
    /// The program as it stands in a test of `tests/oracle`.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        let mut text = String::new();
        self.render(name, Forms::All, &mut text, &mut Vec::new());
        text
    }

    fn render(&self, name: &str, forms: Forms, text: &mut String, spans: &mut Spans) {
        let (compare, function) = match self.machine {
            Machine::Pinned => ("compare", "fn"),
            Machine::Movable => ("compare_movable", "fn"),
            Machine::Borrowing => ("compare_borrowing", "fn"),
            Machine::Polled => ("compare", "async fn"),
        };
        let (compare, pending) = match forms {
            Forms::Native => (compare, "pending \"\";\n"),
            Forms::All => (compare, ""),
            Forms::Cranked => ("only_cranked", ""),
        };
        let _ = write!(text, "{compare}! {{\n{pending}{function} {name}");
        self.tree.render(text, spans);
        text.push_str("\n}\n");
    }
}

/// Where the nodes of a program are.
type Spans = Vec<(Path, Range<usize>)>;

/// Which forms of the programs are compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forms {
    /// Those that rustc makes.
    Native,
    /// Those, and the one that `#[generator]` makes.
    All,
    /// That one alone, to see whether it is accepted.
    Cranked,
}

/// A file with many programs in it.
#[derive(Debug)]
pub struct Source {
    /// Its text.
    pub text: String,
    /// For each program where it is, and where each of its nodes is.
    programs: Vec<(Range<usize>, Spans)>,
}

impl Source {
    /// The file.
    #[must_use]
    pub fn new<'a>(programs: impl IntoIterator<Item = &'a Program>, forms: Forms) -> Self {
        let mut source = Self {
            text: include_str!("prelude.rs").to_owned(),
            programs: Vec::new(),
        };
        let mut list = String::new();
        for (index, program) in programs.into_iter().enumerate() {
            let start = source.text.len();
            let mut spans = Vec::new();
            let name = format!("p{index}");
            program.render(&name, forms, &mut source.text, &mut spans);
            source.programs.push((start..source.text.len(), spans));
            if forms != Forms::Cranked {
                let _ = write!(list, "(\"{name}\", {name}::forms), ");
            }
        }
        let _ = writeln!(
            source.text,
            "fn programs() -> Vec<(&'static str, fn() -> handcrank_oracle::Forms)> {{ vec![{list}] }}"
        );
        source
    }

    /// The program at a place in the text, and the nodes of it that are there, the innermost first.
    #[must_use]
    pub fn locate(&self, offset: usize) -> Option<(usize, Vec<&Path>)> {
        let index = self
            .programs
            .iter()
            .position(|(range, _)| range.contains(&offset))?;
        // A node is noted after those in it.
        let nodes = self.programs[index].1.iter();
        let nodes = nodes.filter(|(_, range)| range.contains(&offset));
        Some((index, nodes.map(|(path, _)| path).collect()))
    }
}
