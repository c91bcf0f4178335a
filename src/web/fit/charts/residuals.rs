//! Residuals: how far each run lies from the fitted law.

use super::super::rows::{Row, Rows};
use super::runs::APART;
use super::{MANY, apart, log_range, range};
use crate::figure::{
    Axis, Chart, Dash, Dots, Format, Line, Margin, Mark, Point, Role, Shape, nice_above, power,
};
use crate::num::{self, ascending};
use crate::units;

/// Residuals beyond this many robust standard deviations are said to be large.
const LARGE: f64 = 5.0;
/// The standard deviation of a normal distribution, in medians of absolute deviations.
pub(super) const SCALE: f64 = 1.4826;
/// What stands up the side of a picture of residuals.
const COLUMN: &str = "residual, %,";

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

/// The flag of a run that lies far from the fitted law.
pub const FAR: &str = "large residual";

/// Whether each row that can be read lies far from the fitted law.
pub fn far(rows: &Rows, residuals: &[Option<f64>]) -> Vec<bool> {
    let used = rows.read.iter().zip(residuals).filter(|(row, _)| row.on);
    let sizes: Vec<f64> = used.filter_map(|(_, residual)| Some(residual.as_ref()?.abs())).collect();
    let median = ascending(&sizes).get(sizes.len() / 2).map_or(0.0, |at| sizes[*at]);
    let far = |residual: f64| residual.abs() > LARGE * SCALE * median && median > 0.0;
    residuals.iter().map(|residual| residual.is_some_and(far)).collect()
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

/// A row in use, what the fitted law says of it, and its residual in percent.
pub(super) type Entry<'a> = (&'a Row, f64, f64);

/// The residuals of the rows in use.
pub(super) struct InUse<'a> {
    /// In the order of the table.
    pub entries: Vec<Entry<'a>>,
    /// The places of the entries, the smallest residual first.
    pub order: Vec<usize>,
    /// Where a picture ends: residuals beyond the range of nearly all are marked at its edge.
    edge: f64,
}

impl<'a> InUse<'a> {
    /// Of what the fitted law says of all rows that can be read; nothing where none is in use.
    pub fn of(rows: &'a Rows, predicted: &[f64]) -> Option<Self> {
        let residuals = residuals(rows, predicted);
        let all = rows.read.iter().zip(predicted).zip(residuals);
        let entry = |((row, predicted), residual): ((&'a Row, &f64), Option<f64>)| {
            row.on.then_some((row, *predicted, 100.0 * residual?))
        };
        let entries: Vec<Entry<'a>> = all.filter_map(entry).collect();
        let sizes: Vec<f64> = entries.iter().map(|(_, _, residual)| residual.abs()).collect();
        let order = ascending(&sizes);
        let most = order.get((order.len().saturating_sub(1)) * 98 / 100).map(|at| sizes[*at])?;
        let (digit, exponent) = nice_above(num::max(1.1 * most, 1e-3));
        Some(Self { entries, order, edge: power(digit, exponent) })
    }

    /// The size of the residual in the middle, in percent.
    pub fn median(&self) -> f64 {
        self.order.get(self.order.len() / 2).map_or(0.0, |at| self.entries[*at].2.abs())
    }

    /// The axis of residuals.
    pub fn axis(&self) -> Axis {
        let places = if self.edge < 1.0 { 2 } else { 1 };
        Axis {
            reads: Format::Decimal(2),
            ..Axis::linear("residual, %", COLUMN, (-self.edge, self.edge), Format::Decimal(places))
        }
    }

    /// A dot for each entry, at these places along an axis at the bottom, and a cross at the edge for each beyond it;
    /// where very many would cover each other, one.
    pub fn dots(&self, x: &[f64], axis: &Axis) -> Vec<Mark> {
        let (beyond, within): (Vec<usize>, Vec<usize>) =
            (0..self.entries.len()).partition(|at| self.is_beyond(&self.entries[*at]));
        let dots = |name: &str, entries: &[usize]| {
            let place = |at: &usize| (x[*at], num::clamp(self.entries[*at].2, -self.edge, self.edge));
            let points: Vec<Point> = entries.iter().map(place).collect();
            let drawn = apart(&points, axis, &self.axis());
            Dots {
                names: drawn.iter().map(|at| self.name(&self.entries[entries[*at]])).collect(),
                radius: 2.0,
                ..Dots::new(name, COLUMN, drawn.iter().map(|at| points[*at]).collect())
            }
        };
        let mut marks = vec![Mark::Dots(dots("run", &within))];
        if !beyond.is_empty() {
            let crosses = dots("run beyond the range", &beyond);
            marks.push(Mark::Dots(Dots { shape: Shape::Cross, radius: 3.5, ..crosses }));
        }
        marks
    }

    fn is_beyond(&self, (_, _, residual): &Entry<'_>) -> bool {
        residual.abs() > self.edge
    }

    fn name(&self, entry: &Entry<'_>) -> String {
        let (row, _, residual) = entry;
        let beyond = if self.is_beyond(entry) {
            format!(", {} at the edge", percent(residual / 100.0))
        } else {
            String::new()
        };
        format!("row {}{beyond}", row.line)
    }

    /// How many residuals lie beyond the range, in a sentence after a space; nothing where none does.
    pub fn says_beyond(&self) -> String {
        match self.entries.iter().filter(|entry| self.is_beyond(entry)).count() {
            0 => String::new(),
            1 => " One lies beyond the range: a cross at its edge.".to_owned(),
            many => format!(" {many} lie beyond the range: crosses at its edge."),
        }
    }

    fn summary(&self) -> String {
        let worst = self.order.last().map(|at| {
            let (row, _, residual) = &self.entries[*at];
            format!(" The largest is {} in row {}.", percent(residual / 100.0), row.line)
        });
        format!(
            "Half of the {} residuals are below {}.{}{}{}",
            self.entries.len(),
            percent(self.median() / 100.0).trim_start_matches('+'),
            worst.unwrap_or_default(),
            self.says_beyond(),
            if self.entries.len() > MANY { APART } else { "" }
        )
    }
}

/// A line along which nothing is left, or what else is expected: two points.
pub(super) fn expected(points: [Point; 2]) -> Mark {
    Mark::Line(Line {
        role: Role::Quiet,
        weight: 1.0,
        dash: Dash::Dotted,
        read: false,
        ..Line::new("expected", COLUMN, points.to_vec())
    })
}

/// The residuals of the rows in use; those beyond the range of nearly all are marked at its edge.
pub fn residual_chart(rows: &Rows, predicted: &[f64], against: Against) -> Option<Chart> {
    let in_use = InUse::of(rows, predicted)?;
    let x_of = |(row, predicted, _): &Entry<'_>| match against {
        Against::Size => row.params,
        Against::Tokens => row.tokens,
        Against::Fitted => *predicted,
    };
    let values: Vec<f64> = in_use.entries.iter().map(x_of).collect();
    let all = || values.iter().copied();
    let x = match against {
        Against::Size => Axis::log("parameters", "parameters", log_range(all())?, Format::Quantity),
        Against::Tokens => Axis::log("tokens", "tokens", log_range(all())?, Format::Quantity),
        Against::Fitted => {
            let axis = Axis::linear("fitted loss", "fitted loss", range(all())?, Format::Decimal(2));
            Axis { reads: Format::Decimal(3), ..axis }
        }
    };
    Some(Chart {
        title: against.title().to_owned(),
        summary: in_use.summary(),
        y: in_use.axis(),
        marks: [expected([(x.range.0, 0.0), (x.range.1, 0.0)])]
            .into_iter()
            .chain(in_use.dots(&values, &x))
            .collect(),
        x,
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
        let far = far(&rows, &residuals);
        assert_eq!(far.iter().position(|far| *far), Some(3));
        let chart = residual_chart(&rows, &predicted, Against::Tokens).unwrap();
        let said = "The largest is +30.0\u{a0}% in row 5. One lies beyond the range: a cross at its edge.";
        assert!(chart.summary.contains(said), "{}", chart.summary);
        // What stands at the edge is no ordinary dot.
        let [_, Mark::Dots(dots), Mark::Dots(crosses)] = &chart.marks[..] else {
            panic!("{:?}", chart.marks)
        };
        assert!(dots.points.iter().all(|point| point.1 < chart.y.range.1), "{:?}", dots.points);
        assert_eq!((crosses.shape, crosses.points[0].1), (Shape::Cross, chart.y.range.1));
        assert_eq!(crosses.names, ["row 5, +30.0\u{a0}% at the edge"]);
    }
}
