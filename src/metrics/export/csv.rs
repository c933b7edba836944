//! The newest records as CSV by RFC 4180, safe to open in a spreadsheet.

use crate::calendar::iso;
use crate::decimal::plain;
use crate::{Metrics, Query, Record};

const HEADER: &str = "at,operation,id,provider,model,encoding,user,task,tags,tier,kind,tokens_before,tokens_after,exact,\
                      cached,input_tokens,output_tokens,cache_read,cache_write,latency_ms,cost,saved_cost,error\r\n";

pub(super) fn write(metrics: &Metrics, query: &Query, _now: f64) -> String {
    metrics.rows(query).into_iter().fold(HEADER.to_owned(), |mut out, record| {
        out.push_str(&line(&record));
        out
    })
}

fn line(record: &Record) -> String {
    let usage = record.usage;
    let cells = [
        iso(record.at),
        record.operation.name().to_owned(),
        cell(record.id.as_deref()),
        cell(record.provider.as_deref()),
        cell(record.model.as_deref()),
        cell(record.encoding.as_deref()),
        cell(record.user.as_deref()),
        cell(record.task.as_deref()),
        cell(Some(&record.tags.join(";"))),
        cell(record.tier.as_deref()),
        cell(record.kind.as_deref()),
        figure(record.tokens_before),
        figure(record.tokens_after),
        figure(record.tokens_before.and(Some(record.exact))),
        figure(record.cached),
        figure(usage.map(|usage| usage.input_tokens)),
        figure(usage.map(|usage| usage.output_tokens)),
        figure(usage.map(|usage| usage.cache_read)),
        figure(usage.map(|usage| usage.cache_write)),
        figure(record.latency_ms.map(plain)),
        figure(record.cost.map(plain)),
        figure(record.saved_cost.map(plain)),
        cell(record.error.as_deref()),
    ];
    cells.join(",") + "\r\n"
}

/// Our own numbers need no guard: a negative one stays a number.
fn figure(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Quotes a text where RFC 4180 asks for it. One that a spreadsheet would run as a formula gets an apostrophe in front,
/// as OWASP advises; the price is that a name beginning with `=` comes back changed.
fn cell(text: Option<&str>) -> String {
    let text = text.unwrap_or_default();
    let formula =
        text.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let guard = if formula { "'" } else { "" };
    if formula || text.contains([',', '"', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ') {
        return format!("\"{guard}{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_as_rfc_4180_says() {
        assert_eq!(cell(Some("plain")), "plain");
        assert_eq!(cell(Some("a,b")), "\"a,b\"");
        assert_eq!(cell(Some("a\"b\r\nc")), "\"a\"\"b\r\nc\"");
        assert_eq!(cell(None), "");
    }

    #[test]
    fn formulas_are_disarmed() {
        for hostile in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\n=1", "＝1"] {
            assert!(cell(Some(hostile)).starts_with("\"'"), "{hostile}");
        }
        assert_eq!(figure(Some(-1.5)), "-1.5");
    }

    #[test]
    fn a_line_has_as_many_cells_as_the_header() {
        let commas = |line: &str| line.matches(',').count();
        assert_eq!(commas(HEADER), commas(&line(&Record::default())));
    }
}
