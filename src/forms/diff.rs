//! Unified diffs whose file names are said once.
//!
//! ```text
//! block = "[…diff " n " lines, --- and +++ as in diff --git]" LF lines LF
//! ```
//! Before the first hunk of a file stand its old and its new name, which the line `diff --git` says already.

use trimtab_content::Kind;
use trimtab_error::{Error, ErrorKind, Result};

use super::counted::{count_lines, take_lines};
use super::{Above, Ask, Form, Read, Rewrite};

/// Takes the names of files out of diffs where they are said twice.
pub struct Diff;

const HEADER: &str = " lines, --- and +++ as in diff --git]\n";

impl Form for Diff {
    fn name(&self) -> &'static str {
        "diff"
    }

    fn takes(&self, kind: Kind) -> bool {
        kind == Kind::Diff
    }

    fn write(&self, source: &str, _ask: &Ask) -> Vec<Rewrite> {
        let body = without_names(source);
        if body.len() == source.len() || with_names(&body) != source {
            return Vec::new();
        }
        let head = format!("{}{HEADER}", count_lines(&body));
        vec![Rewrite { head: head.len(), text: head + &body }]
    }

    fn read(&self, text: &str, _above: &mut Above) -> Result<Read> {
        let body = text.split_once(HEADER).and_then(|(count, rest)| {
            let (body, used) = take_lines(rest, count.parse().ok()?)?;
            Some(Read { text: with_names(body), used: count.len() + HEADER.len() + used })
        });
        body.ok_or_else(|| Error::new(ErrorKind::NotRestorable, "a diff block was changed and can't be read back"))
    }
}

/// The lines that name the old and the new file, as `diff --git a/old b/new` has them.
fn names(line: &str) -> Option<String> {
    let (old, new) = line.strip_prefix("diff --git ")?.split_once(" b/")?;
    Some(format!("--- {old}\n+++ b/{new}\n"))
}

fn without_names(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut said: Option<String> = None;
    while !rest.is_empty() {
        if let Some(after) = said.as_deref().and_then(|names| rest.strip_prefix(names)) {
            (rest, said) = (after, None);
            continue;
        }
        let (line, after) =
            rest.split_at_checked(rest.find('\n').map_or(rest.len(), |end| end + 1)).unwrap_or((rest, ""));
        said = names(line.trim_end_matches('\n')).or(said);
        out.push_str(line);
        rest = after;
    }
    out
}

fn with_names(body: &str) -> String {
    let mut out = String::with_capacity(body.len() * 2);
    let mut said: Option<String> = None;
    for line in body.split_inclusive('\n') {
        if line.starts_with("@@ ")
            && let Some(names) = said.take()
        {
            out.push_str(&names);
        }
        said = names(line.trim_end_matches('\n')).or(said);
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(source: &str) -> Option<String> {
        let rewrite = Diff.write(source, &Ask::default()).into_iter().next()?;
        let followed = format!("{}\nmore", rewrite.text);
        let read = Diff.read(&followed, &mut Above::default()).unwrap();
        assert_eq!((read.text.as_str(), followed.get(read.used..)), (source, Some("more")), "{followed}");
        Some(rewrite.text)
    }

    #[test]
    fn names_are_said_once() {
        let file = "diff --git a/x/y.rs b/x/y.rs\nindex 1..2 100644\n--- a/x/y.rs\n+++ b/x/y.rs\n@@ -1 +1 @@\n-a\n+b\n";
        assert_eq!(
            written(file).as_deref(),
            Some(
                "6 lines, --- and +++ as in diff --git]\ndiff --git a/x/y.rs b/x/y.rs\nindex 1..2 100644\n@@ -1 +1 @@\n-a\n+b\n"
            )
        );
        assert!(written(&file.repeat(3)).is_some());
    }

    #[test]
    fn files_that_come_or_go_are_left() {
        assert_eq!(
            written("diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+b\n"),
            None
        );
    }
}
