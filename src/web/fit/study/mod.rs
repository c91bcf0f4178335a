//! What the reader has chosen about a fit: law, method, draws, budget, as it was typed and chosen.
//!
//! How it stands in the address of the page and in the storage of the tab is in `address`; how what was typed reads, in
//! `typed`; what is asked by it, in `questions`.

mod address;
mod questions;
mod typed;

pub use questions::part;
pub use typed::{Held, positive, whole};

use crate::web::question::{BUDGET, LAW};

/// The value of the choice of laws that stands for a formula of the reader's own; no id has a space.
pub const TYPED: &str = "a formula";
/// The formula that a reader's own begins as.
pub const FORMULA: &str = "E + A / N^alpha + B / D^beta";
/// The share of draws that intervals hold.
pub const LEVEL: f64 = 0.9;

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
    /// The sections that are open, by their keys.
    pub open: String,
    /// By how much the compute of the runs of one budget may grow from one to the next.
    pub tolerance: String,
    /// What a back-test hides: so many of the largest budgets, or what is above a compute.
    pub hidden: String,
    /// The laws that are fitted beside the chosen one, each an id or a typed law as the contract's JSON.
    pub beside: Vec<String>,
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
            beside: Vec::new(),
            other: String::new(),
            losses: String::new(),
        }
    }
}

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

    /// Fits by a method of the comparison. Where that is of another law, the chosen one stands beside it from now on.
    pub fn choose_method(&mut self, method: &Self) {
        if method.law != self.law {
            let former = if self.law == TYPED { self.law() } else { Some(self.law.clone()) };
            self.beside.retain(|law| *law != method.law && Some(law) != former.as_ref());
            self.beside.splice(0..0, former);
            self.choose_law(method.law.clone());
        }
        self.measure = method.measure;
        self.raw = method.raw;
        self.delta.clone_from(&method.delta);
        self.ties.clone_from(&method.ties);
    }

    /// The law and how it is fitted, all else as usual.
    #[must_use]
    pub fn method_alone(&self) -> Self {
        let Self { law, formula, measure, delta, raw, over, ties, fixed, .. } = self.clone();
        Self { law, formula, measure, delta, raw, over, ties, fixed, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_law_has_other_parameters() {
        let mut study = Study::default();
        study.fix("E", "1.7".to_owned());
        study.choose_law("chinchilla".to_owned());
        assert_eq!(study.fixed_at("E"), "1.7");
        study.choose_law("kaplan".to_owned());
        assert_eq!(study.fixed_at("E"), "");
    }

    #[test]
    fn a_law_that_stood_beside_changes_places_with_the_chosen_one() {
        let beside = ["kaplan-size-and-data", "muennighoff-one-pass"].map(str::to_owned).to_vec();
        let mut study = Study { beside, measure: Measure::Squares, ..Study::default() };
        let other = Study { law: study.beside[1].clone(), ..study.method_alone() };
        study.choose_method(&other);
        assert_eq!((&*study.law, study.measure), ("muennighoff-one-pass", Measure::Squares));
        assert_eq!(study.beside, [LAW, "kaplan-size-and-data"]);
        let mine = Study { law: TYPED.to_owned(), ..study.clone() };
        let mut typed = mine.clone();
        typed.choose_method(&Study { law: LAW.to_owned(), ..mine });
        assert_eq!(typed.law, LAW);
        assert!(typed.beside[0].starts_with('{') && typed.beside[0].contains(FORMULA), "{:?}", typed.beside);
        assert_eq!(typed.beside[1..], ["kaplan-size-and-data"]);
    }
}
