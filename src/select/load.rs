//! Progressive loading: each step adds only what is new, so that what was sent stays a valid prefix.

use super::choose::{Chooser, Whole};
use super::draft::Draft;
use super::fill::Filler;
use super::kept::Kept;
use super::render::Marks;
use super::{Goal, Part, Record, Request, Tier};
use crate::error::{Error, Result};
use crate::tokenizer::CountTokens;

/// One step of a progressive load.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The tier that is complete with this step.
    pub tier: Tier,
    /// What this step adds.
    pub delta: String,
    /// All steps up to this one, one after the other.
    pub text: String,
    /// The tokens of `text`, counted.
    pub tokens: usize,
    /// Brings back what the first step's marker left out.
    pub record: Option<Record>,
}

/// Opens what a later step adds.
const MORE: &str = "\n\n[…of what was left out above]\n\n";

/// Cuts `parts` into steps from the essential to the complete text, those that the goal's budget holds.
///
/// # Errors
/// [`ErrorKind::BudgetTooSmall`](crate::ErrorKind::BudgetTooSmall) when not even the first step fits.
pub fn load(parts: &[Part], request: &Request<'_>, tokens: &dyn CountTokens) -> Result<Vec<Step>> {
    let (last, budget) = match request.goal {
        Goal::Auto(_) => (Tier::Complete, None),
        Goal::Budget(budget) => (Tier::Complete, Some(budget)),
        Goal::Tier(tier) => (tier, None),
        Goal::TierWithin(tier, budget) => (tier, Some(budget)),
    };
    let whole = Whole::new(parts);
    let complete = tokens.count(&whole.text);
    let draft = Draft::new(parts, request, tokens);
    let chooser =
        Chooser { filler: Filler { draft: &draft, sheet: &whole.sheet, tokens, marks: Marks::Total }, whole: &whole };
    let mut loader = Loader { chooser, complete, budget, kept: draft.required(), steps: Vec::new() };
    for tier in Tier::ALL.into_iter().take_while(|tier| *tier <= last) {
        if !loader.step(tier)? {
            break;
        }
    }
    Ok(loader.steps)
}

struct Loader<'a> {
    chooser: Chooser<'a>,
    complete: usize,
    budget: Option<usize>,
    kept: Kept,
    steps: Vec<Step>,
}

impl Loader<'_> {
    /// Adds one tier; tells whether another may follow.
    fn step(&mut self, tier: Tier) -> Result<bool> {
        let first = self.steps.is_empty();
        let all = Kept::all(self.chooser.filler.draft.units.len());
        let budget = self.budget.filter(|_| first);
        let next = if tier == Tier::Complete {
            None
        } else {
            self.chooser.next_tier(&self.kept, tier, self.complete, budget)?
        };
        let (kept, delta, record) = match next {
            Some(filled) if first => {
                let omissions = self.chooser.whole.sheet.omissions(&filled.gaps, &filled.rendered.id);
                let id = filled.rendered.id.clone();
                let record = Record::new(self.chooser.whole.parts, filled.gaps, omissions, id, filled.marks);
                (filled.kept, filled.rendered.text, Some(record))
            }
            Some(filled) => (filled.kept.clone(), self.news(&filled.kept), None),
            None if first => (all, self.chooser.whole.text.clone(), None),
            None => (all.clone(), self.news(&all), None),
        };
        self.push(tier, kept, delta, record)
    }

    fn push(&mut self, tier: Tier, kept: Kept, delta: String, record: Option<Record>) -> Result<bool> {
        let before = self.steps.last();
        let text = before.map_or_else(|| delta.clone(), |step| format!("{}{delta}", step.text));
        let record = record.or_else(|| before.and_then(|step| step.record.clone()));
        let counted = self.chooser.filler.tokens.count(&text);
        if let Some(budget) = self.budget.filter(|budget| counted > *budget) {
            return if before.is_none() {
                Err(Error::budget_too_small(budget as u64, counted as u64))
            } else {
                Ok(false)
            };
        }
        let done = kept.is_all();
        let tier = if done { Tier::Complete } else { tier };
        self.kept = kept;
        self.steps.push(Step { tier, delta, text, tokens: counted, record });
        Ok(!done)
    }

    /// Writes the units of `kept` that were not sent yet.
    fn news(&self, kept: &Kept) -> String {
        let draft = self.chooser.filler.draft;
        let mut fresh = Kept::none(draft.units.len());
        (0..draft.units.len()).filter(|unit| kept.has(*unit) && !self.kept.has(*unit)).for_each(|unit| {
            fresh.add(unit);
        });
        if fresh.len() == 0 {
            return String::new();
        }
        format!("{MORE}{}", draft.sheet().excerpts(&draft.gaps(&fresh)))
    }
}
