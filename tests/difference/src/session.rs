//! Generates, compares and shrinks as many programs as asked for, on some threads.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;

use crate::batch::{Fate, Rejection, Repair, accepted, process};
use crate::generate::{self, generate};
use crate::program::Program;
use crate::run::{Class, Difference};
use crate::shrink::shrink;
use crate::toolchain::Toolchain;

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where randomness comes from.
    pub seed: u64,
    /// The number of the first program.
    pub first: u64,
    /// How many programs.
    pub count: u64,
    /// How many of them are compiled as one file.
    pub batch: u64,
    /// How many threads work.
    pub jobs: usize,
    /// The path of the crate `handcrank`.
    pub handcrank: PathBuf,
    /// So many programs of each class of difference are made smaller.
    pub shrink: usize,
    /// Whether one program of each kind of rejection is made smaller.
    pub shrink_rejections: bool,
    /// Whether what rustc refuses is given to the macro, which has to refuse it as well.
    pub refused: bool,
    /// How programs are generated.
    pub generate: generate::Options,
}

/// A program that is different.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which one it was.
    pub label: String,
    /// What the difference is about.
    pub class: Class,
    /// The program, made smaller.
    pub program: Program,
    /// The logs of the smaller program.
    pub difference: Difference,
    /// Whether it was made smaller.
    pub shrunk: bool,
}

/// What came out.
#[derive(Debug, Default)]
pub struct Report {
    /// How many programs ran in the end.
    pub ran: usize,
    /// How many of those as they were generated.
    pub ran_unchanged: usize,
    /// How many never yielded, so that little was compared.
    pub still: usize,
    /// How many rustc refused in the end.
    pub refused: usize,
    /// What rustc said at first, how often, and the first time in full.
    pub refusals: BTreeMap<String, (usize, String)>,
    /// How many the macro rejected as they were generated.
    pub rejected: usize,
    /// What the macro said, how often, and a program.
    pub rejections: BTreeMap<String, (usize, Program, String)>,
    /// Those that are different.
    pub findings: Vec<Finding>,
    /// How many of those that rustc refused the macro was given.
    pub given: usize,
    /// Those of which the macro accepted, and what rustc said.
    pub accepted: Vec<(String, Program)>,
}

/// Does all of it.
///
/// # Errors
/// If the libraries do not compile.
pub fn session(options: &Options, found: &(dyn Fn(&Finding) + Sync)) -> Result<Report, String> {
    let toolchain = Toolchain::new(&options.handcrank)?;
    let next = AtomicU64::new(0);
    let report = Mutex::new(Report::default());
    let shrunk = Mutex::new(BTreeMap::new());
    let workers = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..options.jobs.max(1) {
            scope.spawn(|| {
                let worker = workers.fetch_add(1, Ordering::Relaxed);
                // Another process may be at work in the same directory.
                let name = format!("batch-{}-{worker}", std::process::id());
                loop {
                    let start = next.fetch_add(options.batch, Ordering::Relaxed);
                    if start >= options.count {
                        break;
                    }
                    let end = options.count.min(start + options.batch);
                    let programs = (options.first + start..options.first + end)
                        .map(|number| generate(options.seed, number, options.generate))
                        .collect();
                    let fates = process(&toolchain, &name, programs, Repair::Yes);
                    if options.refused {
                        let (given, accepted) = refused(&toolchain, &name, &fates);
                        if let Ok(mut report) = report.lock() {
                            report.given += given;
                            report.accepted.extend(accepted);
                        }
                    }
                    for fate in fates {
                        let wanted = |class| {
                            let mut shrunk = shrunk.lock().ok();
                            let count = shrunk.as_mut().map(|shrunk| {
                                let count: &mut usize = shrunk.entry(class).or_default();
                                *count += 1;
                                *count
                            });
                            count.is_some_and(|count| count <= options.shrink)
                        };
                        let finding = finding(&wanted, &toolchain, &name, &fate);
                        if let Some(finding) = &finding {
                            found(finding);
                        }
                        if let Ok(mut report) = report.lock() {
                            report.add(fate, finding);
                        }
                    }
                }
                toolchain.clean(&name);
            });
        }
    });
    let mut report = report.into_inner().map_err(|e| e.to_string())?;
    if options.shrink_rejections {
        for (kind, (_, program, rendered)) in &mut report.rejections {
            let rejected = |fate: &Fate| {
                fate.refused.is_empty() && fate.rejected.first().is_some_and(|r| r.kind == *kind)
            };
            *program = shrink(&toolchain, "rejection", program, &rejected);
            let fates = process(&toolchain, "rejection", vec![program.clone()], Repair::No);
            if let Some(rejection) = fates.first().and_then(|fate| fate.rejected.first()) {
                *rendered = rejection.rendered.clone();
            }
        }
    }
    Ok(report)
}

/// What the oracle's `yield_from!`, a `match` on a tuple, keeps until the statement ends. A call keeps nothing.
const KEPT_BY_ORACLE: &str = "runs the destructor for type `(impl ";

/// Gives the macro what rustc refused at first: how much, and what it accepts. That a coroutine which may move may not
/// borrow from itself is no part of it, for that is asked of each local alone.
fn refused(toolchain: &Toolchain, name: &str, fates: &[Fate]) -> (usize, Vec<(String, Program)>) {
    let refused = fates.iter().filter_map(|fate| fate.refused.first());
    let refused: Vec<&Rejection> = refused
        .filter(|refusal| !refusal.kind.starts_with("E0626"))
        .filter(|refusal| !refusal.rendered.contains(KEPT_BY_ORACLE))
        .collect();
    let programs: Vec<_> = refused
        .iter()
        .map(|refusal| refusal.program.clone())
        .collect();
    let (given, accepted) = (programs.len(), accepted(toolchain, name, programs));
    let kind = |program: &Program| {
        let refusal = refused
            .iter()
            .find(|refusal| refusal.program.label == program.label);
        refusal.map_or_else(String::new, |refusal| refusal.kind.clone())
    };
    let accepted = accepted.into_iter();
    (
        given,
        accepted.map(|program| (kind(&program), program)).collect(),
    )
}

/// Whether a program takes an array apart: only such an array does rustc drop from its end.
fn takes_arrays_apart(program: &Program) -> bool {
    // A pattern stands before `=`, `=>`, `if`, or in another pattern; what is indexed has no space before.
    let text = program.text("program");
    text.match_indices('[').any(|(start, _)| {
        let is_pattern = ["let ", "(", ", ", "{\n", "| ", ": ", "@ ", "\n"]
            .iter()
            .any(|before| text[..start].ends_with(before));
        let inside = text[start..].split(']').next().unwrap_or("");
        is_pattern
            && ["v", "..", "first"]
                .iter()
                .any(|part| inside.contains(part))
    })
}

/// The difference that counts: one that the oracle did not make.
fn decisive(fate: &Fate) -> Option<&Difference> {
    let ours = |difference: &&Difference| match difference.class() {
        Class::Oracle | Class::NoYield => false,
        Class::Array => !takes_arrays_apart(&fate.program),
        _ => true,
    };
    let severe = |difference: &&Difference| {
        matches!(
            difference.class(),
            Class::Crash | Class::DoubleDrop | Class::Leak
        )
    };
    // Where a whole run is different already, those cut short say nothing more.
    let mut differences = fate.differences.iter().filter(ours);
    let first = differences.clone().next();
    differences.find(severe).or(first)
}

/// What a program that ran is found to do differently.
fn finding(
    wanted: &dyn Fn(Class) -> bool,
    toolchain: &Toolchain,
    name: &str,
    fate: &Fate,
) -> Option<Finding> {
    let class = decisive(fate)?.class();
    let same = |fate: &Fate| decisive(fate).is_some_and(|difference| difference.class() == class);
    let mut program = fate.program.clone();
    let mut difference = decisive(fate)?.clone();
    let shrunk = wanted(class);
    if shrunk {
        program = shrink(toolchain, name, &program, &same);
        let fates = process(toolchain, name, vec![program.clone()], Repair::No);
        if let Some(smaller) = fates.first().and_then(decisive) {
            difference = smaller.clone();
        }
    }
    Some(Finding {
        label: fate.program.label.clone(),
        class,
        program,
        difference,
        shrunk,
    })
}

impl Report {
    fn add(&mut self, fate: Fate, finding: Option<Finding>) {
        self.ran += usize::from(fate.ran);
        let unchanged = fate.ran && fate.refused.is_empty() && fate.rejected.is_empty();
        self.ran_unchanged += usize::from(unchanged);
        self.still += usize::from(fate.differences.iter().any(|d| d.class() == Class::NoYield));
        if let Some(refusal) = fate.refused.first() {
            let entry = self.refusals.entry(refusal.kind.clone());
            entry.or_insert_with(|| (0, refusal.rendered.clone())).0 += 1;
        }
        self.refused += usize::from(!fate.ran && fate.rejected.is_empty());
        self.rejected += usize::from(!fate.rejected.is_empty());
        let mut kinds = BTreeSet::new();
        for rejection in fate.rejected {
            if kinds.insert(rejection.kind.clone()) {
                let entry = self
                    .rejections
                    .entry(rejection.kind)
                    .or_insert_with(|| (0, rejection.program, rejection.rendered));
                entry.0 += 1;
            }
        }
        self.findings.extend(finding);
    }

    /// The report as it is printed.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let _ = writeln!(
            text,
            "ran: {} ({} as generated, {} without a yield)\n\
             refused by rustc in the end: {}\n\
             rejected by the macro at first: {}\n\
             different: {}",
            self.ran,
            self.ran_unchanged,
            self.still,
            self.refused,
            self.rejected,
            self.findings.len()
        );
        let mut classes = BTreeMap::<_, usize>::new();
        for finding in &self.findings {
            *classes.entry(finding.class).or_default() += 1;
        }
        for (class, count) in classes {
            let _ = writeln!(text, "{count:6}  {class:?}");
        }
        if self.given > 0 {
            let _ = writeln!(
                text,
                "refused by rustc and given to the macro: {}, accepted: {}",
                self.given,
                self.accepted.len()
            );
        }
        text.push_str("\nwhat rustc refused at first:\n");
        for (kind, (count, _)) in &self.refusals {
            let _ = writeln!(text, "{count:6}  {kind}");
        }
        text.push_str("\nwhat the macro rejected:\n");
        for (kind, (count, ..)) in &self.rejections {
            let _ = writeln!(text, "{count:6}  {kind}");
        }
        text
    }
}

impl Finding {
    /// A name for a file.
    #[must_use]
    pub fn name(&self) -> String {
        let label: String = self
            .label
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == ' ')
            .collect();
        let words: Vec<_> = label.split_whitespace().collect();
        format!("{:?}_{}", self.class, words.join("_")).to_lowercase()
    }

    /// The program and the logs.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("// {}: {:?}\n", self.label, self.class);
        if !self.shrunk {
            text.push_str("// not made smaller: enough of its class were\n");
        }
        text.push_str(&self.program.text(&self.name()));
        let _ = writeln!(text, "\n// {}", self.difference.check);
        for line in self.difference.table.lines() {
            let _ = writeln!(text, "// {line}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Machine;
    use std::path::Path;

    fn toolchain() -> Toolchain {
        let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core");
        Toolchain::new(&core).expect("the libraries compile")
    }

    /// A body that can tell in which form it runs.
    fn planted() -> Program {
        use crate::tree::{Kind, Node};
        use crate::types::Type;
        let tell = stmt!("event(std::any::type_name_of_val(&|| ()));");
        let inner = stmt!(
            "if ",
            expr!(Type::Bool; "check(mk(1) > 0)"),
            " {\n",
            tell,
            "}"
        );
        let before = stmt!("let v1 = ", Type::Noisy.default(), ";");
        let after = stmt!("drop(v1);");
        let head = "() -> impl Generator<Yield = u32> {\nyield_!(1);\n";
        Program {
            label: "planted".to_owned(),
            machine: Machine::Pinned,
            tree: node!(Kind::Group; head, Node::group(vec![before, inner, after]), "}"),
        }
    }

    #[test]
    fn what_differs_is_found_and_made_smaller() {
        let toolchain = toolchain();
        let fates = process(&toolchain, "planted", vec![planted()], Repair::Yes);
        let finding = finding(&|_| true, &toolchain, "planted", &fates[0]).expect("a difference");
        assert_eq!(finding.class, Class::Events);
        let text = finding.program.text("small");
        assert!(text.contains("type_name_of_val"), "{text}");
        assert!(!text.contains("check") && !text.contains("drop"), "{text}");
    }

    #[test]
    fn what_is_rejected_is_counted_and_left_out() {
        use crate::tree::{Kind, Node};
        let good = stmt!("yield_!(1);");
        let ill_typed = stmt!("let n: u32 = true;");
        let head = "() -> impl Generator<Yield = u32> {\n";
        let program = |statement: &Node| Program {
            label: String::new(),
            machine: Machine::Pinned,
            tree: node!(Kind::Group; head, statement.clone(), good.clone(), "}"),
        };
        let programs = vec![program(&good), program(&ill_typed), program(&good)];
        let fates = process(&toolchain(), "rejected", programs, Repair::Yes);
        assert!(
            fates
                .iter()
                .all(|fate| fate.ran && fate.differences.is_empty())
        );
        let refused: Vec<_> = fates.iter().map(|fate| fate.refused.len()).collect();
        assert_eq!(refused, [0, 1, 0]);
    }

    #[test]
    fn what_is_accepted_is_told_from_what_is_not() {
        use crate::tree::{Kind, Node};
        let program = |statements: &str| Program {
            label: statements.to_owned(),
            machine: Machine::Pinned,
            tree: node!(
                Kind::Group;
                "() -> impl Generator<Yield = u32> {\n",
                Node::group(vec![stmt!(statements)]),
                "}"
            ),
        };
        let good = "yield_!(1);";
        let ill_typed = "let n: bool = 1; yield_!(1);";
        let moved = "let v = noisy(\"v\"); drop(v); yield_!(1); drop(v);";
        let programs = [good, ill_typed, moved].map(program).into();
        let accepted = accepted(&toolchain(), "accepted", programs);
        let labels: Vec<_> = accepted.iter().map(|program| &program.label).collect();
        assert_eq!(labels, [good]);
    }
}
