//! What every store can do.

use crate::error::Result;
use std::future::Future;
use std::pin::Pin;

/// What a store operation returns: not `Send`, because JavaScript's objects stay on their thread.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + 'a>>;

/// Names and what to put under them; `None` deletes. Where a name comes twice, the later one counts.
pub type Batch = Vec<(String, Option<Vec<u8>>)>;

/// Who is given a name and what lies under it, as it is read.
pub type Found<'a> = &'a mut dyn FnMut(&str, &[u8]);

/// Keeps bytes under names.
///
/// Names are made by [`Names`](super::Names): ASCII letters, digits and `:~=_-` only, so that no backend has to escape. What
/// isn't bytes, because someone else wrote it, reads as no bytes (`Some(vec![])`), which no record is.
pub trait Store {
    /// Reads what lies under `name`.
    fn get<'a>(&'a self, name: &'a str) -> Pending<'a, Option<Vec<u8>>>;

    /// Writes and deletes all of `batch`, or, where the store has transactions, nothing of it.
    ///
    /// When this has returned `Ok`, the store has acknowledged all of it.
    ///
    /// # Errors
    /// `StorageFull` when there is no space, `StorageUnavailable` otherwise.
    fn write(&self, batch: Batch) -> Pending<'_, ()>;

    /// Lists the names that start with `prefix`, sorted.
    fn keys<'a>(&'a self, prefix: &'a str) -> Pending<'a, Vec<String>>;

    /// Gives everything whose name starts with `prefix`, in any order: one crossing, for a warm start.
    ///
    /// What is read is handed on at once, since thousands of records copied into a list take longer than reading them. After an
    /// error some were given, and where a store tries again, a record may be given twice.
    fn load<'a>(&'a self, prefix: &'a str, found: Found<'a>) -> Pending<'a, ()>;

    /// Deletes everything whose name starts with `prefix`.
    fn clear<'a>(&'a self, prefix: &'a str) -> Pending<'a, ()> {
        Box::pin(async move {
            let names = self.keys(prefix).await?;
            self.write(names.into_iter().map(|name| (name, None)).collect()).await
        })
    }
}
