//! A pull reader of JSON that keeps every lexeme as it was written.
//!
//! It never converts: `1e400`, `1.10` and `"\u00e9"` come out digit for digit and escape for escape, which is what
//! makes a lossless form possible. It keeps its own stack, so depth costs no call stack, and it stops at
//! [`DEPTH`] so that the rooms above may recurse.

use std::borrow::Cow;

/// How deep brackets may nest before the reader gives up.
pub const DEPTH: usize = 128;

/// One step through a JSON value; the slices are lexemes of the source, strings without their quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// `{`
    OpenMap,
    /// `[`
    OpenList,
    /// `}` or `]`
    Close,
    /// The key of the entry that follows, escapes kept.
    Key(&'a str),
    /// A string, escapes kept.
    Text(&'a str),
    /// A number, `true`, `false` or `null`.
    Bare(&'a str),
    /// The value is complete.
    End,
    /// This is not JSON, or it nests too deeply.
    Invalid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrClose,
    Key,
    KeyOrClose,
    CommaOrClose,
    End,
}

/// Reads one JSON value out of a text, from a given place on.
#[derive(Debug, Clone)]
pub struct JsonReader<'a> {
    text: &'a str,
    at: usize,
    maps: Vec<bool>,
    expect: Expect,
}

impl<'a> JsonReader<'a> {
    /// Starts reading at byte `at`, where the value must begin.
    pub fn new(text: &'a str, at: usize) -> Self {
        Self { text, at, maps: Vec::new(), expect: Expect::Value }
    }

    /// The byte where reading stands: after the value once it ended, at the offence when it is invalid.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The next event; after [`Event::End`] and [`Event::Invalid`] nothing new comes.
    pub fn next_event(&mut self) -> Event<'a> {
        if self.expect == Expect::End {
            return Event::End;
        }
        if !self.maps.is_empty() {
            self.skip_space();
        }
        self.step().unwrap_or(Event::Invalid)
    }

    fn step(&mut self) -> Option<Event<'a>> {
        let byte = self.peek()?;
        match (self.expect, byte) {
            (Expect::ValueOrClose, b']') | (Expect::KeyOrClose, b'}') => self.close(),
            (Expect::CommaOrClose, b',') => {
                self.at += 1;
                self.expect = if *self.maps.last()? { Expect::Key } else { Expect::Value };
                self.skip_space();
                self.step()
            }
            (Expect::CommaOrClose, b']') => self.maps.last().filter(|map| !**map).is_some().then(|| self.close())?,
            (Expect::CommaOrClose, b'}') => self.maps.last().filter(|map| **map).is_some().then(|| self.close())?,
            (Expect::Key | Expect::KeyOrClose, b'"') => self.key(),
            (Expect::Value | Expect::ValueOrClose, b'{') => self.open(true),
            (Expect::Value | Expect::ValueOrClose, b'[') => self.open(false),
            (Expect::Value | Expect::ValueOrClose, b'"') => {
                let text = self.string()?;
                self.after_value();
                Some(Event::Text(text))
            }
            (Expect::Value | Expect::ValueOrClose, _) => {
                let rest = self.text.get(self.at..)?;
                let lexeme = rest.get(..bare_len(rest)?)?;
                self.at += lexeme.len();
                self.after_value();
                Some(Event::Bare(lexeme))
            }
            _ => None,
        }
    }

    fn open(&mut self, map: bool) -> Option<Event<'a>> {
        if self.maps.len() == DEPTH {
            return None;
        }
        self.at += 1;
        self.maps.push(map);
        self.expect = if map { Expect::KeyOrClose } else { Expect::ValueOrClose };
        Some(if map { Event::OpenMap } else { Event::OpenList })
    }

    fn close(&mut self) -> Option<Event<'a>> {
        self.at += 1;
        self.maps.pop()?;
        self.after_value();
        Some(Event::Close)
    }

    fn key(&mut self) -> Option<Event<'a>> {
        let key = self.string()?;
        self.skip_space();
        if self.peek()? != b':' {
            return None;
        }
        self.at += 1;
        self.expect = Expect::Value;
        Some(Event::Key(key))
    }

    fn after_value(&mut self) {
        self.expect = if self.maps.is_empty() { Expect::End } else { Expect::CommaOrClose };
    }

    /// Reads a string whose opening quote is here; on failure the position is where it can't go on.
    fn string(&mut self) -> Option<&'a str> {
        let start = self.at + 1;
        self.at = start;
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
            self.at += plain.unwrap_or(rest.len());
            match self.peek()? {
                b'"' => {
                    let content = self.text.get(start..self.at)?;
                    self.at += 1;
                    return Some(content);
                }
                b'\\' => self.at += escape_len(self.text.as_bytes().get(self.at + 1..)?)?,
                _ => return None,
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).unwrap_or(rest.len());
    }
}

/// The length of an escape whose bytes after the backslash are given.
fn escape_len(after: &[u8]) -> Option<usize> {
    match after.first()? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => after.get(1..5)?.iter().all(u8::is_ascii_hexdigit).then_some(6),
        _ => None,
    }
}

/// The text that a string's lexeme stands for; `None` where half a surrogate pair stands alone.
pub fn unescape_json(lexeme: &str) -> Option<Cow<'_, str>> {
    if !lexeme.contains('\\') {
        return Some(Cow::Borrowed(lexeme));
    }
    let mut units: Vec<u16> = Vec::new();
    let mut out = String::with_capacity(lexeme.len());
    let mut rest = lexeme;
    while let Some((plain, escape)) = rest.split_once('\\') {
        if !plain.is_empty() {
            flush(&mut units, &mut out)?;
            out.push_str(plain);
        }
        let (sign, after) = escape.split_at_checked(1)?;
        rest = after;
        if sign == "u" {
            let (hex, after) = after.split_at_checked(4)?;
            units.push(u16::from_str_radix(hex, 16).ok()?);
            rest = after;
            continue;
        }
        flush(&mut units, &mut out)?;
        out.push_str(match sign {
            "b" => "\u{8}",
            "f" => "\u{c}",
            "n" => "\n",
            "r" => "\r",
            "t" => "\t",
            other => other,
        });
    }
    flush(&mut units, &mut out)?;
    out.push_str(rest);
    Some(Cow::Owned(out))
}

/// Appends code units that stood one after the other, so that a pair becomes one character.
fn flush(units: &mut Vec<u16>, out: &mut String) -> Option<()> {
    char::decode_utf16(units.drain(..)).try_for_each(|char| char.ok().map(|char| out.push(char)))
}

/// The length of the number, `true`, `false` or `null` that `text` begins with.
pub fn bare_len(text: &str) -> Option<usize> {
    for word in ["null", "true", "false"] {
        if text.starts_with(word) {
            return Some(word.len());
        }
    }
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    match (bytes.get(at), digits(at)) {
        (_, 0) => return None,
        (Some(b'0'), _) => at += 1,
        (_, whole) => at += whole,
    }
    if bytes.get(at) == Some(&b'.') && digits(at + 1) > 0 {
        at += 1 + digits(at + 1);
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let power = digits(at + 1 + sign);
        if power > 0 {
            at += 1 + sign + power;
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends_at(text: &str) -> Option<usize> {
        let mut reader = JsonReader::new(text, 0);
        loop {
            match reader.next_event() {
                Event::End => return Some(reader.position()),
                Event::Invalid => return None,
                _ => {}
            }
        }
    }

    #[test]
    fn takes_what_json_is() {
        for text in
            ["{}", "[]", "[1,-0.5e+3,0,true,null]", r#"{"a":{"b":[{}]},"a":"\u00e9\/"}"#, "[ 1 ,\n2 ]", r#""x""#, "7"]
        {
            assert_eq!(ends_at(text), Some(text.len()), "{text}");
        }
    }

    #[test]
    fn refuses_what_json_is_not() {
        for text in [
            "{",
            "[1,]",
            "{\"a\"}",
            "{\"a\":1,}",
            "[1}",
            "{]",
            "[01]",
            "[.5]",
            "[1.]",
            r#"["\x"]"#,
            "[\"\n\"]",
            "",
            "[,]",
        ] {
            assert_eq!(ends_at(text), None, "{text}");
        }
    }

    #[test]
    fn a_million_brackets_are_refused_and_not_followed() {
        assert_eq!(ends_at(&"[".repeat(1_000_000)), None);
        let deep = format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH));
        assert_eq!(ends_at(&deep), Some(deep.len()));
    }

    #[test]
    fn lexemes_come_as_written() {
        let mut reader = JsonReader::new(r#"[1.10,"a\u00e9"]"#, 0);
        reader.next_event();
        assert_eq!(reader.next_event(), Event::Bare("1.10"));
        assert_eq!(reader.next_event(), Event::Text("a\\u00e9"));
    }
}
