//! What records can be told apart by: one line each in [`DIMENSIONS`].

use std::slice;

use super::record::Record;

/// One property of records that has names.
pub(super) struct Dimension {
    /// Its name in questions.
    pub(super) name: &'static str,
    values: for<'a> fn(&'a Record) -> &'a [String],
}

/// All dimensions there are.
pub(super) const DIMENSIONS: &[Dimension] = &[
    Dimension { name: "model", values: |record| one(&record.model) },
    Dimension { name: "user", values: |record| one(&record.user) },
    Dimension { name: "task", values: |record| one(&record.task) },
    Dimension { name: "tag", values: |record| &record.tags },
    Dimension { name: "tier", values: |record| one(&record.tier) },
    Dimension { name: "kind", values: |record| one(&record.kind) },
    Dimension { name: "provider", values: |record| one(&record.provider) },
    Dimension { name: "error", values: |record| one(&record.error) },
    Dimension { name: OPERATION, values: |_| &[] },
];

impl PartialEq for Dimension {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl std::fmt::Debug for Dimension {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The one whose names are not the caller's.
const OPERATION: &str = "operation";

impl Dimension {
    /// Finds a dimension by its name.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        DIMENSIONS.iter().find(|dimension| dimension.name == name)
    }

    /// The names that a record has here: none, one, or for tags several.
    pub(super) fn names<'a>(&self, record: &'a Record) -> impl Iterator<Item = &'a str> + use<'a> {
        let operation = (self.name == OPERATION).then(|| record.operation.name());
        (self.values)(record).iter().map(String::as_str).chain(operation)
    }
}

fn one(name: &Option<String>) -> &[String] {
    name.as_ref().map_or(&[], slice::from_ref)
}
