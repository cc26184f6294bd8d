//! The edition of the user's crate, where a lowering depends on it.

use std::sync::OnceLock;

/// Whether the crate being compiled is of edition 2024 or later.
pub fn is_2024() -> bool {
    edition() >= 2024
}

/// Whether closures capture fields alone: from edition 2021 on.
pub fn captures_fields() -> bool {
    edition() >= 2021
}

/// The edition of the crate being compiled.
///
/// Stable Rust tells a macro nothing of this, but a macro runs inside of rustc, whose command line does.
/// Where it is not said, as in a tool that is no rustc, the latest edition is assumed.
fn edition() -> u32 {
    static EDITION: OnceLock<u32> = OnceLock::new();
    *EDITION.get_or_init(|| {
        let arguments: Vec<String> = std::env::args().collect();
        let said = arguments.iter().enumerate().find_map(|(number, argument)| {
            let edition = argument.strip_prefix("--edition=").or_else(|| {
                let says = argument == "--edition";
                arguments
                    .get(number + 1)
                    .filter(|_| says)
                    .map(String::as_str)
            });
            edition?.parse().ok()
        });
        said.unwrap_or(2024)
    })
}
