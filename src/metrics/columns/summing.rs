//! Sums records up by the numbers that their names have in a part, so that no name is looked for before a step is summed up:
//! to look for each record's names was most of the work of a filter over a hundred thousand records.

use super::super::query::{Query, Span};
use super::super::record::{OPERATIONS, Record};
use super::super::rollup::{Breakdown, Rollup};
use super::super::top::Heaviest;
use super::super::totals::Totals;
use super::figures::{Figures, Times};
use super::reading::Names;
use trimtab_codec::{Codec, Reader};

/// What records are summed up in: a rollup for each step of a span, and consumers where they are asked for.
pub(in super::super) struct Answer<'a> {
    pub(in super::super) span: Span,
    pub(in super::super) steps: &'a mut [(i64, Rollup)],
    pub(in super::super) heaviest: &'a mut Option<[Heaviest; 4]>,
}

/// The places of the labels that answers are split by.
const MODEL: usize = 0;
const TIER: usize = 3;
const KIND: usize = 4;
const ERROR: usize = 5;
const USER: usize = 6;
const TASK: usize = 7;

/// Adds the records that a question accepts; `None` where the bytes make no sense.
pub(in super::super) fn sum(bytes: &[u8], query: &Query, answer: &mut Answer) -> Option<()> {
    let mut rows = Rows::open(bytes, query)?;
    let (mut summed, mut step) = (Summed::over(&rows), None);
    for _ in 0..rows.count {
        rows.next()?;
        let place = answer.span.place(rows.record.at).filter(|_| rows.may_count(query));
        if place.is_none() {
            rows.behind += 1;
            continue;
        }
        rows.complete()?;
        if !rows.counts(query) {
            continue;
        }
        if step != place {
            summed.give(&rows, step, answer);
            step = place;
        }
        if let Some((_, rollup)) = step.and_then(|step| answer.steps.get_mut(step)) {
            summed.add(&rows, rollup);
        }
    }
    summed.give(&rows, step, answer);
    Some(())
}

/// A column of names, and which of them a question wants.
struct Column<'a> {
    names: Option<Names<'a>>,
    wanted: Option<Vec<bool>>,
    /// The number of this record's name; 0 for none.
    code: usize,
}

impl<'a> Column<'a> {
    fn open(bytes: &'a [u8], count: usize, wanted: Option<&[String]>) -> Option<Self> {
        let names = Names::open(bytes, count)?;
        let table = names.as_ref().map_or(&[][..], |names| &names.table.names);
        let wanted = wanted.map(|wanted| table.iter().map(|name| wanted.contains(name)).collect());
        Some(Self { names, wanted, code: 0 })
    }

    fn names(&self) -> &[String] {
        self.names.as_ref().map_or(&[], |names| &names.table.names)
    }

    fn codes(&mut self) -> Option<&mut Reader<'a>> {
        self.names.as_mut()?.codes.as_mut()
    }

    /// Reads the number of a label.
    fn next(&mut self, behind: usize) -> Option<()> {
        self.code = usize::from(self.names.is_some());
        if let Some(codes) = self.codes() {
            codes.skip_varints(behind)?;
            self.code = usize::read(codes)?;
        }
        Some(())
    }

    fn wants(&self, code: usize) -> bool {
        let wanted = |wanted: &Vec<bool>| code.checked_sub(1).and_then(|place| wanted.get(place)) == Some(&true);
        self.wanted.as_ref().is_none_or(wanted)
    }
}

/// One record after another: its figures, and the numbers of its names.
struct Rows<'a> {
    count: usize,
    /// Without names.
    record: Record,
    /// How many records since the last one that was complete.
    behind: usize,
    times: Times<'a>,
    labels: Vec<Column<'a>>,
    figures: Figures<'a>,
    tags: Column<'a>,
    tagged: Vec<usize>,
    forms: Column<'a>,
    /// The numbers of forms, with tokens before and after.
    used: Vec<(usize, (u64, u64))>,
}

impl<'a> Rows<'a> {
    fn open(bytes: &'a [u8], query: &Query) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let count = usize::read(&mut reader)?;
        let times = Times::open(&mut reader)?;
        reader.bytes()?; // ids
        let mut labels = Vec::new();
        for place in 0..Record::LABELS {
            labels.push(Column::open(reader.bytes()?, count, query.wanted(Some(place)))?);
        }
        let figures = Figures::open(&mut reader)?;
        let tags = Column::open(reader.bytes()?, count, query.wanted(None))?;
        let forms = Column::open(reader.bytes()?, count, None)?;
        let (record, tagged, used) = (Record::default(), Vec::new(), Vec::new());
        Some(Self { count, record, behind: 0, times, labels, figures, tags, tagged, forms, used })
    }

    /// Reads when the next record was, and the labels that are asked about.
    fn next(&mut self) -> Option<()> {
        self.record.at = self.times.next()?;
        self.labels.iter_mut().filter(|label| label.wanted.is_some()).try_for_each(|label| label.next(0))
    }

    fn may_count(&self, query: &Query) -> bool {
        query.reaches(self.record.at) && self.labels.iter().all(|label| label.wants(label.code))
    }

    /// Whether the record counts, once it is complete.
    fn counts(&self, query: &Query) -> bool {
        let tagged = self.tags.wanted.is_none() || self.tagged.iter().any(|code| self.tags.wants(*code));
        tagged && query.accepts_operation(&self.record)
    }

    /// Reads the rest of the record.
    fn complete(&mut self) -> Option<()> {
        let behind = std::mem::take(&mut self.behind);
        self.labels.iter_mut().filter(|label| label.wanted.is_none()).try_for_each(|label| label.next(behind))?;
        self.figures.next(behind, &mut self.record)?;
        // An empty name takes no memory, and an error is counted whatever it is.
        self.record.error = (self.code(ERROR) > 0).then(String::new);
        self.next_tags(behind)?;
        self.next_forms(behind)
    }

    fn next_tags(&mut self, behind: usize) -> Option<()> {
        self.tagged.clear();
        let Some(codes) = self.tags.codes() else { return Some(()) };
        for _ in 0..behind {
            let tags = usize::read(codes)?;
            codes.skip_varints(tags)?;
        }
        for _ in 0..usize::read(codes)? {
            self.tagged.push(usize::read(codes)?);
        }
        Some(())
    }

    fn next_forms(&mut self, behind: usize) -> Option<()> {
        self.used.clear();
        let Some(codes) = self.forms.codes() else { return Some(()) };
        for _ in 0..behind {
            let figures = usize::read(codes)?.checked_mul(3)?;
            codes.skip_varints(figures)?;
        }
        for _ in 0..usize::read(codes)? {
            self.used.push(Codec::read(codes)?);
        }
        Some(())
    }

    fn code(&self, place: usize) -> usize {
        self.labels.get(place).map_or(0, |label| label.code)
    }

    fn names(&self, place: usize) -> &[String] {
        self.labels.get(place).map_or(&[], Column::names)
    }
}

/// Sums by the numbers of names, each with the tokens that consumers are ranked by; of names that do not come, none.
#[derive(Default)]
struct ByCode {
    /// Where the sums of each number are, from 1 on; 0 where there are none.
    places: Vec<u32>,
    sums: Vec<(usize, u64, Totals)>,
}

impl ByCode {
    fn over(names: usize) -> Self {
        Self { places: vec![0; names], sums: Vec::new() }
    }

    fn add(&mut self, code: usize, tokens: u64, totals: &Totals) {
        let Some(place) = code.checked_sub(1).and_then(|code| self.places.get_mut(code)) else { return };
        if *place == 0 {
            self.sums.push((code, tokens, *totals));
            *place = self.sums.len() as u32;
        } else if let Some((_, known, sums)) = self.sums.get_mut(*place as usize - 1) {
            *known = known.saturating_add(tokens);
            sums.merge(totals);
        }
    }

    /// The sums by name, those first whose name came first.
    fn named<'a>(&'a self, names: &'a [String]) -> impl Iterator<Item = (&'a str, u64, &'a Totals)> {
        let named = |(code, tokens, totals): &'a (usize, u64, Totals)| Some((names.get(code - 1)?, *tokens, totals));
        self.sums.iter().filter_map(named).map(|(name, tokens, totals)| (name.as_str(), tokens, totals))
    }

    fn give(&self, names: &[String], breakdown: &mut Breakdown) {
        self.named(names).for_each(|(name, _, totals)| breakdown.add(name, totals));
    }

    fn rank(&self, names: &[String], heaviest: &mut Heaviest) {
        self.named(names).for_each(|(name, tokens, totals)| heaviest.add(name, tokens, totals));
    }

    fn clear(&mut self) {
        for (code, ..) in self.sums.drain(..) {
            if let Some(place) = self.places.get_mut(code - 1) {
                *place = 0;
            }
        }
    }
}

/// The sums of one step.
struct Summed {
    totals: Totals,
    /// By label; of those that nothing is split by, none.
    labels: Vec<ByCode>,
    operations: [Totals; OPERATIONS.len()],
    tags: ByCode,
    forms: ByCode,
}

/// The labels that answers are split by.
const SPLIT: [usize; 6] = [MODEL, TIER, KIND, ERROR, USER, TASK];

impl Summed {
    fn over(rows: &Rows) -> Self {
        let over = |place| ByCode::over(if SPLIT.contains(&place) { rows.names(place).len() } else { 0 });
        Self {
            totals: Totals::default(),
            labels: (0..Record::LABELS).map(over).collect(),
            operations: Default::default(),
            tags: ByCode::over(rows.tags.names().len()),
            forms: ByCode::over(rows.forms.names().len()),
        }
    }

    fn add(&mut self, rows: &Rows, rollup: &mut Rollup) {
        let (record, totals) = (&rows.record, Totals::of(&rows.record));
        let tokens = record.weight();
        self.totals.merge(&totals);
        rollup.latency.add(record);
        rollup.begin(record.at);
        for (sums, label) in self.labels.iter_mut().zip(&rows.labels) {
            sums.add(label.code, tokens, &totals);
        }
        if let Some(sums) = self.operations.get_mut(record.operation as usize) {
            sums.merge(&totals);
        }
        rows.tagged.iter().for_each(|tag| self.tags.add(*tag, tokens, &totals));
        for (form, (before, after)) in &rows.used {
            self.forms.add(*form, 0, &Totals::of_form(*before, *after, record.exact));
        }
    }

    /// Gives what was summed up to a step, and begins anew.
    fn give(&mut self, rows: &Rows, step: Option<usize>, answer: &mut Answer) {
        let Some((_, rollup)) = step.and_then(|step| answer.steps.get_mut(step)) else { return };
        rollup.totals.merge(&self.totals);
        let Rollup { models, tiers, kinds, errors, .. } = rollup;
        let mut heaviest = answer.heaviest.as_mut();
        for (place, sums) in self.labels.iter_mut().enumerate() {
            let names = rows.names(place);
            match place {
                MODEL => sums.give(names, models),
                TIER => sums.give(names, tiers),
                KIND => sums.give(names, kinds),
                ERROR => sums.give(names, errors),
                _ => {}
            }
            if let Some([users, tasks, models, _]) = heaviest.as_deref_mut() {
                match place {
                    USER => sums.rank(names, users),
                    TASK => sums.rank(names, tasks),
                    MODEL => sums.rank(names, models),
                    _ => {}
                }
            }
            sums.clear();
        }
        for (operation, totals) in OPERATIONS.iter().zip(&self.operations).filter(|(_, totals)| totals.operations > 0) {
            rollup.operations.add(operation.name(), totals);
        }
        self.forms.give(rows.forms.names(), &mut rollup.forms);
        if let Some([.., tags]) = heaviest {
            self.tags.rank(rows.tags.names(), tags);
        }
        self.forms.clear();
        self.tags.clear();
        (self.totals, self.operations) = Default::default();
    }
}
