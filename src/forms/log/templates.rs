//! Finds the lines that were printed by the same statement.
//!
//! After the idea of He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree" (ICWS 2017): lines with
//! the same signs between their words are compared word by word, and words with digits are expected to differ.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashMap};

/// How many templates of one length a line is compared with, the latest used first; bounds the work.
const CANDIDATES: usize = 24;

/// What a byte is to the splitting of lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Digit,
    /// Words end at it: the marks of times, space, and what sets values off in most logs.
    ///
    /// Not the colon, the dot and the dash, which hold times, addresses and names together.
    Sign,
}

/// The class of every byte; a table, because all bytes of a log are asked for.
#[expect(clippy::indexing_slicing, reason = "the compiler runs it")]
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let signs = b" \t\r|,=;()[]{}\"$\x01\x02\x03";
    let mut at = 0;
    while at < signs.len() {
        classes[signs[at] as usize] = Class::Sign;
        at += 1;
    }
    let mut digit = b'0';
    while digit <= b'9' {
        classes[digit as usize] = Class::Digit;
        digit += 1;
    }
    classes
};

/// Words that lines of one template share, and the words that differ.
pub(super) struct Template<'a> {
    pub(super) words: Vec<Word<'a>>,
    /// The signs between the words; after the last there is none.
    pub(super) signs: Vec<u8>,
    pub(super) count: usize,
    /// The line that lines are compared with: comparing with what is left of many would take in ever more.
    exemplar: usize,
}

/// One place in a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word<'a> {
    /// Every line has this word here.
    Fixed(&'a str),
    /// Words here differ between these two ends.
    Varies { prefix: &'a str, suffix: &'a str },
}

/// The lines of a log as words, and the templates they were printed by.
pub(super) struct Grouped<'a> {
    pub(super) templates: Vec<Template<'a>>,
    /// For each line the place of its template.
    pub(super) of_line: Vec<usize>,
    words: Vec<&'a str>,
    /// Which of the words have a digit.
    digits: Vec<bool>,
    /// Where the words of each line end.
    ends: Vec<usize>,
}

impl<'a> Grouped<'a> {
    /// The words of a line.
    pub(super) fn words(&self, line: usize) -> &[&'a str] {
        self.words.get(self.span(line)).unwrap_or_default()
    }

    /// The words of a line, and which of them have a digit.
    fn described(&self, line: usize) -> impl Iterator<Item = (&'a str, bool)> {
        let digits = self.digits.get(self.span(line)).unwrap_or_default();
        self.words(line).iter().copied().zip(digits.iter().copied())
    }

    fn span(&self, line: usize) -> Range<usize> {
        let start = line.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        start..self.ends.get(line).copied().unwrap_or(start)
    }

    /// Groups `lines`.
    pub(super) fn new(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut this = Self {
            templates: Vec::new(),
            of_line: Vec::new(),
            words: Vec::new(),
            digits: Vec::new(),
            ends: Vec::new(),
        };
        // By the hash of the signs: the templates of lines with these; and by the hash of the look as well: the latest.
        let mut recent: Vec<Vec<usize>> = Vec::new();
        let mut known: HashMap<u64, usize> = HashMap::new();
        let hasher = DefaultHashBuilder::default();
        let mut signs = Vec::new();
        for (line, text) in lines.enumerate() {
            signs.clear();
            split(text, &mut this.words, &mut signs, &mut this.digits);
            this.ends.push(this.words.len());
            let mut state = hasher.build_hasher();
            state.write(&signs);
            let kind = state.finish();
            for (word, _) in this.described(line).filter(|(_, has_digit)| !has_digit) {
                state.write(word.as_bytes());
                state.write_u8(0);
            }
            let look = state.finish() | 1;
            // A hash may deceive: the signs have to be the same, and then the line can be told by the template.
            let id = known.get(&look).copied().filter(|id| this.has_signs(*id, &signs)).unwrap_or_else(|| {
                let bucket = *known.entry(kind & !1).or_insert(recent.len());
                if bucket == recent.len() {
                    recent.push(Vec::new());
                }
                let id = recent.get_mut(bucket).map_or(0, |bucket| this.place(line, &signs, bucket));
                known.insert(look, id);
                id
            });
            this.join(id, line);
            this.of_line.push(id);
        }
        this
    }

    fn has_signs(&self, id: usize, signs: &[u8]) -> bool {
        self.templates.get(id).is_some_and(|template| template.signs == signs)
    }

    /// The template for a line whose look is new, made where there is none.
    fn place(&mut self, line: usize, signs: &[u8], bucket: &mut Vec<usize>) -> usize {
        let fits = |id: &usize| {
            let template = self.templates.get(*id).filter(|template| template.signs == signs);
            template.is_some_and(|template| fits(self.described(template.exemplar).zip(self.described(line))))
        };
        let found = bucket.iter().position(fits);
        let id = found.map_or(self.templates.len(), |place| bucket.remove(place));
        if found.is_none() {
            let words = self.words(line).iter().map(|word| Word::of(word)).collect();
            self.templates.push(Template { words, signs: signs.to_vec(), count: 0, exemplar: line });
        }
        bucket.insert(0, id);
        bucket.truncate(CANDIDATES);
        id
    }

    fn join(&mut self, id: usize, line: usize) {
        let start = self.span(line).start;
        let Some(template) = self.templates.get_mut(id) else { return };
        template.count += 1;
        for (word, other) in template.words.iter_mut().zip(self.words.iter().skip(start)) {
            *word = word.with(other);
        }
    }
}

/// Splits a line into words and the sign after each but the last, and says which words have a digit.
fn split<'a>(line: &'a str, words: &mut Vec<&'a str>, signs: &mut Vec<u8>, digits: &mut Vec<bool>) {
    let (mut start, mut has_digit) = (0, false);
    for (at, byte) in line.bytes().enumerate() {
        match CLASSES.get(usize::from(byte)) {
            Some(Class::Sign) => {
                words.push(line.get(start..at).unwrap_or_default());
                signs.push(byte);
                digits.push(has_digit);
                (start, has_digit) = (at + 1, false);
            }
            Some(Class::Digit) => has_digit = true,
            _ => {}
        }
    }
    words.push(line.get(start..).unwrap_or_default());
    digits.push(has_digit);
}

/// Whether most of the words without digits are the same in two lines; each word comes with whether it has a digit.
fn fits<'a>(pairs: impl Iterator<Item = ((&'a str, bool), (&'a str, bool))>) -> bool {
    let (mut alike, mut all) = (0, 0);
    for ((word, has_digit), (other, other_has)) in pairs {
        if word.is_empty() || (has_digit && other_has) {
            continue;
        }
        all += 1;
        alike += usize::from(word == other);
    }
    alike * 10 >= all * 6
}

impl Template<'_> {
    /// How many bytes a line saves by not saying what is fixed.
    pub(super) fn fixed_len(&self) -> usize {
        self.words
            .iter()
            .map(|word| match word {
                Word::Fixed(fixed) => fixed.len(),
                Word::Varies { prefix, suffix } => prefix.len() + suffix.len(),
            })
            .sum::<usize>()
            + self.signs.len()
    }
}

impl<'a> Word<'a> {
    /// A word by itself; one with the sign for a value in it can't be told from a place that varies, so it does.
    pub(super) fn of(word: &'a str) -> Self {
        if word.contains('*') { Self::Varies { prefix: "", suffix: "" } } else { Self::Fixed(word) }
    }

    fn with(self, other: &'a str) -> Self {
        let (prefix, suffix) = match self {
            Self::Fixed(fixed) if fixed == other => return self,
            Self::Fixed(fixed) => (fixed, fixed),
            Self::Varies { prefix, suffix } => (prefix, suffix),
        };
        let prefix = common_prefix(prefix, other);
        let rest = other.get(prefix.len()..).unwrap_or_default();
        let suffix = match self {
            Self::Fixed(fixed) => common_suffix(fixed.get(prefix.len()..).unwrap_or_default(), rest),
            Self::Varies { .. } => common_suffix(suffix, rest),
        };
        Self::Varies { prefix, suffix }
    }

    /// What a line has in this place that the template does not say.
    pub(super) fn value(self, word: &'a str) -> Option<&'a str> {
        match self {
            Self::Fixed(_) => None,
            Self::Varies { prefix, suffix } => word.strip_prefix(prefix)?.strip_suffix(suffix),
        }
    }
}

/// The common start of two words, cut back to where a name or number ends, so that none is torn.
fn common_prefix<'a>(one: &'a str, two: &str) -> &'a str {
    let end = alike(one.bytes(), two.bytes());
    one.get(..end).unwrap_or_default()
}

fn common_suffix<'a>(one: &'a str, two: &str) -> &'a str {
    let length = alike(one.bytes().rev(), two.bytes().rev());
    one.get(one.len() - length..).unwrap_or_default()
}

/// How many bytes are the same up to the last edge that is; the sign for a value is never among them.
fn alike(one: impl Iterator<Item = u8>, two: impl Iterator<Item = u8>) -> usize {
    let same = one.zip(two).take_while(|(a, b)| a == b && *a != b'*');
    same.enumerate().filter(|(_, (byte, _))| is_edge(*byte)).last().map_or(0, |(at, _)| at + 1)
}

fn is_edge(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric()
}
