//! The encodings, one line each.

use std::ops::Range;

use crate::pretokenize::Split;

/// How an encoding splits text, which vocabulary it merges with, and its special tokens.
pub struct Encoding {
    /// The name that `tiktoken` gives it.
    pub name: &'static str,
    /// The name of the pack with its vocabulary.
    pub pack: &'static str,
    pub(crate) split: Split,
    /// Names and ids of its special tokens.
    pub specials: &'static [(&'static str, u32)],
    /// Ids that have no use yet, named `<|reserved_N|>`, except for those in `specials`.
    pub reserved: Range<u32>,
}

impl Encoding {
    /// The name of the special token `id`, where it has no use yet.
    pub(crate) fn reserved_name(&self, id: u32) -> Option<String> {
        let is_free = self.reserved.contains(&id) && self.specials.iter().all(|(_, special)| *special != id);
        is_free.then(|| format!("<|reserved_{id}|>"))
    }
}

const END_OF_TEXT: &str = "<|endoftext|>";
const END_OF_PROMPT: &str = "<|endofprompt|>";
const FIM_PREFIX: &str = "<|fim_prefix|>";
const FIM_MIDDLE: &str = "<|fim_middle|>";
const FIM_SUFFIX: &str = "<|fim_suffix|>";

const O200K: &[(&str, u32)] = &[(END_OF_TEXT, 199_999), (END_OF_PROMPT, 200_018)];
const HARMONY: &[(&str, u32)] = &[
    ("<|startoftext|>", 199_998),
    (END_OF_TEXT, 199_999),
    ("<|return|>", 200_002),
    ("<|constrain|>", 200_003),
    ("<|channel|>", 200_005),
    ("<|start|>", 200_006),
    ("<|end|>", 200_007),
    ("<|message|>", 200_008),
    ("<|call|>", 200_012),
];
const CL100K: &[(&str, u32)] = &[
    (END_OF_TEXT, 100_257),
    (FIM_PREFIX, 100_258),
    (FIM_MIDDLE, 100_259),
    (FIM_SUFFIX, 100_260),
    (END_OF_PROMPT, 100_276),
];
const R50K: &[(&str, u32)] = &[(END_OF_TEXT, 50_256)];
const P50K_EDIT: &[(&str, u32)] =
    &[(END_OF_TEXT, 50_256), (FIM_PREFIX, 50_281), (FIM_MIDDLE, 50_282), (FIM_SUFFIX, 50_283)];

/// All encodings.
pub static ENCODINGS: &[Encoding] = &[
    Encoding { name: "o200k_base", pack: "o200k_base", split: Split::O200k, specials: O200K, reserved: 0..0 },
    Encoding {
        name: "o200k_harmony",
        pack: "o200k_base",
        split: Split::O200k,
        specials: HARMONY,
        reserved: 200_000..201_088,
    },
    Encoding { name: "cl100k_base", pack: "cl100k_base", split: Split::Cl100k, specials: CL100K, reserved: 0..0 },
    Encoding { name: "p50k_base", pack: "p50k_base", split: Split::R50k, specials: R50K, reserved: 0..0 },
    Encoding { name: "p50k_edit", pack: "p50k_base", split: Split::R50k, specials: P50K_EDIT, reserved: 0..0 },
    Encoding { name: "r50k_base", pack: "r50k_base", split: Split::R50k, specials: R50K, reserved: 0..0 },
];

/// What a tokenizer that the caller brings has in the place of an encoding.
#[cfg(feature = "own")]
pub(crate) static OWN: Encoding = Encoding { name: "own", pack: "", split: Split::R50k, specials: &[], reserved: 0..0 };

/// The encoding of that name.
pub fn encoding(name: &str) -> Option<&'static Encoding> {
    ENCODINGS.iter().find(|encoding| encoding.name == name)
}
