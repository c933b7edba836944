//! Query words that the text spells otherwise.

/// Tells whether two folded words are likely the same one: another ending, or a slip of the pen.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if short < 5 || a.first() != b.first() {
        return false;
    }
    let common = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    if common >= 5 && common * 10 >= long * 6 {
        return true;
    }
    let slips = if short >= 8 { 2 } else { 1 };
    long - short <= slips && distance(a, b) <= slips
}

/// The optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous_a = 0;
    for (row, &letter_a) in a.iter().enumerate() {
        let mut this = Vec::with_capacity(b.len() + 1);
        this.push(row + 1);
        let mut previous_b = 0;
        for (column, &letter_b) in b.iter().enumerate() {
            let at = |list: &[usize], index: usize| list.get(index).copied().unwrap_or(usize::MAX - 1);
            let changed = at(&last, column) + usize::from(letter_a != letter_b);
            let mut least = changed.min(at(&last, column + 1) + 1).min(at(&this, column) + 1);
            if row > 0 && column > 0 && letter_a == previous_b && previous_a == letter_b {
                least = least.min(at(&before, column - 1) + 1);
            }
            this.push(least);
            previous_b = letter_b;
        }
        before = std::mem::replace(&mut last, this);
        previous_a = letter_a;
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{alike, distance};

    #[test]
    fn slips_and_endings_are_seen_through() {
        assert!(alike("gaurantee", "guarantee"));
        assert!(alike("septicemia", "septicemic"));
        assert!(alike("recieve", "receive"));
        assert!(!alike("harbour", "hardware"));
        assert!(!alike("form", "from"), "short words differ by one letter and mean another thing");
    }

    #[test]
    fn the_distance_counts_a_swap_once() {
        assert_eq!(distance(b"abcd", b"abdc"), 1);
        assert_eq!(distance(b"kitten", b"sitting"), 3);
        assert_eq!(distance(b"", b"abc"), 3);
    }
}
