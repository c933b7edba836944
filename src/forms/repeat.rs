//! A stretch of text that was there before: said once and referred to afterwards.
//!
//! ```text
//! block = "[…repeat " what ", from " quote text quote "]" LF
//! what  = "of " n " bytes, " n " above" | n " times of the " n " bytes above"
//! ```
//! The second number is how many bytes of the source lie between the two beginnings, so that it holds whatever the text
//! is embedded in; the quoted text is how the stretch begins, for readers, and a check. What is below a few lines costs
//! more to refer to than to say.

use std::ops::Range;

use hashbrown::HashMap;

use trimtab_content::{Kind, Segment};
use trimtab_error::{Error, ErrorKind, Result};

use super::{Above, Ask, Form, Read, Rewrite};

/// Shorter stretches are not looked for.
const SHORTEST: usize = 160;

/// The longest text that is restored; a forged text could double it with every line.
const LARGEST: usize = 1 << 28;

/// How many characters of its beginning are quoted.
const QUOTED: usize = 32;

/// Refers back to a stretch that was said before.
///
/// It looks at the whole text, not at a segment, so [`write`](super::write) asks [`split`] for its stretches.
pub struct Repeat;

impl Form for Repeat {
    fn name(&self) -> &'static str {
        "repeat"
    }

    fn takes(&self, _kind: Kind) -> bool {
        false
    }

    fn write(&self, _source: &str, _ask: &Ask) -> Vec<Rewrite> {
        Vec::new()
    }

    fn read(&self, text: &str, above: &mut Above) -> Result<Read> {
        read(text, &above.text)
            .ok_or_else(|| Error::new(ErrorKind::NotRestorable, "a repeat refers to text that is not there any more"))
    }
}

fn read(text: &str, before: &str) -> Option<Read> {
    let (line, _) = text.split_once('\n').unwrap_or((text, ""));
    let used = text.len().min(line.len() + 1);
    let (what, quote) = line.strip_suffix("\"]")?.split_once(", from \"")?;
    let stretch = match what.strip_prefix("of ") {
        Some(numbers) => {
            let (length, distance) = numbers.split_once(" bytes, ")?;
            let distance: usize = distance.strip_suffix(" above")?.parse().ok()?;
            let start = before.len().checked_sub(distance)?;
            before.get(start..start.checked_add(length.parse().ok()?)?)?.to_owned()
        }
        None => {
            let (times, length) = what.strip_suffix(" bytes above")?.split_once(" times of the ")?;
            let (times, length): (usize, usize) = (times.parse().ok()?, length.parse().ok()?);
            let small = length.checked_mul(times).is_some_and(|all| all <= LARGEST);
            before.get(before.len().checked_sub(length)?..).filter(|_| small)?.repeat(times)
        }
    };
    (stretch.starts_with(quote) && before.len() + stretch.len() <= LARGEST).then_some(Read { text: stretch, used })
}

/// A segment, or a part of one that is above it already.
pub(super) struct Piece {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
    /// How to refer to it, where it repeats.
    pub(super) repeat: Option<Rewrite>,
}

/// Cuts the segments where a stretch begins and ends that is above it already.
pub(super) fn split(text: &str, segments: &[Segment]) -> Vec<Piece> {
    let mut search = Search { text, first: HashMap::new(), pieces: Vec::new() };
    for segment in segments {
        match segment.kind {
            Kind::Json | Kind::Table | Kind::Log => search.whole(segment),
            _ => search.lines(segment),
        }
    }
    search.pieces
}

/// The segments as they are.
pub(super) fn whole(segments: &[Segment]) -> Vec<Piece> {
    segments.iter().map(|Segment { span, kind }| Piece { span: span.clone(), kind: *kind, repeat: None }).collect()
}

struct Search<'t> {
    text: &'t str,
    /// Where each line, and each segment that is not to be cut, was first.
    first: HashMap<&'t str, usize>,
    pieces: Vec<Piece>,
}

impl<'t> Search<'t> {
    fn whole(&mut self, segment: &Segment) {
        let stretch = self.text.get(segment.span.clone()).unwrap_or_default();
        let from = *self.first.entry(stretch).or_insert(segment.span.start);
        let repeat = (from < segment.span.start).then(|| self.refer(from, segment.span.clone())).flatten();
        self.pieces.push(Piece { span: segment.span.clone(), kind: segment.kind, repeat });
    }

    fn lines(&mut self, segment: &Segment) {
        let Range { start, end } = segment.span;
        let (mut said, mut at) = (start, start);
        while let Some(line) = self.text.get(at..end).and_then(|rest| rest.split_inclusive('\n').next()) {
            let from = *self.first.entry(line).or_insert(at);
            let worth = from < at && !line.trim().is_empty();
            let stretch = at..at + if worth { self.same(from, at, end) } else { 0 };
            let next = stretch.end;
            match self.refer(from, stretch) {
                Some(repeat) => {
                    self.push(said..at, segment.kind, None);
                    self.push(at..next, segment.kind, Some(repeat));
                    (said, at) = (next, next);
                }
                None => at += line.len(),
            }
        }
        self.push(said..end, segment.kind, None);
    }

    fn push(&mut self, span: Range<usize>, kind: Kind, repeat: Option<Rewrite>) {
        if !span.is_empty() {
            self.pieces.push(Piece { span, kind, repeat });
        }
    }

    /// How many bytes of whole lines from `at` on are the same as from `from` on; where that reaches beyond `at`, as many
    /// as are whole times what lies between the two.
    fn same(&self, from: usize, at: usize, end: usize) -> usize {
        let (Some(above), Some(here)) = (self.text.get(from..end), self.text.get(at..end)) else { return 0 };
        let lines = above.split_inclusive('\n').zip(here.split_inclusive('\n'));
        let same = lines.take_while(|(one, two)| one == two).map(|(one, _)| one.len()).sum();
        let between = at - from;
        if same > between { same - same % between } else { same }
    }

    /// The reference to `stretch`, which is the same as the text from `from` on; `None` when no words can tell it.
    fn refer(&self, from: usize, stretch: Range<usize>) -> Option<Rewrite> {
        if stretch.len() < SHORTEST {
            return None;
        }
        let line = self.text.get(stretch.clone())?.lines().next()?;
        let short = line.char_indices().nth(QUOTED).and_then(|(end, _)| line.get(..end)).unwrap_or(line);
        let (length, distance) = (stretch.len(), stretch.start - from);
        let what = if length > distance {
            format!("{} times of the {distance} bytes above", length / distance)
        } else {
            format!("of {length} bytes, {distance} above")
        };
        let text = format!("{what}, from \"{short}\"]");
        Some(Rewrite { head: text.len(), text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_to_what_is_gone_is_an_error() {
        for text in [
            "of 1 bytes, 3 above, from \"x\"]",
            "of 9 bytes, 3 above, from \"a\"]",
            "of 1 bytes, 9 above, from \"a\"]",
            "of 1 bytes, 3 above, from \"é",
            "9 times of the 9 bytes above, from \"a\"]",
            "99999999999999999999 times of the 1 bytes above, from \"c\"]",
            "999999999999 times of the 1 bytes above, from \"c\"]",
            "of",
        ] {
            assert!(Repeat.read(text, &mut Above { text: "abc".to_owned(), ..Above::default() }).is_err(), "{text}");
        }
    }

    #[test]
    fn a_run_is_told_by_how_often_its_beginning_follows() {
        let text = format!("Error: too deep\n{}end\n", "    at recur (index.js:7:11)\n".repeat(900));
        let pieces = split(&text, &[Segment { span: 0..text.len(), kind: Kind::Trace }]);
        let repeat = pieces.iter().find_map(|piece| piece.repeat.as_ref()).unwrap();
        assert_eq!(repeat.text, "899 times of the 29 bytes above, from \"    at recur (index.js:7:11)\"]");
        let above = text.split("at").next().unwrap().to_owned() + "at recur (index.js:7:11)\n";
        let read = Repeat.read(&repeat.text, &mut Above { text: above, ..Above::default() }).unwrap();
        assert_eq!(read.text, "    at recur (index.js:7:11)\n".repeat(899));
    }

    #[test]
    fn a_stretch_is_cut_out_and_told_by_its_beginning() {
        let stretch = "A line of some length that says a thing.\nAnd another line, which is as long or longer.\n"
            .to_owned()
            + "A third one, so that the stretch is long enough to be worth a reference.\n";
        let text = format!("Intro.\n{stretch}Between.\n{stretch}End.");
        let pieces = split(&text, &[Segment { span: 0..text.len(), kind: Kind::Prose }]);
        let told: Vec<Option<&str>> = pieces.iter().map(|p| p.repeat.as_ref().map(|r| r.text.as_str())).collect();
        assert_eq!(told, [None, Some("of 160 bytes, 169 above, from \"A line of some length that says \"]"), None]);
        let repeat = pieces.get(1).unwrap();
        assert_eq!(text.get(repeat.span.clone()), Some(stretch.as_str()));
    }
}
