//! The chart of a law's page: the value of a law over one of its inputs.
//!
//! Numbers come in, a chart goes out; nothing here knows a law.

use crate::num;

use super::axis::{Axis, Format, Scale};
use super::chart::{Chart, Margin};
use super::mark::{Band, Label, Line, Mark, Note, Plan};
use super::number::{decade, power};
use super::surface::{Point, Role};

/// Ordinates that span more than this ratio are drawn on a logarithmic axis.
const WIDE: f64 = 30.0;
/// The longest name that has room in the margin, in letters.
const SHORT: usize = 15;

/// What an axis of [`over`] counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// What stands along the axis: `tokens D`.
    pub name: String,
    /// What follows a value in a sentence: `tokens`.
    pub unit: String,
    /// How its values are written.
    pub format: Format,
}

/// What [`over`] draws.
#[derive(Clone, Copy, Debug)]
pub struct LawInput<'a> {
    /// The question it answers.
    pub title: &'a str,
    /// The input.
    pub x: &'a Amount,
    /// The output.
    pub y: &'a Amount,
    /// Over which values of the input.
    pub span: (f64, f64),
    /// The law with the chosen fit; a point that is not finite breaks the line.
    pub line: &'a [Point],
    /// The law with its other fits, each with its name.
    pub others: &'a [(String, Vec<Point>)],
    /// From where to where the runs behind the fit reach in the input.
    pub runs: Option<(f64, f64)>,
    /// The point that the page evaluates.
    pub at: Option<Point>,
}

/// The value of a law over one input: the range of the runs shaded, other fits thin, the point that the page
/// evaluates.
pub fn over(input: &LawInput) -> Chart {
    let y = ordinates(input);
    let mut marks: Vec<Mark> = Vec::new();
    if let Some(runs) = within(input.runs, input.span) {
        marks.extend([shade(runs, y.range), range_name(runs, &y)]);
    }
    marks.extend(input.others.iter().map(|(name, points)| other(name, points)));
    marks.push(Mark::Line(Line {
        role: Role::Accent,
        weight: 2.0,
        label: Label::wide("this fit"),
        ..Line::new("this fit", "", input.line.to_vec())
    }));
    marks.extend(input.at.map(|at| here(input, at)));
    Chart {
        title: input.title.to_owned(),
        summary: summary(input),
        x: Axis { grid: false, ..axis(input.x, input.span, scale(input.span, 1.0)) },
        y,
        marks,
        margin: Margin::Names,
    }
}

/// Ratios are equally long where both ends are positive and so far apart.
fn scale((low, high): (f64, f64), apart: f64) -> Scale {
    if low > 0.0 && high / low > apart { Scale::Log } else { Scale::Linear }
}

fn axis(amount: &Amount, range: (f64, f64), scale: Scale) -> Axis {
    let axis = Axis::log(&amount.name, &amount.unit, range, amount.format);
    Axis { scale, ..axis }
}

/// The vertical axis: from below the least value drawn to above the largest.
fn ordinates(input: &LawInput) -> Axis {
    let others = input.others.iter().flat_map(|(_, points)| points);
    let all = input.line.iter().chain(others).chain(&input.at).map(|(_, y)| *y).filter(|y| y.is_finite());
    let (low, high) = (all.clone().reduce(num::min).unwrap_or(0.0), all.reduce(num::max).unwrap_or(1.0));
    let scale = scale((low, high), WIDE);
    let range = match scale {
        Scale::Log => (power(1, decade(low)), power(1, decade(high) + 1)),
        Scale::Linear => (rounded(low, low, high, f64::floor), rounded(high, low, high, f64::ceil)),
    };
    axis(input.y, range, scale)
}

/// A value moved outwards to a tenth of the span, as 1, 2 or 5 times a power of ten.
fn rounded(value: f64, low: f64, high: f64, round: fn(f64) -> f64) -> f64 {
    let span = if high > low { high - low } else { num::max(low.abs(), 1.0) };
    let (m, e) = super::number::nice_above(span / 10.0);
    let step = power(m, e);
    round(value / step + if value == high && low == high { 1.0 } else { 0.0 }) * step
}

/// The part of a range that is shown.
fn within(range: Option<(f64, f64)>, (low, high): (f64, f64)) -> Option<(f64, f64)> {
    let (from, to) = range?;
    let shown = (num::max(from, low), num::min(to, high));
    (shown.0 < shown.1).then_some(shown)
}

fn shade((from, to): (f64, f64), (low, high): (f64, f64)) -> Mark {
    Mark::Band(Band {
        name: "range of the runs".to_owned(),
        column: String::new(),
        level: String::new(),
        x: vec![from, to],
        lower: vec![low; 2],
        upper: vec![high; 2],
        role: Role::Run,
    })
}

fn range_name((from, to): (f64, f64), y: &Axis) -> Mark {
    let middle = if from > 0.0 { (from * to).sqrt() } else { f64::midpoint(from, to) };
    Mark::Note(Note {
        at: (middle, y.value(0.96)),
        role: Role::Quiet,
        text: Label::always("range of the runs"),
    })
}

fn other(name: &str, points: &[Point]) -> Mark {
    let label = if name.chars().count() <= SHORT { Label::wide(name) } else { Label::default() };
    Mark::Line(Line {
        role: Role::Quiet,
        weight: 1.0,
        label,
        read: false,
        ..Line::new(name, "", points.to_vec())
    })
}

fn here(input: &LawInput, at: Point) -> Mark {
    let text = format!("{} at {}", input.y.format.value(at.1), input.x.format.value(at.0));
    Mark::Plan(Plan {
        name: "the values above".to_owned(),
        at,
        column: String::new(),
        label: Label::always(text),
        extra: None,
    })
}

fn summary(input: &LawInput) -> String {
    let ends =
        (input.line.iter().find(|(_, y)| y.is_finite()), input.line.iter().rfind(|(_, y)| y.is_finite()));
    let (Some(first), Some(last)) = ends else { return format!("{}, without values.", input.title) };
    let [x, y] = [input.x, input.y];
    let unit = if x.unit.is_empty() { String::new() } else { format!(" {}", x.unit) };
    format!(
        "From {} to {}{unit}, {} goes from {} to {}.",
        x.format.value(first.0),
        x.format.value(last.0),
        y.name,
        y.format.value(first.1),
        y.format.value(last.1)
    )
}
