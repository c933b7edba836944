//! Writes rows and values in the grammar of the [module](super).

use super::super::letters;
use super::super::often::Often;
use super::infer::inner;
use super::schema::{Inner, Root, Schema, Type, after_key, is_plain, is_plain_key};
use super::value::{Object, Value};

/// Writes the body of a block and notes which classes it had to name.
pub(super) struct Writer<'w, 'a> {
    schema: &'w Schema<'a>,
    of_shape: &'w [Option<usize>],
    /// The names given to classes so far.
    pub(super) names: Vec<Option<String>>,
    named: usize,
    /// Whether `@` stands for a key somewhere.
    pub(super) says_key: bool,
    pub(super) values: Often<'w>,
    pub(super) out: String,
}

/// How values are told apart where they stand.
#[derive(Clone, Copy)]
struct Place<'k> {
    /// The key of the object around, which `@` stands for.
    key: Option<&'k str>,
    /// Whether entries go on lines of their own: true from the root down to the first row.
    spine: bool,
}

impl<'k> Place<'k> {
    fn within(key: Option<&'k str>) -> Self {
        Self { key, spine: false }
    }
}

impl<'w, 'a> Writer<'w, 'a> {
    pub(super) fn new(schema: &'w Schema<'a>, of_shape: &'w [Option<usize>], values: Often<'w>) -> Self {
        let names = vec![None; schema.classes.len()];
        Self { schema, of_shape, names, named: 0, says_key: false, values, out: String::new() }
    }

    /// Writes the whole document, one row or entry a line.
    pub(super) fn document(&mut self, root: &Value<'a>) {
        match (self.schema.root, root) {
            (Some(Root::List(class)), Value::List(items)) => self.list_rows(class, items, "\n"),
            (Some(Root::Map(class)), Value::Map(object)) => self.map_rows(class, object, "\n"),
            _ => self.any(root, Place { key: None, spine: true }),
        }
    }

    /// Gives a class a name, so that it can be told by it.
    pub(super) fn name(&mut self, class: usize) -> String {
        let next = letters(self.named);
        let Some(slot) = self.names.get_mut(class) else { return next };
        if slot.is_none() {
            self.named += 1;
        }
        slot.get_or_insert(next).clone()
    }

    fn class_of(&self, value: &Value) -> Option<usize> {
        match value {
            Value::Map(object) => self.of_shape.get(object.shape).copied().flatten(),
            _ => None,
        }
    }

    fn list_rows(&mut self, class: usize, items: &[Value<'a>], between: &str) {
        for (index, item) in items.iter().enumerate() {
            self.push_if(index > 0, between);
            if let Value::Map(object) = item {
                self.row(class, object, None);
            }
        }
    }

    fn map_rows(&mut self, class: usize, map: &Object<'a>, between: &str) {
        for (index, (key, item)) in map.entries.iter().enumerate() {
            self.push_if(index > 0, between);
            self.key(key);
            if let Value::Map(object) = item {
                self.row(class, object, Some(key));
            }
        }
    }

    fn row(&mut self, class: usize, object: &Object<'a>, key: Option<&str>) {
        self.cells(class, object, key, &mut 0);
    }

    /// Writes the cells of one object; `owed` counts the commas due before the next cell that is there.
    fn cells(&mut self, class: usize, object: &Object<'a>, key: Option<&str>, owed: &mut usize) {
        let schema = self.schema;
        let mut entries = object.entries.iter().peekable();
        for field in schema.fields(class) {
            let entry = entries.next_if(|(name, _)| *name == field.key);
            match (entry, &field.constant, field.ty) {
                (_, Some(_), _) => {}
                (None, ..) => *owed += schema.cells_of(field),
                (Some((name, Value::Map(inner))), None, Type::One(Inner::Class(of))) => {
                    self.cells(of, inner, Some(name), owed);
                }
                (Some((name, value)), None, ty) => {
                    for _ in 0..*owed {
                        self.out.push(',');
                    }
                    *owed = 1;
                    self.typed(value, ty, key, name);
                }
            }
        }
    }

    fn typed(&mut self, value: &Value<'a>, ty: Type, key: Option<&str>, name: &str) {
        match (ty, value) {
            (Type::One(Inner::Str), Value::Text(text)) => self.text(text, key, true),
            (Type::Boxed(class), Value::Map(object)) => {
                self.out.push('{');
                self.row(class, object, Some(name));
                self.out.push('}');
            }
            (Type::List(Inner::Class(class)), Value::List(items)) => {
                self.out.push('[');
                self.list_rows(class, items, ";");
                self.out.push(']');
            }
            (Type::List(Inner::Str), Value::List(items)) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.push_if(index > 0, ",");
                    self.string(item, key);
                }
                self.out.push(']');
            }
            (Type::Map(Inner::Class(class)), Value::Map(map)) => {
                self.out.push('{');
                self.map_rows(class, map, ";");
                self.out.push('}');
            }
            (Type::Map(Inner::Str), Value::Map(map)) => {
                self.out.push('{');
                for (index, (entry, item)) in map.entries.iter().enumerate() {
                    self.push_if(index > 0, ",");
                    self.key(entry);
                    self.string(item, Some(name));
                }
                self.out.push('}');
            }
            _ => self.any_of(value, Place::within(key), Some(name)),
        }
    }

    /// Writes a value that tells by itself what it is.
    fn any(&mut self, value: &Value<'a>, place: Place) {
        self.any_of(value, place, None);
    }

    /// The same, where an object is held under `name`.
    fn any_of(&mut self, value: &Value<'a>, place: Place, name: Option<&str>) {
        match value {
            Value::Bare(lexeme) => self.out.push_str(lexeme),
            Value::Text(text) => self.text(text, place.key, false),
            Value::List(items) => self.any_list(items, place),
            Value::Map(object) => match self.class_of(value) {
                Some(class) => {
                    let tag = self.name(class);
                    self.out.push_str(&tag);
                    self.out.push('{');
                    self.row(class, object, name);
                    self.out.push('}');
                }
                None => self.any_map(object, Place { key: name, ..place }),
            },
        }
    }

    fn any_list(&mut self, items: &[Value<'a>], place: Place) {
        if let (Inner::Class(class), _) = inner(items.iter(), self.of_shape) {
            let tag = self.name(class);
            self.out.push_str(&tag);
            self.bracketed('[', ']', place.spine, |writer| {
                writer.list_rows(class, items, if place.spine { "\n" } else { ";" });
            });
            return;
        }
        self.bracketed('[', ']', place.spine && !items.is_empty(), |writer| {
            for (index, item) in items.iter().enumerate() {
                writer.push_if(index > 0, if place.spine { "\n" } else { "," });
                writer.any(item, Place { spine: false, ..place });
            }
        });
    }

    fn any_map(&mut self, map: &Object<'a>, place: Place) {
        if let (Inner::Class(class), _) = inner(map.entries.iter().map(|(_, value)| value), self.of_shape) {
            let tag = self.name(class);
            self.out.push_str(&tag);
            self.out.push(':');
            self.bracketed('{', '}', place.spine, |writer| {
                writer.map_rows(class, map, if place.spine { "\n" } else { ";" });
            });
            return;
        }
        self.bracketed('{', '}', place.spine && !map.entries.is_empty(), |writer| {
            for (index, (key, value)) in map.entries.iter().enumerate() {
                writer.push_if(index > 0, if place.spine { "\n" } else { "," });
                writer.key(key);
                writer.any_of(value, place, Some(key));
            }
        });
    }

    fn bracketed(&mut self, open: char, close: char, spine: bool, inside: impl FnOnce(&mut Self)) {
        self.out.push(open);
        self.push_if(spine, "\n");
        inside(self);
        self.push_if(spine, "\n");
        self.out.push(close);
    }

    fn string(&mut self, value: &Value<'a>, key: Option<&str>) {
        if let Value::Text(text) = value {
            self.text(text, key, true);
        }
    }

    fn text(&mut self, text: &str, key: Option<&str>, sure: bool) {
        if let Some(rest) = after_key(text, key) {
            self.says_key = true;
            self.out.push('@');
            self.out.push_str(rest);
        } else if self.values.push(text, &mut self.out) {
            // Said by its number.
        } else if is_plain(text, sure) && (self.values.list.is_empty() || !text.starts_with('$')) {
            self.out.push_str(text);
        } else {
            quote(text, &mut self.out);
        }
    }

    fn key(&mut self, key: &str) {
        if is_plain_key(key) {
            self.out.push_str(key);
        } else {
            quote(key, &mut self.out);
        }
        self.out.push(':');
    }

    fn push_if(&mut self, condition: bool, text: &str) {
        if condition {
            self.out.push_str(text);
        }
    }
}

pub(super) fn quote(text: &str, out: &mut String) {
    out.push('"');
    out.push_str(text);
    out.push('"');
}

/// The cell of a constant, or `None` for a value that is no scalar and so can't be one.
pub(super) fn constant_cell(value: &Value, own_key: bool) -> Option<String> {
    match value {
        _ if own_key => Some("@".to_owned()),
        Value::Bare(lexeme) => Some((*lexeme).to_owned()),
        Value::Text(text) => Some(if is_plain(text, false) && super::schema::is_plain_name(text) {
            text.to_string()
        } else {
            format!("\"{text}\"")
        }),
        Value::List(_) | Value::Map(_) => None,
    }
}
