//! Records by column: a few bytes for each figure, names once for many records, so that a million records take some 30 MB.
//!
//! Times are differences, names are numbers into a table, figures are varints with 0 for "not known", dollars are whole
//! billionths; a column that says nothing is empty. Ids are whole where a record may still be corrected, and 64 bits of
//! their hash where it may not: a random id of 30 letters would be larger than all other columns together.

use super::query::Query;
use super::record::{FormUse, OPERATIONS, Record};
use super::series::fingerprint;
use super::usage::Usage;
use crate::codec::{Codec, Reader, write_bytes};

/// How ids are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ids {
    /// As they are.
    Whole,
    /// As marks, which read as `#` and 16 hexadecimal digits.
    Marks,
}

/// A figure of a record as a whole number, and how it is put back.
type Figure = (fn(&Record) -> Option<i64>, Put);
/// Puts a figure into a record.
type Put = fn(&mut Record, Option<i64>);

/// The columns of figures, in the order of the format; the first of the usage says whether there is one.
const FIGURES: [Figure; 15] = [
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

/// Shows the records that a question accepts, in their order; `None` where the bytes make no sense. Ids that are marks are
/// left out unless they are asked for.
pub(super) fn read(bytes: &[u8], query: &Query, marks: bool, show: &mut dyn FnMut(&Record)) -> Option<()> {
    let mut rows = Rows::open(bytes, query, marks)?;
    for _ in 0..rows.count {
        rows.next()?;
        if !query.may_accept(&rows.record) {
            rows.behind += 1;
            continue;
        }
        rows.complete()?;
        if query.accepts(&rows.record) {
            show(&rows.record);
        }
    }
    Some(())
}

/// A column of names: its table and its numbers, or one name for all.
struct Names<'a> {
    table: Table,
    codes: Option<Reader<'a>>,
    shown: u64,
}

/// One record after another, each in the place of the one before, so that names that stay are not copied. What the question
/// does not ask about is read only for those that it may accept.
struct Rows<'a> {
    count: usize,
    record: Record,
    /// How many records since the last one that was complete.
    behind: usize,
    at: i64,
    times: Reader<'a>,
    ids: Option<(bool, Reader<'a>)>,
    /// The labels that are asked about, and the others.
    asked: Vec<(usize, Names<'a>)>,
    names: Vec<(usize, Names<'a>)>,
    figures: Vec<(Put, Reader<'a>)>,
    tags: Option<Names<'a>>,
    forms: Option<Names<'a>>,
}

impl<'a> Rows<'a> {
    fn open(bytes: &'a [u8], query: &Query, marks: bool) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let count = usize::read(&mut reader)?;
        let times = Reader::new(reader.bytes()?);
        let ids = some(reader.bytes()?).map(|mut ids| Some((bool::read(&mut ids)?, ids)));
        let ids = ids.flatten().filter(|(whole, _)| *whole || marks);
        let (mut asked, mut names) = (Vec::new(), Vec::new());
        for place in 0..Record::LABELS {
            let columns = if query.asks_about(place) { &mut asked } else { &mut names };
            columns.extend(Names::open(reader.bytes()?, count)?.map(|column| (place, column)));
        }
        let mut figures = Vec::new();
        for (_, set) in FIGURES {
            figures.extend(some(reader.bytes()?).map(|column| (set, column)));
        }
        let (tags, forms) = (Names::open(reader.bytes()?, count)?, Names::open(reader.bytes()?, count)?);
        let (record, at, behind) = (Record::default(), 0, 0);
        Some(Self { count, record, behind, at, times, ids, asked, names, figures, tags, forms })
    }

    /// Reads when the next record was, and the labels that are asked about.
    fn next(&mut self) -> Option<()> {
        self.at += i64::read(&mut self.times)?;
        self.record.at = self.at as f64;
        next_labels(&mut self.asked, 0, &mut self.record)
    }

    fn next_tags(&mut self, behind: usize) -> Option<()> {
        let Some(Names { table, codes: Some(codes), .. }) = &mut self.tags else { return Some(()) };
        for _ in 0..behind {
            let names = usize::read(codes)?;
            codes.skip_varints(names)?;
        }
        let (tags, count) = (&mut self.record.tags, usize::read(codes)?);
        tags.truncate(count);
        for place in 0..count {
            let name = table.get(usize::read(codes)?)?;
            match tags.get_mut(place) {
                Some(tag) => tag.clone_from(name),
                None => tags.push(name.clone()),
            }
        }
        Some(())
    }

    /// Reads the rest of the record.
    fn complete(&mut self) -> Option<()> {
        let behind = std::mem::take(&mut self.behind);
        if let Some((whole, ids)) = &mut self.ids {
            skip_ids(ids, *whole, behind)?;
            self.record.id = if *whole { whole_id(ids)? } else { marked_id(ids)? };
        }
        next_labels(&mut self.names, behind, &mut self.record)?;
        for (set, column) in &mut self.figures {
            column.skip_varints(behind)?;
            set(&mut self.record, u64::read(column)?.checked_sub(1).map(unzigzag));
        }
        self.next_tags(behind)?;
        self.next_forms(behind)
    }

    fn next_forms(&mut self, behind: usize) -> Option<()> {
        let Some(Names { table, codes: Some(codes), .. }) = &mut self.forms else { return Some(()) };
        for _ in 0..behind {
            let figures = usize::read(codes)?.checked_mul(3)?;
            codes.skip_varints(figures)?;
        }
        let (forms, count) = (&mut self.record.forms, usize::read(codes)?);
        forms.truncate(count);
        for place in 0..count {
            let form = table.get(usize::read(codes)?)?;
            let (before, after) = <(u64, u64)>::read(codes)?;
            match forms.get_mut(place) {
                Some(used) => {
                    used.form.clone_from(form);
                    (used.before, used.after) = (before, after);
                }
                None => forms.push(FormUse { form: form.clone(), before, after }),
            }
        }
        Some(())
    }
}

fn next_labels(columns: &mut [(usize, Names)], behind: usize, record: &mut Record) -> Option<()> {
    let mut labels = record.labels_mut();
    for (place, column) in columns {
        let code = match &mut column.codes {
            Some(codes) => {
                codes.skip_varints(behind)?;
                u64::read(codes)?
            }
            None => 1,
        };
        if code != column.shown {
            column.shown = code;
            if let Some(label) = labels.get_mut(*place) {
                copy_label(label, column.table.get(code as usize));
            }
        }
    }
    Some(())
}

/// Copies a name into the room of the one before.
fn copy_label(label: &mut Option<String>, name: Option<&String>) {
    match (label, name) {
        (Some(label), Some(name)) => label.clone_from(name),
        (label, name) => *label = name.cloned(),
    }
}

fn skip_ids(ids: &mut Reader, whole: bool, count: usize) -> Option<()> {
    if !whole {
        ids.take(count.checked_mul(MARK)?)?;
        return Some(());
    }
    (0..count).try_for_each(|_| ids.bytes().map(|_| ()))
}

impl<'a> Names<'a> {
    /// Opens a column; `None` inside where it is empty.
    fn open(bytes: &'a [u8], count: usize) -> Option<Option<Self>> {
        let Some(mut reader) = some(bytes) else { return Some(None) };
        let table = Table { names: Vec::read(&mut reader)? };
        let codes = (!reader.is_at_end() || count == 0).then_some(reader);
        Some(Some(Self { table, codes, shown: 0 }))
    }
}

fn some(bytes: &[u8]) -> Option<Reader<'_>> {
    (!bytes.is_empty()).then(|| Reader::new(bytes))
}

fn whole_id(ids: &mut Reader) -> Option<Option<String>> {
    let id = String::read(ids)?;
    Some(Some(id).filter(|id| !id.is_empty()))
}

/// The bytes of a mark.
const MARK: usize = 8;

fn marked_id(ids: &mut Reader) -> Option<Option<String>> {
    let mark = u64::from_le_bytes(ids.take(MARK)?.try_into().ok()?);
    Some((mark != 0).then(|| format!("#{mark:016x}")))
}

const fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

const fn unzigzag(bits: u64) -> i64 {
    (bits >> 1) as i64 ^ -((bits & 1) as i64)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::query::Filter;
    use super::*;

    fn all(bytes: &[u8]) -> Option<Vec<Record>> {
        some_of(bytes, &Query::default())
    }

    fn some_of(bytes: &[u8], query: &Query) -> Option<Vec<Record>> {
        let mut records = Vec::new();
        read(bytes, query, true, &mut |record| records.push(record.clone()))?;
        Some(records)
    }

    fn name() -> impl Strategy<Value = Option<String>> {
        prop::option::of("[abc]{1,2}")
    }

    prop_compose! {
        fn usage()(input in 0..1u64 << 53, output in 0..9u64, read in 0..2u64, hour in 0..2u64) -> Usage {
            Usage {
                input_tokens: input,
                output_tokens: output,
                cache_read: read,
                cache_write: hour * 2,
                cache_write_1h: hour,
                reasoning_tokens: output / 2,
            }
        }
    }

    prop_compose! {
        fn record()(
            (id, model, user, error) in (name(), name(), name(), name()),
            at in -1e12..2e12_f64,
            (operation, cached, exact) in (0..6usize, any::<Option<bool>>(), any::<bool>()),
            (before, after, usage) in (prop::option::of(0..1u64 << 53), prop::option::of(0..300u64), prop::option::of(usage())),
            (latency, cost, saved) in (prop::option::of(0..1_000_000i64), prop::option::of(0..1i64 << 50), prop::option::of(-9i64..9)),
            tags in prop::collection::vec("[xyz]", 0..3),
            forms in prop::collection::vec(("[fg]", 0..300u64, 0..300u64), 0..3),
        ) -> Record {
            Record {
                id, model, user, error, at: at.floor(), operation: OPERATIONS[operation], cached, exact, usage, tags,
                tokens_before: before, tokens_after: after,
                latency_ms: latency.map(|latency| latency as f64 / 1e3),
                cost: cost.map(|cost| cost as f64 / 1e9),
                saved_cost: saved.map(|saved| saved as f64 / 1e9),
                forms: forms.into_iter().map(|(form, before, after)| FormUse { form, before, after }).collect(),
                ..Record::default()
            }
        }
    }

    proptest! {
        #[test]
        fn records_come_back_as_they_were(records in prop::collection::vec(record(), 0..40)) {
            let bytes = write(&records.iter().collect::<Vec<_>>(), Ids::Whole);
            prop_assert_eq!(all(&bytes), Some(records));
        }

        #[test]
        fn ids_become_marks_that_stay_as_they_are(mut records in prop::collection::vec(record(), 0..40)) {
            let marked = all(&write(&records.iter().collect::<Vec<_>>(), Ids::Marks)).unwrap();
            for (record, marked) in records.iter_mut().zip(&marked) {
                record.id = record.id.as_deref().map(|id| format!("#{:016x}", mark(id)));
                prop_assert_eq!(&*record, marked);
            }
            prop_assert_eq!(all(&write(&marked.iter().collect::<Vec<_>>(), Ids::Marks)), Some(records));
        }

        #[test]
        fn a_filter_shows_what_it_accepts_of_all(
            records in prop::collection::vec(record(), 0..40), whole: bool,
            filter in prop::sample::select(vec![
                json!({"model": "a"}), json!({"tag": ["x", "y"]}), json!({"operation": "call"}),
                json!({"user": ["ab", "c"], "error": ["a", "b", "c"]}),
            ]),
        ) {
            let bytes = write(&records.iter().collect::<Vec<_>>(), if whole { Ids::Whole } else { Ids::Marks });
            let query = Query { filter: Filter::from_json(&filter).unwrap(), ..Query::default() };
            let mut accepted = all(&bytes).unwrap();
            accepted.retain(|record| query.accepts(record));
            prop_assert_eq!(some_of(&bytes, &query), Some(accepted));
        }

        #[test]
        fn any_bytes_are_read_or_refused_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = all(&bytes);
        }

        #[test]
        fn a_cut_is_refused_or_shows_fewer(records in prop::collection::vec(record(), 1..10), cut in any::<prop::sample::Index>()) {
            let bytes = write(&records.iter().collect::<Vec<_>>(), Ids::Whole);
            prop_assert_eq!(all(&bytes[..cut.index(bytes.len())]), None);
        }
    }
}
