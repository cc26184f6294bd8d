//! See `README.md`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use handcrank_fuzz::check::check;
use handcrank_fuzz::corpus::Corpus;
use handcrank_fuzz::reduce::{kind, reduce};
use handcrank_fuzz::{bytes, mutate};

const USAGE: &str =
    "usage: handcrank-fuzz [--seed S] [--first N] [--count N] [--minutes M] [--print N]";

/// What rustc gives the thread that macros run on.
const STACK: usize = 8 << 20;

struct Options {
    seed: u64,
    first: u64,
    count: u64,
    minutes: u64,
    print: Option<u64>,
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::FAILURE;
        }
    };
    let run = thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || run(&options));
    match run.map(thread::JoinHandle::join) {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        seed: 1,
        first: 0,
        count: u64::MAX,
        minutes: 1,
        print: None,
    };
    let mut arguments = env::args().skip(1);
    while let Some(flag) = arguments.next() {
        // For the expansion, which looks for it as in rustc's command line.
        if flag.starts_with("--edition=") {
            continue;
        }
        let number = arguments
            .next()
            .and_then(|value| value.parse().ok())
            .ok_or(USAGE)?;
        match flag.as_str() {
            "--seed" => options.seed = number,
            "--first" => options.first = number,
            "--count" => options.count = number,
            "--minutes" => options.minutes = number,
            "--print" => options.print = Some(number),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(options)
}

/// Returns whether nothing was found.
fn run(options: &Options) -> bool {
    let corpus = Corpus::of_repository().expect("the repository can be read");
    if let Some(case) = options.print {
        println!("{}", mutate::function(&corpus, &bytes(options.seed, case)));
        return true;
    }
    println!("{corpus:?}");
    let started = Instant::now();
    let running = scratch().join(format!("running-{}", options.seed));
    let mut findings: BTreeMap<String, u64> = BTreeMap::new();
    let mut outcomes: BTreeMap<String, u64> = BTreeMap::new();
    for case in (options.first..).take(usize::try_from(options.count).unwrap_or(usize::MAX)) {
        if started.elapsed() > Duration::from_secs(60 * options.minutes) {
            break;
        }
        // What overflows the stack ends the program: then this says which case it was.
        let _ = fs::write(&running, case.to_string());
        let function = mutate::function(&corpus, &bytes(options.seed, case));
        let outcome = check(&function);
        let outcome = match outcome {
            Ok(outcome) => format!("{outcome:?}"),
            Err(fault) => {
                let times = findings.entry(kind(&fault)).or_default();
                *times += 1;
                if *times == 1 {
                    println!("== case {case} of seed {}: {fault}", options.seed);
                    println!("{}", reduce(function, &fault));
                }
                "Fault".to_owned()
            }
        };
        *outcomes.entry(outcome).or_default() += 1;
    }
    println!("{outcomes:?} in {:?}", started.elapsed());
    for (fault, times) in &findings {
        println!("{times} times: {fault}");
    }
    findings.is_empty()
}

fn scratch() -> PathBuf {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/fuzz");
    let _ = fs::create_dir_all(&directory);
    directory
}
