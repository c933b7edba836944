//! A vocabulary as it travels, and how it is read.
//!
//! There are two kinds. A *full* pack has every token under its id. A *count* pack has the same tokens in an order that
//! merges every text in the same way but isn't theirs, which is what makes it so much smaller; `docs/TOKENIZER.md` has the
//! proof. Both are written by `examples/packs`, and compressed by whoever carries them. Integers are little-endian.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `TTPK` |
//! | 1 | version, 2 |
//! | 1 | kind: 0 full, 1 count, 2 a tokenizer of one's own, which `own/mod.rs` reads |
//! | 8 | checksum of kind and body |
//! | … | body, see `full.rs` and `count.rs` |

pub(crate) mod bytes;
mod count;
pub(crate) mod full;

use std::borrow::Cow;

use bytes::Bytes;
use trimtab_error::{Error, ErrorKind, Result};

pub(crate) use count::Sections;

pub(super) const MAGIC: &[u8] = b"TTPK";
const VERSION: u8 = 2;
/// The kind of a pack with a whole tokenizer in it.
#[cfg(feature = "own")]
pub(crate) const OWN: u8 = 2;
/// No token of any encoding is longer, so that what a damaged or hostile pack expands to stays within reason.
pub(crate) const LONGEST_TOKEN: usize = 255;

/// A vocabulary, expanded: the bytes of every token, in the order in which they merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The bytes of all tokens, one after the other.
    pub text: Vec<u8>,
    /// Where the bytes of each token end in `text`; they start where those before end. Without bytes it is no token.
    pub ends: Vec<u32>,
    /// Whether places in `ends` are token ids. Otherwise they are only the order in which merges happen.
    pub ids: bool,
}

impl Pack {
    /// Reads an uncompressed pack of either kind.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPack`], naming the part that is wrong. Any change within one 64-bit word is noticed for
    /// certain, any other with a chance of 1 − 2⁻⁶⁴.
    pub fn read(raw: &[u8]) -> Result<Self> {
        Ok(match Opened::open(raw.into())? {
            Opened::Full(pack) => pack,
            Opened::Count(sections) => sections.expand(),
        })
    }
}

/// A pack whose form was checked.
#[allow(clippy::large_enum_variant)] // there is one of it, for the time of a call
pub(crate) enum Opened {
    Full(Pack),
    Count(Sections),
}

impl Opened {
    pub(crate) fn open(raw: Cow<'_, [u8]>) -> Result<Self> {
        let (kind, _, body) = open(&raw)?;
        match kind {
            full::KIND => full::read(body).map(Self::Full),
            count::KIND => {
                let start = raw.len() - body.len();
                Sections::open(raw.into_owned(), start).map(Self::Count)
            }
            _ => Err(invalid(&format!("its kind is {kind}, which this release does not know"))),
        }
    }
}

/// The kind, the checksum and the body of a pack that is whole.
pub(crate) fn open(raw: &[u8]) -> Result<(u8, u64, &[u8])> {
    let mut rest = Bytes::new(raw);
    if rest.take(MAGIC.len(), "magic number")? != MAGIC {
        return Err(invalid("it does not start as a pack does"));
    }
    let version = rest.byte("version")?;
    if version != VERSION {
        return Err(invalid(&format!("its version is {version}, and this release reads {VERSION}")));
    }
    let kind = rest.byte("kind")?;
    let expected = rest.array("checksum")?;
    let (body, sum) = (rest.rest(), u64::from_le_bytes(expected));
    if checksum(kind, body) != sum {
        return Err(invalid("its checksum is wrong: it is corrupt or cut short"));
    }
    Ok((kind, sum, body))
}

/// The bytes of an uncompressed pack with that body.
#[doc(hidden)]
pub fn seal(kind: u8, body: &[u8]) -> Vec<u8> {
    [MAGIC, &[VERSION, kind], &checksum(kind, body).to_le_bytes(), body].concat()
}

/// Every step is a bijection of both the sum so far and the word, so two inputs of one length that differ in one word
/// never have the same sum. Eight bytes at a time: a table-driven CRC would take longer than all the rest of reading.
fn checksum(kind: u8, body: &[u8]) -> u64 {
    let step = |sum: u64, word: u64| (sum.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (words, rest) = body.as_chunks::<8>();
    let seed = step(u64::from(kind), body.len() as u64);
    let sum = words.iter().fold(seed, |sum, word| step(sum, u64::from_le_bytes(*word)));
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let sum = step(sum, rest);
    sum ^ sum >> 32
}

#[cold]
pub(crate) fn invalid(what: &str) -> Error {
    Error::new(ErrorKind::InvalidPack, format!("the vocabulary pack can't be read: {what}"))
}
