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
        let (opened, closed) = text.get(segment.span.clone()).map_or((0, 0), tags);
        opened + closed >= 4 && closed > 0
    })
    .collect()
}

/// How many tags a text opens and closes; `<br>` and its like do neither but count as a pair.
fn tags(text: &str) -> (usize, usize) {
    let (mut opened, mut closed) = (0, 0);
    for tag in text.split('<').skip(1) {
        let name_len = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let inside = tag.split('>').next().unwrap_or_default();
        let ends = inside.len() < tag.len();
        if tag.starts_with('/') && ends {
            closed += 1;
        } else if name_len > 0 && ends {
            opened += 1;
            let name = tag.get(..name_len).unwrap_or_default().to_ascii_lowercase();
            let void = ["br", "hr", "img", "input", "link", "meta", "source", "col", "wbr", "area", "base", "embed"];
            closed += usize::from(inside.ends_with('/') || void.contains(&name.as_str()));
        }
    }
    (opened, closed)
}
