//! Writes a log as rows: what each line has beside its statement and what is expected of it.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::super::Rewrite;
use super::super::cost::cost;
use super::predict::{Registers, Source, sources, value_of};
use super::row::{ALONE, Cell, Row, fold_runs};
use super::stamps::Stamps;
use super::statements::{Piece, Statement};
use super::templates::Grouped;
use crate::ordered::sort_by_key;

/// Writes `source`, or nothing where its lines have too little in common.
pub(super) fn write(source: &str) -> Option<Rewrite> {
    let stamps = Stamps::take(source)?;
    let grouped = Grouped::new(stamps.text.strip_suffix('\n')?.split('\n'));
    let log = Log::new(&stamps, &grouped);
    if log.statements.is_empty() {
        return None;
    }
    let rows = fold_runs(log.rows());
    let writer =
        Writer { names: names(&rows, log.statements.len()), log: &log, known: HashMap::new(), out: String::new() };
    Some(writer.write(&rows))
}

/// A log taken apart.
struct Log<'s, 'a> {
    stamps: &'s Stamps,
    grouped: &'s Grouped<'a>,
    statements: Vec<Statement<'a>>,
    sources: Vec<Vec<Source>>,
    /// How many ticks after the line before those of each statement are expected.
    steps: Vec<i64>,
    /// The statement of each line and its place among that statement's.
    places: Vec<(usize, usize)>,
}

impl<'s, 'a> Log<'s, 'a> {
    fn new(stamps: &'s Stamps, grouped: &'s Grouped<'a>) -> Self {
        let mut lines: Vec<Vec<usize>> = vec![Vec::new(); grouped.templates.len()];
        for (line, template) in grouped.of_line.iter().enumerate() {
            lines.get_mut(*template).into_iter().for_each(|lines| lines.push(line));
        }
        let mut statements = Vec::new();
        let mut places = vec![(ALONE, 0); grouped.of_line.len()];
        for (template, lines) in grouped.templates.iter().zip(&lines) {
            // A row costs about two tokens, eight bytes, and a declaration a line.
            if (template.count - 1) * template.fixed_len() > 8 + 4 * template.count {
                for (row, line) in lines.iter().enumerate() {
                    places.get_mut(*line).into_iter().for_each(|slot| *slot = (statements.len(), row));
                }
                statements.push(Statement::new(template, lines, grouped));
            }
        }
        let sources = sources(&statements, &places);
        let mut this = Self { stamps, grouped, steps: vec![0; statements.len()], statements, sources, places };
        this.steps = this.usual_steps();
        this
    }

    /// The time from the line before to each line that has one.
    fn ticks(&self) -> impl Iterator<Item = Option<i64>> {
        let first = self.stamps.ticks.iter().flatten().next().copied().unwrap_or(0);
        self.stamps.ticks.iter().scan(first, |last, ticks| {
            let since = ticks.map(|ticks| ticks - *last);
            *last = ticks.unwrap_or(*last);
            Some(since)
        })
    }

    /// For each statement the time that mostly passes before it, where that is not none at all.
    fn usual_steps(&self) -> Vec<i64> {
        let mut seen: HashMap<(usize, i64), usize> = HashMap::new();
        for ((id, _), ticks) in self.places.iter().zip(self.ticks()) {
            *seen.entry((*id, ticks.unwrap_or(0))).or_default() += 1;
        }
        let mut best = vec![(0_i64, 0_usize); self.statements.len()];
        for ((id, ticks), count) in seen {
            if let Some(best) = best.get_mut(id).filter(|best| (count, -ticks.abs()) > (best.1, -best.0.abs())) {
                *best = (ticks, count);
            }
        }
        let usual = |((ticks, count), statement): (&(i64, usize), &Statement)| {
            if *count > 8 && statement.is_timed() { *ticks } else { 0 }
        };
        best.iter().zip(&self.statements).map(usual).collect()
    }

    fn rows(&self) -> Vec<Row<'a>> {
        let mut registers: Registers<'a> = Registers::new(self.statements.iter().map(|s| s.slots.len()));
        let lines = self.places.iter().zip(self.ticks()).enumerate();
        lines
            .map(|(line, ((statement, place), ticks))| {
                let mut cells = Vec::new();
                let step = self.steps.get(*statement).copied();
                if let Some(ticks) = ticks {
                    cells.push(if Some(ticks) == step { Cell::Expected } else { Cell::Ticks(ticks) });
                }
                let sources = self.sources.get(*statement).map_or(&[][..], Vec::as_slice);
                let slots = self.statements.get(*statement).map_or(&[][..], |statement| statement.slots.as_slice());
                for (slot, (values, source)) in slots.iter().zip(sources).enumerate() {
                    let value = values.get(*place).copied().unwrap_or_default();
                    cells.push(cell(value, registers.expected(*statement, slot, *source).as_deref(), *source));
                    registers.set(*statement, slot, Cow::Borrowed(value));
                }
                Row { statement: *statement, line, cells, times: 1 }
            })
            .collect()
    }
}

fn cell<'a>(value: &'a str, expected: Option<&str>, source: Source) -> Cell<'a> {
    if expected == Some(value) {
        return Cell::Expected;
    }
    let before = expected.filter(|_| source == Source::Difference).and_then(value_of);
    match before.zip(value_of(value)) {
        Some((before, now)) => Cell::Change(now - before),
        None => Cell::Value(value),
    }
}

/// A name for each statement, the shortest for those of most rows.
fn names(rows: &[Row], statements: usize) -> Vec<String> {
    let mut order: Vec<(usize, usize)> = (0..statements).map(|statement| (0, statement)).collect();
    for row in rows {
        order.get_mut(row.statement).into_iter().for_each(|(count, _)| *count += 1);
    }
    sort_by_key(&mut order, |(count, statement)| (std::cmp::Reverse(*count), *statement));
    let mut names = vec![String::new(); statements];
    for (place, (_, statement)) in order.iter().enumerate() {
        names.get_mut(*statement).into_iter().for_each(|name| *name = name_of(place));
    }
    names
}

struct Writer<'w, 's, 'a> {
    log: &'w Log<'s, 'a>,
    names: Vec<String>,
    /// The numbers of values that are declared.
    known: HashMap<&'a str, usize>,
    out: String,
}

impl<'a> Writer<'_, '_, 'a> {
    fn write(mut self, rows: &[Row<'a>]) -> Rewrite {
        let values = self.name_values(rows);
        self.declare_clock();
        for (place, value) in values.iter().enumerate() {
            self.out.push_str(&format!("${}={value}\n", place + 1));
        }
        for (id, statement) in self.log.statements.iter().enumerate() {
            self.out.push_str(self.names.get(id).map_or("", String::as_str));
            self.out.push('=');
            self.text(statement, Some(id));
            self.out.push('\n');
        }
        let declared = self.out.bytes().filter(|byte| *byte == b'\n').count();
        let header = format!("{} rows after {declared} declarations{}]\n", rows.len(), self.how());
        let head = header.len() + self.out.len();
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                self.out.push('\n');
            }
            self.row(row);
        }
        Rewrite { text: header + &self.out, head }
    }

    /// The values that are cheaper to declare than to say, by how often they are said.
    fn name_values(&mut self, rows: &[Row<'a>]) -> Vec<&'a str> {
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        let cells = rows.iter().flat_map(|row| &row.cells).enumerate();
        for (place, cell) in cells {
            if let Cell::Value(value) = cell {
                counts.entry(value).or_insert((0, place)).0 += 1;
            }
        }
        let pays = |(value, (count, _)): &(&str, (usize, usize))| {
            let cost = cost(value);
            cost > 2 && count * cost > 2 * count + cost + 4
        };
        let mut chosen: Vec<(&str, (usize, usize))> = counts.into_iter().filter(pays).collect();
        sort_by_key(&mut chosen, |(_, (count, place))| (std::cmp::Reverse(*count), *place));
        let values: Vec<&str> = chosen.into_iter().map(|(value, _)| value).collect();
        self.known = values.iter().enumerate().map(|(place, value)| (*value, place + 1)).collect();
        values
    }

    fn declare_clock(&mut self) {
        let Stamps { faces, digits, ticks, .. } = self.log.stamps;
        let Some(first) = ticks.iter().flatten().next() else { return };
        for (face, letter) in faces.iter().zip(FACES) {
            self.out.push_str(&format!("%{letter}={}", face.format()));
            if letter == 't' {
                self.out.push_str(" from ");
                let _ = face.write(*first, *digits, &mut self.out);
            } else if face.ahead != 0 {
                self.out.push_str(&format!(" {:+} s", face.ahead / 10_i64.pow(*digits)));
            }
            self.out.push('\n');
        }
    }

    /// Writes the text of a statement, with what is expected where its lines differ.
    fn text(&mut self, statement: &Statement, own: Option<usize>) {
        let mut open = false;
        for piece in &statement.pieces {
            let was_open = open;
            open = false;
            match piece {
                Piece::Text(text) => {
                    push_plain(text, was_open, &mut self.out);
                    open = was_open && text.is_empty();
                }
                Piece::Sign(sign) => self.out.push(char::from(*sign)),
                Piece::Time(face) => {
                    self.out.push('%');
                    self.out.extend(FACES.get(*face));
                    let step = own.and_then(|own| self.log.steps.get(own)).filter(|step| **step != 0);
                    if let Some(step) = step.filter(|_| *face == 0) {
                        self.out.push_str(&format!("<{step:+}>"));
                    }
                    open = true;
                }
                Piece::Slot(slot) => {
                    self.out.push('*');
                    let sources = own.and_then(|own| self.log.sources.get(own));
                    if let Some((source, own)) = sources.and_then(|sources| sources.get(*slot)).copied().zip(own) {
                        self.expectation(source, own, *slot);
                    }
                    open = true;
                }
            }
        }
    }

    fn expectation(&mut self, source: Source, own: usize, place: usize) {
        match source {
            Source::Last { statement, slot } if (statement, slot) == (own, place) => {}
            Source::Last { statement, slot } => {
                let name = self.names.get(statement).cloned().unwrap_or_default();
                self.out.push_str(&format!("<{name}{}>", slot + 1));
            }
            Source::Step(step) => self.out.push_str(&format!("<{step:+}>")),
            Source::Difference => self.out.push_str("<+>"),
        }
    }

    /// How to read a row, for whoever has not seen one.
    fn how(&self) -> String {
        let timed = !self.log.stamps.faces.is_empty();
        let unit = match self.log.stamps.digits {
            0 => "s".to_owned(),
            3 => "ms".to_owned(),
            6 => "µs".to_owned(),
            digits => format!("1e-{digits} s"),
        };
        let form = if timed { format!("A5,x: line A, 5 {unit} after the last,") } else { "A,x: line A,".to_owned() };
        format!("; {form} x for its *; where x is left out, as before or as <…> says")
    }

    fn row(&mut self, row: &Row<'a>) {
        let Some(statement) = self.log.statements.get(row.statement) else { return self.alone(row) };
        if row.times > 1 {
            self.out.push_str(&row.times.to_string());
        }
        self.out.push_str(self.names.get(row.statement).map_or("", String::as_str));
        let mut owed = usize::from(!statement.is_timed());
        for cell in &row.cells {
            if *cell != Cell::Expected {
                self.out.extend(std::iter::repeat_n(',', owed));
                owed = 0;
                self.cell(cell);
            }
            owed += 1;
        }
    }

    fn cell(&mut self, cell: &Cell) {
        match cell {
            Cell::Expected => {}
            Cell::Value("") => self.out.push_str("\"\""),
            Cell::Value(value) => match self.known.get(value) {
                Some(number) => self.out.push_str(&format!("${number}")),
                None => self.out.push_str(value),
            },
            Cell::Ticks(ticks) => self.out.push_str(&ticks.to_string()),
            Cell::Change(change) => self.out.push_str(&format!("{change:+}")),
        }
    }

    fn alone(&mut self, row: &Row<'a>) {
        let grouped = self.log.grouped;
        let template = grouped.of_line.get(row.line).and_then(|template| grouped.templates.get(*template));
        let Some(template) = template else { return };
        self.out.push('-');
        row.cells.iter().for_each(|cell| self.cell(cell));
        self.out.push(' ');
        self.text(&Statement::of_line(template, grouped.words(row.line)), None);
    }
}

/// The letters of the faces of a clock.
pub(super) const FACES: [char; 3] = ['t', 'u', 'v'];

/// Appends text of a line; `after` says that an expectation could stand before it.
fn push_plain(text: &str, after: bool, out: &mut String) {
    if after && text.starts_with('<') {
        out.push('\\');
    }
    for char in text.chars() {
        if matches!(char, '\\' | '*' | '%') {
            out.push('\\');
        }
        out.push(char);
    }
}

/// The `place`th name: one letter, then two, then three.
fn name_of(place: usize) -> String {
    let letter = |first: u8, place: usize| char::from(first + u8::try_from(place % 26).unwrap_or_default());
    match place {
        0..26 => letter(b'A', place).to_string(),
        26..52 => letter(b'a', place).to_string(),
        _ => {
            let place = place - 52;
            let longer = if place < 676 { String::new() } else { name_of(place / 676 - 1) };
            longer + &[letter(b'A', place / 26), letter(b'A', place)].iter().collect::<String>()
        }
    }
}
