//! Lines across the map: rows of it, with what most draws say of them.

use super::along::Along;
use super::field::Field;
use super::map::{Plane, format, shown};
use crate::figure::{Axis, Band, Chart, Dash, Label, Line, Margin, Mark, Role, Rule, Side};
use crate::num::{max, min};

/// A row of the map that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its place along the upward axis.
    pub at: usize,
    /// Whether it is the one that the cursor stands in.
    pub yours: bool,
}

/// How lines are told apart besides by their colours.
const DASHES: [Dash; 4] = [Dash::Solid, Dash::Dashed, Dash::Dotted, Dash::DashDot];
/// Bands and which numbers of a cell are their sides; the wider one first, whose numbers stand in the table.
const BANDS: [(&str, usize, usize); 2] = [("90\u{a0}% of refits", 1, 4), ("50\u{a0}% of refits", 2, 3)];

/// What stands over the lines.
pub fn title(across: &Along) -> &'static str {
    match across {
        Along::Budget => "Along the budget",
        Along::Demand => "Along the tokens served",
        Along::MostTokens => "Along the most tokens",
        Along::LargestSize => "Along the largest size",
        Along::Input(_) | Along::Parameter(_) => "From left to right",
    }
}

/// What is said of the lines: of those that are drawn.
pub fn says(field: &Field, rows: &[Row], bands: bool) -> String {
    let is_drawn = |row: &&Row| (0..field.shape[1]).any(|at| field.number(0, row.at, at).is_finite());
    let drawn: Vec<&Row> = rows.iter().filter(is_drawn).collect();
    let pinned = drawn.iter().filter(|row| !row.yours).count();
    let rows = match (pinned < drawn.len(), pinned) {
        (true, 0) => "The row of the cursor.".to_owned(),
        (true, pinned) => format!("The row of the cursor, and {pinned} pinned."),
        (false, 0) => return "No line is there yet.".to_owned(),
        (false, 1) => "The row that is pinned.".to_owned(),
        (false, pinned) => format!("{pinned} rows that are pinned."),
    };
    if bands { format!("{rows} Bands hold 50 and 90\u{a0}% of the refits.") } else { rows }
}

/// The lines, with a rule where the cursor stands across.
pub fn lines(plane: &Plane, field: &Field, rows: &[Row], cursor: usize) -> Option<Chart> {
    let x = &plane.across.1;
    let mut marks = Vec::new();
    let mut lines = Vec::new();
    let others = rows.iter().filter(|row| !row.yours).count();
    let mut series = 1..;
    for row in rows {
        let role = if row.yours { Role::Accent } else { Role::Series(series.next()?) };
        let name = match &plane.up {
            Some((along, values)) => along.says(*values.get(row.at)?, &plane.law),
            None => plane.show.name().to_owned(),
        };
        let label = match &plane.up {
            Some((along, values)) => along.label(*values.get(row.at)?, &plane.law),
            None => String::new(),
        };
        let column =
            |number: usize| -> Vec<f64> { (0..x.len()).map(|at| field.number(number, row.at, at)).collect() };
        let values = column(0);
        if plane.numbers.ends > 0 {
            for (level, low, high) in BANDS {
                let (lower, upper) = (column(low), column(high));
                let known: Vec<usize> =
                    (0..x.len()).filter(|at| lower[*at].is_finite() && upper[*at].is_finite()).collect();
                let of = |values: &[f64]| known.iter().map(|at| values[*at]).collect::<Vec<_>>();
                marks.push(Mark::Band(Band {
                    name: name.clone(),
                    column: String::new(),
                    level: level.to_owned(),
                    x: of(x),
                    lower: of(&lower),
                    upper: of(&upper),
                    role,
                }));
            }
        }
        let known = x.iter().copied().zip(values).filter(|(_, value)| value.is_finite());
        let dash = if row.yours { Dash::Solid } else { DASHES[lines.len().min(others) % DASHES.len()] };
        lines.push(Mark::Line(Line {
            role,
            dash,
            label: Label::always(label),
            ..Line::new(&name, "", known.collect())
        }));
    }
    marks.extend(lines);
    marks.extend(beside(plane, field, rows));
    let rule = x.get(cursor).map(|x| {
        let (role, dash, side) = (Role::Quiet, Dash::Dotted, Side::Right);
        Mark::Rule(Rule { x: *x, role, dash, label: Label::default(), side })
    });
    marks.extend(rule);
    let (low, high) = range(&marks)?;
    let unit = plane.show.unit(&plane.law);
    let is_wide = low > 0.0 && high > 3.0 * low;
    let axis = if is_wide { Axis::log } else { Axis::linear };
    let slack = if is_wide { (low, high) } else { padded(low, high) };
    Some(Chart {
        title: title(&plane.across.0).to_owned(),
        summary: summary(plane, field, rows),
        x: plane.axis(0)?,
        y: axis(plane.show.name(), unit.words(), slack, format(unit)),
        marks,
        margin: if plane.up.is_some() { Margin::Names } else { Margin::Bare },
    })
}

/// What the sweep stands against, in the row of the cursor.
fn beside(plane: &Plane, field: &Field, rows: &[Row]) -> Option<Mark> {
    let (against, row) = (plane.numbers.against()?, rows.iter().find(|row| row.yours)?);
    let value = |(at, x): (usize, &f64)| (*x, field.number(against, row.at, at));
    let points = plane.across.1.iter().enumerate().map(value).filter(|(_, value)| value.is_finite());
    Some(Mark::Line(Line {
        role: Role::Ink,
        dash: Dash::DashDot,
        label: Label::always(plane.other.clone()),
        ..Line::new(&plane.other, "", points.collect())
    }))
}

/// From the lowest to the highest number of lines and bands.
fn range(marks: &[Mark]) -> Option<(f64, f64)> {
    let numbers = |mark: &Mark| -> Vec<f64> {
        match mark {
            Mark::Line(line) => line.points.iter().map(|(_, value)| *value).collect(),
            Mark::Band(band) => band.lower.iter().chain(&band.upper).copied().collect(),
            _ => Vec::new(),
        }
    };
    let all: Vec<f64> = marks.iter().flat_map(numbers).filter(|value| value.is_finite()).collect();
    Some((all.iter().copied().reduce(min)?, all.iter().copied().reduce(max)?))
}

fn padded(low: f64, high: f64) -> (f64, f64) {
    let slack = if high > low { 0.04 * (high - low) } else { max(0.1 * low.abs(), 1e-3) };
    (low - slack, high + slack)
}

fn summary(plane: &Plane, field: &Field, rows: &[Row]) -> String {
    let last = plane.across.1.len().saturating_sub(1);
    let said = |row: &Row| {
        let name = match &plane.up {
            Some((along, values)) => along.says(values[row.at], &plane.law),
            None => "it".to_owned(),
        };
        let [from, to] = [0, last].map(|at| {
            let value = field.number(0, row.at, at);
            if value.is_finite() { shown(value, plane.show, &plane.law) } else { "no plan".to_owned() }
        });
        format!("{name}: from {from} to {to}")
    };
    let rows: Vec<String> = rows.iter().map(said).collect();
    format!("{} from left to right. {}.", plane.show.title(), rows.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_are_drawn_are_spoken_of() {
        let rows = [(0, false), (1, true), (2, false)].map(|(at, yours)| Row { at, yours });
        let mut field = Field::new([3, 2], 1);
        assert_eq!(says(&field, &rows, true), "No line is there yet.");
        field.put(&(0..2), &[1.0, 2.0]).unwrap();
        assert_eq!(says(&field, &rows, false), "The row that is pinned.");
        field.put(&(2..4), &[f64::NAN, 3.0]).unwrap();
        assert_eq!(says(&field, &rows, false), "The row of the cursor, and 1 pinned.");
        // A row without a plan has no line, though it is done.
        field.put(&(4..6), &[f64::NAN; 2]).unwrap();
        assert_eq!(says(&field, &rows, false), "The row of the cursor, and 1 pinned.");
    }
}
