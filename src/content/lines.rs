//! Runs of lines that look alike.

use std::ops::Range;

use super::{Kind, Segment};

/// The lines of a text with their places; a line's span includes its end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let span = *at..*at + line.len();
        *at = span.end;
        Some((span, line.trim_end_matches(['\n', '\r'])))
    })
}

/// Collects runs of lines that belong together.
///
/// `belongs` says for each line whether it makes a run (`Some(true)`), may stand within one (`Some(false)`) or ends it
/// (`None`). A run ends with the last line that makes it, and counts when `least` lines do.
pub(super) fn runs(
    text: &str,
    kind: Kind,
    least: usize,
    mut belongs: impl FnMut(&str) -> Option<bool>,
) -> Vec<Segment> {
    let mut found = Vec::new();
    let mut run: Option<(Range<usize>, usize)> = None;
    for (span, line) in lines(text) {
        match (belongs(line), &mut run) {
            (Some(true), Some((all, made))) => {
                all.end = span.end;
                *made += 1;
            }
            (Some(true), None) => run = Some((span, 1)),
            (Some(false), _) => {}
            (None, _) => found.extend(run.take()),
        }
    }
    found.extend(run);
    found.into_iter().filter(|(_, made)| *made >= least).map(|(span, _)| Segment { span, kind }).collect()
}
