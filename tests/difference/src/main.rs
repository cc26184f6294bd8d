//! See `README.md`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use handcrank_difference::generate;
use handcrank_difference::session::{Finding, Options, session};

const USAGE: &str = "\
usage: handcrank-difference [--seed S] [--count N] [--first N] [--jobs J] [--batch B]
    [--handcrank PATH] [--unsupported PERCENT] [--findings DIRECTORY]
    [--shrink N] [--shrink-rejections] [--refused] [--borrowing] [--explain]
    [--print NUMBER]";

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Returns whether all programs are alike.
fn run() -> Result<bool, String> {
    let mut options = Options {
        seed: 1,
        first: 0,
        count: 300,
        batch: 50,
        jobs: 2,
        handcrank: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core"),
        shrink: 4,
        shrink_rejections: false,
        refused: false,
        generate: generate::Options {
            unsupported: 5,
            borrowing: false,
        },
    };
    let mut explain = false;
    let mut findings: Option<PathBuf> = None;
    let mut arguments = env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let switch = match flag.as_str() {
            "--explain" => Some(&mut explain),
            "--refused" => Some(&mut options.refused),
            "--borrowing" => Some(&mut options.generate.borrowing),
            "--shrink-rejections" => Some(&mut options.shrink_rejections),
            _ => None,
        };
        if let Some(switch) = switch {
            *switch = true;
            continue;
        }
        let value = arguments.next().ok_or(USAGE)?;
        let number = || {
            value
                .parse::<u64>()
                .map_err(|_| format!("`{flag}` takes a number"))
        };
        let small = || number().and_then(|n| usize::try_from(n).map_err(|e| e.to_string()));
        match flag.as_str() {
            "--seed" => options.seed = number()?,
            "--first" => options.first = number()?,
            "--count" => options.count = number()?,
            "--batch" => options.batch = number()?.max(1),
            "--jobs" => options.jobs = small()?,
            "--shrink" => options.shrink = small()?,
            "--unsupported" => options.generate.unsupported = small()?,
            "--handcrank" => options.handcrank = PathBuf::from(value),
            "--findings" => findings = Some(PathBuf::from(value)),
            "--print" => {
                let program = generate::generate(options.seed, number()?, options.generate);
                println!("{}", program.text("program"));
                return Ok(true);
            }
            _ => return Err(USAGE.to_owned()),
        }
    }
    let show = |finding: &Finding| {
        let text = finding.text();
        if finding.shrunk {
            println!("{text}");
        }
        if let Some(directory) = &findings {
            let name = finding.name();
            let written = fs::create_dir_all(directory)
                .and_then(|()| fs::write(directory.join(format!("{name}.rs")), text));
            if let Err(error) = written {
                eprintln!("error: {}: {error}", directory.display());
            }
        }
    };
    let report = session(&options, &show)?;
    println!("{}", report.text());
    if explain {
        for (count, rendered) in report.refusals.values() {
            println!("== refused {count} times\n{rendered}");
        }
        for (count, _, rendered) in report.rejections.values() {
            println!("== rejected {count} times\n{rendered}");
        }
    }
    if options.shrink_rejections {
        for (kind, (count, program, rendered)) in &report.rejections {
            println!(
                "== {count} times: {kind}\n{}\n{rendered}",
                program.text("program")
            );
        }
    }
    for (kind, program) in &report.accepted {
        println!(
            "== refused by rustc, and accepted: {kind}\n{}",
            program.text("program")
        );
    }
    Ok(report.findings.is_empty() && report.accepted.is_empty())
}
