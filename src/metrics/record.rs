//! What is known of one operation.

use serde::Serialize;
use serde_json::Value;

use super::json;
use super::usage::{Usage, tokens};
use crate::codec::{Codec, Reader, codec};
use crate::error::{Error, ErrorKind, Result};

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
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
}

const OPERATIONS: [Operation; 6] =
    [Operation::Optimize, Operation::Count, Operation::Cache, Operation::Expand, Operation::Restore, Operation::Call];

impl Codec for Operation {
    fn write(&self, out: &mut Vec<u8>) {
        self.name().to_owned().write(out);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let name = String::read(reader)?;
        OPERATIONS.into_iter().find(|operation| operation.name() == name)
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

/// One operation of this package, or one model call that the application reports.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The request's id. Of several records with one id the last holds: a streamed call may be reported as it grows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When, in milliseconds since the epoch.
    pub at: f64,
    /// What was done.
    pub operation: Operation,
    /// The model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Who sells the call; `None` where the model's name says enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The encoding that counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Tokens of the prompt as it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens_before: Option<u64>,
    /// Tokens of the prompt as it went out, counted by the same tokenizer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens_after: Option<u64>,
    /// Whether the two were counted, not estimated.
    pub exact: bool,
    /// The tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// What most of the content was: prose, code, json …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The forms that were used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<FormUse>,
    /// Whether our cache had it; `None` where the cache was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cached: Option<bool>,
    /// How long it took, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<f64>,
    /// The code of the error it ended in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Who asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// For what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// The application's own labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What the provider says the call used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// Tokens that the provider's cache would have read, had the prompt been sent as it came. Without it nobody can say
    /// what discount optimizing cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_read_before: Option<u64>,
    /// Dollars: as reported, else from the price table; `None` means unpriced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
    /// Dollars that the tokens saved would have cost at the input price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saved_cost: Option<f64>,
    /// Dollars of the provider's cache discount that optimizing lost.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    /// latencyMs?, error?, cost?, cacheReadBefore? }`, with the provider's usage object as it is.
    ///
    /// Anything of the wrong type or value is [`ErrorKind::InvalidInput`].
    pub fn from_json(value: &Value, now: f64) -> Result<Self> {
        if !value.is_object() {
            return Err(invalid("a record must be an object"));
        }
        let provider = text(value, &["provider"])?;
        let usage = value.get("usage").filter(|usage| !usage.is_null());
        let reported = usage.and_then(|usage| usage.get("cost"));
        let record = Self {
            id: text(value, &["id", "requestId"])?,
            at: number(value, &["at"])?.unwrap_or(now),
            model: text(value, &["model"])?,
            usage: usage.map(|usage| Usage::from_json(usage, provider.as_deref())).transpose()?,
            cost: match number(value, &["cost"])? {
                Some(cost) => Some(cost),
                // OpenRouter states what it charged.
                None => reported.and_then(Value::as_f64),
            },
            provider,
            user: text(value, &["user"])?,
            task: text(value, &["task"])?,
            tags: texts(value, "tags")?,
            latency_ms: number(value, &["latencyMs", "latency"])?,
            error: text(value, &["error"])?,
            cache_read_before: whole(value, "cacheReadBefore")?,
            ..Self::default()
        };
        record.check()?;
        Ok(record)
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

    /// Cuts names and lists to what bounded memory allows: names are labels of at most 200 characters.
    pub(super) fn bound(&mut self) {
        let names =
            [&mut self.id, &mut self.model, &mut self.provider, &mut self.encoding, &mut self.tier, &mut self.kind];
        let more = [&mut self.error, &mut self.user, &mut self.task];
        self.tags.truncate(MOST);
        self.forms.truncate(MOST);
        let listed = self.tags.iter_mut().chain(self.forms.iter_mut().map(|used| &mut used.form));
        for name in names.into_iter().chain(more).flatten().chain(listed) {
            if let Some((end, _)) = name.char_indices().nth(LONGEST) {
                name.truncate(end);
            }
        }
    }

    /// The tokens this operation handled for whoever asked.
    pub fn weight(&self) -> u64 {
        self.usage.map_or_else(|| self.tokens_before.unwrap_or(0), |usage| usage.total())
    }
}

fn field<'a>(value: &'a Value, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| value.get(name)).filter(|found| !found.is_null())
}

fn text(value: &Value, names: &[&str]) -> Result<Option<String>> {
    let Some(found) = field(value, names) else { return Ok(None) };
    match found {
        Value::String(text) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
        Value::Number(number) => Ok(Some(json::number(number))),
        _ => Err(invalid(format!("`{}` must be a string", names.first().unwrap_or(&"")))),
    }
}

fn texts(value: &Value, name: &str) -> Result<Vec<String>> {
    let Some(found) = field(value, &[name]) else { return Ok(Vec::new()) };
    let Some(list) = found.as_array() else { return Err(invalid(format!("`{name}` must be an array of strings"))) };
    let items = list.iter().map(|item| item.as_str().map(str::to_owned));
    items.collect::<Option<_>>().ok_or_else(|| invalid(format!("`{name}` must be an array of strings")))
}

fn number(value: &Value, names: &[&str]) -> Result<Option<f64>> {
    let Some(found) = field(value, names) else { return Ok(None) };
    let wrong = || invalid(format!("`{}` must be a number", names.first().unwrap_or(&"")));
    found.as_f64().ok_or_else(wrong).map(Some)
}

fn whole(value: &Value, name: &str) -> Result<Option<u64>> {
    field(value, &[name]).map(|found| tokens(found, name)).transpose()
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidInput, message)
}
