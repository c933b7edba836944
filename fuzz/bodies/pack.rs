//! Any bytes as a vocabulary: they are refused, or they make a tokenizer that works.

use trimtab::ErrorKind;
use trimtab::tokenizer::{CountTokens, Tokenizer, encoding};

pub fn check(data: &[u8]) {
    match Tokenizer::new(encoding("r50k_base").unwrap(), data) {
        Ok(tokenizer) => match tokenizer.encode("hello, world") {
            Ok(ids) => assert_eq!(tokenizer.count("hello, world"), ids.len()),
            Err(error) => assert_eq!(error.kind(), ErrorKind::PackUnavailable, "{error}"),
        },
        Err(error) => assert_eq!(error.kind(), ErrorKind::InvalidPack, "{error}"),
    }
}
