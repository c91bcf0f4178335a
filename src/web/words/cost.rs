//! Budgets, devices and what a plan costs, in words.

use crate::hardware::Precision;
use crate::units::{self, Unit, show};
use crate::web::budget::{Budget, Rented};
use crate::web::limit::{Limit, Said};
use crate::web::question::Question;
use crate::web::reading::Plan;
use crate::web::training::Training;

/// A budget as it was typed: FLOPs, dollars, hours or days, of which devices.
pub(super) fn in_words(budget: &Budget) -> String {
    let name = budget.rented.short_name();
    match (budget.read.unit, budget.rented.count) {
        (Unit::DeviceHours, _) => units::device_hours(budget.read.value, &name),
        (Unit::Days, Some(count)) => format!("{} of {} {name}", budget.read.shown(), show(count, Unit::One)),
        _ => budget.read.shown().to_string(),
    }
}

/// How an amount of compute was read.
pub fn flops_echo(flops: f64) -> String {
    format!("Read as {}: {}.", show(flops, Unit::Flops), units::pf_days(flops))
}

/// How a budget was read: what else it is, in the units that it was not typed in.
pub fn budget_echo(budget: &Budget) -> String {
    let rented = &budget.rented;
    let (flops, unit) = (show(budget.flops, Unit::Flops), budget.read.unit);
    let as_typed = in_words(budget);
    if unit == Unit::Flops {
        return format!("Read as {as_typed}: {}.", worth(budget.flops, rented));
    }
    let (hours, dollars) = (hours(budget.flops, rented), dollars(budget.flops, rented));
    let rest: Vec<String> = match unit {
        Unit::Dollars => [Some(flops.to_string()), hours].into_iter().flatten().collect(),
        Unit::DeviceHours => {
            let at = format!("{flops} at {} of peak", units::percent(rented.utilisation));
            [Some(at), dollars].into_iter().flatten().collect()
        }
        _ => [Some(flops.to_string()), hours, dollars].into_iter().flatten().collect(),
    };
    let alone = if budget.serves { ", if all of it trained" } else { "" };
    format!("Read as {as_typed}: {}{alone}.", rest.join(", "))
}

/// What FLOPs of training are in days of a petaflop, in hours of devices and in dollars.
pub(super) fn worth(flops: f64, rented: &Rented) -> String {
    let or = hours(flops, rented).map(|hours| format!("or {hours}"));
    let parts = [Some(units::pf_days(flops)), or, dollars(flops, rented)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn hours(flops: f64, rented: &Rented) -> Option<String> {
    let hours = units::device_hours(rented.hours(flops)?, &rented.short_name());
    Some(format!("{hours} at {} of peak", units::percent(rented.utilisation)))
}

fn dollars(flops: f64, rented: &Rented) -> Option<String> {
    Some(format!("about {}", show(rented.dollars(flops)?, Unit::Dollars)))
}

/// How the dollars of so many FLOPs are found.
pub fn paid(flops: f64, rented: &Rented) -> Option<String> {
    let peak = teraflops(rented.device.peak(Precision::Bf16)?);
    let price = show(rented.price?, Unit::DollarsPerHour);
    let (spent, hours) = (show(flops, Unit::Flops), hours(flops, rented)?);
    Some(format!("{spent} of training, {peak} a device: {hours}, for {price} each"))
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

/// One number of what a plan costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// What it is.
    pub name: &'static str,
    /// How much.
    pub amount: String,
    /// What most draws of the fit say; empty where they all say the same.
    pub interval: String,
    /// What it is made of.
    pub how: String,
}

/// What a plan of a question costs besides FLOPs; nothing where no device was named.
pub fn costs(question: &Question, plan: &Plan, spread: Option<&Plan>) -> Vec<Cost> {
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
    let rented = question.rented();
    let is_double = |name: &str| name == "dollars" && plan.quantities.get("serving_dollars").is_none();
    let known = COSTS.iter().filter(|(name, ..)| !is_double(name));
    known
        .filter_map(|(name, words, unit)| {
            let amount = *plan.quantities.get(name)?;
            let ends = spread.and_then(|spread| ends(spread, name));
            let interval = ends.map(|ends| units::interval(amount, ends, *unit).number()).unwrap_or_default();
            let how = how(name, question.training(), plan, rented.as_ref()).unwrap_or_default();
            Some(Cost { name: words, amount: show(amount, *unit).to_string(), interval, how })
        })
        .collect()
}

/// What a cost is made of; nothing where it is a sum of those above it, or of facts that stand beneath.
fn how(name: &str, training: Training, plan: &Plan, rented: Option<&Rented>) -> Option<String> {
    let of_rented = |words: &dyn Fn(&Rented) -> Option<String>| rented.and_then(words);
    match name {
        "training" => {
            let counted = training.of_token(plan.size()?) * plan.tokens()?;
            let usual = (counted / plan.quantities.get(name)? - 1.0).abs() < 1e-9;
            Some(if usual { training.counts() } else { "as the law counts" }.to_owned())
        }
        "serving" => Some("2 N a token".to_owned()),
        "device_hours" => of_rented(&|rented| {
            let peak = teraflops(rented.device.peak(Precision::Bf16)?);
            Some(format!("{peak}, {} of it used", units::percent(rented.utilisation)))
        }),
        "days" => {
            of_rented(&|rented| Some(format!("on {} {}", units::whole(rented.count?), rented.short_name())))
        }
        "training_dollars" => {
            of_rented(&|rented| Some(show(rented.price?, Unit::DollarsPerHour).to_string()))
        }
        _ => None,
    }
}

/// What most draws say of a number; nothing where they all say the same, since it is given.
pub(super) fn ends(spread: &Plan, name: &str) -> Option<[f64; 2]> {
    spread.interval(name).filter(|[low, high]| *low < high * (1.0 - 1e-9))
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

/// What is taken of something that the reader leaves open.
pub fn chosen(value: Option<f64>, unit: Unit) -> String {
    match value {
        None => "Left open: the best is looked for.".to_owned(),
        Some(value) if unit == Unit::One => format!("Left open: {} is best.", units::significant(value, 3)),
        Some(value) => format!("Left open: {} is best.", show(value, unit)),
    }
}

/// How any other amount was read.
pub fn echo(value: f64, unit: Unit) -> String {
    if unit == Unit::One {
        return format!("Read as {}.", units::ascii(value));
    }
    format!("Read as {}.", show(value, unit))
}
