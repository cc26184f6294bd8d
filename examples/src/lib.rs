//! Programs worth copying: the files beside `Cargo.toml`. What a program does is here, so that its
//! tests reach it; what it says to its user is in the program.

#![forbid(unsafe_code)]

pub mod json;
