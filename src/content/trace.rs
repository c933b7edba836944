//! Stack traces of Python, JavaScript, the JVM, .NET and Rust.

use super::lines::lines;
use super::{Kind, Segment};

/// Finds traces, with the line that names the error.
pub(super) fn detect(text: &str) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    let mut previous = 0..0;
    let mut state = State::Outside;
    for (span, line) in lines(text) {
        let indented = line.starts_with([' ', '\t']);
        let next = match state {
            _ if line.starts_with("Traceback (most recent call last)") => State::Python,
            State::Python if indented || line.is_empty() => State::Python,
            State::Python => State::Last,
            _ if is_frame(line) => State::Frames,
            State::Frames if line.starts_with("Caused by:") || line.trim_start().starts_with("... ") => State::Frames,
            _ => State::Outside,
        };
        if next != State::Outside {
            let begins = matches!((state, next), (State::Outside | State::Last, State::Frames));
            let start = if begins && !previous.is_empty() { previous.start } else { span.start };
            match found.last_mut() {
                Some(last) if last.span.end >= start => last.span.end = span.end,
                _ => found.push(Segment { span: start..span.end, kind: Kind::Trace }),
            }
        }
        state = next;
        previous = if line.trim().is_empty() { span.end..span.end } else { span };
    }
    found.retain(|segment| text.get(segment.span.clone()).is_some_and(|trace| trace.lines().count() > 2));
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Outside,
    Python,
    Frames,
    /// The error line that ends a Python trace.
    Last,
}

fn is_frame(line: &str) -> bool {
    let frame = line.trim_start();
    frame.len() < line.len()
        && frame.strip_prefix("at ").is_some_and(|place| place.contains(['(', ':', '.', '/']) && !place.ends_with('.'))
}
