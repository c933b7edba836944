//! The tokenizer of one encoding, as JavaScript sees it. It forwards, and decides nothing.

#![allow(missing_docs, unreachable_pub)] // what wasm-bindgen exports is reached from JavaScript alone

mod growing;
mod names;
mod text;
mod units;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use names::Names;
use text::TextBuffer;
use trimtab_error::{Error, ErrorKind, Result};

use crate::{CountTokens, Encoding, Specials, encoding_for_model};

#[wasm_bindgen]
pub struct Tokenizer {
    inner: Rc<crate::Tokenizer>,
    text: Rc<RefCell<TextBuffer>>,
}

impl Tokenizer {
    /// Shares the tokenizer with the rooms above.
    pub fn shared(&self) -> Rc<crate::Tokenizer> {
        Rc::clone(&self.inner)
    }
}

#[wasm_bindgen]
impl Tokenizer {
    #[wasm_bindgen(constructor)]
    pub fn new(encoding: &str, pack: Vec<u8>) -> std::result::Result<Self, JsValue> {
        let inner = crate::Tokenizer::new(known(encoding)?, pack)?;
        Ok(Self { inner: Rc::new(inner), text: Rc::default() })
    }

    pub fn reserve(&self, len: usize) -> std::result::Result<*const u8, JsValue> {
        Ok(self.text.borrow_mut().reserve(len)?)
    }

    pub fn count(&self, len: usize) -> usize {
        self.text.borrow_mut().with(len, |text| self.inner.count(text))
    }

    pub fn count_up_to(&self, len: usize, limit: usize) -> Option<usize> {
        self.text.borrow_mut().with(len, |text| self.inner.count_up_to(text, limit))
    }

    pub fn encode(&self, len: usize) -> std::result::Result<Vec<u32>, JsValue> {
        Ok(self.text.borrow_mut().with(len, |text| self.inner.encode(text))?)
    }

    pub fn encode_with(&self, len: usize, allowed: &str, disallowed: &str) -> std::result::Result<Vec<u32>, JsValue> {
        let (allowed, disallowed) = (Names::read(allowed), Names::read(disallowed));
        let specials = Specials { allowed: allowed.as_names(), disallowed: disallowed.as_names() };
        Ok(self.text.borrow_mut().with(len, |text| self.inner.encode_with(text, specials))?)
    }

    /// Without a limit where it is `u32::MAX`, as the longest text is shorter.
    pub fn count_with(
        &self,
        len: usize,
        allowed: &str,
        disallowed: &str,
        limit: usize,
    ) -> std::result::Result<Option<usize>, JsValue> {
        let (allowed, disallowed) = (Names::read(allowed), Names::read(disallowed));
        let specials = Specials { allowed: allowed.as_names(), disallowed: disallowed.as_names() };
        Ok(self.text.borrow_mut().with(len, |text| self.inner.count_with(text, specials, limit))?)
    }

    /// Where chunks start and end, in turn, in UTF-16 code units.
    pub fn split(&self, len: usize, tokens: usize, overlap: usize) -> std::result::Result<Vec<u32>, JsValue> {
        let chunks =
            |text: &str| -> Result<Vec<u32>> { Ok(units::of_ranges(text, &self.inner.split(text, tokens, overlap)?)) };
        Ok(self.text.borrow_mut().with(len, chunks)?)
    }

    /// Bytes that are not UTF-8, where the ids cut a character, become U+FFFD.
    pub fn decode(&self, ids: &[u32]) -> std::result::Result<String, JsValue> {
        let bytes = self.inner.decode(ids)?;
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }
}

/// The name of the encoding that `model` counts with.
#[wasm_bindgen]
pub fn encoding_name(model: &str) -> std::result::Result<String, JsValue> {
    Ok(encoding_for_model(model)?.name.to_owned())
}

/// Whether `model` is known to count with a tokenizer that is not here.
#[wasm_bindgen]
pub fn counts_elsewhere(model: &str) -> bool {
    crate::counts_elsewhere(model)
}

/// The name of the pack that `encoding` needs.
#[wasm_bindgen]
pub fn pack_name(encoding: &str) -> std::result::Result<String, JsValue> {
    Ok(known(encoding)?.pack.to_owned())
}

fn known(encoding: &str) -> Result<&'static Encoding> {
    crate::encoding(encoding).ok_or_else(|| {
        let names: Vec<_> = crate::ENCODINGS.iter().map(|encoding| encoding.name).collect();
        let message = format!("'{encoding}' is not a known encoding: there are {}", names.join(", "));
        Error::new(ErrorKind::UnknownModel, message)
    })
}
