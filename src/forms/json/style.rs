//! How a JSON text is laid out: what it takes to write its whitespace again.

use crate::content::{Event, JsonReader};

use super::value::Value;

/// The space that a writer puts between lexemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// None at all.
    Compact,
    /// `", "` and `": "`, as Python's `json.dumps` does.
    Spaced,
    /// One line an entry, indented by so many spaces.
    Indent(u8),
    /// One line an entry, indented by tabs.
    Tab,
    /// Irregular: the meaning is kept, the space is not, and it is written compactly.
    Loose,
}

/// A layout that can be named in a block's header and written again byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    gap: Gap,
    /// Lines end in `\r\n`.
    crlf: bool,
    /// The root list is one document a line (JSON Lines).
    pub(super) lines: bool,
}

const INDENTS: [&str; 8] =
    ["indent 1", "indent 2", "indent 3", "indent 4", "indent 5", "indent 6", "indent 7", "indent 8"];

impl Style {
    /// The style that gives `source` back from `value`, or the loose one.
    pub(super) fn of(source: &str, value: &Value, lines: bool) -> Self {
        let crlf = source.contains("\r\n");
        let style = Self { gap: guess(source), crlf, lines };
        if style.render(value) == source { style } else { Self { gap: Gap::Loose, crlf: false, lines } }
    }

    /// Whether the source comes back byte for byte.
    pub(super) fn is_exact(self) -> bool {
        self.gap != Gap::Loose
    }

    /// The same document without any space.
    pub(super) fn tight(self) -> Self {
        Self { gap: Gap::Compact, crlf: false, ..self }
    }

    /// Whether the source has no space to save.
    pub(super) fn is_compact(self) -> bool {
        self.gap == Gap::Compact
    }

    /// The words for it in a header.
    pub(super) fn name(self) -> String {
        let gap = match self.gap {
            Gap::Compact => "compact",
            Gap::Spaced => "spaced",
            Gap::Indent(width) => INDENTS.get(usize::from(width).wrapping_sub(1)).copied().unwrap_or("loose"),
            Gap::Tab => "indent tab",
            Gap::Loose => "loose",
        };
        format!("{}{gap}{}", if self.lines { "lines " } else { "" }, if self.crlf { " crlf" } else { "" })
    }

    /// The style that a header names.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (lines, name) = name.strip_prefix("lines ").map_or((false, name), |rest| (true, rest));
        let (crlf, name) = name.strip_suffix(" crlf").map_or((false, name), |rest| (true, rest));
        let gap = match name {
            "compact" => Gap::Compact,
            "spaced" => Gap::Spaced,
            "indent tab" => Gap::Tab,
            "loose" => Gap::Loose,
            _ => Gap::Indent(u8::try_from(INDENTS.iter().position(|indent| *indent == name)? + 1).ok()?),
        };
        Some(Self { gap, crlf, lines })
    }

    /// Writes `value` in this style.
    pub(super) fn render(self, value: &Value) -> String {
        let mut out = String::new();
        match value {
            Value::List(items) if self.lines => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push_str(self.newline());
                    }
                    self.write(item, 0, &mut out);
                }
            }
            _ => self.write(value, 0, &mut out),
        }
        out
    }

    fn write(self, value: &Value, depth: usize, out: &mut String) {
        match value {
            Value::Bare(lexeme) => out.push_str(lexeme),
            Value::Text(content) => quote(content, out),
            Value::List(items) if items.is_empty() => out.push_str("[]"),
            Value::Map(object) if object.entries.is_empty() => out.push_str("{}"),
            Value::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.separate(index, depth + 1, out);
                    self.write(item, depth + 1, out);
                }
                self.break_line(depth, out);
                out.push(']');
            }
            Value::Map(object) => {
                out.push('{');
                for (index, (key, item)) in object.entries.iter().enumerate() {
                    self.separate(index, depth + 1, out);
                    quote(key, out);
                    out.push_str(if matches!(self.gap, Gap::Compact | Gap::Loose) { ":" } else { ": " });
                    self.write(item, depth + 1, out);
                }
                self.break_line(depth, out);
                out.push('}');
            }
        }
    }

    fn separate(self, index: usize, depth: usize, out: &mut String) {
        if index > 0 {
            out.push(',');
            if self.gap == Gap::Spaced {
                out.push(' ');
            }
        }
        self.break_line(depth, out);
    }

    fn break_line(self, depth: usize, out: &mut String) {
        let (unit, width) = match self.gap {
            Gap::Indent(width) => (" ", usize::from(width)),
            Gap::Tab => ("\t", 1),
            _ => return,
        };
        out.push_str(self.newline());
        for _ in 0..depth * width {
            out.push_str(unit);
        }
    }

    fn newline(self) -> &'static str {
        if self.crlf { "\r\n" } else { "\n" }
    }
}

fn quote(content: &str, out: &mut String) {
    out.push('"');
    out.push_str(content);
    out.push('"');
}

/// The style that the first places of `source` speak for; the caller checks it against the whole.
fn guess(source: &str) -> Gap {
    let inner = source.get(1..).unwrap_or_default();
    let Some(line) = inner.strip_prefix("\r\n").or_else(|| inner.strip_prefix('\n')) else {
        return if is_spaced(source) { Gap::Spaced } else { Gap::Compact };
    };
    if line.starts_with('\t') {
        return Gap::Tab;
    }
    match line.bytes().take_while(|byte| *byte == b' ').count() {
        0 => Gap::Compact,
        width => u8::try_from(width).ok().filter(|width| *width <= 8).map_or(Gap::Loose, Gap::Indent),
    }
}

/// Whether the first colon or comma outside of strings is followed by a space.
fn is_spaced(source: &str) -> bool {
    let mut reader = JsonReader::new(source, 0);
    loop {
        let event = reader.next_event();
        let next = |offset: usize| source.as_bytes().get(reader.position() + offset);
        match event {
            Event::End | Event::Invalid => return false,
            Event::Key(_) => return next(0) == Some(&b' '),
            _ if next(0) == Some(&b',') => return next(1) == Some(&b' '),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shapes::Shapes;
    use super::*;

    fn style_of(source: &str) -> Style {
        Style::of(source, &Value::read(source, &mut Shapes::default()).unwrap(), false)
    }

    #[test]
    fn regular_layouts_come_back_byte_for_byte() {
        for source in [
            r#"{"a":[1,2],"b":{}}"#,
            r#"{"a": [1, 2], "b": {}}"#,
            "[1, 2]",
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": []\n}",
            "{\n\t\"a\": 1\n}",
            "{\r\n    \"a\": 1\r\n}",
            r#"["a, \"b\": c"]"#,
        ] {
            let style = style_of(source);
            assert_eq!(style.render(&Value::read(source, &mut Shapes::default()).unwrap()), source);
            assert_eq!(Style::parse(&style.name()), Some(style), "{}", style.name());
        }
    }

    #[test]
    fn irregular_layout_is_loose() {
        assert!(!style_of("{\"a\" :1}").is_exact());
        assert!(!style_of("[\n  1, 2\n]").is_exact());
    }
}
