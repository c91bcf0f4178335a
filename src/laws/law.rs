//! What a law of the catalogue holds.

use super::{LawError, Parameter, PublishedFit, SourcedTable};
use crate::formula::{Formula, FormulaError};
use crate::provenance::{ReadIn, Source};
use crate::units::{Convention, Unit, Variable};

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
    /// The law itself, in the law language. With several outputs each is a line of it.
    pub formula: &'static str,
    /// What it computes, the main output first.
    pub outputs: &'static [Output],
    /// What it is computed from, in order. A family is one input.
    pub inputs: &'static [Variable],
    /// Where a plan may take an input, both ends included, if the law ends before numbers of its unit do. Not the range of
    /// the runs: to leave that is a warning.
    pub boxes: &'static [(&'static str, f64, f64)],
    /// The families of inputs that are shares of one whole, such as the weights of a mixture: none below 0, together 1.
    pub simplex: &'static [&'static str],
    /// What a fit determines, in the order of every fit's values. A family is one parameter.
    pub parameters: &'static [Parameter],
    /// The tables that the formula looks things up in.
    pub tables: &'static [SourcedTable],
    /// What training costs in FLOPs by the paper's own count, as a formula of the inputs; empty for 6 N D.
    pub cost: &'static str,
    /// What readers compute from the parameters.
    pub derived: &'static [Derived],
    /// The best plan for a budget where it is known as a formula: what the tests compare the solver with.
    pub closed_forms: &'static [ClosedForm],
    /// The fits there are, the default first.
    pub fits: &'static [PublishedFit],
    /// Where the form stands.
    pub source: Source,
    /// How the form was read.
    pub read_in: ReadIn,
    /// What one must know before believing it.
    pub caveats: &'static [&'static str],
    /// What is wrong in print.
    pub errata: &'static [&'static str],
    /// The papers of the seed list that it covers.
    pub seeds: &'static [u16],
}

/// A law with nothing in it, for what an entry need not say: `..BLANK`.
pub const BLANK: Law = Law {
    id: "",
    kind: Kind::Loss,
    name: "",
    answers: "",
    formula: "",
    outputs: &[],
    inputs: &[],
    boxes: &[],
    simplex: &[],
    parameters: &[],
    tables: &[],
    cost: "",
    derived: &[],
    closed_forms: &[],
    fits: &[],
    source: Source { authors: "", year: 0, title: "", arxiv: "", locator: "" },
    read_in: ReadIn::Paper,
    caveats: &[],
    errata: &[],
    seeds: &[],
};

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
        }
    }
}

/// One output of a law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Output {
    /// Its name, such as `N_opt`: a line of the formula, or the whole of one without names.
    pub name: &'static str,
    /// What it is an amount of, such as N: all parameters.
    pub variable: Variable,
}

/// An output named as what it is an amount of, such as L.
pub const fn gives(variable: Variable) -> Output {
    Output { name: variable.symbol, variable }
}

/// An output of another name than what it is an amount of: `N_opt` is an amount of N.
pub const fn gives_as(name: &'static str, variable: Variable) -> Output {
    Output { name, variable }
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

/// The best value of one input for a budget of C FLOPs, as a formula of C and the parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedForm {
    /// The input.
    pub of: &'static str,
    /// Its best value, in the law language.
    pub formula: &'static str,
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

    /// The formula, with its tables.
    ///
    /// # Errors
    /// What is wrong with it; the tests of the registry read every one.
    pub fn read(&self) -> Result<Formula, FormulaError> {
        let formula = Formula::parse(self.formula)?;
        if self.tables.is_empty() {
            return Ok(formula);
        }
        let table = |table: &SourcedTable| Ok((table.name, table.rows()?));
        let tables = self.tables.iter().map(table).collect::<Result<Vec<_>, _>>()?;
        Ok(formula.with_tables(&tables))
    }

    /// The formula of each output, in their order, with its tables.
    ///
    /// # Errors
    /// What is wrong with the formula; the tests of the registry read every one.
    pub fn output_formulas(&self) -> Result<Vec<Formula>, FormulaError> {
        let formula = self.read()?;
        let of = |output: &Output| formula.output(output.name).unwrap_or_else(|| formula.clone());
        Ok(self.outputs.iter().map(of).collect())
    }

    /// Whether it says one count in other conventions: parameters without embeddings for those with them, a loss in
    /// bits for one in nats. Whatever else it is computed from is a plain number of its own, such as a width.
    pub fn converts(&self) -> bool {
        let own = |variable: &Variable| matches!(variable.convention, Convention::Own(..));
        let counted: Vec<&Variable> =
            self.inputs.iter().filter(|input| !own(input) || input.unit() != Unit::One).collect();
        let [from] = counted.as_slice() else { return false };
        let other = |output: &Output| {
            let (one, of) = (from.unit(), output.variable.unit());
            let alike = one == of || one.is_loss() && of.is_loss();
            alike && !own(&output.variable) && output.variable.convention != from.convention
        };
        self.parameters.is_empty() && !own(from) && self.outputs.iter().all(other)
    }

    /// Whether size and tokens are to be chosen by it: it has both and says what they lead to, or lists the best plans
    /// itself.
    pub fn plans(&self) -> bool {
        let has = |symbol| self.inputs.iter().any(|input| input.symbol == symbol);
        let is_compute = |input: &Variable| {
            matches!(
                input.convention,
                Convention::TrainingFlops | Convention::NonEmbeddingFlops | Convention::ActiveFlops
            )
        };
        match self.kind {
            Kind::Loss => has("N") && has("D") && self.outputs[0].variable.unit().is_loss(),
            Kind::Optimum => matches!(self.inputs, [only] if is_compute(only)),
            _ => false,
        }
    }
}
