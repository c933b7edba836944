//! The pieces of `cl100k_base`.
//!
//! ```text
//! '(?i:[sdmt]|ll|ve|re)
//! [^\r\n\p{L}\p{N}]?+\p{L}++
//! \p{N}{1,3}+
//!  ?[^\s\p{L}\p{N}]++[\r\n]*+
//! \s++$
//! \s*[\r\n]
//! \s+(?!\S)
//! \s
//! ```

use super::ascii::Here;
use super::{
    Class, Rules, Splitter, class_at, contraction_any_case, letters, spaced_symbols, spaces, up_to_three_digits,
};

pub(crate) struct Cl100k;

impl Splitter for Cl100k {
    const BLOCKS: Option<Rules> =
        Some(Rules { splits_at_case: false, splits_contractions: true, takes_slashes: false });

    #[inline(always)]
    fn common(here: Here<'_>) -> Option<usize> {
        // A contraction comes before all else.
        let may_contract = here.byte(0) == b'\'';
        let word = |here: Here<'_>, prefix| here.word(prefix).map(|(len, _)| len);
        if may_contract { None } else { here.common(word, line_ends) }
    }

    #[inline(never)]
    fn any(text: &[u8], start: usize) -> usize {
        let Some((class, len)) = class_at(text, start) else { return start };
        if text.get(start) == Some(&b'\'') {
            match contraction_any_case(text, start + 1) {
                0 => {}
                len => return start + 1 + len,
            }
        }
        if let Some(end) = word(text, start, class, len) {
            return end;
        }
        if class == Class::Number {
            return up_to_three_digits(text, start);
        }
        let end = spaced_symbols(text, start);
        if end > start {
            return line_ends(text, end);
        }
        white_space(text, start)
    }
}

fn word(text: &[u8], start: usize, class: Class, len: usize) -> Option<usize> {
    if matches!(class, Class::Number | Class::Newline) {
        return None;
    }
    let from = if class.is_letter() { start } else { start + len };
    let end = letters(text, from);
    (end > from).then_some(end)
}

fn white_space(text: &[u8], start: usize) -> usize {
    let found = spaces(text, start);
    match found.after_newline {
        _ if found.end == text.len() => found.end,
        Some(end) => end,
        None => found.without_the_last(text, start),
    }
}

fn line_ends(text: &[u8], mut at: usize) -> usize {
    while let Some(b'\r' | b'\n') = text.get(at) {
        at += 1;
    }
    at
}
