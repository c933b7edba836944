//! Words of any script as 64-bit terms, without an allocation per word.
//!
//! Scripts that write no spaces have no words to find without a dictionary. Han and kana give single characters and pairs
//! of them; Thai, Lao, Khmer and Burmese, which are alphabets, give each run of [`RUN`] letters. All others give stemmed
//! words. Numbers are one term: `7,731` meets `7731`.

use super::fold::fold_into;
use super::function_words::is_function_word;
use super::stem::stem;

/// A term as it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'a> {
    /// The hash of the folded word as it stands: the same word has the same hash on every runtime.
    pub word: u64,
    /// The folded word; empty for characters and pairs.
    pub text: &'a str,
    /// What the word looked like before folding.
    pub shape: Shape,
}

impl Term<'_> {
    /// The hash of the folded, stemmed word; of characters and pairs it is that of the word. Found anew with each call.
    pub fn stem(&self) -> u64 {
        match (self.text, self.shape) {
            ("", _) => self.word,
            (number, Shape::Number) => hash_bytes(BASIS, number),
            (word, _) => hash_bytes(BASIS, stem(word)),
        }
    }
}

/// What a word looks like: enough to guess whether it may answer a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A plain word.
    Word,
    /// A word that opens with a capital letter.
    Capital,
    /// A word that has a digit.
    Number,
    /// A single character of a script without spaces: weak evidence.
    Character,
    /// Two characters in a row of a script without spaces, or a run of letters.
    Pair,
}

/// Calls `found` for each term of `text`, in order.
pub fn each(text: &str, mut found: impl FnMut(Term<'_>)) {
    let mut reader = Reader::default();
    let mut rest = text;
    loop {
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if let Some((run, after)) = rest.split_at_checked(plain).filter(|_| plain > 0) {
            reader.plain(run, &mut found);
            rest = after;
        }
        let mut letters = rest.chars();
        let Some(letter) = letters.next() else { break };
        rest = letters.as_str();
        match class(letter) {
            Class::Letter => reader.letter(letter, &mut found),
            Class::Unspaced => reader.unspaced(letter, &mut found),
            Class::Run => reader.run(letter, &mut found),
            Class::Mark => reader.mark(letter),
            Class::Other => {
                let inside = matches!(letter, '.' | ',')
                    && reader.number
                    && rest.starts_with(|next: char| next.is_ascii_digit());
                if !inside {
                    reader.end(&mut found);
                }
            }
        }
    }
    reader.end(&mut found);
}

/// The terms of `text` that mean something, each once, in order of their hashes.
pub fn meanings(text: &str) -> Vec<u64> {
    let mut found = Vec::new();
    each(text, |term| {
        if term.shape != Shape::Character && !is_function_word(term.word) {
            found.push(term.stem());
        }
    });
    found.sort_unstable();
    found.dedup();
    found
}

/// Hashes an entry of a word list: the word as it stands, for stems of other words may be the same, or the last pair of a script without spaces.
pub(crate) fn hash_of(word: &str) -> Option<u64> {
    let mut last = None;
    each(word, |term| {
        if last.is_none() || term.shape != Shape::Character {
            last = Some(term.word);
        }
    });
    last
}

/// Letters in a run of an alphabet without spaces.
const RUN: usize = 4;

enum Class {
    Letter,
    Unspaced,
    Run,
    Mark,
    Other,
}

fn class(letter: char) -> Class {
    match letter {
        '\0'..='\u{7f}' => Class::Other, // but for letters and digits, which are read in runs
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Class::Run,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => unless_sign(letter),
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Class::Unspaced,
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200c}' | '\u{200d}' | '\u{ad}' => Class::Mark,
        // Indic scripts: vowel signs and viramas hold a word together; the danda ends a sentence.
        '\u{964}' | '\u{965}' => Class::Other,
        '\u{900}'..='\u{dff}' => Class::Mark,
        _ if letter.is_alphanumeric() => Class::Letter,
        _ => Class::Other,
    }
}

fn unless_sign(letter: char) -> Class {
    if matches!(letter, '\u{30fb}' | '\u{30a0}') { Class::Other } else { Class::Unspaced }
}

#[derive(Default)]
struct Reader {
    word: String,
    number: bool,
    capital: bool,
    previous: Option<char>,
    /// The last letters of a run, and how many the run had so far.
    recent: [char; RUN],
    length: usize,
}

impl Reader {
    /// Takes a run of letters and digits without marks, as most are in many texts.
    fn plain(&mut self, run: &str, found: &mut impl FnMut(Term<'_>)) {
        self.open(run.starts_with(|first: char| first.is_ascii_uppercase()), found);
        let start = self.word.len();
        self.word.push_str(run);
        if let Some(added) = self.word.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        self.number |= run.bytes().any(|byte| byte.is_ascii_digit());
    }

    fn letter(&mut self, letter: char, found: &mut impl FnMut(Term<'_>)) {
        self.open(letter.is_uppercase(), found);
        self.number |= letter.is_numeric();
        fold_into(letter, &mut self.word);
    }

    /// Begins a word, where none is open.
    fn open(&mut self, capital: bool, found: &mut impl FnMut(Term<'_>)) {
        if self.length > 0 {
            self.end(found);
        }
        if self.word.is_empty() {
            self.capital = capital;
        }
        self.previous = None;
    }

    fn mark(&mut self, letter: char) {
        self.previous = None;
        fold_into(letter, &mut self.word);
    }

    fn unspaced(&mut self, letter: char, found: &mut impl FnMut(Term<'_>)) {
        if let Some(previous) = self.previous {
            let hash = mix(mix(BASIS, u64::from(u32::from(previous))), u64::from(u32::from(letter)));
            found(Term { word: hash, text: "", shape: Shape::Pair });
        } else {
            self.end(found);
        }
        let hash = mix(BASIS, u64::from(u32::from(letter)));
        found(Term { word: hash, text: "", shape: Shape::Character });
        self.previous = Some(letter);
    }

    fn run(&mut self, letter: char, found: &mut impl FnMut(Term<'_>)) {
        if self.length == 0 {
            self.end(found);
        }
        self.recent.rotate_left(1);
        if let Some(last) = self.recent.last_mut() {
            *last = letter;
        }
        self.length += 1;
        if self.length >= RUN {
            self.push_run(found);
        }
    }

    fn push_run(&self, found: &mut impl FnMut(Term<'_>)) {
        let letters = self.recent.iter().skip(RUN.saturating_sub(self.length));
        let hash = letters.fold(BASIS, |hash, letter| mix(hash, u64::from(u32::from(*letter))));
        found(Term { word: hash, text: "", shape: Shape::Pair });
    }

    fn end(&mut self, found: &mut impl FnMut(Term<'_>)) {
        self.previous = None;
        if self.length > 0 && self.length < RUN {
            self.push_run(found);
        }
        self.length = 0;
        if !self.word.is_empty() {
            let shape = match (self.number, self.capital) {
                (true, _) => Shape::Number,
                (_, true) => Shape::Capital,
                _ => Shape::Word,
            };
            // Another one than the stem's even where word and stem are equal.
            let word = mix(hash_bytes(BASIS, &self.word), 0xff);
            found(Term { word, text: &self.word, shape });
            self.word.clear();
        }
        self.number = false;
        self.capital = false;
    }
}

/// FNV-1a's offset basis and prime: fixed for ever, short, and good enough for a few million words.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn hash_bytes(start: u64, text: &str) -> u64 {
    text.bytes().fold(start, |hash, byte| mix(hash, u64::from(byte)))
}

fn mix(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0100_0000_01b3)
}

#[cfg(test)]
mod tests {
    use super::{Shape, each};

    struct Found {
        hash: u64,
        word: u64,
        shape: Shape,
    }

    fn terms(text: &str) -> Vec<Found> {
        let mut all = Vec::new();
        each(text, |term| all.push(Found { hash: term.stem(), word: term.word, shape: term.shape }));
        all
    }

    #[test]
    fn the_same_word_in_another_form_is_the_same_term() {
        assert_eq!(terms("Released")[0].hash, terms("releases")[0].hash);
        assert_ne!(terms("Released")[0].word, terms("releases")[0].word);
        assert_eq!(terms("7,731,004")[0].hash, terms("7731004")[0].hash);
        assert_eq!(terms("São")[0].hash, terms("SAO")[0].hash);
    }

    #[test]
    fn a_number_at_a_sentence_end_does_not_swallow_the_stop() {
        let shapes: Vec<Shape> = terms("In 1901. Then").iter().map(|term| term.shape).collect();
        assert_eq!(shapes, [Shape::Capital, Shape::Number, Shape::Capital]);
    }

    #[test]
    fn scripts_without_spaces_give_characters_and_pairs() {
        let shapes: Vec<Shape> = terms("氧气室").iter().map(|term| term.shape).collect();
        assert_eq!(shapes, [Shape::Character, Shape::Pair, Shape::Character, Shape::Pair, Shape::Character]);
        assert_eq!(terms("ab氧").len(), 2, "a change of script ends a word");
    }

    #[test]
    fn alphabets_without_spaces_give_runs_of_letters() {
        assert_eq!(terms("โรงเรียน").len(), 5);
        assert_eq!(terms("ไป").len(), 1);
        assert_eq!(terms("ไปABโรงเรียน").len(), 7);
    }

    #[test]
    fn indic_words_hold_together() {
        assert_eq!(terms("हिन्दी भाषा।").len(), 2);
    }
}
