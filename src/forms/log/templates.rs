//! Finds the lines that were printed by the same statement.
//!
//! After the idea of He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree" (ICWS 2017): lines with
//! the same signs between their words are compared word by word, and words with digits are expected to differ.

use hashbrown::HashMap;

/// How many templates of one length a line is compared with, the latest used first; bounds the work.
const CANDIDATES: usize = 24;

/// Words that lines of one template share, and the words that differ.
pub(super) struct Template<'a> {
    pub(super) words: Vec<Word<'a>>,
    /// The signs between the words; the last word has none after it.
    pub(super) signs: Vec<&'a str>,
    pub(super) count: usize,
    /// The line that lines are compared with: comparing with what is left of many would take in ever more.
    exemplar: Vec<&'a str>,
}

/// One place in a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word<'a> {
    /// Every line has this word here.
    Fixed(&'a str),
    /// Words here differ between these two ends.
    Varies { prefix: &'a str, suffix: &'a str },
}

/// The words of a line and the sign after each: space, or what sets values off in most logs.
///
/// Not the colon, the dot and the dash, which hold times, addresses and names together.
pub(super) fn words(line: &str) -> impl Iterator<Item = (&str, &str)> {
    const SIGNS: [char; 13] = [' ', '\t', '|', ',', '=', ';', '(', ')', '[', ']', '{', '}', '"'];
    line.split_inclusive(SIGNS).chain(line.ends_with(SIGNS).then_some("").or(line.is_empty().then_some(""))).map(
        |word| {
            let bare = word.strip_suffix(SIGNS).unwrap_or(word);
            word.split_at_checked(bare.len()).unwrap_or((word, ""))
        },
    )
}

/// Groups `lines`; for each line the place of its template in the list.
pub(super) fn group<'a>(lines: &[&'a str]) -> (Vec<Template<'a>>, Vec<usize>) {
    let mut templates: Vec<Template<'a>> = Vec::new();
    let mut recent: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
    let mut of_line = Vec::with_capacity(lines.len());
    for line in lines {
        let (words, signs): (Vec<&str>, Vec<&str>) = words(line).unzip();
        let bucket = recent.entry(signs.clone()).or_default();
        let found = bucket.iter().position(|id| templates.get(*id).is_some_and(|template| template.fits(&words)));
        let id = match found {
            Some(place) => bucket.remove(place),
            None => templates.len(),
        };
        bucket.insert(0, id);
        bucket.truncate(CANDIDATES);
        match templates.get_mut(id) {
            Some(template) => template.take(&words),
            None => templates.push(Template::new(words, signs)),
        }
        of_line.push(id);
    }
    (templates, of_line)
}

impl<'a> Template<'a> {
    fn new(exemplar: Vec<&'a str>, signs: Vec<&'a str>) -> Self {
        Self { words: exemplar.iter().map(|word| Word::of(word)).collect(), signs, count: 1, exemplar }
    }

    /// Whether most of the words without digits are the same.
    fn fits(&self, words: &[&str]) -> bool {
        let (mut alike, mut all) = (0, 0);
        for (word, other) in self.exemplar.iter().zip(words) {
            if word.is_empty() || (has_digit(word) && has_digit(other)) {
                continue;
            }
            all += 1;
            alike += usize::from(word == other);
        }
        alike * 10 >= all * 6
    }

    fn take(&mut self, words: &[&'a str]) {
        self.count += 1;
        for (word, other) in self.words.iter_mut().zip(words) {
            *word = word.with(other);
        }
    }

    /// How many bytes a line saves by not saying what is fixed.
    pub(super) fn fixed_len(&self) -> usize {
        self.words
            .iter()
            .map(|word| match word {
                Word::Fixed(fixed) => fixed.len(),
                Word::Varies { prefix, suffix } => prefix.len() + suffix.len(),
            })
            .sum::<usize>()
            + self.signs.len()
    }
}

impl<'a> Word<'a> {
    /// A word by itself; one with the sign for a value in it can't be told from a place that varies, so it does.
    pub(super) fn of(word: &'a str) -> Self {
        if word.contains('*') { Self::Varies { prefix: "", suffix: "" } } else { Self::Fixed(word) }
    }

    fn with(self, other: &'a str) -> Self {
        let (prefix, suffix) = match self {
            Self::Fixed(fixed) if fixed == other => return self,
            Self::Fixed(fixed) => (fixed, fixed),
            Self::Varies { prefix, suffix } => (prefix, suffix),
        };
        let prefix = common_prefix(prefix, other);
        let rest = other.get(prefix.len()..).unwrap_or_default();
        let suffix = match self {
            Self::Fixed(fixed) => common_suffix(fixed.get(prefix.len()..).unwrap_or_default(), rest),
            Self::Varies { .. } => common_suffix(suffix, rest),
        };
        Self::Varies { prefix, suffix }
    }

    /// What a line has in this place that the template does not say.
    pub(super) fn value(self, word: &'a str) -> Option<&'a str> {
        match self {
            Self::Fixed(_) => None,
            Self::Varies { prefix, suffix } => word.strip_prefix(prefix)?.strip_suffix(suffix),
        }
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The common start of two words, cut back to where a name or number ends, so that none is torn.
fn common_prefix<'a>(one: &'a str, two: &str) -> &'a str {
    let end = alike(one.bytes(), two.bytes());
    one.get(..end).unwrap_or_default()
}

fn common_suffix<'a>(one: &'a str, two: &str) -> &'a str {
    let length = alike(one.bytes().rev(), two.bytes().rev());
    one.get(one.len() - length..).unwrap_or_default()
}

/// How many bytes are the same up to the last edge that is; the sign for a value is never among them.
fn alike(one: impl Iterator<Item = u8>, two: impl Iterator<Item = u8>) -> usize {
    let same = one.zip(two).take_while(|(a, b)| a == b && *a != b'*');
    same.enumerate().filter(|(_, (byte, _))| is_edge(*byte)).last().map_or(0, |(at, _)| at + 1)
}

fn is_edge(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric()
}
