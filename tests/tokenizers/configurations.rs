//! How well-known models split texts and what they add to their vocabularies, one entry each.

use serde_json::{Value, json};

pub struct Configuration {
    pub name: &'static str,
    pub normalizer: Value,
    pub pre_tokenizer: Value,
    pub ignore_merges: bool,
    pub added: Vec<Added>,
    /// What is made of the file after training.
    pub derive: fn(Value) -> Value,
}

/// A token with its flags: special, normalized, lstrip, rstrip, single word.
pub struct Added {
    pub content: &'static str,
    pub flags: &'static str,
}

const CONTRACTIONS: &str = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const UPPER: &str = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]";
const LOWER: &str = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]";

fn words(number: &str) -> String {
    format!(
        r"{CONTRACTIONS}|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|{number}| ?[^\s\p{{L}}\p{{N}}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    )
}

fn cased(after: &str, number: &str) -> String {
    format!(
        r"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+{after}|[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*{after}|{number}| ?[^\s\p{{L}}\p{{N}}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    )
}

fn split(expression: &str) -> Value {
    json!({"type": "Split", "pattern": {"Regex": expression}, "behavior": "Isolated", "invert": false})
}

fn bytes(use_regex: bool) -> Value {
    json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": use_regex})
}

fn steps(steps: &[Value]) -> Value {
    json!({"type": "Sequence", "pretokenizers": steps})
}

const DEEPSEEK: &str = r##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"##;

fn added(tokens: &[(&'static str, &'static str)]) -> Vec<Added> {
    tokens.iter().map(|(content, flags)| Added { content, flags }).collect()
}

fn as_trained(file: Value) -> Value {
    file
}

pub fn configurations() -> Vec<Configuration> {
    let specials = || added(&[("<|begin_of_text|>", "s"), ("<|eot_id|>", "s")]);
    let llama = || steps(&[split(&words(r"\p{N}{1,3}")), bytes(false)]);
    let numbers = || split(r"\p{N}{1,3}");
    let entry = |name, pre_tokenizer, ignore_merges, added| Configuration {
        name,
        normalizer: Value::Null,
        pre_tokenizer,
        ignore_merges,
        added,
        derive: as_trained,
    };
    vec![
        entry("gpt2", bytes(true), false, added(&[("<|endoftext|>", "s")])),
        entry("llama3", llama(), true, specials()),
        Configuration {
            normalizer: json!({"type": "NFC"}),
            ..entry(
                "qwen3",
                steps(&[split(&words(r"\p{N}")), bytes(false)]),
                false,
                added(&[
                    ("<|im_start|>", "s"),
                    ("<|im_end|>", "s"),
                    ("<think>", ""),
                    ("</think>", ""),
                    ("<tool_call>", ""),
                ]),
            )
        },
        Configuration {
            normalizer: json!({"type": "Sequence", "normalizers": []}),
            ..entry(
                "deepseek",
                steps(&[numbers(), split("[一-龥\u{3040}-ゟ゠-ヿ]+"), split(DEEPSEEK), bytes(false)]),
                false,
                added(&[
                    ("<｜begin▁of▁sentence｜>", "s"),
                    ("<｜User｜>", "n"),
                    ("<｜Assistant｜>", "n"),
                    ("<｜fim▁hole｜>", "n"),
                ]),
            )
        },
        entry(
            "o200k",
            steps(&[split(&cased(&format!("{CONTRACTIONS}?"), r"\p{N}{1,3}")), bytes(false)]),
            true,
            specials(),
        ),
        entry("tekken", steps(&[split(&cased("", r"\p{N}")), bytes(false)]), true, specials()),
        entry(
            "digits",
            steps(&[json!({"type": "Digits", "individual_digits": true}), bytes(true)]),
            false,
            added(&[("<fim_prefix>", "s"), ("<fim_middle>", "s")]),
        ),
        entry("numbers", steps(&[json!({"type": "Digits", "individual_digits": false}), bytes(true)]), false, vec![]),
        entry(
            "strings",
            steps(&[
                json!({"type": "Split", "pattern": {"String": "'s"}, "behavior": "Isolated", "invert": false}),
                json!({"type": "Split", "pattern": {"Regex": words(r"\p{N}")}, "behavior": "Removed", "invert": true}),
                bytes(false),
            ]),
            false,
            vec![],
        ),
        Configuration {
            normalizer: json!({"type": "NFC"}),
            ..entry(
                "stripping",
                steps(&[split(&words(r"\p{N}{1,3}")), bytes(false)]),
                false,
                added(&[
                    ("<left>", "l"),
                    ("<right>", "rn"),
                    ("<both>", "lr"),
                    ("<mask>", "slr"),
                    ("word", "w"),
                    // Not é: the reference takes it for the byte 233 when it decodes a token that was added.
                    ("<ễ>", "n"),
                    ("<ễ", ""),
                    ("<left><right>", ""),
                    ("  ", "n"),
                ]),
            )
        },
        Configuration { derive: shuffled, ..entry("shuffled", llama(), false, specials()) },
        Configuration { derive: by_rank, ..entry("by-rank", llama(), false, specials()) },
        Configuration { derive: by_rank, ..entry("by-rank-whole", llama(), true, specials()) },
    ]
}

fn tokens(file: &Value) -> Vec<(String, u64)> {
    let vocab = file["model"]["vocab"].as_object().unwrap();
    vocab.iter().map(|(token, id)| (token.clone(), id.as_u64().unwrap())).collect()
}

/// Multiplying by a number that shares no factor with the size gives every id once.
fn shuffle(id: u64, size: u64) -> u64 {
    let factor = [7_919, 7_907, 7_901].into_iter().find(|factor| size % factor != 0).unwrap();
    (id + 1) * factor % size
}

/// Ids that tell nothing of the order of merges.
fn shuffled(mut file: Value) -> Value {
    let all = tokens(&file);
    for (token, id) in &all {
        file["model"]["vocab"][token] = json!(shuffle(*id, all.len() as u64));
    }
    file
}

/// As files are made from vocabularies with ranks: every pair of tokens that together are one is a merge, in the order of
/// the ids of what they make, then of what they are. Ids are shuffled within blocks, so that some tokens come before their parts and
/// some are never made.
fn by_rank(mut file: Value) -> Value {
    let mut all = tokens(&file);
    // Single bytes first.
    all.sort_by_key(|(token, id)| (token.chars().count() > 1, *id / 64, shuffle(*id % 64, 61), *id));
    for ((token, _), rank) in all.iter().zip(0..) {
        file["model"]["vocab"][token] = json!(rank);
    }
    let vocab = file["model"]["vocab"].clone();
    let rank = |token: &str| vocab[token].as_u64();
    let mut merges = vec![];
    for (token, _) in &all {
        for (at, _) in token.char_indices().skip(1) {
            let (left, right) = token.split_at(at);
            if let (Some(l), Some(r)) = (rank(left), rank(right)) {
                merges.push((rank(token), l, r, json!([left, right])));
            }
        }
    }
    merges.sort_by_key(|(whole, left, right, _)| (*whole, *left, *right));
    file["model"]["merges"] = merges.into_iter().map(|(.., pair)| pair).collect();
    file
}
