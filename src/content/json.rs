//! JSON, wherever it stands: the whole text, lines of it, or within prose.

use std::ops::Range;

use super::json_reader::{Event, JsonReader};
use super::{Kind, Segment};

/// Shorter values within a line are left in their sentence: `[1]` is a citation more often than a list.
const INLINE: usize = 40;

/// Finds JSON lists and objects; documents on consecutive lines become one segment.
pub(super) fn detect(text: &str) -> Vec<Segment> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(offset) = text.get(at..).and_then(|rest| rest.find(['{', '['])) {
        let start = at + offset;
        let (values, end) = attempt(text, start);
        found.extend(values.into_iter().filter(|span| stands_out(text, span)));
        at = end.max(start + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    let mut segments: Vec<Segment> = Vec::new();
    for span in found {
        match segments.last_mut() {
            Some(last) if are_json_lines(text, &last.span, &span) => last.span.end = span.end,
            _ => segments.push(Segment { span, kind: Kind::Json }),
        }
    }
    segments
}

/// Reads from `start` on: the values found, and where to look next.
///
/// What fails here fails for every bracket still open, so only closed values count and nothing is read twice.
fn attempt(text: &str, start: usize) -> (Vec<Range<usize>>, usize) {
    let mut reader = JsonReader::new(text, start);
    let mut open: Vec<usize> = Vec::new();
    let mut closed: Vec<Range<usize>> = Vec::new();
    loop {
        match reader.next_event() {
            Event::OpenMap | Event::OpenList => open.push(reader.position() - 1),
            Event::Close => {
                let Some(from) = open.pop() else { return (closed, reader.position()) };
                while closed.last().is_some_and(|inner| inner.start > from) {
                    closed.pop();
                }
                closed.push(from..reader.position());
            }
            Event::End | Event::Invalid => return (closed, reader.position()),
            Event::Key(_) | Event::Text(_) | Event::Bare(_) => {}
        }
    }
}

/// Whether a value is worth a segment of its own: long enough, or alone on its lines, and holding something.
fn stands_out(text: &str, span: &Range<usize>) -> bool {
    let value = text.get(span.clone()).unwrap_or_default();
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let starts_line = before.bytes().rev().find(|byte| !matches!(byte, b' ' | b'\t')).is_none_or(|byte| byte == b'\n');
    let ends_line = after.bytes().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')).is_none_or(|byte| byte == b'\n');
    value.len() >= INLINE || (starts_line && ends_line && value.contains('"'))
}

/// Whether two values are documents on consecutive lines.
fn are_json_lines(text: &str, one: &Range<usize>, two: &Range<usize>) -> bool {
    let text_of = |span: Range<usize>| text.get(span).unwrap_or_default();
    let line_start = one.start == 0 || text.as_bytes().get(one.start - 1) == Some(&b'\n');
    matches!(text_of(one.end..two.start), "\n" | "\r\n")
        && line_start
        && !text_of(two.clone()).contains('\n')
        && text.as_bytes().get(two.end).is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
}
