//! How keys become names that every store keeps apart.

use crate::error::{Error, ErrorKind, Result};

/// Makes and reads the names of one namespace: `trimtab:<namespace>:<key>`.
///
/// Key-value stores differ in what they take: some fold `/` into `:`, drop what follows `?`, or merge `::`. Names hold
/// only ASCII letters, digits, `_`, `-`, with `~` for `:` and `=XX` for any other byte. Every character is mapped by
/// itself, so that a key's prefix maps to its name's prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    prefix: String,
}

impl Names {
    /// Opens a namespace.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when `namespace` is empty: stores that merge `::` would mix it up with others.
    pub fn new(namespace: &str) -> Result<Self> {
        if namespace.is_empty() {
            return Err(Error::new(ErrorKind::InvalidInput, "a namespace needs at least one character"));
        }
        Ok(Self { prefix: format!("trimtab:{}:", escaped(namespace)) })
    }

    /// What all names of this namespace start with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The name for `key`, or the start of the names of all keys that start with it.
    pub fn name(&self, key: &str) -> String {
        format!("{}{}", self.prefix, escaped(key))
    }

    /// The key behind `name`, or `None` when it is none of this namespace's.
    pub fn key(&self, name: &str) -> Option<String> {
        unescaped(name.strip_prefix(&self.prefix)?)
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            _ if is_plain(byte) => escaped.push(char::from(byte)),
            b':' => escaped.push('~'),
            _ => escaped.extend(['=', hex(byte >> 4), hex(byte & 15)]),
        }
    }
    escaped
}

/// Reads what [`escaped`] wrote, and nothing but that: `=41` for `A` would be a second name for the same key.
fn unescaped(name: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'=' => Some(value(rest.next()?)? << 4 | value(rest.next()?)?)
                .filter(|byte| *byte != b':' && !is_plain(*byte))?,
            b'~' => b':',
            _ => Some(byte).filter(|byte| is_plain(*byte))?,
        });
    }
    String::from_utf8(bytes).ok()
}

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn hex(value: u8) -> char {
    char::from(if value < 10 { b'0' + value } else { b'A' - 10 + value })
}

const fn value(hex: u8) -> Option<u8> {
    match hex {
        b'0'..=b'9' => Some(hex - b'0'),
        b'A'..=b'F' => Some(hex - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_key_comes_back_from_its_name(namespace in ".{1,9}", key: String) {
            let names = Names::new(&namespace).unwrap();
            prop_assert_eq!(names.key(&names.name(&key)), Some(key));
        }

        #[test]
        fn namespaces_never_overlap(one in ".{1,6}", other in ".{1,6}", key: String) {
            prop_assume!(one != other);
            let name = Names::new(&one).unwrap().name(&key);
            prop_assert_eq!(Names::new(&other).unwrap().key(&name), None);
        }

        #[test]
        fn a_prefix_of_the_key_is_a_prefix_of_the_name(start: String, end: String) {
            let names = Names::new("n").unwrap();
            let whole = names.name(&format!("{start}{end}"));
            prop_assert!(whole.starts_with(&names.name(&start)));
        }

        #[test]
        fn a_key_has_one_name(name in "trimtab:n:([a-z~/]|=[0-9A-Fa-f]{2}){0,6}") {
            let names = Names::new("n").unwrap();
            if let Some(key) = names.key(&name) {
                prop_assert_eq!(names.name(&key), name);
            }
        }

        #[test]
        fn names_hold_only_what_every_store_takes(namespace in ".{1,9}", key: String) {
            let name = Names::new(&namespace).unwrap().name(&key);
            prop_assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":~=_-".contains(&byte)));
        }
    }

    #[test]
    fn foreign_names_are_no_keys() {
        let names = Names::new("a").unwrap();
        for foreign in [
            "",
            "trimtab:b:k",
            "trimtab:a",
            "trimtab:a:=4",
            "trimtab:a:=zz",
            "trimtab:a:=41",
            "trimtab:a:=3A",
            "trimtab:a:=2f",
            "trimtab:a:a/b",
        ] {
            assert_eq!(names.key(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn an_empty_namespace_is_refused() {
        assert_eq!(Names::new("").unwrap_err().kind(), ErrorKind::InvalidInput);
    }
}
