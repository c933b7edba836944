//! A Bloom filter with one bit an entry: most spans that merging asks for are no token, and this says so from 256 KB,
//! which stay in a processor's second cache, where the tables are megabytes.

#[derive(Debug)]
pub(crate) struct Filter {
    words: Vec<u64>,
    shift: u32,
}

impl Filter {
    /// About ten bits an entry: one absent span in ten goes on to the table.
    pub(crate) fn for_entries(entries: usize) -> Self {
        let bits = (entries * 8).next_power_of_two().trailing_zeros().max(6);
        Self { words: vec![0; 1 << (bits - 6)], shift: 64 - bits }
    }

    #[inline(always)]
    pub(crate) fn insert(&mut self, hash: u64) {
        let at = hash >> self.shift;
        if let Some(word) = self.words.get_mut((at >> 6) as usize) {
            *word |= 1 << (at & 63);
        }
    }

    /// Whether an entry with this hash may be there.
    #[inline(always)]
    pub(crate) fn may_have(&self, hash: u64) -> bool {
        let at = hash >> self.shift;
        self.words.get((at >> 6) as usize).is_some_and(|word| word >> (at & 63) & 1 == 1)
    }
}
