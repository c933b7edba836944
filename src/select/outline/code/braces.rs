//! Languages whose blocks stand in braces.

use super::Pieces;
use super::language::{Around, Language, words};
use super::scan::{Scanner, Token};
use crate::ordered::sort;
use crate::relevance::Role;

/// A value longer than this is a body: a table of constants, a call with a function in it.
const LONG: usize = 120;

/// Cuts `text`, which stands at `offset` of its block.
pub(super) fn outline(text: &str, offset: usize, language: Language, pieces: &mut Pieces) {
    let (exports, exported) = if language == Language::Script { exported(text) } else { (false, Vec::new()) };
    let file = Frame { around: Around::File { exports }, header: None, listed: false };
    let scanner = Scanner::new(text, 0, language);
    let frames = vec![file];
    Outliner { scanner, offset, start: 0, code: None, value: None, call: None, angles: 0, frames, exported, pieces }
        .run();
}

/// What the reader is inside of.
#[derive(Clone, Copy)]
struct Frame {
    around: Around,
    header: Option<usize>,
    /// Whether commas part its members.
    listed: bool,
}

struct Outliner<'a, 'p> {
    scanner: Scanner<'a>,
    offset: usize,
    /// Where the statement that is being read begins, its white space included.
    start: usize,
    /// Where its first word is, once there is one.
    code: Option<usize>,
    /// Where its value begins, once it has come to one.
    value: Option<usize>,
    /// Where the arguments end that its first word, in capitals, has: it may be the call of a macro.
    call: Option<usize>,
    /// How many `<` are open in it.
    angles: usize,
    frames: Vec<Frame>,
    /// What the file names where it exports, in order.
    exported: Vec<&'a str>,
    pieces: &'p mut Pieces,
}

impl<'a> Outliner<'a, '_> {
    fn run(mut self) {
        loop {
            let at = self.scanner.at;
            let Some(token) = self.scanner.next() else { break };
            match token {
                Token::Space => {}
                Token::Newline => self.newline(at),
                Token::Comment => self.comment(at),
                Token::Sign(b'#') if self.is_directive(at) => self.directive(at),
                Token::Sign(b'#') if self.is_attribute(at) => self.attribute(at),
                _ => {
                    self.code.get_or_insert(at);
                    self.code_token(token, at);
                }
            }
        }
        self.statement(self.scanner.text.len());
    }

    fn code_token(&mut self, token: Token, at: usize) {
        match token {
            Token::Open(b'{') => self.brace(at),
            Token::Open(_) => self.group(at),
            Token::Close(b'}') => self.close(),
            Token::Sign(b';') => self.statement(self.scanner.at),
            Token::Sign(b',') if self.frame().listed && self.angles == 0 => self.statement(self.scanner.at),
            Token::Sign(b'<') => self.angles += 1,
            // What an arrow leads to is the value, and not the parameters before it.
            Token::Sign(b'>') if self.scanner.byte(at.saturating_sub(1)) == b'=' => self.value = Some(at + 1),
            Token::Sign(b'>') if self.scanner.byte(at.saturating_sub(1)) != b'-' => {
                self.angles = self.angles.saturating_sub(1);
            }
            Token::Sign(b':') if self.label() => {}
            Token::Sign(b'=') if self.angles == 0 => _ = self.value.get_or_insert(at + 1),
            _ => {}
        }
    }

    /// The statement so far, without its white space.
    fn header(&self, end: usize) -> &'a str {
        self.scanner.text.get(self.start..end).unwrap_or_default().trim()
    }

    /// The header without the attributes and decorators before it.
    fn declaration(&self, end: usize) -> &'a str {
        let mut rest = self.header(end);
        loop {
            let skipped = match rest.as_bytes() {
                [b'#', b'[' | b'!', ..] => rest.find(']').and_then(|end| rest.get(end + 1..)),
                [b'@', ..] if !rest.starts_with("@interface") => rest.find('\n').and_then(|end| rest.get(end + 1..)),
                [b'/', b'/', ..] => rest.find('\n').and_then(|end| rest.get(end + 1..)),
                [b'/', b'*', ..] => rest.find("*/").and_then(|end| rest.get(end + 2..)),
                _ => None,
            };
            match skipped {
                Some(next) => rest = next.trim_start(),
                None => return rest,
            }
        }
    }

    fn frame(&self) -> Frame {
        self.frames.last().copied().unwrap_or(Frame { around: Around::Hidden, header: None, listed: false })
    }

    /// Behind `at`: a comment that ends the line, the line's end, and blank lines.
    fn line_tail(&self, at: usize) -> usize {
        let text = self.scanner.text;
        let line = self.scanner.line_end(at);
        let rest = text.get(at..line).unwrap_or_default().trim_start();
        let comment =
            rest.is_empty() || rest.starts_with("//") || (rest.starts_with("/*") && rest.trim_end().ends_with("*/"));
        if !comment {
            return at;
        }
        let after = text.get(line..).unwrap_or_default();
        let blank = after.len() - after.trim_start().len();
        let ends = after.get(..blank).and_then(|space| space.rfind('\n')).map_or(0, |last| last + 1);
        line + ends
    }

    /// Starts anew behind `end`.
    fn begin(&mut self, end: usize) {
        (self.start, self.code) = (end, None);
        self.scanner.at = self.scanner.at.max(end);
        self.scanner.before = b'\n';
        (self.value, self.call) = (None, None);
        self.angles = 0;
    }

    /// Ends a statement at `end`: a declaration without a body, an import, or code that runs.
    fn statement(&mut self, end: usize) {
        if end <= self.start {
            return;
        }
        let declaration = self.declaration(end);
        let language = self.scanner.language;
        let role = if language.is_import(declaration) {
            Role::Line
        } else if declaration.is_empty() {
            Role::Body
        } else if language.declares(declaration, self.frames.len() == 1) {
            self.role(declaration)
        } else {
            Role::Body
        };
        let long = self.long_value(declaration, end);
        let (end, needs) = (self.line_tail(end), self.frame().header);
        match role {
            Role::Signature | Role::Inner => {
                let header = self.pieces.declare(self.offset + long.unwrap_or(end), role, needs);
                self.pieces.push(self.offset + end, Role::Body, header);
            }
            _ => {
                self.pieces.plain(self.offset + end, role, needs);
            }
        }
        self.begin(end);
    }

    /// Where the value of a statement that ends at `end` begins, if it is a body; that of a type says what it is.
    fn long_value(&self, declaration: &str, end: usize) -> Option<usize> {
        let most = if words(declaration).take(3).any(|word| word == "type") { 4 * LONG } else { LONG };
        self.value.filter(|value| end.saturating_sub(*value) > most)
    }

    fn role(&self, declaration: &str) -> Role {
        let public = self.scanner.language.is_public(declaration, self.frame().around)
            || self.header(self.scanner.at).contains("#[macro_export]")
            || self.is_exported(declaration);
        if public { Role::Signature } else { Role::Inner }
    }

    /// Whether the file exports the name elsewhere.
    fn is_exported(&self, declaration: &str) -> bool {
        let head = declaration.split(['(', '=', ':', '<', '{']).next().unwrap_or_default();
        self.frames.len() == 1 && words(head).any(|word| self.exported.binary_search(&word).is_ok())
    }

    /// A newline ends a statement in some languages, unless either side of it says otherwise.
    fn newline(&mut self, at: usize) {
        if self.scanner.language == Language::C && self.is_macro_call(at) {
            return self.statement(at);
        }
        if self.code.is_none() || !self.scanner.language.ends_by_line() || self.header(at).starts_with('@') {
            return;
        }
        let next = self.scanner.text.get(at..).unwrap_or_default().trim_start();
        let goes_on = matches!(
            self.scanner.before,
            b',' | b'=' | b'+' | b'-' | b'*' | b'%' | b'&' | b'|' | b'^' | b'<' | b'?' | b':' | b'.' | b'!' | b'\n'
        );
        let signs = ['.', '?', ':', '+', '-', '*', '%', '&', '|', '^', ',', ')', ']', '=', '{', '<'];
        let follows =
            next.starts_with(signs) || ["extends ", "implements ", "from "].iter().any(|it| next.starts_with(it));
        if !(goes_on || follows && self.scanner.language == Language::Script) {
            self.statement(at);
        }
    }

    /// Whether the statement is the call of a macro, which has no sign at its end; what a bracket follows is its header.
    fn is_macro_call(&self, at: usize) -> bool {
        let text = self.scanner.text;
        let ends = self.call.and_then(|end| text.get(end..at)).is_some_and(|rest| rest.trim().is_empty());
        ends && !text.get(at..).unwrap_or_default().trim_start().starts_with(['{', ':', ';', ',', '='])
    }

    /// A comment between statements is a piece; one inside a statement is part of it.
    fn comment(&mut self, at: usize) {
        if self.code.is_some() {
            return;
        }
        let text = self.scanner.text;
        let mut end = self.line_tail(self.scanner.at);
        // Line comments in a row are one.
        while text.get(at..).is_some_and(|rest| rest.starts_with("//")) {
            let rest = text.get(end..).unwrap_or_default();
            let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let blank_between = text.get(..end).is_some_and(|before| before.ends_with("\n\n"));
            if blank_between || !rest.trim_start_matches([' ', '\t']).starts_with("//") {
                break;
            }
            end = self.line_tail(self.scanner.line_end(end + indent));
        }
        self.pieces.comment(text.get(self.start..end).unwrap_or_default(), self.offset + end);
        self.begin(end);
    }

    /// An attribute of Rust before what it is about; one that makes it a test is read with it.
    fn is_attribute(&self, at: usize) -> bool {
        let rest = self.scanner.text.get(at..).unwrap_or_default();
        let test = ["#[cfg(test", "#[test", "#[macro_export"].iter().any(|name| rest.starts_with(name));
        self.scanner.language == Language::Rust && self.code.is_none() && rest.starts_with("#[") && !test
    }

    fn attribute(&mut self, at: usize) {
        let end = Scanner { at: at + 2, ..self.scanner }.close(None);
        let end = self.line_tail(end);
        let piece = self.pieces.push(self.offset + end, Role::Body, None);
        self.pieces.waiting.extend(piece);
        self.begin(end);
    }

    fn is_directive(&self, at: usize) -> bool {
        let line = self.scanner.text.get(..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        self.scanner.language == Language::C && line.trim().is_empty()
    }

    /// A line of the preprocessor, with the lines that it goes on to.
    fn directive(&mut self, at: usize) {
        let text = self.scanner.text;
        let first = self.scanner.line_end(at);
        let mut end = first;
        while text.get(..end).is_some_and(|line| line.trim_end_matches('\r').ends_with('\\')) && end < text.len() {
            end = self.scanner.line_end(end + 1);
        }
        let line = text.get(at..first).unwrap_or_default();
        let name = words(line).next().unwrap_or_default();
        let role = match name {
            "define" => Role::Signature,
            "include" => Role::Line,
            _ => Role::Body,
        };
        if self.code.is_some() && self.scanner.before != b')' {
            // Inside a statement: a branch of its arguments.
            self.scanner.at = end;
            return;
        }
        // A call of a macro has no sign at its end.
        self.statement(at);
        let tail = self.line_tail(end);
        let head = macro_head(line).map_or_else(|| self.line_tail(first), |head| at + head);
        let header = match role {
            Role::Signature => self.pieces.declare(self.offset + head.min(tail), role, None),
            _ => self.pieces.push(self.offset + head.min(tail), role, None),
        };
        self.pieces.push(self.offset + tail, Role::Body, header);
        self.begin(tail);
    }

    /// An access label of C++, which is a line of its own.
    fn label(&mut self) -> bool {
        let open = match self.header(self.scanner.at) {
            "public:" | "protected:" | "signals:" => Around::Open,
            "private:" => Around::Hidden,
            _ => return false,
        };
        if self.scanner.language != Language::C || self.frames.len() < 2 {
            return false;
        }
        let header = self.frame().header;
        if let Some(frame) = self.frames.last_mut() {
            frame.around = open;
        }
        let end = self.line_tail(self.scanner.at);
        let role = if open == Around::Open { Role::Signature } else { Role::Body };
        self.pieces.push(self.offset + end, role, header);
        self.begin(end);
        true
    }

    /// A `(` or `[`: parameters belong to their header; a long value is a body.
    fn group(&mut self, at: usize) {
        let inside = Scanner { at: self.scanner.at, ..self.scanner };
        let end = inside.close(None);
        let declaration = self.declaration(at);
        let declares = self.scanner.language.declares(declaration, self.frames.len() == 1);
        let list = matches!(declaration.trim(), "const" | "var" | "import" | "type");
        self.scanner.at = end;
        self.scanner.before = b')';
        let capital = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
        if declaration.len() > 2 && declaration.chars().all(capital) {
            self.call = Some(end);
        }
        if list && self.scanner.language == Language::Go {
            return self.statement(end);
        }
        let called = declaration.starts_with("export default") && !words(declaration).any(|it| it == "function");
        if (self.value.is_some() || called) && declares && end - at > LONG && !self.is_arrow(end) {
            self.body(at, end);
        }
    }

    fn is_arrow(&self, end: usize) -> bool {
        let rest = self.scanner.text.get(end..).unwrap_or_default().trim_start();
        rest.starts_with("=>") || (rest.starts_with(':') && self.scanner.language == Language::Script)
    }

    fn indent(&self) -> usize {
        let before = self.scanner.text.get(..self.code.unwrap_or(self.start)).unwrap_or_default();
        let line = self.scanner.text.get(before.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default();
        line.len() - line.trim_start_matches([' ', '\t']).len()
    }

    /// A `{`: of what holds declarations, of a type, or of a body.
    fn brace(&mut self, at: usize) {
        let language = self.scanner.language;
        let declaration = self.declaration(at);
        let before = self.header(at).as_bytes().last().copied().unwrap_or(b'\n');
        let typed = matches!(before, b':' | b'|' | b'&' | b'<' | b',') || declaration.ends_with(" extends");
        let names = ["const", "let", "var", "import", "export", "import type", "export type"].contains(&declaration);
        if language.is_import(declaration) {
            self.scanner.at = Scanner { at: self.scanner.at, ..self.scanner }.close(None);
            self.scanner.before = b'}';
            return;
        }
        if language == Language::Script && (names || typed) && !declaration.is_empty() {
            let end = Scanner { at: self.scanner.at, ..self.scanner }.close(Some(self.indent()));
            if before == b':' && end - at > 2 * LONG {
                // A type that stands in the place of its name.
                return self.container(declaration);
            }
            self.scanner.at = end;
            self.scanner.before = b'}';
            return;
        }
        if language.is_container(declaration) && !is_test(self.header(at)) {
            return self.container(declaration);
        }
        let inside = Scanner { at: self.scanner.at, ..self.scanner };
        let end = inside.close(Some(self.indent()));
        self.body(at, end);
    }

    fn container(&mut self, declaration: &str) {
        let language = self.scanner.language;
        let mut role = self.role(declaration);
        let first = words(declaration).next().unwrap_or_default();
        if language == Language::Rust
            && role == Role::Inner
            && (matches!(first, "impl" | "extern" | "if" | "else") || declaration.ends_with('!'))
        {
            // What is public in it brings it along.
            role = Role::Line;
        }
        let around = match (role, language) {
            (Role::Inner, _) => Around::Hidden,
            (Role::Signature, Language::Rust) if words(declaration).any(|it| it == "trait" || it == "enum") => {
                Around::Open
            }
            (Role::Signature, Language::Java) if words(declaration).any(|it| it == "interface" || it == "enum") => {
                Around::Open
            }
            (Role::Signature, Language::C) if words(declaration).any(|it| it == "class") => Around::Hidden,
            (Role::Signature, Language::C) => Around::Open,
            (_, Language::Script) => Around::Open,
            _ => Around::Public,
        };
        let end = self.line_tail(self.scanner.at);
        let header = self.pieces.declare(self.offset + end, role, self.frame().header);
        let lists = ["enum", "struct", "union"];
        let listed = words(declaration).any(|it| lists.contains(&it)) || declaration.ends_with(['=', 't']);
        self.frames.push(Frame { around, header, listed });
        self.begin(end);
    }

    /// Everything up to `at` is a signature, and from there to `end` it is a body.
    fn body(&mut self, at: usize, end: usize) {
        let declaration = self.declaration(at);
        let language = self.scanner.language;
        let declares = declaration.contains('(') || language.declares(declaration, self.frames.len() == 1);
        let runs = ["if", "for", "while", "switch", "try", "do", "else"];
        let plain =
            !declares || runs.contains(&words(declaration).next().unwrap_or_default()) || is_test(self.header(at));
        let role = if plain { Role::Body } else { self.role(declaration) };
        let text = self.scanner.text;
        let tail = text.get(end..).unwrap_or_default();
        let end = end + usize::from(tail.starts_with([';', ',']));
        let end = self.line_tail(end);
        let head = text.get(..at).unwrap_or_default().trim_end().len().max(self.start);
        let needs = self.frame().header;
        let header = if plain {
            self.pieces.plain(self.offset + head, role, needs)
        } else {
            self.pieces.declare(self.offset + head, role, needs)
        };
        self.pieces.push(self.offset + end, Role::Body, header.or(needs));
        self.begin(end);
    }

    /// A `}` that closes what holds declarations.
    fn close(&mut self) {
        let end = self.scanner.at;
        let brace = end - 1;
        if self.header(end).len() > 1 {
            self.statement(brace);
        }
        let header = if self.frames.len() > 1 { self.frames.pop().and_then(|frame| frame.header) } else { None };
        // `} name;` ends a type of C, `})` a call.
        let rest = self.scanner.text.get(end..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let named = self.scanner.language == Language::C && line.trim().len() > 1 && line.trim_end().ends_with(';');
        let role = if named { Role::Signature } else { Role::Body };
        let skipped = if named || line.trim_start().starts_with([';', ',', ')']) { line.trim_end().len() } else { 0 };
        let end = self.line_tail(end + skipped);
        self.scanner.at = end;
        self.pieces.push(self.offset + end, role, header);
        self.begin(end);
    }
}

/// A shorter body of a macro is not worth a mark in its place.
const SHORT_MACRO: usize = 24;

/// How far the name and the parameters of a macro reach, where it has parameters and a body on the same line.
fn macro_head(line: &str) -> Option<usize> {
    let name = line.find("define")? + "define".len();
    let rest = line.get(name..)?;
    let start = name + rest.len() - rest.trim_start().len();
    let word = line.get(start..)?.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'))?;
    let parameters = line.get(start + word..)?;
    let end = start + word + parameters.starts_with('(').then(|| parameters.find(')'))?? + 1;
    (line.len() > end + SHORT_MACRO).then_some(end)
}

/// Whether a script says what it exports, and the names that stand where it does.
fn exported(text: &str) -> (bool, Vec<&str>) {
    let opens = ["export ", "export{", "exports.", "module.exports"];
    let (mut exports, mut names) = (false, Vec::new());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if opens.iter().any(|word| line.starts_with(word)) {
            exports = true;
            let rest = text.get(at..).unwrap_or_default();
            let listed = line.contains('{') && !line.contains('(');
            let end = if listed { rest.find('}').unwrap_or(rest.len()) } else { line.len() };
            let named = listed || line.contains('=') || line.starts_with("export default");
            names.extend(words(rest.get(..end).unwrap_or_default()).filter(|_| named));
        }
        at += line.len();
    }
    sort(&mut names);
    (exports, names)
}

/// Whether attributes say that what follows is a test.
fn is_test(header: &str) -> bool {
    header.contains("#[cfg(test)]") || header.contains("#[test]")
}
