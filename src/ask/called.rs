//! Formulas of a Question, with the laws of the catalogue that they call.

use super::AskError;
#[cfg(feature = "catalogue")]
use crate::formula::CalledLaw;
use crate::formula::{Formula, FormulaError};
use crate::laws::{self, LawError};

/// Reads the formula of the field at `path`. `law(chinchilla; N, D)` calls a law by its id, with the values of its
/// first fit, and `law(chinchilla/hoffmann2022; N, D)` with those of another.
pub(super) fn parse(text: &str, path: &str) -> Result<Formula, AskError> {
    let formula = Formula::parse(text).map_err(|error| AskError::at(path, error))?;
    let called = formula.laws();
    if called.is_empty() {
        return Ok(formula);
    }
    // The catalogue names the law or fit that was probably meant.
    called
        .into_iter()
        .try_for_each(|reference| find(reference).map(drop).map_err(|error| AskError::at(path, error)))?;
    written(&formula).map_err(|error| AskError::at(path, error))
}

#[cfg(feature = "catalogue")]
fn written(formula: &Formula) -> Result<Formula, FormulaError> {
    formula.with_laws(main_output)
}

/// The page's first worker writes no laws into others. What it refuses, the whole one answers.
#[cfg(not(feature = "catalogue"))]
fn written(formula: &Formula) -> Result<Formula, FormulaError> {
    let law = formula.laws().into_iter().collect::<String>();
    Err(FormulaError::UnknownLaw { law, position: 0 })
}

/// The law of a reference, and the values of its parameters.
fn find(reference: &str) -> Result<(&'static laws::Law, &'static [f64]), LawError> {
    let (id, fit) = reference.split_once('/').map_or((reference, None), |(id, fit)| (id, Some(fit)));
    let law = laws::find(id)?;
    let fit = fit.map(|fit| law.fit(fit)).transpose()?.or(law.fits.first());
    Ok((law, fit.map_or(&[], |fit| fit.values)))
}

#[cfg(feature = "catalogue")]
fn main_output(reference: &str) -> Option<CalledLaw> {
    let (law, values) = find(reference).ok()?;
    let parameters = law.parameters.iter().map(|parameter| parameter.symbol.to_owned());
    Some(CalledLaw {
        formula: law.output_formulas().ok()?.into_iter().next()?,
        inputs: law.inputs.iter().map(|input| input.symbol.to_owned()).collect(),
        values: parameters.zip(values.iter().copied()).collect(),
    })
}
