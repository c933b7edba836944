//! The only room that knows JavaScript's shape of things.
