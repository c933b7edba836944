//! Texts that grow, against their count as a whole.

use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::*;
use trimtab::tokenizer::{CountTokens, Growing, Tokenizer, encoding};

use crate::reference::PAIRS;
use crate::texts::{self, Random};

thread_local! {
    static OURS: Vec<Rc<Tokenizer>> = PAIRS
        .iter()
        .map(|(pack, _, name)| Rc::new(Tokenizer::new(encoding(name).unwrap(), pack).unwrap()))
        .collect();
}

/// Appends the parts and compares after each.
fn grows(parts: &[&str]) {
    OURS.with(|ours| {
        for ours in ours {
            let mut growing = Growing::new(Rc::clone(ours));
            let mut text = String::new();
            for part in parts {
                let more = growing.count_with(part);
                growing.append(part);
                text.push_str(part);
                let expected = ours.count(&text);
                assert_eq!(growing.count(), expected, "{parts:?}");
                assert_eq!(more, expected, "{parts:?}");
            }
        }
    });
}

fn by_character(text: &str) {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    grows(&ends.windows(2).map(|ends| &text[ends[0]..ends[1]]).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn adversarial_texts_grow_by_characters(seed: u64) {
        for text in texts::drawn(Random::new(seed)).take(17).filter(|text| text.len() < 200) {
            by_character(&String::from_utf16_lossy(&text));
        }
    }

    #[test]
    fn adversarial_texts_grow_by_parts(seed: u64) {
        let mut random = Random::new(seed);
        for units in texts::drawn(Random::new(seed)).take(17).filter(|text| text.len() < 4_000) {
            let text = String::from_utf16_lossy(&units);
            let mut parts = vec![];
            let mut rest = text.as_str();
            while !rest.is_empty() {
                let at = rest.ceil_char_boundary(1 + random.below(40) * random.below(8));
                parts.push(&rest[..at]);
                rest = &rest[at..];
            }
            grows(&parts);
        }
    }

    #[test]
    fn any_parts_grow(parts: Vec<String>) {
        grows(&parts.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn tokens_grow(encoding in 0..6_usize, ranks in vec(0..100_000_u32, 0..60)) {
        let bytes: Vec<u8> = ranks.iter().filter_map(|id| PAIRS[encoding].1.decode_bytes(&[*id]).ok()).flatten().collect();
        by_character(&String::from_utf8_lossy(&bytes));
    }

    /// Long pieces, which are not merged again as a whole.
    #[test]
    fn long_runs_grow(
        unit in "[a-zA-Zあ漢ª]{1,4}|[ \t\n]{1,3}|[!-/]{1,3}|[01]{1,2}|(ab|ba){1,3}|\u{301}",
        other in "[a-zA-Zあ]{1,3}|'|'s|[ \n]|[!/]",
        times in 250..700_usize,
        parts in 1..40_usize,
    ) {
        let run = unit.repeat(times);
        let mut all: Vec<String> = run.chars().collect::<Vec<_>>().chunks(parts).map(|part| part.iter().collect()).collect();
        all.push(other.clone());
        all.push(unit.repeat(300));
        all.push(other);
        all.push(unit);
        grows(&all.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn a_hundred_kilobytes_of_one_piece_grow_character_by_character() {
    for unit in ["a", "ab", " ", "あ", "Aあ", "=-", "\n", "ा"] {
        OURS.with(|ours| {
            let mut growing = Growing::new(Rc::clone(&ours[0]));
            let text = unit.repeat(100_000 / unit.len());
            let mut at = 0;
            for char in text.chars() {
                growing.append(char.encode_utf8(&mut [0; 4]));
                at += char.len_utf8();
                let count = growing.count();
                if at.is_multiple_of(9_973) {
                    assert_eq!(count, ours[0].count(&text[..at]), "{at} of {unit:?}");
                }
            }
            assert_eq!(growing.count(), ours[0].count(&text), "{unit:?}");
        });
    }
}
