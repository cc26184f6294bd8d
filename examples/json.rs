//! Reads a JSON text of any size and says what is in it. See `src/json/` for how.
//!
//! ```text
//! cargo metadata --format-version 1 | cargo run --release -q -p handcrank-examples --example json
//! ```

#![forbid(unsafe_code)]

use std::{
    env,
    ffi::{OsStr, OsString},
    fs::File,
    io::{self, BufWriter, Read, Write},
    process::ExitCode,
};

use handcrank_examples::json::{Error, Limits, Summary, Value, paths, tokens};

const HELP: &str = "\
Usage: json [--paths] [--] [FILE]

Checks that FILE holds one JSON text, and prints how many tokens of each kind it has, how deep
it nests and the five commonest keys. Reads standard input where FILE is missing or `-`. Files
may be of any size: they are read in chunks of 64 KiB, and memory does not grow with them.

Options:
  --paths     Print the path of every value instead. This keeps the whole text in memory
  -h, --help  Print this

Limits: 256 arrays and objects inside each other, 16 MiB for a string, key or number.
Exit status: 0, 1 if the input is malformed or cannot be read, 2 if the arguments are wrong.
";

/// What the arguments ask for.
enum Request {
    Help,
    Summary(OsString),
    Paths(OsString),
}

/// Why nothing, or not all, was printed.
enum Failure {
    Usage(String),
    /// The input and what is wrong with it.
    Input(OsString, Error),
    Output(io::Error),
}

fn main() -> ExitCode {
    let (message, code) = match parse(env::args_os().skip(1)).and_then(run) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Usage(problem)) => (format!("{problem}; see --help"), 2),
        Err(Failure::Input(name, error)) => (describe(&name, &error), 1),
        Err(Failure::Output(error)) => (format!("cannot write to standard output: {error}"), 1),
    };
    // Where standard error is closed nobody can be told; the exit status remains.
    let _ = writeln!(io::stderr(), "json: {message}");
    ExitCode::from(code)
}

fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Request, Failure> {
    let mut request: fn(OsString) -> Request = Request::Summary;
    let mut file = None;
    let mut only_files = false;
    for argument in arguments {
        match argument.to_str() {
            Some("--") if !only_files => only_files = true,
            Some("-h" | "--help") if !only_files => return Ok(Request::Help),
            Some("--paths") if !only_files => request = Request::Paths,
            _ if is_option(&argument) && !only_files => {
                return Err(Failure::Usage(format!(
                    "unknown option {}",
                    argument.to_string_lossy()
                )));
            }
            _ if file.is_some() => return Err(Failure::Usage("more than one file".to_owned())),
            _ => file = Some(argument),
        }
    }
    Ok(request(file.unwrap_or_else(|| "-".into())))
}

/// A lone hyphen is a file: standard input.
fn is_option(argument: &OsStr) -> bool {
    argument.len() > 1 && argument.as_encoded_bytes().starts_with(b"-")
}

fn run(request: Request) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    match request {
        Request::Help => out.write_all(HELP.as_bytes()),
        Request::Summary(file) => {
            let mut summary = Summary::new();
            let source = open(&file)?;
            for token in tokens(source, Limits::default()) {
                summary.add(&token.map_err(|error| Failure::Input(file.clone(), error))?);
            }
            write!(out, "{summary}")
        }
        Request::Paths(file) => {
            let source = open(&file)?;
            let value = Value::read(source, Limits::default())
                .map_err(|error| Failure::Input(file, error))?;
            paths(&value, "$".to_owned()).try_for_each(|path| writeln!(out, "{path}"))
        }
    }
    .and_then(|()| out.flush())
    .map_err(Failure::Output)
}

fn open(file: &OsStr) -> Result<Box<dyn Read>, Failure> {
    if file == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    match File::open(file) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => Err(Failure::Input(file.to_owned(), Error::Read(error))),
    }
}

/// `file:line:column: problem` where the input is at fault, as editors like it.
fn describe(file: &OsStr, error: &Error) -> String {
    let name = if file == "-" {
        "standard input".into()
    } else {
        file.to_string_lossy()
    };
    match error {
        Error::Read(error) => format!("cannot read {name}: {error}"),
        Error::Syntax(error) => format!("{name}:{error}"),
    }
}
