//! Log lines: each begins with a time, or has one near its beginning.

use super::lines::runs;
use super::{Kind, Segment};

/// How far into a line its time may stand.
const REACH: usize = 80;

/// Finds runs of at least three lines with a time in front; lines between them that go on are theirs.
pub(super) fn detect(text: &str) -> Vec<Segment> {
    runs(text, Kind::Log, 3, |line| {
        if has_time(line) {
            return Some(true);
        }
        (line.starts_with([' ', '\t']) && !line.trim().is_empty()).then_some(false)
    })
}

/// Looks for a clock time, or seconds since the epoch, near the start of the line.
fn has_time(line: &str) -> bool {
    let head = line.as_bytes().get(..REACH).unwrap_or(line.as_bytes());
    head.split(|byte| !(byte.is_ascii_digit() || b":-/.,T".contains(byte))).any(is_time)
}

fn is_time(word: &[u8]) -> bool {
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    let has = |sign: u8| word.iter().filter(|byte| **byte == sign).count();
    (has(b':') >= 2 && digits >= 5) || (digits == 10 && digits == word.len() && word.starts_with(b"1"))
}
