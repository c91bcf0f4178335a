//! What the evaluator of a law says: the names of its fields, what stands in them, a value with its unit, and how
//! far it lies from the runs. Plain Rust, so that a law's document is written with the words of the program that
//! takes it over.

use super::json::{self, Json};
use super::reading::{Warning, warnings};
use super::words::{self, sentence_case};
use crate::ask::Named;
use crate::num;
use crate::units::{self, Read, Unit, UnitError, show};

/// What a field asks for, by the unit of an input and what that counts: `Size`, `Unique tokens`.
pub fn name(unit: Unit, counts: &str) -> String {
    let starts = |words: &str| counts.starts_with(words);
    match unit {
        Unit::Parameters if starts("all parameters") || starts("parameters") => match counts {
            active if active.starts_with("parameters active") => "Active size".to_owned(),
            _ => "Size".to_owned(),
        },
        Unit::Tokens if starts("tokens seen") => "Tokens".to_owned(),
        Unit::Flops if starts("training compute") => "Compute".to_owned(),
        unit if unit.is_loss() && (starts("cross-entropy") || counts == unit.words()) => "Loss".to_owned(),
        _ => {
            let clause = counts.split([',', ';', ':']).next().unwrap_or_default();
            words::capital(clause.to_owned())
        }
    }
}

/// An amount as one would type it: the shortest text that is read as just this value.
pub fn typed(value: f64, unit: Unit) -> String {
    let scaled =
        [(1e12, "T"), (1e9, "B"), (1e6, "M")].map(|(scale, letter)| format!("{}{letter}", value / scale));
    let plain = [format!("{value}"), format!("{value:e}")];
    let scaled = scaled.into_iter().filter(|_| !matches!(unit, Unit::Flops | Unit::One) && !unit.is_loss());
    let exact = |text: &String| units::read(text, unit).is_ok_and(|read| read.value == value);
    plain
        .into_iter()
        .chain(scaled)
        .filter(exact)
        .min_by_key(String::len)
        .unwrap_or_else(|| units::ascii(value))
}

/// How a field was read, or why not.
pub fn echo(read: &Result<Read, UnitError>, unit: Unit) -> String {
    match read {
        Ok(read) => super::words::echo(read.value, unit),
        Err(error) => super::words::complaint(error),
    }
}

/// A value, and the unit that follows it: losses to four decimals.
pub fn value(value: f64, unit: Unit) -> (String, &'static str) {
    let shown = show(value, unit);
    if unit.is_loss() { (units::decimals(value, 4), unit.words()) } else { (shown.number(), shown.unit) }
}

/// The question for the value of a law, as JSON: `law` and `fit` are JSON too, and so are the values.
pub fn ask(law: &str, fit: Option<&str>, at: &[(&str, String)]) -> String {
    let mut predict = vec![("law", law.to_owned())];
    predict.extend(fit.map(|fit| ("fit", fit.to_owned())));
    predict.push(("at", json::object(at)));
    json::object(&[("predict", json::object(&predict))])
}

/// The value of a law at a point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prediction {
    /// Every output by name; none where it is no finite number.
    pub outputs: Named<Option<f64>>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

impl Prediction {
    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        let predict = Json::read(answer)?.get("predict")?.members();
        let outputs = predict.get("outputs")?.members().0;
        Some(Self {
            outputs: Named(outputs.into_iter().map(|(name, value)| (name, value.number())).collect()),
            warnings: warnings(&predict),
        })
    }

    /// Whether every output is a number.
    pub fn has_value(&self) -> bool {
        self.outputs.iter().all(|(_, value)| value.is_some())
    }

    /// An output.
    pub fn output(&self, name: &str) -> Option<f64> {
        self.outputs.get(name).copied().flatten()
    }
}

/// A round number in the middle of two, by their ratio where both are positive.
pub fn between(low: f64, high: f64) -> f64 {
    let middle = if low > 0.0 {
        num::exp(f64::midpoint(num::ln(low), num::ln(high)))
    } else {
        f64::midpoint(low, high)
    };
    num::decimal(&format!("{middle:.0e}")).unwrap_or(middle)
}

/// How far a value lies from the runs behind its fit: a line for each warning, or that there is none to give.
/// `known` says whether the range of the runs is; values of the reader's own have no runs to lie away from.
pub fn distance(warnings: &[Warning], known: Option<bool>) -> Vec<String> {
    match (warnings, known) {
        ([], None) => Vec::new(),
        ([], Some(true)) => vec!["Inside the range of the runs behind this fit.".to_owned()],
        ([], Some(false)) => vec!["The range of the runs behind this fit was not published.".to_owned()],
        (warnings, _) => warnings.iter().map(|warning| sentence_case(&warning.message)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{C_TRAIN, D_SEEN, D_UNIQUE, LOSS_NATS, N_ACTIVE, N_TOTAL, Variable};

    #[test]
    fn a_field_is_named_for_what_it_asks() {
        let name = |of: Variable| name(of.unit(), of.convention.words());
        assert_eq!([N_TOTAL, D_SEEN, C_TRAIN, LOSS_NATS].map(name), ["Size", "Tokens", "Compute", "Loss"]);
        assert_eq!([N_ACTIVE, D_UNIQUE].map(name), ["Active size", "Unique tokens"]);
        assert_eq!(super::name(Unit::NatsPerToken, Unit::NatsPerToken.words()), "Loss");
        assert_eq!(name(Variable::own("S", Unit::One, "sparsity, the share of experts at rest")), "Sparsity");
    }

    #[test]
    fn a_typed_amount_is_short_and_exact() {
        for (value, unit, text) in [
            (70e9, Unit::Parameters, "70B"),
            (1.4e12, Unit::Tokens, "1.4T"),
            (5.76e23, Unit::Flops, "5.76e23"),
            (20.0, Unit::One, "20"),
            (73190438835.3, Unit::Parameters, "73190438835.3"),
        ] {
            assert_eq!(typed(value, unit), text);
        }
    }

    #[test]
    fn a_value_has_its_unit() {
        assert_eq!(value(1.920846, Unit::NatsPerToken), ("1.9208".to_owned(), "nats per token"));
        assert_eq!(value(4.036e10, Unit::Parameters), ("40.4\u{a0}B".to_owned(), "parameters"));
    }
}
