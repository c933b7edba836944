//! The look-up tables of one vocabulary.

use trimtab_error::{Error, ErrorKind, Result};

use crate::pack::{LONGEST_TOKEN, Opened, Pack, Sections};
use crate::tables::{Filter, Key, Long, NONE, Place, SHORT, Short};

/// Tokens are known by their order: of two that could be made by merging, the lower is made first.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    /// The bytes of the tokens, one after the other: of all where orders are ids, else of those of more than [`SHORT`].
    text: Vec<u8>,
    /// Where the bytes of each id end in `text`; they start where those of the one before end.
    ends: Vec<u32>,
    short: Short,
    long: Long,
    filter: Filter,
    len: u32,
    longest: usize,
    has_ids: bool,
    has_numbers: bool,
    /// What no text has asked for yet.
    unread: Option<Unread>,
    /// Whether no token has a part of a higher order: what all but the plainest ways of merging rely on.
    #[cfg(feature = "own")]
    pub(crate) has_parts_first: bool,
}

/// The sections of a pack that are not in the tables.
#[derive(Debug)]
struct Unread {
    sections: Sections,
    /// Whether the tables have all tokens that start with a byte, or with spaces and then the byte.
    has: [bool; 256],
    is_read: [bool; 256],
    left: usize,
}

/// Keeps an order in 25 bits, which is what merging has for it.
const MOST_TOKENS: usize = 1 << 24;
/// Tokens that one call adds. A runtime that starts with a quick compiler changes to a good one between calls, not within.
const AT_ONCE: u32 = 2048;

impl Vocabulary {
    /// Builds the tables of a pack, or what a text needs of them when one asks.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPack`] where a byte has no token, or its tokens are out of place.
    pub(crate) fn open(pack: Opened) -> Result<Self> {
        match pack {
            Opened::Full(pack) => Self::new(pack),
            Opened::Count(sections) => Self::of_sections(sections),
        }
    }

    /// Builds the tables of the tokens of `pack`, each of which has to be its own encoding.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(crate) fn new(pack: Pack) -> Result<Self> {
        let Pack { text, ends, ids } = pack;
        let mut before = 0;
        let mut shorts = 0;
        for end in &ends {
            let len = end.checked_sub(before).ok_or_else(out_of_place)? as usize;
            shorts += usize::from(len <= SHORT);
            before = *end;
        }
        if before as usize != text.len() || text.len() > Place::MOST {
            return Err(out_of_place());
        }
        let mut vocabulary = Self::empty(ends.len(), shorts, true)?;
        (vocabulary.text, vocabulary.ends, vocabulary.has_ids) = (text, ends, ids);
        vocabulary.add_all();
        if (0..=u8::MAX).any(|byte| vocabulary.whole(&[byte]) == NONE) {
            return Err(invalid("a byte has no token"));
        }
        vocabulary.has_numbers = vocabulary.find_numbers();
        Ok(vocabulary)
    }

    fn of_sections(sections: Sections) -> Result<Self> {
        if (sections.len - sections.shorts) * LONGEST_TOKEN > Place::MOST {
            return Err(out_of_place());
        }
        let mut vocabulary = Self::empty(sections.len, sections.shorts, false)?;
        for byte in 0..=u8::MAX {
            vocabulary.add_token(u32::from(byte), &[byte], 0, 1);
        }
        let left = sections.count();
        vocabulary.unread = Some(Unread { sections, has: [false; 256], is_read: [false; 256], left });
        // Words that start with spaces are in no other section.
        vocabulary.read(b' ');
        Ok(vocabulary)
    }

    fn empty(len: usize, shorts: usize, at_once: bool) -> Result<Self> {
        if len >= MOST_TOKENS {
            return Err(out_of_place());
        }
        Ok(Self {
            text: vec![],
            ends: vec![],
            short: Short::for_entries(shorts, at_once),
            long: Long::for_entries(len - shorts),
            filter: Filter::for_entries(shorts),
            len: len as u32,
            longest: 0,
            has_ids: false,
            has_numbers: false,
            unread: None,
            #[cfg(feature = "own")]
            has_parts_first: true,
        })
    }

    fn add_all(&mut self) {
        let mut from = 0;
        while from < self.len {
            let to = self.len.min(from + AT_ONCE);
            self.add(from, to);
            from = to;
        }
    }

    #[inline(never)]
    fn add(&mut self, from: u32, to: u32) {
        let Self { text, ends, short, long, filter, longest, .. } = self;
        let mut start = from.checked_sub(1).and_then(|before| ends.get(before as usize)).map_or(0, |end| *end as usize);
        for order in from..to {
            let end = ends.get(order as usize).map_or(start, |end| *end as usize);
            match end - start {
                0 => {}
                len @ 1..=SHORT => add_short((short, filter), Key::at(text, start, len), order),
                len => {
                    *longest = len.max(*longest);
                    long.insert(text, Place::new(start, len), order);
                }
            }
            start = end;
        }
    }

    /// Adds the token whose bytes are those of `text` from `start` to `end`.
    #[inline(never)]
    fn add_token(&mut self, order: u32, text: &[u8], start: usize, end: usize) {
        let len = end - start;
        if len <= SHORT {
            add_short((&mut self.short, &mut self.filter), Key::at(text, start, len), order);
        } else {
            self.add_long(order, text.get(start..end).unwrap_or_default());
        }
    }

    fn add_long(&mut self, order: u32, bytes: &[u8]) {
        let place = Place::new(self.text.len(), bytes.len());
        self.text.extend_from_slice(bytes);
        self.longest = self.longest.max(bytes.len());
        self.long.insert(&self.text, place, order);
    }

    /// Makes the tables have what the piece of `text` from `start` to `end` may be a token of.
    #[inline(always)]
    pub(crate) fn prepare(&mut self, text: &[u8], start: usize, end: usize) {
        if self.unread.is_some() {
            let bytes = text.get(start..end).unwrap_or_default();
            self.require(bytes.iter().copied().find(|byte| *byte != b' ').unwrap_or(b' '));
        }
    }

    /// Makes the tables have what any part of the piece may be.
    #[inline(always)]
    pub(crate) fn prepare_parts(&mut self, text: &[u8], start: usize, end: usize) {
        if self.unread.is_some() {
            text.get(start..end).unwrap_or_default().iter().for_each(|byte| self.require(*byte));
        }
    }

    /// Makes the tables have all tokens.
    pub(crate) fn prepare_all(&mut self) {
        (0..=u8::MAX).for_each(|byte| self.require(byte));
    }

    #[inline(always)]
    fn require(&mut self, byte: u8) {
        let has = |unread: &Unread| unread.has.get(usize::from(byte)).is_some_and(|has| *has);
        if self.unread.as_ref().is_some_and(|unread| !has(unread)) {
            self.read(byte);
        }
    }

    /// Reads the sections of the words that start with `byte`, in either case: a form of theirs may start with it.
    #[cold]
    fn read(&mut self, byte: u8) {
        let Some(mut unread) = self.unread.take() else { return };
        for byte in [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] {
            unread.add_to(self, byte);
        }
        if byte.is_ascii_digit() && !self.has_numbers {
            (b'0'..=b'9').for_each(|digit| unread.add_to(self, digit));
            self.has_numbers = self.find_numbers();
        }
        if unread.left > 0 {
            self.unread = Some(unread);
        }
    }

    #[inline(never)]
    fn find_numbers(&self) -> bool {
        let digits = |number: u16| [100, 10, 1].map(|unit| b'0' + (number / unit % 10) as u8);
        let has = |number: u16, skip: usize| self.whole(digits(number).get(skip..).unwrap_or_default()) != NONE;
        [1000, 100, 10].into_iter().enumerate().all(|(skip, end)| (0..end).all(|number| has(number, skip)))
    }

    /// Whether orders are token ids.
    pub(crate) fn has_ids(&self) -> bool {
        self.has_ids
    }

    /// How many tokens there are, gaps included.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// The bytes of an id; none where there is no such token.
    pub(crate) fn bytes(&self, id: u32) -> &[u8] {
        let end = |id: u32| self.ends.get(id as usize).map(|end| *end as usize);
        let start = id.checked_sub(1).map_or(Some(0), end);
        start.zip(end(id)).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// The tokens of at most [`SHORT`] bytes that the tables have, with their orders.
    pub(crate) fn shorts(&self) -> impl Iterator<Item = (Key, u32)> {
        self.short.iter()
    }

    /// The longer ones; [`Self::at`] has their bytes.
    pub(crate) fn longs(&self) -> impl Iterator<Item = (Place, u32)> {
        self.long.iter()
    }

    /// The bytes of one of [`Self::longs`].
    pub(crate) fn at(&self, place: Place) -> &[u8] {
        place.bytes(&self.text)
    }

    /// The order of the token whose bytes are all of `piece`, or [`NONE`].
    pub(crate) fn whole(&self, piece: &[u8]) -> u32 {
        self.piece(piece, 0, piece.len())
    }

    /// The order of the token whose bytes are those of `text` from `start` to `end`, or [`NONE`].
    #[inline(always)]
    pub(crate) fn piece(&self, text: &[u8], start: usize, end: usize) -> u32 {
        if end - start <= SHORT {
            let key = Key::at(text, start, end - start);
            return self.short.find(key, key.hash());
        }
        self.long_span(text, start, end)
    }

    /// Whether every number of up to three ASCII digits is known to be a token.
    #[inline(always)]
    pub(crate) fn has_numbers(&self) -> bool {
        self.has_numbers
    }

    /// Whether the piece of `text` from `start` to `end` is one byte, or a number where all numbers of so many digits are
    /// tokens: what needs no look.
    #[inline(always)]
    pub(crate) fn surely_is_token(&self, text: &[u8], start: usize, end: usize) -> bool {
        let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
        let len = end - start;
        len == 1 || self.has_numbers && len <= 3 && is_digit(start) && is_digit(start + len / 2) && is_digit(end - 1)
    }

    /// Whether the bytes of `text` from `start` to `end` are a token, where one look can tell.
    #[inline(always)]
    pub(crate) fn surely_has(&self, text: &[u8], start: usize, end: usize) -> bool {
        let len = end - start;
        let key = Key::at(text, start, len.min(SHORT));
        len <= SHORT && self.short.has_at_home(key, key.hash())
    }

    /// As [`Self::piece`], for spans that are mostly no token.
    #[inline(always)]
    pub(crate) fn span(&self, text: &[u8], start: usize, end: usize) -> u32 {
        if end - start <= SHORT {
            let key = Key::at(text, start, end - start);
            let hash = key.hash();
            return if self.filter.may_have(hash) { self.short.find(key, hash) } else { NONE };
        }
        self.long_span(text, start, end)
    }

    #[inline(never)]
    fn long_span(&self, text: &[u8], start: usize, end: usize) -> u32 {
        if end - start > self.longest {
            return NONE;
        }
        self.long.find(text.get(start..end).unwrap_or_default(), &self.text)
    }
}

impl Unread {
    /// Adds the section of the words that start with `byte`, unless it was added before.
    fn add_to(&mut self, vocabulary: &mut Vocabulary, byte: u8) {
        let section = self.sections.of_byte(byte);
        if let Some(has) = self.has.get_mut(usize::from(byte)) {
            *has = true;
        }
        if let Some(is_read) = self.is_read.get_mut(section)
            && !std::mem::replace(is_read, true)
        {
            self.left = self.left.saturating_sub(1);
            self.sections.read(section, |order, text, start, end| vocabulary.add_token(order, text, start, end));
        }
    }
}

#[inline(always)]
fn add_short((short, filter): (&mut Short, &mut Filter), key: Key, order: u32) {
    let hash = key.hash();
    short.insert(key, hash, order);
    filter.insert(hash);
}

fn out_of_place() -> Error {
    invalid("its tokens are out of place")
}

fn invalid(what: &str) -> Error {
    Error::new(ErrorKind::InvalidPack, format!("the vocabulary pack can't be used: {what}"))
}
