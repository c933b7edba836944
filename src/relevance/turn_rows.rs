//! Rows of evidence for the turns of a conversation.
//!
//! People answer without repeating the words of the question, so the turns that have them only mark the place: every
//! kind of match is also looked at from some way off. Speakers' names are told from what is said, since every turn of
//! the speaker that is asked about has the name, and says nothing about the matter by it.

use hashbrown::HashSet;

use super::answer::{Answers, Expected};
use super::corpus::{Corpus, Material, Occurrence};
use super::features::{Table, Turn as Column, order_of, squashed};
use super::feedback::best;
use super::grams;
use super::lexical::{Query, normalize, rarity};
use super::terms::Shape;
use super::turns::{Turn, split};
use trimtab_ordered::sort_by;

/// How many turns away each view has fallen to a third.
const NEAR: f64 = 2.0;
const MIDDLE: f64 = 7.0;
const FAR: f64 = 18.0;
const FARTHER: f64 = 45.0;
/// How many words away each wider view has fallen to a half: of what is talked about, not of who answers whom.
const REGION: f64 = 150.0;
const MATTER: f64 = 450.0;
const CHAPTER: f64 = 1000.0;
/// How often a term is said around a turn for half of its weight.
const OFTEN: f64 = 2.0;
/// What a turn says of a term more often than this counts no more.
const MOST: f64 = 3.0;

/// Fills a row for each turn.
pub(crate) fn rows(query: &Query, text: &str, corpus: &Corpus, material: &Material<'_>, turns: &[Turn]) -> Table {
    let said: Vec<&[Occurrence]> = turns.iter().map(|turn| split(turn, corpus).1).collect();
    let names: HashSet<u32> = turns.iter().flat_map(|turn| split(turn, corpus).0).map(|at| at.term).collect();
    let asked = topic(query, &names);
    let mut rows = Rows { corpus, turns, said, table: Table::new(turns.len(), Column::COUNT) };
    let scores = rows.words(&asked, query);
    rows.grams(text, material);
    let wide = rows.views(&scores);
    rows.feedback(&asked, &wide);
    rows.speakers(query, &wide);
    rows.answers(query, text, material);
    rows.table
}

/// What is asked about, without the names of those who speak; all of it, where nothing else is asked.
fn topic(query: &Query, names: &HashSet<u32>) -> Query {
    let mut asked = query.clone();
    asked.terms.retain(|(term, _)| !names.contains(term));
    if asked.terms.is_empty() { query.clone() } else { asked }
}

struct Rows<'a> {
    corpus: &'a Corpus,
    turns: &'a [Turn],
    said: Vec<&'a [Occurrence]>,
    table: Table,
}

/// What a turn says of each term that is asked, weighed: BM25's saturation, without its length, which smoothing undoes.
struct Weighed {
    /// For each term its weight, and the turns that have it with how often.
    terms: Vec<(f64, Vec<(usize, f64)>)>,
    all: f64,
}

impl Rows<'_> {
    fn set(&mut self, feature: Column, values: &[f64]) {
        self.table.set(feature as usize, values);
    }

    fn set_scaled(&mut self, feature: Column, values: &[f64]) {
        self.table.set_scaled(feature as usize, values);
    }

    fn weigh(&self, query: &Query) -> Weighed {
        let mut terms: Vec<(f64, Vec<(usize, f64)>)> = vec![(0.0, Vec::new()); query.terms.len()];
        let mut place = vec![usize::MAX; self.corpus.vocabulary()];
        for (index, (term, _)) in query.terms.iter().enumerate() {
            if let Some(slot) = place.get_mut(*term as usize) {
                *slot = index;
            }
        }
        for (turn, said) in self.said.iter().enumerate() {
            for occurrence in *said {
                self.note(&place, &mut terms, occurrence.term, turn);
                if occurrence.word != occurrence.term {
                    self.note(&place, &mut terms, occurrence.word, turn);
                }
            }
        }
        let passages = self.corpus.passages.len();
        for ((term, weight), (slot, turns)) in query.terms.iter().zip(&mut terms) {
            let count = u32::try_from(turns.len()).unwrap_or(u32::MAX);
            let spread = rarity(self.corpus.in_passages(*term), passages);
            *slot = weight * 0.5 * (rarity(count, self.turns.len()) + spread);
        }
        let all = terms.iter().filter(|(_, turns)| !turns.is_empty()).map(|(weight, _)| weight).sum();
        Weighed { terms, all }
    }

    fn note(&self, place: &[usize], terms: &mut [(f64, Vec<(usize, f64)>)], term: u32, turn: usize) {
        let Some((_, turns)) = place.get(term as usize).and_then(|slot| terms.get_mut(*slot)) else { return };
        match turns.last_mut() {
            Some((last, count)) if *last == turn => *count += 1.0,
            _ => turns.push((turn, 1.0)),
        }
    }

    /// The score of each turn by itself.
    fn scores(&self, weighed: &Weighed) -> Vec<f64> {
        let mut scores = vec![0.0; self.turns.len()];
        for (weight, turns) in &weighed.terms {
            for (turn, count) in turns {
                if let Some(score) = scores.get_mut(*turn) {
                    *score += weight * 2.0 * count / (count + 1.0);
                }
            }
        }
        scores
    }

    fn words(&mut self, asked: &Query, query: &Query) -> Vec<f64> {
        let weighed = self.weigh(asked);
        let scores = self.scores(&weighed);
        let (mut covered, mut heaviest) = (vec![0.0; self.turns.len()], vec![0.0_f64; self.turns.len()]);
        for (weight, turns) in &weighed.terms {
            for (turn, _) in turns {
                if let (Some(covered), Some(heaviest)) = (covered.get_mut(*turn), heaviest.get_mut(*turn)) {
                    *covered += weight / weighed.all.max(f64::MIN_POSITIVE);
                    *heaviest = heaviest.max(*weight);
                }
            }
        }
        let pairs: Vec<f64> = self.said.iter().map(|said| squashed(asked.pairs_in(said) as f64, 1.0)).collect();
        self.set_scaled(Column::Own, &scores);
        self.set(Column::OwnCovered, &covered);
        self.set_scaled(Column::Heaviest, &heaviest);
        self.set(Column::Pairs, &pairs);
        for (feature, reach) in
            [(Column::NearCovered, NEAR), (Column::MiddleCovered, MIDDLE), (Column::FarCovered, FAR)]
        {
            let covered = self.covered(&weighed, reach);
            self.set(feature, &covered);
        }
        self.matters(&weighed);
        let length = squashed(query.terms.len() as f64, 12.0);
        self.set(Column::QueryLength, &vec![length; self.turns.len()]);
        scores
    }

    /// What is talked about around each turn: how often each term is said there, which saturates term by term.
    fn matters(&mut self, weighed: &Weighed) {
        let lengths: Vec<f64> = self.said.iter().map(|said| said.len() as f64 + 2.0).collect();
        for (feature, reach) in [(Column::Region, REGION), (Column::Matter, MATTER), (Column::Chapter, CHAPTER)] {
            let mut sum = vec![0.0; lengths.len()];
            for (weight, turns) in &weighed.terms {
                let mut counts = vec![0.0; lengths.len()];
                for (turn, count) in turns {
                    counts.get_mut(*turn).into_iter().for_each(|slot| *slot = count.min(MOST));
                }
                for (sum, often) in sum.iter_mut().zip(spread(&counts, &lengths, reach)) {
                    *sum += weight * squashed(often, OFTEN);
                }
            }
            self.set_scaled(feature, &sum);
            if matches!(feature, Column::Matter) {
                self.set(Column::MatterRank, &shares_below(&sum));
            }
        }
    }

    /// How much of what is asked is said within reach of each turn, each term counted once.
    fn covered(&self, weighed: &Weighed, reach: f64) -> Vec<f64> {
        let mut sum = vec![0.0; self.turns.len()];
        for (weight, turns) in weighed.terms.iter().filter(|(_, turns)| !turns.is_empty()) {
            let mut present = vec![0.0; self.turns.len()];
            turns.iter().filter_map(|(turn, _)| present.get_mut(*turn).map(|slot| *slot = 1.0)).count();
            for (sum, near) in sum.iter_mut().zip(faded(&present, reach)) {
                *sum += weight * near;
            }
        }
        sum.iter().map(|sum| sum / weighed.all.max(f64::MIN_POSITIVE)).collect()
    }

    fn grams(&mut self, text: &str, material: &Material<'_>) {
        let shares = grams::shares(text, material, self.corpus).units;
        let best = |turn: &Turn| shares.get(turn.units.clone()).unwrap_or_default().iter().copied().fold(0.0, f64::max);
        let own: Vec<f64> = self.turns.iter().map(best).collect();
        self.set_scaled(Column::Grams, &own);
        self.set_scaled(Column::MiddleGrams, &smoothed(&own, MIDDLE));
        self.set_scaled(Column::FarGrams, &smoothed(&own, FAR));
    }

    /// The scores as seen from some way off; gives back the mix that marks the places.
    fn views(&mut self, scores: &[f64]) -> Vec<f64> {
        let mut mix = vec![0.0; scores.len()];
        for (feature, reach) in
            [(Column::Near, NEAR), (Column::Middle, MIDDLE), (Column::Far, FAR), (Column::Farther, FARTHER)]
        {
            let mut view = smoothed(scores, reach);
            normalize(&mut view);
            mix.iter_mut().zip(&view).for_each(|(mix, view)| *mix += view);
            self.set(feature, &view);
        }
        normalize(&mut mix);
        let far = smoothed(&mix, FARTHER);
        let contrast: Vec<f64> =
            mix.iter().zip(&far).map(|(mix, far)| mix / (mix + far).max(f64::MIN_POSITIVE)).collect();
        self.set(Column::Contrast, &contrast);
        let mut peak = vec![0.0; mix.len()];
        best(&mix, 1).iter().filter_map(|(at, _)| peak.get_mut(*at).map(|slot| *slot = 1.0)).count();
        self.set(Column::Peak, &faded(&peak, FARTHER));
        mix
    }

    /// Words that the best places have more often than the rest: they are about the same matter.
    fn feedback(&mut self, asked: &Query, wide: &[f64]) {
        let weighed = self.weigh(&self.widened(asked, wide));
        let scores = self.scores(&weighed);
        self.set_scaled(Column::Wider, &scores);
        self.set_scaled(Column::WiderMiddle, &smoothed(&scores, MIDDLE));
        self.set_scaled(Column::WiderFar, &smoothed(&scores, FAR));
    }

    fn widened(&self, asked: &Query, wide: &[f64]) -> Query {
        let mut votes = vec![0.0; self.corpus.vocabulary()];
        for (turn, score) in best(wide, SPEAKERS) {
            let said = self.said.get(turn).copied().unwrap_or_default();
            for occurrence in said.iter().filter(|at| at.shape != Shape::Character && !self.corpus.is_function(at.term))
            {
                if let Some(vote) = votes.get_mut(occurrence.term as usize) {
                    *vote += score;
                }
            }
        }
        let passages = self.corpus.passages.len();
        let mut ranked: Vec<(u32, f64)> = Vec::new();
        for (term, vote) in votes.iter().enumerate().filter(|(_, vote)| **vote > 0.0) {
            let term = u32::try_from(term).unwrap_or(u32::MAX);
            ranked.push((term, vote * rarity(self.corpus.in_passages(term), passages)));
        }
        sort_by(&mut ranked, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let most = ranked.first().map_or(1.0, |(_, vote)| *vote);
        let mut wider = asked.clone();
        for (term, vote) in ranked.into_iter().take(ADDED) {
            wider.add(term, WORTH * vote / most);
        }
        wider
    }

    fn speakers(&mut self, query: &Query, wide: &[f64]) {
        let meant = |at: &&Occurrence| query.has(at.term) && !self.corpus.is_function(at.term);
        let share = |turn: &Turn| {
            let (name, _) = split(turn, self.corpus);
            name.iter().filter(meant).count() as f64 / name.len().max(1) as f64
        };
        let own: Vec<f64> = self.turns.iter().map(share).collect();
        let asked = own.iter().copied().fold(0.0, f64::max);
        let near = smoothed(&own, MIDDLE);
        let both: Vec<f64> = own.iter().zip(wide).map(|(own, wide)| own * wide).collect();
        let both: Vec<f64> = smoothed(&both, NEAR).iter().zip(&near).map(|(both, near)| both / (near + 1.0)).collect();
        self.set(Column::Speaker, &own);
        self.set_scaled(Column::SpeakerNear, &both);
        self.set(Column::SpeakerAsked, &vec![asked; self.turns.len()]);
    }

    fn answers(&mut self, query: &Query, text: &str, material: &Material<'_>) {
        let answers = Answers::new(text, query, self.corpus);
        let all = self.turns.len().max(1) as f64;
        let mut columns = [const { Vec::new() }; 7];
        for (index, (turn, said)) in self.turns.iter().zip(&self.said).enumerate() {
            let values = [
                squashed(answers.numbers(said), 1.5),
                squashed(answers.names(said), 3.0),
                answers.fit(said),
                answers.news(said),
                f64::from(u8::from(asks(material, turn))),
                index as f64 / all,
                squashed(said.len() as f64, 24.0),
            ];
            columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
        }
        let [numbers, names, fit, news, asks, place, length] = columns;
        let near = smoothed(&length, NEAR).iter().map(|sum| sum / (2.0 * NEAR)).collect::<Vec<_>>();
        for (feature, values) in [
            (Column::Number, numbers),
            (Column::Names, names),
            (Column::Fit, fit),
            (Column::Asks, asks),
            (Column::Place, place),
            (Column::Length, length),
            (Column::LengthNear, near),
        ] {
            self.set(feature, &values);
        }
        self.set_scaled(Column::News, &news);
        self.set(Column::Expected, &vec![kind(answers.expected); self.turns.len()]);
    }
}

/// How many of the best turns speak for the wider query, how many terms they add, and what those are worth at most.
const SPEAKERS: usize = 20;
const ADDED: usize = 12;
const WORTH: f64 = 0.3;

fn kind(expected: Expected) -> f64 {
    f64::from(expected as u8) / 4.0
}

fn asks(material: &Material<'_>, turn: &Turn) -> bool {
    let last = turn.units.end.checked_sub(1).and_then(|last| material.units.get(last));
    let text = last.and_then(|unit| material.texts.get(unit.part)?.get(unit.span.clone())).unwrap_or_default();
    text.trim_end().ends_with(['?', '？', '؟'])
}

/// Sums values over their surroundings, which count less the farther they are: two passes, whatever the reach.
fn smoothed(values: &[f64], reach: f64) -> Vec<f64> {
    let keep = reach / (reach + 1.0);
    let mut sums = Vec::with_capacity(values.len());
    let mut sum = 0.0;
    for value in values {
        sum = sum * keep + value;
        sums.push(sum);
    }
    sum = 0.0;
    for (slot, value) in sums.iter_mut().zip(values).rev() {
        *slot += sum * keep;
        sum = sum * keep + value;
    }
    sums
}

/// Sums values over their surroundings, which count less the more words are between: half of it after `reach` words.
pub(super) fn spread(values: &[f64], lengths: &[f64], reach: f64) -> Vec<f64> {
    let keeps: Vec<f64> = lengths.iter().map(|length| reach / (reach + length)).collect();
    let mut sums = Vec::with_capacity(values.len());
    let mut sum = 0.0;
    for (value, keep) in values.iter().zip(&keeps) {
        sum = sum * keep + value;
        sums.push(sum);
    }
    sum = 0.0;
    for ((slot, value), keep) in sums.iter_mut().zip(values).zip(&keeps).rev() {
        *slot += sum;
        sum = (sum + value) * keep;
    }
    sums
}

/// For each value the share of all that are smaller, or as large and later.
fn shares_below(values: &[f64]) -> Vec<f64> {
    let mut shares = vec![0.0; values.len()];
    for (rank, at) in order_of(values).into_iter().enumerate() {
        shares.get_mut(at).into_iter().for_each(|slot| *slot = 1.0 - rank as f64 / values.len() as f64);
    }
    shares
}

/// For each place the largest value around it, less for each step on the way.
fn faded(values: &[f64], reach: f64) -> Vec<f64> {
    let keep = reach / (reach + 1.0);
    let mut most = values.to_vec();
    let mut last = 0.0;
    for slot in &mut most {
        last = slot.max(last * keep);
        *slot = last;
    }
    last = 0.0;
    for slot in most.iter_mut().rev() {
        last = slot.max(last * keep);
        *slot = last;
    }
    most
}

#[cfg(test)]
mod tests {
    use super::{faded, smoothed, spread};

    #[test]
    fn the_longer_what_is_between_the_less_is_left() {
        assert_eq!(spread(&[0.0, 1.0, 0.0], &[10.0, 10.0, 10.0], 10.0), [0.5, 1.0, 0.5]);
        assert_eq!(spread(&[1.0, 0.0, 0.0], &[10.0, 30.0, 10.0], 10.0), [1.0, 0.25, 0.125]);
    }

    #[test]
    fn both_views_fall_by_the_same_share_to_both_sides() {
        let values = [0.0, 0.0, 1.0, 0.0, 0.0];
        let half = [0.25, 0.5, 1.0, 0.5, 0.25];
        assert_eq!(smoothed(&values, 1.0), half);
        assert_eq!(faded(&values, 1.0), half);
        assert_eq!(smoothed(&[1.0, 1.0, 1.0], 1.0), [1.75, 2.0, 1.75]);
        assert_eq!(faded(&[1.0, 1.0, 1.0], 1.0), [1.0; 3]);
    }
}
