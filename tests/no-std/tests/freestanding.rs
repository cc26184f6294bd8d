//! The generators build and run where there is neither `std` nor `alloc`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where this test builds: a directory of its own, as the outer cargo holds the lock of its own.
fn target_dir() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("freestanding")
}

/// Only this package is selected, so that no other one's features apply to `handcrank`.
fn cargo(command: &str) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([command, "--package", "handcrank-no-std", "--target-dir"])
        .arg(target_dir());
    cargo
}

#[test]
fn works_with_std_around() {
    assert_eq!(handcrank_no_std::check(), Ok(()));
}

#[test]
#[cfg(target_os = "linux")]
fn a_program_without_std_and_alloc_runs() {
    // Without `std` there is no unwinding; were `alloc` in it, it would miss a global allocator.
    let built = cargo("rustc")
        .args([
            "--bin",
            "handcrank-no-std",
            "--config",
            "profile.dev.panic = 'abort'",
        ])
        .args(["--", "--cfg", "freestanding"])
        .status()
        .expect("cargo runs");
    assert!(built.success(), "it does not build");
    let ran = Command::new(target_dir().join("debug/handcrank-no-std"))
        .status()
        .expect("it runs");
    assert_eq!(ran.code(), Some(0), "the number of the check that fails");
}

#[test]
fn the_library_builds_for_bare_metal() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let print = |what: &[&str]| {
        let output = Command::new(&rustc)
            .args(what)
            .output()
            .expect("rustc runs");
        String::from_utf8(output.stdout).expect("rustc prints text")
    };
    let targets = print(&["--print", "target-list"]);
    for target in targets.lines().filter(|target| target.contains("-none")) {
        let libraries = print(&["--print", "target-libdir", "--target", target]);
        if !Path::new(libraries.trim()).exists() {
            continue; // not installed
        }
        let built = cargo("build")
            .args(["--lib", "--target", target])
            .status()
            .expect("cargo runs");
        assert!(built.success(), "it does not build for {target}");
    }
}
