//! Special tokens, allowed and refused, against the reference.

use std::collections::HashSet;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use tiktoken_rs::CoreBPE;
use trimtab::ErrorKind;
use trimtab::tokenizer::{CountTokens, Names, Specials};

use crate::reference::{OURS, PAIRS, is_equal_in_all_encodings};

/// All that is or looks like a special token of some encoding, and what stands between.
const PARTS: &[&str] = &[
    "<|endoftext|>",
    "<|endofprompt|>",
    "<|fim_prefix|>",
    "<|fim_middle|>",
    "<|fim_suffix|>",
    "<|startoftext|>",
    "<|start|>",
    "<|end|>",
    "<|message|>",
    "<|channel|>",
    "<|return|>",
    "<|call|>",
    "<|constrain|>",
    "<|reserved_200000|>",
    "<|reserved_200018|>",
    "<|reserved_200002|>",
    "<|reserved_201087|>",
    "<|reserved_201088|>",
    "<|reserved_+200000|>",
    "<|reserved_0200000|>",
    "<|reserved_|>",
    "<|reserved_99999999999|>",
    "<|",
    "|>",
    "<",
    "endoftext",
    " ",
    "\n",
    "hello",
    "é",
    "漢",
    "don't",
    "123",
    "  \n",
    "<|endoftext",
    "|>x",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PARTS), 0..12).prop_map(|parts| parts.concat())
}

fn some_names() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(PARTS, 0..8)
}

/// The reference's ids of `text` where the special tokens `names` are allowed.
fn allowed(oracle: &CoreBPE, text: &str, names: &[&str]) -> Vec<u32> {
    oracle.encode(text, &names.iter().copied().collect()).unwrap().0
}

/// Which names are refused, said plainly.
fn is_refused(text: &str, all: &HashSet<String>, allowed: &[&str], disallowed: Option<&[&str]>) -> bool {
    match disallowed {
        Some(names) => names.iter().any(|name| text.contains(name)),
        None => all.iter().any(|name| text.contains(name.as_str()) && !allowed.contains(&name.as_str())),
    }
}

fn is_as_the_reference(text: &str, allowed_names: &[&str], disallowed: Option<&[&str]>) {
    OURS.with(|ours| {
        for (ours, (_, oracle, name)) in ours.iter().zip(PAIRS.iter()) {
            let specials = Specials {
                allowed: Names::These(allowed_names),
                disallowed: disallowed.map_or(Names::All, Names::These),
            };
            let (ids, count) = (ours.encode_with(text, specials), ours.count_with(text, specials, usize::MAX));
            let all = oracle.special_tokens().into_iter().map(str::to_owned).collect();
            if is_refused(text, &all, allowed_names, disallowed) {
                assert_eq!(ids.unwrap_err().kind(), ErrorKind::DisallowedSpecial, "{name} of {text:?}");
                assert_eq!(count.unwrap_err().kind(), ErrorKind::DisallowedSpecial, "{name} of {text:?}");
                continue;
            }
            let expected = allowed(oracle, text, allowed_names);
            assert_eq!(ids.unwrap(), expected, "{name} of {text:?} with {allowed_names:?}");
            assert_eq!(count.unwrap(), Some(expected.len()), "{name} of {text:?}");
            for limit in 0..expected.len() + 2 {
                let up_to = ours.count_with(text, specials, limit).unwrap();
                assert_eq!(up_to, Some(expected.len()).filter(|count| *count <= limit), "{name} of {text:?}");
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn allowed_ones_are_tokens_and_others_text(text in text(), allowed in some_names()) {
        is_as_the_reference(&text, &allowed, Some(&[]));
    }

    #[test]
    fn all_others_are_refused(text in text(), allowed in some_names()) {
        is_as_the_reference(&text, &allowed, None);
    }

    #[test]
    fn any_strings_are_refused(text in text(), allowed in some_names(), disallowed in some_names()) {
        is_as_the_reference(&text, &allowed, Some(&disallowed));
    }

    #[test]
    fn without_a_say_they_are_text(text in text()) {
        is_equal_in_all_encodings(&text);
    }
}

#[test]
fn all_that_an_encoding_has_are_allowed() {
    let text = PARTS.concat();
    OURS.with(|ours| {
        for (ours, (_, oracle, name)) in ours.iter().zip(PAIRS.iter()) {
            let specials = Specials { allowed: Names::All, disallowed: Names::All };
            let ids = ours.encode_with(&text, specials).unwrap();
            assert_eq!(ids, oracle.encode_with_special_tokens(&text), "{name}");
            assert_eq!(ours.count_with(&text, specials, usize::MAX).unwrap(), Some(ids.len()), "{name}");
            assert_eq!(ours.decode(&ids).unwrap(), text.as_bytes(), "{name}");
            assert_eq!(ours.count(&text), ours.encode(&text).unwrap().len(), "{name}");
        }
    });
}

#[test]
fn an_error_says_what_is_refused_and_where() {
    OURS.with(|ours| {
        let specials = Specials { allowed: Names::These(&[]), disallowed: Names::All };
        let error = ours[0].encode_with("👍 é<|endofprompt|><|endoftext|>", specials).unwrap_err();
        assert!(error.to_string().contains("'<|endofprompt|>' at 4"), "{error}");
    });
}
