//! What a check accepts and a build does not: whether a local has a destructor is known when code is made of it.
//! rustc says so with E0080, and names the place. One package has a program for each; `trybuild` only checks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The body of a generator with an argument `b`, and the line of it that rustc shows in a note.
struct Program {
    name: &'static str,
    body: &'static str,
    message: &'static str,
    line: &'static str,
}

const MANIFEST: &str = r#"
[workspace]

[package]
name = "unbuilt"
edition = "2024"

[dependencies]
"#;

const HEAD: &str = "#![allow(unused, unreachable_code)]
use handcrank::{Generator, generator, yield_};

struct Person {
    name: String,
    age: u32,
}

impl Person {
    fn map<T>(&self, f: impl Fn(u32) -> T) -> T {
        f(self.age)
    }
}

fn die() -> ! {
    panic!()
}

#[generator]
";

const FUNCTION: &str = "numbers(b: bool) -> impl Generator<Yield = usize>";

const USED_AGAIN: &str =
    "a local that is kept across a suspension point is moved here, and seems to be used again";
const TAKEN: &str =
    "a closure or `async` block takes a local that is kept across a suspension point";
const PART_TAKEN: &str =
    "a closure takes a part, by a pattern, of a local that is kept across a suspension point";
const NAMED_LIKE_STDS: &str =
    "variants are named here as those of `Option` or `Result` are, and are of another type";

const BORROWS: &str =
    "a method borrows what it is called on, although std's methods of its name take it";

const MAY_BE_GONE: &str = "an argument that suspends may change what this points to";

/// Before a function of one's own that never returns, and by a pattern in a `move` closure.
const PROGRAMS: &[Program] = &[
    Program {
        name: "part_before_a_function_that_never_returns",
        body: "
            let pair = (String::new(), String::new());
            yield_!(1);
            if b { drop(pair.0); die(); }
            yield_!(pair.0.len());",
        message: USED_AGAIN,
        line: "if b { drop(pair.0); die(); }",
    },
    Program {
        name: "closure_before_a_function_that_never_returns",
        body: "
            let text = String::new();
            yield_!(1);
            if b { let f = move || drop(text); f(); die(); }
            yield_!(text.len());",
        message: USED_AGAIN,
        // Not that of the closure: rustc is told where the local is declared.
        line: "let text = String::new();",
    },
    Program {
        name: "closure_without_move_before_a_function_that_never_returns",
        body: "
            let text = String::new();
            yield_!(1);
            if b { (|| drop(text))(); die(); }
            yield_!(text.len());",
        message: TAKEN,
        line: "if b { (|| drop(text))(); die(); }",
    },
    Program {
        name: "suspended_before_a_function_that_never_returns",
        body: "
            let text = String::new();
            yield_!(1);
            if b { drop(text); yield_!(2); die(); }
            yield_!(text.len());",
        message: USED_AGAIN,
        line: "if b { drop(text); yield_!(2); die(); }",
    },
    Program {
        name: "not_the_last_of_its_branch",
        body: "
            let text = String::new();
            yield_!(1);
            if b { drop(text); die(); println!(); }
            yield_!(text.len());",
        message: USED_AGAIN,
        line: "if b { drop(text); die(); println!(); }",
    },
    Program {
        name: "part_of_a_struct_in_a_move_closure",
        body: "
            let person = Person { name: String::new(), age: 1 };
            yield_!(1);
            let f = move || { let Person { name, .. } = person; drop(name); };
            f();
            yield_!(2);",
        message: PART_TAKEN,
        line: "let f = move || { let Person { name, .. } = person; drop(name); };",
    },
    Program {
        name: "part_by_reference_in_a_move_closure",
        body: "
            let pair = (String::new(), String::new());
            yield_!(1);
            let f = move || { let (ref name, _) = pair; drop(name.len()); };
            f();
            yield_!(2);",
        message: PART_TAKEN,
        line: "let f = move || { let (ref name, _) = pair; drop(name.len()); };",
    },
    Program {
        name: "part_of_a_tuple_in_a_move_closure",
        body: "
            let pair = (String::new(), 1);
            yield_!(1);
            let f = move || { let (name, _) = pair; drop(name); };
            f();
            yield_!(2);",
        message: PART_TAKEN,
        line: "let f = move || { let (name, _) = pair; drop(name); };",
    },
    Program {
        name: "method_named_like_stds",
        body: "
            let person = Person { name: String::new(), age: 1 };
            yield_!(1);
            let one = 1;
            let next = person.map(|age| age + one);
            yield_!(2);",
        message: BORROWS,
        line: "let next = person.map(|age| age + one);",
    },
    Program {
        name: "pointer_that_an_argument_frees",
        body: "
            let mut all = vec![Box::new(5_usize)];
            yield_!(1);
            let most = all[0].pow({ yield_!(2); all.clear(); 1 });
            yield_!(most);",
        message: MAY_BE_GONE,
        line: "let most = all[0].pow({ yield_!(2); all.clear(); 1 });",
    },
    Program {
        name: "temporary_pointer_to_what_an_argument_frees",
        body: "
            let mut all = vec![5_usize];
            yield_!(1);
            let most = all.first().unwrap().pow({ yield_!(2); all.clear(); 1 });
            yield_!(most);",
        message: MAY_BE_GONE,
        line: "let most = all.first().unwrap().pow({ yield_!(2); all.clear(); 1 });",
    },
    Program {
        name: "reference_to_what_an_argument_frees",
        body: "
            let mut all = vec![5_usize];
            yield_!(1);
            let first = all.first().unwrap();
            let most = first.pow({ yield_!(2); all.clear(); 1 });
            yield_!(most);",
        message: MAY_BE_GONE,
        line: "let most = first.pow({ yield_!(2); all.clear(); 1 });",
    },
    Program {
        name: "reference_beside_a_closure",
        body: "
            let mut all = vec![Some(5_usize)];
            yield_!(1);
            let first = all.first().unwrap();
            let most = first.map_or({ yield_!(2); all.clear(); 1 }, |first| first + 1);
            yield_!(most);",
        message: MAY_BE_GONE,
        line: "let most = first.map_or({ yield_!(2); all.clear(); 1 }, |first| first + 1);",
    },
    Program {
        name: "pointer_to_what_an_argument_changes",
        body: "
            let mut number = Box::new(5_usize);
            yield_!(1);
            let most = number.pow({ yield_!(2); *number = 7; 1 });
            yield_!(most);",
        message: MAY_BE_GONE,
        line: "let most = number.pow({ yield_!(2); *number = 7; 1 });",
    },
    Program {
        name: "variants_named_like_stds",
        body: "
            enum Slot { Some(String), None }
            use Slot::*;
            let slot = if b { None } else { Some(String::new()) };
            yield_!(1);
            match slot { Some(text) => yield_!(text.len()), None => yield_!(2) }",
        message: NAMED_LIKE_STDS,
        line: "match slot { Some(text) => yield_!(text.len()), None => yield_!(2) }",
    },
];

/// A library's functions are not built until something resumes or drops what they return: here, a binary.
#[test]
fn where_it_is_built() {
    let package = package();
    for accepted in [["check", "--bins"], ["build", "--lib"]] {
        let output = cargo(&package, &accepted);
        assert!(output.status.success(), "{accepted:?}: {}", text(&output));
    }
    for program in PROGRAMS {
        rejects(
            &package,
            program.name,
            &format!("src/bin/{}.rs", program.name),
            program,
        );
    }
    rejects(&package, "of_the_library", "src/lib.rs", &PROGRAMS[0]);
}

/// A binary is not built, for one reason, and a note shows a line of the user's.
fn rejects(package: &Path, binary: &str, file: &str, program: &Program) {
    let output = cargo(package, &["build", "--bin", binary]);
    let error = text(&output);
    assert!(!output.status.success(), "{binary} is built");
    assert_eq!(
        error.matches("error[E0080]").count(),
        1,
        "{binary}:\n{error}"
    );
    for expected in [program.message, file, program.line] {
        assert!(error.contains(expected), "{binary}, {expected}:\n{error}");
    }
}

/// Writes the package, with its functions in binaries of their own: an error in one might hide another.
fn package() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unbuilt");
    // What is left there of a program that has been renamed would be checked as well.
    let _ = fs::remove_dir_all(package.join("src"));
    fs::create_dir_all(package.join("src/bin")).unwrap();
    // The versions that the workspace has been built with are there without a network.
    fs::copy(workspace.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    let write = |path: &str, contents: &str| fs::write(package.join(path), contents).unwrap();
    let core = workspace.join("core");
    let dependency = format!("handcrank = {{ path = '{}' }}\n", core.display());
    write("Cargo.toml", &format!("{MANIFEST}{dependency}"));
    for Program { name, body, .. } in PROGRAMS {
        let main = "fn main() { drop(numbers(false)); }";
        let path = format!("src/bin/{name}.rs");
        write(
            &path,
            &format!("{HEAD}fn {FUNCTION} {{{body}\n}}\n{main}\n"),
        );
    }
    let body = PROGRAMS[0].body;
    write(
        "src/lib.rs",
        &format!("{HEAD}pub fn {FUNCTION} {{{body}\n}}\n"),
    );
    let main = "fn main() { drop(unbuilt::numbers(false)); }\n";
    write("src/bin/of_the_library.rs", main);
    package
}

fn cargo(package: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .current_dir(package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .output()
        .unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
