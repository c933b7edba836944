//! Names of special tokens among any text: allowed, refused or text, as in the reference.

use trimtab::ErrorKind;
use trimtab::tokenizer::{CountTokens, Names, Specials};

use crate::reference::{OURS, PAIRS};

/// The first byte chooses the encoding, the next one which names are allowed and whether the others are refused; in the
/// text, bytes that no UTF-8 has stand for names.
pub fn check(data: &[u8]) {
    let [choice, rules, rest @ ..] = data else { return };
    let encoding = usize::from(*choice) % PAIRS.len();
    let (_, oracle, name) = &PAIRS[encoding];
    let mut names: Vec<&str> = oracle.special_tokens().into_iter().filter(|name| !name.contains("reserved")).collect();
    names.sort_unstable();
    let text = text(rest, &names);
    let allowed: Vec<&str> =
        names.iter().enumerate().filter(|(i, _)| rules >> (i % 7) & 1 == 1).map(|(_, name)| *name).collect();
    let refuses = rules >> 7 == 1;
    let disallowed = if refuses { Names::All } else { Names::These(&[]) };
    let specials = Specials { allowed: Names::These(&allowed), disallowed };
    let is_refused = refuses
        && oracle.special_tokens().into_iter().any(|special| text.contains(special) && !allowed.contains(&special));
    OURS.with(|ours| match ours[encoding].encode_with(&text, specials) {
        Err(error) => {
            assert!(is_refused, "{name} of {text:?}: {error}");
            assert_eq!(error.kind(), ErrorKind::DisallowedSpecial);
        }
        Ok(ids) => {
            assert!(!is_refused, "{name} of {text:?} with {allowed:?}");
            let expected = oracle.encode(&text, &allowed.iter().copied().collect()).unwrap().0;
            assert_eq!(ids, expected, "{name} of {text:?} with {allowed:?}");
            let count = ours[encoding].count_with(&text, specials, usize::MAX).unwrap();
            assert_eq!(count, Some(expected.len()), "{name} of {text:?}");
            assert_eq!(ours[encoding].decode(&ids).unwrap(), text.as_bytes(), "{name} of {text:?}");
            let plain = ours[encoding].encode(&text).unwrap();
            assert_eq!(ours[encoding].count(&text), plain.len(), "{name} of {text:?}");
        }
    });
}

fn text(bytes: &[u8], names: &[&str]) -> String {
    let is_name = |byte: &u8| *byte >= 0xf8;
    let mut text = String::new();
    for part in bytes.split_inclusive(is_name) {
        let (last, before) = part.split_last().map_or((0, part), |(last, before)| (*last, before));
        if is_name(&last) {
            text.push_str(&String::from_utf8_lossy(before));
            text.push_str(names[usize::from(last) % names.len()]);
        } else {
            text.push_str(&String::from_utf8_lossy(part));
        }
    }
    text
}
