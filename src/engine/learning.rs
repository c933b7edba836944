//! What is learned from use, and what is made of it: which tier to choose.

use super::input::{Choice, Input};
use super::{Engine, PROFILE, entries};
use crate::error::{Error, ErrorKind, Result};
use crate::select::{Goal, Tier};

impl Engine {
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
