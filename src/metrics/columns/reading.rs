//! Reads records by column, and of those that a question leaves out no more than it takes to see that.

use super::super::query::Query;
use super::super::record::{FormUse, Record};
use super::Table;
use super::figures::{Figures, Times};
use trimtab_codec::{Codec, Reader};

/// Shows the records that a question accepts, in their order; `None` where the bytes make no sense. Ids that are marks are
/// left out unless they are asked for.
pub(in super::super) fn read(bytes: &[u8], query: &Query, marks: bool, show: &mut dyn FnMut(&Record)) -> Option<()> {
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
pub(super) struct Names<'a> {
    pub(super) table: Table,
    pub(super) codes: Option<Reader<'a>>,
    shown: u64,
}

/// One record after another, each in the place of the one before, so that names that stay are not copied. What the question
/// does not ask about is read only for those that it may accept.
struct Rows<'a> {
    count: usize,
    record: Record,
    /// How many records since the last one that was complete.
    behind: usize,
    times: Times<'a>,
    ids: Option<(bool, Reader<'a>)>,
    /// The labels that are asked about, and the others.
    asked: Vec<(usize, Names<'a>)>,
    names: Vec<(usize, Names<'a>)>,
    figures: Figures<'a>,
    tags: Option<Names<'a>>,
    forms: Option<Names<'a>>,
}

impl<'a> Rows<'a> {
    fn open(bytes: &'a [u8], query: &Query, marks: bool) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let count = usize::read(&mut reader)?;
        let times = Times::open(&mut reader)?;
        let ids = some(reader.bytes()?).map(|mut ids| Some((bool::read(&mut ids)?, ids)));
        let ids = ids.flatten().filter(|(whole, _)| *whole || marks);
        let (mut asked, mut names) = (Vec::new(), Vec::new());
        for place in 0..Record::LABELS {
            let columns = if query.asks_about(place) { &mut asked } else { &mut names };
            columns.extend(Names::open(reader.bytes()?, count)?.map(|column| (place, column)));
        }
        let figures = Figures::open(&mut reader)?;
        let (tags, forms) = (Names::open(reader.bytes()?, count)?, Names::open(reader.bytes()?, count)?);
        let (record, behind) = (Record::default(), 0);
        Some(Self { count, record, behind, times, ids, asked, names, figures, tags, forms })
    }

    /// Reads when the next record was, and the labels that are asked about.
    fn next(&mut self) -> Option<()> {
        self.record.at = self.times.next()?;
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
        self.figures.next(behind, &mut self.record)?;
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
    pub(super) fn open(bytes: &'a [u8], count: usize) -> Option<Option<Self>> {
        let Some(mut reader) = some(bytes) else { return Some(None) };
        let table = Table { names: Vec::read(&mut reader)? };
        let codes = (!reader.is_at_end() || count == 0).then_some(reader);
        Some(Some(Self { table, codes, shown: 0 }))
    }
}

pub(super) fn some(bytes: &[u8]) -> Option<Reader<'_>> {
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
