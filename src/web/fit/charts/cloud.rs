//! The refits of a bootstrap: what they say of two parameters.

use super::super::outcome::{Draws, letter};
use super::plain;
use crate::figure::{Chart, Dots, Label, Margin, Mark, Plan, Point};
use crate::num;

/// What is over the picture.
pub const CLOUD: &str = "The refits";

/// Each refit as a dot, with the estimate.
pub fn cloud(draws: &Draws, [first, second]: [&str; 2], estimate: Point) -> Option<Chart> {
    let points: Vec<Point> = draws.pairs([first, second])?;
    let (x_name, y_name) = (letter(first), letter(second));
    let xs = points.iter().map(|point| point.0).chain([estimate.0]);
    let ys = points.iter().map(|point| point.1).chain([estimate.1]);
    let correlation = correlation(&points);
    let count = points.len();
    Some(Chart {
        title: CLOUD.to_owned(),
        summary: format!(
            "{x_name} and {y_name} in {count} refits of resampled runs; their correlation is {}.",
            crate::units::decimals(correlation, 2)
        ),
        x: plain(&x_name, xs)?,
        y: plain(&y_name, ys)?,
        marks: vec![
            Mark::Dots(Dots { radius: 1.6, ..Dots::new("refit", &y_name, points) }),
            Mark::Plan(Plan {
                name: "estimate".to_owned(),
                at: estimate,
                column: y_name.clone(),
                label: Label::always("estimate"),
                extra: None,
            }),
        ],
        margin: Margin::Bare,
    })
}

/// Pearson's correlation; 0 where one side does not vary.
fn correlation(points: &[Point]) -> f64 {
    let count = points.len() as f64;
    let mean = |of: fn(&Point) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let sum =
        |of: &dyn Fn(f64, f64) -> f64| points.iter().map(|point| of(point.0 - x, point.1 - y)).sum::<f64>();
    let spread = num::sqrt(sum(&|x, _| x * x) * sum(&|_, y| y * y));
    if spread > 0.0 { sum(&|x, y| x * y) / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refits_without_a_proof_are_no_dots() {
        let mut draws = Draws::default();
        draws
            .add(r#"{"fit":{"draws":{"A":[1.0,null,3.0],"alpha":[0.1,null,0.3]},"failed_draws":1}}"#)
            .unwrap();
        let chart = cloud(&draws, ["A", "alpha"], (2.0, 0.2)).unwrap();
        let Mark::Dots(dots) = &chart.marks[0] else { panic!("no dots") };
        assert_eq!(dots.points, [(1.0, 0.1), (3.0, 0.3)]);
        assert_eq!(chart.summary, "A and α in 2 refits of resampled runs; their correlation is 1.00.");
        assert_eq!(cloud(&draws, ["A", "gone"], (2.0, 0.2)), None);
    }
}
