//! What is remembered counts as what is counted: in every encoding, whatever the text.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    unreachable_pub
)]

#[allow(dead_code, reason = "only the tokenizers are needed here")]
#[path = "differential/reference.rs"]
mod reference;

use std::rc::Rc;

use proptest::prelude::*;
use reference::PAIRS;
use trimtab::content::segment;
use trimtab::engine::Recall;
use trimtab::forms::{Ask, Asked, Choice, Memory, write, write_knowing};
use trimtab::tokenizer::{CountTokens, Tokenizer, encoding};

thread_local! {
    static RECALLS: Vec<Recall> = PAIRS
        .iter()
        .map(|(pack, _, name)| Recall::new(Rc::new(Tokenizer::new(encoding(name).unwrap(), pack).unwrap())))
        .collect();
}

/// Lines that begin and end with all that the encodings treat differently.
fn line() -> impl Strategy<Value = String> {
    let start = prop::sample::select(&["", " ", "  ", "\t", "A", "b", "'s", "9", "/", "-", "é", "中", "\u{301}"]);
    let middle = prop::sample::select(&[
        "",
        "word",
        "some words that are common",
        "x = y + 1;",
        "https://a.b/c",
        "Ünï",
        "中文字",
    ]);
    let end = prop::sample::select(&["", ".", " ", "  ", "\t", "\r", "\n", "\n\n", "/", "}", "\u{85}", "\u{a0}", "é"]);
    (start, middle, end).prop_map(|(start, middle, end)| format!("{start}{middle}{end}\n"))
}

/// Segments that forms have something to offer for, and one that they leave.
const SEGMENTS: [&str; 6] = [
    "[\n  {\n    \"id\": 1,\n    \"ok\": true\n  },\n  {\n    \"id\": 2,\n    \"ok\": false\n  }\n]\n\n",
    "| name | age |\n|------|-----|\n| Ann  | 31  |\n| Bob  | 44  |\n\n",
    "2024-05-01 10:00:00 INFO a started\n2024-05-01 10:00:01 INFO b started\n2024-05-01 10:00:02 INFO c started\n\n",
    "Some words,      with     too   many      spaces      between        them,   again    and      again.\n\n",
    "src/a/b/c/one.rs:1: warning: unused\nsrc/a/b/c/one.rs:2: warning: unused\nsrc/a/b/c/one.rs:3: warning: unused\n\n",
    "Plain words.\n\n",
];

#[test]
fn a_form_that_was_chosen_before_is_known() {
    RECALLS.with(|recalls| {
        for recall in recalls {
            let text = SEGMENTS[0];
            write_knowing(text, &segment(text), Ask::default(), recall, recall);
            let known = Known(recall);
            let written = write_knowing(text, &segment(text), Ask::default(), recall, &known);
            assert_eq!(written, write(text, &segment(text), Ask::default(), recall));
            assert!(written.text.len() < text.len());
        }
    });
}

/// A memory that is to know everything.
struct Known<'a>(&'a Recall);

impl Memory for Known<'_> {
    fn recall(&self, asked: &Asked<'_>) -> Option<Option<Choice>> {
        let known = self.0.recall(asked);
        assert!(known.is_some(), "not known: {:?}", asked.source);
        known
    }

    fn keep(&self, _: &Asked<'_>, _: Option<&Choice>) {}
}

proptest! {
    #[test]
    fn what_is_written_with_a_memory_is_what_is_written_without(
        picks in prop::collection::vec(0..SEGMENTS.len(), 0..6), all_stays: bool, dense: bool,
    ) {
        let text: String = picks.iter().map(|pick| SEGMENTS[*pick]).collect();
        let ask = Ask { all_stays, dense, ..Ask::default() };
        RECALLS.with(|recalls| {
            for recall in recalls {
                let expected = write(&text, &segment(&text), ask, recall);
                assert_eq!(write_knowing(&text, &segment(&text), ask, recall, recall), expected);
            }
        });
    }

    #[test]
    fn a_remembered_count_is_the_tokenizers(lines in prop::collection::vec(line(), 0..40), limit in 0usize..200) {
        let text = lines.concat();
        RECALLS.with(|recalls| {
            for (recall, (_, _, name)) in recalls.iter().zip(PAIRS.iter()) {
                let expected = recall.tokenizer().count(&text);
                assert_eq!(recall.count(&text), expected, "{name}: {text:?}");
                assert_eq!(recall.count(&text), expected, "{name}, again: {text:?}");
                assert_eq!(recall.count_up_to(&text, limit), Some(expected).filter(|count| *count <= limit));
            }
        });
    }
}

#[test]
fn one_changed_paragraph_leaves_the_others_known() {
    let paragraph = |number: usize| format!("Paragraph {number} says something that the others do not say at all.\n\n");
    let mut paragraphs: Vec<String> = (0..50).map(paragraph).collect();
    RECALLS.with(|recalls| {
        let recall = &recalls[0];
        recall.count(&paragraphs.concat());
        paragraphs[20] = "Another one took its place, and it is a little longer than that one was.\n\n".to_owned();
        let (count, known) = recall.count_with_share(&paragraphs.concat());
        assert_eq!(count, recall.tokenizer().count(&paragraphs.concat()));
        assert!(known < count && known * 20 >= count * 19, "{known} of {count}");
    });
}
