//! What holds of every expansion.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::time::{Duration, Instant};

use proc_macro2::{TokenStream, TokenTree};

use crate::signature::Header;

/// More than any function of the corpus takes, by far, without optimisations.
const LIMIT: Duration = Duration::from_secs(10);

/// Expands a function, and tells what is wrong with what comes out.
///
/// # Errors
/// If the expansion panics, takes too long, is no Rust, lacks the function, or is another one the second time.
pub fn check(function: &TokenStream) -> Result<Outcome, String> {
    let start = Instant::now();
    let expanded = caught(|| crate::expand(TokenStream::new(), function))?;
    if start.elapsed() > LIMIT {
        return Err(format!("took {:?}", start.elapsed()));
    }
    // What has no signature is handed back as it is, for rustc to say what is wrong with it.
    let Ok(Header(header)) = syn::parse2::<Header>(function.clone()) else {
        return Ok(Outcome::NoFunction);
    };
    let name = &header.sig.ident;
    if let Err(error) = syn::parse2::<Items>(expanded.clone()) {
        return Err(format!("is no Rust: {error}"));
    }
    if !declares(&expanded, &name.to_string()) {
        return Err(format!("lacks `fn {name}`"));
    }
    let again = caught(|| crate::expand(TokenStream::new(), function))?;
    if again.to_string() != expanded.to_string() {
        return Err("differs from one time to the next".to_owned());
    }
    Ok(if expanded.to_string().contains("compile_error") {
        Outcome::Rejected
    } else {
        Outcome::Expanded
    })
}

/// What became of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is a machine.
    Expanded,
    /// There is an error, and the signature.
    Rejected,
    /// The input is no function.
    NoFunction,
}

/// Items, as they may be where the function is: `self` is known in all three places.
struct Items;

impl syn::parse::Parse for Items {
    fn parse(input: syn::parse::ParseStream) -> syn::Result<Self> {
        while !input.is_empty() {
            let fork = input.fork();
            if fork.parse::<syn::Item>().is_ok() {
                input.parse::<syn::Item>()?;
            } else {
                input.parse::<syn::TraitItem>()?;
            }
        }
        Ok(Items)
    }
}

/// Whether there is a function of the name among the items.
fn declares(tokens: &TokenStream, name: &str) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is =
        |token: &TokenTree, name: &str| matches!(token, TokenTree::Ident(ident) if ident == name);
    tokens
        .windows(2)
        .any(|pair| is(&pair[0], "fn") && is(&pair[1], name))
}

thread_local! {
    /// Where the last panic was, while panics are expected.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What a call gives, or its panic.
fn caught<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        panic::set_hook(Box::new(|info| {
            PANIC.set(Some(info.to_string()));
        }));
    });
    panic::catch_unwind(AssertUnwindSafe(call)).map_err(|_| PANIC.take().unwrap_or_default())
}
