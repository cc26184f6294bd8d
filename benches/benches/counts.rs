//! Instructions, as callgrind counts them. All variants are counted in one run of this program under valgrind:
//! each call of [`callgrind_measures`] ends a part of the profile.
//!
//! gungraun is not used: it compares a function with itself in an earlier run, one valgrind for each, where
//! what counts here are ratios between functions of one run; and it needs a runner installed beside the
//! package.

use std::{fs, hint::black_box, path::Path, process::Command};

use benches::{
    growth,
    workloads::{self, Input, Variant},
};

/// The argument with which this program runs itself under valgrind.
pub const UNDER_VALGRIND: &str = "--under-valgrind";

/// What valgrind counts; it knows the function by this very name.
// SAFETY: nothing else has this name.
#[unsafe(no_mangle)]
#[inline(never)]
#[expect(
    clippy::no_mangle_with_rust_abi,
    reason = "callgrind is told its name, and nobody else calls it"
)]
fn callgrind_measures(run: fn(&Input) -> u64, input: &Input) -> u64 {
    black_box(run(black_box(input)))
}

/// All that is counted.
fn all() -> Vec<Variant> {
    [workloads::all(), growth::all()].concat()
}

/// Runs every variant once, to be counted.
pub fn run_all() {
    let input = Input::new();
    for variant in all() {
        callgrind_measures(variant.run, &input);
    }
}

/// How many instructions each variant takes, in the order of [`all`]; why not, if they cannot be counted.
pub fn count() -> Result<Vec<(Variant, u64)>, String> {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("counts");
    let failed = |error: std::io::Error| format!("{}: {error}", directory.display());
    if directory.exists() {
        fs::remove_dir_all(&directory).map_err(failed)?;
    }
    fs::create_dir_all(&directory).map_err(failed)?;
    let program = std::env::current_exe().map_err(failed)?;
    let status = Command::new("valgrind")
        .args(["-q", "--tool=callgrind", "--collect-atstart=no"])
        .args([
            "--toggle-collect=callgrind_measures",
            "--dump-after=callgrind_measures",
        ])
        .arg(format!(
            "--callgrind-out-file={}",
            directory.join("part").display()
        ))
        .arg(program)
        .arg(UNDER_VALGRIND)
        .status()
        .map_err(|error| format!("valgrind does not start: {error}"))?;
    if !status.success() {
        return Err(format!("valgrind: {status}"));
    }
    all()
        .into_iter()
        .enumerate()
        .map(|(number, variant)| {
            let part = directory.join(format!("part.{}", number + 1));
            let text = fs::read_to_string(&part)
                .map_err(|error| format!("{}: {error}", part.display()))?;
            let count = text
                .lines()
                .find_map(|line| line.strip_prefix("totals: "))
                .and_then(|count| count.trim().parse().ok())
                .ok_or_else(|| format!("{} has no totals", part.display()))?;
            Ok((variant, count))
        })
        .collect()
}

/// Whether all variants of each workload compute the same.
pub fn check() {
    let input = Input::new();
    let mut expected: Option<(&str, u64)> = None;
    for variant in all() {
        let result = (variant.run)(&input);
        match expected {
            Some((workload, value)) if workload == variant.workload => {
                assert_eq!(result, value, "{variant:?} computes something else");
            }
            _ => expected = Some((variant.workload, result)),
        }
    }
}
