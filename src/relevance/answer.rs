//! What kind of answer a question expects, and whether a unit has one to give.

use hashbrown::HashSet;

use super::corpus::{Corpus, Occurrence};
use super::lexical::{Query, rarity};
use super::terms::{Shape, each, hash_of};

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Anything.
    Open,
    /// A name: of a person, a place, a thing.
    Name,
    /// A number, an amount.
    Number,
    /// A date.
    Time,
}

/// Question words that ask for a date, over languages.
const TIMES: &str = "when year date cuándo año fecha quand année wann jahr quando anno ano когда году год wanneer jaar متى \
    عام سنة कब वर्ष साल πότε έτος χρονιά yıl yılda zaman când anul năm коли році kiedy rok roku kdy roce när kapan tahun";

/// Question words that ask for a number, over languages.
const NUMBERS: &str = "age old many much cuántos cuántas cuánto cuánta combien viele viel quanto quanti quante quanti \
    quantos quantas сколько kaç hoeveel كم कितने कितना कितनी πόσα πόσοι πόσες πόσο nhiêu câți câte скільки ile kolik många \
    berapa percentage score number population temperature distance \
    length height";

/// Question words that ask for a name, over languages.
const NAMES: &str = "who whom whose where quién quiénes dónde qui où wer wem wen wo chi dove quem onde кто где кого kim \
    nerede wie waar من أين कौन कहाँ कहां किसने किस ποιος ποια ποιοι πού đâu hangi cine unde хто де kto gdzie kdo kde \
    vem siapa city country actor singer author director player team";

/// Pairs of characters that ask, in scripts without spaces.
const TIME_PAIRS: &[&str] =
    &["何时", "哪年", "哪一年", "几年", "いつ", "何年", "เมื่อไร", "เมื่อใด", "ปีใด", "ปีไหน", "언제", "년도"];
const NUMBER_PAIRS: &[&str] = &["多少", "几个", "何人", "いく", "กี่", "เท่าไร", "เท่าไหร่", "เท่าใด", "몇", "얼마"];
const NAME_PAIRS: &[&str] = &["谁", "哪里", "在哪", "誰", "どこ", "だれ", "ใคร", "ที่ไหน", "누구", "어디"];

/// Guesses from a question's words what it asks for: the first of them that says so.
fn expected(query: &str) -> Expected {
    let unspaced = [(TIME_PAIRS, Expected::Time), (NUMBER_PAIRS, Expected::Number), (NAME_PAIRS, Expected::Name)];
    if let Some((_, kind)) = unspaced.iter().find(|(pairs, _)| pairs.iter().any(|pair| query.contains(pair))) {
        return *kind;
    }
    let lists = [(hashes(TIMES), Expected::Time), (hashes(NUMBERS), Expected::Number), (hashes(NAMES), Expected::Name)];
    let mut kind = None;
    each(query, |term| {
        if kind.is_none() {
            kind = lists.iter().find(|(list, _)| list.contains(&term.word)).map(|(_, kind)| *kind);
        }
    });
    kind.unwrap_or(Expected::Open)
}

fn hashes(list: &str) -> HashSet<u64> {
    list.split_ascii_whitespace().filter_map(hash_of).collect()
}

/// Looks in a unit for what may answer; words of the question itself don't.
pub(crate) struct Answers<'a> {
    pub(crate) expected: Expected,
    query: &'a Query,
    corpus: &'a Corpus,
    /// What a word is worth that so many units have: logarithms, which are not taken anew for each word of a text.
    worth: Vec<f64>,
}

impl<'a> Answers<'a> {
    /// For a query of this text.
    pub(crate) fn new(text: &str, query: &'a Query, corpus: &'a Corpus) -> Self {
        let most = corpus.unit_counts.iter().copied().max().unwrap_or(0);
        let worth = (0..=most).map(|count| rarity(count, corpus.units())).collect();
        Self { expected: expected(text), query, corpus, worth }
    }

    fn count(&self, terms: &[Occurrence], shape: Shape) -> f64 {
        let fresh =
            |at: &&Occurrence| at.shape == shape && !self.query.has(at.term) && !self.corpus.is_function(at.term);
        terms.iter().filter(fresh).count() as f64
    }

    /// How many numbers there are that the question does not have.
    pub(crate) fn numbers(&self, terms: &[Occurrence]) -> f64 {
        self.count(terms, Shape::Number)
    }

    /// How many capital words there are that the question does not have.
    pub(crate) fn names(&self, terms: &[Occurrence]) -> f64 {
        self.count(terms, Shape::Capital)
    }

    /// How well a unit's words fit what is asked for, from 0 to 1.
    pub(crate) fn fit(&self, terms: &[Occurrence]) -> f64 {
        match self.expected {
            Expected::Open => 0.5,
            Expected::Name => (self.names(terms) / 2.0).min(1.0),
            Expected::Number | Expected::Time => self.numbers(terms).min(1.0),
        }
    }

    /// How much a unit says that the question does not: the weights of its other words, more of them for less.
    pub(crate) fn news(&self, terms: &[Occurrence]) -> f64 {
        let worth = |term: u32| self.worth.get(self.corpus.in_units(term) as usize).copied().unwrap_or(0.0);
        let fresh = terms.iter().filter(|at| !self.query.has(at.term) && !self.corpus.is_function(at.term));
        fresh.map(|at| worth(at.term)).sum::<f64>().sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::{Expected, expected};

    #[test]
    fn question_words_say_what_is_asked_for() {
        assert_eq!(expected("who got the first nobel prize"), Expected::Name);
        assert_eq!(expected("¿Cuántas capturas ha conseguido?"), Expected::Number);
        assert_eq!(expected("AFC 锦标赛的最终比分是多少？"), Expected::Number);
        assert_eq!(expected("when was the first who record released"), Expected::Time);
        assert_eq!(expected("explain the theory"), Expected::Open);
    }
}
