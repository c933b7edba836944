use proptest::prelude::*;
use serde_json::json;

use super::super::calendar::HOUR;
use super::super::query::{Filter, Query};
use super::super::record::{FormUse, OPERATIONS};
use super::super::rollup::Rollup;
use super::super::sums::count_consumers;
use super::super::top::{Heaviest, Order};
use super::super::usage::Usage;
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
    fn sums_by_number_are_those_of_the_records(
        mut records in prop::collection::vec(record(), 0..60),
        filter in prop::sample::select(vec![
            json!(null), json!({"model": "a"}), json!({"tag": ["x", "y"]}), json!({"operation": "call"}),
            json!({"user": ["ab", "c"], "error": ["a", "b", "c"]}), json!({"model": ["a", "b", "c"], "tag": "z"}),
        ]),
    ) {
        for record in &mut records {
            record.at = record.at.rem_euclid(60.0 * HOUR).floor();
        }
        let query = Query { filter: Filter::from_json(&filter).unwrap(), ..Query::last(48, 60.0 * HOUR - 1.0) };
        let span = query.span(0.0);
        let steps = || -> Vec<(i64, Rollup)> { (span.first..=span.last).map(|step| (step, Rollup::default())).collect() };
        let (mut expected, mut consumers) = (steps(), Default::default());
        for record in records.iter().filter(|record| query.accepts(record)) {
            expected[span.place(record.at).unwrap()].1.add(record);
            count_consumers(&mut consumers, record);
        }
        let (mut found, mut heaviest) = (steps(), Some(Default::default()));
        let bytes = write(&records.iter().collect::<Vec<_>>(), Ids::Marks);
        let mut answer = Answer { span, steps: &mut found, heaviest: &mut heaviest };
        prop_assert_eq!(sum(&bytes, &query, &mut answer), Some(()));
        prop_assert_eq!(found, expected);
        let listed = |heaviest: [Heaviest; 4]| heaviest.map(|heaviest| heaviest.top(usize::MAX, Order::Tokens));
        prop_assert_eq!(listed(heaviest.unwrap()), listed(consumers));
    }

    #[test]
    fn any_bytes_are_summed_or_refused_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let query = Query::last(48, 60.0 * HOUR);
        let (mut steps, mut heaviest) = (vec![(0, Rollup::default())], Some(Default::default()));
        let _ = sum(&bytes, &query, &mut Answer { span: query.span(0.0), steps: &mut steps, heaviest: &mut heaviest });
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
