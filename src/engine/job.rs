//! One request on its way, a step at a time: whoever drives it times the steps, since the core has no clock.

use std::rc::Rc;

use super::cautious::{Cautious, is_disputed};
use super::input::{Choice, Input, Shape};
use super::output::{Kept, LoadStep, Omission, Output, Stats, Step, Tokens, Why};
use super::recall::Recall;
use super::source_file::joined;
use crate::content::{self, Kind, Segment};
use crate::error::{Error, ErrorKind, Result};
use crate::forms;
use crate::metrics::FormUse;
use crate::select::{self, Goal, Part, Record, Selection, Tier};
use crate::tokenizer::CountTokens;

/// What is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Count,
    Segment,
    Forms,
    Select,
    Done,
}

/// A request on its way.
pub struct Job {
    input: Input,
    key: String,
    choice: Choice,
    tokenizer: Rc<Recall>,
    stage: Stage,
    ask: forms::Ask,
    before: usize,
    /// How many of them were counted in an earlier text.
    recalled: usize,
    segments: Vec<Vec<Segment>>,
    parts: Vec<Part>,
    forms: Vec<FormUse>,
    selection: Option<Selection>,
    steps: Vec<Step>,
}

impl Job {
    pub(super) fn new(input: Input, key: String, choice: Choice, tokenizer: Rc<Recall>) -> Self {
        let (segments, parts, forms, steps) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (stage, all_stays) = (Stage::Count, choice.goal == Goal::Tier(Tier::Complete));
        let toon = input.form.as_deref() == Some("toon");
        let ask = forms::Ask { all_stays, dense: input.dense, toon, counted: None };
        Self {
            input,
            key,
            choice,
            tokenizer,
            stage,
            ask,
            before: 0,
            recalled: 0,
            segments,
            parts,
            forms,
            selection: None,
            steps,
        }
    }

    /// Does the next step; `None` when all are done.
    ///
    /// # Errors
    /// [`ErrorKind::BudgetTooSmall`](crate::ErrorKind::BudgetTooSmall), with the smallest that would do.
    pub fn advance(&mut self) -> Result<Option<()>> {
        let (name, saved) = match self.stage {
            Stage::Count => ("count", self.count()),
            Stage::Segment => ("segment", self.segment()),
            Stage::Forms => ("forms", self.write_forms()),
            Stage::Select => ("select", self.select()?),
            Stage::Done => return Ok(None),
        };
        self.steps.push(Step { step: name.to_owned(), saved, ms: 0.0 });
        self.stage = match self.stage {
            Stage::Count => Stage::Segment,
            Stage::Segment => Stage::Forms,
            Stage::Forms => Stage::Select,
            Stage::Select | Stage::Done => Stage::Done,
        };
        Ok(Some(()))
    }

    /// Says how long the last step took.
    pub fn took(&mut self, ms: f64) {
        if let Some(step) = self.steps.last_mut() {
            step.ms = ms;
        }
    }

    fn count(&mut self) -> i64 {
        (self.before, self.recalled) = self.tokenizer.count_with_share(&self.input.joined());
        0
    }

    fn segment(&mut self) -> i64 {
        self.segments = self.input.parts.iter().map(|part| joined(&part.text, content::segment(&part.text))).collect();
        0
    }

    fn write_forms(&mut self) -> i64 {
        // A text that came alone was counted whole.
        self.ask.counted = (self.input.shape == Shape::Text).then_some(self.before);
        let mut parts = Vec::with_capacity(self.input.parts.len());
        for (index, (part, segments)) in self.input.parts.iter().zip(&self.segments).enumerate() {
            let known = &*self.tokenizer;
            let written = forms::write_knowing(&part.text, segments, self.ask, known, known);
            written.steps.iter().for_each(|step| note_form(&mut self.forms, step));
            parts.push(super::parts::part(&self.input, index, part, written));
        }
        self.parts = parts;
        self.saved_by_forms()
    }

    fn saved_by_forms(&self) -> i64 {
        self.forms.iter().map(|form| form.before as i64 - form.after as i64).sum()
    }

    fn select(&mut self) -> Result<i64> {
        let mut selection = self.select_within(self.choice.goal)?;
        if selection.text.contains(is_disputed) {
            selection.tokens = self.tokenizer.count(&selection.text);
        }
        let saved = self.before as i64 - self.saved_by_forms() - selection.tokens as i64;
        self.selection = Some(selection);
        Ok(saved)
    }

    /// Selects, and for messages again with less, as long as what is sent is above the budget.
    fn select_within(&self, mut goal: Goal) -> Result<Selection> {
        let budget = goal.budget().unwrap_or(usize::MAX);
        loop {
            let set_aside = budget - goal.budget().unwrap_or(budget);
            let mut selection = select::select(&self.parts, &self.request(goal), &Cautious(&*self.tokenizer))
                .map_err(|error| with_set_aside(error, budget, set_aside))?;
            if self.input.shape != Shape::Messages {
                return Ok(selection);
            }
            self.fill_empty(&mut selection);
            let sent: usize = selection.parts.iter().map(|part| self.tokenizer.count(part)).sum();
            if sent <= budget {
                return Ok(selection);
            }
            goal = goal.less(sent - budget);
        }
    }

    /// A message that is left out whole is still sent, with a sign in its place: chat APIs refuse empty ones.
    fn fill_empty(&self, selection: &mut Selection) {
        for (part, source) in selection.parts.iter_mut().zip(&self.parts) {
            if part.is_empty() && !source.text.is_empty() {
                select::GAP.clone_into(part);
            }
        }
    }

    fn request(&self, goal: Goal) -> select::Request<'_> {
        select::Request {
            query: self.input.question(),
            context: &self.input.context,
            keep: &self.input.keep,
            goal,
            interests: &self.choice.interests,
        }
    }

    /// All steps of a progressive answer, and what brings back what they left out.
    pub(super) fn load(mut self) -> Result<(Vec<LoadStep>, Vec<Record>)> {
        self.ask.all_stays = false;
        while self.stage != Stage::Select {
            self.advance()?;
        }
        let mut records = Vec::new();
        let steps = select::load(&self.parts, &self.request(self.choice.goal), &*self.tokenizer)?;
        let step = |step: select::Step| {
            records.extend(step.record);
            LoadStep { tier: step.tier.as_str().to_owned(), delta: step.delta, text: step.text, tokens: step.tokens }
        };
        let steps = steps.into_iter().map(step).collect();
        Ok((steps, records))
    }

    /// The result, what it left out, and the request; before all steps are done there is none.
    pub(super) fn into_output(self) -> Result<(Output, Option<Record>, Input)> {
        let kind = self.main_kind().to_owned();
        let Self { input, key, choice, before, recalled, forms, selection, steps, .. } = self;
        let Some(selection) = selection else {
            return Err(Error::new(ErrorKind::InvalidInput, "the job has steps left: advance it first"));
        };
        let after = selection.tokens;
        let savings = if before == 0 { 0.0 } else { 1.0 - after as f64 / before as f64 };
        let reasons = selection.reasons;
        let kept = Kept { units: reasons.required + reasons.scored, of: reasons.units };
        let reason = selection.auto.map_or(choice.reason, reason_of);
        let why = selection.why.into_iter().map(|why| Why {
            text: why.text,
            likelihood: why.likelihood.map(|likelihood| (likelihood * 1e3).round() / 1e3),
            because: why.because.into_iter().map(str::to_owned).collect(),
        });
        let stats = Stats { steps, forms, kind, reason, kept, why: why.collect(), savings, saved_cost: None, recalled };
        let omitted = selection.omitted.into_iter().map(|omission| Omission {
            reference: omission.reference,
            tokens: omission.tokens,
            title: omission.title,
        });
        let output = Output {
            id: key,
            text: selection.text,
            texts: if input.shape == Shape::Messages { selection.parts } else { Vec::new() },
            tier: selection.tier.as_str().to_owned(),
            tokens: Tokens { before, after },
            exact: true,
            cached: false,
            omitted: omitted.collect(),
            record: selection.record.as_ref().map(|record| record.id().to_owned()),
            stats,
        };
        Ok((output, selection.record, input))
    }

    /// The kind of content that most bytes of the source are of.
    fn main_kind(&self) -> &'static str {
        let mut sizes: Vec<(Kind, usize)> = Vec::new();
        for segment in self.segments.iter().flatten() {
            match sizes.iter_mut().find(|(kind, _)| *kind == segment.kind) {
                Some((_, size)) => *size += segment.span.len(),
                None => sizes.push((segment.kind, segment.span.len())),
            }
        }
        sizes.iter().max_by_key(|(_, size)| *size).map_or(Kind::Prose, |(kind, _)| *kind).as_str()
    }
}

/// Says why a tier was chosen.
fn reason_of(auto: select::Auto) -> String {
    let select::Auto { usual, tier, half, texture, goes_over_all } = auto;
    let task = if goes_over_all { ", and the task goes over all of it" } else { "" };
    let learned = if tier == usual { "" } else { "; this user and task needed another tier before" };
    let texture = texture.as_str();
    format!(
        "half of what matters to the query is in {half}% of the content, which is mostly {texture}{task}: {}{learned}",
        usual.as_str()
    )
}

/// A budget that is too small, said of the whole and not of what was left of it.
fn with_set_aside(error: Error, budget: usize, set_aside: usize) -> Error {
    match error.minimum() {
        Some(minimum) => Error::budget_too_small(budget as u64, minimum + set_aside as u64),
        None => error,
    }
}

fn note_form(forms: &mut Vec<FormUse>, step: &forms::Step) {
    let (before, after) = (step.before as u64, step.after as u64);
    match forms.iter_mut().find(|form| form.form == step.form) {
        Some(form) => {
            form.before += before;
            form.after += after;
        }
        None => forms.push(FormUse { form: step.form.to_owned(), before, after }),
    }
}
