//! A part of the records as it lies in the store: rows by column, and the sums over them.
//!
//! A part is written by one instance, under a name that only this instance uses, so that tabs and isolates never write over
//! each other; whoever reads takes all parts together.

use super::columns::{self, Answer, Ids};
use super::query::Query;
use super::record::Record;
use super::sums::Sums;
use super::top::Heaviest;
use trimtab_codec::{Codec, Reader, from_bytes, to_bytes, write_bytes};
use trimtab_error::{Error, ErrorKind, Result};

/// What the names of all parts begin with.
pub const PREFIX: &str = "metrics:";
/// Who writes parts that were put together from others'.
const MERGED: &str = "~";
/// The version of the bytes.
const VERSION: u8 = 4;

/// Which part of whom a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name<'a> {
    /// Some records that may still be corrected.
    Piece(&'a str, u64),
    /// Many records, in the place of all pieces from this number on up to the next chunk's.
    Chunk(&'a str, u64),
    /// Records of several instances, in the place of the parts it names.
    Merged,
}

impl<'a> Name<'a> {
    pub(super) fn parse(key: &'a str) -> Option<Self> {
        let (writer, part) = key.strip_prefix(PREFIX)?.split_once(':')?;
        let number = |digits| u64::from_str_radix(digits, 16).ok();
        match part.strip_prefix('c') {
            _ if writer == MERGED => Some(Self::Merged),
            Some(digits) if digits.len() == 8 => Some(Self::Chunk(writer, number(digits)?)),
            _ => Some(Self::Piece(writer, number(part)?)),
        }
    }

    pub(super) fn piece(writer: &str, number: u64) -> String {
        format!("{PREFIX}{writer}:{number:08x}")
    }

    pub(super) fn chunk(writer: &str, number: u64) -> String {
        format!("{PREFIX}{writer}:c{number:08x}")
    }

    pub(super) fn merged(hash: u64) -> String {
        format!("{PREFIX}{MERGED}:{hash:016x}")
    }

    pub(super) fn writer(self) -> &'a str {
        match self {
            Self::Piece(writer, _) | Self::Chunk(writer, _) => writer,
            Self::Merged => MERGED,
        }
    }
}

/// A part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// The moments of the first and the last record.
    pub(super) from: f64,
    pub(super) to: f64,
    /// When it was written, by the clock of who wrote it.
    pub(super) written: f64,
    pub(super) count: usize,
    /// The parts that it takes the place of, beside those that its name says.
    pub(super) sources: Vec<String>,
    /// Empty where they are to be made from the rows.
    sums: Vec<u8>,
    /// Empty where only sums are left.
    rows: Vec<u8>,
}

impl Part {
    /// Puts records together; one that may still be corrected needs no sums.
    pub(super) fn new(records: &[&Record], written: f64, ids: Ids, sources: Vec<String>) -> Self {
        let times = || records.iter().map(|record| record.at);
        let mut sums = Sums::default();
        let settled = ids == Ids::Marks;
        records.iter().filter(|_| settled).for_each(|record| sums.add(record));
        Self {
            from: times().reduce(f64::min).unwrap_or_default(),
            to: times().reduce(f64::max).unwrap_or_default(),
            written,
            count: records.len(),
            sources,
            sums: if settled { to_bytes(&sums) } else { Vec::new() },
            rows: columns::write(records, ids),
        }
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        (self.from, self.to).write(&mut out);
        (self.written, self.count).write(&mut out);
        self.sources.write(&mut out);
        write_bytes(&self.sums, &mut out);
        write_bytes(&self.rows, &mut out);
        out
    }

    /// Reads what [`Part::write`] wrote; anything else is [`ErrorKind::CorruptRecord`].
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        let part = Self::read_all(&mut Reader::new(bytes)).filter(Self::makes_sense);
        part.ok_or_else(|| Error::new(ErrorKind::CorruptRecord, "stored metrics are damaged or of another version"))
    }

    fn read_all(reader: &mut Reader) -> Option<Self> {
        if u8::read(reader)? != VERSION {
            return None;
        }
        let ((from, to), (written, count)) = (<(f64, f64)>::read(reader)?, <(f64, usize)>::read(reader)?);
        let sources = Vec::read(reader)?;
        let (sums, rows) = (reader.bytes()?.to_vec(), reader.bytes()?.to_vec());
        reader.is_at_end().then_some(Self { from, to, written, count, sources, sums, rows })
    }

    /// Whether all of the sums or the rows can be read: what is found out later would be half counted already. Where there
    /// are both, each could stand in for the other, and neither is looked at: to read all twice would be most of the time of
    /// opening a store, whose envelopes have checksums.
    fn makes_sense(&self) -> bool {
        if self.rows.is_empty() {
            return from_bytes::<Sums>(&self.sums).is_some();
        }
        if !self.sums.is_empty() {
            return true;
        }
        let mut seen = 0;
        let rows = self.each(&Query::default(), false, &mut |_| seen += 1);
        rows.is_some() && seen == self.count
    }

    /// Shows the records that a question accepts.
    pub(super) fn each(&self, query: &Query, marks: bool, show: &mut dyn FnMut(&Record)) -> Option<()> {
        if self.rows.is_empty() {
            return Some(());
        }
        columns::read(&self.rows, query, marks, show)
    }

    /// Sums up the records that a question accepts.
    pub(super) fn sum(&self, query: &Query, answer: &mut Answer) -> Option<()> {
        if self.rows.is_empty() {
            return Some(());
        }
        columns::sum(&self.rows, query, answer)
    }

    /// The sums over its records.
    pub(super) fn sums(&self) -> Sums {
        from_bytes(&self.sums).unwrap_or_else(|| {
            let mut sums = Sums::default();
            let _ = self.each(&Query::default(), false, &mut |record| sums.add(record));
            sums
        })
    }

    /// The heaviest consumers among its records; `None` where they are to be counted from the rows.
    pub(super) fn heaviest(&self) -> Option<[Heaviest; 4]> {
        Codec::read(&mut Reader::new(&self.sums))
    }

    /// Whether its records are still whole.
    pub(super) fn is_whole(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Leaves the sums alone.
    pub(super) fn strip(&mut self) {
        if self.sums.is_empty() {
            self.sums = to_bytes(&self.sums());
        }
        self.rows = Vec::new();
    }

    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.rows.len() + self.sums.len() + 64 * (1 + self.sources.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_whose_part_it_is_and_which() {
        for (key, name) in [
            (Name::piece("ab12", 17), Some(Name::Piece("ab12", 17))),
            (Name::chunk("ab12", 32), Some(Name::Chunk("ab12", 32))),
            (Name::merged(5), Some(Name::Merged)),
            ("metrics:ab12".to_owned(), None),
            ("profile".to_owned(), None),
        ] {
            assert_eq!(Name::parse(&key), name, "{key}");
        }
    }

    #[test]
    fn a_part_comes_back_and_damage_is_refused() {
        let record = Record { id: Some("a".into()), at: 5.0, tokens_before: Some(9), ..Record::default() };
        for ids in [Ids::Whole, Ids::Marks] {
            let part = Part::new(&[&record], 7.0, ids, vec!["metrics:x:00000000".into()]);
            let bytes = part.write();
            assert_eq!(Part::read(&bytes), Ok(part.clone()));
            for cut in 0..bytes.len() {
                assert_eq!(Part::read(&bytes[..cut]).unwrap_err().kind(), ErrorKind::CorruptRecord);
            }
            let mut stripped = part.clone();
            stripped.strip();
            assert_eq!(stripped.sums(), part.sums());
            assert_eq!(Part::read(&stripped.write()), Ok(stripped));
        }
    }
}
