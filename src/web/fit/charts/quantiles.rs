//! Whether residuals are normal: each against what a normal distribution of their spread has in its place.

use super::super::rows::Rows;
use super::residuals::{InUse, SCALE, expected as expected_line};
use crate::figure::{Axis, Chart, Format, Margin};
use crate::num::{self, ascending};
use crate::units;

/// What is over the picture.
pub const QUANTILES: &str = "Residuals against a normal distribution";
/// Residuals beyond so many standard deviations are counted.
const FAR: f64 = 3.0;
/// The share of a normal distribution that lies beyond them.
const BEYOND: f64 = 0.0027;

/// The residuals of the rows in use by their rank. The standard deviation is taken from the residual in the middle,
/// which outliers do not move.
pub fn quantiles(rows: &Rows, predicted: &[f64]) -> Option<Chart> {
    let in_use = InUse::of(rows, predicted)?;
    let residuals: Vec<f64> = in_use.entries.iter().map(|(_, _, residual)| *residual).collect();
    let count = residuals.len();
    let mut expected = vec![0.0; count];
    for (rank, at) in ascending(&residuals).into_iter().enumerate() {
        expected[at] = num::normal_quantile((rank as f64 + 0.5) / count as f64);
    }
    let deviation = SCALE * in_use.median();
    let far = residuals.iter().filter(|residual| residual.abs() > FAR * deviation).count();
    let most = 1.05 * num::normal_quantile(1.0 - 0.5 / (count as f64 + 1.0));
    let x = Axis {
        reads: Format::Decimal(2),
        ..Axis::linear("normal quantile", "standard deviations", (-most, most), Format::Decimal(0))
    };
    Some(Chart {
        title: QUANTILES.to_owned(),
        summary: summary(far, count) + &in_use.says_beyond(),
        y: in_use.axis(),
        marks: [expected_line([(-most, -most * deviation), (most, most * deviation)])]
            .into_iter()
            .chain(in_use.dots(&expected, &x))
            .collect(),
        x,
        margin: Margin::Bare,
    })
}

fn summary(far: usize, count: usize) -> String {
    let usual = units::decimals(BEYOND * count as f64, 1);
    let far = match far {
        0 => "None".to_owned(),
        far => far.to_string(),
    };
    format!(
        "{far} of the {count} residuals lie beyond three standard deviations; of normal ones {usual} would. \
         The dotted line is a normal distribution as wide as their middle half."
    )
}

#[cfg(test)]
mod tests {
    use super::super::examples::{profiles, rows};
    use super::*;
    use crate::figure::Mark;

    #[test]
    fn one_that_is_far_is_counted_and_ranked_last() {
        let rows = rows(&profiles());
        let mut predicted: Vec<f64> =
            rows.read.iter().enumerate().map(|(at, row)| row.loss / (1.0 + 0.001 * at as f64)).collect();
        predicted[0] = rows.read[0].loss / 1.2;
        let chart = quantiles(&rows, &predicted).unwrap();
        assert!(chart.summary.starts_with("1 of the 10 residuals lie beyond"), "{}", chart.summary);
        assert!(
            chart.summary.ends_with("One lies beyond the range: a cross at its edge."),
            "{}",
            chart.summary
        );
        let [_, Mark::Dots(dots), Mark::Dots(far)] = &chart.marks[..] else { panic!("{:?}", chart.marks) };
        let last = num::normal_quantile(0.95);
        assert_eq!(far.points[0].0, last);
        assert!(dots.points.iter().all(|point| point.0 < last));
    }
}
