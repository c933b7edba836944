//! Makes packs from the vocabularies of `tiktoken-rs`.

mod check;
mod count;
mod full;
pub mod naive;
mod order;

use std::collections::HashMap;

use tiktoken_rs::CoreBPE;
use trimtab::tokenizer::pack::Pack;

/// More than any vocabulary has.
const HIGHEST_ID: u32 = 250_000;

/// The tokens that a tokenizer merges with.
pub struct Vocabulary {
    /// The bytes of each id, none where there is no token.
    pub tokens: Vec<Vec<u8>>,
    pub ids: HashMap<Vec<u8>, u32>,
    /// The two tokens that each token of two bytes or more is merged from.
    pub splits: Vec<Option<(u32, u32)>>,
}

impl Vocabulary {
    /// The vocabulary of `bpe`, without its special tokens.
    pub fn of(bpe: &CoreBPE) -> Self {
        let specials: Vec<u32> = bpe.special_tokens().iter().map(|s| bpe.encode_with_special_tokens(s)[0]).collect();
        let token = |id| if specials.contains(&id) { None } else { bpe.decode_bytes(&[id]).ok() };
        Self::new((0..HIGHEST_ID).map(|id| token(id).unwrap_or_default()).collect())
    }

    /// Panics where a token is not what merging makes of its bytes: the formats could not hold it, and the proof of the
    /// count pack would not be about it.
    pub fn new(mut tokens: Vec<Vec<u8>>) -> Self {
        while tokens.last().is_some_and(Vec::is_empty) {
            tokens.pop();
        }
        let named = tokens.iter().cloned().zip(0..).filter(|(token, _)| !token.is_empty());
        let ids: HashMap<Vec<u8>, u32> = named.collect();
        let id = |bytes: &[u8]| ids.get(bytes).copied();
        let splits = tokens.iter().map(|token| {
            let middle = naive::split(token, &id)?;
            Some((ids[&token[..middle]], ids[&token[middle..]]))
        });
        let splits = splits.collect();
        check::is_sound(&tokens, &splits);
        Self { tokens, ids, splits }
    }

    /// Ids of tokens of two bytes or more with their parts, in the order of ids.
    fn merges(&self) -> impl DoubleEndedIterator<Item = (usize, (usize, usize))> {
        let split = |(id, split): (usize, &Option<(u32, u32)>)| split.map(|(l, r)| (id, (l as usize, r as usize)));
        self.splits.iter().enumerate().filter_map(split)
    }

    /// The full pack, uncompressed.
    pub fn full(&self) -> Vec<u8> {
        full::write(self)
    }

    /// The count pack, uncompressed. Panics where its order would not merge every text as the ids do.
    pub fn count(&self) -> Vec<u8> {
        let words = count::Words::of(self);
        let levels = order::levels(self, &words.places(self.tokens.len()));
        let pack = words.write(&levels);
        self.check(&self.positions(&pack));
        pack
    }

    /// Panics where the conditions of the proof don't hold for an order: the place of each id in it.
    pub fn check(&self, positions: &[u32]) {
        check::merges_alike(self, positions);
    }

    /// The place of each id in the order of a count pack, which has to hold the same tokens; `u32::MAX` where there is
    /// no token.
    pub fn positions(&self, count: &[u8]) -> Vec<u32> {
        let pack = Pack::read(count).expect("a pack is read as it was written");
        assert!(!pack.ids, "a count pack has no ids");
        let starts = std::iter::once(&0).chain(&pack.ends);
        let tokens = starts.zip(&pack.ends).map(|(from, to)| &pack.text[*from as usize..*to as usize]);
        let mut positions = vec![u32::MAX; self.tokens.len()];
        for (position, token) in (0..).zip(tokens) {
            let slot = &mut positions[self.ids[token] as usize];
            assert_eq!(std::mem::replace(slot, position), u32::MAX, "{token:?} is listed twice");
        }
        assert_eq!(pack.ends.len(), self.ids.len(), "every token is listed");
        positions
    }
}
