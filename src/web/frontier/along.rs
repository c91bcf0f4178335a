//! What an axis of a sweep runs along, and what was typed of it.

use super::listed::Listed;
use crate::figure::Grid;
use crate::num;
use crate::units::{Unit, UnitError, read, show};
use crate::web::json;

/// What an axis runs along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Along {
    /// The compute that is spent.
    Budget,
    /// The tokens that the model will serve, paid for from the same budget.
    Demand,
    /// At most so many tokens.
    MostTokens,
    /// At most so many parameters.
    LargestSize,
    /// An input of the law.
    Input(String),
    /// A parameter of the law, instead of the value of its fit.
    Parameter(String),
}

/// How the values of an axis lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spacing {
    /// Equal factors apart.
    #[default]
    Log,
    /// Equal differences apart.
    Linear,
    /// As they are listed.
    List,
}

/// An axis, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Axis {
    /// The key of what it runs along; empty for none.
    pub of: String,
    /// How its values lie.
    pub spacing: Spacing,
    /// The first of them, or all that are listed.
    pub from: String,
    /// The last of them.
    pub to: String,
    /// How many.
    pub steps: String,
}

/// A field of an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The first value, or all.
    From,
    /// The last.
    To,
    /// How many.
    Steps,
}

/// What is wrong with an axis, and with which of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Which.
    pub field: Field,
    /// What is wrong.
    pub message: String,
}

/// An axis that was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// From one end to another.
    Range {
        /// The ends.
        ends: [f64; 2],
        /// How many values.
        steps: usize,
        /// Whether they are equal factors apart.
        log: bool,
    },
    /// As listed.
    List(Vec<f64>),
}

/// So many steps an axis may have, as an example.
const STEPS: &str = "64";
const INPUT: &str = "at.";
const PARAMETER: &str = "fit.";

impl Along {
    /// What can be run along where plans are asked for, or where losses are.
    pub fn offered(law: &Listed, plans: bool) -> Vec<Self> {
        let inputs = |input: &super::listed::Input| Self::Input(input.symbol.clone());
        let mut all = if plans {
            let demand = (!law.own_cost).then_some(Self::Demand);
            let limits = [Self::MostTokens, Self::LargestSize];
            std::iter::once(Self::Budget).chain(demand).chain(limits).collect::<Vec<_>>()
        } else {
            vec![Self::Input("N".to_owned()), Self::Input("D".to_owned())]
        };
        all.extend(law.others().map(inputs));
        all.extend(law.parameters.iter().cloned().map(Self::Parameter));
        all
    }

    /// Its name in a link.
    pub fn key(&self) -> String {
        match self {
            Self::Budget => "budget".to_owned(),
            Self::Demand => "demand".to_owned(),
            Self::MostTokens => "most-tokens".to_owned(),
            Self::LargestSize => "largest-size".to_owned(),
            Self::Input(symbol) => format!("{INPUT}{symbol}"),
            Self::Parameter(name) => format!("{PARAMETER}{name}"),
        }
    }

    /// The one of this name.
    pub fn keyed(key: &str) -> Option<Self> {
        Some(match key {
            "budget" => Self::Budget,
            "demand" => Self::Demand,
            "most-tokens" => Self::MostTokens,
            "largest-size" => Self::LargestSize,
            _ => match (key.strip_prefix(INPUT), key.strip_prefix(PARAMETER)) {
                (Some(symbol), _) => Self::Input(symbol.to_owned()),
                (_, Some(name)) => Self::Parameter(name.to_owned()),
                _ => return None,
            },
        })
    }

    /// What it is called where it is chosen.
    pub fn name(&self, law: &Listed) -> String {
        match self {
            Self::Budget => "budget, FLOPs".to_owned(),
            Self::Demand => "tokens served".to_owned(),
            Self::MostTokens => "most tokens".to_owned(),
            Self::LargestSize => "largest size".to_owned(),
            Self::Input(symbol) => match law.inputs.iter().find(|input| input.symbol == *symbol) {
                Some(input) if !input.what.is_empty() => format!("{symbol}, {}", input.what),
                _ => symbol.clone(),
            },
            Self::Parameter(name) => format!("parameter {name}"),
        }
    }

    /// What stands along an axis of it; `serves` where something is served from the budget.
    pub fn title(&self, law: &Listed, serves: bool) -> String {
        match self {
            Self::Budget if serves => "training and serving FLOPs".to_owned(),
            Self::Budget => "training FLOPs".to_owned(),
            other => other.name(law),
        }
    }

    /// Its unit.
    pub fn unit(&self, law: &Listed) -> Unit {
        match self {
            Self::Budget => Unit::Flops,
            Self::Demand | Self::MostTokens => Unit::Tokens,
            Self::LargestSize => Unit::Parameters,
            Self::Parameter(_) => Unit::One,
            Self::Input(symbol) => {
                let input = law.inputs.iter().find(|input| input.symbol == *symbol);
                input.and_then(|input| input.unit.parse().ok()).unwrap_or(Unit::One)
            }
        }
    }

    /// A value of it, in words: `2.00 T tokens served`, `S 0.500`.
    pub fn says(&self, value: f64, law: &Listed) -> String {
        let shown = show(value, self.unit(law));
        match self {
            Self::Budget => shown.to_string(),
            Self::Demand => format!("{shown} served"),
            Self::MostTokens | Self::LargestSize => format!("at most {shown}"),
            Self::Input(name) | Self::Parameter(name) => format!("{name} {}", shown.number()),
        }
    }

    /// The same where there is little room: `2.00 T served`.
    pub fn label(&self, value: f64, law: &Listed) -> String {
        let number = show(value, self.unit(law)).number();
        match self {
            Self::Budget => number,
            Self::Demand => format!("{number} served"),
            Self::MostTokens | Self::LargestSize => format!("up to {number}"),
            Self::Input(_) | Self::Parameter(_) => self.says(value, law),
        }
    }

    /// What it is in a Question: its subject, and the side on which that limits.
    pub(super) fn asked(&self) -> (&str, Option<&'static str>) {
        match self {
            Self::Budget => ("budget", None),
            Self::Demand => ("demand", None),
            Self::MostTokens => ("D", Some("at_most")),
            Self::LargestSize => ("N", Some("at_most")),
            Self::Input(name) | Self::Parameter(name) => (name, None),
        }
    }

    /// What an axis of it begins as.
    pub fn usual(&self, law: &Listed, steps: &str) -> Axis {
        let unit = self.unit(law);
        let (from, to, spacing) = match (self, unit) {
            (Self::Budget, _) => ("1e21", "1e26", Spacing::Log),
            (Self::Demand | Self::MostTokens, _) | (Self::Input(_), Unit::Tokens) => {
                ("10B", "100T", Spacing::Log)
            }
            (Self::LargestSize, _) | (Self::Input(_), Unit::Parameters) => ("100M", "1T", Spacing::Log),
            (_, Unit::Bits) => ("2", "16", Spacing::Linear),
            _ => ("0.1", "0.9", Spacing::Linear),
        };
        let text = str::to_owned;
        Axis { of: self.key(), spacing, from: text(from), to: text(to), steps: text(steps) }
    }
}

impl Spacing {
    /// Every kind, as the page offers them.
    pub const ALL: [Self; 3] = [Self::Log, Self::Linear, Self::List];

    /// Its name in a link, and on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Linear => "linear",
            Self::List => "list",
        }
    }
}

impl Axis {
    /// The field that says how many values there are.
    pub const fn counting(&self) -> Field {
        if matches!(self.spacing, Spacing::List) { Field::From } else { Field::Steps }
    }

    /// What it runs along, if along anything.
    pub fn along(&self) -> Option<Along> {
        Along::keyed(&self.of)
    }

    /// Its values.
    ///
    /// # Errors
    /// What cannot be read, with what was expected of which field.
    pub fn read(&self, unit: Unit) -> Result<Values, Mistake> {
        let amount = |field: Field, text: &str| {
            let value = read(text, unit).map(|read| read.value);
            value.map_err(|error: UnitError| Mistake { field, message: error.to_string() })
        };
        if self.spacing == Spacing::List {
            let texts = self.from.split([',', ';']).map(str::trim).filter(|text| !text.is_empty());
            let values = texts.map(|text| amount(Field::From, text)).collect::<Result<Vec<_>, _>>()?;
            return match values.windows(2).find(|pair| pair[0] >= pair[1]) {
                _ if values.is_empty() => Err(Mistake {
                    field: Field::From,
                    message: "expected values such as 1T, 2T, 20T".to_owned(),
                }),
                Some(pair) => Err(Mistake {
                    field: Field::From,
                    message: format!(
                        "expected rising values; {} stands before {}",
                        show(pair[0], unit).number(),
                        show(pair[1], unit).number()
                    ),
                }),
                None => Ok(Values::List(values)),
            };
        }
        let log = self.spacing == Spacing::Log;
        let ends = [amount(Field::From, &self.from)?, amount(Field::To, &self.to)?];
        let wrong = |field, message: String| Err(Mistake { field, message });
        if log && ends[0] <= 0.0 {
            return wrong(
                Field::From,
                "expected a number above 0 where values are equal factors apart".to_owned(),
            );
        }
        if ends[0] >= ends[1] {
            let first = show(ends[0], unit).number();
            return wrong(Field::To, format!("expected more than the first value, {first}"));
        }
        match read(&self.steps, Unit::One).map(|read| read.value) {
            Ok(steps) if steps >= 2.0 && steps == num::floor(steps) => {
                Ok(Values::Range { ends, steps: steps as usize, log })
            }
            _ => {
                wrong(Field::Steps, format!("expected a whole number of steps, at least 2, such as {STEPS}"))
            }
        }
    }
}

impl Values {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Range { steps, .. } => *steps,
            Self::List(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether they are equal factors apart, or listed and above 0.
    pub fn is_log(&self) -> bool {
        match self {
            Self::Range { log, .. } => *log,
            Self::List(values) => values.first().is_some_and(|first| *first > 0.0),
        }
    }

    /// All of them, as they are drawn; those of the answer may differ in their last digits.
    pub fn all(&self) -> Vec<f64> {
        match self {
            Self::Range { ends: [low, high], steps, log: true } => Grid::positions(*low, *high, *steps),
            Self::Range { ends: [low, high], steps, log: false } => {
                let step = (high - low) / (*steps - 1) as f64;
                (0..*steps).map(|at| low + step * at as f64).collect()
            }
            Self::List(values) => values.clone(),
        }
    }

    /// The same ends with fewer values, for a picture that comes soon.
    #[must_use]
    pub fn coarse(&self, most: usize) -> Self {
        match self {
            Self::Range { ends, steps, log } => {
                Self::Range { ends: *ends, steps: (*steps).min(most), log: *log }
            }
            Self::List(values) => Self::List(values.clone()),
        }
    }

    /// The fields of an axis of a Question that give them.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Range { ends, steps, log } => vec![
                ("from", json::number(ends[0])),
                ("to", json::number(ends[1])),
                ("steps", steps.to_string()),
                ("scale", json::string(if *log { "log" } else { "linear" })),
            ],
            Self::List(values) => {
                vec![("values", json::list(values.iter().map(|value| json::number(*value))))]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(spacing: Spacing, from: &str, to: &str, steps: &str) -> Axis {
        let text = str::to_owned;
        Axis { of: "budget".to_owned(), spacing, from: text(from), to: text(to), steps: text(steps) }
    }

    #[test]
    fn an_axis_is_read_or_refused_at_its_field() {
        let read = axis(Spacing::Log, "1e21", "1e26", "512").read(Unit::Flops).unwrap();
        assert_eq!(read, Values::Range { ends: [1e21, 1e26], steps: 512, log: true });
        let listed = axis(Spacing::List, "1T, 2T; 20T", "", "").read(Unit::Tokens).unwrap();
        assert_eq!(listed, Values::List(vec![1e12, 2e12, 2e13]));
        for (spacing, from, to, steps, field, said) in [
            (Spacing::Log, "1e26", "1e21", "9", Field::To, "more than the first value"),
            (Spacing::Log, "1e21", "1e26", "1", Field::Steps, "at least 2"),
            (Spacing::Log, "1e21", "1e26", "2.5", Field::Steps, "whole"),
            (
                Spacing::Log,
                "1e21",
                "1e26",
                "abc",
                Field::Steps,
                "a whole number of steps, at least 2, such as 64",
            ),
            (Spacing::Log, "1e21", "7 tokens", "9", Field::To, "tokens"),
            (Spacing::Log, "-1", "7", "9", Field::From, ""),
            (Spacing::List, "2T, 1T", "", "", Field::From, "rising"),
            (Spacing::List, " , ", "", "", Field::From, "such as"),
        ] {
            let Mistake { field: at, message } =
                axis(spacing, from, to, steps).read(Unit::Flops).unwrap_err();
            if said != "rising" {
                assert_eq!(at, field, "{message}");
            }
            assert!(message.contains(said) || said == "rising", "{message}");
        }
        let falling = axis(Spacing::List, "2T, 1T", "", "").read(Unit::Tokens).unwrap_err();
        assert!(falling.message.contains("2.00\u{a0}T stands before 1.00\u{a0}T"), "{}", falling.message);
        let zero = axis(Spacing::Log, "0", "0.9", "9").read(Unit::One).unwrap_err();
        assert_eq!(zero.field, Field::From);
    }

    #[test]
    fn keys_name_what_they_are_of() {
        for along in [
            Along::Budget,
            Along::Demand,
            Along::MostTokens,
            Along::LargestSize,
            Along::Input("S".to_owned()),
            Along::Parameter("alpha".to_owned()),
        ] {
            assert_eq!(Along::keyed(&along.key()), Some(along));
        }
        assert_eq!(Along::keyed("colour"), None);
    }
}
