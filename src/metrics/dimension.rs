//! What records can be told apart by: one line each in [`DIMENSIONS`].

use super::record::Record;

/// One property of records that has names.
pub(super) struct Dimension {
    /// Its name in questions.
    pub(super) name: &'static str,
    place: Place,
}

/// Where a record has the names.
enum Place {
    /// Among its labels, of which each has one name at most.
    Label(usize),
    Tags,
    /// The one whose names are not the caller's.
    Operation,
}

/// All dimensions there are.
pub(super) const DIMENSIONS: &[Dimension] = &[
    Dimension { name: "model", place: Place::Label(0) },
    Dimension { name: "user", place: Place::Label(6) },
    Dimension { name: "task", place: Place::Label(7) },
    Dimension { name: "tag", place: Place::Tags },
    Dimension { name: "tier", place: Place::Label(3) },
    Dimension { name: "kind", place: Place::Label(4) },
    Dimension { name: "provider", place: Place::Label(1) },
    Dimension { name: "error", place: Place::Label(5) },
    Dimension { name: "operation", place: Place::Operation },
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

impl Dimension {
    /// Finds a dimension by its name.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        DIMENSIONS.iter().find(|dimension| dimension.name == name)
    }

    /// Which of a record's labels it is, if it is one.
    pub(super) const fn label(&self) -> Option<usize> {
        if let Place::Label(place) = self.place { Some(place) } else { None }
    }

    /// Whether it is the tags.
    pub(super) const fn is_tags(&self) -> bool {
        matches!(self.place, Place::Tags)
    }

    /// Whether it is the operation.
    pub(super) const fn is_operation(&self) -> bool {
        matches!(self.place, Place::Operation)
    }

    /// The names that a record has here: none, one, or for tags several.
    pub(super) fn names<'a>(&self, record: &'a Record) -> impl Iterator<Item = &'a str> + use<'a> {
        let (names, operation): (&[String], _) = match self.place {
            Place::Label(place) => (record.labels().get(place).map_or(&[], |label| label.as_slice()), None),
            Place::Tags => (&record.tags, None),
            Place::Operation => (&[], Some(record.operation.name())),
        };
        names.iter().map(String::as_str).chain(operation)
    }
}
