//! Which tier is enough for a user and a task: one Beta posterior a tier, tied together by the tiers' order.
//!
//! Tiers are nested, so what was enough at one tier would have been enough above it, and what was not would not have been
//! below it. Each observation also fades the earlier ones of the tiers it speaks of, so that about the last forty count.

use serde::Serialize;

use crate::codec::codec;
use crate::ordered::Map;

/// The tiers from the least to the whole, as this room sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The least that still answers.
    Essential,
    /// Main points with their context.
    Standard,
    /// All but low-value detail.
    Comprehensive,
    /// Everything, in lossless forms.
    Complete,
}

/// All levels, the least first.
pub const LEVELS: [Level; 4] = [Level::Essential, Level::Standard, Level::Comprehensive, Level::Complete];

/// A tier, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Suggestion {
    /// The tier.
    pub tier: Level,
    /// How likely it is enough.
    pub confidence: f32,
    /// How many observations of this user and task it rests on, faded ones in part.
    pub evidence: f32,
}

/// Users and tasks known at once; the one unseen for the longest is forgotten first.
const KNOWN: usize = 512;
/// What is left of earlier observations after each new one.
const FADE: f32 = 0.975;
/// Silence after a prompt was served says less than a judgement. With this weight and the target below, a tier holds
/// while fewer than one prompt in thirteen is expanded.
const SILENCE: f32 = 0.3;
/// A tier is enough when it is so with this probability.
const TARGET: f32 = 0.8;

/// One prompt in so many may try another tier out.
const TRY_EVERY: u32 = 5;
/// The golden ratio's fraction, whose multiples are spread most evenly (Weyl, 1916).
const GOLDEN: f64 = 0.618_033_988_749_894_9;

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Beliefs {
    known: Map<u64, Belief>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Belief {
    /// For each tier: observations that it was enough, and that it was not.
    tiers: [(f32, f32); 4],
    /// Observations in all.
    evidence: f32,
    seen: f64,
    /// Prompts served.
    served: u32,
}

codec!(Beliefs { known });
codec!(Belief { tiers, evidence, seen, served });

impl Beliefs {
    pub(super) fn served(&mut self, who: u64, tier: Level, now: f64) {
        self.observe(who, tier, true, SILENCE, now);
        self.known.update(who, |belief| belief.served = belief.served.wrapping_add(1));
    }

    /// The question was asked again: half a judgement that the tier was not enough.
    pub(super) fn asked_again(&mut self, who: u64, tier: Level, now: f64) {
        self.observe(who, tier, false, 0.5, now);
    }

    /// Where in 0 to 1 the draw for the next prompt of `who` falls: in the middle, which tries nothing out, but for every
    /// fifth prompt, when it goes on along a sequence that fills the range evenly.
    pub(super) fn draw(&self, who: u64) -> f64 {
        let served = self.known.get(&who).map_or(0, |belief| belief.served);
        if served % TRY_EVERY != TRY_EVERY - 1 {
            return 0.5;
        }
        let step = f64::from(served / TRY_EVERY + 1) * GOLDEN;
        step - step.floor()
    }

    pub(super) fn judged(&mut self, who: u64, tier: Level, enough: bool, now: f64) {
        self.observe(who, tier, enough, 1.0, now);
    }

    fn observe(&mut self, who: u64, tier: Level, enough: bool, weight: f32, now: f64) {
        if self.known.len() >= KNOWN && !self.known.contains_key(&who) {
            self.forget_oldest();
        }
        self.known.update(who, |belief| belief.observe(tier, enough, weight, now));
    }

    fn forget_oldest(&mut self) {
        let oldest = self.known.iter().min_by(|a, b| a.1.seen.total_cmp(&b.1.seen)).map(|(who, _)| *who);
        if let Some(oldest) = oldest {
            self.known.remove(&oldest);
        }
    }

    pub(super) fn suggest(&self, who: u64, usual: Level, draw: f64) -> Suggestion {
        let belief = self.known.get(&who).copied().unwrap_or_default();
        let noise = (draw.clamp(0.0, 1.0) as f32 - 0.5) * 2.0;
        let judged = LEVELS.into_iter().zip(belief.tiers).map(|(level, seen)| (level, posterior(level, usual, seen)));
        let mut all = (Level::Complete, 1.0);
        for (level, (mean, spread)) in judged {
            if mean + noise * spread >= TARGET {
                all = (level, mean);
                break;
            }
        }
        Suggestion { tier: all.0, confidence: all.1, evidence: belief.evidence }
    }
}

impl Belief {
    fn observe(&mut self, tier: Level, enough: bool, weight: f32, now: f64) {
        self.seen = now.floor();
        self.evidence = self.evidence * FADE + weight;
        for (level, (yes, no)) in LEVELS.into_iter().zip(self.tiers.iter_mut()) {
            // What says nothing of a tier fades nothing of it either, or a tier tried seldom would never be learned.
            if if enough { level >= tier } else { level <= tier } {
                (*yes, *no) = (*yes * FADE, *no * FADE);
                *(if enough { yes } else { no }) += weight;
            }
        }
    }
}

/// The mean of "this tier is enough", and how far a draw may move it: a uniform of the posterior's own variance, because a
/// Beta sampler would need logarithms, which differ between runtimes.
fn posterior(level: Level, usual: Level, (yes, no): (f32, f32)) -> (f32, f32) {
    // Two observations' worth of prior: the usual tier and those above it are thought enough, and the further below it
    // the less, so that tiers far below are tried only after those near it.
    let prior = match usual as usize - (level as usize).min(usual as usize) {
        0 => 1.8,
        below => 1.2 - 0.2 * below as f32,
    };
    let (alpha, beta) = (prior + yes, 2.0 - prior + no);
    let sum = alpha + beta;
    let variance = alpha * beta / (sum * sum * (sum + 1.0));
    (alpha / sum, (3.0 * variance).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHO: u64 = 7;

    /// A user who needs `need`, and expands whatever is below it. Returns the mean regret of the last half: 1 for each
    /// prompt below the need, and a tenth of that for each tier above it.
    fn regret(need: Level, usual: Level, rounds: u32, explore: bool) -> f64 {
        let mut beliefs = Beliefs::default();
        let mut random = 42_u64;
        let mut lost = 0.0;
        for round in 0..rounds {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let draw = if explore { (random >> 11) as f64 / (1_u64 << 53) as f64 } else { 0.5 };
            let tier = beliefs.suggest(WHO, usual, draw).tier;
            beliefs.served(WHO, tier, f64::from(round));
            if tier < need {
                beliefs.judged(WHO, tier, false, f64::from(round));
            }
            if round >= rounds / 2 {
                lost += if tier < need { 1.0 } else { 0.1 * (tier as usize - need as usize) as f64 };
            }
        }
        lost / f64::from(rounds - rounds / 2)
    }

    #[test]
    fn an_unknown_user_gets_the_usual_tier() {
        for usual in LEVELS {
            assert_eq!(Beliefs::default().suggest(WHO, usual, 0.5).tier, usual);
        }
    }

    #[test]
    fn who_expands_gets_more_and_others_do_not() {
        let mut beliefs = Beliefs::default();
        for _ in 0..5 {
            beliefs.served(WHO, Level::Standard, 0.0);
            beliefs.judged(WHO, Level::Standard, false, 0.0);
        }
        assert_eq!(beliefs.suggest(WHO, Level::Standard, 0.5).tier, Level::Comprehensive);
        assert_eq!(beliefs.suggest(WHO + 1, Level::Standard, 0.5).tier, Level::Standard);
    }

    #[test]
    fn who_is_content_with_less_gets_less() {
        let mut beliefs = Beliefs::default();
        for _ in 0..5 {
            beliefs.judged(WHO, Level::Essential, true, 0.0);
        }
        assert_eq!(beliefs.suggest(WHO, Level::Comprehensive, 0.5).tier, Level::Essential);
    }

    #[test]
    fn a_changed_mind_is_followed() {
        let mut beliefs = Beliefs::default();
        (0..200).for_each(|_| beliefs.judged(WHO, Level::Essential, true, 0.0));
        (0..40).for_each(|_| beliefs.judged(WHO, Level::Standard, false, 0.0));
        assert!(beliefs.suggest(WHO, Level::Standard, 0.5).tier >= Level::Comprehensive);
    }

    #[test]
    fn regret_is_bounded_whatever_the_user_needs() {
        for need in LEVELS {
            for usual in LEVELS {
                let lost = regret(need, usual, 2_000, true);
                assert!(lost <= 0.2, "{need:?} from {usual:?}: {lost}");
            }
        }
    }

    #[test]
    fn without_randomness_it_rises_to_the_need_and_stays() {
        for need in LEVELS {
            let lost = regret(need, Level::Essential, 400, false);
            assert!(lost <= 0.08, "{need:?}: {lost}");
        }
    }

    /// The regret of each quarter of `rounds`, with the draws that the profile makes itself.
    fn own_regret(need: Level, usual: Level, rounds: u32) -> [f64; 4] {
        let mut beliefs = Beliefs::default();
        let mut lost = [0.0; 4];
        for round in 0..rounds {
            let tier = beliefs.suggest(WHO, usual, beliefs.draw(WHO)).tier;
            beliefs.served(WHO, tier, f64::from(round));
            if tier < need {
                beliefs.judged(WHO, tier, false, f64::from(round));
            }
            let quarter = (round * 4 / rounds) as usize;
            lost[quarter] += if tier < need { 1.0 } else { 0.1 * (tier as usize - need as usize) as f64 };
        }
        lost.map(|lost| lost / f64::from(rounds / 4))
    }

    #[test]
    fn what_the_profile_tries_out_itself_costs_little_and_less_with_time() {
        for need in LEVELS {
            for usual in LEVELS {
                let [first, .., last] = own_regret(need, usual, 2_000);
                assert!(first <= 0.2 && last <= 0.11, "{need:?} from {usual:?}: {first} then {last}");
            }
        }
    }

    #[test]
    fn the_same_profile_draws_the_same() {
        let mut beliefs = Beliefs::default();
        let mut other = 0;
        for round in 0..80 {
            assert_eq!(beliefs.draw(WHO), beliefs.clone().draw(WHO));
            other += usize::from(beliefs.draw(WHO) != 0.5);
            beliefs.served(WHO, Level::Standard, f64::from(round));
        }
        assert_eq!(other, 16);
    }

    #[test]
    fn memory_is_bounded_and_the_oldest_goes_first() {
        let mut beliefs = Beliefs::default();
        for who in 0..2_000_u64 {
            beliefs.served(who, Level::Standard, who as f64);
        }
        assert_eq!(beliefs.known.len(), KNOWN);
        assert!(beliefs.known.contains_key(&1_999) && !beliefs.known.contains_key(&0));
    }
}
