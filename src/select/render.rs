//! Kept units written down, with markers where something is missing.

use std::ops::Range;

use super::Omission;
use super::digest::Digest;
use super::marker::{ELLIPSIS, GAP, short, single, total};
use crate::codec::{Codec, Reader, codec};

/// A stretch of one part that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) part: usize,
    pub(crate) span: Range<usize>,
    pub(crate) tokens: usize,
}

codec!(Gap { part, span, tokens });

/// Which gaps get a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    /// One, at the last gap, for all of them.
    Total,
    /// Every gap its own.
    Each,
    /// One without words, where the limit is small.
    Short,
    /// One without even a reference, where nothing else fits.
    Bare,
}

impl Codec for Marks {
    fn write(&self, out: &mut Vec<u8>) {
        (*self as usize).write(out);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        [Self::Total, Self::Each, Self::Short, Self::Bare].get(usize::read(reader)?).copied()
    }
}

impl Marks {
    /// About how many tokens the marker takes that accounts for all gaps.
    pub(crate) const fn price(self) -> usize {
        match self {
            Self::Total | Self::Each => 18,
            Self::Short => 7,
            Self::Bare => 1,
        }
    }
}

/// The parts' labels and texts.
#[derive(Debug, Clone)]
pub(crate) struct Sheet<'a> {
    parts: Vec<(&'a str, &'a str)>,
    /// The digest of all texts: each rendering's id starts from it.
    base: Digest,
}

/// A rendering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub(crate) parts: Vec<String>,
    pub(crate) text: String,
    pub(crate) id: String,
}

impl<'a> Sheet<'a> {
    /// Takes labels and texts.
    pub(crate) fn new(parts: Vec<(&'a str, &'a str)>) -> Self {
        let base = parts.iter().fold(Digest::new(), |digest, (label, text)| digest.text(label).text(text));
        Self { parts, base }
    }

    /// The text with nothing left out.
    pub(crate) fn complete(&self) -> String {
        self.join(self.parts.iter().map(|(_, text)| *text))
    }

    /// The id of what `gaps` leave out.
    pub(crate) fn id(&self, gaps: &[Gap]) -> String {
        let add = |digest: Digest, gap: &Gap| {
            digest.number(gap.part as u64).number(gap.span.start as u64).number(gap.span.end as u64)
        };
        gaps.iter().fold(self.base, add).id()
    }

    /// Writes the parts without `gaps`, which are in order.
    pub(crate) fn write(&self, gaps: &[Gap], marks: Marks) -> Rendered {
        let id = self.id(gaps);
        let all: usize = gaps.iter().map(|gap| gap.tokens).sum();
        let mut parts = Vec::with_capacity(self.parts.len());
        let mut rest = gaps;
        let mut number = 0;
        for (index, (_, text)) in self.parts.iter().enumerate() {
            let (here, later) = rest.split_at(rest.iter().take_while(|gap| gap.part == index).count());
            rest = later;
            let mut page = Page::new(text);
            for gap in here {
                number += 1;
                let mark = match marks {
                    Marks::Each => single(gap.tokens, &format!("{id}.{number}"), &self.title_of(gap)),
                    _ if number < gaps.len() => String::new(),
                    Marks::Total => total(all, gaps.len(), &id),
                    Marks::Short => short(&id),
                    Marks::Bare => GAP.to_owned(),
                };
                page.leave_out(&gap.span, &mark);
            }
            parts.push(page.finish());
        }
        let text = self.join(parts.iter().map(String::as_str));
        Rendered { parts, text, id }
    }

    /// Writes what `gaps` leave, with dots between and no marker.
    pub(crate) fn excerpts(&self, gaps: &[Gap]) -> String {
        let mut rest = gaps;
        let mut parts = Vec::with_capacity(self.parts.len());
        for (index, (_, text)) in self.parts.iter().enumerate() {
            let (here, later) = rest.split_at(rest.iter().take_while(|gap| gap.part == index).count());
            rest = later;
            let mut page = Page::new(text);
            here.iter().for_each(|gap| page.leave_out(&gap.span, ""));
            parts.push(page.finish());
        }
        self.join(parts.iter().map(String::as_str))
    }

    /// Says what each gap leaves out.
    pub(crate) fn omissions(&self, gaps: &[Gap], id: &str) -> Vec<Omission> {
        let each = gaps.iter().enumerate();
        each.map(|(index, gap)| Omission {
            reference: format!("{id}.{}", index + 1),
            tokens: gap.tokens,
            title: self.title_of(gap),
        })
        .collect()
    }

    /// The first words of what a gap leaves out.
    fn title_of(&self, gap: &Gap) -> String {
        let text = self.parts.get(gap.part).and_then(|(_, text)| text.get(gap.span.clone())).unwrap_or_default();
        let line = text.trim_start().lines().next().unwrap_or_default();
        let mut title = String::new();
        for word in line.split_whitespace().take(6) {
            if title.len() + word.len() > 48 {
                break;
            }
            if !title.is_empty() {
                title.push(' ');
            }
            title.extend(word.chars().filter(|letter| !matches!(*letter, '[' | ']' | ELLIPSIS)));
        }
        if title.is_empty() { line.chars().filter(|letter| letter.is_alphanumeric()).take(12).collect() } else { title }
    }

    fn join<'t>(&self, texts: impl Iterator<Item = &'t str>) -> String {
        let mut joined = String::new();
        for ((label, _), text) in self.parts.iter().zip(texts).filter(|(_, text)| !text.is_empty()) {
            if !joined.is_empty() {
                joined.push_str("\n\n");
            }
            joined.push_str(label);
            joined.push_str(text);
        }
        joined
    }
}

/// One part while it is written.
struct Page<'a> {
    source: &'a str,
    at: usize,
    out: String,
    /// What to put before the next kept text.
    pending: Option<&'static str>,
}

impl<'a> Page<'a> {
    const fn new(source: &'a str) -> Self {
        Self { source, at: 0, out: String::new(), pending: None }
    }

    fn leave_out(&mut self, span: &Range<usize>, mark: &str) {
        self.copy(span.start);
        let kept = self.out.trim_end().len();
        let spaces = self.out.get(kept..).unwrap_or_default().contains('\n');
        self.out.truncate(kept);
        let dropped = self.source.get(span.clone()).unwrap_or_default();
        // Before the marker as before what was dropped, and after it as after that.
        let before = if spaces { "\n" } else { " " };
        let tail = dropped.get(dropped.trim_end().len()..).unwrap_or_default();
        let space = if tail.contains('\n') { "\n" } else { " " };
        self.at = span.end;
        let last = span.end >= self.source.len();
        if !mark.is_empty() {
            if !self.out.is_empty() {
                self.out.push_str(before);
            }
            self.out.push_str(mark);
            self.pending = Some(space);
        } else if !self.out.is_empty() && !last {
            // A line of its own would cost as much as a short sentence; the line that opens a fence is not ours.
            self.out.push_str(if self.opens_fence() { before } else { " " });
            self.out.push_str(GAP);
            self.pending = Some(space);
        }
    }

    fn opens_fence(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        line.trim_start().starts_with(['`', '~'])
    }

    fn copy(&mut self, end: usize) {
        let text = self.source.get(self.at..end).unwrap_or_default();
        if let Some(space) = self.pending.take().filter(|_| !text.is_empty()) {
            self.out.push_str(space);
        }
        self.out.push_str(text);
        self.at = end;
    }

    fn finish(mut self) -> String {
        self.copy(self.source.len());
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::{Gap, Marks, Sheet};

    fn gap(part: usize, start: usize, end: usize) -> Gap {
        Gap { part, span: start..end, tokens: 7 }
    }

    #[test]
    fn nothing_left_out_is_the_source() {
        let sheet = Sheet::new(vec![("user: ", "One.  Two.\n"), ("", "Three.")]);
        assert_eq!(sheet.write(&[], Marks::Total).text, "user: One.  Two.\n\n\nThree.");
        assert_eq!(sheet.complete(), sheet.write(&[], Marks::Each).text);
    }

    #[test]
    fn one_marker_stands_at_the_last_gap_and_the_others_are_dots() {
        let sheet = Sheet::new(vec![("", "One. Two. Three. Four. Five.")]);
        let text = sheet.write(&[gap(0, 5, 10), gap(0, 17, 23)], Marks::Total);
        assert_eq!(text.text, format!("One. […] Three. […14 tokens in 2 places left out: {}] Five.", text.id));
    }

    #[test]
    fn every_gap_may_have_its_own_marker() {
        let sheet = Sheet::new(vec![("", "One.\nTwo.\nThree.")]);
        let text = sheet.write(&[gap(0, 5, 10)], Marks::Each);
        assert_eq!(text.text, format!("One.\n[…7 tokens left out: {}.1 Two.]\nThree.", text.id));
    }

    #[test]
    fn a_part_left_out_whole_is_empty() {
        let sheet = Sheet::new(vec![("a: ", "One."), ("b: ", "Two."), ("c: ", "Three.")]);
        let text = sheet.write(&[gap(0, 0, 4), gap(2, 0, 6)], Marks::Total);
        assert_eq!(text.parts.first().map(String::as_str), Some(""));
        assert!(text.text.starts_with("b: Two.\n\nc: […14 tokens in 2 places"));
    }
}
