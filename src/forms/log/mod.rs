//! Log lines by the statement that printed them: what is fixed is said once, and a line is what it has beside that.
//!
//! Where nothing will be left out, a row leaves out what the rows before it tell: the time is the step from the line
//! before, and a value that is as expected is not written. Otherwise [rows stand alone](alone).
//!
//! ```text
//! block       = "[…log " n " rows after " n " declarations" how-to-read "]" LF declarations LF rows LF
//! declaration = "%t=" strftime " from " time     the clock, and the time before the first row
//!             | "%u=" strftime [" " ±n " s"]     another face of it, so many seconds ahead; so is %v
//!             | "$" n "=" value                  a value that is said often
//!             | name "=" text                    a statement
//! text        = "*" [expect] | "%t" ["<" ±n ">"] | "%u" | "%v" | "\" any | any      * is a value, % a time
//! expect      = "<" ±n ">"                       so much more than before
//!             | "<+>"                            as before; what is written is how much more it is
//!             | "<" name n ">"                   as the nth value of that statement, which may be this one
//! row         = [times] name [ticks] *("," value)   ticks is the time since the row before; where it and values are
//!                                                   left out they are as expected, else as before
//!             | "-" [ticks] " " text                a line of no statement
//! ```
//! Words end at signs that belong to the text, so a value has none of them; one that is empty is written `""`. Ticks
//! are units of the last digit of `%t`.

mod alone;
mod clock;
mod predict;
mod read;
mod row;
mod rows;
mod stamps;
mod statements;
mod templates;

use super::counted::take_lines;
use super::{Above, Ask, Form, Read, Rewrite};
use trimtab_content::Kind;
use trimtab_error::{Error, ErrorKind, Result};

/// Writes log lines as statements and values.
pub struct Log;

/// Below so many lines the longer header may cost more than it saves, so both ways are tried.
const FEW: usize = 64;

impl Form for Log {
    fn name(&self) -> &'static str {
        "log"
    }

    fn takes(&self, kind: Kind) -> bool {
        kind == Kind::Log
    }

    fn write(&self, source: &str, ask: &Ask) -> Vec<Rewrite> {
        let together = if ask.all_stays { write_rows(source) } else { None };
        let many = together.is_some() && source.split('\n').nth(FEW).is_some();
        together.into_iter().chain(if many { None } else { alone::write(source) }).collect()
    }

    fn read(&self, text: &str, _above: &mut Above) -> Result<Read> {
        read_rows(text).or_else(|| alone::read(text)).ok_or_else(not_ours)
    }
}

/// Writes rows that refer to each other.
pub(super) fn write_rows(source: &str) -> Option<Rewrite> {
    rows::write(source)
}

pub(super) fn not_ours() -> Error {
    Error::new(ErrorKind::NotRestorable, "a block of lines was changed and can't be read back")
}

/// Reads rows that refer to each other.
pub(super) fn read_rows(text: &str) -> Option<Read> {
    let (header, rest) = text.split_once("]\n")?;
    let (rows, after) = header.split_once(" rows after ")?;
    let (declared, _) = after.split_once(" declarations")?;
    let (rows, declared): (usize, usize) = (rows.parse().ok()?, declared.parse().ok()?);
    let (body, used) = take_lines(rest, rows.checked_add(declared)?)?;
    let mut all = body.split('\n');
    let declarations: Vec<&str> = all.by_ref().take(declared).collect();
    Some(Read { text: read::read(&declarations, all)?, used: header.len() + 2 + used })
}

#[cfg(test)]
mod tests;
