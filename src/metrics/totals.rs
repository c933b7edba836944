//! Sums over records: what every answer is made of.

use super::record::{Operation, Record};
use trimtab_codec::{Codec, Reader};

/// Sums over some records. Counts are of records, the rest of tokens and of billionths of a dollar: so sums do not depend
/// on the order of their parts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Totals {
    /// All records.
    pub operations: u64,
    /// Model calls among them.
    pub calls: u64,
    /// Those that ended in an error.
    pub errors: u64,
    /// Those that asked our cache.
    pub lookups: u64,
    /// Those that our cache answered.
    pub hits: u64,
    /// Those with tokens before and after.
    pub samples: u64,
    /// Of the samples, those that were estimated, not counted.
    pub estimated: u64,
    /// Tokens of the samples before.
    pub before: u64,
    /// Tokens of the samples after.
    pub after: u64,
    /// Input tokens of the calls, cached ones included.
    pub input: u64,
    /// Output tokens of the calls, reasoning included.
    pub output: u64,
    /// Input tokens read from the provider's cache.
    pub cache_read: u64,
    /// Input tokens written to the provider's cache.
    pub cache_write: u64,
    /// Output tokens spent on reasoning.
    pub reasoning: u64,
    /// Calls with a price.
    pub priced: u64,
    /// Calls without one.
    pub unpriced: u64,
    /// What the calls with a price cost.
    pub spent: i64,
    /// Samples whose savings have a price.
    pub saved_priced: u64,
    /// Samples whose savings have none.
    pub saved_unpriced: u64,
    /// What the saved tokens would have cost at the input price.
    pub saved_money: i64,
    /// Calls that said what the provider's cache would have read.
    pub lost_samples: u64,
    /// The discount they lost.
    pub lost_money: i64,
    /// Prompts for which the provider's cache was simulated.
    pub simulated_samples: u64,
    /// The discount they lost.
    pub simulated_money: i64,
}

impl Totals {
    /// Sums up one record.
    pub fn of(record: &Record) -> Self {
        let mut totals = Self { operations: 1, errors: u64::from(record.error.is_some()), ..Self::default() };
        totals.lookups = u64::from(record.cached.is_some());
        totals.hits = u64::from(record.cached == Some(true));
        totals.count_savings(record);
        totals.count_call(record);
        totals
    }

    /// Sums up what one form did: tokens before and after, counted or estimated.
    pub(super) fn of_form(before: u64, after: u64, exact: bool) -> Self {
        Self { operations: 1, samples: 1, before, after, estimated: u64::from(!exact), ..Self::default() }
    }

    fn count_savings(&mut self, record: &Record) {
        let (Some(before), Some(after)) = (record.tokens_before, record.tokens_after) else { return };
        (self.samples, self.before, self.after) = (1, before, after);
        self.estimated = u64::from(!record.exact);
        match record.saved_cost {
            Some(dollars) => (self.saved_priced, self.saved_money) = (1, billionths(dollars)),
            None => self.saved_unpriced = 1,
        }
    }

    fn count_call(&mut self, record: &Record) {
        self.calls = u64::from(record.operation == Operation::Call);
        if let Some(usage) = record.usage {
            (self.input, self.output) = (usage.input_tokens, usage.output_tokens);
            (self.cache_read, self.cache_write) = (usage.cache_read, usage.cache_write);
            self.reasoning = usage.reasoning_tokens;
        }
        match record.cost {
            Some(dollars) => (self.priced, self.spent) = (1, billionths(dollars)),
            None => self.unpriced = u64::from(record.usage.is_some()),
        }
        match record.lost_discount {
            Some(dollars) if record.usage.is_some() => {
                (self.lost_samples, self.lost_money) = (1, billionths(dollars));
            }
            Some(dollars) => (self.simulated_samples, self.simulated_money) = (1, billionths(dollars)),
            None => {}
        }
    }

    /// Adds `other`.
    pub fn merge(&mut self, other: &Self) {
        self.operations += other.operations;
        self.calls += other.calls;
        self.errors += other.errors;
        self.lookups += other.lookups;
        self.hits += other.hits;
        self.samples += other.samples;
        self.estimated += other.estimated;
        self.before += other.before;
        self.after += other.after;
        self.input += other.input;
        self.output += other.output;
        self.cache_read += other.cache_read;
        self.cache_write += other.cache_write;
        self.reasoning += other.reasoning;
        self.priced += other.priced;
        self.unpriced += other.unpriced;
        self.saved_priced += other.saved_priced;
        self.saved_unpriced += other.saved_unpriced;
        self.lost_samples += other.lost_samples;
        self.simulated_samples += other.simulated_samples;
        // One that says it cost more than nine thousand million dollars must not turn the sum around.
        self.spent = self.spent.saturating_add(other.spent);
        self.saved_money = self.saved_money.saturating_add(other.saved_money);
        self.lost_money = self.lost_money.saturating_add(other.lost_money);
        self.simulated_money = self.simulated_money.saturating_add(other.simulated_money);
    }

    /// Tokens saved; negative where the result was longer.
    pub fn saved(&self) -> i64 {
        i64::try_from(self.before).unwrap_or(i64::MAX).saturating_sub_unsigned(self.after)
    }

    /// The share of the tokens before that was saved, or `None` without any.
    pub fn savings_rate(&self) -> Option<f64> {
        (self.before > 0).then(|| self.saved() as f64 / self.before as f64)
    }

    /// The share of our cache's answers, or `None` when it was not asked.
    pub fn hit_rate(&self) -> Option<f64> {
        share(self.hits, self.lookups)
    }

    /// The share of records that ended in an error, or `None` without any.
    pub fn error_rate(&self) -> Option<f64> {
        share(self.errors, self.operations)
    }

    /// Dollars of the calls that have a price, or `None` when none has: unpriced is not free.
    pub fn cost(&self) -> Option<f64> {
        (self.priced > 0).then(|| dollars(self.spent))
    }

    /// Dollars of the saved tokens at the input price, or `None` when none has a price.
    pub fn saved_cost(&self) -> Option<f64> {
        (self.saved_priced > 0).then(|| dollars(self.saved_money))
    }

    /// Dollars of provider discount lost, of how many calls or prompts, and how that is known: as calls reported it, else
    /// as it was simulated, and `None` where neither is.
    pub fn lost_discount(&self) -> Option<(f64, u64, &'static str)> {
        let reported = (dollars(self.lost_money), self.lost_samples, "reported");
        let simulated = (dollars(self.simulated_money), self.simulated_samples, "simulated");
        [reported, simulated].into_iter().find(|(_, samples, _)| *samples > 0)
    }

    /// Dollars saved less the discount lost, or `None` where one of the two is not known.
    pub fn saved_net(&self) -> Option<f64> {
        Some(self.saved_cost()? - self.lost_discount()?.0)
    }

    /// The share saved of what would have been spent without, or `None` where that is not known.
    pub fn saved_share(&self) -> Option<f64> {
        let saved = self.saved_net().or(self.saved_cost())?;
        let without = self.cost()? + saved;
        (without > 0.0).then(|| saved / without)
    }

    /// Dollars saved for each dollar that calls cost, net where that is known, else gross; `None` where nothing was spent
    /// or saved.
    pub fn roi(&self) -> Option<f64> {
        let (saved, spent) = (self.saved_net().or(self.saved_cost())?, self.cost()?);
        (spent > 0.0).then(|| saved / spent)
    }
}

fn billionths(dollars: f64) -> i64 {
    (dollars * 1e9).round() as i64
}

fn dollars(billionths: i64) -> f64 {
    billionths as f64 / 1e9
}

/// Rounds dollars to billionths of a dollar, so that they have few enough digits to come back from JSON as they were, below
/// nine million dollars.
pub(super) fn nanos(dollars: f64) -> f64 {
    (dollars * 1e9).round() / 1e9
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Totals {
    fn counts(&mut self) -> [&mut u64; 20] {
        [
            &mut self.operations,
            &mut self.calls,
            &mut self.errors,
            &mut self.lookups,
            &mut self.hits,
            &mut self.samples,
            &mut self.estimated,
            &mut self.before,
            &mut self.after,
            &mut self.input,
            &mut self.output,
            &mut self.cache_read,
            &mut self.cache_write,
            &mut self.reasoning,
            &mut self.priced,
            &mut self.unpriced,
            &mut self.saved_priced,
            &mut self.saved_unpriced,
            &mut self.lost_samples,
            &mut self.simulated_samples,
        ]
    }

    fn money(&mut self) -> [&mut i64; 4] {
        [&mut self.spent, &mut self.saved_money, &mut self.lost_money, &mut self.simulated_money]
    }
}

impl Codec for Totals {
    fn write(&self, out: &mut Vec<u8>) {
        let mut copy = *self;
        copy.counts().into_iter().for_each(|count| count.write(out));
        copy.money().into_iter().for_each(|money| money.write(out));
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let mut totals = Self::default();
        for count in totals.counts() {
            *count = u64::read(reader)?;
        }
        for money in totals.money() {
            *money = i64::read(reader)?;
        }
        Some(totals)
    }
}
