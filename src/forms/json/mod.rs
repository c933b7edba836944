//! JSON with its keys said once.
//!
//! A block is one header line, the shapes that have names, then rows. `[…json` opens it, the header counts the lines
//! that belong to it, and its last line's end belongs to it too, so that text may follow at once:
//!
//! ```text
//! [...json indent 2, 1 shapes, 3 rows of (id,name,zip:str,at:(x,y),tags:[str],kind=user,boss:A)]
//! A(login,mail)
//! 1,Ada,01234,3,4,[],ada,a@x.org
//! 2,Bob,,1,2,["a,b",c],,
//! 3,"Eve, the third",99999,0,0
//! ```
//! (with `…` for the three dots)
//!
//! ```text
//! block   = "[…json " style [" minified"] ", " [n " shapes, "] (n " rows of " ["*:"] class | n " lines")
//!           ["; @ = own key"] "]" LF, the shapes, one a line: name "(" … ")", then the body
//! style   = ["lines "] ("compact" | "spaced" | "indent " n | "indent tab" | "loose") [" crlf"]
//! class   = name | "(" field *("," field) ")"
//! field   = key ["=" cell | ":" type]           a constant is said here and nowhere else
//! type    = of | "[" of "]" | "{*:" of "}" | "{" class "}"
//! of      = "str" | class                       a class alone spreads its cells; in braces it is one cell
//! body    = rows, one a line, under "rows of"; any value under "lines"; compact JSON when minified
//! row     = cell *("," cell)                    in the class's order; an empty cell is an absent key, and empty
//!                                               cells at the end are not written
//! rows    = row *(";" row), or one a line       in a map (`*:` in its type) each begins with key ":"
//! any     = scalar | name "{" row "}" | name "[" rows "]" | name ":{" rows "}"
//!         | "[" any *("," any) "]" | "{" key ":" any *("," key ":" any) "}"      LF serves as "," outside of rows
//! scalar  = number | "true" | "false" | "null" | string
//! string  = plain | "@" rest | quoted           "@" is the key under which the object around stands
//! ```
//! A string is plain when it is not empty, has none of `,;{}[]"`, no space at its ends, no `@` in front, and does not
//! read as a number, `true`, `false` or `null` (under `str` only `null` matters). A quoted string and a plain one hold
//! the source's lexeme, escapes and all. Numbers are never converted. Every object of a class has at least one field
//! whose cell is never empty, so that no row is empty.

mod classes;
mod header;
mod infer;
mod parser;
mod schema;
mod shapes;
mod style;
mod value;
mod writer;

use super::counted::{count_lines, take_lines};
use super::{Form, Read, Rewrite};
use crate::content::Kind;
use crate::error::Result;

use header::{Declarations, Header, not_ours};
use parser::Parser;
use shapes::Shapes;
use style::Style;
use value::Value;
use writer::Writer;

/// Writes JSON as rows under declared shapes, or compactly.
pub struct Json;

impl Form for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn takes(&self, kind: Kind) -> bool {
        kind == Kind::Json
    }

    fn write(&self, source: &str) -> Vec<Rewrite> {
        let mut shapes = Shapes::default();
        let Some((value, lines)) = read(source, &mut shapes) else { return Vec::new() };
        let style = Style::of(source, &value, lines);
        let (schema, of_shape) = infer::infer(&value, &shapes);
        let mut writer = Writer::new(&schema, &of_shape);
        writer.document(&value);
        let (text, head) = header::block(style, &schema, writer);
        let mut rewrites = vec![Rewrite { text, head, exact: style.is_exact() }];
        if !style.is_compact() {
            rewrites.push(minified(style, &value));
        }
        rewrites
    }

    fn read(&self, text: &str, _before: &str) -> Result<Read> {
        let (line, rest) = text.split_once('\n').ok_or_else(|| not_ours(text))?;
        let header = Header::parse(line)?;
        let lines = header.shapes.saturating_add(header.rows);
        let (body, used) = take_lines(rest, lines).ok_or_else(|| not_ours(line))?;
        let used = line.len() + 1 + used;
        let value = if header.minified { read_minified(body, &header)? } else { read_rows(body, &header)? };
        Ok(Read { text: value, used })
    }
}

/// Reads one value, or several of them one a line as a list.
fn read<'a>(source: &'a str, shapes: &mut Shapes<'a>) -> Option<(Value<'a>, bool)> {
    if let Some(value) = Value::read(source, shapes) {
        return matches!(value, Value::List(_) | Value::Map(_)).then_some((value, false));
    }
    *shapes = Shapes::default();
    let documents: Option<Vec<Value>> =
        source.split('\n').map(|line| Value::read(line.strip_suffix('\r').unwrap_or(line), shapes)).collect();
    Some((Value::List(documents?), true))
}

fn minified(style: Style, value: &Value) -> Rewrite {
    let body = style.tight().render(value);
    let lines = count_lines(&body);
    let header = format!("{} minified, {lines} lines]\n", style.name());
    Rewrite { head: header.len(), text: header + &body, exact: style.is_exact() }
}

fn read_minified(body: &str, header: &Header) -> Result<String> {
    let (value, _) = read(body, &mut Shapes::default()).ok_or_else(|| not_ours(body))?;
    Ok(header.style.render(&value))
}

fn read_rows(body: &str, header: &Header) -> Result<String> {
    let declared = if header.shapes == 0 { 0 } else { take_lines(body, header.shapes).map_or(0, |(_, used)| used) };
    let (shapes, rows) = body.split_at_checked(declared).ok_or_else(|| not_ours(body))?;
    let shapes: Vec<&str> = shapes.lines().collect();
    let (schema, names) = Declarations::parse(header.root, &shapes)?;
    let value = Parser::document(&schema, &names, rows)?;
    Ok(header.style.render(&value))
}

#[cfg(test)]
mod tests;
