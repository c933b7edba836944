//! Which tier a content calls for, when nobody says: by how much of it holds what matters, and by what it is.

use super::Tier;
use super::draft::Draft;
use crate::relevance::Role;

/// A tier chosen for a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Auto {
    /// The tier that the content calls for.
    pub usual: Tier,
    /// The tier that was chosen: another one where this reader needed it before.
    pub tier: Tier,
    /// How many tokens of a hundred hold half of all relevance.
    pub half: usize,
    /// Whether the content is code, changes or errors, which a smaller tier than the standard one takes apart.
    pub tight: bool,
}

/// Up to this many tokens of a hundred with half of the relevance, the least tier has room for the rest as well.
const CONCENTRATED: usize = 6;
/// From this many on, relevance is everywhere, and the main points are not enough.
const SPREAD: usize = 33;

/// Looks at the draft; `needed` is the tier that this reader needs in the place of each.
pub(crate) fn choose(draft: &Draft<'_>, needed: [Tier; 4]) -> Auto {
    let half = half(draft);
    let tight = draft.units.iter().filter(|unit| is_tight(unit.role)).count() * 2 > draft.units.len();
    let usual = match half {
        _ if half <= CONCENTRATED && !tight => Tier::Essential,
        _ if half < SPREAD => Tier::Standard,
        _ => Tier::Comprehensive,
    };
    let tier = needed.get(usual as usize).copied().unwrap_or(usual);
    Auto { usual, tier, half, tight }
}

const fn is_tight(role: Role) -> bool {
    matches!(role, Role::Signature | Role::Inner | Role::Comment | Role::Body | Role::Key | Role::Filler)
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
