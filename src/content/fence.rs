//! Fenced code: what is inside is looked at again, because a fence often holds JSON, a diff or a log.

use std::ops::Range;

use super::lines::lines;
use super::{DETECTORS, Kind, Segment, fill};

/// Finds blocks between lines of three or more backticks or tildes.
pub(super) fn detect(text: &str) -> Vec<Segment> {
    let mut found = Vec::new();
    // Most texts have none, and one character is found faster than three.
    let has = |sign: char, mark: &str| text.contains(sign) && text.contains(mark);
    if !has('`', "```") && !has('~', "~~~") {
        return found;
    }
    let mut open: Option<(Range<usize>, &str)> = None;
    for (span, line) in lines(text) {
        let mark = fence(line);
        match (&open, mark) {
            (None, Some(mark)) => open = Some((span, mark)),
            (Some((head, opened)), Some(mark)) if closes(line, mark, opened) => {
                block(text, head, span, &mut found);
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// The fence that a line begins with.
fn fence(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(' ');
    let length = ["`", "~"].iter().map(|sign| line.len() - line.trim_start_matches(sign).len()).max()?;
    line.get(..length).filter(|mark| mark.len() >= 3)
}

fn closes(line: &str, mark: &str, opened: &str) -> bool {
    mark.starts_with(opened) && line.trim() == mark
}

fn block(text: &str, head: &Range<usize>, tail: Range<usize>, found: &mut Vec<Segment>) {
    let inside = text.get(head.end..tail.start).unwrap_or_default();
    let others = DETECTORS.get(1..).unwrap_or_default();
    let mut within = Vec::new();
    fill(inside, head.end, others, Kind::Code, &mut within);
    found.push(Segment { span: head.clone(), kind: Kind::Code });
    // Fences and plain code between them are one segment.
    for segment in within.into_iter().chain([Segment { span: tail, kind: Kind::Code }]) {
        match found.last_mut() {
            Some(last) if last.kind == Kind::Code && segment.kind == Kind::Code && last.span.start >= head.start => {
                last.span.end = segment.span.end;
            }
            _ => found.push(segment),
        }
    }
}
