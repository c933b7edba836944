//! Scores selection on question-answering, multi-hop, meeting and chat sets in a folder that is not part of the project.
//!
//! `cargo run --profile bench --example eval_select -- FOLDER [NAME,…] [rows FILE]`; without the folder it says so and
//! ends. It does what the JavaScript scorer does, natively and without the lossless forms. With `rows` it writes for each
//! unit of each case what the model sees and what was wanted, which `scripts/train-relevance.py` learns from.
#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a tool for development measures time and may stop on bad data"
)]

mod cases;
mod rows;
mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use cases::{Case, Wanted, cases};
use trimtab::select::{Goal, Request, select};
use trimtab::tokenizer::CountTokens;
use words::{has, normal};

struct Counter(tiktoken_rs::CoreBPE);

impl CountTokens for Counter {
    fn count(&self, text: &str) -> usize {
        self.0.encode_ordinary(text).len()
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = args.first().cloned().unwrap_or_default();
    let names = args.get(1).cloned().unwrap_or_default();
    if folder.is_empty() || !Path::new(&folder).is_dir() {
        println!("skipped: give the folder of the evaluation sets");
        return;
    }
    let counter = Counter(tiktoken_rs::o200k_base().unwrap());
    let all = cases(Path::new(&folder), &names);
    match args.get(2).map(String::as_str) {
        Some("rows") => rows::write(&all, &counter, args.get(3).unwrap()),
        _ => score(&all, &counter),
    }
}

fn score(all: &[Case], counter: &Counter) {
    let mut report: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    let mut spent: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for case in all {
        for share in &case.shares {
            let text = squeeze(case, *share, counter, spent.entry(case.set.clone()).or_default());
            for (metric, value) in kept(case, &text) {
                if value < 1.0 && std::env::var_os("MISS").is_some() {
                    println!("MISS {} @{share} {metric} {value:.2} {:?} {:?}", case.set, case.query, case.wanted);
                }
                report.entry((case.set.clone(), format!("{metric} @{share}"))).or_default().push(value);
            }
        }
    }
    for ((set, metric), values) in report {
        let mean = 100.0 * values.iter().sum::<f64>() / values.len() as f64;
        let times = spent.get_mut(&set).unwrap();
        times.sort_by(f64::total_cmp);
        println!("{set:<16} {metric:<16} {mean:6.1}  n={} median {:.1} ms", values.len(), times[times.len() / 2]);
    }
}

/// Selects within a share of the tokens, counted on the parts as the model would get them.
fn squeeze(case: &Case, share: f64, counter: &Counter, spent: &mut Vec<f64>) -> String {
    let whole = case.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n\n");
    let budget = (counter.count(&whole) as f64 * share) as usize;
    let goal = Goal::Budget(budget);
    let start = Instant::now();
    let request = Request { query: Some(&case.query), context: &[], keep: &[], goal, interests: &[] };
    let text = select(&case.parts, &request, counter).map(|selection| selection.text).unwrap_or_default();
    spent.push(start.elapsed().as_secs_f64() * 1e3);
    assert!(counter.count(&text) <= budget, "budget broken");
    if std::env::var_os("SHOW").is_some() {
        println!("--- {}\n{text}\n", case.query);
    }
    format!(" {} ", normal(&text))
}

/// What share of the wanted is in the text, by metric.
fn kept(case: &Case, text: &str) -> Vec<(&'static str, f64)> {
    let mut values = Vec::new();
    for wanted in &case.wanted {
        match wanted {
            Wanted::Answer { any, .. } => {
                values.push(("answer", f64::from(u8::from(any.iter().any(|one| has(one, text))))))
            }
            Wanted::Evidence(lines) => {
                let found = lines.iter().filter(|line| has(line, text)).count();
                values.push(("evidence", found as f64 / lines.len() as f64));
            }
            Wanted::Turns(turns) => values.push(("words", words::share(case, turns, text))),
        }
    }
    values
}
