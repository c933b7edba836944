//! Tokens that stand for themselves wherever their text stands, as Hugging Face's `tokenizers` finds them: of all the leftmost,
//! of those the longest.

use super::WORD;
use super::list::{Entry, List};
use super::split::{Splits, last_char, length};
use trimtab_error::Result;

/// What a token asks of its neighbourhood, or takes from it.
const SPECIAL: u8 = 1;
const LEFT_STRIP: u8 = 2;
const RIGHT_STRIP: u8 = 4;
const SINGLE_WORD: u8 = 8;

pub(super) enum Part<'a> {
    Token(u32),
    Text(&'a str),
}

#[derive(Debug)]
pub(super) struct Added {
    tokens: List,
    /// The bytes that some token starts with.
    firsts: [bool; 256],
    all_special: bool,
}

impl Added {
    pub(super) fn read(section: &[u8]) -> Result<Self> {
        let tokens = List::read(section)?;
        let mut firsts = [false; 256];
        for entry in tokens.entries() {
            if let Some(slot) = tokens.bytes_of(entry).first().and_then(|byte| firsts.get_mut(usize::from(*byte))) {
                *slot = true;
            }
        }
        let all_special = tokens.entries().iter().all(|entry| entry.flags & SPECIAL != 0);
        Ok(Self { tokens, firsts, all_special })
    }

    /// The bytes of the token with that id.
    pub(super) fn bytes(&self, id: u32) -> Option<&[u8]> {
        self.tokens.entries().iter().find(|entry| entry.id == id).map(|entry| self.tokens.bytes_of(entry))
    }

    /// Calls `visit` with the tokens in `text` and with what lies between, until it says to stop, and gives what it said last.
    /// The names of special tokens are text.
    pub(super) fn each(&self, text: &str, splits: &Splits, visit: &mut dyn FnMut(Part<'_>) -> bool) -> bool {
        let (mut at, mut done) = (0, 0);
        while let Some((start, entry)) = if self.all_special { None } else { self.next(text.as_bytes(), at) } {
            let end = start + self.tokens.bytes_of(entry).len();
            at = end;
            if entry.flags & SPECIAL != 0 {
                continue;
            }
            let Some((start, end)) = reach(text.as_bytes(), (start, end), entry.flags, done, splits) else { continue };
            if !visit_text(text.get(done..start), visit) || !visit(Part::Token(entry.id)) {
                return false;
            }
            done = end;
        }
        visit_text(text.get(done..), visit)
    }

    /// The length and the id of the special token that `text` starts with.
    pub(super) fn special_at(&self, text: &[u8]) -> Option<(usize, u32)> {
        let entry = self.tokens.longest(text).filter(|entry| entry.flags & SPECIAL != 0)?;
        Some((self.tokens.bytes_of(entry).len(), entry.id))
    }

    fn next(&self, text: &[u8], from: usize) -> Option<(usize, &Entry)> {
        let mut at = from;
        loop {
            let rest = text.get(at..)?;
            let is_first = |byte: &u8| self.firsts.get(usize::from(*byte)).copied().unwrap_or(false);
            at += rest.iter().position(is_first)?;
            if let Some(entry) = self.tokens.longest(text.get(at..)?) {
                return Some((at, entry));
            }
            at += 1;
        }
    }
}

/// The span that a token takes with what it strips, or `None` where it had to stand alone and does not.
fn reach(text: &[u8], span: (usize, usize), flags: u8, done: usize, splits: &Splits) -> Option<(usize, usize)> {
    let (mut start, mut end) = span;
    let is_word = |at: usize| splits.class(text, at).is_some_and(|class| class & WORD != 0);
    if flags & SINGLE_WORD != 0 && (last_char(text, start).is_some_and(is_word) || is_word(end)) {
        return None;
    }
    if flags & LEFT_STRIP != 0 {
        while let Some(before) = last_char(text, start).filter(|at| *at >= done && is_space(text, *at)) {
            start = before;
        }
    }
    while flags & RIGHT_STRIP != 0 && is_space(text, end) {
        end += length(text, end);
    }
    Some((start, end))
}

fn is_space(text: &[u8], at: usize) -> bool {
    crate::unicode::class_at(text, at).is_some_and(|(class, _)| class.is_space())
}

/// A token that stripped what is before it may leave nothing between.
fn visit_text(text: Option<&str>, visit: &mut dyn FnMut(Part<'_>) -> bool) -> bool {
    text.is_none_or(|text| text.is_empty() || visit(Part::Text(text)))
}
