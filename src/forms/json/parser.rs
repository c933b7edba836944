//! Reads rows and values of the grammar of the [module](super) back.

use std::borrow::Cow;

use trimtab_error::Result;

use super::super::often::value_of;
use super::header::{not_ours, quote_end};
use super::schema::{Inner, Root, Schema, Type, is_bare};
use super::value::{Object, Value};

/// Reads the body of a block under its schema.
pub(super) struct Parser<'a> {
    schema: &'a Schema<'a>,
    names: &'a [(&'a str, usize)],
    /// The strings that have a number.
    values: &'a [&'a str],
    rest: &'a str,
    depth: usize,
}

type Entries<'a> = Vec<(&'a str, Value<'a>)>;

/// Where reading stands within a row.
#[derive(Default)]
struct Row {
    started: bool,
    ended: bool,
}

/// Deeper than any document that the reader takes, tags and boxes included.
const DEPTH: usize = 4 * trimtab_content::DEPTH;

impl<'a> Parser<'a> {
    /// Reads `body` whole.
    pub(super) fn document(
        schema: &'a Schema<'a>,
        names: &'a [(&'a str, usize)],
        values: &'a [&'a str],
        body: &'a str,
    ) -> Result<Value<'a>> {
        let mut parser = Self { schema, names, values, rest: body, depth: 0 };
        let spreads = Spreads::measure(schema);
        if !spreads.is_some_and(|spreads| spreads.0.iter().flatten().all(|cells| *cells <= body.len() + 1)) {
            return Err(not_ours("its declarations"));
        }
        let value = match schema.root {
            Some(Root::List(class)) => parser.list_rows(class, None).map(Value::List),
            Some(Root::Map(class)) => parser.map_rows(class, None).map(map),
            None => parser.any(None, None),
        };
        value.filter(|_| parser.rest.is_empty()).ok_or_else(|| not_ours(parser.rest))
    }

    fn peek(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Reads entries with `one` until `close`, or to the end when there is none.
    fn entries<T>(&mut self, close: Option<&str>, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut all = Vec::new();
        if let Some(close) = close {
            self.take("\n");
            if self.take(close) {
                return Some(all);
            }
        }
        loop {
            all.push(one(self)?);
            match (close, self.peek()) {
                (None, None) => return Some(all),
                (_, Some(b',' | b';')) => self.rest = self.rest.get(1..)?,
                (_, Some(b'\n')) => {
                    self.rest = self.rest.get(1..)?;
                    if close.is_some_and(|close| self.take(close)) {
                        return Some(all);
                    }
                }
                (Some(close), _) if self.take(close) => return Some(all),
                _ => return None,
            }
        }
    }

    fn list_rows(&mut self, class: usize, close: Option<&str>) -> Option<Vec<Value<'a>>> {
        self.entries(close, |parser| parser.row(class, None))
    }

    fn map_rows(&mut self, class: usize, close: Option<&str>) -> Option<Entries<'a>> {
        self.entries(close, |parser| {
            let key = parser.key()?;
            Some((key, parser.row(class, Some(key))?))
        })
    }

    fn row(&mut self, class: usize, key: Option<&'a str>) -> Option<Value<'a>> {
        self.deeper(|parser| parser.cells(class, key, &mut Row::default())).map(|(entries, _)| map(entries))
    }

    fn deeper<T>(&mut self, inside: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth == DEPTH {
            return None;
        }
        self.depth += 1;
        let result = inside(self);
        self.depth -= 1;
        result
    }

    /// Reads the cells of one object, and whether any of them was there.
    fn cells(&mut self, class: usize, key: Option<&'a str>, row: &mut Row) -> Option<(Entries<'a>, bool)> {
        let schema = self.schema;
        let mut entries = Vec::new();
        let mut any = false;
        for field in schema.fields(class) {
            if let Some(constant) = &field.constant {
                entries.push((field.key, constant_value(constant, key)));
                continue;
            }
            if let Type::One(Inner::Class(inner)) = field.ty {
                let (inside, there) = self.deeper(|parser| parser.cells(inner, Some(field.key), row))?;
                if there {
                    entries.push((field.key, map(inside)));
                    any = true;
                }
            } else if self.next_cell(row) {
                entries.push((field.key, self.typed(field.ty, key, field.key)?));
                any = true;
            }
        }
        Some((entries, any))
    }

    /// Moves to the next cell of a row; `false` when it is empty or the row is over.
    fn next_cell(&mut self, row: &mut Row) -> bool {
        if row.started && !row.ended {
            row.ended = !self.take(",");
        }
        row.started = true;
        !row.ended && !matches!(self.peek(), None | Some(b',' | b';' | b'}' | b']' | b'\n'))
    }

    fn typed(&mut self, ty: Type, key: Option<&'a str>, name: &'a str) -> Option<Value<'a>> {
        match (ty, self.peek()?) {
            (Type::One(Inner::Str), _) => self.string(key),
            (Type::Boxed(class), b'{') => {
                self.take("{");
                let value = self.row(class, Some(name))?;
                self.take("}").then_some(value)
            }
            (Type::List(inner), b'[') => {
                self.take("[");
                let items = match inner {
                    Inner::Class(class) => self.list_rows(class, Some("]")),
                    _ => self.entries(Some("]"), |parser| parser.string(key)),
                };
                items.map(Value::List)
            }
            (Type::Map(inner), b'{') => {
                self.take("{");
                let entries = match inner {
                    Inner::Class(class) => self.map_rows(class, Some("}")),
                    _ => self.entries(Some("}"), |parser| Some((parser.key()?, parser.string(Some(name))?))),
                };
                entries.map(map)
            }
            _ => self.any(key, Some(name)),
        }
    }

    fn any(&mut self, key: Option<&'a str>, name: Option<&'a str>) -> Option<Value<'a>> {
        self.deeper(|parser| parser.any_inside(key, name))
    }

    fn any_inside(&mut self, key: Option<&'a str>, name: Option<&'a str>) -> Option<Value<'a>> {
        match self.peek()? {
            b'"' => self.quoted().map(|text| Value::Text(Cow::Borrowed(text))),
            b'[' => {
                self.take("[");
                self.entries(Some("]"), |parser| parser.any(key, None)).map(Value::List)
            }
            b'{' => {
                self.take("{");
                self.entries(Some("}"), |parser| {
                    let entry = parser.key()?;
                    Some((entry, parser.any(name, Some(entry))?))
                })
                .map(map)
            }
            _ => {
                let run = self.run();
                match self.peek() {
                    Some(b'{' | b'[') => self.tagged(run, name),
                    Some(b'"') => None,
                    _ if is_bare(run) => Some(Value::Bare(run)),
                    _ => self.said(run, key),
                }
            }
        }
    }

    /// Reads an object, a list or a map whose class is named before its bracket.
    fn tagged(&mut self, tag: &str, name: Option<&'a str>) -> Option<Value<'a>> {
        let of_map = tag.strip_suffix(':');
        let class = self.names.iter().find(|(known, _)| *known == of_map.unwrap_or(tag)).map(|(_, class)| *class)?;
        if self.take("[") {
            return self.list_rows(class, Some("]")).map(Value::List);
        }
        self.take("{");
        if of_map.is_some() {
            return self.map_rows(class, Some("}")).map(map);
        }
        let value = self.row(class, name)?;
        self.take("}").then_some(value)
    }

    fn string(&mut self, key: Option<&'a str>) -> Option<Value<'a>> {
        if self.peek() == Some(b'"') {
            return self.quoted().map(|text| Value::Text(Cow::Borrowed(text)));
        }
        match self.run() {
            "" => None,
            "null" => Some(Value::Bare("null")),
            run => self.said(run, key),
        }
    }

    /// A string that stood without quotes.
    fn said(&self, run: &'a str, key: Option<&'a str>) -> Option<Value<'a>> {
        if !self.values.is_empty() && run.starts_with('$') {
            return value_of(run, self.values).map(|text| Value::Text(Cow::Borrowed(text)));
        }
        Some(said(run, key))
    }

    fn key(&mut self) -> Option<&'a str> {
        let key = if self.peek()? == b'"' {
            self.quoted()?
        } else {
            let (key, rest) = self.rest.split_at_checked(self.rest.find(':')?)?;
            self.rest = rest;
            key
        };
        self.take(":").then_some(key)
    }

    fn quoted(&mut self) -> Option<&'a str> {
        let inside = self.rest.get(1..)?;
        let end = quote_end(inside)?;
        self.rest = inside.get(end + 1..)?;
        inside.get(..end)
    }

    /// Takes what stands before the next sign of the grammar.
    fn run(&mut self) -> &'a str {
        let end = self.rest.find([',', ';', '{', '}', '[', ']', '"', '\n']).unwrap_or(self.rest.len());
        let Some((run, rest)) = self.rest.split_at_checked(end) else { return "" };
        self.rest = rest;
        run
    }
}

fn map<'a>(entries: Entries<'a>) -> Value<'a> {
    Value::Map(Object { entries, shape: usize::MAX })
}

/// A string as it was before [`after_key`](super::schema::after_key) shortened it.
fn said<'a>(run: &'a str, key: Option<&'a str>) -> Value<'a> {
    Value::Text(match run.strip_prefix('@').zip(key) {
        Some(("", key)) => Cow::Borrowed(key),
        Some((rest, key)) => Cow::Owned(format!("{key}{rest}")),
        None => Cow::Borrowed(run),
    })
}

fn constant_value<'a>(constant: &'a str, key: Option<&'a str>) -> Value<'a> {
    match constant.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(content) => Value::Text(Cow::Borrowed(content)),
        None if is_bare(constant) => Value::Bare(constant),
        None => said(constant, key),
    }
}

/// How many cells each class spreads into; a forged header could make them endless.
struct Spreads(Vec<Option<usize>>);

impl Spreads {
    /// Measures every class, or tells with `None` that one spreads into itself.
    fn measure(schema: &Schema) -> Option<Self> {
        let mut this = Self(vec![None; schema.classes.len()]);
        for class in 0..schema.classes.len() {
            this.class(schema, class, 0)?;
        }
        Some(this)
    }

    fn class(&mut self, schema: &Schema, class: usize, depth: usize) -> Option<usize> {
        if let Some(known) = self.0.get(class).copied().flatten() {
            return Some(known);
        }
        if depth > DEPTH {
            return None;
        }
        let mut cells = 0_usize;
        for field in schema.fields(class) {
            cells = cells.saturating_add(match field.ty {
                _ if field.constant.is_some() => 0,
                Type::One(Inner::Class(inner)) => self.class(schema, inner, depth + 1)?,
                _ => 1,
            });
        }
        *self.0.get_mut(class)? = Some(cells);
        Some(cells)
    }
}
