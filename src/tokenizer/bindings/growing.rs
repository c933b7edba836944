//! The count of a growing text, as JavaScript sees it.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::Tokenizer;
use super::text::TextBuffer;

/// What is appended is read from the buffer of the tokenizer.
#[wasm_bindgen]
pub struct Growing {
    inner: crate::Growing,
    text: Rc<RefCell<TextBuffer>>,
}

#[wasm_bindgen]
impl Growing {
    #[wasm_bindgen(constructor)]
    pub fn new(tokenizer: &Tokenizer) -> Self {
        Self { inner: crate::Growing::new(tokenizer.shared()), text: Rc::clone(&tokenizer.text) }
    }

    pub fn append(&mut self, len: usize) {
        self.text.borrow_mut().with(len, |text| self.inner.append(text));
    }

    pub fn count(&mut self) -> usize {
        self.inner.count()
    }

    pub fn count_with(&mut self, len: usize) -> usize {
        self.text.borrow_mut().with(len, |text| self.inner.count_with(text))
    }
}
