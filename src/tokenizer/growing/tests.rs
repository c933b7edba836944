//! The outline against the splitters themselves, which read the whole text.

use super::outline::{Outline, REACH};
use crate::pretokenize::Split;

const SPLITS: [Split; 3] = [Split::O200k, Split::Cl100k, Split::R50k];

/// Of each class one or two, and all that the patterns name.
const CHARS: &[char] = &[
    'A', 'B', 'a', 's', 'l', 'e', 'r', 'ſ', 'あ', 'ª', '\u{301}', '1', '½', '!', '—', '\'', '/', ' ', '\t', '\u{3000}',
    '\n', '\r',
];

fn pieces(split: Split, text: &str) -> Vec<usize> {
    let mut ends = vec![];
    while ends.last().copied().unwrap_or(0) < text.len() {
        ends.push(split.piece_end(text.as_bytes(), ends.last().copied().unwrap_or(0)));
    }
    ends
}

/// Takes characters one by one and asks after each.
fn check(split: Split, chars: &[char]) {
    let mut outline = Outline::new(split);
    let mut text = String::new();
    let mut before: Vec<usize> = vec![];
    for char in chars {
        text.push(*char);
        outline.push(*char, text.len());
        let now = pieces(split, &text);
        assert_eq!(outline.pieces(), now, "{split:?} of {text:?}");
        let stay = before.len().saturating_sub(REACH);
        assert_eq!(now.get(..stay), before.get(..stay), "{split:?}: pieces that were settled change in {text:?}");
        before = now;
    }
}

fn check_all(chars: &[char]) {
    for split in SPLITS {
        check(split, chars);
    }
}

#[test]
fn every_text_of_four_characters_is_outlined() {
    let count = CHARS.len();
    for number in 0..count.pow(4) {
        let text: Vec<char> = (0..4).map(|place| CHARS[number / count.pow(place) % count]).collect();
        check_all(&text);
    }
}

#[test]
fn texts_of_many_runs_are_outlined() {
    let mut state = 1_u32;
    let mut below = |end: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % end
    };
    for _ in 0..30_000 {
        let few: Vec<char> = (0..1 + below(4)).map(|_| CHARS[below(CHARS.len())]).collect();
        let mut text = vec![];
        while text.len() < 24 {
            let times = 1 + below(6) * below(2);
            text.extend(std::iter::repeat_n(few[below(few.len())], times));
        }
        check_all(&text);
    }
}

#[test]
fn a_run_of_anything_has_a_short_outline() {
    for unit in ["a", "A", "あ", "Aあ", "aあ", "\u{301}", "1", "!", "'", "/", " ", "\n", "\r\n", " \n", "!\n/", " !"]
    {
        for split in SPLITS {
            let mut outline = Outline::new(split);
            let mut end = 0;
            for char in unit.repeat(1_000).chars() {
                end += char.len_utf8();
                outline.push(char, end);
                if let [.., last, _, _] = outline.pieces()[..] {
                    outline.forget(last);
                    end -= last;
                }
            }
            assert!(outline.len() < 12, "{split:?} of {unit:?}: {}", outline.len());
        }
    }
}
