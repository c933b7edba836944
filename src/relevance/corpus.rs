//! The material of a ranking: units with their terms, interned, and how often each term occurs where.

use std::ops::Range;

use hashbrown::HashMap;

use super::function_words::function_words;
use super::terms::{Shape, Term, each};

/// What a unit is in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The title line of a document.
    Title,
    /// A heading inside a text.
    Heading,
    /// A sentence of prose.
    Sentence,
    /// A sentence of somebody's turn in a conversation.
    Speech,
    /// A line of a log, a list or a table.
    Line,
    /// A chunk of code or of something opaque.
    Chunk,
    /// The header of a block, which explains its lines.
    Header,
    /// A declaration that others may use.
    Signature,
    /// A declaration that only its file uses.
    Inner,
    /// The first sentence of what is said about a declaration.
    Comment,
    /// What is behind a declaration: how it does what it says.
    Body,
    /// What a block is there for: an error in a log, a line that a diff changes.
    Key,
    /// What any other block of its kind has too.
    Filler,
}

/// The smallest thing that is kept or dropped: a span of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Which part the unit is of.
    pub part: usize,
    /// Where it stands in the part's text.
    pub span: Range<usize>,
    /// What it is there.
    pub role: Role,
    /// The running number of its paragraph, or of its turn in a conversation, over all parts.
    pub paragraph: usize,
    /// The unit that must be kept with this one: a block's header.
    pub needs: Option<usize>,
}

/// What is ranked, and for whom.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The texts of the parts.
    pub texts: &'a [&'a str],
    /// The units, in order of part and place.
    pub units: &'a [Unit],
    /// What will be asked of the text.
    pub query: Option<&'a str>,
    /// What the reader has already.
    pub context: &'a [String],
    /// The tokens of each unit; where there are none, all units cost the same.
    pub prices: &'a [usize],
}

/// One occurrence of a term in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// The stem.
    pub(crate) term: u32,
    /// The word as it stands; for scripts without spaces the same as the stem.
    pub(crate) word: u32,
    pub(crate) shape: Shape,
}

/// A stretch of one part, short enough to be about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    pub(crate) part: usize,
    pub(crate) units: Range<usize>,
    pub(crate) terms: usize,
}

/// About how many bytes a text has for each word, and for each that it did not have before.
const BYTES_A_WORD: usize = 6;
const BYTES_A_NAME: usize = 16;
/// Passages hold at most about this many terms: a part that is shorter is one passage.
const PASSAGE: usize = 400;

/// Units, terms and counts.
#[derive(Debug, Default)]
pub(crate) struct Corpus {
    names: HashMap<u64, u32>,
    /// All different words, one after the other, and for each its stem and where it ends.
    spellings: String,
    words: Vec<(u32, usize)>,
    /// The stem of each term, by term; a stem's own is itself.
    stems: Vec<u32>,
    occurrences: Vec<Occurrence>,
    /// Where each unit's occurrences end.
    ends: Vec<usize>,
    /// In how many units a term occurs, by term.
    pub(crate) unit_counts: Vec<u32>,
    /// In how many passages a term occurs, by term.
    passage_counts: Vec<u32>,
    /// Whether a term is grammar, by term.
    function: Vec<bool>,
    pub(crate) passages: Vec<Passage>,
    /// Which passage each unit is of.
    pub(crate) passage_of: Vec<usize>,
    /// The titles' terms, by part.
    pub(crate) titles: Vec<Vec<Occurrence>>,
}

impl Corpus {
    /// Reads all units once.
    pub(crate) fn read(material: &Material<'_>) -> Self {
        let bytes: usize = material.texts.iter().map(|text| text.len()).sum();
        let names = HashMap::with_capacity(bytes / BYTES_A_NAME);
        let mut corpus = Self { names, occurrences: Vec::with_capacity(bytes / BYTES_A_WORD), ..Self::default() };
        for unit in material.units {
            let text = material.texts.get(unit.part).and_then(|text| text.get(unit.span.clone())).unwrap_or_default();
            let mut read = std::mem::take(&mut corpus.occurrences);
            each(text, |term| {
                let word = corpus.names.get(&term.word).copied().unwrap_or_else(|| corpus.learn(&term));
                let stem = corpus.stems.get(word as usize).copied().unwrap_or(word);
                read.push(Occurrence { term: stem, word, shape: term.shape });
            });
            corpus.occurrences = read;
            corpus.ends.push(corpus.occurrences.len());
        }
        corpus.unit_counts =
            corpus.count(corpus.ends.iter().scan(0, |start, end| Some(std::mem::replace(start, *end)..*end)));
        corpus.mark_grammar();
        corpus.collect_titles(material);
        corpus.cut_passages(material.units);
        corpus.passage_counts = corpus.count(corpus.passages.iter().map(|passage| corpus.range(&passage.units)));
        corpus
    }

    /// The terms of a unit, in order.
    pub(crate) fn terms(&self, unit: usize) -> &[Occurrence] {
        let start = unit.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(unit).copied().unwrap_or(start);
        self.occurrences.get(start..end).unwrap_or_default()
    }

    /// The terms of a passage, in order.
    pub(crate) fn passage_terms(&self, passage: &Passage) -> &[Occurrence] {
        self.run(&passage.units)
    }

    /// The terms of units in a row, in order.
    pub(crate) fn run(&self, units: &Range<usize>) -> &[Occurrence] {
        self.occurrences.get(self.range(units)).unwrap_or_default()
    }

    /// Where the occurrences of units in a row stand.
    fn range(&self, units: &Range<usize>) -> Range<usize> {
        let start = units.start.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        start..units.end.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(start)
    }

    /// The terms of a part's title that mean something.
    pub(crate) fn title(&self, part: usize) -> &[Occurrence] {
        self.titles.get(part).map(Vec::as_slice).unwrap_or_default()
    }

    /// The number of terms of all units together.
    pub(crate) const fn len(&self) -> usize {
        self.occurrences.len()
    }

    /// The number of units.
    pub(crate) const fn units(&self) -> usize {
        self.ends.len()
    }

    /// The number of different terms.
    pub(crate) const fn vocabulary(&self) -> usize {
        self.unit_counts.len()
    }

    /// The id of a term that occurs in the corpus.
    pub(crate) fn id(&self, hash: u64) -> Option<u32> {
        self.names.get(&hash).copied()
    }

    /// All different words with their stems.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = (&str, u32)> {
        let mut start = 0;
        self.words.iter().map(move |(stem, end)| {
            let word = self.spellings.get(start..*end).unwrap_or_default();
            start = *end;
            (word, *stem)
        })
    }

    /// Tells whether a term is grammar.
    pub(crate) fn is_function(&self, term: u32) -> bool {
        self.function.get(term as usize).copied().unwrap_or(false)
    }

    /// In how many units a term occurs.
    pub(crate) fn in_units(&self, term: u32) -> u32 {
        self.unit_counts.get(term as usize).copied().unwrap_or(0)
    }

    /// In how many passages a term occurs.
    pub(crate) fn in_passages(&self, term: u32) -> u32 {
        self.passage_counts.get(term as usize).copied().unwrap_or(0)
    }

    /// Interns a word that was not met before, and its stem.
    fn learn(&mut self, term: &Term<'_>) -> u32 {
        let stem = term.stem();
        let id = self.names.get(&stem).copied().unwrap_or_else(|| self.name(stem, None));
        if term.word == stem {
            return id;
        }
        self.spellings.push_str(term.text);
        self.words.push((id, self.spellings.len()));
        self.name(term.word, Some(id))
    }

    fn name(&mut self, hash: u64, stem: Option<u32>) -> u32 {
        let id = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
        self.names.insert(hash, id);
        self.stems.push(stem.unwrap_or(id));
        id
    }

    /// Finds the terms that are grammar. A stem is only while all words are that it stands for: `stato` is, `stators` is not.
    fn mark_grammar(&mut self) {
        let count = |term: u32| self.unit_counts.get(term as usize).copied().unwrap_or(0);
        let words = function_words(|hash| self.names.get(&hash).map(|term| (*term, count(*term))));
        let mut function = vec![false; self.stems.len()];
        let forms = || self.stems.iter().enumerate().map(|(word, stem)| (word, *stem as usize)).filter(|(a, b)| a != b);
        for term in words.iter().map(|word| *word as usize).chain(forms().map(|(_, stem)| stem)) {
            if let Some(flag) = function.get_mut(term) {
                *flag = true;
            }
        }
        for (word, stem) in forms() {
            let meaning = function.get(word) == Some(&false);
            if let (true, Some(flag)) = (meaning, function.get_mut(stem)) {
                *flag = false;
            }
        }
        self.function = function;
    }

    /// In how many of some runs of occurrences each term is.
    fn count(&self, runs: impl Iterator<Item = Range<usize>>) -> Vec<u32> {
        let mut seen = vec![(u32::MAX, 0); self.stems.len()];
        for (run, index) in runs.zip(0..) {
            for occurrence in self.occurrences.get(run).unwrap_or_default() {
                for term in [occurrence.term, occurrence.word] {
                    if let Some((last, count)) = seen.get_mut(term as usize).filter(|(last, _)| *last != index) {
                        (*last, *count) = (index, *count + 1);
                    }
                }
            }
        }
        seen.into_iter().map(|(_, count)| count).collect()
    }

    fn collect_titles(&mut self, material: &Material<'_>) {
        let mut titles = vec![Vec::new(); material.texts.len()];
        for (index, unit) in material.units.iter().enumerate() {
            if unit.role == Role::Title
                && let Some(title) = titles.get_mut(unit.part)
            {
                let meaning = self.terms(index).iter().copied().filter(|at| !self.is_function(at.term));
                title.extend(meaning);
            }
        }
        self.titles = titles;
    }

    /// Cuts each part into passages at paragraph ends; a short part is one passage.
    fn cut_passages(&mut self, units: &[Unit]) {
        let mut passages: Vec<Passage> = Vec::new();
        let mut paragraph = usize::MAX;
        for (index, unit) in units.iter().enumerate() {
            let terms = self.terms(index).len();
            let speech = unit.role == Role::Speech;
            let most = if speech { PASSAGE / 2 } else { PASSAGE };
            let fits = |open: &Passage| {
                open.part == unit.part
                    && (open.terms + terms <= most / 2 || (unit.paragraph == paragraph && open.terms + terms <= most))
                    && unit.role != Role::Heading
            };
            match passages.last_mut() {
                Some(open) if fits(open) => {
                    open.units.end = index + 1;
                    open.terms += terms;
                }
                _ => passages.push(Passage { part: unit.part, units: index..index + 1, terms }),
            }
            paragraph = unit.paragraph;
            self.passage_of.push(passages.len() - 1);
        }
        self.passages = passages;
    }
}
