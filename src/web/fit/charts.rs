//! What the Fit page draws: the runs with the fitted law, and the residuals.

use super::rows::{Row, Rows, predict};
use crate::figure::{
    Axis, Band, Chart, Dash, Dots, Extra, Format, Grid, Label, Line, Margin, Mark, Role, Shape, decade,
    decade_above, nice_above, power,
};
use crate::num::{self, ascending};
use crate::units::{self, Unit, show};
use crate::web::json::{self, Json};
use crate::web::reading::LawEntry;

/// What is over the picture of the runs.
pub const RUNS: &str = "Runs and the fitted law";
/// Runs belong to one budget, or one size, if they differ by no more than this factor.
const ALIKE: f64 = 1.25;
/// As many different sizes make a profile of a budget.
const PROFILE: usize = 4;
/// At most so many curves.
const CURVES: usize = 9;
/// A narrow picture has room for the labels of so many.
const ROOM: usize = 4;
/// The law is asked for at so many points of a curve.
const POINTS: usize = 30;
/// Bands hold this share of the draws.
const LEVEL: &str = "90\u{a0}%";
/// Residuals beyond this many robust standard deviations are said to be large.
const LARGE: f64 = 5.0;
/// The standard deviation of a normal distribution, in medians of absolute deviations.
const SCALE: f64 = 1.4826;

/// Along what the loss is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Across {
    /// Size, one curve for each budget.
    Size,
    /// Compute, one curve for each size.
    Compute,
}

impl Across {
    /// What suits these rows: profiles of budgets, if most rows belong to one.
    pub fn of(rows: &Rows) -> Self {
        let all = rows.used().count();
        let profiles = profiles(rows);
        let inside: usize = profiles.iter().map(Vec::len).sum();
        if profiles.len() > 1 && 2 * inside >= all { Self::Size } else { Self::Compute }
    }

    /// What the page calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Size => "by size",
            Self::Compute => "by compute",
        }
    }
}

/// A curve of the fitted law.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What all its points share: `10²⁰ FLOPs`, `1.44 B parameters`.
    name: String,
    /// The same beside it.
    label: Label,
    /// N.
    params: Vec<f64>,
    /// D.
    tokens: Vec<f64>,
}

/// Rows in use that share a budget, and have enough sizes to make a profile.
fn profiles(rows: &Rows) -> Vec<Vec<&Row>> {
    let mut groups = alike(rows, |row| row.flops);
    groups.retain(|group| {
        let mut sizes: Vec<u64> = group.iter().map(|row| row.params.to_bits()).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes.len() >= PROFILE
    });
    groups
}

/// Rows in use in groups that are alike in something, the smallest first.
fn alike(rows: &Rows, of: fn(&Row) -> f64) -> Vec<Vec<&Row>> {
    let used: Vec<&Row> = rows.used().collect();
    let values: Vec<f64> = used.iter().map(|row| of(row)).collect();
    let mut groups: Vec<Vec<&Row>> = Vec::new();
    for at in ascending(&values) {
        match groups.last_mut().filter(|group| values[at] <= ALIKE * of(group[0])) {
            Some(group) => group.push(used[at]),
            None => groups.push(vec![used[at]]),
        }
    }
    groups
}

/// The curves that are drawn through the rows in use.
pub fn curves(rows: &Rows, across: Across) -> Vec<Curve> {
    let groups = match across {
        Across::Size => profiles(rows),
        Across::Compute => {
            let mut groups = alike(rows, |row| row.params);
            groups.retain(|group| group.len() > 1);
            groups
        }
    };
    let several = groups.len();
    let step = several.div_ceil(CURVES).max(1);
    let shown = groups.into_iter().enumerate().filter(|(at, _)| (several - 1 - at).is_multiple_of(step));
    let mut curves: Vec<Curve> = shown.map(|(_, group)| curve(&group, across)).collect();
    // Where labels stand inside, there is room for half of them.
    if curves.len() > ROOM {
        curves.iter_mut().rev().skip(1).step_by(2).for_each(|curve| curve.label.narrow.clear());
    }
    curves
}

fn curve(group: &[&Row], across: Across) -> Curve {
    let middle = |of: fn(&Row) -> f64| {
        let sum: f64 = group.iter().map(|row| num::ln(of(row))).sum();
        num::exp(sum / group.len() as f64)
    };
    let ends = |of: fn(&Row) -> f64| {
        let values = group.iter().map(|row| of(row));
        (values.clone().fold(f64::INFINITY, num::min), values.fold(0.0, num::max))
    };
    match across {
        Across::Size => {
            let (low, high) = ends(|row| row.params);
            let flops = middle(|row| row.flops);
            let params = Grid::positions(low, high, POINTS);
            let tokens = params.iter().map(|params| flops / (6.0 * params)).collect();
            let label = units::significant(flops, 1);
            Curve { name: format!("{label} FLOPs"), label: Label::always(label), params, tokens }
        }
        Across::Compute => {
            let (low, high) = ends(|row| row.tokens);
            let size = middle(|row| row.params);
            let tokens = Grid::positions(low, high, POINTS);
            let label = show(size, Unit::Parameters).number();
            let params = vec![size; tokens.len()];
            Curve { name: format!("{label} parameters"), label: Label::always(label), params, tokens }
        }
    }
}

impl Curve {
    fn x(&self, across: Across) -> Vec<f64> {
        match across {
            Across::Size => self.params.clone(),
            Across::Compute => self.flops(),
        }
    }

    fn flops(&self) -> Vec<f64> {
        self.params.iter().zip(&self.tokens).map(|(params, tokens)| 6.0 * params * tokens).collect()
    }
}

/// The question for the fitted law along some curves; nothing of a law that needs more than size, tokens and compute.
pub fn ask_curves(curves: &[Curve], entry: &LawEntry, law: &str, fit: &str) -> Option<String> {
    if curves.is_empty() {
        return None;
    }
    let column = |of: fn(&Curve) -> Vec<f64>| json::list(curves.iter().flat_map(of).map(json::number));
    let input = |name: &str| match name {
        "N" => Some(column(|curve| curve.params.clone())),
        "D" => Some(column(|curve| curve.tokens.clone())),
        "C" => Some(column(Curve::flops)),
        _ => None,
    };
    let inputs = entry.inputs.iter().map(|known| Some((known.name.as_str(), input(&known.name)?)));
    let at: Vec<_> = inputs.collect::<Option<_>>()?;
    (!at.is_empty()).then(|| predict(law, fit, &at))
}

/// What the fitted law says along curves, and what most draws say; one entry for each point of each curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Along {
    losses: Vec<f64>,
    ends: Vec<Option<[f64; 2]>>,
}

impl Along {
    /// Whether it says what most draws say.
    pub fn has_bands(&self) -> bool {
        self.ends.iter().any(Option::is_some)
    }

    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        let predict = Json::read(answer)?.get("predict")?.members();
        let losses = predict.get("values")?.items();
        let pair = |pair: Json<'_>| match pair.items().as_slice() {
            [low, high] => Some([low.number()?, high.number()?]),
            _ => None,
        };
        let ends = predict.get("intervals").map(|ends| ends.items()).unwrap_or_default();
        Some(Self {
            losses: losses.into_iter().map(|value| value.number().unwrap_or(f64::NAN)).collect(),
            ends: ends.into_iter().map(pair).collect(),
        })
    }
}

/// A chart with runs that can be pointed at.
#[derive(Clone, Debug, PartialEq)]
pub struct Pointed {
    /// The chart.
    pub chart: Chart,
    /// How many of its lines are read before the runs.
    pub lines: usize,
    /// The rows of each of the sets of dots after them.
    pub rows: Vec<Vec<usize>>,
}

impl Pointed {
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
        ..Axis::linear("loss, nats per token", "loss", y_range, Format::Decimal(2))
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
        let of_set: Vec<&Row> = rows.read.iter().filter(|row| row.on == on).collect();
        if of_set.is_empty() {
            continue;
        }
        let at_edge = |row: &Row| num::clamp(row.loss, y_range.0, y_range.1);
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
        let points = of_set.iter().map(|row| (of(row), at_edge(row))).collect();
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

/// What is said under the name of the picture.
pub fn says(rows: &Rows, across: Across, lines: usize, bands: bool) -> String {
    let curves = match (lines, across) {
        (0, _) => "Dots are runs.".to_owned(),
        (_, Across::Size) => "Dots are runs; each curve is the fitted law at one budget.".to_owned(),
        (_, Across::Compute) => "Dots are runs; each curve is the fitted law at one size.".to_owned(),
    };
    let bands = if bands { " Bands hold 90\u{a0}% of the refits." } else { "" };
    let off = if rows.read.iter().any(|row| !row.on) { " Crosses are off." } else { "" };
    format!("{curves}{bands}{off}")
}

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
            Some((residual, median)) if residual.abs() > LARGE * SCALE * median && median > 0.0 => FAR,
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

fn span(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let finite: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    Some((finite.iter().copied().reduce(num::min)?, finite.iter().copied().reduce(num::max)?))
}

/// A range that holds positive values, with a little room on both sides.
fn log_range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let (low, high) = span(values.filter(|value| *value > 0.0))?;
    if low == high {
        return Some((power(1, decade(low)), power(1, decade_above(high * 1.01))));
    }
    let room = num::exp(0.04 * num::ln(high / low));
    Some((low / room, high * room))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::question::Runs;

    /// Runs at two budgets, of five sizes each.
    fn profiles() -> Runs {
        let row = |(budget, loss): (f64, f64), step: i32| {
            let params = 1e8 * f64::from(1 << step);
            let tokens = budget / (6.0 * params);
            let off_centre = f64::from(step - 2) * 0.1;
            format!("\n{params:e},{tokens:e},{}", loss + off_centre * off_centre)
        };
        let rows = [(6e18, 3.0), (6e19, 2.7)].map(|budget| (0..5).map(|step| row(budget, step)).collect());
        let rows: [Vec<String>; 2] = rows;
        let table = format!("params,tokens,loss{}\n", rows.concat().concat());
        Runs::new(&table, "")
    }

    fn rows(runs: &Runs) -> Rows {
        Rows::of(&crate::web::fit::reading::Prepared::of(runs, &[]).unwrap(), None, false).unwrap()
    }

    #[test]
    fn profiles_of_budgets_are_drawn_by_size_and_others_by_compute() {
        let mut runs = profiles();
        assert_eq!(Across::of(&rows(&runs)), Across::Size);
        let curves = curves(&rows(&runs), Across::Size);
        let names: Vec<&str> = curves.iter().map(|curve| curve.name.as_str()).collect();
        assert_eq!(names, ["6\u{a0}×\u{a0}10¹⁸ FLOPs", "6\u{a0}×\u{a0}10¹⁹ FLOPs"]);
        for row in 3..8 {
            runs.switch(row, false);
        }
        assert_eq!(Across::of(&rows(&runs)), Across::Compute);
    }

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
