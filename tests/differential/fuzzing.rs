//! What the fuzz targets do, over a few thousand inputs mutated from seeds, so that it is done everywhere.

#[path = "../../fuzz/bodies/pack.rs"]
mod pack;
#[path = "../../fuzz/bodies/tokenizer.rs"]
mod tokenizer;

use crate::reference::PAIRS;
use crate::texts::{self, Random};

/// Flips, drops, doubles and moves bytes, as a fuzzer does.
fn mutate(data: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..1 + random.below(4) {
        let at = random.below(data.len().max(1)).min(data.len());
        let end = (at + 1 + random.below(8)).min(data.len());
        match random.below(4) {
            0 => data.truncate(at),
            1 => data.extend_from_within(at..end),
            2 => data.insert(at, random.next() as u8),
            _ => data[at..end].iter_mut().for_each(|byte| *byte ^= 1 << (random.next() & 7)),
        }
    }
}

#[test]
fn the_tokenizer_target_finds_nothing_in_mutated_texts() {
    let mut random = Random::new(3);
    for units in texts::drawn(Random::new(4)).take(6_000) {
        let mut data = vec![random.next() as u8];
        data.extend_from_slice(String::from_utf16_lossy(&units).as_bytes());
        mutate(&mut data, &mut random);
        tokenizer::check(&data);
    }
}

#[test]
fn the_pack_target_finds_nothing_in_mutated_packs() {
    let mut random = Random::new(5);
    let (seed, _, _) = PAIRS.last().expect("there are encodings");
    for _ in 0..300 {
        let mut data = seed.clone();
        mutate(&mut data, &mut random);
        pack::check(&data);
    }
}
