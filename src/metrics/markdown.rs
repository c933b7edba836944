//! A report for people, as Markdown. Names come from outside, so everything that Markdown or HTML would read is escaped.

use super::calendar::iso;
use super::decimal::fixed;
use super::figures::Row;
use super::report::Report;

pub(super) fn render(report: &Report) -> String {
    let mut out =
        format!("# trimtab: the last {} hours\n\n{} to {}\n\n", report.hours, iso(report.from), iso(report.to));
    out.push_str(&key_figures(report));
    let tables = [
        ("Models", &report.by_model),
        ("Tiers", &report.by_tier),
        ("Forms", &report.by_form),
        ("Kinds of content", &report.by_kind),
        ("Errors", &report.by_error),
    ];
    for (title, rows) in tables.into_iter().filter(|(_, rows)| !rows.is_empty()) {
        out.push_str(&table(title, rows));
    }
    if !report.recommendations.is_empty() {
        out.push_str("\n## Recommendations\n\n");
    }
    for advice in &report.recommendations {
        out.push_str(&format!("- {} (n = {})\n", escape(&advice.text), advice.samples));
    }
    out
}

fn key_figures(report: &Report) -> String {
    let figures = &report.figures;
    let (tokens, cost) = (&figures.tokens, &figures.cost);
    let lines = [
        ("Tokens before → after", format!("{} → {}", tokens.before, tokens.after)),
        ("Tokens saved", format!("{} ({}, n = {})", tokens.saved, percent(tokens.savings_rate), tokens.samples)),
        ("Spent", format!("{}{}", dollars(cost.spent), unpriced(cost.unpriced_calls))),
        ("Saved at the input price", format!("{} (n = {})", dollars(cost.saved_gross), cost.saved_samples)),
        ("Cache discount lost", format!("{} (n = {})", measured(cost.lost_discount), cost.lost_samples)),
        ("Cache hits", format!("{} (n = {})", percent(figures.cache.hit_rate), figures.cache.lookups)),
        ("Latency p50 / p95", format!("{} / {}", ms(figures.latency.p50), ms(figures.latency.p95))),
        ("Errors", format!("{} (n = {})", percent(figures.error_rate), figures.operations)),
        ("Prices of", cost.prices_from.to_owned()),
    ];
    let rows: String = lines.iter().map(|(name, value)| format!("| {name} | {value} |\n")).collect();
    format!("| | |\n|---|---:|\n{rows}")
}

fn table(title: &str, rows: &[Row]) -> String {
    let mut out = format!(
        "\n## {title}\n\n| | n | before | after | saved | input | output | spent |\n|---|---:|---:|---:|---:|---:|---:|---:|\n"
    );
    for row in rows {
        let tokens = &row.tokens;
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} | {} | {}{} |\n",
            escape(&row.name),
            row.operations,
            tokens.before,
            tokens.after,
            percent(tokens.savings_rate),
            row.input_tokens,
            row.output_tokens,
            row.cost.map_or_else(|| "–".to_owned(), |cost| dollars(Some(cost))),
            unpriced(row.unpriced_calls),
        ));
    }
    out
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "not measured".to_owned(), |share| format!("{}%", fixed(share * 100.0, 1)))
}

fn dollars(amount: Option<f64>) -> String {
    amount.map_or_else(|| "unpriced".to_owned(), |amount| format!("${}", fixed(amount, 4)))
}

fn measured(amount: Option<f64>) -> String {
    amount.map_or_else(|| "not reported".to_owned(), |amount| format!("${}", fixed(amount, 4)))
}

fn unpriced(calls: u64) -> String {
    if calls > 0 { format!(" + {calls} unpriced calls") } else { String::new() }
}

fn ms(value: Option<f64>) -> String {
    value.map_or_else(|| "not measured".to_owned(), |value| format!("{} ms", fixed(value, 1)))
}

/// Puts a backslash before what Markdown reads, turns `<`, `>` and `&` into entities, and line ends into spaces.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '!' | '#' | '~' => out.extend(['\\', letter]),
            control if control.is_control() => out.push(' '),
            plain => out.push(plain),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_text_in_one_cell() {
        let hostile = "a|b\n\n# c <img src=x onerror=alert(1)> [x](javascript:y)";
        let safe = escape(hostile);
        assert_eq!(safe, r"a\|b  \# c &lt;img src=x onerror=alert(1)&gt; \[x\](javascript:y)");
    }
}
