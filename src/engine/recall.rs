//! What was found out of texts before, since most of a prompt is what the last one was: the counts of stretches, and the
//! forms of segments.

use std::cell::{Cell, RefCell};
use std::hash::Hasher;
use std::rc::Rc;

use siphasher::sip128::{Hasher128, SipHasher13};

use super::generations::Generations;
use crate::forms::{Asked, Choice, Memory};
use crate::tokenizer::{CountTokens, Tokenizer};

/// A stretch goes on for at least so many bytes: below, counting is as fast as remembering.
const SHORTEST: usize = 32;
/// Stretches known in each of two generations; one takes about 40 bytes.
const STRETCHES: usize = 32_768;
/// The bytes of the forms known in each of two generations.
const FORMS: usize = 1 << 20;
/// What it takes to know that no form is cheaper.
const NO_FORM: usize = 40;

/// Counts with a tokenizer, and remembers the counts of stretches: exactly what the tokenizer counts, and faster where a
/// text was seen before, however little of it.
pub struct Recall {
    tokenizer: Rc<Tokenizer>,
    stretches: RefCell<Generations<u32>>,
    forms: RefCell<Generations<Option<Choice>>>,
    recalled: Cell<usize>,
    cuts: Cuts,
}

/// Where a text may be cut for its parts to count as much as the whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cuts {
    /// Before a letter that begins a line.
    Lines,
    /// There too, but only where something visible ends the line before: white space would join the line's end.
    VisibleLines,
    /// Nowhere: how a tokenizer that the caller brought splits is not known here.
    Nowhere,
}

impl Cuts {
    fn of(tokenizer: &Tokenizer) -> Self {
        match tokenizer.encoding().pack {
            "o200k_base" | "cl100k_base" => Self::Lines,
            "p50k_base" | "r50k_base" => Self::VisibleLines,
            _ => Self::Nowhere,
        }
    }
}

impl Recall {
    /// Starts with nothing known.
    pub fn new(tokenizer: Rc<Tokenizer>) -> Self {
        let cuts = Cuts::of(&tokenizer);
        let stretches = RefCell::new(Generations::new(STRETCHES, |_| 1));
        let forms = RefCell::new(Generations::new(FORMS, |choice: &Option<Choice>| {
            choice.as_ref().map_or(NO_FORM, Choice::size)
        }));
        Self { tokenizer, stretches, forms, recalled: Cell::new(0), cuts }
    }

    /// The tokenizer that counts what is not known.
    pub const fn tokenizer(&self) -> &Rc<Tokenizer> {
        &self.tokenizer
    }

    /// Counts `text`, and tells how many of its tokens were known.
    pub fn count_with_share(&self, text: &str) -> (usize, usize) {
        let before = self.recalled.get();
        let count = self.count(text);
        (count, self.recalled.get() - before)
    }

    fn stretch(&self, text: &str) -> usize {
        if text.len() < SHORTEST {
            return self.tokenizer.count(text);
        }
        let key = key(text, 0);
        if let Some(count) = self.stretches.borrow_mut().get(key) {
            self.recalled.set(self.recalled.get() + count as usize);
            return count as usize;
        }
        let count = self.tokenizer.count(text);
        self.stretches.borrow_mut().put(key, count as u32);
        count
    }

    /// Cuts the first stretch off: up to a letter that begins a line.
    ///
    /// No token reaches across such a place, and what stands before it is split as if it stood alone: every encoding ends a
    /// piece with the end of a line, and no piece that begins with an ASCII letter begins earlier.
    fn cut<'t>(&self, text: &'t str) -> (&'t str, &'t str) {
        if self.cuts == Cuts::Nowhere {
            return (text, "");
        }
        let bytes = text.as_bytes();
        let is = |at: usize, wanted: fn(&u8) -> bool| bytes.get(at).is_some_and(wanted);
        let is_cut = |end: &usize| {
            let is_line = is(end + 1, u8::is_ascii_alphabetic);
            is_line && (self.cuts == Cuts::Lines || is(end - 1, u8::is_ascii_graphic))
        };
        let far = bytes.get(SHORTEST - 1..).unwrap_or_default();
        let ends = far.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + SHORTEST - 1);
        let cut = ends.filter(is_cut).map(|end| end + 1).next();
        cut.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
    }
}

impl CountTokens for Recall {
    fn count(&self, text: &str) -> usize {
        self.count_up_to(text, usize::MAX).unwrap_or(usize::MAX)
    }

    fn count_up_to(&self, text: &str, limit: usize) -> Option<usize> {
        let (mut rest, mut sum) = (text, 0);
        while !rest.is_empty() {
            let (stretch, after) = self.cut(rest);
            sum += self.stretch(stretch);
            if sum > limit {
                return None;
            }
            rest = after;
        }
        Some(sum)
    }
}

impl Memory for Recall {
    fn recall(&self, asked: &Asked<'_>) -> Option<Option<Choice>> {
        self.forms.borrow_mut().get(key_of(asked))
    }

    fn keep(&self, asked: &Asked<'_>, choice: Option<&Choice>) {
        self.forms.borrow_mut().put(key_of(asked), choice.cloned());
    }
}

fn key_of(asked: &Asked<'_>) -> u128 {
    key(asked.source, asked.kind as u8 * 4 + u8::from(asked.all_stays) * 2 + u8::from(asked.dense))
}

fn key(text: &str, of: u8) -> u128 {
    let mut hasher = SipHasher13::new();
    hasher.write(text.as_bytes());
    hasher.write_u8(of);
    hasher.finish128().as_u128()
}

impl std::fmt::Debug for Recall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recall").finish_non_exhaustive()
    }
}
