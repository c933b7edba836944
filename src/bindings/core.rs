//! One instance: the engine, and the store it writes to.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::clock::Clock;
use super::flat;
use super::json::to_json;
use super::set_options::set_options;
use super::values::{CacheFigures, write};
use crate::engine::{Begun, Engine, Input, Job, Output, Settings};
use crate::metrics::{Format, Query, json};
use crate::persistence::Persistence;
use crate::tokenizer::bindings::Tokenizer;

type Thrown<T> = Result<T, JsValue>;

#[wasm_bindgen]
pub struct Core {
    pub(super) engine: Rc<RefCell<Engine>>,
    pub(super) store: Rc<RefCell<Option<Persistence>>>,
    clock: Clock,
}

#[wasm_bindgen]
impl Core {
    #[wasm_bindgen(constructor)]
    pub fn new(tokenizer: &Tokenizer, settings: JsValue) -> Thrown<Core> {
        let engine = Engine::new(tokenizer.shared(), Settings::from_json(to_json(&settings))?)?;
        Ok(Self { engine: Rc::new(RefCell::new(engine)), store: Rc::default(), clock: Clock::default() })
    }

    pub fn encoding(&self) -> String {
        self.engine.borrow().tokenizer().name().to_owned()
    }

    pub fn optimize(&self, input: JsValue, now: f64) -> Thrown<JsValue> {
        let input = Input::from_json(to_json(&input))?;
        let begun = self.engine.borrow_mut().begin(input, now)?;
        let output = match begun {
            Begun::Cached(output) => *output,
            Begun::Work(job) => self.work(*job, now)?,
        };
        write(&output)
    }

    /// Times each step here, because the core has no clock.
    fn work(&self, mut job: Job, now: f64) -> Thrown<Output> {
        let mut since = self.clock.ms();
        while job.advance()?.is_some() {
            let at = self.clock.ms();
            job.took(at - since);
            since = at;
        }
        Ok(self.engine.borrow_mut().finish(job, now)?)
    }

    pub fn load(&self, input: JsValue, now: f64) -> Thrown<JsValue> {
        let steps = self.engine.borrow_mut().load(Input::from_json(to_json(&input))?, now)?;
        write(&steps)
    }

    pub fn expand(&self, reference: &str, now: f64) -> Thrown<String> {
        Ok(self.engine.borrow_mut().expand(reference, now)?)
    }

    pub fn restore(&self, text: &str, now: f64) -> Thrown<String> {
        Ok(self.engine.borrow_mut().restore(text, now)?)
    }

    pub fn missing_in(&self, text: &str, now: f64) -> Vec<String> {
        self.engine.borrow().missing_in(text, now)
    }

    pub fn missing_for(&self, reference: &str, now: f64) -> Vec<String> {
        self.engine.borrow().missing_for(reference, now)
    }

    pub fn missing_value(&self, key: &str, now: f64) -> Vec<String> {
        self.engine.borrow().missing_value(key, now)
    }

    pub fn feedback(&self, id: &str, useful: bool, now: f64) -> Thrown<()> {
        Ok(self.engine.borrow_mut().feedback(id, useful, now)?)
    }

    pub fn export_profile(&self) -> Thrown<Vec<u8>> {
        Ok(self.engine.borrow().export_profile()?)
    }

    pub fn import_profile(&self, bytes: &[u8]) -> Thrown<()> {
        Ok(self.engine.borrow_mut().import_profile(bytes)?)
    }

    pub fn reset_profile(&self) {
        self.engine.borrow_mut().reset_profile();
    }

    pub fn record(&self, shape: &[f64], texts: &str, now: f64) -> Thrown<Option<String>> {
        Ok(self.engine.borrow_mut().record_call(&flat::value(shape, texts), now)?.unpriced)
    }

    /// Says that records are to be told of, too.
    pub fn listen(&self) {
        self.engine.borrow_mut().listen();
    }

    pub fn record_failure(&self, code: &str, now: f64) {
        self.engine.borrow_mut().record_failure(code, now);
    }

    /// What there is to tell, as JSON; nothing is no text.
    pub fn take_events(&self) -> Option<String> {
        let events = self.engine.borrow_mut().take_events();
        (!events.is_empty()).then(|| json::text(&events))
    }

    /// Answers a question about the metrics, as JSON: a hundred times fewer crossings than a value of JavaScript's takes.
    pub fn ask(&self, question: &str, query: JsValue, now: f64) -> Thrown<String> {
        Ok(self.engine.borrow_mut().ask(question, &to_json(&query), now)?)
    }

    pub fn export(&self, format: &str, query: JsValue, now: f64) -> Thrown<String> {
        let query = Query::from_json(&to_json(&query), now)?;
        Ok(self.engine.borrow().metrics().export(Format::from_name(format)?, &query, now))
    }

    pub fn budget(&self, allowance: JsValue, now: f64) -> Thrown<String> {
        Ok(self.engine.borrow().budget(&to_json(&allowance), now)?)
    }

    pub fn set_alerts(&self, rules: JsValue, now: f64) -> Thrown<()> {
        Ok(self.engine.borrow_mut().set_alerts(&to_json(&rules), now)?)
    }

    pub fn clear_metrics(&self) {
        self.engine.borrow_mut().clear_metrics();
    }

    pub fn import(&self, shape: &[f64], texts: &str, now: f64) -> Thrown<String> {
        Ok(self.engine.borrow_mut().import(&flat::value(shape, texts), now)?)
    }

    pub fn cache_get(&self, key: &str, now: f64) -> Option<Vec<u8>> {
        self.engine.borrow_mut().value(key, now).map(<[u8]>::to_vec)
    }

    pub fn cache_set(&self, key: &str, value: Vec<u8>, options: JsValue, now: f64) -> Thrown<bool> {
        let options = set_options(options)?;
        Ok(self.engine.borrow_mut().set_value(key, value, options, now))
    }

    /// The keys of the caller's values that are likely to be asked for next and that memory does not have.
    pub fn cache_expected(&self, now: f64) -> Vec<String> {
        let expected = self.engine.borrow().expected(now);
        expected.iter().filter_map(|key| key.strip_prefix("value:")).map(str::to_owned).collect()
    }

    pub fn cache_set_ahead(&self, key: &str, value: Vec<u8>, options: JsValue, now: f64) -> Thrown<bool> {
        let options = set_options(options)?;
        Ok(self.engine.borrow_mut().keep_ahead(key, value, options, now))
    }

    pub fn cache_has(&self, key: &str, now: f64) -> bool {
        self.engine.borrow().has_value(key, now)
    }

    pub fn cache_delete(&self, key: &str, now: f64) -> bool {
        self.engine.borrow_mut().delete_value(key, now)
    }

    pub fn cache_clear(&self) {
        self.engine.borrow_mut().clear_cache();
    }

    pub fn cache_stats(&self) -> Thrown<JsValue> {
        let engine = self.engine.borrow();
        let (stats, size, weight, capacity) = engine.cache_stats();
        write(&CacheFigures { stats, size, weight, capacity, ahead: Some(engine.ahead_figures()) })
    }
}
