//! Long strings that mean nothing to a reader, such as hashes, UUIDs and Base64: said once and referred to by a number.
//!
//! ```text
//! block = "[…id " n "=" string "]" | "[…id " n "]"
//! ```
//! The first says a string and gives it the number, the second stands for it. Both stand within a line.

use std::ops::Range;

use hashbrown::HashMap;

use trimtab_content::Kind;
use trimtab_error::{Error, ErrorKind, Result};
use trimtab_tokenizer::CountTokens;

use super::{Above, Ask, Form, OPENING, Read, Rewrite, Step, Written};

/// Shorter strings are not looked at.
const SHORTEST: usize = 20;

/// Refers back to a string that was said before.
///
/// It looks at what no other form took, once all are written: see [`name_strings`].
pub struct Id;

impl Form for Id {
    fn name(&self) -> &'static str {
        "id"
    }

    fn takes(&self, _kind: Kind) -> bool {
        false
    }

    fn write(&self, _source: &str, _ask: &Ask) -> Vec<Rewrite> {
        Vec::new()
    }

    fn read(&self, text: &str, above: &mut Above) -> Result<Read> {
        read(text, above).ok_or_else(|| {
            Error::new(ErrorKind::NotRestorable, "a number stands for a string that is not there any more")
        })
    }
}

fn read(text: &str, above: &mut Above) -> Option<Read> {
    let (inside, _) = text.split_once(']')?;
    let used = inside.len() + 1;
    let Some((number, string)) = inside.split_once('=') else {
        let range = above.named.get(inside.parse::<usize>().ok()?.checked_sub(1)?)?;
        return Some(Read { text: above.text.get(range.clone())?.to_owned(), used });
    };
    let start = above.text.len();
    // Parts of a text that were written apart each begin with 1.
    let place = number.parse::<usize>().ok()?.checked_sub(1).filter(|place| *place <= above.named.len())?;
    above.named.truncate(place);
    above.named.push(start..start + string.len());
    Some(Read { text: string.to_owned(), used })
}

/// Names the opaque strings that are said more than once in what `written` left as it was; `None` where there are none.
pub(super) fn name_strings(written: &Written, tokens: &dyn CountTokens) -> Option<Written> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut found: Vec<(&str, Vec<Range<usize>>)> = Vec::new();
    for block in written.blocks.iter().filter(|block| block.form.is_none()) {
        for span in strings(&written.text, block.span.clone()) {
            let Some(string) = written.text.get(span.clone()) else { continue };
            let number = *numbers.entry(string).or_insert(found.len());
            if number == found.len() {
                found.push((string, Vec::new()));
            }
            found.get_mut(number).into_iter().for_each(|(_, spans)| spans.push(span.clone()));
        }
    }
    let mut step = Step { form: Id.name(), before: 0, after: 0, segments: 0 };
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for (string, spans) in found {
        let Some((first, others)) = spans.split_first().filter(|(_, others)| !others.is_empty()) else { continue };
        let number = step.segments + 1;
        let (named, again) = (format!("{OPENING}id {number}={string}]"), format!("{OPENING}id {number}]"));
        // Two tokens more for each place, because what stands around may merge with the string and not with ours.
        let before = tokens.count(string) * spans.len();
        let after = tokens.count(&named) + others.len() * tokens.count(&again) + 2 * spans.len();
        if after >= before || before * 3 < string.len() * spans.len() {
            continue;
        }
        changes.push((first.clone(), named));
        changes.extend(others.iter().map(|span| (span.clone(), again.clone())));
        step = Step { before: step.before + before, after: step.after + after, segments: number, ..step };
    }
    if changes.is_empty() {
        return None;
    }
    trimtab_ordered::sort_by_key(&mut changes, |(span, _)| span.start);
    let mut written = replace(written, changes);
    written.steps.push(step);
    Some(written)
}

/// The strings within `span` that could be opaque.
fn strings(text: &str, span: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=_-".contains(&byte);
    let bytes = text.as_bytes().get(span.clone()).unwrap_or_default();
    let mut at = 0;
    let runs = bytes.split(move |byte| !belongs(*byte)).map(move |run| {
        let start = at;
        at += run.len() + 1;
        (start, run)
    });
    runs.filter(|(_, run)| run.len() >= SHORTEST && run.iter().any(u8::is_ascii_digit))
        .map(move |(start, run)| span.start + start..span.start + start + run.len())
}

/// Puts other text in the place of spans, which are in order and within blocks.
fn replace(written: &Written, changes: Vec<(Range<usize>, String)>) -> Written {
    let mut text = String::with_capacity(written.text.len());
    let mut blocks = written.blocks.clone();
    let mut changes = changes.into_iter().peekable();
    let mut copied = 0;
    for block in &mut blocks {
        let start = text.len();
        while let Some((span, new)) = changes.next_if(|(span, _)| span.end <= block.span.end) {
            text.push_str(written.text.get(copied..span.start).unwrap_or_default());
            text.push_str(&new);
            copied = span.end;
        }
        text.push_str(written.text.get(copied..block.span.end).unwrap_or_default());
        copied = block.span.end;
        block.span = start..text.len();
    }
    Written { text, blocks, steps: written.steps.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_was_not_given_is_an_error() {
        for text in ["1]", "x]", "", "1=a"] {
            assert!(Id.read(text, &mut Above::default()).is_err(), "{text}");
        }
    }

    #[test]
    fn strings_are_long_and_have_digits() {
        let text = "see 550e8400-e29b-41d4-a716-446655440000, not anticonstitutionnellement-ment or 12345";
        let found: Vec<&str> = strings(text, 0..text.len()).map(|span| &text[span]).collect();
        assert_eq!(found, ["550e8400-e29b-41d4-a716-446655440000"]);
    }
}
