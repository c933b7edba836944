//! Reading from a byte slice, and appending short runs of bytes quickly.

use super::invalid;
use trimtab_error::Result;

/// What is left of a pack.
pub(crate) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next `len` bytes; `part` is what an error calls them.
    #[inline]
    pub(crate) fn take(&mut self, len: usize, part: &str) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len).ok_or_else(|| cut(part))?;
        self.0 = rest;
        Ok(taken)
    }

    #[inline]
    pub(crate) fn array<const N: usize>(&mut self, part: &str) -> Result<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk().ok_or_else(|| cut(part))?;
        self.0 = rest;
        Ok(*taken)
    }

    #[inline]
    pub(crate) fn byte(&mut self, part: &str) -> Result<u8> {
        let [byte] = self.array(part)?;
        Ok(byte)
    }

    pub(crate) fn len(&mut self, part: &str) -> Result<usize> {
        Ok(u32::from_le_bytes(self.array(part)?) as usize)
    }

    pub(crate) fn rest(self) -> &'a [u8] {
        self.0
    }

    pub(super) fn left(&self) -> usize {
        self.0.len()
    }

    #[cfg(feature = "own")]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cold]
fn cut(part: &str) -> trimtab_error::Error {
    invalid(&format!("its {part} is cut short"))
}

/// Bytes are copied by so many at once: most tokens are shorter, and a copy of fixed length is two instructions where
/// one of any length is a call.
const BLOCK: usize = 16;

/// Text that grows by short runs, kept [`BLOCK`] bytes longer than it is so that a run can be copied in whole blocks.
pub(super) struct Text {
    bytes: Vec<u8>,
    len: usize,
}

impl Text {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { bytes: vec![0; capacity + BLOCK], len: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Makes room for `len` more bytes.
    #[inline]
    fn reserve(&mut self, len: usize) {
        if self.len + len + BLOCK > self.bytes.len() {
            self.bytes.resize((self.len + len) * 2 + BLOCK, 0);
        }
    }

    /// Appends `len` bytes of `source` from `from` on; what lies beyond its end is not copied.
    #[inline]
    pub(super) fn append(&mut self, source: &[u8], from: usize, len: usize) {
        self.reserve(len);
        let block = source.get(from..).and_then(<[u8]>::first_chunk::<BLOCK>);
        match block {
            Some(block) if len <= BLOCK => self.put(self.len, *block),
            _ => self.append_long(source.get(from..from + len).unwrap_or_default()),
        }
        self.len += len;
    }

    fn append_long(&mut self, source: &[u8]) {
        if let Some(slot) = self.bytes.get_mut(self.len..self.len + source.len()) {
            slot.copy_from_slice(source);
        }
    }

    /// Appends `len` bytes of its own from `from` on, which must lie before its end.
    #[inline]
    pub(super) fn repeat(&mut self, from: usize, len: usize) {
        self.reserve(len);
        let mut done = 0;
        while done < len {
            let Some(block) = self.bytes.get(from + done..).and_then(<[u8]>::first_chunk::<BLOCK>) else { break };
            self.put(self.len + done, *block);
            done += BLOCK;
        }
        self.len += len;
    }

    #[inline]
    fn put(&mut self, at: usize, block: [u8; BLOCK]) {
        if let Some(slot) = self.bytes.get_mut(at..).and_then(<[u8]>::first_chunk_mut::<BLOCK>) {
            *slot = block;
        }
    }

    pub(super) fn into_vec(mut self) -> Vec<u8> {
        self.bytes.truncate(self.len);
        self.bytes
    }
}
