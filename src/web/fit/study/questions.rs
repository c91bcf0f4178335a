//! What is asked by a study, as the contract has it; nothing while something typed cannot be read.

use super::{Held, Measure, Study, TYPED};
use crate::web::json;
use crate::web::laws::draft::Draft;
use crate::web::question::law as law_json;

/// Draws of the first part of a bootstrap, and of the largest: after each the page shows what is known so far, and each
/// begins with the fit itself.
const PARTS: (u64, u64) = (50, 500);

/// How many draws the part of a bootstrap has that begins with the draw numbered `first`, of so many in all.
pub fn part(first: u64, of: u64) -> u64 {
    first.clamp(PARTS.0, PARTS.1).min(of.saturating_sub(first))
}

impl Study {
    /// The law as the contract has it; nothing while the formula has a mistake.
    pub fn law(&self) -> Option<String> {
        if self.law == TYPED { Draft::of(self.formula.trim()).law() } else { Some(law_json(&self.law)) }
    }
    /// The question that fits the law to rows, as JSON, without draws; nothing while something typed cannot be read.
    pub fn fit(&self, runs: impl Into<String>) -> Option<String> {
        Some(asked(self.fields(runs)?))
    }

    /// The same with so many draws from the one numbered `first`.
    pub fn bootstrap(&self, runs: impl Into<String>, first: u64, draws: u64) -> Option<String> {
        let mut fields = self.fields(runs)?;
        let mut bootstrap = self.drawn(draws)?;
        bootstrap.push(("first", first.to_string()));
        fields.push(("bootstrap", json::object(&bootstrap)));
        Some(asked(fields))
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
    pub fn decide(&self, runs: impl Into<String>) -> Option<String> {
        Some(asked(self.decided(runs)?))
    }

    fn decided(&self, runs: impl Into<String>) -> Option<Vec<(&'static str, String)>> {
        self.budget().ok()?;
        let mut fields = self.fields(runs)?;
        let plan = json::object(&[("budget", json::string(&self.budget))]);
        fields.push(("decide", json::list([json::object(&[("allocate", plan)])].into_iter())));
        Some(fields)
    }

    /// The same with how much each run says, and the answer without so many that say most.
    pub fn diagnose(&self, runs: impl Into<String>, most: usize) -> Option<String> {
        let mut fields = self.decided(runs)?;
        fields.push(("diagnose", most.to_string()));
        Some(asked(fields))
    }

    /// The question for a profile of what is named in `of`, as JSON.
    pub fn profile(&self, runs: impl Into<String>, of: String) -> Option<String> {
        let fields = [("fit", json::object(&self.fields(runs)?)), ("of", of)];
        Some(json::object(&[("profile", json::object(&fields))]))
    }

    fn fields(&self, runs: impl Into<String>) -> Option<Vec<(&'static str, String)>> {
        let mut fields = self.method_fields()?;
        fields.insert(1, ("runs", runs.into()));
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
        let (mut fixed, mut bounds) = (Vec::new(), Vec::new());
        for (name, _) in &self.fixed {
            match self.held(name).ok()? {
                Held::Free => {}
                Held::At(value) => fixed.push((&**name, json::number(value))),
                Held::Within(ends) => bounds.push((&**name, json::list(ends.into_iter().map(json::number)))),
            }
        }
        for (name, held) in [("fix", fixed), ("bounds", bounds)] {
            if !held.is_empty() {
                fields.push((name, json::object(&held)));
            }
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

/// The question of these fields. Runs are long, so what was copied goes before the next copy is made.
fn asked(fields: Vec<(&'static str, String)>) -> String {
    let fit = json::object(&fields);
    drop(fields);
    json::object(&[("fit", fit)])
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
        study.fix("alpha", "0.2 to 0.6".to_owned());
        let asked: serde_json::Value =
            serde_json::from_str(&study.bootstrap("{}", 100, 50).unwrap()).unwrap();
        let expected = serde_json::json!({"fit": {
            "law": "chinchilla", "runs": {}, "loss": {"squares": true, "of": "raw", "over": 2.0},
            "tie": [["alpha", "beta"], ["A", "B"]], "fix": {"E": 1.7}, "bounds": {"alpha": [0.2, 0.6]},
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
}
