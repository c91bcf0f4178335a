//! From a Question to the problem that is fitted.

use super::FitQuestion;
use super::held::{self, FixedChoice, Tied};
use super::loss;
use crate::ask::law::{self, AskedLaw, AskedOutput, AskedParameter, COST};
use crate::ask::{AskError, AskFault, Asking, Named};
use crate::fit::{self, Loss, Parameter, Problem, Residual};
use crate::laws::Bounds;
use crate::num;
use crate::runs::{self, Columns, RunsError};
use crate::units::{C_TRAIN, Expected, Sign, Unit};

/// A law and runs, read and checked.
pub(in crate::ask) struct Prepared {
    /// The law, with its ties.
    pub(super) tied: Tied,
    /// The row, as sent, of each run.
    pub(super) rows: Vec<usize>,
    /// The group of each run, if there are groups.
    pub(super) groups: Option<Vec<usize>>,
    /// The draws of parameters that are fixed, by their place.
    pub(super) drawn: Vec<(usize, Vec<f64>)>,
    /// The unit of the losses, where the runs say it.
    pub(super) unit: Option<Unit>,
    inputs: Vec<Vec<f64>>,
    response: Vec<f64>,
    weights: Option<Vec<f64>>,
    deviations: Option<Vec<f64>>,
    loss: Loss,
    parameters: Vec<Parameter>,
}

/// Reads and checks what is to be fitted to what.
pub(in crate::ask) fn prepared(question: &FitQuestion, asking: &mut Asking) -> Result<Prepared, AskError> {
    let runs = &question.runs;
    let law =
        law::resolve(&question.law, &runs.inputs(), std::iter::empty(), "fit.law", &mut asking.warnings)?;
    let loss = loss::loss(question.loss.as_ref(), runs.sigma.is_some())?;
    let output = response(&law, &runs.columns);
    let mut law = held::bounded(law.of_output(output), &question.bounds)?;
    let unit = runs.loss_unit()?;
    law.outputs[0].unit = unit.or(law.outputs[0].unit);
    held::check_fixed(&law, &question.fix)?;
    let tied = held::tied(law, &question.tie)?;
    let law = &tied.law;
    check_derivable(law, &runs.columns)?;
    let read =
        runs.columns.read(&wanted(law), &runs.rows_off).map_err(|error| AskError::at("fit.runs", error))?;
    asking.warnings.extend(read.warnings);
    let mut inputs = read.columns;
    let response = inputs.pop().expect("the response is always wanted");
    if loss.of == Residual::Log {
        check_logarithms(law, &response, &read.row)?;
    }
    let fixed = |place: usize| {
        let mut names = tied.place.iter().filter(|(_, at)| *at == place).map(|(name, _)| name);
        names.find_map(|name| question.fix.get(name))
    };
    let places = 0..law.parameters.len();
    let free = places.clone().filter(|place| fixed(*place).is_none()).count();
    check(law, &inputs, &response, free, asking)?;
    let exponents = law.outputs[0].formula.exponents();
    let parameter = |(place, known): (usize, &AskedParameter)| Parameter {
        fixed: fixed(place).map(FixedChoice::value),
        ..parameter(known, &exponents)
    };
    let drawn = places.filter_map(|place| Some((place, fixed(place)?.draws().to_vec())));
    Ok(Prepared {
        parameters: law.parameters.iter().enumerate().map(parameter).collect(),
        drawn: drawn.filter(|(_, draws)| !draws.is_empty()).collect(),
        weights: runs.positive(runs.weight.as_ref())?,
        deviations: runs.positive(runs.sigma.as_ref())?,
        groups: runs.groups(&read.row)?,
        rows: read.row,
        unit,
        tied,
        inputs,
        response,
        loss,
    })
}

impl Prepared {
    /// The problem.
    pub fn problem(&self) -> Problem<'_> {
        Problem {
            formula: &self.tied.law.outputs[0].formula,
            parameters: self.parameters.clone(),
            inputs: self.inputs(),
            response: &self.response,
            weights: self.weights.as_deref(),
            deviations: self.deviations.as_deref(),
            loss: self.loss,
        }
    }

    /// The law, of the output that is fitted.
    pub fn law(&self) -> &AskedLaw {
        &self.tied.law
    }

    /// Every parameter of the law, with the place in the problem of the one that has its value.
    pub fn places(&self) -> impl Iterator<Item = (&str, usize)> {
        self.tied.place.iter().map(|(name, place)| (name.as_str(), *place))
    }

    /// From where to where each input reaches, and the compute where everything that it depends on is given.
    pub(super) fn fitted_on(&self) -> Named<[f64; 2]> {
        let inputs = self.inputs();
        let mut ranges: Vec<(String, [f64; 2])> =
            inputs.iter().map(|(name, column)| ((*name).to_owned(), range(column.iter().copied()))).collect();
        let given = inputs.iter().any(|(name, _)| *name == C_TRAIN.symbol);
        if let Some(compute) = self.tied.law.training_flops(&inputs).filter(|_| !given) {
            ranges.push((C_TRAIN.symbol.to_owned(), range(compute.into_iter())));
        }
        Named(ranges)
    }

    fn inputs(&self) -> Vec<(&str, &[f64])> {
        let names = self.tied.law.inputs.iter().map(|input| input.name.as_str());
        names.zip(self.inputs.iter().map(Vec::as_slice)).collect()
    }
}

/// The columns of the runs, the response last.
fn wanted(law: &AskedLaw) -> Vec<(&str, Expected)> {
    let output = &law.outputs[0];
    let unit = Expected::from(output.unit.unwrap_or(Unit::NatsPerToken));
    // What only this law counts may lie below zero, and is then refused with the reason where logarithms are fitted.
    let response = (output.name.as_str(), if law.counts_its_own() { unit.sign(Sign::Any) } else { unit });
    let inputs = law.inputs.iter().map(|input| (input.name.as_str(), Expected::from(input.unit)));
    inputs.chain([response]).collect()
}

/// The output that is fitted: the first that has a column, or the main one, whose column is then missed.
fn response(law: &AskedLaw, columns: &Columns) -> usize {
    law.outputs.iter().position(|output| columns.get(&output.name).is_some()).unwrap_or(0)
}

/// That C = 6 N D gives a column that was not sent is true where the law counts so.
fn check_derivable(law: &AskedLaw, columns: &Columns) -> Result<(), AskError> {
    if law.cost == COST {
        return Ok(());
    }
    match law.inputs.iter().find(|input| columns.get(&input.name).is_none()) {
        None => Ok(()),
        Some(input) => {
            let missing =
                RunsError::Missing { column: input.name.clone(), header: columns.names().join(", ") };
            Err(AskError::at("fit.runs", missing))
        }
    }
}

/// The fit is of logarithms.
fn check_logarithms(law: &AskedLaw, response: &[f64], rows: &[usize]) -> Result<(), AskError> {
    let AskedOutput { name, counts, .. } = &law.outputs[0];
    match response.iter().zip(rows).find(|(value, _)| **value <= 0.0) {
        None => Ok(()),
        Some((&given, &row)) => {
            let counts = counts.unwrap_or("not positive there").to_owned();
            Err(AskFault::NoLogarithm { row, column: name.clone(), given, counts }.at("fit.runs"))
        }
    }
}

/// Refuses runs that cannot tell the law's terms apart.
fn check(
    law: &AskedLaw,
    inputs: &[Vec<f64>],
    response: &[f64],
    free: usize,
    asking: &mut Asking,
) -> Result<(), AskError> {
    let inputs: Vec<(&str, &str, &[f64])> = law
        .inputs
        .iter()
        .zip(inputs)
        .map(|(input, column)| (input.name.as_str(), input.unit.words(), column.as_slice()))
        .collect();
    let response = (law.outputs[0].name.as_str(), response);
    let warnings = runs::for_fit(&inputs, response, free).map_err(|error| AskError::at("fit.runs", error))?;
    asking.warnings.extend(warnings);
    Ok(())
}

/// From this ratio of its bounds on a parameter is a scale, such as that of `(N_c / N)^alpha`: known to decades, it
/// moves by its logarithm.
const SCALE: f64 = 1e3;

fn parameter(parameter: &AskedParameter, exponents: &[&str]) -> Parameter {
    let exponent = exponents.contains(&parameter.name.as_str());
    let (positive, range, bounds) = match parameter.bounds {
        Bounds::Positive => (true, exponent.then_some(fit::EXPONENTS), None),
        Bounds::In(low, high) => (low > 0.0 && high / low >= SCALE, None, Some((low, high))),
        Bounds::Free => (false, None, None),
    };
    Parameter { name: parameter.name.clone(), positive, range, bounds, fixed: None }
}

fn range(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], x| [num::min(low, x), num::max(high, x)])
}
