//! What selection promises for every kind of content that has an outline, over generated texts.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

use proptest::prelude::*;
use trimtab::content::Kind;
use trimtab::select::{Block, BlockKind, Goal, Part, Record, Request, Selection, Tier, load, select};
use trimtab::tokenizer::CountTokens;

/// Counts words in pieces of six letters, and signs.
struct Pieces;

impl CountTokens for Pieces {
    fn count(&self, text: &str) -> usize {
        let mut run = 0;
        let mut count = 0;
        for letter in text.chars() {
            run = if letter.is_alphanumeric() { run + 1 } else { 0 };
            count += usize::from(run % 6 == 1 || (run == 0 && letter != ' '));
        }
        count
    }
}

/// Stretches of each kind, whole ones and torn ones.
const STRETCHES: &[(Kind, &[&str])] = &[
    (
        Kind::Code,
        &[
            "/// Opens the valve.\n///\n/// Slowly.\npub fn open(valve: &Valve<'_>) -> Result<(), Error> {\n    if valve.stuck { return Err(Error::Stuck); }\n    turn(valve, \"}\")\n}\n\n",
            "pub struct Valve {\n    pub name: String,\n    stuck: bool,\n}\n\n",
            "impl Valve {\n    pub fn new() -> Self { Self { name: String::new(), stuck: false } }\n    fn hidden(&self) {}\n}\n",
            "use std::fmt;\n",
            "const TABLE: [u8; 3] = [1, 2, 3];\n",
            "fn torn(a: u8 {\n",
            "}\n",
            "/* an open comment ",
            "\"an open string\n",
            "export class Pump extends Base {\n  /** Starts it. */\n  start(now = '}') {\n    return `${now}`\n  }\n}\n",
            "def open(valve):\n    \"\"\"Opens it.\"\"\"\n    return valve\n\n",
            "#define VALVES 9\n#if A\nint count(void) {\n#else\nint count(int n) {\n#endif\n  return 1;\n}\n",
        ],
    ),
    (
        Kind::Diff,
        &[
            "diff --git a/pump.rs b/pump.rs\n--- a/pump.rs\n+++ b/pump.rs\n",
            "@@ -1,3 +1,3 @@ fn open()\n",
            " let a = 1;\n-let b = 2;\n+let b = 3;\n",
            "diff --git a/yarn.lock b/yarn.lock\n@@ -1 +1 @@\n-x\n+y\n",
            "+// a comment\n",
            "\\ No newline at end of file\n",
        ],
    ),
    (
        Kind::Html,
        &[
            "<html><head><title>Pumps</title><script>var a = '<p>';</script></head>\n",
            "<nav><ul><li><a href=\"/\">Home</a></li></ul></nav>\n",
            "<h2>Valves</h2><p class=\"long name of a class\">Valve <b>nine</b> leaks.</p>\n",
            "<!-- gone --><br>",
            "<p>Not closed",
            "a < b and b > c",
            "<",
        ],
    ),
    (
        Kind::Log,
        &[
            "2026-01-02 03:04:05 INFO pump 7 runs\n",
            "2026-01-02 03:04:06 INFO pump 8 runs\n",
            "2026-01-02 03:04:07 ERROR pump 9 failed: stuck\n",
            "  caused by rust\n",
            "\n",
        ],
    ),
    (
        Kind::Trace,
        &[
            "Traceback (most recent call last):\n  File \"pump.py\", line 3, in open\n    turn()\nStuckError: valve 9\n",
            "Error: stuck\n    at open (pump.js:1:2)\n    at node:internal/main:3:4\n",
            "Caused by: java.lang.Error\n",
        ],
    ),
];

fn part() -> impl Strategy<Value = Part> {
    (0..STRETCHES.len(), prop::collection::vec((0_usize..100, "[a-zé一 ]{0,9}"), 1..24)).prop_map(|(kind, picks)| {
        let (kind, stretches) = STRETCHES[kind];
        let mut text = String::new();
        for (pick, noise) in picks {
            text.push_str(stretches[pick % stretches.len()]);
            if pick > 90 {
                text.push_str(&noise);
            }
        }
        let span = 0..text.len();
        Part { text, blocks: vec![Block { span, kind: BlockKind::Outline(kind), head: 0 }], ..Part::default() }
    })
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    prop::collection::vec(part(), 1..4)
}

fn at(parts: &[Part], query: Option<&str>, goal: Goal) -> Result<Selection, trimtab::Error> {
    select(parts, &Request { query, context: &[], keep: &[], goal, interests: &[] }, &Pieces)
}

fn comes_back(selection: &Selection, parts: &[Part]) -> bool {
    let Some(record) = &selection.record else { return true };
    let record = Record::from_bytes(&record.to_bytes()).unwrap();
    let restored = record.restore(&selection.text).unwrap();
    let whole = restored.parts.iter().zip(parts).all(|(restored, part)| *restored == part.text);
    let mut expanded = selection.omitted.iter().map(|gap| record.expand(&gap.reference).unwrap());
    let mut left_out = record.left_out();
    whole && left_out.all(|(part, span)| expanded.next().unwrap() == parts[part].text[span])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_budget_holds_and_everything_comes_back(parts in parts(), budget in 4_usize..260, asks in any::<bool>()) {
        let query = asks.then_some("which valve is stuck");
        match at(&parts, query, Goal::Budget(budget)) {
            Ok(selection) => {
                prop_assert!(selection.tokens <= budget);
                prop_assert_eq!(Pieces.count(&selection.text), selection.tokens);
                prop_assert!(comes_back(&selection, &parts));
            }
            Err(error) => {
                let minimum = usize::try_from(error.minimum().unwrap()).unwrap();
                prop_assert!(minimum > budget);
                prop_assert!(at(&parts, query, Goal::Budget(minimum)).is_ok());
            }
        }
    }

    #[test]
    fn every_tier_is_a_part_of_the_next(parts in parts(), asks in any::<bool>()) {
        let query = asks.then_some("which valve is stuck");
        let tiers: Vec<Selection> = Tier::ALL.iter().map(|tier| at(&parts, query, Goal::Tier(*tier)).unwrap()).collect();
        for pair in tiers.windows(2) {
            prop_assert!(pair.iter().all(|tier| comes_back(tier, &parts)));
            let Some(larger) = &pair[1].record else { continue };
            // What the larger tier leaves out, the smaller leaves out too.
            let smaller: Vec<_> = pair[0].record.iter().flat_map(Record::left_out).collect();
            for (part, span) in larger.left_out() {
                let inside = smaller.iter().any(|(other, gap)| *other == part && gap.start <= span.start && span.end <= gap.end);
                prop_assert!(inside, "{:?} of {:?}", span, smaller);
            }
        }
    }

    #[test]
    fn a_load_adds_up_to_the_whole(parts in parts()) {
        let request = Request { query: None, context: &[], keep: &[], goal: Goal::Tier(Tier::Complete), interests: &[] };
        let steps = load(&parts, &request, &Pieces).unwrap();
        let sent = &steps.last().unwrap().text;
        for word in parts.iter().flat_map(|part| part.text.split(|letter: char| !letter.is_alphanumeric())) {
            prop_assert!(sent.contains(word), "{}", word);
        }
        let text: String = steps.iter().map(|step| step.delta.as_str()).collect();
        prop_assert_eq!(&steps.last().unwrap().text, &text);
    }
}

/// Selects from one block of a kind.
fn digest(kind: Kind, text: &str, goal: Goal) -> String {
    let block = Block { span: 0..text.len(), kind: BlockKind::Outline(kind), head: 0 };
    let parts = [Part { text: text.to_owned(), blocks: vec![block], ..Part::default() }];
    let selection = at(&parts, None, goal).unwrap();
    assert!(comes_back(&selection, &parts));
    selection.text
}

#[test]
fn public_declarations_stay_and_bodies_go() {
    let body = "    let sum: u64 = values.iter().map(|value| value * 2).filter(|value| *value > 3).sum();\n".repeat(8);
    let text = format!(
        "//! Adds.\n\nuse std::fmt;\n\n/// Adds numbers up.\n///\n/// At length.\npub fn add<'a>(values: &'a [u64]) -> u64 {{\n{body}    sum\n}}\n\n\
         fn private(values: &[u64]) {{\n{body}}}\n\nimpl Adder {{\n    /// Starts at zero.\n    pub fn new() -> Self {{\n{body}    }}\n}}\n"
    );
    let kept = digest(Kind::Code, &text, Goal::Tier(Tier::Standard));
    assert!(kept.contains("/// Adds numbers up.\n"), "{kept}");
    assert!(kept.contains("pub fn add<'a>(values: &'a [u64]) -> u64 […]\n"), "{kept}");
    assert!(kept.contains("impl Adder {\n") && kept.contains("    pub fn new() -> Self"), "{kept}");
    assert!(!kept.contains("let sum") && Pieces.count(&kept) * 100 < Pieces.count(&text) * 40, "{kept}");
}

#[test]
fn a_log_keeps_what_is_rare() {
    let mut text: String =
        (0..120).map(|n| format!("2026-01-02 03:04:{:02} INFO pump {n} runs at speed {n}\n", n % 60)).collect();
    let at = text.lines().take(70).map(|line| line.len() + 1).sum();
    text.insert_str(
        at,
        "2026-01-02 03:05:00 ERROR valve nine stuck: pressure 9 bar\n2026-01-02 03:05:01 NOTE the keeper was called\n",
    );
    let kept = digest(Kind::Log, &text, Goal::Budget(160));
    assert!(kept.contains("ERROR valve nine stuck") && kept.contains("the keeper was called"), "{kept}");
}

#[test]
fn rows_keep_what_is_unlike_the_others() {
    let mut rows: Vec<String> = (0..200).map(|n| format!("{n},berth {n},{},{}.5", n % 2 == 0, 10 + n % 7)).collect();
    rows[120] = "120,berth 120,broken,12.5".to_owned();
    rows[150] = "150,berth 150,true,9000.5".to_owned();
    let kept = digest(Kind::Table, &(rows.join("\n") + "\n"), Goal::Budget(90));
    assert!(kept.contains("120,berth 120,broken,12.5") && kept.contains("150,berth 150,true,9000.5"), "{kept}");
}

#[test]
fn a_diff_keeps_changes_of_behaviour_with_their_places() {
    let context: String = (0..30).map(|n| format!(" context line number {n} of the hunk\n")).collect();
    let lock: String = (0..40).map(|n| format!("+  resolved version {n} of a package\n")).collect();
    let text = format!(
        "diff --git a/yarn.lock b/yarn.lock\n--- a/yarn.lock\n+++ b/yarn.lock\n@@ -1,2 +1,42 @@\n{lock}\
         diff --git a/pump.rs b/pump.rs\n--- a/pump.rs\n+++ b/pump.rs\n@@ -5,30 +5,31 @@ fn open()\n{context}-    speed = 3;\n+    speed = 9;\n"
    );
    let kept = digest(Kind::Diff, &text, Goal::Tier(Tier::Essential));
    for line in ["+++ b/pump.rs", "@@ -5,30 +5,31 @@ fn open()", "-    speed = 3;", "+    speed = 9;"] {
        assert!(kept.contains(line), "{line}: {kept}");
    }
}

#[test]
fn markup_keeps_its_content() {
    let links: String = (0..30)
        .map(|n| format!("<li class=\"menu-item item-{n}\"><a href=\"/page/{n}\">Page {n}</a></li>\n"))
        .collect();
    let text = format!(
        "<html><head><style>.a {{ color: red }}</style><script>let x = 1; track(x);</script></head><body>\n<nav><ul>\n{links}</ul></nav>\n\
         <h1>Valve nine</h1>\n<p class=\"lead text\">The valve was replaced on <b>Monday</b> by the keeper of the harbour.</p>\n</body></html>\n"
    );
    let kept = digest(Kind::Html, &text, Goal::Budget(70));
    assert!(kept.contains("Valve nine") && kept.contains("replaced on <b>Monday</b> by the keeper"), "{kept}");
    assert!(!kept.contains("track("), "{kept}");
}

#[test]
fn a_denial_stays_with_its_claim() {
    let filler: String = (0..40).map(|n| format!("Remark {n} tells of rain and rice in province {n}. ")).collect();
    let text = format!("{filler}Refunds are paid within 14 days. But not for tickets of the night train. {filler}");
    let parts = [Part { text, ..Part::default() }];
    let kept = at(&parts, Some("are refunds paid"), Goal::Budget(60)).unwrap().text;
    assert!(kept.contains("within 14 days. But not for tickets of the night train."), "{kept}");
}
