//! The pieces that most text is made of, found in the sixteen bytes after their start.
//!
//! Each of these gives `None` where those bytes do not decide; then the full splitter does. Behind the end of the text a
//! chunk has zeros, which are neither letters, digits nor white space.

use crate::chunk::{Chunk, WIDTH, chunk_at};
use crate::lanes::{Letters, letters, run, spaces};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Letter,
    Digit,
    Space,
    Newline,
    Symbol,
    /// Other white space, and what is not ASCII.
    Rare,
}

#[allow(clippy::indexing_slicing)] // an index that is wrong would not compile
const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Rare; 256];
    let mut byte = 0;
    while byte < 0x80 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter,
            b'0'..=b'9' => Kind::Digit,
            b' ' => Kind::Space,
            b'\n' | b'\r' => Kind::Newline,
            b'\t' | 0x0b | 0x0c => Kind::Rare,
            _ => Kind::Symbol,
        };
        byte += 1;
    }
    kinds
};

#[inline(always)]
fn kind(byte: u8) -> Kind {
    KINDS.get(usize::from(byte)).copied().unwrap_or(Kind::Rare)
}

/// A place in a text.
#[derive(Clone, Copy)]
pub(crate) struct Here<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) start: usize,
}

impl Here<'_> {
    /// The byte `at` bytes on; 0 behind the end.
    #[inline(always)]
    pub(crate) fn byte(self, at: usize) -> u8 {
        self.text.get(self.start + at).copied().unwrap_or(0)
    }

    #[inline(always)]
    pub(crate) fn kind(self, at: usize) -> Kind {
        kind(self.byte(at))
    }

    #[inline(always)]
    fn chunk(self) -> Chunk {
        chunk_at(self.text, self.start)
    }

    /// The length of a word of upper and then lower letters, after `prefix` bytes, and the byte that follows it.
    #[inline(always)]
    pub(crate) fn cased_word(self, prefix: usize) -> Option<(usize, u8)> {
        let Letters { lower, upper } = letters(self.chunk());
        let upper = run(upper, prefix as u32);
        self.end_of_word(prefix, upper + run(lower, prefix as u32 + upper))
    }

    /// The length of a word of letters, after `prefix` bytes, and the byte that follows it.
    #[inline(always)]
    pub(crate) fn word(self, prefix: usize) -> Option<(usize, u8)> {
        let Letters { lower, upper } = letters(self.chunk());
        self.end_of_word(prefix, run(lower | upper, prefix as u32))
    }

    #[inline(always)]
    fn end_of_word(self, prefix: usize, len: u32) -> Option<(usize, u8)> {
        let end = prefix + len as usize;
        let next = self.byte(end);
        (len > 0 && end < WIDTH && next < 0x80).then_some((end, next))
    }

    /// A piece of the patterns that have `\p{N}{1,3}` and take a symbol before a word: its length. `word` gives a word's after
    /// a prefix, `tail` where what may follow symbols at a line's end is over.
    #[inline(always)]
    pub(crate) fn common(
        self,
        word: impl Fn(Self, usize) -> Option<usize>,
        tail: impl Fn(&[u8], usize) -> usize,
    ) -> Option<usize> {
        match self.kind(0) {
            Kind::Letter => word(self, 0),
            Kind::Space => match self.kind(1) {
                Kind::Letter => word(self, 1),
                Kind::Space => self.indentation(),
                Kind::Digit => Some(1),
                Kind::Symbol => self.symbols_of_a_line(1, tail),
                _ => None,
            },
            Kind::Symbol if self.kind(1) == Kind::Letter => word(self, 1),
            Kind::Symbol => self.symbols_of_a_line(0, tail),
            Kind::Digit => self.up_to_three_digits(),
            Kind::Newline => self.line_ends(),
            Kind::Rare => None,
        }
    }

    #[inline(always)]
    fn symbols_of_a_line(self, prefix: usize, tail: impl Fn(&[u8], usize) -> usize) -> Option<usize> {
        let (len, next) = self.symbols(prefix)?;
        let ends_line = matches!(next, b'\r' | b'\n');
        Some(if ends_line { tail(self.text, self.start + len) - self.start } else { len })
    }

    /// `\p{N}{1,3}` at a digit.
    #[inline(always)]
    pub(crate) fn up_to_three_digits(self) -> Option<usize> {
        let mut len = 1;
        while len < 3 && self.kind(len) == Kind::Digit {
            len += 1;
        }
        (len == 3 || self.byte(len) < 0x80).then_some(len)
    }

    /// `\s+(?!\S)|\s+` at two spaces or more that are not all the rest: all but the last, which belongs to what follows.
    #[inline(always)]
    pub(crate) fn indentation(self) -> Option<usize> {
        let len = run(spaces(self.chunk()), 0) as usize;
        (len > 1 && self.is_dark(len)).then_some(len - 1)
    }

    /// `\s*[\r\n]+` at a line's end, where white space follows that is not all the rest and has no line's end.
    #[inline(always)]
    pub(crate) fn line_ends(self) -> Option<usize> {
        let mut len = 1;
        while len < WIDTH && self.kind(len) == Kind::Newline {
            len += 1;
        }
        let after = len + run(spaces(self.chunk()), len as u32) as usize;
        self.is_dark(after).then_some(len)
    }

    /// Whether a chunk has a byte at `at` that is surely not white space.
    #[inline(always)]
    fn is_dark(self, at: usize) -> bool {
        let inside = at < WIDTH && self.start + at < self.text.len();
        inside && matches!(self.kind(at), Kind::Letter | Kind::Digit | Kind::Symbol)
    }

    /// `[^\s\p{L}\p{N}]+` after `prefix` bytes: where it ends, and the byte that follows.
    #[inline(always)]
    pub(crate) fn symbols(self, prefix: usize) -> Option<(usize, u8)> {
        let mut end = prefix;
        while end < WIDTH && self.start + end < self.text.len() && self.kind(end) == Kind::Symbol {
            end += 1;
        }
        let next = self.byte(end);
        (end > prefix && end < WIDTH && next < 0x80).then_some((end, next))
    }
}
