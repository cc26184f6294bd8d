//! The examples as programs.

use std::{env, ffi::OsStr, path::PathBuf, process::Command};

/// Where an example is, built as this test was. `cargo test` has already built it, unless it was told to
/// build one test only; then it may be missing or old.
pub fn built(example: &str) -> PathBuf {
    let test = env::current_exe().unwrap();
    let profile_dir = test.ancestors().nth(2).unwrap();
    let profile = match profile_dir.file_name().and_then(OsStr::to_str).unwrap() {
        "debug" => "dev",
        name => name,
    };
    let status = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--example",
            example,
            "--profile",
            profile,
            "--target-dir",
        ])
        .arg(profile_dir.parent().unwrap())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(status.unwrap().success());
    profile_dir
        .join("examples")
        .join(format!("{example}{}", env::consts::EXE_SUFFIX))
}
