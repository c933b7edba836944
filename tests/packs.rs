//! The packs: what damages them is noticed, and the count pack counts as the reference does.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs, unreachable_pub)]

#[path = "../examples/packs/make/mod.rs"]
mod make;

use std::sync::LazyLock;

use make::{Vocabulary, naive};
use proptest::prelude::*;
use tiktoken_rs::CoreBPE;
use trimtab::ErrorKind;
use trimtab::tokenizer::pack::{Pack, seal};
use trimtab::tokenizer::{CountTokens, Tokenizer, encoding};

struct Encoding {
    name: &'static str,
    oracle: CoreBPE,
    vocabulary: Vocabulary,
    positions: Vec<u32>,
    count: Vec<u8>,
}

impl Encoding {
    fn new(name: &'static str, oracle: CoreBPE) -> Self {
        let vocabulary = Vocabulary::of(&oracle);
        let count = vocabulary.count();
        Self { name, oracle, positions: vocabulary.positions(&count), vocabulary, count }
    }

    fn tokenizer(&self) -> Tokenizer {
        Tokenizer::new(encoding(self.name).unwrap(), &self.count).unwrap()
    }

    /// Merges plainly by ids and by places in the count pack.
    fn plainly(&self, bytes: &[u8]) -> (Vec<usize>, Vec<usize>) {
        let id = |part: &[u8]| self.vocabulary.ids.get(part).copied();
        let position = |part: &[u8]| id(part).map(|id| self.positions[id as usize]);
        (naive::merge(bytes, &id, |_, _, _| ()), naive::merge(bytes, &position, |_, _, _| ()))
    }
}

static ENCODINGS: LazyLock<Vec<Encoding>> = LazyLock::new(|| {
    vec![
        Encoding::new("o200k_base", tiktoken_rs::o200k_base().unwrap()),
        Encoding::new("cl100k_base", tiktoken_rs::cl100k_base().unwrap()),
        Encoding::new("p50k_base", tiktoken_rs::p50k_base().unwrap()),
        Encoding::new("r50k_base", tiktoken_rs::r50k_base().unwrap()),
    ]
});

thread_local! {
    static TOKENIZERS: Vec<Tokenizer> = ENCODINGS.iter().map(Encoding::tokenizer).collect();
}

/// A few merges over the single bytes, with all forms of a word, and an id without a token.
fn small() -> Vocabulary {
    let bytes = (0..=255).map(|byte| vec![byte]);
    let words = [
        &b"ab"[..],
        b" a",
        b" ab",
        b"Ab",
        b"",
        b" Ab",
        b"abab",
        b"abababab",
        b"abababababababab",
        b"abababababababababababababababab",
        b"\xff\xfe",
    ];
    Vocabulary::new(bytes.chain(words.map(<[u8]>::to_vec)).collect())
}

fn counts_as_the_reference(text: &str) {
    TOKENIZERS.with(|ours| {
        for (ours, Encoding { name, oracle, .. }) in ours.iter().zip(ENCODINGS.iter()) {
            let expected = oracle.encode_ordinary(text);
            assert_eq!(ours.count(text), expected.len(), "{name} of {:?}", text.chars().take(80).collect::<String>());
        }
    });
}

#[test]
fn both_kinds_hold_the_tokens_of_the_vocabulary() {
    for vocabulary in [&small(), &ENCODINGS[0].vocabulary, &ENCODINGS[2].vocabulary] {
        let full = Pack::read(&vocabulary.full()).unwrap();
        assert!(full.ids);
        assert_eq!(full.text, vocabulary.tokens.concat());
        let lengths = full.ends.iter().scan(0, |start, end| Some(end - std::mem::replace(start, *end)));
        assert!(lengths.eq(vocabulary.tokens.iter().map(|token| token.len() as u32)));
    }
    let small = small();
    let positions = small.positions(&small.count());
    assert_eq!(positions.iter().filter(|position| **position == u32::MAX).count(), 1, "the id without a token");
}

#[test]
fn every_cut_and_every_changed_byte_is_noticed() {
    for pack in [small().full(), small().count()] {
        for len in 0..pack.len() {
            assert_eq!(Pack::read(&pack[..len]).unwrap_err().kind(), ErrorKind::InvalidPack, "cut at {len}");
        }
        for at in 0..pack.len() {
            for bit in 0..8 {
                let mut changed = pack.clone();
                changed[at] ^= 1 << bit;
                assert_eq!(Pack::read(&changed).unwrap_err().kind(), ErrorKind::InvalidPack, "bit {bit} of byte {at}");
            }
        }
        let longer = [&pack[..], &[0]].concat();
        assert_eq!(Pack::read(&longer).unwrap_err().kind(), ErrorKind::InvalidPack, "one byte more");
    }
}

#[test]
fn whatever_a_tokenizer_is_asked_first_it_counts_as_the_reference() {
    let firsts = [
        "hello world",
        " The HTML of   it",
        "\t\n  \n",
        "12 345 6789",
        "don\u{2019}t",
        "naïve Straße",
        "的是不了",
        "привет мир",
        "สวัสดี",
        "👩‍👩‍👧‍👦",
        "xqzjkvbwq",
        "QZXJKVW",
        "!?#$%&",
        "\u{a0}\u{3000}é",
        "a1b2c3",
        "  é",
        " \u{301}",
    ];
    for encoding in ENCODINGS.iter() {
        for first in firsts {
            let ours = encoding.tokenizer();
            for text in [first].into_iter().chain(firsts) {
                assert_eq!(ours.count(text), encoding.oracle.encode_ordinary(text).len(), "{text:?} after {first:?}");
            }
        }
    }
}

#[test]
fn an_error_names_the_part_that_is_wrong() {
    let bytes: Vec<u8> = (0..=255).collect();
    let pair = |left: u8, right: u8| [&bytes[..], &[left, 0, 0, right, 0, 0]].concat();
    // A full pack whose first merge is made of itself, as low, middle and high byte of each part.
    let own = [&bytes[..], &[0, 1, 0, 97, 0, 0]].concat();
    let doubling = (0..8u8).flat_map(|step| [step.wrapping_sub(1)]).collect::<Vec<u8>>();
    let planes = [&[97][..], &doubling[1..], &[0], &[1; 7], &[0; 8]].concat();
    let lists = |words: u32, shapes: &[u8], endings: &[u8], rest: &[u8]| {
        let lengths = [words, shapes.len() as u32, endings.len() as u32].map(u32::to_le_bytes).concat();
        [&lengths, shapes, endings, rest].concat()
    };
    for (raw, part) in [
        (b"TTP".to_vec(), "magic number"),
        (b"gzip".to_vec(), "start"),
        (b"TTPK\x01".to_vec(), "version is 1"),
        (b"TTPK\x02\x00".to_vec(), "checksum"),
        (seal(7, &[]), "kind is 7"),
        (seal(0, &bytes[1..]), "list of bytes"),
        (seal(0, &pair(97, 98)[..261]), "planes"),
        (seal(0, &own), "made of 256"),
        (seal(0, &[&bytes[..], &planes, &planes].concat()), "longer than 255 bytes"),
        (seal(1, &[0; 7]), "length of shapes"),
        (seal(1, &u32::MAX.to_le_bytes().repeat(3)), "list of shapes"),
        (seal(1, &lists(1, &[0x02], b"ab", &[])), "list of forms"),
        (seal(1, &lists(1, &[0x02], b"ab", &[1])), "levels"),
        (seal(1, &lists(1, &[0x02], b"ab", &[1, 0, 0])), "levels"),
        (seal(1, &lists(1, &[0x02], b"ab", &[1, 255])), "levels"),
        (seal(1, &lists(1, &[0x02], b"ab", &[16])), "form"),
        (seal(1, &lists(1, &[0x02], b"a", &[1, 0])), "list of endings"),
        (seal(1, &lists(1, &[0x02], b"abc", &[1, 0])), "more shapes or endings"),
        (seal(1, &lists(1, &[0x12], b"ab", &[1, 0])), "shares more"),
        (seal(1, &lists(1, &[0x00], b"", &[1, 0])), "empty"),
        (seal(1, &lists(1, &[0x0f, 0, 255], &[97; 255], &[1, 0])), "too long"),
        (seal(1, &lists(1, &[0x02], b"1b", &[4, 0])), "upper case"),
        (seal(1, &lists(2, &[0x01, 0x01], b"ba", &[1, 1, 0, 0])), "out of order"),
    ] {
        let error = Pack::read(&raw).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidPack);
        assert!(error.to_string().contains(part), "{part}: {error}");
    }
}

#[test]
fn a_wrong_order_is_never_written() {
    // By ids `abc` is `a` and `bc`. Were `ab` before `bc`, as it is in the list of words, it would be `ab` and `c`.
    let bytes = (0..=255).map(|byte| vec![byte]);
    let vocabulary = Vocabulary::new(bytes.chain([b"bc".to_vec(), b"ab".to_vec()]).collect());
    let mut positions = vocabulary.positions(&vocabulary.count());
    assert!(positions[256] < positions[257]);
    vocabulary.check(&positions);
    positions.swap(256, 257);
    std::panic::catch_unwind(|| vocabulary.check(&positions)).unwrap_err();
}

#[test]
fn every_kind_of_text_is_counted_as_the_reference_counts_it() {
    for text in [
        "",
        "hello world, it's HELLO Hello  hello\n\n\n  World's",
        "fn main() {\n\tprintln!(\"{}\", x);  // done\r\n}\r\n\r\n",
        "Привет, мир! Καλημέρα κόσμε. こんにちは世界。你好,世界!안녕하세요 สวัสดีชาวโลก مرحبا بالعالم שלום नमस्ते दुनिया",
        "👩‍👩‍👧‍👦 🇩🇪 👍🏽 ☺️ \u{0}\u{1}\u{7f}\u{85}\u{a0}\u{ad}\u{feff}x\u{feff} \u{2028}",
        "antidisestablishmentarianismthequickbrownfoxjumpsoverthelazydogloremipsumdolorsitamet",
        "AAAAaaaaBBBBbbbb========--------________################",
        "donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    ] {
        counts_as_the_reference(text);
        counts_as_the_reference(&text.repeat(30));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn any_row_of_tokens_is_merged_alike_and_plainly_so(ids in proptest::collection::vec(any::<u32>(), 2..7)) {
        for encoding in ENCODINGS.iter() {
            let tokens = &encoding.vocabulary.tokens;
            let row: Vec<u8> = ids.iter().flat_map(|id| &tokens[*id as usize % tokens.len()]).copied().collect();
            let (by_id, by_position) = encoding.plainly(&row);
            prop_assert_eq!(by_id, by_position, "{} of {:?}", encoding.name, row);
        }
    }

    #[test]
    fn any_bytes_are_merged_alike(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        for encoding in ENCODINGS.iter() {
            let (by_id, by_position) = encoding.plainly(&bytes);
            prop_assert_eq!(by_id, by_position, "{} of {:?}", encoding.name, bytes);
        }
    }

    #[test]
    fn any_text_is_counted_as_the_reference_counts_it(text in "\\PC{0,60}", letters in "[a-zA-Z]{0,80}") {
        counts_as_the_reference(&text);
        counts_as_the_reference(&letters);
    }

    #[test]
    fn any_row_of_words_is_counted_as_the_reference_counts_it(ids in proptest::collection::vec(any::<u32>(), 1..20)) {
        let tokens = &ENCODINGS[0].vocabulary.tokens;
        let row: Vec<u8> = ids.iter().flat_map(|id| &tokens[*id as usize % tokens.len()]).copied().collect();
        counts_as_the_reference(&String::from_utf8_lossy(&row));
    }

    #[test]
    fn whatever_a_sealed_pack_holds_it_is_read_or_refused(kind in 0..2u8, body in proptest::collection::vec(any::<u8>(), 0..900)) {
        match Pack::read(&seal(kind, &body)) {
            Ok(pack) => prop_assert!(pack.text.len() <= 256 + body.len() * 255),
            Err(error) => prop_assert_eq!(error.kind(), ErrorKind::InvalidPack),
        }
    }

    #[test]
    fn a_hostile_count_pack_is_read_or_refused(
        shapes in proptest::collection::vec((0..4u8, 1..5u8), 0..40),
        endings in proptest::collection::vec(b'a'..=b'd', 160),
        forms in proptest::collection::vec(0..16u8, 40),
        levels in proptest::collection::vec(any::<u8>(), 0..120),
    ) {
        let own: usize = shapes.iter().map(|(_, own)| usize::from(*own)).sum();
        let mut body: Vec<u8> = [shapes.len(), shapes.len(), own].iter().flat_map(|len| (*len as u32).to_le_bytes()).collect();
        body.extend(shapes.iter().map(|(shared, own)| shared << 4 | own));
        body.extend(&endings[..own]);
        body.extend(&forms[..shapes.len()]);
        body.extend(levels);
        match Pack::read(&seal(1, &body)) {
            Ok(pack) => prop_assert_eq!(pack.ends.last().map(|end| *end as usize), Some(pack.text.len())),
            Err(error) => prop_assert_eq!(error.kind(), ErrorKind::InvalidPack),
        }
    }
}
