//! Markup.

use super::lines::runs;
use super::{Kind, Segment};

/// Finds runs of lines with tags; lines between them are theirs, blank ones too.
pub(super) fn detect(text: &str) -> Vec<Segment> {
    let mut open = 0_usize;
    runs(text, Kind::Html, 1, |line| {
        let (opened, closed) = tags(line);
        let tagged = line.trim_start().starts_with('<') && opened + closed > 0;
        if !tagged && open == 0 {
            return None;
        }
        open = (open + opened).saturating_sub(closed);
        Some(opened + closed > 0)
    })
    .into_iter()
    .filter(|segment| {
        let markup = text.get(segment.span.clone()).unwrap_or_default();
        let (opened, closed) = tags(markup);
        opened + closed >= 4 && closed > 0 && known(markup) * 2 >= opened
    })
    .collect()
}

/// How many tags open an element of HTML; prompts name their parts with tags of their own, which is no markup.
fn known(text: &str) -> usize {
    const NAMES: [&str; 40] = [
        "a", "article", "aside", "b", "body", "br", "button", "code", "div", "em", "figure", "footer", "form", "h1",
        "h2", "h3", "h4", "head", "header", "hr", "html", "i", "img", "input", "label", "li", "link", "main", "meta",
        "nav", "ol", "p", "script", "section", "span", "strong", "svg", "table", "td", "ul",
    ];
    text.split('<').skip(1).filter(|tag| NAMES.binary_search(&element(tag).as_str()).is_ok()).count()
}

/// The name of the element that a tag opens, in lower case.
fn element(tag: &str) -> String {
    tag.chars().take_while(char::is_ascii_alphanumeric).take(12).collect::<String>().to_ascii_lowercase()
}

/// How many tags a text opens and closes; `<br>` and its like do neither but count as a pair.
fn tags(text: &str) -> (usize, usize) {
    let (mut opened, mut closed) = (0, 0);
    for tag in text.split('<').skip(1) {
        let name = element(tag);
        let inside = tag.split('>').next().unwrap_or_default();
        let ends = inside.len() < tag.len();
        if tag.starts_with('/') && ends {
            closed += 1;
        } else if !name.is_empty() && ends {
            opened += 1;
            let void = ["br", "hr", "img", "input", "link", "meta", "source", "col", "wbr", "area", "base", "embed"];
            closed += usize::from(inside.ends_with('/') || void.contains(&name.as_str()));
        }
    }
    (opened, closed)
}
