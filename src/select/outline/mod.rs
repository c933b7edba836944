//! What stands out in a block: its pieces with what each is there, by the kind of content.
//!
//! An outline is one file here and one line in [`OUTLINES`]. It leaves the text alone: what a tier leaves out of it is
//! up to the order that `relevance` makes of the roles.

mod code;
mod diff;
mod html;
mod log;
mod rows;
mod trace;

use crate::content::Kind;
use crate::relevance::Role;

/// A piece of a block; it begins where the one before it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) end: usize,
    pub(super) role: Role,
    /// The piece that this one means nothing without.
    pub(super) needs: Option<usize>,
}

/// Cuts a block into pieces that tile it; none where it sees nothing that it knows. The head, which may be empty, stands
/// before the block and explains its lines.
type Outline = fn(head: &str, body: &str) -> Vec<Piece>;

/// Every outline there is.
const OUTLINES: &[(Kind, Outline)] = &[
    (Kind::Code, code::outline),
    (Kind::Diff, diff::outline),
    (Kind::Html, html::outline),
    (Kind::Log, log::outline),
    (Kind::Table, rows::outline),
    (Kind::Trace, trace::outline),
];

/// Cuts a block of a kind that has an outline.
pub(super) fn outline(kind: Kind, head: &str, body: &str) -> Vec<Piece> {
    OUTLINES.iter().find(|(known, _)| *known == kind).map(|(_, outline)| outline(head, body)).unwrap_or_default()
}

/// Pieces of whole lines, each with the role that `role` gives it; blank lines belong to the line before.
fn by_lines(text: &str, mut role: impl FnMut(&str) -> Role) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        end += line.len();
        match pieces.last_mut() {
            Some(last) if line.trim().is_empty() => last.end = end,
            _ => pieces.push(Piece { end, role: role(line), needs: None }),
        }
    }
    pieces
}
