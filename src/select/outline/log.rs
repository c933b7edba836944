//! Logs as what is rare in them: errors and lines that no other line is like.

use hashbrown::HashMap;

use super::{Piece, by_lines};
use crate::relevance::{Role, signals};

/// Up to one line in so many of a shape, the shape is rare.
const RARE: usize = 200;

/// Cuts a log into lines. `head` declares templates where the lines were written with some.
pub(super) fn outline(head: &str, text: &str) -> Vec<Piece> {
    let templates: HashMap<&str, &str> = head.lines().filter_map(|line| line.split_once('=')).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let shape = |line: &str| shape(line, &templates);
    let mut all = 0;
    for line in text.lines() {
        *counts.entry(shape(line)).or_default() += 1;
        all += 1;
    }
    let mut seen: HashMap<String, ()> = HashMap::new();
    by_lines(text, |line| {
        let shape = shape(line);
        let count = counts.get(&shape).copied().unwrap_or(1);
        let template = line.split(' ').next().and_then(|name| templates.get(name.trim())).copied().unwrap_or_default();
        let loud = signals(line) || signals(template);
        match seen.insert(shape, ()).is_none() {
            true if loud || count <= 1 + all / RARE => Role::Key,
            true => Role::Line,
            false if loud => Role::Line,
            false => Role::Body,
        }
    })
}

/// What a line shares with others of its kind: its template's name, or its words without digits.
fn shape(line: &str, templates: &HashMap<&str, &str>) -> String {
    let name = line.split(' ').next().unwrap_or_default().trim_end();
    if templates.contains_key(name) {
        return name.to_owned();
    }
    let words = line.split_whitespace().filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}
