//! Strings that are said often enough to be given a number.

use hashbrown::HashMap;

use super::super::cost::cost;
use super::value::Value;
use crate::ordered::sort_by_key;

/// The strings that have a number, and the numbers.
#[derive(Default)]
pub(super) struct Values<'v> {
    pub(super) list: Vec<&'v str>,
    numbers: HashMap<&'v str, usize>,
}

impl<'v> Values<'v> {
    /// Chooses among the strings of a document those that are cheaper to look up than to say.
    pub(super) fn of(value: &'v Value<'_>) -> Self {
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        count(value, &mut counts);
        let pays = |(text, (_, count)): &(&str, (usize, usize))| {
            let cost = cost(text);
            cost > 2 && count * cost > 2 * count + cost + 4
        };
        let mut chosen: Vec<(&str, (usize, usize))> = counts.into_iter().filter(pays).collect();
        sort_by_key(&mut chosen, |(_, (place, count))| (std::cmp::Reverse(*count), *place));
        let list: Vec<&str> = chosen.into_iter().map(|(text, _)| text).collect();
        let numbers = list.iter().enumerate().map(|(place, text)| (*text, place + 1)).collect();
        Self { list, numbers }
    }

    /// The number of a string.
    pub(super) fn number(&self, text: &str) -> Option<usize> {
        self.numbers.get(text).copied()
    }

    /// Their declarations, one a line.
    pub(super) fn declare(&self, out: &mut String) {
        for (place, text) in self.list.iter().enumerate() {
            out.push_str(&format!("${}={text}\n", place + 1));
        }
    }
}

/// Notes where each string was first and how often it is said.
fn count<'v>(value: &'v Value<'_>, counts: &mut HashMap<&'v str, (usize, usize)>) {
    match value {
        Value::Bare(_) => {}
        Value::Text(text) => {
            let place = counts.len();
            counts.entry(text).or_insert((place, 0)).1 += 1;
        }
        Value::List(items) => items.iter().for_each(|item| count(item, counts)),
        Value::Map(object) => object.entries.iter().for_each(|(_, item)| count(item, counts)),
    }
}
