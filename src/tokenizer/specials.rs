//! Names of special tokens in a text: text, tokens where they are allowed, or an error where they are refused.
//!
//! The rules are those of `tiktoken` (0.14, `Encoding.encode` in `core.py` and `CoreBPE::encode`): first the text is
//! searched for what is refused; then it is cut at the names that are allowed, and each part is encoded as if alone.

use trimtab_error::{Error, ErrorKind, Result};

use crate::{CountTokens, Encoding, Tokenizer};

/// Some names of special tokens.
#[derive(Debug, Clone, Copy)]
pub enum Names<'a> {
    /// All that the encoding has; where they are refused, all but those that are allowed.
    All,
    /// These; where they are refused, any strings.
    These(&'a [&'a str]),
}

/// What becomes of names of special tokens in a text.
#[derive(Debug, Clone, Copy)]
pub struct Specials<'a> {
    /// They are one token each.
    pub allowed: Names<'a>,
    /// A text that has one is an error. What is neither allowed nor refused is text.
    pub disallowed: Names<'a>,
}

/// A special token in a text.
struct Found {
    start: usize,
    end: usize,
    id: u32,
}

impl Tokenizer {
    /// The token ids of `text`, where special tokens' names are what `specials` says.
    ///
    /// # Errors
    /// [`ErrorKind::DisallowedSpecial`], naming the first that is refused, and [`ErrorKind::PackUnavailable`] where the pack is
    /// for counting only.
    pub fn encode_with(&self, text: &str, specials: Specials<'_>) -> Result<Vec<u32>> {
        self.refuse(text, specials)?;
        let mut ids = Vec::new();
        let mut start = 0;
        loop {
            let next = self.next_allowed(text, start, specials.allowed);
            let end = next.as_ref().map_or(text.len(), |found| found.start);
            ids.append(&mut self.encode(text.get(start..end).unwrap_or_default())?);
            let Some(found) = next else { return Ok(ids) };
            ids.push(found.id);
            start = found.end;
        }
    }

    /// The number of tokens in `text`, where special tokens' names are what `specials` says, or `None` as soon as it is
    /// known to be above `limit`.
    ///
    /// # Errors
    /// [`ErrorKind::DisallowedSpecial`], naming the first that is refused.
    pub fn count_with(&self, text: &str, specials: Specials<'_>, limit: usize) -> Result<Option<usize>> {
        self.refuse(text, specials)?;
        let (mut count, mut start) = (0, 0);
        loop {
            let next = self.next_allowed(text, start, specials.allowed);
            let end = next.as_ref().map_or(text.len(), |found| found.start);
            let part = text.get(start..end).unwrap_or_default();
            let Some(more) = self.count_up_to(part, limit - count) else { return Ok(None) };
            count += more + usize::from(next.is_some());
            if count > limit {
                return Ok(None);
            }
            let Some(found) = next else { return Ok(Some(count)) };
            start = found.end;
        }
    }

    fn refuse(&self, text: &str, specials: Specials<'_>) -> Result<()> {
        let found = match specials.disallowed {
            Names::All => self.next_special(text, 0, |name| !allows(specials.allowed, name)),
            Names::These(names) => first_of(text, names),
        };
        let Some(found) = found else { return Ok(()) };
        let name = text.get(found.start..found.end).unwrap_or_default();
        let at = text.get(..found.start).unwrap_or_default().chars().map(char::len_utf16).sum::<usize>();
        let message = format!(
            "the text has the special token '{name}' at {at}, which is not allowed: allow it, or refuse none to take it as text"
        );
        Err(Error::new(ErrorKind::DisallowedSpecial, message))
    }

    fn next_allowed(&self, text: &str, from: usize, allowed: Names<'_>) -> Option<Found> {
        match allowed {
            Names::These([]) => None,
            _ => self.next_special(text, from, |name| allows(allowed, name)),
        }
    }

    /// The first special token from `from` on whose name `is` says yes to.
    fn next_special(&self, text: &str, from: usize, is: impl Fn(&str) -> bool) -> Option<Found> {
        let rest = text.get(from..)?;
        rest.char_indices().find_map(|(at, char)| {
            let start = from + at;
            let (len, id) = self.special_at(char, text.get(start..)?)?;
            let end = start + len;
            is(text.get(start..end)?).then_some(Found { start, end, id })
        })
    }
}

impl Tokenizer {
    /// The length and the id of the special token that `text`, which starts with `first`, starts with.
    fn special_at(&self, first: char, text: &str) -> Option<(usize, u32)> {
        #[cfg(feature = "own")]
        if let Some(own) = &self.own {
            return own.special_at(text.as_bytes());
        }
        if first == '<' { special_at(self.encoding(), text) } else { None }
    }
}

fn allows(allowed: Names<'_>, name: &str) -> bool {
    match allowed {
        Names::All => true,
        Names::These(names) => names.contains(&name),
    }
}

/// The first place where `text` has one of `names`, the longest where there are several.
fn first_of(text: &str, names: &[&str]) -> Option<Found> {
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    starts.filter(|_| !names.is_empty()).find_map(|start| {
        let rest = text.get(start..)?;
        let len = names.iter().filter(|name| rest.starts_with(**name)).map(|name| name.len()).max()?;
        Some(Found { start, end: start + len, id: 0 })
    })
}

/// The length and the id of the special token that `text` starts with. All names start with `<`.
fn special_at(encoding: &Encoding, text: &str) -> Option<(usize, u32)> {
    let mut named = encoding.specials.iter().filter(|(name, _)| text.starts_with(name));
    named.next().map(|(name, id)| (name.len(), *id)).or_else(|| reserved_at(encoding, text))
}

fn reserved_at(encoding: &Encoding, text: &str) -> Option<(usize, u32)> {
    let number = text.strip_prefix("<|reserved_")?;
    let digits = number.bytes().take(6).take_while(u8::is_ascii_digit).count();
    let id = number.get(..digits)?.parse().ok()?;
    let name = encoding.reserved_name(id)?;
    text.starts_with(&name).then_some((name.len(), id))
}
