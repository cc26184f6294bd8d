//! Expansions, checked in under `tests/snapshots` to be read.
//!
//! The macro is called as a library.
//!
//! `HANDCRANK_BLESS=1 cargo test -p handcrank-ui-tests --test snapshots` rewrites the snapshots.

use std::{env, fs, path::Path};

use handcrank_fuzz::expand;
use proc_macro2::TokenStream;
use quote::quote;

/// Compares the expansion of a function with the snapshot of that name.
fn snapshot(name: &str, function: &TokenStream) {
    let source = print(function);
    let expansion = print(&expand(TokenStream::new(), function));
    let source = source.lines().collect::<Vec<_>>().join("\n// ");
    let actual = format!(
        "// The expansion of this function; see `tests/snapshots.rs`.\n//\n// #[generator]\n// {source}\n\n{expansion}"
    );

    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots")
        .join(format!("{name}.rs"));
    if env::var_os("HANDCRANK_BLESS").is_some() {
        fs::write(&path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if let Some((number, (expected, actual))) = first_difference(&expected, &actual) {
        panic!(
            "the expansion differs from {}:{number}\n  there: {expected}\n  now:   {actual}\n\
             HANDCRANK_BLESS=1 rewrites the snapshot",
            path.display()
        );
    }
}

/// The first line in which two texts differ, and its number.
fn first_difference<'t>(expected: &'t str, actual: &'t str) -> Option<(usize, (&'t str, &'t str))> {
    let end = "(the end)";
    let length = expected.lines().count().max(actual.lines().count());
    let mut lines = expected
        .lines()
        .chain(std::iter::repeat(end))
        .zip(actual.lines().chain(std::iter::repeat(end)))
        .take(length);
    (1..)
        .zip(&mut lines)
        .find(|(_, (expected, actual))| expected != actual)
}

fn print(tokens: &TokenStream) -> String {
    let file = syn::parse2(tokens.clone())
        .unwrap_or_else(|error| panic!("the expansion does not parse: {error}\n{tokens}"));
    prettyplease::unparse(&file)
}

#[test]
fn borrow() {
    snapshot(
        "borrow",
        &quote! {
            /// The sum of the numbers among some words, each as it is met.
            pub fn numbers(words: &[String]) -> impl Generator<Yield = u32, Return = Result<u32, ParseIntError>> {
                let mut sum = 0;
                let trimmed: Vec<&str> = words.iter().map(|word| word.trim()).collect();
                for word in &trimmed {
                    let number = word.parse::<u32>()?;
                    yield_!(number);
                    sum += number;
                }
                Ok(sum)
            }
        },
    );
}

#[test]
fn resume() {
    snapshot(
        "resume",
        &quote! {
            /// A door that is opened and closed by resume arguments.
            fn door(#[resume] first: Push) -> impl Generator<Push, Yield = &'static str> {
                let mut push = first;
                loop {
                    push = match push {
                        Push::Open => yield_!("open"),
                        Push::Close { slam: true } => {
                            yield_!("bang");
                            yield_!("closed")
                        }
                        Push::Close { .. } => yield_!("closed"),
                        Push::Leave => return,
                    };
                }
            }
        },
    );
}

#[test]
fn future() {
    snapshot(
        "future",
        &quote! {
            /// The length of a page.
            async fn length(client: &Client, url: &str) -> Option<usize> {
                let page = client.get(url).await?;
                if page.is_empty() {
                    return None;
                }
                Some(page.len())
            }
        },
    );
}

/// What is borrowed from an argument may not be kept, and nothing may be put into it that lives shorter.
#[test]
fn lent() {
    snapshot(
        "lent",
        &quote! {
            /// Writes what it is given into what it is given.
            fn writer(#[resume] first: Job<'_>) -> impl Generator<Job<'_>, Yield = usize> {
                let mut job = first;
                loop {
                    job.out.push(job.word);
                    job = yield_!(job.out.len());
                }
            }
        },
    );
}
