//! The curve of a law over one of its inputs: what it asks, and what it shows of the answers.

use super::evaluator;
use super::json::Json;
use crate::figure::law::{self, Amount, LawInput};
use crate::figure::{Chart, Format};
use crate::num;
use crate::units::{Unit, show};

/// What is over the figure.
pub const TITLE: &str = "The law along one input";

/// The law is asked for at so many values of the input.
const STEPS: usize = 61;
/// Of the other fits, so many are drawn.
pub const OTHERS: usize = 5;

/// A variable of a law, as a chart names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// Its symbol.
    pub symbol: String,
    /// Its unit.
    pub unit: Unit,
    /// What it counts.
    pub counts: String,
}

impl Axis {
    /// As the chart names it: `tokens D`, `size N, parameters`.
    fn amount(&self, span: (f64, f64)) -> Amount {
        let name = lower(&evaluator::name(self.unit, &self.counts));
        let symbol = super::formula_text::greek(&self.symbol).unwrap_or(&self.symbol);
        let words = self.unit.words();
        let unit =
            if words.is_empty() || name.contains(words) { String::new() } else { format!(", {words}") };
        Amount { name: format!("{name} {symbol}{unit}"), unit: words.to_owned(), format: self.format(span) }
    }

    fn format(&self, (low, high): (f64, f64)) -> Format {
        match self.unit {
            unit if unit.is_loss() => Format::Decimal(3),
            Unit::Flops | Unit::FlopsPerToken => Format::Powers,
            Unit::One | Unit::TokensPerParameter | Unit::Seconds | Unit::Bits
                if low > 0.0 && high / low > 100.0 =>
            {
                Format::Powers
            }
            Unit::One | Unit::TokensPerParameter | Unit::Seconds | Unit::Bits => {
                Format::Decimal(if high - low > 20.0 { 0 } else { 3 })
            }
            _ => Format::Quantity,
        }
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// Over which values to draw a law about a value, widest first: the next is for a law that means nothing over all
/// of the one before. `runs` is the range of the runs in that input.
pub fn spans(value: f64, runs: Option<(f64, f64)>) -> Vec<(f64, f64)> {
    let (low, high) = runs.unwrap_or((value, value));
    let (low, high) = (num::min(low, value), num::max(high, value));
    if low > 0.0 {
        let wide = if runs.is_some() { 4.0 } else { 30.0 };
        return vec![(low / wide, high * wide), (low / 1.5, high * 1.5), (low, high), (value / 1.2, value)];
    }
    let more = num::max((high - low) / 4.0, num::max(value.abs() / 2.0, 1e-3));
    vec![(low - more, high + more), (low, high + more), (low, high), (low - more, high)]
        .into_iter()
        .filter(|(low, high)| low < high)
        .collect()
}

/// The values of the input over a span.
pub fn positions((low, high): (f64, f64)) -> Vec<f64> {
    let last = (STEPS - 1) as f64;
    if low > 0.0 {
        return crate::figure::Grid::positions(low, high, STEPS);
    }
    (0..STEPS).map(|step| low + (high - low) * step as f64 / last).collect()
}

/// What a law gives over columns, of one of its outputs.
pub fn read(answer: &str, output: &str) -> Option<Vec<f64>> {
    let values = Json::read(answer)?.get("predict")?.get("outputs")?.get(output)?.items();
    Some(values.into_iter().map(|value| value.number().unwrap_or(f64::NAN)).collect())
}

/// What the chart is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The input.
    pub input: Axis,
    /// The output.
    pub output: Axis,
    /// The values of the input.
    pub x: Vec<f64>,
    /// The law with the chosen fit there.
    pub y: Vec<f64>,
    /// The law with its other fits there, each with its name.
    pub others: Vec<(String, Vec<f64>)>,
    /// The range of the runs in that input.
    pub runs: Option<(f64, f64)>,
    /// The point that the page evaluates.
    pub at: Option<(f64, f64)>,
}

impl Curve {
    /// The chart.
    pub fn chart(&self) -> Chart {
        let span = (self.x.first().copied().unwrap_or(1.0), self.x.last().copied().unwrap_or(10.0));
        let points = |y: &[f64]| self.x.iter().copied().zip(y.iter().copied()).collect::<Vec<_>>();
        let finite = || self.y.iter().copied().filter(|y| y.is_finite());
        let heights = (finite().reduce(num::min).unwrap_or(0.0), finite().reduce(num::max).unwrap_or(1.0));
        let others: Vec<_> = self.others.iter().map(|(name, y)| (name.clone(), points(y))).collect();
        law::over(&LawInput {
            title: TITLE,
            x: &self.input.amount(span),
            y: &self.output.amount(heights),
            span,
            line: &points(&self.y),
            others: &others,
            runs: self.runs,
            at: self.at,
        })
    }
}

/// What is said under its name: `held` are the other inputs with their values.
pub fn says(input: &Axis, held: &[(Axis, f64)], runs: bool, others: bool) -> String {
    let held: Vec<String> = held
        .iter()
        .map(|(axis, value)| format!("{} held at {}", axis.symbol, show(*value, axis.unit)))
        .collect();
    let held = if held.is_empty() { String::new() } else { format!(", with {}", held.join(" and ")) };
    let runs = if runs { " The shade is the range of the runs behind the fit." } else { "" };
    let others = if others { " Thin lines are other fits." } else { "" };
    format!(
        "Against {} {}{held}.{runs}{others}",
        lower(&evaluator::name(input.unit, &input.counts)),
        input.symbol
    )
}
