//! Facts that a plan rests on and that its Question does not give.

use super::Fact;
use crate::ask::allocate::AssumedAnswer;
use crate::ask::{AskError, Asking, Quantity};
use crate::hardware::Reached;
use crate::outcome::Warning;
use crate::units::{Expected, Sign, Unit, ascii};

/// Gathers facts while hardware and serving are read.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Those that the Question does not give.
    pub assumed: Vec<AssumedAnswer>,
}

impl Facts {
    /// Keeps a fact that the Question does not give, and gives its value back.
    pub fn assume(&mut self, field: &str, unit: Unit, (value, source): (f64, String)) -> f64 {
        let field = field.strip_prefix("allocate.").unwrap_or(field).to_owned();
        self.assumed.push(AssumedAnswer { field, value, unit: unit.name().to_owned(), source });
        value
    }

    /// The share of the peak that a field gives, or else the one to assume, which is warned of.
    pub fn share(
        &mut self,
        given: Option<&Quantity>,
        field: &str,
        otherwise: &Reached,
        asking: &mut Asking,
    ) -> Result<f64, AskError> {
        if let Some(given) = given {
            return share(given, field, asking);
        }
        let message = format!(
            "{field} is not given: {} of the peak is assumed",
            crate::units::percent(otherwise.share)
        );
        let warning = Warning::new("hardware.mfu_assumed", message).with("path", field);
        asking.warnings.push(warning.with("value", otherwise.share));
        Ok(self.assume(field, Unit::One, (otherwise.share, otherwise.provenance())))
    }
}

/// A positive amount of a field.
pub(super) fn amount(given: &Quantity, unit: Unit, field: &str, asking: &mut Asking) -> Fact {
    given.resolve(Expected::from(unit).sign(Sign::Positive), &|| field.to_owned(), asking)
}

/// A number of devices: one or more.
pub(super) fn devices(given: &Quantity, field: &str, asking: &mut Asking) -> Fact {
    let expected = Expected::from(Unit::One).sign(Sign::Any);
    let count = given.resolve(expected, &|| field.to_owned(), asking)?;
    if count >= 1.0 {
        return Ok(count);
    }
    Err(AskError::malformed(field, format!("expected a number of devices from 1 on; got {}", ascii(count))))
}

/// A share of the peak: above none of it, and no more than all.
pub(super) fn share(given: &Quantity, field: &str, asking: &mut Asking) -> Fact {
    let expected = Expected::from(Unit::One).sign(Sign::Any);
    let share = given.resolve(expected, &|| field.to_owned(), asking)?;
    if share > 0.0 && share <= 1.0 {
        return Ok(share);
    }
    let hint = if share > 1.0 && share <= 100.0 {
        format!(": {} % is {}", ascii(share), ascii(share / 100.0))
    } else {
        String::new()
    };
    let message =
        format!("expected a share of the peak above 0 and up to 1 such as 0.4; got {}{hint}", ascii(share));
    Err(AskError::malformed(field, message))
}
