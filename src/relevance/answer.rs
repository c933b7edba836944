//! What kind of answer a question expects, and whether a unit has one to give.

use hashbrown::HashSet;

use super::corpus::{Corpus, Occurrence};
use super::terms::{Shape, each, hash_of};

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// A number, an amount, a date.
    Number,
    /// A name: of a person, a place, a thing.
    Name,
    /// Anything.
    Open,
}

/// Question words that ask for a number or a date, over languages.
const NUMBERS: &str = "when year date age old many much cuántos cuántas cuánto cuánta cuándo año fecha quand combien année \
    wann viele viel jahr quando quanto quanti quante quanti quantos quantas anno ano сколько когда году год kaç wanneer \
    hoeveel jaar متى كم कब कितने कितना πότε πόσα percentage score number population temperature distance length height";

/// Question words that ask for a name, over languages.
const NAMES: &str = "who whom whose where quién quiénes dónde qui où wer wem wen wo chi dove quem onde кто где кого kim \
    nerede wie waar من أين कौन कहाँ किसने ποιος πού city country actor singer author director player team";

/// Pairs of characters that ask, in scripts without spaces.
const NUMBER_PAIRS: &[&str] = &["多少", "几年", "何时", "几个", "哪年", "哪一年", "いつ", "何年", "何人", "いく"];
const NAME_PAIRS: &[&str] = &["谁", "哪里", "在哪", "誰", "どこ", "だれ"];

/// Guesses from a question's words what it asks for.
pub(crate) fn expected(query: &str) -> Expected {
    let mut first_number = None;
    let mut first_name = None;
    let (numbers, names) = (hashes(NUMBERS), hashes(NAMES));
    let mut place = 0_u32;
    each(query, |term| {
        if numbers.contains(&term.word) {
            first_number.get_or_insert(place);
        }
        if names.contains(&term.word) {
            first_name.get_or_insert(place);
        }
        place += 1;
    });
    if NUMBER_PAIRS.iter().any(|pair| query.contains(pair)) {
        return Expected::Number;
    }
    if NAME_PAIRS.iter().any(|pair| query.contains(pair)) {
        return Expected::Name;
    }
    match (first_number, first_name) {
        (Some(number), Some(name)) if name < number => Expected::Name,
        (Some(_), _) => Expected::Number,
        (None, Some(_)) => Expected::Name,
        (None, None) => Expected::Open,
    }
}

fn hashes(list: &str) -> HashSet<u64> {
    list.split_ascii_whitespace().filter_map(hash_of).collect()
}

/// Says how well a unit's words fit what is asked for, from 0 to 1; words of the question itself don't answer it.
pub(crate) fn fit(expected: Expected, terms: &[Occurrence], corpus: &Corpus, asked: impl Fn(u32) -> bool) -> f64 {
    let answers = |occurrence: &&Occurrence| match expected {
        Expected::Number => occurrence.shape == Shape::Number && !asked(occurrence.term),
        Expected::Name => {
            occurrence.shape == Shape::Capital && !asked(occurrence.term) && !corpus.is_function(occurrence.term)
        }
        Expected::Open => false,
    };
    let enough = if expected == Expected::Name { 2 } else { 1 };
    let found = terms.iter().filter(answers).take(enough).count();
    found as f64 / f64::from(u8::try_from(enough).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::{Expected, expected};

    #[test]
    fn question_words_say_what_is_asked_for() {
        assert_eq!(expected("who got the first nobel prize"), Expected::Name);
        assert_eq!(expected("¿Cuántas capturas ha conseguido?"), Expected::Number);
        assert_eq!(expected("AFC 锦标赛的最终比分是多少？"), Expected::Number);
        assert_eq!(expected("when was the first who record released"), Expected::Number);
        assert_eq!(expected("explain the theory"), Expected::Open);
    }
}
