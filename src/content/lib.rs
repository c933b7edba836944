//! What a text is made of: segments of one kind each, as spans into the source.
//!
//! [`segment`] lets each detector of one visible list claim what it knows, in order; later ones see only what is
//! left, and what nobody claims is prose. A detector is one file and one line in [`DETECTORS`].

#![cfg_attr(test, allow(clippy::string_slice))] // a test that cuts a character should fail

mod chat;
mod code;
mod diff;
mod fence;
mod html;
mod json;
mod json_reader;
mod lines;
mod log;
mod table;
mod trace;

use std::ops::Range;

pub use json_reader::{DEPTH, Event, JsonReader, bare_len, unescape_json};

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Sentences for people; also whatever nothing else claims.
    Prose,
    /// Program text, with its fences if it has any.
    Code,
    /// One JSON value, or several of them one a line.
    Json,
    /// A Markdown table, or rows separated by commas or tabs.
    Table,
    /// Lines that begin with a time.
    Log,
    /// A unified diff.
    Diff,
    /// A stack trace.
    Trace,
    /// Markup.
    Html,
    /// Turns that begin with their speaker.
    Chat,
}

impl Kind {
    /// The name that reports use; it never changes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prose => "prose",
            Self::Code => "code",
            Self::Json => "json",
            Self::Table => "table",
            Self::Log => "log",
            Self::Diff => "diff",
            Self::Trace => "trace",
            Self::Html => "html",
            Self::Chat => "chat",
        }
    }
}

pub use code::may_be_code;

/// A stretch of text of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Where it is in the text, in bytes.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// Finds what it knows in a stretch of text: spans within that stretch, in order and apart from each other.
///
/// It runs in time linear in the text, whatever the text is.
type Detector = fn(&str) -> Vec<Segment>;

/// Every detector there is; an earlier one takes what a later one might claim too.
const DETECTORS: &[Detector] = &[
    fence::detect,
    json::detect,
    diff::detect,
    log::detect,
    trace::detect,
    table::detect,
    html::detect,
    chat::detect,
    code::detect,
];

/// Says what `text` is made of: segments in order, without gaps, that cover it exactly.
///
/// ```
/// use trimtab_content::{Kind, segment};
///
/// let text = "See:\n```json\n{\"name\": \"Ada\", \"born\": 1815}\n```\n";
/// let kinds: Vec<Kind> = segment(text).iter().map(|segment| segment.kind).collect();
/// assert_eq!(kinds, [Kind::Prose, Kind::Code, Kind::Json, Kind::Code]);
/// ```
pub fn segment(text: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    fill(text, 0, DETECTORS, Kind::Prose, &mut segments);
    segments
}

/// Segments `text`, which begins at `offset`, with the detectors given; what they leave is of kind `rest`.
fn fill(text: &str, offset: usize, detectors: &[Detector], rest: Kind, out: &mut Vec<Segment>) {
    let Some((detector, later)) = detectors.split_first() else {
        push(out, offset..offset + text.len(), rest);
        return;
    };
    let mut done = 0;
    for Segment { span, kind } in detector(text) {
        let gap = text.get(done..span.start).unwrap_or_default();
        fill(gap, offset + done, later, rest, out);
        push(out, offset + span.start..offset + span.end, kind);
        done = span.end;
    }
    fill(text.get(done..).unwrap_or_default(), offset + done, later, rest, out);
}

/// Appends a segment; neighbours that nobody claimed become one.
fn push(out: &mut Vec<Segment>, span: Range<usize>, kind: Kind) {
    if span.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(last) if last.kind == kind && kind == Kind::Prose => last.span.end = span.end,
        _ => out.push(Segment { span, kind }),
    }
}

#[cfg(test)]
mod tests;
