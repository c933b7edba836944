//! Prices against those that the source package itself computes, for every name it knows in the table's sections.

use trimtab::metrics::{Prices, Usage};

/// 2026-09-23T12:00:00Z, the moment the fixture was computed for.
const AT: f64 = 1_790_164_800_000.0;

#[test]
fn every_cost_equals_the_source_packages() {
    let mut prices = Prices::default();
    let (mut checked, mut wrong) = (0, Vec::new());
    for line in include_str!("fixtures/costs.tsv").lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [provider, model, usage, expected] = cells.try_into().expect("four cells");
        let tokens: Vec<u64> = usage.split(' ').map(|tokens| tokens.parse().expect("a number")).collect();
        let [input_tokens, cache_read, cache_write, output_tokens] = tokens.try_into().expect("four figures");
        let usage = Usage { input_tokens, cache_read, cache_write, output_tokens, ..Usage::default() };
        let expected: f64 = expected.parse().expect("dollars");
        let found = prices.cost(Some(provider), model, AT, &usage);
        if found.is_none_or(|found| (found - expected).abs() > expected * 1e-9) {
            wrong.push(format!("{provider} {model}: {found:?}, not {expected}"));
        }
        checked += 1;
    }
    assert!(wrong.is_empty(), "{} of {checked} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 600, "{checked}");
}

#[test]
fn a_price_that_starts_later_does_not_hold_yet() {
    let mut prices = Prices::default();
    let input =
        |at: f64, prices: &mut Prices| prices.rates(None, "gemini-3.6-flash", at, 10).and_then(|rates| rates.input);
    assert_eq!(input(AT, &mut prices), Some(0.75));
    assert_eq!(input(1_798_761_600_000.0, &mut prices), Some(1.5), "from 2027-01-01 on");
}
