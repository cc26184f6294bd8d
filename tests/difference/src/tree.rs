//! The program tree: text with children in it. What a node is, and its type, decide how it may be made
//! smaller; whether the result is still a program is for rustc to say.

use std::ops::Range;

use crate::types::Type;

/// What may be done with a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Can be left out, and replaced by the statements in it.
    Statement,
    /// An arm of a `match` or a field of a literal, or an item: can be left out.
    Optional,
    /// Can be replaced by another expression of its type.
    Expression(Type),
    /// Holds others together.
    Group,
}

/// A part of a node.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Stands for itself.
    Text(String),
    /// A node inside.
    Child(Node),
}

/// A node of the program tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// What it consists of, in the order of the text.
    pub pieces: Vec<Piece>,
}

/// Where a node is: the index of a piece for each step down from the root.
pub type Path = Vec<usize>;

impl From<&str> for Piece {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Node> for Piece {
    fn from(node: Node) -> Self {
        Self::Child(node)
    }
}

/// Makes a node of texts and nodes: `node!(Kind::Group; "f(", argument, ")")`.
macro_rules! node {
    ($kind:expr; $($piece:expr),* $(,)?) => {
        $crate::tree::Node { kind: $kind, pieces: vec![$($crate::tree::Piece::from($piece)),*] }
    };
}

/// Makes an expression of a type.
macro_rules! expr {
    ($ty:expr; $($piece:expr),* $(,)?) => {
        node!($crate::tree::Kind::Expression($ty); $($piece),*)
    };
}

/// Makes a statement.
macro_rules! stmt {
    ($($piece:expr),* $(,)?) => {
        node!($crate::tree::Kind::Statement; $($piece),*)
    };
}

impl Node {
    /// A node that holds others together.
    #[must_use]
    pub fn group(nodes: Vec<Node>) -> Self {
        let pieces = nodes.into_iter().map(Piece::Child).collect();
        Node {
            kind: Kind::Group,
            pieces,
        }
    }

    fn children(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.pieces
            .iter()
            .enumerate()
            .filter_map(|(index, piece)| match piece {
                Piece::Child(node) => Some((index, node)),
                Piece::Text(_) => None,
            })
    }

    /// Writes the text, and notes where each node is in it.
    pub fn render(&self, text: &mut String, spans: &mut Vec<(Path, Range<usize>)>) {
        self.render_at(&mut Vec::new(), text, spans);
    }

    fn render_at(&self, path: &mut Path, text: &mut String, spans: &mut Vec<(Path, Range<usize>)>) {
        let start = text.len();
        for (index, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Child(node) => {
                    path.push(index);
                    node.render_at(path, text, spans);
                    path.pop();
                }
            }
        }
        spans.push((path.clone(), start..text.len()));
        if self.kind == Kind::Statement {
            text.push('\n');
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.render(&mut text, &mut Vec::new());
        text
    }

    /// The node at a path.
    #[must_use]
    pub fn at(&self, path: &[usize]) -> Option<&Node> {
        let Some((&first, rest)) = path.split_first() else {
            return Some(self);
        };
        match self.pieces.get(first)? {
            Piece::Child(node) => node.at(rest),
            Piece::Text(_) => None,
        }
    }

    fn at_mut(&mut self, path: &[usize]) -> Option<&mut Node> {
        let Some((&first, rest)) = path.split_first() else {
            return Some(self);
        };
        match self.pieces.get_mut(first)? {
            Piece::Child(node) => node.at_mut(rest),
            Piece::Text(_) => None,
        }
    }

    /// The tree with another node at a path.
    #[must_use]
    pub fn with(&self, path: &[usize], node: Node) -> Node {
        let mut tree = self.clone();
        if let Some(place) = tree.at_mut(path) {
            *place = node;
        }
        tree
    }

    /// All nodes, those outside first.
    #[must_use]
    pub fn paths(&self) -> Vec<Path> {
        let mut paths = vec![Vec::new()];
        for (index, child) in self.children() {
            for inner in child.paths() {
                let mut path = vec![index];
                path.extend(inner);
                paths.push(path);
            }
        }
        paths
    }

    /// The nodes below that satisfy a condition, and below which none is searched.
    pub fn nearest<'a>(&'a self, is: &impl Fn(&Node) -> bool, found: &mut Vec<&'a Node>) {
        for (_, child) in self.children() {
            if is(child) {
                found.push(child);
            } else {
                child.nearest(is, found);
            }
        }
    }
}
