//! Space that every line has: said once in the header.
//!
//! ```text
//! block = "[…whitespace " n " lines" [", crlf"] [", indent " n (" spaces" | " tabs")] [", width " n] "]" LF lines LF
//! ```
//! `indent` was in front of every line that is not empty, `width` is the characters that spaces fill each of them up to.
//! Encodings have tokens for long runs of spaces, so it pays for long stretches only; the counting decides.

use trimtab_content::Kind;
use trimtab_error::{Error, ErrorKind, Result};

use super::counted::{count_lines, take_lines};
use super::{Above, Ask, Form, Read, Rewrite};

/// Takes a common indent, carriage returns and padding off.
pub struct Whitespace;

/// What every line has in common.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Layout {
    crlf: bool,
    tabs: bool,
    indent: usize,
    width: usize,
}

/// A wider text than this is no screen; it keeps a forged header from asking for gigabytes.
const WIDEST: usize = 1_000;

impl Form for Whitespace {
    fn name(&self) -> &'static str {
        "whitespace"
    }

    fn takes(&self, kind: Kind) -> bool {
        kind != Kind::Json
    }

    fn write(&self, source: &str, _ask: &Ask) -> Vec<Rewrite> {
        let layout = Layout::of(source);
        if layout == Layout::default() {
            return Vec::new();
        }
        let body = layout.remove(source);
        if layout.put_back(&body) != source {
            return Vec::new();
        }
        let head = format!("{} lines{}]\n", count_lines(&body), layout.name());
        vec![Rewrite { head: head.len(), text: head + &body }]
    }

    fn read(&self, text: &str, _above: &mut Above) -> Result<Read> {
        let wrong = || Error::new(ErrorKind::NotRestorable, "a whitespace block was changed and can't be read back");
        let (header, rest) = text.split_once("]\n").ok_or_else(wrong)?;
        let (count, layout) = parse(header).ok_or_else(wrong)?;
        let (body, used) = take_lines(rest, count).ok_or_else(wrong)?;
        Ok(Read { text: layout.put_back(body), used: header.len() + 2 + used })
    }
}

fn parse(header: &str) -> Option<(usize, Layout)> {
    let (count, mut rest) = header.split_once(" lines")?;
    let mut layout = Layout::default();
    if let Some(after) = rest.strip_prefix(", crlf") {
        (layout.crlf, rest) = (true, after);
    }
    if let Some(after) = rest.strip_prefix(", indent ") {
        let (indent, after) = after.split_once(' ')?;
        layout.indent = indent.parse().ok().filter(|indent| *indent <= WIDEST)?;
        layout.tabs = after.starts_with("tabs");
        rest = after.strip_prefix("tabs").or_else(|| after.strip_prefix("spaces"))?;
    }
    if let Some(width) = rest.strip_prefix(", width ") {
        (layout.width, rest) = (width.parse().ok().filter(|width| *width <= WIDEST)?, "");
    }
    rest.is_empty().then_some((count.parse().ok()?, layout))
}

impl Layout {
    fn of(source: &str) -> Self {
        let ends = source.bytes().filter(|byte| *byte == b'\n').count();
        let crlf = ends > 0 && source.matches("\r\n").count() == ends;
        let lines =
            || source.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).filter(|line| !line.is_empty());
        let leading = |sign: char| {
            let run = |line: &str| line.len() - line.trim_start_matches(sign).len();
            lines().map(run).min().unwrap_or_default().min(WIDEST)
        };
        let (spaces, tabs) = (leading(' '), leading('\t'));
        let indent = spaces.max(tabs);
        let widths = || lines().map(|line| line.chars().count());
        let even = widths().min() == widths().max() && lines().filter(|line| line.ends_with(' ')).count() > ends / 2;
        let width = if even { widths().max().unwrap_or_default().saturating_sub(indent) } else { 0 };
        Self { crlf, tabs: tabs > spaces, indent, width: if width <= WIDEST { width } else { 0 } }
    }

    fn name(self) -> String {
        let mut name = String::new();
        if self.crlf {
            name.push_str(", crlf");
        }
        if self.indent > 0 {
            name.push_str(&format!(", indent {} {}", self.indent, if self.tabs { "tabs" } else { "spaces" }));
        }
        if self.width > 0 {
            name.push_str(&format!(", width {}", self.width));
        }
        name
    }

    fn remove(self, source: &str) -> String {
        let mut out = String::with_capacity(source.len());
        for (index, line) in source.split('\n').enumerate() {
            if index > 0 {
                out.push('\n');
            }
            let line = if self.crlf { line.strip_suffix('\r').unwrap_or(line) } else { line };
            let line = line.get(self.indent..).unwrap_or(line);
            out.push_str(if self.width > 0 { line.trim_end_matches(' ') } else { line });
        }
        out
    }

    fn put_back(self, body: &str) -> String {
        let mut out = String::with_capacity(body.len() * 2);
        for (index, line) in body.split('\n').enumerate() {
            if index > 0 {
                out.push_str(if self.crlf { "\r\n" } else { "\n" });
            }
            if line.is_empty() {
                continue;
            }
            out.extend(std::iter::repeat_n(if self.tabs { '\t' } else { ' ' }, self.indent));
            out.push_str(line);
            if self.width > 0 {
                let missing = self.width.saturating_sub(line.chars().count());
                out.extend(std::iter::repeat_n(' ', missing));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(source: &str) -> Option<String> {
        let rewrite = Whitespace.write(source, &Ask::default()).into_iter().next()?;
        let followed = format!("{}\nmore", rewrite.text);
        let read = Whitespace.read(&followed, &mut Above::default()).unwrap();
        assert_eq!((read.text.as_str(), followed.get(read.used..)), (source, Some("more")), "{followed}");
        Some(rewrite.text)
    }

    #[test]
    fn what_every_line_has_is_said_once() {
        assert_eq!(written("    a\n      b\n\n    c").as_deref(), Some("4 lines, indent 4 spaces]\na\n  b\n\nc"));
        assert_eq!(written("\t\ta\n\t\tb\n").as_deref(), Some("3 lines, indent 2 tabs]\na\nb\n"));
        assert_eq!(written("a\r\nb\r\n").as_deref(), Some("3 lines, crlf]\na\nb\n"));
        assert_eq!(written("ab  \na   \nabcd\nx   ").as_deref(), Some("4 lines, width 4]\nab\na\nabcd\nx"));
        assert_eq!(written(" é  \r\n a  \r\n").as_deref(), Some("3 lines, crlf, indent 1 spaces, width 3]\né\na\n"));
    }

    #[test]
    fn what_could_not_be_told_apart_is_left() {
        assert_eq!(written("a\nb"), None);
        assert_eq!(written("    a\n    \n\n    b"), None, "an empty line and one of spaces alone");
        assert_eq!(written("a\r\nb\n"), None, "mixed ends of line");
    }

    #[test]
    fn a_forged_width_is_refused() {
        assert!(Whitespace.read("1 lines, width 99999999999]\na", &mut Above::default()).is_err());
        assert!(Whitespace.read("1 lines, indent 99999999 spaces]\na", &mut Above::default()).is_err());
    }
}
