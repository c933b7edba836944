//! The tokenizer of one encoding, as JavaScript sees it. It forwards, and decides nothing.

#![allow(missing_docs, unreachable_pub)] // what wasm-bindgen exports is reached from JavaScript alone

mod growing;
#[cfg(feature = "ids")]
mod ids;
mod names;
mod text;
#[cfg(feature = "ids")]
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

    /// A tokenizer that the caller brings, from a pack with all of it.
    #[cfg(feature = "own")]
    pub fn own(pack: &[u8]) -> std::result::Result<Self, JsValue> {
        Ok(Self { inner: Rc::new(crate::Tokenizer::own(pack)?), text: Rc::default() })
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
