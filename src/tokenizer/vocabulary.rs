//! The look-up tables of one encoding, expanded from its pack.

use hashbrown::HashTable;

use super::pack::{NONE, Pack};
use trimtab_error::{Error, ErrorKind, Result};

/// The token that two neighbours merge into, and the rank of a whole piece.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    byte_ranks: [u32; 256],
    /// Where each rank's bytes end in `text`; they start where the rank before ends.
    ends: Vec<u32>,
    text: Vec<u8>,
    pairs: Vec<(u32, u32)>,
    by_pair: HashTable<u32>,
    by_text: HashTable<u32>,
}

impl Vocabulary {
    pub(crate) fn new(pack: Pack) -> Result<Self> {
        let ranks = 256 + pack.pairs.len();
        let mut vocabulary = Self {
            byte_ranks: [NONE; 256],
            ends: Vec::with_capacity(ranks),
            text: Vec::with_capacity(ranks * 7),
            pairs: pack.pairs,
            by_pair: HashTable::with_capacity(ranks),
            by_text: HashTable::with_capacity(ranks),
        };
        vocabulary.add_bytes(&pack.bytes)?;
        vocabulary.add_pairs()?;
        Ok(vocabulary)
    }

    fn add_bytes(&mut self, bytes: &[u8; 256]) -> Result<()> {
        for (rank, byte) in (0u32..).zip(bytes) {
            if let Some(slot) = self.byte_ranks.get_mut(usize::from(*byte)) {
                *slot = rank;
            }
            self.text.push(*byte);
            self.end_rank(rank)?;
        }
        if self.byte_ranks.contains(&NONE) { Err(invalid("a byte has no token")) } else { Ok(()) }
    }

    fn add_pairs(&mut self) -> Result<()> {
        let pairs = std::mem::take(&mut self.pairs);
        for (rank, (left, right)) in (256u32..).zip(&pairs) {
            if (*left, *right) == (NONE, NONE) {
                self.ends.push(self.text.len() as u32);
                continue;
            }
            for part in [*left, *right] {
                let span = (part < rank).then(|| self.span(part)).flatten();
                let span = span.ok_or_else(|| invalid(&format!("rank {rank} is made of rank {part}")))?;
                self.text.extend_from_within(span);
            }
            self.end_rank(rank)?;
            self.by_pair.insert_unique(hash_pair(*left, *right), rank, |known| hash_known_pair(&pairs, *known));
        }
        self.pairs = pairs;
        Ok(())
    }

    fn end_rank(&mut self, rank: u32) -> Result<()> {
        let end = u32::try_from(self.text.len()).map_err(|_| invalid("its tokens are too long"))?;
        self.ends.push(end);
        let Self { by_text, text, ends, .. } = self;
        let hash = hash_bytes(slice(text, ends, rank).unwrap_or_default());
        by_text.insert_unique(hash, rank, |known| hash_bytes(slice(text, ends, *known).unwrap_or_default()));
        Ok(())
    }

    fn span(&self, rank: u32) -> Option<std::ops::Range<usize>> {
        span(&self.ends, rank)
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
        let is = |rank: &u32| self.pairs.get(*rank as usize - 256) == Some(&(left, right));
        self.by_pair.find(hash_pair(left, right), is).copied().unwrap_or(NONE)
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
fn hash_pair(left: u32, right: u32) -> u64 {
    finish((u64::from(left) << 32 | u64::from(right)).wrapping_mul(MULTIPLIER))
}

fn hash_known_pair(pairs: &[(u32, u32)], rank: u32) -> u64 {
    let (left, right) = pairs.get(rank as usize - 256).copied().unwrap_or((NONE, NONE));
    hash_pair(left, right)
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
