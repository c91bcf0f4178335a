//! What a law of the catalogue holds.

use super::{LawError, Parameter, PublishedFit};
use crate::provenance::Source;
use crate::units::Variable;

/// A scaling law: formulas with everything that a reader or a program needs to use them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Law {
    /// The stable name in links and Questions, of lower-case letters, digits and hyphens.
    pub id: &'static str,
    /// What the law gives.
    pub kind: Kind,
    /// The name in lists.
    pub name: &'static str,
    /// What question it answers, in a phrase.
    pub answers: &'static str,
    /// What it computes, the main output first.
    pub outputs: &'static [Output],
    /// What it is computed from, in order.
    pub inputs: &'static [Variable],
    /// What a fit determines, in the order of every fit's values.
    pub parameters: &'static [Parameter],
    /// What readers compute from the parameters.
    pub derived: &'static [Derived],
    /// The fits there are, the default first.
    pub fits: &'static [PublishedFit],
    /// Where the form stands.
    pub source: Source,
    /// What one must know before believing it.
    pub caveats: &'static [&'static str],
    /// The papers of the seed list that it covers.
    pub seeds: &'static [u16],
}

/// What a law gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A loss.
    Loss,
    /// The best size and tokens for a budget, without a loss.
    Optimum,
    /// A learning rate, a batch size and the like.
    HyperParameter,
    /// What something costs.
    Cost,
    /// A rule of thumb.
    Rule,
    /// A lookup in a printed table.
    Table,
    /// A calculation that is no formula.
    Procedure,
}

impl Kind {
    /// The stable name, such as `hyper_parameter`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Optimum => "optimum",
            Self::HyperParameter => "hyper_parameter",
            Self::Cost => "cost",
            Self::Rule => "rule",
            Self::Table => "table",
            Self::Procedure => "procedure",
        }
    }
}

/// One output of a law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Output {
    /// Its name, such as `N_opt`.
    pub name: &'static str,
    /// What it is an amount of, such as N: all parameters.
    pub variable: Variable,
    /// Its formula, in the law language.
    pub formula: &'static str,
}

/// A number computed from the parameters alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Its name.
    pub name: &'static str,
    /// Its formula, in the law language.
    pub formula: &'static str,
    /// What it is, in a phrase.
    pub meaning: &'static str,
}

impl Law {
    /// The fit of this id.
    ///
    /// # Errors
    /// [`LawError::UnknownFit`], which names the fits there are.
    pub fn fit(&self, id: &str) -> Result<&'static PublishedFit, LawError> {
        let unknown = || LawError::UnknownFit {
            law: self.id,
            known: self.fits.iter().map(|fit| fit.id).collect(),
            given: id.to_owned(),
        };
        self.fits.iter().find(|fit| fit.id == id).ok_or_else(unknown)
    }

    /// The value that `fit` gives a parameter; `None` if the law has no such parameter.
    pub fn value(&self, fit: &PublishedFit, parameter: &str) -> Option<f64> {
        let at = self.parameters.iter().position(|p| p.symbol == parameter)?;
        fit.values.get(at).copied()
    }

    /// The law as one text: its formula, or one named line for each of several outputs.
    pub fn text(&self) -> String {
        match self.outputs {
            [only] => only.formula.to_owned(),
            many => {
                let lines: Vec<String> = many.iter().map(|o| format!("{} = {}", o.name, o.formula)).collect();
                lines.join("\n")
            }
        }
    }
}
