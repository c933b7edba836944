//! Tokens with their bytes, sorted by them: for each four bytes of its id, one of flags, two of its length, and its bytes.

use crate::pack::bytes::Bytes;
use crate::pack::invalid;
use trimtab_error::Result;

#[derive(Debug, Default)]
pub(super) struct List {
    text: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) id: u32,
    pub(super) flags: u8,
    start: u32,
    len: u16,
}

impl List {
    pub(super) fn read(section: &[u8]) -> Result<Self> {
        let mut list = Self::default();
        let mut rest = Bytes::new(section);
        while !rest.is_empty() {
            let id = rest.len("list of tokens")? as u32;
            let flags = rest.byte("list of tokens")?;
            let len = u16::from_le_bytes(rest.array("list of tokens")?);
            let bytes = rest.take(usize::from(len), "list of tokens")?;
            if len == 0 || list.entries.last().is_some_and(|last| list.bytes_of(last) >= bytes) {
                return Err(invalid("its list of tokens is not sorted"));
            }
            list.entries.push(Entry { id, flags, start: list.text.len() as u32, len });
            list.text.extend_from_slice(bytes);
        }
        Ok(list)
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = u32> {
        self.entries.iter().map(|entry| entry.id)
    }

    pub(super) fn bytes_of(&self, entry: &Entry) -> &[u8] {
        let start = entry.start as usize;
        self.text.get(start..start + usize::from(entry.len)).unwrap_or_default()
    }

    pub(super) fn bytes(&self, place: usize) -> Option<&[u8]> {
        self.entries.get(place).map(|entry| self.bytes_of(entry))
    }

    /// The id and flags of the token with these bytes.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<(u32, u8)> {
        let found = self.entries.binary_search_by(|entry| self.bytes_of(entry).cmp(bytes)).ok()?;
        self.entries.get(found).map(|entry| (entry.id, entry.flags))
    }

    /// The longest token that `text` starts with.
    pub(super) fn longest(&self, text: &[u8]) -> Option<&Entry> {
        let mut text = text;
        loop {
            let after = self.entries.partition_point(|entry| self.bytes_of(entry) <= text);
            let entry = self.entries.get(after.checked_sub(1)?)?;
            let token = self.bytes_of(entry);
            if text.starts_with(token) {
                return Some(entry);
            }
            // What is a prefix of the text and sorts before this token is a prefix of both.
            let shared = token.iter().zip(text).take_while(|(a, b)| a == b).count();
            text = text.get(..shared).filter(|shared| !shared.is_empty())?;
        }
    }
}
