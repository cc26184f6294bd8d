//! Times, by criterion; the table has ratios within this run. The machine may be busy: nothing is judged by them.

use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use benches::workloads::{self, Input, Kind, Mode};
use criterion::Criterion;

/// Measures all workloads, and prints their ratios to the machine written by hand.
pub fn report() {
    let input = Input::new();
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion");
    let mut criterion = Criterion::default()
        .output_directory(&output)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(500))
        .sample_size(10);
    let all = workloads::all();
    for variant in &all {
        let (workload, run) = (directory(variant.workload), variant.run);
        let name = format!(
            "{workload}/{}/{}",
            variant.mode.name(),
            directory(variant.kind.name())
        );
        criterion.bench_function(&name, |bencher| bencher.iter(|| run(&input)));
    }
    for mode in [Mode::Inlined, Mode::Called] {
        println!(
            "\n## Times, {}, relative to the machine written by hand\n",
            mode.name()
        );
        let mut rows: Vec<(&str, BTreeMap<Kind, f64>)> = Vec::new();
        for variant in all.iter().filter(|variant| variant.mode == mode) {
            if rows
                .last()
                .is_none_or(|(workload, _)| *workload != variant.workload)
            {
                rows.push((variant.workload, BTreeMap::new()));
            }
            let name = [variant.workload, mode.name(), variant.kind.name()]
                .map(directory)
                .join("_");
            if let (Some(time), Some((_, row))) = (median(&output.join(name)), rows.last_mut()) {
                row.insert(variant.kind, time);
            }
        }
        for (workload, row) in rows {
            let Some(by_hand) = row.get(&Kind::ByHand) else {
                continue;
            };
            let ratios = row.iter().filter(|(kind, _)| **kind != Kind::ByHand);
            let ratios =
                ratios.map(|(kind, time)| format!("{} {:.2}", kind.name(), time / by_hand));
            let ratios = ratios.collect::<Vec<_>>().join(", ");
            println!("- {workload} ({:.0} µs): {ratios}", by_hand / 1000.0);
        }
    }
}

/// A name of plain letters, for criterion makes a directory of it.
fn directory(name: &str) -> String {
    name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-")
}

/// The median of a benchmark, in nanoseconds.
fn median(directory: &Path) -> Option<f64> {
    let text = fs::read_to_string(directory.join("new/estimates.json")).ok()?;
    let median = text.split_once("\"median\":")?.1;
    let estimate = median.split_once("\"point_estimate\":")?.1;
    estimate.split([',', '}']).next()?.trim().parse().ok()
}
