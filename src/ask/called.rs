//! Formulas of a Question, with the laws of the catalogue that they call.

use super::AskError;
#[cfg(feature = "catalogue")]
use crate::formula::{CalledLaw, Passed};
use crate::formula::{Formula, FormulaError};
use crate::laws::{self, LawError};
#[cfg(feature = "catalogue")]
use crate::outcome::Warning;
#[cfg(feature = "catalogue")]
use crate::units::Variable;

/// Reads the formula of the field at `path`. `law(chinchilla; N, D)` calls a law by its id, with the values of its
/// first fit, and `law(chinchilla/hoffmann2022; N, D)` with those of another.
pub(super) fn parse(text: &str, path: &str) -> Result<Formula, AskError> {
    let formula = Formula::parse(text).map_err(|error| AskError::at(path, error))?;
    with_laws(formula, path)
}

/// The formula with the laws that it calls written in.
pub(super) fn with_laws(formula: Formula, path: &str) -> Result<Formula, AskError> {
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

/// Warns of a name that laws take for different things, such as parameters with and without embeddings.
#[cfg(feature = "catalogue")]
pub(super) fn warn_of_mixed(formula: &Formula, path: &str, warnings: &mut Vec<Warning>) {
    let mut known: Vec<(&str, &str, Variable)> = Vec::new();
    for Passed { law, place, to, name } in formula.passed() {
        let Ok((found, _)) = find(law) else { continue };
        let input = match to {
            Some(to) => found.inputs.iter().find(|input| input.symbol == to),
            None => found.inputs.get(place),
        };
        let Some(input) = input else { continue };
        let other = known.iter().find(|(_, passed, variable)| {
            *passed == name && variable.unit() == input.unit() && variable.convention != input.convention
        });
        if let Some((first, _, variable)) = other {
            let (expected, given) = (variable.convention.words(), input.convention.words());
            let message = format!("{name} counts {expected} in {first}, and {given} in {law}");
            let warning = Warning::new("convention.mixed", message).with("path", path);
            return warnings.push(warning.with("expected", expected).with("given", given));
        }
        known.push((law, name, *input));
    }
}
