//! Any bytes as a text and as ids: what the tokenizer makes of them is what the reference does.

use trimtab::tokenizer::{CountTokens, Tokenizer};

use crate::reference::{OURS, PAIRS};

/// The first byte chooses the encoding and how the rest is read.
pub fn check(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    let encoding = usize::from(choice & 0x3f) % PAIRS.len();
    let text = match choice >> 6 {
        0 | 1 => String::from_utf8_lossy(rest).into_owned(),
        2 => String::from_utf16_lossy(&rest.chunks(2).map(number).map(|unit| unit as u16).collect::<Vec<_>>()),
        _ => return decodes_like_the_reference(encoding, &rest.chunks(3).map(number).collect::<Vec<_>>()),
    };
    OURS.with(|ours| counts_like_the_reference(&ours[encoding], encoding, &text));
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn counts_like_the_reference(ours: &Tokenizer, encoding: usize, text: &str) {
    let (_, oracle, name) = &PAIRS[encoding];
    let expected = oracle.encode_ordinary(text);
    let count = expected.len();
    assert_eq!(ours.encode(text).unwrap(), expected, "{name} of {text:?}");
    assert_eq!(ours.count(text), count, "{name} of {text:?}");
    assert_eq!(ours.decode(&expected).unwrap(), text.as_bytes(), "{name} of {text:?}");
    assert_eq!(ours.count_up_to(text, count), Some(count), "{name} of {text:?}");
    if let Some(less) = count.checked_sub(1) {
        assert_eq!(ours.count_up_to(text, less), None, "{name} of {text:?}");
    }
}

fn decodes_like_the_reference(encoding: usize, ids: &[u32]) {
    let (_, oracle, name) = &PAIRS[encoding];
    let ours = OURS.with(|ours| ours[encoding].decode(ids).ok());
    assert_eq!(ours, oracle.decode_bytes(ids).ok(), "{name} of {ids:?}");
}
