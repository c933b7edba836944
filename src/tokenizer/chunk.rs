//! Sixteen bytes of a text at once.

/// How many bytes a [`Chunk`] has.
pub(crate) const WIDTH: usize = 16;

/// Bytes of a text from some place on; zeros where the text is over.
pub(crate) type Chunk = [u8; WIDTH];

/// The chunk of `text` at `at`.
#[inline(always)]
pub(crate) fn chunk_at(text: &[u8], at: usize) -> Chunk {
    let rest = text.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(chunk) => *chunk,
        None => padded(rest),
    }
}

/// Byte by byte: for less than a chunk, calling `memcpy` is dearer.
#[cold]
fn padded(rest: &[u8]) -> Chunk {
    let mut chunk = [0; WIDTH];
    chunk.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    chunk
}
