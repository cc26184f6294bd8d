//! The JSON reader as its user meets it: what it prints and how it exits.

mod program;

use std::{
    env,
    ffi::OsStr,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::LazyLock,
    thread,
};

static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| program::built("json"));

fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>, input: &[u8]) -> Output {
    let mut program = Command::new(&*PROGRAM)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = program.stdin.take().unwrap();
    thread::scope(|scope| {
        // Whether the program reads all of it is its own affair.
        scope.spawn(move || drop(stdin.write_all(input)));
        program.wait_with_output().unwrap()
    })
}

/// Asserts that the program prints `expected` and nothing else.
fn assert_prints(arguments: &[&str], input: &[u8], expected: &str) {
    let output = run(arguments, input);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    assert_eq!(output.status.code(), Some(0));
}

/// Asserts that the program prints one line on standard error, which begins with `expected`,
/// nothing else, and exits with `code`.
fn assert_fails<S: AsRef<OsStr>>(
    arguments: impl IntoIterator<Item = S>,
    input: &[u8],
    expected: &str,
    code: i32,
) {
    let output = run(arguments, input);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with(expected), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
    assert_eq!(output.stdout, b"");
    assert_eq!(output.status.code(), Some(code), "{message}");
}

#[test]
fn a_summary_counts_tokens_depth_and_keys() {
    let input =
        br#"{"b": [1, 2, {"a": true}], "a": {"a\n": null, "d": "x", "c": [], "e": 0, "b": -1}}"#;
    let expected = r#"tokens             25
depth               3
objects             3
arrays              2
keys                8
strings             1
numbers             4
booleans            1
nulls               1
commonest keys
                    2 "a"
                    2 "b"
                    1 "a\n"
                    1 "c"
                    1 "d"
"#;
    assert_prints(&[], input, expected);
    assert_prints(&["-"], input, expected);
    assert_prints(&["--", "-"], input, expected);
}

#[test]
fn a_summary_of_many_keys_says_that_it_is_approximate() {
    let members: Vec<_> = (0..5000)
        .map(|key| format!(r#"{{"{key}":{{"k":0}}}}"#))
        .collect();
    let long = "x".repeat(300);
    let text = format!(r#"[{},{{"{long}":0}}]"#, members.join(","));
    let output = run([""; 0], text.as_bytes());
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("(approximate: of more than 4096 keys; a count may be "));
    assert!(
        printed.contains("(not ranked, being longer than 256 bytes: 1)"),
        "{printed}"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn paths_are_lines() {
    let input = br#" {"a": [0, {"b c": "\n"}]} "#;
    assert_prints(
        &["--paths"],
        input,
        "$\n$.a\n$.a[0]\n$.a[1]\n$.a[1]['b c']\n",
    );
}

#[test]
fn files_are_read() {
    // An option's name is a file's after `--`; the directory is the test's own.
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("json");
    fs::create_dir_all(&directory).unwrap();
    let file = directory.join("--paths");
    fs::write(&file, "[\n1,\n  é]").unwrap();
    let output = Command::new(&*PROGRAM)
        .args(["--paths", "--", "--paths"])
        .current_dir(&directory)
        .output()
        .unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        message,
        "json: --paths:3:3: expected a value, found byte 0xC3\n"
    );
    assert_eq!(output.status.code(), Some(1));

    fs::write(&file, "[1]").unwrap();
    let output = run([file], b"ignored");
    assert!(output.stdout.starts_with(b"tokens              3\n"));
}

#[test]
fn malformed_input_fails_with_its_place() {
    for arguments in [&[][..], &["--paths"]] {
        let fails = |input: &[u8], expected| assert_fails(arguments, input, expected, 1);
        fails(
            b"",
            "json: standard input:1:1: expected a value, found the end of the input",
        );
        fails(
            b"{\n \"a\" 1}",
            "json: standard input:2:6: expected `:`, found `1`",
        );
        fails(b"[\"\xff\"]", "json: standard input:1:3: invalid UTF-8");
        fails(
            &[b'['; 257],
            "json: standard input:1:257: nested more than 256 deep",
        );
        fails(
            b"1\n1",
            "json: standard input:2:1: expected the end of the input, found `1`",
        );
    }
}

#[test]
fn unreadable_files_fail() {
    let directory = env!("CARGO_MANIFEST_DIR");
    assert_fails(
        [directory],
        b"",
        &format!("json: cannot read {directory}: "),
        1,
    );
    assert_fails(["no/such/file"], b"", "json: cannot read no/such/file: ", 1);
    assert_fails([""], b"", "json: cannot read : ", 1);
}

#[test]
fn wrong_arguments_fail() {
    assert_fails(
        ["--path"],
        b"",
        "json: unknown option --path; see --help",
        2,
    );
    assert_fails(["-x"], b"", "json: unknown option -x; see --help", 2);
    assert_fails(["a", "b"], b"", "json: more than one file; see --help", 2);
    assert_fails(
        ["--", "-h", "--help"],
        b"",
        "json: more than one file; see --help",
        2,
    );
}

#[cfg(unix)]
#[test]
fn arguments_need_not_be_unicode() {
    use std::os::unix::ffi::OsStrExt;
    assert_fails(
        [OsStr::from_bytes(b"\xff")],
        b"",
        "json: cannot read \u{fffd}: ",
        1,
    );
    assert_fails(
        [OsStr::from_bytes(b"-\xff")],
        b"",
        "json: unknown option -\u{fffd}; ",
        2,
    );
}

#[test]
fn help_is_printed() {
    for option in ["-h", "--help"] {
        let output = run([option], b"");
        assert!(output.stdout.starts_with(b"Usage: json "));
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn a_closed_pipe_is_an_error() {
    let mut program = Command::new(&*PROGRAM)
        .arg("--paths")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(program.stdout.take());
    program.stdin.take().unwrap().write_all(b"[0, 1]").unwrap();
    let output = program.wait_with_output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.starts_with("json: cannot write to standard output: "),
        "{message}"
    );
    assert_eq!(output.status.code(), Some(1));
}

/// The README's command.
#[test]
fn the_metadata_of_the_workspace_is_json() {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let value: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let output = run(["--paths"], &metadata.stdout);
    for path in String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .filter(|path| !path.contains("['"))
    {
        let pointer = path[1..].replace(['.', '['], "/").replace(']', "");
        assert!(value.pointer(&pointer).is_some(), "{path}");
    }
    let output = run([""; 0], &metadata.stdout);
    assert!(output.stdout.starts_with(b"tokens "));
    assert_eq!(output.status.code(), Some(0));
}
