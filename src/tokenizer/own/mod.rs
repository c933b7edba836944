//! A tokenizer that the caller brings: its vocabulary, how it splits text, and the tokens that stand for themselves.
//!
//! JavaScript makes the pack from a `tokenizer.json` or a `.tiktoken` file (`pkg-template/src/tokenizer`), so that nobody who
//! doesn't need one pays for reading it. Here is only what counting needs: the pre-tokenizer comes as automata over
//! classes of characters, and the merges as the order in which they happen.
//!
//! The body of a pack of this kind is a row of sections, each with its length in four bytes before it:
//!
//! | section | what |
//! |---|---|
//! | flags | a byte: 1, texts are put into NFC; 2, a piece that is a token is not merged |
//! | index | two bytes for each 128 code points: which block |
//! | blocks | a byte for each code point of a block: its class, with [`STABLE`] where NFC can't change it and [`WORD`] where it is of a word |
//! | automata | see [`split`] |
//! | tokens | those that merging makes, as the body of a full pack |
//! | order | the places of all of them in the order in which they are made, four bytes each; empty where it is that of their list |
//! | ids | four bytes for each of them: how much its id is above its place |
//! | others | tokens that merging never makes, sorted by their bytes, see [`list`] |
//! | unmapped | tokens that no text has, likewise: only decoding knows them |
//! | added | tokens that are found in the text before it is put into NFC, sorted, and as many sections more: those after |
//! | nfc | see [`nfc`]; empty where it isn't needed |

mod added;
mod list;
mod nfc;
mod split;

use std::borrow::Cow;

use added::{Added, Part};
use list::List;
use nfc::Nfc;
use split::Splits;
use trimtab_error::{Error, ErrorKind, Result};

use crate::merge::Merger;
use crate::pack::bytes::Bytes;
use crate::pack::{self, Pack};
use crate::tables::NONE;
use crate::vocabulary::Vocabulary;

/// The bits of a class beside its number.
const STABLE: u8 = 0x80;
const WORD: u8 = 0x40;

const NFC: u8 = 1;
const WHOLE: u8 = 2;
/// Ids above this would take tables of more than 64 MB.
const HIGHEST_ID: u32 = 1 << 24;

/// What is special to a tokenizer beside its vocabulary.
pub(crate) struct Own {
    name: String,
    splits: Splits,
    /// The id of each order.
    ids: Vec<u32>,
    /// The order, or behind all orders the place among the others and then the unmapped, of each id.
    places: Vec<u32>,
    others: List,
    unmapped: List,
    before: Added,
    after: Added,
    nfc: Option<Nfc>,
    whole: bool,
}

/// What a text is taken apart into.
enum Found<'a> {
    Token(u32),
    /// A part of this text that no token reaches out of.
    Text(&'a [u8]),
}

impl Own {
    /// Reads a pack of this kind, and the vocabulary in it.
    pub(crate) fn read(raw: &[u8]) -> Result<(Self, Vocabulary)> {
        let (kind, sum, body) = pack::open(raw)?;
        if kind != pack::OWN {
            return Err(pack::invalid("it is not that of a tokenizer of one's own"));
        }
        let mut body = Bytes::new(body);
        let mut section = |name| body.len(name).and_then(|len| body.take(len, name));
        let flags = section("flags")?.first().copied().unwrap_or(0);
        let splits = Splits::read(section("index")?, section("blocks")?, section("automata")?)?;
        let (tokens, order) = (pack::full::read(section("tokens")?)?, section("order")?);
        let ids = ids(section("ids")?, tokens.ends.len())?;
        let (vocabulary, ids) = vocabulary(tokens, order, ids)?;
        let (others, unmapped) = (List::read(section("others")?)?, List::read(section("unmapped")?)?);
        let (before, after) = (Added::read(section("added")?)?, Added::read(section("added")?)?);
        let nfc = section("nfc")?;
        let nfc = (flags & NFC != 0).then(|| Nfc::read(nfc)).transpose()?;
        let places = places(&ids, &others, &unmapped)?;
        let (name, whole) = (format!("own:{sum:016x}"), flags & WHOLE != 0);
        Ok((Self { name, splits, ids, places, others, unmapped, before, after, nfc, whole }, vocabulary))
    }

    /// A name that no tokenizer shares with another one.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Calls `visit` with the tokens that stand for themselves and with the texts between, until it says to stop.
    fn each(&self, text: &str, visit: &mut dyn FnMut(Found<'_>) -> bool) {
        self.before.each(text, &self.splits, &mut |part| match part {
            Part::Token(id) => visit(Found::Token(id)),
            Part::Text(text) => {
                let text = self.nfc.as_ref().map_or(Cow::Borrowed(text), |nfc| nfc.of(text, &self.splits));
                self.after.each(&text, &self.splits, &mut |part| match part {
                    Part::Token(id) => visit(Found::Token(id)),
                    Part::Text(text) => visit(Found::Text(text.as_bytes())),
                })
            }
        });
    }

    /// The id of a piece that is a token which merging never makes.
    fn unmerged(&self, piece: &[u8]) -> Option<u32> {
        if self.whole { self.others.find(piece).map(|(id, _)| id) } else { None }
    }

    /// Calls `visit` with the ids of `text`, one after the other, until it says to stop.
    fn each_id(
        &self,
        text: &str,
        vocabulary: &mut Vocabulary,
        merger: &mut Merger,
        visit: &mut dyn FnMut(u32) -> bool,
    ) {
        let id = |order: u32| self.ids.get(order as usize).copied().unwrap_or(order);
        self.each(text, &mut |found| match found {
            Found::Token(id) => visit(id),
            Found::Text(text) => self.splits.each(text, &mut |start, end| {
                let whole = vocabulary.whole(text.get(start..end).unwrap_or_default());
                if whole != NONE {
                    return visit(id(whole));
                }
                match self.unmerged(text.get(start..end).unwrap_or_default()) {
                    Some(id) => visit(id),
                    None => merger.tokens(text, start, end, vocabulary).iter().all(|token| visit(id(token.order))),
                }
            }),
        });
    }

    /// The token ids of `text`.
    pub(crate) fn encode(&self, text: &str, vocabulary: &mut Vocabulary, merger: &mut Merger) -> Vec<u32> {
        let mut ids = Vec::with_capacity(text.len() / 4);
        self.each_id(text, vocabulary, merger, &mut |id| {
            ids.push(id);
            true
        });
        ids
    }

    /// The number of tokens in `text`, or more than `limit` where it stopped.
    pub(crate) fn count(&self, text: &str, limit: usize, vocabulary: &mut Vocabulary, merger: &mut Merger) -> usize {
        let mut count = 0;
        self.each_id(text, vocabulary, merger, &mut |_| {
            count += 1;
            count <= limit
        });
        count
    }

    /// Where each token of `text` ends.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidText`] where the tokens are of another text, because normalization changes it or a token takes the white
    /// space beside it.
    pub(crate) fn token_ends(&self, text: &str, vocabulary: &mut Vocabulary, merger: &mut Merger) -> Result<Vec<u32>> {
        let (mut ends, mut bytes) = (Vec::new(), Vec::new());
        for id in self.encode(text, vocabulary, merger) {
            self.decode(id, vocabulary, &mut bytes)?;
            ends.push(bytes.len() as u32);
        }
        if bytes == text.as_bytes() {
            return Ok(ends);
        }
        let message = "the text can't be cut where its tokens end: this tokenizer changes it before it reads it";
        Err(Error::new(ErrorKind::InvalidText, message))
    }

    /// The length and the id of the special token that `text` starts with.
    pub(crate) fn special_at(&self, text: &[u8]) -> Option<(usize, u32)> {
        self.before.special_at(text).or_else(|| self.after.special_at(text))
    }

    /// Adds the bytes of a token.
    pub(crate) fn decode(&self, id: u32, vocabulary: &Vocabulary, bytes: &mut Vec<u8>) -> Result<()> {
        let known = self.places.get(id as usize).copied().unwrap_or(NONE);
        let token = match known.checked_sub(self.ids.len() as u32) {
            None => Some(vocabulary.bytes(known)),
            Some(other) if known != NONE => {
                let unmapped = |at: usize| self.unmapped.bytes(at - self.others.entries().len());
                self.others.bytes(other as usize).or_else(|| unmapped(other as usize))
            }
            Some(_) => self.before.bytes(id).or_else(|| self.after.bytes(id)),
        };
        let unknown = || Error::new(ErrorKind::InvalidToken, format!("the tokenizer has no token with the id {id}"));
        bytes.extend_from_slice(token.ok_or_else(unknown)?);
        Ok(())
    }
}

/// The ids of all orders.
fn ids(section: &[u8], count: usize) -> Result<Vec<u32>> {
    let (shifts, rest) = section.as_chunks::<4>();
    if !rest.is_empty() || shifts.len() != count {
        return Err(pack::invalid("it has more or fewer ids than tokens"));
    }
    let ids = shifts.iter().zip(0..).map(|(shift, order)| u32::from_le_bytes(*shift).wrapping_add(order));
    Ok(ids.collect())
}

/// The vocabulary, and the ids, in the order in which tokens are made.
fn vocabulary(tokens: Pack, order: &[u8], ids: Vec<u32>) -> Result<(Vocabulary, Vec<u32>)> {
    let order = order.as_chunks::<4>().0;
    if order.is_empty() {
        return Ok((Vocabulary::new(tokens)?, ids));
    }
    if order.len() != ids.len() {
        return Err(pack::invalid("it has more or fewer places than tokens"));
    }
    let (mut text, mut ends) = (Vec::with_capacity(tokens.text.len()), Vec::with_capacity(ids.len()));
    let mut in_order = Vec::with_capacity(ids.len());
    for place in order.iter().map(|place| u32::from_le_bytes(*place) as usize) {
        let start = place.checked_sub(1).map_or(Some(0), |before| tokens.ends.get(before).copied());
        let (Some(start), Some(end), Some(id)) = (start, tokens.ends.get(place), ids.get(place)) else {
            return Err(pack::invalid("its order names a token that it does not have"));
        };
        text.extend_from_slice(tokens.text.get(start as usize..*end as usize).unwrap_or_default());
        ends.push(text.len() as u32);
        in_order.push(*id);
    }
    let mut vocabulary = Vocabulary::new(Pack { text, ends, ids: true })?;
    vocabulary.has_parts_first = false;
    Ok((vocabulary, in_order))
}

fn places(ids: &[u32], others: &List, unmapped: &List) -> Result<Vec<u32>> {
    let all = || ids.iter().copied().chain(others.ids()).chain(unmapped.ids());
    let highest = all().max().unwrap_or(0);
    if highest >= HIGHEST_ID {
        return Err(pack::invalid(&format!("the id {highest} is above {HIGHEST_ID}")));
    }
    let mut places = vec![NONE; highest as usize + 1];
    for (id, place) in all().zip(0..) {
        if let Some(slot) = places.get_mut(id as usize) {
            *slot = place;
        }
    }
    Ok(places)
}
