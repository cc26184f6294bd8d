//! Measures everything, prints the tables, and fails where a figure falls short; see `README.md` beside.
//!
//! `--quick` leaves out what takes long: the times of the workloads and of the builds. `sizes`, `counts`, `times`
//! and `builds` ask for one part.

use std::process::ExitCode;

mod builds;
mod counts;
mod report;
mod times;

const SIZES: &str = "sizes";
const COUNTS: &str = "counts";
const TIMES: &str = "times";
const BUILDS: &str = "builds";

/// What can be asked for by its name.
const PARTS: [&str; 4] = [SIZES, COUNTS, TIMES, BUILDS];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_set = |name: &str| arguments.iter().any(|argument| argument == name);
    if is_set(counts::UNDER_VALGRIND) {
        counts::run_all();
        return ExitCode::SUCCESS;
    }
    let is_part = |argument: &String| PARTS.contains(&argument.as_str());
    let wants = |part: &str| match is_set("--quick") {
        _ if arguments.iter().any(is_part) => is_set(part),
        true => part == SIZES || part == COUNTS,
        false => true,
    };
    counts::check();
    let mut short = Vec::new();
    if wants(SIZES) {
        short.extend(benches::sizes::report());
    }
    if wants(COUNTS) {
        short.extend(report::counts(&counts::count()));
    }
    if wants(TIMES) {
        times::report();
    }
    if wants(BUILDS) {
        short.extend(builds::report());
    }
    println!();
    for line in &short {
        println!("falls short: {line}");
    }
    if short.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
