//! What was chosen for segments that were written before: most of a prompt is what the last one was.

use super::Ask;
use trimtab_content::Kind;

/// The cheapest way found for a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The form's name.
    pub(crate) form: &'static str,
    /// The whole block.
    pub(crate) block: String,
    /// How many bytes of it are a header.
    pub(crate) head: usize,
    /// The tokens of the segment as it was.
    pub(crate) before: usize,
    /// The tokens of the block.
    pub(crate) after: usize,
}

impl Choice {
    /// The bytes that it takes to remember it, about.
    pub const fn size(&self) -> usize {
        self.block.len() + size_of::<Self>()
    }
}

/// All that a choice depends on, for one tokenizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The segment.
    pub source: &'a str,
    /// What it is.
    pub kind: Kind,
    /// Whether nothing of the result will be left out.
    pub all_stays: bool,
    /// Whether values that are said often may be named.
    pub dense: bool,
}

impl<'a> Asked<'a> {
    pub(crate) const fn new(source: &'a str, kind: Kind, ask: &Ask) -> Self {
        Self { source, kind, all_stays: ask.all_stays, dense: ask.dense }
    }
}

/// Remembers choices, as far as it likes to.
pub trait Memory {
    /// What was chosen: `Some(None)` where nothing was cheaper than the segment, `None` where that is not known.
    fn recall(&self, asked: &Asked<'_>) -> Option<Option<Choice>>;

    /// Takes in what was chosen.
    fn keep(&self, asked: &Asked<'_>, choice: Option<&Choice>);
}

/// Remembers nothing.
#[derive(Debug)]
pub struct Nothing;

impl Memory for Nothing {
    fn recall(&self, _: &Asked<'_>) -> Option<Option<Choice>> {
        None
    }

    fn keep(&self, _: &Asked<'_>, _: Option<&Choice>) {}
}
