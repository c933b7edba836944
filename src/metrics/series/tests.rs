//! The promises of what is kept: no sum is lost and none counted twice, whoever writes and whatever a store shows.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::calendar::MINUTE;
use super::super::query::{Filter, Query, Span};
use super::super::sums::count_consumers;
use super::super::top::{Heaviest, Order};
use super::*;

type Store = BTreeMap<String, Vec<u8>>;

fn saved(id: Option<&str>, at: f64, before: u64) -> Record {
    let (tokens_before, tokens_after) = (Some(before), Some(0));
    Record { id: id.map(str::to_owned), at, tokens_before, tokens_after, ..Record::default() }
}

fn series(writer: &str) -> Series {
    let mut series = Series::default();
    series.name_writer(writer);
    series
}

/// Writes what changed, as the engine does.
fn flush(series: &mut Series, store: &mut Store, now: f64) {
    for key in series.take_changed(now) {
        match series.payload(&key, now) {
            Some(bytes) => drop(store.insert(key, bytes)),
            None => drop(store.remove(&key)),
        }
    }
}

/// Reads what a store has, as an instance that starts or refreshes does.
fn read(series: &mut Series, store: &Store, now: f64) {
    for key in series.wanted(store.keys().cloned().collect()) {
        series.take_in(&key, &store[&key]).unwrap();
    }
    series.settle(now);
}

fn seen(store: &Store, now: f64) -> (u64, u64) {
    let mut reader = series("reader");
    read(&mut reader, store, now);
    let totals = reader.all().totals;
    (totals.operations, totals.before)
}

#[test]
fn sealing_loses_no_sum() {
    let mut series = series("a");
    for number in 0..9_000_u64 {
        series.push(saved(None, number as f64 * MINUTE, number), 1.0);
    }
    series.take_changed(9_000.0 * MINUTE);
    assert!((RECENT..RECENT + CHUNK).contains(&series.recent.len()));
    let sum = 8_999 * 9_000 / 2;
    let (all, window) = (series.all(), series.window(0.0, 9_000.0 * MINUTE));
    assert_eq!(all.totals.before, sum);
    assert_eq!(window.totals, all.totals);
    let (end, every) = (9_000.0 * MINUTE, Filter::default());
    assert_eq!((series.totals(0.0, end, &every), series.latency(0.0, end, &every)), (all.totals, window.latency.all()));
    let by_hour: u64 =
        series.steps(&Span::new(9_000.0 * MINUTE, 200, None)).iter().map(|step| step.1.totals.before).sum();
    assert_eq!(by_hour, sum);
    let mut rows = 0;
    series.each(&Query::default(), false, &mut |record| rows += record.tokens_before.unwrap());
    assert_eq!(rows, sum);
    assert_eq!(series.rows_since(), Some(0.0));
}

#[test]
fn consumers_of_a_stretch_are_those_of_its_records() {
    let mut series = series("a");
    for number in 0..9_000_u64 {
        let user = Some(format!("user-{}", number % 40));
        series.push(Record { user, ..saved(None, number as f64 * MINUTE, number) }, 1.0);
    }
    series.take_changed(9_000.0 * MINUTE);
    for hours in [30, 100, 140] {
        let span = Span::new(8_990.0 * MINUTE, hours, None);
        let query = Query { span: Some(span), ..Query::default() };
        let mut counted: [Heaviest; 4] = Default::default();
        series.each(&query, false, &mut |record| count_consumers(&mut counted, record));
        let listed = |heaviest: &[Heaviest; 4]| heaviest[0].top(50, Order::Tokens);
        assert_eq!(listed(&series.consumers(&query)), listed(&counted), "{hours} hours");
        assert_eq!(listed(&counted).len(), 40);
    }
}

#[test]
fn the_last_record_of_an_id_holds_until_it_is_sealed_and_is_never_counted_twice() {
    let mut series = series("a");
    assert!(!series.push(saved(Some("a"), 1.0, 10), 1.0));
    assert!(series.push(saved(Some("a"), 2.0, 25), 1.0));
    assert_eq!((series.all().totals.operations, series.all().totals.before), (1, 25));
    assert_eq!(series.totals(0.0, 9.0, &Filter::default()).before, 25);
    for _ in 0..CHUNK + RECENT {
        series.push(saved(None, 1.0, 0), 1.0);
    }
    series.take_changed(1.0);
    assert!(series.push(saved(Some("a"), 2.0, 99), 1.0));
    assert_eq!(series.all().totals.before, 25);
}

#[test]
fn a_window_leaves_out_what_is_before_and_after() {
    let mut series = series("a");
    for hour in 0..10_u64 {
        series.push(saved(None, hour as f64 * HOUR, 1 << hour), 1.0);
    }
    assert_eq!(series.window(2.0 * HOUR, 4.0 * HOUR).totals.before, 0b11100);
    assert_eq!(series.totals(2.0 * HOUR, 4.0 * HOUR, &Filter::default()).before, 0b11100);
    assert_eq!(series.window(4.0 * HOUR, 2.0 * HOUR).totals.before, 0, "a clock that went back shows nothing");
}

#[test]
fn one_flush_of_few_records_is_one_key() {
    let (mut one, mut store) = (series("a"), Store::new());
    for flushed in 1..=3_u64 {
        for _ in 0..40 {
            one.push(saved(None, 1.0, 1), 1.0);
        }
        assert_eq!(one.take_changed(1.0).len(), 1);
        one.touch(0);
        flush(&mut one, &mut store, 1.0);
        assert_eq!((store.len(), seen(&store, 2.0)), (1, (flushed * 40, flushed * 40)));
    }
}

#[test]
fn a_chunk_stands_in_the_place_of_its_pieces_while_a_store_shows_both() {
    let (mut one, mut store) = (series("a"), Store::new());
    for _ in 0..CHUNK + RECENT - 1 {
        one.push(saved(None, 1.0, 1), 1.0);
    }
    flush(&mut one, &mut store, 1.0);
    let pieces = store.clone();
    one.push(saved(None, 1.0, 1), 1.0);
    flush(&mut one, &mut store, 1.0);
    assert_eq!(seen(&store, 2.0).0, (CHUNK + RECENT) as u64);
    assert!(store.len() < pieces.len(), "the pieces are gone");
    store.extend(pieces);
    flush(&mut one, &mut store, 1.0);
    assert_eq!(seen(&store, 2.0).0, (CHUNK + RECENT - 1) as u64, "but for the last, written over by its older self");
}

#[test]
fn what_another_changes_is_seen_when_it_is_read_again() {
    let (mut one, mut two, mut store) = (series("a"), series("b"), Store::new());
    one.push(saved(Some("x"), 1.0, 10), 1.0);
    flush(&mut one, &mut store, 1.0);
    read(&mut two, &store, 2.0);
    assert_eq!(two.all().totals.before, 10);
    one.push(saved(Some("x"), 1.0, 30), 1.0);
    one.push(saved(Some("y"), 1.0, 5), 1.0);
    flush(&mut one, &mut store, 3.0);
    read(&mut two, &store, 4.0);
    assert_eq!((two.all().totals.operations, two.all().totals.before), (2, 35));
}

#[test]
fn what_many_pages_left_is_put_together_and_removed_when_all_have_seen_it() {
    let mut store = Store::new();
    for page in 0..20 {
        let mut one = series(&format!("page{page}"));
        one.push(saved(Some(&page.to_string()), 1.0, 1), 1.0);
        flush(&mut one, &mut store, 1.0);
    }
    let mut merger = series("m");
    let later = 3.0 * HOUR;
    read(&mut merger, &store, later);
    flush(&mut merger, &mut store, later);
    assert_eq!((store.len(), seen(&store, later)), (21, (20, 20)), "none is removed at once");
    let mut other = series("n");
    read(&mut other, &store, later + 2.0 * HOUR);
    flush(&mut other, &mut store, later + 2.0 * HOUR);
    assert_eq!((store.len(), seen(&store, later)), (1, (20, 20)));
}

#[test]
fn of_two_that_were_put_together_from_the_same_one_counts() {
    let mut store = Store::new();
    for page in 0..10 {
        let mut one = series(&format!("page{page}"));
        one.push(saved(None, 1.0, 1), 1.0);
        flush(&mut one, &mut store, 1.0);
    }
    let (later, mut fewer) = (3.0 * HOUR, store.clone());
    fewer.pop_first();
    let (mut one, mut two) = (series("m"), series("n"));
    read(&mut one, &store, later);
    read(&mut two, &fewer, later);
    flush(&mut one, &mut store, later);
    flush(&mut two, &mut store, later);
    assert_eq!((store.len(), seen(&store, later)), (12, (10, 10)));
    for round in 1..4 {
        let now = later + f64::from(round) * 3.0 * HOUR;
        let mut tidy = series(&format!("t{round}"));
        read(&mut tidy, &store, now);
        flush(&mut tidy, &mut store, now);
        assert_eq!(seen(&store, now), (10, 10), "round {round}");
    }
}

#[test]
fn beyond_the_limit_the_oldest_keep_their_sums() {
    let (mut one, mut store) = (series("a"), Store::new());
    one.limits.bytes = 200_000;
    for number in 0..20_000_u64 {
        let user = Some(format!("user-{}", number % 50));
        one.push(Record { user, ..saved(None, number as f64 * MINUTE, number) }, 1.0);
    }
    flush(&mut one, &mut store, 20_000.0 * MINUTE);
    assert!(one.bytes() <= 400_000, "{}", one.bytes());
    assert_eq!(seen(&store, 1e12), (20_000, 19_999 * 20_000 / 2));
    assert!(one.rows_since().unwrap() > 0.0);
    one.limits = Limits { days: 1.0, ..Limits::default() };
    one.settle(1e12);
    flush(&mut one, &mut store, 1e12);
    assert!(one.parts.iter().all(|(_, part)| !part.is_whole()));
    assert_eq!(seen(&store, 1e12), (20_000, 19_999 * 20_000 / 2));
}

#[test]
fn clearing_leaves_nothing_in_the_store() {
    let (mut one, mut store) = (series("a"), Store::new());
    for _ in 0..4_000 {
        one.push(saved(None, 1.0, 1), 1.0);
    }
    flush(&mut one, &mut store, 1.0);
    one.clear();
    one.push(saved(None, 2.0, 7), 1.0);
    flush(&mut one, &mut store, 2.0);
    assert_eq!((store.len(), seen(&store, 3.0)), (1, (1, 7)));
}

#[test]
fn alerts_see_the_records_of_a_filter_in_chunks_too() {
    let mut series = series("a");
    let filter = Filter::from_json(&serde_json::json!({"user": "ada"})).unwrap();
    for number in 0..5_000_u64 {
        let user = Some(if number % 10 == 0 { "ada" } else { "bob" }.to_owned());
        series.push(Record { user, ..saved(None, number as f64, 1) }, 1.0);
        if number % 1_000 == 0 {
            series.take_changed(number as f64);
            assert_eq!(series.totals(0.0, 1e9, &filter).before, number / 10 + 1);
        }
    }
    assert_eq!(series.totals(0.0, 1e9, &filter).before, 500);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Alerts of two instances must see one value, or each would tell of crossings that the other does not see.
    #[test]
    fn from_a_moment_on_everyone_sums_up_the_same(
        times in prop::collection::vec(0..300_u32, 1..200), starts in prop::collection::vec(0..300_u32, 1..20), filtered: bool
    ) {
        let mut times: Vec<f64> = times.into_iter().map(|minute| f64::from(minute) * MINUTE).collect();
        times.sort_by(f64::total_cmp);
        let where_ = if filtered { serde_json::json!({"user": "ada"}) } else { serde_json::Value::Null };
        let filter = Filter::from_json(&where_).unwrap();
        let (mut one, mut store) = (series("a"), Store::new());
        for (place, at) in times.iter().enumerate() {
            // 20 records each, so that some are in chunks.
            for more in 0..20 {
                let user = Some(if (place + more) % 3 == 0 { "ada" } else { "bob" }.to_owned());
                one.push(Record { user, ..saved(None, *at, 1) }, *at);
            }
            flush(&mut one, &mut store, *at);
        }
        let now = 400.0 * MINUTE;
        let mut two = series("b");
        read(&mut two, &store, now);
        for start in starts {
            let from = f64::from(start) * MINUTE;
            let counted = |(place, at): (usize, &f64)| {
                let all = (0..20).filter(|more| !filtered || (place + more) % 3 == 0).count() as u64;
                if *at >= from { all } else { 0 }
            };
            let expected: u64 = times.iter().enumerate().map(counted).sum();
            prop_assert_eq!(one.totals(from, now, &filter).before, expected);
            prop_assert_eq!(two.totals(from, now, &filter).before, expected);
        }
    }
}

#[test]
fn foreign_and_damaged_parts_are_refused_and_change_nothing() {
    let (mut one, mut store) = (series("a"), Store::new());
    one.push(saved(None, 1.0, 10), 1.0);
    flush(&mut one, &mut store, 1.0);
    let mut two = series("b");
    let (key, bytes) = store.first_key_value().unwrap();
    for at in 0..bytes.len() {
        assert!(two.take_in(key, &bytes[..at]).is_err());
    }
    assert_eq!(two.take_in("metrics:nonsense", b"x"), Ok(false));
    assert!(two.take_in("metrics:x:00000000", b"someone else's").is_err());
    two.settle(2.0);
    assert_eq!(two.all().totals.operations, 0);
}

proptest! {
    // Each case writes thousands of records, so that there are chunks: fewer cases, then.
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Instances write, read and tidy in any order; whatever has been written is seen by whoever reads it all, once.
    #[test]
    fn nothing_is_lost_or_doubled(steps in prop::collection::vec((0..4usize, 0..5u8, 1..300usize), 1..40)) {
        let mut instances: Vec<Series> = (0..4).map(|number| series(&format!("w{number}"))).collect();
        let (mut store, mut now, mut pushed) = (Store::new(), 0.0, [0u64; 4]);
        for (who, what, many) in steps {
            let one = &mut instances[who];
            match what {
                0 | 1 => (0..many * 10).for_each(|_| {
                    one.push(saved(None, now, 1), now);
                    pushed[who] += 1;
                }),
                2 => read(one, &store, now),
                3 => {
                    // Whoever is gone for long comes back under a new name.
                    flush(one, &mut store, now);
                    now += 20.0 * MINUTE;
                }
                _ => {
                    flush(one, &mut store, now);
                    *one = series(&format!("w{who}-{now}"));
                    now += HOUR;
                }
            }
        }
        for one in &mut instances {
            flush(one, &mut store, now);
        }
        let all: u64 = pushed.iter().sum();
        prop_assert_eq!(seen(&store, now), (all, all));
        for one in &mut instances {
            read(one, &store, now);
            prop_assert_eq!(one.all().totals.operations, all);
        }
    }
}

#[test]
fn a_chunk_that_is_written_late_holds_nothing_that_others_took_over() {
    let (mut one, mut other, mut store) = (series("a"), series("b"), Store::new());
    (0..1_080).for_each(|_| _ = one.push(saved(None, 0.0, 1), 0.0));
    flush(&mut one, &mut store, 0.0);
    (0..5_070).for_each(|_| _ = one.push(saved(None, MINUTE, 1), MINUTE));
    read(&mut other, &store, 3.0 * HOUR);
    flush(&mut other, &mut store, 3.0 * HOUR);
    flush(&mut one, &mut store, 3.0 * HOUR);
    assert_eq!(seen(&store, 3.0 * HOUR), (6_150, 6_150));
}
