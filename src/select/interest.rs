//! What a reader asks about often goes first among units that matter alike.

use std::cmp::Reverse;

use crate::ordered::sort_by_key;
use crate::relevance::terms::each;

/// Units matter alike whose scores are within this share of the best of them: the place of a sentence alone moves more than 3%.
const ALIKE: f64 = 0.95;

/// Reorders runs of units that matter alike by how many of the `interests`, which are in order, they name. It moves no
/// unit past one that matters more, so that nothing is hidden by what a reader likes.
pub(crate) fn prefer<'t>(
    mut order: Vec<usize>,
    scores: &[f64],
    interests: &[u64],
    text: impl Fn(usize) -> &'t str,
) -> Vec<usize> {
    if interests.is_empty() {
        return order;
    }
    let score = |unit: usize| scores.get(unit).copied().unwrap_or(0.0);
    let named = |unit: usize| {
        let mut count = 0_usize;
        each(text(unit), |term| count += usize::from(interests.binary_search(&term.stem()).is_ok()));
        count
    };
    let mut rest = order.as_mut_slice();
    while let Some(best) = rest.first().map(|unit| score(*unit)) {
        let run = rest.iter().take_while(|unit| score(**unit) >= best * ALIKE && score(**unit) <= best).count().max(1);
        let (alike, later) = rest.split_at_mut(run);
        if alike.len() > 1 {
            let mut keyed: Vec<(usize, usize)> = alike.iter().map(|unit| (named(*unit), *unit)).collect();
            sort_by_key(&mut keyed, |(count, _)| Reverse(*count));
            alike.iter_mut().zip(keyed).for_each(|(slot, (_, unit))| *slot = unit);
        }
        rest = later;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::prefer;
    use crate::relevance::terms::each;

    const TEXTS: [&str; 4] = ["rain and rice", "iron and rust", "rain again", "iron and rain"];

    fn order(scores: &[f64], interest: &str) -> Vec<usize> {
        let mut interests = Vec::new();
        each(interest, |term| interests.push(term.stem()));
        interests.sort_unstable();
        prefer(vec![0, 1, 2, 3], scores, &interests, |unit| TEXTS[unit])
    }

    #[test]
    fn only_units_that_matter_alike_change_places() {
        assert_eq!(order(&[1.0, 0.99, 0.98, 0.2], "iron"), [1, 0, 2, 3]);
        assert_eq!(order(&[1.0, 0.5, 0.4, 0.3], "iron"), [0, 1, 2, 3]);
        assert_eq!(order(&[1.0, 1.0, 1.0, 1.0], "nothing"), [0, 1, 2, 3]);
    }
}
