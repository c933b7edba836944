//! What users ask about: weights of term hashes that halve with time.

use crate::codec::codec;
use crate::ordered::{Map, sort_by};

/// Users known at once; the one unheard for the longest is forgotten first.
const USERS: usize = 64;
/// Terms known of each.
const KNOWN: usize = 512;
/// A weight halves in two weeks.
const HALF_LIFE: f64 = 14.0 * 24.0 * 3_600_000.0;
/// Asked about this often, a term has an interest of one half.
const HALFWAY: f32 = 3.0;

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Interests {
    users: Map<u64, Terms>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Terms {
    /// For each term its weight, and the moment it had it.
    terms: Map<u64, (f32, f64)>,
    heard: f64,
}

codec!(Interests { users });
codec!(Terms { terms, heard });

impl Interests {
    pub(super) fn observe(&mut self, user: u64, terms: &[u64], now: f64) {
        if self.users.len() >= USERS && !self.users.contains_key(&user) {
            let oldest = self.users.iter().min_by(|a, b| a.1.heard.total_cmp(&b.1.heard)).map(|(user, _)| *user);
            oldest.into_iter().for_each(|user| {
                self.users.remove(&user);
            });
        }
        self.users.update(user, |known| known.observe(terms, now));
    }

    /// The terms whose interest is `least` or more, in order.
    pub(super) fn above(&self, user: u64, least: f32, now: f64) -> Vec<u64> {
        let terms = self.users.get(&user).into_iter().flat_map(|known| known.terms.iter());
        terms
            .filter(|(_, (weight, at))| interest(weight * left_after(now - at)) >= least)
            .map(|(term, _)| *term)
            .collect()
    }

    pub(super) fn of(&self, user: u64, term: u64, now: f64) -> f32 {
        interest(self.users.get(&user).map_or(0.0, |known| known.weight(term, now)))
    }
}

/// From a weight without bound to an interest below 1.
fn interest(weight: f32) -> f32 {
    weight / (weight + HALFWAY)
}

impl Terms {
    fn observe(&mut self, terms: &[u64], now: f64) {
        self.heard = now.floor();
        for term in terms {
            let weight = self.weight(*term, now) + 1.0;
            self.terms.insert(*term, (weight, now.floor()));
        }
        if self.terms.len() > KNOWN {
            self.forget_faintest(now);
        }
    }

    fn weight(&self, term: u64, now: f64) -> f32 {
        self.terms.get(&term).map_or(0.0, |(weight, at)| weight * left_after(now - at))
    }

    /// Forgets an eighth at once, so that the sort is paid for seldom.
    fn forget_faintest(&mut self, now: f64) {
        let mut order: Vec<(f32, u64)> =
            self.terms.iter().map(|(term, (weight, at))| (weight * left_after(now - at), *term)).collect();
        sort_by(&mut order, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let excess = order.len() - KNOWN + KNOWN / 8;
        for (_, term) in order.into_iter().take(excess) {
            self.terms.remove(&term);
        }
    }
}

/// The share of a weight that is left: halved for each whole half-life, and on a straight line between.
///
/// A power of two would need a function that differs between runtimes; the line is at most 6% above it.
fn left_after(ms: f64) -> f32 {
    let lives = (ms / HALF_LIFE).clamp(0.0, 64.0);
    let whole = lives.floor();
    let rest = (lives - whole) as f32;
    // 127 is the exponent of one, so this is two to the power of -whole.
    (1.0 - rest / 2.0) * f32::from_bits((127 - whole as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_halve_and_never_jump() {
        assert_eq!([0.0, 1.0, 2.0, 3.0].map(|lives| left_after(lives * HALF_LIFE)), [1.0, 0.5, 0.25, 0.125]);
        assert_eq!(left_after(-5.0), 1.0, "a clock that goes back adds nothing");
        let mut last = 1.0;
        for step in 0..5_000 {
            let left = left_after(f64::from(step) * HALF_LIFE / 100.0);
            assert!(left <= last && last - left < 0.01);
            last = left;
        }
    }

    #[test]
    fn interest_grows_with_asking_and_fades_without() {
        let mut interests = Interests::default();
        assert_eq!(interests.of(7, 1, 0.0), 0.0);
        interests.observe(7, &[1, 2], 0.0);
        interests.observe(7, &[1], 0.0);
        assert!(interests.of(7, 1, 0.0) > interests.of(7, 2, 0.0));
        assert!(interests.of(7, 1, 0.0) > interests.of(7, 1, HALF_LIFE));
        assert!(interests.of(7, 1, 100.0 * HALF_LIFE) < 1e-6);
        assert_eq!(interests.of(8, 1, 0.0), 0.0, "another user's");
    }

    #[test]
    fn only_what_was_asked_often_is_above_a_half() {
        let mut interests = Interests::default();
        (0..3).for_each(|_| interests.observe(7, &[5, 1], 0.0));
        interests.observe(7, &[9], 0.0);
        assert_eq!(interests.above(7, 0.5, 0.0), [1, 5]);
        assert_eq!(interests.above(7, 0.5, 4.0 * HALF_LIFE), Vec::<u64>::new());
    }

    #[test]
    fn memory_is_bounded_and_the_faintest_goes_first() {
        let mut interests = Interests::default();
        interests.observe(1, &[7, 7, 7], 0.0);
        for term in 100..5_000 {
            interests.observe(1, &[term], 1.0);
        }
        assert!(interests.users.get(&1).unwrap().terms.len() <= KNOWN);
        assert!(interests.of(1, 7, 1.0) > 0.4);
        for user in 2..200_u32 {
            interests.observe(u64::from(user), &[7], f64::from(user));
        }
        assert_eq!(interests.users.len(), USERS);
        assert!(interests.of(1, 7, 1.0) == 0.0 && interests.of(199, 7, 199.0) > 0.0);
    }
}
