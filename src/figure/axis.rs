//! An axis: what runs along a side of the chart, from where to where.

use crate::num;

pub use super::number::Format;

/// How an axis is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Equal ratios are equally long.
    #[default]
    Log,
    /// Equal differences are equally long.
    Linear,
}

/// One side of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What stands along it, with its unit: `training FLOPs`, `loss, nats per token`.
    pub name: String,
    /// What follows a value of it in a sentence: `FLOPs`, `parameters`.
    pub unit: String,
    /// Its ends, the lower one first.
    pub range: (f64, f64),
    /// How it is divided.
    pub scale: Scale,
    /// How its ticks are written.
    pub format: Format,
    /// How its values are written in readings and in the table.
    pub reads: Format,
    /// Whether light lines cross the chart at its ticks; only the vertical axis draws them.
    pub grid: bool,
    /// Names of its whole numbers from 0 on, which stand in the place of ticks; of an axis of numbers none.
    pub names: Vec<String>,
}

impl Axis {
    /// A logarithmic axis.
    pub fn log(name: &str, unit: &str, range: (f64, f64), format: Format) -> Self {
        let (name, unit) = (name.to_owned(), unit.to_owned());
        Self { name, unit, range, scale: Scale::Log, format, reads: format, grid: true, names: Vec::new() }
    }

    /// An axis of equal differences.
    pub fn linear(name: &str, unit: &str, range: (f64, f64), format: Format) -> Self {
        Self { scale: Scale::Linear, ..Self::log(name, unit, range, format) }
    }

    /// A vertical axis of rows with these names, from the top.
    pub fn rows(mut names: Vec<String>) -> Self {
        names.reverse();
        let range = (-0.5, names.len() as f64 - 0.5);
        Self { names, ..Self::linear("", "", range, Format::Decimal(0)) }
    }

    /// Where a row lies on an axis of rows, by its place from the top.
    pub fn row(&self, at: usize) -> f64 {
        self.names.len() as f64 - 1.0 - at as f64
    }

    /// How far along the axis a value lies: 0 at the lower end, 1 at the upper.
    pub fn share(&self, value: f64) -> f64 {
        let (low, high) = self.range;
        match self.scale {
            Scale::Linear => (value - low) / (high - low),
            Scale::Log => num::ln(value / low) / num::ln(high / low),
        }
    }

    /// The value that lies so far along: the inverse of [`share`](Self::share).
    pub fn value(&self, share: f64) -> f64 {
        let (low, high) = self.range;
        match self.scale {
            Scale::Linear => low + share * (high - low),
            Scale::Log => low * num::exp(share * num::ln(high / low)),
        }
    }

    /// Whether a value lies between the ends.
    pub fn holds(&self, value: f64) -> bool {
        value >= self.range.0 && value <= self.range.1
    }

    /// A value with the unit, as a sentence has it.
    pub fn reading(&self, value: f64) -> String {
        super::chart::reading(self.reads, &self.unit, value)
    }
}
