//! Where the state is kept: IndexedDB, localStorage, memory, or a store of the caller's.
