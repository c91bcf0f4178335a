//! What a law reads of the plan, and how far that lies from the runs behind it.

use crate::num::max;
use crate::units::{Unit, ratio};
use crate::web::reading::{LawEntry, Plan};

/// What the plan has of an input by its name: size, tokens, training compute, loss in nats.
pub fn value(plan: &Plan, input: &str) -> Option<f64> {
    match input {
        "N" => plan.size(),
        "D" => plan.tokens(),
        "C" => plan.flops,
        "L" => plan.value.filter(|_| plan.unit == Unit::NatsPerToken.name()),
        _ => None,
    }
}

/// What a law reads, and how far away: `N, D; 67 times past its runs`.
pub fn reads(plan: &Plan, law: &LawEntry) -> String {
    let names: Vec<&str> = law.inputs.iter().map(|input| input.name.as_str()).collect();
    let names = names.join(", ");
    // A loss is that of a data set and a tokenizer before it is near or far.
    if names == "L" {
        let data = law.fits.first().map(|fit| fit.data.as_str()).unwrap_or_default();
        return format!("L; its loss is that of {}", data.split(',').next().unwrap_or_default());
    }
    format!("{names}; {}", away(plan, law))
}

/// How far the plan lies from the runs behind a law: `67 times past its runs`.
pub fn away(plan: &Plan, law: &LawEntry) -> String {
    let ranges = law.fits.first().map(|fit| &fit.fitted_on);
    let mut known = false;
    let (mut past, mut below) = (1.0, 1.0);
    for (name, [low, high]) in ranges.into_iter().flat_map(crate::ask::Named::iter) {
        let Some(value) = value(plan, name) else { continue };
        known = true;
        past = max(past, value / high);
        below = max(below, low / value);
    }
    match (known, past > below) {
        (false, _) => "its runs are not stated".to_owned(),
        (true, true) => format!("{} past its runs", ratio(past)),
        (true, false) if below > 1.0 => format!("{} below its runs", ratio(below)),
        (true, false) => "within its runs".to_owned(),
    }
}
