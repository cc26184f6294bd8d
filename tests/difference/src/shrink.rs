//! Makes a program smaller for as long as it keeps a property.

use std::time::{Duration, Instant};

use crate::batch::{Fate, Repair, process};
use crate::program::Program;
use crate::toolchain::Toolchain;
use crate::tree::{Kind, Node, Path};

/// So many bytes of smaller programs are compiled at a time.
const BATCH: usize = 24_000;

/// After that time a program is small enough.
const PATIENCE: Duration = Duration::from_secs(150);

/// A node and what is to stand there.
type Edit = (Path, Node);

/// Returns the smallest program found that `holds`.
pub fn shrink(
    toolchain: &Toolchain,
    name: &str,
    program: &Program,
    holds: &dyn Fn(&Fate) -> bool,
) -> Program {
    let mut best = program.clone();
    let started = Instant::now();
    loop {
        let edits = edits(&best.tree);
        let size = BATCH / best.text("p").len().max(1);
        let Some(smaller) = edits
            .chunks(size.clamp(6, 40))
            .take_while(|_| started.elapsed() < PATIENCE)
            .find_map(|edits| first_step(toolchain, name, &best, edits, holds))
        else {
            return best;
        };
        best = smaller;
    }
}

/// Tries edits one by one, then those together that hold.
fn first_step(
    toolchain: &Toolchain,
    name: &str,
    program: &Program,
    edits: &[Edit],
    holds: &dyn Fn(&Fate) -> bool,
) -> Option<Program> {
    let alone = edits.iter().map(|edit| apply(program, [edit])).collect();
    let fates = process(toolchain, name, alone, Repair::No);
    let mut good: Vec<&Edit> = Vec::new();
    for (fate, edit) in fates.iter().zip(edits) {
        // What is inside of a node that is gone cannot be edited any more.
        if holds(fate) && !good.iter().any(|(path, _)| related(path, &edit.0)) {
            good.push(edit);
        }
    }
    let mut count = good.len();
    while count > 1 {
        let together = apply(program, good[..count].iter().copied());
        let fates = process(toolchain, name, vec![together], Repair::No);
        if let Some(fate) = fates.into_iter().find(holds) {
            return Some(fate.program);
        }
        count /= 2;
    }
    good.first().map(|edit| apply(program, [*edit]))
}

fn related(a: &Path, b: &Path) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

fn apply<'a>(program: &Program, edits: impl IntoIterator<Item = &'a Edit>) -> Program {
    let mut program = program.clone();
    for (path, node) in edits {
        program.tree = program.tree.with(path, node.clone());
    }
    program
}

/// All ways to make a tree smaller by one step, what removes most first.
fn edits(tree: &Node) -> Vec<Edit> {
    let mut edits = Vec::new();
    for path in tree.paths() {
        let Some(node) = tree.at(&path) else { continue };
        let size = node.text().trim().len();
        let mut offer = |simpler: Node| {
            let left = simpler.text().trim().len();
            if left < size {
                edits.push((size - left, (path.clone(), simpler)));
            }
        };
        match node.kind {
            Kind::Statement | Kind::Optional => {
                offer(Node::group(Vec::new()));
                let mut inner = Vec::new();
                node.nearest(&|node| node.kind == Kind::Statement, &mut inner);
                offer(Node::group(inner.into_iter().cloned().collect()));
            }
            Kind::Expression(ty) => {
                offer(ty.default());
                let mut inner = Vec::new();
                node.nearest(&|inner| inner.kind == node.kind, &mut inner);
                inner.into_iter().cloned().for_each(offer);
            }
            Kind::Group => {}
        }
    }
    edits.sort_by_key(|(gain, _)| std::cmp::Reverse(*gain));
    edits.into_iter().map(|(_, edit)| edit).collect()
}
