//! The look-up tables of one encoding, expanded from its pack.

use hashbrown::HashTable;

use super::pack::Pack;
use crate::error::{Error, ErrorKind, Result};

/// No rank.
pub(super) const NONE: u32 = u32::MAX;

/// The token that two neighbours merge into, and the rank of a whole piece.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    byte_ranks: [u32; 256],
    /// Where each rank's bytes end in `text`; they start where the rank before ends.
    ends: Vec<u32>,
    text: Vec<u8>,
    by_text: HashTable<u32>,
}

/// More bytes than any token has.
const LONGEST: usize = 256;

impl Vocabulary {
    pub(crate) fn new(pack: Pack) -> Result<Self> {
        let Pack { text, ends, .. } = pack;
        let mut vocabulary =
            Self { byte_ranks: [NONE; 256], by_text: HashTable::with_capacity(ends.len()), ends, text };
        for rank in 0..vocabulary.ends.len() as u32 {
            vocabulary.add(rank);
        }
        if vocabulary.byte_ranks.contains(&NONE) { Err(invalid("a byte has no token")) } else { Ok(vocabulary) }
    }

    fn add(&mut self, rank: u32) {
        let Self { by_text, text, ends, byte_ranks } = self;
        let token = slice(text, ends, rank).unwrap_or_default();
        if token.is_empty() {
            return;
        }
        if let [byte] = token
            && let Some(slot) = byte_ranks.get_mut(usize::from(*byte))
        {
            *slot = rank;
        }
        by_text
            .insert_unique(hash_bytes(token), rank, |known| hash_bytes(slice(text, ends, *known).unwrap_or_default()));
    }

    /// The bytes of the token `rank`, or `None` where there is none.
    #[inline(always)]
    pub(crate) fn bytes(&self, rank: u32) -> Option<&[u8]> {
        slice(&self.text, &self.ends, rank).filter(|bytes| !bytes.is_empty())
    }

    /// The rank of a single byte.
    pub(crate) fn byte_rank(&self, byte: u8) -> u32 {
        self.byte_ranks.get(usize::from(byte)).copied().unwrap_or(NONE)
    }

    /// The rank that `left` and `right` merge into, or [`NONE`].
    #[inline(always)]
    pub(crate) fn merge(&self, left: u32, right: u32) -> u32 {
        let (left, right) = (self.bytes(left).unwrap_or_default(), self.bytes(right).unwrap_or_default());
        let mut both = [0; LONGEST];
        let Some(joined) = both.get_mut(..left.len() + right.len()) else { return NONE };
        let (start, end) = joined.split_at_mut(left.len());
        start.copy_from_slice(left);
        end.copy_from_slice(right);
        self.whole(joined).unwrap_or(NONE)
    }

    /// The rank whose bytes are the whole `piece`.
    #[inline(always)]
    pub(crate) fn whole(&self, piece: &[u8]) -> Option<u32> {
        self.by_text.find(hash_bytes(piece), |rank| self.bytes(*rank) == Some(piece)).copied()
    }
}

#[inline(always)]
fn span(ends: &[u32], rank: u32) -> Option<std::ops::Range<usize>> {
    let end = *ends.get(rank as usize)?;
    let start = match rank.checked_sub(1) {
        Some(before) => *ends.get(before as usize)?,
        None => 0,
    };
    Some(start as usize..end as usize)
}

#[inline(always)]
fn slice<'a>(text: &'a [u8], ends: &[u32], rank: u32) -> Option<&'a [u8]> {
    text.get(span(ends, rank)?)
}

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

fn finish(hash: u64) -> u64 {
    // hashbrown takes the bucket from the low bits and its tag from the high ones.
    hash ^ hash >> 32
}

#[inline(always)]
fn hash_bytes(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(MULTIPLIER);
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(bytes.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    finish(mix(hash, rest))
}

fn invalid(what: &str) -> Error {
    Error::new(ErrorKind::InvalidPack, format!("the vocabulary pack can't be used: {what}"))
}
