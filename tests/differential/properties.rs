//! Texts made anew for each run, against the reference.

use proptest::collection::vec;
use proptest::prelude::*;
use trimtab::tokenizer::CountTokens;

use crate::reference::{OURS, PAIRS, is_equal_in_all_encodings};
use crate::texts::{self, Random};

/// The text of some tokens of the vocabulary in a row, so that merges meet at every seam.
fn of_tokens(encoding: usize, ranks: &[u32]) -> String {
    let oracle = &PAIRS[encoding].1;
    let bytes: Vec<u8> = ranks.iter().filter_map(|rank| oracle.decode_bytes(&[*rank]).ok()).flatten().collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a text is counted as by whoever stops at each limit in turn.
fn is_counted_up_to_every_limit(text: &str) {
    OURS.with(|ours| {
        for ours in ours {
            let count = ours.count(text);
            for limit in 0..count + 2 {
                assert_eq!(ours.count_up_to(text, limit), (count <= limit).then_some(count), "{limit} of {text:?}");
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn adversarial_texts_of_any_seed_have_the_reference_ids(seed: u64) {
        for text in texts::drawn(Random::new(seed)).take(17) {
            is_equal_in_all_encodings(&String::from_utf16_lossy(&text));
        }
    }

    #[test]
    fn any_string_of_any_characters_has_the_reference_ids(text: String) {
        is_equal_in_all_encodings(&text);
    }

    #[test]
    fn any_code_units_have_the_reference_ids(units in vec(any::<u16>(), 0..30)) {
        is_equal_in_all_encodings(&String::from_utf16_lossy(&units));
    }

    #[test]
    fn tokens_in_any_order_have_the_reference_ids(
        encoding in 0..6_usize,
        common in vec(0..5_000_u32, 0..12),
        rare in vec(0..200_000_u32, 0..12),
    ) {
        is_equal_in_all_encodings(&of_tokens(encoding, &[common, rare].concat()));
    }

    #[test]
    fn a_text_is_counted_up_to_every_limit(seed: u64) {
        for text in texts::drawn(Random::new(seed)).take(17).filter(|text| text.len() < 100) {
            is_counted_up_to_every_limit(&String::from_utf16_lossy(&text));
        }
    }

    #[test]
    fn any_ids_decode_to_the_reference_s_bytes_or_are_refused(ids in vec(0..210_000_u32, 0..6)) {
        OURS.with(|ours| {
            for (ours, (_, oracle, name)) in ours.iter().zip(PAIRS.iter()) {
                assert_eq!(ours.decode(&ids).ok(), oracle.decode_bytes(&ids).ok(), "{name} of {ids:?}");
            }
        });
    }
}
