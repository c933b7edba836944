//! What a text is made of: segments of one kind each, as spans into the source.
