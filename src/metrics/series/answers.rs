//! What is known, by whole hours and days where records are settled, and exactly where they are not.

use super::super::columns::Answer;
use super::super::part::Part;
use super::super::query::{Query, Span};
use super::super::record::Record;
use super::super::rollup::Rollup;
use super::super::sums::{count_consumers, merge_consumers};
use super::super::top::Heaviest;
use super::Series;
use trimtab_ordered::sort_by;

impl Series {
    /// The newest records of this instance, oldest first.
    pub(crate) fn recent(&self) -> impl Iterator<Item = &Record> {
        self.recent.iter()
    }

    /// Everything since the first record.
    pub(crate) fn all(&self) -> Rollup {
        let mut all = self.settled_all.borrow_mut().get_or_insert_with(|| self.sums.all()).clone();
        self.unsettled().for_each(|record| all.add(record));
        all
    }

    pub(super) fn unsettled(&self) -> impl Iterator<Item = &Record> {
        self.loose.iter().chain(&self.recent)
    }

    /// The records between two moments, as far as they can still be told apart.
    pub(crate) fn window(&self, from: f64, to: f64) -> Rollup {
        let mut rollup = Rollup::default();
        self.sums.parts(from, to).for_each(|part| rollup.merge(part));
        self.unsettled().filter(|record| (from..=to).contains(&record.at)).for_each(|record| rollup.add(record));
        rollup
    }

    /// The settled parts with whole records, oldest first.
    pub(super) fn whole_parts(&self) -> Vec<&Part> {
        let whole = self.parts.iter().filter(|(key, part)| part.is_whole() && self.settled.contains(*key));
        let mut parts: Vec<&Part> = whole.map(|(_, part)| part).collect();
        sort_by(&mut parts, |a, b| a.from.total_cmp(&b.from));
        parts
    }

    /// One rollup for each step of an hour or a day.
    pub(crate) fn steps(&self, span: &Span) -> Vec<(i64, Rollup)> {
        let mut steps = self.sums.steps(span);
        for record in self.unsettled() {
            if let Some((_, step)) = span.place(record.at).and_then(|place| steps.get_mut(place)) {
                step.add(record);
            }
        }
        steps
    }

    /// Shows the records that are still whole and that a question is about, those of one part after another. Where ids are
    /// not asked for, those in chunks come without.
    pub(crate) fn each(&self, query: &Query, marks: bool, show: &mut dyn FnMut(&Record)) {
        for part in self.parts_about(query) {
            let _ = part.each(query, marks, show);
        }
        self.unsettled().filter(|record| query.accepts(record)).for_each(show);
    }

    /// Sums up the records that are still whole and that a question is about, by step, and consumers where they are asked
    /// for.
    pub(crate) fn sum(&self, query: &Query, mut answer: Answer) {
        for part in self.parts_about(query) {
            let _ = part.sum(query, &mut answer);
        }
        for record in self.unsettled().filter(|record| query.accepts(record)) {
            let place = answer.span.place(record.at);
            if let Some((_, step)) = place.and_then(|place| answer.steps.get_mut(place)) {
                step.add(record);
                answer.heaviest.iter_mut().for_each(|heaviest| count_consumers(heaviest, record));
            }
        }
    }

    fn parts_about(&self, query: &Query) -> impl Iterator<Item = &Part> {
        let span = query.span;
        let overlaps = move |part: &&Part| span.is_none_or(|span| part.to >= span.from() && part.from <= span.to);
        self.whole_parts().into_iter().filter(overlaps)
    }

    /// How far back records are whole.
    pub(crate) fn rows_since(&self) -> Option<f64> {
        let parts = self.whole_parts().first().map(|part| part.from);
        self.unsettled().map(|record| record.at).chain(parts).reduce(f64::min)
    }

    /// About how many bytes all of it takes.
    pub(crate) fn bytes(&self) -> usize {
        let parts: usize = self.parts.iter().map(|(_, part)| part.bytes()).sum();
        parts + 100 * self.recent.len()
    }

    /// Consumers by user, task, model and tag.
    pub(crate) fn heaviest(&self) -> [Heaviest; 4] {
        let mut heaviest = self.sums.heaviest().clone();
        self.unsettled().for_each(|record| count_consumers(&mut heaviest, record));
        heaviest
    }

    /// Consumers among the records that a question is about. What lies in its stretch of time as a whole is summed up
    /// already.
    pub(crate) fn consumers(&self, query: &Query) -> [Heaviest; 4] {
        if query.filter.is_empty() && query.span.is_none() {
            return self.heaviest();
        }
        let mut heaviest: [Heaviest; 4] = Default::default();
        for part in self.parts_about(query) {
            let inside = query.span.is_none_or(|span| span.holds(part.from) && span.holds(part.to));
            match part.heaviest().filter(|_| inside && query.filter.is_empty()) {
                Some(more) => merge_consumers(&mut heaviest, &more),
                None => {
                    let _ = part.each(query, false, &mut |record| count_consumers(&mut heaviest, record));
                }
            }
        }
        let unsettled = self.unsettled().filter(|record| query.accepts(record));
        unsettled.for_each(|record| count_consumers(&mut heaviest, record));
        heaviest
    }
}
