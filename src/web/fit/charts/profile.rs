//! The profile of a parameter: how much worse the law fits where the parameter is held elsewhere.

use super::super::outcome::letter;
use super::{plain, span};
use crate::figure::{Axis, Chart, Dash, Format, Label, Line, Margin, Mark, Plan, Role, Rule, Side};
use crate::units::significant;
use crate::web::json::Json;
use crate::web::laws::plot::places;

/// What is over the picture.
pub const PROFILE: &str = "The profile of a parameter";
/// What stands up its side.
const COLUMN: &str = "objective above its least, %";

/// The objective over the values of a parameter, the others at their best for each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    at: Vec<f64>,
    objective: Vec<f64>,
    value: f64,
    least: f64,
    /// The ends of the interval; nothing on a side that the runs do not bound.
    interval: [Option<f64>; 2],
}

impl Profile {
    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        let said = Json::read(answer)?.get("profile")?.members();
        let numbers = |name: &str| -> Option<Vec<f64>> {
            Some(
                said.get(name)?.items().into_iter().map(|value| value.number().unwrap_or(f64::NAN)).collect(),
            )
        };
        let ends = said.get("interval")?.items();
        Some(Self {
            at: numbers("at")?,
            objective: numbers("objective")?,
            value: said.get("value")?.number()?,
            least: said.get("least")?.number()?,
            interval: [ends.first()?.number(), ends.get(1)?.number()],
        })
    }

    /// The interval in a sentence, beside that of the refits.
    pub fn says(&self, name: &str, refits: Option<[f64; 2]>) -> String {
        let print = |value| significant(value, 4);
        let name = letter(name);
        let own = match self.interval {
            [Some(low), Some(high)] => format!("is {} to {}", print(low), print(high)),
            [Some(low), None] => format!("begins at {}; the runs give it no upper end", print(low)),
            [None, Some(high)] => format!("ends at {}; the runs give it no lower end", print(high)),
            [None, None] => "has no ends: the runs do not decide it".to_owned(),
        };
        let refits =
            refits.map(|[low, high]| format!(", that of the refits {} to {}", print(low), print(high)));
        format!("The 90\u{a0}% interval of {name} by its likelihood {own}{}.", refits.unwrap_or_default())
    }

    /// The picture: the objective in percent above its least value, between the ends of the interval and a little
    /// beyond.
    pub fn chart(&self, name: &str) -> Option<Chart> {
        let name = letter(name);
        let above = |objective: &f64| 100.0 * (objective / self.least - 1.0);
        let points: Vec<_> = self.at.iter().copied().zip(self.objective.iter().map(above)).collect();
        let (_, high) = span(points.iter().map(|point| point.1))?;
        let ends = (0.0, if high > 0.0 { 1.04 * high } else { 1.0 });
        let x = plain(&name, self.at.iter().copied().chain([self.value]))?;
        let rule = |(side, end): (Side, Option<f64>)| {
            let words = if side == Side::Left { "5\u{a0}%" } else { "95\u{a0}%" };
            Some(Mark::Rule(Rule {
                x: end?,
                role: Role::Quiet,
                dash: Dash::Dotted,
                label: Label::always(words),
                side,
            }))
        };
        let [low, high] = self.interval;
        let rules = [(Side::Left, low), (Side::Right, high)].into_iter().filter_map(rule);
        let line = Line { role: Role::Accent, ..Line::new("profile", COLUMN, points) };
        let estimate = Plan {
            name: "estimate".to_owned(),
            at: (self.value, 0.0),
            column: COLUMN.to_owned(),
            label: Label::default(),
            extra: None,
        };
        Some(Chart {
            title: PROFILE.to_owned(),
            summary: self.says(&name, None),
            x,
            y: Axis::linear(COLUMN, COLUMN, ends, Format::Decimal(places(ends))),
            marks: rules.chain([Mark::Line(line), Mark::Plan(estimate)]).collect(),
            margin: Margin::Bare,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = concat!(
        r#"{"profile":{"at":[0.2,0.3,0.4],"objective":[0.011,0.01,null],"value":0.3,"least":0.01,"#,
        r#""interval":[0.25,null],"warnings":[]}}"#
    );

    #[test]
    fn an_end_that_the_runs_do_not_give_is_said() {
        let profile = Profile::read(ANSWER).unwrap();
        assert_eq!(
            profile.says("alpha", Some([0.24, 0.35])),
            "The 90\u{a0}% interval of α by its likelihood begins at 0.2500; the runs give it no upper end, that of \
             the refits 0.2400 to 0.3500."
        );
        let chart = profile.chart("alpha").unwrap();
        assert_eq!(chart.marks.iter().filter(|mark| matches!(mark, Mark::Rule(_))).count(), 1);
        assert_eq!(chart.y.range, (0.0, 1.04 * 100.0 * (0.011 / 0.01 - 1.0)));
    }
}
