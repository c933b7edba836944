//! What a day, a month and a year cost at the pace of a window.

use crate::calendar::{DAY, HOUR};
use crate::decimal::fixed;
use crate::object;
use crate::rollup::Rollup;
use crate::totals::nanos;

/// Days of a month and a year, on average over the Gregorian cycle of 400 years.
const MONTH: f64 = 30.436_875;
const YEAR: f64 = 365.2425;

/// Dollars at the pace of a window.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// The hours whose pace it is: from the first record of the window to its end, and at least one.
    pub hours: f64,
    /// Spent in a day.
    pub per_day: Option<f64>,
    /// Spent in a month of 30.44 days.
    pub per_month: Option<f64>,
    /// Spent in a year of 365.24 days.
    pub per_year: Option<f64>,
    /// Saved in a day.
    pub saved_per_day: Option<f64>,
    /// Saved in a month.
    pub saved_per_month: Option<f64>,
    /// Saved in a year.
    pub saved_per_year: Option<f64>,
    /// `net` where the lost cache discount is known, else `gross`.
    pub saved_basis: &'static str,
    /// What is assumed, in a sentence.
    pub assumption: String,
}

impl Projection {
    pub(super) fn of(all: &Rollup, from: f64, to: f64) -> Option<Self> {
        let totals = &all.totals;
        let (spent, saved) = (totals.cost(), totals.saved_net().or(totals.saved_cost()));
        spent.or(saved)?;
        let hours = ((to - all.since.unwrap_or(from).max(from)) / HOUR).max(1.0);
        let pace = |dollars: Option<f64>, days: f64| dollars.map(|dollars| nanos(dollars / hours * days * DAY / HOUR));
        Some(Self {
            hours,
            per_day: pace(spent, 1.0),
            per_month: pace(spent, MONTH),
            per_year: pace(spent, YEAR),
            saved_per_day: pace(saved, 1.0),
            saved_per_month: pace(saved, MONTH),
            saved_per_year: pace(saved, YEAR),
            saved_basis: if totals.saved_net().is_some() { "net" } else { "gross" },
            assumption: format!("as much in every hour as in the {} hours measured", fixed(hours, 1)),
        })
    }
}

object!(Projection {
    hours,
    per_day,
    per_month,
    per_year,
    saved_per_day,
    saved_per_month,
    saved_per_year,
    saved_basis,
    assumption
});
