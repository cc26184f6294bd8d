//! Measures everything, prints the tables, and fails where a figure falls short; see `README.md` beside.

use std::process::ExitCode;

mod counts;
mod report;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments
        .iter()
        .any(|argument| argument == counts::UNDER_VALGRIND)
    {
        counts::run_all();
        return ExitCode::SUCCESS;
    }
    counts::check();
    let mut short = benches::sizes::report();
    short.extend(report::counts(&counts::count()));
    for line in &short {
        eprintln!("falls short: {line}");
    }
    if short.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
