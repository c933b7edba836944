//! Markdown tables whose cells are padded to line up.
//!
//! ```text
//! block = "[…table " n " lines, padded to " width *("," width) "]" LF rows LF
//! width = n ["r"]                      characters of a cell without its two spaces; r for right-aligned
//! row   = "|" *(cell "|")              a cell of dashes over its whole width is "-", between two spaces "--"
//! ```

use trimtab_content::Kind;
use trimtab_error::{Error, ErrorKind, Result};

use super::counted::{count_lines, take_lines};
use super::{Above, Ask, Form, Read, Rewrite};

/// Takes the padding out of Markdown tables.
pub struct Table;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column {
    width: usize,
    right: bool,
}

/// A wider cell than this is no column; it keeps a forged header from asking for gigabytes.
const WIDEST: usize = 1_000;

impl Form for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn takes(&self, kind: Kind) -> bool {
        kind == Kind::Table
    }

    fn write(&self, source: &str, _ask: &Ask) -> Vec<Rewrite> {
        let Some(columns) = columns(source) else { return Vec::new() };
        let body = map_lines(source, |line, out| tighten(line, &columns, out));
        if map_lines(&body, |line, out| pad(line, &columns, out)) != source {
            return Vec::new();
        }
        let widths: Vec<String> =
            columns.iter().map(|column| format!("{}{}", column.width, if column.right { "r" } else { "" })).collect();
        let head = format!("{} lines, padded to {}]\n", count_lines(&body), widths.join(","));
        vec![Rewrite { head: head.len(), text: head + &body }]
    }

    fn read(&self, text: &str, _above: &mut Above) -> Result<Read> {
        let wrong = || Error::new(ErrorKind::NotRestorable, "a table block was changed and can't be read back");
        let (header, rest) = text.split_once("]\n").ok_or_else(wrong)?;
        let (count, widths) = header.split_once(" lines, padded to ").ok_or_else(wrong)?;
        let columns: Option<Vec<Column>> = widths.split(',').map(parse).collect();
        let columns = columns.ok_or_else(wrong)?;
        let (body, used) = count.parse().ok().and_then(|count| take_lines(rest, count)).ok_or_else(wrong)?;
        Ok(Read { text: map_lines(body, |line, out| pad(line, &columns, out)), used: header.len() + 2 + used })
    }
}

fn parse(width: &str) -> Option<Column> {
    let (digits, right) = width.strip_suffix('r').map_or((width, false), |digits| (digits, true));
    let width = digits.parse().ok().filter(|width| *width <= WIDEST)?;
    Some(Column { width, right })
}

fn map_lines(text: &str, one: impl Fn(&str, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        one(line, &mut out);
    }
    out
}

/// The cells of a row, between its first and its last bar.
fn cells(line: &str) -> Option<impl Iterator<Item = &str>> {
    Some(line.strip_prefix('|')?.strip_suffix('|')?.split('|'))
}

fn is_rule(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|byte| byte == b'-')
}

/// How wide each column is and where its cells stand; the caller checks it against every row.
fn columns(source: &str) -> Option<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    for line in source.lines().filter(|line| !line.is_empty()) {
        for (place, cell) in cells(line)?.enumerate() {
            let width = cell.chars().count().checked_sub(2).filter(|width| *width <= WIDEST)?;
            let right = is_rule(cell.trim()) || !cell.ends_with("  ");
            match columns.get_mut(place) {
                Some(column) if column.width == width => column.right &= right,
                Some(_) => return None,
                None => columns.push(Column { width, right }),
            }
        }
    }
    (!columns.is_empty()).then_some(columns)
}

fn tighten(line: &str, columns: &[Column], out: &mut String) {
    let Some(row) = cells(line) else { return out.push_str(line) };
    out.push('|');
    for (cell, column) in row.zip(columns) {
        let content = cell.trim_matches(' ');
        out.push_str(match content.len().checked_sub(column.width) {
            Some(2) if is_rule(content) => "-",
            Some(0) if is_rule(content) => "--",
            _ => content,
        });
        out.push('|');
    }
}

fn pad(line: &str, columns: &[Column], out: &mut String) {
    let Some(row) = cells(line) else { return out.push_str(line) };
    out.push('|');
    for (cell, column) in row.zip(columns) {
        let missing = column.width.saturating_sub(cell.chars().count());
        let fill = |out: &mut String, sign: char, count: usize| out.extend(std::iter::repeat_n(sign, count));
        match cell {
            "-" => fill(out, '-', column.width + 2),
            "--" => {
                out.push(' ');
                fill(out, '-', column.width);
                out.push(' ');
            }
            _ => {
                fill(out, ' ', 1 + if column.right { missing } else { 0 });
                out.push_str(cell);
                fill(out, ' ', 1 + if column.right { 0 } else { missing });
            }
        }
        out.push('|');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(source: &str) -> Option<String> {
        let rewrite = Table.write(source, &Ask::default()).into_iter().next()?;
        let followed = format!("{}\nmore", rewrite.text);
        let read = Table.read(&followed, &mut Above::default()).unwrap();
        assert_eq!((read.text.as_str(), followed.get(read.used..)), (source, Some("more")), "{followed}");
        Some(rewrite.text)
    }

    #[test]
    fn padding_is_said_once_for_each_column() {
        assert_eq!(
            written("| name   |   n |\n|--------|-----|\n| a      |   1 |\n| second | 200 |\n").as_deref(),
            Some("5 lines, padded to 6,3r]\n|name|n|\n|-|-|\n|a|1|\n|second|200|\n")
        );
        assert_eq!(
            written("| é    |\n| ---- |\n| long |").as_deref(),
            Some("3 lines, padded to 4]\n|é|\n|--|\n|long|")
        );
    }

    #[test]
    fn uneven_tables_are_left() {
        for source in ["| a | b |\n| long | b |", "| a |\n| b  |", "|a|\n|b|", "|  mid  |\n| l     |", "a | b\nc | d"] {
            assert_eq!(written(source), None, "{source}");
        }
    }
}
