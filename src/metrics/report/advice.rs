//! What the evidence recommends. Each piece of advice looks at one thing, and is silent below a sample that shows it.

use super::Report;
use crate::decimal::fixed;
use crate::object;

/// One recommendation with the evidence for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// A stable name.
    pub code: &'static str,
    /// What was seen and what to do, in one or two sentences.
    pub text: String,
    /// How many records it rests on.
    pub samples: u64,
}

/// Below this many records a share says little: at 30, the standard error of a share is at most 9 points.
const ENOUGH: u64 = 30;

type Advice = fn(&Report) -> Option<Recommendation>;

/// All advice there is, in the order in which it is given.
const ADVICE: &[Advice] = &[
    optimizing_loses,
    kind_sent_as_is,
    errors_are_frequent,
    calls_bypass_optimizing,
    provider_cache_unused,
    cache_seldom_answers,
    prices_are_missing,
    counts_are_estimates,
];

pub(super) fn recommend(report: &Report) -> Vec<Recommendation> {
    ADVICE.iter().filter_map(|advice| advice(report)).collect()
}

fn say(code: &'static str, samples: u64, text: String) -> Option<Recommendation> {
    Some(Recommendation { code, text, samples })
}

fn percent(part: u64, whole: u64) -> u64 {
    (100.0 * part as f64 / whole.max(1) as f64).round() as u64
}

fn optimizing_loses(report: &Report) -> Option<Recommendation> {
    let cost = &report.figures.cost;
    let (saved, lost) = (cost.saved_gross?, cost.lost_discount?);
    (lost > saved && cost.lost_samples >= ENOUGH).then_some(())?;
    say(
        "optimizing_loses",
        cost.lost_samples,
        format!(
            "Optimizing saved ${} at list price and lost ${} of the provider's cache discount: leave the prefix that the provider caches as it is, and optimize only what comes after it.",
            fixed(saved, 2),
            fixed(lost, 2)
        ),
    )
}

fn kind_sent_as_is(report: &Report) -> Option<Recommendation> {
    let all = report.figures.tokens.before;
    let worth = |before: u64| before as f64 >= 0.2 * all as f64;
    let row = report.by_kind.iter().find(|row| {
        let tokens = &row.tokens;
        tokens.samples >= ENOUGH && worth(tokens.before) && tokens.savings_rate.is_some_and(|rate| rate < 0.05)
    })?;
    let (name, tokens) = (&row.name, &row.tokens);
    let a_day = tokens.before.saturating_mul(24) / u64::from(report.hours.max(1));
    say(
        "kind_sent_as_is",
        tokens.samples,
        format!(
            "{}% of the tokens are {name}, about {a_day} a day, and {}% of them were saved: give a query or a budget, or a lower tier, where such content is sent.",
            percent(tokens.before, all),
            percent(tokens.saved.max(0).unsigned_abs(), tokens.before)
        ),
    )
}

fn errors_are_frequent(report: &Report) -> Option<Recommendation> {
    let figures = &report.figures;
    (figures.operations >= ENOUGH && figures.error_rate? >= 0.05).then_some(())?;
    let worst = report.by_error.iter().max_by_key(|row| row.errors)?;
    say(
        "errors_are_frequent",
        figures.operations,
        format!(
            "{} of {} operations ended in an error, {} of them in `{}`: look at that one first.",
            figures.errors, figures.operations, worst.errors, worst.name
        ),
    )
}

fn calls_bypass_optimizing(report: &Report) -> Option<Recommendation> {
    let (calls, used, sent) = (report.figures.calls, report.figures.usage.input_tokens, report.figures.tokens.after);
    (calls >= ENOUGH && used > sent.saturating_mul(2)).then_some(())?;
    say(
        "calls_bypass_optimizing",
        calls,
        format!(
            "The models read {used} input tokens, and {sent} of them at most went through `optimize`: most of what is sent is not looked at yet."
        ),
    )
}

fn provider_cache_unused(report: &Report) -> Option<Recommendation> {
    // Below 1,024 tokens no provider caches a prefix; twice that leaves room for the part that changes.
    let (calls, usage) = (report.figures.calls, &report.figures.usage);
    let long = usage.input_tokens / calls.max(1) >= 2_048;
    (calls >= ENOUGH && long && usage.cache_read.saturating_mul(20) < usage.input_tokens).then_some(())?;
    say(
        "provider_cache_unused",
        calls,
        format!(
            "The provider's cache answered {}% of {} input tokens: keep what repeats at the beginning of the prompt, byte for byte the same.",
            percent(usage.cache_read, usage.input_tokens),
            usage.input_tokens
        ),
    )
}

fn cache_seldom_answers(report: &Report) -> Option<Recommendation> {
    let cache = &report.figures.cache;
    (cache.lookups >= 10 * ENOUGH && cache.hit_rate? < 0.02).then_some(())?;
    say(
        "cache_seldom_answers",
        cache.lookups,
        format!(
            "The cache answered {} of {} requests: if prompts do repeat here, its capacity or ttl is too small, or something in them changes each time.",
            cache.hits, cache.lookups
        ),
    )
}

fn prices_are_missing(report: &Report) -> Option<Recommendation> {
    let cost = &report.figures.cost;
    (cost.unpriced_calls > 0).then_some(())?;
    let models =
        if cost.unpriced_models.is_empty() { "no model named".to_owned() } else { cost.unpriced_models.join(", ") };
    say(
        "prices_are_missing",
        cost.unpriced_calls,
        format!(
            "{} calls have no price ({models}), so what was spent is a lower bound: set prices for them.",
            cost.unpriced_calls
        ),
    )
}

fn counts_are_estimates(report: &Report) -> Option<Recommendation> {
    let tokens = &report.figures.tokens;
    (tokens.estimated > 0).then_some(())?;
    say(
        "counts_are_estimates",
        tokens.estimated,
        format!(
            "{} of {} prompts were estimated, not counted: name a model or an encoding whose vocabulary is loaded.",
            tokens.estimated, tokens.samples
        ),
    )
}

object!(Recommendation { code, text, samples });

#[cfg(test)]
mod tests {
    use super::super::super::{FormUse, Metrics, Operation, Query, Record, Usage};

    const NOW: f64 = 1_790_164_800_000.0;

    fn codes(records: impl IntoIterator<Item = Record>) -> Vec<&'static str> {
        let mut metrics = Metrics::default();
        for record in records {
            metrics.record(Record { at: NOW, ..record }, NOW).unwrap();
        }
        metrics.report(&Query::last(24, NOW), NOW).recommendations.into_iter().map(|advice| advice.code).collect()
    }

    fn optimized(kind: &str, before: u64, after: u64) -> Record {
        let (tokens_before, tokens_after) = (Some(before), Some(after));
        let forms = vec![FormUse { form: "table".into(), before, after }];
        Record {
            operation: Operation::Optimize,
            kind: Some(kind.into()),
            exact: true,
            tokens_before,
            tokens_after,
            forms,
            ..Record::default()
        }
    }

    fn called(model: &str, input: u64, read: u64) -> Record {
        let usage = Usage { input_tokens: input, cache_read: read, output_tokens: 1, ..Usage::default() };
        Record { model: Some(model.into()), usage: Some(usage), ..Record::default() }
    }

    #[test]
    fn nothing_is_recommended_without_data_or_below_the_sample() {
        assert!(codes([]).is_empty());
        assert!(codes((0..29).map(|_| optimized("json", 1_000, 1_000))).is_empty());
    }

    #[test]
    fn content_sent_as_is_is_named_once_the_sample_shows_it() {
        assert_eq!(codes((0..30).map(|_| optimized("json", 1_000, 1_000))), ["kind_sent_as_is"]);
        assert!(codes((0..30).map(|_| optimized("json", 1_000, 500))).is_empty(), "what is saved needs no advice");
    }

    #[test]
    fn a_lost_discount_above_the_savings_is_said() {
        let call = || Record { cache_read_before: Some(8_000), ..called("gpt-4o", 4_000, 3_000) };
        let small = || Record { model: Some("gpt-4o".into()), ..optimized("prose", 4_100, 4_000) };
        let found = codes((0..30).flat_map(|_| [call(), small()]));
        assert!(found.contains(&"optimizing_loses"), "{found:?}");
        let large = || Record { model: Some("gpt-4o".into()), ..optimized("prose", 40_000, 4_000) };
        assert!(!codes((0..30).flat_map(|_| [call(), large()])).contains(&"optimizing_loses"));
    }

    #[test]
    fn each_other_advice_needs_its_evidence() {
        let failing = (0..30)
            .map(|n| Record { error: (n % 10 == 0).then(|| "storage_full".into()), ..optimized("prose", 10, 5) });
        assert_eq!(codes(failing), ["errors_are_frequent"]);
        assert_eq!(
            codes((0..30).map(|_| called("gpt-4o", 5_000, 0))),
            ["calls_bypass_optimizing", "provider_cache_unused"]
        );
        assert_eq!(codes((0..30).map(|_| called("gpt-4o", 5_000, 4_000))), ["calls_bypass_optimizing"]);
        assert_eq!(codes([called("mine", 10, 0)]), ["prices_are_missing"]);
        assert_eq!(codes([Record { exact: false, ..optimized("prose", 10, 5) }]), ["counts_are_estimates"]);
        assert_eq!(
            codes((0..300).map(|_| Record { cached: Some(false), ..optimized("prose", 10, 5) })),
            ["cache_seldom_answers"]
        );
    }
}
