//! Unicode's Normalization Form C (UAX #15), with tables that come with the tokenizer: only those of one family need it, and
//! the tables are as large as a tenth of the core.
//!
//! The section has three lists, each with its number of entries in four bytes before it, of numbers of four bytes each:
//! decompositions as two (a character, and the first two that it is made of, the second 0 where it is one; sorted),
//! combining classes (a character above eight bits of its class; sorted), and compositions (two characters and what they
//! make; sorted).

use std::borrow::Cow;

use crate::pack::bytes::Bytes;
use trimtab_error::Result;

use super::STABLE;
use super::split::{Splits, char_at};

#[derive(Debug)]
pub(super) struct Nfc {
    decompositions: Vec<[u32; 3]>,
    classes: Vec<u32>,
    compositions: Vec<[u32; 3]>,
}

/// Hangul syllables are made by arithmetic (Unicode, section 3.12).
const SYLLABLES: u32 = 0xac00;
const LEADS: u32 = 0x1100;
const VOWELS: u32 = 0x1161;
const TAILS: u32 = 0x11a7;
const LEAD_COUNT: u32 = 19;
const VOWEL_COUNT: u32 = 21;
const TAIL_COUNT: u32 = 28;

/// More than any character needs: tables that lead in a circle must not end in a trap.
const DEEPEST: usize = 8;

impl Nfc {
    pub(super) fn read(section: &[u8]) -> Result<Self> {
        let mut rest = Bytes::new(section);
        let decompositions = triples(&mut rest)?;
        let classes = numbers(&mut rest, 1)?;
        let compositions = triples(&mut rest)?;
        Ok(Self { decompositions, classes, compositions })
    }

    /// `text` in NFC. Characters that are stable begin a part that the text before can't change.
    pub(super) fn of<'a>(&self, text: &'a str, splits: &Splits) -> Cow<'a, str> {
        let mut made = String::new();
        let (mut done, mut before, mut at) = (0, 0, 0);
        while let Some((char, length)) = char_at(text.as_bytes(), at) {
            // Nothing below U+0300 changes unless something at or above follows it.
            if char < 0x300 || splits.class_of(char) & STABLE != 0 {
                before = at;
                at += length;
                continue;
            }
            let end = end_of_unstable(text.as_bytes(), at, splits);
            made.push_str(text.get(done..before).unwrap_or_default());
            self.compose(text.get(before..end).unwrap_or_default(), &mut made);
            (done, before, at) = (end, end, end);
        }
        if done == 0 {
            return Cow::Borrowed(text);
        }
        made.push_str(text.get(done..).unwrap_or_default());
        Cow::Owned(made)
    }

    /// Adds `part` in NFC.
    fn compose(&self, part: &str, made: &mut String) {
        let mut chars = Vec::new();
        part.chars().for_each(|char| self.decompose(u32::from(char), DEEPEST, &mut chars));
        order(&mut chars);
        // Where the last starter is, and the class of what was last kept after it.
        let (mut kept, mut starter, mut last) = (Vec::<(u32, u8)>::new(), None::<usize>, 0);
        for (char, class) in chars {
            let blocked = starter.is_none_or(|starter| starter + 1 != kept.len() && last >= class);
            let pair = starter.and_then(|starter| kept.get(starter)).and_then(|(first, _)| self.pair(*first, char));
            if let (false, Some(both), Some(slot)) = (blocked, pair, starter.and_then(|at| kept.get_mut(at))) {
                slot.0 = both;
                continue;
            }
            if class == 0 {
                starter = Some(kept.len());
            }
            last = class;
            kept.push((char, class));
        }
        made.extend(kept.into_iter().filter_map(|(char, _)| char::from_u32(char)));
    }

    fn decompose(&self, char: u32, depth: usize, into: &mut Vec<(u32, u8)>) {
        if let Some(syllable) = char.checked_sub(SYLLABLES).filter(|at| *at < LEAD_COUNT * VOWEL_COUNT * TAIL_COUNT) {
            into.push((LEADS + syllable / (VOWEL_COUNT * TAIL_COUNT), 0));
            into.push((VOWELS + syllable / TAIL_COUNT % VOWEL_COUNT, 0));
            let tail = syllable % TAIL_COUNT;
            into.extend((tail != 0).then_some((TAILS + tail, 0)));
            return;
        }
        let found = self.decompositions.binary_search_by_key(&char, |[whole, ..]| *whole).ok();
        let Some([_, first, second]) = found.and_then(|at| self.decompositions.get(at)).filter(|_| depth > 0) else {
            return into.push((char, self.class(char)));
        };
        // A second character is never made of others.
        self.decompose(*first, depth - 1, into);
        if *second != 0 {
            into.push((*second, self.class(*second)));
        }
    }

    fn class(&self, char: u32) -> u8 {
        let found = self.classes.binary_search_by_key(&char, |entry| entry >> 8).ok();
        found.and_then(|at| self.classes.get(at)).map_or(0, |entry| *entry as u8)
    }

    fn pair(&self, first: u32, second: u32) -> Option<u32> {
        let (lead, vowel) = (first.wrapping_sub(LEADS), second.wrapping_sub(VOWELS));
        if lead < LEAD_COUNT && vowel < VOWEL_COUNT {
            return Some(SYLLABLES + (lead * VOWEL_COUNT + vowel) * TAIL_COUNT);
        }
        let (syllable, tail) = (first.wrapping_sub(SYLLABLES), second.wrapping_sub(TAILS));
        let is_open = syllable < LEAD_COUNT * VOWEL_COUNT * TAIL_COUNT && syllable.is_multiple_of(TAIL_COUNT);
        if is_open && (1..TAIL_COUNT).contains(&tail) {
            return Some(first + tail);
        }
        let found =
            self.compositions.binary_search_by_key(&(first, second), |[first, second, _]| (*first, *second)).ok();
        found.and_then(|at| self.compositions.get(at)).map(|[.., both]| *both)
    }
}

fn end_of_unstable(text: &[u8], at: usize, splits: &Splits) -> usize {
    let mut end = at;
    while let Some((char, length)) = char_at(text, end) {
        if splits.class_of(char) & STABLE != 0 {
            break;
        }
        end += length;
    }
    end
}

/// The most marks in a row that are put in order by moving one after the other.
const FEW: usize = 32;

/// Puts marks in the order of their classes, equals as they were, between starters, which stay.
fn order(chars: &mut [(u32, u8)]) {
    for marks in chars.split_mut(|(_, class)| *class == 0) {
        if marks.len() <= FEW {
            for last in 1..marks.len() {
                let mut at = last;
                while at > 0 && marks.get(at - 1).map(|mark| mark.1) > marks.get(at).map(|mark| mark.1) {
                    marks.swap(at - 1, at);
                    at -= 1;
                }
            }
            continue;
        }
        // A text may be a megabyte of marks: one pass for each class.
        let all = marks.to_vec();
        let in_order = (1..=u8::MAX).flat_map(|class| all.iter().filter(move |mark| mark.1 == class));
        marks.iter_mut().zip(in_order).for_each(|(slot, mark)| *slot = *mark);
    }
}

fn numbers(rest: &mut Bytes<'_>, each: usize) -> Result<Vec<u32>> {
    let count = rest.len("table of NFC")?;
    let bytes = rest.take(count.saturating_mul(each * 4), "table of NFC")?;
    Ok(bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number)).collect())
}

fn triples(rest: &mut Bytes<'_>) -> Result<Vec<[u32; 3]>> {
    Ok(numbers(rest, 3)?.as_chunks().0.to_vec())
}
