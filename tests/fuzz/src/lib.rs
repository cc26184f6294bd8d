//! The expansion of `#[generator]` as a library, and functions to feed it with: those of this repository's
//! tests, mutated.
//!
//! A proc macro cannot be called outside of rustc, but `expand` works on `proc_macro2`, which has tokens of its
//! own there. So this crate has the stages of `handcrank-macros` as its own modules.

#[path = "../../../macros/src/hygiene.rs"]
#[macro_use]
mod hygiene;

#[path = "../../../macros/src/arguments.rs"]
mod arguments;
#[path = "../../../macros/src/around.rs"]
mod around;
#[path = "../../../macros/src/choice.rs"]
mod choice;
#[path = "../../../macros/src/coerced.rs"]
mod coerced;
#[path = "../../../macros/src/compile.rs"]
mod compile;
#[path = "../../../macros/src/configure.rs"]
mod configure;
#[path = "../../../macros/src/constants.rs"]
mod constants;
#[path = "../../../macros/src/edition.rs"]
mod edition;
#[path = "../../../macros/src/emit.rs"]
mod emit;
#[path = "../../../macros/src/errors.rs"]
mod errors;
#[path = "../../../macros/src/expand.rs"]
mod expand;
#[path = "../../../macros/src/expression.rs"]
mod expression;
#[path = "../../../macros/src/fields.rs"]
mod fields;
#[path = "../../../macros/src/frame/mod.rs"]
mod frame;
#[path = "../../../macros/src/frame_lifetime.rs"]
mod frame_lifetime;
#[path = "../../../macros/src/grouped.rs"]
mod grouped;
#[path = "../../../macros/src/joined.rs"]
mod joined;
#[path = "../../../macros/src/jumps.rs"]
mod jumps;
#[path = "../../../macros/src/lent.rs"]
mod lent;
#[path = "../../../macros/src/lifetimes.rs"]
mod lifetimes;
#[path = "../../../macros/src/liveness.rs"]
mod liveness;
#[path = "../../../macros/src/local_macros/mod.rs"]
mod local_macros;
#[path = "../../../macros/src/lower/mod.rs"]
mod lower;
#[path = "../../../macros/src/movable/mod.rs"]
mod movable;
#[path = "../../../macros/src/name_self.rs"]
mod name_self;
#[path = "../../../macros/src/objects.rs"]
mod objects;
#[path = "../../../macros/src/one_lifetime.rs"]
mod one_lifetime;
#[path = "../../../macros/src/opaque.rs"]
mod opaque;
#[path = "../../../macros/src/original.rs"]
mod original;
#[path = "../../../macros/src/pinning.rs"]
mod pinning;
#[path = "../../../macros/src/position.rs"]
mod position;
#[path = "../../../macros/src/prepare.rs"]
mod prepare;
#[path = "../../../macros/src/resolve/mod.rs"]
mod resolve;
#[path = "../../../macros/src/returning.rs"]
mod returning;
#[path = "../../../macros/src/signature.rs"]
mod signature;
#[path = "../../../macros/src/suspended.rs"]
mod suspended;
#[path = "../../../macros/src/syntax/mod.rs"]
mod syntax;
#[path = "../../../macros/src/tie/mod.rs"]
mod tie;
#[path = "../../../macros/src/tokens.rs"]
mod tokens;
#[path = "../../../macros/src/whole.rs"]
mod whole;
#[path = "../../../macros/src/wildcard.rs"]
mod wildcard;

pub mod check;
pub mod corpus;
mod garble;
pub mod mutate;
pub mod reduce;
mod seeded;
mod tree;

pub use expand::expand;
pub use expression::expand as expand_machine;
pub use seeded::bytes;
