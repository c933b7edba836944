//! What a slot is expected to hold, so that only what is not expected has to be written.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::super::cost::cost;
use super::statements::Statement;

/// Where the expected value of a slot comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// What this slot, or one of another statement, held last.
    Last(usize),
    /// So much more than this slot held last.
    Step(i64),
    /// As last; but what is written is how much more it is.
    Difference,
}

/// What each slot held last, those of all statements in a row.
pub(super) struct Registers<'a>(Vec<Option<Cow<'a, str>>>);

impl<'a> Registers<'a> {
    /// Empty registers for so many slots.
    pub(super) fn new(slots: usize) -> Self {
        Self(vec![None; slots])
    }

    pub(super) fn set(&mut self, slot: usize, value: Cow<'a, str>) {
        self.0.get_mut(slot).into_iter().for_each(|register| *register = Some(value.clone()));
    }

    /// What a slot is expected to hold.
    pub(super) fn expected(&self, slot: usize, source: Source) -> Option<Cow<'a, str>> {
        let from = if let Source::Last(other) = source { other } else { slot };
        let last = self.0.get(from)?.as_ref()?;
        match source {
            Source::Step(step) => advance(last, step).map(Cow::Owned),
            Source::Last(_) | Source::Difference => Some(last.clone()),
        }
    }
}

/// A number that is `step` more, with as many zeros in front as it had; `None` where it is no number of that kind.
pub(super) fn advance(number: &str, step: i64) -> Option<String> {
    let next = value_of(number)?.checked_add(step).filter(|next| *next >= 0)?.to_string();
    let width = if number.starts_with('0') { number.len() } else { 0 };
    Some("0".repeat(width.saturating_sub(next.len())) + &next)
}

/// The number that digits make, small enough to be added to.
pub(super) fn value_of(digits: &str) -> Option<i64> {
    let small = (1..=17).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    small.then(|| digits.bytes().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
}

/// What was seen of a slot.
#[derive(Clone, Default)]
struct Votes {
    /// Tokens that each source would have saved.
    own: usize,
    steps: Vec<(i64, usize)>,
    others: Vec<(i64, usize)>,
    /// Tokens of all that its own last value does not tell, written whole and as differences.
    whole: usize,
    differences: Option<usize>,
}

/// How many candidates of a kind are followed for a slot.
const FOLLOWED: usize = 6;

/// Calls `each` with every value of a log in order: the number of its slot and the value; `places` are the statement of
/// each line and its place among that statement's, `firsts` the number of each statement's first slot.
pub(super) fn walk<'a>(
    statements: &[Statement<'a>],
    firsts: &[usize],
    places: &[(usize, usize)],
    each: &mut dyn FnMut(usize, &'a str),
) {
    for (id, row) in places {
        let (Some(statement), Some(first)) = (statements.get(*id), firsts.get(*id)) else { continue };
        for (slot, values) in statement.slots.iter().enumerate() {
            values.get(*row).into_iter().for_each(|value| each(first + slot, value));
        }
    }
}

/// The best source for each of so many slots.
pub(super) fn sources(
    statements: &[Statement],
    firsts: &[usize],
    places: &[(usize, usize)],
    slots: usize,
) -> Vec<Source> {
    let mut votes = vec![Votes { differences: Some(0), ..Votes::default() }; slots];
    let mut holder: HashMap<&str, usize> = HashMap::new();
    let mut last: Vec<Option<&str>> = vec![None; slots];
    walk(statements, firsts, places, &mut |slot, value| {
        let held = holder.insert(value, slot).filter(|held| last.get(*held) == Some(&Some(value)));
        let before = last.get_mut(slot).and_then(|register| register.replace(value));
        votes.get_mut(slot).into_iter().for_each(|votes| votes.note(value, before, held));
    });
    votes.iter().enumerate().map(|(slot, votes)| votes.best(slot)).collect()
}

impl Votes {
    fn note(&mut self, value: &str, before: Option<&str>, held: Option<usize>) {
        let saved = 1 + cost(value);
        if let Some(place) = held {
            vote(&mut self.others, place as i64, saved);
        }
        if before == Some(value) {
            self.own += saved;
            return;
        }
        self.whole += saved;
        let number = value_of(value);
        let Some(before) = before else { return };
        let difference = number.zip(value_of(before)).map(|(now, before)| now - before);
        let difference = difference.filter(|difference| advance(before, *difference).as_deref() == Some(value));
        if let Some(difference) = difference {
            vote(&mut self.steps, difference, saved);
        }
        let written = difference.map(|difference| 1 + cost(&difference.unsigned_abs().to_string()));
        self.differences = self.differences.zip(written).map(|(sum, more)| sum + more);
    }

    fn best(&self, own: usize) -> Source {
        let mut best = (Source::Last(own), self.own);
        let steps = self.steps.iter().map(|(step, saved)| (Source::Step(*step), *saved));
        let others = self.others.iter().map(|(slot, saved)| (Source::Last(*slot as usize), *saved));
        for (source, saved) in steps.chain(others) {
            // What is not its own last value has to be declared, and looked up by whoever reads.
            if saved > best.1 + 6 {
                best = (source, saved);
            }
        }
        let left = (self.own + self.whole).saturating_sub(best.1);
        match self.differences {
            Some(written) if written > 0 && written * 4 + 24 < left * 3 => Source::Difference,
            _ => best.0,
        }
    }
}

/// Adds to a candidate; the list holds the strongest few.
pub(super) fn vote(candidates: &mut Vec<(i64, usize)>, what: i64, saved: usize) {
    if let Some((_, sum)) = candidates.iter_mut().find(|(known, _)| *known == what) {
        *sum += saved;
    } else if candidates.len() < FOLLOWED {
        candidates.push((what, saved));
    } else if let Some(weakest) = candidates.iter_mut().min_by_key(|(_, sum)| *sum) {
        // As in the frequency sketches of Misra and Gries (1982), what is seen once takes the place of what is rare.
        *weakest = (what, saved);
    }
}
