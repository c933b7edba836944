//! Matches below the word: runs of letters that a query and a text share (McNamee and Mayfield, 2004).
//!
//! They need no dictionary, no stemmer and no spaces, so they carry compounds, inflections and scripts that nothing else
//! here knows. Only the query's own grams are looked for, which keeps it one multiplication a letter.

use hashbrown::HashMap;

use super::case::lower;
use super::corpus::{Corpus, Material};
use super::lexical::rarity;

/// Letters in a gram of an alphabet, and of a script whose signs are syllables or words.
const LETTERS: usize = 4;
const SIGNS: usize = 2;
/// More different grams than this of one query are not looked at.
const MOST: usize = 1024;

/// What share of the query's grams, by rarity, each unit and each passage holds.
#[derive(Debug, Default)]
pub(crate) struct Shares {
    pub(crate) units: Vec<f64>,
    pub(crate) passages: Vec<f64>,
}

/// Looks for the grams of `query` in all units.
pub(crate) fn shares(query: &str, material: &Material<'_>, corpus: &Corpus) -> Shares {
    let mut ids: HashMap<u32, u16> = HashMap::new();
    each(query, |gram| {
        let next = u16::try_from(ids.len()).unwrap_or(u16::MAX);
        if ids.len() < MOST {
            ids.entry(gram).or_insert(next);
        }
    });
    let mut found = Found::new(ids.len(), filter_of(ids.keys().copied()));
    for unit in material.units {
        let text = material.texts.get(unit.part).and_then(|text| text.get(unit.span.clone())).unwrap_or_default();
        found.read(text, &ids);
    }
    found.weigh(corpus)
}

/// One bit for each of the hashes' low 12 bits: most letters of a text end here.
fn filter_of(grams: impl Iterator<Item = u32>) -> Vec<u64> {
    let mut filter = vec![0_u64; 64];
    for gram in grams {
        if let Some(word) = filter.get_mut((gram >> 6) as usize % 64) {
            *word |= 1 << (gram % 64);
        }
    }
    filter
}

/// The query's grams in each unit, each once.
struct Found {
    filter: Vec<u64>,
    seen: Vec<u32>,
    grams: Vec<u16>,
    ends: Vec<usize>,
}

impl Found {
    fn new(count: usize, filter: Vec<u64>) -> Self {
        Self { filter, seen: vec![0; count], grams: Vec::new(), ends: Vec::new() }
    }

    fn read(&mut self, text: &str, ids: &HashMap<u32, u16>) {
        let turn = u32::try_from(self.ends.len() + 1).unwrap_or(u32::MAX);
        let Self { filter, seen, grams, .. } = self;
        each(text, |gram| {
            let passes = filter.get((gram >> 6) as usize % 64).is_some_and(|word| word >> (gram % 64) & 1 == 1);
            if passes
                && let Some(id) = ids.get(&gram)
                && let Some(last) = seen.get_mut(usize::from(*id))
                && *last != turn
            {
                *last = turn;
                grams.push(*id);
            }
        });
        self.ends.push(self.grams.len());
    }

    fn weigh(&self, corpus: &Corpus) -> Shares {
        let sets = self.passage_sets(corpus);
        let mut counts = vec![0_u32; self.seen.len()];
        sets.iter().flatten().filter_map(|id| counts.get_mut(usize::from(*id)).map(|count| *count += 1)).count();
        let weights: Vec<f64> =
            counts.iter().map(|count| if *count == 0 { 0.0 } else { rarity(*count, sets.len()) }).collect();
        let all = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let share = |ids: &[u16]| ids.iter().filter_map(|id| weights.get(usize::from(*id))).sum::<f64>() / all;
        let units = (0..self.ends.len()).map(|unit| share(self.unit(unit))).collect();
        Shares { units, passages: sets.iter().map(|set| share(set)).collect() }
    }

    fn unit(&self, unit: usize) -> &[u16] {
        let start = unit.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.grams.get(start..self.ends.get(unit).copied().unwrap_or(start)).unwrap_or_default()
    }

    fn passage_sets(&self, corpus: &Corpus) -> Vec<Vec<u16>> {
        let each = corpus.passages.iter().map(|passage| {
            let mut set: Vec<u16> = passage.units.clone().flat_map(|unit| self.unit(unit)).copied().collect();
            set.sort_unstable();
            set.dedup();
            set
        });
        each.collect()
    }
}

/// Calls `found` with the hash of each gram of `text`; what is between words counts as one space.
fn each(text: &str, mut found: impl FnMut(u32)) {
    let mut last = Last::new();
    let mut push = |code: u32, sign: bool| {
        if let Some(gram) = last.push(code, sign) {
            found(gram);
        }
    };
    let mut spaced = true;
    for letter in text.chars() {
        if letter.is_alphanumeric() || is_mark(letter) {
            let letter = lower(letter);
            push(u32::from(letter), is_sign(letter));
            spaced = false;
        } else if !spaced {
            push(SPACE, false);
            spaced = true;
        }
    }
    if !spaced {
        push(SPACE, false);
    }
}

const SPACE: u32 = 0;

/// The last letters, in one number of 16 bits for each.
struct Last {
    codes: u64,
    /// One bit for each: whether it is a space.
    spaces: u32,
    /// Signs in a row.
    run: usize,
    /// Letters and spaces since the last sign.
    letters: usize,
}

impl Last {
    /// A text begins as after a space.
    const fn new() -> Self {
        Self { codes: 0, spaces: 0b1111, run: 0, letters: 1 }
    }

    /// Takes one more, and gives the hash of the gram that it ends.
    fn push(&mut self, code: u32, sign: bool) -> Option<u32> {
        self.codes = self.codes << 16 | u64::from((code ^ code >> 16) as u16);
        self.spaces = (self.spaces << 1 | u32::from(code == SPACE)) & 0b1111;
        self.run = (self.run + 1) * usize::from(sign);
        self.letters = (self.letters + 1) * usize::from(!sign);
        let gram = if sign {
            (self.run >= SIGNS).then_some(self.codes & 0xffff_ffff)
        } else {
            (self.letters >= LETTERS && self.spaces.count_ones() <= 1).then_some(self.codes)
        };
        gram.map(|gram| (gram.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32)
    }
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{963}' | '\u{966}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Tells whether a letter stands for a syllable or a word.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::each;

    fn grams(text: &str) -> Vec<u32> {
        let mut all = Vec::new();
        each(text, |gram| all.push(gram));
        all
    }

    #[test]
    fn compounds_and_inflections_share_grams() {
        let share = |a: &str, b: &str| grams(a).iter().filter(|gram| grams(b).contains(gram)).count();
        assert!(share("Fußballspieler", "Spieler") >= 4);
        assert!(share("yazarlarından", "yazarlar") >= 5);
        assert!(share("โรงเรียน", "ที่โรงเรียนนี้") >= 4);
        assert_eq!(share("harbour", "window"), 0);
    }

    #[test]
    fn signs_go_in_pairs() {
        assert_eq!(grams("氧气室").len(), 2);
        assert_eq!(grams("한국어를").len(), 3);
    }
}
