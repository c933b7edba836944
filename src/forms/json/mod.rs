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
//! block   = "[…json " style [" minified"] ", " [n " shapes, "] [n " values, "] (n " rows of " ["*:"] class | n " lines")
//!           ["; @ = own key"] "]" LF, the shapes, one a line: name "(" … ")", the values, one a line:
//!           "$" n "=" string, then the body
//! style   = ["lines " | "words " | "adjoined " | "paragraphs " | "items "]
//!           ("compact" | "spaced" | "indent " n | "indent tab") [" deep " n]
//!           [" crlf"] [" padded"] [" flat"] [" odd " n *("+" n)]
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
//! string  = plain | "@" rest | "$" n | quoted          "@" is the key under which the object around stands
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
mod toon;
mod value;
mod writer;

use super::counted::{count_lines, take_lines};
use super::often::Often;
use super::{Above, Ask, Form, Read, Rewrite};
use trimtab_content::Kind;
use trimtab_error::Result;

use header::{Declarations, Header, not_ours};
use parser::Parser;
use shapes::Shapes;
use style::{Between, Style};
pub(super) use toon::toon;
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

    fn write(&self, source: &str, ask: &Ask) -> Vec<Rewrite> {
        let mut shapes = Shapes::default();
        let Some((value, between)) = read(source, &mut shapes) else { return Vec::new() };
        let Some(style) = Style::of(source, &value, between) else { return Vec::new() };
        let (schema, of_shape) = infer::infer(&value, &shapes);
        let mut rewrites = Vec::new();
        for values in [Some(Often::default()), ask.dense.then(|| often(&value))].into_iter().flatten() {
            let mut writer = Writer::new(&schema, &of_shape, values);
            writer.document(&value);
            let (text, head) = header::block(&style, &schema, writer);
            rewrites.push(Rewrite { text, head });
        }
        if !style.is_compact() {
            rewrites.push(minified(&style, &value));
        }
        rewrites
    }

    fn read(&self, text: &str, _above: &mut Above) -> Result<Read> {
        let (line, rest) = text.split_once('\n').ok_or_else(|| not_ours(text))?;
        let header = Header::parse(line)?;
        let lines = header.shapes.saturating_add(header.values).saturating_add(header.rows);
        let (body, used) = take_lines(rest, lines).ok_or_else(|| not_ours(line))?;
        let used = line.len() + 1 + used;
        let value = if header.minified { read_minified(body, &header)? } else { read_rows(body, &header)? };
        Ok(Read { text: value, used })
    }
}

/// The strings that are said often in a document.
fn often<'v>(value: &'v Value<'_>) -> Often<'v> {
    let mut said = Vec::new();
    value.strings(&mut said);
    Often::of(&said)
}

/// Reads one value, or several of them as a list, and what stands between those.
fn read<'a>(source: &'a str, shapes: &mut Shapes<'a>) -> Option<(Value<'a>, Option<Between>)> {
    let (first, mut at) = Value::read(source, 0, shapes)?;
    if at == source.len() {
        return matches!(first, Value::List(_) | Value::Map(_)).then_some((first, None));
    }
    let rest = source.get(at..)?;
    let (between, text) = Between::ALL.into_iter().find_map(|between| Some((between, between.at_start(rest)?)))?;
    let mut documents = vec![first];
    while at < source.len() {
        source.get(at..).filter(|rest| rest.starts_with(text))?;
        let (document, end) = Value::read(source, at + text.len(), shapes)?;
        documents.push(document);
        at = end;
    }
    Some((Value::List(documents), Some(between)))
}

fn minified(style: &Style, value: &Value) -> Rewrite {
    let body = style.tight().render(value);
    let lines = count_lines(&body);
    let header = format!("{} minified, {lines} lines]\n", style.name());
    Rewrite { head: header.len(), text: header + &body }
}

fn read_minified(body: &str, header: &Header) -> Result<String> {
    let (value, _) = read(body, &mut Shapes::default()).ok_or_else(|| not_ours(body))?;
    Ok(header.style.render(&value))
}

fn read_rows(body: &str, header: &Header) -> Result<String> {
    let declared = if header.shapes == 0 { 0 } else { take_lines(body, header.shapes).map_or(0, |(_, used)| used) };
    let (shapes, rows) = body.split_at_checked(declared).ok_or_else(|| not_ours(body))?;
    let shapes: Vec<&str> = shapes.split_terminator('\n').collect();
    let (schema, names) = Declarations::parse(header.root, &shapes)?;
    let declared = if header.values == 0 { 0 } else { take_lines(rows, header.values).map_or(0, |(_, used)| used) };
    let (values, rows) = rows.split_at_checked(declared).ok_or_else(|| not_ours(body))?;
    let values: Vec<&str> =
        values.split_terminator('\n').map(|line| line.split_once('=').map_or("", |(_, value)| value)).collect();
    let value = Parser::document(&schema, &names, &values, rows)?;
    Ok(header.style.render(&value))
}

#[cfg(test)]
mod tests;
