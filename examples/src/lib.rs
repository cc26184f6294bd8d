//! Programs worth copying: see the files beside `Cargo.toml`.
