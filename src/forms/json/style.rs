//! How a JSON text is laid out: what it takes to write its whitespace again.

use trimtab_content::{Event, JsonReader};

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
}

/// A layout that can be named in a block's header and written again byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Style {
    gap: Gap,
    /// How many levels deeper all of it stands than its own brackets say, because it is part of something larger.
    depth: usize,
    /// Lines end in `\r\n`.
    crlf: bool,
    /// What stands between the documents that the root list is made of, where it is not itself in the text.
    between: Option<Between>,
    /// Objects on one line have a space at both ends.
    padded: bool,
    /// Lists and objects that hold only scalars are on one line, among others that are not.
    flat: bool,
    /// Which lists and objects, counted as they open and without empty ones, are on one line though by what is said they
    /// are not, or the other way round.
    odd: Vec<usize>,
}

/// What stands deeper than this is left.
const DEEPEST: usize = 64;

/// More odd ones than this are no style.
const ODDEST: usize = 40;

/// The space that JSON may have.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// What stands between documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// One document a line, as in JSON Lines, or at least a new one on a new line.
    Line,
    CrLf,
    Space,
    Nothing,
    BlankLine,
    /// A comma, as between the items of a list that is no JSON itself: one of them has a comment, or a comma follows the last.
    Comma,
}

impl Between {
    pub(super) const ALL: [Self; 6] =
        [Self::Line, Self::CrLf, Self::Space, Self::BlankLine, Self::Comma, Self::Nothing];

    /// What stands at the start of `rest` in its place, where it is this; the space after a comma is the layout's.
    pub(super) fn at_start(self, rest: &str) -> Option<&str> {
        let after = rest.strip_prefix(self.text())?;
        let space = if self == Self::Comma { after.len() - after.trim_start_matches(SPACE).len() } else { 0 };
        let length = self.text().len() + space;
        rest.split_at_checked(length).filter(|(_, next)| !next.starts_with(SPACE)).map(|(between, _)| between)
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Line => "\n",
            Self::CrLf => "\r\n",
            Self::Space => " ",
            Self::Nothing => "",
            Self::BlankLine => "\n\n",
            Self::Comma => ",",
        }
    }

    /// The word for it in a header.
    const fn name(self) -> &'static str {
        match self {
            Self::Line => "lines ",
            Self::CrLf => "crlf lines ",
            Self::Space => "words ",
            Self::Nothing => "adjoined ",
            Self::BlankLine => "paragraphs ",
            Self::Comma => "items ",
        }
    }
}

const INDENTS: [&str; 8] =
    ["indent 1", "indent 2", "indent 3", "indent 4", "indent 5", "indent 6", "indent 7", "indent 8"];

impl Style {
    /// The style that gives `source` back from `value`; `None` where no words can tell it.
    pub(super) fn of(source: &str, value: &Value, between: Option<Between>) -> Option<Self> {
        let (gap, depth) = guess(source)?;
        let crlf = matches!(gap, Gap::Indent(_) | Gap::Tab) && source.contains('\r') && source.contains("\r\n");
        let mut style = Self { gap, depth, crlf, between, padded: false, flat: false, odd: Vec::new() };
        if style.render(value) == source {
            return Some(style);
        }
        style.learn(source);
        (style.odd.len() <= ODDEST && style.render(value) == source).then_some(style)
    }

    /// Finds out which lists and objects are on one line.
    fn learn(&mut self, source: &str) {
        let mut reader = JsonReader::new(source, 0);
        // For each that is not empty: whether it is on one line, whether it holds others, and whether it is held by one
        // that is on one line, which says it all.
        let mut seen: Vec<(bool, bool, bool)> = Vec::new();
        let mut open: Vec<Option<usize>> = Vec::new();
        loop {
            let event = reader.next_event();
            match event {
                Event::OpenMap | Event::OpenList => {
                    let rest = source.as_bytes().get(reader.position()..).unwrap_or_default();
                    let gap = rest.iter().take_while(|byte| b" \t\r\n".contains(byte)).count();
                    if matches!(rest.get(gap), Some(b'}' | b']') | None) {
                        open.push(None);
                        continue;
                    }
                    let line = !rest.iter().take(gap).any(|byte| *byte == b'\n');
                    self.padded |= event == Event::OpenMap && line && gap == 1;
                    let within = open.last().copied().flatten().and_then(|place| seen.get_mut(place));
                    let told = within.is_some_and(|outer| {
                        outer.1 = true;
                        outer.0
                    });
                    open.push(Some(seen.len()));
                    seen.push((line, false, told));
                }
                Event::Close => {
                    open.pop();
                }
                Event::End => {
                    let rest = source.get(reader.position()..).unwrap_or_default();
                    match self.between.and_then(|between| between.at_start(rest)) {
                        Some(between) if between.len() < rest.len() => {
                            reader = JsonReader::new(source, reader.position() + between.len());
                        }
                        _ => break,
                    }
                }
                Event::Invalid => break,
                _ => {}
            }
        }
        if self.is_one_line() {
            return;
        }
        let leaves = || seen.iter().filter(|(_, holds, _)| !holds);
        self.flat = leaves().filter(|(line, ..)| *line).count() * 2 > leaves().count();
        let odd = |(_, (line, holds, told)): &(usize, &(bool, bool, bool))| !told && *line != (self.flat && !holds);
        self.odd = seen.iter().enumerate().filter(odd).map(|(place, _)| place).take(ODDEST + 1).collect();
    }

    fn is_one_line(&self) -> bool {
        matches!(self.gap, Gap::Compact | Gap::Spaced)
    }

    /// The same document without any space.
    pub(super) fn tight(&self) -> Self {
        let (gap, between) = (Gap::Compact, self.between);
        Self { gap, depth: 0, crlf: false, between, padded: false, flat: false, odd: Vec::new() }
    }

    /// Whether the source has no space to save.
    pub(super) fn is_compact(&self) -> bool {
        self.gap == Gap::Compact && !self.padded
    }

    /// The words for it in a header.
    pub(super) fn name(&self) -> String {
        let gap = match self.gap {
            Gap::Compact => "compact",
            Gap::Spaced => "spaced",
            Gap::Indent(width) => INDENTS.get(usize::from(width).wrapping_sub(1)).copied().unwrap_or("compact"),
            Gap::Tab => "indent tab",
        };
        let mut name = format!("{}{gap}", self.between.map_or("", Between::name));
        if self.depth > 0 {
            name.push_str(" deep ");
            name.push_str(&self.depth.to_string());
        }
        for (is, word) in [(self.crlf, " crlf"), (self.padded, " padded"), (self.flat, " flat")] {
            name.push_str(if is { word } else { "" });
        }
        for (index, place) in self.odd.iter().enumerate() {
            name.push_str(if index == 0 { " odd " } else { "+" });
            name.push_str(&place.to_string());
        }
        name
    }

    /// The style that a header names.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let between = Between::ALL.into_iter().find(|between| name.starts_with(between.name()));
        let name = between.and_then(|between| name.strip_prefix(between.name())).unwrap_or(name);
        let (name, odd) = name.split_once(" odd ").map_or((name, None), |(name, odd)| (name, Some(odd)));
        let odd = odd.map_or(Some(Vec::new()), |odd| odd.split('+').map(|place| place.parse().ok()).collect())?;
        let mut name = name;
        let [flat, padded, crlf] = [" flat", " padded", " crlf"].map(|word| {
            let rest = name.strip_suffix(word);
            name = rest.unwrap_or(name);
            rest.is_some()
        });
        let (name, depth) = name.split_once(" deep ").map_or((name, None), |(name, depth)| (name, Some(depth)));
        // A block that was tampered with must not make us write more than a layout can be.
        let depth = depth.map_or(Some(0), |depth| depth.parse().ok().filter(|depth| *depth <= DEEPEST))?;
        let gap = match name {
            "compact" => Gap::Compact,
            "spaced" => Gap::Spaced,
            "indent tab" => Gap::Tab,
            _ => Gap::Indent(u8::try_from(INDENTS.iter().position(|indent| *indent == name)? + 1).ok()?),
        };
        Some(Self { gap, depth, crlf, between, padded, flat, odd })
    }

    /// Writes `value` in this style.
    pub(super) fn render(&self, value: &Value) -> String {
        let mut render = Render { style: self, opened: 0, odd: &self.odd, out: String::new() };
        match value {
            Value::List(items) if self.between.is_some() => {
                for (index, item) in items.iter().enumerate() {
                    match self.between {
                        Some(Between::Comma) if index > 0 => {
                            render.separate(index, self.depth, self.is_one_line(), false);
                        }
                        Some(between) if index > 0 => render.out.push_str(between.text()),
                        _ => {}
                    }
                    render.value(item, self.depth, self.is_one_line());
                }
            }
            _ => render.value(value, self.depth, self.is_one_line()),
        }
        render.out
    }
}

/// What lines are indented by, as many at once as there mostly are.
const SPACES: &str = "                        ";
const TABS: &str = "\t\t\t\t\t\t\t\t";

/// A document on its way out.
struct Render<'s> {
    style: &'s Style,
    /// How many lists and objects were opened, and the odd ones to come.
    opened: usize,
    odd: &'s [usize],
    out: String,
}

impl Render<'_> {
    /// Writes a value; `line` says that what is around is on one line.
    fn value(&mut self, value: &Value, depth: usize, line: bool) {
        match value {
            Value::Bare(lexeme) => self.out.push_str(lexeme),
            Value::Text(content) => quote(content, &mut self.out),
            Value::List(items) if items.is_empty() => self.out.push_str("[]"),
            Value::Map(object) if object.entries.is_empty() => self.out.push_str("{}"),
            Value::List(items) => {
                let line = line | self.is_line(|| items.iter().all(is_scalar));
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.separate(index, depth + 1, line, false);
                    self.value(item, depth + 1, line);
                }
                self.close(depth, line, false);
                self.out.push(']');
            }
            Value::Map(object) => {
                let line = line | self.is_line(|| object.entries.iter().all(|(_, item)| is_scalar(item)));
                self.out.push('{');
                for (index, (key, item)) in object.entries.iter().enumerate() {
                    self.separate(index, depth + 1, line, self.style.padded);
                    quote(key, &mut self.out);
                    self.out.push_str(if self.style.gap == Gap::Compact { ":" } else { ": " });
                    self.value(item, depth + 1, line);
                }
                self.close(depth, line, self.style.padded);
                self.out.push('}');
            }
        }
    }

    /// Whether the list or object that opens here is on one line by itself.
    fn is_line(&mut self, is_leaf: impl FnOnce() -> bool) -> bool {
        let odd = self.odd.first() == Some(&self.opened);
        if odd {
            self.odd = self.odd.get(1..).unwrap_or_default();
        }
        self.opened += 1;
        odd != (self.style.flat && is_leaf())
    }

    fn separate(&mut self, index: usize, depth: usize, line: bool, padded: bool) {
        if index > 0 {
            self.out.push(',');
        }
        if !line {
            self.break_line(depth);
        } else if if index > 0 { self.style.gap != Gap::Compact } else { padded } {
            self.out.push(' ');
        }
    }

    fn close(&mut self, depth: usize, line: bool, padded: bool) {
        if !line {
            self.break_line(depth);
        } else if padded {
            self.out.push(' ');
        }
    }

    fn break_line(&mut self, depth: usize) {
        let (units, width) = match self.style.gap {
            Gap::Indent(width) => (SPACES, usize::from(width)),
            _ => (TABS, 1),
        };
        self.out.push_str(if self.style.crlf { "\r\n" } else { "\n" });
        let mut missing = depth * width;
        while missing > 0 {
            let some = missing.min(units.len());
            self.out.push_str(units.get(..some).unwrap_or_default());
            missing -= some;
        }
    }
}

/// Whether a value holds no others.
fn is_scalar(value: &Value) -> bool {
    match value {
        Value::Bare(_) | Value::Text(_) => true,
        Value::List(items) => items.is_empty(),
        Value::Map(object) => object.entries.is_empty(),
    }
}

fn quote(content: &str, out: &mut String) {
    out.push('"');
    out.push_str(content);
    out.push('"');
}

/// The space that the first places of `source` speak for, and how deep its last bracket stands; the caller checks it
/// against the whole.
fn guess(source: &str) -> Option<(Gap, usize)> {
    let inner = source.get(1..).unwrap_or_default();
    let Some(line) = inner.strip_prefix("\r\n").or_else(|| inner.strip_prefix('\n')) else {
        return Some((if is_spaced(source) { Gap::Spaced } else { Gap::Compact }, 0));
    };
    let last = source.rsplit_once('\n').map_or("", |(_, last)| last);
    let unit = if line.starts_with('\t') { '\t' } else { ' ' };
    let [inside, outside] = [line, last].map(|line| line.len() - line.trim_start_matches(unit).len());
    let width = u8::try_from(inside.checked_sub(outside)?).ok().filter(|width| (1..=8).contains(width))?;
    let depth = outside / usize::from(width);
    match unit {
        '\t' => (width == 1).then_some((Gap::Tab, depth)),
        _ => Some((Gap::Indent(width), depth)),
    }
    .filter(|_| depth <= DEEPEST)
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

    fn style_of(source: &str) -> Option<Style> {
        Style::of(source, &Value::read(source, 0, &mut Shapes::default()).unwrap().0, None)
    }

    #[test]
    fn regular_layouts_come_back_byte_for_byte() {
        for source in [
            r#"{"a":[1,2],"b":{}}"#,
            r#"{"a": [1, 2], "b": {}}"#,
            r#"{ "a": [1, 2], "b": { "c": 1 } }"#,
            "[1, 2]",
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": []\n}",
            "{\n  \"a\": [1, 2],\n  \"b\": { \"c\": 3 }\n}",
            "{\n  \"a\": [1, 2],\n  \"b\": {\n    \"c\": [1]\n  },\n  \"d\": {\n    \"e\": 1\n  }\n}",
            "{\n\t\"a\": 1\n}",
            "{\r\n    \"a\": 1\r\n}",
            "{\n      \"a\": [\n        1\n      ]\n    }",
            "[\n\t\t1\n\t]",
            r#"["a, \"b\": c"]"#,
        ] {
            let style = style_of(source).unwrap_or_else(|| panic!("{source}"));
            assert_eq!(style.render(&Value::read(source, 0, &mut Shapes::default()).unwrap().0), source);
            assert_eq!(Style::parse(&style.name()), Some(style.clone()), "{}", style.name());
        }
    }

    #[test]
    fn irregular_layout_has_no_name() {
        assert_eq!(style_of("{\"a\" :1}"), None);
        assert_eq!(style_of("[\n  1, 2\n]"), None);
    }
}
