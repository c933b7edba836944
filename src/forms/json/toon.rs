//! JSON as TOON, Token-Oriented Object Notation, for callers who ask for it by name.
//!
//! It follows version 4 of the specification, with two spaces of indent and commas. It goes one way: TOON has no layout,
//! no duplicate keys and no digits beyond a number's value, so the text that went in can't come back from it.
//! The crate `toon-format` 0.7 was tried: what is no 64-bit integer goes through a float, so that `0.12345678901234567890`
//! loses three digits and a number of thirty digits half of them; and its `serde_json/preserve_order` would put an ordered
//! map under all of our JSON, for what is here a short file.

use hashbrown::HashMap;

use super::shapes::Shapes;
use super::value::Value;
use trimtab_content::{bare_len, unescape_json};

/// A value as TOON sees it: strings without escapes, each key once.
enum Plain {
    /// A number, `true`, `false`, `null`, or a string.
    One(String),
    List(Vec<Plain>),
    Map(Vec<(String, Plain)>),
}

/// The columns of a table: a name, and columns of its own where its cells are objects.
struct Column<'p> {
    name: &'p str,
    inside: Vec<Column<'p>>,
}

/// Writes `source` as TOON, or nothing when it is no JSON or holds half a surrogate pair.
pub(in super::super) fn toon(source: &str) -> Option<String> {
    let (value, _) = super::read(source, &mut Shapes::default())?;
    let mut toon = Toon { out: String::new() };
    toon.value(None, &plain(&value)?, "", 0);
    Some(toon.out)
}

fn plain(value: &Value) -> Option<Plain> {
    Some(match value {
        Value::Bare(lexeme) => Plain::One(canonical(lexeme)),
        Value::Text(text) => Plain::One(quoted_if_needed(&unescape_json(text)?)),
        Value::List(items) => Plain::List(items.iter().map(plain).collect::<Option<_>>()?),
        Value::Map(object) => {
            let mut places: HashMap<&str, usize> = HashMap::new();
            let mut entries: Vec<(String, Plain)> = Vec::with_capacity(object.entries.len());
            for (key, value) in &object.entries {
                let value = plain(value)?;
                // The last of equal keys counts, in the place of the first, as in JavaScript.
                match places.get(key).and_then(|place| entries.get_mut(*place)) {
                    Some(entry) => entry.1 = value,
                    None => {
                        places.insert(key, entries.len());
                        entries.push((key_text(&unescape_json(key)?), value));
                    }
                }
            }
            Plain::Map(entries)
        }
    })
}

struct Toon {
    out: String,
}

impl Toon {
    /// Writes a value on a line that `lead` has begun, such as `- `, and on lines below at `depth` and deeper.
    fn value(&mut self, key: Option<&str>, value: &Plain, lead: &str, depth: usize) {
        match value {
            Plain::One(text) => {
                let colon = key.map_or(String::new(), |key| format!("{key}: "));
                self.line(depth, lead, &format!("{colon}{text}"));
            }
            Plain::List(items) => self.list(key, items, lead, depth),
            Plain::Map(entries) => self.map(key, entries, lead, depth),
        }
    }

    fn line(&mut self, depth: usize, lead: &str, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n("  ", depth));
        self.out.push_str(lead);
        self.out.push_str(text);
    }

    fn list(&mut self, key: Option<&str>, items: &[Plain], lead: &str, depth: usize) {
        let name = key.unwrap_or_default();
        // What stands below a dash that holds a key is a step deeper than what stands below the key alone.
        let below = depth + 1 + usize::from(!lead.is_empty() && key.is_some());
        if items.is_empty() {
            let empty = match key {
                Some(name) => format!("{name}: []"),
                None if lead.is_empty() => "[]".to_owned(),
                None => "[0]:".to_owned(),
            };
            return self.line(depth, lead, &empty);
        }
        let cells: Option<Vec<&str>> = items.iter().map(scalar).collect();
        if let Some(cells) = cells {
            return self.line(depth, lead, &format!("{name}[{}]: {}", items.len(), cells.join(",")));
        }
        let rows: Option<Vec<&[(String, Plain)]>> = items.iter().map(entries).collect();
        let columns = rows.as_deref().filter(|_| key.is_some() || lead.is_empty()).and_then(columns);
        if let Some((rows, columns)) = rows.as_ref().zip(columns) {
            self.line(depth, lead, &format!("{name}[{}]{}:", items.len(), fields(&columns)));
            for row in rows {
                self.line(below, "", &cells_of(row, &columns).join(","));
            }
            return;
        }
        self.line(depth, lead, &format!("{name}[{}]:", items.len()));
        items.iter().for_each(|item| self.value(None, item, "- ", below));
    }

    fn map(&mut self, key: Option<&str>, map: &[(String, Plain)], lead: &str, depth: usize) {
        let below = depth + 1 + usize::from(!lead.is_empty());
        let values: Option<Vec<&[(String, Plain)]>> = map.iter().map(|(_, value)| entries(value)).collect();
        let tabular = values.filter(|values| values.len() > 1 && (key.is_some() || lead.is_empty()));
        if let Some((rows, columns)) = tabular.as_deref().and_then(|rows| Some((rows, columns(rows)?))) {
            let name = key.unwrap_or_default();
            self.line(depth, lead, &format!("{name}[{}:]{}:", map.len(), fields(&columns)));
            for ((name, _), row) in map.iter().zip(rows) {
                self.line(below, "", &format!("{name}: {}", cells_of(row, &columns).join(",")));
            }
            return;
        }
        if let Some(name) = key {
            self.line(depth, lead, &format!("{name}:"));
            return map.iter().for_each(|(name, value)| self.value(Some(name), value, "", below));
        }
        // In a list the first entry stands beside the dash and the others below it.
        let mut lead = lead;
        let inside = depth + usize::from(!lead.is_empty());
        if map.is_empty() && !lead.is_empty() {
            self.line(depth, "-", "");
        }
        for (name, value) in map {
            self.value(Some(name), value, lead, if lead.is_empty() { inside } else { depth });
            lead = "";
        }
    }
}

fn scalar(value: &Plain) -> Option<&str> {
    if let Plain::One(text) = value { Some(text) } else { None }
}

fn entries(value: &Plain) -> Option<&[(String, Plain)]> {
    if let Plain::Map(entries) = value { Some(entries) } else { None }
}

/// The columns that rows share, when they have the same keys and nothing but scalars and such rows in them.
fn columns<'p>(rows: &[&'p [(String, Plain)]]) -> Option<Vec<Column<'p>>> {
    let first = rows.first().filter(|first| !first.is_empty())?;
    rows.iter().all(|row| row.len() == first.len()).then_some(())?;
    let column = |(place, (name, _)): (usize, &'p (String, Plain))| {
        let values: Vec<&Plain> = rows.iter().map(|row| get(row, place, name)).collect::<Option<_>>()?;
        if values.iter().all(|value| scalar(value).is_some()) {
            return Some(Column { name, inside: Vec::new() });
        }
        let inner: Vec<&[(String, Plain)]> = values.iter().map(|value| entries(value)).collect::<Option<_>>()?;
        Some(Column { name, inside: columns(&inner)? })
    };
    first.iter().enumerate().map(column).collect()
}

/// The value under a key, which is likely at that place.
fn get<'p>(row: &'p [(String, Plain)], place: usize, name: &str) -> Option<&'p Plain> {
    let likely = row.get(place).filter(|(key, _)| key == name);
    likely.or_else(|| row.iter().find(|(key, _)| key == name)).map(|(_, value)| value)
}

fn fields(columns: &[Column]) -> String {
    let field = |column: &Column| {
        let inside = if column.inside.is_empty() { String::new() } else { fields(&column.inside) };
        format!("{}{inside}", column.name)
    };
    format!("{{{}}}", columns.iter().map(field).collect::<Vec<_>>().join(","))
}

fn cells_of<'p>(row: &'p [(String, Plain)], columns: &[Column]) -> Vec<&'p str> {
    let cells = |(place, column): (usize, &Column)| match get(row, place, column.name) {
        Some(Plain::Map(inside)) => cells_of(inside, &column.inside),
        Some(Plain::One(text)) => vec![text.as_str()],
        _ => Vec::new(),
    };
    columns.iter().enumerate().flat_map(cells).collect()
}

/// A key, in quotes unless it is a name.
fn key_text(key: &str) -> String {
    let mut bytes = key.bytes();
    let starts = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if starts && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte)) {
        return key.to_owned();
    }
    quoted(key)
}

/// A string, in quotes where it could be taken for something else.
fn quoted_if_needed(text: &str) -> String {
    let bare = ["true", "false", "null", ""].contains(&text) || is_numeric(text);
    let space = text.starts_with([' ', '\t']) || text.ends_with([' ', '\t']);
    let signs = text.starts_with(['-', '#']) || text.contains([':', '"', '\\', '[', ']', '{', '}', ',']);
    if bare || space || signs || text.bytes().any(|byte| byte < 0x20) { quoted(text) } else { text.to_owned() }
}

/// Whether a text looks like a number, leading zeros and a plus sign included.
fn is_numeric(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let zeros = digits.len() - digits.trim_start_matches('0').len();
    let rest = digits.get(zeros..).unwrap_or_default();
    let whole = |text: &str| bare_len(text) == Some(text.len()) && text.starts_with(|c: char| c.is_ascii_digit());
    whole(rest) || (zeros > 0 && (rest.is_empty() || whole(&format!("0{rest}"))))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..'\u{20}' => out.push_str(&format!("\\u{:04x}", u32::from(char))),
            _ => out.push(char),
        }
    }
    out.push('"');
    out
}

/// The most places that the point of a number is moved by its exponent; beyond, the number stays as it was written.
const FARTHEST: i32 = 400;

/// A number without exponent, trailing zeros and negative zero, all its digits kept; other lexemes as they are.
fn canonical(lexeme: &str) -> String {
    if !lexeme.ends_with(|c: char| c.is_ascii_digit()) {
        return lexeme.to_owned();
    }
    let (sign, number) = lexeme.strip_prefix('-').map_or(("", lexeme), |number| ("-", number));
    let (digits, power) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let Some(power) = power.parse::<i32>().ok().filter(|power| power.abs() <= FARTHEST) else {
        return lexeme.to_owned();
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut all = format!("{whole}{part}");
    let mut point = whole.len() as i32 + power;
    if point < 0 {
        all = "0".repeat(point.unsigned_abs() as usize) + &all;
        point = 0;
    }
    let point = point as usize;
    all.extend(std::iter::repeat_n('0', point.saturating_sub(all.len())));
    let (whole, part) = all.split_at_checked(point).unwrap_or((&all, ""));
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    match (whole, part) {
        ("0", "") => "0".to_owned(),
        (_, "") => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{part}"),
    }
}
