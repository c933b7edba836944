//! A text that is one source file is one segment, whatever stands in it.
//!
//! Declarations need their whole file to be told from their bodies, and a literal in a program is read by who reads
//! programs: it is not rewritten as data.

use std::ops::Range;

use crate::content::{Kind, Segment, may_be_code};

/// How a source file opens where its first lines are no code.
const OPENINGS: [&str; 8] = ["//", "/*", "#", "\"\"\"", "'''", "package ", "<?", "@"];

/// How many bytes stand in lines that only comments and directives have.
fn commented(text: &str) -> usize {
    let is_comment = |line: &&str| {
        ["//", "/*", "* ", "*/", "*\n", "#", "\"\"\""].iter().any(|sign| line.trim_start().starts_with(sign))
    };
    text.split_inclusive('\n').filter(is_comment).map(str::len).sum()
}

/// Where the strings stand that document Python.
fn docstrings(text: &str) -> Vec<Range<usize>> {
    let mut quotes = text.match_indices("\"\"\"").map(|(at, _)| at);
    let pairs = std::iter::from_fn(|| Some(quotes.next()?..quotes.next()?));
    pairs.collect()
}

/// Whether most lines are further in than the margin, or close something, as the end of a body is.
fn is_indented(text: &str) -> bool {
    let signs = [' ', '\t', '}', ')', ']', '#', '/', '*', '@'];
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    lines().filter(|line| line.starts_with(signs)).count() * 2 > lines().count()
}

fn is_fenced(text: &str) -> bool {
    text.starts_with("```") || text.starts_with("~~~")
}

/// Whether a text opens like a source file and goes on so, line by line, in comments for the most part perhaps: what they
/// hold may look like prose, tables and tags.
fn is_all_code(text: &str) -> bool {
    let (mut all, mut code, mut comment) = (0_usize, 0_usize, 0_usize);
    let mut within = false;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let words = line.trim();
        let opens = words.starts_with("/*");
        if within || opens || words.starts_with("//") {
            comment += line.len();
            within = (within || opens) && !words.contains("*/");
        } else if may_be_code(line) {
            code += line.len();
        } else if all == 0 {
            return false;
        }
        all += line.len();
    }
    (code + comment) * 5 >= all * 4 && code * 25 >= all
}

/// Makes one segment of code of all that stands between the first code and the last, where most of `text` is code
/// without a fence, or a comment on it. What a comment opens before the first is of the file too; what stands after the last is not: it is
/// more often a question about it.
pub(super) fn joined(text: &str, segments: Vec<Segment>) -> Vec<Segment> {
    let text_of = |segment: &Segment| text.get(segment.span.clone()).unwrap_or_default();
    let is_code = |segment: &Segment| segment.kind == Kind::Code;
    let fenced = segments.iter().any(|segment| is_code(segment) && is_fenced(text_of(segment)));
    let size = |wanted: &dyn Fn(&Segment) -> usize| segments.iter().map(wanted).sum::<usize>();
    let code = size(&|segment| if is_code(segment) { segment.span.len() } else { 0 });
    let is_data = |segment: &Segment| matches!(segment.kind, Kind::Json | Kind::Table);
    let data = size(&|segment| if is_data(segment) { segment.span.len() } else { 0 });
    let docstrings = if code * 6 >= text.len() { docstrings(text) } else { Vec::new() };
    let documents = |segment: &Segment| {
        let place = docstrings.partition_point(|string| string.end < segment.span.end);
        docstrings.get(place).is_some_and(|string| string.start <= segment.span.start)
    };
    let comments = size(&|segment| match segment {
        Segment { kind: Kind::Code | Kind::Json | Kind::Table, .. } => 0,
        _ if documents(segment) => segment.span.len(),
        _ => commented(text_of(segment)),
    });
    let foreign = text.len().saturating_sub(code + data + comments);
    let mostly_code = foreign * 5 <= text.len() * 2 && code * 6 >= text.len() && code >= data;
    let reports = size(&|segment| match segment.kind {
        Kind::Log | Kind::Diff | Kind::Trace | Kind::Chat => segment.span.len(),
        _ => 0,
    });
    let is_file = !fenced && (mostly_code || ((data + reports) * 3 <= text.len() && is_all_code(text)));
    if !is_file {
        return segments;
    }
    let goes_on = |segment: &Segment| is_code(segment) || is_indented(text_of(segment));
    let ends = segments.iter().position(is_code).zip(segments.iter().rposition(goes_on));
    let Some((first, last)) = ends else { return segments };
    let opens = |segment: &Segment| {
        let opening = text_of(segment).trim_start();
        OPENINGS.iter().any(|sign| opening.starts_with(sign)) || opening.lines().next().is_some_and(may_be_code)
    };
    let first = if segments.first().is_some_and(opens) { 0 } else { first };
    let mut whole: Vec<Segment> = Vec::with_capacity(segments.len());
    for (index, segment) in segments.into_iter().enumerate() {
        match whole.last_mut() {
            Some(file) if index > first && index <= last => file.span.end = segment.span.end,
            _ if index == first => whole.push(Segment { kind: Kind::Code, ..segment }),
            _ => whole.push(segment),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::joined;
    use crate::content::{Kind, segment};

    fn kinds(text: &str) -> Vec<Kind> {
        joined(text, segment(text)).into_iter().map(|segment| segment.kind).collect()
    }

    #[test]
    fn a_file_with_data_and_prose_in_it_is_one_segment() {
        let code = "const rows = load();\nconst more = { a: 1 };\nfunction f() {\n  return rows;\n}\n";
        let text = format!(
            "/* Loads rows. */\n\n{code}\nconst x = [{{\"a\": 1, \"b\": [1, 2, 3], \"c\": \"a longer text\"}}];\n\n{code}"
        );
        assert_eq!(kinds(&text), [Kind::Code]);
        let asked = format!("{text}\n\nWhat does this file do, and why is it so long?\n");
        assert_eq!(kinds(&asked), [Kind::Code, Kind::Prose]);
    }

    #[test]
    fn what_documents_python_is_of_its_file() {
        let prose = "Some words about what it does.\n\n    Parameters\n    ----------\n    a : a number\n        The first of them, which may be of any size.\n\n    Returns a number, too.\n";
        let text: String = (0..5)
            .map(|at| format!("def f{at}(a):\n    \"\"\"{prose}    \"\"\"\n    b = a + {at}\n    if b > 2:\n        return b\n    return -b\n\n"))
            .collect();
        assert_eq!(kinds(text.trim_end()), [Kind::Code]);
    }

    #[test]
    fn comments_may_hold_tags_and_most_of_a_file() {
        let comment = "/**\n * Opens <b>one</b> valve.\n * <ul>\n * <li>It turns.</li>\n * </ul>\n * <p>Some more words on it, and some.</p>\n */\n";
        let text = format!(
            "// Some rights are reserved.\n\npackage pumps;\n\n{comment}public interface Valve {{\n\n{comment}\nvoid open(int turns);\n\n{comment}\n}}\n"
        );
        assert_eq!(kinds(&text), [Kind::Code]);
        let list = "* It turns.\n* It opens.\n".repeat(9);
        assert_eq!(kinds(&format!("# Valves\n\n{list}\n    valve.open();\n")).last(), Some(&Kind::Prose));
    }

    #[test]
    fn declarations_of_types_are_code() {
        let text = "export interface Init {\n  body?: Body | null\n  readonly status: number\n}\n\nexport type Cache =\n  | 'default'\n  | 'reload'\n\nexport declare class Head {\n  constructor (init?: Init)\n  readonly get: (name: string) => string | null\n}\n";
        assert_eq!(kinds(text), [Kind::Code]);
    }

    #[test]
    fn prose_with_code_in_it_stays_apart() {
        let text = "Read this first, it says what the code below is for and why.\n\n```js\nlet a = 1;\n```\n\nAnd that was all of it.\n";
        assert_eq!(kinds(text), [Kind::Prose, Kind::Code, Kind::Prose]);
    }
}
