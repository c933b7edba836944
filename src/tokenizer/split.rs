//! Cuts a text into chunks of at most so many tokens.

use std::ops::Range;

use trimtab_error::{Error, ErrorKind, Result};

use crate::{CountTokens, Tokenizer};

impl Tokenizer {
    /// Cuts `text` into chunks that count at most `tokens` tokens each when they are counted alone, and of which each starts
    /// with at most `overlap` tokens of the end of the one before. Without overlap they are the text, one after the other.
    ///
    /// Chunks end where a token of the text ends. A character is never cut: where tokens cut one, the chunk ends before it. A
    /// chunk may have fewer tokens than it may, because what is cut in the midst of a word or a number may be split in
    /// another way when it stands alone; and where no token ends in time, it ends with a character.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] where `overlap` is not below `tokens`, and [`ErrorKind::BudgetTooSmall`] where a single
    /// character of the text has more than `tokens`.
    pub fn split(&self, text: &str, tokens: usize, overlap: usize) -> Result<Vec<Range<usize>>> {
        if overlap >= tokens {
            let message = format!("chunks of {tokens} tokens can't overlap by {overlap}: it has to be less");
            return Err(Error::new(ErrorKind::InvalidInput, message));
        }
        let cuts = Cuts { tokenizer: self, text, ends: self.token_ends(text)?, tokens };
        let mut chunks: Vec<Range<usize>> = Vec::new();
        while chunks.last().map_or(0, |last| last.end) < text.len() {
            let next = cuts.next(chunks.last(), overlap).ok_or_else(|| self.too_small(text, tokens))?;
            chunks.push(next);
        }
        Ok(chunks)
    }

    /// Where each token of `text` ends.
    fn token_ends(&self, text: &str) -> Result<Vec<u32>> {
        #[cfg(feature = "own")]
        if let Some(own) = &self.own {
            return own.token_ends(text, &mut self.vocabulary.borrow_mut(), &mut self.merger.borrow_mut());
        }
        let text = text.as_bytes();
        let mut ends = Vec::with_capacity(text.len() / 4);
        let (mut merger, mut vocabulary) = (self.merger.borrow_mut(), self.vocabulary.borrow_mut());
        let mut start = 0;
        while start < text.len() {
            let end = self.encoding.split.piece_end(text, start);
            ends.extend(merger.tokens(text, start, end, &mut vocabulary).iter().map(|token| token.end));
            start = end;
        }
        Ok(ends)
    }

    fn too_small(&self, text: &str, tokens: usize) -> Error {
        let mut buffer = [0; 4];
        let most = text.chars().map(|char| self.count(char.encode_utf8(&mut buffer))).max();
        Error::budget_too_small(tokens as u64, most.unwrap_or(1) as u64)
    }
}

/// Where a text may be cut.
struct Cuts<'a> {
    tokenizer: &'a Tokenizer,
    text: &'a str,
    ends: Vec<u32>,
    tokens: usize,
}

impl Cuts<'_> {
    /// The chunk after `last`, or `None` where a character is too large.
    fn next(&self, last: Option<&Range<usize>>, overlap: usize) -> Option<Range<usize>> {
        let (before, done) = last.map_or((0, 0), |last| (last.start, last.end));
        let known = self.index(done);
        // What overlaps may leave too little room for anything new: then less of it does.
        for index in known.saturating_sub(overlap)..known {
            let start = self.end(index.wrapping_sub(1));
            if start > before && start < done && self.text.is_char_boundary(start) {
                let end = self.chunk_end(start).filter(|end| *end > done);
                if let Some(end) = end {
                    return Some(start..end);
                }
            }
        }
        self.chunk_end(done).map(|end| done..end)
    }

    /// Where the chunk that starts at `start` ends.
    fn chunk_end(&self, start: usize) -> Option<usize> {
        let first = self.index(start);
        let mut last = (first + self.tokens).min(self.ends.len());
        while last > first {
            let end = self.end(last - 1);
            let mut back = 1;
            if self.text.is_char_boundary(end) {
                let count = self.count(start, end);
                if count <= self.tokens {
                    return Some(end);
                }
                back = (count - self.tokens).min((last - first).div_ceil(2));
            }
            last -= back;
        }
        self.longest_of_characters(start)
    }

    /// The longest run of characters from `start` that is small enough, where no token ends in time.
    fn longest_of_characters(&self, start: usize) -> Option<usize> {
        let rest = self.text.get(start..)?;
        let ends = rest.char_indices().map(|(at, char)| start + at + char.len_utf8());
        ends.take_while(|end| self.count(start, *end) <= self.tokens).last()
    }

    fn count(&self, start: usize, end: usize) -> usize {
        self.tokenizer.count(self.text.get(start..end).unwrap_or_default())
    }

    /// How many tokens end at `at` or before.
    fn index(&self, at: usize) -> usize {
        self.ends.partition_point(|end| *end as usize <= at)
    }

    /// Where the token at `index` ends; 0 before the first.
    fn end(&self, index: usize) -> usize {
        self.ends.get(index).map_or(0, |end| *end as usize)
    }
}
