//! Byte pair encoding as plainly as can be: what everything else is compared with.

/// Merges, again and again, the leftmost of the neighbours whose bytes together have the lowest `order`. Returns where
/// parts end, and hands each merge to `visit` as the places where it starts, is cut, and ends.
pub fn merge(
    bytes: &[u8],
    order: &dyn Fn(&[u8]) -> Option<u32>,
    mut visit: impl FnMut(usize, usize, usize),
) -> Vec<usize> {
    let mut cuts: Vec<usize> = (0..=bytes.len()).collect();
    loop {
        let neighbours = cuts.windows(3).enumerate();
        let possible = neighbours.filter_map(|(i, cut)| order(&bytes[cut[0]..cut[2]]).map(|order| (order, i)));
        let Some((_, i)) = possible.min() else { return cuts.split_off(1) };
        visit(cuts[i], cuts[i + 1], cuts[i + 2]);
        cuts.remove(i + 1);
    }
}

/// Where the last merge that makes `token` cuts it, or `None` for a single byte or none at all. Panics where merging
/// does not end with one part.
pub fn split(token: &[u8], order: &dyn Fn(&[u8]) -> Option<u32>) -> Option<usize> {
    let mut middle = None;
    let ends = merge(token, order, |_, cut, _| middle = Some(cut));
    assert!(ends.len() <= 1, "{token:?} is not what merging makes of its bytes");
    middle
}
