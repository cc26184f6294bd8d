//! The edition of the user's crate, where a lowering depends on it.

use std::sync::OnceLock;

/// Whether the crate being compiled is of edition 2024 or later.
///
/// Stable Rust tells a macro nothing of this, but a macro runs inside of rustc, whose command line does.
/// Where it is not said, as in a tool that is no rustc, the latest edition is assumed.
pub fn is_2024() -> bool {
    static IS_2024: OnceLock<bool> = OnceLock::new();
    *IS_2024.get_or_init(|| {
        let arguments: Vec<String> = std::env::args().collect();
        !arguments.iter().enumerate().any(|(number, argument)| {
            let edition = argument.strip_prefix("--edition=").or_else(|| {
                let says = argument == "--edition";
                arguments
                    .get(number + 1)
                    .filter(|_| says)
                    .map(String::as_str)
            });
            matches!(edition, Some("2015" | "2018" | "2021"))
        })
    })
}
