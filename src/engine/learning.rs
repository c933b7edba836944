//! What is learned from use, and what is made of it: which tier to choose.

use std::collections::VecDeque;

use super::input::{Choice, Input};
use super::output::Output;
use super::{Engine, PROFILE};
use crate::error::{Error, ErrorKind, Result};
use crate::profile::{Level, Profile, Who};
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
    level: Option<Level>,
    who: Who,
}

impl Asked {
    pub(super) fn note(&mut self, output: &Output, input: &Input) {
        if self.results.len() >= REMEMBERED {
            self.results.pop_front();
        }
        self.results.push_back(Asking {
            id: output.id.clone(),
            record: output.record.clone(),
            level: Tier::parse(&output.tier).and_then(level),
            who: who(input),
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
        self.learn(&asking, |profile, who, level| profile.observe_feedback(who, level, useful, now));
        Ok(())
    }

    /// Whoever brings back what was left out was given too little.
    pub(super) fn learn_from_expanding(&mut self, record: &str, now: f64) {
        if let Some(asking) = self.asked.latest(|asking| asking.record.as_deref() == Some(record)) {
            self.learn(&asking, |profile, who, level| profile.observe_expand(who, level, now));
        }
    }

    /// Whoever was served was perhaps served enough.
    pub(super) fn learn_from_serving(&mut self, output: &Output, input: &Input, now: f64) {
        self.asked.note(output, input);
        if let Some(asking) = self.asked.latest(|_| true) {
            self.learn(&asking, |profile, who, level| profile.observe_served(who, level, now));
        }
    }

    /// A complete result teaches nothing: there was nothing that could have been missed.
    fn learn(&mut self, asking: &Asking, observe: impl FnOnce(&mut Profile, Who, Level)) {
        let Some(level) = asking.level.filter(|_| self.settings.learn()) else { return };
        observe(&mut self.profile, asking.who, level);
        self.unwritten.insert(PROFILE.to_owned());
    }

    /// Chooses how much to keep, and says why.
    pub(super) fn choose_tier(&self, input: &Input) -> Result<Choice> {
        let choice = |goal, reason: &str| Choice { goal, reason: reason.to_owned() };
        Ok(match (input.tier()?, input.budget) {
            (Some(tier), Some(budget)) => choice(Goal::TierWithin(tier, budget), "asked for, within the budget"),
            (Some(tier), None) => choice(Goal::Tier(tier), "asked for"),
            (None, Some(budget)) => choice(Goal::Budget(budget), "as much as the budget holds"),
            (None, None) if input.question().is_none() => {
                choice(Goal::Tier(Tier::Complete), "neither a query nor a budget: nothing is left out")
            }
            (None, None) => self.learned_tier(input),
        })
    }

    fn learned_tier(&self, input: &Input) -> Choice {
        // The middle of the draw tries nothing out: the same request and profile always give the same tier.
        let suggestion = self.profile.suggest_tier(who(input), Level::Standard, 0.5);
        let reason = match self.settings.learn() && suggestion.tier != Level::Standard {
            true => "what this user and task needed before",
            false => "a query without a budget: the main points with their context",
        };
        let level = if self.settings.learn() { suggestion.tier } else { Level::Standard };
        Choice { goal: Goal::Tier(tier(level)), reason: reason.to_owned() }
    }
}

fn who(input: &Input) -> Who {
    Who::new(input.user.as_deref(), input.task.as_deref())
}

const fn tier(level: Level) -> Tier {
    match level {
        Level::Essential => Tier::Essential,
        Level::Standard => Tier::Standard,
        Level::Comprehensive => Tier::Comprehensive,
        Level::Complete => Tier::Complete,
    }
}

const fn level(tier: Tier) -> Option<Level> {
    match tier {
        Tier::Essential => Some(Level::Essential),
        Tier::Standard => Some(Level::Standard),
        Tier::Comprehensive => Some(Level::Comprehensive),
        Tier::Complete => None,
    }
}
