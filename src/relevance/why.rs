//! Why a unit is wanted: what its likelihood owes to each kind of evidence.
//!
//! Each kind is taken out of the unit's row and the model asked again, so that what is said is what the model did.

use super::features::{Sentence, Turn};
use super::judge::Evidence;
use super::model::{SENTENCE, TURN, log_odds, logistic};

/// How likely a unit is wanted, and for what.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// From 0 to 1.
    pub likelihood: f64,
    /// The kinds of evidence that speak for it, the strongest first.
    pub because: Vec<&'static str>,
}

/// What units were judged by, kept to say later why one is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Reasons(pub(crate) Evidence);

impl Reasons {
    /// Says why a unit is wanted, by its index in what was judged.
    pub fn why(&self, unit: usize) -> Option<Why> {
        self.0.why(unit)
    }
}

/// What is less than this, in log-odds, is no reason.
const LEAST: f64 = 0.2;
/// How many reasons are given at most.
const MOST: usize = 3;

/// The columns of one kind of evidence.
type Group = (&'static str, &'static [usize]);

macro_rules! columns {
    ($table:ident: $($name:ident),*) => { &[$($table::$name as usize),*] };
}

const OF_SENTENCES: &[Group] = &[
    ("words", columns!(Sentence: Own, Titled, OwnCovered, TitledCovered, Heaviest, Pairs, Grams, Rank, First)),
    ("passage", columns!(Sentence: Passage, PassageRank, PassageCovered, PassageGrams, PassagePairs, PassageShare)),
    ("title", columns!(Sentence: Title, Named)),
    ("neighbours", columns!(Sentence: Around, Before, After, BestBeside, RankInPassage)),
    ("related words", columns!(Sentence: Wider, WiderPassage)),
    ("named by another document", columns!(Sentence: Pointed)),
    ("kind of answer", columns!(Sentence: Number, Names, Expected, Fit, News)),
    ("place and shape", columns!(Sentence: Opening, Place, Leads, Length, Grammar, GrammarFirst, Role)),
];

const OF_TURNS: &[Group] = &[
    ("words", columns!(Turn: Own, OwnCovered, Heaviest, Pairs, Grams)),
    (
        "neighbours",
        columns!(
            Turn: Near, Middle, Far, Farther, Region, Matter, Chapter, MatterRank, NearCovered, MiddleCovered, FarCovered,
            MiddleGrams, FarGrams, Peak, Contrast
        ),
    ),
    ("related words", columns!(Turn: Wider, WiderMiddle, WiderFar)),
    ("speaker", columns!(Turn: Speaker, SpeakerNear, SpeakerAsked)),
    ("kind of answer", columns!(Turn: Number, Names, Expected, Fit, News)),
    ("place and shape", columns!(Turn: Asks, Place, Length, LengthNear, QueryLength)),
];

/// Explains the row of a sentence.
pub(crate) fn of_sentence(row: &[u8]) -> Why {
    explain(SENTENCE, OF_SENTENCES, row)
}

/// Explains the row of a turn.
pub(crate) fn of_turn(row: &[u8]) -> Why {
    explain(TURN, OF_TURNS, row)
}

fn explain(trees: &[&[u8]], groups: &[Group], row: &[u8]) -> Why {
    let all = log_odds(trees, row);
    let mut reasons: Vec<(f64, &str)> = Vec::new();
    for (name, columns) in groups {
        let mut without = row.to_vec();
        columns.iter().filter_map(|column| without.get_mut(*column).map(|cell| *cell = 0)).count();
        let gain = all - log_odds(trees, &without);
        if gain >= LEAST {
            reasons.push((gain, name));
        }
    }
    trimtab_ordered::sort_by(&mut reasons, |a, b| b.0.total_cmp(&a.0));
    Why { likelihood: logistic(all), because: reasons.into_iter().take(MOST).map(|(_, name)| name).collect() }
}

#[cfg(test)]
mod tests {
    use super::super::features::{SENTENCE_FEATURES, Sentence, TURN_FEATURES};
    use super::{OF_SENTENCES, OF_TURNS, of_sentence};

    #[test]
    fn every_feature_is_of_one_kind() {
        for (groups, count) in [(OF_SENTENCES, SENTENCE_FEATURES.len()), (OF_TURNS, TURN_FEATURES.len())] {
            let mut columns: Vec<usize> = groups.iter().flat_map(|(_, columns)| *columns).copied().collect();
            columns.sort_unstable();
            assert_eq!(columns, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_row_that_has_the_words_of_the_query_says_so() {
        let mut row = vec![0; Sentence::COUNT];
        let none = of_sentence(&row);
        let (_, words) = OF_SENTENCES[0];
        words.iter().for_each(|column| row[*column] = 255);
        let some = of_sentence(&row);
        assert!(some.likelihood > none.likelihood);
        assert!(some.because.contains(&"words"), "{some:?}");
        assert!(!none.because.contains(&"words"), "{none:?}");
    }
}
