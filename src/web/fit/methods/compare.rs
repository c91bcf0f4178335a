//! Several methods on the same runs: which there are, and what is asked.

use super::{asked, isoflop};
use crate::units;
use crate::web::fit::study::{Measure, Study};
use crate::web::json;
use crate::web::reading::LawEntry;
use crate::web::words;

/// As many draws are enough to tell methods apart.
const DRAWS: u64 = 100;

/// The ways in which residuals may count that are tried: the measure, its threshold, whether of the loss itself.
const LOSSES: [(Measure, &str, bool); 5] = [
    (Measure::Huber, "1e-3", false),
    (Measure::Huber, "1e-2", false),
    (Measure::Absolute, "", false),
    (Measure::Squares, "", false),
    (Measure::Squares, "", true),
];

/// A way from runs to a plan, and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// What it is called.
    pub name: String,
    /// The way.
    pub way: Way,
}

/// A way from runs to a plan.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// The chosen law, fitted as this says.
    Fit(Box<Study>),
    /// Another law, fitted as this says.
    Law(Box<Study>),
    /// A parabola through the runs of each budget, of which each may have this share more compute than the one before.
    Parabolas(f64),
    /// The lowest of the training curves.
    Envelope,
}

impl Way {
    /// What is fitted, and how.
    pub fn fit(&self) -> Option<&Study> {
        match self {
            Self::Fit(fit) | Self::Law(fit) => Some(fit),
            Self::Parabolas(_) | Self::Envelope => None,
        }
    }
}

/// Every method that may apply, the chosen one first, then other laws. `called` is what a law is called.
pub fn methods(study: &Study, law: &LawEntry, named: bool, called: impl Fn(&str) -> String) -> Vec<Method> {
    let mut methods = fits(study);
    methods.splice(1..1, others(study, called));
    let has =
        |name: &str| law.parameters.iter().any(|known| known == name) && study.fixed_at(name).is_empty();
    if study.ties.trim().is_empty() && has("alpha") && has("beta") {
        let tied = Study { ties: "alpha = beta".to_owned(), ..study.method_alone() };
        methods.push(Method { name: "α and β tied".to_owned(), way: Way::Fit(Box::new(tied)) });
    }
    let tolerance = isoflop::tolerance(study).or_else(|_| isoflop::tolerance(&Study::default()));
    let parabolas = tolerance.map(|tolerance| ("IsoFLOP parabolas", Way::Parabolas(tolerance))).ok();
    let envelope = named.then_some(("Envelope of curves", Way::Envelope));
    let more = parabolas.into_iter().chain(envelope);
    methods.extend(more.map(|(name, way)| Method { name: name.to_owned(), way }));
    methods
}

/// By how much the compute of runs of one budget may grow, for the parabolas among some methods.
pub fn tolerance(methods: &[Method]) -> Option<f64> {
    methods.iter().find_map(|method| match method.way {
        Way::Parabolas(tolerance) => Some(tolerance),
        _ => None,
    })
}

/// The laws that stand beside the chosen one, by the chosen loss.
fn others(study: &Study, called: impl Fn(&str) -> String) -> impl Iterator<Item = Method> {
    let fit = |law: &String| Study {
        law: law.clone(),
        ties: String::new(),
        fixed: Vec::new(),
        ..study.method_alone()
    };
    let beside = study.beside.iter().filter(|law| **law != study.law);
    beside.map(move |law| Method { name: called(law), way: Way::Law(Box::new(fit(law))) })
}

/// The chosen law by every loss, the chosen one first.
pub fn fits(study: &Study) -> Vec<Method> {
    let chosen = study.method_alone();
    let mut fits = vec![chosen.clone()];
    for (measure, delta, raw) in LOSSES {
        let delta = if measure == Measure::Huber { delta } else { &study.delta }.to_owned();
        let other = Study { measure, delta, raw, ..chosen.clone() };
        if !fits.iter().any(|known| counts_as(known, &other)) {
            fits.push(other);
        }
    }
    fits.into_iter().map(|fit| Method { name: name(&fit), way: Way::Fit(Box::new(fit)) }).collect()
}

/// Whether residuals count alike.
fn counts_as(a: &Study, b: &Study) -> bool {
    let delta = |study: &Study| (study.measure == Measure::Huber).then(|| study.delta());
    a.measure == b.measure && a.raw == b.raw && delta(a) == delta(b)
}

/// What a fit is called by how residuals count.
fn name(fit: &Study) -> String {
    let of = if fit.raw { "raw loss" } else { "log loss" };
    match fit.measure {
        Measure::Huber => {
            let delta = fit.delta().map_or_else(|_| fit.delta.clone(), units::ascii);
            let huber = if fit.raw { "Huber, raw loss" } else { "Log-Huber" };
            format!("{huber}, δ\u{a0}=\u{a0}{delta}")
        }
        Measure::Absolute if !fit.raw => "Least absolute deviations".to_owned(),
        Measure::Absolute => format!("Least absolute, {of}"),
        Measure::Squares => format!("Least squares, {of}"),
    }
}

impl Method {
    /// As the contract has it.
    pub fn json(&self) -> Option<String> {
        match &self.way {
            Way::Fit(fit) | Way::Law(fit) => Some(json::object(&fit.method_fields()?)),
            Way::Parabolas(tolerance) => {
                let choice = json::object(&[("tolerance", json::number(*tolerance))]);
                Some(json::object(&[("isoflop", choice)]))
            }
            Way::Envelope => Some(json::string("envelope")),
        }
    }

    /// What it is called within a sentence.
    pub fn within(&self) -> String {
        match &self.way {
            Way::Fit(fit) if fit.measure == Measure::Huber => self.name.clone(),
            Way::Law(_) => format!("“{}”", self.name),
            Way::Fit(_) => self.name.replacen('L', "l", 1),
            Way::Parabolas(_) => "the parabolas".to_owned(),
            Way::Envelope => "the envelope".to_owned(),
        }
    }

    /// That it is left out, and why, in a sentence.
    pub fn left_out(&self, why: &str) -> String {
        let subject = match &self.way {
            Way::Fit(_) => format!("{} is", self.name),
            Way::Law(_) => format!("“{}” is", self.name),
            Way::Parabolas(_) => "Parabolas are".to_owned(),
            Way::Envelope => "The envelope is".to_owned(),
        };
        words::sentence_case(&format!("{subject} left out: {why}"))
    }

    /// Whether both are fits by the same loss.
    pub fn counts_as(&self, other: &Self) -> bool {
        self.way.fit().zip(other.way.fit()).is_some_and(|(a, b)| counts_as(a, b))
    }
}

/// The question for all of them at the budget of a study; nothing while something typed cannot be read.
pub fn ask(methods: &[Method], study: &Study, runs: &str) -> Option<String> {
    study.budget().ok()?;
    let list: Vec<String> = methods.iter().map(Method::json).collect::<Option<_>>()?;
    let mut fields = vec![
        ("runs", runs.to_owned()),
        ("methods", json::list(list.into_iter())),
        ("budget", json::string(&study.budget)),
    ];
    let draws = study.draws().ok()?.min(DRAWS);
    if draws > 0 {
        fields.push(("bootstrap", json::object(&study.drawn(draws)?)));
    }
    Some(asked("compare", &fields))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUNS: &str = r#"{"N":[1],"D":[2],"L":[3]}"#;

    fn law() -> LawEntry {
        let parameters = ["E", "A", "alpha", "B", "beta"].map(str::to_owned).to_vec();
        LawEntry { parameters, ..LawEntry::default() }
    }

    fn names(study: &Study, named: bool) -> Vec<String> {
        methods(study, &law(), named, str::to_uppercase).into_iter().map(|method| method.name).collect()
    }

    #[test]
    fn the_chosen_method_comes_first_and_none_twice() {
        let usual = names(&Study::default(), true);
        assert_eq!(
            usual,
            [
                "Log-Huber, δ\u{a0}=\u{a0}0.001",
                "Log-Huber, δ\u{a0}=\u{a0}0.01",
                "Least absolute deviations",
                "Least squares, log loss",
                "Least squares, raw loss",
                "α and β tied",
                "IsoFLOP parabolas",
                "Envelope of curves"
            ]
        );
        let squares =
            Study { measure: Measure::Squares, ties: "alpha = beta".to_owned(), ..Study::default() };
        let mine = names(&squares, false);
        assert_eq!((mine[0].as_str(), mine.len()), ("Least squares, log loss", 6));
    }

    #[test]
    fn every_method_is_asked_as_the_contract_has_it() {
        let study = Study::default();
        let all = methods(&study, &law(), true, str::to_owned);
        let question = ask(&all, &study, RUNS).unwrap();
        let read: serde_json::Value = serde_json::from_str(&question).unwrap();
        let asked: crate::ask::CompareQuestion = serde_json::from_value(read["compare"].clone()).unwrap();
        assert_eq!(asked.methods.len(), 8);
        assert_eq!(asked.bootstrap.unwrap().draws, Some(100));
        let unread = Study { budget: "much".to_owned(), ..study };
        assert_eq!(ask(&all, &unread, RUNS), None);
    }

    #[test]
    fn other_laws_follow_the_chosen_method_and_are_fitted_by_its_loss() {
        let beside = ["chinchilla", "kaplan-size-and-data"].map(str::to_owned).to_vec();
        let mut study = Study { beside, measure: Measure::Absolute, ..Study::default() };
        study.fix("E", "1.7".to_owned());
        let all = methods(&study, &law(), false, str::to_uppercase);
        assert_eq!(all[1].name, "KAPLAN-SIZE-AND-DATA");
        assert!(all[1].counts_as(&all[0]) && !all[1].counts_as(&all[2]));
        assert_eq!(all[1].json().unwrap(), r#"{"law":"kaplan-size-and-data","loss":{"absolute":true}}"#);
        assert!(matches!(all[2].way, Way::Fit(_)));
    }

    #[test]
    fn parabolas_have_the_tolerance_of_the_profiles_where_it_can_be_read() {
        for (typed, asked) in [("0.1", "0.1"), ("0.02", "0.02"), ("x", "0.1")] {
            let study = Study { tolerance: typed.to_owned(), ..Study::default() };
            let parabolas = methods(&study, &law(), false, str::to_owned).pop().unwrap();
            assert_eq!(parabolas.json().unwrap(), format!(r#"{{"isoflop":{{"tolerance":{asked}}}}}"#));
        }
    }
}
