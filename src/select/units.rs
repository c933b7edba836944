//! Parts cut into units.

use std::ops::Range;

use super::outline::outline;
use super::{Block, BlockKind, Part};
use crate::content::Kind;
use crate::relevance::case::lower_case;
use crate::relevance::sentences::{chunks, ends_paragraph, lines, pieces, sentences};
use crate::relevance::{Role, Unit};

/// A chunk of code is cut at a line end when it is longer than this many bytes.
const CHUNK: usize = 1200;

/// Cuts all parts; the units of a part tile its text. Prose is cut into pieces of at most `longest` bytes.
pub(crate) fn units(parts: &[Part], longest: usize) -> Vec<Unit> {
    let mut cutter = Cutter { units: Vec::new(), paragraph: 0, longest };
    for (index, part) in parts.iter().enumerate() {
        cutter.part(index, part);
    }
    tie_exceptions(parts, &mut cutter.units);
    cutter.units
}

/// Words that open what takes a claim back, or part of it.
const TURNS: &[&str] = &[
    "but", "however", "except", "unless", "not", "nor", "never", "although", "only", "pero", "salvo", "aber", "außer",
    "mais", "sauf", "但", "不过", "然而", "除",
];
/// Words that deny; as whole words, where a script has them.
const DENIALS: &[&str] = &[
    "not", "no", "never", "nor", "cannot", "except", "unless", "without", "nunca", "salvo", "nicht", "kein", "keine",
    "außer", "pas", "jamais", "sauf",
];

/// A claim does not stand without the denial that follows it.
fn tie_exceptions(parts: &[Part], units: &mut [Unit]) {
    let denies = |unit: &Unit| {
        let text = parts.get(unit.part).and_then(|part| part.text.get(unit.span.clone())).unwrap_or_default();
        is_exception(text)
    };
    let flags: Vec<bool> =
        units.iter().map(|unit| matches!(unit.role, Role::Sentence | Role::Speech) && denies(unit)).collect();
    for (index, _) in flags.into_iter().enumerate().skip(1).filter(|(_, denies)| *denies) {
        let paragraph = units.get(index).map(|unit| unit.paragraph);
        if let Some(claim) =
            units.get_mut(index - 1).filter(|unit| Some(unit.paragraph) == paragraph && unit.needs.is_none())
        {
            claim.needs = Some(index);
        }
    }
}

/// Whether a sentence, or a piece of one, opens with a turn and denies.
fn is_exception(text: &str) -> bool {
    let opening: String = text.chars().take(12).collect();
    let opening = lower_case(opening.trim_start());
    let turn = TURNS.iter().find(|turn| opening.starts_with(**turn));
    let whole = |turn: &str| {
        !turn.is_ascii() || !opening.get(turn.len()..).unwrap_or_default().starts_with(char::is_alphabetic)
    };
    let Some(turn) = turn.filter(|turn| whole(turn)) else { return false };
    let denies =
        |word: &str| DENIALS.contains(&lower_case(word).as_str()) || word.ends_with("n't") || word.ends_with("n’t");
    !turn.is_ascii()
        || text.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '\'' | '’'))).any(denies)
}

struct Cutter {
    units: Vec<Unit>,
    paragraph: usize,
    longest: usize,
}

impl Cutter {
    fn part(&mut self, index: usize, part: &Part) {
        self.paragraph += 1;
        let text = part.text.as_str();
        let mut at = 0;
        if let Some(title) = part.title.clone().filter(|title| title.start == 0 && title.end > 0) {
            let end = title.end + text.get(title.end..).map_or(0, |rest| rest.len() - rest.trim_start().len());
            if text.is_char_boundary(title.end) && title.end <= text.len() {
                self.push(index, 0..end, Role::Title, None);
                at = end;
            }
        }
        for block in &part.blocks {
            let (start, end) = (block.span.start.max(at), block.span.end.min(text.len()));
            if start < end && text.get(start..end).is_some() {
                self.prose(index, text, at..start);
                self.block(index, text, block, start..end);
                at = end;
            }
        }
        self.prose(index, text, at..text.len());
    }

    fn block(&mut self, part: usize, text: &str, block: &Block, span: Range<usize>) {
        let mut needs = None;
        let mut start = span.start;
        let head = block.span.start + block.head;
        if block.head > 0 && head > start && head <= span.end && text.is_char_boundary(head) {
            needs = Some(self.units.len());
            self.push(part, start..head, Role::Header, None);
            start = head;
        }
        let body = start..span.end;
        match block.kind {
            BlockKind::Prose => self.prose(part, text, body),
            BlockKind::Lines if is_conversation(text, &body) => self.speech(part, text, body),
            BlockKind::Lines => self.each(part, text, lines(text, body), Role::Line, needs),
            BlockKind::Whole => self.each(part, text, chunks(text, body, CHUNK), Role::Chunk, needs),
            BlockKind::Outline(kind) => self.outline(part, text, kind, body, needs),
        }
    }

    /// Pieces with their roles; one that is too long to be kept or dropped whole is cut at its lines.
    fn outline(&mut self, part: usize, text: &str, kind: Kind, body: Range<usize>, head: Option<usize>) {
        let header = head.and_then(|head| self.units.get(head)).and_then(|unit| text.get(unit.span.clone()));
        let pieces = outline(kind, header.unwrap_or_default(), text.get(body.clone()).unwrap_or_default());
        if pieces.is_empty() {
            return self.each(part, text, chunks(text, body, CHUNK), Role::Chunk, head);
        }
        // Where each piece begins among the units: what needs a piece needs its first unit.
        let mut first: Vec<usize> = Vec::with_capacity(pieces.len());
        let from = self.units.len();
        let mut start = body.start;
        for (number, piece) in pieces.iter().enumerate() {
            first.push(self.units.len());
            let span = start..body.start + piece.end;
            start = span.end;
            let long = span.len() > CHUNK;
            let ends = text.get(span.clone()).is_some_and(ends_paragraph);
            for span in if long { chunks(text, span, CHUNK) } else { vec![span] } {
                // For now the number of the needed piece, which may come later.
                self.push(part, span, piece.role, Some(number));
            }
            self.paragraph += usize::from(ends);
        }
        for unit in self.units.iter_mut().skip(from) {
            let piece = unit.needs.and_then(|number| pieces.get(number));
            unit.needs = piece.and_then(|piece| piece.needs).and_then(|needed| first.get(needed)).copied().or(head);
        }
        self.paragraph += 1;
    }

    fn each(&mut self, part: usize, text: &str, spans: Vec<Range<usize>>, role: Role, needs: Option<usize>) {
        for span in spans {
            let ends = text.get(span.clone()).is_some_and(ends_paragraph);
            self.push(part, span, role, needs);
            self.paragraph += usize::from(ends);
        }
        self.paragraph += 1;
    }

    fn prose(&mut self, part: usize, text: &str, span: Range<usize>) {
        if span.is_empty() {
            return;
        }
        if is_conversation(text, &span) {
            return self.speech(part, text, span);
        }
        for span in sentences(text, span) {
            let sentence = text.get(span.clone()).unwrap_or_default();
            let (heading, ends) = (is_heading(sentence), ends_paragraph(sentence));
            self.paragraph += usize::from(heading);
            for piece in pieces(text, vec![span], self.longest) {
                self.push(part, piece, if heading { Role::Heading } else { Role::Sentence }, None);
            }
            self.paragraph += usize::from(ends && !heading);
        }
        self.paragraph += 1;
    }

    fn speech(&mut self, part: usize, text: &str, span: Range<usize>) {
        for line in lines(text, span) {
            self.paragraph += usize::from(text.get(line.clone()).and_then(speaker).is_some());
            for sentence in pieces(text, sentences(text, line), self.longest) {
                self.push(part, sentence, Role::Speech, None);
            }
        }
        self.paragraph += 1;
    }

    fn push(&mut self, part: usize, span: Range<usize>, role: Role, needs: Option<usize>) {
        if !span.is_empty() {
            self.units.push(Unit { part, span, role, paragraph: self.paragraph, needs });
        }
    }
}

/// Tells whether a line is a heading: marked by `#`, or a short line without a stop before a blank one.
fn is_heading(line: &str) -> bool {
    let words = line.trim();
    let marked = words.starts_with('#') && words.trim_start_matches('#').starts_with(' ');
    let short = words.chars().count() <= 60 && ends_paragraph(line);
    let open = !words.ends_with(['.', '!', '?', ':', ';', ',', '。', '！', '？', '।']);
    marked || (short && open && words.chars().next().is_some_and(|first| first.is_uppercase() || first.is_numeric()))
}

/// Gives the speaker of a line of the shape `Name: text`.
fn speaker(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once(':').or_else(|| line.split_once('：'))?;
    let letters = name.chars().count();
    let named = (1..=40).contains(&letters)
        && name.split_whitespace().count() <= 4
        && name.chars().next().is_some_and(char::is_alphabetic)
        && name
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '.' | '-' | '_' | '\'' | '(' | ')'));
    (named && rest.starts_with([' ', '\n', '\t'])).then_some(name)
}

/// Tells whether most lines open with a speaker's name and speakers come back.
fn is_conversation(text: &str, span: &Range<usize>) -> bool {
    let Some(body) = text.get(span.clone()) else { return false };
    let mut names: Vec<&str> = Vec::new();
    let (mut all, mut spoken) = (0, 0);
    for line in body.lines().filter(|line| !line.trim().is_empty()).take(400) {
        all += 1;
        if let Some(name) = speaker(line) {
            spoken += 1;
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    spoken >= 4 && spoken * 10 >= all * 6 && names.len() * 2 <= spoken
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::{Role, Unit};
    use crate::select::{Block, BlockKind, Part};

    fn units(parts: &[Part]) -> Vec<Unit> {
        super::units(parts, 900)
    }

    fn part(text: &str, blocks: Vec<Block>) -> Part {
        Part { text: text.to_owned(), blocks, ..Part::default() }
    }

    #[test]
    fn units_tile_every_part() {
        let blocks = vec![
            Block { span: 9..20, kind: BlockKind::Lines, head: 4 },
            Block { span: 22..30, kind: BlockKind::Whole, head: 0 },
        ];
        let text = "A title.\nhead\nrow 1\nrow\n\ncode\n\nend. More.";
        let parts = [part(text, blocks), part("", Vec::new()), part("One. Two.", Vec::new())];
        let mut joined = vec![String::new(); parts.len()];
        for unit in units(&parts).into_iter().chain(super::units(&parts, 7)) {
            joined[unit.part].push_str(&parts[unit.part].text[unit.span]);
        }
        assert_eq!(joined, parts.map(|part| part.text.repeat(2)));
    }

    #[test]
    fn lines_need_the_header_of_their_block() {
        let parts = [part("id,name\n1,a\n2,b\n", vec![Block { span: 0..16, kind: BlockKind::Lines, head: 8 }])];
        let units = units(&parts);
        assert_eq!(units.iter().map(|unit| unit.needs).collect::<Vec<_>>(), [None, Some(0), Some(0)]);
    }

    #[test]
    fn turns_of_a_conversation_are_paragraphs() {
        let parts = [part("Ann: Hi. Well?\nBob: No.\nAnn: Why?\nBob: Rain.", Vec::new())];
        let units = units(&parts);
        assert!(units.iter().all(|unit| unit.role == Role::Speech));
        assert_eq!(units[0].paragraph, units[1].paragraph);
        assert_ne!(units[1].paragraph, units[2].paragraph);
    }

    #[test]
    fn a_heading_is_a_short_line_of_its_own() {
        let parts = [part("Harbours\n\nThey smell of fish.\n\n## Tides\nThey turn.", Vec::new())];
        let roles: Vec<Role> = units(&parts).into_iter().map(|unit| unit.role).collect();
        assert_eq!(roles, [Role::Heading, Role::Sentence, Role::Heading, Role::Sentence]);
    }
}
