//! What the reader has chosen about a fit: law, method, draws, budget, as it was typed and chosen.
//!
//! The address of the page holds it as a query, and so does the storage of the tab; what stands at its usual value is
//! left out of both.

use crate::num::decimal;
use crate::units::{Read, Unit, UnitError, read};
use crate::web::json;
use crate::web::laws::draft::Draft;
use crate::web::link::{decode, encode};
use crate::web::question::{BUDGET, LAW, law as law_json};

/// The value of the choice of laws that stands for a formula of the reader's own; no id has a space.
pub const TYPED: &str = "a formula";
/// The formula that a reader's own begins as.
pub const FORMULA: &str = "E + A / N^alpha + B / D^beta";
/// The share of draws that intervals hold.
pub const LEVEL: f64 = 0.9;
/// Draws of the first part of a bootstrap, and of the largest: after each the page shows what is known so far, and each
/// begins with the fit itself.
const PARTS: (u64, u64) = (50, 500);
/// The most draws that are asked for.
const MOST_DRAWS: u64 = 100_000;

/// How residuals count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Squares up to a threshold, and sizes beyond it.
    #[default]
    Huber,
    /// Squares.
    Squares,
    /// Sizes.
    Absolute,
}

/// How many draws the part of a bootstrap has that begins with the draw numbered `first`, of so many in all.
pub fn part(first: u64, of: u64) -> u64 {
    first.clamp(PARTS.0, PARTS.1).min(of.saturating_sub(first))
}

/// What is drawn anew for each refit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resampling {
    /// Rows.
    #[default]
    Rows,
    /// All rows of a run together.
    Groups,
    /// The signs of residuals.
    Wild,
}

/// What the reader has chosen, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Study {
    /// The id of a law, a typed law as the contract's JSON, or [`TYPED`].
    pub law: String,
    /// The formula of the reader's own.
    pub formula: String,
    /// How residuals count.
    pub measure: Measure,
    /// The threshold of Huber's loss.
    pub delta: String,
    /// Whether residuals are of the loss itself, and not of its logarithm.
    pub raw: bool,
    /// How many times as much a prediction that is too high counts.
    pub over: String,
    /// Parameters that have one value: `alpha = beta`.
    pub ties: String,
    /// Parameters that are not fitted, by name.
    pub fixed: Vec<(String, String)>,
    /// What is drawn.
    pub resampling: Resampling,
    /// How many draws.
    pub draws: String,
    /// Which draws.
    pub seed: String,
    /// The budget of the decision.
    pub budget: String,
    /// The other approaches that are open, by their keys.
    pub open: String,
    /// By how much the compute of the runs of one budget may grow from one to the next.
    pub tolerance: String,
    /// How many of the largest budgets a back-test hides.
    pub hidden: String,
    /// The fit that this one is compared with.
    pub other: String,
    /// At which losses.
    pub losses: String,
}

impl Default for Study {
    fn default() -> Self {
        Self {
            law: LAW.to_owned(),
            formula: FORMULA.to_owned(),
            measure: Measure::Huber,
            delta: "1e-3".to_owned(),
            raw: false,
            over: "1".to_owned(),
            ties: String::new(),
            fixed: Vec::new(),
            resampling: Resampling::Rows,
            draws: "1000".to_owned(),
            seed: "42".to_owned(),
            budget: BUDGET.to_owned(),
            open: String::new(),
            tolerance: "0.1".to_owned(),
            hidden: "2".to_owned(),
            other: String::new(),
            losses: String::new(),
        }
    }
}

/// The names of texts in the address, and where each stands.
type Text = (&'static str, fn(&mut Study) -> &mut String);
const TEXTS: [Text; 13] = [
    ("law", |study| &mut study.law),
    ("formula", |study| &mut study.formula),
    ("delta", |study| &mut study.delta),
    ("over", |study| &mut study.over),
    ("tie", |study| &mut study.ties),
    ("draws", |study| &mut study.draws),
    ("seed", |study| &mut study.seed),
    ("budget", |study| &mut study.budget),
    ("open", |study| &mut study.open),
    ("tolerance", |study| &mut study.tolerance),
    ("hidden", |study| &mut study.hidden),
    ("other", |study| &mut study.other),
    ("losses", |study| &mut study.losses),
];

/// What the key of a fixed parameter begins with.
const FIX: &str = "fix.";

impl Measure {
    /// Every measure, in the order in which the page offers them.
    pub const ALL: [Self; 3] = [Self::Huber, Self::Squares, Self::Absolute];

    /// Its name in a question and in an address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Huber => "huber",
            Self::Squares => "squares",
            Self::Absolute => "absolute",
        }
    }

    /// What the page calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Huber => "Huber’s loss",
            Self::Squares => "Least squares",
            Self::Absolute => "Least absolute deviations",
        }
    }
}

impl Resampling {
    /// Every kind, in the order in which the page offers them.
    pub const ALL: [Self; 3] = [Self::Rows, Self::Groups, Self::Wild];

    /// Its name in a question and in an address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Groups => "groups",
            Self::Wild => "wild",
        }
    }

    /// What the page calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rows => "Rows",
            Self::Groups => "Whole runs",
            Self::Wild => "Signs of residuals",
        }
    }
}

impl Study {
    /// The query of its address, with its `?`; empty where nothing is chosen.
    pub fn query(&self) -> String {
        let (mut this, mut usual) = (self.clone(), Self::default());
        let mut parts: Vec<(String, String)> = Vec::new();
        for (key, of) in TEXTS {
            if of(&mut this) != of(&mut usual) {
                parts.push((key.to_owned(), of(&mut this).clone()));
            }
        }
        let mut choice = |key: &str, value: &str, is: bool| {
            if is {
                parts.push((key.to_owned(), value.to_owned()));
            }
        };
        choice("loss", self.measure.key(), self.measure != usual.measure);
        choice("of", "raw", self.raw);
        choice("resample", self.resampling.key(), self.resampling != usual.resampling);
        for (name, text) in &self.fixed {
            choice(&format!("{FIX}{}", encode(name)), text, !text.is_empty());
        }
        let parts: Vec<String> =
            parts.iter().map(|(key, value)| format!("{key}={}", encode(value))).collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    /// Reads a query, with its `?`, and the parts of it that could not be read.
    pub fn open(query: &str) -> (Self, Vec<String>) {
        let (mut study, mut damaged) = (Self::default(), Vec::new());
        for part in query.trim_start_matches('?').split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            if decode(value).and_then(|value| study.take(key, value)).is_none() {
                damaged.push(decode(key).unwrap_or_else(|| key.to_owned()));
            }
        }
        (study, damaged)
    }

    fn take(&mut self, key: &str, value: String) -> Option<()> {
        if let Some((_, of)) = TEXTS.iter().find(|(known, _)| *known == key) {
            *of(self) = value;
            return Some(());
        }
        match key {
            "loss" => self.measure = Measure::ALL.into_iter().find(|kind| kind.key() == value)?,
            "of" => self.raw = value == "raw",
            "resample" => self.resampling = Resampling::ALL.into_iter().find(|kind| kind.key() == value)?,
            _ => self.fix(&decode(key.strip_prefix(FIX)?)?, value),
        }
        Some(())
    }

    /// Fixes a parameter at a value; it is free again where the text is empty.
    pub fn fix(&mut self, name: &str, text: String) {
        match self.fixed.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = text,
            None => self.fixed.push((name.to_owned(), text)),
        }
    }

    /// What a parameter is fixed at, as typed.
    pub fn fixed_at(&self, name: &str) -> &str {
        self.fixed.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }

    /// Takes another law: what was said of the parameters of the last one is said of none of it.
    pub fn choose_law(&mut self, law: String) {
        if self.law != law {
            self.law = law;
            self.ties.clear();
            self.fixed.clear();
            self.other.clear();
        }
    }

    /// The law and how it is fitted, all else as usual.
    #[must_use]
    pub fn method_alone(&self) -> Self {
        let Self { law, formula, measure, delta, raw, over, ties, fixed, .. } = self.clone();
        Self { law, formula, measure, delta, raw, over, ties, fixed, ..Self::default() }
    }

    /// The law as the contract has it; nothing while the formula has a mistake.
    pub fn law(&self) -> Option<String> {
        if self.law == TYPED { Draft::of(self.formula.trim()).law() } else { Some(law_json(&self.law)) }
    }

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
        if count > MOST_DRAWS {
            return Err(format!("Expected at most 100 000 draws; got {}.", self.draws.trim()));
        }
        Ok(count)
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

    /// What a parameter is fixed at; nothing where it is free.
    ///
    /// # Errors
    /// What was expected, in a sentence.
    pub fn fixed_value(&self, name: &str) -> Result<Option<f64>, String> {
        match self.fixed_at(name).trim() {
            "" => Ok(None),
            text => match number(text) {
                Some(value) => Ok(Some(value)),
                None => Err(format!("Expected a number such as 1.7; got “{text}”.")),
            },
        }
    }

    /// The question that fits the law to rows, as JSON, without draws; nothing while something typed cannot be read.
    pub fn fit(&self, runs: &str) -> Option<String> {
        Some(asked(&self.fields(runs)?))
    }

    /// The same with so many draws from the one numbered `first`.
    pub fn bootstrap(&self, runs: &str, first: u64, draws: u64) -> Option<String> {
        let mut fields = self.fields(runs)?;
        let mut bootstrap = self.drawn(draws)?;
        bootstrap.push(("first", first.to_string()));
        fields.push(("bootstrap", json::object(&bootstrap)));
        Some(asked(&fields))
    }

    /// What is drawn, so many times, as the contract has it.
    pub fn drawn(&self, draws: u64) -> Option<Vec<(&'static str, String)>> {
        Some(vec![
            ("kind", json::string(self.resampling.key())),
            ("draws", draws.to_string()),
            ("seed", self.seed().ok()?.to_string()),
        ])
    }

    /// The same as [`fit`](Self::fit), with what it decides at the budget.
    pub fn decide(&self, runs: &str) -> Option<String> {
        Some(asked(&self.decided(runs)?))
    }

    fn decided(&self, runs: &str) -> Option<Vec<(&'static str, String)>> {
        self.budget().ok()?;
        let mut fields = self.fields(runs)?;
        let plan = json::object(&[("budget", json::string(&self.budget))]);
        fields.push(("decide", json::list([json::object(&[("allocate", plan)])].into_iter())));
        Some(fields)
    }

    /// The same with how much each run says, and the answer without so many that say most.
    pub fn diagnose(&self, runs: &str, most: usize) -> Option<String> {
        let mut fields = self.decided(runs)?;
        fields.push(("diagnose", most.to_string()));
        Some(asked(&fields))
    }

    /// The question for a profile of what is named in `of`, as JSON.
    pub fn profile(&self, runs: &str, of: String) -> Option<String> {
        let fields = [("fit", json::object(&self.fields(runs)?)), ("of", of)];
        Some(json::object(&[("profile", json::object(&fields))]))
    }

    fn fields(&self, runs: &str) -> Option<Vec<(&'static str, String)>> {
        let mut fields = self.method_fields()?;
        fields.insert(1, ("runs", runs.to_owned()));
        Some(fields)
    }

    /// The law with how it is fitted, as the contract has it, in the order of its fields.
    pub fn method_fields(&self) -> Option<Vec<(&'static str, String)>> {
        let mut fields = vec![("law", self.law()?)];
        let loss = self.loss()?;
        if !(loss.len() == 1 && loss[0] == ("huber", json::number(1e-3))) {
            fields.push(("loss", json::object(&loss)));
        }
        let ties = self.ties().ok()?;
        if !ties.is_empty() {
            let list = |names: &Vec<String>| json::list(names.iter().map(|name| json::string(name)));
            fields.push(("tie", json::list(ties.iter().map(list))));
        }
        let mut fixed = Vec::new();
        for (name, _) in &self.fixed {
            if let Some(value) = self.fixed_value(name).ok()? {
                fixed.push((&**name, json::number(value)));
            }
        }
        if !fixed.is_empty() {
            fields.push(("fix", json::object(&fixed)));
        }
        Some(fields)
    }

    /// How residuals count, as the contract has it.
    fn loss(&self) -> Option<Vec<(&'static str, String)>> {
        let over = self.over().ok()?;
        let mut loss = match self.measure {
            Measure::Huber => vec![("huber", json::number(self.delta().ok()?))],
            other => vec![(other.key(), "true".to_owned())],
        };
        if self.raw {
            loss.push(("of", json::string("raw")));
        }
        if over != 1.0 {
            loss.push(("over", json::number(over)));
        }
        Some(loss)
    }

    /// The method in words: `the sum of Huber losses (δ = 1e-3) of log residuals`.
    pub fn method(&self) -> String {
        let of = if self.raw { "residuals of the loss" } else { "log residuals" };
        let sum = match self.measure {
            Measure::Huber => format!("the sum of Huber losses (δ = {}) of {of}", self.delta.trim()),
            Measure::Squares => format!("half the sum of squares of {of}"),
            Measure::Absolute => format!("the sum of absolute {of}"),
        };
        match self.over() {
            Ok(over) if over != 1.0 => {
                format!("{sum}, over-prediction weighing {} times as much", self.over.trim())
            }
            _ => sum,
        }
    }
}

fn asked(fields: &[(&str, String)]) -> String {
    json::object(&[("fit", json::object(fields))])
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
    fn what_is_usual_is_not_said() {
        assert_eq!(Study::default().query(), "");
        assert_eq!(Study::open(""), (Study::default(), Vec::new()));
        let asked = Study::default().fit(r#"{"N":[1]}"#);
        assert_eq!(asked.as_deref(), Some(r#"{"fit":{"law":"chinchilla","runs":{"N":[1]}}}"#));
    }

    #[test]
    fn an_address_opens_what_it_was_made_of() {
        let mut study = Study {
            law: TYPED.to_owned(),
            formula: "E + A / N^alpha".to_owned(),
            measure: Measure::Absolute,
            raw: true,
            over: "2".to_owned(),
            ties: "alpha = beta".to_owned(),
            resampling: Resampling::Wild,
            budget: "10k H100-hours & more".to_owned(),
            open: "isoflop,backtest".to_owned(),
            tolerance: "0.2".to_owned(),
            losses: "2.5 to 2".to_owned(),
            ..Study::default()
        };
        study.fix("E", "1.7".to_owned());
        assert_eq!(Study::open(&study.query()), (study, Vec::new()));
        let (opened, damaged) = Study::open("?loss=cubes&draws=10&colour=blue");
        assert_eq!(opened, Study { draws: "10".to_owned(), ..Study::default() });
        assert_eq!(damaged, ["loss", "colour"]);
    }

    #[test]
    fn a_method_is_asked_as_the_contract_has_it() {
        let mut study = Study {
            measure: Measure::Squares,
            raw: true,
            over: "2".to_owned(),
            ties: "alpha = beta, A = B".to_owned(),
            ..Study::default()
        };
        study.fix("E", "1.7".to_owned());
        study.fix("A", " ".to_owned());
        let asked: serde_json::Value =
            serde_json::from_str(&study.bootstrap("{}", 100, 50).unwrap()).unwrap();
        let expected = serde_json::json!({"fit": {
            "law": "chinchilla", "runs": {}, "loss": {"squares": true, "of": "raw", "over": 2.0},
            "tie": [["alpha", "beta"], ["A", "B"]], "fix": {"E": 1.7},
            "bootstrap": {"kind": "rows", "draws": 50, "seed": 42, "first": 100},
        }});
        assert_eq!(asked, expected);
        let decided = study.decide("{}").unwrap();
        assert!(decided.ends_with(r#""decide":[{"allocate":{"budget":"5.76e23 FLOPs"}}]}}"#), "{decided}");
    }

    #[test]
    fn what_cannot_be_read_is_not_asked_and_said() {
        let study = |change: fn(&mut Study)| {
            let mut study = Study::default();
            change(&mut study);
            study
        };
        let unread = [
            study(|study| study.delta = "-1".to_owned()),
            study(|study| study.over = "much".to_owned()),
            study(|study| study.ties = "alpha".to_owned()),
            study(|study| study.fix("E", "x".to_owned())),
            study(|study| (study.law, study.formula) = (TYPED.to_owned(), "E + (".to_owned())),
        ];
        for study in unread {
            assert_eq!(study.fit("{}"), None, "{study:?}");
        }
        assert_eq!(study(|study| study.draws = "1e9".to_owned()).draws().ok(), None);
        let said = study(|study| study.ties = "alpha =".to_owned()).ties().unwrap_err();
        assert_eq!(said, "Expected ties such as alpha = beta; got “alpha =”.");
    }

    #[test]
    fn parts_of_a_bootstrap_cover_its_draws_once() {
        for of in [0, 1, 50, 51, 999, 1000, 4000] {
            let (mut first, mut parts) = (0, 0);
            while first < of {
                first += part(first, of);
                parts += 1;
            }
            assert_eq!(first, of);
            assert!(parts <= 12, "{of}: {parts}");
        }
    }

    #[test]
    fn another_law_has_other_parameters() {
        let mut study = Study::default();
        study.fix("E", "1.7".to_owned());
        study.choose_law("chinchilla".to_owned());
        assert_eq!(study.fixed_at("E"), "1.7");
        study.choose_law("kaplan".to_owned());
        assert_eq!(study.fixed_at("E"), "");
    }
}
