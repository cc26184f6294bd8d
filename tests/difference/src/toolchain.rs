//! Builds the libraries once, and calls rustc on the files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::program::Source;

/// What an error said.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The message, with its code in front.
    pub message: String,
    /// Where it points to in the file, its main place first.
    pub offsets: Vec<usize>,
    /// As rustc shows it.
    pub rendered: String,
}

/// The libraries that programs are compiled against.
#[derive(Debug)]
pub struct Toolchain {
    /// Where files may be written.
    directory: PathBuf,
    oracle: PathBuf,
    handcrank: PathBuf,
}

/// What is built of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// Errors alone.
    Check,
    /// A program to run.
    Binary,
}

impl Toolchain {
    /// Builds the oracle on the crate `handcrank` at a path.
    ///
    /// # Errors
    /// If it does not compile.
    pub fn new(handcrank: &Path) -> Result<Self, String> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let workspace = workspace.canonicalize().map_err(|e| e.to_string())?;
        let handcrank = handcrank
            .canonicalize()
            .map_err(|e| format!("{}: {e}", handcrank.display()))?;
        let name = handcrank.display().to_string().replace('/', "_");
        let directory = workspace.join("target/difference").join(name);
        let package = directory.join("libraries");
        write(
            &package.join("Cargo.toml"),
            &manifest(&workspace, &handcrank),
        )?;
        let output = Command::new(env!("CARGO"))
            .args(["build", "--message-format=json", "--manifest-path"])
            .arg(package.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(package.join("target"))
            .env("RUSTC_BOOTSTRAP", "handcrank_oracle")
            .output()
            .map_err(|e| e.to_string())?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let artifact = |name| {
            artifact(&output, name).ok_or_else(|| format!("cargo has built no library {name}"))
        };
        Ok(Self {
            oracle: artifact("handcrank_oracle")?,
            handcrank: artifact("handcrank")?,
            directory,
        })
    }

    /// A file of this name beside the libraries.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// Removes what was written under a name.
    pub fn clean(&self, name: &str) {
        for file in [
            name.to_owned(),
            format!("{name}.rs"),
            format!("{name}.rmeta"),
        ] {
            // It may never have been made.
            let _ = fs::remove_file(self.file(&file));
        }
    }

    /// Compiles a file; the binary has its name without `.rs`.
    ///
    /// # Errors
    /// What rustc found, or what it died of.
    pub fn compile(
        &self,
        name: &str,
        source: &Source,
        build: Build,
    ) -> Result<PathBuf, Vec<Diagnostic>> {
        let file = self.file(&format!("{name}.rs"));
        let binary = self.file(name);
        let fatal = |message: String| {
            vec![Diagnostic {
                rendered: message.clone(),
                message,
                offsets: Vec::new(),
            }]
        };
        write(&file, &source.text).map_err(fatal)?;
        let library = |name: &str, path: &Path| format!("{name}={}", path.display());
        let dependencies = self.oracle.with_file_name("deps");
        let output = Command::new("rustc")
            .args([
                "--edition=2024",
                "--error-format=json",
                "--crate-name=programs",
            ])
            .args(["--crate-type=bin", "-Cdebuginfo=0"])
            .arg(match build {
                Build::Check => "--emit=metadata",
                Build::Binary => "--emit=link",
            })
            .arg("-o")
            .arg(match build {
                Build::Check => self.file(&format!("{name}.rmeta")),
                Build::Binary => binary.clone(),
            })
            .arg("-L")
            .arg(library("dependency", &dependencies))
            .args(["--extern", &library("handcrank", &self.handcrank)])
            .args(["--extern", &library("handcrank_oracle", &self.oracle)])
            .arg(&file)
            .env("RUSTC_BOOTSTRAP", "1")
            .output()
            .map_err(|e| fatal(e.to_string()))?;
        if output.status.success() {
            return Ok(binary);
        }
        let errors = diagnostics(&output, &file.display().to_string());
        if errors.is_empty() {
            return Err(fatal(format!(
                "rustc died: {}",
                String::from_utf8_lossy(&output.stderr)
            )));
        }
        Err(errors)
    }
}

fn manifest(workspace: &Path, handcrank: &Path) -> String {
    format!(
        "[package]\n\
         name = \"handcrank-oracle\"\n\
         edition = \"2024\"\n\
         [lib]\n\
         path = \"{}/tests/oracle/src/lib.rs\"\n\
         [dependencies]\n\
         handcrank = {{ path = \"{}\", features = [\"std\"] }}\n\
         [workspace]\n\
         [profile.dev]\n\
         debug = 0\n\
         # The macro runs for longer than it takes to build.\n\
         [profile.dev.build-override]\n\
         opt-level = 1\n",
        workspace.display(),
        handcrank.display()
    )
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text))
        .map_err(|e| format!("{}: {e}", path.display()))
}

fn json_lines(output: &[u8]) -> impl Iterator<Item = Value> {
    output
        .split(|&byte| byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
}

/// The library of a crate, as cargo reports it.
fn artifact(output: &Output, name: &str) -> Option<PathBuf> {
    json_lines(&output.stdout)
        .filter(|message| message["target"]["name"] == name)
        .filter_map(|message| {
            let files = message["filenames"].as_array()?;
            let mut files = files.iter().filter_map(Value::as_str).map(PathBuf::from);
            files.find(|file| {
                file.extension()
                    .is_some_and(|extension| extension == "rlib")
            })
        })
        .last()
}

fn diagnostics(output: &Output, file: &str) -> Vec<Diagnostic> {
    json_lines(&output.stderr)
        .filter(|message| message["level"] == "error")
        .filter_map(|message| {
            let text = message["message"].as_str()?;
            if text.starts_with("aborting due to") {
                return None;
            }
            let code = message["code"]["code"].as_str();
            let mut spans = message["spans"].as_array()?.clone();
            spans.sort_by_key(|span| span["is_primary"] != true);
            Some(Diagnostic {
                message: code.map_or_else(|| text.to_owned(), |code| format!("{code}: {text}")),
                offsets: spans.iter().filter_map(|span| offset(span, file)).collect(),
                rendered: message["rendered"].as_str().unwrap_or(text).to_owned(),
            })
        })
        .collect()
}

/// Where a span, or the macro call that it comes from, is in the file.
fn offset(span: &Value, file: &str) -> Option<usize> {
    let mut span = span;
    loop {
        let offset = span["byte_start"].as_u64()?;
        let next = &span["expansion"]["span"];
        if span["file_name"] == file {
            return usize::try_from(offset).ok();
        }
        span = next;
    }
}
