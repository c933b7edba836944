//! The look-up tables of one vocabulary.

use trimtab_error::{Error, ErrorKind, Result};

use crate::pack::Pack;
use crate::tables::{Filter, Key, Long, NONE, SHORT, Short};

/// Tokens are known by their order: of two that could be made by merging, the lower is made first.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    text: Vec<u8>,
    /// Where each token's bytes end in `text`; they start where those of the one before end.
    ends: Vec<u32>,
    short: Short,
    long: Long,
    filter: Filter,
    longest: usize,
    has_ids: bool,
    has_numbers: bool,
}

/// Keeps an order in 25 bits, which is what merging has for it.
const MOST_TOKENS: usize = 1 << 24;
/// Tokens that one call adds. A runtime that starts with a quick compiler changes to a good one between calls, not within.
const AT_ONCE: u32 = 2048;

impl Vocabulary {
    /// Builds the tables of the tokens of `pack`, each of which has to be its own encoding.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPack`] where a byte has no token, or its tokens are out of place.
    pub(crate) fn new(pack: Pack) -> Result<Self> {
        let Pack { text, ends, ids } = pack;
        let mut before = 0;
        let (mut shorts, mut longest) = (0, 0);
        for end in &ends {
            let len = end.checked_sub(before).ok_or_else(|| invalid("its tokens are out of place"))? as usize;
            shorts += usize::from(len <= SHORT);
            longest = longest.max(len);
            before = *end;
        }
        if before as usize != text.len() || ends.len() >= MOST_TOKENS {
            return Err(invalid("its tokens are out of place"));
        }
        let (short, long) = (Short::for_entries(shorts), Long::for_entries(ends.len() - shorts));
        let filter = Filter::for_entries(shorts);
        let mut vocabulary = Self { text, ends, short, long, filter, longest, has_ids: ids, has_numbers: false };
        vocabulary.add_all();
        vocabulary.check()?;
        Ok(vocabulary)
    }

    fn add_all(&mut self) {
        let count = self.ends.len() as u32;
        let mut from = 0;
        while from < count {
            let to = count.min(from + AT_ONCE);
            self.add(from, to);
            from = to;
        }
    }

    #[inline(never)]
    fn add(&mut self, from: u32, to: u32) {
        let Self { text, ends, short, long, filter, .. } = self;
        let mut start = from.checked_sub(1).and_then(|before| ends.get(before as usize)).map_or(0, |end| *end as usize);
        for order in from..to {
            let end = ends.get(order as usize).map_or(start, |end| *end as usize);
            match end - start {
                0 => {}
                len @ 1..=SHORT => {
                    let key = Key::at(text, start, len);
                    let hash = key.hash();
                    short.insert(key, hash, order);
                    filter.insert(hash);
                }
                _ => long.insert(text.get(start..end).unwrap_or_default(), order, |order| slice(text, ends, order)),
            }
            start = end;
        }
    }

    fn check(&mut self) -> Result<()> {
        if (0..=u8::MAX).any(|byte| self.whole(&[byte]) == NONE) {
            return Err(invalid("a byte has no token"));
        }
        Ok(())
    }

    /// Whether orders are token ids.
    pub(crate) fn has_ids(&self) -> bool {
        self.has_ids
    }

    /// How many tokens there are, gaps included.
    pub(crate) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// The bytes of a token; none where there is no such token.
    pub(crate) fn bytes(&self, order: u32) -> &[u8] {
        slice(&self.text, &self.ends, order)
    }

    /// The order of the token whose bytes are all of `piece`, or [`NONE`].
    pub(crate) fn whole(&self, piece: &[u8]) -> u32 {
        self.piece(piece, 0, piece.len())
    }

    /// The order of the token whose bytes are those of `text` from `start` to `end`, or [`NONE`].
    #[inline(always)]
    pub(crate) fn piece(&self, text: &[u8], start: usize, end: usize) -> u32 {
        if end - start <= SHORT {
            let key = Key::at(text, start, end - start);
            return self.short.find(key, key.hash());
        }
        self.long_span(text, start, end)
    }

    /// Whether every number of up to three ASCII digits is a token.
    #[inline(always)]
    pub(crate) fn has_numbers(&self) -> bool {
        self.has_numbers
    }

    /// Whether the piece of `text` from `start` to `end` is one byte, or a number where all numbers of so many digits are
    /// tokens: what needs no look.
    #[inline(always)]
    pub(crate) fn surely_is_token(&self, text: &[u8], start: usize, end: usize) -> bool {
        let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
        end - start == 1 || self.has_numbers && end - start <= 3 && is_digit(start) && is_digit(end - 1)
    }

    /// Whether the bytes of `text` from `start` to `end` are a token, where one look can tell.
    #[inline(always)]
    pub(crate) fn surely_has(&self, text: &[u8], start: usize, end: usize) -> bool {
        let len = end - start;
        let key = Key::at(text, start, len.min(SHORT));
        len <= SHORT && self.short.has_at_home(key, key.hash())
    }

    /// As [`Self::piece`], for spans that are mostly no token.
    #[inline(always)]
    pub(crate) fn span(&self, text: &[u8], start: usize, end: usize) -> u32 {
        if end - start <= SHORT {
            let key = Key::at(text, start, end - start);
            let hash = key.hash();
            return if self.filter.may_have(hash) { self.short.find(key, hash) } else { NONE };
        }
        self.long_span(text, start, end)
    }

    #[inline(never)]
    fn long_span(&self, text: &[u8], start: usize, end: usize) -> u32 {
        if end - start > self.longest {
            return NONE;
        }
        let bytes = text.get(start..end).unwrap_or_default();
        self.long.find(bytes, |order| slice(&self.text, &self.ends, order))
    }
}

#[inline(always)]
fn slice<'a>(text: &'a [u8], ends: &[u32], order: u32) -> &'a [u8] {
    let end = |order: u32| ends.get(order as usize).map(|end| *end as usize);
    let start = order.checked_sub(1).map_or(Some(0), end);
    start.zip(end(order)).and_then(|(start, end)| text.get(start..end)).unwrap_or_default()
}

fn invalid(what: &str) -> Error {
    Error::new(ErrorKind::InvalidPack, format!("the vocabulary pack can't be used: {what}"))
}
