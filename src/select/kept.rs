//! The set of units that are kept, with what it is expected to cost.

/// Units kept so far, in the order of their coming.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    flags: Vec<bool>,
    added: Vec<usize>,
}

impl Kept {
    /// Keeps none of `units`.
    pub(crate) fn none(units: usize) -> Self {
        Self { flags: vec![false; units], added: Vec::new() }
    }

    /// Keeps all of `units`.
    pub(crate) fn all(units: usize) -> Self {
        Self { flags: vec![true; units], added: (0..units).collect() }
    }

    /// Tells whether a unit is kept.
    pub(crate) fn has(&self, unit: usize) -> bool {
        self.flags.get(unit).copied().unwrap_or(false)
    }

    /// Keeps a unit; tells whether it is new.
    pub(crate) fn add(&mut self, unit: usize) -> bool {
        match self.flags.get_mut(unit) {
            Some(flag) if !*flag => {
                *flag = true;
                self.added.push(unit);
                true
            }
            _ => false,
        }
    }

    /// Drops what came after the first `count` units.
    pub(crate) fn truncate(&mut self, count: usize) {
        for unit in self.added.drain(count.min(self.added.len())..) {
            if let Some(flag) = self.flags.get_mut(unit) {
                *flag = false;
            }
        }
    }

    /// The units kept, in the order of their coming.
    pub(crate) fn added(&self) -> &[usize] {
        &self.added
    }

    /// How many units are kept.
    pub(crate) const fn len(&self) -> usize {
        self.added.len()
    }

    /// Tells whether every unit is kept.
    pub(crate) const fn is_all(&self) -> bool {
        self.added.len() == self.flags.len()
    }
}
