//! What is asked for next: counts of what followed the last key and the last two, blended by how much is known.

use super::pair;
use crate::codec::codec;
use crate::ordered::{Map, sort, sort_by};

/// Contexts known at once, for each order.
const CONTEXTS: usize = 2_048;
/// Followers known for each context.
const FOLLOWERS: usize = 8;
/// Counts are halved when their sum gets here, so that a habit that changed is unlearned.
const FULL: u32 = 64;
/// The blend trusts a context half when it was seen this often.
const TRUST: f32 = 2.0;
/// Predictions below which their precision says nothing.
const ENOUGH: u32 = 20;

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Habits {
    one: Contexts,
    two: Contexts,
    /// For each tenth of probability: predictions, and those that came true.
    checked: [(u32, u32); 10],
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Contexts {
    known: Map<u64, Context>,
    clock: u64,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Context {
    followers: Vec<(u64, u32)>,
    seen: u64,
}

codec!(Habits { one, two, checked });
codec!(Contexts { known, clock });
codec!(Context { followers, seen });

impl Habits {
    pub(super) fn observe(&mut self, prev2: Option<u64>, prev1: Option<u64>, key: u64) {
        self.check(prev2, prev1, key);
        let Some(prev1) = prev1 else { return };
        self.one.observe(prev1, key);
        if let Some(prev2) = prev2 {
            self.two.observe(pair(prev2, prev1), key);
        }
    }

    /// Holds the likeliest prediction against what came.
    fn check(&mut self, prev2: Option<u64>, prev1: Option<u64>, key: u64) {
        let Some((predicted, probability)) = self.predict(prev2, prev1).first().copied() else { return };
        if let Some((made, right)) = self.checked.get_mut(tenth(probability)) {
            *made += 1;
            *right += u32::from(predicted == key);
            if *made >= 1_000 {
                (*made, *right) = (*made / 2, *right / 2);
            }
        }
    }

    pub(super) fn precision(&self, probability: f32) -> Option<f32> {
        let (made, right) = self.checked.get(tenth(probability))?;
        (*made >= ENOUGH).then(|| *right as f32 / *made as f32)
    }

    pub(super) fn predict(&self, prev2: Option<u64>, prev1: Option<u64>) -> Vec<(u64, f32)> {
        let two = prev2.zip(prev1).and_then(|(two, one)| self.two.known.get(&pair(two, one)));
        let one = prev1.and_then(|one| self.one.known.get(&one));
        let trust = two.map_or(0.0, |context| {
            let seen = context.sum() as f32;
            seen / (seen + TRUST)
        });
        let mut blended = Map::<u64, f32>::default();
        for (context, share) in [(two, trust), (one, 1.0 - trust)] {
            let Some(context) = context else { continue };
            for (key, count) in &context.followers {
                blended.update(*key, |sum| *sum += share * *count as f32 / context.sum() as f32);
            }
        }
        let mut list = blended.into_entries();
        sort_by(&mut list, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        list.truncate(FOLLOWERS);
        list
    }
}

fn tenth(probability: f32) -> usize {
    ((probability * 10.0) as usize).min(9)
}

impl Contexts {
    fn observe(&mut self, context: u64, key: u64) {
        self.clock += 1;
        let clock = self.clock;
        self.known.update(context, |entry| {
            entry.seen = clock;
            entry.observe(key);
        });
        if self.known.len() > CONTEXTS {
            self.forget_oldest();
        }
    }

    /// Forgets an eighth at once, so that the walk is paid for seldom.
    fn forget_oldest(&mut self) {
        let mut seen: Vec<u64> = self.known.iter().map(|(_, context)| context.seen).collect();
        sort(&mut seen);
        let limit = seen.get(CONTEXTS / 8).copied().unwrap_or(0);
        self.known.retain(|_, context| context.seen > limit);
    }
}

impl Context {
    fn sum(&self) -> u32 {
        self.followers.iter().map(|(_, count)| count).sum::<u32>().max(1)
    }

    fn observe(&mut self, key: u64) {
        match self.followers.iter_mut().find(|(known, _)| *known == key) {
            Some((_, count)) => *count += 1,
            None => {
                if self.followers.len() >= FOLLOWERS {
                    self.forget_rarest();
                }
                self.followers.push((key, 1));
            }
        }
        if self.sum() >= FULL {
            self.followers.iter_mut().for_each(|(_, count)| *count /= 2);
            self.followers.retain(|(_, count)| *count > 0);
        }
    }

    /// Of several that are equally rare, the one known for the longest goes: it had the most time to come again.
    fn forget_rarest(&mut self) {
        let rarest = self.followers.iter().enumerate().min_by_key(|(_, (_, count))| *count).map(|(at, _)| at);
        if let Some(at) = rarest {
            self.followers.remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(keys: &[u64]) -> Habits {
        let mut habits = Habits::default();
        let (mut prev2, mut prev1) = (None, None);
        for key in keys {
            habits.observe(prev2, prev1, *key);
            (prev2, prev1) = (prev1, Some(*key));
        }
        habits
    }

    #[test]
    fn nothing_known_predicts_nothing() {
        assert!(Habits::default().predict(Some(1), Some(2)).is_empty());
        assert!(walk(&[1]).predict(None, None).is_empty());
    }

    #[test]
    fn two_keys_say_more_than_one() {
        // After 2 comes 3 or 4, and which of them depends on what was before 2.
        let habits = walk(&[1, 2, 3, 9, 2, 4, 1, 2, 3, 9, 2, 4, 1, 2, 3, 9, 2, 4, 1, 2, 3, 9, 2, 4]);
        assert_eq!(habits.predict(Some(1), Some(2))[0].0, 3);
        assert_eq!(habits.predict(Some(9), Some(2))[0].0, 4);
        assert_eq!(habits.predict(Some(5), Some(2)).len(), 2, "an unknown pair falls back to the last key");
    }

    #[test]
    fn probabilities_sum_to_at_most_one() {
        let keys: Vec<u64> = (0..500_u64).map(|step| step * step % 11).collect();
        let habits = walk(&keys);
        for one in 0..11 {
            for two in 0..11 {
                let sum: f32 = habits.predict(Some(one), Some(two)).iter().map(|(_, p)| p).sum();
                assert!(sum <= 1.0001, "{sum}");
            }
        }
    }

    #[test]
    fn a_changed_habit_is_unlearned() {
        let mut habits = Habits::default();
        (0..1_000).for_each(|_| habits.observe(None, Some(1), 2));
        (0..60).for_each(|_| habits.observe(None, Some(1), 3));
        assert_eq!(habits.predict(None, Some(1))[0].0, 3);
    }

    #[test]
    fn precision_is_what_was_measured() {
        let mut habits = Habits::default();
        assert_eq!(habits.precision(0.95), None);
        (0..200).for_each(|_| habits.observe(None, Some(1), 2));
        assert_eq!(habits.precision(0.95), Some(1.0));
        // Each new key after 5 is a surprise.
        (0..200).for_each(|key| habits.observe(None, Some(5), key));
        assert!(habits.precision(0.15).unwrap() < 0.05);
    }

    #[test]
    fn memory_is_bounded() {
        let keys: Vec<u64> = (0..20_000).collect();
        let habits = walk(&keys);
        assert!(habits.one.known.len() <= CONTEXTS && habits.two.known.len() <= CONTEXTS);
        assert_eq!(habits.predict(None, Some(19_998))[0].0, 19_999, "the newest is known");
        let mut many = Habits::default();
        (0..1_000).for_each(|key| many.observe(None, Some(1), key));
        assert!(many.predict(None, Some(1)).len() <= FOLLOWERS);
    }
}
