//! Where the state is kept: IndexedDB, localStorage, memory, or a store of the caller's.
//!
//! [`Store`] is what a backend does: bytes under names. [`Records`] is what the rest of the house sees: one namespace
//! of a store, each record in an envelope with a checksum. A new backend is one file, and one line in `open`.

#[cfg(any(target_arch = "wasm32", test))]
mod bucket;
mod checksum;
pub mod dense_text;
mod faulty;
mod frame;
mod memory;
mod names;
mod records;
mod store;

#[cfg(target_arch = "wasm32")]
mod external;
#[cfg(target_arch = "wasm32")]
mod guard;
#[cfg(target_arch = "wasm32")]
mod indexed_db;
#[cfg(target_arch = "wasm32")]
mod local_storage;
#[cfg(target_arch = "wasm32")]
mod open;

pub use faulty::{FaultyStore, Operation};
pub use frame::{seal, unseal};
pub use memory::MemoryStore;
pub use names::Names;
pub use records::Records;
pub use store::{Batch, Found, Pending, Store};

#[cfg(target_arch = "wasm32")]
pub use external::ExternalStore;
#[cfg(target_arch = "wasm32")]
pub use indexed_db::IndexedDbStore;
#[cfg(target_arch = "wasm32")]
pub use local_storage::LocalStorageStore;
#[cfg(target_arch = "wasm32")]
pub use open::{Choice, Opened, open};
