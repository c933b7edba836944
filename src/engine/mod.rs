//! The only room that knows all the others: takes a prompt through them, and keeps what came of it.

mod ahead;
mod cautious;
mod entries;
mod fields;
mod generations;
mod input;
mod job;
mod keeping;
mod key;
mod learning;
mod output;
mod parts;
mod questions;
mod recall;
mod settings;
mod source_file;
mod task;

use std::rc::Rc;

use hashbrown::HashSet;
use serde_json::Value;

use crate::alerts::{Alert, Alerts};
use crate::cache::{Cache, CacheStats, SetOptions};
use crate::error::{Error, ErrorKind, Result};
use crate::forms;
use crate::metrics::json::{Fields as JsonFields, Json, push_field};
use crate::metrics::object;
use crate::metrics::prefix::Prefixes;
use crate::metrics::{Metrics, Operation, Record, Recorded};
use crate::ordered::sort;
use crate::profile::Profile;
use crate::select::{self, Goal, Tier};
use crate::tokenizer::Tokenizer;

use ahead::Ahead;
pub use ahead::AheadFigures;
pub use entries::ENTRIES;
use entries::Held;
pub use fields::Fields;
pub use input::{Input, InputPart, Shape};
pub use job::Job;
use learning::Asked;
pub use output::{LoadStep, Omission, Output, Stats, Step, Tokens};
pub use recall::Recall;
pub use settings::Settings;

/// Keys under which the state beside the cache is stored; the metrics have several of their own.
const ALERTS: &str = "alerts";
const PROFILE: &str = "profile";
/// All of them: figures and hashes, never a text.
pub const STATE: [&str; 2] = [ALERTS, PROFILE];

/// Optimizes, remembers, learns and measures, for one encoding.
pub struct Engine {
    tokenizer: Rc<Recall>,
    settings: Settings,
    cache: Cache<Held>,
    metrics: Metrics,
    prefixes: Prefixes,
    alerts: Alerts,
    profile: Profile,
    asked: Asked,
    ahead: Ahead,
    events: Vec<Event>,
    /// Whether records are told of: most programs listen for alerts alone.
    listening: bool,
    /// Whether other instances may have the same store.
    shares: bool,
    /// Keys whose values the store does not have yet.
    unwritten: HashSet<String>,
    /// Keys on their way to the store.
    writing: HashSet<String>,
}

/// Something to tell the caller's listeners.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// An operation was measured.
    Record(Box<Record>),
    /// A threshold was crossed.
    Alert(Alert),
    /// Alerts are to be looked at together with what other instances know: [`Engine::take_turn`].
    Turn,
}

object!(Event);
impl JsonFields for Event {
    fn fields(&self, out: &mut String) {
        let (event, detail): (&str, &dyn Json) = match self {
            Self::Record(record) => ("record", record.as_ref()),
            Self::Alert(alert) => ("alert", alert),
            Self::Turn => ("turn", &None::<f64>),
        };
        push_field(out, "event", &event);
        push_field(out, "detail", detail);
    }
}

/// How an optimization goes on.
pub enum Begun {
    /// The cache had the answer.
    Cached(Box<Output>),
    /// There is work to do: [`Job::advance`] until it is done, then [`Engine::finish`].
    Work(Box<Job>),
}

impl Engine {
    /// Starts empty.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a setting that can't be, saying which.
    pub fn new(tokenizer: Rc<Tokenizer>, settings: Settings) -> Result<Self> {
        let cache = Cache::new(&settings.cache()?)?;
        let alerts = settings.alerts()?;
        let mut metrics = Metrics::default();
        settings.set_prices(&mut metrics)?;
        let tokenizer = Rc::new(Recall::new(tokenizer));
        let (profile, asked, prefixes) = (Profile::default(), Asked::default(), Prefixes::default());
        metrics.keep(settings.writer(), settings.limits());
        let (events, unwritten) = (Vec::new(), HashSet::new());
        let ahead = Ahead::default();
        Ok(Self {
            tokenizer,
            settings,
            cache,
            metrics,
            prefixes,
            alerts,
            profile,
            asked,
            ahead,
            events,
            listening: false,
            shares: false,
            unwritten,
            writing: HashSet::new(),
        })
    }

    /// The tokenizer that everything is counted with.
    pub fn tokenizer(&self) -> &Rc<Tokenizer> {
        self.tokenizer.tokenizer()
    }

    /// Takes a request in: answers from the cache, or gives the work to do.
    pub fn begin(&mut self, input: Input, now: f64) -> Result<Begun> {
        let choice = self.choose_tier(&input, now)?;
        let key = key::of(&input, choice.goal, &choice.interests, self.tokenizer().name());
        if let Some(mut output) = self.remembered(&key, now) {
            if !matches!(choice.goal, Goal::Auto(_)) {
                // Another user may have come to the same goal for another reason.
                output.stats.reason = choice.reason;
            }
            self.note_optimized(&output, &input, now);
            return Ok(Begun::Cached(Box::new(output)));
        }
        Ok(Begun::Work(Box::new(Job::new(input, key, choice, Rc::clone(&self.tokenizer)))))
    }

    /// A result from the cache, if what it left out is still there too.
    fn remembered(&mut self, key: &str, now: f64) -> Option<Output> {
        let Some(Held::Result(output)) = self.cache.get(&entries::result(key), now) else { return None };
        let mut output = output.clone();
        let complete = output.record.as_ref().is_none_or(|id| self.cache.has(&entries::record(id), now));
        output.cached = true;
        complete.then_some(output)
    }

    /// Keeps what a finished job made, and measures it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] where the job has steps left.
    pub fn finish(&mut self, job: Job, now: f64) -> Result<Output> {
        let (mut output, record, input) = job.into_output()?;
        output.stats.saved_cost = self.saved_cost(&output, now);
        if let Some(record) = record {
            self.keep_record(record, output.took(), now);
        }
        let (weight, cost) = (output.weight(), output.took());
        self.keep(&entries::result(&output.id), Held::Result(output.clone()), weight, cost, now);
        self.note_optimized(&output, &input, now);
        Ok(output)
    }

    fn keep_record(&mut self, record: select::Record, cost: f64, now: f64) {
        let weight = record.weight() as u64;
        self.keep(&entries::record(record.id()), Held::Record(record), weight, cost, now);
    }

    /// Keeps what took `cost` ms to make.
    fn keep(&mut self, key: &str, held: Held, weight: u64, cost: f64, now: f64) {
        // What is too heavy is not kept, which the caller need not know: it can be made again.
        self.cache.set(key, held, SetOptions { weight, cost: Some(cost), ..SetOptions::default() }, now);
    }

    fn saved_cost(&mut self, output: &Output, now: f64) -> Option<f64> {
        let model = self.settings.model.as_deref()?;
        let saved = output.tokens.before as f64 - output.tokens.after as f64;
        let rates = self.metrics.prices.rates(None, model, now, output.tokens.before as u64)?;
        Some(rates.input? * saved / 1e6)
    }

    /// Makes all steps of a progressive answer, up to the tier or the budget that was asked for, else up to the complete
    /// text: whoever loads step by step stops when it is enough.
    pub fn load(&mut self, input: Input, now: f64) -> Result<Vec<LoadStep>> {
        let mut choice = self.choose_tier(&input, now)?;
        if input.is_open() {
            choice.goal = Goal::Tier(Tier::Complete);
        }
        let (steps, records) = Job::new(input, String::new(), choice, Rc::clone(&self.tokenizer)).load()?;
        records.into_iter().for_each(|record| self.keep_record(record, 0.0, now));
        Ok(steps)
    }

    /// The text behind an omission.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownRef`] where neither memory nor the store has it.
    pub fn expand(&mut self, reference: &str, now: f64) -> Result<String> {
        let id = record_id(reference);
        let Some(Held::Record(record)) = self.cache.get(&entries::record(id), now) else {
            let message = format!("nothing is known under '{reference}': it was never made here, or left the cache");
            return Err(Error::new(ErrorKind::UnknownRef, message));
        };
        let written = record.expand(reference)?;
        self.learn_from_expanding(id, now);
        // A run of a block's lines without its head can't be undone on its own: it is given as it was written.
        Ok(forms::restore(&written).unwrap_or_else(|_| forms::unescape(&written).into_owned()))
    }

    /// The source of an optimized text.
    ///
    /// # Errors
    /// [`ErrorKind::NotRestorable`] where the text was changed, or what it left out is gone.
    pub fn restore(&mut self, text: &str, now: f64) -> Result<String> {
        let mut text = text.to_owned();
        for id in record_ids(&text) {
            let Some(Held::Record(record)) = self.cache.get(&entries::record(&id), now) else {
                let message = format!("what '{id}' left out is not known: it was never made here, or left the cache");
                return Err(Error::new(ErrorKind::NotRestorable, message));
            };
            text = record.restore(&text)?.text;
        }
        if text.contains(select::GAP) {
            let message = "a part was left out for which the budget had no room to say where it is: \
                expand the refs in `omitted`";
            return Err(Error::new(ErrorKind::NotRestorable, message));
        }
        forms::restore(&text)
    }

    /// The keys of records that `text` needs and memory does not have.
    pub fn missing_in(&self, text: &str, now: f64) -> Vec<String> {
        record_ids(text).iter().filter_map(|id| self.missing(&entries::record(id), now)).collect()
    }

    /// The key of the record that `reference` needs, where memory does not have it.
    pub fn missing_for(&self, reference: &str, now: f64) -> Vec<String> {
        self.missing(&entries::record(record_id(reference)), now).into_iter().collect()
    }

    /// The key of the caller's value, where memory does not have it.
    pub fn missing_value(&self, key: &str, now: f64) -> Vec<String> {
        self.missing(&entries::value(key), now).into_iter().collect()
    }

    fn missing(&self, key: &str, now: f64) -> Option<String> {
        (!self.cache.has(key, now) && !self.is_pending(key)).then(|| key.to_owned())
    }

    /// Reads one of the caller's values.
    pub fn value(&mut self, key: &str, now: f64) -> Option<&[u8]> {
        self.note_asked(key);
        match self.cache.get(&entries::value(key), now) {
            Some(Held::Value(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// Keeps one of the caller's values, and tells whether it was kept.
    pub fn set_value(&mut self, key: &str, value: Vec<u8>, options: SetOptions, now: f64) -> bool {
        self.cache.set(&entries::value(key), Held::Value(value), options, now).is_kept()
    }

    /// Whether one of the caller's values is there; counts nothing.
    pub fn has_value(&self, key: &str, now: f64) -> bool {
        self.cache.has(&entries::value(key), now)
    }

    /// Forgets one of the caller's values, and tells whether it was there.
    pub fn delete_value(&mut self, key: &str, now: f64) -> bool {
        let key = entries::value(key);
        let was_there = self.cache.delete(&key, now);
        // The store may have what memory does not.
        self.unwritten.insert(key);
        was_there
    }

    /// Forgets the caller's values and everything the optimizer kept.
    pub fn clear_cache(&mut self) {
        self.cache.clear();
    }

    /// What the cache did, and how many entries of which weight it has.
    pub fn cache_stats(&self) -> (CacheStats, usize, u64, u64) {
        (self.cache.stats(), self.cache.len(), self.cache.weight(), self.cache.capacity())
    }

    /// Takes in a model call that the application reports.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for amounts that can't be.
    pub fn record_call(&mut self, call: &Value, now: f64) -> Result<Recorded> {
        let mut record = Record::from_json(call, now)?;
        if record.model.is_none() {
            record.model.clone_from(&self.settings.model);
        }
        self.add(record, now)
    }

    /// The answers to questions about what was measured.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// From now on records are told of.
    pub fn listen(&mut self) {
        self.listening = true;
    }

    /// Takes what there is to tell.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    fn note_optimized(&mut self, output: &Output, input: &Input, now: f64) {
        self.learn_from_serving(output, input, now);
        let mut record = output.to_record(input, now);
        record.model.clone_from(&self.settings.model);
        record.encoding = Some(self.tokenizer().name().to_owned());
        self.simulate_provider_cache(output, input, &mut record, now);
        self.note(record, now);
    }

    /// Follows what the provider's cache would read of the prompt as it came and as it goes out.
    fn simulate_provider_cache(&mut self, output: &Output, input: &Input, record: &mut Record, now: f64) {
        let Some(model) = record.model.as_deref() else { return };
        let source: usize = input.parts.iter().map(|part| part.text.len()).sum();
        let texts = input.parts.iter().map(|part| part.text.as_str());
        let before = self.prefixes.read(&format!("{model} as it came"), texts, now);
        let after = self.prefixes.read(model, std::iter::once(output.text.as_str()), now);
        let tokens = |read: usize, length: usize, all: usize| (read as u64 * all as u64).checked_div(length as u64);
        record.cache_read_before = tokens(before, source, output.tokens.before);
        record.cache_read_after = tokens(after, output.text.len(), output.tokens.after);
    }

    /// Counts a request that failed and went out as it was.
    pub fn record_failure(&mut self, code: &str, now: f64) {
        let mut record = Record::new(Operation::Optimize, now);
        record.error = Some(code.to_owned());
        self.note(record, now);
    }

    /// Adds a record of our own making, which can't be refused.
    fn note(&mut self, record: Record, now: f64) {
        let _ = self.add(record, now);
    }

    fn add(&mut self, mut record: Record, now: f64) -> Result<Recorded> {
        if !self.settings.keep_text() {
            record.hide_names();
        }
        let event = self.listening.then(|| Event::Record(Box::new(record.clone())));
        let recorded = self.metrics.record(record, now)?;
        self.events.extend(event);
        self.watch(now);
        Ok(recorded)
    }

    /// Says that other instances may have the same store: alerts are evaluated in turns from now on.
    pub fn share(&mut self) {
        self.shares = true;
    }

    /// Whether alerts are to be looked for.
    pub fn watches(&self) -> bool {
        self.alerts.are_set()
    }

    fn watch(&mut self, now: f64) {
        if !self.shares {
            let alerts = self.take_turn(now);
            self.events.extend(alerts.into_iter().map(Event::Alert));
        } else if !self.events.contains(&Event::Turn) && self.alerts.is_due(&self.metrics, now) {
            self.events.push(Event::Turn);
        }
    }

    /// Evaluates the alerts, and gives those that began or ended; the caller has read what others wrote before, writes
    /// what changed after, and sees to it that no other instance does the same meanwhile.
    pub fn take_turn(&mut self, now: f64) -> Vec<Alert> {
        self.events.retain(|event| *event != Event::Turn);
        if !self.alerts.is_due(&self.metrics, now) {
            return Vec::new();
        }
        self.unwritten.insert(ALERTS.to_owned());
        self.alerts.evaluate(&self.metrics, now)
    }
}

/// The ids of the records that the markers of a text point into, each once.
fn record_ids(text: &str) -> Vec<String> {
    let mut ids: Vec<String> =
        select::marker_ids(text).into_iter().map(|reference| record_id(reference).to_owned()).collect();
    sort(&mut ids);
    ids.dedup();
    ids
}

/// The id of the record that `reference` points into: `id.3` is its third omission.
fn record_id(reference: &str) -> &str {
    reference.split('.').next().unwrap_or(reference)
}
