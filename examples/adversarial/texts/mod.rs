//! The adversarial set: texts, as JavaScript holds them.

mod classes;
mod kinds;
mod random;

use std::collections::HashSet;

use kinds::{KINDS, Stock};
pub(crate) use random::Random;

/// How many texts there are beside the code units and the megabytes.
pub(crate) const COUNT: usize = 50_000;

const SEED: u64 = 0x7472_696d_7461_6221;

/// What stands around a character at the edge of a class: on each side of it something of another class.
const AROUND: &[(&str, &str)] =
    &[("a", "b"), ("A", "B"), ("1", "2"), (" ", " "), ("\n", "x"), ("!", "\n"), ("'", "s"), ("x'", ""), (" ", "é")];

/// `COUNT` different texts: every edge of every class in some surroundings, and then kind after kind.
pub(crate) fn texts() -> Vec<Vec<u16>> {
    let mut random = Random::new(SEED);
    let mut all = vec![Vec::new()];
    let mut seen: HashSet<Vec<u16>> = all.iter().cloned().collect();
    for text in edges(&mut random).into_iter().chain(drawn(Random::new(SEED + 1))) {
        if all.len() == COUNT {
            break;
        }
        if seen.insert(text.clone()) {
            all.push(text);
        }
    }
    all
}

fn edges(random: &mut Random) -> Vec<Vec<u16>> {
    let surrounded = |edge: char| {
        let (before, after) = AROUND[random.below(AROUND.len())];
        format!("{before}{edge}{after}{edge}{edge}{before}").encode_utf16().collect()
    };
    classes::edges().into_iter().map(surrounded).collect()
}

/// Texts without end, each of the next kind; one in five is two kinds in a row.
pub(crate) fn drawn(mut random: Random) -> impl Iterator<Item = Vec<u16>> {
    let stock = Stock::new();
    (0..).map(move |turn: usize| {
        let mut text = Vec::new();
        KINDS[turn % KINDS.len()](&stock, &mut random, &mut text);
        if random.chance(20) {
            KINDS[random.below(KINDS.len())](&stock, &mut random, &mut text);
        }
        text
    })
}

/// Each of the 65,536 code units alone.
pub(crate) fn units() -> impl Iterator<Item = Vec<u16>> {
    (0..=u16::MAX).map(|unit| vec![unit])
}

/// A megabyte each of what makes tokenizers slow.
pub(crate) fn megabytes() -> Vec<String> {
    let units = ["a", "abcdefghijklmnopqrstuvwxyz", " ", "\n", "0", "!", "漢", "👍"];
    let mut all: Vec<String> = units.iter().map(|unit| unit.repeat(1_000_000 / unit.len())).collect();
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut random = Random::new(SEED + 2);
    all.push((0..1_000_000).map(|_| char::from(digits[random.below(digits.len())])).collect());
    all
}
