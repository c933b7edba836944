//! Texts compared by their words.

use crate::cases::Case;

pub(crate) fn normal(text: &str) -> String {
    let keep = |letter: char| letter.is_alphanumeric() || is_mark(letter);
    let spaced: String = text.to_lowercase().chars().map(|letter| if keep(letter) { letter } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Vowel signs and accents, about: the blocks of combining marks, Arabic, Indic and South-East Asian scripts.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{963}' | '\u{966}'..='\u{dff}' | '\u{e31}'..='\u{e4e}')
}

pub(crate) fn has(wanted: &str, text: &str) -> bool {
    text.contains(&normal(wanted))
}

/// The share of some turns' words that are in a text, sentence by sentence.
pub(crate) fn share(case: &Case, turns: &[usize], text: &str) -> f64 {
    let (mut all, mut kept) = (0, 0);
    for sentence in turns.iter().flat_map(|turn| case.turns[*turn].split_inclusive(['.', '!', '?'])).map(normal) {
        if !sentence.is_empty() {
            let words = sentence.split(' ').count();
            all += words;
            kept += if text.contains(&sentence) { words } else { 0 };
        }
    }
    if all == 0 { 1.0 } else { f64::from(kept as u32) / all as f64 }
}
