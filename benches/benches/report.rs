//! The tables of instructions, and what falls short in them.

use std::collections::BTreeMap;

use benches::{
    growth::GROUPS,
    workloads::{Kind, Mode, Variant},
};

/// A workload in one mode: what each kind takes.
type Row = BTreeMap<Kind, u64>;

/// Prints the tables; what falls short.
pub fn counts(counted: &Result<Vec<(Variant, u64)>, String>) -> Vec<String> {
    let counted = match counted {
        Ok(counted) => counted,
        Err(error) => return vec![format!("instructions were not counted: {error}")],
    };
    let mut short = Vec::new();
    for mode in [Mode::Inlined, Mode::Called] {
        let (growing, rows): (Vec<_>, Vec<_>) = rows(counted, mode)
            .into_iter()
            .partition(|(name, _)| grows(name));
        let title = format!(
            "Instructions, {}, relative to the machine written by hand",
            mode.name()
        );
        table(&rows, &title);
        short.extend(judge(&rows, mode));
        if mode == Mode::Called {
            table(
                &growing,
                "What must not grow, called, relative to the machine written by hand",
            );
            short.extend(judge_growth(&growing));
        }
    }
    short
}

/// The name of the row that shows a drop.
const DROP: &str = "drop of what needs none";

fn grows(name: &str) -> bool {
    name == DROP || GROUPS.iter().any(|group| group.contains(&name))
}

/// Within a group, no machine of ours may take 15 % more than rustc's, or than the first of the group.
fn judge_growth(rows: &[(&'static str, Row)]) -> Vec<String> {
    let mut short = Vec::new();
    for group in GROUPS {
        let mut of_group = rows.iter().filter(|(name, _)| group.contains(name));
        let Some((_, first)) = of_group.next() else {
            continue;
        };
        for (name, row) in of_group {
            let (ours, least) = (row[&Kind::Ours], first[&Kind::Ours]);
            if 100 * ours > 115 * least && 100 * ours > 115 * row[&Kind::Rustc] {
                short.push(format!(
                    "{name}: {ours} instructions, and {least} in {}",
                    group[0]
                ));
            }
        }
    }
    for (name, row) in rows.iter().filter(|(name, _)| *name == DROP) {
        if row[&Kind::Ours] > row[&Kind::ByHand] {
            short.push(format!("{name}: {} instructions", row[&Kind::Ours]));
        }
    }
    short
}

/// The rows, in the order of the workloads.
fn rows(counted: &[(Variant, u64)], mode: Mode) -> Vec<(&'static str, Row)> {
    let mut rows: Vec<(&'static str, Row)> = Vec::new();
    for (variant, count) in counted.iter().filter(|(variant, _)| variant.mode == mode) {
        if rows
            .last()
            .is_none_or(|(workload, _)| *workload != variant.workload)
        {
            rows.push((variant.workload, Row::new()));
        }
        if let Some((_, row)) = rows.last_mut() {
            row.insert(variant.kind, *count);
        }
    }
    rows
}

fn table(rows: &[(&'static str, Row)], title: &str) {
    let kinds: Vec<Kind> = {
        let all = rows.iter().flat_map(|(_, row)| row.keys().copied());
        all.collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect()
    };
    println!("\n## {title}\n");
    print!("| workload | by hand |");
    for kind in kinds.iter().filter(|kind| **kind != Kind::ByHand) {
        print!(" {} |", kind.name());
    }
    println!("\n| --- |{}", " ---: |".repeat(kinds.len()));
    for (workload, row) in rows {
        print!("| {workload} | {} |", row[&Kind::ByHand]);
        for kind in kinds.iter().filter(|kind| **kind != Kind::ByHand) {
            match ratio(row, *kind, Kind::ByHand) {
                Some(ratio) => print!(" {ratio:.2} |"),
                None => print!(" – |"),
            }
        }
        println!();
    }
}

#[allow(clippy::cast_precision_loss, reason = "a ratio of two digits")]
fn ratio(row: &Row, of: Kind, to: Kind) -> Option<f64> {
    Some(*row.get(&of)? as f64 / *row.get(&to)? as f64)
}

/// The targets: the mean of all ratios to each, and any single one.
const TARGETS: [(Kind, f64, f64); 2] = [(Kind::Rustc, 1.00, 1.15), (Kind::ByHand, 1.05, 1.15)];

fn judge(rows: &[(&'static str, Row)], mode: Mode) -> Vec<String> {
    let mut short = Vec::new();
    println!();
    for (to, mean_target, target) in TARGETS {
        let to_name = to.name();
        let mut logarithms = Vec::new();
        for (workload, row) in rows {
            let Some(ratio) = ratio(row, Kind::Ours, to) else {
                continue;
            };
            logarithms.push(ratio.ln());
            // What is awaited is compared with native `async`.
            let is_native = workload.starts_with("future") || workload.starts_with("stream");
            let target = if is_native && to == Kind::Rustc {
                1.00
            } else {
                target
            };
            if ratio > target {
                short.push(format!(
                    "{workload}, {}: {ratio:.2} of {to_name}",
                    mode.name()
                ));
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "there are few workloads")]
        let mean = (logarithms.iter().sum::<f64>() / logarithms.len() as f64).exp();
        println!("Geometric mean, {}: {mean:.3} of {to_name}.", mode.name());
        if mean > mean_target {
            short.push(format!("the mean, {}: {mean:.3} of {to_name}", mode.name()));
        }
    }
    for (workload, row) in rows {
        for (kind, count) in row.range(Kind::Std..) {
            if *count < row[&Kind::Ours] {
                let by = kind.name();
                short.push(format!("{workload}, {}: behind {by}", mode.name()));
            }
        }
    }
    short
}
