//! What a slot is expected to hold, so that only what is not expected has to be written.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::super::cost::cost;
use super::statements::Statement;

/// Where the expected value of a slot comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// What this slot, or one of another statement, held last.
    Last { statement: usize, slot: usize },
    /// So much more than this slot held last.
    Step(i64),
    /// As last; but what is written is how much more it is.
    Difference,
}

/// What each slot of each statement held last.
pub(super) struct Registers<'a>(Vec<Vec<Option<Cow<'a, str>>>>);

impl<'a> Registers<'a> {
    /// Empty registers for statements with so many slots each.
    pub(super) fn new(slots: impl Iterator<Item = usize>) -> Self {
        Self(slots.map(|count| vec![None; count]).collect())
    }

    pub(super) fn get(&self, statement: usize, slot: usize) -> Option<&Cow<'a, str>> {
        self.0.get(statement)?.get(slot)?.as_ref()
    }

    pub(super) fn set(&mut self, statement: usize, slot: usize, value: Cow<'a, str>) {
        if let Some(register) = self.0.get_mut(statement).and_then(|slots| slots.get_mut(slot)) {
            *register = Some(value);
        }
    }

    /// What a slot is expected to hold.
    pub(super) fn expected(&self, statement: usize, slot: usize, source: Source) -> Option<Cow<'a, str>> {
        match source {
            Source::Last { statement, slot } => self.get(statement, slot).cloned(),
            Source::Step(step) => advance(self.get(statement, slot)?, step).map(Cow::Owned),
            Source::Difference => self.get(statement, slot).cloned(),
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
    others: Vec<((usize, usize), usize)>,
    /// Tokens of all that its own last value does not tell, written whole and as differences.
    whole: usize,
    differences: Option<usize>,
}

/// How many candidates of a kind are followed for a slot.
const FOLLOWED: usize = 6;

/// The best source for each slot; `rows` are the statement and the row of each line, in order.
pub(super) fn sources(statements: &[Statement], rows: &[(usize, usize)]) -> Vec<Vec<Source>> {
    let fresh = Votes { differences: Some(0), ..Votes::default() };
    let mut votes: Vec<Vec<Votes>> = statements.iter().map(|s| vec![fresh.clone(); s.slots.len()]).collect();
    let mut holder: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut last: Vec<Vec<Option<&str>>> = statements.iter().map(|s| vec![None; s.slots.len()]).collect();
    for &(id, row) in rows {
        let Some(statement) = statements.get(id) else { continue };
        for (slot, values) in statement.slots.iter().enumerate() {
            let Some(&value) = values.get(row) else { continue };
            let held = holder.insert(value, (id, slot));
            let still = held.filter(|(s, c)| last.get(*s).and_then(|slots| slots.get(*c)) == Some(&Some(value)));
            let register = last.get_mut(id).and_then(|slots| slots.get_mut(slot));
            let before = register.and_then(|register| register.replace(value));
            if let Some(votes) = votes.get_mut(id).and_then(|slots| slots.get_mut(slot)) {
                votes.note(value, before, still);
            }
        }
    }
    let choose = |(id, slots): (usize, &Vec<Votes>)| {
        slots.iter().enumerate().map(|(slot, votes)| votes.best(Source::Last { statement: id, slot })).collect()
    };
    votes.iter().enumerate().map(choose).collect()
}

impl Votes {
    fn note(&mut self, value: &str, before: Option<&str>, held: Option<(usize, usize)>) {
        let saved = 1 + cost(value);
        if let Some(place) = held {
            vote(&mut self.others, place, saved);
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

    fn best(&self, own: Source) -> Source {
        let mut best = (own, self.own);
        let steps = self.steps.iter().map(|(step, saved)| (Source::Step(*step), *saved));
        let others = self
            .others
            .iter()
            .map(|((statement, slot), saved)| (Source::Last { statement: *statement, slot: *slot }, *saved));
        for (source, saved) in steps.chain(others) {
            // What is not its own last value has to be declared, and looked up by whoever reads.
            if saved > best.1 + 6 {
                best = (source, saved);
            }
        }
        let left = (self.own + self.whole).saturating_sub(best.1);
        match self.differences {
            Some(written) if written * 4 + 24 < left * 3 && self.whole > 0 => Source::Difference,
            _ => best.0,
        }
    }
}

fn vote<T: PartialEq>(candidates: &mut Vec<(T, usize)>, what: T, saved: usize) {
    if let Some((_, sum)) = candidates.iter_mut().find(|(known, _)| *known == what) {
        *sum += saved;
    } else if candidates.len() < FOLLOWED {
        candidates.push((what, saved));
    } else if let Some(weakest) = candidates.iter_mut().min_by_key(|(_, sum)| *sum) {
        // As in the frequency sketches of Misra and Gries (1982), what is seen once takes the place of what is rare.
        *weakest = (what, saved);
    }
}
