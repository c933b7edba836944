//! Which tier a content calls for, when nobody says: by what it is made of, how much of it holds what matters, and what it
//! is for.

use super::Tier;
use super::draft::Draft;

/// What is known of who asks, where the tier is chosen here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// For each tier in [`Tier::ALL`] the one that this reader needs where it would do for others.
    pub needed: [Tier; 4],
    /// Whether the task goes over all of the content, and not for an answer in it.
    pub goes_over_all: bool,
}

/// A tier chosen for a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Auto {
    /// The tier that the content and the task call for.
    pub usual: Tier,
    /// The tier that was chosen: another one where this reader needed it before.
    pub tier: Tier,
    /// How many tokens of a hundred hold half of all relevance.
    pub half: usize,
    /// What most of the content is made of.
    pub texture: Texture,
    /// Whether the task goes over all of it.
    pub goes_over_all: bool,
}

/// What a content is made of, as far as it says how much of it a reader would miss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texture {
    /// Sentences, turns, markup.
    Text,
    /// Programs, changes to them, traces: what answers often shares no word with the question, and stands in a body.
    Code,
    /// Logs, tables and data: many rows are alike, so that what matters to a question is spread by nature.
    Rows,
}

impl Texture {
    /// All of them, in the order in which [`Draft::textures`] counts.
    const ALL: [Self; 3] = [Self::Text, Self::Code, Self::Rows];

    /// What a reader calls it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Code => "code",
            Self::Rows => "rows of data",
        }
    }

    /// From this many tokens of a hundred with half of the relevance on, it is everywhere, and the main points are not
    /// enough.
    const fn spread(self) -> usize {
        match self {
            Self::Text => 33,
            Self::Code => 25,
            Self::Rows => 45,
        }
    }
}

/// Looks at the draft.
pub(crate) fn choose(draft: &Draft<'_>, asker: Asker) -> Auto {
    let Asker { needed, goes_over_all } = asker;
    let half = half(draft);
    let most = Texture::ALL.into_iter().zip(draft.textures()).max_by_key(|(_, tokens)| *tokens);
    let texture = most.map_or(Texture::Text, |(texture, _)| texture);
    // Less than the standard tier is learned from use, and never guessed: too little costs more than too much.
    let usual = if half < texture.spread() && !goes_over_all { Tier::Standard } else { Tier::Comprehensive };
    let tier = needed.get(usual as usize).copied().unwrap_or(usual);
    Auto { usual, tier, half, texture, goes_over_all }
}

/// The share of all tokens, in a hundred, that the units with half of the scores' sum have.
fn half(draft: &Draft<'_>) -> usize {
    let score = |unit: &usize| draft.scores.get(*unit).copied().unwrap_or(0.0);
    let price = |unit: &usize| draft.price(*unit);
    let weight = |unit: &usize| score(unit) * price(unit) as f64;
    let all: f64 = draft.order.iter().map(weight).sum();
    let (mut sum, mut tokens) = (0.0, 0);
    for unit in draft.order.iter().take_while(|unit| score(unit) > 0.0) {
        if sum * 2.0 >= all {
            break;
        }
        sum += weight(unit);
        tokens += price(unit);
    }
    tokens * 100 / draft.order.iter().map(price).sum::<usize>().max(1)
}
