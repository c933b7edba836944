//! Where pieces start in the next 64 bytes, all at once.
//!
//! A splitter that looks at byte after byte guesses where each word ends, and a processor that guesses wrong loses more
//! time than the look-up takes. Here the classes of all bytes are bits of words, and the patterns become a few operations
//! on them. What these do not decide ends the block: bytes that are not ASCII, white space other than spaces and ends of
//! lines, apostrophes that may start a contraction, and spaces before the end of a line. The last piece of a block is never
//! decided either, since more may follow.

use crate::lanes::{BLOCK, Classes, classes};

/// Starts of pieces in a block, bit `i` for the byte `i` after its own start, which is one. The highest is where the
/// next look has to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Starts {
    pub(crate) all: u64,
    /// Those of pieces of digits.
    pub(crate) digits: u64,
}

/// In what the patterns of two encodings differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rules {
    /// Whether an upper letter after a lower one starts a word.
    pub(crate) splits_at_case: bool,
    /// Whether a contraction is a piece of its own, wherever it stands.
    pub(crate) splits_contractions: bool,
    /// Whether symbols take slashes after the ends of lines that they take.
    pub(crate) takes_slashes: bool,
}

/// The starts of the pieces of `text` from `start` on, which is one.
#[inline(always)]
pub(crate) fn starts(text: &[u8], start: usize, rules: Rules) -> Starts {
    let rest = text.get(start..).unwrap_or_default();
    match rest.first_chunk() {
        Some(block) => starts_in(&classes(block), rules),
        None => starts_of_rest(rest, rules),
    }
}

/// As [`starts`], where the text ends within the block.
#[inline(never)]
fn starts_of_rest(rest: &[u8], rules: Rules) -> Starts {
    let mut block = [0; BLOCK];
    block.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let mut classes = classes(&block);
    classes.decided &= (1 << rest.len()) - 1;
    starts_in(&classes, rules)
}

#[inline(always)]
fn starts_in(classes: &Classes, rules: Rules) -> Starts {
    let Classes { lower, upper, digit, space, newline, apostrophe, slash, decided } = *classes;
    let letter = lower | upper;
    let region = up_to_first(!decided);
    let slash = if rules.takes_slashes { slash } else { 0 };
    let region = if newline & region == 0 { region } else { lines_decided(space, newline, slash, region) };
    // An apostrophe is no contraction where what follows is known to be no letter.
    let open = apostrophe & !((region & !letter) >> 1);
    let region = region & up_to_first(if rules.splits_contractions { open } else { open & letter << 1 });
    let symbol = !(letter | digit | space | newline);
    // Of a symbol alone before a word, the word takes it; a space before symbols goes with them.
    let prefix = symbol & !(symbol << 1) & !(space << 1) & letter >> 1;
    let words = letter & !(letter << 1) & !(space << 1) & !(prefix << 1);
    let cased = if rules.splits_at_case { upper & lower << 1 } else { 0 };
    let symbols = symbol & !(symbol << 1) & !(space << 1);
    // Symbols take the ends of lines after them.
    let newlines = newline & !(newline << 1) & !(symbol << 1);
    let digits = threes(digit & region);
    // The last of several spaces goes with what follows; that something does has to be seen.
    let spaces = space & !(space << 1) | space & !(space >> 1) & region >> 1;
    Starts { all: 1 | (words | cased | symbols | newlines | digits | spaces) & region, digits }
}

/// The part of `region` in which it is clear where the white space around ends of lines belongs.
#[inline(always)]
fn lines_decided(space: u64, newline: u64, slash: u64, region: u64) -> u64 {
    let dark = !(space | newline);
    // Spaces before the end of a line belong to it, together with the ends of lines before them.
    let open = (newline & space << 1 | slash & newline << 1) & region;
    let region = if open == 0 { region } else { region & up_to_last(dark & up_to_first(open)) };
    // Spaces after the last end of a line may have another one behind them.
    let white = region & !up_to_last(dark & region);
    if white & newline == 0 { region } else { region & up_to_last(white & newline) }
}

/// The bits up to the highest one of `mask`, with that.
#[inline(always)]
fn up_to_last(mask: u64) -> u64 {
    u64::MAX.checked_shr(mask.leading_zeros()).unwrap_or(0)
}

/// The bits below the lowest one of `mask`.
#[inline(always)]
fn up_to_first(mask: u64) -> u64 {
    mask.wrapping_sub(1) & !mask
}

/// The first of each run of bits, and each third after it.
#[inline(always)]
fn threes(digit: u64) -> u64 {
    let mut starts = digit & !(digit << 1);
    let mut next = starts;
    let followed = digit & digit << 1 & digit << 2 & digit << 3;
    loop {
        next = next << 3 & followed;
        if next == 0 {
            return starts;
        }
        starts |= next;
    }
}
