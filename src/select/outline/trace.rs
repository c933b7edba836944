//! Stack traces as the error and the frames nearest to it that are not a library's.

use super::{Piece, by_lines};
use crate::relevance::Role;

/// Places of code that its user did not write.
const FOREIGN: &[&str] = &[
    "node_modules",
    "node:internal",
    "(internal/",
    "site-packages",
    "/lib/python",
    "java.base/",
    "at java.",
    "at sun.",
    "at jdk.",
    "at org.springframework",
    "at org.junit",
    "/rustc/",
    "core::",
    "std::",
    "at System.",
    "at Microsoft.",
];
/// Frames of the user's own code that tell the most.
const NEAREST: usize = 4;

/// Cuts a trace into its lines.
pub(super) fn outline(_head: &str, text: &str) -> Vec<Piece> {
    let mut own = 0;
    by_lines(text, |line| {
        if !line.starts_with([' ', '\t']) || line.trim_start().starts_with("Caused by") {
            own = 0;
            return Role::Key;
        }
        if FOREIGN.iter().any(|place| line.contains(place)) {
            return Role::Filler;
        }
        own += 1;
        if own <= NEAREST { Role::Key } else { Role::Body }
    })
}
