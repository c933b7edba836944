//! The count pack: tokens sorted by their bytes, and a level for each. Lower levels merge first, and within a level what
//! is listed first.
//!
//! Many tokens are one word in several forms: ` the`, `The`, ` The`. A word is listed once, with the forms that are
//! tokens. Bits of a form: 1, a space before it; 2, its first letter in upper case.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | number of words |
//! | 4 | length of shapes |
//! | 4 | length of endings |
//! | … | shapes: how many bytes each word shares with the word before (high half of a byte) and has of its own (low half); 15 in the low half: both numbers follow, a byte each |
//! | … | endings: the bytes that each word has of its own |
//! | words | bit *f* is set when form *f* of the word is a token |
//! | … | levels: of all words in form 0, then in form 1, 2 and 3; from 255 on, 255 and the rest in a second byte |
//!
//! Most texts ask for few of the tokens, so they are read in sections, by the first byte of their words, when one is asked
//! for: a word shares nothing with one that starts with another byte.
//!
//! Both numbers in one byte are 6% smaller than a plane for each (`o200k_base`), and a word listed once instead of once a
//! form is 9% smaller (`cl100k_base`).

use super::bytes::Bytes;
use super::{LONGEST_TOKEN, Pack, invalid};
use crate::tables::SHORT;
use trimtab_error::Result;

pub(super) const KIND: u8 = 1;
const FORMS: usize = 4;
const SPACED: usize = 1;
const UPPER: usize = 2;
const ESCAPE: u8 = 255;
/// Levels are a byte and an escaped one, so there can't be more.
const LEVELS: usize = 512;
/// Words of several first bytes make one section until it has so many.
const SECTION: usize = 512;
/// Bytes that are copied at once where fewer would do.
const BLOCK: usize = 16;

/// A count pack that was checked, and is read section by section.
#[derive(Debug)]
pub(crate) struct Sections {
    raw: Vec<u8>,
    sections: Vec<Section>,
    /// The section of the words that start with each byte.
    by_byte: [u8; 256],
    /// By section, level and form: the order of the next token.
    next: Vec<u32>,
    /// How many tokens there are, single bytes included.
    pub(crate) len: usize,
    /// How many of them have at most `SHORT` bytes.
    pub(crate) shorts: usize,
}

/// Where the parts of a section start in the pack.
#[derive(Debug, Clone, Copy, Default)]
struct Section {
    shapes: usize,
    endings: usize,
    forms: usize,
    levels: [usize; FORMS],
    words: usize,
    tokens: [usize; FORMS],
}

impl Sections {
    /// Looks through the pack whose body starts at `body`: what is refused here is in no section.
    pub(super) fn open(raw: Vec<u8>, body: usize) -> Result<Self> {
        let mut rest = Bytes::new(raw.get(body..).unwrap_or_default());
        let words = rest.len("number of words")?;
        let (shapes, endings) = (rest.len("length of shapes")?, rest.len("length of endings")?);
        let (shapes, endings) = (rest.take(shapes, "list of shapes")?, rest.take(endings, "list of endings")?);
        let forms = rest.take(words, "list of forms")?;
        let levels = rest.rest();
        let start = |list: &[u8]| raw.len() - levels.len() - list.len();
        let starts = Section {
            shapes: start(forms) - endings.len() - shapes.len(),
            endings: start(forms) - endings.len(),
            forms: start(forms),
            ..Section::default()
        };
        let mut index = Index { sections: vec![], by_byte: [0; 256], shorts: 256 };
        index.add_words(starts, Words::new(shapes, endings), forms)?;
        let Index { mut sections, by_byte, shorts } = index;
        let (next, len) = places(levels, start(&[]), &mut sections)?;
        Ok(Self { raw, sections, by_byte, next, len, shorts })
    }

    /// The section with all words that start with `byte`.
    pub(crate) fn of_byte(&self, byte: u8) -> usize {
        self.by_byte.get(usize::from(byte)).map_or(0, |section| usize::from(*section))
    }

    pub(crate) fn count(&self) -> usize {
        self.sections.len()
    }

    /// Calls `add` with the tokens of a section: the order of each, a text, and where in that it starts and ends. To be
    /// called once for each section.
    pub(crate) fn read(&mut self, section: usize, mut add: impl FnMut(u32, &[u8], usize, usize)) {
        let Self { raw, sections, next, .. } = self;
        let Some(Section { shapes, endings, forms, mut levels, words, .. }) = sections.get(section).copied() else {
            return;
        };
        let after = |at: usize| raw.get(at..).unwrap_or_default();
        let mut list = Words::new(after(shapes), after(endings));
        // A space, and then the word.
        let mut text = [b' '; 1 + LONGEST_TOKEN + BLOCK];
        for forms in after(forms).iter().take(words) {
            let Ok(word) = list.next() else { return };
            word.write(&mut text);
            let [_, first, ..] = text;
            let mut left = *forms;
            while left != 0 {
                let form = left.trailing_zeros() as usize;
                left &= left - 1;
                let level = levels.get_mut(form).and_then(|at| level(raw, at)).unwrap_or(0);
                let Some(order) = next.get_mut(slot(section, level, form)) else { return };
                text[1] = if form & UPPER == 0 { first } else { first.to_ascii_uppercase() };
                add(*order, &text, 1 - (form & SPACED), 1 + word.len);
                *order += 1;
            }
            text[1] = first;
        }
    }

    /// All tokens, in order.
    pub(super) fn expand(mut self) -> Pack {
        let mut tokens: Vec<_> = (0..=u8::MAX).map(|byte| vec![byte]).collect();
        tokens.resize(self.len, vec![]);
        for section in 0..self.count() {
            self.read(section, |order, text, start, end| {
                if let Some(token) = tokens.get_mut(order as usize) {
                    token.extend_from_slice(text.get(start..end).unwrap_or_default());
                }
            });
        }
        let end = |end: &mut u32, token: &Vec<u8>| {
            *end += token.len() as u32;
            Some(*end)
        };
        Pack { ends: tokens.iter().scan(0, end).collect(), text: tokens.concat(), ids: false }
    }
}

/// What is found out about the words before any is read.
struct Index {
    sections: Vec<Section>,
    by_byte: [u8; 256],
    shorts: usize,
}

impl Index {
    fn add_words(&mut self, starts: Section, mut words: Words<'_>, forms: &[u8]) -> Result<()> {
        let (shapes, endings) = (words.shapes.left(), words.endings.len());
        let mut first = None;
        for (place, forms) in forms.iter().enumerate() {
            let at = Section {
                shapes: starts.shapes + shapes - words.shapes.left(),
                endings: starts.endings + endings - words.endings.len(),
                forms: starts.forms + place,
                ..starts
            };
            let word = words.next()?;
            if word.shared == 0 {
                let byte = word.rest.first().copied();
                if byte < first {
                    return Err(invalid("its words are out of order"));
                }
                if byte != first {
                    self.start(at, byte.unwrap_or(0));
                }
                first = byte;
            }
            self.add(word.len, *forms, first.is_some_and(|byte| byte.is_ascii_lowercase()))?;
        }
        if words.shapes.left() > 0 || !words.endings.is_empty() {
            return Err(invalid("it has more shapes or endings than words"));
        }
        Ok(())
    }

    /// Notes that words from `at` on start with `byte`.
    fn start(&mut self, at: Section, byte: u8) {
        if self.sections.last().is_none_or(|section| section.words >= SECTION) {
            self.sections.push(at);
        }
        if let Some(section) = self.by_byte.get_mut(usize::from(byte)) {
            *section = (self.sections.len() - 1) as u8;
        }
    }

    #[inline(always)]
    fn add(&mut self, len: usize, forms: u8, has_upper: bool) -> Result<()> {
        if forms >> FORMS != 0 {
            return Err(invalid("a word has a form that does not exist"));
        }
        if forms >> UPPER != 0 && !has_upper {
            return Err(invalid("a word has an upper case form and no lower case letter"));
        }
        let Some(section) = self.sections.last_mut() else { return Ok(()) };
        section.words += 1;
        for (form, tokens) in section.tokens.iter_mut().enumerate() {
            *tokens += usize::from(forms >> form & 1);
        }
        let spaced = if len < SHORT { forms } else { 0 };
        let short = (forms & (0b0101 * u8::from(len <= SHORT))) | spaced;
        self.shorts += short.count_ones() as usize;
        Ok(())
    }
}

/// The order of the first token of each section, level and form, and how many tokens there are. Tells the sections where
/// their levels start, which are at `start` of the pack.
fn places(levels: &[u8], start: usize, sections: &mut [Section]) -> Result<(Vec<u32>, usize)> {
    let mut places = vec![0; sections.len() * LEVELS * FORMS];
    let mut at = 0;
    for form in 0..FORMS {
        for (place, section) in sections.iter_mut().enumerate() {
            if let Some(levels) = section.levels.get_mut(form) {
                *levels = start + at;
            }
            for _ in 0..section.tokens.get(form).copied().unwrap_or(0) {
                let level = level(levels, &mut at);
                match level.and_then(|level| places.get_mut(slot(place, level, form))) {
                    Some(count) => *count += 1,
                    None => return Err(invalid("it has fewer levels than tokens")),
                }
            }
        }
    }
    if at != levels.len() {
        return Err(invalid("it has more levels than tokens"));
    }
    // After the single bytes.
    let mut sum = 256;
    for level in 0..LEVELS {
        for form in 0..FORMS {
            for section in 0..sections.len() {
                if let Some(place) = places.get_mut(slot(section, level, form)) {
                    sum += std::mem::replace(place, sum);
                }
            }
        }
    }
    Ok((places, sum as usize))
}

#[inline(always)]
fn slot(section: usize, level: usize, form: usize) -> usize {
    (section * LEVELS + level) * FORMS + form
}

/// The level at `at`, which moves behind it.
#[inline(always)]
fn level(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let level = *bytes.get(*at)?;
    *at += 1;
    if level < ESCAPE {
        return Some(usize::from(level));
    }
    let more = *bytes.get(*at)?;
    *at += 1;
    Some(usize::from(ESCAPE) + usize::from(more))
}

/// Words as they are listed, each by what it shares with the one before.
struct Words<'a> {
    shapes: Bytes<'a>,
    endings: &'a [u8],
    /// The length of the newest word.
    len: usize,
}

/// A word: as many bytes of the one before as it shares, and then those that `rest` starts with.
struct Word<'a> {
    shared: usize,
    len: usize,
    rest: &'a [u8],
}

impl<'a> Words<'a> {
    fn new(shapes: &'a [u8], endings: &'a [u8]) -> Self {
        Self { shapes: Bytes::new(shapes), endings, len: 0 }
    }

    #[inline(always)]
    fn next(&mut self) -> Result<Word<'a>> {
        let shape = self.shapes.byte("list of shapes")?;
        let (shared, own) = match (shape >> 4, shape & 15) {
            (_, 15) => (self.shapes.byte("list of shapes")?, self.shapes.byte("list of shapes")?),
            short => short,
        };
        let (shared, own) = (usize::from(shared), usize::from(own));
        // A space may come before it.
        if own == 0 || shared > self.len || shared + own >= LONGEST_TOKEN {
            return Err(invalid("a word is empty, too long, or shares more than there is"));
        }
        let rest = self.endings;
        self.endings = rest.get(own..).ok_or_else(|| invalid("its list of endings is cut short"))?;
        self.len = shared + own;
        Ok(Word { shared, len: self.len, rest })
    }
}

impl Word<'_> {
    /// Writes what the word does not share over the one before, which stands in `text` behind a byte.
    #[inline(always)]
    fn write(&self, text: &mut [u8; 1 + LONGEST_TOKEN + BLOCK]) {
        let (own, to) = (self.len - self.shared, 1 + self.shared);
        match (self.rest.first_chunk::<BLOCK>(), text.get_mut(to..).and_then(<[u8]>::first_chunk_mut)) {
            (Some(block), Some(slot)) if own <= BLOCK => *slot = *block,
            _ => {
                if let (Some(slot), Some(own)) = (text.get_mut(to..to + own), self.rest.get(..own)) {
                    slot.copy_from_slice(own);
                }
            }
        }
    }
}
