//! Sentences and lines as spans that tile a text.
//!
//! Every byte belongs to exactly one span: the white space after a sentence is its own, so that kept neighbours read
//! as they stood.

use std::ops::Range;

use super::case::lower_case;

/// A sentence longer than this many bytes is cut at a clause or a space, so that one endless line can't eat a whole
/// budget.
pub const LONGEST: usize = 900;

/// Words before a full stop that rarely end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "mt", "ft", "vs", "etc", "inc", "ltd", "co", "corp", "no",
    "vol", "fig", "eq", "gen", "col", "lt", "sgt", "capt", "rev", "hon", "gov", "sen", "rep", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ca", "approx", "dept", "est", "al", "cf", "bzw",
    "bspw", "nr", "abs", "art", "sra", "ud", "pág", "núm", "av", "г", "гг", "им", "ул",
];

/// Cuts the part `span` of `text` into sentences of at most [`LONGEST`] bytes.
pub fn sentences(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    for line in lines(text, span) {
        match spans.last_mut() {
            Some(last) if wraps(text, last, &line) => extend(text, &mut spans, line),
            _ => cut_line(text, line, &mut spans),
        }
    }
    spans
}

/// Cuts spans into pieces of at most `longest` bytes, at clauses where there are any.
pub fn pieces(text: &str, spans: Vec<Range<usize>>, longest: usize) -> Vec<Range<usize>> {
    if longest >= LONGEST {
        return spans;
    }
    let mut cut = Vec::with_capacity(spans.len());
    spans.into_iter().for_each(|span| long_cut(text, span, longest, &mut cut));
    cut
}

/// Cuts the part `span` of `text` into lines, each with its line end and the blank lines after it.
pub fn lines(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let Some(body) = text.get(span.clone()) else { return Vec::new() };
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut at = span.start;
    for line in body.split_inclusive('\n') {
        let end = at + line.len();
        match spans.last_mut() {
            Some(last) if line.trim().is_empty() => last.end = end,
            _ => long_cut(text, at..end, LONGEST, &mut spans),
        }
        at = end;
    }
    spans
}

/// Cuts the part `span` of `text` at blank lines; chunks over `most` bytes are cut at a line end as well.
pub fn chunks(text: &str, span: Range<usize>, most: usize) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for line in lines(text, span) {
        let blank_after = text.get(line.clone()).is_some_and(ends_paragraph);
        match spans.last_mut() {
            Some(last) if open && line.end - last.start <= most => last.end = line.end,
            _ => spans.push(line),
        }
        open = !blank_after;
    }
    spans
}

/// Tells whether a line is followed by a blank one.
pub fn ends_paragraph(line: &str) -> bool {
    let tail = line.get(line.trim_end().len()..).unwrap_or_default();
    tail.bytes().filter(|byte| *byte == b'\n').count() > 1
}

/// Tells whether `line` goes on with the sentence that `last` broke off: text wrapped at a fixed width.
fn wraps(text: &str, last: &Range<usize>, line: &Range<usize>) -> bool {
    let (Some(before), Some(next)) = (text.get(last.clone()), text.get(line.clone())) else { return false };
    if ends_paragraph(before) || !before.ends_with('\n') || last.len() + line.len() > LONGEST {
        return false;
    }
    let width = before.trim_end().rsplit('\n').next().map_or(0, str::len);
    let begins = next.trim_start().chars().next();
    width >= 50
        && !before.trim_end().ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '|', '}', '{'])
        && begins.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '(' | '"'))
        && !is_item(next)
}

/// Adds a wrapped line: its first sentence belongs to the one before.
fn extend(text: &str, spans: &mut Vec<Range<usize>>, line: Range<usize>) {
    let mut more = Vec::new();
    cut_line(text, line, &mut more);
    let mut more = more.into_iter();
    if let (Some(last), Some(first)) = (spans.last_mut(), more.next()) {
        last.end = first.end;
    }
    spans.extend(more);
}

/// Tells whether a line opens a list item.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let bullet = line.starts_with(['-', '*', '•', '+', '#', '>', '|']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    bullet || (digits > 0 && digits < 4 && line.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')'])))
}

fn cut_line(text: &str, line: Range<usize>, spans: &mut Vec<Range<usize>>) {
    let Some(body) = text.get(line.clone()) else { return };
    let mut start = 0;
    let mut letters = body.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if !is_stop(letter) {
            let phrase = letter == ' ' && at - start >= PHRASE && body.get(..at).is_some_and(ends_unspaced);
            if phrase && letters.peek().is_some_and(|(_, next)| is_unspaced_alphabet(*next)) {
                spans.push(line.start + start..line.start + at + 1);
                start = at + 1;
            }
            continue;
        }
        while letters.next_if(|(_, next)| is_stop(*next) || is_closing(*next)).is_some() {}
        let spaced = letters.peek().is_some_and(|(_, next)| next.is_whitespace());
        while letters.next_if(|(_, next)| next.is_whitespace()).is_some() {}
        let Some(&(next_at, next)) = letters.peek() else { break };
        let before = body.get(start..at).unwrap_or_default();
        if (is_full_width(letter) || (spaced && ends_sentence(before, letter, next))) && before.trim().len() > 1 {
            long_cut(text, line.start + start..line.start + next_at, LONGEST, spans);
            start = next_at;
        }
    }
    long_cut(text, line.start + start..line.end, LONGEST, spans);
}

/// Thai, Lao, Khmer and Burmese write a space between phrases and often no stop: from so many bytes on it ends a unit.
const PHRASE: usize = 150;

fn ends_unspaced(text: &str) -> bool {
    text.chars().next_back().is_some_and(is_unspaced_alphabet)
}

fn is_unspaced_alphabet(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Judges a stop that has a space after it.
fn ends_sentence(before: &str, stop: char, next: char) -> bool {
    if next.is_lowercase() {
        return false;
    }
    if stop != '.' {
        return true;
    }
    let word = before.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '.').next().unwrap_or_default();
    let mut letters = word.chars();
    let single = matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_uppercase());
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1);
    let short = word.len() <= 8 && ABBREVIATIONS.contains(&lower_case(word).as_str());
    !(single || dotted || short) || (before.ends_with(' ') && !single)
}

fn is_stop(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | '…' | '।' | '॥' | '۔' | '؟' | '։' | '።' | '။') || is_full_width(letter)
}

/// Stops that end a sentence without a space after them.
fn is_full_width(letter: char) -> bool {
    matches!(letter, '。' | '！' | '？' | '｡' | '．')
}

fn is_closing(letter: char) -> bool {
    matches!(letter, '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '」' | '』' | '）' | '】' | '*' | '_')
}

/// Pushes a span, cut into pieces where it is too long.
fn long_cut(text: &str, span: Range<usize>, longest: usize, spans: &mut Vec<Range<usize>>) {
    let mut start = span.start;
    while span.end - start > longest {
        let end = cut_before(text, start, start + (longest * 3 / 4).max(1), span.end);
        spans.push(start..end);
        start = end;
    }
    if start < span.end {
        spans.push(start..span.end);
    }
}

/// The end of the last clause before `limit`, or of the last word, or a character boundary where there is neither.
fn cut_before(text: &str, start: usize, limit: usize, end: usize) -> usize {
    let limit = (limit..end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    let piece = text.get(start..limit).unwrap_or_default();
    let least = piece.len() / 2;
    let after = |marks: &[char]| {
        let (at, mark) = piece.char_indices().rev().find(|(_, letter)| marks.contains(letter))?;
        let spaces = piece.get(at + mark.len_utf8()..)?;
        Some(at + mark.len_utf8() + spaces.len() - spaces.trim_start().len()).filter(|at| *at > least)
    };
    let clause = after(&[';', ',', ')', '—', '–', '、', '，', '；', '）']);
    clause.or_else(|| after(&[' ', '\n', '\t'])).map_or(limit, |at| start + at)
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::{chunks, lines, sentences};

    fn cut(text: &str) -> Vec<&str> {
        sentences(text, 0..text.len()).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn sentences_end_at_stops_and_keep_their_space() {
        assert_eq!(cut("One fish. Two fish! \"Red?\" Blue."), ["One fish. ", "Two fish! ", "\"Red?\" ", "Blue."]);
    }

    #[test]
    fn abbreviations_initials_and_numbers_do_not_end_sentences() {
        assert_eq!(cut("Dr. W. S. Cox paid 3.5 dollars. He left."), ["Dr. W. S. Cox paid 3.5 dollars. ", "He left."]);
        assert_eq!(cut("It is used, e.g. Here, twice."), ["It is used, e.g. Here, twice."]);
    }

    #[test]
    fn spaced_stops_end_sentences() {
        assert_eq!(cut("He left . She stayed ."), ["He left . ", "She stayed ."]);
    }

    #[test]
    fn full_width_stops_need_no_space() {
        assert_eq!(cut("氧气有毒。氮气无毒！"), ["氧气有毒。", "氮气无毒！"]);
        assert_eq!(cut("पहला वाक्य। दूसरा वाक्य।"), ["पहला वाक्य। ", "दूसरा वाक्य।"]);
    }

    #[test]
    fn wrapped_lines_are_one_sentence_and_items_are_not() {
        let wrapped = "A sentence that was wrapped at a fixed width goes on here\nin the next line. And ends.";
        assert_eq!(cut(wrapped).len(), 2);
        assert_eq!(cut("- one\n- two\n").len(), 2);
    }

    #[test]
    fn spans_tile_the_text() {
        let long = "x".repeat(5000) + &" word".repeat(2000);
        for text in ["", " ", "\n\n a\n\n\nb. C", "a\r\nb", "é。", long.as_str()] {
            let ranges = [sentences(text, 0..text.len()), lines(text, 0..text.len()), chunks(text, 0..text.len(), 200)];
            for spans in ranges {
                let joined: String = spans.iter().map(|span| &text[span.clone()]).collect();
                assert_eq!(joined, text);
            }
        }
    }

    #[test]
    fn chunks_end_at_blank_lines() {
        assert_eq!(chunks("a\nb\n\nc\nd\n", 0..9, 1000), [0..5, 5..9]);
    }
}
