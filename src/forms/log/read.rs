//! Reads rows back into lines.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::super::often::value_of;
use super::clock::Face;
use super::predict::{Registers, Source, advance};
use super::rows::FACES;

/// The longest text that is read; a forged one could grow without end.
const LARGEST: usize = 1 << 28;

enum Part<'a> {
    Text(&'a str),
    Time(usize),
    Slot,
}

struct Line<'a> {
    parts: Vec<Part<'a>>,
    /// The number of its first slot: those of all lines are counted in a row.
    first: usize,
    /// What is said of each slot.
    said: Vec<Option<&'a str>>,
    step: i64,
    timed: bool,
}

/// What the declarations of a block say, and where reading stands.
struct Reader<'a> {
    faces: Vec<Face>,
    digits: u32,
    ticks: i64,
    values: Vec<&'a str>,
    names: HashMap<&'a str, usize>,
    lines: Vec<Line<'a>>,
    sources: Vec<Source>,
    registers: Registers<'a>,
    out: String,
}

/// Reads the lines that `rows` stand for under `declarations`.
pub(super) fn read<'a>(declarations: &[&'a str], rows: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut reader = Reader {
        faces: Vec::new(),
        digits: 0,
        ticks: 0,
        values: Vec::new(),
        names: HashMap::new(),
        lines: Vec::new(),
        sources: Vec::new(),
        registers: Registers::new(0),
        out: String::new(),
    };
    reader.declare(declarations)?;
    rows.into_iter().try_for_each(|row| reader.row(row))?;
    // Every line was written with an end, and the last has none.
    reader.out.pop();
    Some(reader.out)
}

impl<'a> Reader<'a> {
    fn declare(&mut self, declarations: &[&'a str]) -> Option<()> {
        let mut first = None;
        let mut texts: Vec<&str> = Vec::new();
        for line in declarations {
            let (name, what) = line.split_once('=')?;
            if name.starts_with('$') {
                self.values.push(what);
            } else if name.starts_with('%') {
                first = self.face(what)?.or(first);
            } else {
                self.names.insert(name, texts.len());
                texts.push(what);
            }
        }
        self.digits = self.faces.iter().map(Face::digits).max().unwrap_or(0);
        for face in &mut self.faces {
            face.ahead = face.ahead.checked_mul(10_i64.pow(self.digits))?;
        }
        if let Some(first) = first {
            self.ticks = self.faces.first()?.read(first.as_bytes(), self.digits)?.0;
        }
        let mut slots = 0;
        for text in &texts {
            let mut line = self.line(text)?;
            line.first = slots;
            slots += line.said.len();
            self.lines.push(line);
        }
        let said = self.lines.iter().flat_map(|line| &line.said).enumerate();
        self.sources = said.map(|(slot, said)| self.source(*said, slot)).collect::<Option<_>>()?;
        self.registers = Registers::new(slots);
        Some(())
    }

    /// Takes in how a time is written; the answer is the time that the first one begins with.
    fn face(&mut self, what: &'a str) -> Option<Option<&'a str>> {
        let (format, first) = what.split_once(" from ").map_or((what, None), |(format, first)| (format, Some(first)));
        let ahead = format.strip_suffix(" s").and_then(|format| {
            let (format, seconds) = format.rsplit_once(' ')?;
            Some((format, seconds.parse::<i64>().ok()?))
        });
        let (format, seconds) = ahead.unwrap_or((format, 0));
        let mut face = Face::parse(format)?;
        face.ahead = seconds;
        self.faces.push(face);
        (self.faces.len() <= FACES.len()).then_some(first)
    }

    /// Reads the text of a line.
    fn line(&self, text: &'a str) -> Option<Line<'a>> {
        let mut line = Line { parts: Vec::new(), first: 0, said: Vec::new(), step: 0, timed: false };
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(['\\', '*', '%']).unwrap_or(rest.len());
            let (plain, after) = rest.split_at_checked(end)?;
            line.parts.push(Part::Text(plain));
            let mut signs = after.chars();
            rest = match signs.next() {
                None => after,
                Some('\\') => {
                    let length = signs.next()?.len_utf8();
                    line.parts.push(Part::Text(after.get(1..1 + length)?));
                    after.get(1 + length..)?
                }
                Some('*') => {
                    let (said, after) = expectation(after.get(1..)?)?;
                    line.said.push(said);
                    line.parts.push(Part::Slot);
                    after
                }
                Some(_) => {
                    let face = FACES.iter().position(|letter| Some(*letter) == signs.clone().next())?;
                    let (said, after) = expectation(after.get(2..)?)?;
                    line.step = said.map_or(Some(line.step), |said| said.parse().ok())?;
                    line.timed = true;
                    line.parts.push(Part::Time(face));
                    after
                }
            };
        }
        Some(line)
    }

    fn source(&self, said: Option<&str>, own: usize) -> Option<Source> {
        let Some(said) = said else { return Some(Source::Last(own)) };
        if said == "+" {
            return Some(Source::Difference);
        }
        if let Ok(step) = said.parse() {
            return Some(Source::Step(step));
        }
        let (name, slot) = said.split_at_checked(said.find(|c: char| c.is_ascii_digit())?)?;
        let line = self.lines.get(*self.names.get(name)?)?;
        Some(Source::Last(line.first.checked_add(slot.parse::<usize>().ok()?)?.checked_sub(1)?))
    }

    fn row(&mut self, row: &'a str) -> Option<()> {
        if let Some(alone) = row.strip_prefix('-') {
            return self.alone(alone);
        }
        let (times, row) = digits(row)?;
        let end = row.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(row.len());
        let (name, cells) = row.split_at_checked(end)?;
        let id = *self.names.get(name)?;
        for _ in 0..if times.is_empty() { 1 } else { times.parse::<usize>().ok()? } {
            let mut cells = Cells { rest: cells, first: true };
            self.write(id, &mut cells)?;
            (cells.rest.is_empty() && self.out.len() < LARGEST).then_some(())?;
        }
        Some(())
    }

    fn write(&mut self, id: usize, cells: &mut Cells<'a>) -> Option<()> {
        let line = self.lines.get(id)?;
        if line.timed {
            let said = cells.next(true)?;
            let since = if said.is_empty() { line.step } else { said.parse().ok()? };
            self.ticks = self.ticks.checked_add(since)?;
        }
        let mut slot = line.first;
        for part in &line.parts {
            match part {
                Part::Text(text) => self.out.push_str(text),
                Part::Time(face) => self.faces.get(*face)?.write(self.ticks, self.digits, &mut self.out)?,
                Part::Slot => {
                    let source = *self.sources.get(slot)?;
                    let said = cells.next(false)?;
                    let expected = self.registers.expected(slot, source);
                    let value = match said {
                        "" => expected?,
                        "\"\"" => Cow::Borrowed(""),
                        _ if said.starts_with('$') => Cow::Borrowed(value_of(said, &self.values)?),
                        _ => match expected.filter(|_| source == Source::Difference) {
                            Some(last) => Cow::Owned(advance(&last, said.parse().ok()?)?),
                            None => Cow::Borrowed(said),
                        },
                    };
                    self.out.push_str(&value);
                    self.registers.set(slot, value);
                    slot += 1;
                }
            }
        }
        self.out.push('\n');
        (self.out.len() < LARGEST).then_some(())
    }

    /// A line without a declaration.
    fn alone(&mut self, row: &'a str) -> Option<()> {
        let (since, text) = row.split_once(' ')?;
        if !since.is_empty() {
            self.ticks = self.ticks.checked_add(since.parse().ok()?)?;
        }
        for part in self.line(text)?.parts {
            match part {
                Part::Text(text) => self.out.push_str(text),
                Part::Time(face) => self.faces.get(face)?.write(self.ticks, self.digits, &mut self.out)?,
                Part::Slot => return None,
            }
        }
        self.out.push('\n');
        (self.out.len() < LARGEST).then_some(())
    }
}

/// The cells of a row; after the last one all are empty.
struct Cells<'a> {
    rest: &'a str,
    first: bool,
}

impl<'a> Cells<'a> {
    /// The next cell; the first has no comma in front of it when it is a time.
    fn next(&mut self, time: bool) -> Option<&'a str> {
        let attached = std::mem::replace(&mut self.first, false) && time;
        let rest = match self.rest.strip_prefix(',') {
            _ if attached => self.rest,
            Some(rest) => rest,
            None if self.rest.is_empty() => return Some(""),
            None => return None,
        };
        let end = rest.find(',').unwrap_or(rest.len());
        let (cell, rest) = rest.split_at_checked(end)?;
        self.rest = rest;
        Some(cell)
    }
}

/// What is said in angle brackets at the start of `text`, and what follows.
fn expectation(text: &str) -> Option<(Option<&str>, &str)> {
    match text.strip_prefix('<') {
        Some(inside) => inside.split_once('>').map(|(said, rest)| (Some(said), rest)),
        None => Some((None, text)),
    }
}

/// The digits that a row begins with, and what follows.
fn digits(row: &str) -> Option<(&str, &str)> {
    row.split_at_checked(row.find(|c: char| !c.is_ascii_digit()).unwrap_or(row.len()))
}
