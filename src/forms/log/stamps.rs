//! Finds the times of log lines and puts a sign in the place of each.

use super::clock::Face;

/// How far into a line its time may begin.
const REACH: usize = 90;

/// The characters that stand for the faces of a clock.
pub(super) const MARKS: [u8; 3] = [1, 2, 3];

/// How many lines are looked at to learn how times are written.
const SAMPLE: usize = 100;

/// The lines of a log with their times taken out.
pub(super) struct Stamps {
    /// The first is what lines are timed by; the others say the same time in another way.
    pub(super) faces: Vec<Face>,
    /// Digits of a fraction of a second: a tick is the last of them.
    pub(super) digits: u32,
    /// All lines, their times replaced by [`MARKS`]; each ends with a line feed.
    pub(super) text: String,
    /// The time of each line, where it has one.
    pub(super) ticks: Vec<Option<i64>>,
}

impl Stamps {
    /// Takes the times out of `source`; `None` where it has the [`MARKS`] itself.
    pub(super) fn take(source: &str) -> Option<Self> {
        if source.bytes().any(|byte| matches!(byte, 1..=3)) {
            return None;
        }
        let faces = faces(source);
        let digits = faces.iter().map(Face::digits).max().unwrap_or(0);
        let mut stamps = Self { faces, digits, text: String::with_capacity(source.len()), ticks: Vec::new() };
        let mut at = 0;
        for line in source.split('\n') {
            let ticks = stamps.line(line, &mut at);
            stamps.ticks.push(ticks);
            stamps.text.push('\n');
        }
        Some(stamps)
    }

    /// Copies a line, its time replaced; `at` is where the last line had its time.
    fn line(&mut self, line: &str, at: &mut usize) -> Option<i64> {
        let found = self.faces.first().and_then(|face| find(line, face, self.digits, *at));
        let Some(Found { start, end, ticks }) = found else {
            self.text.push_str(line);
            return None;
        };
        *at = start;
        if self.faces.len() == 1 {
            // The usual case, without a second copy of the line.
            self.text.push_str(line.get(..start).unwrap_or_default());
            self.text.extend(MARKS.first().map(|mark| char::from(*mark)));
            self.text.push_str(line.get(end..).unwrap_or_default());
            return Some(ticks);
        }
        let mut replaced = line.to_owned();
        let mut said = String::new();
        for (face, mark) in self.faces.iter().zip(MARKS) {
            said.clear();
            if face.write(ticks, self.digits, &mut said).is_some() && replaced.contains(said.as_str()) {
                replaced = replaced.replace(said.as_str(), char::from(mark).encode_utf8(&mut [0; 4]));
            }
        }
        self.text.push_str(&replaced);
        Some(ticks)
    }
}

/// Where words begin within reach.
fn starts(line: &str) -> impl Iterator<Item = usize> {
    let bytes = line.as_bytes();
    let begins = |at: &usize| {
        let inside = at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_alphanumeric);
        !inside && bytes.get(*at).is_some_and(u8::is_ascii_alphanumeric)
    };
    (0..line.len().min(REACH)).filter(begins)
}

/// A time in a line, and where it begins and ends.
struct Found {
    start: usize,
    end: usize,
    ticks: i64,
}

/// The first time in this face, tried where the last line had it before anywhere else.
fn find(line: &str, face: &Face, digits: u32, last: usize) -> Option<Found> {
    let at = |start| {
        let (ticks, used) = exactly(line, start, face, digits)?;
        Some(Found { start, end: start + used, ticks })
    };
    [last].into_iter().chain(starts(line)).find_map(at)
}

/// The time that stands at `at` in this face and would be written again as it is.
fn exactly(line: &str, at: usize, face: &Face, digits: u32) -> Option<(i64, usize)> {
    let rest = line.get(at..)?;
    let (ticks, used) = face.read(rest.as_bytes(), digits)?;
    let mut again = String::with_capacity(used);
    face.write(ticks, digits, &mut again)?;
    let ends = !rest.as_bytes().get(used).is_some_and(u8::is_ascii_digit);
    (ends && rest.get(..used) == Some(again.as_str())).then_some((ticks, used))
}

/// The faces of the clock by which `source` is timed; none where most lines have no time.
fn faces(source: &str) -> Vec<Face> {
    let lines: Vec<&str> = source.split('\n').filter(|line| !line.trim().is_empty()).collect();
    let sample: Vec<&str> = lines.iter().step_by(lines.len() / SAMPLE + 1).copied().collect();
    let Some((first, mut found)) =
        sample.iter().find_map(|line| Some((*line, all_in(line)).clone()).filter(|(_, all)| !all.is_empty()))
    else {
        return Vec::new();
    };
    let rank = |(_, face): &(usize, Face)| (face.digits(), face.has_clock(), face.has_date());
    let best = found.iter().map(rank).max().and_then(|best| found.iter().position(|one| rank(one) == best));
    let (_, primary) = found.remove(best.unwrap_or(0));
    let digits = primary.digits();
    let timed = |face: &Face| sample.iter().filter(|line| find(line, face, digits, 0).is_some()).count();
    let padded = primary.paddings();
    let counts: Vec<usize> = padded.iter().map(timed).collect();
    let most = counts.iter().max().copied().unwrap_or(0);
    let Some((face, _)) = padded.into_iter().zip(&counts).find(|(_, count)| **count == most) else { return Vec::new() };
    if most * 2 < sample.len() {
        return Vec::new();
    }
    let times: Vec<(&str, i64)> =
        sample.iter().filter_map(|line| Some((*line, find(line, &face, digits, 0)?.ticks))).collect();
    let shown = find(first, &face, digits, 0).map(|found| found.ticks);
    let mut faces = vec![face];
    for (at, other) in found {
        let ahead = shown.and_then(|ticks| ahead(first, at, &other, ticks, digits));
        let Some(other) = ahead.filter(|other| faces.len() < MARKS.len() && !faces.contains(other)) else { continue };
        let says = |(line, ticks): &&(&str, i64)| {
            let mut said = String::new();
            other.write(*ticks, digits, &mut said).is_some() && line.contains(said.as_str())
        };
        if times.iter().filter(says).count() * 2 > times.len() {
            faces.push(other);
        }
    }
    faces
}

/// The face at `at` in `line`, ahead of a clock that shows `ticks` there by some whole seconds.
fn ahead(line: &str, at: usize, face: &Face, ticks: i64, digits: u32) -> Option<Face> {
    let second = 10_i64.checked_pow(digits)?;
    let unseen = ticks.rem_euclid(10_i64.checked_pow(digits.checked_sub(face.digits())?)?);
    face.paddings().into_iter().find_map(|mut face| {
        let (theirs, _) = exactly(line, at, &face, digits)?;
        face.ahead = if face.has_clock() { theirs + unseen - ticks } else { 0 };
        (face.ahead % second == 0).then_some(face)
    })
}

/// All times in reach, and where they are.
fn all_in(line: &str) -> Vec<(usize, Face)> {
    let mut found = Vec::new();
    let mut done = 0;
    for at in starts(line) {
        if at < done {
            continue;
        }
        if let Some((face, used)) = line.get(at..).and_then(guess) {
            done = at + used;
            found.push((at, face));
        }
    }
    found
}

/// How the time that `text` begins with is written, and its length.
fn guess(text: &str) -> Option<(Face, usize)> {
    const DATES: [&str; 17] = [
        "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d/%b/%Y", "%d-%b-%Y", "%a %b %d", "%b %d", "%y/%m/%d", "%y-%m-%d",
        "%m/%d/%Y", "%d.%m.%Y", "%m-%d", "%m.%d", "%m/%d", "%Y%m%d", "%y%m%d", "",
    ];
    const JOINS: [&str; 7] = [" ", "T", "-", ":", "_", ", ", "  "];
    const TIMES: [&str; 3] = ["%H:%M:%S", "%H.%M.%S", "%H%M%S"];
    if !text.as_bytes().first().is_some_and(|byte| byte.is_ascii_digit() || b"SMTWFJANOD".contains(byte)) {
        return None;
    }
    for date in DATES {
        // Digits alone are no time without a date.
        let times = if date.is_empty() { TIMES.get(..1) } else { TIMES.get(..) }.unwrap_or_default();
        let joins = if date.is_empty() { &[""][..] } else { &JOINS[..] };
        if sloppy(text, date).is_none() {
            continue;
        }
        for (join, time) in joins.iter().flat_map(|join| times.iter().map(move |time| (join, time))) {
            if let Some(whole) = sloppy(text, &format!("{date}{join}{time}")) {
                return Some(with_rest(text, whole));
            }
        }
        if date.starts_with("%Y")
            && let Some((face, used)) = sloppy(text, date)
            && !text.as_bytes().get(used).is_some_and(u8::is_ascii_alphanumeric)
        {
            return Some((face, used));
        }
    }
    let face = Face::parse("%s")?;
    let (_, used) = face.read(text.as_bytes(), 0).filter(|_| text.starts_with('1'))?;
    (!text.as_bytes().get(used).is_some_and(u8::is_ascii_alphanumeric)).then_some((face, used))
}

/// Reads a format with its numbers padded or not; the face is the padded one.
fn sloppy(text: &str, format: &str) -> Option<(Face, usize)> {
    let face = Face::parse(format)?;
    let used =
        face.paddings().iter().find_map(|padded| padded.read(text.as_bytes(), face.digits())).map(|(_, used)| used)?;
    Some((face, used))
}

/// Takes in the fraction of a second, and the year where it comes last.
fn with_rest(text: &str, (face, used): (Face, usize)) -> (Face, usize) {
    let rest = text.get(used..).unwrap_or_default();
    let sign = rest.get(..1).filter(|sign| [".", ",", ":"].contains(sign));
    let digits = rest.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let more = match sign {
        // A fraction of fewer digits than its field may be one without padding.
        Some(":") if (1..=3).contains(&digits) => ":%3f".to_owned(),
        Some(sign) if (1..=9).contains(&digits) => format!("{sign}%{digits}f"),
        _ if !face.has_year() => " %Y".to_owned(),
        _ => return (face, used),
    };
    let longer = sloppy(text, &(face.format() + &more));
    longer.filter(|(_, used)| !text.as_bytes().get(*used).is_some_and(u8::is_ascii_digit)).unwrap_or((face, used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_usual_logs_are_found() {
        for (line, format, text) in [
            ("2015-07-29 17:41:41,536 - INFO x", "%Y-%m-%d %H:%M:%S,%3f", "\u{1} - INFO x"),
            ("03-17 16:13:38.811  1702 D x", "%m-%d %H:%M:%S.%3f", "\u{1}  1702 D x"),
            ("081109 203615 148 INFO x", "%y%m%d %H%M%S", "\u{1} 148 INFO x"),
            ("[Sun Dec 04 04:47:44 2005] x", "%a %b %d %H:%M:%S %Y", "[\u{1}] x"),
            ("Jul  1 09:00:55 host x", "%b %e %H:%M:%S", "\u{1} host x"),
            ("1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] x", "%d/%b/%Y:%H:%M:%S", "1.2.3.4 - - [\u{1} -0700] x"),
            ("22:32:0:95|x", "%-H:%-M:%-S:%-3f", "\u{1}|x"),
            ("2024-01-02T03:04:05.678901Z x", "%Y-%m-%dT%H:%M:%S.%6f", "\u{1}Z x"),
            ("17/06/09 20:10:40 INFO x", "%y/%m/%d %H:%M:%S", "\u{1} INFO x"),
            ("[10.30 16:49:06] x", "%m.%d %H:%M:%S", "[\u{1}] x"),
            ("- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 x", "%s", "- \u{1} \u{2} dn228 \u{3} x"),
            ("134681 node 1077804742 1 x", "%s", "134681 node \u{1} 1 x"),
        ] {
            let stamps = Stamps::take(line).unwrap();
            assert_eq!(stamps.faces.first().map(Face::format).as_deref(), Some(format), "{line}");
            assert_eq!(stamps.text.trim_end_matches('\n'), text);
        }
    }

    #[test]
    fn a_time_that_stands_still_is_none_of_the_clocks() {
        let line = |second| format!("api.log.2017-05-16_13:53:08 2017-05-16 00:00:0{second}.008 x\n");
        let stamps = Stamps::take(&(0..4).map(line).collect::<String>()).unwrap();
        assert_eq!(stamps.text.lines().next(), Some("api.log.2017-05-16_13:53:08 \u{1} x"));
        assert_eq!(stamps.faces.len(), 1);
    }

    #[test]
    fn one_time_said_in_three_ways_is_one_time() {
        let line = "- 1117838570 2005.06.03 R02 2005-06-03-15.42.50.675872 R02 x";
        assert_eq!(Stamps::take(line).unwrap().text, "- \u{2} \u{3} R02 \u{1} R02 x\n");
    }
}
