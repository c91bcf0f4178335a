//! Fits that were published, or computed here, with all that belongs to them.

use crate::provenance::{ReadIn, Source};
use crate::units::Variable;

/// The values of a law's parameters, with their provenance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PublishedFit {
    /// The stable name in links and Questions, unique within its law.
    pub id: &'static str,
    /// The name in lists.
    pub name: &'static str,
    /// Where the values stand.
    pub source: Source,
    /// How their digits were read.
    pub read_in: ReadIn,
    /// One value for each parameter of the law, in its order.
    pub values: &'static [f64],
    /// What the values minimise, and by which rows.
    pub objective: &'static str,
    /// How well the values are known, where that was published.
    pub intervals: &'static [Interval],
    /// From where to where the runs behind the fit reach; empty where that was not published.
    pub fitted_on: &'static [FittedRange],
    /// The data that the runs were trained on.
    pub data: &'static str,
    /// What one must know before using it.
    pub caveats: &'static [&'static str],
    /// What is wrong in print.
    pub errata: &'static [&'static str],
    /// Values that the fit is known to give; the tests reproduce them.
    pub worked: &'static [Worked],
}

/// A fit with nothing in it, for what an entry need not say: `..BLANK_FIT`.
pub const BLANK_FIT: PublishedFit = PublishedFit {
    id: "",
    name: "",
    source: super::BLANK.source,
    read_in: ReadIn::Paper,
    values: &[],
    objective: "",
    intervals: &[],
    fitted_on: &[],
    data: "",
    caveats: &[],
    errata: &[],
    worked: &[],
};

/// How well a value is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The parameter, or a number derived from the parameters.
    pub of: &'static str,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The share that the interval holds, such as 0.95.
    pub level: f64,
}

/// How far the runs behind a fit reach in one variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FittedRange {
    /// The variable: an input of the law, or the training compute.
    pub variable: Variable,
    /// The smallest of the runs, in the variable's unit.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

impl FittedRange {
    /// From the smallest to the largest of the runs.
    pub const fn new(variable: Variable, low: f64, high: f64) -> Self {
        Self { variable, low, high }
    }
}

/// A value that a fit is known to give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worked {
    /// The inputs, by symbol.
    pub at: &'static [(&'static str, f64)],
    /// The output, by name.
    pub output: &'static str,
    /// Its value.
    pub value: f64,
    /// How far off, relative to the value, its printed digits allow.
    pub within: f64,
    /// Where the value stands, or how it was computed.
    pub from: &'static str,
}
