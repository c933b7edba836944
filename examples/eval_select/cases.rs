//! The cases of all sets in one shape.

use std::fs;
use std::path::Path;

use serde_json::Value;
use trimtab::select::Part;

/// What must be kept.
#[derive(Debug, Clone)]
pub(crate) enum Wanted {
    /// Any of these strings; they answer in the part `gold`, where that is known.
    Answer { any: Vec<String>, gold: Option<usize> },
    /// All of these sentences.
    Evidence(Vec<String>),
    /// The words of these turns.
    Turns(Vec<usize>),
}

/// One question.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) set: String,
    /// Cases of one group share their text, so that none of them may be learned from when another is asked.
    pub(crate) group: String,
    pub(crate) parts: Vec<Part>,
    pub(crate) turns: Vec<String>,
    pub(crate) query: String,
    pub(crate) shares: Vec<f64>,
    pub(crate) wanted: Vec<Wanted>,
}

/// Reads the sets whose file names hold one of `names`, separated by commas.
pub(crate) fn cases(folder: &Path, names: &str) -> Vec<Case> {
    let mut all = Vec::new();
    for (kind, shares) in [("qa", [0.2, 0.1].as_slice()), ("multihop", &[0.25])] {
        for (set, text) in files(&folder.join(kind), "json", names) {
            questions(&set, &text, shares, &mut all);
        }
    }
    for (kind, shares) in [("meetings", [0.25].as_slice()), ("chat", &[0.25, 0.1])] {
        for (set, text) in files(&folder.join(kind), "jsonl", names) {
            text.lines().for_each(|line| conversation(&set, line, shares, &mut all));
        }
    }
    all
}

fn files(folder: &Path, ending: &str, names: &str) -> Vec<(String, String)> {
    let paths = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<(String, String)> = paths
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .filter(|(set, _)| names.split(',').any(|name| set.contains(name)))
        .map(|(set, path)| (set, fs::read_to_string(path).unwrap()))
        .collect();
    found.sort();
    found
}

fn questions(set: &str, text: &str, shares: &[f64], all: &mut Vec<Case>) {
    let data: Value = serde_json::from_str(text).unwrap();
    for case in data["cases"].as_array().unwrap() {
        let docs: Vec<usize> = case["docs"].as_array().unwrap().iter().map(number).collect();
        let mut wanted = Vec::new();
        let any = strings(&case["answers"]);
        let gold = case["gold"].as_u64().map(|gold| gold as usize);
        let yes_no = |answer: &String| matches!(answer.to_lowercase().as_str(), "yes" | "no");
        if any.first().is_some_and(|first| !yes_no(first)) {
            wanted.push(Wanted::Answer { any, gold });
        }
        let evidence = strings(&case["evidence"]);
        if !evidence.is_empty() {
            wanted.push(Wanted::Evidence(evidence));
        }
        all.push(Case {
            set: set.to_owned(),
            group: match case["group"].as_str() {
                Some(group) => group.to_owned(),
                None => gold.map_or_else(|| case["id"].to_string(), |gold| docs[gold].to_string()),
            },
            parts: docs.iter().map(|at| document(&data["pool"][*at])).collect(),
            turns: Vec::new(),
            query: case["query"].as_str().unwrap().to_owned(),
            shares: case["shares"]
                .as_array()
                .map_or_else(|| shares.to_vec(), |own| own.iter().filter_map(Value::as_f64).collect()),
            wanted,
        });
    }
}

fn conversation(set: &str, line: &str, shares: &[f64], all: &mut Vec<Case>) {
    let meeting: Value = serde_json::from_str(line).unwrap();
    let said = |turn: &Value| turn["text"].as_str().unwrap().to_owned();
    let turns: Vec<String> = meeting["turns"].as_array().unwrap().iter().map(said).collect();
    let whole = |turn: &Value| format!("{}: {}", turn["speaker"].as_str().unwrap(), turn["text"].as_str().unwrap());
    let text = meeting["turns"].as_array().unwrap().iter().map(whole).collect::<Vec<_>>().join("\n");
    for query in meeting["queries"].as_array().unwrap() {
        let wanted: Vec<usize> = match query["turns"].as_array() {
            Some(turns) => turns.iter().map(number).collect(),
            None => {
                query["spans"].as_array().unwrap().iter().flat_map(|span| number(&span[0])..=number(&span[1])).collect()
            }
        };
        all.push(Case {
            set: set.to_owned(),
            group: meeting["id"].to_string(),
            parts: vec![Part { text: text.clone(), ..Part::default() }],
            turns: turns.clone(),
            query: query["query"].as_str().unwrap().to_owned(),
            shares: shares.to_vec(),
            wanted: vec![Wanted::Turns(wanted)],
        });
    }
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

fn document(doc: &Value) -> Part {
    let title = doc["title"].as_str().unwrap_or_default();
    let text = doc["text"].as_str().unwrap_or_default();
    let (whole, span) =
        if title.is_empty() { (text.to_owned(), None) } else { (format!("{title}\n{text}"), Some(0..title.len())) };
    Part { text: whole, title: span, ..Part::default() }
}
