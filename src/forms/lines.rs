//! Lines that are alike though they are no log: rows with commas or tabs, the frames of a trace, elements of markup.
//!
//! They are written as [log lines](super::log) are where nothing will be left out; otherwise they stay as they are, since
//! a row under its own header is what readers know.

use trimtab_content::Kind;
use trimtab_error::Result;

use super::{Above, Ask, Form, Read, Rewrite, log};

/// Writes lines by what each has beside the others.
pub struct Lines;

impl Form for Lines {
    fn name(&self) -> &'static str {
        "lines"
    }

    fn takes(&self, kind: Kind) -> bool {
        matches!(kind, Kind::Table | Kind::Trace | Kind::Html)
    }

    fn write(&self, source: &str, ask: &Ask) -> Vec<Rewrite> {
        if ask.all_stays { log::write_rows(source).into_iter().collect() } else { Vec::new() }
    }

    fn read(&self, text: &str, _above: &mut Above) -> Result<Read> {
        log::read_rows(text).ok_or_else(log::not_ours)
    }
}
