//! Writes the full pack; `src/tokenizer/pack/full.rs` describes it.

use super::Vocabulary;

const KIND: u8 = 0;
const NONE: u32 = 0xff_ffff;

pub(super) fn write(vocabulary: &Vocabulary) -> Vec<u8> {
    let mut body: Vec<u8> = vocabulary.tokens[..256].concat();
    assert_eq!(body.len(), 256, "the first ids are the single bytes");
    let pairs: Vec<(u32, u32)> = vocabulary.splits[256..].iter().map(|split| split.unwrap_or((NONE, NONE))).collect();
    for side in [|pair: &(u32, u32)| pair.0, |pair: &(u32, u32)| pair.1] {
        for shift in [0, 8, 16] {
            body.extend(pairs.iter().map(|pair| (side(pair) >> shift) as u8));
        }
    }
    trimtab::tokenizer::pack::seal(KIND, &body)
}
