//! The promises of the alerts: every crossing once, whatever the values, restarts and clocks.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::metrics::{Operation, Record, Usage};

const HOUR: f64 = 3_600_000.0;

fn alerts(config: Value) -> Alerts {
    Alerts::from_json(&config).unwrap()
}

/// Metrics in which `gpt-4o` spent so many dollars at `at`.
fn spent(dollars: f64, at: f64) -> Metrics {
    let mut metrics = Metrics::default();
    let record = Record { cost: Some(dollars), usage: Some(Usage::default()), ..Record::new(Operation::Call, at) };
    metrics.record(record, at).unwrap();
    metrics
}

fn states(alerts: &mut Alerts, values: &[f64], step: f64) -> Vec<State> {
    let moments = values.iter().enumerate().map(|(index, value)| (*value, index as f64 * step));
    moments.flat_map(|(value, now)| alerts.evaluate(&spent(value, now), now)).map(|alert| alert.state).collect()
}

/// The oracle: walks over the values with the two thresholds in plain sight.
fn expected(values: &[f64], threshold: f64, back: f64) -> Vec<State> {
    let (mut firing, mut out) = (false, Vec::new());
    for value in values {
        if !firing && *value > threshold {
            (firing, _) = (true, out.push(State::Firing));
        } else if firing && *value <= back {
            (firing, _) = (false, out.push(State::Resolved));
        }
    }
    out
}

/// Whether someone who has just read the store has something to tell: in browsers a message of the other tab's says so.
fn value_is_news(store: &[u8], metrics: &Metrics, now: f64) -> bool {
    let mut reader = alerts(json!([{"rule": "spend", "above": 5, "cooldown": 0, "hysteresis": 0.1}]));
    reader.restore(store).unwrap();
    reader.is_due(metrics, now)
}

proptest! {
    #[test]
    fn every_crossing_fires_exactly_once(values in prop::collection::vec(0.0..10.0_f64, 0..60)) {
        let values: Vec<f64> = values.iter().map(|value| (value * 100.0).round() / 100.0).collect();
        let mut alerts = alerts(json!([{"rule": "spend", "above": 5, "cooldown": 0, "hysteresis": 0.1}]));
        prop_assert_eq!(states(&mut alerts, &values, 1_000.0), expected(&values, 5.0, 4.5));
    }

    #[test]
    fn a_restart_at_any_moment_changes_nothing(values in prop::collection::vec(0.0..10.0_f64, 1..40), stop in 0..40_usize) {
        let config = json!([{"rule": "spend", "above": 5, "cooldown": "3s"}, {"rule": "spend", "below": 2, "cooldown": 0}]);
        let (mut one, mut two) = (alerts(config.clone()), alerts(config.clone()));
        for (index, value) in values.iter().enumerate() {
            let now = index as f64 * 1_000.0;
            if index == stop {
                let bytes = two.snapshot_bytes().unwrap();
                two = alerts(config.clone());
                two.restore(&bytes).unwrap();
            }
            prop_assert_eq!(one.evaluate(&spent(*value, now), now), two.evaluate(&spent(*value, now), now));
        }
    }

    /// `steps` are who looks, at what value, whether it looks though nothing seems to be due, and whether it starts anew.
    #[test]
    fn of_several_that_take_turns_one_fires_each_crossing(
        steps in prop::collection::vec((0..3_usize, 0..100_u32, any::<bool>(), any::<bool>()), 0..60)
    ) {
        let config = json!([{"rule": "spend", "above": 5, "cooldown": 0, "hysteresis": 0.1}]);
        let mut tabs = [alerts(config.clone()), alerts(config.clone()), alerts(config.clone())];
        let (mut store, mut told, mut values) = (Alerts::default().snapshot_bytes().unwrap(), Vec::new(), Vec::new());
        for (index, (who, tenths, eager, restarts)) in steps.into_iter().enumerate() {
            let (now, value) = (index as f64 * 1_000.0, f64::from(tenths) / 10.0);
            let metrics = spent(value, now);
            values.push(value);
            if restarts {
                tabs[who] = alerts(config.clone());
                tabs[who].restore(&store).unwrap();
            }
            // One that has not read what others did believes that a crossing is due, and must not fire it again.
            if eager || tabs[who].is_due(&metrics, now) || value_is_news(&store, &metrics, now) {
                tabs[who].restore(&store).unwrap();
                told.extend(tabs[who].evaluate(&metrics, now));
                store = tabs[who].snapshot_bytes().unwrap();
            }
        }
        prop_assert_eq!(told.iter().map(|alert| alert.state).collect::<Vec<_>>(), expected(&values, 5.0, 4.5));
        tabs[0].restore(&store).unwrap();
        prop_assert_eq!(tabs[0].history(), told.iter().rev().collect::<Vec<_>>());
    }

    #[test]
    fn within_a_cooldown_no_rule_fires_twice(values in prop::collection::vec(0.0..10.0_f64, 0..60)) {
        let mut alerts = alerts(json!([{"rule": "spend", "above": 5, "cooldown": "10s"}]));
        let mut fired = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let now = index as f64 * 1_000.0;
            let changed = alerts.evaluate(&spent(*value, now), now);
            fired.extend(changed.into_iter().filter(|alert| alert.state == State::Firing).map(|alert| alert.at));
        }
        prop_assert!(fired.windows(2).all(|pair| pair[1] - pair[0] >= 10_000.0));
    }
}

#[test]
fn alerts_are_off_by_default() {
    assert!(Alerts::default().evaluate(&spent(1e9, 0.0), 0.0).is_empty());
    assert!(alerts(Value::Null).evaluate(&spent(1e9, 0.0), 0.0).is_empty());
    assert_eq!(Alerts::from_json(&json!({"rule": "spend"})).err().unwrap().kind(), ErrorKind::InvalidInput);
}

#[test]
fn a_crossing_in_the_cooldown_fires_late_if_it_lasts_and_never_if_it_does_not() {
    let config = || alerts(json!([{"rule": "spend", "above": 5, "cooldown": "3s", "hysteresis": 0}]));
    assert_eq!(states(&mut config(), &[9.0, 1.0, 9.0, 9.0], 1_000.0), [State::Firing, State::Resolved, State::Firing]);
    assert_eq!(states(&mut config(), &[9.0, 1.0, 9.0, 1.0, 1.0], 1_000.0), [State::Firing, State::Resolved]);
}

#[test]
fn a_clock_that_goes_back_does_not_silence_a_rule() {
    let mut alerts = alerts(json!([{"rule": "spend", "above": 5}]));
    assert_eq!(alerts.evaluate(&spent(9.0, 100.0 * HOUR), 100.0 * HOUR).len(), 1);
    assert_eq!(alerts.evaluate(&spent(0.0, 2.0 * HOUR), 2.0 * HOUR)[0].state, State::Resolved);
    assert_eq!(alerts.evaluate(&spent(9.0, 3.0 * HOUR), 3.0 * HOUR)[0].state, State::Firing);
}

#[test]
fn rates_wait_for_a_sample_and_silence_changes_nothing() {
    let mut alerts = alerts(json!([{"rule": "error_rate", "above": 0.1, "window": "1h"}]));
    let mut metrics = Metrics::default();
    for _ in 0..19 {
        metrics.record(Record { error: Some("x".into()), ..Record::new(Operation::Optimize, 0.0) }, 0.0).unwrap();
        assert!(alerts.evaluate(&metrics, 0.0).is_empty());
    }
    metrics.record(Record::new(Operation::Optimize, 0.0), 0.0).unwrap();
    let fired = alerts.evaluate(&metrics, 0.0);
    assert_eq!(fired.len(), 1);
    assert_eq!(fired[0].message, "error_rate rose above 0.1 of the operations: 0.9500 in 1h");
    assert!(alerts.evaluate(&metrics, 100.0 * HOUR).is_empty(), "an empty window proves nothing");
}

#[test]
fn a_budget_fires_at_each_of_its_shares() {
    let shares =
        [0.5, 0.75, 0.9, 1.0].map(|share| json!({"rule": "budget", "budget": 100, "above": share, "window": "month"}));
    let mut alerts = alerts(json!(shares));
    assert_eq!(alerts.evaluate(&spent(80.0, 0.0), 0.0).len(), 2);
    assert_eq!(
        alerts.evaluate(&spent(120.0, 1.0), 1.0).iter().map(|alert| alert.value).collect::<Vec<_>>(),
        [1.2, 1.2]
    );
    let next_month = 31.0 * 24.0 * HOUR;
    assert_eq!(alerts.evaluate(&spent(0.0, next_month), next_month).len(), 4, "a new month resolves them all");
}

#[test]
fn damaged_state_is_refused_and_a_changed_rule_starts_anew() {
    let mut one = alerts(json!([{"rule": "spend", "above": 5}]));
    one.evaluate(&spent(9.0, 0.0), 0.0);
    let bytes = one.snapshot_bytes().unwrap();
    let mut changed = alerts(json!([{"rule": "spend", "above": 6}]));
    changed.restore(&bytes).unwrap();
    assert_eq!(changed.evaluate(&spent(9.0, 1.0), 1.0).len(), 1);
    assert_eq!(changed.restore(b"{}").unwrap_err().kind(), ErrorKind::CorruptRecord);
    assert_eq!(changed.restore(b"\x02{}").unwrap_err().kind(), ErrorKind::CorruptRecord);
}

#[test]
fn rules_that_were_set_are_kept_for_whoever_has_none() {
    let rules = json!([{"rule": "spend", "above": 5}, {"rule": "tokens", "above": 9}]);
    let mut one = Alerts::default();
    one.set(&rules).unwrap();
    one.evaluate(&spent(9.0, 0.0), 0.0);
    let bytes = one.snapshot_bytes().unwrap();
    let mut two = Alerts::default();
    two.restore(&bytes).unwrap();
    let listed = two.list(&spent(9.0, 1.0), 1.0);
    assert_eq!(listed, one.list(&spent(9.0, 1.0), 1.0));
    assert_eq!((listed[0].firing, listed[0].since, listed[0].value), (true, Some(0.0), Some(9.0)));
    assert_eq!(two.history(), one.history());
    let mut configured = alerts(json!([{"rule": "spend", "above": 1}]));
    configured.restore(&bytes).unwrap();
    assert_eq!(configured.list(&spent(0.0, 1.0), 1.0)[0].rule["above"], json!(1), "the caller's own go first");
    assert!(two.set(&json!([{"rule": "spent"}])).is_err());
    assert_eq!(two.list(&spent(9.0, 1.0), 1.0).len(), 2, "a mistake leaves the rules as they were");
}

#[test]
fn what_others_set_and_watch_is_left_to_them() {
    let of = |above: u32| json!([{"rule": "spend", "above": above}]);
    let (mut one, mut two) = (alerts(of(5)), alerts(of(7)));
    assert_eq!(one.evaluate(&spent(9.0, 0.0), 0.0).len(), 1);
    two.restore(&one.snapshot_bytes().unwrap()).unwrap();
    assert_eq!(two.evaluate(&spent(9.0, 1.0), 1.0).len(), 1, "its own threshold is another");
    one.restore(&two.snapshot_bytes().unwrap()).unwrap();
    assert_eq!(one.evaluate(&spent(9.0, 2.0), 2.0), [], "and it knows still of its first");

    let mut dashboard = Alerts::default();
    dashboard.restore(&one.snapshot_bytes().unwrap()).unwrap();
    dashboard.set(&of(8)).unwrap();
    dashboard.restore(&two.snapshot_bytes().unwrap()).unwrap();
    assert!(dashboard.is_due(&spent(0.0, 3.0), 3.0), "what was set is to be kept, though nothing was crossed");
    assert_eq!(dashboard.evaluate(&spent(0.0, 3.0), 3.0), []);
    one.restore(&dashboard.snapshot_bytes().unwrap()).unwrap();
    let mut later = Alerts::default();
    later.restore(&one.snapshot_bytes().unwrap()).unwrap();
    let rule = |alerts: &Alerts| alerts.list(&spent(0.0, 4.0), 4.0)[0].rule["above"].clone();
    assert_eq!((rule(&one), rule(&later)), (json!(5), json!(8)));
    dashboard.set(&json!([])).unwrap();
    dashboard.evaluate(&spent(0.0, 5.0), 5.0);
    later.restore(&dashboard.snapshot_bytes().unwrap()).unwrap();
    assert!(!later.are_set(), "rules that were taken away are gone for those who had them from there");
}

#[test]
fn a_rule_that_was_set_twice_fires_once() {
    let rule = json!({"rule": "spend", "above": 5});
    let mut alerts = alerts(json!([rule, rule]));
    assert_eq!(alerts.evaluate(&spent(9.0, 0.0), 0.0).len(), 1);
}

#[test]
fn a_rule_may_look_at_some_records_and_at_the_pace() {
    let config = json!([{"rule": "spend", "above": 5, "where": {"user": "ada"}},
        {"rule": "spend", "above": 5, "window": "day", "projected": true}]);
    let mut alerts = alerts(config);
    let noon = 12.0 * HOUR;
    let mut metrics = spent(4.0, noon);
    let fired = alerts.evaluate(&metrics, noon);
    assert_eq!(fired.iter().map(|alert| (alert.value, alert.projected)).collect::<Vec<_>>(), [(8.0, true)]);
    let of_ada = |dollars: f64| Record {
        user: Some("ada".into()),
        cost: Some(dollars),
        usage: Some(Usage::default()),
        ..Record::new(Operation::Call, noon)
    };
    metrics.record(of_ada(5.5), noon).unwrap();
    let fired = alerts.evaluate(&metrics, noon);
    assert_eq!(fired.len(), 1);
    assert_eq!(fired[0].message, "spend of {\"user\":\"ada\"} rose above 5 dollars: 5.5000 in 24h");
}
