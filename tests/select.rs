//! What selection promises, over generated inputs: a hard budget, nested tiers, an exact way back.

use proptest::prelude::*;
use trimtab::content::Kind;
use trimtab::select::{
    Asker, Block, BlockKind, Goal, Part, Request, Selection, Texture, Tier, load, marker_ids, select,
};
use trimtab::tokenizer::CountTokens;

/// Counts runs of letters and single other characters: like a tokenizer, a join may cost less than its pieces.
struct Pieces;

impl CountTokens for Pieces {
    fn count(&self, text: &str) -> usize {
        let mut count = 0;
        let mut run = 0;
        for letter in text.chars() {
            run = if letter.is_alphanumeric() { run + 1 } else { 0 };
            count += usize::from(run % 6 == 1 || (run == 0 && letter != ' '));
        }
        count
    }
}

fn request<'a>(query: Option<&'a str>, keep: &'a [String], goal: Goal) -> Request<'a> {
    Request { query, context: &[], keep, goal, interests: &[] }
}

fn sentence() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        5 => "[a-z]{1,9}",
        1 => "[A-Z][a-z]{2,7}",
        1 => "[0-9]{1,5}",
        1 => "[一-十]{1,6}",
        1 => Just("harbour".to_owned()),
        1 => Just("…".to_owned()),
        1 => "\\PC{1,4}",
    ];
    (prop::collection::vec(word, 1..14), prop_oneof![Just(". "), Just("? "), Just("\n"), Just(".\n\n"), Just("。")])
        .prop_map(|(words, end)| words.join(" ") + end)
}

prop_compose! {
    fn part()(
        sentences in prop::collection::vec(sentence(), 0..14), titled in any::<bool>(), label in "(|user: )",
        pinned in prop::bool::weighted(0.1), lines in any::<bool>()
    ) -> Part {
        let body = sentences.concat().replace("[…", "[\\…");
        let text = if titled { format!("A title\n{body}") } else { body };
        let kind = if lines { BlockKind::Lines } else { BlockKind::Whole };
        let end = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let start = if titled { 8.min(end) } else { 0 };
        let blocks = if lines == titled { vec![Block { span: start..end, kind, head: 3 }] } else { Vec::new() };
        Part { text, title: titled.then_some(0..7), label, pinned, blocks }
    }
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    prop::collection::vec(part(), 0..6)
}

fn sources(parts: &[Part]) -> Vec<String> {
    parts.iter().map(|part| part.text.clone()).collect()
}

/// Tells whether all that `smaller` shows stands in `larger` as well.
fn held(smaller: &Selection, larger: &Selection) -> bool {
    let strip = |text: &str| -> Vec<String> {
        text.split("[…").flat_map(|piece| piece.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    let whole: String = larger.text.replace("user: ", "").split_whitespace().collect();
    strip(&smaller.text).iter().filter(|line| !line.contains("left out: ") && !line.starts_with(']')).all(|line| {
        let line: String = line.replace("user: ", "").split_whitespace().collect();
        whole.contains(&line)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_budget_is_never_exceeded_and_the_minimum_is_true(parts in parts(), budget in 0_usize..160, asks in any::<bool>()) {
        let query = asks.then_some("where is the harbour");
        match select(&parts, &request(query, &[], Goal::Budget(budget)), &Pieces) {
            Ok(selection) => {
                prop_assert!(selection.tokens <= budget);
                prop_assert_eq!(Pieces.count(&selection.text), selection.tokens);
            }
            Err(error) => {
                let minimum = usize::try_from(error.minimum().unwrap()).unwrap();
                prop_assert!(minimum > budget);
                for enough in [minimum, minimum + 1, minimum + 7, minimum * 2] {
                    let selection = select(&parts, &request(query, &[], Goal::Budget(enough)), &Pieces);
                    prop_assert!(selection.is_ok_and(|selection| selection.tokens <= enough), "{} of {}", enough, minimum);
                }
            }
        }
    }

    #[test]
    fn strings_to_keep_are_kept_or_the_budget_is_refused(parts in parts(), budget in 0_usize..200) {
        let keep = ["harbour".to_owned()];
        let wanted: usize = parts.iter().map(|part| part.text.matches("harbour").count()).sum();
        match select(&parts, &request(Some("rice"), &keep, Goal::Budget(budget)), &Pieces) {
            Ok(selection) => {
                prop_assert!(selection.tokens <= budget);
                let found: usize = selection.parts.iter().map(|part| part.matches("harbour").count()).sum();
                prop_assert!(found >= wanted);
            }
            Err(error) => {
                let minimum = usize::try_from(error.minimum().unwrap()).unwrap();
                prop_assert!(minimum > budget);
                let enough = request(Some("rice"), &keep, Goal::Budget(minimum));
                prop_assert!(select(&parts, &enough, &Pieces).is_ok());
            }
        }
    }

    #[test]
    fn what_was_left_out_comes_back_byte_for_byte(parts in parts(), budget in 12_usize..160) {
        if let Ok(selection) = select(&parts, &request(Some("harbour"), &[], Goal::Budget(budget)), &Pieces)
            && let Some(record) = &selection.record
        {
            let record = trimtab::select::Record::from_bytes(&record.to_bytes()).unwrap();
            let alone = record.restore(&selection.text).unwrap();
            prop_assert_eq!(&alone.parts, &sources(&parts));
            if selection.tokens > 8 && !selection.text.starts_with("[…]") {
                let among = record.restore(&format!("before\n{}\nafter", selection.text)).unwrap();
                prop_assert_eq!((among.before.as_str(), among.after.as_str()), ("before\n", "\nafter"));
                prop_assert_eq!(among.text, format!("before\n{}\nafter", alone.text));
            }
            let behind: usize = selection.omitted.iter().map(|gap| record.expand(&gap.reference).unwrap().len()).sum();
            let all: usize = parts.iter().map(|part| part.text.len()).sum();
            prop_assert!(behind <= all && behind > 0);
            for reference in marker_ids(&selection.text) {
                prop_assert!(record.expand(reference).is_ok());
            }
        }
    }

    #[test]
    fn tiers_are_nested(parts in parts(), asks in any::<bool>()) {
        let query = asks.then_some("where is the harbour");
        let tiers: Vec<Selection> = Tier::ALL.iter()
            .map(|tier| select(&parts, &request(query, &[], Goal::Tier(*tier)), &Pieces).unwrap())
            .collect();
        for pair in tiers.windows(2) {
            prop_assert!(held(&pair[0], &pair[1]), "{:?}\n{:?}", pair[0].text, pair[1].text);
        }
        prop_assert!(tiers[3].omitted.is_empty());
    }

    #[test]
    fn a_tier_within_a_budget_holds_both(parts in parts(), budget in 20_usize..120) {
        for tier in Tier::ALL {
            if let Ok(selection) = select(&parts, &request(None, &[], Goal::TierWithin(tier, budget)), &Pieces) {
                prop_assert!(selection.tokens <= budget);
            }
        }
    }

    #[test]
    fn the_deltas_of_a_load_add_up(parts in parts(), budget in 30_usize..300) {
        let steps = load(&parts, &request(Some("harbour"), &[], Goal::Tier(Tier::Complete)), &Pieces).unwrap();
        let mut text = String::new();
        for step in &steps {
            text.push_str(&step.delta);
            prop_assert_eq!(&step.text, &text);
            prop_assert_eq!(step.tokens, Pieces.count(&text));
        }
        prop_assert_eq!(steps.last().map(|step| step.tier), Some(Tier::Complete));
        if let Ok(within) = load(&parts, &request(Some("harbour"), &[], Goal::Budget(budget)), &Pieces) {
            prop_assert!(within.iter().all(|step| step.tokens <= budget));
        }
    }

    #[test]
    fn the_same_input_gives_the_same_output(parts in parts(), budget in 12_usize..160) {
        let run = || select(&parts, &request(Some("harbour rice"), &[], Goal::Budget(budget)), &Pieces);
        prop_assert_eq!(run(), run());
    }
}

#[test]
fn an_edited_text_is_refused_with_a_clear_error() {
    let text = "The harbour is old. Rice grows in water. Iron rusts in rain. ".repeat(6);
    let parts = [Part { text, ..Part::default() }];
    let selection = select(&parts, &request(Some("harbour"), &[], Goal::Budget(30)), &Pieces).unwrap();
    let record = selection.record.unwrap();
    let edited = selection.text.replace("harbour", "haven");
    assert_eq!(record.restore(&edited).unwrap_err().kind(), trimtab::ErrorKind::NotRestorable);
    assert_eq!(record.expand("000000000000.1").unwrap_err().kind(), trimtab::ErrorKind::UnknownRef);
}

#[test]
fn pinned_parts_and_instructions_stay() {
    let material: String = (0..80).map(|n| format!("Sentence {n} speaks of rice and rain. ")).collect();
    let prompt = format!("You are a careful clerk. Answer in French.\n\n{material}\n\nWhat is the colour of the door?");
    let parts = [Part { text: prompt, ..Part::default() }];
    let selection = select(&parts, &request(None, &[], Goal::Tier(Tier::Essential)), &Pieces).unwrap();
    assert!(selection.text.contains("Answer in French."), "{}", selection.text);
    assert!(selection.text.contains("What is the colour of the door?"));
    let pinned = [Part { pinned: true, text: "Obey. ".repeat(9), ..Part::default() }, parts[0].clone()];
    let selection = select(&pinned, &request(None, &[], Goal::Budget(80)), &Pieces).unwrap();
    assert_eq!(selection.parts[0], pinned[0].text);
}

#[test]
fn what_is_kept_says_why() {
    let texts =
        ["Gulls nest on the roof. The harbour was built in 1871. Rain fell.", "Never feed the gulls. Oak is hard."];
    let parts: Vec<Part> = texts.iter().map(|text| Part { text: (*text).to_owned(), ..Part::default() }).collect();
    let keep = ["Oak".to_owned()];
    let selection = select(&parts, &request(Some("when was the harbour built"), &keep, Goal::Budget(22)), &Pieces);
    let why = selection.unwrap().why;
    let of = |text: &str| why.iter().find(|why| why.text.contains(text)).unwrap_or_else(|| panic!("{text}: {why:?}"));
    assert_eq!((of("Oak").likelihood, of("Oak").because.as_slice()), (None, ["required"].as_slice()));
    let built = of("1871");
    assert!(built.likelihood.is_some_and(|likelihood| likelihood > 0.0), "{built:?}");
    assert!(built.because.contains(&"words"), "{built:?}");
    let unasked = select(&parts, &request(None, &[], Goal::Budget(12)), &Pieces).unwrap();
    assert_eq!(unasked.why, [], "the model judges for a query");
}

#[test]
fn what_the_reader_has_is_not_said_twice() {
    let known = "The red pump in the north cellar failed at noon.";
    let text = format!("{known} Valve nine leaks oil on the floor. The north cellar pump was bought in May.");
    let parts = [Part { text, ..Part::default() }];
    let context = [known.to_owned()];
    let asked = Request {
        query: Some("north cellar pump"),
        context: &context,
        keep: &[],
        goal: Goal::Budget(24),
        interests: &[],
    };
    let selection = select(&parts, &asked, &Pieces).unwrap();
    assert!(!selection.text.contains("failed"), "{}", selection.text);
    assert!(selection.text.contains("bought in May"), "{}", selection.text);
}

#[test]
fn empty_input_is_an_empty_answer() {
    for parts in [Vec::new(), vec![Part::default()]] {
        let selection = select(&parts, &request(None, &[], Goal::Budget(0)), &Pieces).unwrap();
        assert_eq!((selection.text.as_str(), selection.tokens), ("", 0));
        assert!(!load(&parts, &request(None, &[], Goal::Budget(0)), &Pieces).unwrap().is_empty());
    }
}

#[test]
fn a_title_stands_above_something_or_not_at_all() {
    let titled = |title: &str, body: &str| Part {
        text: format!("{title}\n{body}"),
        title: Some(0..title.len()),
        ..Part::default()
    };
    let long = "It grows in water and is cut by hand, in fields that lie under mountains far from any coast or road. ";
    let parts =
        [titled("Harbour", "The harbour was built in 1871. It smells of fish."), titled("Rice", &long.repeat(9))];
    for budget in 24..60 {
        let asked = select(&parts, &request(Some("when was the harbour built"), &[], Goal::Budget(budget)), &Pieces);
        let text = asked.unwrap().text;
        let under = text.split_once("Rice").map_or("water", |(_, under)| under);
        let says = ["grows", "water", "hand", "fields", "mountains", "coast"].iter().any(|word| under.contains(word));
        assert!(text.contains("1871") && says, "{budget}: {text}");
    }
}

#[test]
fn auto_looks_at_what_a_content_is_made_of_and_what_it_is_for() {
    let auto = |part: Part, asker: Asker| {
        let chosen = select(&[part], &request(Some("which valve leaks"), &[], Goal::Auto(asker)), &Pieces).unwrap();
        (chosen.auto.unwrap(), chosen.tier)
    };
    let reader = Asker { needed: Tier::ALL, goes_over_all: false };
    let others = "Rice grows in fields. The tide turns at noon. A train left. ".repeat(12);
    let text = format!("{others}Valve nine leaks oil. {others}");
    let prose = Part { text: text.clone(), ..Part::default() };
    let (found, tier) = auto(prose.clone(), reader);
    assert_eq!((found.texture, found.usual, tier), (Texture::Text, Tier::Standard, Tier::Standard));
    let (found, tier) = auto(prose.clone(), Asker { goes_over_all: true, ..reader });
    assert_eq!((found.usual, tier), (Tier::Comprehensive, Tier::Comprehensive));
    let needed = [Tier::Essential, Tier::Essential, Tier::Standard, Tier::Complete];
    let (found, tier) = auto(prose, Asker { needed, ..reader });
    assert_eq!((found.usual, tier), (Tier::Standard, Tier::Essential));

    let lines = text.replace(". ", ".\n");
    let of = |kind, text: &str| Part {
        text: text.to_owned(),
        blocks: vec![Block { span: 0..text.len(), kind, head: 0 }],
        ..Part::default()
    };
    assert_eq!(auto(of(BlockKind::Lines, &lines), reader).0.texture, Texture::Rows);
    let code = "pub fn open_valve(valve: u8) -> bool {\n    turn(valve) && valve > 3\n}\n\n".repeat(9);
    assert_eq!(auto(of(BlockKind::Outline(Kind::Code), &code), reader).0.texture, Texture::Code);
}
