//! Writes and reads the declarations that open a block.

use trimtab_error::{Error, ErrorKind, Result};

use super::super::counted::count_lines;
use super::schema::{Class, Field, Inner, Root, Schema, Type, is_plain_name};
use super::style::Style;
use super::writer::{Writer, quote};

/// What is said at a header's end when `@` is used.
const KEY_NOTE: &str = "; @ = own key";

/// Writes the whole block: header, named shapes, and the body that `writer` holds.
pub(super) fn block(style: &Style, schema: &Schema, mut writer: Writer) -> (String, usize) {
    name_what_recurs(schema, &mut writer);
    let names = &writer.names;
    let shapes: Vec<String> = (0..schema.classes.len())
        .filter_map(|class| Some((names.get(class)?.clone()?, class)))
        .map(|(name, class)| format!("{name}{}\n", fields(schema, names, class)))
        .collect();
    let rows = count_lines(&writer.out);
    let reference = |class| reference(schema, names, class);
    let what = match schema.root {
        Some(Root::List(class)) => format!("{rows} rows of {}", reference(class)),
        Some(Root::Map(class)) => format!("{rows} rows of *:{}", reference(class)),
        None => format!("{rows} lines"),
    };
    let note =
        if writer.says_key || what.contains("=@") || shapes.iter().any(|s| s.contains("=@")) { KEY_NOTE } else { "" };
    let shape_count = if shapes.is_empty() { String::new() } else { format!("{} shapes, ", shapes.len()) };
    let values = &writer.values;
    let value_count = if values.list.is_empty() { String::new() } else { format!("{} values, ", values.list.len()) };
    let mut text = format!("{}, {shape_count}{value_count}{what}{note}]\n{}", style.name(), shapes.concat());
    values.declare(&mut text);
    let head = text.len();
    text.push_str(&writer.out);
    (text, head)
}

/// Names each class that is referred to more than once; the others are declared where they are used.
fn name_what_recurs(schema: &Schema, writer: &mut Writer) {
    let mut references = vec![0_usize; schema.classes.len()];
    let mut visited = vec![false; schema.classes.len()];
    let mut waiting: Vec<usize> = (0..schema.classes.len()).filter(|class| is_named(writer, *class)).collect();
    if let Some(Root::List(class) | Root::Map(class)) = schema.root {
        waiting.push(class);
        references.iter_mut().skip(class).take(1).for_each(|count| *count += 1);
    }
    while let Some(class) = waiting.pop() {
        if visited.get_mut(class).is_none_or(|seen| std::mem::replace(seen, true)) {
            continue;
        }
        for inner in schema.fields(class).iter().filter_map(class_in) {
            references.iter_mut().skip(inner).take(1).for_each(|count| *count += 1);
            waiting.push(inner);
        }
    }
    for (class, _) in references.iter().enumerate().filter(|(_, count)| **count > 1) {
        writer.name(class);
    }
}

fn is_named(writer: &Writer, class: usize) -> bool {
    writer.names.get(class).is_some_and(Option::is_some)
}

fn class_in(field: &Field) -> Option<usize> {
    match field.ty {
        _ if field.constant.is_some() => None,
        Type::Boxed(class)
        | Type::One(Inner::Class(class))
        | Type::List(Inner::Class(class))
        | Type::Map(Inner::Class(class)) => Some(class),
        _ => None,
    }
}

fn reference(schema: &Schema, names: &[Option<String>], class: usize) -> String {
    names.get(class).cloned().flatten().unwrap_or_else(|| fields(schema, names, class))
}

fn fields(schema: &Schema, names: &[Option<String>], class: usize) -> String {
    let mut out = String::from("(");
    for (index, field) in schema.fields(class).iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        if is_plain_name(field.key) {
            out.push_str(field.key);
        } else {
            quote(field.key, &mut out);
        }
        if let Some(constant) = &field.constant {
            out.push('=');
            out.push_str(constant);
        } else {
            out.push_str(&type_text(schema, names, field.ty));
        }
    }
    out.push(')');
    out
}

fn type_text(schema: &Schema, names: &[Option<String>], ty: Type) -> String {
    let inner = |inner| match inner {
        Inner::Any => String::new(),
        Inner::Str => "str".to_owned(),
        Inner::Class(class) => reference(schema, names, class),
    };
    match ty {
        Type::One(Inner::Any) => String::new(),
        Type::One(of) => format!(":{}", inner(of)),
        Type::Boxed(class) => format!(":{{{}}}", inner(Inner::Class(class))),
        Type::List(of) => format!(":[{}]", inner(of)),
        Type::Map(of) => format!(":{{*:{}}}", inner(of)),
    }
}

/// What a header line says, with the named classes still to be declared by the lines after it.
pub(super) struct Header<'a> {
    pub(super) style: Style,
    pub(super) minified: bool,
    pub(super) shapes: usize,
    /// How many values have a number.
    pub(super) values: usize,
    pub(super) rows: usize,
    /// The root's declaration, empty for none.
    pub(super) root: &'a str,
}

impl<'a> Header<'a> {
    /// Reads a header line without its opening, its form's name and its end of line.
    pub(super) fn parse(line: &'a str) -> Result<Self> {
        Self::read(line).ok_or_else(|| not_ours(line))
    }

    fn read(line: &'a str) -> Option<Self> {
        let line = line.strip_suffix(']')?;
        let (style, rest) = line.split_once(", ")?;
        let (style, minified) = style.strip_suffix(" minified").map_or((style, false), |style| (style, true));
        let counted = |text: &'a str| text.split_once(' ').and_then(|(n, what)| Some((n.parse::<usize>().ok()?, what)));
        let (mut count, mut what) = counted(rest)?;
        let mut shapes = 0;
        if let Some(rest) = what.strip_prefix("shapes, ") {
            shapes = count;
            (count, what) = counted(rest)?;
        }
        let mut values = 0;
        if let Some(rest) = what.strip_prefix("values, ") {
            values = count;
            (count, what) = counted(rest)?;
        }
        let what = what.strip_suffix(KEY_NOTE).unwrap_or(what);
        let root = if what == "lines" { "" } else { what.strip_prefix("rows of ")? };
        Some(Self { style: Style::parse(style)?, minified, shapes, values, rows: count, root })
    }
}

pub(super) fn not_ours(what: &str) -> Error {
    let start: String = what.chars().take(60).collect();
    Error::new(ErrorKind::NotRestorable, format!("a JSON block can't be read back at \"{start}\""))
}

/// Reads declarations into a schema.
pub(super) struct Declarations<'a> {
    rest: &'a str,
    names: Vec<(&'a str, usize)>,
    schema: Schema<'a>,
}

impl<'a> Declarations<'a> {
    /// Reads the root's declaration and the named classes, one a line.
    pub(super) fn parse(root: &'a str, shapes: &[&'a str]) -> Result<(Schema<'a>, Vec<(&'a str, usize)>)> {
        let mut this = Self { rest: "", names: Vec::new(), schema: Schema::default() };
        for line in shapes {
            let name = line.split('(').next().unwrap_or_default();
            this.names.push((name, this.schema.classes.len()));
            this.schema.classes.push(Class::default());
        }
        for (place, line) in shapes.iter().enumerate() {
            this.rest = line.split_once('(').map(|(_, rest)| rest).ok_or_else(|| not_ours(line))?;
            let class = this.class_body(0).filter(|_| this.rest.is_empty()).ok_or_else(|| not_ours(line))?;
            if let Some(slot) = this.schema.classes.get_mut(place) {
                *slot = class;
            }
        }
        if !root.is_empty() {
            this.rest = root;
            let map = this.take("*:");
            let class = this.reference(0).filter(|_| this.rest.is_empty()).ok_or_else(|| not_ours(root))?;
            this.schema.root = Some(if map { Root::Map(class) } else { Root::List(class) });
        }
        Ok((this.schema, this.names))
    }

    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn reference(&mut self, depth: usize) -> Option<usize> {
        if self.take("(") {
            let class = self.class_body(depth + 1)?;
            self.schema.classes.push(class);
            return Some(self.schema.classes.len() - 1);
        }
        let length = self.rest.find([',', ')', ']', '}']).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        self.names.iter().find(|(known, _)| *known == name).map(|(_, class)| *class)
    }

    /// Reads the fields of a class and the parenthesis that closes it.
    fn class_body(&mut self, depth: usize) -> Option<Class<'a>> {
        if depth > trimtab_content::DEPTH {
            return None;
        }
        let mut fields = Vec::new();
        loop {
            let (key, _) = self.word()?;
            let mut field = Field { key, ty: Type::One(Inner::Any), constant: None };
            if self.take("=") {
                let (constant, quoted) = self.word()?;
                field.constant = Some(if quoted { format!("\"{constant}\"") } else { constant.to_owned() });
            } else if self.take(":") {
                field.ty = self.field_type(depth)?;
            }
            fields.push(field);
            if self.take(")") {
                return Some(Class { fields });
            }
            if !self.take(",") {
                return None;
            }
        }
    }

    fn field_type(&mut self, depth: usize) -> Option<Type> {
        if self.take("[") {
            let inner = self.inner(depth)?;
            return self.take("]").then_some(Type::List(inner));
        }
        if self.take("{*:") {
            let inner = self.inner(depth)?;
            return self.take("}").then_some(Type::Map(inner));
        }
        if self.take("{") {
            let class = self.reference(depth)?;
            return self.take("}").then_some(Type::Boxed(class));
        }
        self.inner(depth).map(Type::One)
    }

    fn inner(&mut self, depth: usize) -> Option<Inner> {
        let is_str = self.rest.strip_prefix("str").is_some_and(|rest| rest.starts_with([',', ')', ']', '}']));
        if is_str && self.take("str") {
            return Some(Inner::Str);
        }
        self.reference(depth).map(Inner::Class)
    }

    /// A key or a constant, and whether it stood in quotes.
    fn word(&mut self) -> Option<(&'a str, bool)> {
        if self.take("\"") {
            let end = quote_end(self.rest)?;
            let word = self.rest.get(..end)?;
            self.rest = self.rest.get(end + 1..)?;
            return Some((word, true));
        }
        let end = self.rest.find(['=', ':', ',', ')'])?;
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some((word, false))
    }
}

/// Where the quote that closes the string starting at `text` stands.
pub(super) fn quote_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })
}
