//! Lossless forms: the same information in fewer tokens, each with its inverse.
