//! Writes a log as rows: what each line has beside its statement and what is expected of it.

use std::borrow::Cow;

use super::super::Rewrite;
use super::super::often::Often;
use super::predict::{Registers, Source, sources, value_of, vote};
use super::row::{ALONE, Cell, Row, fold_runs};
use super::stamps::Stamps;
use super::statements::{Piece, Statement};
use super::templates::Grouped;
use trimtab_ordered::sort;

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
        Writer { names: names(&rows, log.statements.len()), log: &log, often: often(&rows), out: String::new() };
    Some(writer.write(&rows))
}

/// A log taken apart.
struct Log<'s, 'a> {
    stamps: &'s Stamps,
    grouped: &'s Grouped<'a>,
    statements: Vec<Statement<'a>>,
    /// The number of each statement's first slot: those of all statements are counted in a row.
    firsts: Vec<usize>,
    sources: Vec<Source>,
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
        let mut slots = 0;
        let mut firsts = Vec::with_capacity(statements.len());
        for statement in &statements {
            firsts.push(slots);
            slots += statement.slots.len();
        }
        let sources = sources(&statements, &firsts, &places, slots);
        let mut this = Self { stamps, grouped, steps: Vec::new(), statements, firsts, sources, places };
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
        let mut seen: Vec<Vec<(i64, usize)>> = vec![Vec::new(); self.statements.len()];
        for ((id, _), ticks) in self.places.iter().zip(self.ticks()) {
            seen.get_mut(*id).into_iter().for_each(|seen| vote(seen, ticks.unwrap_or(0), 1));
        }
        let usual = |seen: &Vec<(i64, usize)>| {
            let none = seen.iter().find(|(ticks, _)| *ticks == 0).map_or(0, |(_, count)| *count);
            let best = seen.iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > none + 8);
            best.map_or(0, |(ticks, _)| *ticks)
        };
        seen.iter().map(usual).collect()
    }

    fn rows(&self) -> Vec<Row<'a>> {
        let mut registers: Registers<'a> = Registers::new(self.sources.len());
        let mut rows = Vec::with_capacity(self.places.len());
        for (line, ((statement, place), ticks)) in self.places.iter().zip(self.ticks()).enumerate() {
            let mut cells = Vec::new();
            let step = self.steps.get(*statement).copied();
            if let Some(ticks) = ticks {
                cells.push(if Some(ticks) == step { Cell::Expected } else { Cell::Ticks(ticks) });
            }
            let first = self.firsts.get(*statement).copied().unwrap_or(0);
            let slots = self.statements.get(*statement).map_or(&[][..], |statement| statement.slots.as_slice());
            for (slot, values) in slots.iter().enumerate().map(|(slot, values)| (first + slot, values)) {
                let value = values.get(*place).copied().unwrap_or_default();
                let source = self.sources.get(slot).copied().unwrap_or(Source::Last(slot));
                cells.push(cell(value, registers.expected(slot, source).as_deref(), source));
                registers.set(slot, Cow::Borrowed(value));
            }
            rows.push(Row { statement: *statement, line, cells, times: 1 });
        }
        rows
    }

    /// The statement that has a slot, and which of its slots that is.
    fn owner(&self, slot: usize) -> (usize, usize) {
        let statement = self.firsts.partition_point(|first| *first <= slot).saturating_sub(1);
        (statement, slot - self.firsts.get(statement).copied().unwrap_or(0))
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
    // Counted down, so that the most frequent come first.
    let mut order: Vec<(usize, usize)> = (0..statements).map(|statement| (usize::MAX, statement)).collect();
    for row in rows {
        order.get_mut(row.statement).into_iter().for_each(|(count, _)| *count -= 1);
    }
    sort(&mut order);
    let mut names = vec![String::new(); statements];
    for (place, (_, statement)) in order.iter().enumerate() {
        names.get_mut(*statement).into_iter().for_each(|name| *name = name_of(place));
    }
    names
}

/// The values that are said often.
fn often<'a>(rows: &[Row<'a>]) -> Often<'a> {
    let value = |cell: &Cell<'a>| if let Cell::Value(value) = cell { Some(*value) } else { None };
    let said: Vec<&str> = rows.iter().flat_map(|row| &row.cells).filter_map(value).collect();
    Often::of(&said)
}

struct Writer<'w, 's, 'a> {
    log: &'w Log<'s, 'a>,
    names: Vec<String>,
    often: Often<'a>,
    out: String,
}

impl<'a> Writer<'_, '_, 'a> {
    fn write(mut self, rows: &[Row<'a>]) -> Rewrite {
        self.declare_clock();
        self.often.declare(&mut self.out);
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
                    let first = own.and_then(|own| self.log.firsts.get(own));
                    first.into_iter().for_each(|first| self.expectation(first + slot));
                    open = true;
                }
            }
        }
    }

    fn expectation(&mut self, slot: usize) {
        match self.log.sources.get(slot) {
            Some(Source::Last(other)) if *other != slot => {
                let (statement, place) = self.log.owner(*other);
                let name = self.names.get(statement).map_or("", String::as_str);
                self.out.push_str(&format!("<{name}{}>", place + 1));
            }
            Some(Source::Step(step)) => self.out.push_str(&format!("<{step:+}>")),
            Some(Source::Difference) => self.out.push_str("<+>"),
            _ => {}
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
            Cell::Value(value) => {
                if !self.often.push(value, &mut self.out) {
                    self.out.push_str(value);
                }
            }
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
