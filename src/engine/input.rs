//! A request as it comes in.

use serde_json::Value;

use super::fields::Fields;
use crate::error::{Error, ErrorKind, Result};
use crate::select::{Goal, Tier};

/// What the content was before it was taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One string.
    Text,
    /// Documents, each with a title perhaps.
    Documents,
    /// Chat messages, each with a role.
    Messages,
}

impl Shape {
    const ALL: [Self; 3] = [Self::Text, Self::Documents, Self::Messages];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Documents => "documents",
            Self::Messages => "messages",
        }
    }
}

/// One document, message or string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputPart {
    /// Its text.
    pub text: String,
    /// The document's title.
    pub title: Option<String>,
    /// The message's role.
    pub role: Option<String>,
}

/// A request: content, taken apart, and what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What the content was.
    pub shape: Shape,
    /// The content.
    pub parts: Vec<InputPart>,
    /// What the model will be asked.
    pub query: Option<String>,
    /// The most tokens the result may have.
    pub budget: Option<usize>,
    /// A tier's name, or `auto`.
    pub tier: String,
    /// Texts that are never dropped.
    pub keep: Vec<String>,
    /// What the model already has.
    pub context: Vec<String>,
    /// Who asks.
    pub user: Option<String>,
    /// For what.
    pub task: Option<String>,
    /// The application's labels.
    pub tags: Vec<String>,
    /// Whether values of JSON may be named.
    pub dense: bool,
    /// `toon`, where JSON is to be written as that.
    pub form: Option<String>,
}

/// A tier and why it was chosen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    pub(super) goal: Goal,
    pub(super) reason: String,
    /// What the user asks about often.
    pub(super) interests: Vec<u64>,
}

impl Input {
    /// Reads a request: its fields are those of [`Input`].
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`], naming the field that has the wrong type.
    pub fn from_json(value: Value) -> Result<Self> {
        let missing = |name: &str| Error::new(ErrorKind::InvalidInput, format!("`{name}` is missing or unknown"));
        let mut fields = Fields::new(value)?;
        let shape = fields.text("shape")?.and_then(|name| Shape::ALL.into_iter().find(|shape| shape.name() == name));
        let mut parts = Vec::new();
        for part in fields.list("parts")? {
            let mut part = Fields::new(part)?;
            let text = part.text("text")?.ok_or_else(|| missing("text"))?;
            parts.push(InputPart { text, title: part.text("title")?, role: part.text("role")? });
        }
        Ok(Self {
            shape: shape.ok_or_else(|| missing("shape"))?,
            parts,
            query: fields.text("query")?,
            budget: fields.whole("budget")?,
            tier: fields.text("tier")?.ok_or_else(|| missing("tier"))?,
            keep: fields.texts("keep")?,
            context: fields.texts("context")?,
            user: fields.text("user")?,
            task: fields.text("task")?,
            tags: fields.texts("tags")?,
            dense: fields.flag("dense")?.unwrap_or(false),
            form: fields.text("form")?,
        })
    }

    /// The tier that was asked for; `None` for `auto`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`], naming the tiers there are.
    pub(super) fn tier(&self) -> Result<Option<Tier>> {
        if self.tier == "auto" {
            return Ok(None);
        }
        Tier::parse(&self.tier).map(Some).ok_or_else(|| {
            let names = "auto, essential, standard, comprehensive, complete";
            Error::new(ErrorKind::InvalidInput, format!("'{}' is not a tier: there are {names}", self.tier))
        })
    }

    /// Whether neither a tier nor a budget was asked for.
    pub(super) fn is_open(&self) -> bool {
        self.tier == "auto" && self.budget.is_none()
    }

    /// What the model will be asked: as given, or the last thing the user said in a conversation.
    pub(super) fn question(&self) -> Option<&str> {
        let asked = self.query.as_deref().filter(|query| !query.trim().is_empty());
        asked.or_else(|| self.parts.get(self.last_question()?).map(|part| part.text.as_str()))
    }

    /// Where in a conversation the user's last question stands.
    ///
    /// A last message that is most of the conversation carries material, and can't stand for a question.
    pub(super) fn last_question(&self) -> Option<usize> {
        let said = |part: &InputPart| part.role.as_deref() == Some("user");
        let last = self.parts.iter().rposition(said).filter(|_| self.shape == Shape::Messages)?;
        let all: usize = self.parts.iter().map(|part| part.text.len()).sum();
        self.parts.get(last).is_some_and(|part| part.text.len() * 2 <= all).then_some(last)
    }

    /// All parts as one text, as it would have been sent: what savings are measured against.
    pub(super) fn joined(&self) -> String {
        let parts: Vec<String> = self.parts.iter().map(InputPart::joined).collect();
        parts.join(PART_BREAK)
    }
}

/// What stands between two parts.
pub(super) const PART_BREAK: &str = "\n\n";

impl InputPart {
    /// What stands before the part's text when parts are joined.
    pub(super) fn label(&self) -> String {
        self.role.as_ref().map_or(String::new(), |role| format!("{role}: "))
    }

    fn joined(&self) -> String {
        let title = self.title.as_ref().map_or(String::new(), |title| format!("{title}\n"));
        format!("{}{title}{}", self.label(), self.text)
    }
}
