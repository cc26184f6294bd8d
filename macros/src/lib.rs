//! The attribute `#[generator]` and the macro `machine!` of [handcrank](https://docs.rs/handcrank), which documents
//! them.
//!
//! The macro is a small compiler. Its stages are its files, and each hands on one type:
//!
//! | stage | file | makes |
//! | --- | --- | --- |
//! | front ends | `expand`, `expression` | a body, its parameters and the shape of its machine |
//! | parse | `around`, `signature`, `lent`, `lifetimes`, `frame_lifetime`, `one_lifetime`, `objects` | the shape of the machine, and its parameters |
//! | configure | `configure` | a function without `#[cfg]` in it, for each way in which they may hold |
//! | prepare | `prepare`, `pinning`, `joined`, `returning`, `jumps` | a body in which suspension points are expressions |
//! | resolve | `resolve`, `liveness` | a body in which each local has a name of its own, last uses marked |
//! | lower | `lower`, `frame` | the code that runs, and what it keeps where |
//! | emit | `original`, `movable`, `emit` | the function |

#[macro_use]
mod hygiene;

mod arguments;
mod around;
mod choice;
mod coerced;
mod compile;
mod configure;
mod constants;
mod edition;
mod emit;
mod errors;
mod expand;
mod expression;
mod fields;
mod frame;
mod frame_lifetime;
mod grouped;
mod joined;
mod jumps;
mod lent;
mod lifetimes;
mod liveness;
mod local_macros;
mod lower;
mod movable;
mod name_self;
mod objects;
mod one_lifetime;
mod opaque;
mod original;
mod pinning;
mod position;
mod prepare;
mod resolve;
mod returning;
mod signature;
mod suspended;
mod syntax;
mod tie;
mod tokens;
mod whole;
mod wildcard;

use proc_macro::TokenStream;

#[allow(
    missing_docs,
    reason = "the crate `handcrank` documents it where it exports it"
)]
#[proc_macro_attribute]
pub fn generator(arguments: TokenStream, function: TokenStream) -> TokenStream {
    expand::expand(arguments.into(), &function.into()).into()
}

#[allow(
    missing_docs,
    reason = "the crate `handcrank` documents it where it exports it"
)]
#[proc_macro]
pub fn machine(input: TokenStream) -> TokenStream {
    expression::expand(&input.into()).into()
}
