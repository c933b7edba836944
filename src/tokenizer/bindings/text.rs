//! A buffer in the module's memory that JavaScript writes text into.

use std::borrow::Cow;

use trimtab_error::{Error, ErrorKind, Result};

/// Text above this size gives its memory back when it is done with; smaller buffers are kept for the next text. JavaScript
/// keeps its view of a kept buffer, so the two sides have to agree on this number.
const KEPT: usize = 1 << 20;

#[derive(Debug, Default)]
pub(super) struct TextBuffer {
    bytes: Vec<u8>,
}

impl TextBuffer {
    /// Makes room for `len` bytes, keeping what was written, and gives the address.
    pub(super) fn reserve(&mut self, len: usize) -> Result<*const u8> {
        let more = len.saturating_sub(self.bytes.len());
        self.bytes
            .try_reserve(more)
            .map_err(|_| Error::new(ErrorKind::OutOfMemory, format!("there is no memory for a text of {len} bytes")))?;
        if more > 0 {
            self.bytes.resize(len, 0);
        }
        Ok(self.bytes.as_ptr())
    }

    /// Reads the first `len` bytes as text, and then forgets them if they are many.
    ///
    /// What JavaScript encodes is UTF-8; should it not be, U+FFFD stands for what is not.
    pub(super) fn with<T>(&mut self, len: usize, read: impl FnOnce(&str) -> T) -> T {
        let bytes = self.bytes.get(..len).unwrap_or_default();
        let result = read(&text(bytes));
        if self.bytes.len() > KEPT {
            self.bytes = Vec::new();
        }
        result
    }
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}
