//! Markup whose closing tags do not repeat what they close.
//!
//! ```text
//! block = "[…markup " n " lines, </> closes the last open tag]" LF lines LF
//! ```
//! Both sides follow the open elements in the same way, so it does not matter how well the markup is formed: a closing
//! tag is shortened where it closes the element that was opened last, and left as it is everywhere else.

use trimtab_content::Kind;
use trimtab_error::{Error, ErrorKind, Result};

use super::counted::{count_lines, take_lines};
use super::{Above, Ask, Form, Read, Rewrite};

/// Shortens closing tags.
pub struct Markup;

const HEADER: &str = " lines, </> closes the last open tag]\n";

/// Elements of HTML that have no closing tag.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

impl Form for Markup {
    fn name(&self) -> &'static str {
        "markup"
    }

    fn takes(&self, kind: Kind) -> bool {
        kind == Kind::Html
    }

    fn write(&self, source: &str, _ask: &Ask) -> Vec<Rewrite> {
        if source.contains("</>") {
            return Vec::new();
        }
        let body = follow(source, |name, top, out| {
            if top == Some(name) {
                out.push_str("</>");
            } else {
                out.push_str(&format!("</{name}>"));
            }
            Some(())
        });
        let Some(body) = body.filter(|body| body.len() < source.len()) else { return Vec::new() };
        let head = format!("{}{HEADER}", count_lines(&body));
        vec![Rewrite { head: head.len(), text: head + &body }]
    }

    fn read(&self, text: &str, _above: &mut Above) -> Result<Read> {
        let body = text.split_once(HEADER).and_then(|(count, rest)| {
            let (body, used) = take_lines(rest, count.parse().ok()?)?;
            let whole = follow(body, |name, top, out| {
                out.push_str(&format!("</{}>", if name.is_empty() { top? } else { name }));
                Some(())
            });
            Some(Read { text: whole?, used: count.len() + HEADER.len() + used })
        });
        body.ok_or_else(|| Error::new(ErrorKind::NotRestorable, "a markup block was changed and can't be read back"))
    }
}

/// Copies markup; `close` writes each closing tag, and is told its name and that of the element opened last.
fn follow<'a>(text: &'a str, close: impl Fn(&'a str, Option<&'a str>, &mut String) -> Option<()>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        rest = tag;
        if let Some((name, after)) = tag.strip_prefix('/').and_then(closing) {
            close(name, open.last().copied(), &mut out)?;
            if name.is_empty() || open.last() == Some(&name) {
                open.pop();
            } else if let Some(place) = open.iter().rev().take(DEEP).position(|known| *known == name) {
                open.truncate(open.len() - place - 1);
            }
            rest = after;
            continue;
        }
        out.push('<');
        let name = element(tag);
        if !name.is_empty() && !VOID.contains(&name) && !is_closed(tag) {
            open.push(name);
        }
    }
    out.push_str(rest);
    Some(out)
}

/// How far down an element is looked for that was not opened last; bounds the work.
const DEEP: usize = 64;

/// The name in a closing tag whose `</` was taken off, and what follows it.
fn closing(tag: &str) -> Option<(&str, &str)> {
    let name = element(tag);
    Some((name, tag.get(name.len()..)?.strip_prefix('>')?))
}

/// The name of an element that stands at the start of `tag`.
fn element(tag: &str) -> &str {
    let named = |c: char| c.is_ascii_alphanumeric() || "-_:.".contains(c);
    let end = tag.find(|c| !named(c)).unwrap_or(tag.len());
    tag.get(..end).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())).unwrap_or_default()
}

/// Whether a tag ends with `/>`, as far as its first `>` tells.
fn is_closed(tag: &str) -> bool {
    tag.find(['>', '<']).and_then(|end| tag.get(..end)).is_some_and(|inside| inside.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(source: &str) -> Option<String> {
        let rewrite = Markup.write(source, &Ask::default()).into_iter().next()?;
        let followed = format!("{}\nmore", rewrite.text);
        let read = Markup.read(&followed, &mut Above::default()).unwrap();
        assert_eq!((read.text.as_str(), followed.get(read.used..)), (source, Some("more")), "{followed}");
        Some(rewrite.text)
    }

    #[test]
    fn closing_tags_do_not_repeat_the_name() {
        assert_eq!(
            written("<ul>\n<li class=\"a\">x<br>y</li>\n<li><hr/></li>\n</ul>").as_deref(),
            Some("4 lines, </> closes the last open tag]\n<ul>\n<li class=\"a\">x<br>y</>\n<li><hr/></>\n</>")
        );
    }

    #[test]
    fn a_closing_tag_too_many_is_an_error() {
        assert!(Markup.read("1 lines, </> closes the last open tag]\n<a></></>", &mut Above::default()).is_err());
    }

    proptest! {
        #[test]
        fn any_markup_comes_back(parts in proptest::collection::vec("(<(a|b|br|p-q)( x=\"/\")?/?>|</(a|b|br|c)>|[<>/ x]{0,3}|\n)", 0..40)) {
            written(&parts.concat());
        }
    }
}
