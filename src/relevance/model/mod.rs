//! Boosted trees over rows of bytes: integers in, an integer out, the same on every runtime.
//!
//! A tree is its bytes in pre-order. A split has three: the feature, the largest value that goes left, and how many bytes
//! the left side takes. A leaf has three: [`LEAF`] and its value, low byte first, in units of 1/[`UNIT`] of the log-odds.

mod sentence;
mod turn;

pub(crate) use sentence::TREES as SENTENCE;
pub(crate) use turn::TREES as TURN;

const LEAF: u8 = 255;
const UNIT: f64 = 1024.0;

/// Estimates how likely a unit is wanted, from 0 to 1.
pub(crate) fn likelihood(trees: &[&[u8]], row: &[u8]) -> f64 {
    logistic(log_odds(trees, row))
}

/// The same as the logarithm of the odds.
pub(crate) fn log_odds(trees: &[&[u8]], row: &[u8]) -> f64 {
    let sum: i32 = trees.iter().map(|tree| i32::from(leaf(tree, row))).sum();
    f64::from(sum) / UNIT
}

/// Walks one tree down.
fn leaf(tree: &[u8], row: &[u8]) -> i16 {
    let mut rest = tree;
    while let [first, second, third, below @ ..] = rest {
        if *first == LEAF {
            return i16::from_le_bytes([*second, *third]);
        }
        let right = row.get(usize::from(*first)).is_some_and(|value| value > second);
        rest = if right { below.get(usize::from(*third)..).unwrap_or_default() } else { below };
    }
    0
}

/// 1/(1 + e^-x), from sums, products and quotients only: platform functions differ in the last bit.
pub(crate) fn logistic(x: f64) -> f64 {
    // e^(x/64) by its series, which is exact to the last digits here, then squared six times.
    let small = x.clamp(-30.0, 30.0) / 64.0;
    let mut power = 1.0 + small * (1.0 + small / 2.0 * (1.0 + small / 3.0 * (1.0 + small / 4.0 * (1.0 + small / 5.0))));
    for _ in 0..6 {
        power *= power;
    }
    power / (1.0 + power)
}

#[cfg(test)]
mod tests {
    use super::{likelihood, logistic};

    const TREE: &[u8] = &[1, 100, 3, 255, 0, 4, 255, 0, 252];

    #[test]
    fn a_tree_sends_small_values_left() {
        let high = likelihood(&[TREE], &[0, 100]);
        let low = likelihood(&[TREE], &[0, 101]);
        assert!((high - 1.0 / (1.0 + (-1.0_f64).exp())).abs() < 1e-6);
        assert!((low + high - 1.0).abs() < 1e-6);
    }

    #[test]
    fn the_logistic_function_is_close_and_grows() {
        for x in -300..300 {
            let x = f64::from(x) / 20.0;
            assert!((logistic(x) - 1.0 / (1.0 + (-x).exp())).abs() < 1e-6, "{x}");
            assert!(logistic(x) < logistic(x + 0.05));
        }
    }

    #[test]
    fn a_broken_tree_says_nothing() {
        assert!((likelihood(&[&[], &[0, 1], &[7, 7, 200, 1]], &[1]) - 0.5).abs() < 1e-9);
    }
}
