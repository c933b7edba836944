//! A buffer in the core's memory that JavaScript writes text into.

use std::str;

use trimtab_error::{Error, ErrorKind, Result};

/// Text above this size gives its memory back when it is done with; smaller buffers are kept for the next text.
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
    pub(super) fn with<T>(&mut self, len: usize, read: impl FnOnce(&str) -> T) -> Result<T> {
        let bytes = self.bytes.get(..len).unwrap_or_default();
        let text = str::from_utf8(bytes)
            .map_err(|error| Error::new(ErrorKind::InvalidText, format!("the text is not UTF-8: {error}")))?;
        let result = read(text);
        if self.bytes.len() > KEPT {
            self.bytes = Vec::new();
        }
        Ok(result)
    }
}
