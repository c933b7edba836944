//! Log lines by the statement that printed them: what is fixed is said once, and a line is its values.
//!
//! ```text
//! block    = "[…log " n " lines, " n " templates, * = value]" LF templates, one a line, then lines LF
//! template = name "=" text                  each "*" in it is a place for a value
//! line     = name *(" " value) | "-" line   values in order; a line of no template is as it was
//! ```
//! Words end at spaces and at signs that belong to the template, so a value has no space. Values are never shortened by
//! what stood in an earlier line, because lines may be left out later and each has to keep its meaning alone.

mod templates;

use crate::content::Kind;
use crate::error::{Error, ErrorKind, Result};

use super::counted::take_lines;
use super::{Form, Read, Rewrite};
use templates::{Template, Word, group, words};

/// Writes log lines as templates and values.
pub struct Log;

impl Form for Log {
    fn name(&self) -> &'static str {
        "log"
    }

    fn takes(&self, kind: Kind) -> bool {
        kind == Kind::Log
    }

    fn write(&self, source: &str) -> Vec<Rewrite> {
        let lines: Vec<&str> = source.split('\n').collect();
        let (templates, of_line) = group(&lines);
        let names = name_what_pays(&templates);
        let named = names.iter().flatten().count();
        if named == 0 {
            return Vec::new();
        }
        let mut text = format!("{} lines, {named} templates, * = value]\n", lines.len());
        for (template, name) in templates.iter().zip(&names) {
            if let Some(name) = name {
                declare(template, name, &mut text);
            }
        }
        let head = text.len();
        for (index, (line, id)) in lines.iter().zip(&of_line).enumerate() {
            if index > 0 {
                text.push('\n');
            }
            match templates.get(*id).zip(names.get(*id).and_then(Option::as_deref)) {
                Some((template, name)) => write_line(template, name, line, &mut text),
                None => {
                    text.push('-');
                    text.push_str(line);
                }
            }
        }
        vec![Rewrite { text, head, exact: true }]
    }

    fn read(&self, text: &str, _before: &str) -> Result<Read> {
        read(text).ok_or_else(|| Error::new(ErrorKind::NotRestorable, "a log block was changed and can't be read back"))
    }
}

/// Names the templates that save more than their declaration costs, in order of appearance.
fn name_what_pays(templates: &[Template]) -> Vec<Option<String>> {
    let mut next = 0;
    let name = |template: &Template| {
        // A line's name costs about a token, four bytes; the declaration costs a line.
        let pays = (template.count - 1) * template.fixed_len() > 8 + 4 * template.count;
        pays.then(|| {
            next += 1;
            super::letters(next - 1)
        })
    };
    templates.iter().map(name).collect()
}

fn declare(template: &Template, name: &str, out: &mut String) {
    out.push_str(name);
    out.push('=');
    for (word, sign) in template.words.iter().zip(&template.signs) {
        match word {
            Word::Fixed(fixed) => out.push_str(fixed),
            Word::Varies { prefix, suffix } => {
                out.push_str(prefix);
                out.push('*');
                out.push_str(suffix);
            }
        }
        out.push_str(sign);
    }
    out.push('\n');
}

fn write_line(template: &Template, name: &str, line: &str, out: &mut String) {
    out.push_str(name);
    for (word, (actual, _)) in template.words.iter().zip(words(line)) {
        if let Some(value) = word.value(actual) {
            out.push(' ');
            out.push_str(value);
        }
    }
}

fn read(text: &str) -> Option<Read> {
    let (header, rest) = text.split_once("]\n")?;
    let (lines, templates) = header.strip_suffix(" templates, * = value")?.split_once(" lines, ")?;
    let (lines, templates): (usize, usize) = (lines.parse().ok()?, templates.parse().ok()?);
    let (body, used) = take_lines(rest, lines.checked_add(templates)?)?;
    let mut all = body.split('\n');
    let declared: Option<Vec<(&str, &str)>> = all.by_ref().take(templates).map(|line| line.split_once('=')).collect();
    let declared: hashbrown::HashMap<&str, &str> = declared?.into_iter().collect();
    let mut out = String::with_capacity(body.len() * 2);
    for (index, line) in all.enumerate() {
        if index > 0 {
            out.push('\n');
        }
        match line.strip_prefix('-') {
            Some(raw) => out.push_str(raw),
            None => read_line(&declared, line, &mut out)?,
        }
    }
    Some(Read { text: out, used: header.len() + 2 + used })
}

fn read_line(declared: &hashbrown::HashMap<&str, &str>, line: &str, out: &mut String) -> Option<()> {
    let mut parts = line.split(' ');
    let template = declared.get(parts.next()?)?;
    for (index, fixed) in template.split('*').enumerate() {
        if index > 0 {
            out.push_str(parts.next()?);
        }
        out.push_str(fixed);
    }
    parts.next().is_none().then_some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(source: &str) -> Option<String> {
        let rewrite = Log.write(source).into_iter().next()?;
        let followed = format!("{}\nmore", rewrite.text);
        let read = Log.read(&followed, "").unwrap();
        assert_eq!((read.text.as_str(), followed.get(read.used..)), (source, Some("more")), "{followed}");
        Some(rewrite.text)
    }

    #[test]
    fn what_a_statement_prints_is_said_once() {
        assert_eq!(
            written("10:00:01 user=7 connected to the server\n10:00:02 user=8 connected to the server\nbye").as_deref(),
            Some("3 lines, 1 templates, * = value]\nA=10:00:* user=* connected to the server\nA 01 7\nA 02 8\n-bye")
        );
    }

    #[test]
    fn lines_that_share_nothing_are_left() {
        assert_eq!(written("one two\nthree four\nfive six"), None);
    }

    #[test]
    fn a_forged_block_is_an_error() {
        for text in ["", "x", "1 lines, 1 templates, * = value]\nA=*\nB 1", "9 lines, 0 templates, * = value]\n-a"] {
            assert!(Log.read(text, "").is_err(), "{text}");
        }
    }

    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            "10:0[0-9]:[0-9]{2} (INFO|WARN) {0,2}\\[[a-c]{1,3}\\] started (job|task) [0-9]{1,3} for user=[a-z]{1,3},",
            "10:0[0-9] \\*+ [*a-c]{0,4}[0-9]? é*[0-9]é the end\r?",
            "[ *=\\-A-C0-9é]{0,20}",
        ]
    }

    proptest! {
        #[test]
        fn every_log_comes_back(lines in proptest::collection::vec(line(), 0..40)) {
            written(&lines.join("\n"));
        }
    }
}
