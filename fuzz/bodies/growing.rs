//! Any text, grown by any cut of it: after each part its count is that of the whole.

use std::rc::Rc;

use trimtab::tokenizer::{CountTokens, Growing, Tokenizer, encoding};

use crate::reference::PAIRS;

thread_local! {
    static SHARED: Vec<Rc<Tokenizer>> = PAIRS
        .iter()
        .map(|(pack, _, name)| Rc::new(Tokenizer::new(encoding(name).unwrap(), pack).unwrap()))
        .collect();
}

/// The first byte chooses the encoding, the next four how long the parts are, in turn.
pub fn check(data: &[u8]) {
    let Some(([choice, sizes @ ..], rest)) = data.split_first_chunk::<5>() else { return };
    let text = String::from_utf8_lossy(rest);
    SHARED.with(|shared| {
        let shared = &shared[usize::from(*choice) % PAIRS.len()];
        let mut growing = Growing::new(Rc::clone(shared));
        let mut end = 0;
        for size in sizes.iter().cycle() {
            let start = end;
            end = text.ceil_char_boundary(start + 1 + usize::from(*size));
            let expected = shared.count(&text[..end]);
            assert_eq!(growing.count_with(&text[start..end]), expected, "{:?} before it grows", &text[..end]);
            growing.append(&text[start..end]);
            assert_eq!(growing.count(), expected, "{:?}", &text[..end]);
            if end == text.len() {
                return;
            }
        }
    });
}
