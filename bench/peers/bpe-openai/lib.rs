//! Counts and encodes in o200k_base with `bpe-openai`, over a buffer that JavaScript writes text into.

use std::cell::RefCell;

thread_local! {
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static IDS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for `len` bytes, keeping what was written, and gives its address.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(len: usize) -> *const u8 {
    TEXT.with_borrow_mut(|text| {
        text.resize(len.max(text.len()), 0);
        text.as_ptr()
    })
}

/// The number of tokens in the first `len` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn count(len: usize) -> usize {
    with_text(len, |text| bpe_openai::o200k_base().count(text))
}

/// Encodes the first `len` bytes and gives the number of ids; `ids` is where they are.
#[unsafe(no_mangle)]
pub extern "C" fn encode(len: usize) -> usize {
    let ids = with_text(len, |text| bpe_openai::o200k_base().encode(text));
    IDS.replace(ids);
    IDS.with_borrow(Vec::len)
}

/// The address of the ids of the last `encode`.
#[unsafe(no_mangle)]
pub extern "C" fn ids() -> *const u32 {
    IDS.with_borrow(|ids| ids.as_ptr())
}

fn with_text<T>(len: usize, read: impl FnOnce(&str) -> T) -> T {
    TEXT.with_borrow(|text| read(std::str::from_utf8(&text[..len]).expect("TextEncoder writes UTF-8")))
}
