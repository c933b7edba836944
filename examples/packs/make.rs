//! Makes packs from the vocabularies of `tiktoken-rs`.

use std::collections::HashMap;

use tiktoken_rs::CoreBPE;
use trimtab::tokenizer::pack::{NONE, Pack};

/// More than any vocabulary has.
const HIGHEST_RANK: u32 = 250_000;

/// The pack of the vocabulary that `bpe` merges with.
pub(crate) fn pack_of(bpe: &CoreBPE) -> Pack {
    let specials: Vec<u32> = bpe.special_tokens().iter().map(|s| bpe.encode_with_special_tokens(s)[0]).collect();
    let token = |rank| if specials.contains(&rank) { None } else { bpe.decode_bytes(&[rank]).ok() };
    let mut tokens: Vec<Option<Vec<u8>>> = (0..HIGHEST_RANK).map(token).collect();
    while tokens.last().is_some_and(Option::is_none) {
        tokens.pop();
    }
    pack(&tokens)
}

fn pack(tokens: &[Option<Vec<u8>>]) -> Pack {
    let ranks: HashMap<&[u8], u32> =
        tokens.iter().zip(0..).filter_map(|(token, rank)| Some((token.as_deref()?, rank))).collect();
    let bytes = std::array::from_fn(|rank| match tokens[rank].as_deref() {
        Some([byte]) => *byte,
        other => panic!("rank {rank} is {other:?}, not one byte"),
    });
    let pairs = tokens.iter().zip(0..).skip(256).map(|(token, rank)| match token {
        Some(token) => parts(token, rank, &ranks),
        None => (NONE, NONE),
    });
    Pack { bytes, pairs: pairs.collect() }
}

/// The two tokens that `token` is merged from: what merging by lower ranks alone leaves of it.
///
/// Panics where more than two parts remain: such a token could never be made by merging, and this format could not
/// hold it.
fn parts(token: &[u8], rank: u32, ranks: &HashMap<&[u8], u32>) -> (u32, u32) {
    let mut cuts: Vec<usize> = (0..=token.len()).collect();
    let lowest = |cuts: &[usize]| {
        let merged = |i: usize| ranks.get(&token[cuts[i]..cuts[i + 2]]).copied().filter(|r| *r < rank);
        (0..cuts.len() - 2).filter_map(|i| merged(i).map(|r| (r, i))).min()
    };
    while let Some((_, i)) = lowest(&cuts) {
        cuts.remove(i + 1);
    }
    assert_eq!(cuts.len(), 3, "rank {rank} is not the merge of two lower ranks");
    (ranks[&token[..cuts[1]]], ranks[&token[cuts[1]..]])
}
