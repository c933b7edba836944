//! As many units as a limit holds: estimated while they are added, counted on the final text.

use super::draft::Draft;
use super::kept::Kept;
use super::render::{Gap, Marks, Rendered, Sheet};
use crate::tokenizer::CountTokens;

/// A rendering with its count.
#[derive(Debug, Clone)]
pub(crate) struct Filled {
    pub(crate) kept: Kept,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) rendered: Rendered,
    pub(crate) tokens: usize,
    pub(crate) marks: Marks,
}

/// How often the estimate is corrected by a count; each costs one pass over the kept text.
const CORRECTIONS: usize = 4;

/// Adds units by rank while the estimate stays within `limit`; what doesn't fit is passed over.
pub(crate) fn grow(draft: &Draft<'_>, kept: &mut Kept, limit: usize) {
    let mut cost = draft.estimate(kept);
    for unit in &draft.order {
        // Less than this holds no unit worth the walk over the rest.
        if cost + 4 > limit {
            return;
        }
        if !kept.has(*unit) && !draft.is_idle_title(kept, *unit) {
            let price = draft.added_price(kept, *unit);
            if cost + price <= limit {
                draft.keep(kept, *unit);
                cost += price;
            }
        }
    }
}

/// Works on one draft with one counter.
#[derive(Clone, Copy)]
pub(crate) struct Filler<'a> {
    pub(crate) draft: &'a Draft<'a>,
    pub(crate) sheet: &'a Sheet<'a>,
    pub(crate) tokens: &'a dyn CountTokens,
    /// Which marker accounts for the gaps.
    pub(crate) marks: Marks,
}

impl Filler<'_> {
    /// Writes a set of units and counts it.
    pub(crate) fn write(&self, kept: Kept) -> Filled {
        let gaps = self.draft.gaps(&kept);
        let rendered = self.sheet.write(&gaps, self.marks);
        let tokens = self.tokens.count(&rendered.text);
        Filled { kept, gaps, rendered, tokens, marks: self.marks }
    }

    /// Keeps `start` and as much more as fits; `None` when not even `start` does.
    pub(crate) fn fit(&self, start: &Kept, limit: usize) -> Option<Filled> {
        let floor = start.len();
        let mut kept = start.clone();
        let mut best: Option<Filled> = None;
        let mut target = limit.saturating_sub(self.marks.price());
        for _ in 0..CORRECTIONS {
            grow(self.draft, &mut kept, target);
            let filled = self.write(kept.clone());
            let count = filled.tokens;
            if count > limit {
                if best.is_some() {
                    return best;
                }
                target = target.saturating_sub(count - limit);
                return self.shrink(kept, floor, target, limit);
            }
            let grew = best.as_ref().is_none_or(|known| known.kept.len() < filled.kept.len());
            best = Some(filled);
            if !grew || limit - count <= limit / 100 + 3 {
                break;
            }
            target += limit - count;
        }
        best
    }

    /// Drops the last units until the text fits.
    fn shrink(&self, mut kept: Kept, floor: usize, mut target: usize, limit: usize) -> Option<Filled> {
        let mut step = 1;
        loop {
            let before = kept.len();
            while kept.len() > floor && (self.draft.estimate(&kept) > target || kept.len() == before) {
                kept.truncate(floor.max(kept.len() - step.min(kept.len())));
            }
            let filled = self.write(kept.clone());
            if filled.tokens <= limit {
                return Some(filled);
            }
            if kept.len() <= floor {
                return None;
            }
            target = target.saturating_sub(filled.tokens - limit);
            step *= 2;
        }
    }
}
