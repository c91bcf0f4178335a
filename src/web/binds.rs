//! What holds a plan back: the budget and each limit, how much of it is used, and what a tenth more of it would change.

use super::find::Find;
use super::limit::Limit;
use super::question::Question;
use super::reading::Plan;
use crate::units::{self, Unit, ascii, show};

/// A tenth more.
const MORE: f64 = 1.1;

/// The budget or a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub name: &'static str,
    /// What it is set to.
    pub set: String,
    /// How much of that the plan uses.
    pub uses: String,
    /// What a tenth more of it changes.
    pub changes: String,
    /// Whether it holds the plan back.
    pub binds: bool,
}

/// What the last column is called: what is best of the plan.
pub fn changes(find: Find) -> &'static str {
    match find {
        Find::Compute => "10\u{a0}% more changes the compute by",
        Find::Dollars => "10\u{a0}% more changes the dollars by",
        _ => "10\u{a0}% more changes the loss by",
    }
}

/// The questions with a tenth more of each: of the budget, then of each limit that is set. None without limits, and where
/// the budget is another for each plan.
pub fn questions(question: &Question) -> Option<Vec<String>> {
    let limits: Vec<usize> = places(question).collect();
    if limits.is_empty() || matches!(question.find, Find::Size | Find::Tokens) {
        return None;
    }
    let budget =
        (question.find == Find::Loss).then(|| question.allocate_at(MORE * question.budget().ok()?.flops));
    let more = limits.into_iter().map(|at| {
        let mut more = question.clone();
        more.limits[at].text = ascii(MORE * more.limits[at].amount()?.value);
        more.allocate()
    });
    budget.into_iter().chain(more).collect()
}

/// The rows, from the plan and those with a tenth more.
pub fn rows(question: &Question, plan: &Plan, more: &[Option<Plan>]) -> Vec<Row> {
    let is_active = |at: Option<usize>| at.is_some_and(|at| plan.active.contains(&at));
    let budget = (question.find == Find::Loss).then(|| {
        let budget = question.budget().ok()?;
        let binds = is_active(Some(question.asked()));
        let spent = budget.used(plan).map(|spent| said(spent, budget.read.unit));
        Some(Row {
            name: "Budget",
            set: said(budget.read.value, budget.read.unit),
            uses: if binds { "all".to_owned() } else { spent.unwrap_or_default() },
            changes: String::new(),
            binds,
        })
    });
    let limit = |at: usize| {
        let limit = &question.limits[at];
        let (on, amount) = (limit.on, limit.amount()?);
        let binds = !on.is_a_limit() || is_active(question.place_asked(on));
        let uses = limit.used(plan, &question.limits).filter(|_| !binds).map(|used| said(used, on.unit()));
        Some(Row {
            name: on.name(),
            set: said(amount.value, amount.unit),
            uses: uses.unwrap_or_else(|| "all".to_owned()),
            changes: String::new(),
            binds,
        })
    };
    let all = budget.into_iter().chain(places(question).map(limit));
    let change = |(row, more): (Row, &Option<Plan>)| {
        let changes =
            if row.binds { more.as_ref().and_then(|more| change(question.find, plan, more)) } else { None };
        Row { changes: changes.unwrap_or_else(|| "nothing".to_owned()), ..row }
    };
    all.flatten().zip(more).map(change).collect()
}

/// An amount in a column of many units. A time or hours would not be known by their number.
fn said(value: f64, unit: Unit) -> String {
    let shown = show(value, unit);
    if matches!(unit, Unit::Days | Unit::DeviceHours) { shown.to_string() } else { shown.number() }
}

/// What a plan with a tenth more changes.
fn change(find: Find, plan: &Plan, more: &Plan) -> Option<String> {
    match find {
        Find::Compute | Find::Dollars => Some(signed(more.least? / plan.least? - 1.0, units::percent)),
        _ => Some(signed(more.value? - plan.value?, |change| units::decimals(change, 4))),
    }
}

fn signed(change: f64, shown: impl Fn(f64) -> String) -> String {
    let sign = if change < 0.0 { "−" } else { "+" };
    format!("{sign}{}", shown(change.abs()))
}

/// The limits that have a row: those of the plan whose text can be read.
fn places(question: &Question) -> impl Iterator<Item = usize> {
    let has_row = |limit: &Limit| limit.on.moves_plans() && limit.amount().is_some();
    question.limits.iter().enumerate().filter(move |(_, limit)| has_row(limit)).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::limit::Limited;

    fn asked(question: &Question) -> (Plan, Vec<Option<Plan>>) {
        let answer = |question: &str| Plan::read(&crate::ask::answer_text(question, &mut |_| {}));
        let more = questions(question).unwrap().iter().map(|question| answer(question)).collect();
        (answer(&question.allocate().unwrap()).unwrap(), more)
    }

    #[test]
    fn what_binds_says_what_a_tenth_more_changes() {
        let mut question = Question::default();
        assert_eq!(questions(&question), None);
        question.limits = vec![
            Limit { on: Limited::Serving, text: "2T".to_owned() },
            Limit { on: Limited::MostTokens, text: "3T".to_owned() },
        ];
        let (plan, more) = asked(&question);
        let rows = rows(&question, &plan, &more);
        let said = |row: &Row| {
            [row.set.clone(), row.uses.clone(), row.changes.clone()].map(|text| text.replace('\u{a0}', " "))
        };
        assert_eq!(said(&rows[0]), ["5.76 × 10²³", "all", "−0.0033"]);
        assert_eq!(said(&rows[1]), ["2.00 T", "all", "+0.0009"]);
        assert_eq!(said(&rows[2]), ["3.00 T", "1.76 T", "nothing"]);
        assert_eq!(rows.iter().map(|row| row.binds).collect::<Vec<_>>(), [true, true, false]);
    }

    #[test]
    fn a_deadline_is_of_days_and_dollars_stay_dollars() {
        let days = Limit { on: Limited::Deadline, text: "30 days".to_owned() };
        let devices = Limit { on: Limited::Devices, text: "64".to_owned() };
        let question =
            Question { budget: "$2M".to_owned(), limits: vec![days, devices], ..Question::default() };
        let (plan, more) = asked(&question);
        let rows = rows(&question, &plan, &more);
        let said = |row: &Row| {
            [row.set.clone(), row.uses.clone(), row.changes.clone()].map(|text| text.replace('\u{a0}', " "))
        };
        assert_eq!(said(&rows[0]), ["$2.00 M", "$115 K", "nothing"]);
        let [set, uses, changes] = said(&rows[1]);
        assert_eq!([&*set, &*uses], ["30 days", "all"]);
        assert!(changes.starts_with("−0.00"), "{changes}");
    }

    #[test]
    fn where_the_least_is_looked_for_it_is_that_which_changes() {
        let mut question = Question { find: Find::Compute, ..Question::default() };
        question.aims.write(super::super::find::Aim::Loss, "2.0".to_owned());
        question.limits = vec![Limit { on: Limited::LargestSize, text: "20B".to_owned() }];
        let (plan, more) = asked(&question);
        let rows = rows(&question, &plan, &more);
        assert_eq!(rows.len(), 1);
        assert!(
            rows[0].binds && rows[0].changes.starts_with('−') && rows[0].changes.ends_with('%'),
            "{rows:?}"
        );
    }
}
