//! How far an answer lies from the runs behind its law.

use super::fitted::FittedOn;
use super::law::AskedLaw;
use crate::num::log10;
use crate::outcome::Warning;
use crate::units::{C_TRAIN, multiple, ratio, show};

/// Columns by name, all of one length.
pub(super) type Columns<'a> = [(&'a str, &'a [f64])];

/// Warns for each variable of which some row lies outside the runs, by the row that lies farthest out.
/// Training compute counts as the law counts it where it is not given.
pub(super) fn warn(law: &AskedLaw, ranges: &[FittedOn], at: &Columns, warnings: &mut Vec<Warning>) {
    for range in ranges {
        let given = at.iter().find(|(name, _)| *name == range.name).map(|(_, column)| column.to_vec());
        let column =
            given.or_else(|| if range.name == C_TRAIN.symbol { law.training_flops(at) } else { None });
        let farthest = column.iter().flatten().enumerate().filter_map(|(row, &value)| {
            let decades = beyond(range, value)?;
            Some(Beyond { row, value, decades })
        });
        // The first of equals, so that the row is settled.
        let farthest = farthest.reduce(|a, b| if b.decades > a.decades { b } else { a });
        if let Some(beyond) = farthest {
            let rows = column.map_or(1, |column| column.len());
            warnings.push(extrapolated(range, &beyond, rows));
        }
    }
}

struct Beyond {
    row: usize,
    value: f64,
    decades: f64,
}

/// How many powers of ten a value lies outside a range; `None` inside.
fn beyond(range: &FittedOn, value: f64) -> Option<f64> {
    let decades = if value > range.high {
        log10(value / range.high)
    } else if value < range.low {
        log10(range.low / value)
    } else {
        return None;
    };
    decades.is_finite().then_some(decades)
}

fn extrapolated(range: &FittedOn, beyond: &Beyond, rows: usize) -> Warning {
    let above = beyond.value > range.high;
    let (name, shown) = (&range.name, show(beyond.value, range.unit));
    let place = if rows > 1 { format!(" in row {}", beyond.row) } else { String::new() };
    let far = if range.name == C_TRAIN.symbol && above {
        format!("{} the compute of the largest run behind the fit", multiple(beyond.value / range.high))
    } else {
        let side = if above { "above" } else { "below" };
        let (low, high) = (show(range.low, range.unit).number(), show(range.high, range.unit).number());
        let far = ratio(if above { beyond.value / range.high } else { range.low / beyond.value });
        format!("{far} {side} the runs behind the fit, which reach from {low} to {high}")
    };
    let mut warning = Warning::new("range.extrapolated", format!("{name}{place} is {shown}: {far}"))
        .with("variable", range.name.as_str())
        .with("decades", beyond.decades)
        .with("side", if above { "above" } else { "below" })
        .with("value", beyond.value)
        .with("low", range.low)
        .with("high", range.high);
    if above {
        warning = warning.with("times", beyond.value / range.high);
    }
    if rows > 1 { warning.with("row", beyond.row) } else { warning }
}
