//! Statements: what is fixed in the lines of a template, and a column of values for each place that varies.

use hashbrown::HashMap;

use super::super::cost::cost;
use super::stamps::MARKS;
use super::templates::{Grouped, Template, Word};

/// One part of a statement's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Sign(u8),
    /// The time, in one of the clock's faces.
    Time(usize),
    /// The value of a slot.
    Slot(usize),
}

/// What a line is made of.
pub(super) struct Statement<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    /// The values of each slot, a row after the other.
    pub(super) slots: Vec<Vec<&'a str>>,
}

/// The most slots that a word is cut into.
const CUTS: usize = 8;

impl<'a> Statement<'a> {
    /// The statement of `template`, which printed these lines.
    pub(super) fn new(template: &Template<'a>, lines: &[usize], grouped: &Grouped<'a>) -> Self {
        let mut this = Self { pieces: Vec::new(), slots: Vec::new() };
        for (place, word) in template.words.iter().enumerate() {
            match *word {
                Word::Fixed(text) => this.pieces.push(Piece::Text(text)),
                Word::Varies { prefix, suffix } => {
                    let value = |line: &usize| grouped.words(*line).get(place).and_then(|actual| word.value(actual));
                    let values: Vec<&str> = lines.iter().map(|line| value(line).unwrap_or_default()).collect();
                    this.pieces.push(Piece::Text(prefix));
                    this.column(values);
                    this.pieces.push(Piece::Text(suffix));
                }
            }
            if let Some(sign) = template.signs.get(place) {
                let face = MARKS.iter().position(|mark| mark == sign);
                this.pieces.push(face.map_or(Piece::Sign(*sign), Piece::Time));
            }
        }
        this
    }

    /// A line that no other is like.
    pub(super) fn of_line(template: &Template<'a>, words: &[&'a str]) -> Self {
        let mut pieces = Vec::new();
        for (place, word) in words.iter().enumerate() {
            pieces.push(Piece::Text(word));
            if let Some(sign) = template.signs.get(place) {
                let face = MARKS.iter().position(|mark| mark == sign);
                pieces.push(face.map_or(Piece::Sign(*sign), Piece::Time));
            }
        }
        Self { pieces, slots: Vec::new() }
    }

    /// Whether its lines have a time.
    pub(super) fn is_timed(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Time(_)))
    }

    /// Adds a slot for a column of values, or several where its numbers are better told one by one.
    fn column(&mut self, values: Vec<&'a str>) {
        let Some((texts, columns)) = cut(&values).filter(|(_, columns)| pays(&values, columns)) else {
            self.pieces.push(Piece::Slot(self.slots.len()));
            self.slots.push(values);
            return;
        };
        let mut texts = texts.into_iter();
        self.pieces.extend(texts.next().map(Piece::Text));
        for (column, text) in columns.into_iter().zip(texts) {
            self.pieces.push(Piece::Slot(self.slots.len()));
            self.pieces.push(Piece::Text(text));
            self.slots.push(column);
        }
    }
}

/// Cuts values that differ in their numbers only: the texts between them, and a column for each number.
fn cut<'a>(values: &[&'a str]) -> Option<(Vec<&'a str>, Vec<Vec<&'a str>>)> {
    let texts: Vec<&str> = values.first()?.split(|c: char| c.is_ascii_digit()).collect();
    let (texts, numbers) = apart(values.first()?).filter(|_| texts.len() > 2)?;
    let mut columns: Vec<Vec<&str>> = numbers.iter().map(|_| Vec::with_capacity(values.len())).collect();
    for value in values {
        let (theirs, numbers) = apart(value)?;
        if theirs != texts {
            return None;
        }
        columns.iter_mut().zip(numbers).for_each(|(column, number)| column.push(number));
    }
    Some((texts, columns))
}

/// The texts around the numbers of a value, and the numbers; `None` unless there are a few.
fn apart(value: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    let (mut texts, mut numbers, mut rest) = (Vec::new(), Vec::new(), value);
    loop {
        let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (text, after) = rest.split_at_checked(end)?;
        texts.push(text);
        if after.is_empty() {
            return (numbers.len() > 1).then_some((texts, numbers));
        }
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at_checked(end)?;
        numbers.push(number);
        rest = after;
        if numbers.len() > CUTS {
            return None;
        }
    }
}

/// Whether the columns cost less than the values they were cut from, roughly.
fn pays(values: &[&str], columns: &[Vec<&str>]) -> bool {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut whole = 0;
    for (row, value) in values.iter().enumerate() {
        let again = row > 0 && values.get(row - 1) == Some(value);
        let known = seen.insert(value, row).is_some();
        whole += if again {
            0
        } else if known {
            1 + cost(value).min(2)
        } else {
            1 + cost(value)
        };
    }
    let changes = |column: &Vec<&str>| {
        let pairs = column.iter().zip(column.iter().skip(1));
        pairs.filter(|(one, two)| one != two).map(|(_, two)| 1 + cost(two)).sum::<usize>()
            + column.first().map_or(0, |first| 1 + cost(first))
    };
    let apart: usize = columns.iter().map(changes).sum();
    apart * 10 < whole * 9
}
