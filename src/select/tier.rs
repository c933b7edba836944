//! The four tiers, each holding the one before it.

/// How much of a text is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The least that still answers.
    Essential,
    /// The main points with their context.
    Standard,
    /// All but low-value detail.
    Comprehensive,
    /// Everything.
    Complete,
}

impl Tier {
    /// All tiers, smallest first.
    pub const ALL: [Self; 4] = [Self::Essential, Self::Standard, Self::Comprehensive, Self::Complete];

    /// The name that callers see.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Essential => "essential",
            Self::Standard => "standard",
            Self::Comprehensive => "comprehensive",
            Self::Complete => "complete",
        }
    }

    /// Finds a tier by its name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.as_str() == name)
    }

    /// How many of `complete` tokens the tier aims at.
    pub const fn target(self, complete: usize) -> usize {
        match self {
            Self::Essential => complete.saturating_mul(22).div_ceil(100),
            Self::Standard => complete.saturating_mul(45).div_ceil(100),
            Self::Comprehensive => complete.saturating_mul(70).div_ceil(100),
            Self::Complete => complete,
        }
    }

    /// The same for code. Where nothing is `asked`, its declarations and the first sentences of its documentation say
    /// what it does in a quarter.
    pub const fn target_of_code(self, complete: usize, asked: bool) -> usize {
        match self {
            Self::Essential => complete.saturating_mul(18).div_ceil(100),
            Self::Standard => complete.saturating_mul(if asked { 34 } else { 26 }).div_ceil(100),
            Self::Comprehensive => complete.saturating_mul(66).div_ceil(100),
            Self::Complete => complete,
        }
    }

    /// The smallest tier that holds `tokens` of `complete`.
    pub fn of_size(tokens: usize, complete: usize) -> Self {
        Self::ALL.into_iter().find(|tier| tokens <= tier.target(complete)).unwrap_or(Self::Complete)
    }
}

#[cfg(test)]
mod tests {
    use super::Tier;

    #[test]
    fn names_round_trip() {
        for tier in Tier::ALL {
            assert_eq!(Tier::parse(tier.as_str()), Some(tier));
        }
        assert_eq!(Tier::parse("auto"), None);
    }

    #[test]
    fn targets_grow_with_the_tier() {
        assert!(Tier::ALL.windows(2).all(|pair| pair[0].target(1000) < pair[1].target(1000)));
        assert_eq!(Tier::of_size(450, 1000), Tier::Standard);
    }
}
