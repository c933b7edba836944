//! Rows as what is unlike the others: values that hardly any other row has, figures far from the rest, and errors.

use hashbrown::HashMap;

use super::{Piece, by_lines};
use crate::ordered::sort_by;
use crate::relevance::{Role, signals};

/// Up to one row in so many with a value, the value is rare in its column.
const RARE: usize = 50;
/// A column with more different values than one in so many rows says nothing by them: names, times, numbers.
const VARIED: usize = 8;
/// How many times the middle half's width a figure is away from it when it is far (three: Tukey, 1977).
const FAR: f64 = 3.0;

/// Cuts rows of a table or of a list of objects; what a row's head says is in the block's header.
pub(super) fn outline(_head: &str, text: &str) -> Vec<Piece> {
    let separator = ['|', '\t', ','].into_iter().max_by_key(|sign| text.matches(*sign).count()).unwrap_or(',');
    let mut columns: Vec<Column> = Vec::new();
    let mut rows = 0;
    for line in text.lines() {
        for (at, value) in fields(line, separator).enumerate() {
            if at == columns.len() {
                columns.push(Column::default());
            }
            columns.get_mut(at).into_iter().for_each(|column| column.add(value));
        }
        rows += 1;
    }
    let ranges: Vec<Option<(f64, f64)>> = columns.iter_mut().map(Column::usual).collect();
    by_lines(text, |line| {
        let odd = fields(line, separator).zip(columns.iter().zip(&ranges)).any(|(value, (column, range))| {
            let number = value.parse::<f64>().ok();
            let far = number.zip(*range).is_some_and(|(number, (low, high))| number < low || number > high);
            far || column.is_rare(value, rows)
        });
        if odd || signals(line) { Role::Key } else { Role::Line }
    })
}

fn fields(line: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    line.split(move |sign: char| {
        quoted ^= sign == '"';
        sign == separator && !quoted
    })
    .map(str::trim)
}

/// The values of one column.
#[derive(Default)]
struct Column<'t> {
    counts: HashMap<&'t str, usize>,
    numbers: Vec<f64>,
}

impl<'t> Column<'t> {
    fn add(&mut self, value: &'t str) {
        *self.counts.entry(value).or_default() += 1;
        self.numbers.extend(value.parse::<f64>().ok().filter(|number| number.is_finite()));
    }

    /// Where figures lie that are not far, where there are enough of them to tell.
    fn usual(&mut self) -> Option<(f64, f64)> {
        sort_by(&mut self.numbers, f64::total_cmp);
        let count = self.numbers.len();
        let at = |quarter: usize| self.numbers.get(count * quarter / 4).copied();
        let (low, high) = at(1).zip(at(3)).filter(|_| count >= 8)?;
        let reach = (high - low) * FAR;
        (reach > 0.0).then_some((low - reach, high + reach))
    }

    fn is_rare(&self, value: &str, rows: usize) -> bool {
        let count = self.counts.get(value).copied().unwrap_or(0);
        self.counts.len() * VARIED <= rows && count * RARE <= rows
    }
}
