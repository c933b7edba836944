//! Log lines that stand alone: each has all its values, so that some may be left out later.
//!
//! ```text
//! block    = "[…log " n " lines, " n " templates, * = value]" LF templates, one a line, then lines LF
//! template = name "=" text                  each "*" in it is a place for a value
//! line     = name *(" " value) | "-" line   values in order; a line of no template is as it was
//! ```
//! Words end at spaces and at signs that belong to the template, so a value has no space.

use super::super::counted::take_lines;
use super::super::{Read, Rewrite, letters};
use super::templates::{Grouped, Template, Word};

/// Writes `source`, or nothing where no statement saves more than it costs to declare.
pub(super) fn write(source: &str) -> Option<Rewrite> {
    let grouped = Grouped::new(source.split('\n'));
    let names = name_what_pays(&grouped.templates);
    let named = names.iter().flatten().count();
    if named == 0 {
        return None;
    }
    let mut text = format!("{} lines, {named} templates, * = value]\n", grouped.of_line.len());
    for (template, name) in grouped.templates.iter().zip(&names) {
        if let Some(name) = name {
            declare(template, name, &mut text);
        }
    }
    let head = text.len();
    for (index, (line, id)) in source.split('\n').zip(&grouped.of_line).enumerate() {
        if index > 0 {
            text.push('\n');
        }
        match grouped.templates.get(*id).zip(names.get(*id).and_then(Option::as_deref)) {
            Some((template, name)) => write_line(template, name, grouped.words(index), &mut text),
            None => {
                text.push('-');
                text.push_str(line);
            }
        }
    }
    Some(Rewrite { text, head })
}

/// Names the templates that save more than their declaration costs, in order of appearance.
fn name_what_pays(templates: &[Template]) -> Vec<Option<String>> {
    let mut next = 0;
    let name = |template: &Template| {
        // A line's name costs about a token, four bytes; the declaration costs a line.
        let pays = (template.count - 1) * template.fixed_len() > 8 + 4 * template.count;
        pays.then(|| {
            next += 1;
            letters(next - 1)
        })
    };
    templates.iter().map(name).collect()
}

fn declare(template: &Template, name: &str, out: &mut String) {
    out.push_str(name);
    out.push('=');
    for (place, word) in template.words.iter().enumerate() {
        match word {
            Word::Fixed(fixed) => out.push_str(fixed),
            Word::Varies { prefix, suffix } => {
                out.push_str(prefix);
                out.push('*');
                out.push_str(suffix);
            }
        }
        out.extend(template.signs.get(place).map(|sign| char::from(*sign)));
    }
    out.push('\n');
}

fn write_line(template: &Template, name: &str, words: &[&str], out: &mut String) {
    out.push_str(name);
    for (word, actual) in template.words.iter().zip(words) {
        if let Some(value) = word.value(actual) {
            out.push(' ');
            out.push_str(value);
        }
    }
}

/// Reads a block back.
pub(super) fn read(text: &str) -> Option<Read> {
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
