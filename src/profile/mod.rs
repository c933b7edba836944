//! What users do: which tier they need, and what matters to them.
