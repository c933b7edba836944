//! What a selection left out, and the way back.

use std::ops::Range;

use super::render::{Gap, Marks, Sheet};
use super::{Omission, Part};
use crate::codec::{codec, from_bytes, to_bytes};
use crate::error::{Error, ErrorKind, Result};

/// Brings back what one selection left out.
///
/// It holds the parts once, so it weighs about as much as the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    id: String,
    labels: Vec<String>,
    texts: Vec<String>,
    gaps: Vec<Gap>,
    omissions: Vec<Omission>,
    marks: Marks,
}

codec!(Record { id, labels, texts, gaps, omissions, marks });

/// A text with its selection undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What stood before the selected text.
    pub before: String,
    /// The source of each part, byte for byte.
    pub parts: Vec<String>,
    /// What stood after it.
    pub after: String,
    /// The whole: the parts joined as the selection joined them, between `before` and `after`.
    pub text: String,
}

impl Record {
    pub(crate) fn new(parts: &[Part], gaps: Vec<Gap>, omissions: Vec<Omission>, id: String, marks: Marks) -> Self {
        let labels = parts.iter().map(|part| part.label.clone()).collect();
        let texts = parts.iter().map(|part| part.text.clone()).collect();
        Self { id, labels, texts, gaps, omissions, marks }
    }

    /// Writes the record for a store.
    pub fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// Reads what [`Record::to_bytes`] wrote; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        from_bytes(bytes)
    }

    /// The id that the markers carry.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What was left out, in order.
    pub fn omissions(&self) -> &[Omission] {
        &self.omissions
    }

    /// Where what was left out stands: the part, and the bytes of its text.
    pub fn left_out(&self) -> impl Iterator<Item = (usize, Range<usize>)> {
        self.gaps.iter().map(|gap| (gap.part, gap.span.clone()))
    }

    /// About how many bytes the record takes.
    pub fn weight(&self) -> usize {
        let texts: usize = self.texts.iter().chain(&self.labels).map(String::len).sum();
        let titles: usize = self.omissions.iter().map(|omission| omission.title.len() + omission.reference.len()).sum();
        texts + titles + self.gaps.len() * size_of::<Gap>() + size_of::<Self>()
    }

    /// Gives the text behind a reference: the id for all that was left out, `id.n` for the n-th omission.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownRef`] when the reference is not one of this record's.
    pub fn expand(&self, reference: &str) -> Result<String> {
        let unknown = || Error::new(ErrorKind::UnknownRef, format!("no omission is known under {reference}"));
        let (id, index) = reference.split_once('.').map_or((reference, None), |(id, index)| (id, Some(index)));
        if id != self.id {
            return Err(unknown());
        }
        let Some(index) = index else {
            return Ok(self.gaps.iter().map(|gap| self.behind(gap)).collect::<Vec<_>>().join("\n\n"));
        };
        let place = index.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        place.and_then(|place| self.gaps.get(place)).map(|gap| self.behind(gap).to_owned()).ok_or_else(unknown)
    }

    /// Undoes the selection in a text that holds it unchanged, alone or among other text.
    ///
    /// # Errors
    /// [`ErrorKind::NotRestorable`] when the selected text was edited, or is not in `text`.
    pub fn restore(&self, text: &str) -> Result<Restored> {
        let rendered = self.sheet().write(&self.gaps, self.marks).text;
        let Some((before, after)) = text.split_once(rendered.as_str()) else {
            let says = format!("the text selected as {} is not in the text unchanged", self.id);
            return Err(Error::new(ErrorKind::NotRestorable, says));
        };
        let whole = format!("{before}{}{after}", self.sheet().complete());
        let parts = self.texts.clone();
        Ok(Restored { before: before.to_owned(), parts, after: after.to_owned(), text: whole })
    }

    /// The sources of all parts, byte for byte.
    pub fn sources(&self) -> &[String] {
        &self.texts
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet::new(self.labels.iter().map(String::as_str).zip(self.texts.iter().map(String::as_str)).collect())
    }

    fn behind(&self, gap: &Gap) -> &str {
        self.texts.get(gap.part).and_then(|text| text.get(gap.span.clone())).unwrap_or_default()
    }
}
