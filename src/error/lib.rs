//! The one error type, with a stable code and a sentence that states the facts.

#[cfg(feature = "js")]
pub mod thrown;

use std::fmt;

/// What went wrong, as a stable name that callers may match on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The budget is below the smallest honest answer.
    BudgetTooSmall,
    /// The model or encoding is not in the table.
    UnknownModel,
    /// The vocabulary pack is corrupt, truncated or of another version.
    InvalidPack,
    /// The vocabulary pack that is loaded is not the one that this needs.
    PackUnavailable,
    /// A text has the name of a special token that is refused.
    DisallowedSpecial,
    /// A token id that the encoding does not have.
    InvalidToken,
    /// An argument has the wrong shape or value.
    InvalidInput,
    /// Text that is not well-formed Unicode where exactness needs it.
    InvalidText,
    /// No omission is known under this reference.
    UnknownRef,
    /// A text that claims to be ours and can't be undone.
    NotRestorable,
    /// The store failed or is absent.
    StorageUnavailable,
    /// The store is full.
    StorageFull,
    /// What the store returned is not what was written.
    CorruptRecord,
    /// Memory for the input can't be had.
    OutOfMemory,
}

impl ErrorKind {
    /// The code that JavaScript sees; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BudgetTooSmall => "budget_too_small",
            Self::UnknownModel => "unknown_model",
            Self::InvalidPack => "invalid_pack",
            Self::PackUnavailable => "pack_unavailable",
            Self::DisallowedSpecial => "disallowed_special",
            Self::InvalidToken => "invalid_token",
            Self::InvalidInput => "invalid_input",
            Self::InvalidText => "invalid_text",
            Self::UnknownRef => "unknown_ref",
            Self::NotRestorable => "not_restorable",
            Self::StorageUnavailable => "storage_unavailable",
            Self::StorageFull => "storage_full",
            Self::CorruptRecord => "corrupt_record",
            Self::OutOfMemory => "out_of_memory",
        }
    }
}

/// An error of the core.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    minimum: Option<u64>,
}

impl Error {
    /// States what happened in one sentence with the facts in it.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), minimum: None }
    }

    /// Says that `asked` tokens are too few, and how many would do.
    pub fn budget_too_small(asked: u64, minimum: u64) -> Self {
        Self {
            kind: ErrorKind::BudgetTooSmall,
            message: format!("a budget of {asked} tokens is too small: the smallest that would do is {minimum}"),
            minimum: Some(minimum),
        }
    }

    /// Which kind of error this is.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The smallest budget that would do, in tokens, for [`ErrorKind::BudgetTooSmall`].
    pub const fn minimum(&self) -> Option<u64> {
        self.minimum
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// The result of a core operation.
pub type Result<T> = std::result::Result<T, Error>;
