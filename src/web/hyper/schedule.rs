//! The learning rate over the tokens of the plan, by the schedules that papers print.

use super::Row;
use crate::figure::{Axis, Chart, Dash, Format, Label, Line, Margin, Mark, Place, Role};
use crate::num::min;
use crate::units::{Unit, show, whole};
use crate::web::json::{self, Json};
use crate::web::reading::Plan;

/// What stands over the figure.
pub const TITLE: &str = "The learning rate over the tokens of the plan";
/// Steps of warm-up, as Step Law and `DeepSeek` have them.
const WARM_UP: f64 = 2000.0;
/// The final learning rate of Step Law's runs.
const STEP_LAW_END: f64 = 1e-5;
/// So many equal parts has the run.
const PARTS: usize = 100;
const STEP_LAW: &str = "step-law";
const RATE: &str = "learning rate";

/// A schedule, and where it is from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// The law that says it.
    pub law: &'static str,
    output: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What it does, and who says so.
    pub says: &'static str,
    /// The hyper-parameter law whose runs had it.
    own: &'static str,
    dash: Dash,
    /// How far along it is named.
    along: f64,
}

/// The schedules: what follows the warm-up.
pub const SHAPES: [Shape; 5] = [
    Shape {
        law: "wsd-schedule",
        output: "cosine",
        name: "cosine to 1e-5",
        says: "as in the runs of Li 2025, Step Law",
        own: STEP_LAW,
        dash: Dash::Solid,
        along: 0.42,
    },
    Shape {
        law: "wsd-schedule",
        output: "cosine",
        name: "cosine to a tenth",
        says: "one of those that Hägele 2024 compare",
        own: "",
        dash: Dash::Solid,
        along: 0.6,
    },
    Shape {
        law: "wsd-schedule",
        output: "sqrt_decay",
        name: "cool-down",
        says: "one less the root over the last fifth, Hägele 2024",
        own: "",
        dash: Dash::Dashed,
        along: 0.8,
    },
    Shape {
        law: "deepseek-schedule",
        output: "factor",
        name: "two drops",
        says: "to 0.316 at four fifths and 0.1 at nine tenths, DeepSeek 2024",
        own: "deepseek-hyper",
        dash: Dash::DashDot,
        along: 0.88,
    },
    Shape {
        law: "minicpm-schedule",
        output: "factor",
        name: "halving",
        says: "every 5000 steps of the last tenth, MiniCPM 2024",
        own: "",
        dash: Dash::Dotted,
        along: 0.97,
    },
];

impl Shape {
    /// Its name as it is shown.
    pub fn shown(&self) -> String {
        self.name.replace("1e-5", "10⁻⁵")
    }
}

/// A run at the peak and the batch of one law.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    id: &'static str,
    name: String,
    rate: f64,
    batch: f64,
    tokens: f64,
}

/// What a law is called without what it says.
fn short(name: &str) -> &str {
    name.split(" learning rate").next().unwrap_or_default().trim_end_matches(',')
}

/// Whether a law says enough for a schedule: a peak, and the batch that says how long the warm-up is.
pub fn is_enough(row: &Row) -> bool {
    row.rate.is_some() && row.batch.is_some() && !row.critical
}

impl Schedule {
    /// The run of a row; nothing where it lacks a number, or is no longer than its warm-up.
    pub fn of(plan: &Plan, row: &Row) -> Option<Self> {
        let (rate, batch) = row.rate.zip(row.batch.filter(|_| is_enough(row)))?;
        let run = Self { id: row.id, name: row.name.clone(), rate, batch, tokens: plan.tokens()? };
        (run.steps() > 2.0 * WARM_UP).then_some(run)
    }

    fn steps(&self) -> f64 {
        self.tokens / self.batch
    }

    /// The schedules that are drawn: that of Step Law's runs is no other law's.
    fn shapes(&self) -> impl Iterator<Item = &'static Shape> {
        SHAPES.iter().filter(|shape| shape.own != STEP_LAW || self.id == STEP_LAW)
    }

    /// Where it is asked: at the first step, at equal parts, at the end of the warm-up, and a step before each drop.
    fn at(&self) -> Vec<f64> {
        let steps = self.steps();
        let mut at: Vec<f64> = (1..=PARTS).map(|part| steps * (part as f64 / PARTS as f64)).collect();
        at.extend([1.0, WARM_UP, 0.8 * steps - 1.0, 0.9 * steps - 1.0]);
        at.sort_by(f64::total_cmp);
        at.dedup();
        at
    }

    /// The questions for each schedule over its peak.
    pub fn questions(&self) -> Vec<String> {
        self.shapes().map(|shape| self.question(shape)).collect()
    }

    fn question(&self, shape: &Shape) -> String {
        let steps = self.steps();
        let mut at = vec![("s", json::list(self.at().into_iter().map(json::number)))];
        let mut more = |given: &[(&'static str, f64)]| {
            at.extend(given.iter().map(|(name, value)| (*name, json::number(*value))));
        };
        match shape.law {
            "wsd-schedule" => {
                let end = if shape.own == STEP_LAW { min(STEP_LAW_END / self.rate, 1.0) } else { 0.1 };
                let (share, end) = if shape.output == "cosine" { (1.0, end) } else { (0.2, 0.0) };
                more(&[("T", steps), ("f", share), ("W", WARM_UP), ("F", end), ("init_div", 100.0)]);
            }
            "minicpm-schedule" => more(&[("W", WARM_UP), ("S", 0.9 * steps), ("T_half", 5000.0)]),
            _ => more(&[("T", steps)]),
        }
        json::object(&[(
            "predict",
            json::object(&[("law", json::string(shape.law)), ("at", json::object(&at))]),
        )])
    }

    /// What the figure shows, in sentences.
    pub fn says(&self) -> String {
        let own = SHAPES.iter().find(|shape| shape.own == self.id);
        let whose = own.map_or(
            "Which schedule its runs had is not stated in what was read; another may want another peak."
                .to_owned(),
            |own| format!("Its runs had the {}: another may want another peak.", own.shown()),
        );
        format!(
            "Peak {} and a batch of {} by {}: {} steps, of which the first 2\u{202f}000 warm up. {whose}",
            show(self.rate, Unit::One).number(),
            show(self.batch, Unit::Tokens),
            short(&self.name),
            whole(self.steps()),
        )
    }

    /// The figure; nothing if an answer is none.
    pub fn chart(&self, answers: &[impl AsRef<str>]) -> Option<Chart> {
        let line = |(shape, answer): (&'static Shape, &str)| {
            let factors = Json::read(answer)?.get("predict")?.get("outputs")?.get(shape.output)?.items();
            let point = |(step, factor): (f64, Json<'_>)| {
                (step * self.batch, factor.number().map_or(f64::NAN, |factor| factor * self.rate))
            };
            let own = shape.own == self.id;
            Some(Mark::Line(Line {
                role: if own { Role::Accent } else { Role::Ink },
                weight: if own { 2.0 } else { 1.2 },
                dash: shape.dash,
                label: Label::always(shape.shown()),
                place: Place::Along(shape.along),
                ..Line::new(shape.name, shape.name, self.at().into_iter().zip(factors).map(point).collect())
            }))
        };
        let lines = self.shapes().zip(answers.iter().map(AsRef::as_ref)).map(line);
        Some(Chart {
            title: TITLE.to_owned(),
            summary: self.says(),
            x: Axis::linear("tokens", "tokens", (0.0, self.tokens), Format::Quantity),
            y: Axis {
                reads: Format::Powers,
                ..Axis::linear(RATE, RATE, (0.0, 1.08 * self.rate), Format::Decimal(5))
            },
            marks: lines.collect::<Option<Vec<_>>>()?,
            margin: Margin::Bare,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;
    use crate::laws;
    use crate::num::max;

    fn schedule(id: &'static str) -> Schedule {
        let name = laws::find(id).unwrap().name.to_owned();
        Schedule { id, name, rate: 2e-4, batch: 4e6, tokens: 1e12 }
    }

    fn chart(schedule: &Schedule) -> Chart {
        let answers: Vec<String> =
            schedule.questions().iter().map(|question| answer_text(question, &mut |_| {})).collect();
        schedule.chart(&answers).unwrap()
    }

    fn end(chart: &Chart, name: &str) -> f64 {
        let line = chart.marks.iter().find_map(|mark| match mark {
            Mark::Line(line) if line.name == name => Some(line),
            _ => None,
        });
        line.unwrap().points.last().unwrap().1
    }

    #[test]
    fn each_schedule_ends_where_its_paper_says() {
        let of_step_law = chart(&schedule("step-law"));
        // 250 000 steps: 25 000 of decay halve five times.
        for (name, expected) in [
            ("cosine to 1e-5", 1e-5),
            ("cosine to a tenth", 2e-5),
            ("cool-down", 0.0),
            ("two drops", 2e-5),
            ("halving", 2e-4 / 32.0),
        ] {
            assert!((end(&of_step_law, name) - expected).abs() < 1e-12, "{name}");
        }
        assert_eq!(chart(&schedule("deepseek-hyper")).marks.len(), 4);
    }

    #[test]
    fn each_schedule_reaches_its_peak_after_the_warm_up() {
        for mark in &chart(&schedule("step-law")).marks {
            let Mark::Line(line) = mark else { continue };
            let peak = line.points.iter().map(|point| point.1).fold(0.0, max);
            // A cosine over the whole run has left its peak a little when the warm-up ends.
            assert!((peak / 2e-4 - 1.0).abs() < 1e-3, "{}: {peak}", line.name);
            assert!(line.points[0].1 < 0.02 * peak && line.points.iter().all(|point| point.1.is_finite()));
        }
    }

    #[test]
    fn the_law_of_the_peak_says_whose_schedule_it_is() {
        let says = |id| schedule(id).says().replace(['\u{a0}', '\u{202f}'], " ");
        assert!(says("step-law").contains("Its runs had the cosine to 10⁻⁵"), "{}", says("step-law"));
        assert!(says("step-law").contains("by Step Law: 250 000 steps"), "{}", says("step-law"));
        assert!(says("moonlight").contains("is not stated"));
        assert!(SHAPES.iter().all(|shape| laws::find(shape.law).is_ok()));
    }
}
