//! A result as it goes out.

use serde::Serialize;

use super::input::Input;
use crate::codec::codec;
use crate::metrics::{FormUse, Operation, Record};

/// Tokens before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Tokens {
    /// Of the source, all parts joined.
    pub before: usize,
    /// Of the text.
    pub after: usize,
}

/// Something left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Omission {
    /// What brings it back.
    #[serde(rename = "ref")]
    pub reference: String,
    /// Its size.
    pub tokens: usize,
    /// Where it stood, or how it begins.
    pub title: String,
}

/// One step of the way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Its name.
    pub step: String,
    /// Tokens saved.
    pub saved: i64,
    /// Milliseconds.
    pub ms: f64,
}

/// How many units were kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Those kept.
    pub units: usize,
    /// All of them.
    pub of: usize,
}

/// Why one unit was kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// How it begins.
    pub text: String,
    /// How likely it is wanted for the query, from 0 to 1, in thousandths; `None` where it had to stay.
    pub likelihood: Option<f64>,
    /// What spoke for it, the strongest first.
    pub because: Vec<String>,
}

/// What was done, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The forms used.
    pub forms: Vec<FormUse>,
    /// What most of the content is.
    pub kind: String,
    /// Why this tier.
    pub reason: String,
    /// How many units were kept.
    pub kept: Kept,
    /// Why the most valuable of them were kept.
    pub why: Vec<Why>,
    /// Tokens saved, as a share of those before.
    pub savings: f64,
    /// Dollars saved at the model's input price.
    pub saved_cost: Option<f64>,
    /// Tokens of the source that stand in stretches which an earlier request had too, and were not counted again.
    pub recalled: usize,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Output {
    /// Names this result in feedback.
    pub id: String,
    /// What to send.
    pub text: String,
    /// The parts of messages, each to its place.
    pub texts: Vec<String>,
    /// The tier.
    pub tier: String,
    /// Tokens before and after.
    pub tokens: Tokens,
    /// Always, since the core counts with the model's own tokenizer.
    pub exact: bool,
    /// Whether the cache had it.
    pub cached: bool,
    /// What was left out.
    pub omitted: Vec<Omission>,
    /// The id of the record with what was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// What was done, and why.
    pub stats: Stats,
}

codec!(Tokens { before, after });
codec!(Omission { reference, tokens, title });
codec!(Step { step, saved, ms });
codec!(Kept { units, of });
codec!(Why { text, likelihood, because });
codec!(Stats { steps, forms, kind, reason, kept, why, savings, saved_cost, recalled });
codec!(Output { id, text, texts, tier, tokens, exact, cached, omitted, record, stats });

impl Output {
    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> u64 {
        let texts: usize = self.texts.iter().map(String::len).sum();
        let omitted: usize = self.omitted.iter().map(|omission| omission.title.len() + 48).sum();
        let why: usize = self.stats.why.iter().map(|why| why.text.len() + 96).sum();
        (self.text.len() + texts + omitted + why + 512) as u64
    }

    /// How long it took to make, in ms.
    pub(super) fn took(&self) -> f64 {
        self.stats.steps.iter().map(|step| step.ms).sum()
    }

    pub(super) fn to_record(&self, input: &Input, now: f64) -> Record {
        let mut record = Record::new(Operation::Optimize, now);
        record.tokens_before = Some(self.tokens.before as u64);
        record.tokens_after = Some(self.tokens.after as u64);
        record.exact = self.exact;
        record.tier = Some(self.tier.clone());
        record.kind = Some(self.stats.kind.clone());
        record.forms.clone_from(&self.stats.forms);
        record.cached = Some(self.cached);
        // A hit takes no step of its own: what it took the first time is not its latency.
        record.latency_ms = (!self.cached).then_some(self.took());
        record.user.clone_from(&input.user);
        record.task.clone_from(&input.task);
        record.tags.clone_from(&input.tags);
        record
    }
}

/// One step of a progressive answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoadStep {
    /// The tier that is complete with it.
    pub tier: String,
    /// What is new.
    pub delta: String,
    /// All deltas so far.
    pub text: String,
    /// The tokens of `text`.
    pub tokens: usize,
}
