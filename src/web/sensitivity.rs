//! What moves the plan: everything that it rests on, a little less and a little more of each alone.

use super::formula_text::greek;
use super::question::Question;
use super::reading::{FitEntry, LawEntry, Plan};
use crate::num::{ln, max};
use crate::units::{self, Unit, ascii, read, show};

/// By how much what the reader says is changed.
const SAID: f64 = 0.1;
/// By how much a value of the fit is, and a loss to reach.
const FITTED: f64 = 0.01;

/// One thing changed alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What is changed.
    pub name: String,
    /// By what share of it.
    by: f64,
    /// The questions with less and with more of it.
    pub questions: [String; 2],
}

/// What became of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What was changed, and by how much.
    pub name: String,
    /// By what share.
    pub by: String,
    /// The sizes with less and with more of it.
    pub size: [Option<f64>; 2],
    /// The losses.
    pub loss: [Option<f64>; 2],
    /// How far the sizes go from that of the plan, as logarithms.
    reach: [f64; 2],
}

/// Everything that can be changed alone: the budget or what is given instead, what is said beside it, what the law needs and
/// the values of the fit.
pub fn changes(question: &Question, law: &LawEntry, fit: &FitEntry) -> Vec<Change> {
    let said = of_budget(question).into_iter().chain(of_limits(question)).chain(of_needs(question, law));
    said.chain(of_fit(question, fit)).collect()
}

/// Less and more of a value.
fn around(value: f64, by: f64) -> [f64; 2] {
    [value * (1.0 - by), value * (1.0 + by)]
}

/// A change of a value, where both questions can be asked.
fn change(name: String, value: f64, by: f64, asked: impl Fn(f64) -> Option<String>) -> Option<Change> {
    let [less, more] = around(value, by).map(asked);
    Some(Change { name, by, questions: [less?, more?] })
}

fn of_budget(question: &Question) -> Option<Change> {
    let Some((aim, text)) = question.aim() else {
        let budget = question.budget().ok()?;
        return change("Budget".to_owned(), budget.flops, SAID, |flops| question.allocate_at(flops));
    };
    let by = if aim.unit() == Unit::NatsPerToken { FITTED } else { SAID };
    change(aim.name().to_owned(), aim.read(text).ok()?.value, by, |value| {
        let mut changed = question.clone();
        changed.aims.write(aim, ascii(value));
        changed.allocate()
    })
}

fn of_limits(question: &Question) -> impl Iterator<Item = Change> {
    let limits = question.limits.iter().enumerate().filter(|(_, limit)| !limit.on.is_of_shape());
    limits.filter_map(|(at, limit)| {
        change(limit.on.name().to_owned(), limit.amount()?.value, SAID, |value| {
            let mut changed = question.clone();
            changed.limits[at].text = ascii(value);
            changed.allocate()
        })
    })
}

fn of_needs(question: &Question, law: &LawEntry) -> impl Iterator<Item = Change> {
    let given = question.needs.iter().enumerate().filter(|(_, need)| need.is_given());
    given.filter_map(|(at, need)| {
        let family = need.name.split('[').next();
        let input = law.inputs.iter().find(|input| Some(&*input.name) == family)?;
        change(need.name.clone(), read(&need.text, input.unit).ok()?.value, SAID, |value| {
            let mut changed = question.clone();
            changed.needs[at].text = ascii(value);
            changed.allocate()
        })
    })
}

fn of_fit(question: &Question, fit: &FitEntry) -> impl Iterator<Item = Change> {
    fit.values.iter().filter_map(|(name, value)| {
        change(greek(name).unwrap_or(name).to_owned(), *value, FITTED, |value| {
            let mut changed = fit.clone();
            let at = changed.values.0.iter_mut().find(|(known, _)| known == name)?;
            at.1 = value;
            question.allocate_with(&changed.as_json())
        })
    })
}

/// The rows, by how far they move the size; what moves nothing has none.
pub fn rows(changes: &[Change], plan: &Plan, answers: &[impl AsRef<str>]) -> Vec<Row> {
    let plans = |at: usize| [0, 1].map(|end| Plan::read(answers.get(2 * at + end)?.as_ref()));
    let row = |(at, change): (usize, &Change)| {
        let plans = plans(at);
        let of = |of: fn(&Plan) -> Option<f64>| [0, 1].map(|end| of(plans[end].as_ref()?));
        let [size, loss] = [of(Plan::size), of(|plan| plan.value)];
        let reach = size.map(|size| size.zip(plan.size()).map_or(0.0, |(size, now)| ln(size / now)));
        let row = Row { name: change.name.clone(), by: units::percent(change.by), size, loss, reach };
        let lost = size.iter().any(Option::is_none);
        let moves = loss.iter().any(|loss| loss.zip(plan.value).is_some_and(|(loss, now)| loss != now));
        (lost || moves || row.reach() > 1e-9).then_some(row)
    };
    let mut rows: Vec<Row> = changes.iter().enumerate().filter_map(row).collect();
    rows.sort_by(|a, b| b.reach().total_cmp(&a.reach()));
    rows
}

impl Row {
    fn reach(&self) -> f64 {
        self.reach.iter().fold(0.0, |most, reach| max(most, reach.abs()))
    }

    /// Where its bar begins and how wide it is, as shares of a line of which the middle is the plan.
    pub fn bar(&self, rows: &[Self]) -> (f64, f64) {
        let most = rows.iter().map(Self::reach).fold(0.0, max);
        let at = |reach: f64| if most > 0.0 { 0.5 + 0.5 * reach / most } else { 0.5 };
        let ends = self.reach.map(at).into_iter().chain([0.5]);
        let (low, high) = ends.fold((1.0, 0.0), |(low, high), at| (crate::num::min(low, at), max(high, at)));
        (low, high - low)
    }

    /// The sizes and the losses, less before more.
    pub fn shown(&self) -> [String; 2] {
        let to = |[less, more]: [Option<f64>; 2], shown: &dyn Fn(f64) -> String| {
            let shown = |value: Option<f64>| value.map_or("none".to_owned(), shown);
            format!("{} to {}", shown(less), shown(more))
        };
        [
            to(self.size, &|size| show(size, Unit::Parameters).number()),
            to(self.loss, &|loss| units::decimals(loss, 4)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::limit::{Limit, Limited};
    use super::*;
    use crate::ask::answer_text;
    use crate::web::reading::read_laws;

    fn answer(question: &str) -> String {
        answer_text(question, &mut |_| {})
    }

    fn moved(question: &Question) -> Vec<Row> {
        let laws = read_laws(&answer(r#"{"laws":{"only":["chinchilla"]}}"#));
        let changes = changes(question, &laws[0], laws[0].fit("refit-240").unwrap());
        let plan = Plan::read(&answer(&question.allocate().unwrap())).unwrap();
        let answers: Vec<String> =
            changes.iter().flat_map(|change| &change.questions).map(|question| answer(question)).collect();
        rows(&changes, &plan, &answers)
    }

    #[test]
    fn bars_are_the_elasticities_of_the_closed_form() {
        let rows = moved(&Question::default());
        let reach = |name: &str| rows.iter().find(|row| row.name == name).unwrap().reach;
        // N* = G (C/6)^(beta / (alpha + beta)), G = (alpha A / (beta B))^(1 / (alpha + beta)).
        let laws = read_laws(&answer(r#"{"laws":{"only":["chinchilla"]}}"#));
        let values = &laws[0].fit("refit-240").unwrap().values;
        let [alpha, beta] = ["alpha", "beta"].map(|name| values.get(name).unwrap());
        let close =
            |given: f64, expected: f64| assert!((given - expected).abs() < 1e-9, "{given}, {expected}");
        close(reach("Budget")[1], beta / (alpha + beta) * ln(1.1));
        close(reach("A")[0], ln(0.99) / (alpha + beta));
        close(reach("B")[1], -ln(1.01) / (alpha + beta));
        // The floor moves the loss alone.
        assert!(reach("E").iter().all(|reach| reach.abs() < 1e-12));
        assert!(["α", "β"].contains(&&*rows[0].name), "{rows:?}");
        let (from, wide) = rows[0].bar(&rows);
        assert!((0.0..=0.5).contains(&from) && (0.5..=1.0).contains(&(from + wide)));
    }

    #[test]
    fn what_is_said_beside_the_budget_is_changed_too() {
        let limits = [(Limited::Serving, "2T"), (Limited::LargestSize, "500B"), (Limited::Context, "8192")];
        let limits = limits.map(|(on, text)| Limit { on, text: text.to_owned() });
        let rows = moved(&Question { limits: limits.into(), ..Question::default() });
        let names: Vec<&str> = rows.iter().map(|row| &*row.name).collect();
        // A limit that does not bind moves nothing, and a shape is no part of a plan.
        assert!(names.contains(&"Serving demand") && !names.contains(&"Largest size"), "{names:?}");
        assert!(!names.contains(&"Context"), "{names:?}");
        let [sizes, losses] = rows.iter().find(|row| row.name == "Serving demand").unwrap().shown();
        assert!(sizes.contains(" to ") && losses.contains(" to "), "{sizes}; {losses}");
    }
}
