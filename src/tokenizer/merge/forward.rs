//! Merging of pieces of any length in linear time, from left to right: the longest token that fits to the one before.
//!
//! A sequence of tokens is the encoding of its bytes if and only if each two neighbours are the encoding of theirs, and the
//! bytes up to some place have one encoding. So what fits to a token depends on that token alone, and a place that was
//! reached and left again, because nothing fits there, need not be tried a second time.
//!
//! This is the backtracking of the crate `bpe` (github/rust-gems), without tables that are made in advance: they would take
//! longer than most texts take to count.

use super::Token;
use super::pairs::Pairs;
use super::prefixes::Prefixes;
use super::splits::{Span, Splits};
use crate::vocabulary::Vocabulary;

#[derive(Debug, Default)]
pub(crate) struct Forward {
    prefixes: Prefixes,
    splits: Splits,
    /// Where nothing fits, as a distance from the start.
    dead: Places,
}

/// The encoding of the bytes from `start` up to some place: `tokens` from `first` on.
pub(super) struct Chain<'a> {
    pub(super) tokens: &'a mut Vec<Token>,
    pub(super) first: usize,
    pub(super) start: usize,
}

impl Chain<'_> {
    fn pop(&mut self) {
        if self.tokens.len() > self.first {
            self.tokens.pop();
        }
    }

    /// The last of its tokens but `skip`.
    fn last(&self, skip: usize) -> Option<Token> {
        let place = self.tokens.len().checked_sub(skip + 1).filter(|place| *place >= self.first)?;
        self.tokens.get(place).copied()
    }

    /// Where the last of its tokens but `skip` ends.
    fn end(&self, skip: usize) -> usize {
        self.last(skip).map_or(self.start, |token| token.end as usize)
    }
}

impl Forward {
    /// Continues `chain` up to `end`.
    pub(super) fn complete(
        &mut self,
        text: &[u8],
        end: usize,
        (pairs, vocabulary): (&mut Pairs, &mut Vocabulary),
        mut chain: Chain<'_>,
    ) {
        let Self { prefixes, splits, dead } = self;
        let mut followers = Followers::default();
        dead.clear(end - chain.start);
        let mut most = usize::MAX;
        while chain.end(0) < end && !dead.has(0) {
            let (start, at) = (chain.end(1), chain.end(0));
            let last = chain.last(0).map(|Token { order, .. }| Span { order, start, end: at });
            let known = if most == usize::MAX { followers.after(last, text, (at, end)) } else { None };
            let next = match known {
                None => prefixes.longest(text, (at, end), most, vocabulary),
                Some(next) => Some((next.order, next.end)),
            };
            let Some((order, to)) = next else {
                // What ends here is left, and longer ones are tried as well: a window may not have seen where they end.
                dead.insert(at - chain.start);
                chain.pop();
                most = usize::MAX;
                continue;
            };
            let next = Span { order, start: at, end: to };
            if !dead.has(to - chain.start) && last.is_none_or(|last| splits.fit(text, last, next, (pairs, vocabulary)))
            {
                chain.tokens.push(Token { order, end: to as u32 });
                followers.note(last, next);
                most = usize::MAX;
            } else {
                most = if known.is_some() { end - at } else { to - at - 1 };
            }
        }
    }
}

/// What came after each token the last time: in a long run the same few tokens come again and again, and there may be a
/// hundred longer ones that do not fit. Any token may be tried first, since only one row of tokens fits from end to end.
#[derive(Debug, Default)]
struct Followers {
    places: [Option<(u32, Span)>; 32],
}

impl Followers {
    /// What followed `last`, where `text` goes on at `at` as it did then.
    fn after(&self, last: Option<Span>, text: &[u8], (at, end): (usize, usize)) -> Option<Span> {
        let order = last?.order;
        let (_, then) = (*self.places.get(order as usize % 32)?).filter(|(of, _)| *of == order)?;
        let to = at + (then.end - then.start);
        let goes_on = to <= end && text.get(at..to) == text.get(then.start..then.end);
        goes_on.then_some(Span { order: then.order, start: at, end: to })
    }

    fn note(&mut self, last: Option<Span>, next: Span) {
        if let Some(last) = last
            && let Some(place) = self.places.get_mut(last.order as usize % 32)
        {
            *place = Some((last.order, next));
        }
    }
}

/// A set of numbers.
#[derive(Debug, Default)]
struct Places {
    words: Vec<u64>,
}

impl Places {
    /// Makes it empty, with room for numbers up to `most`.
    fn clear(&mut self, most: usize) {
        self.words.clear();
        self.words.resize(most / 64 + 1, 0);
    }

    fn has(&self, place: usize) -> bool {
        self.words.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    fn insert(&mut self, place: usize) {
        if let Some(word) = self.words.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }
}
