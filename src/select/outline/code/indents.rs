//! Python, whose blocks are further in than what opens them.

use super::Pieces;
use super::language::{Around, Language};
use super::scan::{Scanner, Token};
use crate::relevance::Role;

/// A value longer than this is a body.
const LONG: usize = 120;

/// Cuts `text`, which stands at `offset` of its block.
pub(super) fn outline(text: &str, offset: usize, pieces: &mut Pieces) {
    let lines = logical_lines(text);
    let mut classes: Vec<(usize, Option<usize>, bool)> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let words = text.get(line.start..line.end).unwrap_or_default();
        let trimmed = words.trim();
        let end = offset + line.end;
        while classes.last().is_some_and(|(indent, ..)| line.indent <= *indent && !trimmed.is_empty()) {
            classes.pop();
        }
        let (header, hidden) = classes.last().map_or((None, false), |(_, header, hidden)| (*header, *hidden));
        at += 1;
        if trimmed.starts_with('#') {
            pieces.comment(words, end);
        } else if trimmed.starts_with('@') {
            // A decorator is part of what it decorates: the piece grows until its signature ends.
            continue;
        } else if is_definition(trimmed) {
            let role = role(trimmed, hidden);
            let signature = pieces.declare(offset + colon(text, line), role, header);
            at = docstring(text, offset, &lines, at, signature, pieces);
            if trimmed.starts_with("class ") {
                pieces.push(end, Role::Body, signature);
                classes.push((line.indent, signature, role == Role::Inner));
            } else {
                let body =
                    lines.iter().skip(at).take_while(|next| next.indent > line.indent || is_blank(text, next)).count();
                at += body;
                let last = at.checked_sub(1).and_then(|last| lines.get(last)).map_or(line.end, |last| last.end);
                pieces.push(offset + last.max(line.end), Role::Body, signature);
            }
        } else if is_string(trimmed) && line.indent == 0 {
            pieces.comment(words, end);
            pieces.waiting.clear();
        } else {
            let role = if Language::Python.is_import(trimmed) {
                Role::Line
            } else if is_assignment(trimmed) && (line.indent == 0 || header.is_some()) && !trimmed.starts_with('_') {
                Role::Signature
            } else {
                Role::Body
            };
            match role {
                Role::Signature => {
                    let value = line.start + words.find('=').map_or(words.len(), |sign| sign + 1);
                    let long = line.end - value > LONG;
                    let name = pieces.declare(if long { offset + value } else { end }, role, header);
                    pieces.push(end, Role::Body, name);
                }
                _ => {
                    pieces.plain(end, role, header);
                }
            }
        }
    }
    pieces.push(offset + text.len(), Role::Body, None);
}

/// A line that goes on while brackets or strings are open, with the blank lines after it.
struct Line {
    start: usize,
    end: usize,
    indent: usize,
}

fn logical_lines(text: &str) -> Vec<Line> {
    let mut scanner = Scanner::new(text, 0, Language::Python);
    let mut lines: Vec<Line> = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    loop {
        let token = scanner.next();
        match token {
            Some(Token::Open(_)) => depth += 1,
            Some(Token::Close(_)) => depth = depth.saturating_sub(1),
            Some(Token::Newline) if depth == 0 && scanner.before != b'\\' => {
                push_line(text, start, scanner.at, &mut lines);
                start = scanner.at;
                scanner.before = b'\n';
            }
            None => break,
            _ => {}
        }
    }
    push_line(text, start, text.len(), &mut lines);
    lines
}

fn push_line(text: &str, start: usize, end: usize, lines: &mut Vec<Line>) {
    let line = text.get(start..end).unwrap_or_default();
    if line.trim().is_empty()
        && let Some(last) = lines.last_mut()
    {
        last.end = end;
        return;
    }
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    if start < end {
        lines.push(Line { start, end, indent });
    }
}

fn is_blank(text: &str, line: &Line) -> bool {
    text.get(line.start..line.end).is_none_or(|line| line.trim().is_empty())
}

fn is_definition(line: &str) -> bool {
    ["def ", "class ", "async def "].iter().any(|word| line.starts_with(word))
}

fn role(declaration: &str, hidden: bool) -> Role {
    let public = !hidden && Language::Python.is_public(declaration, Around::Public);
    if public { Role::Signature } else { Role::Inner }
}

/// Where the signature ends: behind the colon that opens the body.
fn colon(text: &str, line: &Line) -> usize {
    let mut scanner = Scanner::new(text, line.start, Language::Python);
    let mut depth = 0_usize;
    while let Some(token) = scanner.next() {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth = depth.saturating_sub(1),
            Token::Sign(b':') if depth == 0 => return scanner.at.min(line.end),
            _ => {}
        }
        if scanner.at >= line.end {
            break;
        }
    }
    line.end
}

/// Takes the string that documents what was just declared; gives the next line.
fn docstring(
    text: &str,
    offset: usize,
    lines: &[Line],
    at: usize,
    signature: Option<usize>,
    pieces: &mut Pieces,
) -> usize {
    let Some(line) = lines.get(at) else { return at };
    let words = text.get(line.start..line.end).unwrap_or_default();
    if !is_string(words.trim()) || pieces.end() > offset + line.start {
        return at;
    }
    // The end of the line above belongs to it, so that a signature without it has no loose end.
    let whole = text.get(pieces.end() - offset..line.end).unwrap_or(words);
    let before = pieces.found.len();
    pieces.comment(whole, offset + line.end);
    pieces.waiting.clear();
    if let Some(comment) = pieces.found.get_mut(before) {
        comment.needs = signature;
    }
    at + 1
}

fn is_string(line: &str) -> bool {
    ["\"\"\"", "'''", "r\"\"\"", "\"", "'"].iter().any(|quote| line.starts_with(quote))
}

fn is_assignment(line: &str) -> bool {
    let name = line.split(['=', ':']).next().unwrap_or_default().trim();
    line.contains(" = ") && !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}
