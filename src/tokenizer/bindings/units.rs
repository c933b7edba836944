//! Places in a text, in UTF-16 code units as JavaScript counts.

use std::ops::Range;

/// The starts and ends of `ranges`, in turn. Both go upwards from range to range.
pub(super) fn of_ranges(text: &str, ranges: &[Range<usize>]) -> Vec<u32> {
    let mut starts = Cursor { text, at: 0, units: 0 };
    let mut ends = Cursor { text, at: 0, units: 0 };
    ranges.iter().flat_map(|range| [starts.units_to(range.start), ends.units_to(range.end)]).collect()
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
    units: u32,
}

impl Cursor<'_> {
    fn units_to(&mut self, at: usize) -> u32 {
        let passed = self.text.get(self.at..at).unwrap_or_default();
        self.units += passed.chars().map(|char| char.len_utf16() as u32).sum::<u32>();
        self.at = at;
        self.units
    }
}
