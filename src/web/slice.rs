//! What another size would cost at the compute of the plan: the loss along all sizes that it pays for.

use super::disagreement;
use super::json::Json;
use super::question::Question;
use super::reading::{Plan, read_values};
use super::training::Training;
use super::words;
use crate::figure::{Axis, Band, Chart, Format, Label, Line, Margin, Mark, Plan as Shown, Role};
use crate::num::{exp, ln, max, min};
use crate::units::{Unit, percent, show};

/// What stands over the figure.
pub const TITLE: &str = "What another size would cost at this budget";
/// So many sizes are asked about, over two decades around the plan.
const SIZES: usize = 129;
/// The factor to either end, and that of the sizes whose waste is said.
const REACH: f64 = 8.0;
const OTHER: f64 = 4.0;
/// The share of the compute that is little to waste: one percent.
const LITTLE: f64 = 0.01;
const LOSS: &str = "loss";

/// The plan and what its training takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct About {
    size: f64,
    loss: f64,
    flops: f64,
    training: Training,
    /// The unit of the loss, where that is known.
    unit: Option<Unit>,
}

/// What is found along the sizes.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    about: About,
    /// Size and loss, by size.
    points: Vec<(f64, f64)>,
    /// The sizes between which little is wasted.
    near: Option<(f64, f64)>,
    /// The share that is wasted by a quarter of the size, and by four times it.
    wasted: [Option<f64>; 2],
}

impl About {
    /// What the figure is about; nothing for a plan without size, loss or training compute.
    pub fn of(question: &Question, plan: &Plan) -> Option<Self> {
        plan.tokens()?;
        let (size, loss, flops) = (plan.size()?, plan.value?, plan.flops?);
        Some(Self { size, loss, flops, training: question.training(), unit: plan.loss_unit() })
    }

    fn tokens(&self, size: f64) -> f64 {
        self.flops / self.training.of_token(size)
    }

    fn sizes(&self) -> Vec<f64> {
        let step = |at: usize| 2.0 * at as f64 / (SIZES - 1) as f64 - 1.0;
        (0..SIZES).map(|at| self.size * exp(step(at) * ln(REACH))).collect()
    }

    /// The questions about a plan: the losses of all sizes, and the best loss of little less compute, which means something only
    /// where nothing else holds the plan.
    pub fn questions(&self, question: &Question, plan: &Plan) -> Option<Vec<String>> {
        let (sizes, tokens) = self.along();
        let mut questions = vec![question.predict(&sizes, &tokens, plan)?];
        if disagreement::is_plain(question) {
            questions.push(question.allocate_at((1.0 - LITTLE) * self.flops)?);
        }
        Some(questions)
    }

    /// The questions for the least compute that reaches the losses of the other sizes; none where something else holds the plan.
    pub fn others(&self, question: &Question) -> Vec<String> {
        let least = |size| disagreement::least_by(question, size, self.tokens(size));
        [self.size / OTHER, self.size * OTHER].into_iter().filter_map(least).collect()
    }

    fn along(&self) -> (Vec<f64>, Vec<f64>) {
        self.sizes().into_iter().map(|size| (size, self.tokens(size))).unzip()
    }

    /// The question for what most draws of a fit, given as JSON, say of the losses.
    pub fn ask_band(&self, fit: &str, question: &Question, plan: &Plan) -> Option<String> {
        let (sizes, tokens) = self.along();
        question.predict_with(fit.to_owned(), &sizes, &tokens, plan)
    }

    /// Sizes and losses, by size.
    fn points(&self, answers: &[impl AsRef<str>]) -> Option<Vec<(f64, f64)>> {
        Some(self.sizes().into_iter().zip(read_values(answers.first()?.as_ref())?).collect())
    }

    /// The sizes between which little is wasted, by the answers to the questions about the plan.
    pub fn near(&self, answers: &[impl AsRef<str>]) -> Option<(f64, f64)> {
        below(&self.points(answers)?, Plan::read(answers.get(1)?.as_ref())?.value?)
    }

    /// What their answers say, and those about the other sizes.
    pub fn slice(&self, answers: &[impl AsRef<str>], others: &[impl AsRef<str>]) -> Option<Slice> {
        let wasted = |at: usize| disagreement::wasted(others.get(at)?.as_ref(), self.flops);
        Some(Slice {
            about: *self,
            near: self.near(answers),
            wasted: [wasted(0), wasted(1)],
            points: self.points(answers)?,
        })
    }
}

/// The sizes between which the loss lies below a level, by straight lines over their logarithms.
fn below(points: &[(f64, f64)], level: f64) -> Option<(f64, f64)> {
    let crosses = |pair: &&[(f64, f64)]| (pair[0].1 > level) != (pair[1].1 > level);
    let at = |pair: &[(f64, f64)]| {
        let share = (level - pair[0].1) / (pair[1].1 - pair[0].1);
        exp(ln(pair[0].0) + share * ln(pair[1].0 / pair[0].0))
    };
    let mut sizes = points.windows(2).filter(crosses).map(at);
    Some((sizes.next()?, sizes.next()?))
}

/// Between which sizes little is wasted, in words.
pub fn finding((low, high): (f64, f64)) -> String {
    let [low, high] = [low, high].map(|size| show(size, Unit::Parameters).number());
    format!("Any size from {low} to {high} wastes under 1\u{a0}% of the compute")
}

impl Slice {
    /// What it finds, in a sentence.
    pub fn says(&self) -> String {
        let [quarter, times] = self.wasted.map(|share| share.map(percent));
        match (self.near, quarter, times) {
            (Some(near), Some(quarter), Some(times)) => {
                format!("{}, a quarter of the size {quarter}, four times the size {times}.", finding(near))
            }
            _ => "The loss of every size that the training compute of the plan pays for.".to_owned(),
        }
    }

    /// The figure.
    ///
    /// `band` holds the ends of what most draws say, at each size.
    pub fn chart(&self, band: &[[f64; 2]]) -> Chart {
        let About { size, loss, unit, .. } = self.about;
        let line = || self.points.iter().map(|(_, loss)| *loss).chain([loss]);
        let all = || line().chain(band.iter().flatten().copied()).filter(|loss| loss.is_finite());
        let (low, high) = (all().fold(f64::INFINITY, min), all().fold(0.0, max));
        let axis = unit.map_or(LOSS.to_owned(), |unit| format!("loss, {}", unit.words()));
        let room = 0.08 * max(high - low, 1e-3);
        let sizes = (size / REACH, size * REACH);
        let mut marks: Vec<Mark> = self.held(band).into_iter().collect();
        marks.push(Mark::Line(Line::new("size", LOSS, self.points.clone())));
        marks.extend(self.near.map(|(from, to)| {
            let inside = self.points.iter().copied().filter(|(size, _)| (from..=to).contains(size));
            Mark::Line(Line {
                role: Role::Accent,
                weight: 5.0,
                opacity: 0.28,
                read: false,
                ..Line::new("little wasted", LOSS, inside.collect())
            })
        }));
        marks.push(Mark::Plan(Shown {
            name: "plan".to_owned(),
            at: (size, loss),
            column: LOSS.to_owned(),
            label: Label::always(Format::Decimal(3).value(loss)),
            extra: None,
        }));
        Chart {
            title: TITLE.to_owned(),
            summary: self.says(),
            x: Axis::log("parameters", "parameters", sizes, Format::Quantity),
            y: Axis::linear(&axis, LOSS, (low - room, high + room), Format::Decimal(2)),
            marks,
            margin: Margin::Bare,
        }
    }

    fn held(&self, band: &[[f64; 2]]) -> Option<Mark> {
        let whole = !band.is_empty() && band.len() == self.points.len();
        let side = |end: usize| band.iter().map(|ends| ends[end]).collect();
        whole.then(|| {
            Mark::Band(Band {
                name: "size".to_owned(),
                column: LOSS.to_owned(),
                level: words::LEVEL.to_owned(),
                x: self.points.iter().map(|(size, _)| *size).collect(),
                lower: side(0),
                upper: side(1),
                role: Role::Ink,
            })
        })
    }
}

/// The ends of what most draws say, at each size.
pub fn band(answer: &str) -> Option<Vec<[f64; 2]>> {
    let ends = |pair: Json<'_>| match pair.items().as_slice() {
        [low, high] => Some([low.number()?, high.number()?]),
        _ => None,
    };
    Json::read(answer)?.get("predict")?.get("intervals")?.items().into_iter().map(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;

    fn slice(question: &Question) -> Slice {
        let answer = |question: &String| answer_text(question, &mut |_| {});
        let plan = Plan::read(&answer(&question.allocate().unwrap())).unwrap();
        let about = About::of(question, &plan).unwrap();
        let answers = |questions: &[String]| questions.iter().map(answer).collect::<Vec<_>>();
        let around = answers(&about.questions(question, &plan).unwrap());
        about.slice(&around, &answers(&about.others(question))).unwrap()
    }

    #[test]
    fn another_size_wastes_what_the_solver_says() {
        let slice = slice(&Question::default());
        let (low, high) = slice.near.unwrap();
        // By bisection on the closed form: sizes whose loss is the best of 0.99 times the compute.
        assert!((low / 61.88e9 - 1.0).abs() < 0.002 && (high / 86.55e9 - 1.0).abs() < 0.002, "{low}, {high}");
        let least =
            slice.points.iter().copied().fold((0.0, f64::INFINITY), |a, b| if b.1 < a.1 { b } else { a });
        assert!((least.0 / slice.about.size - 1.0).abs() < 1e-9 && least.1 >= slice.about.loss - 1e-12);
        assert!(slice.wasted.iter().all(|wasted| wasted.is_some_and(|share| share > 0.3)), "{slice:?}");
        assert!(slice.says().contains("wastes under"), "{}", slice.says());
        assert_eq!(slice.chart(&[]).table().rows.len(), SIZES + 1);
    }

    #[test]
    fn a_plan_with_limits_has_its_losses_alone() {
        let limits = vec![super::super::limit::Limit {
            on: super::super::limit::Limited::MostTokens,
            text: "100B".to_owned(),
        }];
        let slice = slice(&Question { limits, ..Question::default() });
        assert_eq!((slice.near, slice.wasted), (None, [None, None]));
        assert!(slice.says().starts_with("The loss of every size"));
    }
}
