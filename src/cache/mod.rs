//! A bounded map with replaceable eviction policies.
