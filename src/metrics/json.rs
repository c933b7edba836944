//! JSON as text.
//!
//! The writer of `serde_json` brings tables of 10 KB, which do not compress, for numbers that need all their digits.
//! Ours have at most nine decimals: money is kept in billionths of a dollar, time in microseconds.

use serde_json::{Number, Value};

use super::decimal::plain;

/// Writes a value without spaces.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    push(&mut out, value);
    out
}

/// Writes a number: an integer whole, any other as [`plain`] does.
pub fn number(number: &Number) -> String {
    let unsigned = number.as_u64().map(|whole| whole.to_string());
    let whole = unsigned.or_else(|| number.as_i64().map(|whole| whole.to_string()));
    whole.unwrap_or_else(|| plain(number.as_f64().unwrap_or(f64::NAN)))
}

fn push(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(value) => out.push_str(&number(value)),
        Value::String(text) => push_text(out, text),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                push_comma(out, at);
                push(out, item);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (at, (name, value)) in fields.iter().enumerate() {
                push_comma(out, at);
                push_text(out, name);
                out.push(':');
                push(out, value);
            }
            out.push('}');
        }
    }
}

fn push_comma(out: &mut String, at: usize) {
    if at > 0 {
        out.push(',');
    }
}

fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            letter => out.push(letter),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_as_serde_json_writes_them() {
        for value in [
            json!(null),
            json!([true, false, 0, -1, u64::MAX, i64::MIN, 0.5, -2.25, 1234.000000001]),
            json!({"a": {"b": []}, "c": {}, "d": "\"\\\n\r\t\u{0}\u{1f}é…"}),
        ] {
            assert_eq!(write(&value), value.to_string());
        }
    }

    proptest! {
        #[test]
        fn any_text_reads_back(text: String) {
            let value = Value::String(text);
            prop_assert_eq!(serde_json::from_str::<Value>(&write(&value)).unwrap(), value);
        }
    }
}
