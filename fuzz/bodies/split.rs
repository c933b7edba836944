//! Chunks of any text: each fits, nothing is left out, and each says something new.

use trimtab::ErrorKind;
use trimtab::tokenizer::CountTokens;

use crate::reference::{OURS, PAIRS};

/// The first byte chooses the encoding, the next two the sizes of chunks and of what they share.
pub fn check(data: &[u8]) {
    let [choice, tokens, overlap, rest @ ..] = data else { return };
    let tokens = 1 + usize::from(tokens % 64);
    let overlap = usize::from(*overlap) % tokens;
    let text = String::from_utf8_lossy(rest);
    OURS.with(|ours| {
        let ours = &ours[usize::from(*choice) % PAIRS.len()];
        let most = || text.chars().map(|char| ours.count(&char.to_string())).max().unwrap_or(0);
        let chunks = match ours.split(&text, tokens, overlap) {
            Ok(chunks) => chunks,
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::BudgetTooSmall, "{text:?}");
                assert!(most() > tokens, "{tokens} do for each character of {text:?}");
                return;
            }
        };
        let mut end = 0;
        for chunk in chunks {
            assert!(chunk.start <= end && chunk.end > end, "{chunk:?} after {end} in {text:?}");
            assert!(overlap > 0 || chunk.start == end, "{chunk:?} after {end} in {text:?}");
            assert!(ours.count(&text[chunk.clone()]) <= tokens, "{chunk:?} of {text:?} has more than {tokens}");
            end = chunk.end;
        }
        assert_eq!(end, text.len(), "{text:?}");
    });
}
