//! The runs, with the fitted law along some curves.

use super::super::rows::{Row, Rows};
use super::curves::{Across, Along, Curve};
use super::{apart, log_range, span};
use crate::figure::{Axis, Band, Chart, Dots, Extra, Format, Line, Margin, Mark, Point, Role, Shape};
use crate::num;
use crate::units::{self, Unit, show};

/// What is over the picture of the runs.
pub const RUNS: &str = "Runs and the fitted law";
/// What is said where dots are left out.
pub(super) const APART: &str = " Where many would cover each other, one is drawn.";
/// Bands hold this share of the draws.
const LEVEL: &str = "90\u{a0}%";

/// A chart with runs that can be pointed at.
#[derive(Clone, Debug, PartialEq)]
pub struct Pointed {
    /// The chart.
    pub chart: Chart,
    /// How many of its lines are read before the runs.
    pub lines: usize,
    /// The rows of each of the sets of dots after them, those that are drawn.
    pub rows: Vec<Vec<usize>>,
}

impl Pointed {
    /// How many lines and dots are drawn.
    pub fn counts(&self) -> (usize, usize) {
        (self.lines, self.rows.iter().map(Vec::len).sum())
    }

    /// The row that a point of the chart stands for.
    pub fn row(&self, line: usize, index: usize) -> Option<usize> {
        self.rows.get(line.checked_sub(self.lines)?)?.get(index).copied()
    }

    /// The line of the chart and the point on it that stand for a row.
    pub fn place(&self, row: usize) -> Option<(usize, usize)> {
        self.rows
            .iter()
            .enumerate()
            .find_map(|(set, rows)| Some((self.lines + set, rows.iter().position(|known| *known == row)?)))
    }
}

/// The runs, with the fitted law along some curves. Runs that are off and lie outside the range of the others are
/// marked at its edge.
pub fn runs(rows: &Rows, across: Across, curves: &[Curve], along: Option<&Along>) -> Option<Pointed> {
    let used: Vec<&Row> = rows.used().collect();
    let drawn = along
        .filter(|along| along.losses.len() == curves.iter().map(|curve| curve.params.len()).sum::<usize>());
    let losses = used.iter().map(|row| row.loss);
    let (low, high) = span(losses.chain(drawn.iter().flat_map(|along| along.losses.iter().copied())))?;
    let room = 0.06 * num::max(high - low, 1e-3 * high.abs());
    let y_range = (low - room, high + room);
    let of = move |row: &Row| if across == Across::Size { row.params } else { row.flops };
    let x_range = log_range(rows.read.iter().map(of))?;
    let x = match across {
        Across::Size => Axis::log("parameters", "parameters", x_range, Format::Quantity),
        Across::Compute => Axis::log("training FLOPs", "FLOPs", x_range, Format::Powers),
    };
    let y = Axis {
        reads: Format::Decimal(3),
        ..Axis::linear(&rows.loss_label(), "loss", y_range, Format::Decimal(2))
    };

    let mut marks = Vec::new();
    let mut lines = 0;
    if let Some(along) = drawn {
        let mut from = 0;
        for curve in curves {
            let to = from + curve.params.len();
            marks.extend(curve_marks(curve, across, &along.losses[from..to], along.ends.get(from..to)));
            lines += 1;
            from = to;
        }
    }
    let mut sets = Vec::new();
    for (on, shape, role, radius) in
        [(true, Shape::Disc, Role::Run, 2.0), (false, Shape::Cross, Role::Quiet, 3.5)]
    {
        let all: Vec<&Row> = rows.read.iter().filter(|row| row.on == on).collect();
        if all.is_empty() {
            continue;
        }
        let at_edge = |row: &Row| num::clamp(row.loss, y_range.0, y_range.1);
        let points: Vec<Point> = all.iter().map(|row| (of(row), at_edge(row))).collect();
        let drawn = apart(&points, &x, &y);
        let of_set: Vec<&Row> = drawn.iter().map(|at| all[*at]).collect();
        let name = |row: &&Row| {
            let beyond = at_edge(row) != row.loss;
            let off = if on { "" } else { ", off" };
            let edge = if beyond {
                format!(", loss {} at the edge", units::decimals(row.loss, 3))
            } else {
                String::new()
            };
            format!("row {}{off}{edge}", row.line)
        };
        let extra = match across {
            Across::Size => Extra {
                column: "tokens".to_owned(),
                format: Format::Quantity,
                values: of_set.iter().map(|row| row.tokens).collect(),
            },
            Across::Compute => Extra {
                column: "parameters".to_owned(),
                format: Format::Quantity,
                values: of_set.iter().map(|row| row.params).collect(),
            },
        };
        let points = drawn.iter().map(|at| points[*at]).collect();
        marks.push(Mark::Dots(Dots {
            names: of_set.iter().map(name).collect(),
            shape,
            role,
            radius,
            extra: Some(extra),
            ..Dots::new(if on { "run" } else { "run that is off" }, "loss", points)
        }));
        sets.push(of_set.iter().map(|row| row.row).collect());
    }
    let summary = summary(&used, rows.read.len() - used.len(), lines, across);
    let chart = Chart { title: RUNS.to_owned(), summary, x, y, marks, margin: Margin::Names };
    Some(Pointed { chart, lines, rows: sets })
}

fn curve_marks(
    curve: &Curve,
    across: Across,
    losses: &[f64],
    ends: Option<&[Option<[f64; 2]>]>,
) -> Vec<Mark> {
    let x = curve.x(across);
    let points = x.iter().copied().zip(losses.iter().copied()).collect();
    let line = Line {
        role: Role::Accent,
        weight: 1.4,
        label: curve.label.clone(),
        ..Line::new(&curve.name, "loss", points)
    };
    let ends = ends.and_then(|ends| ends.iter().copied().collect::<Option<Vec<[f64; 2]>>>());
    let band = ends.map(|ends| {
        Mark::Band(Band {
            name: curve.name.clone(),
            column: "loss".to_owned(),
            level: LEVEL.to_owned(),
            x,
            lower: ends.iter().map(|ends| ends[0]).collect(),
            upper: ends.iter().map(|ends| ends[1]).collect(),
            role: Role::Accent,
        })
    });
    band.into_iter().chain([Mark::Line(line)]).collect()
}

fn summary(used: &[&Row], off: usize, lines: usize, across: Across) -> String {
    let (first, last) = (span(used.iter().map(|row| row.params)), span(used.iter().map(|row| row.loss)));
    let (Some((least, most)), Some((best, worst))) = (first, last) else { return "No runs.".to_owned() };
    let size = |value| show(value, Unit::Parameters).number();
    let off = if off == 0 { String::new() } else { format!(" {off} more are switched off.") };
    let curves = match (lines, across) {
        (0, _) => String::new(),
        (count, Across::Size) => format!(" The fitted law is drawn for {count} budgets."),
        (count, Across::Compute) => format!(" The fitted law is drawn for {count} sizes."),
    };
    format!(
        "Loss of {} runs from {} to {} parameters: {} to {}.{off}{curves}",
        used.len(),
        size(least),
        size(most),
        units::decimals(best, 3),
        units::decimals(worst, 3)
    )
}

/// What is said under the name of the picture, of so many lines and dots that are drawn.
pub fn says(rows: &Rows, across: Across, (lines, dots): (usize, usize), bands: bool) -> String {
    let curves = match (lines, across) {
        (0, _) => "Dots are runs.".to_owned(),
        (_, Across::Size) => "Dots are runs; each curve is the fitted law at one budget.".to_owned(),
        (_, Across::Compute) => "Dots are runs; each curve is the fitted law at one size.".to_owned(),
    };
    let bands = if bands { " Bands hold 90\u{a0}% of the refits." } else { "" };
    let off = if rows.read.iter().any(|row| !row.on) { " Crosses are off." } else { "" };
    let apart = if dots > 0 && dots < rows.read.len() { APART } else { "" };
    format!("{curves}{bands}{off}{apart}")
}

#[cfg(test)]
mod tests {
    use super::super::examples::{profiles, rows};
    use super::super::{ask_curves, curves};
    use super::*;
    use crate::web::reading::LawEntry;

    #[test]
    fn a_run_that_is_off_and_far_stands_at_the_edge() {
        let mut runs = profiles();
        runs.text = format!("{}1e9,1e10,9.5\n", runs.text).into();
        runs.switch(10, false);
        let rows = rows(&runs);
        let pointed = super::runs(&rows, Across::Size, &[], None).unwrap();
        assert!(pointed.chart.y.range.1 < 3.3);
        let (line, index) = pointed.place(10).unwrap();
        assert_eq!(pointed.row(line, index), Some(10));
        let stop = crate::figure::Stop { line, index };
        let reading = pointed.chart.reading(stop).unwrap();
        assert!(
            reading.starts_with("row 12, off, loss 9.500 at the edge: 1.00\u{a0}B parameters"),
            "{reading}"
        );
    }

    #[test]
    fn curves_are_asked_together_and_drawn_apart() {
        let rows = rows(&profiles());
        let curves = curves(&rows, Across::Size);
        let variable = |name: &str| crate::web::reading::VariableEntry {
            name: name.to_owned(),
            unit: Unit::One,
            counts: String::new(),
        };
        let mut law = LawEntry { inputs: vec![variable("N"), variable("D")], ..LawEntry::default() };
        let question = ask_curves(&curves, &law, "\"chinchilla\"", "\"refit-240\"").unwrap();
        let answer = crate::ask::answer_text(&question, &mut |_| {});
        let along = Along::read(&answer).unwrap();
        let pointed = super::runs(&rows, Across::Size, &curves, Some(&along)).unwrap();
        assert_eq!(pointed.lines, 2);
        assert_eq!(pointed.chart.stops().len(), 3);
        law.inputs.push(variable("S"));
        assert_eq!(ask_curves(&curves, &law, "\"chinchilla\"", "\"refit-240\""), None);
    }
}
