//! What the names of a formula mean.

use crate::laws::Bounds;
use crate::units::{self, Unit};
use crate::web::evaluator::typed;

/// What a name of a formula means.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// The name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// The unit of an input.
    pub unit: Unit,
    /// The lower bound of a parameter, as typed; empty is none.
    pub low: String,
    /// The upper bound of a parameter, as typed; empty is none.
    pub high: String,
    /// The value of a parameter, or of an input where the law is tried, as typed.
    pub value: String,
}

/// What a name of a formula is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What the law is computed from.
    Input,
    /// What a fit determines.
    Parameter,
}

impl Role {
    /// Both, in the order of lists.
    pub const ALL: [Self; 2] = [Self::Input, Self::Parameter];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Parameter => "parameter",
        }
    }
}

impl Symbol {
    /// What a name most probably means, by its first letter and its place in the formula.
    pub(super) fn guess(name: &str, exponent: bool, is_family: bool) -> Self {
        let unit = crate::ask::unit_of(name);
        let role = if unit == Unit::One || is_family { Role::Parameter } else { Role::Input };
        let (low, high) = match Bounds::exponent() {
            Bounds::In(low, high) if exponent => (typed(low, Unit::One), typed(high, Unit::One)),
            _ => ("0".to_owned(), String::new()),
        };
        let value = match unit {
            Unit::Parameters => "70B",
            Unit::Tokens => "1.4T",
            Unit::Flops => "5.76e23",
            _ => "",
        };
        let value = if is_family { "" } else { value };
        Self { name: name.to_owned(), role, unit, low, high, value: value.to_owned() }
    }

    /// The bounds of a parameter.
    ///
    /// # Errors
    /// What is wrong with them, in a sentence.
    pub fn bounds(&self) -> Result<Bounds, String> {
        let number = |text: &str| match text.trim() {
            "" | "∞" | "-∞" | "−∞" => Ok(None),
            text => units::read(text, Unit::One)
                .map(|read| Some(read.value))
                .map_err(|error| crate::web::words::complaint(&error)),
        };
        match (number(&self.low)?, number(&self.high)?) {
            (Some(low), Some(high)) if low < high => Ok(Bounds::In(low, high)),
            (Some(_), Some(_)) => Err("Expected a lower bound below the upper one.".to_owned()),
            (Some(0.0), None) => Ok(Bounds::Positive),
            (None, None) => Ok(Bounds::Free),
            (Some(_), None) => Err("Expected an upper bound too, or 0 as the only one.".to_owned()),
            (None, Some(_)) => Err("Expected a lower bound too.".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, FIRST};

    #[test]
    fn bounds_that_are_none_say_why() {
        let mut draft = Draft::of(FIRST);
        draft.symbols[0].high = "-1".to_owned();
        assert_eq!(draft.symbols[0].bounds(), Err("Expected a lower bound below the upper one.".to_owned()));
        assert_eq!(draft.law(), None);
        "one".clone_into(&mut draft.symbols[0].high);
        assert!(draft.symbols[0].bounds().is_err());
    }
}
