//! Who uses the most, in bounded memory: Space-Saving (Metwally, Agrawal and El Abbadi, 2005) with weights.

use super::totals::Totals;
use crate::object;
use trimtab_codec::codec;
use trimtab_error::{Error, ErrorKind, Result};
use trimtab_ordered::sort_by;

/// Names watched at once. A name that uses more than 1/128 of all tokens is always among them.
pub(super) const WATCHED: usize = 128;

/// The names of one dimension that use the most tokens.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heaviest {
    watched: Vec<Watched>,
}

#[derive(Debug, Clone, PartialEq)]
struct Watched {
    name: String,
    tokens: u64,
    error: u64,
    totals: Totals,
}

codec!(Heaviest { watched });
codec!(Watched { name, tokens, error, totals });

/// One consumer, as `top` lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct Consumer {
    /// The user, task, model or tag.
    pub name: String,
    /// Tokens handled for it: the usage of its calls and the prompts it had optimized. At most `error` too high.
    pub tokens: u64,
    /// How many of `tokens` may belong to a name that was forgotten before this one was seen; 0 means exact.
    pub error: u64,
    /// Operations seen since it is watched.
    pub operations: u64,
    /// Tokens saved since it is watched.
    pub saved: i64,
    /// Dollars of its calls since it is watched, or `None` where none had a price.
    pub cost: Option<f64>,
    /// Calls whose model had no price.
    pub unpriced_calls: u64,
}

/// What consumers are ranked by. Among those watched, who are the ones that use the most tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// Tokens handled.
    #[default]
    Tokens,
    /// Dollars of their calls.
    Cost,
    /// Tokens saved.
    Saved,
    /// Operations.
    Operations,
}

const ORDERS: [(&str, Order); 4] =
    [("tokens", Order::Tokens), ("cost", Order::Cost), ("saved", Order::Saved), ("operations", Order::Operations)];

impl Order {
    /// Finds an order by its name; an unknown one is [`ErrorKind::InvalidInput`].
    pub fn from_name(name: &str) -> Result<Self> {
        let found = ORDERS.iter().find(|(known, _)| *known == name).map(|(_, order)| *order);
        found.ok_or_else(|| {
            let message = format!("`by` must be tokens, cost, saved or operations, not {name}");
            Error::new(ErrorKind::InvalidInput, message)
        })
    }

    fn of(self, consumer: &Consumer) -> f64 {
        match self {
            Self::Tokens => consumer.tokens as f64,
            Self::Cost => consumer.cost.unwrap_or(-1.0),
            Self::Saved => consumer.saved as f64,
            Self::Operations => consumer.operations as f64,
        }
    }
}

impl Heaviest {
    /// Counts what one operation handled for `name`.
    pub fn add(&mut self, name: &str, tokens: u64, totals: &Totals) {
        if let Some(place) = self.watched.iter().position(|known| known.name == name) {
            // A step to the front, so that who comes often is found soon.
            let place = place.checked_sub(1).map_or(0, |before| {
                self.watched.swap(before, place);
                before
            });
            if let Some(known) = self.watched.get_mut(place) {
                known.tokens = known.tokens.saturating_add(tokens);
                known.totals.merge(totals);
            }
            return;
        }
        let error = if self.watched.len() < WATCHED { 0 } else { self.forget_lightest() };
        let entry = Watched { name: name.to_owned(), tokens: tokens.saturating_add(error), error, totals: *totals };
        self.watched.push(entry);
    }

    /// Adds all that `other` watched.
    ///
    /// A name that only one of the two watched may have been used unseen in the other, up to its lightest; so the error of
    /// the two together is at most the sum of theirs (Agarwal et al., Mergeable Summaries, 2012).
    pub(super) fn merge(&mut self, other: &Self) {
        let (unseen_here, unseen_there) = (self.unseen(), other.unseen());
        for entry in &mut self.watched {
            if !other.watched.iter().any(|theirs| theirs.name == entry.name) {
                entry.tokens = entry.tokens.saturating_add(unseen_there);
                entry.error = entry.error.saturating_add(unseen_there);
            }
        }
        for theirs in &other.watched {
            if let Some(known) = self.watched.iter_mut().find(|known| known.name == theirs.name) {
                known.tokens = known.tokens.saturating_add(theirs.tokens);
                known.error = known.error.saturating_add(theirs.error);
                known.totals.merge(&theirs.totals);
            } else {
                let (tokens, error) =
                    (theirs.tokens.saturating_add(unseen_here), theirs.error.saturating_add(unseen_here));
                self.watched.push(Watched { tokens, error, ..theirs.clone() });
            }
        }
        sort_by(&mut self.watched, |a, b| b.tokens.cmp(&a.tokens).then_with(|| a.name.cmp(&b.name)));
        self.watched.truncate(WATCHED);
    }

    /// What a name that is not watched may have used.
    fn unseen(&self) -> u64 {
        let full = self.watched.len() >= WATCHED;
        self.watched.iter().map(|entry| entry.tokens).min().filter(|_| full).unwrap_or(0)
    }

    /// Makes room and returns what the newcomer may have used unseen.
    // Linear in 128 names: a heap would need a second index by name for a microsecond.
    fn forget_lightest(&mut self) -> u64 {
        let lightest = self.watched.iter().enumerate().min_by_key(|(_, entry)| entry.tokens).map(|(at, _)| at);
        lightest.map_or(0, |at| self.watched.swap_remove(at).tokens)
    }

    /// Lists the `n` heaviest in an order, those that are equal there by name.
    pub fn top(&self, n: usize, order: Order) -> Vec<Consumer> {
        let mut consumers: Vec<Consumer> = self.watched.iter().map(consumer).collect();
        sort_by(&mut consumers, |a, b| order.of(b).total_cmp(&order.of(a)).then_with(|| a.name.cmp(&b.name)));
        consumers.truncate(n);
        consumers
    }
}

fn consumer(entry: &Watched) -> Consumer {
    Consumer {
        name: entry.name.clone(),
        tokens: entry.tokens,
        error: entry.error,
        operations: entry.totals.operations,
        saved: entry.totals.saved(),
        cost: entry.totals.cost(),
        unpriced_calls: entry.totals.unpriced,
    }
}

object!(Consumer { name, tokens, error, operations, saved, cost, unpriced_calls });

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn watch(events: &[(u16, u64)]) -> (Heaviest, BTreeMap<String, u64>) {
        let (mut heaviest, mut truth) = (Heaviest::default(), BTreeMap::new());
        for (name, tokens) in events {
            heaviest.add(&name.to_string(), *tokens, &Totals::default());
            *truth.entry(name.to_string()).or_default() += tokens;
        }
        (heaviest, truth)
    }

    proptest! {
        #[test]
        fn the_stated_error_holds_and_no_heavy_name_is_missed(events in prop::collection::vec((0..1_000_u16, 0..1_000_u64), 0..3_000)) {
            let (heaviest, truth) = watch(&events);
            let all: u64 = truth.values().sum();
            let listed = heaviest.top(usize::MAX, Order::Tokens);
            prop_assert!(listed.len() <= WATCHED);
            for entry in &listed {
                let real = truth[&entry.name];
                prop_assert!(entry.tokens >= real && entry.tokens - entry.error <= real);
                prop_assert!(entry.error <= all / WATCHED as u64);
            }
            for (name, tokens) in truth.iter().filter(|(_, tokens)| **tokens > all / WATCHED as u64) {
                prop_assert!(listed.iter().any(|entry| entry.name == *name), "{name} used {tokens}");
            }
        }
    }

    proptest! {
        #[test]
        fn merging_keeps_the_stated_error(
            one in prop::collection::vec((0..300_u16, 0..1_000_u64), 0..600),
            two in prop::collection::vec((0..300_u16, 0..1_000_u64), 0..600),
        ) {
            let (mut merged, mut truth) = watch(&one);
            let (other, more) = watch(&two);
            merged.merge(&other);
            more.into_iter().for_each(|(name, tokens)| *truth.entry(name).or_default() += tokens);
            let all: u64 = truth.values().sum();
            let listed = merged.top(usize::MAX, Order::Tokens);
            prop_assert!(listed.len() <= WATCHED);
            for entry in &listed {
                let real = truth[&entry.name];
                prop_assert!(entry.tokens >= real && entry.tokens - entry.error <= real);
                prop_assert!(entry.error <= all / WATCHED as u64);
            }
            for (name, tokens) in truth.iter().filter(|(_, tokens)| **tokens > all / WATCHED as u64) {
                prop_assert!(listed.iter().any(|entry| entry.name == *name), "{name} used {tokens}");
            }
        }
    }

    #[test]
    fn few_names_are_counted_exactly() {
        let (heaviest, _) = watch(&[(1, 10), (2, 30), (1, 15), (3, 25)]);
        let listed: Vec<_> =
            heaviest.top(2, Order::Tokens).into_iter().map(|one| (one.name, one.tokens, one.error)).collect();
        assert_eq!(listed, [("2".to_owned(), 30, 0), ("1".to_owned(), 25, 0)]);
    }
}
