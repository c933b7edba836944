//! Token ids, and chunks that are cut by tokens: what who only counts goes without.

use wasm_bindgen::prelude::*;

use super::names::Names;
use super::{Tokenizer, units};
use crate::Specials;

type Thrown<T> = Result<T, JsValue>;

#[wasm_bindgen]
impl Tokenizer {
    pub fn encode(&self, len: usize) -> Thrown<Vec<u32>> {
        Ok(self.text.borrow_mut().with(len, |text| self.inner.encode(text))?)
    }

    pub fn encode_with(&self, len: usize, allowed: &str, disallowed: &str) -> Thrown<Vec<u32>> {
        let (allowed, disallowed) = (Names::read(allowed), Names::read(disallowed));
        let specials = Specials { allowed: allowed.as_names(), disallowed: disallowed.as_names() };
        Ok(self.text.borrow_mut().with(len, |text| self.inner.encode_with(text, specials))?)
    }

    /// Where chunks start and end, in turn, in UTF-16 code units.
    pub fn split(&self, len: usize, tokens: usize, overlap: usize) -> Thrown<Vec<u32>> {
        let chunks = |text: &str| -> trimtab_error::Result<Vec<u32>> {
            Ok(units::of_ranges(text, &self.inner.split(text, tokens, overlap)?))
        };
        Ok(self.text.borrow_mut().with(len, chunks)?)
    }

    /// Bytes that are not UTF-8, where the ids cut a character, become U+FFFD.
    pub fn decode(&self, ids: &[u32]) -> Thrown<String> {
        let bytes = self.inner.decode(ids)?;
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }
}
