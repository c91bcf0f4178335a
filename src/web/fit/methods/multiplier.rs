//! How much more compute another fit needs than this one for the same loss.

use super::{asked, pair};
use crate::figure::{Axis, Band, Chart, Dash, Format, Line, Margin, Mark, Role};
use crate::num;
use crate::units::{self, Unit, significant};
use crate::web::fit::rows::loss_label;
use crate::web::fit::study::{Study, positive};
use crate::web::json::{self, Json};
use crate::web::reading::LawEntry;

/// What is over the picture.
pub const MULTIPLIER: &str = "Compute for the same loss, the other fit over this one";
/// The choice that stands for the fit that the reader held; no id has a space.
pub const HELD: &str = "the fit held";
/// Between two ends so many losses are asked for.
const LOSSES: usize = 9;
/// The share of the draws within the band.
const LEVEL: &str = "90\u{a0}%";

/// Another fit, as the contract has a recipe, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// What it is called.
    pub name: String,
    law: String,
    fit: String,
}

impl Recipe {
    /// A fit of a law: both as the contract's JSON.
    pub fn new(name: String, law: String, fit: String) -> Self {
        Self { name, law, fit }
    }

    /// A published fit of a law.
    pub fn published(law: &LawEntry, id: &str) -> Option<Self> {
        let fit = law.fit(id)?;
        Some(Self::new(fit.name.clone(), json::string(&law.id), json::string(id)))
    }

    /// As it is kept.
    pub fn write(&self) -> String {
        json::object(&[
            ("name", json::string(&self.name)),
            ("law", self.law.clone()),
            ("fit", self.fit.clone()),
        ])
    }

    /// What was kept.
    pub fn read(text: &str) -> Option<Self> {
        let kept = Json::read(text)?.members();
        let json = |name| Some(kept.get(name)?.as_text().to_owned());
        Some(Self { name: kept.get("name")?.string()?, law: json("law")?, fit: json("fit")? })
    }

    fn json(&self) -> String {
        json::object(&[("law", self.law.clone()), ("fit", self.fit.clone())])
    }
}

/// The losses at which both are compared; none is left to the engine, which takes those that the runs of both reach.
///
/// # Errors
/// What was expected, in a sentence.
pub fn losses(study: &Study) -> Result<Vec<f64>, String> {
    let text = study.losses.trim();
    let number = |text: &str| positive(text, "losses such as 2.6 to 2.2, or 2.6, 2.4, 2.2");
    if text.is_empty() {
        return Ok(Vec::new());
    }
    match text.split_once(" to ") {
        Some((from, to)) => {
            let (from, to) = (number(from)?, number(to)?);
            let step = (to - from) / (LOSSES - 1) as f64;
            Ok((0..LOSSES).map(|at| if at + 1 == LOSSES { to } else { from + step * at as f64 }).collect())
        }
        None => text.split([',', ';']).map(number).collect(),
    }
}

/// The question for the compute of another fit over that of this one; nothing while the losses cannot be read.
pub fn ask(study: &Study, this: &Recipe, other: &Recipe) -> Option<String> {
    let losses = losses(study).ok()?;
    let mut fields = vec![("a", this.json()), ("b", other.json())];
    if !losses.is_empty() {
        let list = json::list(losses.into_iter().map(json::number));
        fields.push(("over", json::object(&[("loss", list)])));
    }
    Some(asked("multiplier", &fields))
}

/// What has come of it: by loss, the compute of the other fit over that of this one.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiplier {
    losses: Vec<f64>,
    unit: Unit,
    values: Vec<Option<f64>>,
    ends: Vec<Option<[f64; 2]>>,
}

impl Multiplier {
    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        let answer = Json::read(answer)?.get("multiplier")?.members();
        let list = |name| answer.get(name).map(|list| list.items()).unwrap_or_default().into_iter();
        let values: Vec<_> = list("value").map(Json::number).collect();
        let mut ends: Vec<_> = list("intervals").map(pair).collect();
        ends.resize(values.len(), None);
        let unit = answer.get("unit").and_then(|unit| unit.string()?.parse().ok());
        Some(Self {
            losses: list("losses").filter_map(Json::number).collect(),
            unit: unit.unwrap_or(Unit::NatsPerToken),
            values,
            ends,
        })
    }

    fn known(&self) -> impl Iterator<Item = (f64, f64, Option<[f64; 2]>)> {
        let each = self.losses.iter().zip(&self.values).zip(&self.ends);
        each.filter_map(|((loss, value), ends)| Some((*loss, (*value)?, *ends)))
    }

    /// The lowest loss that both reach: that of most compute.
    fn last(&self) -> Option<(f64, f64, Option<[f64; 2]>)> {
        self.known().reduce(|low, next| if next.0 < low.0 { next } else { low })
    }

    /// The one number that matters.
    pub fn finding(&self) -> String {
        match self.last() {
            Some((loss, value, _)) => {
                format!("{} times the compute at a loss of {}", factor(value), decimals(loss))
            }
            None => "no loss that both reach".to_owned(),
        }
    }

    /// `At a loss of 2.2 Hoffmann 2022 needs 1.27 times the compute, 90 %: 1.10 to 1.40.`
    pub fn says(&self, other: &str) -> String {
        let Some((loss, value, ends)) = self.last() else {
            return format!("“{other}” and this fit reach none of these losses together.");
        };
        let ends = ends.map(|[low, high]| format!(", {LEVEL}: {} to {}", factor(low), factor(high)));
        let missing = self.values.len() - self.known().count();
        let rest = match missing {
            0 => String::new(),
            1 => " One loss is not reached by both.".to_owned(),
            _ => format!(" {missing} losses are not reached by both."),
        };
        format!(
            "At a loss of {} “{other}” needs {} times the compute that this fit needs{}.{rest}",
            decimals(loss),
            factor(value),
            ends.unwrap_or_default()
        )
    }

    /// The ratio over the loss, with the band of the draws.
    pub fn chart(&self, other: &str) -> Option<Chart> {
        let known: Vec<_> = self.known().collect();
        let ends = || known.iter().filter_map(|(_, _, ends)| *ends).flatten();
        let y = super::log_range(known.iter().map(|(_, value, _)| *value).chain(ends()).chain([1.0]))?;
        let (low, high) = super::span(known.iter().map(|(loss, _, _)| *loss))?;
        let room = num::max(0.02 * (high - low), 1e-3 * high);
        let name = "the other fit over this one";
        let line = Line {
            role: Role::Accent,
            ..Line::new(name, "times", known.iter().map(|(x, y, _)| (*x, *y)).collect())
        };
        let pairs: Option<Vec<[f64; 2]>> = known.iter().map(|(_, _, ends)| *ends).collect();
        let band = pairs.filter(|pairs| !pairs.is_empty()).map(|pairs| {
            Mark::Band(Band {
                name: name.to_owned(),
                column: "times".to_owned(),
                level: LEVEL.to_owned(),
                x: known.iter().map(|(loss, _, _)| *loss).collect(),
                lower: pairs.iter().map(|ends| ends[0]).collect(),
                upper: pairs.iter().map(|ends| ends[1]).collect(),
                role: Role::Accent,
            })
        });
        let even = Line {
            role: Role::Quiet,
            weight: 1.0,
            dash: Dash::Dotted,
            read: false,
            ..Line::new("as much", "times", vec![(low, 1.0), (high, 1.0)])
        };
        let x = Axis::linear(&loss_label(self.unit), "loss", (low - room, high + room), Format::Decimal(2));
        Some(Chart {
            title: MULTIPLIER.to_owned(),
            summary: self.says(other),
            x: Axis { reads: Format::Decimal(3), ..x },
            y: Axis {
                reads: Format::Decimal(3),
                ..Axis::log("times the compute", "times", y, Format::Decimal(2))
            },
            marks: band.into_iter().chain([Mark::Line(even), Mark::Line(line)]).collect(),
            margin: Margin::Bare,
        })
    }
}

/// A ratio as it is printed: `1.27`.
fn factor(ratio: f64) -> String {
    significant(ratio, 3)
}

/// A loss as it is printed in a sentence.
fn decimals(loss: f64) -> String {
    units::decimals(loss, 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::fit::methods::tests::answered;

    fn recipe(fit: &str) -> Recipe {
        Recipe::new(fit.to_owned(), json::string("chinchilla"), json::string(fit))
    }

    fn study(losses: &str) -> Study {
        Study { losses: losses.to_owned(), ..Study::default() }
    }

    #[test]
    fn the_old_recipe_needs_more_for_the_same_loss() {
        let question = ask(&study("2.4, 2.2"), &recipe("hoffmann2022"), &recipe("refit-240")).unwrap();
        let found = Multiplier::read(&answered(&question)).unwrap();
        assert_eq!(found.finding(), "1.27 times the compute at a loss of 2.200");
        assert_eq!(
            found.says("the refit"),
            "At a loss of 2.200 “the refit” needs 1.27 times the compute that this fit needs."
        );
        assert!(found.chart("the refit").unwrap().y.holds(1.267));
    }

    #[test]
    fn losses_are_a_list_or_two_ends() {
        assert_eq!(losses(&study(" ")), Ok(Vec::new()));
        assert_eq!(losses(&study("2.4; 2.2")), Ok(vec![2.4, 2.2]));
        let span = losses(&study("2.6 to 2.2")).unwrap();
        assert_eq!((span.len(), span[0], span[8]), (9, 2.6, 2.2));
        assert!(losses(&study("low")).unwrap_err().starts_with("Expected losses such as 2.6 to 2.2"));
    }

    #[test]
    fn what_no_plan_reaches_is_said() {
        let question = ask(&study("1.0"), &recipe("hoffmann2022"), &recipe("refit-240")).unwrap();
        let found = Multiplier::read(&answered(&question)).unwrap();
        assert_eq!(found.finding(), "no loss that both reach");
        assert_eq!(found.chart("the refit"), None);
    }

    #[test]
    fn a_fit_that_is_held_is_kept_whole() {
        let held = Recipe::new(
            "mine “α”".to_owned(),
            json::string("chinchilla"),
            r#"{"parameters":{"E":1.7}}"#.to_owned(),
        );
        assert_eq!(Recipe::read(&held.write()), Some(held));
        assert_eq!(Recipe::read("{}"), None);
    }
}
