//! The tokenizer against `tiktoken-rs`, id by id, and against `bpe-openai` where that panics.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    unreachable_pub
)]

#[path = "differential/reference.rs"]
mod reference;

use proptest::prelude::*;
use reference::{OURS, PAIRS, is_equal_in_all_encodings};
use trimtab::ErrorKind;
use trimtab::tokenizer::CountTokens;

#[test]
fn every_kind_of_text_has_the_reference_ids() {
    let specials = "<|endoftext|><|endofprompt|><|fim_prefix|> <|start|>user<|message|>hi<|end|>";
    for text in [
        "",
        " ",
        "hello world",
        "It's we'LL I'ſ don'T 'tis ''s O'Reilly's HE'D",
        "fn main() {\n\tprintln!(\"{}\", x);  // done\r\n}\r\n\r\n",
        "{\"a\": [1, 2.5e-3, null],\n  \"b\": {\"c\": \"\\u00e9\"}}",
        "ÀÉÎõü Straße ŽLUŤOUČKÝ ǅ ᾼ ʰ ª",
        "Привет, мир! Καλημέρα κόσμε. こんにちは世界。你好,世界!안녕하세요 สวัสดีชาวโลก مرحبا بالعالم שלום नमस्ते दुनिया",
        "👩‍👩‍👧‍👦 🇩🇪 👍🏽 ☺️ \u{1f3f4}\u{e0067}\u{e0062}\u{e007f}",
        "\u{0}\u{1}\u{7f}\u{85}\u{a0}\u{ad}\u{feff}x\u{feff} \u{2028}\u{2029}\u{3000}",
        "e\u{301}\u{301} \u{301}a A\u{301}B あAB ａＢ \u{903}\u{93e}",
        "1234567890 ١٢٣٤ ⅷ½ 𝟘𝟙𝟚𝟛 12,345.678",
        "   \n  \n\n \t x  \r\n \u{85}\n  ",
        "a  b   c    \n",
        "\u{33211}\u{10ffff}\u{fffd}",
        "/// https://x.y/z//?q=1&r=2#frag\n//\n",
        specials,
    ] {
        is_equal_in_all_encodings(text);
    }
}

#[test]
fn every_special_token_s_name_is_plain_text() {
    for (_, oracle, _) in PAIRS.iter() {
        let mut names: Vec<&str> = oracle.special_tokens().into_iter().collect();
        names.sort_unstable();
        names.truncate(40);
        names.iter().for_each(|name| is_equal_in_all_encodings(name));
        is_equal_in_all_encodings(&format!("a{} b", names.concat()));
    }
}

#[test]
fn special_tokens_decode_as_the_reference_decodes_them() {
    OURS.with(|ours| {
        for (ours, (_, oracle, name)) in ours.iter().zip(PAIRS.iter()) {
            for (special, id) in ours.encoding().specials {
                assert_eq!(ours.decode(&[*id]).unwrap(), special.as_bytes(), "{name}");
                assert_eq!(oracle.decode_bytes(&[*id]).unwrap(), special.as_bytes(), "{name}");
            }
        }
    });
}

#[test]
fn every_character_alone_and_between_letters_has_the_reference_ids() {
    let chars: Vec<char> = (0..0x3_0000).filter_map(char::from_u32).collect();
    for chunk in chars.chunks(64) {
        let alone: String = chunk.iter().flat_map(|c| [*c, ' ', *c, '\n']).collect();
        let between: String = chunk.iter().flat_map(|c| ['A', *c, 'b', *c, 'C', *c, '\'', 's', *c, '1']).collect();
        is_equal_in_all_encodings(&alone);
        is_equal_in_all_encodings(&between);
    }
}

#[test]
fn every_token_of_the_vocabulary_is_its_own_encoding_where_it_is_for_the_reference() {
    OURS.with(|ours| {
        for (ours, (_, oracle, name)) in ours.iter().zip(PAIRS.iter()) {
            for rank in 0..=202_000u32 {
                let Ok(bytes) = oracle.decode_bytes(&[rank]) else { continue };
                assert_eq!(ours.decode(&[rank]).ok().as_deref(), Some(&bytes[..]), "{name} {rank}");
                if let Ok(text) = std::str::from_utf8(&bytes) {
                    assert_eq!(ours.encode(text).unwrap(), oracle.encode_ordinary(text), "{name} {rank}");
                }
            }
        }
    });
}

#[test]
fn a_megabyte_of_one_character_is_counted_as_the_reference_counts_it() {
    let oracle = bpe_openai::o200k_base();
    for unit in ["a", " ", "\n", "0", "!", "漢", "👍", "abcdefghijklmnopqrstuvwxyz"] {
        let text = unit.repeat(1_000_000 / unit.len());
        OURS.with(|ours| assert_eq!(ours[0].count(&text), oracle.count(text.as_str()), "{unit:?}"));
    }
}

#[test]
fn counting_stops_at_the_limit_and_not_before() {
    OURS.with(|ours| {
        let text = "one two three four";
        let count = ours[0].count(text);
        assert_eq!(ours[0].count_up_to(text, count), Some(count));
        assert_eq!(ours[0].count_up_to(text, count - 1), None);
    });
}

#[test]
fn special_tokens_decode_to_their_names_and_unknown_ids_are_refused() {
    OURS.with(|ours| {
        assert_eq!(ours[0].decode(&[199_999]).unwrap(), b"<|endoftext|>");
        let error = ours[0].decode(&[0, 4_000_000]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidToken);
        assert!(error.to_string().contains("4000000"), "{error}");
    });
}

/// Characters that sit on the boundaries of the patterns' classes.
const EDGES: &[char] = &[
    'a', 'Z', 'ǅ', 'ʰ', 'あ', '\u{301}', '\u{903}', '1', '½', '٣', ' ', ' ', '\u{a0}', '\u{3000}', '\u{85}', '\t',
    '\n', '\r', '\'', '\'', 's', 'S', 'ſ', 't', 'l', 'L', 'r', 'v', 'e', 'm', 'd', '/', '!', '<', '|', '>', '-', '_',
    '\u{0}', '\u{feff}', '\u{200d}', '👩', '🏽', '漢', 'ß', 'É', 'ı', 'İ', '\u{378}', '\u{e000}',
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn any_mixture_of_edge_characters_has_the_reference_ids(
        text in proptest::collection::vec(proptest::sample::select(EDGES), 0..40)
    ) {
        is_equal_in_all_encodings(&text.into_iter().collect::<String>());
    }

    #[test]
    fn any_text_has_the_reference_ids(text in "\\PC{0,60}") {
        is_equal_in_all_encodings(&text);
    }

    #[test]
    fn long_pieces_have_the_reference_ids(unit in "[a-zA-Z]{1,12}", tail in "[a-z]{0,9}", times in 12..60usize) {
        is_equal_in_all_encodings(&(unit.repeat(times) + &tail));
    }
}

/// Characters that make one piece together, however many there are.
const ALPHABETS: &[&str] =
    &["ab", "acgt", "abcdefghijklmnopqrstuvwxyz", "=-", "!?.", "\n\r", "\n ", "漢字", "的是不", "あいう", "👍🏽", "ａｂ"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn thousands_of_few_characters_have_the_reference_ids(
        alphabet in proptest::sample::select(ALPHABETS),
        longest in 1..60usize,
        runs in proptest::collection::vec((0..26usize, 0..60usize), 300..900),
    ) {
        let chars: Vec<char> = alphabet.chars().collect();
        let run = |&(which, len): &(usize, usize)| chars[which % chars.len()].to_string().repeat(1 + len % longest);
        let text: String = runs.iter().map(run).collect();
        OURS.with(|ours| {
            for (ours, oracle) in [(&ours[0], bpe_openai::o200k_base()), (&ours[2], bpe_openai::cl100k_base())] {
                let ids = oracle.encode(text.as_str());
                prop_assert_eq!(ours.encode(&text).unwrap(), &ids[..]);
                prop_assert_eq!(ours.count(&text), ids.len());
            }
            Ok(())
        })?;
    }
}
