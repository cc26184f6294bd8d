//! Runs a compiled batch.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How a program is different.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What was compared.
    pub check: String,
    /// The two logs.
    pub table: String,
}

/// How much time a program gets. A loop that a deletion made endless is not waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs all programs of a binary; returns how each is different.
///
/// # Errors
/// If it cannot be started.
pub fn run(binary: &Path, programs: usize) -> Result<Vec<Vec<Difference>>, String> {
    let mut differences = vec![Vec::new(); programs];
    let mut first = 0;
    while first < programs {
        first = run_from(binary, first, &mut differences)?;
    }
    Ok(differences)
}

/// Runs programs up to a crash; returns which is to run next.
fn run_from(
    binary: &Path,
    first: usize,
    differences: &mut [Vec<Difference>],
) -> Result<usize, String> {
    let mut child = Command::new(binary)
        .arg(first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("{}: {e}", binary.display()))?;
    let stdout = child.stdout.take().ok_or("no stdout")?;
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    let mut current = first;
    let ended = loop {
        let line = match lines.recv_timeout(PATIENCE) {
            Ok(line) => line,
            Err(mpsc::RecvTimeoutError::Timeout) => break "it does not come to an end".to_owned(),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let status = child.wait().map_err(|e| e.to_string())?;
                break format!("it crashed: {status}");
            }
        };
        if line == "END" {
            let _ = child.wait();
            return Ok(differences.len());
        } else if let Some(rest) = line.strip_prefix("START ") {
            let index = rest.split(' ').nth(1).and_then(|index| index.parse().ok());
            current = index.ok_or_else(|| format!("no index in {line:?}"))?;
        } else if let Some(check) = line.strip_prefix("DIFFERS ") {
            differences[current].push(Difference {
                check: check.to_owned(),
                table: String::new(),
            });
        } else if let Some(difference) = differences[current].last_mut() {
            difference
                .table
                .push_str(line.strip_prefix("  ").unwrap_or(&line));
            difference.table.push('\n');
        }
    };
    let _ = child.kill();
    let _ = child.wait();
    differences[current].push(Difference {
        check: "end".to_owned(),
        table: ended,
    });
    Ok(current + 1)
}

/// What a difference is about. Shrinking keeps to one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The process ended, or did not.
    Crash,
    /// A value dropped twice.
    DoubleDrop,
    /// A value never dropped.
    Leak,
    /// Other events.
    Events,
    /// The same events in another order.
    Order,
    /// The same in a run that was cut short by a drop or a panic.
    CancelledOrder,
    /// rustc's coroutine is different from a plain function: the oracle errs.
    Oracle,
    /// The elements of one array, of which some are moved somewhere, drop from the last to the first: rustc's
    /// coroutine and the plain function both err.
    Array,
    /// Nothing was compared.
    NoYield,
}

impl Difference {
    /// What it is about.
    #[must_use]
    pub fn class(&self) -> Class {
        let table = &self.table;
        if self.check == "end" {
            return Class::Crash;
        }
        if table.contains("never yields") || table.contains("does not come to an end") {
            return Class::NoYield;
        }
        if !table.contains("#[generator]") {
            return Class::Oracle;
        }
        if table.contains("DROPPED TWICE") {
            return Class::DoubleDrop;
        }
        let Some(events) = self.events() else {
            return Class::Leak;
        };
        if is_array_reversed(&events) {
            return Class::Array;
        }
        let (mut ours, mut theirs): (Vec<_>, Vec<_>) = events.into_iter().unzip();
        ours.retain(|event| !event.is_empty());
        theirs.retain(|event| !event.is_empty());
        ours.sort_unstable();
        theirs.sort_unstable();
        if ours == theirs {
            if self.check == "run" {
                Class::Order
            } else {
                Class::CancelledOrder
            }
        } else {
            Class::Events
        }
    }

    /// The events side by side; `None` if one side leaks what the other does not.
    fn events(&self) -> Option<Vec<(&str, &str)>> {
        let mut events = Vec::new();
        for line in self.table.lines().skip(2) {
            if let Some(leaks) = line.trim_start().strip_prefix("leaked ") {
                if leaks.split(" | ").next() != leaks.split(" | ").nth(1) {
                    return None;
                }
            } else if let Some((left, right)) = line.split_once("| ") {
                events.push((left.get(2..).unwrap_or("").trim(), right.trim()));
            }
        }
        Some(events)
    }
}

/// Whether all that is different are runs of drops, which `#[generator]` does in the order in which the values were
/// made, as the elements of an array are, and rustc the other way round.
fn is_array_reversed(events: &[(&str, &str)]) -> bool {
    let mut found = false;
    let mut first = 0;
    while let Some((ours, theirs)) = events.get(first) {
        first += if ours == theirs {
            1
        } else if let Some(length) = reversed_array_at(events, first) {
            found = true;
            length
        } else {
            return false;
        };
    }
    found
}

/// The length of the shortest such run which starts at an event that is different.
fn reversed_array_at(events: &[(&str, &str)], first: usize) -> Option<usize> {
    // What an element was made of may have come and gone.
    let mut made: Vec<&str> = Vec::new();
    for (event, _) in &events[..first] {
        if let Some(name) = event.strip_prefix("new ") {
            made.push(name);
        } else if let Some(name) = event.strip_prefix("drop ") {
            let gone = made.iter().rposition(|made| *made == name);
            gone.map(|gone| made.remove(gone));
        }
    }
    (2..=events.len() - first).find(|&length| {
        let run = &events[first..first + length];
        let ours = run.iter().map(|(left, _)| left.strip_prefix("drop "));
        let Some(ours) = ours.collect::<Option<Vec<_>>>() else {
            return false;
        };
        let theirs = run.iter().rev();
        let theirs = theirs.map(|(_, right)| right.strip_prefix("drop "));
        // Of two it cannot be told which is the first, when one has been moved there.
        let in_order = length == 2 || made.windows(length).any(|made| made == ours);
        ours.iter().copied().map(Some).eq(theirs) && in_order
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    fn class(events: &[(&str, &str)]) -> Class {
        let mut table = format!(
            "event 0 panics\n  {:<40}| rustc's coroutine\n",
            "#[generator]"
        );
        for (ours, theirs) in events {
            let mark = if ours == theirs { ' ' } else { '!' };
            let _ = writeln!(table, "{mark} {ours:<40}| {theirs}");
        }
        table.push_str("  leaked [] | []");
        let check = "unwind".to_owned();
        Difference { check, table }.class()
    }

    #[test]
    fn an_array_that_rustc_drops_from_its_end_is_told_from_other_orders() {
        let made = [("new a", "new a"), ("new b", "new b"), ("new c", "new c")];
        let with = |drops: [(&'static str, &'static str); 3]| [made, drops].concat();
        let from_the_end = [
            ("drop a", "drop c"),
            ("drop b", "drop b"),
            ("drop c", "drop a"),
        ];
        assert_eq!(class(&with(from_the_end)), Class::Array);
        let from_the_start = from_the_end.map(|(ours, theirs)| (theirs, ours));
        assert_eq!(class(&with(from_the_start)), Class::CancelledOrder);
        let came_and_gone = [
            ("new a", "new a"),
            ("new b", "new b"),
            ("new x", "new x"),
            ("drop x", "drop x"),
            ("new c", "new c"),
            ("drop a", "drop c"),
            ("drop b", "drop b"),
            ("drop c", "drop a"),
        ];
        assert_eq!(class(&came_and_gone), Class::Array);
        let twice = [&made[..], &from_the_end, &made, &from_the_end].concat();
        assert_eq!(class(&twice), Class::Array);
        let others = [
            ("drop a", "drop b"),
            ("drop c", "drop c"),
            ("drop b", "drop a"),
        ];
        assert_eq!(class(&with(others)), Class::CancelledOrder);
        let more = [
            ("drop a", "drop c"),
            ("drop b", "drop b"),
            ("drop b", "drop a"),
        ];
        assert_eq!(class(&with(more)), Class::Events);
    }
}
