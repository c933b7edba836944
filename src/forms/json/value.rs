//! A JSON document as a tree of lexemes.

use std::borrow::Cow;

use trimtab_content::{Event, JsonReader};

use super::shapes::Shapes;

/// A value; strings and numbers are the source's own characters, never converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A number, `true`, `false` or `null`.
    Bare(&'a str),
    /// A string without its quotes, escapes kept.
    Text(Cow<'a, str>),
    List(Vec<Value<'a>>),
    Map(Object<'a>),
}

/// Entries in source order, duplicates and all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Object<'a> {
    pub(super) entries: Vec<(&'a str, Value<'a>)>,
    /// Which of the [`Shapes`] its keys make; objects read back have none.
    pub(super) shape: usize,
}

enum Open<'a> {
    List(Vec<Value<'a>>),
    Map { entries: Vec<(&'a str, Value<'a>)>, key: Option<&'a str> },
}

impl<'a> Value<'a> {
    /// Reads the value that begins at byte `at` of `text`, noting the shapes of its objects, and says where it ends.
    pub(super) fn read(text: &'a str, at: usize, shapes: &mut Shapes<'a>) -> Option<(Self, usize)> {
        let mut reader = JsonReader::new(text, at);
        let mut open: Vec<Open<'a>> = Vec::new();
        let mut root = None;
        loop {
            let value = match reader.next_event() {
                Event::OpenMap => {
                    open.push(Open::Map { entries: Vec::new(), key: None });
                    continue;
                }
                Event::OpenList => {
                    open.push(Open::List(Vec::new()));
                    continue;
                }
                Event::Key(name) => {
                    if let Some(Open::Map { key, .. }) = open.last_mut() {
                        *key = Some(name);
                    }
                    continue;
                }
                Event::Text(text) => Self::Text(Cow::Borrowed(text)),
                Event::Bare(text) => Self::Bare(text),
                Event::Close => match open.pop()? {
                    Open::List(items) => Self::List(items),
                    Open::Map { entries, .. } => {
                        let shape = shapes.note(&entries);
                        Self::Map(Object { entries, shape })
                    }
                },
                Event::End => return Some((root?, reader.position())),
                Event::Invalid => return None,
            };
            match open.last_mut() {
                Some(Open::List(items)) => items.push(value),
                Some(Open::Map { entries, key }) => entries.push((key.take()?, value)),
                None => root = Some(value),
            }
        }
    }

    /// Collects the strings in it, keys aside.
    pub(super) fn strings<'v>(&'v self, out: &mut Vec<&'v str>) {
        match self {
            Self::Bare(_) => {}
            Self::Text(text) => out.push(text),
            Self::List(items) => items.iter().for_each(|item| item.strings(out)),
            Self::Map(object) => object.entries.iter().for_each(|(_, item)| item.strings(out)),
        }
    }
}
