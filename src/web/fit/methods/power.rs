//! Power laws of size and tokens in compute, as the approaches of best sizes find them.

use crate::figure::{Axis, Chart, Dash, Dots, Format, Label, Line, Margin, Mark, Role, Rule, Side};
use crate::num;
use crate::units;
use crate::web::json::Json;

use super::log_range;

/// A power of compute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Power {
    /// The exponent.
    pub exponent: f64,
    /// Its standard error, where the method gives one.
    pub se: Option<f64>,
    log10_coefficient: f64,
}

/// The power laws of N and D.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Powers {
    /// Of N.
    pub n: Power,
    /// Of D.
    pub d: Power,
}

impl Power {
    fn read(law: Json<'_>) -> Option<Self> {
        let law = law.members();
        let number = |name| law.get(name).and_then(|value| value.number());
        Some(Self {
            exponent: number("exponent")?,
            se: number("se"),
            log10_coefficient: number("log10_coefficient")?,
        })
    }

    /// What it gives for a budget.
    pub fn at(&self, compute: f64) -> f64 {
        num::pow(10.0, self.log10_coefficient + self.exponent * num::log10(compute))
    }

    /// The exponent as it is printed, with its error: `0.513 ± 0.001`.
    pub fn print(&self) -> String {
        let exponent = units::decimals(self.exponent, 3);
        match self.se {
            Some(se) => format!("{exponent}\u{a0}±\u{a0}{}", units::decimals(se, 3)),
            None => exponent,
        }
    }
}

impl Powers {
    /// Reads those of an Answer; none where it has none.
    pub fn read(laws: Option<Json<'_>>) -> Option<Self> {
        let laws = laws?;
        Some(Self { n: Power::read(laws.get("N")?)?, d: Power::read(laws.get("D")?)? })
    }
}

/// A power law in a picture.
pub struct Drawn {
    /// What it is of.
    pub name: String,
    /// What its values are: `parameters`.
    pub column: &'static str,
    /// What is written beside it.
    pub label: Label,
    /// The law.
    pub power: Power,
    /// What its colour says.
    pub role: Role,
    /// How it is broken.
    pub dash: Dash,
}

/// Power laws over compute, with the points that they go through: from the smallest budget to the largest, or to that of
/// the decision.
pub fn chart(
    title: &str,
    summary: String,
    laws: Vec<Drawn>,
    dots: Vec<Dots>,
    budget: Option<f64>,
) -> Option<Chart> {
    let points = || dots.iter().flat_map(|dots| dots.points.iter().copied());
    let range = log_range(points().map(|(x, _)| x).chain(budget))?;
    let steps = [range.0, num::sqrt(range.0 * range.1), range.1];
    let values = laws.iter().flat_map(|law| steps.map(|c| law.power.at(c)));
    let across = log_range(points().map(|(_, y)| y).chain(values))?;
    let unit = laws.first().map_or("parameters", |law| law.column);
    let name = if laws.iter().any(|law| law.column != unit) { "parameters, tokens" } else { unit };
    let line = |law: Drawn| {
        let points = steps.map(|c| (c, law.power.at(c))).to_vec();
        let Drawn { name, column, label, role, dash, .. } = law;
        Mark::Line(Line { role, dash, label, ..Line::new(&name, column, points) })
    };
    let rule = budget.map(|x| {
        let label = Label::each("budget of the decision", "budget");
        Mark::Rule(Rule { x, role: Role::Accent, dash: Dash::Solid, label, side: Side::Left })
    });
    let marks = laws.into_iter().map(line).chain(dots.into_iter().map(Mark::Dots)).chain(rule).collect();
    Some(Chart {
        title: title.to_owned(),
        summary,
        x: Axis::log("training FLOPs", "FLOPs", range, Format::Powers),
        y: Axis::log(name, unit, across, Format::Quantity),
        marks,
        margin: Margin::Names,
    })
}
