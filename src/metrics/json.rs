//! JSON as text.
//!
//! Written by hand, because derived serializers of the same answers made the wasm 10 KB larger (gzipped), and because text
//! crosses to JavaScript at once where a value crosses field by field. Numbers have at most nine decimals: money is kept
//! in billionths of a dollar, time in microseconds.

use serde_json::{Number, Value};

use super::decimal::plain;

/// What can be written as JSON.
pub trait Json {
    /// Appends it to `out`.
    fn write(&self, out: &mut String);

    /// Whether a record is written without it.
    fn is_absent(&self) -> bool {
        false
    }
}

/// What is written as an object, so that another object can hold its fields as its own.
pub trait Fields {
    /// Appends `"name":value,` for each field.
    fn fields(&self, out: &mut String);
}

/// Writes anything as text.
pub fn text(value: &impl Json) -> String {
    let mut out = String::new();
    value.write(&mut out);
    out
}

/// Appends an object.
pub fn push_object(out: &mut String, object: &dyn Fields) {
    out.push('{');
    object.fields(out);
    close(out, '}');
}

/// Ends a list or an object, in the place of the comma after its last part.
pub(crate) fn close(out: &mut String, end: char) {
    if out.ends_with(',') {
        out.pop();
    }
    out.push(end);
}

/// Appends the name of a field, as JavaScript spells it.
pub(crate) fn push_name(out: &mut String, name: &str) {
    out.push('"');
    for (at, part) in name.trim_start_matches("r#").split('_').enumerate() {
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if at > 0 => out.push(first.to_ascii_uppercase()),
            first => out.extend(first),
        }
        out.push_str(letters.as_str());
    }
    out.push_str("\":");
}

/// Appends one field.
pub fn push_field(out: &mut String, name: &str, value: &dyn Json) {
    push_name(out, name);
    value.write(out);
    out.push(',');
}

/// Writes a struct as an object of the fields named, or that its [`Fields`] name; `..field` holds fields that become the object's own, and `sparse`
/// leaves out what is absent.
#[macro_export]
macro_rules! object {
    ($type:ident) => {
        impl $crate::json::Json for $type {
            fn write(&self, out: &mut String) {
                $crate::json::push_object(out, self);
            }
        }
    };
    ($type:ident { $($field:ident),* $(,)? } $(.. $inner:ident)?) => {
        $crate::object!($type);
        impl $crate::json::Fields for $type {
            fn fields(&self, out: &mut String) {
                $($crate::json::push_field(out, stringify!($field), &self.$field);)*
                $($crate::json::Fields::fields(&self.$inner, out);)?
            }
        }
    };
    (sparse $type:ident { $($field:ident),* $(,)? }) => {
        $crate::object!($type);
        impl $crate::json::Fields for $type {
            fn fields(&self, out: &mut String) {
                $(if !$crate::json::Json::is_absent(&self.$field) {
                    $crate::json::push_field(out, stringify!($field), &self.$field);
                })*
            }
        }
    };
}
macro_rules! whole {
    ($($type:ty),+) => {$(
        impl Json for $type {
            fn write(&self, out: &mut String) {
                out.push_str(&self.to_string());
            }
        }
    )+};
}
whole!(u32, u64, usize, i64);

impl Json for f64 {
    fn write(&self, out: &mut String) {
        out.push_str(&if self.is_finite() { plain(*self) } else { "null".to_owned() });
    }
}

impl Json for bool {
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Json for str {
    fn write(&self, out: &mut String) {
        push_text(out, self);
    }
}

impl Json for String {
    fn write(&self, out: &mut String) {
        push_text(out, self);
    }
}

impl<T: Json> Json for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Json> Json for Vec<T> {
    fn write(&self, out: &mut String) {
        out.push('[');
        for item in self {
            item.write(out);
            out.push(',');
        }
        close(out, ']');
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Json + ?Sized> Json for &T {
    fn write(&self, out: &mut String) {
        (*self).write(out);
    }
}

impl Json for Value {
    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(flag) => flag.write(out),
            Self::Number(value) => out.push_str(&number(value)),
            Self::String(text) => push_text(out, text),
            Self::Array(items) => items.write(out),
            Self::Object(fields) => {
                out.push('{');
                for (name, value) in fields {
                    push_text(out, name);
                    out.push(':');
                    value.write(out);
                    out.push(',');
                }
                close(out, '}');
            }
        }
    }
}

/// Writes a number: an integer whole, any other as [`plain`] does.
pub fn number(number: &Number) -> String {
    let unsigned = number.as_u64().map(|whole| whole.to_string());
    let whole = unsigned.or_else(|| number.as_i64().map(|whole| whole.to_string()));
    whole.unwrap_or_else(|| plain(number.as_f64().unwrap_or(f64::NAN)))
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

    struct Outer {
        some_name: Option<u64>,
        r#where: Vec<f64>,
        inner: Inner,
    }

    struct Inner {
        a: bool,
    }

    object!(Inner { a });
    object!(Outer { some_name, r#where }..inner);

    struct Sparse {
        here: Option<&'static str>,
        gone: Option<u32>,
        none: Vec<String>,
    }

    object!(sparse Sparse { here, gone, none });

    #[test]
    fn values_are_written_as_serde_json_writes_them() {
        for value in [
            json!(null),
            json!([true, false, 0, -1, u64::MAX, i64::MIN, 0.5, -2.25, 1234.000000001]),
            json!({"a": {"b": []}, "c": {}, "d": "\"\\\n\r\t\u{0}\u{1f}é…"}),
        ] {
            assert_eq!(text(&value), value.to_string());
        }
    }

    #[test]
    fn structs_are_objects_with_javascripts_names() {
        let outer = Outer { some_name: None, r#where: vec![0.5, f64::NAN], inner: Inner { a: true } };
        assert_eq!(text(&outer), r#"{"someName":null,"where":[0.5,null],"a":true}"#);
        assert_eq!(text(&Sparse { here: Some("x"), gone: None, none: Vec::new() }), r#"{"here":"x"}"#);
    }

    proptest! {
        #[test]
        fn any_text_reads_back(given: String) {
            let value = Value::String(given);
            prop_assert_eq!(serde_json::from_str::<Value>(&text(&value)).unwrap(), value);
        }
    }
}
