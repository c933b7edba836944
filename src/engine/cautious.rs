//! A count for budgets that also holds for who checks it with a JavaScript tokenizer.

use crate::tokenizer::CountTokens;

/// Counts a little more where other tokenizers do.
///
/// JavaScript's `\s` has U+FEFF and lacks U+0085, Unicode's is the other way round. Tokenizers that split by
/// JavaScript's expressions make up to two tokens more of each. The encodings' own count is ours, but a budget is a
/// promise, and whoever checks it with such a tokenizer should find it kept.
pub(super) struct Cautious<'t>(pub(super) &'t dyn CountTokens);

/// Tokens set aside for each such character.
const MARGIN: usize = 2;

const DISPUTED: [char; 2] = ['\u{feff}', '\u{85}'];

pub(super) fn is_disputed(c: char) -> bool {
    DISPUTED.contains(&c)
}

/// What is set aside for a text.
fn margin(text: &str) -> usize {
    // One character after the other, each of which is found faster than either of two.
    MARGIN * DISPUTED.iter().map(|disputed| text.matches(*disputed).count()).sum::<usize>()
}

impl CountTokens for Cautious<'_> {
    fn count(&self, text: &str) -> usize {
        self.0.count(text) + margin(text)
    }

    fn count_up_to(&self, text: &str, limit: usize) -> Option<usize> {
        let margin = margin(text);
        Some(self.0.count_up_to(text, limit.checked_sub(margin)?)? + margin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Chars;
    impl CountTokens for Chars {
        fn count(&self, text: &str) -> usize {
            text.chars().count()
        }
    }

    #[test]
    fn disputed_characters_count_for_more_and_others_do_not() {
        assert_eq!(Cautious(&Chars).count("abc"), 3);
        assert_eq!(Cautious(&Chars).count("a\u{feff}\u{85}"), 7);
        assert_eq!(Cautious(&Chars).count_up_to("a\u{feff}", 4), Some(4));
        assert_eq!(Cautious(&Chars).count_up_to("a\u{feff}", 3), None);
    }
}
