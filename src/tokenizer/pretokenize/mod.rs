//! Splits text into the pieces that are merged on their own, by hand instead of by regular expression.
//!
//! Each splitter says where the piece that starts at a position ends. It is equal, piece by piece, to the pattern of
//! its encoding; the patterns are quoted in the files.

mod ascii;
mod block;
mod cl100k;
mod o200k;
mod r50k;

pub(crate) use block::{Rules, Starts, starts};
pub(crate) use cl100k::Cl100k;
pub(crate) use o200k::O200k;
pub(crate) use r50k::R50k;

use crate::unicode::{Class, class_at};
use ascii::Here;

/// The splitters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Split {
    O200k,
    Cl100k,
    R50k,
}

impl Split {
    /// Where the piece of `text` that starts at `start` ends. Slower than asking a splitter, and a tenth of the code.
    pub(crate) fn piece_end(self, text: &[u8], start: usize) -> usize {
        match self {
            Self::O200k => O200k::any(text, start),
            Self::Cl100k => Cl100k::any(text, start),
            Self::R50k => R50k::any(text, start),
        }
    }
}

/// Splits a text into pieces.
///
/// A trait and not a function that is passed on, so that it becomes part of the loop that asks.
pub(crate) trait Splitter {
    /// How to find pieces in blocks, where that is worth while.
    const BLOCKS: Option<Rules>;

    /// The length of a piece that a few bytes of ASCII decide.
    fn common(here: Here<'_>) -> Option<usize>;

    /// Where any piece ends.
    fn any(text: &[u8], start: usize) -> usize;

    /// The piece of `text` that starts at `start`, which is before the end.
    #[inline(always)]
    fn piece(text: &[u8], start: usize) -> Piece {
        match Self::common(Here { text, start }) {
            Some(len) => Piece { end: start + len, is_ascii: true },
            None => Piece { end: Self::any(text, start), is_ascii: false },
        }
    }
}

/// A piece that starts where it was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) end: usize,
    /// Whether it is known to be ASCII.
    pub(crate) is_ascii: bool,
}

/// The end of the longest run from `at` of characters whose class `is` says yes to.
#[inline(always)]
fn run(text: &[u8], mut at: usize, is: impl Fn(Class) -> bool) -> usize {
    while let Some((class, len)) = class_at(text, at) {
        if !is(class) {
            break;
        }
        at += len;
    }
    at
}

fn letters(text: &[u8], at: usize) -> usize {
    run(text, at, Class::is_letter)
}

/// `\p{N}{1,3}`
fn up_to_three_digits(text: &[u8], start: usize) -> usize {
    let mut at = start;
    for _ in 0..3 {
        match class_at(text, at) {
            Some((Class::Number, len)) => at += len,
            _ => break,
        }
    }
    at
}

/// `[^\s\p{L}\p{N}]*`
fn symbols(text: &[u8], at: usize) -> usize {
    run(text, at, |class| matches!(class, Class::Other | Class::Mark))
}

/// ` ?[^\s\p{L}\p{N}]+`, or `start` where it does not match.
fn spaced_symbols(text: &[u8], start: usize) -> usize {
    let from = start + usize::from(text.get(start) == Some(&b' '));
    let end = symbols(text, from);
    if end > from { end } else { start }
}

/// A run of white space: where it ends, where its last character starts, and the end of its last line break.
struct Spaces {
    end: usize,
    last: usize,
    after_newline: Option<usize>,
}

fn spaces(text: &[u8], start: usize) -> Spaces {
    let mut found = Spaces { end: start, last: start, after_newline: None };
    while let Some((class, len)) = class_at(text, found.end).filter(|(class, _)| class.is_space()) {
        found.last = found.end;
        found.end += len;
        if class == Class::Newline {
            found.after_newline = Some(found.end);
        }
    }
    found
}

impl Spaces {
    /// `\s+(?!\S)|\s`: all of the run at the end of the text, else all but its last character, which belongs to what
    /// follows, unless it is alone.
    fn without_the_last(&self, text: &[u8], start: usize) -> usize {
        if self.end == text.len() || self.last == start { self.end } else { self.last }
    }
}

/// The length of `s`, `t`, `re`, `ve`, `m`, `ll` or `d` at `at`, in any case, or 0.
///
/// U+017F, the long s, folds to `s`.
fn contraction_any_case(text: &[u8], at: usize) -> usize {
    let lower = |i: usize| text.get(at + i).map(u8::to_ascii_lowercase);
    match (lower(0), lower(1)) {
        (Some(b's' | b't' | b'm' | b'd'), _) => 1,
        (Some(b'r' | b'v'), Some(b'e')) | (Some(b'l'), Some(b'l')) | (Some(0xc5), Some(0xbf)) => 2,
        _ => 0,
    }
}
