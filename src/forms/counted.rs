//! The lines that a header counts.

/// What stands in the first `count` lines of `text`, and how many bytes they take with the last one's end; `None` when
/// there are fewer lines.
pub(super) fn take_lines(text: &str, count: usize) -> Option<(&str, usize)> {
    let mut ends = text.match_indices('\n').map(|(at, _)| at).chain([text.len()]);
    let body = text.get(..ends.nth(count.checked_sub(1)?)?)?;
    Some((body, text.len().min(body.len() + 1)))
}

/// How many lines a body has.
pub(super) fn count_lines(body: &str) -> usize {
    body.bytes().filter(|byte| *byte == b'\n').count() + 1
}
