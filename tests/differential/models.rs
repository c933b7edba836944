//! Models against the reference's own table.

use tiktoken_rs::tokenizer::{Tokenizer, get_tokenizer};
use trimtab::ErrorKind;
use trimtab::tokenizer::encoding_for_model;

/// Every name and prefix of `tiktoken` 0.14, `model.py`, the prefixes with something behind them.
const MODELS: &[&str] = &[
    "o1",
    "o1-mini",
    "o1-2024-12-17",
    "o3",
    "o3-pro",
    "o4-mini",
    "o4-mini-2025-04-16",
    "gpt-5",
    "gpt-5-mini",
    "gpt-5.1",
    "gpt-5.2-codex",
    "gpt-5.4-nano-2026-03-17",
    "gpt-5.6-sol",
    "gpt-4.5-preview",
    "gpt-4.1",
    "gpt-4.1-mini",
    "chatgpt-4o-latest",
    "gpt-4o",
    "gpt-4o-2024-05-13",
    "gpt-4",
    "gpt-4-0314",
    "gpt-4-32k",
    "gpt-4-turbo",
    "gpt-3.5-turbo",
    "gpt-3.5-turbo-0301",
    "gpt-3.5",
    "gpt-35-turbo",
    "gpt-35-turbo-16k",
    "gpt-oss-20b",
    "gpt-oss-120b",
    "ft:gpt-4o:o::i",
    "ft:gpt-4-0613:o::i",
    "ft:gpt-3.5-turbo:o::i",
    "ft:davinci-002:o::i",
    "ft:babbage-002:o::i",
    "davinci-002",
    "babbage-002",
    "text-embedding-ada-002",
    "text-embedding-3-small",
    "text-embedding-3-large",
    "text-davinci-003",
    "text-davinci-002",
    "text-davinci-001",
    "text-curie-001",
    "text-babbage-001",
    "text-ada-001",
    "davinci",
    "curie",
    "babbage",
    "ada",
    "code-davinci-002",
    "code-davinci-001",
    "code-cushman-002",
    "code-cushman-001",
    "davinci-codex",
    "cushman-codex",
    "text-davinci-edit-001",
    "code-davinci-edit-001",
    "text-similarity-davinci-001",
    "text-similarity-curie-001",
    "text-similarity-babbage-001",
    "text-similarity-ada-001",
    "text-search-davinci-doc-001",
    "text-search-curie-doc-001",
    "text-search-babbage-doc-001",
    "text-search-ada-doc-001",
    "code-search-babbage-code-001",
    "code-search-ada-code-001",
    "gpt2",
    "gpt-2",
    "codex-mini-latest",
];

fn name(tokenizer: Tokenizer) -> &'static str {
    match tokenizer {
        Tokenizer::O200kHarmony => "o200k_harmony",
        Tokenizer::O200kBase => "o200k_base",
        Tokenizer::Cl100kBase => "cl100k_base",
        Tokenizer::P50kBase => "p50k_base",
        // The same vocabulary and special tokens.
        Tokenizer::R50kBase | Tokenizer::Gpt2 => "r50k_base",
        Tokenizer::P50kEdit => "p50k_edit",
    }
}

#[test]
fn every_model_has_the_reference_s_encoding() {
    for model in MODELS {
        let expected = get_tokenizer(model).map(name);
        assert!(expected.is_some(), "the reference knows {model}");
        assert_eq!(encoding_for_model(model).ok().map(|encoding| encoding.name), expected, "{model}");
    }
}

#[test]
fn what_the_reference_does_not_know_is_unknown() {
    for model in ["gpt-6", "gpt-6-astra", "gpt-4x", "o5", "text-embedding-4", "whisper-1", "dall-e-3"] {
        assert!(get_tokenizer(model).is_none(), "{model}");
        assert_eq!(encoding_for_model(model).err().map(|error| error.kind()), Some(ErrorKind::UnknownModel), "{model}");
    }
}
