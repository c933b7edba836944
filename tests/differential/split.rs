//! Chunks of texts, by what is promised of them.

use std::ops::Range;

use proptest::prelude::*;
use trimtab::ErrorKind;
use trimtab::tokenizer::{CountTokens, Tokenizer};

use crate::reference::{OURS, PAIRS};
use crate::texts::{self, Random};

/// Where the tokens of a text end.
fn ends(ours: &Tokenizer, text: &str) -> Vec<usize> {
    let mut at = 0;
    let lens = ours.encode(text).unwrap().into_iter().map(|id| ours.decode(&[id]).unwrap().len());
    lens.map(|len| {
        at += len;
        at
    })
    .collect()
}

fn is_kept(ours: &Tokenizer, text: &str, tokens: usize, overlap: usize, chunks: &[Range<usize>]) {
    let ends = ends(ours, text);
    let between = |from: usize, to: usize| ends.iter().filter(|end| (from + 1..=to).contains(*end)).count();
    let mut before = 0..0;
    for chunk in chunks {
        let alone = &text[chunk.clone()];
        assert!(ours.count(alone) <= tokens, "{alone:?} has more than {tokens}");
        assert!(
            chunk.end > before.end && chunk.start <= before.end,
            "nothing is left out, and each says something new"
        );
        assert!(chunk.start > before.start || before.end == 0);
        assert!(between(chunk.start, before.end) <= overlap, "{chunk:?} after {before:?} in {text:?}");
        if !ends.contains(&chunk.end) {
            // It ends with a character, and no token that ends before would have made a chunk that says something new.
            let fits = |end: &usize| {
                (chunk.start + 1..chunk.end).contains(end) && text.is_char_boundary(*end) && *end > before.end
            };
            assert_eq!(ends.iter().copied().find(fits), None, "{chunk:?} of {text:?}");
        }
        before = chunk.clone();
    }
    assert_eq!(before.end, text.len());
    if overlap == 0 {
        assert_eq!(chunks.iter().map(|chunk| &text[chunk.clone()]).collect::<String>(), text);
    }
}

fn splits(text: &str, tokens: usize, overlap: usize) {
    OURS.with(|ours| {
        for ours in ours {
            let most = text.chars().map(|char| ours.count(&char.to_string())).max().unwrap_or(0);
            match ours.split(text, tokens, overlap) {
                Ok(chunks) => is_kept(ours, text, tokens, overlap, &chunks),
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::BudgetTooSmall, "{text:?}");
                    assert_eq!(error.minimum(), Some(most as u64));
                    assert!(most > tokens, "{tokens} do for each character of {text:?}");
                    assert!(ours.split(text, most, 0).is_ok(), "the minimum does");
                }
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn adversarial_texts_are_split(seed: u64, tokens in 1..24_usize, overlap in 0..24_usize) {
        for text in texts::drawn(Random::new(seed)).take(17).filter(|text| text.len() < 2_000) {
            splits(&String::from_utf16_lossy(&text), tokens, overlap % tokens);
        }
    }

    #[test]
    fn any_text_is_split(text: String, tokens in 1..12_usize, overlap in 0..12_usize) {
        splits(&text, tokens, overlap % tokens);
    }

    #[test]
    fn digits_and_contractions_are_split_where_they_are_read_anew(
        text in "([०-९]{1,9}|[0-9]{1,9}|don't|'ll|ABCdef| {1,5}|\n{1,3}|😀){0,12}",
        tokens in 1..8_usize,
        overlap in 0..8_usize,
    ) {
        splits(&text, tokens, overlap % tokens);
    }
}

#[test]
fn chunks_are_as_long_as_they_may_be() {
    OURS.with(|ours| {
        for (ours, (_, _, name)) in ours.iter().zip(PAIRS.iter()) {
            let text = "The harbour was built in 1911, and nobody complained. ".repeat(200);
            let count = ours.count(&text);
            let chunks = ours.split(&text, 100, 0).unwrap();
            assert_eq!(chunks.len(), count.div_ceil(100), "{name}");
            let overlapping = ours.split(&text, 100, 20).unwrap();
            assert_eq!(overlapping.len(), 1 + (count - 100).div_ceil(80), "{name}");
        }
    });
}

#[test]
fn an_overlap_of_a_whole_chunk_is_refused() {
    OURS.with(|ours| {
        for (tokens, overlap) in [(0, 0), (4, 4), (4, 5)] {
            assert_eq!(ours[0].split("a", tokens, overlap).unwrap_err().kind(), ErrorKind::InvalidInput);
        }
        assert!(ours[0].split("", 4, 0).unwrap().is_empty());
    });
}

#[test]
fn a_megabyte_of_anything_is_split() {
    OURS.with(|ours| {
        for text in texts::megabytes() {
            let chunks = ours[0].split(&text, 1_000, 100).unwrap();
            assert_eq!(chunks.last().map(|chunk| chunk.end), Some(text.len()));
        }
    });
}
