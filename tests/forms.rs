//! The promises of the lossless forms, over texts of every kind.

use proptest::prelude::*;
use trimtab::ErrorKind;
use trimtab::content::segment;
use trimtab::forms::{Above, Ask, FORMS, Form, Json, OPENING, Written, restore, write};
use trimtab::tokenizer::CountTokens;

/// Counts runs of letters, runs of up to three digits, runs of spaces and single signs, as encodings roughly do.
struct Classes;

impl CountTokens for Classes {
    fn count(&self, text: &str) -> usize {
        let class = |c: char| match c {
            _ if c.is_alphabetic() => 0,
            _ if c.is_ascii_digit() => 1,
            ' ' | '\n' | '\t' => 2,
            _ => 3,
        };
        let mut count = 0;
        let mut run = (4, 0);
        for c in text.chars() {
            let most = [8, 3, 8, 2].get(class(c)).copied().unwrap_or(1);
            run = if run.0 == class(c) && run.1 < most { (run.0, run.1 + 1) } else { (class(c), 1) };
            count += usize::from(run.1 == 1);
        }
        count
    }
}

const ALL: Ask = Ask { all_stays: true, dense: false, toon: false, counted: None };

#[allow(clippy::unwrap_used, reason = "a failed unwrap is what fuzzing is to find")]
#[path = "../fuzz/bodies/form.rs"]
mod fuzzed;

fn write_it(text: &str) -> Written {
    write(text, &segment(text), ALL, &Classes)
}

/// Writes and restores, and holds the result to everything that is promised of it.
fn comes_back(text: &str) -> Written {
    let written = write_it(text);
    let back = restore(&written.text).unwrap_or_else(|error| error.to_string());
    assert!(back == text, "{text}\nwritten as\n{}\ncame back as\n{back}", written.text);
    let mut end = 0;
    for block in &written.blocks {
        assert_eq!(block.span.start, end, "blocks have no gaps");
        assert!(block.head <= block.span.len());
        end = block.span.end;
    }
    assert_eq!(end, written.text.len(), "blocks cover the text");
    for step in &written.steps {
        assert!(step.after < step.before, "{} is cheaper than what it replaces", step.form);
    }
    written
}

fn rows(count: usize, indent: &str) -> String {
    let row = |id: usize| {
        format!(
            "{indent}{{\n{indent}{indent}\"identifier\": {id},\n{indent}{indent}\"title\": \"row number {id}\"\n{indent}}}"
        )
    };
    format!("[\n{}\n]", (0..count).map(row).collect::<Vec<_>>().join(",\n"))
}

#[test]
fn json_is_written_as_rows_wherever_it_stands() {
    let (json, two) = (rows(30, "  "), rows(20, "\t"));
    for text in [
        json.clone(),
        format!("Look:\n\n```json\n{json}\n```\nand tell me."),
        format!("The answer was {json}, not {two}."),
        format!("{json}\n{two}"),
        format!("{json}\n"),
        format!("{json}\n\n\n{two}\n\n"),
    ] {
        let written = comes_back(&text);
        assert!(written.text.contains("[…json "), "{}", written.text);
        assert!(Classes.count(&written.text) * 2 < Classes.count(&text));
    }
}

#[test]
fn json_with_comments_is_written_as_far_as_it_has_none() {
    let plain = rows(30, "  ");
    let items = plain.strip_suffix("\n]").unwrap();
    let nested = plain.replace('\n', "\n  ");
    for (text, blocks) in [
        (format!("// all of them\n{plain}"), 1),
        (format!("{items},\n]"), 1),
        (format!("{items}, // the last\n]\n"), 1),
        (items.replacen("},\n", "},\n  // the rest\n", 1) + "\n]", 1),
        (items.replacen("{\n    \"identifier\": 15,", "{\n    // new\n    \"identifier\": 15,", 1) + "\n]", 2),
        (format!("{{\n  // what there is\n  \"rows\": {nested},\n  \"none\": null,\n}}"), 1),
        (format!("{{\r\n  \"rows\": {},\r\n}}", nested.replace('\n', "\r\n")), 1),
        (rows(30, "\t").replace('\n', "\n\t").replace("\n\t]", ",\n]"), 1),
    ] {
        let written = comes_back(&text);
        assert_eq!(written.text.matches("[…json ").count(), blocks, "{}", written.text);
        assert!(Classes.count(&written.text) * 2 < Classes.count(&text), "{}", written.text);
    }
}

#[test]
fn what_looks_like_ours_in_the_source_is_only_text() {
    let json = rows(10, "  ");
    let block = write_it(&json).text;
    for text in [
        block.clone(),
        format!("{block}{json}"),
        format!("[{json}"),
        format!("[\\{OPENING}\\\\{block}"),
        "[…812 tokens left out: k3f9w2]".to_owned(),
        json.replace("row", "[…json compact, 1 rows of (a)]"),
        json.replace("row", "…").replace("identifier", "[…"),
    ] {
        comes_back(&text);
    }
}

#[test]
fn a_block_of_a_block_comes_back_in_two_steps() {
    let json = rows(10, "  ");
    let once = write_it(&json).text;
    let twice = write_it(&once).text;
    assert_eq!(restore(&restore(&twice).unwrap()).unwrap(), json);
}

#[test]
fn what_was_said_before_is_referred_to() {
    let rules = "You must answer in one sentence.\nYou must name your source, [… or not.\n".repeat(4);
    let row = |id: usize| format!("{{\"identifier\":{id},\"title\":\"row number {id}\"}}");
    let json = format!("[{}]", (0..12).map(row).collect::<Vec<_>>().join(","));
    let text = format!("First:\n{rules}Then:\n{rules}Data: {json} and again {json}.\n```\n{rules}```\n{rules}");
    let written = comes_back(&text);
    assert_eq!(written.text.matches("[…repeat of ").count(), 4, "{}", written.text);
}

#[test]
fn text_of_others_is_left_alone() {
    for text in ["", " \n", "He said […] and left.", "[…jsonish]", "plain"] {
        assert_eq!(restore(text).unwrap(), text);
    }
}

#[test]
fn what_was_left_out_or_damaged_is_an_error() {
    let block = write_it(&rows(10, "  ")).text;
    let cut = block.lines().take(4).collect::<Vec<_>>().join("\n");
    for text in [cut.as_str(), "a […812 tokens left out: k3f9w2] b", "[…json nonsense]\n"] {
        assert_eq!(restore(text).unwrap_err().kind(), ErrorKind::NotRestorable, "{text}");
    }
}

#[test]
fn brackets_by_the_million_are_written_as_they_are() {
    for sign in ["[", "{\"a\":", "[…", "\\", "…"] {
        comes_back(&sign.repeat(1_000_000));
    }
}

#[test]
fn a_megabyte_of_anything_is_written_in_linear_time() {
    for line in [
        "10:00:00 a b\n",
        "10:00:00 =====",
        "| a  | b |\n",
        "  a\n",
        "a,b,c,d\n",
        "{\"a\":[1]}\n",
        "{\"a\":[1]} ",
        "[[1],\n",
        "x\n",
        "\n",
        "<b>",
        "</b>",
        "<a><b>\n</b>",
        "550e8400-e29b-41d4-a716-446655440000 ",
        "diff --git a/x b/x\n@@ -1 +1 @@\n",
        "2024-01-01 10:00:00 \n",
        "  at f (a.js:1:2)\n",
        "{\"a\":1}",
    ] {
        comes_back(&line.repeat(1_000_000 / line.len()));
    }
    let logs: Vec<String> = (0..20_000).map(|n| format!("10:00:00 {} x{n} y", "w ".repeat(n % 60))).collect();
    comes_back(&logs.join("\n"));
}

/// Documents that are JSON, by the kinds of trouble that readers have with them.
const VALID: [&str; 40] = [
    "[]",
    "{}",
    "[[]]",
    "[ ]",
    "{ }",
    "[null]",
    "[true,false]",
    "[0]",
    "[-0]",
    "[-0.0]",
    "[1.10]",
    "[1e5]",
    "[1E+5]",
    "[1e-400]",
    "[123456789012345678901234567890]",
    "[0.1e1]",
    "[9007199254740993]",
    r#"[""]"#,
    r#"["\u0000"]"#,
    r#"["\ud83d\ude00"]"#,
    r#"["\ud800"]"#,
    r#"["\/"]"#,
    r#"["\\"]"#,
    r#"["\""]"#,
    "[\"\u{7f}\"]",
    "[\"\u{2028}\"]",
    "[\"é\u{10ffff}\"]",
    r#"{"a":1,"a":1}"#,
    r#"{"a":1,"a":2,"b":3}"#,
    r#"{"":0}"#,
    r#"{"a":{"a":{"a":{}}}}"#,
    r#"{"\u0061":1,"a":2}"#,
    r#"[1,"1",true,"true",null,"null"]"#,
    r#"[{"a":1},{"a":"1"},{"a":null},{"a":[]},{"a":{}}]"#,
    r#"[{"a":[{"b":[{"c":[]}]}]}]"#,
    r#"[[1,2],[3,[4,[5]]]]"#,
    r#"[" ","  ","\t"]"#,
    r#"{"a b":"c, d","e:f":"g;h"}"#,
    r#"["[…json compact, 1 rows of (a)]"]"#,
    r#"[{"$1":"$1"},{"$1":"$2"}]"#,
];

/// Texts that are nearly JSON.
const INVALID: [&str; 36] = [
    "[",
    "]",
    "{",
    "[1,]",
    "[,1]",
    "[1,,2]",
    "[1 2]",
    "[1:2]",
    "{1:2}",
    "{a:1}",
    "{'a':1}",
    r#"{"a"}"#,
    r#"{"a":}"#,
    r#"{"a":1,}"#,
    r#"{"a":1 "b":2}"#,
    r#"{"a" "b"}"#,
    r#"{,"a":1}"#,
    "[01]",
    "[+1]",
    "[.5]",
    "[1.]",
    "[1e]",
    "[0x1]",
    "[NaN]",
    "[Infinity]",
    "[True]",
    "[nul]",
    r#"["\x"]"#,
    r#"["\u12"]"#,
    "[\"\n\"]",
    r#"["a]"#,
    "['a']",
    "[1]]",
    "[1}",
    "[1] // one",
    "/* none */ []",
];

#[test]
fn json_of_every_kind_comes_back_and_what_is_none_is_left() {
    let write = |source: &str| Json.write(source, &Ask { dense: true, ..ALL });
    for source in VALID {
        comes_back(source);
        let spaced = ["[ ]", "{ }"].contains(&source);
        assert!(spaced || !write(source).is_empty(), "{source}");
        for rewrite in write(source) {
            assert_eq!(Json.read(&rewrite.text, &mut Above::default()).unwrap().text, source);
        }
    }
    for source in INVALID {
        comes_back(source);
        assert!(write(source).is_empty(), "{source}");
    }
}

#[test]
fn the_documented_examples_are_what_is_written_and_come_back() {
    let guide = include_str!("../docs/FORMS.md");
    let mut examples = 0;
    for section in guide.split("\n## ").skip(1) {
        let name = section.lines().next().unwrap();
        let fences: Vec<&str> = section.split("```").skip(1).step_by(2).collect();
        for pair in fences.chunks_exact(2) {
            let [source, block] = [pair[0], pair[1]].map(|fence| fence.split_once('\n').unwrap().1);
            let source = source.strip_suffix('\n').unwrap();
            assert_eq!(restore(block).unwrap(), source, "{name}");
            let form = FORMS.iter().find(|form| form.name() == name).unwrap();
            let written =
                form.write(source, &ALL).into_iter().map(|rewrite| format!("{OPENING}{name} {}\n", rewrite.text));
            assert_eq!(written.into_iter().find(|text| text == block).as_deref(), Some(block), "{name}");
            examples += 1;
        }
    }
    assert_eq!(examples, 6);
}

#[test]
fn forms_within_forms_come_back() {
    let json = rows(6, "  ");
    let log: String = (0..9)
        .map(|n| format!("2024-01-01 10:00:0{n} got {{\"id\": {n}, \"title\": \"row number {n}\"}} of it\n"))
        .collect();
    let diff = format!("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n{}", log.replace("2024", "+2024"));
    for text in [&*log, &*diff, &*format!("{diff}\n\n{json}\n{log}"), &*format!("```\n{diff}```\n<p>{json}</p>\n")] {
        let once = comes_back(text).text;
        let twice = comes_back(&once).text;
        comes_back(&format!("{text}\n{twice}\n{once}"));
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z ,.]{0,12}",
        2 => r"[\[\\…\]{}\n]{0,6}",
        1 => "(\\[…json compact, 1 rows of \\(a\\)\\]\n|\\[…8 tokens left out: x\\]|\\[…repeat|```\n|```json\n)",
        2 => (1..6_usize, "( {2}| {4}|\t)").prop_map(|(count, indent)| rows(count, &indent)),
        1 => any::<String>(),
        1 => "([ \t]{0,9}[a-z]{0,3}\n{0,3}){0,6}",
        1 => "(\\{\"key\": \"value\", \"other\": [1, 2, 3]\\}\n){0,4}",
    ]
}

/// A stretch long enough to be referred to.
fn stretch() -> impl Strategy<Value = String> {
    "(Words for [a-c]+ to be said again, [0-9]{2} of them\\.\n| {2}[a-z…\\[\\\\\"]{3,9} and so on, and so forth\n|\n){8,16}"
}

/// Texts of each kind, for mutation.
const SEEDS: [&str; 8] = [
    "{\n  \"a\": [1, 2],\n  \"b\": {\n    \"c\": \"d\"\n  }\n}",
    "| name   |   n |\n|--------|-----|\n| a      |   1 |\n| second | 200 |\n",
    "2024-02-29 23:59:58,120 id 7 of x went (to) a=\"b\"\n2024-02-29 23:59:59,121 id 8 of y went (to) a=\"b\"\n\
     2024-03-01 00:00:00,122 id 9 of y went (to) a=\"c\"\n2024-03-01 00:00:00,122 id 10 of y went (to) a=\"c\"\n",
    "diff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
    "<ul>\n<li class=\"a\">x<br>y</li>\n<li><hr/></li>\n</ul>\n",
    "    a  \r\n      b\r\n\r\n    c\r\n",
    "550e8400-e29b-41d4-a716-446655440000 is said here, and 550e8400-e29b-41d4-a716-446655440000 again.\n",
    "A line that is long enough to be referred to, if it is followed by others.\nAnd it is, by one that is as long.\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn the_fuzz_targets_find_nothing_in_mutated_texts(
        form in 0..trimtab::forms::FORMS.len(),
        seed in 0..SEEDS.len(),
        times in 1..4_usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..4_u8, any::<u8>()), 0..5),
    ) {
        let mut data = SEEDS[seed].repeat(times).into_bytes();
        for (at, how, byte) in changes {
            let at = at.index(data.len() + 1);
            let end = data.len().min(at + 9);
            match how {
                0 => data.truncate(at),
                1 => data.extend_from_within(at..end),
                2 => data.insert(at, byte),
                _ => data[at..end].iter_mut().for_each(|old| *old ^= 1 << (byte & 7)),
            }
        }
        fuzzed::check(trimtab::forms::FORMS[form].name(), &data);
    }

    #[test]
    fn every_text_comes_back(pieces in proptest::collection::vec(piece(), 0..8)) {
        comes_back(&pieces.concat());
    }

    #[test]
    fn every_text_comes_back_with_a_piece_twice(a in piece(), b in piece(), c in piece()) {
        comes_back(&format!("{a}{b}{a}{c}{b}"));
    }

    #[test]
    fn every_long_stretch_comes_back_where_it_repeats(a in stretch(), b in piece(), c in stretch(), d in stretch()) {
        comes_back(&format!("{a}{b}{c}{a}{d}{c}{b}\n{a}{d}"));
    }

    #[test]
    fn a_changed_text_comes_back_too(
        pieces in proptest::collection::vec(piece(), 1..6),
        at in any::<prop::sample::Index>(),
        sign in r#"[ \[{"\\,…1\n]"#,
    ) {
        let mut text: Vec<char> = pieces.concat().chars().chain([' ']).collect();
        let place = at.index(text.len());
        text.insert(place, sign.chars().next().unwrap());
        let text: String = text.into_iter().collect();
        comes_back(&text);
    }

    #[test]
    fn restoring_anything_never_panics(pieces in proptest::collection::vec(piece(), 0..8)) {
        let _ = restore(&pieces.concat());
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod with_a_real_encoding {
    use super::*;

    struct Reference(tiktoken_rs::CoreBPE);

    impl CountTokens for Reference {
        fn count(&self, text: &str) -> usize {
            self.0.encode_ordinary(text).len()
        }
    }

    #[test]
    fn no_form_makes_a_text_dearer() {
        let tokens = Reference(tiktoken_rs::o200k_base().unwrap());
        for text in [
            "Just a sentence.".to_owned(),
            rows(1, "  "),
            rows(2, "  "),
            rows(50, "    "),
            "{\"a\": 1}".to_owned(),
            "[[1,2],[3,4],[5,6]]".to_owned(),
            "{\"a\":{\"b\":{\"c\":[{\"d\":1},{\"d\":2}]}},\"e\":\"a longer string that says something\"}".to_owned(),
        ] {
            let written = write(&text, &segment(&text), ALL, &tokens);
            assert!(tokens.count(&written.text) <= tokens.count(&text), "{}", written.text);
            assert_eq!(restore(&written.text).unwrap(), text);
        }
    }
}
