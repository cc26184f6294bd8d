//! Measures everything, prints the tables, and fails where a figure falls short; see `README.md` beside.
//!
//! `--quick` leaves out what is judged by time: the times of the workloads and of the builds.

use std::process::ExitCode;

mod builds;
mod counts;
mod report;
mod times;

fn main() -> ExitCode {
    let is_set = |name: &str| std::env::args().any(|argument| argument == name);
    if is_set(counts::UNDER_VALGRIND) {
        counts::run_all();
        return ExitCode::SUCCESS;
    }
    counts::check();
    let mut short = benches::sizes::report();
    short.extend(report::counts(&counts::count()));
    if !is_set("--quick") {
        short.extend(builds::report());
        times::report();
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
