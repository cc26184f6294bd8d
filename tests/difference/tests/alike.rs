//! A fixed small set of programs. The command of `README.md` runs as many others as one likes.

use std::path::Path;

use handcrank_difference::generate;
use handcrank_difference::session::{Finding, Options, session};

#[test]
fn programs_are_alike() {
    let options = Options {
        seed: 1,
        first: 0,
        count: 40,
        batch: 20,
        jobs: 2,
        handcrank: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core"),
        shrink: 1,
        shrink_rejections: false,
        refused: true,
        generate: generate::Options {
            unsupported: 0,
            borrowing: false,
        },
    };
    let report = session(&options, &|_| {}).expect("the libraries compile");
    let text = report.text();
    // The generator does its part.
    assert!(report.ran >= 36, "{text}");
    assert!(report.still <= 12, "{text}");
    let different: Vec<_> = report.findings.iter().map(Finding::text).collect();
    assert!(different.is_empty(), "{text}\n{}", different.join("\n"));
}
