//! What a larger batch buys: steps against compute, around the critical batch.

use super::Row;
use crate::figure::{Axis, Chart, Extra, Format, Label, Line, Margin, Mark, Plan as Shown, Role};
use crate::num::{ceil, pow};
use crate::units::{Unit, decimals, show, significant, whole};
use crate::web::budget::{DAY, HOUR, Rented};
use crate::web::json::{self, Json};
use crate::web::limit::{self, Limited};
use crate::web::question::Question;
use crate::web::reading::Plan;

/// The law that is asked: tokens and steps to one loss, by the batch.
pub const TRADE_OFF: &str = "power-lines-trade-off";
/// What stands over the figure.
pub const TITLE: &str = "Time against compute at the loss of the plan";
/// So many batches to each doubling, over so many doublings to either side of the critical batch.
const FINE: i32 = 4;
const DOUBLINGS: i32 = 6;
/// The doublings that stand in the table, in words.
const PARTS: [(i32, &str); 6] = [
    (-3, "An eighth"),
    (-2, "A quarter"),
    (-1, "Half"),
    (0, "The critical batch"),
    (1, "Twice"),
    (2, "Four times"),
];
const STEPS: &str = "steps";
const COMPUTE: &str = "compute of the plan";

/// A plan, and a critical batch for it.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    name: String,
    critical: f64,
    size: f64,
    tokens: f64,
    flops: f64,
}

/// One batch, and what reaches the loss of the plan with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    batch: f64,
    steps: f64,
    tokens: f64,
    flops: f64,
}

/// What turns compute into time: the devices, and either how many there are or how long they have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// So many.
    Count(Rented, f64),
    /// So many days.
    Days(Rented, f64),
}

impl Pace {
    /// What a question says of time; a deadline before a number of devices.
    pub fn of(question: &Question) -> Option<Self> {
        let rented = question.rented()?;
        let days = limit::amount(&question.limits, Limited::Deadline);
        days.map(|days| Self::Days(rented, days)).or(rented.count.map(|count| Self::Count(rented, count)))
    }

    /// What stands over its columns.
    pub fn heads(&self) -> [String; 2] {
        let first = match self {
            Self::Count(rented, count) => format!("Days on {} {}", whole(*count), rented.short_name()),
            Self::Days(rented, days) => format!("{} for {}", rented.short_name(), show(*days, Unit::Days)),
        };
        [first, "Seconds of a step".to_owned()]
    }

    fn says(&self, point: &Point) -> Option<[String; 2]> {
        let (count, days) = match self {
            Self::Count(rented, count) => (*count, rented.hours(point.flops)? / DAY / count),
            Self::Days(rented, days) => (ceil(rented.hours(point.flops)? / DAY / days), *days),
        };
        let first = if matches!(self, Self::Count(..)) { significant(days, 3) } else { whole(count) };
        Some([first, significant(days * DAY * HOUR / point.steps, 3)])
    }
}

impl About {
    /// What the critical batch of a row is for; nothing where the row has none.
    pub fn of(plan: &Plan, row: &Row) -> Option<Self> {
        Some(Self {
            name: row.name.clone(),
            critical: row.batch.filter(|_| row.critical)?,
            size: plan.size()?,
            tokens: plan.tokens()?,
            flops: plan.flops?,
        })
    }

    fn batches(&self) -> impl Iterator<Item = f64> {
        let end = FINE * DOUBLINGS;
        (-end..=end).map(|at| self.critical * pow(2.0, f64::from(at) / f64::from(FINE)))
    }

    /// The question for tokens and steps by the batch.
    pub fn question(&self) -> String {
        let at = json::object(&[
            ("N", json::number(self.size)),
            ("D_min", json::number(self.tokens)),
            ("B_crit", json::number(self.critical)),
            ("B", json::list(self.batches().map(json::number))),
        ]);
        json::object(&[("predict", json::object(&[("law", json::string(TRADE_OFF)), ("at", at)]))])
    }

    /// What it answers, by rising batch.
    pub fn points(&self, answer: &str) -> Option<Vec<Point>> {
        let outputs = Json::read(answer)?.get("predict")?.get("outputs")?;
        let column = |name: &str| Some(outputs.get(name)?.items());
        let point = |(batch, (tokens, steps)): (f64, (Json<'_>, Json<'_>))| {
            let (tokens, steps) = (tokens.number()?, steps.number()?);
            Some(Point { batch, steps, tokens, flops: self.flops * tokens / self.tokens })
        };
        self.batches().zip(column("D")?.into_iter().zip(column("S")?)).map(point).collect()
    }

    /// What the figure shows, in sentences.
    pub fn says(&self) -> String {
        format!(
            "{} says {} tokens. There a run takes twice the fewest steps, {}, and twice the fewest tokens, which are taken to be \
             those of the plan: a smaller batch saves compute, a larger one time.",
            self.name,
            show(self.critical, Unit::Tokens).number(),
            whole(2.0 * self.tokens / self.critical),
        )
    }

    /// The rows of the table: the batch, its tokens, steps, tokens in all, FLOPs, and what its pace says.
    pub fn rows(&self, points: &[Point], pace: Option<Pace>) -> Vec<Vec<String>> {
        let row = |(doubling, words): (i32, &str)| {
            let point = points.get(usize::try_from(FINE * (DOUBLINGS + doubling)).ok()?)?;
            let shown = |value, unit| show(value, unit).number();
            let mut row = vec![
                words.to_owned(),
                shown(point.batch, Unit::Tokens),
                whole(point.steps),
                shown(point.tokens, Unit::Tokens),
                shown(point.flops, Unit::Flops),
                format!("{} ×", decimals(point.tokens / self.tokens, 3)),
            ];
            row.extend(pace.and_then(|pace| pace.says(point)).into_iter().flatten());
            Some(row)
        };
        PARTS.into_iter().filter_map(row).collect()
    }

    /// The figure.
    pub fn chart(&self, points: &[Point]) -> Option<Chart> {
        let (first, last) = (points.first()?, points.last()?);
        let middle = points.get(points.len() / 2)?;
        let times = |point: &Point| point.flops / self.flops;
        let batch = |values| Extra { column: "batch".to_owned(), format: Format::Quantity, values };
        let line = Line {
            extra: Some(batch(points.iter().map(|point| point.batch).collect())),
            ..Line::new(
                "batch",
                COMPUTE,
                points.iter().rev().map(|point| (point.steps, times(point))).collect(),
            )
        };
        let at = Shown {
            name: "critical batch".to_owned(),
            at: (middle.steps, times(middle)),
            column: COMPUTE.to_owned(),
            label: Label::always(format!("critical batch, {}", show(middle.batch, Unit::Tokens).number())),
            extra: Some(batch(vec![middle.batch])),
        };
        Some(Chart {
            title: TITLE.to_owned(),
            summary: self.says(),
            x: Axis::log(STEPS, STEPS, (last.steps, first.steps), Format::Quantity),
            y: Axis::log(
                "times the compute of the plan",
                COMPUTE,
                (times(first), times(last)),
                Format::Quantity,
            ),
            marks: vec![Mark::Line(Line { role: Role::Ink, ..line }), Mark::Plan(at)],
            margin: Margin::Bare,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;
    use crate::web::limit::Limit;

    fn about() -> About {
        About { name: "A law".to_owned(), critical: 1e6, size: 1e10, tokens: 2e11, flops: 1.2e22 }
    }

    fn points() -> Vec<Point> {
        about().points(&answer_text(&about().question(), &mut |_| {})).unwrap()
    }

    #[test]
    fn steps_and_compute_trade_as_mccandlish_says() {
        let (about, points) = (about(), points());
        for point in &points {
            // (S / S_min - 1) (E / E_min - 1) = 1.
            let (steps, tokens) = (point.steps / 2e5 - 1.0, point.tokens / about.tokens - 1.0);
            assert!((steps * tokens - 1.0).abs() < 1e-9, "{point:?}");
            assert!((point.steps * point.batch / point.tokens - 1.0).abs() < 1e-12);
        }
        let rows = about.rows(&points, None);
        assert_eq!(rows.len(), PARTS.len());
        let said = |row: &[String]| row.join("; ").replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(said(&rows[3]), "The critical batch; 1.00 M; 400 000; 400 B; 2.40 × 10²²; 2.000 ×");
        assert_eq!(said(&rows[1]), "A quarter; 250 K; 1 000 000; 250 B; 1.50 × 10²²; 1.250 ×");
        assert_eq!(about.chart(&points).unwrap().table().rows.len(), points.len() + 1);
    }

    #[test]
    fn a_deadline_says_how_many_devices_and_how_fast_a_step() {
        let mut question = Question::default();
        assert_eq!(Pace::of(&question), None);
        question.limits.push(Limit { on: Limited::Devices, text: "64".to_owned() });
        // 400 000 steps of 2.4e22 FLOPs in all, on 64 devices of 0.4 times 989e12 FLOP/s.
        let pace = Pace::of(&question).unwrap();
        let row = &about().rows(&points(), Some(pace))[3];
        assert_eq!(pace.heads()[0], "Days on 64 H100");
        assert_eq!(row[6..], ["11.0", "2.37"]);
        question.limits.push(Limit { on: Limited::Deadline, text: "5 days".to_owned() });
        let pace = Pace::of(&question).unwrap();
        let row = &about().rows(&points(), Some(pace))[3];
        assert_eq!(pace.heads()[0].replace('\u{a0}', " "), "H100 for 5 days");
        assert_eq!(row[6..], ["141", "1.08"]);
    }
}
