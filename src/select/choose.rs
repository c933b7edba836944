//! From parts and a goal to a selection.

use super::auto::choose;
use super::draft::Draft;
use super::fill::{Filled, Filler, grow};
use super::kept::Kept;
use super::render::{Marks, Sheet};
use super::{Goal, Part, Reasons, Record, Request, Selection, Tier};
use crate::error::{Error, Result};
use crate::tokenizer::CountTokens;

/// Keeps what matters most of `parts` within the goal.
///
/// # Errors
/// [`ErrorKind::BudgetTooSmall`](crate::ErrorKind::BudgetTooSmall) with the smallest budget that would do, when what
/// must be kept, or else the shortest unit with its marker, does not fit.
pub fn select(parts: &[Part], request: &Request<'_>, tokens: &dyn CountTokens) -> Result<Selection> {
    let whole = Whole::new(parts);
    let goal = match request.goal {
        Goal::Tier(Tier::Complete) => return Ok(whole.selection(tokens)),
        Goal::TierWithin(Tier::Complete, budget) => Goal::Budget(budget),
        goal => goal,
    };
    if let Goal::Budget(budget) = goal
        && let Some(count) = tokens.count_up_to(&whole.text, budget)
    {
        return Ok(whole.counted(count));
    }
    let draft = Draft::new(parts, request, tokens);
    let chooser =
        Chooser { filler: Filler { draft: &draft, sheet: &whole.sheet, tokens, marks: Marks::Total }, whole: &whole };
    match goal {
        Goal::Budget(budget) => chooser.within(budget),
        Goal::Tier(tier) => chooser.tier(tier, None),
        Goal::TierWithin(tier, budget) => chooser.tier(tier, Some(budget)),
        Goal::Auto(asker) => {
            let auto = choose(&draft, asker);
            let chosen = chooser.tier(auto.tier, None)?;
            Ok(Selection { auto: Some(auto), ..chosen })
        }
    }
}

/// The input with nothing left out.
pub(crate) struct Whole<'a> {
    pub(crate) parts: &'a [Part],
    pub(crate) sheet: Sheet<'a>,
    pub(crate) text: String,
}

impl<'a> Whole<'a> {
    pub(crate) fn new(parts: &'a [Part]) -> Self {
        let sheet = Sheet::new(parts.iter().map(|part| (part.label.as_str(), part.text.as_str())).collect());
        let text = sheet.complete();
        Self { parts, sheet, text }
    }

    fn selection(&self, tokens: &dyn CountTokens) -> Selection {
        self.counted(tokens.count(&self.text))
    }

    fn counted(&self, tokens: usize) -> Selection {
        Selection {
            parts: self.parts.iter().map(|part| part.text.clone()).collect(),
            text: self.text.clone(),
            tokens,
            tier: Tier::Complete,
            omitted: Vec::new(),
            record: None,
            reasons: Reasons::default(),
            why: Vec::new(),
            auto: None,
        }
    }
}

/// Markers of their own for all gaps may cost this share of a text: one in so many tokens.
const MARKERS_SHARE: usize = 33;
/// What a marker of its own costs, about.
const OWN_MARKER: usize = 20;

/// A marker with words may cost this share of a budget: one in so many tokens. Below it, the short one has to do.
const TOTAL_SHARE: usize = 24;

/// Chooses for one goal.
pub(crate) struct Chooser<'a> {
    pub(crate) filler: Filler<'a>,
    pub(crate) whole: &'a Whole<'a>,
}

impl Chooser<'_> {
    /// As much as `budget` holds; the whole is known not to fit.
    fn within(&self, budget: usize) -> Result<Selection> {
        let filled = self.fit(&self.filler.draft.required(), budget)?;
        let complete = self.filler.draft.estimate(&Kept::all(self.filler.draft.units.len()));
        Ok(self.finish(filled, None, complete, Some(budget)))
    }

    /// The share of a tier: every smaller tier is filled first, so that it is held.
    fn tier(&self, wanted: Tier, budget: Option<usize>) -> Result<Selection> {
        let complete = self.filler.tokens.count(&self.whole.text);
        let mut kept = self.filler.draft.required();
        for tier in Tier::ALL.into_iter().take_while(|tier| *tier <= wanted) {
            let Some(filled) = self.next_tier(&kept, tier, complete, budget)? else {
                return Ok(Selection { tier: wanted, ..self.whole.counted(complete) });
            };
            if tier == wanted {
                return Ok(self.finish(filled, Some(wanted), complete, budget));
            }
            kept = filled.kept;
        }
        Ok(self.whole.counted(complete))
    }

    /// Fills one tier over `kept`; `None` when leaving out saves nothing, and the whole fits.
    pub(crate) fn next_tier(
        &self,
        kept: &Kept,
        tier: Tier,
        complete: usize,
        budget: Option<usize>,
    ) -> Result<Option<Filled>> {
        let target = self.filler.draft.target(tier, complete);
        let mut start = kept.clone();
        self.filler.draft.keep_outline(&mut start, tier, complete);
        let filled = match budget {
            Some(budget) if budget < complete => {
                let tries = [(&start, target), (&start, budget), (kept, target), (kept, budget)];
                let mut fitted = tries.into_iter().map(|(start, limit)| self.fit(start, limit.min(budget)));
                match fitted.find_map(Result::ok) {
                    Some(filled) => filled,
                    None => self.fit(kept, budget)?,
                }
            }
            _ => {
                grow(self.filler.draft, &mut start, target);
                self.filler.draft.keep_crumbs(&mut start);
                let empty = start.len() == 0;
                self.filler.write(if empty { self.filler.draft.smallest() } else { start })
            }
        };
        let saves = filled.tokens < complete && !filled.kept.is_all();
        Ok((saves || budget.is_some_and(|budget| budget < complete)).then_some(filled))
    }

    /// Keeps `start` and what fits beside it, with the most telling marker that leaves room for content.
    fn fit(&self, start: &Kept, limit: usize) -> Result<Filled> {
        let roomy = limit >= Marks::Total.price() * TOTAL_SHARE;
        let mut least = None;
        for marks in [Marks::Total, Marks::Short, Marks::Bare].into_iter().skip(usize::from(!roomy)) {
            let filler = Filler { marks, ..self.filler };
            if let Some(filled) = filler.fit(start, limit).filter(|filled| filled.kept.len() > 0) {
                return Ok(filled);
            }
            if start.len() == 0 {
                let smallest = filler.write(self.filler.draft.smallest());
                if smallest.tokens <= limit {
                    return Ok(smallest);
                }
                least = Some(filler.write(start.clone())).filter(|empty| empty.tokens <= limit).or(least);
            }
        }
        least.ok_or_else(|| self.too_small(start, limit))
    }

    /// Says how many tokens would do: those of `start` with the shortest marker, or of the whole where it is shorter.
    fn too_small(&self, start: &Kept, limit: usize) -> Error {
        let filler = Filler { marks: Marks::Bare, ..self.filler };
        let whole = self.filler.tokens.count(&self.whole.text);
        Error::budget_too_small(limit as u64, filler.write(start.clone()).tokens.min(whole) as u64)
    }

    fn finish(&self, filled: Filled, tier: Option<Tier>, complete: usize, budget: Option<usize>) -> Selection {
        let filled = self.with_own_markers(filled, budget);
        let Filled { kept, gaps, rendered, tokens, marks } = filled;
        let required = self.filler.draft.required().len();
        let why = self.filler.draft.why(&kept);
        let omitted = self.whole.sheet.omissions(&gaps, &rendered.id);
        let reasons =
            Reasons { units: self.filler.draft.units.len(), required, scored: kept.len().saturating_sub(required) };
        let record = (!gaps.is_empty())
            .then(|| Record::new(self.whole.parts, gaps, omitted.clone(), rendered.id.clone(), marks));
        let tier = tier.unwrap_or_else(|| Tier::of_size(tokens, complete));
        Selection {
            parts: rendered.parts,
            text: rendered.text,
            tokens,
            tier,
            omitted,
            record,
            reasons,
            why,
            auto: None,
        }
    }

    /// Gives every gap its own marker where they are few against the text and the budget has room.
    fn with_own_markers(&self, filled: Filled, budget: Option<usize>) -> Filled {
        let cost = filled.gaps.len() * OWN_MARKER;
        let limit = budget.unwrap_or(usize::MAX);
        if cost * MARKERS_SHARE > filled.tokens || filled.tokens.saturating_add(cost) > limit {
            return filled;
        }
        let rendered = self.whole.sheet.write(&filled.gaps, Marks::Each);
        match self.filler.tokens.count_up_to(&rendered.text, limit) {
            Some(tokens) => Filled { rendered, tokens, marks: Marks::Each, ..filled },
            None => filled,
        }
    }
}
