//! What other tools read: one file for each format, and one line in [`FORMATS`].

mod csv;
mod json;
mod otlp;
mod prometheus;

use super::{Metrics, Query};
use trimtab_error::{Error, ErrorKind, Result};

/// A format to export in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Everything, with the newest records.
    Json,
    /// The newest records, one a line (RFC 4180).
    Csv,
    /// Totals as OTLP/JSON metrics.
    Otlp,
    /// Totals as Prometheus text.
    Prometheus,
}

type Writer = fn(&Metrics, &Query, f64) -> String;

const FORMATS: &[(&str, Format, Writer)] = &[
    ("json", Format::Json, json::write),
    ("csv", Format::Csv, csv::write),
    ("otlp", Format::Otlp, otlp::write),
    ("prometheus", Format::Prometheus, prometheus::write),
];

impl Format {
    /// Finds a format by its name; an unknown one is [`ErrorKind::InvalidInput`] and names those there are.
    pub fn from_name(name: &str) -> Result<Self> {
        let found = FORMATS.iter().find(|(known, _, _)| *known == name).map(|(_, format, _)| *format);
        found.ok_or_else(|| {
            let known: Vec<&str> = FORMATS.iter().map(|(known, _, _)| *known).collect();
            Error::new(
                ErrorKind::InvalidInput,
                format!("there is no format `{name}`: choose one of {}", known.join(", ")),
            )
        })
    }
}

pub(super) fn export(metrics: &Metrics, format: Format, query: &Query, now: f64) -> String {
    let writer = FORMATS.iter().find(|(_, known, _)| *known == format);
    writer.map(|(_, _, write)| write(metrics, query, now)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name_and_writes_something() {
        for (name, format, _) in FORMATS {
            assert_eq!(Format::from_name(name), Ok(*format));
            assert!(!export(&Metrics::default(), *format, &Query::default(), 0.0).is_empty());
        }
        let message = Format::from_name("xml").unwrap_err().to_string();
        assert!(message.contains("json, csv, otlp, prometheus"), "{message}");
    }
}
