//! What the cache holds, and how it is written for the store.

use std::ops::Range;

use super::output::Output;
use crate::cache::{Entry, SetOptions};
use crate::codec::{Codec, Reader, codec, write_bytes};
use crate::error::{Error, ErrorKind, Result};
use crate::select;

/// One entry of the cache.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "most entries are results")]
pub(super) enum Held {
    /// A result.
    Result(Output),
    /// What a result left out.
    Record(select::Record),
    /// A value of the caller's.
    Value(Vec<u8>),
}

/// What the keys of all entries start with.
pub const ENTRIES: [&str; 3] = ["result:", "omitted:", "value:"];

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

/// The version of a stored entry.
const VERSION: u8 = 3;
/// The versions whose results were of another shape; their other entries are the same.
const OTHER_RESULTS: Range<u8> = 1..VERSION;
/// What stands before a result.
const RESULT: u8 = 0;

/// What is stored beside the value: when it expires (`None` is never), its cost, weight and uses.
struct Head {
    expires_at: Option<f64>,
    cost: f64,
    weight: u64,
    uses: u32,
}

codec!(Head { expires_at, cost, weight, uses });

impl Codec for Held {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Result(output) => {
                out.push(RESULT);
                output.write(out);
            }
            Self::Record(record) => {
                out.push(1);
                record.write(out);
            }
            Self::Value(value) => {
                out.push(2);
                write_bytes(value, out);
            }
        }
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        match u8::read(reader)? {
            RESULT => Output::read(reader).map(Self::Result),
            1 => select::Record::read(reader).map(Self::Record),
            2 => reader.bytes().map(|bytes| Self::Value(bytes.to_vec())),
            _ => None,
        }
    }
}

/// Writes an entry for the store.
pub(super) fn write(entry: &Entry<'_, Held>) -> Vec<u8> {
    let &Entry { cost, weight, uses, .. } = entry;
    let expires_at = Some(entry.expires_at).filter(|at| at.is_finite());
    let mut bytes = vec![VERSION];
    Head { expires_at, cost, weight, uses }.write(&mut bytes);
    entry.value.write(&mut bytes);
    bytes
}

/// Reads what [`write`] wrote; `None` for a result of an earlier version, which can be made again.
pub(super) fn read(bytes: &[u8], now: f64) -> Result<Option<(Held, SetOptions)>> {
    let corrupt = |what: &str| Error::new(ErrorKind::CorruptRecord, format!("a stored entry {what}"));
    let (version, body) = bytes.split_first().ok_or_else(|| corrupt("is damaged"))?;
    if *version != VERSION && !OTHER_RESULTS.contains(version) {
        return Err(corrupt("is of another version"));
    }
    let mut reader = Reader::new(body);
    let head = Head::read(&mut reader).ok_or_else(|| corrupt("is damaged"))?;
    if OTHER_RESULTS.contains(version) && reader.is_at(RESULT) {
        return Ok(None);
    }
    let held = Held::read(&mut reader).filter(|_| reader.is_at_end()).ok_or_else(|| corrupt("is damaged"))?;
    let ttl = head.expires_at.map_or(f64::INFINITY, |at| at - now);
    Ok(Some((held, SetOptions { weight: head.weight, cost: Some(head.cost), ttl: Some(ttl), uses: head.uses })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_earlier_version_all_but_results_is_read() {
        let value = Held::Value(vec![7]);
        let entry = Entry { key: "k", value: &value, weight: 1, cost: 0.0, expires_at: 5.0, uses: 0 };
        let mut bytes = write(&entry);
        bytes[0] = OTHER_RESULTS.start;
        assert!(matches!(read(&bytes, 0.0), Ok(Some((Held::Value(bytes), _))) if bytes == [7]));
        let tag = bytes.len() - 3;
        assert_eq!(bytes[tag..], [2, 1, 7]);
        bytes[tag] = RESULT;
        assert!(matches!(read(&bytes, 0.0), Ok(None)), "it can be made again");
        bytes[0] = VERSION + 1;
        assert!(read(&bytes, 0.0).is_err());
    }

    #[test]
    fn an_entry_comes_back_with_its_standing_and_damage_is_refused() {
        let value = Held::Value(vec![0, 127, 128, 255]);
        for (expires_at, ttl) in [(5_000.0, 4_000.0), (f64::INFINITY, f64::INFINITY)] {
            let entry = Entry { key: "k", value: &value, weight: 300, cost: 0.25, expires_at, uses: 7 };
            let bytes = write(&entry);
            let (held, options) = read(&bytes, 1_000.0).unwrap().unwrap();
            assert!(matches!(held, Held::Value(bytes) if bytes == [0, 127, 128, 255]));
            assert_eq!(options, SetOptions { weight: 300, cost: Some(0.25), ttl: Some(ttl), uses: 7 });
            for cut in 0..bytes.len() {
                assert_eq!(read(&bytes[..cut], 0.0).err().unwrap().kind(), ErrorKind::CorruptRecord, "cut at {cut}");
            }
        }
    }
}
