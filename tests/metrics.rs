//! The metrics from records to answers, as the engine uses them.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test, in its helpers too")]

use serde_json::{Value, json};
use trimtab::ErrorKind;
use trimtab::metrics::json::{self, Json};
use trimtab::metrics::{FormUse, Format, Limits, Metrics, Operation, Query, RECENT, Record};

const HOUR: f64 = 3_600_000.0;
/// 2026-09-23T12:00:00Z.
const NOW: f64 = 1_790_164_800_000.0;

fn optimized(at: f64, before: u64, after: u64) -> Record {
    Record {
        model: Some("gpt-4o".into()),
        encoding: Some("o200k_base".into()),
        tokens_before: Some(before),
        tokens_after: Some(after),
        exact: true,
        tier: Some("standard".into()),
        kind: Some("json".into()),
        forms: vec![FormUse { form: "table".into(), before: before / 2, after: after / 2 }],
        cached: Some(false),
        latency_ms: Some(4.0),
        user: Some("ada".into()),
        ..Record::new(Operation::Optimize, at)
    }
}

fn parsed(answer: &impl Json) -> Value {
    serde_json::from_str(&json::text(answer)).unwrap()
}

fn question(value: Value) -> Query {
    Query::from_json(&value, NOW).unwrap()
}

fn call(value: Value) -> Record {
    Record::from_json(&value, NOW).unwrap()
}

#[test]
fn a_snapshot_says_what_was_saved_and_spent() {
    let mut metrics = Metrics::default();
    metrics.record(optimized(NOW, 1_000_000, 250_000), NOW).unwrap();
    metrics.record(Record { cached: Some(true), ..optimized(NOW, 1_000_000, 250_000) }, NOW).unwrap();
    let usage = json!({"prompt_tokens": 500_000, "completion_tokens": 100_000, "prompt_tokens_details": {"cached_tokens": 400_000}});
    let recorded = metrics.record(call(json!({"model": "gpt-4o", "usage": usage})), NOW).unwrap();
    let cost = 0.1 * 2.5 + 0.4 * 1.25 + 0.1 * 10.0;
    assert!((recorded.cost.unwrap() - cost).abs() < 1e-12);

    let figures = metrics.snapshot(&Query::default(), NOW).figures;
    assert_eq!((figures.operations, figures.calls), (3, 1));
    assert_eq!((figures.tokens.saved, figures.tokens.savings_rate, figures.tokens.samples), (1_500_000, Some(0.75), 2));
    assert_eq!(figures.cache.hit_rate, Some(0.5));
    assert!((figures.cost.saved_gross.unwrap() - 3.75).abs() < 1e-12);
    assert_eq!(figures.cost.saved_net, None, "nobody said what the provider's cache would have read");
    assert!((figures.cost.spent.unwrap() - cost).abs() < 1e-12);
}

#[test]
fn savings_are_net_of_the_discount_that_was_lost() {
    let mut metrics = Metrics::default();
    // 10,000 tokens of which 8,000 would have been read from the cache, sent as 4,000 of which none is.
    metrics.record(optimized(NOW, 10_000, 4_000), NOW).unwrap();
    let usage = json!({"prompt_tokens": 4_000, "completion_tokens": 0, "prompt_tokens_details": {"cached_tokens": 0}});
    metrics.record(call(json!({"model": "gpt-4o", "usage": usage, "cacheReadBefore": 8_000})), NOW).unwrap();
    let cost = metrics.snapshot(&Query::default(), NOW).figures.cost;
    let (sent_as_it_came, sent) = (2_000.0 * 2.5 + 8_000.0 * 1.25, 4_000.0 * 2.5);
    assert!((cost.saved_net.unwrap() - (sent_as_it_came - sent) / 1e6).abs() < 1e-12);
    assert_eq!((cost.lost_samples, cost.lost_basis), (1, Some("reported")));
}

#[test]
fn a_simulated_loss_counts_until_one_is_reported() {
    let mut metrics = Metrics::default();
    let (cache_read_before, cache_read_after) = (Some(8_000), Some(1_000));
    metrics.record(Record { cache_read_before, cache_read_after, ..optimized(NOW, 10_000, 4_000) }, NOW).unwrap();
    let cost = metrics.snapshot(&Query::default(), NOW).figures.cost;
    let (sent_as_it_came, sent) = (2_000.0 * 2.5 + 8_000.0 * 1.25, 3_000.0 * 2.5 + 1_000.0 * 1.25);
    assert!((cost.saved_net.unwrap() - (sent_as_it_came - sent) / 1e6).abs() < 1e-12);
    assert_eq!((cost.lost_samples, cost.lost_basis), (1, Some("simulated")));
}

#[test]
fn an_unknown_model_is_unpriced_everywhere() {
    let mut metrics = Metrics::default();
    let record = call(json!({"model": "mine", "usage": {"input_tokens": 10, "output_tokens": 1}}));
    assert_eq!(metrics.record(record, NOW).unwrap().unpriced.as_deref(), Some("mine"));
    let snapshot = parsed(&metrics.snapshot(&Query::default(), NOW));
    assert_eq!(snapshot["cost"]["spent"], Value::Null);
    assert_eq!(snapshot["cost"]["unpricedCalls"], json!(1));
    assert_eq!(snapshot["cost"]["unpricedModels"], json!(["mine"]));
}

#[test]
fn a_streamed_call_counts_once_with_its_last_usage() {
    let mut metrics = Metrics::default();
    for output in [1, 20, 300] {
        let usage = json!({"input_tokens": 10, "output_tokens": output});
        metrics.record(call(json!({"id": "req_1", "model": "gpt-4o", "usage": usage})), NOW).unwrap();
    }
    let figures = metrics.snapshot(&Query::default(), NOW).figures;
    assert_eq!((figures.calls, figures.usage.output_tokens), (1, 300));
    assert_eq!(metrics.top(&question(json!({"limit": 5}))).unwrap().models[0].tokens, 310);
}

#[test]
fn bad_records_are_refused_and_leave_no_trace() {
    let mut metrics = Metrics::default();
    let bad = [
        json!({"usage": {"input_tokens": -1, "output_tokens": 1}}),
        json!({"usage": {"input_tokens": "many"}}),
        json!({"latencyMs": -5}),
        json!({"cost": "free"}),
        json!({"model": ["gpt-4o"]}),
        json!({"tags": "a,b"}),
        json!("record"),
    ];
    for value in bad {
        assert_eq!(Record::from_json(&value, NOW).unwrap_err().kind(), ErrorKind::InvalidInput, "{value}");
    }
    for at in [f64::NAN, f64::INFINITY] {
        assert_eq!(metrics.record(optimized(at, 1, 1), NOW).unwrap_err().kind(), ErrorKind::InvalidInput);
    }
    let latency = Record { latency_ms: Some(f64::NAN), ..optimized(NOW, 1, 1) };
    assert!(metrics.record(latency, NOW).is_err());
    assert_eq!(metrics.snapshot(&Query::default(), NOW).figures.operations, 0);
}

#[test]
fn long_names_and_lists_are_cut() {
    let mut metrics = Metrics::default();
    let long = "é".repeat(100_000);
    let record = Record { user: Some(long.clone()), tags: vec![long; 1_000], ..optimized(NOW, 10, 5) };
    metrics.record(record, NOW).unwrap();
    let keys = metrics.take_changed(NOW);
    assert!(metrics.payload(&keys[0], NOW).unwrap().len() < 20_000);
}

#[test]
fn a_record_from_the_future_is_dated_now() {
    let mut metrics = Metrics::default();
    metrics.record(optimized(NOW + 1e12, 10, 5), NOW).unwrap();
    assert_eq!(metrics.report(&Query::last(1, NOW), NOW).figures.operations, 1);
}

#[test]
fn a_report_has_a_point_for_each_hour_and_absence_is_not_zero() {
    let mut metrics = Metrics::default();
    metrics.record(optimized(NOW - 2.0 * HOUR, 100, 25), NOW).unwrap();
    metrics.record(optimized(NOW, 100, 50), NOW).unwrap();
    let report = metrics.report(&Query::last(4, NOW), NOW);
    let rates: Vec<Option<f64>> = report.series.iter().map(|point| point.savings_rate).collect();
    assert_eq!(rates, [None, Some(0.75), None, Some(0.5)]);
    assert_eq!(report.series.last().unwrap().start, NOW);
    assert_eq!(report.figures.tokens.before, 200);
    assert_eq!(
        metrics.report(&Query::last(2, NOW), NOW).figures.tokens.before,
        100,
        "what is older than the window is left out"
    );
    let json = parsed(&report);
    assert_eq!(json["series"][0]["savingsRate"], Value::Null);
    assert_eq!(json["byForm"][0]["name"], "table");
}

#[test]
fn a_long_report_goes_by_days_and_no_number_of_hours_breaks_it() {
    let mut metrics = Metrics::default();
    for day in 0..30 {
        metrics.record(optimized(NOW - f64::from(day) * 24.0 * HOUR, 100, 50), NOW).unwrap();
    }
    let report = metrics.report(&Query::last(30 * 24, NOW), NOW);
    assert_eq!((report.step, report.series.len(), report.figures.operations), ("day", 30, 30));
    assert_eq!(metrics.report(&Query::last(0, NOW), NOW).hours, 1);
    assert_eq!(metrics.report(&Query::last(u32::MAX, NOW), NOW).series.len(), 366);
}

#[test]
fn effectiveness_compares_forms_tiers_and_kinds() {
    let mut metrics = Metrics::default();
    metrics.record(optimized(NOW, 1_000, 200), NOW).unwrap();
    metrics
        .record(Record { kind: Some("log".into()), tier: None, forms: vec![], ..optimized(NOW, 100, 90) }, NOW)
        .unwrap();
    let found = metrics.effectiveness(&Query::last(24, NOW), NOW);
    let kinds: Vec<_> =
        found.by_kind.iter().map(|row| (row.name.as_str(), row.tokens.saved, row.tokens.samples)).collect();
    assert_eq!(kinds, [("json", 800, 1), ("log", 10, 1)]);
    assert_eq!((found.by_form[0].tokens.before, found.by_form[0].tokens.after), (500, 100));
    assert_eq!(found.by_tier.len(), 1);
}

#[test]
fn consumers_are_ranked_over_all_time() {
    let mut metrics = Metrics::default();
    for number in 0..3_000_u64 {
        let user = Some(format!("user-{}", number % 7));
        metrics.record(Record { user, tags: vec!["beta".into()], ..optimized(NOW, number % 7, 0) }, NOW).unwrap();
    }
    let top = metrics.top(&question(json!({"limit": 2}))).unwrap();
    assert_eq!(top.users.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["user-6", "user-5"]);
    assert_eq!((top.users[0].error, top.tags[0].operations), (0, 3_000));
}

#[test]
fn the_state_survives_a_restart_and_damage_is_found() {
    let mut metrics = Metrics::default();
    metrics.keep("one", Limits::default());
    for number in 0..(3 * RECENT as u64 + 500) {
        let id = Some(number.to_string());
        let latency_ms = Some(12.299999952316284 + number as f64 / 7.0);
        metrics.record(Record { id, latency_ms, ..optimized(NOW - number as f64 * 60_000.0, 101, 40) }, NOW).unwrap();
    }
    let keys = metrics.take_changed(NOW);
    let stored: Vec<_> = keys.iter().filter_map(|key| Some((key, metrics.payload(key, NOW)?))).collect();
    let mut restored = Metrics::default();
    restored.keep("two", Limits::default());
    for (key, bytes) in &stored {
        assert_eq!(restored.take_in(key, bytes), Ok(true));
        assert_eq!(restored.take_in(key, bytes), Ok(false), "the same again is nothing new");
    }
    restored.settle(NOW);
    assert_eq!(restored.snapshot(&Query::default(), NOW), metrics.snapshot(&Query::default(), NOW));
    let of_ada = question(json!({"where": {"user": "ada"}, "hours": 72}));
    for query in [Query::last(48, NOW), of_ada] {
        assert!(restored.report(&query, NOW) == metrics.report(&query, NOW), "a report differs after a restart");
    }
    let mut other = Metrics::default();
    for (key, bytes) in &stored {
        for (position, cut) in [(0, bytes.len()), (bytes.len(), 5), (bytes.len(), bytes.len() - 1)] {
            let mut damaged = bytes[..cut].to_vec();
            if let Some(byte) = damaged.get_mut(position) {
                *byte ^= 1;
            }
            assert_eq!(other.take_in(key, &damaged).unwrap_err().kind(), ErrorKind::CorruptRecord);
        }
    }
    other.settle(NOW);
    assert_eq!(other.snapshot(&Query::default(), NOW).figures.operations, 0, "what can't be read changes nothing");
}

#[test]
fn exports_are_what_they_say() {
    let mut metrics = Metrics::default();
    metrics.record(optimized(NOW, 1_000, 200), NOW).unwrap();
    metrics
        .record(call(json!({"model": "=cmd|'/c calc'!A1", "usage": {"input_tokens": 10, "output_tokens": 1}})), NOW)
        .unwrap();

    let document: Value = serde_json::from_str(&metrics.export(Format::Json, &Query::default(), NOW)).unwrap();
    assert_eq!((&document["version"], document["records"].as_array().unwrap().len()), (&json!(1), 2));

    let csv = metrics.export(Format::Csv, &Query::default(), NOW);
    assert_eq!(csv.matches("\r\n").count(), 3);
    assert!(csv.contains("\"'=cmd|'/c calc'!A1\""), "{csv}");

    let otlp: Value = serde_json::from_str(&metrics.export(Format::Otlp, &Query::default(), NOW)).unwrap();
    let list = otlp["resourceMetrics"][0]["scopeMetrics"][0]["metrics"].as_array().unwrap();
    let before = list.iter().find(|one| one["name"] == "trimtab.tokens.before").unwrap();
    assert_eq!(before["sum"]["dataPoints"][0]["asInt"], "1000");
    assert_eq!(before["sum"]["dataPoints"][0]["timeUnixNano"], "1790164800000000000");
    assert!(!list.iter().any(|one| one["name"] == "trimtab.cost"), "an unpriced cost is absent");

    let text = metrics.export(Format::Prometheus, &Query::default(), NOW);
    assert!(text.contains("\ntrimtab_tokens_before_total 1000\n"), "{text}");
    assert!(text.ends_with('\n'));
}

#[test]
fn a_question_may_be_about_some_records_and_split_by_their_names() {
    let mut metrics = Metrics::default();
    for (number, user) in ["ada", "bob", "ada"].iter().enumerate() {
        let at = NOW - number as f64 * HOUR;
        metrics.record(Record { user: Some((*user).into()), ..optimized(at, 100, 40) }, NOW).unwrap();
    }
    let of_ada = json!({"where": {"user": "ada"}, "hours": 3});
    assert_eq!(metrics.report(&question(of_ada.clone()), NOW).figures.tokens.before, 200);
    assert_eq!(metrics.snapshot(&question(json!({"where": {"user": "bob"}})), NOW).figures.operations, 1);
    let split = metrics.series(&question(json!({"by": "user", "hours": 3})), NOW);
    let points: Vec<_> = split
        .groups
        .iter()
        .map(|group| (group.name.as_str(), group.points.iter().map(|point| point.before).collect::<Vec<_>>()))
        .collect();
    assert_eq!(points, [("ada", vec![Some(100), None, Some(100)]), ("bob", vec![None, Some(100), None])]);
    let whole = metrics.series(&question(json!({"hours": 3})), NOW);
    assert_eq!(whole.groups[0].points, metrics.report(&question(json!({"hours": 3})), NOW).series);
    assert_eq!(metrics.series(&question(json!({"hours": 1, "step": "minute"})), NOW).groups[0].points.len(), 60);
    let by_operations = metrics.top(&question(json!({"order": "operations", "hours": 2}))).unwrap();
    assert_eq!(by_operations.users.iter().map(|one| one.operations).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(metrics.records(&question(of_ada)).len(), 2);
    assert_eq!(metrics.names().users, ["ada", "bob"]);
}

#[test]
fn an_export_is_taken_in_once() {
    let mut metrics = Metrics::default();
    metrics.record(optimized(NOW, 1_000, 200), NOW).unwrap();
    metrics
        .record(call(json!({"id": "a", "model": "gpt-4o", "usage": {"input_tokens": 9, "output_tokens": 1}})), NOW)
        .unwrap();
    let document: Value = serde_json::from_str(&metrics.export(Format::Json, &Query::default(), NOW)).unwrap();
    let mut other = Metrics::default();
    assert_eq!(other.import(&document, NOW).unwrap().added, 2);
    assert_eq!(other.import(&document, NOW).unwrap().skipped, 2);
    assert_eq!(other.snapshot(&Query::default(), NOW), metrics.snapshot(&Query::default(), NOW));
    let bad = other.import(&json!([{"usage": {"input_tokens": -1}}, 5, {"model": "gpt-4o"}]), NOW).unwrap();
    assert_eq!((bad.refused, bad.added), (2, 1));
    assert_eq!(other.import(&json!({}), NOW).unwrap_err().kind(), ErrorKind::InvalidInput);
}

#[test]
fn a_projection_states_its_pace() {
    let mut metrics = Metrics::default();
    assert_eq!(metrics.report(&Query::last(24, NOW), NOW).projection, None);
    let usage = json!({"input_tokens": 1_000_000, "output_tokens": 0});
    metrics.record(call(json!({"model": "gpt-4o", "usage": usage, "at": NOW - 2.0 * HOUR})), NOW).unwrap();
    let projection = metrics.report(&Query::last(24, NOW), NOW).projection.unwrap();
    assert_eq!((projection.hours, projection.per_day), (2.0, Some(30.0)), "2.50 dollars in two hours");
    assert!(projection.assumption.contains("2.0 hours"), "{}", projection.assumption);
}
