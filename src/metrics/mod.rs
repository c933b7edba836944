//! Records of what was spent and saved, and what can be said of them.
