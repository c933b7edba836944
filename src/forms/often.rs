//! Strings that are said so often that a number for each is cheaper.

use hashbrown::HashMap;

use super::cost::cost;
use trimtab_ordered::sort;

/// The strings that have a number, and the numbers, from 1 on.
#[derive(Default)]
pub(super) struct Often<'a> {
    pub(super) list: Vec<&'a str>,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Often<'a> {
    /// Chooses among strings, as they are said, the most frequent first.
    pub(super) fn of(said: &[&'a str]) -> Self {
        let mut this = Self::default();
        // For each string how often it is said, counted down, and its place, so that they sort as wanted.
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for string in said {
            let place = *this.numbers.entry(*string).or_insert(counts.len());
            match counts.get_mut(place) {
                Some((count, _)) => *count -= 1,
                None => {
                    counts.push((usize::MAX, place));
                    this.list.push(string);
                }
            }
        }
        counts.retain(|(count, place)| {
            let (count, cost) = (usize::MAX - count + 1, this.list.get(*place).map_or(0, |string| cost(string)));
            cost > 2 && count * cost > 2 * count + cost + 4
        });
        sort(&mut counts);
        let chosen: Vec<&str> = counts.iter().filter_map(|(_, place)| this.list.get(*place).copied()).collect();
        this.numbers.clear();
        for (place, string) in chosen.iter().enumerate() {
            this.numbers.insert(string, place + 1);
        }
        this.list = chosen;
        this
    }

    /// The number of a string.
    pub(super) fn number(&self, string: &str) -> Option<usize> {
        self.numbers.get(string).copied()
    }

    /// Writes what they stand for, one a line.
    pub(super) fn declare(&self, out: &mut String) {
        for (place, string) in self.list.iter().enumerate() {
            push_number(place + 1, out);
            out.push('=');
            out.push_str(string);
            out.push('\n');
        }
    }

    /// Writes the number of a string, and says whether it has one.
    pub(super) fn push(&self, string: &str, out: &mut String) -> bool {
        let number = self.number(string);
        number.into_iter().for_each(|number| push_number(number, out));
        number.is_some()
    }
}

/// What a number such as `$7` stands for.
pub(super) fn value_of<'a>(number: &str, values: &[&'a str]) -> Option<&'a str> {
    values.get(number.strip_prefix('$')?.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

fn push_number(number: usize, out: &mut String) {
    out.push('$');
    out.push_str(&number.to_string());
}
