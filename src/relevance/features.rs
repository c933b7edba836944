//! What the learned model sees: one row of bytes for each unit.
//!
//! Bytes, so that a tree compares integers, and the same text gives the same row on every runtime.

/// Declares features with their names, in the order of a row.
macro_rules! features {
    ($list:ident, $enum:ident: $($variant:ident,)*) => {
        #[derive(Debug, Clone, Copy)]
        pub(crate) enum $enum { $($variant,)* }

        impl $enum {
            /// How many there are.
            pub(crate) const COUNT: usize = $list.len();
        }

        /// The names of the features, in the order of a row.
        pub(crate) const $list: &[&str] = &[$(stringify!($variant),)*];
    };
}

features! { SENTENCE_FEATURES, Sentence:
    Own,
    Titled,
    OwnCovered,
    TitledCovered,
    Heaviest,
    Pairs,
    Grams,
    Rank,
    Passage,
    PassageRank,
    PassageCovered,
    PassageGrams,
    PassagePairs,
    PassageShare,
    Title,
    Named,
    Around,
    Before,
    After,
    BestBeside,
    RankInPassage,
    Wider,
    WiderPassage,
    Pointed,
    Number,
    Names,
    Expected,
    Fit,
    News,
    Opening,
    Place,
    Leads,
    Length,
    Grammar,
    GrammarFirst,
    Role,
    First,
}

features! { TURN_FEATURES, Turn:
    Own,
    OwnCovered,
    Heaviest,
    Pairs,
    Grams,
    Near,
    Middle,
    Far,
    Farther,
    Region,
    Matter,
    Chapter,
    MatterRank,
    NearCovered,
    MiddleCovered,
    FarCovered,
    MiddleGrams,
    FarGrams,
    Wider,
    WiderMiddle,
    WiderFar,
    Peak,
    Contrast,
    Speaker,
    SpeakerNear,
    SpeakerAsked,
    Number,
    Names,
    Expected,
    Fit,
    News,
    Asks,
    Place,
    Length,
    LengthNear,
    QueryLength,
}

/// Rows of one width, one for each unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    width: usize,
    cells: Vec<u8>,
}

impl Table {
    pub(crate) fn new(rows: usize, width: usize) -> Self {
        Self { width, cells: vec![0; rows * width] }
    }

    /// Fills one column with values from 0 to 1.
    pub(crate) fn set(&mut self, column: usize, values: &[f64]) {
        for (row, value) in self.cells.chunks_exact_mut(self.width).zip(values) {
            if let Some(cell) = row.get_mut(column) {
                *cell = (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
            }
        }
    }

    /// Fills one column with values that are brought to a largest of 1.
    pub(crate) fn set_scaled(&mut self, column: usize, values: &[f64]) {
        let most = values.iter().copied().fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        let scaled: Vec<f64> = values.iter().map(|value| value / most).collect();
        self.set(column, &scaled);
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.cells.chunks_exact(self.width)
    }
}

/// Brings a count or a length between 0 and 1; `half` is where it reaches one half.
pub(crate) fn squashed(value: f64, half: f64) -> f64 {
    value / (value + half)
}

/// The places of values, the largest first and ties by place; rounded, so that noise in the last bits orders nothing.
pub(crate) fn order_of(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<(i64, usize)> =
        values.iter().enumerate().map(|(at, value)| (-((value * 1e9) as i64), at)).collect();
    trimtab_ordered::sort(&mut order);
    order.into_iter().map(|(_, at)| at).collect()
}

/// For each value its rank among all, as 1 for the first, falling to one half at rank `half`.
pub(crate) fn ranks(values: &[f64], half: f64) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    for (rank, at) in order_of(values).into_iter().enumerate() {
        if let Some(slot) = ranks.get_mut(at) {
            *slot = half / (rank as f64 + half);
        }
    }
    ranks
}
