//! Omission markers: what a model and a person read where text was left out.
//!
//! `[…2431 tokens in 14 places left out: 482193077012]` stands once at the last gap of a text; gaps before it are a
//! bare `[…]`, which is one token. Where markers are cheap against the text, each gap has its own:
//! `[…812 tokens left out: 482193077012.3 Harbour]`; where even one is dear, `[…482193077012]` has to do. The id is
//! twelve digits because tokenizers read digits by threes: four tokens, whatever the id; letters cost up to eight.

use std::borrow::Cow;

/// What every marker and every block of the lossless forms opens with.
pub const OPENING: &str = "[…";

/// What stands for a gap that the marker at the last gap accounts for.
pub(crate) const GAP: &str = "[…]";

/// The sign of an ellipsis, which source text may hold as well.
pub(crate) const ELLIPSIS: char = '…';

/// Digits of an id.
pub(crate) const ID_DIGITS: usize = 12;

const SAYS: &str = " left out: ";

/// Writes the marker that accounts for all gaps of a text.
pub(crate) fn total(tokens: usize, places: usize, id: &str) -> String {
    if places == 1 {
        return format!("{OPENING}{tokens} tokens{SAYS}{id}]");
    }
    format!("{OPENING}{tokens} tokens in {places} places{SAYS}{id}]")
}

/// Writes the shortest marker that can be expanded.
pub(crate) fn short(id: &str) -> String {
    format!("{OPENING}{id}]")
}

/// Writes the marker of one gap.
pub(crate) fn single(tokens: usize, reference: &str, title: &str) -> String {
    let space = if title.is_empty() { "" } else { " " };
    format!("{OPENING}{tokens} tokens{SAYS}{reference}{space}{title}]")
}

/// Finds the references of the markers in a text, in order.
///
/// A reference is an id, for all that was left out, or `id.n` for the n-th omission.
///
/// ```
/// use trimtab::select::marker_ids;
///
/// let text = "It rained. […812 tokens left out: 482193077012.3 Harbour] It stopped.";
/// assert_eq!(marker_ids(text), ["482193077012.3"]);
/// assert!(marker_ids(r"quoted […812 tokens left out: x]").is_empty());
/// ```
pub fn marker_ids(text: &str) -> Vec<&str> {
    text.split(OPENING).skip(1).filter_map(reference).collect()
}

/// Reads the reference of a marker whose opening was taken off.
fn reference(rest: &str) -> Option<&str> {
    let long = rest.split_once(SAYS).filter(|(size, _)| is_size(size));
    let rest = long.map_or(rest, |(_, rest)| rest);
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
    let (found, tail) = rest.split_at_checked(end)?;
    let (id, index) = found.split_once('.').map_or((found, None), |(id, index)| (id, Some(index)));
    let whole = id.len() == ID_DIGITS && is_number(id) && index.is_none_or(is_number);
    (whole && (tail.starts_with(']') || tail.starts_with(' '))).then_some(found)
}

/// Tells whether a text is of the shape `812 tokens` or `812 tokens in 3 places`.
fn is_size(text: &str) -> bool {
    let mut words = text.split(' ');
    let opens = words.next().is_some_and(is_number) && words.next() == Some("tokens");
    opens
        && match words.next() {
            None => true,
            Some(word) => {
                word == "in"
                    && words.next().is_some_and(is_number)
                    && words.next() == Some("places")
                    && words.next().is_none()
            }
        }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Makes a source text safe: what looks like the opening of a marker gets one backslash more between `[` and `…`.
pub fn escape(text: &str) -> Cow<'_, str> {
    rewrite(text, |backslashes| Some(backslashes + 1))
}

/// Undoes [`escape`].
pub fn unescape(text: &str) -> Cow<'_, str> {
    rewrite(text, |backslashes| backslashes.checked_sub(1))
}

/// Changes the number of backslashes in each `[\\…`.
fn rewrite(text: &str, change: impl Fn(usize) -> Option<usize>) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for (at, _) in text.match_indices('[') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let backslashes = rest.bytes().take_while(|byte| *byte == b'\\').count();
        let opens = rest.get(backslashes..).is_some_and(|rest| rest.starts_with(ELLIPSIS));
        if let Some(count) = change(backslashes).filter(|_| opens) {
            out.push_str(text.get(copied..=at).unwrap_or_default());
            out.extend(std::iter::repeat_n('\\', count));
            copied = at + 1 + backslashes;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{GAP, escape, marker_ids, short, single, total, unescape};

    const ID: &str = "482193077012";

    #[test]
    fn markers_are_found_by_their_references() {
        let text = format!("a {} b {} c", single(3, "482193077012.2", "A title"), total(9, 4, ID));
        assert_eq!(marker_ids(&text), ["482193077012.2", ID]);
        assert_eq!(marker_ids(&total(9, 1, ID)), [ID]);
        assert_eq!(marker_ids(&short(ID)), [ID]);
    }

    #[test]
    fn what_only_looks_like_a_marker_is_none() {
        for text in [
            GAP,
            "[…",
            "[… tokens left out: 482193077012]",
            "[…9 tokens left out: 4821]",
            "[…9 tokens left out: 482193077012",
        ] {
            assert!(marker_ids(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn escaped_markers_are_not_markers_and_come_back() {
        for text in ["", "[…", "[\\…", "[[…[\\\\…", "no […9 tokens left out: 482193077012] yes", "[a…", "\\[…"]
        {
            assert!(marker_ids(&escape(text)).is_empty(), "{text}");
            assert_eq!(unescape(&escape(text)), text);
        }
    }
}
