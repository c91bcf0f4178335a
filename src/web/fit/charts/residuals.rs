//! Residuals: how far each run lies from the fitted law.

use super::super::rows::{Row, Rows};
use super::{log_range, span};
use crate::figure::{Axis, Chart, Dash, Dots, Format, Line, Margin, Mark, Role, nice_above, power};
use crate::num::{self, ascending};
use crate::units;

/// Residuals beyond this many robust standard deviations are said to be large.
const LARGE: f64 = 5.0;
/// The standard deviation of a normal distribution, in medians of absolute deviations.
const SCALE: f64 = 1.4826;

/// The residual of each row that can be read, as a share of what the fitted law says: none where that is no number.
pub fn residuals(rows: &Rows, predicted: &[f64]) -> Vec<Option<f64>> {
    let residual = |(row, predicted): (&Row, &f64)| {
        Some(row.loss / predicted - 1.0).filter(|residual| residual.is_finite())
    };
    rows.read.iter().zip(predicted).map(residual).collect()
}

/// A residual as it is printed: `+5.0 %`.
pub fn percent(residual: f64) -> String {
    let text = units::decimals(100.0 * residual, 1);
    let sign = if residual > 0.0 && !text.starts_with('−') { "+" } else { "" };
    format!("{sign}{text}\u{a0}%")
}

/// What is to be known of each row that can be read: that it is there twice, or lies far from the fitted law.
pub fn flags(rows: &Rows, residuals: &[Option<f64>]) -> Vec<&'static str> {
    let used = rows.read.iter().zip(residuals).filter(|(row, _)| row.on);
    let sizes: Vec<f64> = used.filter_map(|(_, residual)| Some(residual.as_ref()?.abs())).collect();
    let median = ascending(&sizes).get(sizes.len() / 2).map(|at| sizes[*at]);
    let key = |row: &Row| [row.params, row.tokens, row.loss].map(f64::to_bits);
    let mut known = std::collections::BTreeSet::new();
    let flag = |(at, row): (usize, &Row)| {
        let again = !known.insert(key(row));
        let far = residuals.get(at).copied().flatten().zip(median);
        match far {
            _ if again => "duplicate",
            Some((residual, median)) if residual.abs() > LARGE * SCALE * median && median > 0.0 => {
                "large residual"
            }
            _ => "",
        }
    };
    rows.read.iter().enumerate().map(flag).collect()
}

/// What residuals are drawn against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// N.
    Size,
    /// D.
    Tokens,
    /// What the fitted law says.
    Fitted,
}

impl Against {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Size, Self::Tokens, Self::Fitted];

    /// What is over its picture.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Size => "Residuals by size",
            Self::Tokens => "Residuals by tokens",
            Self::Fitted => "Residuals by fitted loss",
        }
    }

    /// The name of its files.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Size => "isoflop-residuals-size",
            Self::Tokens => "isoflop-residuals-tokens",
            Self::Fitted => "isoflop-residuals-fitted",
        }
    }
}

/// The residuals of the rows in use; those beyond the range of nearly all are marked at its edge.
pub fn residual_chart(rows: &Rows, predicted: &[f64], against: Against) -> Option<Chart> {
    let residuals = residuals(rows, predicted);
    let shown: Vec<(&Row, f64, f64)> = rows
        .read
        .iter()
        .zip(predicted)
        .zip(&residuals)
        .filter(|((row, _), _)| row.on)
        .filter_map(|((row, predicted), residual)| Some((row, *predicted, 100.0 * (*residual)?)))
        .collect();
    let sizes: Vec<f64> = shown.iter().map(|(_, _, residual)| residual.abs()).collect();
    let order = ascending(&sizes);
    let most = order.get((order.len().saturating_sub(1)) * 98 / 100).map(|at| sizes[*at])?;
    let (digit, exponent) = nice_above(num::max(1.1 * most, 1e-3));
    let edge = power(digit, exponent);
    let x_of = |(row, predicted, _): &(&Row, f64, f64)| match against {
        Against::Size => row.params,
        Against::Tokens => row.tokens,
        Against::Fitted => *predicted,
    };
    let x = match against {
        Against::Size => {
            Axis::log("parameters", "parameters", log_range(shown.iter().map(x_of))?, Format::Quantity)
        }
        Against::Tokens => {
            Axis::log("tokens", "tokens", log_range(shown.iter().map(x_of))?, Format::Quantity)
        }
        Against::Fitted => {
            let (low, high) = span(shown.iter().map(x_of))?;
            let room = 0.04 * num::max(high - low, 1e-3 * high.abs());
            let axis =
                Axis::linear("fitted loss", "fitted loss", (low - room, high + room), Format::Decimal(2));
            Axis { reads: Format::Decimal(3), ..axis }
        }
    };
    let places = if edge < 1.0 { 2 } else { 1 };
    let y = Axis {
        reads: Format::Decimal(2),
        ..Axis::linear("residual, %", "residual, %,", (-edge, edge), Format::Decimal(places))
    };
    let zero = Line {
        role: Role::Quiet,
        weight: 1.0,
        dash: Dash::Dotted,
        read: false,
        ..Line::new("zero", "residual, %,", vec![(x.range.0, 0.0), (x.range.1, 0.0)])
    };
    let name = |(row, _, residual): &(&Row, f64, f64)| {
        let beyond = if residual.abs() > edge {
            format!(", {} at the edge", percent(residual / 100.0))
        } else {
            String::new()
        };
        format!("row {}{beyond}", row.line)
    };
    let points = shown.iter().map(|entry| (x_of(entry), num::clamp(entry.2, -edge, edge))).collect();
    let dots = Dots {
        names: shown.iter().map(name).collect(),
        radius: 2.0,
        ..Dots::new("run", "residual, %,", points)
    };
    let largest = order.last().map(|at| &shown[*at]);
    let worst = largest.map(|(row, _, residual)| {
        format!(" The largest is {} in row {}.", percent(residual / 100.0), row.line)
    });
    let middle = percent(order.get(order.len() / 2).map_or(0.0, |at| sizes[*at] / 100.0));
    Some(Chart {
        title: against.title().to_owned(),
        summary: format!(
            "Half of the {} residuals are below {}.{}",
            shown.len(),
            middle.trim_start_matches('+'),
            worst.unwrap_or_default()
        ),
        x,
        y,
        marks: vec![Mark::Line(zero), Mark::Dots(dots)],
        margin: Margin::Bare,
    })
}

#[cfg(test)]
mod tests {
    use super::super::examples::{profiles, rows};
    use super::*;

    #[test]
    fn residuals_are_shares_of_the_fitted_loss() {
        let rows = rows(&profiles());
        let mut predicted: Vec<f64> = rows.read.iter().map(|row| row.loss / 1.01).collect();
        predicted[3] = rows.read[3].loss / 1.3;
        let residuals = residuals(&rows, &predicted);
        assert_eq!(percent(residuals[0].unwrap()), "+1.0\u{a0}%");
        assert_eq!(flags(&rows, &residuals)[3], "large residual");
        let chart = residual_chart(&rows, &predicted, Against::Tokens).unwrap();
        assert!(chart.summary.contains("The largest is +30.0\u{a0}% in row 5."), "{}", chart.summary);
    }
}
