//! The kept state as compact bytes: varints, doubles as they are, texts with their length.
//!
//! Written by hand because derived JSON readers of the same types made the wasm 30 KB larger (gzipped) and the state
//! nearly three times as long, and did not bring every double back as it was.

#![cfg_attr(test, allow(clippy::string_slice))] // a test that cuts a character should fail

use std::collections::VecDeque;
use std::ops::Range;

/// Reads one thing after another; `None` as soon as the bytes end or make no sense.
pub struct Reader<'a> {
    rest: &'a [u8],
}

/// Writes `value` alone.
pub fn to_bytes(value: &impl Codec) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.write(&mut bytes);
    bytes
}

/// Reads what [`to_bytes`] wrote, and nothing but that.
pub fn from_bytes<T: Codec>(bytes: &[u8]) -> Option<T> {
    let mut reader = Reader::new(bytes);
    T::read(&mut reader).filter(|_| reader.is_at_end())
}

/// A type of the kept state.
pub trait Codec: Sized {
    /// Appends it to `out`.
    fn write(&self, out: &mut Vec<u8>);
    /// Reads it back.
    fn read(reader: &mut Reader) -> Option<Self>;
}

impl<'a> Reader<'a> {
    /// Reads from the first of these bytes.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether the next byte is this one.
    pub fn is_at(&self, byte: u8) -> bool {
        self.rest.first() == Some(&byte)
    }

    /// Whether everything is read.
    pub const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next `length` bytes.
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// Bytes that [`write_bytes`] wrote.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        self.take(length)
    }

    /// Goes over `count` varints without looking at them.
    pub fn skip_varints(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            count -= usize::from(*byte < 0x80);
        }
        Some(())
    }

    /// A count of things that follow, each at least a byte: a larger one is a lie that must not reserve memory.
    fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(u64::read(self)?).ok()?;
        (length <= self.rest.len()).then_some(length)
    }
}

/// Writes bytes with their length.
pub fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    bytes.len().write(out);
    out.extend_from_slice(bytes);
}

impl Codec for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        let mut left = *self;
        while left >= 0x80 {
            out.push(left as u8 | 0x80);
            left >>= 7;
        }
        out.push(left as u8);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        // Byte by byte without a slice for each: columns of records are varints, a million of them in an answer.
        let (mut value, mut shift) = (0, 0);
        loop {
            let (byte, rest) = reader.rest.split_first()?;
            reader.rest = rest;
            value |= Self::from(*byte & 0x7f).checked_shl(shift)?;
            if *byte < 0x80 {
                return Some(value);
            }
            shift += 7;
        }
    }
}

/// Numbers that fit are written as the widest of their kind.
macro_rules! as_wider {
    ($($narrow:ty as $wide:ty),+) => {$(
        impl Codec for $narrow {
            fn write(&self, out: &mut Vec<u8>) {
                (*self as $wide).write(out);
            }

            fn read(reader: &mut Reader) -> Option<Self> {
                Self::try_from(<$wide>::read(reader)?).ok()
            }
        }
    )+};
}
as_wider!(u16 as u64, u32 as u64, usize as u64);

impl Codec for u8 {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        reader.take(1)?.first().copied()
    }
}

impl Codec for i64 {
    /// Zigzag: small negatives are as short as small positives.
    fn write(&self, out: &mut Vec<u8>) {
        (((self << 1) ^ (self >> 63)) as u64).write(out);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let bits = u64::read(reader)?;
        Some((bits >> 1) as Self ^ -((bits & 1) as Self))
    }
}

impl Codec for f64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let number = Self::from_le_bytes(reader.take(8)?.try_into().ok()?);
        number.is_finite().then_some(number)
    }
}

impl Codec for f32 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let number = Self::from_le_bytes(reader.take(4)?.try_into().ok()?);
        number.is_finite().then_some(number)
    }
}

impl Codec for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        match reader.take(1)? {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }
}

impl Codec for String {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let length = reader.length()?;
        Self::from_utf8(reader.take(length)?.to_vec()).ok()
    }
}

impl<T: Codec> Codec for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        if bool::read(reader)? { T::read(reader).map(Some) } else { Some(None) }
    }
}

impl<T: Codec> Codec for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        self.iter().for_each(|item| item.write(out));
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let mut items = Self::new();
        for _ in 0..reader.length()? {
            items.push(T::read(reader)?);
        }
        Some(items)
    }
}

impl<T: Codec> Codec for VecDeque<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        self.iter().for_each(|item| item.write(out));
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        Vec::read(reader).map(Self::from)
    }
}

impl<T: Codec + Default, const N: usize> Codec for [T; N] {
    fn write(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|item| item.write(out));
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let mut items = std::array::from_fn(|_| T::default());
        for item in &mut items {
            *item = T::read(reader)?;
        }
        Some(items)
    }
}

impl Codec for Range<usize> {
    fn write(&self, out: &mut Vec<u8>) {
        (self.start, self.end).write(out);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        <(usize, usize)>::read(reader).map(|(start, end)| start..end)
    }
}

impl<A: Codec, B: Codec> Codec for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        Some((A::read(reader)?, B::read(reader)?))
    }
}

/// Gives a struct a codec that goes through its fields in the order named here, which is part of the format.
#[macro_export]
macro_rules! codec {
    ($type:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::Codec for $type {
            fn write(&self, out: &mut Vec<u8>) {
                $($crate::Codec::write(&self.$field, out);)+
            }

            fn read(reader: &mut $crate::Reader) -> Option<Self> {
                Some(Self { $($field: $crate::Codec::read(reader)?),+ })
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn back<T: Codec + PartialEq + std::fmt::Debug>(value: &T) {
        let mut bytes = Vec::new();
        value.write(&mut bytes);
        let mut reader = Reader::new(&bytes);
        assert_eq!(T::read(&mut reader).as_ref(), Some(value));
        assert!(reader.is_at_end());
        for cut in 0..bytes.len() {
            assert_eq!(T::read(&mut Reader::new(&bytes[..cut])), None, "cut at {cut}");
        }
    }

    proptest! {
        #[test]
        fn everything_comes_back_as_it_was_and_nothing_when_cut(
            whole in any::<u64>(), signed in any::<i64>(), number in -1e300..1e300_f64, flag in any::<bool>(),
            list in prop::collection::vec(any::<Option<String>>(), 0..5),
        ) {
            back(&whole);
            back(&signed);
            back(&number);
            back(&((flag, whole), (list, signed)));
        }

        #[test]
        fn any_bytes_are_read_or_refused_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut reader = Reader::new(&bytes);
            let _ = Vec::<(String, Option<(f64, u64)>)>::read(&mut reader);
        }
    }
}
