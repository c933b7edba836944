//! Token and cost budgets: what one prompt may use, and what a day or a month may.

mod allowance;

pub use allowance::{Allowance, Basis, Period, Standing, Unit};

/// How many input tokens a prompt may spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    input: u32,
}

impl Budget {
    /// Sets `output` tokens of a `window` aside; the rest is for input.
    ///
    /// ```
    /// use trimtab::budget::Budget;
    ///
    /// assert_eq!(Budget::new(8_000, 1_000).input(), 7_000);
    /// assert_eq!(Budget::new(1_000, 8_000).input(), 0);
    /// ```
    pub const fn new(window: u32, output: u32) -> Self {
        Self { input: window.saturating_sub(output) }
    }

    /// Takes what is spent already, on instructions or history, off the input.
    ///
    /// ```
    /// use trimtab::budget::Budget;
    ///
    /// assert_eq!(Budget::new(8_000, 1_000).less(500).input(), 6_500);
    /// ```
    #[must_use]
    pub const fn less(self, spent: u32) -> Self {
        Self { input: self.input.saturating_sub(spent) }
    }

    /// The tokens left for input.
    pub const fn input(self) -> u32 {
        self.input
    }
}
