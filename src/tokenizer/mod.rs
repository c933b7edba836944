//! Exact token counts and ids, equal to `tiktoken`'s.

mod bpe;
mod encodings;
mod models;
pub mod pack;
mod pretokenize;
mod unicode;
mod vocabulary;

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use crate::error::{Error, ErrorKind, Result};
use bpe::Merger;
use vocabulary::Vocabulary;

pub use encodings::{ENCODINGS, Encoding, encoding};
pub use models::encoding_for_model;

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
    vocabulary: Vocabulary,
    merger: RefCell<Merger>,
}

impl Tokenizer {
    /// Builds the tables of `encoding` from its pack, as it is or compressed with deflate.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPack`], naming the part that is wrong.
    pub fn new(encoding: &'static Encoding, pack: &[u8]) -> Result<Self> {
        let vocabulary = Vocabulary::new(pack::Pack::read(&inflated(pack)?)?)?;
        Ok(Self { encoding, vocabulary, merger: RefCell::default() })
    }

    /// The encoding it counts with.
    pub fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    /// The token ids of `text`.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        // English has about four bytes to a token.
        let mut ids = Vec::with_capacity(text.len() / 4);
        self.each_piece(text, |tokens| {
            ids.extend_from_slice(tokens);
            true
        });
        ids
    }

    /// The bytes of `ids`, which need not be UTF-8 where a character is cut.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidToken`], naming the first id that the encoding does not have.
    pub fn decode(&self, ids: &[u32]) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(ids.len() * 4);
        for id in ids {
            match self.vocabulary.bytes(*id) {
                Some(token) => bytes.extend_from_slice(token),
                None => bytes.extend_from_slice(self.special(*id)?.as_bytes()),
            }
        }
        Ok(bytes)
    }

    fn special(&self, id: u32) -> Result<Cow<'static, str>> {
        let Encoding { name, specials, reserved, .. } = self.encoding;
        let special = specials.iter().find(|(_, special)| *special == id).map(|(name, _)| Cow::Borrowed(*name));
        let unnamed = || reserved.contains(&id).then(|| Cow::Owned(format!("<|reserved_{id}|>")));
        let unknown = || Error::new(ErrorKind::InvalidToken, format!("{name} has no token with the id {id}"));
        special.or_else(unnamed).ok_or_else(unknown)
    }

    /// Calls `visit` with the tokens of each piece, until it says to stop.
    fn each_piece(&self, text: &str, mut visit: impl FnMut(&[u32]) -> bool) {
        let bytes = text.as_bytes();
        let mut start = 0;
        let mut merger = self.merger.borrow_mut();
        while start < bytes.len() {
            let end = (self.encoding.split)(bytes, start);
            let piece = bytes.get(start..end).unwrap_or_default();
            let go_on = match self.vocabulary.whole(piece) {
                Some(rank) => visit(&[rank]),
                None => visit(merger.merge(piece, &self.vocabulary)),
            };
            if !go_on || end <= start {
                return;
            }
            start = end;
        }
    }
}

/// No pack is anywhere near: a corrupt length must not ask for gigabytes.
const LARGEST_PACK: usize = 64 << 20;

fn inflated(pack: &[u8]) -> Result<Cow<'_, [u8]>> {
    if pack.starts_with(pack::MAGIC) {
        return Ok(Cow::Borrowed(pack));
    }
    let raw = miniz_oxide::inflate::decompress_to_vec_with_limit(pack, LARGEST_PACK);
    let corrupt =
        || Error::new(ErrorKind::InvalidPack, "the vocabulary pack's compressed data is corrupt or cut short");
    raw.map(Cow::Owned).map_err(|_| corrupt())
}

impl CountTokens for Tokenizer {
    fn count(&self, text: &str) -> usize {
        let mut count = 0;
        self.each_piece(text, |tokens| {
            count += tokens.len();
            true
        });
        count
    }

    fn count_up_to(&self, text: &str, limit: usize) -> Option<usize> {
        let mut count = 0;
        self.each_piece(text, |tokens| {
            count += tokens.len();
            count <= limit
        });
        (count <= limit).then_some(count)
    }
}

impl fmt::Debug for Tokenizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokenizer").field("encoding", &self.encoding.name).finish_non_exhaustive()
    }
}
