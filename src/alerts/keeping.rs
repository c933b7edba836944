//! The state of the alerts as bytes.

use std::collections::VecDeque;

use serde_json::{Map as Fields, Value};

use super::{Alert, Alerts, Standing, State};
use crate::codec::{Codec, Reader, codec};
use crate::error::{Error, ErrorKind, Result};
use crate::ordered::Map;

/// The version of the bytes.
const VERSION: u8 = 2;
/// Levels of a rule; what lies deeper is no rule of ours.
const DEPTH: usize = 4;

/// What is kept.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) standing: Map<String, Standing>,
    pub(super) history: VecDeque<Alert>,
    /// The rules that were set at run time.
    pub(super) rules: Vec<Value>,
}

pub(super) fn write(alerts: &Alerts) -> Vec<u8> {
    let mut bytes = vec![VERSION];
    alerts.standing.write(&mut bytes);
    alerts.history.write(&mut bytes);
    alerts.kept.len().write(&mut bytes);
    alerts.kept.iter().for_each(|rule| write_value(rule, &mut bytes));
    bytes
}

pub(super) fn read(bytes: &[u8]) -> Result<Kept> {
    let (version, body) = bytes.split_first().ok_or_else(|| corrupt("are damaged"))?;
    if *version != VERSION {
        return Err(corrupt(format!("are of version {version}, not {VERSION}")));
    }
    let mut reader = Reader::new(body);
    let kept = read_all(&mut reader).filter(|_| reader.is_at_end());
    kept.ok_or_else(|| corrupt("are damaged"))
}

fn read_all(reader: &mut Reader) -> Option<Kept> {
    let mut kept = Kept { standing: Map::read(reader)?, history: VecDeque::read(reader)?, rules: Vec::new() };
    for _ in 0..u32::read(reader)? {
        kept.rules.push(read_value(reader, DEPTH)?);
    }
    Some(kept)
}

codec!(Standing { firing, fired_at });
codec!(Alert { rule, state, value, projected, threshold, window, r#where, at, message });

impl Codec for State {
    fn write(&self, out: &mut Vec<u8>) {
        (*self == Self::Firing).write(out);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        Some(if bool::read(reader)? { Self::Firing } else { Self::Resolved })
    }
}

fn write_value(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.push(0),
        Value::Bool(flag) => out.extend([1, u8::from(*flag)]),
        Value::Number(number) => {
            out.push(2);
            number.as_f64().unwrap_or_default().write(out);
        }
        Value::String(text) => {
            out.push(3);
            text.write(out);
        }
        Value::Array(list) => {
            out.push(4);
            list.len().write(out);
            list.iter().for_each(|item| write_value(item, out));
        }
        Value::Object(fields) => {
            out.push(5);
            fields.len().write(out);
            for (name, value) in fields {
                name.write(out);
                write_value(value, out);
            }
        }
    }
}

fn read_value(reader: &mut Reader, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    Some(match u8::read(reader)? {
        0 => Value::Null,
        1 => Value::Bool(bool::read(reader)?),
        2 => number(f64::read(reader)?),
        3 => Value::String(String::read(reader)?),
        4 => {
            let mut list = Vec::new();
            for _ in 0..u32::read(reader)? {
                list.push(read_value(reader, depth)?);
            }
            Value::Array(list)
        }
        5 => {
            let mut fields = Fields::new();
            for _ in 0..u32::read(reader)? {
                fields.insert(String::read(reader)?, read_value(reader, depth)?);
            }
            Value::Object(fields)
        }
        _ => return None,
    })
}

/// A whole number stays one, so that it is written as it was.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 { Value::from(value as i64) } else { Value::from(value) }
}

fn corrupt(what: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::CorruptRecord, format!("the stored alerts {what}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::codec::{from_bytes, to_bytes};

    #[test]
    fn rules_come_back_as_they_were() {
        let rule =
            json!({"rule": "budget", "above": [0.5, 1], "where": {"user": ["ada"]}, "projected": true, "x": null});
        let mut bytes = Vec::new();
        write_value(&rule, &mut bytes);
        assert_eq!(read_value(&mut Reader::new(&bytes), DEPTH), Some(rule));
        assert_eq!(read_value(&mut Reader::new(&bytes), 1), None, "deeper than any rule");
        assert_eq!(from_bytes::<State>(&to_bytes(&State::Firing)), Some(State::Firing));
    }
}
