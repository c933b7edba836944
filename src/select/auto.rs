//! Which tier a content calls for, when nobody says: by how much of it holds what matters.

use super::Tier;
use super::draft::Draft;

/// A tier chosen for a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Auto {
    /// The tier that the content calls for.
    pub usual: Tier,
    /// The tier that was chosen: another one where this reader needed it before.
    pub tier: Tier,
    /// How many tokens of a hundred hold half of all relevance.
    pub half: usize,
}

/// From this many tokens of a hundred with half of the relevance on, it is everywhere, and the main points are not enough.
const SPREAD: usize = 33;

/// Looks at the draft; `needed` is the tier that this reader needs in the place of each.
pub(crate) fn choose(draft: &Draft<'_>, needed: [Tier; 4]) -> Auto {
    let half = half(draft);
    // Less than the standard tier is learned from use, and never guessed: too little costs more than too much.
    let usual = if half < SPREAD { Tier::Standard } else { Tier::Comprehensive };
    let tier = needed.get(usual as usize).copied().unwrap_or(usual);
    Auto { usual, tier, half }
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
