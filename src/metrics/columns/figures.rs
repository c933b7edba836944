//! The figures of a record as whole numbers, and how they are put back.

use super::super::record::{OPERATIONS, Record};
use super::super::usage::Usage;
use super::reading::some;
use super::unzigzag;
use trimtab_codec::{Codec, Reader};

/// A figure of a record as a whole number, and how it is put back.
pub(super) type Figure = (fn(&Record) -> Option<i64>, Put);
/// Puts a figure into a record.
pub(super) type Put = fn(&mut Record, Option<i64>);

/// The columns of figures, in the order of the format; the first of the usage says whether there is one.
pub(super) const FIGURES: [Figure; 15] = [
    (|record| Some(flags(record)), set_flags),
    (|record| whole(record.tokens_before), |record, value| record.tokens_before = tokens(value)),
    (|record| whole(record.tokens_after), |record, value| record.tokens_after = tokens(value)),
    (|record| whole(record.cache_read_before), |record, value| record.cache_read_before = tokens(value)),
    (|record| whole(record.cache_read_after), |record, value| record.cache_read_after = tokens(value)),
    (|record| scaled(record.latency_ms, 1e3), |record, value| record.latency_ms = unscaled(value, 1e3)),
    (|record| scaled(record.cost, 1e9), |record, value| record.cost = unscaled(value, 1e9)),
    (|record| scaled(record.saved_cost, 1e9), |record, value| record.saved_cost = unscaled(value, 1e9)),
    (|record| scaled(record.lost_discount, 1e9), |record, value| record.lost_discount = unscaled(value, 1e9)),
    (|record| whole(record.usage.map(|usage| usage.input_tokens)), set_input),
    (
        |record| used(record, |usage| usage.output_tokens),
        |record, value| use_of(record, value, |usage| &mut usage.output_tokens),
    ),
    (
        |record| used(record, |usage| usage.cache_read),
        |record, value| use_of(record, value, |usage| &mut usage.cache_read),
    ),
    (
        |record| used(record, |usage| usage.cache_write),
        |record, value| use_of(record, value, |usage| &mut usage.cache_write),
    ),
    (
        |record| used(record, |usage| usage.cache_write_1h),
        |record, value| use_of(record, value, |usage| &mut usage.cache_write_1h),
    ),
    (
        |record| used(record, |usage| usage.reasoning_tokens),
        |record, value| use_of(record, value, |usage| &mut usage.reasoning_tokens),
    ),
];

/// The columns of figures of records in a row.
pub(super) struct Figures<'a>(Vec<(Put, Reader<'a>)>);

impl<'a> Figures<'a> {
    /// Takes the columns off; one that holds nothing is left out.
    pub(super) fn open(reader: &mut Reader<'a>) -> Option<Self> {
        let mut columns = Vec::new();
        for (_, put) in FIGURES {
            columns.extend(some(reader.bytes()?).map(|column| (put, column)));
        }
        Some(Self(columns))
    }

    /// Puts the figures of the record into it that comes after so many others.
    pub(super) fn next(&mut self, behind: usize, record: &mut Record) -> Option<()> {
        for (put, column) in &mut self.0 {
            column.skip_varints(behind)?;
            put(record, u64::read(column)?.checked_sub(1).map(unzigzag));
        }
        Some(())
    }
}

/// When records in a row were.
pub(super) struct Times<'a> {
    at: i64,
    steps: Reader<'a>,
}

impl<'a> Times<'a> {
    /// Takes the column off.
    pub(super) fn open(reader: &mut Reader<'a>) -> Option<Self> {
        Some(Self { at: 0, steps: Reader::new(reader.bytes()?) })
    }

    /// When the next one was, in ms since the epoch.
    pub(super) fn next(&mut self) -> Option<f64> {
        self.at += i64::read(&mut self.steps)?;
        Some(self.at as f64)
    }
}

/// Tokens are below 2^53, so that their zigzag has room.
fn whole(tokens: Option<u64>) -> Option<i64> {
    tokens.map(|tokens| tokens.min(1 << 53) as i64)
}

fn tokens(value: Option<i64>) -> Option<u64> {
    value.map(i64::unsigned_abs)
}

fn scaled(value: Option<f64>, scale: f64) -> Option<i64> {
    value.map(|value| (value * scale).round().clamp(-9e15, 9e15) as i64)
}

fn unscaled(value: Option<i64>, scale: f64) -> Option<f64> {
    value.map(|value| value as f64 / scale)
}

/// A further figure of the usage, which says nothing where it is 0.
fn used(record: &Record, figure: fn(&Usage) -> u64) -> Option<i64> {
    whole(record.usage.as_ref().map(figure).filter(|tokens| *tokens > 0))
}

fn use_of(record: &mut Record, value: Option<i64>, place: fn(&mut Usage) -> &mut u64) {
    if let Some((usage, value)) = record.usage.as_mut().zip(value) {
        *place(usage) = value.unsigned_abs();
    }
}

fn set_input(record: &mut Record, value: Option<i64>) {
    record.usage = value.map(|value| Usage { input_tokens: value.unsigned_abs(), ..Usage::default() });
}

fn flags(record: &Record) -> i64 {
    let operation = OPERATIONS.iter().position(|operation| *operation == record.operation).unwrap_or_default() as i64;
    let cached = match record.cached {
        None => 0,
        Some(false) => 1,
        Some(true) => 2,
    };
    operation << 3 | cached << 1 | i64::from(record.exact)
}

fn set_flags(record: &mut Record, value: Option<i64>) {
    let flags = value.unwrap_or_default();
    record.operation = OPERATIONS.get((flags >> 3) as usize).copied().unwrap_or_default();
    record.cached = match flags >> 1 & 3 {
        1 => Some(false),
        2 => Some(true),
        _ => None,
    };
    record.exact = flags & 1 == 1;
}
