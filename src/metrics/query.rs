//! What a question is about: a stretch of time, and which records in it.

use serde_json::{Map, Value};

use super::calendar::{DAY, HOUR, MINUTE};
use super::dimension::{DIMENSIONS, Dimension};
use super::record::Record;
use super::sums::{HOURS, bucket};
use trimtab_error::{Error, ErrorKind, Result};

/// The longest stretch: a leap year.
const MOST_HOURS: u32 = 366 * 24;
/// The most steps of a minute: two days.
const MOST_MINUTES: u32 = 48;

/// Which records count: for each dimension named, one of the names must fit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    wanted: Vec<(&'static Dimension, Vec<String>)>,
}

/// A question.
#[derive(Clone, Default)]
pub struct Query {
    /// The stretch of time, or `None` for everything.
    pub(super) span: Option<Span>,
    /// Which records of it.
    pub(super) filter: Filter,
    /// What the answer is split by.
    pub(super) by: Option<&'static Dimension>,
    /// What the answer is sorted by.
    pub(super) order: Option<String>,
    /// The most entries of the answer.
    pub(super) limit: Option<usize>,
    /// How many of the heaviest consumers a report lists beside the rest.
    pub(super) top: Option<usize>,
}

/// Whole steps of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub(super) hours: u32,
    pub(super) width: f64,
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) to: f64,
}

impl Span {
    /// The last `hours` hours up to `to`, the current one included.
    pub(super) fn new(to: f64, hours: u32, step: Option<f64>) -> Self {
        let hours = hours.clamp(1, if step == Some(MINUTE) { MOST_MINUTES } else { MOST_HOURS });
        let usual = if hours as usize > HOURS { DAY } else { HOUR };
        let width = step.unwrap_or(usual);
        let steps = (f64::from(hours) * HOUR / width).ceil() as i64;
        let last = bucket(to, width);
        Self { hours, width, first: last - steps + 1, last, to }
    }

    pub(super) fn from(&self) -> f64 {
        self.first as f64 * self.width
    }

    /// The number of the step that holds a moment, or `None` outside.
    pub(super) fn place(&self, at: f64) -> Option<usize> {
        usize::try_from(bucket(at, self.width) - self.first).ok()
    }

    pub(super) fn holds(&self, at: f64) -> bool {
        (self.from()..=self.to).contains(&at)
    }

    pub(super) const fn step(&self) -> &'static str {
        match self.width as u32 {
            60_000 => "minute",
            3_600_000 => "hour",
            _ => "day",
        }
    }
}

impl Query {
    /// Reads `{ hours?, until?, where?, by?, step?, order?, limit?, top? }`. Without `hours` and `until` it is about everything.
    ///
    /// What has the wrong type or an unknown name is [`ErrorKind::InvalidInput`] and says what would do.
    pub fn from_json(value: &Value, now: f64) -> Result<Self> {
        let empty = Map::new();
        let fields = match value {
            Value::Null => &empty,
            Value::Object(fields) => fields,
            _ => return Err(invalid("a question must be an object")),
        };
        let (hours, until) = (number(fields, "hours")?, number(fields, "until")?);
        let step = text(fields, "step").map(width).transpose()?;
        let span = (hours.is_some() || until.is_some() || step.is_some())
            .then(|| Span::new(until.unwrap_or(now), hours.unwrap_or(24.0) as u32, step));
        Ok(Self {
            span,
            filter: Filter::from_json(fields.get("where").unwrap_or(&Value::Null))?,
            by: text(fields, "by").map(dimension).transpose()?,
            order: text(fields, "order").map(str::to_owned),
            limit: number(fields, "limit")?.map(|limit| limit as usize),
            top: number(fields, "top")?.map(|top| top as usize),
        })
    }

    /// About the last `hours` hours.
    pub fn last(hours: u32, now: f64) -> Self {
        Self { span: Some(Span::new(now, hours, None)), ..Self::default() }
    }

    /// The stretch of time, which is the last day where none was given.
    pub(super) fn span(&self, now: f64) -> Span {
        self.span.unwrap_or_else(|| Span::new(now, 24, None))
    }

    pub(super) fn accepts(&self, record: &Record) -> bool {
        self.span.is_none_or(|span| span.holds(record.at)) && self.filter.accepts(record)
    }

    /// Whether a record may be accepted, by its time and labels alone.
    pub(super) fn may_accept(&self, record: &Record) -> bool {
        self.span.is_none_or(|span| span.holds(record.at)) && self.filter.may_accept(record)
    }

    /// Whether a label of records is asked about.
    pub(super) fn asks_about(&self, label: usize) -> bool {
        self.filter.wanted.iter().any(|(dimension, _)| dimension.label() == Some(label))
    }

    /// The names that are wanted of a label, or of the tags; `None` where all are.
    pub(super) fn wanted(&self, label: Option<usize>) -> Option<&[String]> {
        let is = |dimension: &Dimension| match label {
            Some(_) => dimension.label() == label,
            None => dimension.is_tags(),
        };
        self.filter.wanted.iter().find(|(dimension, _)| is(dimension)).map(|(_, names)| names.as_slice())
    }

    /// Whether a moment is in the stretch of time.
    pub(super) fn reaches(&self, at: f64) -> bool {
        self.span.is_none_or(|span| span.holds(at))
    }

    /// Whether what a record did is wanted.
    pub(super) fn accepts_operation(&self, record: &Record) -> bool {
        let mut wanted = self.filter.wanted.iter().filter(|(dimension, _)| dimension.is_operation());
        wanted.all(|(dimension, names)| fits(dimension, names, record))
    }

    /// Whether the sums answer, so that no record has to be looked at.
    pub(super) fn is_of_sums(&self) -> bool {
        self.filter.is_empty() && self.by.is_none() && self.span.is_none_or(|span| span.width > MINUTE)
    }
}

impl Filter {
    /// Reads `{ model?: name | [names], user?, … }`; null accepts everything.
    pub fn from_json(value: &Value) -> Result<Self> {
        let fields = match value {
            Value::Null => return Ok(Self::default()),
            Value::Object(fields) => fields,
            _ => return Err(invalid("`where` must be an object of names")),
        };
        let mut filter = Self::default();
        for (name, names) in fields.iter().filter(|(_, names)| !names.is_null()) {
            filter.wanted.push((dimension(name)?, texts(name, names)?));
        }
        Ok(filter)
    }

    /// Whether everything is accepted.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Whether a record counts.
    pub fn accepts(&self, record: &Record) -> bool {
        self.wanted.iter().all(|(dimension, wanted)| fits(dimension, wanted, record))
    }

    fn may_accept(&self, record: &Record) -> bool {
        let mut labels = self.wanted.iter().filter(|(dimension, _)| dimension.label().is_some());
        labels.all(|(dimension, wanted)| fits(dimension, wanted, record))
    }
}

fn fits(dimension: &Dimension, wanted: &[String], record: &Record) -> bool {
    dimension.names(record).any(|name| wanted.iter().any(|one| one == name))
}

fn texts(name: &str, value: &Value) -> Result<Vec<String>> {
    let list = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
    let names: Option<Vec<String>> = list.iter().map(|name| name.as_str().map(str::to_owned)).collect();
    names.ok_or_else(|| invalid(format!("`{name}` of `where` must be a name or an array of names")))
}

fn dimension(name: &str) -> Result<&'static Dimension> {
    Dimension::find(name).ok_or_else(|| {
        let known: Vec<&str> = DIMENSIONS.iter().map(|dimension| dimension.name).collect();
        invalid(format!("records have no `{name}`: choose one of {}", known.join(", ")))
    })
}

fn width(step: &str) -> Result<f64> {
    let known = [("minute", MINUTE), ("hour", HOUR), ("day", DAY)];
    let found = known.iter().find(|(name, _)| *name == step).map(|(_, width)| *width);
    found.ok_or_else(|| invalid(format!("`step` must be minute, hour or day, not {step}")))
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    fields.get(name).and_then(Value::as_str)
}

fn number(fields: &Map<String, Value>, name: &str) -> Result<Option<f64>> {
    let Some(value) = fields.get(name).filter(|value| !value.is_null()) else { return Ok(None) };
    let found = value.as_f64().filter(|number| number.is_finite());
    found.map(Some).ok_or_else(|| invalid(format!("`{name}` must be a number")))
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidInput, message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn query(value: Value) -> Query {
        Query::from_json(&value, 30.0 * DAY).unwrap()
    }

    #[test]
    fn a_filter_wants_one_name_of_each_dimension() {
        let filter = query(json!({"where": {"user": ["ada", "bob"], "tag": "beta", "model": null}})).filter;
        let record = |user: &str, tags: &[&str]| Record {
            user: Some(user.into()),
            tags: tags.iter().map(|tag| (*tag).into()).collect(),
            ..Record::default()
        };
        assert!(filter.accepts(&record("bob", &["alpha", "beta"])));
        assert!(!filter.accepts(&record("bob", &["alpha"])));
        assert!(!filter.accepts(&record("eve", &["beta"])));
        assert!(Filter::default().accepts(&Record::default()));
    }

    #[test]
    fn mistakes_are_named_with_what_would_do() {
        let message = |value: Value| Query::from_json(&value, 0.0).err().unwrap().to_string();
        assert!(message(json!({"where": {"usr": "ada"}})).contains("model, user, task"));
        assert!(message(json!({"where": {"user": 5}})).contains("array of names"));
        assert!(message(json!({"by": "size"})).contains("`size`"));
        assert!(message(json!({"step": "week"})).contains("minute, hour or day"));
        assert!(message(json!({"hours": "many"})).contains("number"));
        assert!(message(json!([])).contains("object"));
    }

    #[test]
    fn steps_end_with_the_one_that_holds_the_end() {
        let span = query(json!({"hours": 2, "until": 5.5 * HOUR})).span(0.0);
        assert_eq!((span.from(), span.first, span.last, span.step()), (4.0 * HOUR, 4, 5, "hour"));
        assert_eq!(query(json!({"hours": 400})).span(0.0).step(), "day");
        let minutes = query(json!({"hours": 500, "step": "minute"})).span(0.0);
        assert_eq!(minutes.last - minutes.first + 1, 48 * 60);
    }
}
