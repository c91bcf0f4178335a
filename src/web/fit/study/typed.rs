//! How what was typed reads.

use super::Study;
use crate::num::decimal;
use crate::units::{Read, Unit, UnitError, read};

/// The fewest draws that have an interval, and the most that are asked for, where any are.
const DRAWS: std::ops::RangeInclusive<u64> = 2..=100_000;

/// What is said of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Held {
    /// Nothing: it is fitted.
    Free,
    /// It is not fitted, and has this value.
    At(f64),
    /// It is fitted between these ends.
    Within([f64; 2]),
}

impl Study {
    /// How the budget reads.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn budget(&self) -> Result<Read, UnitError> {
        read(&self.budget, Unit::Flops)
    }

    /// The threshold of Huber's loss.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn delta(&self) -> Result<f64, String> {
        positive(&self.delta, "a threshold such as 1e-3")
    }

    /// How many times as much a prediction that is too high counts.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn over(&self) -> Result<f64, String> {
        positive(&self.over, "a positive weight such as 1 or 2")
    }

    /// How many draws; none is 0.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn draws(&self) -> Result<u64, String> {
        let count = whole(&self.draws, "a number of draws such as 1000")?;
        if count == 0 || DRAWS.contains(&count) {
            return Ok(count);
        }
        Err(format!("Expected 0, or from 2 to 100 000 draws such as 1000; got “{}”.", self.draws.trim()))
    }

    /// Which draws.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn seed(&self) -> Result<u64, String> {
        whole(&self.seed, "a whole number such as 42")
    }

    /// Lists of parameters that have one value.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn ties(&self) -> Result<Vec<Vec<String>>, String> {
        let lists = self.ties.split([',', ';', '\n']).map(str::trim).filter(|list| !list.is_empty());
        let names = |list: &str| {
            let names: Vec<String> = list.split('=').map(|name| name.trim().to_owned()).collect();
            let whole = names.len() > 1 && names.iter().all(|name| !name.is_empty());
            if whole {
                Ok(names)
            } else {
                Err(format!("Expected ties such as alpha = beta; got “{list}”."))
            }
        };
        lists.map(names).collect()
    }

    /// What is said of a parameter.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn held(&self, name: &str) -> Result<Held, String> {
        let text = self.fixed_at(name).trim();
        if text.is_empty() {
            return Ok(Held::Free);
        }
        let ends = || {
            let (low, high) = text.split_once("to")?;
            Some(Held::Within([number(low)?, number(high)?]))
        };
        let held = number(text).map(Held::At).or_else(ends);
        held.ok_or_else(|| format!("Expected a number such as 1.7, or two such as 0.2 to 0.6; got “{text}”."))
    }

    /// Whether a parameter is not fitted.
    pub fn is_fixed(&self, name: &str) -> bool {
        matches!(self.held(name), Ok(Held::At(_)))
    }
}

/// A finite number, as people write it.
fn number(text: &str) -> Option<f64> {
    decimal(&text.trim().replace('−', "-")).filter(|value| value.is_finite())
}

/// A positive number.
///
/// # Errors
/// What was expected, in a sentence.
pub fn positive(text: &str, expected: &str) -> Result<f64, String> {
    let value = number(text).filter(|value| *value > 0.0);
    value.ok_or_else(|| format!("Expected {expected}; got “{}”.", text.trim()))
}

/// A whole number.
///
/// # Errors
/// What was expected, in a sentence.
pub fn whole(text: &str, expected: &str) -> Result<u64, String> {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    // As the contract has seeds: below 2^53.
    let value = digits.parse().ok().filter(|value| *value < 1 << 53);
    value.ok_or_else(|| format!("Expected {expected}; got “{}”.", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_as_many_as_an_interval_needs() {
        let draws = |text: &str| Study { draws: text.to_owned(), ..Study::default() }.draws();
        assert_eq!((draws("0"), draws("2"), draws("1 000")), (Ok(0), Ok(2), Ok(1000)));
        for wrong in ["1", "1000000"] {
            let said = format!("Expected 0, or from 2 to 100 000 draws such as 1000; got “{wrong}”.");
            assert_eq!(draws(wrong), Err(said));
        }
        assert_eq!(draws("-5").unwrap_err(), "Expected a number of draws such as 1000; got “-5”.");
    }

    #[test]
    fn a_parameter_is_free_fixed_or_bounded() {
        let mut study = Study::default();
        let mut held = |text: &str| {
            study.fix("E", text.to_owned());
            (study.held("E"), study.is_fixed("E"))
        };
        assert_eq!(held(" "), (Ok(Held::Free), false));
        assert_eq!(held("1.7"), (Ok(Held::At(1.7)), true));
        assert_eq!(held("−1 to 2e3"), (Ok(Held::Within([-1.0, 2000.0])), false));
        let said = held("1 to").0.unwrap_err();
        assert_eq!(said, "Expected a number such as 1.7, or two such as 0.2 to 0.6; got “1 to”.");
    }
}
