//! The two charts of the Plan page: sizes and tokens as the budget grows, and the plan among all
//! sizes and tokens.
//!
//! Numbers come in, charts go out; nothing here knows a law. [`budget_span`] and [`map_span`] say
//! over which ranges the numbers are wanted.

use crate::{num, units};

use super::axis::{Axis, Format};
use super::chart::{Chart, Margin};
use super::contour::{self, Grid};
use super::mark::{Band, Dots, Extra, Label, Line, Mark, Place, Plan, Rule, Shape, Side};
use super::number::{decade, decade_above, nice_above, nice_below, power};
use super::surface::{Dash, Point, Role};

const PARAMETERS: &str = "parameters";
const TOKENS: &str = "tokens";
const LOSS: Format = Format::Decimal(3);
/// Half the arm of the sign of a known model, in CSS pixels.
const KNOWN_ARM: f64 = 4.0;
/// About so many contours of loss cross the map.
const CONTOURS: usize = 9;

/// The best size and tokens of one budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Optimum {
    /// The budget, in FLOPs.
    pub flops: f64,
    /// N.
    pub params: f64,
    /// D.
    pub tokens: f64,
    /// The predicted loss, from laws that predict one, in nats per token.
    pub loss: Option<f64>,
}

/// A training run behind the fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// What it cost, in FLOPs.
    pub flops: f64,
    /// N.
    pub params: f64,
    /// D.
    pub tokens: f64,
}

/// What a share of the refits say of one budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Lower and upper N.
    pub params: (f64, f64),
    /// Lower and upper D.
    pub tokens: (f64, f64),
}

/// What [`frontier`] draws.
#[derive(Clone, Copy, Debug)]
pub struct FrontierInput<'a> {
    /// The optimum of each of some budgets, rising, over [`budget_span`].
    pub frontier: &'a [Optimum],
    /// One spread per optimum, or none where there are no refits.
    pub bands: &'a [Spread],
    /// How much the bands hold, such as 0.9.
    pub level: f64,
    /// The runs behind the fit; none where they are not known.
    pub runs: &'a [Run],
    /// The budget asked about, in FLOPs.
    pub budget: f64,
    /// What is best there.
    pub plan: Option<Optimum>,
}

/// A model whose size and tokens are published.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// As it is written: `Gopher, 280 B`.
    pub name: String,
    /// N.
    pub params: f64,
    /// D.
    pub tokens: f64,
}

/// A limit as a line of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// What is written beside it: `3.00 T tokens`.
    pub name: String,
    /// Its points, as (N, D), N rising.
    pub points: Vec<Point>,
}

/// What [`map`] draws.
#[derive(Clone, Copy, Debug)]
pub struct MapInput<'a> {
    /// The part of the map that is shown.
    pub span: MapSpan,
    /// Predicted loss over parameters and tokens, over the span; none from a law without loss.
    pub loss: Option<&'a Grid>,
    /// The optima, over the span or beyond it.
    pub frontier: &'a [Optimum],
    /// Sizes and tokens that cost the budget, as (N, D), N rising.
    pub budget: &'a [Point],
    /// Sizes and tokens that would cost it without serving, where that is another line.
    pub training: &'a [Point],
    /// The limits beside the budget.
    pub limits: &'a [Bound],
    /// Lower and upper N of a share of the refits, and that share.
    pub interval: Option<(f64, f64, f64)>,
    /// The runs behind the fit.
    pub runs: &'a [Run],
    /// Models to compare with.
    pub known: &'a [Known],
    /// What is best within the budget.
    pub plan: Option<Optimum>,
}

/// Budgets that a frontier chart shows: from the smallest run to two decades past the plan.
///
/// Ends are powers of ten, an even number of decades apart, so that every second is a tick.
pub fn budget_span(runs: &[Run], budget: f64) -> (f64, f64) {
    // Whatever the budget is, there is a span, and not a long one.
    let budget = num::clamp(budget, 1e-3, 1e63);
    let smallest = smallest(runs.iter().map(|run| run.flops)).unwrap_or(budget * 1e-4);
    let largest = largest(runs.iter().map(|run| run.flops)).unwrap_or(budget);
    let low = decade(num::min(smallest, budget * 0.1));
    let high = (decade_above(budget) + 2).max(decade_above(largest));
    (power(1, low), power(1, high + (high - low) % 2))
}

/// The part of all sizes and tokens that a map shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapSpan {
    /// Lower and upper N.
    pub params: (f64, f64),
    /// Lower and upper D.
    pub tokens: (f64, f64),
}

/// Sizes and tokens that a map shows: all runs, and a decade around the plan.
pub fn map_span(runs: &[Run], plan: &Optimum) -> MapSpan {
    MapSpan {
        params: span(runs.iter().map(|run| run.params), plan.params),
        tokens: span(runs.iter().map(|run| run.tokens), plan.tokens),
    }
}

/// From below the smallest to a decade past the largest, at 1, 2 or 5 times a power of ten.
fn span(runs: impl Iterator<Item = f64> + Clone, plan: f64) -> (f64, f64) {
    let low = num::min(smallest(runs.clone()).map_or(plan, |run| run * 0.8), plan * 0.1);
    let high = num::max(largest(runs).map_or(plan, |run| run * 1.25), plan * 8.0);
    let ((m, e), (m2, e2)) = (nice_below(low), nice_above(high));
    (power(m, e), power(m2, e2))
}

fn smallest(values: impl Iterator<Item = f64>) -> Option<f64> {
    values.filter(|value| value.is_finite() && *value > 0.0).reduce(num::min)
}

fn largest(values: impl Iterator<Item = f64>) -> Option<f64> {
    values.filter(|value| value.is_finite() && *value > 0.0).reduce(num::max)
}

/// "Size and tokens as the budget grows": two lines over training FLOPs, their bands, the sizes of
/// the runs, where the runs end, and the plan on its budget.
pub fn frontier(input: &FrontierInput) -> Chart {
    let sizes = |pick: fn(&Optimum) -> f64| -> Vec<Point> {
        input.frontier.iter().map(|optimum| (optimum.flops, pick(optimum))).collect()
    };
    let x = budget_span(input.runs, input.budget);
    let mut marks = bands(input);
    marks.push(frontier_line(PARAMETERS, sizes(|o| o.params), input));
    marks.push(frontier_line(TOKENS, sizes(|o| o.tokens), input));
    marks.extend(run_sizes(input.runs));
    marks.extend(runs_end(input.runs));
    marks.push(budget_rule(input.budget));
    marks.extend(input.plan.iter().flat_map(plan_dots));
    Chart {
        title: "Size and tokens as the budget grows".to_owned(),
        summary: frontier_summary(input),
        x: Axis::log("training FLOPs", "FLOPs", x, Format::Powers),
        y: Axis::log("parameters and tokens", "", size_range(input, x), Format::Powers),
        marks,
        margin: Margin::Names,
    }
    .with_quantities()
}

/// "The plan among all sizes and tokens": runs and contours of loss over parameters and tokens, the
/// budget, the frontier and the plan.
pub fn map(input: &MapInput) -> Chart {
    let MapSpan { params, tokens } = input.span;
    let mut marks: Vec<Mark> = input.loss.into_iter().flat_map(contours).collect();
    marks.extend(run_places(input.runs));
    marks.push(map_frontier(input.frontier));
    marks.extend(training_line(input.training));
    marks.push(budget_line(input.budget));
    marks.extend(input.limits.iter().map(limit_line));
    marks.extend(input.interval.map(|(low, high, level)| refits(input.budget, low, high, level)));
    marks.extend(known(input.known));
    marks.extend(input.plan.as_ref().map(map_plan));
    let mut y = Axis::log(TOKENS, TOKENS, tokens, Format::Quantity);
    // Contours are the grid of a map.
    y.grid = input.loss.is_none();
    Chart {
        title: "The plan among all sizes and tokens".to_owned(),
        summary: map_summary(input),
        x: Axis::log(PARAMETERS, PARAMETERS, params, Format::Quantity),
        y,
        marks,
        margin: Margin::Values("loss".to_owned()),
    }
}

impl Chart {
    /// Ticks as powers of ten, readings as quantities.
    fn with_quantities(mut self) -> Self {
        self.y.reads = Format::Quantity;
        self
    }
}

fn bands(input: &FrontierInput) -> Vec<Mark> {
    if input.bands.len() != input.frontier.len() || input.bands.is_empty() {
        return Vec::new();
    }
    let band = |column: &str, pick: fn(&Spread) -> (f64, f64)| {
        Mark::Band(Band {
            name: "frontier".to_owned(),
            column: column.to_owned(),
            level: units::percent(input.level),
            x: input.frontier.iter().map(|optimum| optimum.flops).collect(),
            lower: input.bands.iter().map(|spread| pick(spread).0).collect(),
            upper: input.bands.iter().map(|spread| pick(spread).1).collect(),
            role: Role::Ink,
        })
    };
    vec![band(PARAMETERS, |spread| spread.params), band(TOKENS, |spread| spread.tokens)]
}

fn frontier_line(column: &str, points: Vec<Point>, input: &FrontierInput) -> Mark {
    // When narrow, the plan's own labels say which line is which.
    let label = if input.plan.is_some() { Label::wide(column) } else { Label::always(column) };
    Mark::Line(Line { label, extra: losses(input.frontier), ..Line::new("frontier", column, points) })
}

/// The loss of every optimum, if the law predicts any.
fn losses(optima: &[Optimum]) -> Option<Extra> {
    let values: Vec<f64> = optima.iter().map(|optimum| optimum.loss.unwrap_or(f64::NAN)).collect();
    values.iter().any(|loss| loss.is_finite()).then(|| Extra {
        column: "loss".to_owned(),
        format: LOSS,
        values,
    })
}

fn run_sizes(runs: &[Run]) -> Option<Mark> {
    let points = runs.iter().map(|run| (run.flops, run.params)).collect();
    (!runs.is_empty()).then(|| Mark::Dots(Dots::new("run", PARAMETERS, points)))
}

fn run_places(runs: &[Run]) -> Option<Mark> {
    let points = runs.iter().map(|run| (run.params, run.tokens)).collect();
    let values = runs.iter().map(|run| run.flops).collect();
    let extra = Extra { column: "FLOPs".to_owned(), format: Format::Powers, values };
    (!runs.is_empty()).then(|| Mark::Dots(Dots { extra: Some(extra), ..Dots::new("run", TOKENS, points) }))
}

fn runs_end(runs: &[Run]) -> Option<Mark> {
    let x = largest(runs.iter().map(|run| run.flops))?;
    let label = Label::always("runs end");
    Some(Mark::Rule(Rule { x, role: Role::Quiet, dash: Dash::Dotted, label, side: Side::Left }))
}

fn budget_rule(x: f64) -> Mark {
    let label = Label::always(Format::Powers.value(x));
    Mark::Rule(Rule { x, role: Role::Accent, dash: Dash::Solid, label, side: Side::Right })
}

fn plan_dots(plan: &Optimum) -> [Mark; 2] {
    [(PARAMETERS, plan.params), (TOKENS, plan.tokens)].map(|(column, size)| {
        let text = Format::Quantity.value(size);
        let narrow = format!("{text} {column}");
        Mark::Plan(Plan {
            name: "plan".to_owned(),
            at: (plan.flops, size),
            column: column.to_owned(),
            label: Label::each(text, narrow),
            extra: losses(std::slice::from_ref(plan)),
        })
    })
}

fn map_plan(plan: &Optimum) -> Mark {
    Mark::Plan(Plan {
        name: "plan".to_owned(),
        at: (plan.params, plan.tokens),
        column: TOKENS.to_owned(),
        label: Label::always("plan"),
        extra: losses(std::slice::from_ref(plan)),
    })
}

fn budget_line(points: &[Point]) -> Mark {
    Mark::Line(Line {
        role: Role::Accent,
        weight: 1.3,
        label: Label::always("budget"),
        place: Place::Along(0.08),
        ..Line::new("budget", TOKENS, points.to_vec())
    })
}

fn training_line(points: &[Point]) -> Option<Mark> {
    let line = || Line {
        role: Role::Quiet,
        weight: 1.0,
        label: Label::always("training alone"),
        place: Place::Along(0.85),
        ..Line::new("training alone", TOKENS, points.to_vec())
    };
    (!points.is_empty()).then(|| Mark::Line(line()))
}

fn limit_line(bound: &Bound) -> Mark {
    Mark::Line(Line {
        role: Role::Series(1),
        weight: 1.3,
        label: Label::always(bound.name.clone()),
        place: Place::Along(0.9),
        ..Line::new(&bound.name, TOKENS, bound.points.clone())
    })
}

fn map_frontier(optima: &[Optimum]) -> Mark {
    let points = optima.iter().map(|optimum| (optimum.params, optimum.tokens)).collect();
    Mark::Line(Line {
        role: Role::Quiet,
        weight: 1.0,
        label: Label::always("frontier"),
        place: Place::Along(0.92),
        extra: losses(optima),
        ..Line::new("frontier", TOKENS, points)
    })
}

/// The stretch of the budget that holds a share of the refits.
fn refits(budget: &[Point], low: f64, high: f64, level: f64) -> Mark {
    let mut points = vec![on_line(budget, low)];
    points.extend(budget.iter().copied().filter(|(n, _)| *n > low && *n < high));
    points.push(on_line(budget, high));
    let name = format!("{} of the refits", units::percent(level));
    Mark::Line(Line {
        role: Role::Accent,
        weight: 5.0,
        opacity: 0.28,
        read: false,
        ..Line::new(&name, TOKENS, points)
    })
}

/// The point of a rising line at an abscissa, by logarithms; none outside it.
fn on_line(line: &[Point], x: f64) -> Point {
    let pair = line.windows(2).find(|pair| pair[0].0 <= x && x <= pair[1].0);
    pair.map_or((f64::NAN, f64::NAN), |pair| {
        let (from, to) = (pair[0], pair[1]);
        let share = if to.0 == from.0 { 0.0 } else { num::ln(x / from.0) / num::ln(to.0 / from.0) };
        (x, from.1 * num::exp(share * num::ln(to.1 / from.1)))
    })
}

fn contours(grid: &Grid) -> Vec<Mark> {
    let (levels, places) = contour::levels(grid, CONTOURS);
    let lines = levels.iter().flat_map(|level| {
        let text = Format::Decimal(places).value(*level);
        contour::contour(grid, *level).into_iter().map(move |points| (text.clone(), *level, points))
    });
    lines.map(|(text, level, points)| contour_line(&text, level, points)).collect()
}

fn contour_line(text: &str, level: f64, points: Vec<Point>) -> Mark {
    let values = vec![level; points.len()];
    Mark::Line(Line {
        role: Role::Run,
        weight: 1.0,
        label: Label::always(text),
        place: Place::Edge,
        extra: Some(Extra { column: "loss".to_owned(), format: LOSS, values }),
        read: false,
        ..Line::new("contour", TOKENS, points)
    })
}

fn known(models: &[Known]) -> Option<Mark> {
    let points = models.iter().map(|model| (model.params, model.tokens)).collect();
    let names = models.iter().map(|model| model.name.clone()).collect();
    let dots = Dots {
        names,
        shape: Shape::Plus,
        role: Role::Ink,
        radius: KNOWN_ARM,
        ..Dots::new("model", TOKENS, points)
    };
    (!models.is_empty()).then_some(Mark::Dots(dots))
}

/// Whole decades that hold both lines, their bands and the runs, within the budgets shown.
fn size_range(input: &FrontierInput, (low, high): (f64, f64)) -> (f64, f64) {
    let seen = |flops: f64| flops >= low && flops <= high;
    let optima = input.frontier.iter().filter(|o| seen(o.flops)).flat_map(|o| [o.params, o.tokens]);
    let runs = input.runs.iter().filter(|run| seen(run.flops)).map(|run| run.params);
    let plan = input.plan.iter().flat_map(|plan| [plan.params, plan.tokens]);
    let all = optima.chain(runs).chain(plan);
    let (Some(least), Some(most)) = (smallest(all.clone()), largest(all)) else { return (1e6, 1e12) };
    (power(1, decade(least)), power(1, decade_above(most)))
}

fn frontier_summary(input: &FrontierInput) -> String {
    let mut parts = vec![match input.plan {
        Some(plan) => {
            format!("At {} FLOPs the best plan is {}", Format::Powers.value(plan.flops), in_words(&plan))
        }
        None => format!("There is no plan for {} FLOPs", Format::Powers.value(input.budget)),
    }];
    if let (Some(first), Some(last)) = (input.frontier.first(), input.frontier.last()) {
        parts.push(format!(
            "From {} to {} FLOPs, size grows from {} to {} parameters and data from {} to {} tokens",
            Format::Powers.value(first.flops),
            Format::Powers.value(last.flops),
            Format::Quantity.value(first.params),
            Format::Quantity.value(last.params),
            Format::Quantity.value(first.tokens),
            Format::Quantity.value(last.tokens),
        ));
    }
    if let Some(end) = largest(input.runs.iter().map(|run| run.flops)) {
        parts.push(format!("The {} runs end at {} FLOPs", input.runs.len(), Format::Powers.value(end)));
    }
    parts.join(". ") + "."
}

fn map_summary(input: &MapInput) -> String {
    let mut parts = vec![match input.plan {
        Some(plan) => {
            format!("The plan for {} FLOPs is {}", Format::Powers.value(plan.flops), in_words(&plan))
        }
        None => "There is no plan".to_owned(),
    }];
    if let Some((low, high, level)) = input.interval {
        let value = input.plan.map_or(low, |plan| plan.params);
        let sizes = Format::Quantity.interval(value, low, high);
        parts.push(format!(
            "{} of the refits put the size between {}",
            units::percent(level),
            sizes.replace(" to ", " and ")
        ));
    }
    parts.join(". ") + "."
}

fn in_words(plan: &Optimum) -> String {
    let sizes = format!(
        "{} parameters on {} tokens",
        Format::Quantity.value(plan.params),
        Format::Quantity.value(plan.tokens)
    );
    plan.loss.map_or(sizes.clone(), |loss| format!("{sizes}, for a loss of {}", LOSS.value(loss)))
}
