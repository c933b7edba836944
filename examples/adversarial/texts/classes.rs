//! Where the classes that the pre-tokenizers tell apart begin and end.

use std::collections::BTreeSet;

use regex_syntax::hir::{Class, HirKind};

/// The general categories of Unicode, and the one property that the patterns use beside them.
const CLASSES: &[&str] = &[
    "Lu",
    "Ll",
    "Lt",
    "Lm",
    "Lo",
    "Mn",
    "Mc",
    "Me",
    "Nd",
    "Nl",
    "No",
    "Pc",
    "Pd",
    "Ps",
    "Pe",
    "Pi",
    "Pf",
    "Po",
    "Sm",
    "Sc",
    "Sk",
    "So",
    "Zs",
    "Zl",
    "Zp",
    "Cc",
    "Cf",
    "Co",
    "Cn",
    "White_Space",
];

/// First and last characters of the ranges of `class`.
fn ranges(class: &str) -> Vec<(char, char)> {
    let hir = regex_syntax::parse(&format!(r"\p{{{class}}}")).expect("Unicode has this class");
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => class.iter().map(|range| (range.start(), range.end())).collect(),
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).expect("a class of characters is text");
            text.chars().map(|only| (only, only)).collect()
        }
        other => panic!("{class} is {other:?}"),
    }
}

/// Every character that is first or last in a range of some class: its neighbour is of another one.
pub(crate) fn edges() -> Vec<char> {
    let all = CLASSES.iter().flat_map(|class| ranges(class)).flat_map(|(first, last)| [first, last]);
    all.collect::<BTreeSet<char>>().into_iter().collect()
}

/// A few characters of every class, each list from one class: first, last, and some between.
pub(crate) fn samples() -> Vec<Vec<char>> {
    CLASSES.iter().map(|class| sample(&ranges(class))).collect()
}

fn sample(ranges: &[(char, char)]) -> Vec<char> {
    let step = ranges.len().div_ceil(12);
    ranges.iter().step_by(step).flat_map(|(first, last)| [*first, *last]).collect()
}

/// The digits of every script, ten by ten.
pub(crate) fn digits() -> Vec<Vec<char>> {
    let all: Vec<char> = ranges("Nd").into_iter().flat_map(|(first, last)| first..=last).collect();
    all.chunks(10).map(<[char]>::to_vec).collect()
}
