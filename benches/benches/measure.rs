//! Measures everything, prints the tables, and fails where a figure falls short; see `README.md` beside.

use std::process::ExitCode;

fn main() -> ExitCode {
    let short = benches::sizes::report();
    for line in &short {
        eprintln!("falls short: {line}");
    }
    if short.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
