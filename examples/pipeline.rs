//! A pipeline of streams over a file: chunks, lines, words, and the commonest of them, with progress on the terminal.
//!
//! ```sh
//! cargo run --example pipeline -- README.md
//! ```

use std::{collections::HashMap, env, io, path::Path, pin::pin, process::ExitCode};

use futures::{Stream, StreamExt, TryStreamExt};
use handcrank::{generator, yield_};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::{fs::File, io::AsyncReadExt};

/// How much is read at once.
const CHUNK: usize = 64 * 1024;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let (Some(path), None) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: pipeline FILE");
        return ExitCode::FAILURE;
    };
    let path = Path::new(&path);
    match count(path).await {
        Ok(counts) => {
            println!("{counts}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: `{}`: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

/// What is in a file.
#[derive(Debug, Default)]
struct Counts {
    lines: u64,
    words: u64,
    commonest: Vec<(String, u64)>,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} lines, {} words", self.lines, self.words)?;
        for (word, count) in &self.commonest {
            write!(f, "\n{count:8} {word}")?;
        }
        Ok(())
    }
}

/// The whole pipeline.
#[generator]
async fn count(path: &Path) -> io::Result<Counts> {
    let file = File::open(path).await?;
    let progress = bar(file.metadata().await?.len());
    let lines = lines(chunks(file).inspect_ok(|chunk| progress.inc(chunk.len() as u64)));
    let mut lines = pin!(lines);
    let mut counts = Counts::default();
    let mut words = HashMap::<String, u64>::new();
    while let Some(line) = lines.try_next().await? {
        counts.lines += 1;
        for word in line.split(|c: char| !c.is_alphanumeric()) {
            if !word.is_empty() {
                counts.words += 1;
                *words.entry(word.to_lowercase()).or_default() += 1;
            }
        }
    }
    progress.finish_and_clear();
    counts.commonest = words.into_iter().collect();
    let rank = |(word, count): &(String, u64)| (std::cmp::Reverse(*count), word.clone());
    counts.commonest.sort_by_key(rank);
    counts.commonest.truncate(10);
    Ok(counts)
}

/// The bytes of a file, chunk by chunk.
#[generator]
fn chunks(mut file: File) -> impl Stream<Item = io::Result<Vec<u8>>> {
    loop {
        let mut chunk = vec![0; CHUNK];
        match file.read(&mut chunk).await {
            Ok(0) => return,
            Ok(count) => {
                chunk.truncate(count);
                yield_!(Ok(chunk));
            }
            Err(error) => {
                yield_!(Err(error));
                return;
            }
        }
    }
}

/// The lines in a stream of chunks, wherever it is cut.
#[generator]
fn lines(
    chunks: impl Stream<Item = io::Result<Vec<u8>>>,
) -> impl Stream<Item = io::Result<String>> {
    let mut chunks = pin!(chunks);
    let mut rest = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) => {
                yield_!(Err(error));
                return;
            }
        };
        let mut pieces = chunk.split(|byte| *byte == b'\n').peekable();
        while let Some(piece) = pieces.next() {
            rest.extend_from_slice(piece);
            if pieces.peek().is_some() {
                yield_!(text(&rest));
                rest.clear();
            }
        }
    }
    if !rest.is_empty() {
        yield_!(text(&rest));
    }
}

fn text(line: &[u8]) -> io::Result<String> {
    match std::str::from_utf8(line) {
        Ok(text) => Ok(text.trim_end_matches('\r').to_owned()),
        Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error)),
    }
}

/// Drawn on standard error, if that is a terminal.
fn bar(length: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}");
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
