//! Small records by the dozen in one: what a browser charges for is the request, not the byte.

use super::checksum::xxh32;
use super::store::Found;
use crate::codec::{Codec, Reader, write_bytes};
use crate::ordered::Map;
use hashbrown::{HashMap, HashSet};

/// Buckets of each group of names. With more, a batch takes more requests; with fewer, a small change rewrites more bytes.
const BUCKETS: u32 = 512;
/// A record of more bytes lies under its own name, and its bucket says so.
const INLINE: usize = 4_096;
/// Goes up when the form below changes.
const VERSION: u8 = 1;
/// What the rest of a bucket's name starts with. No name of a record has it: there, `=` is followed by capitals.
const MARK: &str = "=b";

/// The group that a record of this name is in: all names up to the first `~` of their key. Others stand alone.
pub(super) fn group(name: &str) -> Option<&str> {
    let key = name.rfind(':')? + 1;
    let end = key + name.get(key..)?.find('~')? + 1;
    name.get(..end)
}

/// The name of the bucket that a record of this name is in.
pub(super) fn bucket_of(name: &str) -> Option<String> {
    let number = xxh32(name.as_bytes(), 0) % BUCKETS;
    group(name).map(|group| format!("{}{number:03x}", buckets_of(group)))
}

/// What the names of all buckets of a group start with.
pub(super) fn buckets_of(group: &str) -> String {
    format!("{group}{MARK}")
}

/// Whether this is the name of a bucket.
pub(super) fn is_bucket(name: &str) -> bool {
    group(name).and_then(|group| name.strip_prefix(group)).is_some_and(|rest| rest.starts_with(MARK))
}

/// The records of some names: their bytes, or `None` where a record lies apart, under its own name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Bucket {
    records: Map<String, Option<Vec<u8>>>,
}

/// What a change of a bucket asks to be done under the record's own name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Apart {
    Nothing,
    Delete,
    Put(Vec<u8>),
}

impl Bucket {
    /// Reads what [`Bucket::write`] wrote; `None` for anything else.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut records = Map::default();
        each(bytes, |name, record| records.insert(name.to_owned(), record.map(<[u8]>::to_vec)))?;
        Some(Self { records })
    }

    /// The bucket as bytes, or `None` for an empty one.
    pub(super) fn write(&self) -> Option<Vec<u8>> {
        let mut bytes = vec![VERSION];
        for (name, record) in self.records.iter() {
            write_bytes(name.as_bytes(), &mut bytes);
            record.is_some().write(&mut bytes);
            if let Some(record) = record {
                write_bytes(record, &mut bytes);
            }
        }
        (bytes.len() > 1).then_some(bytes)
    }

    /// Puts a record in, or with `None` takes it out.
    pub(super) fn change(&mut self, name: &str, bytes: Option<Vec<u8>>) -> Apart {
        let lies_apart = self.records.get(name) == Some(&None);
        match bytes {
            Some(bytes) if bytes.len() > INLINE => {
                self.records.insert(name.to_owned(), None);
                return Apart::Put(bytes);
            }
            Some(bytes) => self.records.insert(name.to_owned(), Some(bytes)),
            None => self.records.remove(name),
        }
        if lies_apart { Apart::Delete } else { Apart::Nothing }
    }

    /// The record of this name: `Some(None)` where it lies apart.
    pub(super) fn get(&self, name: &str) -> Option<Option<Vec<u8>>> {
        self.records.get(name).cloned()
    }
}

/// Gives the names in a bucket with their records, as they lie there; `None` where it is damaged, after those before that.
fn each(bytes: &[u8], mut found: impl FnMut(&str, Option<&[u8]>)) -> Option<()> {
    let (version, body) = bytes.split_first()?;
    let mut reader = Reader::new(body);
    if *version != VERSION {
        return None;
    }
    while !reader.is_at_end() {
        let name = std::str::from_utf8(reader.bytes()?).ok()?;
        let record = if bool::read(&mut reader)? { Some(reader.bytes()?) } else { None };
        found(name, record);
    }
    Some(())
}

/// Takes records out of all that lies under some names, in whatever order it is read.
#[derive(Debug, Default)]
pub(super) struct Unpacking {
    /// What lies apart, until its bucket has said so: no bucket, no record.
    apart: HashMap<String, Vec<u8>>,
    /// Names of which a bucket has said so, until what lies there is read.
    awaited: HashSet<String>,
}

impl Unpacking {
    /// Takes what lies under a name of the store.
    pub(super) fn take(&mut self, name: &str, bytes: Vec<u8>, found: Found<'_>) {
        match group(name) {
            Some(group) if is_bucket(name) => {
                let whole =
                    each(&bytes, |name, record| match record.or_else(|| self.apart.get(name).map(Vec::as_slice)) {
                        Some(record) => found(name, record),
                        None => drop(self.awaited.insert(name.to_owned())),
                    });
                if whole.is_none() {
                    // A name that leads to no record: it is counted as damaged.
                    found(&format!("{group}damaged"), &[]);
                }
            }
            Some(_) if !self.awaited.remove(name) => drop(self.apart.insert(name.to_owned(), bytes)),
            _ => found(name, &bytes),
        }
    }

    /// Says that this was all: what is still awaited is not there.
    pub(super) fn end(self, found: Found<'_>) {
        self.awaited.iter().for_each(|name| found(name, &[]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Names;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn with_what_lies_apart_it_is_a_map(
            steps in prop::collection::vec((0u8..6, prop::option::of(prop::sample::select(&[0usize, 9, INLINE, INLINE + 1, 9_000]))), 0..60),
        ) {
            let (mut bucket, mut apart, mut plain) = (Bucket::default(), BTreeMap::new(), BTreeMap::new());
            for (at, (name, length)) in steps.into_iter().enumerate() {
                let name = format!("trimtab:n:value~{name}");
                let bytes = length.map(|length| vec![at as u8; length]);
                match bytes.clone() {
                    Some(bytes) => plain.insert(name.clone(), bytes),
                    None => plain.remove(&name),
                };
                match bucket.change(&name, bytes) {
                    Apart::Nothing => {}
                    Apart::Delete => prop_assert!(apart.remove(&name).is_some(), "only what is there is deleted"),
                    Apart::Put(bytes) => { apart.insert(name, bytes); }
                }
                bucket = bucket.write().map_or_else(Bucket::default, |bytes| Bucket::read(&bytes).unwrap());
                for name in plain.keys().chain(apart.keys()) {
                    let found = bucket.get(name).and_then(|held| held.or_else(|| apart.get(name).cloned()));
                    prop_assert_eq!(&found, &plain.get(name).cloned());
                }
            }
            let bucket = ("trimtab:n:value~=b000".to_owned(), bucket.write().unwrap_or(vec![VERSION]));
            let stored: Vec<(String, Vec<u8>)> = apart.into_iter().chain([bucket]).collect();
            for backwards in [false, true] {
                let (mut unpacking, mut read) = (Unpacking::default(), BTreeMap::new());
                let mut found = |name: &str, bytes: &[u8]| drop(read.insert(name.to_owned(), bytes.to_vec()));
                let mut stored = stored.clone();
                if backwards {
                    stored.reverse();
                }
                stored.into_iter().for_each(|(name, bytes)| unpacking.take(&name, bytes, &mut found));
                unpacking.end(&mut found);
                prop_assert_eq!(&read, &plain);
            }
        }

        #[test]
        fn names_lead_to_buckets_of_their_group_and_no_key_is_a_bucket(namespace in ".{1,6}", start in "[a-z]{1,8}", end: String) {
            let names = Names::new(&namespace).unwrap();
            let name = names.name(&format!("{start}:{end}"));
            let bucket = bucket_of(&name).unwrap();
            let start = names.name(&format!("{start}:"));
            prop_assert_eq!(group(&name), Some(start.as_str()));
            prop_assert_eq!(group(&bucket), group(&name));
            prop_assert!(is_bucket(&bucket) && !is_bucket(&name));
            prop_assert_eq!(names.key(&bucket), None);
        }

        #[test]
        fn other_bytes_are_no_bucket_or_one_without_panic(bytes: Vec<u8>) {
            let _ = Bucket::read(&bytes);
        }
    }

    #[test]
    fn what_is_damaged_or_not_there_is_no_record_and_what_no_bucket_names_is_nothing() {
        let mut bucket = Bucket::default();
        bucket.change("trimtab:n:value~long", Some(vec![1; INLINE + 1]));
        let (mut unpacking, mut read) = (Unpacking::default(), Vec::new());
        let mut found = |name: &str, bytes: &[u8]| read.push((name.to_owned(), bytes.to_vec()));
        unpacking.take("trimtab:n:value~=b000", bucket.write().unwrap(), &mut found);
        unpacking.take("trimtab:n:value~=b001", vec![VERSION, 9], &mut found);
        unpacking.take("trimtab:n:value~unnamed", vec![2], &mut found);
        unpacking.end(&mut found);
        assert_eq!(read, ["damaged", "long"].map(|key| (format!("trimtab:n:value~{key}"), Vec::new())));
    }

    #[test]
    fn names_without_a_group_stand_alone() {
        for name in ["trimtab:n:profile", "trimtab:a~b:profile", "alone", ""] {
            assert_eq!(bucket_of(name), None, "{name}");
        }
    }
}
