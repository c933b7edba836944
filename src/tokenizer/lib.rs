//! Exact token counts and ids, equal to `tiktoken`'s.

mod batch;
#[cfg(feature = "js")]
pub mod bindings;
mod chunk;
mod encodings;
mod growing;
mod lanes;
mod merge;
mod models;
#[cfg(feature = "own")]
mod own;
pub mod pack;
mod pretokenize;
mod specials;
mod split;
mod tables;
mod unicode;
mod vocabulary;

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use batch::Batch;
use lanes::IN_BLOCKS;
use merge::Merger;
use pretokenize::{Piece, Split, Splitter, Starts, starts};
use tables::NONE;
use trimtab_error::{Error, ErrorKind, Result};
use vocabulary::Vocabulary;

pub use encodings::{ENCODINGS, Encoding, encoding};
pub use growing::Growing;
pub use models::{counts_elsewhere, encoding_for_model};
pub use specials::{Names, Specials};

/// Counts the tokens of a text.
///
/// The rooms above see tokens only through this trait, so that their tests can count in their own way.
pub trait CountTokens {
    /// The number of tokens in `text`, special tokens' names counted as plain text.
    fn count(&self, text: &str) -> usize;

    /// The number of tokens in `text`, or `None` as soon as it is known to be above `limit`.
    fn count_up_to(&self, text: &str, limit: usize) -> Option<usize> {
        Some(self.count(text)).filter(|count| *count <= limit)
    }
}

/// The tokenizer of one encoding.
///
/// The names of special tokens in a text are plain text, as they are for whoever writes a prompt.
pub struct Tokenizer {
    encoding: &'static Encoding,
    vocabulary: RefCell<Vocabulary>,
    merger: RefCell<Merger>,
    #[cfg(feature = "own")]
    own: Option<Box<own::Own>>,
}

impl Tokenizer {
    /// Builds the tables of `encoding` from its pack, full or for counting only.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPack`], naming the part that is wrong.
    pub fn new<'a>(encoding: &'static Encoding, pack: impl Into<Cow<'a, [u8]>>) -> Result<Self> {
        let vocabulary = RefCell::new(Vocabulary::open(pack::Opened::open(pack.into())?)?);
        Ok(Self {
            encoding,
            vocabulary,
            merger: RefCell::default(),
            #[cfg(feature = "own")]
            own: None,
        })
    }

    /// Builds a tokenizer that the caller brings, from a pack with all of it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPack`], naming the part that is wrong.
    #[cfg(feature = "own")]
    pub fn own(pack: &[u8]) -> Result<Self> {
        let (own, vocabulary) = own::Own::read(pack)?;
        let vocabulary = RefCell::new(vocabulary);
        Ok(Self { encoding: &encodings::OWN, vocabulary, merger: RefCell::default(), own: Some(Box::new(own)) })
    }

    /// The name of its encoding; for a tokenizer that the caller brought, one that no other has.
    pub fn name(&self) -> &str {
        #[cfg(feature = "own")]
        if let Some(own) = &self.own {
            return own.name();
        }
        self.encoding.name
    }

    /// The encoding it counts with.
    pub fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    /// The token ids of `text`.
    ///
    /// # Errors
    /// [`ErrorKind::PackUnavailable`] where the pack is for counting only.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>> {
        #[cfg(feature = "own")]
        if let Some(own) = &self.own {
            return Ok(own.encode(text, &mut self.vocabulary.borrow_mut(), &mut self.merger.borrow_mut()));
        }
        self.require_ids()?;
        let text = text.as_bytes();
        // English has about four bytes to a token.
        let mut ids = Vec::with_capacity(text.len() / 4);
        let (mut merger, mut vocabulary) = (self.merger.borrow_mut(), self.vocabulary.borrow_mut());
        self.each_piece(text, |start, end| {
            let whole = vocabulary.piece(text, start, end);
            if whole != NONE {
                ids.push(whole);
                return true;
            }
            ids.extend(merger.tokens(text, start, end, &mut vocabulary).iter().map(|token| token.order));
            true
        });
        Ok(ids)
    }

    /// The bytes of `ids`, which need not be UTF-8 where a character is cut.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidToken`], naming the first id that the encoding does not have, and
    /// [`ErrorKind::PackUnavailable`] where the pack is for counting only.
    pub fn decode(&self, ids: &[u32]) -> Result<Vec<u8>> {
        self.require_ids()?;
        let mut bytes = Vec::with_capacity(ids.len() * 4);
        let vocabulary = self.vocabulary.borrow();
        #[cfg(feature = "own")]
        if let Some(own) = &self.own {
            ids.iter().try_for_each(|id| own.decode(*id, &vocabulary, &mut bytes))?;
            return Ok(bytes);
        }
        for id in ids {
            match vocabulary.bytes(*id) {
                [] => bytes.extend_from_slice(self.special(*id)?.as_bytes()),
                token => bytes.extend_from_slice(token),
            }
        }
        Ok(bytes)
    }

    fn require_ids(&self) -> Result<()> {
        if self.vocabulary.borrow().has_ids() {
            return Ok(());
        }
        let name = self.encoding.name;
        let message =
            format!("the vocabulary of {name} that was loaded is for counting only and has no ids: load the full one");
        Err(Error::new(ErrorKind::PackUnavailable, message))
    }

    fn special(&self, id: u32) -> Result<Cow<'static, str>> {
        let Encoding { name, specials, .. } = self.encoding;
        let special = specials.iter().find(|(_, special)| *special == id).map(|(name, _)| Cow::Borrowed(*name));
        let unnamed = || self.encoding.reserved_name(id).map(Cow::Owned);
        let unknown = || Error::new(ErrorKind::InvalidToken, format!("{name} has no token with the id {id}"));
        special.or_else(unnamed).ok_or_else(unknown)
    }

    /// Calls `visit` with where each piece starts and ends, until it says to stop.
    #[inline(always)]
    fn each_piece(&self, text: &[u8], visit: impl FnMut(usize, usize) -> bool) {
        match self.encoding.split {
            Split::O200k => each_piece::<pretokenize::O200k>(text, visit),
            Split::Cl100k => each_piece::<pretokenize::Cl100k>(text, visit),
            Split::R50k => each_piece::<pretokenize::R50k>(text, visit),
        }
    }

    /// The number of tokens in `text`, or more than `limit` where it stopped.
    fn count_until(&self, text: &str, limit: usize) -> usize {
        #[cfg(feature = "own")]
        if let Some(own) = &self.own {
            return own.count(text, limit, &mut self.vocabulary.borrow_mut(), &mut self.merger.borrow_mut());
        }
        let text = text.as_bytes();
        match self.encoding.split {
            Split::O200k => self.count_pieces::<pretokenize::O200k>(text, limit),
            Split::Cl100k => self.count_pieces::<pretokenize::Cl100k>(text, limit),
            Split::R50k => self.count_pieces::<pretokenize::R50k>(text, limit),
        }
    }

    /// Counts the pieces of a block that need no look, puts the others into `batch`, and goes on to the last.
    #[inline(always)]
    fn count_block(has_numbers: bool, start: &mut usize, starts: Starts, batch: &mut Batch) -> usize {
        let last = 63 - starts.all.leading_zeros();
        let complete = starts.all & !(1 << last);
        let single = complete & starts.all >> 1;
        let known = if has_numbers { single | complete & starts.digits } else { single };
        let mut unknown = complete & !known;
        while unknown != 0 {
            let from = unknown.trailing_zeros();
            let to = (starts.all >> from >> 1).trailing_zeros() + from + 1;
            batch.push(*start + from as usize, *start + to as usize);
            unknown &= unknown - 1;
        }
        *start += last as usize;
        known.count_ones() as usize
    }

    #[inline(always)]
    fn count_pieces<S: Splitter>(&self, text: &[u8], limit: usize) -> usize {
        let (merger, vocabulary) = (&mut *self.merger.borrow_mut(), &mut *self.vocabulary.borrow_mut());
        let mut batch = Batch::new();
        let (mut count, mut start) = (0, 0);
        while start < text.len() && count <= limit {
            if IN_BLOCKS
                && starts_ascii(text, start)
                && let Some(rules) = S::BLOCKS
            {
                let starts = starts(text, start, rules);
                count += Self::count_block(vocabulary.has_numbers(), &mut start, starts, &mut batch);
                if starts.all > 1 {
                    if batch.is_nearly_full() {
                        count += batch.count(text, vocabulary, merger);
                    }
                    continue;
                }
            }
            let Piece { end, is_ascii } = S::piece(text, start);
            if vocabulary.surely_is_token(text, start, end) {
                count += 1;
                start = end;
            }
            while start < end {
                let to = if is_ascii { end } else { merger.island(text, start, end, vocabulary) };
                batch.push(start, to);
                start = to;
                if batch.is_nearly_full() {
                    count += batch.count(text, vocabulary, merger);
                }
            }
        }
        count + batch.count(text, vocabulary, merger)
    }
}

/// Whether the next two bytes are ASCII: where they are not, a block has no piece that is decided.
#[inline(always)]
fn starts_ascii(text: &[u8], start: usize) -> bool {
    text.get(start..).and_then(<[u8]>::first_chunk).is_some_and(|next: &[u8; 2]| next.is_ascii())
}

#[inline(always)]
fn each_piece<S: Splitter>(text: &[u8], mut visit: impl FnMut(usize, usize) -> bool) {
    let mut start = 0;
    while start < text.len() {
        let Piece { end, .. } = S::piece(text, start);
        if end <= start || !visit(start, end) {
            return;
        }
        start = end;
    }
}

impl CountTokens for Tokenizer {
    fn count(&self, text: &str) -> usize {
        self.count_until(text, usize::MAX)
    }

    fn count_up_to(&self, text: &str, limit: usize) -> Option<usize> {
        let count = self.count_until(text, limit);
        (count <= limit).then_some(count)
    }
}

impl fmt::Debug for Tokenizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokenizer").field("encoding", &self.name()).finish_non_exhaustive()
    }
}
