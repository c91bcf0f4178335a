//! The box of each variable: as it was given, less what the conditions of the formulas leave out.

use super::Part;
#[cfg(feature = "catalogue")]
use super::{AllocateError, Free, Quantity};
#[cfg(feature = "catalogue")]
use crate::formula::Ends;

/// The condition that ends a box below and above, where one does.
pub(super) type By = [Option<(Part, String)>; 2];

#[cfg(feature = "catalogue")]
/// How much of itself a number is left by, where an end does not belong to its range.
const OPEN: f64 = 1e-9;

#[cfg(feature = "catalogue")]
/// The boxes that are left, and what ended each.
pub(super) fn within<'a>(
    given: &[Free],
    parts: impl Iterator<Item = (Part, &'a Quantity)>,
) -> Result<(Vec<Free>, Vec<By>), AllocateError> {
    let (mut free, mut by) = (given.to_vec(), vec![[None, None]; given.len()]);
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
                by[end.unknown][usize::from(end.high)] = Some((part, text));
            }
        }
    }
    for one in &mut free {
        let (low, high) = (one.low, one.high);
        one.values.retain(|value| (low..=high).contains(value));
    }
    Ok((free, by))
}

#[cfg(feature = "catalogue")]
/// The end of a range that a plan may have.
fn inside(end: &Ends) -> f64 {
    let by = if end.included { 0.0 } else { OPEN * end.at.abs() };
    if end.high { end.at - by } else { end.at + by }
}
