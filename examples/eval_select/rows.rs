//! What the model sees of each unit, and what was wanted.
//!
//! For each case a line `case SET GROUP KIND SHARE BUDGET`, then for each unit
//! `PART PRICE NEEDS TITLE WANTED TARGETS WORDS ROW`: the unit that it needs or -1; what is wanted of it (0 nothing, 1 an
//! answer by chance, 2 the answer or evidence); which of the case's targets it holds, as bits; its words; its row in hex.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};

use trimtab::select::{Goal, Request, Surveyed, survey};
use trimtab::tokenizer::CountTokens;

use crate::cases::{Case, Wanted};
use crate::words::{has, normal};

pub(crate) fn write(all: &[Case], tokens: &dyn CountTokens, file: &str) {
    let mut out = BufWriter::new(File::create(file).unwrap());
    for case in all {
        for share in &case.shares {
            let whole = case.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n\n");
            let budget = (tokens.count(&whole) as f64 * share) as usize;
            let request = Request {
                query: Some(&case.query),
                context: &[],
                keep: &[],
                goal: Goal::Budget(budget),
                interests: &[],
            };
            let (names, units) = survey(&case.parts, &request, tokens);
            let kind = if case.turns.is_empty() { "sentence" } else { "turn" };
            writeln!(out, "names {}", names.join(" ")).unwrap();
            writeln!(out, "case {} {} {kind} {share} {budget}", case.set, case.group.replace(' ', "_")).unwrap();
            let turns = turns(case, &units);
            for (unit, turn) in units.iter().zip(turns) {
                writeln!(out, "{}", line(case, unit, turn)).unwrap();
            }
        }
    }
}

fn line(case: &Case, unit: &Surveyed, turn: usize) -> String {
    let text = normal(&case.parts[unit.part].text[unit.span.clone()]);
    let (mut value, mut targets) = (0, 0_u64);
    for wanted in &case.wanted {
        match wanted {
            Wanted::Answer { any, gold } => {
                if any.iter().any(|answer| has(answer, &text)) {
                    targets |= 1;
                    value = value.max(if gold.is_none_or(|gold| gold == unit.part) { 2 } else { 1 });
                }
            }
            Wanted::Evidence(lines) => {
                for (index, _) in lines.iter().enumerate().filter(|(_, line)| meet(&normal(line), &text)) {
                    targets |= 2 << index;
                    value = 2;
                }
            }
            Wanted::Turns(turns) => value = if turns.contains(&turn) { 2 } else { value },
        }
    }
    let needs = unit.needs.map_or(-1, |needs| needs as i64);
    let words = text.split(' ').count();
    let mut line = format!("{} {} {needs} {} {value} {targets} {words} ", unit.part, unit.price, u8::from(unit.title));
    unit.row.iter().for_each(|cell| write!(line, "{cell:02x}").unwrap());
    line
}

/// Tells whether a unit is a part of a sentence or holds it; a word or two in common are chance.
fn meet(sentence: &str, unit: &str) -> bool {
    unit.len() > 12 && (unit.contains(sentence) || sentence.contains(unit))
}

/// Which turn each unit is of: turns are the lines of a conversation.
fn turns(case: &Case, units: &[Surveyed]) -> Vec<usize> {
    let line = |unit: &Surveyed| case.parts[unit.part].text[..unit.span.start].matches('\n').count();
    units.iter().map(|unit| if case.turns.is_empty() { 0 } else { line(unit) }).collect()
}
