//! The answer in words: a sentence of four numbers, what to know about it, and what moves it.

use super::cost::{ends, in_words, worth};
use super::{listed, sentence_case};
use crate::units::{self, C_TRAIN, Unit, show};
use crate::web::budget::Rented;
use crate::web::find::{Aim, Find};
use crate::web::limit::{Limit, Limited};
use crate::web::question::Question;
use crate::web::reading::{Plan, Warning};

/// One of the four numbers of the sentence, with the words before and after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it is, for its working.
    pub what: What,
    /// The words that lead to it.
    pub join: &'static str,
    /// The number with its scale.
    pub number: String,
    /// What it counts, with the sentence's comma or full stop.
    pub unit: &'static str,
}

/// What a number of the sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Parameters.
    Size,
    /// Tokens.
    Tokens,
    /// Tokens per parameter.
    Ratio,
    /// Predicted loss.
    Loss,
    /// What is least instead of the loss.
    Least,
    /// Dollars of training.
    Dollars,
}

impl What {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Size => "Size",
            Self::Tokens => "Tokens",
            Self::Ratio => "Tokens per parameter",
            Self::Loss => "Loss",
            Self::Least => "Cost",
            Self::Dollars => "Dollars",
        }
    }
}

/// The words before the four numbers.
pub fn lead(question: &Question) -> Option<String> {
    let given = given(question)?;
    Some(match question.find {
        Find::Loss => format!("With {given}, the lowest loss comes from training"),
        Find::Compute => format!("For {given}, the least compute is spent by training"),
        Find::Dollars => format!("For {given}, the fewest dollars are spent by training"),
        Find::Size | Find::Tokens => format!("For {given}, the compute-optimal choice is training"),
    })
}

/// The words over a plan, or why there is none.
pub fn headline(question: &Question, plan: &Plan) -> Option<String> {
    match question.aim() {
        None if !plan.is_none() && plan.value.is_none() => {
            Some(format!("With {}, this law’s best plan is training", given(question)?))
        }
        _ if !plan.is_none() => lead(question),
        Some((Aim::Loss, text)) if plan.floor.is_some() => {
            Some(format!("No plan reaches a loss of {}.", Aim::Loss.read(text).ok()?.shown().number()))
        }
        _ => Some("No plan is within these limits.".to_owned()),
    }
}

/// A loss of two digits after the point that lies a little above a floor, as it might be typed.
pub fn near_floor(floor: f64) -> Option<String> {
    let near = (floor * 100.5).ceil() / 100.0;
    (floor > 0.0 && near.is_finite()).then(|| units::decimals(near, 2))
}

/// The budget or what is given instead, what is served, and the limits, in words.
pub fn given(question: &Question) -> Option<String> {
    let served = question.limits.iter().find(|limit| limit.on == Limited::Serving).and_then(Limit::amount);
    let served = served.map(|amount| format!(" for training and for serving {}", amount.shown()));
    let first = match question.aim() {
        None => in_words(&question.budget().ok()?),
        Some((aim, text)) => {
            let amount = aim.read(text).ok()?.shown();
            if aim == Aim::Loss { format!("a loss of {}", amount.number()) } else { amount.to_string() }
        }
    };
    let first = first + &served.unwrap_or_default();
    let needs = question.needs.iter().filter(|need| need.is_given());
    let needs = needs.map(|need| format!("{} = {}", need.name, need.text.trim()));
    let limits = question.limits.iter().filter_map(limit_in_words);
    Some(listed(&std::iter::once(first).chain(needs).chain(limits).collect::<Vec<_>>()))
}

/// How size and tokens were found.
pub fn found(question: &Question, plan: &Plan) -> Option<String> {
    let (given, counts) = (given(question)?, question.training().counts());
    Some(match question.find {
        Find::Loss if plan.value.is_none() => {
            format!("by the law itself, which lists the best plans and gives no loss; {given}")
        }
        Find::Loss => {
            format!("by the solver: the N and D of lowest L, where {counts} is at most C; {given}")
        }
        Find::Compute => format!("by the solver: the N and D of least {counts} that reach L; for {given}"),
        Find::Dollars => format!("by the solver: the N and D of fewest dollars that reach L; for {given}"),
        Find::Size => {
            format!("by the solver: at the budget whose N and D of lowest L have this D; for {given}")
        }
        Find::Tokens => {
            format!("by the solver: at the budget whose N and D of lowest L have this N; for {given}")
        }
    })
}

/// What a plan takes, where that was not given.
pub fn takes(question: &Question, plan: &Plan) -> Option<Caveat> {
    let flops = plan.spent().filter(|_| question.find != Find::Loss)?;
    let rented = question.rented()?;
    // Devices serve at other shares of their peak than they train at.
    let (before, worth) = match plan.quantities.get("total") {
        Some(_) => ("Training and serving take ", units::pf_days(flops)),
        None => ("Training takes ", worth(flops, &rented)),
    };
    Some(Caveat {
        before: before.to_owned(),
        strong: show(flops, Unit::Flops).to_string(),
        after: format!(": {worth}."),
    })
}

fn limit_in_words(limit: &Limit) -> Option<String> {
    let amount = limit.amount()?.shown();
    match limit.on {
        Limited::LargestSize | Limited::MostTokens | Limited::Deadline => Some(format!("at most {amount}")),
        Limited::Memory => Some(format!("at most {amount} of parameters")),
        Limited::FixedSize => Some(format!("a size of {amount}")),
        Limited::Ratio => Some(amount.to_string()),
        Limited::Attention => Some(format!("attention over {amount}")),
        _ => None,
    }
}

/// The share of draws that intervals hold.
pub const LEVEL: &str = "90\u{a0}%";

/// The four numbers of a plan.
pub fn sentence(find: Find, plan: &Plan) -> [Cell; 4] {
    let cell = |what: What, join, value: Option<f64>, unit: Unit, words| Cell {
        what,
        join,
        number: value.map_or("none".to_owned(), |value| show(value, unit).number()),
        unit: words,
    };
    let last = match find {
        Find::Compute => cell(What::Least, "for", plan.least, Unit::Flops, "FLOPs in all."),
        Find::Dollars => cell(What::Least, "for", plan.least, Unit::Dollars, "in all."),
        // Some laws give no loss: their sentence ends before it.
        _ if plan.value.is_none() && !plan.is_none() => {
            Cell { what: What::Loss, join: "", number: String::new(), unit: "" }
        }
        _ => cell(What::Loss, "for a loss of", plan.value, Unit::NatsPerToken, counts(plan.loss_unit())),
    };
    let ratio = if last.number.is_empty() { "tokens per parameter." } else { "tokens per parameter," };
    [
        cell(What::Size, "a model of", plan.size(), Unit::Parameters, "parameters"),
        cell(What::Tokens, "on", plan.tokens(), Unit::Tokens, "tokens,"),
        cell(What::Ratio, "which is", plan.ratio(), Unit::TokensPerParameter, ratio),
        last,
    ]
}

/// What a loss counts, at the end of the sentence.
fn counts(unit: Option<Unit>) -> &'static str {
    match unit {
        Some(Unit::BitsPerToken) => "bits per token.",
        Some(Unit::BitsPerByte) => "bits per byte.",
        Some(Unit::BitsPerCharacter) => "bits per character.",
        Some(Unit::NatsPerImage) => "nats per image.",
        Some(_) => "nats per token.",
        None => "by this law.",
    }
}

/// A difference of losses: `0.011 nats`; in what is not said where that is not known.
pub fn of_loss(difference: &str, unit: Option<Unit>) -> String {
    let unit = unit.and_then(|unit| unit.words().split(' ').next());
    unit.map_or(difference.to_owned(), |unit| format!("{difference} {unit}"))
}

/// What most draws of the fit say of one number of the sentence.
pub fn interval(find: Find, what: What, plan: &Plan) -> Option<String> {
    let (name, value, unit) = match what {
        What::Size => ("N", plan.size(), Unit::Parameters),
        What::Tokens => ("D", plan.tokens(), Unit::Tokens),
        What::Ratio => ("tokens_per_parameter", plan.ratio(), Unit::TokensPerParameter),
        What::Loss => ("value", plan.value, Unit::NatsPerToken),
        What::Least if find == Find::Dollars => ("value", plan.least, Unit::Dollars),
        What::Least => ("value", plan.least, Unit::Flops),
        What::Dollars => return None,
    };
    Some(units::interval(value?, ends(plan, name)?, unit).number())
}

/// The whole answer in one sentence, for who listens.
pub fn aloud(question: &Question, plan: &Plan) -> Option<String> {
    if plan.is_none() {
        return headline(question, plan);
    }
    let cells = sentence(question.find, plan);
    let cells = cells.iter().filter(|cell| !cell.number.is_empty());
    let said = cells.map(|cell| format!("{} {} {}", cell.join, cell.number, cell.unit));
    Some(format!("{} {}", lead(question)?, said.collect::<Vec<_>>().join(" ")))
}

/// A caveat: what stands out in it, between what comes before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caveat {
    /// Before.
    pub before: String,
    /// What stands out.
    pub strong: String,
    /// After.
    pub after: String,
}

/// What the reader should know about a plan, the weightiest first.
///
/// How far the compute lies from the runs says it for size and tokens too.
pub fn caveats(plan: &Plan) -> Vec<Caveat> {
    let compute = plan.warnings.iter().find_map(beyond_the_runs);
    // What is assumed stands with its sources beneath what the plan costs.
    let others = plan.warnings.iter().filter(|warning| warning.code != "hardware.mfu_assumed");
    let others = others.filter(|warning| compute.is_none() || warning.code != EXTRAPOLATED);
    let plain = |warning: &Warning| Caveat {
        before: match plan.floor {
            // What cannot be reached stands over the answer.
            Some(floor) if warning.code == "allocate.infeasible" => under_the_floor(floor),
            _ => sentence_case(&warning.message),
        },
        ..Caveat::default()
    };
    compute.clone().into_iter().chain(others.map(plain)).collect()
}

fn under_the_floor(floor: f64) -> String {
    format!(
        "The law’s floor is {}. Below it, another law is needed, or other data.",
        show(floor, Unit::NatsPerToken)
    )
}

/// How many refits have no such plan, and so no part in its intervals.
pub fn draws_left_out(spread: &Plan) -> Option<Caveat> {
    let warning = spread.warnings.iter().find(|warning| warning.code == "draws.no_plan")?;
    Some(Caveat { before: sentence_case(&warning.message), ..Caveat::default() })
}

const EXTRAPOLATED: &str = "range.extrapolated";

fn beyond_the_runs(warning: &Warning) -> Option<Caveat> {
    let compute = warning.variable == C_TRAIN.symbol;
    let times = warning.times?;
    (compute && warning.code == EXTRAPOLATED).then(|| Caveat {
        before: "This is ".to_owned(),
        strong: units::multiple(times),
        after: " the compute of the largest run behind the fit.".to_owned(),
    })
}

/// The budgets of the ladder, in words and as factors.
pub const RUNGS: [(&str, f64); 3] = [("half", 0.5), ("twice", 2.0), ("ten times", 10.0)];
/// What stands in a row of it.
pub const COLUMNS: [What; 4] = [What::Size, What::Tokens, What::Loss, What::Dollars];

/// One row of the ladder: size, tokens, loss, and the dollars where a price is known and training is all that is paid for.
pub fn rung(plan: &Plan, rented: Option<&Rented>) -> [String; 4] {
    let [size, tokens, _, loss] = sentence(Find::Loss, plan).map(|cell| cell.number);
    let dollars = dollars(plan, rented).map(|dollars| show(dollars, Unit::Dollars).number());
    [size, tokens, loss, dollars.unwrap_or_default()]
}

/// What training a plan costs, where a price is known and training is all that is paid for.
pub fn dollars(plan: &Plan, rented: Option<&Rented>) -> Option<f64> {
    let trains_alone = plan.quantities.get("serving").is_none();
    rented.filter(|_| trains_alone)?.dollars(plan.flops?)
}

/// What the frontier chart shows beside its lines: `bands` from draws, and the sizes of so many runs.
pub fn frontier(runs: usize, bands: bool) -> String {
    let bands = if bands { "Bands hold 90\u{a0}% of the refits. " } else { "" };
    match runs {
        0 => format!("{bands}Best size and tokens of every budget, by the law and fit above."),
        1 => format!("{bands}The dot is the size of the run behind the fit."),
        _ => {
            format!("{bands}Dots are the sizes of {} of the runs behind the fit.", units::whole(runs as f64))
        }
    }
}

/// What a limit does to the plan: `without` is the plan that does not have it.
pub fn effect(question: &Question, limit: &Limit, plan: &Plan, without: Option<&Plan>) -> String {
    if !limit.on.is_a_limit() {
        return moves(plan, without);
    }
    let (unit, used) = (limit.on.unit(), limit.used(plan, &question.limits));
    let binds = question.place_asked(limit.on).is_some_and(|at| plan.active.contains(&at));
    match (binds, without.and_then(|free| costs(question.find, plan, free)), used) {
        (true, Some(cost), _) => format!("Binds. Costs {cost}."),
        (true, None, _) => "Binds.".to_owned(),
        (false, _, Some(used)) if unit == Unit::Days => {
            format!("Does not bind: the plan uses {}.", show(used, unit))
        }
        (false, _, Some(used)) => format!("Does not bind: the plan uses {}.", show(used, unit).number()),
        (false, _, None) => String::new(),
    }
}

/// What a limit costs: the plan beside the one without it.
fn costs(find: Find, plan: &Plan, free: &Plan) -> Option<String> {
    match find {
        Find::Loss => {
            let cost = plan.value? - free.value?;
            Some(if cost < 0.0005 {
                of_loss("less than 0.001", plan.loss_unit())
            } else {
                of_loss(&units::decimals(cost, 3), plan.loss_unit())
            })
        }
        Find::Compute | Find::Dollars => {
            let more = plan.least? / free.least? - 1.0;
            let what = if find == Find::Compute { "compute" } else { "dollars" };
            Some(format!("{} more {what}", units::percent(more)))
        }
        // The budget is another then.
        Find::Size | Find::Tokens => None,
    }
}

/// What is paid for moves: the plan beside the one that does not pay for it.
fn moves(plan: &Plan, without: Option<&Plan>) -> String {
    let moved = without.map(|without| moved(without, plan)).unwrap_or_default();
    if moved.is_empty() { String::new() } else { format!("Moves {moved}.") }
}

/// What another law or fit moved: `size 40.4 to 73.2 B, tokens 2.38 to 1.31 T`.
pub fn moved(before: &Plan, after: &Plan) -> String {
    let change = |name: &str, from: Option<f64>, to: Option<f64>, unit| {
        let (from, to) = (show(from?, unit), show(to?, unit));
        if from == to {
            return None;
        }
        let from = if from.scale == to.scale { from.mantissa } else { from.number() };
        Some(format!("{name} {from} to {}", to.number()))
    };
    let parts = [
        change("size", before.size(), after.size(), Unit::Parameters),
        change("tokens", before.tokens(), after.tokens(), Unit::Tokens),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_without_a_loss_has_a_shorter_sentence() {
        let answer = r#"{"allocate":{"at":{"N":7e9,"D":1.4e11},"quantities":{"tokens_per_parameter":20},"flops":5.88e21}}"#;
        let said = aloud(&Question::default(), &Plan::read(answer).unwrap()).unwrap();
        assert!(said.ends_with("which is 20.0 tokens per parameter."), "{said}");
    }

    #[test]
    fn the_lead_names_every_limit() {
        let mut question = Question::default();
        let lead = |question: &Question| lead(question).unwrap().replace('\u{a0}', " ");
        assert_eq!(lead(&question), "With 5.76 × 10²³ FLOPs, the lowest loss comes from training");
        question.limits.push(Limit { on: Limited::LargestSize, text: "7B".to_owned() });
        assert!(lead(&question).starts_with("With 5.76 × 10²³ FLOPs and at most 7.00 B parameters, "));
        question.limits.push(Limit { on: Limited::MostTokens, text: "300B".to_owned() });
        let two = "With 5.76 × 10²³ FLOPs, at most 7.00 B parameters and at most 300 B tokens, ";
        assert!(lead(&question).starts_with(two));
    }
}
