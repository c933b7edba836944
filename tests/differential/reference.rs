//! The reference tokenizers, and ours made from their vocabularies.

#[allow(dead_code, reason = "the count pack has tests of its own")]
#[path = "../../examples/packs/make/mod.rs"]
mod make;

use std::sync::LazyLock;

use tiktoken_rs::CoreBPE;
use trimtab::tokenizer::{CountTokens, Tokenizer, encoding};

/// Packs of ours, the reference's tokenizers, and the names of the encodings.
pub static PAIRS: LazyLock<Vec<(Vec<u8>, CoreBPE, &str)>> = LazyLock::new(|| {
    let oracles = [
        ("o200k_base", tiktoken_rs::o200k_base().unwrap()),
        ("o200k_harmony", tiktoken_rs::o200k_harmony().unwrap()),
        ("cl100k_base", tiktoken_rs::cl100k_base().unwrap()),
        ("p50k_base", tiktoken_rs::p50k_base().unwrap()),
        ("p50k_edit", tiktoken_rs::p50k_edit().unwrap()),
        ("r50k_base", tiktoken_rs::r50k_base().unwrap()),
    ];
    oracles.into_iter().map(|(name, bpe)| (make::Vocabulary::of(&bpe).full(), bpe, name)).collect()
});

thread_local! {
    /// Our tokenizers, in the order of `PAIRS`.
    pub static OURS: Vec<Tokenizer> =
        PAIRS.iter().map(|(pack, _, name)| Tokenizer::new(encoding(name).unwrap(), pack).unwrap()).collect();
}

/// Panics unless ids and counts of `text` are the reference's in all encodings, and the ids give the text back.
pub fn is_equal_in_all_encodings(text: &str) {
    OURS.with(|ours| {
        for (ours, (_, oracle, name)) in ours.iter().zip(PAIRS.iter()) {
            let expected = oracle.encode_ordinary(text);
            assert_eq!(
                ours.encode(text).unwrap(),
                expected,
                "{name} of {:?}",
                text.chars().take(80).collect::<String>()
            );
            assert_eq!(ours.count(text), expected.len(), "{name}");
            assert_eq!(ours.decode(&expected).unwrap(), text.as_bytes(), "{name}");
        }
    });
}
