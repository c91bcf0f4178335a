//! Numbers of an Answer: JSON has no NaN and no infinity.

use serde::{Deserialize, Serialize};

use crate::outcome::Warning;

/// A number of an Answer; `null` where it is not finite, and then a warning says which it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Number(pub Option<f64>);

impl Number {
    /// No number.
    pub const NULL: Self = Self(None);

    /// A number called `name`, warned of where it is not finite.
    pub fn new(value: f64, name: &str, warnings: &mut Vec<Warning>) -> Self {
        if !value.is_finite() {
            let is = kind(value);
            warnings.push(
                Warning::new("value.not_finite", format!("{name} is {is}")).with("name", name).with("is", is),
            );
        }
        Self::finite(value)
    }

    /// The numbers of a column called `name`; one warning for all that are not finite.
    pub fn column(values: &[f64], name: &str, warnings: &mut Vec<Warning>) -> Vec<Self> {
        let mut bad = (0..values.len()).filter(|&row| !values[row].is_finite());
        if let Some(row) = bad.next() {
            let (is, count) = (kind(values[row]), bad.count() + 1);
            let message =
                format!("{name} is {is} in row {row}; it is no finite number in {count} of all rows");
            warnings.push(
                Warning::new("value.not_finite", message)
                    .with("name", name)
                    .with("is", is)
                    .with("row", row)
                    .with("rows", count),
            );
        }
        values.iter().copied().map(Self::finite).collect()
    }

    /// A number, or null where it is not finite.
    pub fn finite(value: f64) -> Self {
        Self(value.is_finite().then_some(value))
    }
}

/// What a number that is not finite is.
fn kind(value: f64) -> &'static str {
    match value {
        f64::INFINITY => "infinite",
        f64::NEG_INFINITY => "minus infinite",
        _ => "not a number",
    }
}
