//! Relevance spreads: what stands beside a relevant sentence or turn explains it.

use super::corpus::{Corpus, Role, Unit};
use super::lexical::normalize;

/// Gives each sentence the larger share of its neighbours' scores within its passage.
pub(crate) fn beside(scores: &[f64], corpus: &Corpus) -> Vec<f64> {
    let score_of = |index: Option<usize>, passage: usize| {
        index
            .filter(|index| corpus.passage_of.get(*index) == Some(&passage))
            .and_then(|index| scores.get(index))
            .copied()
            .unwrap_or(0.0)
    };
    let each = corpus.passage_of.iter().enumerate();
    each.map(|(index, passage)| {
        let (before, after) = (score_of(index.checked_sub(1), *passage), score_of(Some(index + 1), *passage));
        // What follows a match continues it more often than what leads to it.
        before.max(0.8 * after)
    })
    .collect()
}

/// How many turns away relevance has halved.
const REACH: f64 = 12.0;
/// Turns farther than this get nothing: it bounds the work per turn.
const FARTHEST: usize = 48;

/// What a turn's own match is worth beside its surroundings: in a chat one turn may hold the whole answer.
const OWN: f64 = 0.6;

/// Smooths the scores of a conversation's turns over the turns around them; `None` where there is no conversation.
///
/// People answer without repeating the words of the question: in meetings the matching turns only mark the place.
pub(crate) fn around_turns(scores: &[f64], units: &[Unit]) -> Option<Vec<f64>> {
    let turns = turns(units)?;
    let best: Vec<f64> = turns.iter().map(|turn| turn_score(scores, turn)).collect();
    let mut wide: Vec<f64> = (0..turns.len()).map(|turn| around(&best, turn)).collect();
    let mut own = best;
    normalize(&mut wide);
    normalize(&mut own);
    let mut mixed = vec![0.0; units.len()];
    for (turn, (wide, own)) in turns.iter().zip(wide.into_iter().zip(own)) {
        for slot in mixed.iter_mut().take(turn.end).skip(turn.start) {
            *slot = wide + OWN * own;
        }
    }
    Some(mixed)
}

/// A turn's own score: its sentences' sum counts, but a long turn does not win by length alone.
fn turn_score(scores: &[f64], turn: &std::ops::Range<usize>) -> f64 {
    let own = scores.get(turn.clone()).unwrap_or_default();
    let best = own.iter().copied().fold(0.0, f64::max);
    best + 0.1 * (own.iter().sum::<f64>() - best)
}

/// The kernel-weighted sum of the scores around a turn.
fn around(best: &[f64], index: usize) -> f64 {
    let from = index.saturating_sub(FARTHEST);
    let near = best.iter().enumerate().skip(from).take(index - from + FARTHEST + 1);
    near.map(|(other, score)| {
        let distance = other.abs_diff(index) as f64 / REACH;
        score / (1.0 + distance * distance)
    })
    .sum()
}

/// The units of each turn, or `None` when most units are not speech.
fn turns(units: &[Unit]) -> Option<Vec<std::ops::Range<usize>>> {
    let speech = units.iter().filter(|unit| unit.role == Role::Speech).count();
    if speech * 2 < units.len() || speech == 0 {
        return None;
    }
    let mut turns: Vec<std::ops::Range<usize>> = Vec::new();
    let mut paragraph = None;
    for (index, unit) in units.iter().enumerate() {
        match turns.last_mut() {
            Some(turn) if paragraph == Some(unit.paragraph) => turn.end = index + 1,
            _ => turns.push(index..index + 1),
        }
        paragraph = Some(unit.paragraph);
    }
    Some(turns)
}
