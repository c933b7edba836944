//! The pieces of `r50k_base` and `p50k_base`.
//!
//! ```text
//! '(?:[sdmt]|ll|ve|re)
//!  ?\p{L}++
//!  ?\p{N}++
//!  ?[^\s\p{L}\p{N}]++
//! \s++$
//! \s+(?!\S)
//! \s
//! ```

use super::ascii::{Here, Kind};
use super::{Class, Rules, Splitter, class_at, letters, run, spaced_symbols, spaces};

pub(crate) struct R50k;

impl Splitter for R50k {
    const BLOCKS: Option<Rules> = None;

    #[inline(always)]
    fn common(here: Here<'_>) -> Option<usize> {
        let word = |prefix| here.word(prefix).map(|(len, _)| len);
        let symbols = |prefix| here.symbols(prefix).map(|(len, _)| len);
        match here.kind(0) {
            Kind::Letter => word(0),
            Kind::Space => match here.kind(1) {
                Kind::Letter => word(1),
                Kind::Space => here.indentation(),
                Kind::Symbol => symbols(1),
                _ => None,
            },
            Kind::Symbol if here.byte(0) == b'\'' => None,
            Kind::Symbol => symbols(0),
            _ => None,
        }
    }

    #[inline(never)]
    fn any(text: &[u8], start: usize) -> usize {
        let contraction = contraction(text, start);
        if contraction > 0 {
            return start + contraction;
        }
        let from = start + usize::from(text.get(start) == Some(&b' '));
        let end = match class_at(text, from) {
            Some((class, _)) if class.is_letter() => letters(text, from),
            Some((Class::Number, _)) => run(text, from, |class| class == Class::Number),
            _ => spaced_symbols(text, start),
        };
        if end > start && end > from {
            return end;
        }
        spaces(text, start).without_the_last(text, start)
    }
}

fn contraction(text: &[u8], start: usize) -> usize {
    let at = |i: usize| text.get(start + i);
    match (at(0), at(1), at(2)) {
        (Some(b'\''), Some(b's' | b'd' | b'm' | b't'), _) => 2,
        (Some(b'\''), Some(b'l'), Some(b'l')) | (Some(b'\''), Some(b'v' | b'r'), Some(b'e')) => 3,
        _ => 0,
    }
}
