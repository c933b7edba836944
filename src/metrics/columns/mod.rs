//! Records by column: a few bytes for each figure, names once for many records, so that a million records take some 30 MB.
//!
//! Times are differences, names are numbers into a table, figures are varints with 0 for "not known", dollars are whole
//! billionths; a column that says nothing is empty. Ids are whole where a record may still be corrected, and 64 bits of
//! their hash where it may not: a random id of 30 letters would be larger than all other columns together.

mod figures;
mod reading;
mod summing;

use super::record::Record;
use super::series::fingerprint;
use trimtab_codec::{Codec, write_bytes};

use figures::FIGURES;
pub(super) use reading::read;
pub(super) use summing::{Answer, sum};

/// How ids are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ids {
    /// As they are.
    Whole,
    /// As marks, which read as `#` and 16 hexadecimal digits.
    Marks,
}

/// Writes records, in their order.
pub(super) fn write(records: &[&Record], ids: Ids) -> Vec<u8> {
    let mut out = Vec::new();
    records.len().write(&mut out);
    write_bytes(&times(records), &mut out);
    write_bytes(&id_column(records, ids), &mut out);
    for place in 0..Record::LABELS {
        write_bytes(&name_column(records, place), &mut out);
    }
    for (figure, _) in FIGURES {
        write_bytes(&figure_column(records, figure), &mut out);
    }
    write_bytes(&tag_column(records), &mut out);
    write_bytes(&form_column(records), &mut out);
    out
}

fn times(records: &[&Record]) -> Vec<u8> {
    let (mut out, mut before) = (Vec::new(), 0);
    for record in records {
        let at = record.at as i64;
        (at - before).write(&mut out);
        before = at;
    }
    out
}

fn id_column(records: &[&Record], ids: Ids) -> Vec<u8> {
    let mut out = Vec::new();
    if records.iter().any(|record| record.id.is_some()) {
        (ids == Ids::Whole).write(&mut out);
        for id in records.iter().map(|record| record.id.as_deref()) {
            match ids {
                Ids::Whole => write_bytes(id.unwrap_or_default().as_bytes(), &mut out),
                Ids::Marks => out.extend_from_slice(&id.map_or(0, mark).to_le_bytes()),
            }
        }
    }
    out
}

/// What stands for an id; a mark that was read back stands for itself.
pub(super) fn mark(id: &str) -> u64 {
    let written = id.strip_prefix('#').filter(|digits| digits.len() == 16);
    written.and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_else(|| fingerprint(id.as_bytes()).max(1))
}

fn name_column(records: &[&Record], place: usize) -> Vec<u8> {
    let (mut table, mut codes, mut out) = (Table::default(), Vec::new(), Vec::new());
    for record in records {
        let label = record.labels().into_iter().nth(place).and_then(Option::as_deref);
        codes.push(label.map_or(0, |label| table.code(label)));
    }
    if !table.names.is_empty() {
        table.names.write(&mut out);
        // One name for all needs no numbers.
        if codes.iter().any(|code| *code != 1) {
            codes.iter().for_each(|code| code.write(&mut out));
        }
    }
    out
}

fn figure_column(records: &[&Record], figure: fn(&Record) -> Option<i64>) -> Vec<u8> {
    let mut out = Vec::new();
    if records.iter().any(|record| figure(record).is_some()) {
        for value in records.iter().map(|record| figure(record)) {
            match value {
                None => out.push(0),
                Some(value) => (zigzag(value) + 1).write(&mut out),
            }
        }
    }
    out
}

fn tag_column(records: &[&Record]) -> Vec<u8> {
    let (mut table, mut codes) = (Table::default(), Vec::new());
    for record in records {
        record.tags.len().write(&mut codes);
        record.tags.iter().for_each(|tag| table.code(tag).write(&mut codes));
    }
    with_table(&table, &codes)
}

fn form_column(records: &[&Record]) -> Vec<u8> {
    let (mut table, mut codes) = (Table::default(), Vec::new());
    for record in records {
        record.forms.len().write(&mut codes);
        for used in &record.forms {
            table.code(&used.form).write(&mut codes);
            (used.before, used.after).write(&mut codes);
        }
    }
    with_table(&table, &codes)
}

fn with_table(table: &Table, codes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    if !table.names.is_empty() {
        table.names.write(&mut out);
        out.extend_from_slice(codes);
    }
    out
}

/// Names by number, from 1 on; 0 is none.
#[derive(Default)]
struct Table {
    names: Vec<String>,
}

impl Table {
    // Linear: the names of a chunk are few, or else so many that each is looked for once.
    fn code(&mut self, name: &str) -> usize {
        let known = self.names.iter().rposition(|known| known == name);
        known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        }) + 1
    }

    fn get(&self, code: usize) -> Option<&String> {
        self.names.get(code.checked_sub(1)?)
    }
}

const fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

const fn unzigzag(bits: u64) -> i64 {
    (bits >> 1) as i64 ^ -((bits & 1) as i64)
}

#[cfg(test)]
mod tests;
