//! What the fuzz targets do, over a few thousand inputs mutated from seeds, so that it is done everywhere.

#[path = "../../fuzz/bodies/growing.rs"]
mod growing;
#[path = "../../fuzz/bodies/pack.rs"]
mod pack;
#[path = "../../fuzz/bodies/specials.rs"]
mod specials;
#[path = "../../fuzz/bodies/split.rs"]
mod split;
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

/// Hands `check` mutated texts after `choices` random bytes.
fn mutated_texts(seed: u64, count: usize, choices: usize, check: fn(&[u8])) {
    let mut random = Random::new(seed);
    for units in texts::drawn(Random::new(seed + 1)).take(count) {
        let mut data: Vec<u8> = (0..choices).map(|_| random.next() as u8).collect();
        data.extend_from_slice(String::from_utf16_lossy(&units).as_bytes());
        mutate(&mut data, &mut random);
        check(&data);
    }
}

#[test]
fn the_tokenizer_target_finds_nothing_in_mutated_texts() {
    mutated_texts(3, 6_000, 1, tokenizer::check);
}

#[test]
fn the_specials_target_finds_nothing_in_mutated_texts() {
    mutated_texts(7, 3_000, 12, specials::check);
}

#[test]
fn the_split_target_finds_nothing_in_mutated_texts() {
    mutated_texts(9, 1_500, 3, split::check);
}

#[test]
fn the_growing_target_finds_nothing_in_mutated_texts() {
    mutated_texts(11, 600, 5, growing::check);
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
