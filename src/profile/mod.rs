//! What users do: which tier they need, and what matters to them.
//!
//! Only hashes and figures are kept, never text. Everything is bounded, and what is old weighs less.

mod habit;
mod interest;
mod tiers;

use crate::codec::{codec, from_bytes, to_bytes};
use crate::error::{Error, ErrorKind, Result};

use habit::Habits;
use interest::Interests;
use tiers::Beliefs;

pub use tiers::{LEVELS, Level, Suggestion};

/// What was learned of the users of one instance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    beliefs: Beliefs,
    interests: Interests,
    habits: Habits,
}

/// The version of the bytes.
const VERSION: u8 = 2;

codec!(Profile { beliefs, interests, habits });

/// Hashes a user, a task or a term, so that no text is kept: FNV-1a, the same on every runtime.
///
/// It hides nothing from who can guess the text; it keeps the profile small and free of prose.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn pair(one: u64, two: u64) -> u64 {
    // Odd multiplier: the pair (a, b) differs from (b, a), and neither is lost.
    (one ^ two.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ two
}

/// Whom an observation is about: hashes of the user and of the task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who(u64);

impl Who {
    /// Hashes a user and a task; either may be unknown.
    pub fn new(user: Option<&str>, task: Option<&str>) -> Self {
        Self(pair(hash(user.unwrap_or_default()), hash(task.unwrap_or_default())))
    }
}

impl Profile {
    /// A prompt was served at `tier`: a weak sign that it was enough.
    pub fn observe_served(&mut self, who: Who, tier: Level, now: f64) {
        self.beliefs.served(who.0, tier, now);
    }

    /// Something left out at `tier` was asked for: a strong sign that it was not enough.
    pub fn observe_expand(&mut self, who: Who, tier: Level, now: f64) {
        self.beliefs.judged(who.0, tier, false, now);
    }

    /// The same question was asked again soon: a sign that the answer at `tier` was not enough.
    pub fn observe_repeat(&mut self, who: Who, tier: Level, now: f64) {
        self.beliefs.asked_again(who.0, tier, now);
    }

    /// The user said whether the answer was useful.
    pub fn observe_feedback(&mut self, who: Who, tier: Level, useful: bool, now: f64) {
        self.beliefs.judged(who.0, tier, useful, now);
    }

    /// Suggests the lowest tier that is likely enough; `usual` is what would be chosen without knowing the user.
    ///
    /// `draw` (0 to 1) is the randomness that tries lower tiers now and then; 0.5 tries nothing, so that the same profile
    /// always suggests the same.
    pub fn suggest_tier(&self, who: Who, usual: Level, draw: f64) -> Suggestion {
        self.beliefs.suggest(who.0, usual, draw)
    }

    /// The draw for the next suggestion: the same profile always draws the same, and mostly the middle.
    pub fn draw(&self, who: Who) -> f64 {
        self.beliefs.draw(who.0)
    }

    /// The user, given as a [`hash`], asked about these terms, given as hashes too.
    pub fn observe_terms(&mut self, user: u64, terms: &[u64], now: f64) {
        self.interests.observe(user, terms, now);
    }

    /// How much a term matters to the user, from 0 (never asked about) to below 1; it halves in about two weeks.
    pub fn interest(&self, user: u64, term: u64, now: f64) -> f32 {
        self.interests.of(user, term, now)
    }

    /// The terms that the user asked about three times of late, or more often if longer ago, in order.
    pub fn interests(&self, user: u64, now: f64) -> Vec<u64> {
        self.interests.above(user, 0.5, now)
    }

    /// `key` was asked for after `prev1`, and that after `prev2`.
    pub fn observe_key(&mut self, prev2: Option<u64>, prev1: Option<u64>, key: u64) {
        self.habits.observe(prev2, prev1, key);
    }

    /// Lists keys likely to be asked for next, the likeliest first, with their probabilities.
    ///
    /// Such probabilities are badly calibrated: ask [`Profile::precision`] before acting on one.
    pub fn predict(&self, prev2: Option<u64>, prev1: Option<u64>) -> Vec<(u64, f32)> {
        self.habits.predict(prev2, prev1)
    }

    /// How often predictions of about this probability came true, or `None` below 20 of them.
    pub fn precision(&self, probability: f32) -> Option<f32> {
        self.habits.precision(probability)
    }

    /// Forgets everything.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Writes the profile as versioned bytes.
    pub fn snapshot_bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = vec![VERSION];
        bytes.extend(to_bytes(self));
        Ok(bytes)
    }

    /// Takes over what [`Profile::snapshot_bytes`] wrote; what is damaged or of another version is
    /// [`ErrorKind::CorruptRecord`], and the current profile stays.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<()> {
        let (version, body) = bytes.split_first().ok_or_else(|| corrupt("is damaged"))?;
        if *version != VERSION {
            return Err(corrupt(format!("is of version {version}, not {VERSION}")));
        }
        *self = from_bytes(body).ok_or_else(|| corrupt("is damaged"))?;
        Ok(())
    }
}

fn corrupt(what: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::CorruptRecord, format!("the stored profile {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taught() -> Profile {
        let mut profile = Profile::default();
        let who = Who::new(Some("ada"), Some("support"));
        for step in 0..50_u64 {
            let now = step as f64 * 12_345_678.0;
            profile.observe_served(who, Level::Essential, now);
            profile.observe_feedback(who, Level::Standard, step % 3 == 0, now);
            profile.observe_terms(hash("ada"), &[hash("invoice"), step], now);
            profile.observe_key(Some(step % 3), Some(step % 5), step % 7);
        }
        profile
    }

    #[test]
    fn a_restart_changes_nothing() {
        let profile = taught();
        let bytes = profile.snapshot_bytes().unwrap();
        let mut restored = Profile::default();
        restored.restore(&bytes).unwrap();
        assert_eq!(restored, profile);
        assert_eq!(restored.snapshot_bytes().unwrap(), bytes);
    }

    #[test]
    fn reset_forgets_everything() {
        let mut profile = taught();
        profile.reset();
        assert_eq!(profile, Profile::default());
    }

    #[test]
    fn damaged_bytes_leave_the_profile_as_it_was() {
        let mut profile = taught();
        let before = profile.clone();
        let bytes = profile.snapshot_bytes().unwrap();
        for damaged in [b"".as_slice(), b"{}", b"null", bytes.split_last().unwrap().1] {
            assert_eq!(profile.restore(damaged).unwrap_err().kind(), ErrorKind::CorruptRecord);
        }
        let other = [&[9], &bytes[1..]].concat();
        assert!(profile.restore(&other).unwrap_err().to_string().contains("version 9"));
        assert_eq!(profile, before);
    }

    #[test]
    fn no_text_is_kept() {
        let bytes = taught().snapshot_bytes().unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("ada") && !text.contains("support") && !text.contains("invoice"));
    }

    #[test]
    fn user_and_task_are_told_apart() {
        let who = |user, task| Who::new(Some(user), Some(task));
        assert_ne!(who("a", "b"), who("b", "a"));
        assert_ne!(who("ab", ""), who("a", "b"));
        assert_eq!(Who::new(None, None), who("", ""));
    }
}
