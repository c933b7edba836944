//! The pieces of `o200k_base` and `o200k_harmony`.
//!
//! ```text
//! [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
//! [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
//! \p{N}{1,3}
//!  ?[^\s\p{L}\p{N}]+[\r\n/]*
//! \s*[\r\n]+
//! \s+(?!\S)
//! \s+
//! ```

use super::ascii::Here;
use super::{Class, Rules, Splitter, class_at, contraction_any_case, run, spaced_symbols, spaces, up_to_three_digits};

pub(crate) struct O200k;

impl Splitter for O200k {
    const BLOCKS: Option<Rules> = Some(Rules { splits_at_case: true, splits_contractions: false, takes_slashes: true });

    #[inline(always)]
    fn common(here: Here<'_>) -> Option<usize> {
        here.common(word_with_contraction, line_ends_and_slashes)
    }

    #[inline(never)]
    fn any(text: &[u8], start: usize) -> usize {
        let Some((class, len)) = class_at(text, start) else { return start };
        if let Some(end) = word(text, start, class, len) {
            return with_contraction(text, end);
        }
        if class == Class::Number {
            return up_to_three_digits(text, start);
        }
        let end = spaced_symbols(text, start);
        if end > start {
            return line_ends_and_slashes(text, end);
        }
        let found = spaces(text, start);
        found.after_newline.unwrap_or_else(|| found.without_the_last(text, start))
    }
}

#[inline(always)]
fn word_with_contraction(here: Here<'_>, prefix: usize) -> Option<usize> {
    let (len, _) = here.cased_word(prefix)?;
    Some(with_contraction(here.text, here.start + len) - here.start)
}

/// The first two alternatives without the contraction.
fn word(text: &[u8], start: usize, class: Class, len: usize) -> Option<usize> {
    let may_prefix = !class.is_letter() && !matches!(class, Class::Number | Class::Newline);
    let may_start = class.is_letter() || class == Class::Mark;
    let prefixed = may_prefix.then(|| capitalized(text, start + len));
    if let Some(Body::EndsInLower(end)) = prefixed {
        return Some(end);
    }
    let bare = may_start.then(|| capitalized(text, start));
    if let Some(Body::EndsInLower(end)) = bare {
        return Some(end);
    }
    [prefixed, bare].into_iter().flatten().find_map(|body| match body {
        Body::AllUpper(end) => Some(end),
        _ => None,
    })
}

#[derive(Clone, Copy)]
enum Body {
    /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+`
    EndsInLower(usize),
    /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+` where the other does not match.
    AllUpper(usize),
    Nothing,
}

fn capitalized(text: &[u8], start: usize) -> Body {
    let mut at = start;
    // Both halves take `Lm`, `Lo` and `M`: the first half is greedy, and gives back its last such character when no
    // other is left for the second.
    let mut after_shared = None;
    while let Some((class, len)) = class_at(text, at) {
        match class {
            Class::Upper => at += len,
            Class::Uncased | Class::Mark => {
                at += len;
                after_shared = Some(at);
            }
            _ => break,
        }
    }
    let end = run(text, at, |class| matches!(class, Class::Lower | Class::Uncased | Class::Mark));
    match after_shared {
        _ if end > at => Body::EndsInLower(end),
        Some(end) => Body::EndsInLower(end),
        None if at > start => Body::AllUpper(at),
        None => Body::Nothing,
    }
}

fn with_contraction(text: &[u8], end: usize) -> usize {
    if text.get(end) != Some(&b'\'') {
        return end;
    }
    match contraction_any_case(text, end + 1) {
        0 => end,
        len => end + 1 + len,
    }
}

fn line_ends_and_slashes(text: &[u8], mut at: usize) -> usize {
    while let Some(b'\r' | b'\n' | b'/') = text.get(at) {
        at += 1;
    }
    at
}
