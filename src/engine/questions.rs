//! Questions about what was measured: one line each in [`QUESTIONS`]. Answers are JSON.

use serde_json::Value;

use super::Engine;
use crate::alerts::Alerts;
use crate::budget::Allowance;
use crate::error::{Error, ErrorKind, Result};
use crate::metrics::{Query, json};

type Answer = fn(&mut Engine, &Query, f64) -> Result<String>;

/// All questions there are.
const QUESTIONS: &[(&str, Answer)] = &[
    ("snapshot", |engine, query, now| Ok(json::text(&engine.metrics.snapshot(query, now)))),
    ("report", |engine, query, now| Ok(json::text(&engine.metrics.report(query, now)))),
    ("series", |engine, query, now| Ok(json::text(&engine.metrics.series(query, now)))),
    ("effectiveness", |engine, query, now| Ok(json::text(&engine.metrics.effectiveness(query, now)))),
    ("top", |engine, query, _| Ok(json::text(&engine.metrics.top(query)?))),
    ("records", |engine, query, _| Ok(json::text(&engine.metrics.records(query)))),
    ("names", |engine, _, _| Ok(json::text(&engine.metrics.names()))),
    ("alerts", |engine, _, now| Ok(json::text(&engine.alerts.list(&engine.metrics, now)))),
    ("history", |engine, _, _| Ok(json::text(&engine.alerts.history()))),
    ("rules", |_, _, _| Ok(json::text(&Alerts::kinds()))),
];

impl Engine {
    /// Answers a question.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for one that there isn't, or that asks for what can't be.
    pub fn ask(&mut self, question: &str, query: &Value, now: f64) -> Result<String> {
        let known = QUESTIONS.iter().find(|(name, _)| *name == question);
        let (_, answer) =
            known.ok_or_else(|| Error::new(ErrorKind::InvalidInput, format!("`{question}` can't be answered")))?;
        answer(self, &Query::from_json(query, now)?, now)
    }

    /// Says how an allowance stands.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for one that can't be.
    pub fn budget(&self, allowance: &Value, now: f64) -> Result<String> {
        Ok(json::text(&Allowance::from_json(allowance)?.standing(&self.metrics, now)))
    }

    /// Puts alert rules in the place of those there are, and keeps them in the store.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a rule that can't be; the old ones stay then.
    pub fn set_alerts(&mut self, rules: &Value, now: f64) -> Result<()> {
        self.alerts.set(rules)?;
        self.watch(now);
        Ok(())
    }

    /// Forgets all records.
    pub fn clear_metrics(&mut self) {
        self.metrics.clear();
    }

    /// Takes in records from elsewhere: `{ added, skipped, refused }`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] where there is no list of records.
    pub fn import(&mut self, records: &Value, now: f64) -> Result<String> {
        let imported = self.metrics.import(records, now)?;
        self.watch(now);
        Ok(json::text(&imported))
    }
}
