//! Scores selection on question-answering, multi-hop and meeting sets in a folder that is not part of the project.
//!
//! `cargo run --release --example eval_select -- FOLDER [NAME]`; without the folder it says so and ends. It does what
//! the JavaScript scorer does, natively and without the lossless forms, for a quick look while tuning.
#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for development measures time and may stop on bad data"
)]

use std::path::Path;
use std::time::Instant;

use serde_json::Value;
use trimtab::select::{Goal, Part, Request, select};
use trimtab::tokenizer::CountTokens;

struct Counter(tiktoken_rs::CoreBPE);

impl CountTokens for Counter {
    fn count(&self, text: &str) -> usize {
        self.0.encode_ordinary(text).len()
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_default();
    let only = args.next().unwrap_or_default();
    if folder.is_empty() || !Path::new(&folder).is_dir() {
        println!("skipped: give the folder of the evaluation sets");
        return;
    }
    let counter = Counter(tiktoken_rs::o200k_base().unwrap());
    for (kind, shares) in [("qa", [0.2, 0.1].as_slice()), ("multihop", &[0.25])] {
        for file in files(&Path::new(&folder).join(kind), "json").filter(|file| wanted(&only, file)) {
            let data: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
            shares.iter().for_each(|share| questions(&file, &data, *share, &counter));
        }
    }
    for file in files(&Path::new(&folder).join("meetings"), "jsonl").filter(|file| wanted(&only, file)) {
        meetings(&file, &counter);
    }
}

fn files(folder: &Path, ending: &str) -> impl Iterator<Item = String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.path().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(&format!(".{ending}")));
    names.sort();
    names.into_iter()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

fn normal(text: &str) -> String {
    let spaced: String =
        text.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has(wanted: &[String], text: &str) -> bool {
    wanted.iter().any(|wanted| text.contains(&normal(wanted)))
}

fn squeeze(parts: &[Part], query: &str, share: f64, counter: &Counter, spent: &mut Vec<f64>) -> String {
    let full = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n\n");
    let budget = (counter.count(&full) as f64 * share) as usize;
    let start = Instant::now();
    let request = Request { query: Some(query), context: &[], keep: &[], goal: Goal::Budget(budget) };
    let text = select(parts, &request, counter).unwrap().text;
    spent.push(start.elapsed().as_secs_f64() * 1e3);
    assert!(counter.count(&text) <= budget, "budget broken");
    if std::env::var_os("SHOW").is_some() {
        println!("--- {query}\n{text}\n");
    }
    format!(" {} ", normal(&text))
}

fn questions(file: &str, data: &Value, share: f64, counter: &Counter) {
    let (mut answer, mut recall, mut spent) = (Vec::new(), Vec::new(), Vec::new());
    for case in data["cases"].as_array().unwrap() {
        let parts: Vec<Part> = case["docs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|at| document(&data["pool"][at.as_u64().unwrap() as usize]))
            .collect();
        let text = squeeze(&parts, case["query"].as_str().unwrap(), share, counter, &mut spent);
        let answers = strings(&case["answers"]);
        if answers.first().is_some_and(|first| !matches!(first.to_lowercase().as_str(), "yes" | "no")) {
            let kept = has(&answers, &text);
            if !kept && std::env::var_os("MISS").is_some() {
                println!("MISS {} {answers:?}", case["query"]);
            }
            answer.push(f64::from(u8::from(kept)));
        }
        let evidence = strings(&case["evidence"]);
        if !evidence.is_empty() {
            let kept = evidence.iter().filter(|line| has(std::slice::from_ref(line), &text)).count();
            recall.push(kept as f64 / evidence.len() as f64);
        }
    }
    report(file, share, "answer", &answer, &mut spent);
    report(file, share, "evidence", &recall, &mut spent);
}

fn document(doc: &Value) -> Part {
    let title = doc["title"].as_str().unwrap_or_default();
    let text = doc["text"].as_str().unwrap_or_default();
    let (whole, span) =
        if title.is_empty() { (text.to_owned(), None) } else { (format!("{title}\n{text}"), Some(0..title.len())) };
    Part { text: whole, title: span, ..Part::default() }
}

fn meetings(file: &str, counter: &Counter) {
    let (mut kept, mut spent) = (Vec::new(), Vec::new());
    for line in std::fs::read_to_string(file).unwrap().lines() {
        let meeting: Value = serde_json::from_str(line).unwrap();
        let turns: Vec<(&str, &str)> = meeting["turns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|turn| (turn["speaker"].as_str().unwrap(), turn["text"].as_str().unwrap()))
            .collect();
        let full = turns.iter().map(|(speaker, text)| format!("{speaker}: {text}")).collect::<Vec<_>>().join("\n");
        let parts = [Part { text: full, ..Part::default() }];
        for query in meeting["queries"].as_array().unwrap() {
            let text = squeeze(&parts, query["query"].as_str().unwrap(), 0.25, counter, &mut spent);
            kept.push(words_kept(&turns, query, &text));
        }
    }
    report(file, 0.25, "words", &kept, &mut spent);
}

fn words_kept(turns: &[(&str, &str)], query: &Value, text: &str) -> f64 {
    let (mut all, mut kept) = (0, 0);
    for span in query["spans"].as_array().unwrap() {
        let (from, to) = (span[0].as_u64().unwrap() as usize, span[1].as_u64().unwrap() as usize);
        for (_, said) in &turns[from..=to] {
            for sentence in said.split_inclusive(['.', '!', '?']).map(normal).filter(|sentence| !sentence.is_empty()) {
                let words = sentence.split(' ').count();
                all += words;
                kept += if text.contains(&sentence) { words } else { 0 };
            }
        }
    }
    if all == 0 { 1.0 } else { f64::from(kept as u32) / all as f64 }
}

fn report(file: &str, share: f64, what: &str, values: &[f64], spent: &mut [f64]) {
    if !values.is_empty() {
        spent.sort_by(f64::total_cmp);
        let mean = 100.0 * values.iter().sum::<f64>() / values.len() as f64;
        let name = file.rsplit('/').next().unwrap_or(file);
        let median = spent[spent.len() / 2];
        println!("{name:<18} {what:<9} @{share:<5} {mean:6.1}  n={} median {median:.1} ms", values.len());
    }
}

/// Tells whether a file is one of the names asked for, separated by commas; no names mean all.
fn wanted(names: &str, file: &str) -> bool {
    names.split(',').any(|name| file.contains(name))
}
