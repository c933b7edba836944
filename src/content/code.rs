//! Program text without fences, by how its lines begin and end.

use super::lines::lines;
use super::{Kind, Segment};

/// Finds paragraphs most of whose lines look like code; neighbours become one segment.
pub(super) fn detect(text: &str) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    let mut paragraph = Paragraph::default();
    for (span, line) in lines(text) {
        if line.trim().is_empty() {
            paragraph.close(&mut found);
            continue;
        }
        paragraph.add(span, line);
    }
    paragraph.close(&mut found);
    let mut merged: Vec<Segment> = Vec::new();
    for segment in found {
        match merged.last_mut() {
            Some(last) if is_blank(text, last.span.end, segment.span.start) => last.span.end = segment.span.end,
            _ => merged.push(segment),
        }
    }
    merged
}

#[derive(Default)]
struct Paragraph {
    span: Option<std::ops::Range<usize>>,
    lines: usize,
    code: usize,
    /// Lines that only code has; an indented poem has none.
    sure: usize,
}

impl Paragraph {
    fn add(&mut self, span: std::ops::Range<usize>, line: &str) {
        self.span = Some(self.span.take().map_or(span.start, |all| all.start)..span.end);
        self.lines += 1;
        let sure = is_code(line);
        self.sure += usize::from(sure);
        self.code += usize::from(sure || is_indented(line));
    }

    fn close(&mut self, found: &mut Vec<Segment>) {
        let Self { span, lines, code, sure } = std::mem::take(self);
        // A single line is too little to tell by, unless it follows code.
        let follows = |span: &std::ops::Range<usize>| found.last().is_some_and(|last| last.span.end + 2 >= span.start);
        let told = lines > 1 || span.as_ref().is_some_and(follows);
        let enough = told && code * 10 >= lines * 6 && sure * 5 >= lines;
        found.extend(span.filter(|_| enough).map(|span| Segment { span, kind: Kind::Code }));
    }
}

fn is_blank(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| between.trim().is_empty())
}

/// Whether a line is code, or could be some: further in than prose is, or one of a list.
pub fn may_be_code(line: &str) -> bool {
    is_indented(line) || is_code(line)
}

fn is_indented(line: &str) -> bool {
    let listed = line.starts_with("  ") && line.ends_with([',', '(', '{', '[']);
    listed || line.starts_with("    ") || line.starts_with('\t')
}

#[inline(never)] // Its list is long, and asked from two places.
fn is_code(line: &str) -> bool {
    const STARTS: [&str; 43] = [
        "def ",
        "class ",
        "import ",
        "from ",
        "return",
        "fn ",
        "pub ",
        "let ",
        "const ",
        "var ",
        "function ",
        "if (",
        "for (",
        "while (",
        "#include",
        "#define",
        "package ",
        "func ",
        "struct ",
        "enum ",
        "impl ",
        "use ",
        "export ",
        "declare ",
        "interface ",
        "type ",
        "readonly ",
        "public ",
        "private ",
        "protected ",
        "static ",
        "extern ",
        "async ",
        "@",
        "#[",
        "#if",
        "//",
        "/*",
        "* ",
        "elif ",
        "else:",
        "try:",
        "} ",
    ];
    let line = line.trim();
    let word_ends = |sign: &str| line.ends_with(sign);
    let ends =
        [";", "{", "}", "};", "});", "):", ") {", "=>", "\\", "],", "),", "},"].iter().any(|sign| word_ends(sign));
    let starts = STARTS.iter().any(|start| line.starts_with(start)) && !line.ends_with('.');
    ends || starts || has_sign(line) || goes_on(line)
}

/// Whether a line has one of the signs that are rare outside of code.
fn has_sign(line: &str) -> bool {
    const SIGNS: [&str; 8] = [" = ", " == ", " := ", " += ", " -> ", "?: ", "::", "()"];
    // Each of them has one of these, and most lines of prose have none.
    let may = line.bytes().any(|byte| matches!(byte, b'=' | b'>' | b':' | b'('));
    may && SIGNS.iter().any(|sign| line.contains(sign))
}

/// Whether a line is one of a list of texts, or the arguments that it opens go on with the next.
fn goes_on(line: &str) -> bool {
    if line.starts_with("| ") {
        return !line.ends_with('|');
    }
    if !line.ends_with([',', '(', '+']) {
        return false;
    }
    let text = ["',", "\",", "' +", "\" +"].iter().any(|sign| line.ends_with(sign));
    let called = || line.split_once('(').is_some_and(|(name, _)| name.ends_with(char::is_alphanumeric));
    text || (!line.ends_with('+') && line.matches('(').count() > line.matches(')').count() && called())
}
