//! What is learned from use, and what is made of it: which tier to choose.

use std::collections::VecDeque;

use super::input::{Choice, Input};
use super::output::Output;
use super::task::goes_over_all;
use super::{Engine, PROFILE};
use crate::error::{Error, ErrorKind, Result};
use crate::profile::{LEVELS, Level, Profile, Who, hash};
use crate::relevance::meanings;
use crate::select::{Asker, Goal, Tier};

/// Results that can still be learned from; older ones are forgotten, and feedback on them is refused.
const REMEMBERED: usize = 1_000;

/// Milliseconds within which the same question of the same user is asked again, and not anew.
const AGAIN: f64 = 600_000.0;
/// Milliseconds within which the same request is a page drawn again.
const REDRAWN: f64 = 10_000.0;

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
    /// The question's hash, where a known user asked one.
    question: Option<u64>,
    at: f64,
}

impl Asked {
    fn note(&mut self, output: &Output, input: &Input, now: f64) {
        if self.results.len() >= REMEMBERED {
            self.results.pop_front();
        }
        self.results.push_back(Asking {
            id: output.id.clone(),
            record: output.record.clone(),
            level: Tier::parse(&output.tier).and_then(level),
            who: who(input),
            question: question(input),
            at: now,
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

    /// Whoever was served was perhaps served enough; whoever asks again was not, and shows what matters to them.
    pub(super) fn learn_from_serving(&mut self, output: &Output, input: &Input, now: f64) {
        self.learn_from_asking(output, input, now);
        self.asked.note(output, input, now);
        if let Some(asking) = self.asked.latest(|_| true) {
            self.learn(&asking, |profile, who, level| profile.observe_served(who, level, now));
        }
    }

    fn learn_from_asking(&mut self, output: &Output, input: &Input, now: f64) {
        let Some((user, asked)) = input.user.as_deref().zip(question(input)).filter(|_| self.settings.learn()) else {
            return;
        };
        let again = |before: &Asking| {
            let passed = now - before.at;
            let soon = passed <= AGAIN && (passed >= REDRAWN || before.id != output.id);
            before.question == Some(asked) && before.who == who(input) && soon
        };
        // A result that left nothing out has no level, so that there is nothing to learn from asking again.
        if let Some(before) = self.asked.latest(again) {
            self.learn(&before, |profile, who, level| profile.observe_repeat(who, level, now));
        }
        self.profile.observe_terms(hash(user), &meanings(input.question().unwrap_or_default()), now);
        self.unwritten.insert(PROFILE.to_owned());
    }

    /// A complete result teaches nothing: there was nothing that could have been missed.
    fn learn(&mut self, asking: &Asking, observe: impl FnOnce(&mut Profile, Who, Level)) {
        let Some(level) = asking.level.filter(|_| self.settings.learn()) else { return };
        observe(&mut self.profile, asking.who, level);
        self.unwritten.insert(PROFILE.to_owned());
    }

    /// Chooses how much to keep, and says why.
    pub(super) fn choose_tier(&self, input: &Input, now: f64) -> Result<Choice> {
        let (goal, reason) = match (input.tier()?, input.budget) {
            (Some(tier), Some(budget)) => (Goal::TierWithin(tier, budget), "asked for, within the budget"),
            (Some(tier), None) => (Goal::Tier(tier), "asked for"),
            (None, Some(budget)) => (Goal::Budget(budget), "as much as the budget holds"),
            (None, None) if input.question().is_none() => {
                (Goal::Tier(Tier::Complete), "neither a query nor a budget: nothing is left out")
            }
            (None, None) => {
                let goes_over_all = input.task.as_deref().is_some_and(goes_over_all);
                (Goal::Auto(Asker { needed: self.needed_tiers(input), goes_over_all }), "a query without a budget")
            }
        };
        let knows = self.settings.learn() && goal != Goal::Tier(Tier::Complete);
        let user = input.user.as_deref().filter(|_| knows);
        let interests = user.map(|user| self.profile.interests(hash(user), now)).unwrap_or_default();
        Ok(Choice { goal, reason: reason.to_owned(), interests })
    }

    /// What this user and task need where each tier would do for others.
    fn needed_tiers(&self, input: &Input) -> [Tier; 4] {
        if !self.settings.learn() {
            return Tier::ALL;
        }
        let who = who(input);
        // What is tried out is drawn from the profile itself: the same request and profile always give the same tier.
        let draw = if input.user.is_some() { self.profile.draw(who) } else { 0.5 };
        LEVELS.map(|usual| tier(self.profile.suggest_tier(who, usual, draw).tier))
    }

    /// What was learned, as bytes that another instance can take over: hashes and figures, no text.
    ///
    /// # Errors
    /// None that is known; state that can't be written would be one.
    pub fn export_profile(&self) -> Result<Vec<u8>> {
        self.profile.snapshot_bytes()
    }

    /// Takes over what was exported, in the place of what was learned here.
    ///
    /// # Errors
    /// [`ErrorKind::CorruptRecord`] for anything else; what was learned stays then.
    pub fn import_profile(&mut self, bytes: &[u8]) -> Result<()> {
        self.profile.restore(bytes)?;
        self.unwritten.insert(PROFILE.to_owned());
        Ok(())
    }

    /// Forgets what was learned.
    pub fn reset_profile(&mut self) {
        self.profile.reset();
        self.asked = Asked::default();
        self.unwritten.insert(PROFILE.to_owned());
    }
}

/// The hash of what a known user asks.
fn question(input: &Input) -> Option<u64> {
    input.question().filter(|_| input.user.is_some()).map(|question| hash(question.trim()))
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
