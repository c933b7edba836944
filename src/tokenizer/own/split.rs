//! Splits text by automata over classes of characters, one after the other, each within the pieces of the one before.
//!
//! An automaton finds the match of a regular expression that starts at a place, of several the one that a backtracking
//! engine prefers. A state tells whether a match ended *before* the character that led to it, so that an expression can
//! look one character ahead. What lies between matches is a piece too.
//!
//! An automaton in the pack: the number of classes, of states, and the first state that tells of a match, a byte each; then
//! for each state the next one for each class and for the end. State 0 is the one that nothing leads out of, 1 the first.

use crate::pack::bytes::Bytes;
use crate::pack::invalid;
use trimtab_error::Result;

use super::{STABLE, WORD};

const BLOCK: usize = 128;
const CLASS: u8 = !(STABLE | WORD);
const START: u8 = 1;

#[derive(Debug)]
pub(super) struct Splits {
    index: Vec<u16>,
    blocks: Vec<u8>,
    automata: Vec<Automaton>,
}

#[derive(Debug)]
struct Automaton {
    /// Of classes, and one more for the end.
    classes: usize,
    first_match: u8,
    next: Vec<u8>,
}

impl Splits {
    pub(super) fn read(index: &[u8], blocks: &[u8], automata: &[u8]) -> Result<Self> {
        let index = index.as_chunks().0.iter().map(|block| u16::from_le_bytes(*block)).collect();
        let mut rest = Bytes::new(automata);
        let mut automata = Vec::new();
        while !rest.is_empty() {
            let [classes, states, first_match] = rest.array("list of automata")?;
            let classes = usize::from(classes) + 1;
            let next = rest.take(usize::from(states) * classes, "list of automata")?.to_vec();
            if next.iter().any(|state| *state >= states) {
                return Err(invalid("an automaton leads to a state that it does not have"));
            }
            automata.push(Automaton { classes, first_match, next });
        }
        Ok(Self { index, blocks: blocks.to_vec(), automata })
    }

    /// The class of the character at `at`, with the bits beside it; `None` at the end.
    pub(super) fn class(&self, text: &[u8], at: usize) -> Option<u8> {
        char_at(text, at).map(|(char, _)| self.class_of(char))
    }

    #[inline(always)]
    pub(super) fn class_of(&self, char: u32) -> u8 {
        let block = self.index.get(char as usize / BLOCK).copied().unwrap_or(0);
        self.blocks.get(usize::from(block) * BLOCK + char as usize % BLOCK).copied().unwrap_or(0)
    }

    /// Calls `visit` with where each piece starts and ends, until it says to stop, and gives what it said last.
    pub(super) fn each(&self, text: &[u8], visit: &mut dyn FnMut(usize, usize) -> bool) -> bool {
        self.each_from(0, text, 0, visit)
    }

    fn each_from(&self, level: usize, text: &[u8], start: usize, visit: &mut dyn FnMut(usize, usize) -> bool) -> bool {
        let Some(automaton) = self.automata.get(level) else { return start >= text.len() || visit(start, text.len()) };
        let (mut done, mut at) = (start, start);
        let mut deeper = |from: usize, to: usize| {
            from >= to || self.each_from(level + 1, text.get(..to).unwrap_or_default(), from, visit)
        };
        while at < text.len() {
            let end = self.end(automaton, text, at);
            if end == at {
                at += length(text, at);
                continue;
            }
            if !deeper(done, at) || !deeper(at, end) {
                return false;
            }
            (done, at) = (end, end);
        }
        deeper(done, at)
    }

    /// Where the match that starts at `start` ends, or `start` where there is none.
    fn end(&self, automaton: &Automaton, text: &[u8], start: usize) -> usize {
        let (mut state, mut at, mut end) = (START, start, start);
        loop {
            let char = char_at(text, at);
            let class = char.map_or(automaton.classes - 1, |(char, _)| usize::from(self.class_of(char) & CLASS));
            state = automaton.next.get(usize::from(state) * automaton.classes + class).copied().unwrap_or(0);
            if state >= automaton.first_match {
                end = at;
            }
            match char {
                Some((_, length)) if state != 0 => at += length,
                _ => return end,
            }
        }
    }
}

/// The character at `at` and its length, or `None` at the end.
pub(super) fn char_at(text: &[u8], at: usize) -> Option<(u32, usize)> {
    let first = *text.get(at)?;
    if first < 0x80 {
        return Some((u32::from(first), 1));
    }
    let next = |i: usize| u32::from(text.get(at + i).copied().unwrap_or(0) & 0x3f);
    let first = u32::from(first);
    Some(match first {
        0xf0.. => ((first & 7) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4),
        0xe0.. => ((first & 15) << 12 | next(1) << 6 | next(2), 3),
        _ => ((first & 31) << 6 | next(1), 2),
    })
}

/// The length of the character at `at`, which is before the end.
pub(super) fn length(text: &[u8], at: usize) -> usize {
    char_at(text, at).map_or(1, |(_, length)| length)
}

/// Where the character before `at` starts.
pub(super) fn last_char(text: &[u8], at: usize) -> Option<usize> {
    text.get(..at)?.iter().rposition(|byte| byte & 0xc0 != 0x80)
}
