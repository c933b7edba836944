//! What is learned from use, and what is made of it: which tier to choose.

use std::collections::VecDeque;

use super::input::{Choice, Input};
use super::output::Output;
use super::{Engine, PROFILE};
use crate::error::{Error, ErrorKind, Result};
use crate::select::{Goal, Tier};

/// Results that can still be learned from; older ones are forgotten, and feedback on them is refused.
const REMEMBERED: usize = 1_000;

/// Who asked for which result: a result that two users share is each one's own here.
#[derive(Debug, Default)]
pub(super) struct Asked {
    results: VecDeque<Asking>,
}

#[derive(Debug, Clone)]
struct Asking {
    id: String,
    record: Option<String>,
    tier: String,
    user: Option<String>,
    task: Option<String>,
}

impl Asked {
    pub(super) fn note(&mut self, output: &Output, input: &Input) {
        if self.results.len() >= REMEMBERED {
            self.results.pop_front();
        }
        self.results.push_back(Asking {
            id: output.id.clone(),
            record: output.record.clone(),
            tier: output.tier.clone(),
            user: input.user.clone(),
            task: input.task.clone(),
        });
    }

    fn latest(&self, is: impl Fn(&Asking) -> bool) -> Option<Asking> {
        self.results.iter().rev().find(|asking| is(asking)).cloned()
    }
}

impl Engine {
    /// Takes in how well the result `id` served.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownRef`] where it is none of the latest results.
    pub fn feedback(&mut self, id: &str, useful: bool, now: f64) -> Result<()> {
        let asking = self.asked.latest(|asking| asking.id == id).ok_or_else(|| {
            Error::new(ErrorKind::UnknownRef, format!("'{id}' is none of the latest {REMEMBERED} results"))
        })?;
        self.learn(&asking, useful, now);
        Ok(())
    }

    /// Whoever brings back what was left out was given too little.
    pub(super) fn learn_from_expanding(&mut self, record: &str, now: f64) {
        if let Some(asking) = self.asked.latest(|asking| asking.record.as_deref() == Some(record)) {
            self.learn(&asking, false, now);
        }
    }

    fn learn(&mut self, asking: &Asking, useful: bool, now: f64) {
        if self.settings.learn() {
            self.profile.observe(asking.user.as_deref(), asking.task.as_deref(), &asking.tier, useful, now);
            self.unwritten.insert(PROFILE.to_owned());
        }
    }

    /// Chooses how much to keep, and says why.
    pub(super) fn choose_tier(&mut self, input: &Input, now: f64) -> Result<Choice> {
        let choice = |goal, reason: &str| Choice { goal, reason: reason.to_owned() };
        Ok(match (input.tier()?, input.budget) {
            (Some(tier), Some(budget)) => choice(Goal::TierWithin(tier, budget), "asked for, within the budget"),
            (Some(tier), None) => choice(Goal::Tier(tier), "asked for"),
            (None, Some(budget)) => choice(Goal::Budget(budget), "as much as the budget holds"),
            (None, None) if input.question().is_none() => {
                choice(Goal::Tier(Tier::Complete), "neither a query nor a budget: nothing is left out")
            }
            (None, None) => self.learned_tier(input, now),
        })
    }

    fn learned_tier(&mut self, input: &Input, now: f64) -> Choice {
        let (user, task) = (input.user.as_deref(), input.task.as_deref());
        let learned = self.settings.learn().then(|| self.profile.suggest_tier(user, task, now)).flatten();
        match learned.and_then(|name| Tier::parse(name)) {
            Some(tier) => Choice { goal: Goal::Tier(tier), reason: "what this user and task needed before".to_owned() },
            None => Choice {
                goal: Goal::Tier(Tier::Standard),
                reason: "a query without a budget: the main points with their context".to_owned(),
            },
        }
    }
}
