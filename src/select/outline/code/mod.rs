//! Code as its declarations: what others may call comes first, then what it says of itself, bodies last.

mod braces;
mod indents;
mod language;
mod scan;

use super::Piece;
use crate::relevance::Role;
use language::Language;

/// Cuts code into signatures, comments and bodies; none where the language can't be told.
pub(super) fn outline(_head: &str, text: &str) -> Vec<Piece> {
    let fenced = text.starts_with("```") || text.starts_with("~~~");
    let head = if fenced { text.find('\n').map_or(text.len(), |at| at + 1) } else { 0 };
    let (fence, rest) = text.split_at(head);
    let tail = if fenced { rest.trim_end().rfind('\n').map_or(0, |at| at + 1) } else { rest.len() };
    let (body, closing) = rest.split_at(tail);
    let Some(language) = Language::of(fence.trim().trim_start_matches(['`', '~']), body) else { return Vec::new() };
    let mut pieces = Pieces::default();
    pieces.push(head, Role::Signature, None);
    match language {
        Language::Python => indents::outline(body, head, &mut pieces),
        _ => braces::outline(body, head, language, &mut pieces),
    }
    pieces.push(text.len() - closing.len(), Role::Body, None);
    pieces.push(text.len(), Role::Signature, None);
    pieces.found
}

/// Pieces as they are found.
#[derive(Default)]
struct Pieces {
    found: Vec<Piece>,
    /// Comments that wait for what they speak of.
    waiting: Vec<usize>,
}

impl Pieces {
    fn end(&self) -> usize {
        self.found.last().map_or(0, |last| last.end)
    }

    /// Adds what lies between the last piece and `end`; gives its number.
    fn push(&mut self, end: usize, role: Role, needs: Option<usize>) -> Option<usize> {
        if end <= self.end() {
            return None;
        }
        self.found.push(Piece { end, role, needs });
        Some(self.found.len() - 1)
    }

    /// Adds a declaration; the comments before it are about it.
    fn declare(&mut self, end: usize, role: Role, needs: Option<usize>) -> Option<usize> {
        let at = self.push(end, role, needs);
        for comment in std::mem::take(&mut self.waiting) {
            if let Some(piece) = self.found.get_mut(comment) {
                piece.needs = at;
                if role != Role::Signature && piece.role == Role::Comment {
                    piece.role = Role::Body;
                }
            }
        }
        at
    }

    /// Adds what declares nothing; comments before it are about nothing that others use.
    fn plain(&mut self, end: usize, role: Role, needs: Option<usize>) -> Option<usize> {
        for comment in std::mem::take(&mut self.waiting) {
            self.found.get_mut(comment).into_iter().for_each(|piece| piece.role = Role::Body);
        }
        self.push(end, role, needs)
    }

    /// Adds a comment of `text`, which ends at `end`: its first sentence apart from the rest.
    fn comment(&mut self, text: &str, end: usize) {
        let lower = text.get(..text.len().min(2_000)).unwrap_or(text).to_ascii_lowercase();
        if ["copyright", "license", "spdx"].iter().any(|word| lower.contains(word)) {
            self.push(end, Role::Filler, None);
            return;
        }
        let start = end - text.len();
        let first = self.push(start + first_sentence(text), Role::Comment, None);
        self.waiting.extend(first);
        self.push(end, Role::Body, first);
    }
}

/// How many bytes the first sentence of a comment takes, to the end of its line.
fn first_sentence(text: &str) -> usize {
    let mut end = 0;
    let mut said = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim().trim_matches(['/', '*', '!', '#', '"', '\'', ' ', '<', '>', '-', '=']);
        if words.is_empty() && said {
            break;
        }
        said |= !words.is_empty();
        end += line.len();
        if words.ends_with(['.', ':', '。']) || words.contains(". ") {
            break;
        }
    }
    end
}
