//! Frame sizes: ours beside rustc's, diapause's and the floor.

mod bodies;
mod peer;

pub use self::bodies::rows;

/// A body, and how large its machine is.
#[derive(Debug)]
pub struct Row {
    /// The name of the body.
    pub name: &'static str,
    /// Of `#[generator]`.
    pub ours: usize,
    /// Of rustc's coroutine or `async fn`.
    pub rustc: usize,
    /// Of diapause's enum, where it takes the body.
    pub diapause: Option<usize>,
    /// What no machine can be smaller than, but by packing states into niches.
    pub floor: usize,
    /// Whether rustc is known to waste space here.
    pub wasted: bool,
}

/// The floor: the largest set of values that are live at one suspension point, or before the start, and a byte
/// for where the machine is, rounded up to the alignment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Live {
    size: usize,
    align: usize,
}

impl Live {
    /// Nothing is live.
    #[must_use]
    pub const fn nothing() -> Self {
        Live { size: 0, align: 1 }
    }

    /// A value of this type is live as well.
    #[must_use]
    pub const fn and<T>(self) -> Self {
        Live {
            size: self.size + size_of::<T>(),
            align: if align_of::<T>() > self.align {
                align_of::<T>()
            } else {
                self.align
            },
        }
    }

    /// A value of the same type as this one is live as well.
    #[must_use]
    pub const fn and_like<T>(self, _: &T) -> Self {
        self.and::<T>()
    }

    /// The floor of a machine in which these are live at its suspension points.
    #[must_use]
    pub fn floor(points: &[Live]) -> usize {
        let size = points.iter().map(|live| live.size).max().unwrap_or(0);
        let align = points.iter().map(|live| live.align).max().unwrap_or(1);
        (size + 1).next_multiple_of(align)
    }
}

/// Prints the table; what falls short.
#[must_use]
pub fn report() -> Vec<String> {
    let rows = rows();
    let mut short = Vec::new();
    println!("\n## Frame sizes, in bytes\n");
    println!("| body | ours | rustc | diapause | floor | ours / rustc |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    for row in &rows {
        let diapause = row
            .diapause
            .map_or_else(|| "–".to_owned(), |size| size.to_string());
        println!(
            "| {}{} | {} | {} | {diapause} | {} | {} |",
            row.name,
            if row.wasted { " \\*" } else { "" },
            row.ours,
            row.rustc,
            row.floor,
            percent(row.ours, row.rustc),
        );
        if row.ours > row.rustc {
            short.push(format!(
                "frame of {}: {} bytes, rustc {}",
                row.name, row.ours, row.rustc
            ));
        }
        if row.wasted && 10 * row.ours > 7 * row.rustc {
            short.push(format!(
                "frame of {}: not far below rustc's {}",
                row.name, row.rustc
            ));
        }
    }
    let close = rows.iter().filter(|row| row.ours <= row.floor + 8).count();
    println!(
        "\n{close} of {} are within 8 bytes of the floor. \\* where rustc wastes.",
        rows.len()
    );
    if 10 * close < 9 * rows.len() {
        short.push(format!(
            "{close} of {} frames are within 8 bytes of the floor",
            rows.len()
        ));
    }
    short
}

fn percent(part: usize, whole: usize) -> String {
    format!("{}.{:02}", part / whole, 100 * part / whole % 100)
}
