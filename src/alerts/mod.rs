//! Rules over the metrics, each firing once per crossing.
