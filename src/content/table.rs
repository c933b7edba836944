//! Tables: Markdown rows between bars, and rows separated by tabs or commas.

use super::lines::runs;
use super::{Kind, Segment};
use trimtab_ordered::sort_by_key;

/// Finds Markdown tables and delimited rows.
pub(super) fn detect(text: &str) -> Vec<Segment> {
    let mut found: Vec<Segment> = markdown(text);
    for separator in [b'\t', b','].into_iter().filter(|separator| text.as_bytes().contains(separator)) {
        found.extend(delimited(text, separator));
    }
    sort_by_key(&mut found, |segment| (segment.span.start, segment.span.end));
    let mut end = 0;
    found.retain(|segment| {
        let free = segment.span.start >= end;
        end = if free { segment.span.end } else { end };
        free
    });
    found
}

fn markdown(text: &str) -> Vec<Segment> {
    runs(text, Kind::Table, 2, |line| {
        let line = line.trim();
        (line.starts_with('|') && line.len() > 1 && line.ends_with('|')).then_some(true)
    })
}

/// Runs of three or more lines with the same number of separators, which is no accident when fields are not sentences.
fn delimited(text: &str, separator: u8) -> Vec<Segment> {
    let mut width = 0;
    let mut found: Vec<Segment> = Vec::new();
    let mut rows = 0;
    for (span, line) in super::lines::lines(text) {
        let count = fields(line, separator);
        if count > 2 && count == width {
            rows += 1;
            if let Some(last) = found.last_mut() {
                last.span.end = span.end;
            }
            continue;
        }
        if rows < 3 && width > 0 {
            found.pop();
        }
        (width, rows) = if count > 2 { (count, 1) } else { (0, 0) };
        if width > 0 {
            found.push(Segment { span, kind: Kind::Table });
        }
    }
    if rows < 3 && width > 0 {
        found.pop();
    }
    found
}

/// The number of fields of a row, 0 for a line that reads like a sentence or like arguments in code.
fn fields(line: &str, separator: u8) -> usize {
    if separator == b',' && (line.starts_with([' ', '\t']) || line.ends_with(',')) {
        return 0;
    }
    if line.trim_end().ends_with(['.', '?', ':', ';', '{', '(']) {
        return 0;
    }
    let (mut all, mut spaced, mut outside, mut quoted) = (0, 0, 0, false);
    let next = line.bytes().skip(1).map(Some).chain([None]);
    for (byte, next) in line.bytes().zip(next) {
        quoted ^= byte == b'"';
        if byte == separator {
            all += 1;
            spaced += usize::from(next == Some(b' '));
            outside += usize::from(!quoted);
        }
    }
    // Words between commas and spaces are an enumeration.
    let prose = separator == b',' && spaced * 2 > all;
    if prose { 0 } else { 1 + outside }
}
