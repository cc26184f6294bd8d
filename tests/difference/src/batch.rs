//! Takes a batch of programs through rustc, the macro and the comparison.
//!
//! Where a program is rejected, the node that the error points at is simplified and the rest is tried
//! again, so that one construct which is not supported does not hide all others.

use std::collections::BTreeSet;

use crate::program::{Forms, Program, Source};
use crate::run::{Difference, run};
use crate::toolchain::{Build, Diagnostic, Toolchain};
use crate::tree::{Kind, Node};

/// What became of a program.
#[derive(Clone, Debug)]
pub struct Fate {
    /// The program, as it ran.
    pub program: Program,
    /// What rustc said of it.
    pub refused: Vec<Rejection>,
    /// What only `#[generator]` rejected: the kind of the error, and the program that had it.
    pub rejected: Vec<Rejection>,
    /// Whether it ran in the end.
    pub ran: bool,
    /// How it is different.
    pub differences: Vec<Difference>,
    /// How often it was simplified.
    repairs: usize,
}

/// A program that is not accepted.
#[derive(Clone, Debug)]
pub struct Rejection {
    /// The message without names.
    pub kind: String,
    /// As rustc shows it.
    pub rendered: String,
    /// The program.
    pub program: Program,
}

/// Whether rejected programs are simplified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Until they are accepted.
    Yes,
    /// They are what is looked for.
    No,
}

/// So often a program is simplified before it is given up.
const REPAIRS: usize = 12;

/// Compiles and runs programs; `name` is a file name that no other thread uses.
#[must_use]
pub fn process(
    toolchain: &Toolchain,
    name: &str,
    programs: Vec<Program>,
    repair: Repair,
) -> Vec<Fate> {
    let mut fates: Vec<_> = programs
        .into_iter()
        .map(|program| Fate {
            program,
            refused: Vec::new(),
            rejected: Vec::new(),
            ran: false,
            differences: Vec::new(),
            repairs: 0,
        })
        .collect();
    let everyone: Vec<_> = (0..fates.len()).collect();
    bisect(toolchain, name, &mut fates, everyone, repair);
    fates
}

/// The programs of these which `#[generator]` accepts.
#[must_use]
pub fn accepted(toolchain: &Toolchain, name: &str, mut programs: Vec<Program>) -> Vec<Program> {
    // Some errors hide others.
    while !programs.is_empty() {
        let source = Source::new(&programs, Forms::Cranked);
        let Err(errors) = toolchain.compile(name, &source, Build::Check) else {
            break;
        };
        let everyone: Vec<_> = (0..programs.len()).collect();
        let Some(blamed) = blame(&source, &everyone, &errors) else {
            // Of no program: one by one.
            return match programs.len() {
                1 => Vec::new(),
                _ => programs
                    .into_iter()
                    .flat_map(|program| accepted(toolchain, name, vec![program]))
                    .collect(),
            };
        };
        let blamed: BTreeSet<_> = blamed.into_iter().map(|(one, _)| one).collect();
        let mut one = 0..;
        programs.retain(|_| one.next().is_some_and(|one| !blamed.contains(&one)));
    }
    programs
}

/// Processes some of the programs; halves of them if rustc dies of one.
fn bisect(
    toolchain: &Toolchain,
    name: &str,
    fates: &mut [Fate],
    alive: Vec<usize>,
    repair: Repair,
) {
    if let Err((message, mut alive)) = settle(toolchain, name, fates, alive, repair) {
        if let [only] = alive[..] {
            let fate = &mut fates[only];
            fate.rejected.push(Rejection {
                kind: kind(&message),
                rendered: message,
                program: fate.program.clone(),
            });
        } else {
            let rest = alive.split_off(alive.len() / 2);
            bisect(toolchain, name, fates, alive, repair);
            bisect(toolchain, name, fates, rest, repair);
        }
    }
}

/// Compiles until all errors are gone, and runs what is left. An error that belongs to no program is
/// returned, with the programs.
fn settle(
    toolchain: &Toolchain,
    name: &str,
    fates: &mut [Fate],
    mut alive: Vec<usize>,
    repair: Repair,
) -> Result<(), (String, Vec<usize>)> {
    let mut suspects = alive.clone();
    while !alive.is_empty() {
        // The oracle first: what it refuses says nothing about the macro.
        let mut unchecked = suspects.clone();
        while !unchecked.is_empty() {
            let source = source(fates, &unchecked, Forms::Native);
            let Err(errors) = toolchain.compile(name, &source, Build::Check) else {
                break;
            };
            let blamed =
                blame(&source, &unchecked, &errors).ok_or_else(|| dead(&errors, &alive))?;
            unchecked.clear();
            for (one, error) in blamed {
                let fate = &mut fates[one];
                fate.refused.push(fate.rejection(&error));
                if fate.simplify(&source, &error, repair) {
                    unchecked.push(one);
                } else {
                    alive.retain(|&other| other != one);
                    suspects.retain(|&other| other != one);
                }
            }
        }
        // Then those that have changed with the macro; all of them once there is nothing to change.
        let (checked, build) = if suspects.is_empty() {
            (&alive, Build::Binary)
        } else {
            (&suspects, Build::Check)
        };
        let source = source(fates, checked, Forms::All);
        match toolchain.compile(name, &source, build) {
            Ok(_) if build == Build::Check => suspects.clear(),
            Ok(binary) => {
                let differences = run(&binary, alive.len()).map_err(|e| (e, alive.clone()))?;
                for (&one, differences) in alive.iter().zip(differences) {
                    fates[one].ran = true;
                    fates[one].differences = differences;
                }
                return Ok(());
            }
            Err(errors) => {
                let blamed =
                    blame(&source, checked, &errors).ok_or_else(|| dead(&errors, &alive))?;
                suspects.clear();
                for (one, error) in blamed {
                    let fate = &mut fates[one];
                    fate.rejected.push(fate.rejection(&error));
                    if fate.simplify(&source, &error, repair) {
                        suspects.push(one);
                    } else {
                        alive.retain(|&other| other != one);
                    }
                }
            }
        }
    }
    Ok(())
}

fn dead(errors: &[Diagnostic], alive: &[usize]) -> (String, Vec<usize>) {
    (errors[0].message.clone(), alive.to_vec())
}

fn source(fates: &[Fate], alive: &[usize], forms: Forms) -> Source {
    Source::new(alive.iter().map(|&one| &fates[one].program), forms)
}

/// The first error of each program that has one; `None` if no error belongs to a program.
fn blame(
    source: &Source,
    programs: &[usize],
    errors: &[Diagnostic],
) -> Option<Vec<(usize, Diagnostic)>> {
    let mut blamed = BTreeSet::new();
    let mut first = Vec::new();
    for error in errors {
        let index = error
            .offsets
            .iter()
            .find_map(|&offset| source.locate(offset));
        if let Some((index, _)) = index
            && blamed.insert(index)
        {
            first.push((programs[index], error.clone()));
        }
    }
    (!first.is_empty()).then_some(first)
}

impl Fate {
    fn rejection(&self, error: &Diagnostic) -> Rejection {
        Rejection {
            kind: kind(&error.message),
            rendered: error.rendered.clone(),
            program: self.program.clone(),
        }
    }

    /// Simplifies what an error points at. Returns whether there is something to try again.
    fn simplify(&mut self, source: &Source, error: &Diagnostic, repair: Repair) -> bool {
        self.repairs += 1;
        if repair == Repair::No || self.repairs > REPAIRS {
            return false;
        }
        // An expression at first; where that does not help, the statement.
        let expressions = self.repairs <= REPAIRS / 2;
        for &offset in &error.offsets {
            let Some((_, nodes)) = source.locate(offset) else {
                continue;
            };
            for path in nodes {
                let Some(node) = self.program.tree.at(path) else {
                    continue;
                };
                let simpler = match node.kind {
                    Kind::Expression(ty) if expressions && node.text() != ty.default().text() => {
                        ty.default()
                    }
                    Kind::Statement | Kind::Optional if !node.text().is_empty() => {
                        Node::group(Vec::new())
                    }
                    _ => continue,
                };
                self.program.tree = self.program.tree.with(path, simpler);
                return true;
            }
        }
        false
    }
}

/// A message without the names in it.
fn kind(message: &str) -> String {
    let mut kind = String::new();
    for (index, part) in message.split('`').enumerate() {
        match index {
            0 => kind.push_str(part),
            _ if index % 2 == 1 => kind.push_str("`_`"),
            _ => kind.push_str(part),
        }
    }
    kind.lines().next().unwrap_or("").to_owned()
}
