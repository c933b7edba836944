//! How much each unit of a text matters, with or without a query.
