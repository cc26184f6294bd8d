//! The `#[generator]` attribute of [handcrank](https://docs.rs/handcrank), which documents it.
//!
//! The macro is a small compiler. Its stages are its files, and each hands on one type:
//!
//! | stage | file | makes |
//! | --- | --- | --- |
//! | parse | `signature`, `lent`, `lifetimes`, `objects` | the shape of the machine, and its parameters |
//! | prepare | `prepare`, `jumps` | a body in which suspension points are expressions |
//! | resolve | `resolve`, `liveness` | a body in which each local has a name of its own, last uses marked |
//! | lower | `lower`, `frame` | the code that runs, and what it keeps where |
//! | emit | `original`, `movable`, `emit` | the function |

#[macro_use]
mod hygiene;

mod edition;
mod emit;
mod errors;
mod expand;
mod frame;
mod jumps;
mod lent;
mod lifetimes;
mod liveness;
mod lower;
mod movable;
mod objects;
mod original;
mod prepare;
mod resolve;
mod signature;
mod syntax;

use proc_macro::TokenStream;

#[allow(
    missing_docs,
    reason = "the crate `handcrank` documents it where it exports it"
)]
#[proc_macro_attribute]
pub fn generator(arguments: TokenStream, function: TokenStream) -> TokenStream {
    expand::expand(arguments.into(), &function.into()).into()
}
