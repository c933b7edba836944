//! Terms that the best matches bring along (pseudo-relevance feedback after Rocchio).

use super::corpus::Corpus;
use super::lexical::{Query, rarity};
use super::terms::Shape;
use trimtab_ordered::sort_by;

/// How many of the best units speak, how many terms they add, and what those are worth at most.
const SPEAKERS: usize = 4;
const ADDED: usize = 8;
const WORTH: f64 = 0.25;

/// Widens a query by the rare words of the units that match it best.
pub(crate) fn widened(query: &Query, scores: &[f64], corpus: &Corpus) -> Query {
    let mut votes: Vec<(u32, f64)> = Vec::new();
    for (unit, score) in best(scores, SPEAKERS) {
        for occurrence in corpus.terms(unit) {
            let term = occurrence.term;
            let known = query.terms.iter().any(|(asked, _)| *asked == term);
            if known || corpus.is_function(term) || occurrence.shape == Shape::Character {
                continue;
            }
            let vote = score * rarity(corpus.in_units(term), scores.len());
            match votes.iter_mut().find(|(voted, _)| *voted == term) {
                Some((_, sum)) => *sum += vote,
                None => votes.push((term, vote)),
            }
        }
    }
    sort_by(&mut votes, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let most = votes.first().map_or(1.0, |(_, vote)| *vote).max(f64::MIN_POSITIVE);
    let mut wider = query.clone();
    for (term, vote) in votes.into_iter().take(ADDED) {
        wider.add(term, WORTH * vote / most);
    }
    wider
}

/// The `count` best of `scores`, best first, ties by place.
pub(crate) fn best(scores: &[f64], count: usize) -> Vec<(usize, f64)> {
    let mut top: Vec<(usize, f64)> = Vec::with_capacity(count + 1);
    for (index, score) in scores.iter().copied().enumerate().filter(|(_, score)| *score > 0.0) {
        let place = top.partition_point(|(_, known)| *known >= score);
        if place < count {
            top.insert(place, (index, score));
            top.truncate(count);
        }
    }
    top
}
