//! Compile time and code size: five hundred generators in one crate, and a program with fifty.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

/// Who makes a generator: the name, the dependencies, and what one looks like. `@` is its number.
struct Form {
    name: &'static str,
    dependencies: String,
    source: &'static str,
    /// The number of the generators, as an expression that iterates.
    iterate: &'static str,
}

#[expect(clippy::too_many_lines, reason = "a text for each form")]
fn forms() -> [Form; 5] {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("core");
    [
        Form {
            name: "ours",
            dependencies: format!("handcrank = {{ path = \"{}\" }}", core.display()),
            source: "#[handcrank::generator]
pub fn make_@(n: u64, names: Vec<String>) -> impl Iterator<Item = u64> {
    let mut sum = @_u64;
    for name in names {
        sum += name.len() as u64;
        for i in 0..n {
            if i == sum {
                handcrank::yield_!(i ^ @);
                break;
            }
            sum ^= i;
            handcrank::yield_!(sum);
        }
    }
    handcrank::yield_!(sum);
}",
            iterate: "make_@(n, names.clone())",
        },
        Form {
            name: "by hand",
            dependencies: String::new(),
            source: "pub struct Make@ { sum: u64, n: u64, range: Option<std::ops::Range<u64>>, names: std::vec::IntoIter<String>, ended: bool }
pub fn make_@(n: u64, names: Vec<String>) -> Make@ {
    Make@ { sum: @, n, range: None, names: names.into_iter(), ended: false }
}
impl Iterator for Make@ {
    type Item = u64;
    fn next(&mut self) -> Option<u64> {
        loop {
            if let Some(range) = &mut self.range {
                if let Some(i) = range.next() {
                    if i == self.sum {
                        self.range = None;
                        return Some(i ^ @);
                    }
                    self.sum ^= i;
                    return Some(self.sum);
                }
                self.range = None;
            }
            match self.names.next() {
                Some(name) => {
                    self.sum += name.len() as u64;
                    self.range = Some(0..self.n);
                }
                None if self.ended => return None,
                None => {
                    self.ended = true;
                    return Some(self.sum);
                }
            }
        }
    }
}",
            iterate: "make_@(n, names.clone())",
        },
        Form {
            name: "rustc",
            dependencies: String::new(),
            source: "pub fn make_@(n: u64, names: Vec<String>) -> impl std::ops::Coroutine<Yield = u64, Return = ()> + Unpin {
    #[coroutine]
    move || {
        let mut sum = @_u64;
        for name in names {
            sum += name.len() as u64;
            for i in 0..n {
                if i == sum {
                    yield i ^ @;
                    break;
                }
                sum ^= i;
                yield sum;
            }
        }
        yield sum;
    }
}",
            iterate: "std::iter::from_coroutine(make_@(n, names.clone()))",
        },
        Form {
            name: "diapause",
            dependencies: "diapause = \"=0.2.0\"".to_owned(),
            source: "#[diapause::coroutine(yield = u64)]
pub fn make_@(n: u64, names: Vec<String>) {
    let mut sum = @_u64;
    for name in names {
        sum += name.len() as u64;
        for i in 0_u64..n {
            if i == sum {
                yield_!(i ^ @);
                break;
            }
            sum ^= i;
            yield_!(sum);
        }
    }
    yield_!(sum);
}",
            iterate: "diapause::Iter::new(make_@(n, names.clone()))",
        },
        Form {
            name: "genawaiter rc",
            dependencies: "genawaiter = \"=0.99.1\"".to_owned(),
            source: "pub fn make_@(n: u64, names: Vec<String>) -> impl Iterator<Item = u64> {
    genawaiter::rc::Gen::new(move |co| async move {
        let mut sum = @_u64;
        for name in names {
            sum += name.len() as u64;
            for i in 0..n {
                if i == sum {
                    co.yield_(i ^ @).await;
                    break;
                }
                sum ^= i;
                co.yield_(sum).await;
            }
        }
        co.yield_(sum).await;
    }).into_iter()
}",
            iterate: "make_@(n, names.clone())",
        },
    ]
}

/// How often each is built; the fastest counts.
const TIMES: usize = 1;

/// Builds all, prints the table; what falls short.
pub fn report() -> Vec<String> {
    println!("\n## Compile time of 500 generators, and code of 50\n");
    println!("| | check, s | release, s | `.text` of 50, bytes |\n| --- | ---: | ---: | ---: |");
    let mut measured = Vec::new();
    for form in forms() {
        match measure(&form) {
            Ok(figures) => {
                let [check, release] = figures.0.map(|time| time.as_secs_f64());
                println!(
                    "| {} | {check:.2} | {release:.2} | {} |",
                    form.name, figures.1
                );
                measured.push((form.name, check, figures.1));
            }
            Err(error) => println!("| {} | {error} | – | – |", form.name),
        }
    }
    judge(&measured)
}

#[allow(clippy::cast_precision_loss, reason = "a ratio of two digits")]
fn judge(measured: &[(&str, f64, u64)]) -> Vec<String> {
    let of = |name| measured.iter().find(|(of, ..)| *of == name);
    let Some((_, check, text)) = of("ours") else {
        return vec!["the generators do not build".to_owned()];
    };
    let mut short = Vec::new();
    for (name, target) in [("diapause", 1.0), ("rustc", 2.5)] {
        if let Some((_, other, _)) = of(name) {
            let ratio = check / other;
            if ratio > target {
                short.push(format!("compile time: {ratio:.2} of {name}"));
            }
        }
    }
    if let Some((_, _, by_hand)) = of("by hand") {
        let ratio = *text as f64 / *by_hand as f64;
        if ratio > 1.2 {
            short.push(format!("code size: {ratio:.2} of by hand"));
        }
    }
    short
}

/// The times of `cargo check` and of a release build of 500, and the code of 50.
fn measure(form: &Form) -> Result<([Duration; 2], u64), String> {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("builds")
        .join(form.name.replace(' ', "-"));
    let library = package.join("src/lib.rs");
    write(
        &package.join("Cargo.toml"),
        &format!(
            "[package]\nname = \"measured\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
         [dependencies]\n{}\n[profile.release]\ncodegen-units = 1\n",
            form.dependencies,
        ),
    )?;
    let generators = generators(form, 500);
    let mut times = [Duration::MAX; 2];
    for (command, time) in [&["check"][..], &["build", "--release"]]
        .into_iter()
        .zip(&mut times)
    {
        for _ in 0..TIMES {
            // Dependencies are built before, with a library that is empty.
            write(&library, "")?;
            cargo(&package, command)?;
            write(&library, &generators)?;
            let start = Instant::now();
            cargo(&package, command)?;
            *time = start.elapsed().min(*time);
        }
    }
    write(&library, "")?;
    let main = package.join("src/main.rs");
    write(&main, "fn main() {}")?;
    cargo(&package, &["build", "--release"])?;
    let empty = text(&package)?;
    write(&main, &program(form, 50))?;
    cargo(&package, &["build", "--release"])?;
    let code = text(&package)? - empty;
    fs::remove_file(&main).map_err(|error| error.to_string())?;
    Ok((times, code))
}

fn generators(form: &Form, count: usize) -> String {
    let mut text = "#![allow(unused, stable_features)]\n".to_owned();
    if form.name == "rustc" {
        text +=
            "#![feature(coroutines, coroutine_trait, stmt_expr_attributes, iter_from_coroutine)]\n";
    }
    for number in 0..count {
        let _ = writeln!(text, "{}", form.source.replace('@', &number.to_string()));
    }
    text
}

fn program(form: &Form, count: usize) -> String {
    let mut text = generators(form, count);
    text += "fn main() {\nlet names: Vec<String> = std::env::args().collect();\nlet n = names.len() as u64;\n\
             let mut sum = 0_u64;\n";
    for number in 0..count {
        let iterate = form.iterate.replace('@', &number.to_string());
        let _ = writeln!(
            text,
            "for item in {iterate} {{ sum = sum.wrapping_mul(31) ^ item; }}"
        );
    }
    text + "println!(\"{sum}\");\n}\n"
}

fn cargo(package: &Path, command: &[&str]) -> Result<(), String> {
    let output = Command::new(env!("CARGO"))
        .args(command)
        .arg("--quiet")
        .current_dir(package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .env("RUSTC_BOOTSTRAP", "measured")
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(())
    } else {
        let message = String::from_utf8_lossy(&output.stderr);
        Err(message.lines().next().unwrap_or("cargo fails").to_owned())
    }
}

/// The bytes of code in the program.
fn text(package: &Path) -> Result<u64, String> {
    let program: PathBuf = package.join("target/release/measured");
    let output = Command::new("size")
        .arg("-A")
        .arg(program)
        .output()
        .map_err(|error| format!("`size`: {error}"))?;
    let table = String::from_utf8_lossy(&output.stdout);
    let line = table.lines().find(|line| line.starts_with(".text"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .ok_or_else(|| "`size` names no `.text`".to_owned())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory).map_err(|error| error.to_string())?;
    }
    fs::write(path, text).map_err(|error| error.to_string())
}
