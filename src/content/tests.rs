use proptest::prelude::*;

use super::*;

fn kinds(text: &str) -> Vec<(Kind, &str)> {
    segment(text).into_iter().map(|segment| (segment.kind, text.get(segment.span).unwrap())).collect()
}

fn covers(text: &str) {
    let mut end = 0;
    for segment in segment(text) {
        assert_eq!(segment.span.start, end, "no gap and no overlap");
        assert!(!segment.span.is_empty());
        end = segment.span.end;
    }
    assert_eq!(end, text.len(), "the whole text is covered");
}

#[test]
fn each_kind_is_known_by_its_looks() {
    for (kind, text) in [
        (Kind::Prose, "A sentence, then another one.\n\nAnd a second paragraph: it has a colon.\n"),
        (Kind::Json, "{\"name\": \"Ada\", \"born\": 1815}"),
        (Kind::Json, "{\"n\":\"a\"}\n{\"n\":\"b\"}\n{\"n\":\"c\"}"),
        (Kind::Code, "fn main() {\n    let x = 1;\n    run(x);\n}\n"),
        (Kind::Code, "def area(r):\n    return 3 * r\n"),
        (Kind::Code, "```js\nconst a = 1\n```\n"),
        (Kind::Diff, "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n"),
        (Kind::Log, "2024-01-01 10:00:00 up\n2024-01-01 10:00:01 ok\n2024-01-01 10:00:02 down\n"),
        (Kind::Log, "Jul  1 09:00:55 host kernel[0]: a\nJul  1 09:01:05 host b: c\nJul  1 09:02:00 host d\n"),
        (Kind::Trace, "Traceback (most recent call last):\n  File \"a.py\", line 1\n    f()\nValueError: bad\n"),
        (Kind::Trace, "TypeError: x is not a function\n    at run (a.js:1:2)\n    at main (a.js:9:1)\n"),
        (Kind::Table, "| a | b |\n|---|---|\n| 1 | 2 |\n"),
        (Kind::Table, "id,name,age\n1,Ada,36\n2,Bob,40\n3,Eve,29\n"),
        (Kind::Table, "id\tname\tage\n1\tAda\t36\n2\tBob\t40\n"),
        (Kind::Html, "<div class=\"x\">\n  <p>Hello</p>\n</div>\n"),
        (Kind::Chat, "Ann: hi there\nBob: hello\nAnn: shall we\nBob: yes\nAnn: good\n"),
    ] {
        assert_eq!(kinds(text), [(kind, text)], "{text}");
    }
}

#[test]
fn json_is_found_within_prose_and_a_citation_is_not() {
    let value = "{\"answer\": [1, 2, 3], \"source\": \"a book\", \"page\": 12}";
    let text = format!("As shown [1], it gave {value} and then stopped [2].");
    assert_eq!(
        kinds(&text),
        [(Kind::Prose, "As shown [1], it gave "), (Kind::Json, value), (Kind::Prose, " and then stopped [2].")]
    );
}

#[test]
fn json_within_a_fence_is_json() {
    let text = "```json\n{\"a\": 1,\n \"b\": 2}\n```\n";
    assert_eq!(kinds(text).iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [Kind::Code, Kind::Json, Kind::Code]);
    covers(text);
}

#[test]
fn megabytes_of_one_sign_are_segmented_in_linear_time() {
    for sign in ["[", "{", "{\"a\":", "```\n", "<", "|\n", "a: b\n", "\\", "\"", "[\"", "é[", ",", "\n", "```"] {
        covers(&sign.repeat(1_000_000 / sign.len()));
    }
}

proptest! {
    #[test]
    fn every_text_is_covered(text in r#"([\[\]{}",:|<>`~@+ \n\t-]|[a-z]{1,3}|[0-9]|é|\{"a": 1\}|```\n){0,60}"#) {
        covers(&text);
    }

    #[test]
    fn every_string_is_covered(text in any::<String>()) {
        covers(&text);
    }
}
