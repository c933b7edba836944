//! Token and cost budgets over time.
