//! A short text that is split as the end of a long one is.
//!
//! The patterns of the encodings ask for classes of characters, and most of them take as many of one class as there are.
//! So where more of one class can change nothing, it is left out: of a megabyte of one letter three remain. What remains is
//! split by the splitters themselves, and each character that remains knows where in the long text what it stands for ends.
//!
//! Each rule of [`Outline::push`] says why nothing that may follow could tell the difference.

use crate::pretokenize::Split;
use crate::unicode::{Class, class};

/// How many pieces at the end may still change.
pub(super) const REACH: usize = 2;
/// From how many characters on it is worth while to look which pieces can't change any more.
const CROWD: usize = 64;

/// Classes, as one encoding's pattern distinguishes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Upper,
    /// Also all letters where the pattern has no cases.
    Lower,
    /// Letters that are both to the pattern: those without case, and marks.
    Shared,
    Number,
    Symbol,
    /// White space that is no line break; all of it where the pattern makes no difference.
    Space,
    Newline,
}

impl Kind {
    fn is_letter(self) -> bool {
        matches!(self, Self::Upper | Self::Lower | Self::Shared)
    }
}

#[derive(Debug, Clone, Copy)]
struct Part {
    char: char,
    kind: Kind,
    /// Where what it stands for ends in the long text.
    end: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Outline {
    split: Split,
    parts: Vec<Part>,
}

impl Outline {
    pub(super) fn new(split: Split) -> Self {
        Self { split, parts: Vec::new() }
    }

    pub(super) fn is_crowded(&self) -> bool {
        self.parts.len() > CROWD
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// Takes the next character of the text, which ends at `end`.
    pub(super) fn push(&mut self, char: char, end: usize) {
        let kind = self.kind(char);
        let stands_for_it = match kind {
            Kind::Upper | Kind::Lower | Kind::Shared => self.extends_word(kind),
            Kind::Number => self.extends_number(),
            Kind::Symbol => self.extends_symbols(char),
            Kind::Newline => self.extends_line_breaks(),
            Kind::Space => {
                self.shorten_spaces();
                false
            }
        };
        match self.parts.last_mut() {
            Some(last) if stands_for_it => last.end = end,
            _ => self.parts.push(Part { char, kind, end }),
        }
    }

    /// Where each piece of the text ends.
    pub(super) fn pieces(&self) -> Vec<usize> {
        let text: String = self.parts.iter().map(|part| part.char).collect();
        let mut parts = self.parts.iter();
        let (mut at, mut start) = (0, 0);
        let mut ends = Vec::new();
        while start < text.len() {
            start = self.split.piece_end(text.as_bytes(), start);
            let last = parts.find(|part| {
                at += part.char.len_utf8();
                at >= start
            });
            ends.extend(last.map(|part| part.end));
        }
        ends
    }

    /// Moves with a text that loses its first `len` bytes, at the end of a piece.
    pub(super) fn forget(&mut self, len: usize) {
        self.parts.retain(|part| part.end > len);
        self.parts.iter_mut().for_each(|part| part.end -= len);
    }

    fn kind(&self, char: char) -> Kind {
        let has_case = self.split == Split::O200k;
        match class(u32::from(char)) {
            Class::Upper if has_case => Kind::Upper,
            Class::Uncased if has_case => Kind::Shared,
            Class::Mark if has_case && !self.is_among_symbols() => Kind::Shared,
            Class::Upper | Class::Lower | Class::Uncased => Kind::Lower,
            Class::Number => Kind::Number,
            Class::Newline if self.split != Split::R50k => Kind::Newline,
            Class::Space | Class::Newline => Kind::Space,
            Class::Mark | Class::Other => Kind::Symbol,
        }
    }

    /// The part that is `back` before the last one.
    fn part(&self, back: usize) -> Option<&Part> {
        self.parts.len().checked_sub(back + 1).and_then(|at| self.parts.get(at))
    }

    fn is(&self, back: usize, kind: Kind) -> bool {
        self.part(back).is_some_and(|part| part.kind == kind)
    }

    /// Whether the last part is a symbol that is not the first character of its piece: a mark that follows is one of the
    /// symbols then, and else the first letter of a word that the symbol is the prefix of.
    fn is_among_symbols(&self) -> bool {
        self.is(0, Kind::Symbol) && self.part(1).is_some_and(|part| part.kind == Kind::Symbol || part.char == ' ')
    }

    /// Three letters are kept as they are, since the first two may be a contraction's.
    fn extends_word(&mut self, kind: Kind) -> bool {
        if !(0..3).all(|back| self.part(back).is_some_and(|part| part.kind.is_letter())) {
            return false;
        }
        // After a lower letter, only an upper one makes a difference: it starts a word.
        if self.is(0, kind) || self.is(0, Kind::Lower) && kind == Kind::Shared {
            return true;
        }
        // A word that has no lower letter yet ends, should none come, after its last shared one.
        let shared = (1..).take_while(|back| self.is(*back, Kind::Shared)).count();
        let passes = kind == Kind::Shared && self.is(0, Kind::Upper) && shared > 0 && !self.is(shared + 1, Kind::Lower);
        if passes {
            self.parts.pop();
        }
        passes
    }

    fn extends_number(&self) -> bool {
        self.split == Split::R50k && self.is(0, Kind::Number)
    }

    /// Of two symbols the second is no prefix of a word and no start of a contraction, so any number of them is the same. In
    /// `o200k_base` slashes go on with line breaks that follow symbols.
    fn extends_symbols(&self, char: char) -> bool {
        let is_after_line_breaks = self.split == Split::O200k && char == '/' && self.is(0, Kind::Newline);
        is_after_line_breaks && self.is(1, Kind::Symbol) || self.is(0, Kind::Symbol) && self.is(1, Kind::Symbol)
    }

    /// Line breaks go on with line breaks, and with the white space between them; but after symbols only with themselves.
    fn extends_line_breaks(&mut self) -> bool {
        let spaces = (0..).take_while(|back| self.is(*back, Kind::Space)).count();
        let goes_on = self.is(spaces, Kind::Newline) && (spaces == 0 || self.is(spaces + 1, Kind::Space));
        if goes_on {
            self.parts.truncate(self.parts.len() - spaces);
        }
        goes_on
    }

    /// Of white space without line breaks only the last character is ever apart.
    fn shorten_spaces(&mut self) {
        if self.is(0, Kind::Space)
            && self.is(1, Kind::Space)
            && let Some(last) = self.parts.pop()
            && let Some(other) = self.parts.last_mut()
        {
            other.end = last.end;
        }
    }
}
