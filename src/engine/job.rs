//! One request on its way, a step at a time: whoever drives it times the steps, since the core has no clock.

use std::rc::Rc;

use super::input::{Choice, Input, PART_BREAK};
use super::output::{Kept, LoadStep, Omission, Output, Stats, Step, Tokens};
use crate::content::{self, Kind, Segment};
use crate::error::Result;
use crate::forms;
use crate::metrics::FormUse;
use crate::select::{self, Part, Record, Selection};
use crate::tokenizer::{CountTokens, Tokenizer};

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
    tokenizer: Rc<Tokenizer>,
    stage: Stage,
    before: usize,
    segments: Vec<Vec<Segment>>,
    parts: Vec<Part>,
    forms: Vec<FormUse>,
    selection: Option<Selection>,
    steps: Vec<Step>,
}

impl Job {
    pub(super) fn new(input: Input, key: String, choice: Choice, tokenizer: Rc<Tokenizer>) -> Self {
        let (segments, parts, forms, steps) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let stage = Stage::Count;
        Self { input, key, choice, tokenizer, stage, before: 0, segments, parts, forms, selection: None, steps }
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
        self.before = self.tokenizer.count(&self.input.joined());
        0
    }

    fn segment(&mut self) -> i64 {
        self.segments = self.input.parts.iter().map(|part| content::segment(&part.text)).collect();
        0
    }

    fn write_forms(&mut self) -> i64 {
        let mut parts = Vec::with_capacity(self.input.parts.len());
        for (index, segments) in std::mem::take(&mut self.segments).iter().enumerate() {
            let Some(part) = self.input.parts.get(index) else { continue };
            let written = forms::write(&part.text, segments, &*self.tokenizer);
            for step in &written.steps {
                self.note_form(step);
            }
            parts.push(super::parts::part(&self.input, index, written));
        }
        self.parts = parts;
        self.forms.iter().map(|form| form.before as i64 - form.after as i64).sum()
    }

    fn note_form(&mut self, step: &forms::Step) {
        let (before, after) = (step.before as u64, step.after as u64);
        match self.forms.iter_mut().find(|form| form.form == step.form) {
            Some(form) => {
                form.before += before;
                form.after += after;
            }
            None => self.forms.push(FormUse { form: step.form.to_owned(), before, after }),
        }
    }

    fn select(&mut self) -> Result<i64> {
        let selection = select::select(&self.parts, &self.request(), &*self.tokenizer)?;
        let forms: i64 = self.forms.iter().map(|form| form.before as i64 - form.after as i64).sum();
        let saved = self.before as i64 - forms - selection.tokens as i64;
        self.selection = Some(selection);
        Ok(saved)
    }

    fn request(&self) -> select::Request<'_> {
        select::Request {
            query: self.input.question(),
            context: &self.input.context,
            keep: &self.input.keep,
            goal: self.choice.goal,
        }
    }

    /// All steps of a progressive answer.
    pub(super) fn load(mut self) -> Result<Vec<LoadStep>> {
        while self.stage != Stage::Select {
            self.advance()?;
        }
        let steps = select::load(&self.parts, &self.request(), &*self.tokenizer)?;
        let step = |step: select::Step| LoadStep {
            tier: step.tier.as_str().to_owned(),
            delta: step.delta,
            text: step.text,
            tokens: step.tokens,
        };
        Ok(steps.into_iter().map(step).collect())
    }

    /// The result, what it left out, and the request with its key.
    pub(super) fn into_output(self) -> (Output, Option<Record>, Input, String) {
        let kind = self.main_kind().to_owned();
        let Self { input, key, choice, before, forms, selection, steps, .. } = self;
        let selection = selection.unwrap_or_else(|| Selection::unchanged(input.joined(), before));
        let after = selection.tokens;
        let savings = if before == 0 { 0.0 } else { 1.0 - after as f64 / before as f64 };
        let kept = Kept { units: selection.kept, of: selection.units };
        let stats = Stats { steps, forms, kind, reason: choice.reason, kept, savings, saved_cost: None };
        let omitted = selection.omitted.into_iter().map(|omission| Omission {
            reference: omission.reference,
            tokens: omission.tokens,
            title: omission.title,
        });
        let output = Output {
            id: key.clone(),
            text: selection.text,
            texts: if input.shape == super::Shape::Messages { selection.parts } else { Vec::new() },
            tier: selection.tier.as_str().to_owned(),
            tokens: Tokens { before, after },
            exact: true,
            cached: false,
            omitted: omitted.collect(),
            record: selection.record.as_ref().map(|record| record.id().to_owned()),
            stats,
        };
        (output, selection.record, input, key)
    }

    fn main_kind(&self) -> &'static str {
        let _ = (PART_BREAK, Kind::Prose);
        super::parts::main_kind(&self.parts)
    }
}
