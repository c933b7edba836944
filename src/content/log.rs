//! Log lines: each begins with a time, or has one near its beginning.

use super::lines::runs;
use super::{Kind, Segment};

/// How far into a line its time may stand.
const REACH: usize = 80;

/// The most lines without a time between two that have one.
const BETWEEN: usize = 16;

/// Finds runs of at least three lines with a time in front; lines between them that go on are theirs.
///
/// What is indented goes on; in a run that is long enough to be sure of, so do a few lines that are not: a message of
/// several lines, the head of a stack trace.
pub(super) fn detect(text: &str) -> Vec<Segment> {
    let (mut timed, mut since) = (0, 0);
    runs(text, Kind::Log, 3, |line| {
        if has_time(line.as_bytes()) {
            timed += 1;
            since = 0;
            return Some(true);
        }
        since += 1;
        let indented = line.starts_with([' ', '\t']) && !line.trim().is_empty();
        if indented || since <= BETWEEN.min(timed / 4) {
            return Some(false);
        }
        timed = 0;
        None
    })
}

/// Looks for a clock time, or seconds since the epoch, near the start of the line.
pub(super) fn has_time(line: &[u8]) -> bool {
    let (mut digits, mut colons, mut others, mut first) = (0, 0, 0, 0);
    let head = line.get(..REACH).unwrap_or(line);
    for byte in head.iter().chain(b" ") {
        match byte {
            b'0'..=b'9' => {
                if digits + colons + others == 0 {
                    first = *byte;
                }
                digits += 1;
            }
            b':' => colons += 1,
            b'-' | b'/' | b'.' | b',' | b'T' => others += 1,
            _ => {
                if (colons >= 2 && digits >= 5) || (digits == 10 && colons + others == 0 && first == b'1') {
                    return true;
                }
                (digits, colons, others, first) = (0, 0, 0, 0);
            }
        }
    }
    false
}
