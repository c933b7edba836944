//! Values that come in two crossings, whatever they hold: reported calls come often, and field by field takes 30 µs each.
//!
//! `pkg-template/src/flat.ts` writes them: numbers that say what follows, and all texts in one, with a zero between them.

use serde_json::{Map, Value};

use super::json::number_of;

/// Levels that are read.
const DEPTH: usize = 32;

/// Reads a value; what makes no sense is null.
pub(super) fn value(shape: &[f64], texts: &str) -> Value {
    let mut flat = Flat { shape: shape.iter(), texts: texts.split('\0') };
    flat.value(DEPTH).unwrap_or_default()
}

struct Flat<'a> {
    shape: std::slice::Iter<'a, f64>,
    texts: std::str::Split<'a, char>,
}

impl Flat<'_> {
    fn next(&mut self) -> Option<usize> {
        self.shape.next().map(|number| *number as usize)
    }

    fn text(&mut self) -> Option<String> {
        self.texts.next().map(str::to_owned)
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        Some(match self.next()? {
            1 => Value::Bool(false),
            2 => Value::Bool(true),
            3 => number_of(*self.shape.next()?),
            4 => Value::String(self.text()?),
            5 => {
                let mut list = Vec::new();
                for _ in 0..self.next()? {
                    list.push(self.value(depth)?);
                }
                Value::Array(list)
            }
            6 => {
                let mut fields = Map::new();
                for _ in 0..self.next()? {
                    fields.insert(self.text()?, self.value(depth)?);
                }
                Value::Object(fields)
            }
            _ => Value::Null,
        })
    }
}
