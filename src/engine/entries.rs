//! What the cache holds, and how it is written for the store.

use serde::{Deserialize, Serialize};

use super::output::Output;
use crate::cache::{Entry, SetOptions};
use crate::error::{Error, ErrorKind, Result};
use crate::select;

/// One entry of the cache.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Held {
    /// A result.
    Result(Output),
    /// What a result left out.
    Record(select::Record),
    /// A value of the caller's.
    Value(Vec<u8>),
}

/// The key of the result of a request.
pub(super) fn result(key: &str) -> String {
    format!("result:{key}")
}

/// The key of what a result left out.
pub(super) fn record(id: &str) -> String {
    format!("omitted:{id}")
}

/// The key of a value of the caller's.
pub(super) fn value(key: &str) -> String {
    format!("value:{key}")
}

/// The head of a stored entry: version, then when it expires, its cost, weight and uses.
const VERSION: u8 = 1;
const HEAD: usize = 1 + 8 + 8 + 8 + 4;
const BYTES: u8 = 0;
const JSON: u8 = 1;

/// Writes an entry for the store; `None` where it can't be written, which leaves it in memory alone.
pub(super) fn write(entry: &Entry<'_, Held>) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(HEAD + 1 + entry.weight as usize);
    bytes.push(VERSION);
    bytes.extend_from_slice(&entry.expires_at.to_le_bytes());
    bytes.extend_from_slice(&entry.cost.to_le_bytes());
    bytes.extend_from_slice(&entry.weight.to_le_bytes());
    bytes.extend_from_slice(&entry.uses.to_le_bytes());
    match entry.value {
        // A caller's bytes would quadruple as a JSON array.
        Held::Value(value) => {
            bytes.push(BYTES);
            bytes.extend_from_slice(value);
        }
        held => {
            bytes.push(JSON);
            serde_json::to_writer(&mut bytes, held).ok()?;
        }
    }
    Some(bytes)
}

/// Reads what [`write`] wrote.
pub(super) fn read(bytes: &[u8], now: f64) -> Result<(Held, SetOptions)> {
    let corrupt = |what: &str| Error::new(ErrorKind::CorruptRecord, format!("a stored entry {what}"));
    let (head, body) = bytes.split_at_checked(HEAD).ok_or_else(|| corrupt("is cut short"))?;
    let mut head = head.iter().copied();
    if head.next() != Some(VERSION) {
        return Err(corrupt("is of another version"));
    }
    let mut eight = || std::array::from_fn::<u8, 8, _>(|_| head.next().unwrap_or(0));
    let (expires_at, cost, weight) =
        (f64::from_le_bytes(eight()), f64::from_le_bytes(eight()), u64::from_le_bytes(eight()));
    let uses = u32::from_le_bytes(std::array::from_fn(|_| head.next().unwrap_or(0)));
    let options = SetOptions { weight, cost: Some(cost), ttl: Some(expires_at - now), uses };
    let held = match body.split_first() {
        Some((&BYTES, value)) => Held::Value(value.to_vec()),
        Some((&JSON, json)) => serde_json::from_slice(json).map_err(|_| corrupt("has another shape"))?,
        _ => return Err(corrupt("is of no known kind")),
    };
    Ok((held, options))
}
