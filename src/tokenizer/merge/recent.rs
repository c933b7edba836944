//! How many tokens the pieces of late had: names and terms come again within a text.

use crate::tables::{Key, SHORT, hash};

/// The longest piece that is kept: with its length and count it fills one line of a processor's cache.
const BITS: u32 = 13;
const LONGEST: usize = 62;
const ENTRIES: usize = 1 << BITS;

#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Entry {
    len: u8,
    count: u8,
    bytes: [u8; LONGEST],
}

/// A piece has one place, which the latest takes.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    entries: Vec<Entry>,
}

impl Recent {
    /// How many tokens `piece` had.
    #[inline(always)]
    pub(crate) fn find(&self, piece: &[u8]) -> Option<usize> {
        let entry = self.entries.get(place(piece))?;
        let is_same = usize::from(entry.len) == piece.len() && entry.bytes.get(..piece.len())? == piece;
        is_same.then_some(usize::from(entry.count))
    }

    /// Keeps how many tokens `piece` has.
    pub(crate) fn keep(&mut self, piece: &[u8], count: usize) {
        if piece.len() > LONGEST {
            return;
        }
        if self.entries.is_empty() {
            self.entries = vec![Entry { len: 0, count: 0, bytes: [0; LONGEST] }; ENTRIES];
        }
        let Some(entry) = self.entries.get_mut(place(piece)) else { return };
        entry.len = piece.len() as u8;
        entry.count = count as u8;
        if let Some(bytes) = entry.bytes.get_mut(..piece.len()) {
            bytes.copy_from_slice(piece);
        }
    }
}

#[inline(always)]
fn place(piece: &[u8]) -> usize {
    let hash = if piece.len() <= SHORT { Key::at(piece, 0, piece.len()).hash() } else { hash(piece) };
    (hash >> (64 - BITS)) as usize
}
