//! A reader of program text that knows where strings and comments end.
//!
//! A parser for each language would know more, and no set of them fits: one tree-sitter grammar alone is larger than
//! the whole core. Brackets, strings and comments are enough to tell declarations from their bodies.

use super::language::Language;

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Space,
    Newline,
    Comment,
    Text,
    /// `{`, `(` or `[`.
    Open(u8),
    /// `}`, `)` or `]`.
    Close(u8),
    /// Any other single sign.
    Sign(u8),
    /// A word or a number.
    Word,
}

/// Reads one token after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) language: Language,
    /// The last byte of code before `at`, white space and comments aside.
    pub(super) before: u8,
}

impl<'a> Scanner<'a> {
    pub(super) const fn new(text: &'a str, at: usize, language: Language) -> Self {
        Self { text, at, language, before: b'\n' }
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Reads a token and moves behind it; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Token> {
        let start = self.at;
        let first = *self.text.as_bytes().get(start)?;
        let (token, end) = self.token(first);
        self.at = end.clamp(start + 1, self.text.len());
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        if !matches!(token, Token::Space | Token::Newline | Token::Comment) {
            self.before = self.byte(self.at - 1);
        }
        Some(token)
    }

    fn token(&self, first: u8) -> (Token, usize) {
        let at = self.at;
        match first {
            b'\n' => (Token::Newline, at + 1),
            b' ' | b'\t' | b'\r' => (Token::Space, at + 1),
            b'{' | b'(' | b'[' => (Token::Open(first), at + 1),
            b'}' | b')' | b']' => (Token::Close(first), at + 1),
            b'/' if matches!(self.byte(at + 1), b'/' | b'*') && self.language != Language::Python => {
                (Token::Comment, self.comment_end(at))
            }
            b'#' if self.language == Language::Python => (Token::Comment, self.line_end(at)),
            b'"' | b'\'' | b'`' => self.quoted(first),
            b'/' if self.language == Language::Script && self.may_be_regex() => (Token::Text, self.regex_end(at)),
            _ if is_word(first) => (Token::Word, self.word_end(at)),
            _ => (Token::Sign(first), at + 1),
        }
    }

    fn word_end(&self, at: usize) -> usize {
        let mut end = at;
        while is_word(self.byte(end)) {
            end += 1;
        }
        let word = self.text.get(at..end).unwrap_or_default();
        let hashes = self.rest(end).bytes().take_while(|byte| *byte == b'#').count();
        let raw = matches!(word, "r" | "br" | "cr") && self.byte(end + hashes) == b'"';
        if self.language == Language::Rust && raw {
            return self.find(end + hashes + 1, &format!("\"{}", "#".repeat(hashes)));
        }
        if self.language == Language::C && word == "R" && self.byte(end) == b'"' {
            let fence = self.rest(end + 1).split('(').next().unwrap_or_default();
            return if fence.len() <= 16 { self.find(end + 1, &format!("){fence}\"")) } else { end };
        }
        end
    }

    /// The end of a comment; Rust's nest.
    fn comment_end(&self, at: usize) -> usize {
        if self.byte(at + 1) == b'/' {
            return self.line_end(at);
        }
        if self.language != Language::Rust {
            return self.find(at + 2, "*/");
        }
        let (mut at, mut depth) = (at + 2, 1);
        while depth > 0 && at < self.text.len() {
            match (self.byte(at), self.byte(at + 1)) {
                (b'*', b'/') => (at, depth) = (at + 2, depth - 1),
                (b'/', b'*') => (at, depth) = (at + 2, depth + 1),
                _ => at += 1,
            }
        }
        at
    }

    fn quoted(&self, quote: u8) -> (Token, usize) {
        use Language::{C, Go, Java, Python, Rust, Script};
        let at = self.at;
        let triple = [quote, quote, quote];
        let is_triple = self.text.as_bytes().get(at..at + 3) == Some(&triple);
        match (quote, self.language) {
            (b'"' | b'\'', Python) | (b'"', Java) if is_triple => {
                (Token::Text, self.find(at + 3, if quote == b'"' { "\"\"\"" } else { "'''" }))
            }
            (b'`', Go) => (Token::Text, self.find(at + 1, "`")),
            (b'`', Script) => (Token::Text, self.template_end(at + 1)),
            (b'`', _) => (Token::Sign(quote), at + 1),
            // A lifetime is a quote with a name and no end; C++ groups digits with quotes.
            (b'\'', Rust) if self.byte(at + 1) != b'\\' && !self.closes_soon() => (Token::Sign(quote), at + 1),
            (b'\'', C) if self.before.is_ascii_alphanumeric() && at > 0 && is_word(self.byte(at - 1)) => {
                (Token::Sign(quote), at + 1)
            }
            _ => (Token::Text, self.string_end(at + 1, quote, self.language == Rust)),
        }
    }

    fn closes_soon(&self) -> bool {
        let mut letters = self.rest(self.at + 1).chars();
        letters.next().is_some() && letters.next() == Some('\'')
    }

    /// The end of a string with escapes; it ends with its line unless it may go on.
    fn string_end(&self, mut at: usize, quote: u8, goes_on: bool) -> usize {
        while at < self.text.len() {
            match self.byte(at) {
                b'\\' => at += 1,
                b'\n' if !goes_on => return at,
                byte if byte == quote => return at + 1,
                _ => {}
            }
            at += 1;
        }
        at
    }

    /// The end of a template string, whose `${…}` hold code.
    fn template_end(&self, mut at: usize) -> usize {
        let mut depth = 0_usize;
        while at < self.text.len() {
            match self.byte(at) {
                b'\\' => at += 1,
                b'$' if self.byte(at + 1) == b'{' => (at, depth) = (at + 1, depth + 1),
                b'{' if depth > 0 => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                b'`' if depth == 0 => return at + 1,
                _ => {}
            }
            at += 1;
        }
        at
    }

    /// Whether a slash opens an expression: it does where a value can't have ended.
    fn may_be_regex(&self) -> bool {
        let code = self.text.get(..self.at).unwrap_or_default().trim_end();
        let after_word = ["return", "typeof", "case"].iter().any(|word| code.ends_with(word));
        !(is_word(self.before) || matches!(self.before, b')' | b']' | b'}' | b'"' | b'\'' | b'`')) || after_word
    }

    fn regex_end(&self, at: usize) -> usize {
        let (mut end, mut class) = (at + 1, false);
        loop {
            match self.byte(end) {
                b'\\' => end += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => return end + 1,
                // No end on this line: it was a division.
                b'\n' | 0 => return at + 1,
                _ => {}
            }
            end += 1;
        }
    }

    fn find(&self, at: usize, end: &str) -> usize {
        self.rest(at).find(end).map_or(self.text.len(), |found| at + found + end.len())
    }

    /// The end of the line, without its newline.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.rest(at).find('\n').map_or(self.text.len(), |found| at + found)
    }

    /// The place behind the bracket that closes the one before `at`.
    ///
    /// A bracket alone on its line, as far in as `indent`, closes it too: where two branches of a preprocessor open what
    /// one of them closes, the rest of the file is not lost.
    pub(super) fn close(mut self, indent: Option<usize>) -> usize {
        let mut depth = 1_usize;
        let mut line = self.at;
        while let Some(token) = self.next() {
            match token {
                Token::Newline => line = self.at,
                Token::Open(_) => depth += 1,
                Token::Close(sign) => {
                    depth -= 1;
                    let far_in = self.at - 1 - line;
                    let blank = self.text.get(line..self.at - 1).is_some_and(|space| space.trim().is_empty());
                    if depth == 0 || (sign == b'}' && blank && indent == Some(far_in)) {
                        return self.at;
                    }
                }
                _ => {}
            }
        }
        self.at
    }
}

pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::{Language, Scanner, Token};

    /// The brackets that are code.
    fn brackets(text: &str, language: Language) -> String {
        let mut scanner = Scanner::new(text, 0, language);
        let mut found = String::new();
        while let Some(token) = scanner.next() {
            if let Token::Open(sign) | Token::Close(sign) = token {
                found.push(char::from(sign));
            }
        }
        found
    }

    #[test]
    fn brackets_in_strings_and_comments_are_not_code() {
        use Language::{C, Go, Java, Python, Rust, Script};
        let cases = [
            (Rust, "fn f<'a>(x: &'a str) { '{'; \"}\\\"\"; r#\"}\"#; /* } /* } */ } */ // }\n}", "(){}"),
            (Script, "f(`}${ a({}) }`, '}', /[/}]}/g) / 2 // }\n{}", "(){}"),
            (Script, "a = b / c; { d / e }", "{}"),
            (Go, "x := `}\n}`; y := '{' {}", "{}"),
            (Java, "String s = \"\"\"\n } \"\"\"; char c = '}'; {}", "{}"),
            (C, "char *s = R\"x(})\" } )x\"; int n = 1'000'000; {}", "{}"),
            (Python, "s = '''}\n''' # }\n()", "()"),
        ];
        for (language, text, expected) in cases {
            assert_eq!(brackets(text, language), expected, "{text}");
        }
    }

    #[test]
    fn a_body_ends_at_its_bracket_or_where_its_line_began() {
        let text = "{ a { b } } c";
        assert_eq!(Scanner::new(text, 1, Language::C).close(Some(0)), 11);
        let torn = "{\n#if A\n  if (a) {\n#else\n  if (b) {\n#endif\n  }\n}\nint c;";
        assert_eq!(torn.get(Scanner::new(torn, 1, Language::C).close(Some(0))..), Some("\nint c;"));
    }
}
