//! JSON, wherever it stands: the whole text, lines of it, or within prose.

use std::ops::Range;

use super::json_reader::{Event, JsonReader};
use super::log::has_time;
use super::{Kind, Segment};

/// Shorter values within a line are left in their sentence: `[1]` is a citation more often than a list.
const INLINE: usize = 40;

/// A shorter value within a line that begins with a time is left to the log: there all lines have one.
const PAYLOAD: usize = 1_000;

/// Finds JSON lists and objects; documents on consecutive lines become one segment.
pub(super) fn detect(text: &str) -> Vec<Segment> {
    let mut found: Vec<Documents> = Vec::new();
    let mut at = 0;
    let opening = |at: usize| text.as_bytes().get(at..)?.iter().position(|byte| matches!(byte, b'{' | b'['));
    while let Some(offset) = opening(at) {
        let start = at + offset;
        let (values, end) = attempt(text, start);
        for span in values {
            join(text, span, &mut found);
        }
        at = end.max(start + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    found.retain(|documents| stands_out(text, &documents.span));
    found.into_iter().map(|documents| Segment { span: documents.span, kind: Kind::Json }).collect()
}

/// Values that follow each other, with the same between any two.
struct Documents {
    span: Range<usize>,
    between: Option<Range<usize>>,
}

/// Adds a value, to the ones before it where it follows them as they follow each other.
fn join(text: &str, span: Range<usize>, found: &mut Vec<Documents>) {
    let text_of = |span: Range<usize>| text.get(span).unwrap_or_default();
    if let Some(last) = found.last_mut() {
        let between = last.span.end..span.start;
        let (first, follows) = (last.between.clone(), can_join(text_of(between.clone())));
        let alike = opening(text, last.span.start) == opening(text, span.start);
        if follows && alike && first.is_none_or(|first| text_of(first) == text_of(between.clone())) {
            last.between = Some(between);
            last.span.end = span.end;
            return;
        }
    }
    found.push(Documents { span, between: None });
}

/// Whether values with `between` between them may be of one kind: documents on lines, or items of a list that is no JSON
/// itself, because of a comment or of a comma after its last item.
fn can_join(between: &str) -> bool {
    let space = between.strip_prefix(',').filter(|space| space.len() <= INLINE);
    ["\n", "\r\n", " ", "\n\n", ""].contains(&between) || space.is_some_and(|space| space.trim().is_empty())
}

/// The space after the first bracket of a value, by which its layout can be told.
fn opening(text: &str, start: usize) -> &str {
    let inside = text.get(start + 1..).unwrap_or_default();
    let end = inside.bytes().take(12).take_while(u8::is_ascii_whitespace).count();
    inside.get(..end).unwrap_or_default()
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

/// Whether a value is worth a segment of its own: long enough, or alone on its lines and
/// holding something, or all that there is.
fn stands_out(text: &str, span: &Range<usize>) -> bool {
    let value = text.get(span.clone()).unwrap_or_default();
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    if value.len() < PAYLOAD && is_timed(before.as_bytes()) && !value.contains('\n') {
        return false;
    }
    let starts_line = before.bytes().rev().find(|byte| !matches!(byte, b' ' | b'\t')).is_none_or(|byte| byte == b'\n');
    let ends_line = after.bytes().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')).is_none_or(|byte| byte == b'\n');
    let alone = || before.trim_start().is_empty() && after.trim_end().is_empty();
    value.len() >= INLINE || (starts_line && ends_line && (value.contains('"') || alone()))
}

/// Whether the line that goes on after `before` began with a time, within reach.
fn is_timed(before: &[u8]) -> bool {
    let near = before.get(before.len().saturating_sub(PAYLOAD)..).unwrap_or_default();
    let start = near.iter().rposition(|byte| *byte == b'\n').map(|end| end + 1);
    let start = start.or((near.len() == before.len()).then_some(0));
    start.and_then(|start| near.get(start..)).is_some_and(has_time)
}
