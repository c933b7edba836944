//! What is kept under a hard budget, and how the rest is brought back.
//!
//! [`units`] cuts parts into what is kept or dropped whole, `relevance` orders them, [`fill`] keeps as many as the
//! budget holds, [`render`] writes them down with omission markers, and a [`Record`] brings back what was left out.
//! The budget is counted on the final text, never estimated.

mod auto;
mod choose;
mod digest;
mod draft;
mod fill;
mod instructions;
mod interest;
mod kept;
mod load;
mod marker;
mod outline;
mod record;
mod render;
mod survey;
mod tier;
mod units;

use std::ops::Range;

use crate::codec::codec;
use crate::content::Kind;
pub use auto::{Asker, Auto, Texture};
pub use choose::select;
pub use load::{Step, load};
pub use marker::{GAP, marker_ids};
pub use record::{Record, Restored};
pub use survey::{Surveyed, survey};
pub use tier::Tier;

/// One document, message or string of the input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// The text, after the lossless forms.
    pub text: String,
    /// Where a document's title line stands in the text; it stays with any sentence that does not name it.
    pub title: Option<Range<usize>>,
    /// What the joined text puts before the part, such as `user: `.
    pub label: String,
    /// Keeps the part whole whatever the budget: instructions, system messages.
    pub pinned: bool,
    /// What the text is made of; stretches that no block covers are prose.
    pub blocks: Vec<Block>,
}

/// A stretch of a part that is cut in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in the part's text.
    pub span: Range<usize>,
    /// How it is cut.
    pub kind: BlockKind,
    /// How many bytes at its start explain its lines and stay if any of them stays.
    pub head: usize,
}

/// How a block is cut into units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Sentences; lines of the shape `Name: text` are read as turns of a conversation.
    Prose,
    /// Lines: logs, tables, lists.
    Lines,
    /// Chunks between blank lines: what is opaque.
    Whole,
    /// Pieces with their roles, where the kind has an outline.
    Outline(Kind),
}

/// What to keep, and how much of it.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// What the model will be asked.
    pub query: Option<&'a str>,
    /// What the model has already; it is not said twice.
    pub context: &'a [String],
    /// Literal strings: a unit that holds one is never dropped.
    pub keep: &'a [String],
    /// How much to keep.
    pub goal: Goal,
    /// Hashes of the terms that this reader asks about often, in order: of two units that matter alike, the one about
    /// them goes first.
    pub interests: &'a [u64],
}

/// How much to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// As much as this many tokens hold.
    Budget(usize),
    /// The share of a tier.
    Tier(Tier),
    /// The share of a tier, and never above this many tokens.
    TierWithin(Tier, usize),
    /// The share of the tier that the content, the task and the reader call for.
    Auto(Asker),
}

impl Goal {
    /// The most tokens that the text may have.
    pub const fn budget(self) -> Option<usize> {
        match self {
            Self::Budget(budget) | Self::TierWithin(_, budget) => Some(budget),
            Self::Tier(_) | Self::Auto(_) => None,
        }
    }

    /// The same with so many tokens less in the budget.
    #[must_use]
    pub const fn less(self, tokens: usize) -> Self {
        match self {
            Self::Budget(budget) => Self::Budget(budget.saturating_sub(tokens)),
            Self::TierWithin(tier, budget) => Self::TierWithin(tier, budget.saturating_sub(tokens)),
            Self::Tier(_) | Self::Auto(_) => self,
        }
    }
}

/// What was kept, and what was not.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// The parts as written, one for each part of the input; a part that was dropped whole is empty.
    pub parts: Vec<String>,
    /// All parts with their labels, joined by a blank line: the text that the budget holds for.
    pub text: String,
    /// The tokens of `text`, counted.
    pub tokens: usize,
    /// The tier that was asked for, or the one that the size comes to.
    pub tier: Tier,
    /// What was left out, in order.
    pub omitted: Vec<Omission>,
    /// Brings back what was left out; `None` when nothing was.
    pub record: Option<Record>,
    /// Why units were kept, counted.
    pub reasons: Reasons,
    /// Why the most valuable of them were kept.
    pub why: Vec<Why>,
    /// Why this tier, where it was chosen here.
    pub auto: Option<Auto>,
}

/// One stretch of a part that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Omission {
    /// What to give to `expand`.
    pub reference: String,
    /// About how many tokens it has: counted unit by unit.
    pub tokens: usize,
    /// What it is about: the document's title, or its first words.
    pub title: String,
}

codec!(Omission { reference, tokens, title });

/// Why one unit was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// How it begins.
    pub text: String,
    /// How likely it is wanted for the query, from 0 to 1; `None` where it had to stay.
    pub likelihood: Option<f64>,
    /// What spoke for it, the strongest first.
    pub because: Vec<&'static str>,
}

/// How many units there were, and why those kept were kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reasons {
    /// All units.
    pub units: usize,
    /// Kept because their part is pinned or a `keep` string stands in them.
    pub required: usize,
    /// Kept for their score.
    pub scored: usize,
}
