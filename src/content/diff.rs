//! Unified diffs.

use super::lines::runs;
use super::{Kind, Segment};

/// Finds hunks with their file headers.
pub(super) fn detect(text: &str) -> Vec<Segment> {
    if !text.contains("@@ -") {
        return Vec::new();
    }
    let mut inside = false;
    let mut header = false;
    runs(text, Kind::Diff, 3, |line| {
        let opens = line.starts_with("diff --git ") || line.starts_with("@@ -");
        let names = line.starts_with("--- ") || (header && line.starts_with("+++ "));
        header = names || (header && !line.starts_with("+++ "));
        inside = opens || names || (inside && is_body(line));
        inside.then_some(true)
    })
    .into_iter()
    .filter(|segment| text.get(segment.span.clone()).is_some_and(|found| found.contains("@@ -")))
    .collect()
}

fn is_body(line: &str) -> bool {
    line.starts_with(['+', '-', ' ', '\\'])
        || ["index ", "new file", "deleted file", "old mode", "new mode", "similarity", "rename ", "Binary "]
            .iter()
            .any(|start| line.starts_with(start))
}
