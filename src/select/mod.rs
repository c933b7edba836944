//! What is kept under a hard budget, and how the rest is brought back.
