//! What is known of one operation.

use serde::Serialize;
use serde_json::Value;

use super::columns::mark;
use super::json::{self, Json};
use super::series::fingerprint;
use super::usage::{Usage, tokens};
use crate::object;
use trimtab_codec::{Codec, Reader, codec, to_bytes};
use trimtab_error::{Error, ErrorKind, Result};

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// A prompt was optimized.
    Optimize,
    /// Tokens were counted.
    Count,
    /// The cache was asked.
    Cache,
    /// An omission was expanded.
    Expand,
    /// A source was restored.
    Restore,
    /// The application called a model and reported it.
    #[default]
    Call,
}

impl Operation {
    /// The name used in answers and exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Optimize => "optimize",
            Self::Count => "count",
            Self::Cache => "cache",
            Self::Expand => "expand",
            Self::Restore => "restore",
            Self::Call => "call",
        }
    }

    fn find(name: &str) -> Option<Self> {
        OPERATIONS.into_iter().find(|operation| operation.name() == name)
    }
}

pub(super) const OPERATIONS: [Operation; 6] =
    [Operation::Optimize, Operation::Count, Operation::Cache, Operation::Expand, Operation::Restore, Operation::Call];

impl Codec for Operation {
    fn write(&self, out: &mut Vec<u8>) {
        Codec::write(&self.name().to_owned(), out);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        Self::find(&String::read(reader)?)
    }
}

codec!(FormUse { form, before, after });
codec!(Record {
    id,
    at,
    operation,
    model,
    provider,
    encoding,
    tokens_before,
    tokens_after,
    exact,
    tier,
    kind,
    forms,
    cached,
    latency_ms,
    error,
    user,
    task,
    tags,
    usage,
    cache_read_before,
    cache_read_after,
    cost,
    saved_cost,
    lost_discount,
});

/// What one lossless form did in one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormUse {
    /// The form's name.
    pub form: String,
    /// Tokens of what it rewrote.
    pub before: u64,
    /// Tokens of what it wrote.
    pub after: u64,
}

impl FormUse {
    fn from_json(value: &Value) -> Result<Self> {
        let form = text(value, "form")?.ok_or_else(|| invalid("a form must have a name"))?;
        let figure = |name| Ok(whole(value, name)?.unwrap_or_default());
        Ok(Self { form, before: figure("before")?, after: figure("after")? })
    }
}

/// One operation of this package, or one model call that the application reports.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The request's id. Of several records with one id the last holds: a streamed call may be reported as it grows.
    pub id: Option<String>,
    /// When, in milliseconds since the epoch.
    pub at: f64,
    /// What was done.
    pub operation: Operation,
    /// The model.
    pub model: Option<String>,
    /// Who sells the call; `None` where the model's name says enough.
    pub provider: Option<String>,
    /// The encoding that counted.
    pub encoding: Option<String>,
    /// Tokens of the prompt as it came.
    pub tokens_before: Option<u64>,
    /// Tokens of the prompt as it went out, counted by the same tokenizer.
    pub tokens_after: Option<u64>,
    /// Whether the two were counted, not estimated.
    pub exact: bool,
    /// The tier.
    pub tier: Option<String>,
    /// What most of the content was: prose, code, json …
    pub kind: Option<String>,
    /// The forms that were used.
    pub forms: Vec<FormUse>,
    /// Whether our cache had it; `None` where the cache was not asked.
    pub cached: Option<bool>,
    /// How long it took, in milliseconds.
    pub latency_ms: Option<f64>,
    /// The code of the error it ended in.
    pub error: Option<String>,
    /// Who asked.
    pub user: Option<String>,
    /// For what.
    pub task: Option<String>,
    /// The application's own labels.
    pub tags: Vec<String>,
    /// What the provider says the call used.
    pub usage: Option<Usage>,
    /// Tokens that the provider's cache would have read, had the prompt been sent as it came. Without it nobody can say
    /// what discount optimizing cost.
    pub cache_read_before: Option<u64>,
    /// Tokens that it would have read of the prompt as it went out. Both are simulated for a prompt that was optimized.
    pub cache_read_after: Option<u64>,
    /// Dollars: as reported, else from the price table; `None` means unpriced.
    pub cost: Option<f64>,
    /// Dollars that the tokens saved would have cost at the input price.
    pub saved_cost: Option<f64>,
    /// Dollars of the provider's cache discount that optimizing lost.
    pub lost_discount: Option<f64>,
}

/// The longest name kept, in characters.
const LONGEST: usize = 200;
/// The most tags and forms kept of one record.
const MOST: usize = 32;

impl Record {
    /// Starts a record; the other fields are set on it.
    pub fn new(operation: Operation, at: f64) -> Self {
        Self { operation, at, ..Self::default() }
    }

    /// Reads what an application reports of a model call: `{ model, usage, id?, at?, provider?, user?, task?, tags?,
    /// latencyMs?, error?, cost?, cacheReadBefore? }`, with the provider's usage object as it is. What an export wrote
    /// comes back as it was.
    ///
    /// Anything of the wrong type or value is [`ErrorKind::InvalidInput`].
    pub fn from_json(value: &Value, now: f64) -> Result<Self> {
        if !value.is_object() {
            return Err(invalid("a record must be an object"));
        }
        // Field by field into one value: a struct literal full of `?` has a clean-up for each way out, 3 KB of wasm.
        let mut record = Self { at: now, ..Self::default() };
        record.read_names(value)?;
        record.read_figures(value)?;
        record.check()?;
        Ok(record)
    }

    fn read_names(&mut self, value: &Value) -> Result<()> {
        let names = ["model", "provider", "encoding", "tier", "kind", "error", "user", "task"];
        for (place, name) in self.labels_mut().into_iter().zip(names) {
            *place = text(value, name)?;
        }
        self.id = text(value, "id")?;
        if self.id.is_none() {
            self.id = text(value, "requestId")?;
        }
        self.operation = text(value, "operation")?.and_then(|name| Operation::find(&name)).unwrap_or_default();
        self.tags = texts(value, "tags")?;
        for used in value.get("forms").and_then(Value::as_array).into_iter().flatten() {
            self.forms.push(FormUse::from_json(used)?);
        }
        Ok(())
    }

    fn read_figures(&mut self, value: &Value) -> Result<()> {
        let usage = value.get("usage").filter(|usage| !usage.is_null());
        if let Some(usage) = usage {
            self.usage = Some(Usage::from_json(usage, self.provider.as_deref())?);
        }
        self.at = number(value, "at")?.unwrap_or(self.at);
        // OpenRouter states what it charged.
        let charged = || usage.and_then(|usage| usage.get("cost")).and_then(Value::as_f64);
        self.cost = number(value, "cost")?.or_else(charged);
        self.latency_ms = number(value, "latencyMs")?.or(number(value, "latency")?);
        let tokens = [
            (&mut self.tokens_before, "tokensBefore"),
            (&mut self.tokens_after, "tokensAfter"),
            (&mut self.cache_read_before, "cacheReadBefore"),
            (&mut self.cache_read_after, "cacheReadAfter"),
        ];
        for (place, name) in tokens {
            *place = whole(value, name)?;
        }
        self.exact = value.get("exact").and_then(Value::as_bool).unwrap_or(false);
        self.cached = value.get("cached").and_then(Value::as_bool);
        Ok(())
    }

    /// Refuses times and amounts that cannot be.
    pub fn check(&self) -> Result<()> {
        if !self.at.is_finite() {
            return Err(invalid("`at` must be milliseconds since the epoch"));
        }
        let amounts = [("latencyMs", self.latency_ms), ("cost", self.cost)];
        for (name, amount) in amounts {
            if amount.is_some_and(|amount| !amount.is_finite() || amount < 0.0) {
                return Err(invalid(format!("`{name}` must be a number that is not negative")));
            }
        }
        self.usage.map_or(Ok(()), |usage| usage.check().map(|_| ()))
    }

    /// Names that a record has at most one of.
    pub(super) const LABELS: usize = 8;

    pub(super) fn labels(&self) -> [&Option<String>; Self::LABELS] {
        let Self { model, provider, encoding, tier, kind, error, user, task, .. } = self;
        [model, provider, encoding, tier, kind, error, user, task]
    }

    pub(super) fn labels_mut(&mut self) -> [&mut Option<String>; Self::LABELS] {
        let Self { model, provider, encoding, tier, kind, error, user, task, .. } = self;
        [model, provider, encoding, tier, kind, error, user, task]
    }

    /// Puts marks, the same for the same name, in the place of what the application calls its users, tasks and tags.
    pub fn hide_names(&mut self) {
        for name in [&mut self.user, &mut self.task].into_iter().flatten().chain(&mut self.tags) {
            *name = format!("#{:016x}", mark(name));
        }
    }

    /// Cuts names and lists to what bounded memory allows: names are labels of at most 200 characters.
    pub(super) fn bound(&mut self) {
        self.tags.truncate(MOST);
        self.forms.truncate(MOST);
        self.labels_mut().into_iter().flatten().for_each(cut);
        self.id.iter_mut().for_each(cut);
        self.tags.iter_mut().for_each(cut);
        self.forms.iter_mut().for_each(|used| cut(&mut used.form));
    }

    /// Tells records apart: two with the same are the same. An id counts as what is left of it in a chunk.
    pub(super) fn fingerprint(&self) -> u64 {
        let id = self.id.as_deref().map(|id| mark(id).to_string());
        fingerprint(&to_bytes(&Self { id, ..self.clone() }))
    }

    /// The tokens this operation handled for whoever asked.
    pub fn weight(&self) -> u64 {
        self.usage.map_or_else(|| self.tokens_before.unwrap_or(0), |usage| usage.total())
    }
}

fn cut(name: &mut String) {
    if let Some((end, _)) = name.char_indices().nth(LONGEST) {
        name.truncate(end);
    }
}

fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.get(name).filter(|found| !found.is_null())
}

fn text(value: &Value, name: &str) -> Result<Option<String>> {
    let Some(found) = field(value, name) else { return Ok(None) };
    match found {
        Value::String(text) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
        Value::Number(number) => Ok(Some(json::number(number))),
        _ => Err(invalid(format!("`{name}` must be a string"))),
    }
}

fn texts(value: &Value, name: &str) -> Result<Vec<String>> {
    let wrong = || invalid(format!("`{name}` must be an array of strings"));
    let mut texts = Vec::new();
    for item in field(value, name).map(|found| found.as_array().ok_or_else(wrong)).transpose()?.into_iter().flatten() {
        texts.push(item.as_str().ok_or_else(wrong)?.to_owned());
    }
    Ok(texts)
}

fn number(value: &Value, name: &str) -> Result<Option<f64>> {
    let Some(found) = field(value, name) else { return Ok(None) };
    found.as_f64().map(Some).ok_or_else(|| invalid(format!("`{name}` must be a number")))
}

fn whole(value: &Value, name: &str) -> Result<Option<u64>> {
    field(value, name).map(|found| tokens(found, name)).transpose()
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidInput, message)
}

impl Json for Operation {
    fn write(&self, out: &mut String) {
        self.name().write(out);
    }
}

object!(FormUse { form, before, after });
object!(sparse Record { id, at, operation, model, provider, encoding, tokens_before, tokens_after, exact, tier, kind, forms, cached, latency_ms, error, user, task, tags, usage, cache_read_before, cache_read_after, cost, saved_cost, lost_discount });
