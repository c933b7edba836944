//! Trains small tokenizers with the pre-tokenizers of well-known models, and writes each as a `tokenizer.json` with texts and
//! the ids that the reference gives them, for `tests/tokenizers/*.test.mjs`:
//! `cargo run -p trimtab-tokenizers --bin tokenizers-set -- FOLDER`
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stdout)]
#![allow(missing_docs, unreachable_pub, dead_code)]

#[path = "../configurations.rs"]
mod configurations;
#[path = "../../../examples/adversarial/texts/mod.rs"]
mod texts;

use std::path::{Path, PathBuf};

use configurations::{Configuration, configurations};
use serde_json::{Value, json};
use texts::Random;
use tokenizers::models::TrainerWrapper;
use tokenizers::models::bpe::BpeTrainer;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::{AddedToken, Tokenizer};

/// Enough for merges of merges; a list of this length is derived and proven in no time.
const VOCABULARY: usize = 3_000;
/// Texts have runs of one character, and the core has no room for tokens above 255 bytes.
const LONGEST_TOKEN: usize = 128;
const TEXTS: usize = 4_000;
const DECODED: usize = 300;

fn main() {
    let folder: PathBuf = std::env::args_os().nth(1).expect("usage: tokenizers-set FOLDER").into();
    std::fs::create_dir_all(&folder).unwrap();
    let lines = learned();
    for configuration in configurations() {
        let file = (configuration.derive)(trained(&configuration, &lines));
        let texts = tried(&lines, &configuration.added);
        write(&folder, configuration.name, &file, &texts);
    }
}

/// What the tokenizers learn from: this repository, and texts of all scripts.
fn learned() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = ["README.md", "docs/TOKENIZER.md", "docs/ARCHITECTURE.md", "src/engine/mod.rs", "src/forms/lib.rs"];
    let files = files.map(|file| std::fs::read_to_string(root.join(file)).unwrap());
    let lines = files.iter().flat_map(|text| text.split_inclusive('\n').map(str::to_owned));
    let drawn = texts::drawn(Random::new(1)).take(6_000).map(|text| String::from_utf16_lossy(&text));
    lines.chain(drawn).collect()
}

fn trained(configuration: &Configuration, lines: &[String]) -> Value {
    let model = json!({"type": "BPE", "vocab": {}, "merges": []});
    let empty = json!({
        "version": "1.0",
        "truncation": null,
        "padding": null,
        "added_tokens": [],
        "normalizer": configuration.normalizer,
        "pre_tokenizer": configuration.pre_tokenizer,
        "post_processor": null,
        "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
        "model": model,
    });
    let mut tokenizer: Tokenizer = empty.to_string().parse().unwrap();
    let alphabet = ByteLevel::alphabet().into_iter().collect();
    let trainer = BpeTrainer::builder()
        .vocab_size(VOCABULARY)
        .max_token_length(Some(LONGEST_TOKEN))
        .initial_alphabet(alphabet)
        .show_progress(false)
        .build();
    let mut trainer: TrainerWrapper = trainer.into();
    tokenizer.train(&mut trainer, lines.iter()).unwrap();
    let added = configuration.added.iter().map(|token| AddedToken {
        content: token.content.to_owned(),
        single_word: token.flags.contains('w'),
        lstrip: token.flags.contains('l'),
        rstrip: token.flags.contains('r'),
        normalized: token.flags.contains('n'),
        special: token.flags.contains('s'),
    });
    tokenizer.add_tokens(added).unwrap();
    let mut file: Value = serde_json::from_str(&tokenizer.to_string(false).unwrap()).unwrap();
    file["model"]["ignore_merges"] = json!(configuration.ignore_merges);
    file
}

/// Texts that a tokenizer is asked about: what it learned from, texts that it didn't, and its added tokens in any company.
fn tried(lines: &[String], added: &[configurations::Added]) -> Vec<String> {
    let mut random = Random::new(7);
    let drawn: Vec<String> =
        texts::drawn(Random::new(2)).take(TEXTS).map(|text| String::from_utf16_lossy(&text)).collect();
    let around = ["", " ", "a", "  \n", "é", "_", "½", "e\u{301}", "\u{a0}", "'s", "12345"];
    let beside = |random: &mut Random| {
        let mut text = String::new();
        for _ in 0..1 + random.below(4) {
            text += random.pick(&around);
            text += added.get(random.below(added.len().max(1))).map_or("", |token| token.content);
            text += random.pick(&around);
        }
        text
    };
    let beside: Vec<String> = (0..TEXTS / 4).map(|_| beside(&mut random)).collect();
    let long = ["a", "ab", " ", "=", "漢", "7", "\u{301}"].map(|unit| unit.repeat(700));
    let joined = lines.chunks(40).take(100).map(<[String]>::concat);
    joined.chain(drawn).chain(beside).chain(long).collect()
}

fn write(folder: &Path, name: &str, file: &Value, texts: &[String]) {
    let json = file.to_string();
    let mut tokenizer: Tokenizer = json.parse().unwrap();
    tokenizer.set_encode_special_tokens(true);
    let ids = |text: &String| tokenizer.encode(text.as_str(), false).unwrap().get_ids().to_vec();
    let encoded: Vec<Value> = texts.iter().map(|text| json!([text, ids(text)])).collect();
    let mut random = Random::new(8);
    let known: Vec<u32> = tokenizer.get_vocab(true).values().copied().collect();
    let row = |random: &mut Random| -> Vec<u32> { (0..6).map(|_| known[random.below(known.len())]).collect() };
    let rows = (0..DECODED).map(|_| row(&mut random));
    let decoded: Vec<Value> = rows.map(|row| json!([row, tokenizer.decode(&row, false).unwrap()])).collect();
    std::fs::write(folder.join(format!("{name}.json")), json).unwrap();
    let expected = json!({"encoded": encoded, "decoded": decoded}).to_string();
    std::fs::write(folder.join(format!("{name}.expected.json")), expected).unwrap();
    println!("{name}: {} texts", texts.len());
}
