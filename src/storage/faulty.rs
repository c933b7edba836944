//! A store that fails when told to: for tests of what happens then.

use super::store::{Batch, Found, Pending, Store};
use crate::error::{Error, Result};
use std::cell::RefCell;
use std::future::ready;

/// Names an operation of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// [`Store::get`].
    Get,
    /// [`Store::write`].
    Write,
    /// [`Store::keys`].
    Keys,
    /// [`Store::load`].
    Load,
}

type Plan = dyn FnMut(Operation) -> Option<Error>;

/// Asks a plan before every operation of the store inside, and fails with the error that the plan gives.
///
/// ```
/// use trimtab::storage::{FaultyStore, MemoryStore, Operation};
/// use trimtab::{Error, ErrorKind};
///
/// let full = Error::new(ErrorKind::StorageFull, "no space");
/// let store = FaultyStore::new(MemoryStore::default(), move |operation| {
///     (operation == Operation::Write).then(|| full.clone())
/// });
/// ```
pub struct FaultyStore<S> {
    inside: S,
    plan: RefCell<Box<Plan>>,
}

impl<S: Store> FaultyStore<S> {
    /// Puts the plan around `inside`.
    pub fn new(inside: S, plan: impl FnMut(Operation) -> Option<Error> + 'static) -> Self {
        Self { inside, plan: RefCell::new(Box::new(plan)) }
    }

    fn ask(&self, operation: Operation) -> Result<()> {
        (self.plan.borrow_mut())(operation).map_or(Ok(()), Err)
    }

    fn guarded<'a, T: 'a>(
        &'a self,
        operation: Operation,
        then: impl FnOnce(&'a S) -> Pending<'a, T>,
    ) -> Pending<'a, T> {
        match self.ask(operation) {
            Ok(()) => then(&self.inside),
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}

impl<S: Store> Store for FaultyStore<S> {
    fn get<'a>(&'a self, name: &'a str) -> Pending<'a, Option<Vec<u8>>> {
        self.guarded(Operation::Get, |inside| inside.get(name))
    }

    fn write(&self, batch: Batch) -> Pending<'_, ()> {
        self.guarded(Operation::Write, |inside| inside.write(batch))
    }

    fn keys<'a>(&'a self, prefix: &'a str) -> Pending<'a, Vec<String>> {
        self.guarded(Operation::Keys, |inside| inside.keys(prefix))
    }

    fn load<'a>(&'a self, prefix: &'a str, found: Found<'a>) -> Pending<'a, ()> {
        self.guarded(Operation::Load, |inside| inside.load(prefix, found))
    }
}

impl<S> std::fmt::Debug for FaultyStore<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FaultyStore").finish_non_exhaustive()
    }
}
