//! What the page says of an answer. Plain text; raised digits are Unicode's, and the page sets them properly.

use std::fmt;

use crate::hardware::Precision;
use crate::outcome::{Place, Termination};
use crate::runs::{Counts, Role, Table};
use crate::units::{self, C_TRAIN, Unit, show};

use super::budget::Budget;
use super::limit::{Limit, Limited, Said};
use super::message::Progress;
use super::question::Question;
use super::reading::{FitCertificate, Fitted, Plan, Warning};

/// A stretch of text, and how it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As the text around it.
    Plain(String),
    /// As an exponent.
    Raised(String),
}

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// Splits text at its raised digits, which most faces lack.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for letter in text.chars() {
        let raised = match letter {
            '⁻' => Some('−'),
            _ => {
                RAISED.chars().zip('0'..='9').find_map(|(raised, digit)| (raised == letter).then_some(digit))
            }
        };
        match (pieces.last_mut(), raised) {
            (Some(Piece::Raised(text)), Some(digit)) => text.push(digit),
            (Some(Piece::Plain(text)), None) => text.push(letter),
            (_, Some(digit)) => pieces.push(Piece::Raised(digit.into())),
            (_, None) => pieces.push(Piece::Plain(letter.into())),
        }
    }
    pieces
}

/// The text as HTML.
pub fn html(text: &str) -> String {
    let escaped = |text: String| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    let set = |piece| match piece {
        Piece::Plain(text) => escaped(text),
        Piece::Raised(text) => format!("<sup>{}</sup>", escaped(text)),
    };
    pieces(text).into_iter().map(set).collect()
}

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
}

impl What {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Size => "Size",
            Self::Tokens => "Tokens",
            Self::Ratio => "Tokens per parameter",
            Self::Loss => "Loss",
        }
    }
}

/// The words before the four numbers.
pub fn lead(question: &Question) -> Option<String> {
    Some(format!("With {}, the lowest loss comes from training", given(question)?))
}

/// The budget, what is served, and the limits, in words.
pub fn given(question: &Question) -> Option<String> {
    let served = question.limits.iter().find(|limit| limit.on == Limited::Serving).and_then(Limit::amount);
    let served = served.map(|amount| format!(" for training and for serving {}", amount.shown()));
    let budget = in_words(&question.budget().ok()?) + &served.unwrap_or_default();
    let needs = question.needs.iter().filter(|need| !need.text.trim().is_empty());
    let needs = needs.map(|need| format!("{} = {}", need.name, need.text.trim()));
    let limits: Vec<String> = needs.chain(question.limits.iter().filter_map(limit_in_words)).collect();
    Some(match limits.as_slice() {
        [] => budget,
        [one] => format!("{budget} and {one}"),
        [most @ .., last] => format!("{budget}, {} and {last}", most.join(", ")),
    })
}

fn limit_in_words(limit: &Limit) -> Option<String> {
    let amount = limit.amount()?.shown();
    match limit.on {
        Limited::LargestSize | Limited::MostTokens => Some(format!("at most {amount}")),
        Limited::FixedSize => Some(format!("a size of {amount}")),
        _ => None,
    }
}

/// A budget as it was typed: FLOPs, dollars, hours or days, of which devices.
fn in_words(budget: &Budget) -> String {
    let name = budget.rented.short_name();
    match (budget.read.unit, budget.rented.count) {
        (Unit::DeviceHours, _) => units::device_hours(budget.read.value, &name),
        (Unit::Days, Some(count)) => format!("{} of {} {name}", budget.read.shown(), show(count, Unit::One)),
        _ => budget.read.shown().to_string(),
    }
}

/// The share of draws that intervals hold.
pub const LEVEL: &str = "90\u{a0}%";

/// The four numbers of a plan.
pub fn sentence(plan: &Plan) -> [Cell; 4] {
    let cell = |what: What, join, value: Option<f64>, unit: Unit, words| Cell {
        what,
        join,
        number: value.map_or("none".to_owned(), |value| show(value, unit).number()),
        unit: words,
    };
    [
        cell(What::Size, "a model of", plan.size(), Unit::Parameters, "parameters"),
        cell(What::Tokens, "on", plan.tokens(), Unit::Tokens, "tokens,"),
        cell(What::Ratio, "which is", plan.ratio(), Unit::TokensPerParameter, "tokens per parameter,"),
        cell(What::Loss, "for a loss of", plan.value, Unit::NatsPerToken, "nats per token."),
    ]
}

/// What most draws of the fit say of one number of the sentence.
pub fn interval(what: What, plan: &Plan) -> Option<String> {
    let (name, value, unit) = match what {
        What::Size => ("N", plan.size(), Unit::Parameters),
        What::Tokens => ("D", plan.tokens(), Unit::Tokens),
        What::Ratio => ("tokens_per_parameter", plan.ratio(), Unit::TokensPerParameter),
        What::Loss => ("value", plan.value, Unit::NatsPerToken),
    };
    Some(units::interval(value?, plan.interval(name)?, unit).number())
}

/// The whole answer in one sentence, for who listens.
pub fn aloud(question: &Question, plan: &Plan) -> Option<String> {
    let cells = sentence(plan);
    let said = cells.iter().map(|cell| format!("{} {} {}", cell.join, cell.number, cell.unit));
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
    let plain = |warning: &Warning| Caveat { before: sentence_case(&warning.message), ..Caveat::default() };
    compute.clone().into_iter().chain(others.map(plain)).collect()
}

const EXTRAPOLATED: &str = "range.extrapolated";

fn beyond_the_runs(warning: &Warning) -> Option<Caveat> {
    let compute = warning.variable == C_TRAIN.symbol;
    let times = warning.times?;
    (compute && warning.code == EXTRAPOLATED).then(|| Caveat {
        before: "This is ".to_owned(),
        strong: units::ratio(times),
        after: " the compute of the largest run behind the fit.".to_owned(),
    })
}

/// How an amount of compute was read.
pub fn flops_echo(flops: f64) -> String {
    format!("Read as {}: {}.", show(flops, Unit::Flops), units::pf_days(flops))
}

/// How a budget was read: what else it is, in the units that it was not typed in.
pub fn budget_echo(budget: &Budget) -> String {
    let rented = &budget.rented;
    let (flops, unit) = (show(budget.flops, Unit::Flops), budget.read.unit);
    let hours = budget.hours().map(|hours| {
        let hours = units::device_hours(hours, &rented.short_name());
        format!("{hours} at {} of peak", units::percent(rented.utilisation))
    });
    let dollars = budget
        .hours()
        .zip(rented.price)
        .map(|(hours, price)| format!("about {}", show(hours * price, Unit::Dollars)));
    let as_typed = in_words(budget);
    let rest: Vec<String> = match unit {
        Unit::Flops => {
            let or = hours.map(|hours| format!("or {hours}"));
            [Some(units::pf_days(budget.flops)), or, dollars].into_iter().flatten().collect()
        }
        Unit::Dollars => [Some(flops.to_string()), hours].into_iter().flatten().collect(),
        Unit::DeviceHours => {
            let at = format!("{flops} at {} of peak", units::percent(rented.utilisation));
            [Some(at), dollars].into_iter().flatten().collect()
        }
        _ => [Some(flops.to_string()), hours, dollars].into_iter().flatten().collect(),
    };
    format!("Read as {as_typed}: {}.", rest.join(", "))
}

/// The rate of a device.
fn teraflops(peak: f64) -> String {
    format!("{}\u{a0}TFLOP/s", units::ascii(peak / 1e12))
}

/// How the name of a device was read.
pub fn device_echo(limit: &Limit) -> Option<String> {
    let Said::Device(device) = limit.read()?.ok()? else { return None };
    let peak = teraflops(device.peak(Precision::Bf16)?);
    let price = device.price().map_or("a price to be typed".to_owned(), |price| {
        format!("{} ({}, {})", show(price.low, Unit::DollarsPerHour), price.what, price.date)
    });
    Some(format!("{}: {peak}, dense, in bf16; {price}.", device.name))
}

/// What a plan costs besides FLOPs, as names and numbers; nothing where no device was named.
pub fn costs(plan: &Plan) -> Vec<(&'static str, String)> {
    const COSTS: [(&str, &str, Unit); 8] = [
        ("training", "Training", Unit::Flops),
        ("serving", "Serving", Unit::Flops),
        ("total", "Both", Unit::Flops),
        ("device_hours", "Device-hours of training", Unit::One),
        ("days", "Days of training", Unit::One),
        ("training_dollars", "Dollars of training", Unit::Dollars),
        ("serving_dollars", "Dollars of serving", Unit::Dollars),
        ("dollars", "Dollars in all", Unit::Dollars),
    ];
    let is_double = |name: &str| name == "dollars" && plan.quantities.get("serving_dollars").is_none();
    let known = COSTS.iter().filter(|(name, ..)| !is_double(name));
    known
        .filter_map(|(name, words, unit)| {
            Some((*words, show(*plan.quantities.get(name)?, *unit).to_string()))
        })
        .collect()
}

/// What a plan rests on that the reader did not say, each with where it stands.
pub fn assumed(plan: &Plan) -> Vec<String> {
    plan.assumed
        .iter()
        .map(|fact| {
            let (what, amount) = match fact.field.rsplit('.').next().unwrap_or_default() {
                "peak" => ("A peak of", teraflops(fact.value)),
                "price" => ("A price of", show(fact.value, Unit::DollarsPerHour).to_string()),
                "prefill_mfu" => {
                    ("In reading prompts", format!("{} of the peak", units::percent(fact.value)))
                }
                "decode_mfu" => ("In generation", format!("{} of the peak", units::percent(fact.value))),
                _ => ("In training", format!("{} of the peak", units::percent(fact.value))),
            };
            format!("{what} {amount}: {}.", fact.source)
        })
        .collect()
}

/// How any other amount was read.
pub fn echo(value: f64, unit: Unit) -> String {
    if unit == Unit::One {
        return format!("Read as {}.", units::ascii(value));
    }
    format!("Read as {}.", show(value, unit))
}

/// Why a text could not be read, as a sentence.
pub fn complaint<E: fmt::Display>(error: &E) -> String {
    sentence_case(&error.to_string())
}

/// Why there is no answer, as a sentence.
pub fn refusal(message: &str, at: &Place) -> String {
    sentence_case(reason(message, at))
}

/// Why there is no answer: the page shows it where it belongs, so its place in the question is left out.
pub fn reason<'a>(message: &'a str, at: &Place) -> &'a str {
    let place = at.path.as_ref().map(|path| format!("{path}: "));
    place.and_then(|place| message.strip_prefix(&place)).unwrap_or(message)
}

/// A message as a sentence of the page: a capital, curly quotes, a full stop.
pub fn sentence_case(message: &str) -> String {
    let mut sentence = sentence_start(message);
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

/// A message that begins a sentence.
fn sentence_start(message: &str) -> String {
    let curly = curly(message);
    let mut letters = curly.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Straight quotes made curly.
fn curly(message: &str) -> String {
    let mut open = false;
    let mut turn = |letter| {
        if letter != '"' {
            return letter;
        }
        open = !open;
        if open { '“' } else { '”' }
    };
    message.chars().map(&mut turn).collect()
}

/// The budgets of the ladder, in words and as factors.
pub const RUNGS: [(&str, f64); 3] = [("half", 0.5), ("twice", 2.0), ("ten times", 10.0)];

/// One row of the ladder: size, tokens, loss.
pub fn rung(plan: &Plan) -> [String; 3] {
    let cells = sentence(plan);
    [cells[0].number.clone(), cells[1].number.clone(), cells[3].number.clone()]
}

/// What the frontier chart shows beside its lines: `bands` from draws, and the sizes of so many runs.
pub fn frontier(runs: usize, bands: bool) -> String {
    let bands = if bands { "Bands hold 90\u{a0}% of the refits. " } else { "" };
    match runs {
        0 => format!("{bands}Best size and tokens of every budget, by the law and fit above."),
        1 => format!("{bands}The dot is the size of the run behind the fit."),
        _ => format!("{bands}Dots are the sizes of {} runs behind the fit.", units::whole(runs as f64)),
    }
}

/// What a limit does to the plan: `at` is its place among those that were asked, `without` the plan that does
/// not have it.
pub fn effect(limit: &Limit, at: usize, plan: &Plan, without: Option<&Plan>) -> String {
    if limit.on == Limited::Serving {
        return served(plan, without);
    }
    let unit = limit.on.unit();
    let used = if unit == Unit::Tokens { plan.tokens() } else { plan.size() };
    let binds = plan.active.contains(&at);
    let cost = plan.value.zip(without.and_then(|free| free.value)).map(|(with, without)| with - without);
    match (binds, cost, used) {
        (true, Some(cost), _) if cost < 0.0005 => "Binds. Costs less than 0.001 nats.".to_owned(),
        (true, Some(cost), _) => format!("Binds. Costs {} nats.", units::decimals(cost, 3)),
        (true, None, _) => "Binds.".to_owned(),
        (false, _, Some(used)) => format!("Does not bind: the plan uses {}.", show(used, unit).number()),
        (false, _, None) => String::new(),
    }
}

/// What serving moves: the plan beside the one for training alone.
fn served(plan: &Plan, without: Option<&Plan>) -> String {
    let moved = without.map(|without| moved(without, plan)).unwrap_or_default();
    if moved.is_empty() { String::new() } else { format!("Moves {moved}.") }
}

/// What another law or fit moved: `size 40.4 to 73.2 B, tokens 2.38 to 1.31 T`.
pub fn moved(before: &Plan, after: &Plan) -> String {
    let change = |name: &str, from: Option<f64>, to: Option<f64>, unit| {
        let (from, to) = (show(from?, unit), show(to?, unit));
        let from = if from.scale == to.scale { from.mantissa } else { from.number() };
        Some(format!("{name} {from} to {}", to.number()))
    };
    let parts = [
        change("size", before.size(), after.size(), Unit::Parameters),
        change("tokens", before.tokens(), after.tokens(), Unit::Tokens),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A row of a table of runs, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadRow {
    /// Its number in the file.
    pub line: usize,
    /// Whether it is switched on.
    pub on: bool,
    /// Its cells.
    pub cells: Vec<ReadCell>,
    /// Why it cannot be used.
    pub problem: Option<String>,
}

/// A cell of a table of runs, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadCell {
    /// What it says.
    pub text: String,
    /// Whether its column holds amounts.
    pub amount: bool,
    /// Whether its column is used.
    pub used: bool,
}

/// A row as it is shown: amounts as they were read, everything else as it stands in the file.
pub fn read_row(table: &Table, row: usize) -> ReadRow {
    let run = table.run(row);
    let cell = |(column, role): (usize, &Role)| {
        let read = run.as_ref().ok().and_then(|run| match role {
            Role::Params => Some(show(run.params, Unit::Parameters)),
            Role::Tokens => Some(show(run.tokens, Unit::Tokens)),
            Role::Flops => Some(show(run.flops, Unit::Flops)),
            Role::Loss => Some(show(run.loss, Unit::NatsPerToken)),
            _ => None,
        });
        let text = read.map_or_else(|| table.cell(row, column).to_owned(), |shown| shown.number());
        ReadCell { text, amount: role.expected().is_some(), used: *role != Role::Ignore }
    };
    ReadRow {
        line: table.line(row).unwrap_or(row),
        on: table.is_on(row),
        cells: table.roles().iter().enumerate().map(cell).collect(),
        problem: run.err().map(|error| error.to_string()),
    }
}

/// What a table is: `runs.csv, 245 rows, comma-separated`.
pub fn about_table(name: &str, table: &Table) -> String {
    let delimiter = table.layout().delimiter.words();
    format!("{name}, {}, {delimiter}", rows(table.rows()))
}

fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{} rows", units::whole(count as f64)) }
}

/// How the rows of a table stand: `245 rows: 240 used, 5 off, none unreadable`.
pub fn counts(counts: &Counts) -> String {
    let some = |count: usize| if count == 0 { "none".to_owned() } else { units::whole(count as f64) };
    let (used, off, unreadable) = (some(counts.used), some(counts.off), some(counts.unreadable));
    format!("{}: {used} used, {off} off, {unreadable} unreadable", rows(counts.rows))
}

/// The rows that cannot be used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    /// How many there are.
    pub says: String,
    /// The first of them.
    pub rows: Vec<Problem>,
}

/// Why a row cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The row, and the column if it is one cell.
    pub place: String,
    /// What was expected, and what was given.
    pub says: String,
}

/// The rows that are on and cannot be used, up to so many.
pub fn problems(table: &Table, most: usize) -> Problems {
    if table.sent().is_err() && table.counts().used == 0 {
        // The table as a whole says why.
        return Problems::default();
    }
    let problem = |row: usize| {
        let error = table.run(row).err()?.to_string();
        let (place, says) = error.split_once(": ").unwrap_or(("", &error));
        Some(Problem { place: sentence_start(place), says: curly(says) })
    };
    let rows = (0..table.rows()).filter(|row| table.is_on(*row)).filter_map(problem).take(most).collect();
    let counts = table.counts();
    let (all, kept) = (counts.rows, counts.unreadable);
    let says = format!("{} of {} rows read. {} kept in the table, unused:", all - kept, all, kept);
    Problems { says, rows }
}

/// A job on its way: `Fitting, 12 of 40 starts.`
pub fn progress(name: &str, progress: &Progress) -> String {
    let Progress { done, of, stage } = progress;
    format!("{name}, {} of {} {stage}.", units::whole(*done as f64), units::whole(*of as f64))
}

/// How a fit stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// In a sentence.
    pub says: &'static str,
    /// Why, and what else is to be known.
    pub why: Vec<String>,
}

/// How a fit stands.
pub fn verdict(fitted: &Fitted) -> Verdict {
    let converged = fitted.termination == Termination::Converged;
    let says = if converged { "The fit converged." } else { "No convergence claimed." };
    let reason = match fitted.termination {
        Termination::AtBound => Some("The best values lie at a bound, or a term of the law has vanished."),
        Termination::Flat => Some("The runs hardly tell some values apart: others fit as well."),
        Termination::Several => Some("Several sets of values fit equally well."),
        Termination::MaxIterations => Some("The solver stopped before it could prove a minimum."),
        _ => None,
    };
    let warnings = fitted.warnings.iter().map(|warning| sentence_case(&warning.message));
    Verdict { says, why: reason.map(str::to_owned).into_iter().chain(warnings).collect() }
}

/// What a fit decides: the size for the budget, and its name.
pub fn decision(question: &Question, plan: &Plan) -> Option<(String, String)> {
    let budget = show(question.budget().ok()?.flops, Unit::Flops).number();
    Some((format!("Size at {budget} FLOPs"), show(plan.size()?, Unit::Parameters).number()))
}

/// What proves the verdict: heads and values.
pub fn certificate(fitted: &Fitted) -> Vec<(&'static str, String)> {
    let FitCertificate { decrement, smallest_eigenvalue, starts, agreeing, .. } = fitted.certificate;
    let value = |value: Option<f64>| value.map(|value| units::significant(value, 2));
    let agree = starts.zip(agreeing).map(|(starts, agreeing)| format!("{agreeing} of {starts}"));
    let facts = [
        ("Runs", Some(units::whole(fitted.runs as f64))),
        ("Objective", Some(units::significant(fitted.objective, 11))),
        ("Newton decrement", value(decrement)),
        ("Smallest eigenvalue", value(smallest_eigenvalue)),
        ("Starts that agree", agree),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_digits_are_set_apart() {
        let raised = |text: &str| Piece::Raised(text.to_owned());
        let plain = |text: &str| Piece::Plain(text.to_owned());
        assert_eq!(pieces("10²³ FLOPs"), [plain("10"), raised("23"), plain(" FLOPs")]);
        assert_eq!(pieces("10⁻¹⁶"), [plain("10"), raised("−16")]);
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn a_refusal_leaves_out_its_place_in_the_question() {
        let said = refusal("fit.runs: expected several runs; got one", &Place::path("fit.runs"));
        assert_eq!(said, "Expected several runs; got one.");
        assert_eq!(refusal("expected a law", &Place::path("fit.law")), "Expected a law.");
    }

    #[test]
    fn messages_become_sentences() {
        assert_eq!(sentence_case("expected a size; got \"x\""), "Expected a size; got “x”.");
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
