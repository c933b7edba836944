//! The number of tokens of a text that grows at its end, at the price of its end.
//!
//! What is appended changes the last two pieces of a text at most: a word by a contraction or by more of it (`foo`, `'` and
//! then `s`), a run of white space by what follows it. So all pieces but two are counted once and forgotten.
//! [`outline`] says how the rest is split without reading it again, and [`long`] how a long piece is counted without merging
//! all of it again.

mod long;
mod outline;
#[cfg(test)]
mod tests;

use std::fmt;
use std::rc::Rc;

use long::Long;
use outline::{Outline, REACH};

#[cfg(feature = "own")]
use crate::CountTokens;
use crate::Tokenizer;

/// Counts a text that is appended to.
///
/// ```
/// # use std::rc::Rc;
/// # use trimtab_tokenizer::{CountTokens, Growing, Tokenizer};
/// fn counts_as_it_grows(tokenizer: Rc<Tokenizer>) {
///     let mut growing = Growing::new(tokenizer.clone());
///     growing.append("hello wor");
///     growing.append("ld");
///     assert_eq!(growing.count(), tokenizer.count("hello world"));
/// }
/// ```
pub struct Growing {
    tokenizer: Rc<Tokenizer>,
    /// The tokens of the pieces that nothing can change.
    settled: usize,
    /// What comes after those pieces.
    tail: Vec<u8>,
    outline: Outline,
    long: [Long; REACH],
    count: Option<usize>,
}

impl Growing {
    /// Starts with an empty text.
    pub fn new(tokenizer: Rc<Tokenizer>) -> Self {
        let outline = Outline::new(tokenizer.encoding().split);
        Self { tokenizer, settled: 0, tail: Vec::new(), outline, long: Default::default(), count: Some(0) }
    }

    /// Appends `text`.
    pub fn append(&mut self, text: &str) {
        #[cfg(feature = "own")]
        if self.tokenizer.own.is_some() {
            self.tail.extend_from_slice(text.as_bytes());
            self.count = None;
            return;
        }
        for char in text.chars() {
            self.push(char);
            if self.outline.is_crowded() {
                self.settle();
            }
        }
    }

    /// The number of tokens of the whole text.
    pub fn count(&mut self) -> usize {
        if let Some(count) = self.count {
            return count;
        }
        #[cfg(feature = "own")]
        if let Some(count) = self.count_wholly("") {
            self.count = Some(count);
            return count;
        }
        let pieces = self.settle();
        let count = self.settled + self.count_pieces(&pieces);
        self.count = Some(count);
        count
    }

    /// The number of tokens that the whole text would have with `more` appended.
    pub fn count_with(&mut self, more: &str) -> usize {
        #[cfg(feature = "own")]
        if let Some(count) = self.count_wholly(more) {
            return count;
        }
        let (outline, len, known) = (self.outline.clone(), self.tail.len(), self.count);
        more.chars().for_each(|char| self.push(char));
        let count = self.settled + self.count_pieces(&self.outline.pieces());
        self.tail.truncate(len);
        self.long.iter_mut().for_each(|long| long.truncate(len));
        self.outline = outline;
        self.count = known;
        count
    }

    /// The tokens of all that came and `more`, where the caller brought the tokenizer: what its pieces are is not known
    /// beforehand, so that each count is of the whole text.
    #[cfg(feature = "own")]
    fn count_wholly(&self, more: &str) -> Option<usize> {
        self.tokenizer.own.as_ref()?;
        let text = String::from_utf8([self.tail.as_slice(), more.as_bytes()].concat());
        Some(text.map_or(0, |text| self.tokenizer.count(&text)))
    }

    fn push(&mut self, char: char) {
        self.tail.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        self.outline.push(char, self.tail.len());
        self.count = None;
    }

    /// Counts the pieces that can't change any more, forgets them, and gives where the others end.
    fn settle(&mut self) -> Vec<usize> {
        let mut pieces = self.outline.pieces();
        let pending = pieces.split_off(pieces.len().saturating_sub(REACH));
        self.settled += self.count_pieces(&pieces);
        let len = pieces.last().copied().unwrap_or(0);
        if len > 0 {
            self.tail.drain(..len);
            self.outline.forget(len);
            self.long.iter_mut().for_each(|long| long.forget(len));
        }
        pending.into_iter().map(|end| end - len).collect()
    }

    /// The tokens of pieces that end at `ends`.
    fn count_pieces(&mut self, ends: &[usize]) -> usize {
        let mut start = 0;
        ends.iter().map(|end| self.count_piece(std::mem::replace(&mut start, *end), *end)).sum()
    }

    fn count_piece(&mut self, start: usize, end: usize) -> usize {
        let Self { tokenizer, tail, long, .. } = self;
        let Tokenizer { vocabulary, merger, .. } = &**tokenizer;
        let (mut merger, mut vocabulary) = (merger.borrow_mut(), vocabulary.borrow_mut());
        if end - start < long::LEAST {
            return merger.count(tail, start, end, &mut vocabulary);
        }
        // Of those that are of other pieces, the one that is cheapest to lose.
        let slot = long.iter_mut().min_by_key(|long| if long.starts_at(start) { 0 } else { 1 + long.len() });
        slot.map_or(0, |long| long.count(tail, start, end, &mut vocabulary, &mut merger))
    }
}

impl fmt::Debug for Growing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Growing")
            .field("tokenizer", &self.tokenizer)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}
