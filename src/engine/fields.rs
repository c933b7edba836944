//! Options as they came, taken out one by one.

use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Result};

/// The fields of one object; what is null is not there.
#[derive(Debug, Default)]
pub struct Fields {
    map: Map<String, Value>,
}

impl Fields {
    /// Takes an object, or null for one without fields.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for anything else.
    pub fn new(value: Value) -> Result<Self> {
        match value {
            Value::Object(map) => Ok(Self { map }),
            Value::Null => Ok(Self::default()),
            _ => Err(Error::new(ErrorKind::InvalidInput, "options must be an object")),
        }
    }

    /// Takes a field as it is.
    pub fn value(&mut self, name: &str) -> Value {
        self.map.get_mut(name).map(Value::take).unwrap_or_default()
    }

    fn read<T>(&mut self, name: &str, kind: &str, read: impl Fn(Value) -> Option<T>) -> Result<Option<T>> {
        match self.value(name) {
            Value::Null => Ok(None),
            value => read(value).map(Some).ok_or_else(|| wrong(name, kind)),
        }
    }

    /// Takes a string.
    pub fn text(&mut self, name: &str) -> Result<Option<String>> {
        self.read(name, "a string", text)
    }

    /// Takes a number.
    pub fn number(&mut self, name: &str) -> Result<Option<f64>> {
        self.read(name, "a number", |value| value.as_f64())
    }

    /// Takes a whole number that is not negative.
    pub fn whole(&mut self, name: &str) -> Result<Option<usize>> {
        let whole = |value: Value| value.as_f64().filter(|number| *number >= 0.0 && number.fract() == 0.0);
        Ok(self.read(name, "a whole number that is not negative", whole)?.map(|number| number as usize))
    }

    /// Takes a truth value.
    pub fn flag(&mut self, name: &str) -> Result<Option<bool>> {
        self.read(name, "true or false", |value| value.as_bool())
    }

    /// Takes an array; none is an empty one.
    pub fn list(&mut self, name: &str) -> Result<Vec<Value>> {
        let list = |value| if let Value::Array(list) = value { Some(list) } else { None };
        Ok(self.read(name, "an array", list)?.unwrap_or_default())
    }

    /// Takes an object as it is; none is an empty one.
    pub fn object(&mut self, name: &str) -> Result<Map<String, Value>> {
        let object = |value| if let Value::Object(object) = value { Some(object) } else { None };
        Ok(self.read(name, "an object", object)?.unwrap_or_default())
    }

    /// Takes an array of strings; none is an empty one.
    pub fn texts(&mut self, name: &str) -> Result<Vec<String>> {
        let texts: Option<Vec<String>> = self.list(name)?.into_iter().map(text).collect();
        texts.ok_or_else(|| wrong(name, "an array of strings"))
    }
}

fn text(value: Value) -> Option<String> {
    if let Value::String(text) = value { Some(text) } else { None }
}

fn wrong(name: &str, kind: &str) -> Error {
    Error::new(ErrorKind::InvalidInput, format!("`{name}` must be {kind}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields() -> Fields {
        let given = json!({"text": "a", "number": 1.5, "whole": 3, "flag": true, "texts": ["a", "b"], "null": null});
        Fields::new(given).unwrap()
    }

    #[test]
    fn what_is_there_is_taken_and_what_is_not_is_none() {
        let mut fields = fields();
        assert_eq!(fields.text("text"), Ok(Some("a".to_owned())));
        assert_eq!(fields.number("number"), Ok(Some(1.5)));
        assert_eq!(fields.whole("whole"), Ok(Some(3)));
        assert_eq!(fields.flag("flag"), Ok(Some(true)));
        assert_eq!(fields.texts("texts"), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(fields.text("null"), Ok(None));
        assert_eq!(fields.texts("absent"), Ok(Vec::new()));
    }

    #[test]
    fn the_wrong_type_is_refused_by_name() {
        assert_eq!(fields().number("text").unwrap_err().to_string(), "`text` must be a number");
        assert_eq!(fields().whole("number").unwrap_err().kind(), ErrorKind::InvalidInput);
        assert_eq!(fields().text("flag").unwrap_err().kind(), ErrorKind::InvalidInput);
        assert_eq!(fields().texts("whole").unwrap_err().kind(), ErrorKind::InvalidInput);
        assert_eq!(Fields::new(json!(5)).unwrap_err().kind(), ErrorKind::InvalidInput);
    }
}
