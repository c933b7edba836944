//! Markup as its content: text first, the tags around it and what is no text last.

use super::Piece;
use crate::relevance::Role;

/// Elements whose whole inside is no content.
const SILENT: &[&str] = &["script", "style", "svg", "noscript", "template", "iframe"];
/// Elements of a page that are on every other page too.
const FRAME: &[&str] = &["nav", "footer", "aside", "form", "head"];
/// Elements within a sentence.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "br", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub",
    "sup", "time", "u",
];
/// Tags shorter than this cost less than the sign that they are missing.
const SHORT: usize = 10;

/// Cuts markup into runs of tags and runs of text.
pub(super) fn outline(_head: &str, text: &str) -> Vec<Piece> {
    let mut page = Page { pieces: Vec::new(), framed: 0, heading: false };
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let (end, role) =
            if rest.starts_with('<') { page.tag(rest) } else { (rest.find('<').unwrap_or(rest.len()), None) };
        let end = at + end.max(1);
        let run = text.get(at..end).unwrap_or_default();
        page.add(end, role.unwrap_or_else(|| page.text_role(run)), run);
        at = end;
    }
    page.pieces
}

struct Page {
    pieces: Vec<Piece>,
    /// How deep inside of the page's frame.
    framed: usize,
    heading: bool,
}

impl Page {
    /// The length of what begins with a tag, and its role; a silent element is taken whole, an inline tag is text.
    fn tag(&mut self, rest: &str) -> (usize, Option<Role>) {
        let end =
            if rest.starts_with("<!--") { rest.find("-->").map(|at| at + 3) } else { rest.find('>').map(|at| at + 1) };
        let end = end.unwrap_or(rest.len());
        let closes = rest.starts_with("</");
        let name: String =
            rest.chars().skip(1 + usize::from(closes)).take_while(char::is_ascii_alphanumeric).take(12).collect();
        let name = name.to_ascii_lowercase();
        if SILENT.contains(&name.as_str()) && !closes {
            let close = format!("</{name}");
            let found = rest.find(&close).and_then(|at| rest.get(at..)?.find('>').map(|end| at + end + 1));
            return (found.unwrap_or(end), Some(Role::Filler));
        }
        if FRAME.contains(&name.as_str()) {
            self.framed = if closes { self.framed.saturating_sub(1) } else { self.framed + 1 };
        }
        if matches!(name.as_bytes(), [b'h', b'1'..=b'6']) || name == "title" {
            self.heading = !closes;
        }
        if INLINE.contains(&name.as_str()) && end < 4 * SHORT { (end, None) } else { (end, Some(Role::Filler)) }
    }

    fn text_role(&self, run: &str) -> Role {
        match () {
            () if run.trim().is_empty() => Role::Filler,
            () if self.heading => Role::Key,
            () if self.framed > 0 => Role::Filler,
            () => Role::Line,
        }
    }

    /// Adds a run: to the piece before it where both are alike, or where it is too short to be left out.
    fn add(&mut self, end: usize, role: Role, run: &str) {
        let short = run.len() < SHORT && run.starts_with('<');
        match self.pieces.last_mut() {
            Some(last) if last.role == role || run.trim().is_empty() || short => last.end = end,
            _ => self.pieces.push(Piece { end, role, needs: None }),
        }
    }
}
