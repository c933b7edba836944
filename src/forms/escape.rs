//! Keeps source text from being taken for ours.
//!
//! Everything that trimtab puts into a text opens with `[…`. Where the source has that itself, a backslash goes
//! between the two, and where it has backslashes there already, one more: `[…` ⇄ `[\…`, `[\…` ⇄ `[\\…`. It costs a
//! token where it happens, and it is what makes a marker impossible to forge.

use std::borrow::Cow;

/// What every block and marker of ours begins with.
pub const OPENING: &str = "[…";

/// Makes a source text safe to stand beside our blocks and markers.
///
/// ```
/// use trimtab_forms::{escape, unescape};
///
/// assert_eq!(escape("cut here […]"), r"cut here [\…]");
/// assert_eq!(unescape(&escape(r"[\\…")), r"[\\…");
/// ```
pub fn escape(text: &str) -> Cow<'_, str> {
    shift(text, 0, |out, slashes| {
        out.push_str(slashes);
        out.push('\\');
    })
}

/// Undoes [`escape`]; text that it did not touch comes back as it is.
pub fn unescape(text: &str) -> Cow<'_, str> {
    shift(text, 1, |out, slashes| out.push_str(slashes.get(1..).unwrap_or_default()))
}

/// Rewrites the backslashes of each `[`, backslashes, `…` that has at least `least` of them.
fn shift(text: &str, least: usize, rewrite: impl Fn(&mut String, &str)) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for (at, _) in text.match_indices('…') {
        let Some(before) = text.get(copied..at) else { continue };
        let bare = before.trim_end_matches('\\');
        if !bare.ends_with('[') || before.len() - bare.len() < least {
            continue;
        }
        out.push_str(bare);
        rewrite(&mut out, before.get(bare.len()..).unwrap_or_default());
        copied = at;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(escape("a [list] … of \\ things"), Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_of_ours_is_left_after_escaping() {
        assert!(!escape("[…[[……[…").contains(OPENING));
    }

    proptest! {
        #[test]
        fn escaping_is_undone_exactly(text in r"[\[\\… a]{0,40}") {
            let escaped = escape(&text);
            prop_assert!(!escaped.contains(OPENING));
            prop_assert_eq!(unescape(&escaped), text.as_str());
        }
    }
}
