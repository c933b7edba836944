//! Which encoding a model counts with.

use super::encodings::{ENCODINGS, Encoding, encoding};
use trimtab_error::{Error, ErrorKind, Result};

const O200K: &str = "o200k_base";
const HARMONY: &str = "o200k_harmony";
const CL100K: &str = "cl100k_base";
const P50K: &str = "p50k_base";
const P50K_EDIT: &str = "p50k_edit";
const R50K: &str = "r50k_base";

/// Families of models: a name is of a family when it is the family's, or goes on with `-`, `:` or `@` (a variant or a date).
/// A family that ends with a dot takes all that goes on from there. The longest match wins.
///
/// Source: `tiktoken` 0.14, `model.py`; `codex-mini` and all of `o4` follow `tiktoken-rs` 0.12 and their announcements.
const FAMILIES: &[(&str, &str)] = &[
    ("gpt-5", O200K),
    ("gpt-5.", O200K),
    ("gpt-4.5", O200K),
    ("gpt-4.1", O200K),
    ("gpt-4o", O200K),
    ("chatgpt-4o", O200K),
    ("o1", O200K),
    ("o3", O200K),
    ("o4", O200K),
    ("codex-mini", O200K),
    ("gpt-oss", HARMONY),
    ("gpt-4", CL100K),
    ("gpt-3.5", CL100K),
    ("gpt-35", CL100K), // Azure has no dots in names
    ("davinci-002", CL100K),
    ("babbage-002", CL100K),
    ("text-embedding-ada-002", CL100K),
    ("text-embedding-3", CL100K),
    ("text-davinci-003", P50K),
    ("text-davinci-002", P50K),
    ("code-davinci", P50K),
    ("code-cushman", P50K),
    ("davinci-codex", P50K),
    ("cushman-codex", P50K),
    ("text-davinci-edit", P50K_EDIT),
    ("code-davinci-edit", P50K_EDIT),
    ("text-davinci-001", R50K),
    ("text-curie", R50K),
    ("text-babbage", R50K),
    ("text-ada", R50K),
    ("davinci", R50K),
    ("curie", R50K),
    ("babbage", R50K),
    ("ada", R50K),
    ("text-similarity", R50K),
    ("text-search", R50K),
    ("code-search", R50K),
    ("gpt2", R50K),
    ("gpt-2", R50K),
];

/// Families whose tokenizer is not public, so that no count can be exact.
const NOT_PUBLIC: &[&str] = &["claude", "gemini", "grok", "command", "nova"];

/// Families whose tokenizer is public and not among the encodings here.
const ELSEWHERE: &[&str] =
    &["llama", "meta-llama", "qwen", "deepseek", "mistral", "mixtral", "codestral", "kimi", "glm"];

/// The encoding that `model` counts with, by exact name, dated variant or family.
///
/// A provider's prefix (`openai/gpt-5`, `openai:gpt-5`, `openai.gpt-oss-20b`) and a fine-tune's wrapping (`ft:gpt-4o:org::id`) are looked
/// through. A name of an encoding names itself.
///
/// # Errors
/// [`ErrorKind::UnknownModel`], naming the nearest known name, or saying that the tokenizer is not public or not here.
pub fn encoding_for_model(model: &str) -> Result<&'static Encoding> {
    let lower = model.trim().to_ascii_lowercase();
    let name = bare(&lower);
    let family = FAMILIES
        .iter()
        .filter(|(family, _)| is_of_family(name, family))
        .max_by_key(|(family, _)| family.len())
        .map(|(_, encoding)| *encoding);
    family.and_then(encoding).or_else(|| encoding(name)).ok_or_else(|| unknown(model, name))
}

/// Whether `model` is known to count with a tokenizer that is none of the encodings here.
pub fn counts_elsewhere(model: &str) -> bool {
    let lower = model.trim().to_ascii_lowercase();
    [NOT_PUBLIC, ELSEWHERE].into_iter().any(|families| family_in(families, bare(&lower)).is_some())
}

/// The name without a provider's prefix and a fine-tune's.
fn bare(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    let name = name.strip_prefix("openai").and_then(|rest| rest.strip_prefix(['.', ':'])).unwrap_or(name);
    name.strip_prefix("ft:").unwrap_or(name)
}

fn is_of_family(name: &str, family: &str) -> bool {
    name.strip_prefix(family)
        .is_some_and(|rest| family.ends_with('.') || rest.is_empty() || rest.starts_with(['-', ':', '@']))
}

/// The family of `name`, which may have the names of a region and a provider before it: `us.anthropic.claude-opus-4`.
fn family_in(families: &[&'static str], name: &str) -> Option<&'static str> {
    families.iter().find(|family| name.split('.').any(|part| part.starts_with(**family))).copied()
}

fn unknown(model: &str, name: &str) -> Error {
    let message = if let Some(family) = family_in(NOT_PUBLIC, name) {
        format!("the tokenizer of '{model}' is not public ({family} models), so no count can be exact")
    } else if let Some(family) = family_in(ELSEWHERE, name) {
        format!("the tokenizer of '{model}' is not in this package ({family} models): bring its tokenizer.json")
    } else {
        format!("'{model}' is not a known model or encoding; the nearest known name is '{}'", nearest(name))
    };
    Error::new(ErrorKind::UnknownModel, message)
}

fn nearest(name: &str) -> &'static str {
    let encodings = ENCODINGS.iter().map(|encoding| encoding.name);
    let families = FAMILIES.iter().map(|(family, _)| *family).filter(|family| !family.ends_with('.'));
    families.chain(encodings).min_by_key(|known| edit_distance(name, known)).unwrap_or(O200K)
}

/// Levenshtein distance over bytes. Names longer than any model's are cut: only the nearness of a typo matters.
fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<u8> = a.bytes().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, y) in row.iter_mut().skip(1).zip(b.bytes()) {
            let substituted = diagonal + usize::from(*x != y);
            diagonal = *cell;
            left = substituted.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(model: &str) -> &'static str {
        encoding_for_model(model).unwrap().name
    }

    #[test]
    fn dated_variants_prefixes_and_fine_tunes_resolve_to_their_family() {
        assert_eq!(name("gpt-5"), "o200k_base");
        assert_eq!(name("gpt-5.1-codex"), "o200k_base");
        assert_eq!(name("openai/gpt-4o-2024-05-13"), "o200k_base");
        assert_eq!(name("gpt-4-0314"), "cl100k_base");
        assert_eq!(name("ft:gpt-3.5-turbo:org::id"), "cl100k_base");
        assert_eq!(name("gpt-oss-20b"), "o200k_harmony");
        assert_eq!(name("openai.gpt-oss-120b-1:0"), "o200k_harmony");
        assert_eq!(name("azure/gpt-35-turbo-16k"), "cl100k_base");
        assert_eq!(name("openai/gpt-5.6-sol:online"), "o200k_base");
        assert_eq!(name("ft:gpt-4o-mini-2024-07-18:org:custom:id"), "o200k_base");
        assert_eq!(name("ft:gpt-4:org::id"), "cl100k_base");
        assert_eq!(name(" GPT-4o "), "o200k_base");
        assert_eq!(name("text-embedding-3-large"), "cl100k_base");
        assert_eq!(name("text-davinci-edit-001"), "p50k_edit");
        assert_eq!(name("cl100k_base"), "cl100k_base");
    }

    #[test]
    fn a_family_is_not_matched_inside_a_longer_word() {
        for model in ["gpt-4x", "gpt-4.2", "gpt-50", "o11", "", "-", "adamant"] {
            assert_eq!(encoding_for_model(model).err().map(|e| e.kind()), Some(ErrorKind::UnknownModel), "{model}");
        }
    }

    #[test]
    fn a_typo_is_answered_with_the_nearest_name() {
        let error = encoding_for_model("gtp-5").err().unwrap();
        assert!(error.to_string().contains("'gpt-5'"), "{error}");
    }

    #[test]
    fn a_tokenizer_that_is_not_public_is_said_to_be_so() {
        for model in ["claude-opus-4", "us.anthropic.claude-sonnet-4-20250514-v1:0", "google/gemini-2.5-pro"] {
            let error = encoding_for_model(model).err().unwrap();
            assert!(error.to_string().contains("not public"), "{error}");
            assert!(counts_elsewhere(model));
        }
        let error = encoding_for_model("meta-llama/Llama-3.1-8B").err().unwrap();
        assert!(error.to_string().contains("tokenizer.json"), "{error}");
        assert!(!counts_elsewhere("gpt-5"));
    }
}
