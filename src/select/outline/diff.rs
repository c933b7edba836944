//! Diffs as what they change: lines that change behaviour first, what surrounds them last.

use super::Piece;
use crate::relevance::Role;

/// Files that tools write: their changes follow from others.
const GENERATED: &[&str] = &[
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock",
    "Cargo.lock",
    "poetry.lock",
    "go.sum",
    "composer.lock",
    ".min.js",
    ".min.css",
    ".snap",
    ".map",
    "/dist/",
    "/vendor/",
    "_pb2.py",
    ".pb.go",
    ".generated.",
];

/// Cuts a diff into its lines; a line needs its hunk's header, and that its file's.
pub(super) fn outline(_head: &str, text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut file, mut hunk) = (None, None);
    let (mut generated, mut opening, mut end) = (false, false, 0);
    for line in text.split_inclusive('\n') {
        end += line.len();
        let heads = !line.starts_with(['+', '-', ' ', '@', '\\'])
            || line.starts_with("--- ")
            || (opening && line.starts_with("+++ "));
        if heads {
            // The lines that name a file are one piece.
            if opening && let Some(last) = pieces.last_mut() {
                last.end = end;
            } else {
                pieces.push(Piece { end, role: Role::Key, needs: None });
                (file, hunk, generated) = (Some(pieces.len() - 1), None, false);
            }
            generated |= GENERATED.iter().any(|name| line.contains(name));
        } else {
            let (role, needs) =
                if line.starts_with("@@") { (Role::Line, file) } else { (role(line, generated), hunk.or(file)) };
            pieces.push(Piece { end, role, needs });
            if line.starts_with("@@") {
                hunk = Some(pieces.len() - 1);
            }
        }
        opening = heads;
    }
    pieces
}

fn role(line: &str, generated: bool) -> Role {
    let code = line.get(1..).unwrap_or_default().trim();
    let changed = line.starts_with(['+', '-']);
    let silent =
        code.is_empty() || ["//", "#", "*", "/*", "import ", "use ", "from "].iter().any(|it| code.starts_with(it));
    match (changed, generated || silent) {
        (true, false) => Role::Key,
        (true, true) => Role::Body,
        (false, _) => Role::Filler,
    }
}
