//! What outlives an instance: what changed goes to the store, and what memory lacks comes from there.
//!
//! Nothing is borrowed while the store works, so calls may overlap; two flushes must not, or an older value might be the
//! last to be written.

use std::cell::RefCell;
use std::rc::Rc;

use hashbrown::HashSet;

use crate::engine::{ENTRIES, Engine, STATE};
use crate::error::{Error, ErrorKind, Result};
use crate::metrics::PREFIX;
use crate::storage::Records;

/// An engine and the store that it is kept in. Clones share both.
#[derive(Clone)]
pub struct Persistence {
    engine: Rc<RefCell<Engine>>,
    records: Records,
}

/// How much of a store is read at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// All of it: for a store on this machine.
    Whole,
    /// The state beside the cache, and the rest when it is asked for: for a store across a network.
    State,
}

/// What could not be taken in.
#[derive(Default)]
struct Unread {
    failures: Vec<Error>,
    damaged: HashSet<String>,
}

impl Unread {
    fn told(mut self) -> Vec<Error> {
        if !self.damaged.is_empty() {
            let message = format!("{} stored records are damaged and were skipped", self.damaged.len());
            self.failures.push(Error::new(ErrorKind::CorruptRecord, message));
        }
        self.failures
    }
}

impl Persistence {
    /// Takes in what the store holds, and gives what could not be, each with the reason.
    pub async fn open(engine: Rc<RefCell<Engine>>, records: Records, start: Start, now: f64) -> (Self, Vec<Error>) {
        let persistence = Self { engine, records };
        let mut unread = Unread::default();
        if let Err(error) = persistence.read(start, now, &mut unread).await {
            unread.failures.push(error);
        }
        persistence.engine.borrow_mut().settle(now);
        (persistence, unread.told())
    }

    async fn read(&self, start: Start, now: f64, unread: &mut Unread) -> Result<()> {
        let prefix = if start == Start::Whole { "" } else { PREFIX };
        self.records.load(prefix, |key, found| self.take_in(key, found, now, unread)).await?;
        for key in STATE.into_iter().filter(|_| start == Start::State) {
            match self.records.get(key).await {
                Ok(Some(bytes)) => self.take_in(key, Ok(&bytes), now, unread),
                Ok(None) => {}
                Err(error) if error.kind() == ErrorKind::CorruptRecord => self.take_in(key, Err(error), now, unread),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn take_in(&self, key: &str, found: Result<&[u8]>, now: f64, unread: &mut Unread) {
        match found {
            Ok(bytes) => unread.failures.extend(self.engine.borrow_mut().hydrate(key, bytes, now).err()),
            Err(_) => drop(unread.damaged.insert(key.to_owned())),
        }
    }

    /// Writes what changed, and gives the keys. What could not be written is tried again the next time.
    ///
    /// Where there is no space, the entries that are worth least leave, and it is tried once more.
    ///
    /// # Errors
    /// `StorageFull` where there is no space even then, `StorageUnavailable` where the store fails.
    pub async fn flush(&self, now: f64) -> Result<Vec<String>> {
        let written = self.write_changes(now).await;
        if !written.as_ref().is_err_and(|error| error.kind() == ErrorKind::StorageFull) {
            return written;
        }
        self.engine.borrow_mut().make_room(now);
        self.write_changes(now).await
    }

    async fn write_changes(&self, now: f64) -> Result<Vec<String>> {
        let writes = self.engine.borrow_mut().take_writes(now);
        let keys: Vec<String> = writes.iter().map(|(key, _)| key.clone()).collect();
        match self.records.write(writes).await {
            Ok(()) => {
                self.engine.borrow_mut().wrote();
                Ok(keys)
            }
            Err(error) => {
                self.engine.borrow_mut().put_back(keys);
                Err(error)
            }
        }
    }

    /// Forgets every entry, here and in the store, those too that memory never had; gives the keys.
    ///
    /// # Errors
    /// `StorageUnavailable` where the store fails; memory has nothing then, and the store some.
    pub async fn clear(&self, now: f64) -> Result<Vec<String>> {
        self.engine.borrow_mut().clear_cache();
        // What was deleted one by one is no more to be told.
        let mut cleared = self.flush(now).await?;
        for prefix in ENTRIES {
            cleared.extend(self.records.keys(prefix).await?);
            self.records.clear(prefix).await?;
        }
        Ok(cleared)
    }

    /// Reads entries that memory does not have. One that is damaged does not keep the others from being read.
    ///
    /// # Errors
    /// The first failure, after everything was tried.
    pub async fn fetch(&self, keys: Vec<String>, now: f64) -> Result<()> {
        let mut outcome = Ok(());
        for key in keys {
            let read = match self.records.get(&key).await {
                Ok(Some(bytes)) => self.engine.borrow_mut().hydrate(&key, &bytes, now),
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            };
            outcome = outcome.and(read);
        }
        outcome
    }

    /// Reads what other instances have measured since; true where something is new. What is damaged is skipped.
    ///
    /// # Errors
    /// `StorageUnavailable` where the store fails.
    pub async fn refresh(&self, now: f64) -> Result<bool> {
        let before = self.engine.borrow().metrics().parts();
        let keys = self.records.keys(PREFIX).await?;
        let wanted = self.engine.borrow_mut().wanted(keys);
        for key in wanted {
            if let Ok(Some(bytes)) = self.records.get(&key).await {
                let _ = self.engine.borrow_mut().hydrate(&key, &bytes, now);
            }
        }
        self.engine.borrow_mut().settle(now);
        let after = self.engine.borrow().metrics().parts();
        Ok(before != after)
    }

    /// Loads what is likely to be asked for next, and gives the keys that were loaded.
    ///
    /// # Errors
    /// `StorageUnavailable` where the store fails, `CorruptRecord` where a record is damaged.
    pub async fn load_ahead(&self, now: f64) -> Result<Vec<String>> {
        let wants_names = self.engine.borrow_mut().wants_names();
        if wants_names {
            let keys = self.records.keys("value:").await?;
            self.engine.borrow_mut().name_keys(keys);
        }
        let expected = self.engine.borrow().expected(now);
        let mut loaded = Vec::new();
        for key in expected {
            if let Some(bytes) = self.records.get(&key).await?
                && self.engine.borrow_mut().load_ahead(&key, &bytes, now)
            {
                loaded.push(key);
            }
        }
        Ok(loaded)
    }
}

impl std::fmt::Debug for Persistence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Persistence").field("records", &self.records).finish_non_exhaustive()
    }
}
