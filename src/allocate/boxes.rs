//! The box of each variable: as it was given, less what the conditions of the formulas leave out.

#[cfg(feature = "catalogue")]
use super::{AllocateError, Quantity};
use super::{Free, Part};
#[cfg(feature = "catalogue")]
use crate::formula::Ends;

/// The condition that ends a box below and above, where one does.
pub(super) type By = [Option<(Part, String)>; 2];
/// The end below and above that a box comes near and does not reach, where there is one.
pub(super) type Open = [Option<f64>; 2];

/// The boxes that are left.
pub(super) struct Boxes {
    pub free: Vec<Free>,
    pub ended: Vec<By>,
    pub open: Vec<Open>,
}

#[cfg(feature = "catalogue")]
/// How much of itself a number is left by, where an end does not belong to its range.
const OPEN: f64 = 1e-9;

#[cfg(feature = "catalogue")]
/// The boxes that are left, what ended each, and where it is open.
pub(super) fn within<'a>(
    given: &[Free],
    parts: impl Iterator<Item = (Part, &'a Quantity)>,
) -> Result<Boxes, AllocateError> {
    let (mut free, mut ended) = (given.to_vec(), vec![[None, None]; given.len()]);
    let mut open: Vec<Open> = vec![[None, None]; given.len()];
    let unknown: Vec<&str> = given.iter().map(|free| free.name.as_str()).collect();
    for (part, of) in parts {
        let values: Vec<(&str, f64)> =
            of.values.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let ends =
            of.formula.ends(&unknown, &values).map_err(|source| AllocateError::Formula { part, source })?;
        for end in ends.into_iter().filter(|end| end.at.is_finite()) {
            let (one, at) = (&mut free[end.unknown], inside(&end));
            let place = if end.high { &mut one.high } else { &mut one.low };
            if end.high && at < *place || !end.high && at > *place {
                *place = at;
                let text = of.formula.conditions().nth(end.condition).unwrap_or_default().to_owned();
                ended[end.unknown][usize::from(end.high)] = Some((part, text));
                open[end.unknown][usize::from(end.high)] = (!end.included).then_some(end.at);
            }
        }
    }
    for one in &mut free {
        let (low, high) = (one.low, one.high);
        one.values.retain(|value| (low..=high).contains(value));
    }
    Ok(Boxes { free, ended, open })
}

#[cfg(feature = "catalogue")]
/// The end of a range that a plan may have.
fn inside(end: &Ends) -> f64 {
    let by = if end.included { 0.0 } else { OPEN * end.at.abs() };
    if end.high { end.at - by } else { end.at + by }
}
