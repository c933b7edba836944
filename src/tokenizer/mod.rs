//! Exact token counts and ids, equal to `tiktoken`'s.

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
