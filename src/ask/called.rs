//! Formulas of a Question, with the laws of the catalogue that they call.

use crate::formula::{CalledLaw, Formula, FormulaError};
use crate::laws;

/// Reads a formula. `law(chinchilla; N, D)` calls a law by its id, with the values of its first fit, and
/// `law(chinchilla/hoffmann2022; N, D)` with those of another.
pub(super) fn parse(text: &str) -> Result<Formula, FormulaError> {
    let formula = Formula::parse(text)?;
    if formula.laws().is_empty() { Ok(formula) } else { formula.with_laws(find) }
}

/// The main output of a law, with the values of one of its fits.
fn find(reference: &str) -> Option<CalledLaw> {
    let (id, fit) = reference.split_once('/').map_or((reference, None), |(id, fit)| (id, Some(fit)));
    let law = laws::find(id).ok()?;
    let fit = fit.map_or(law.fits.first(), |fit| law.fit(fit).ok())?;
    let parameters = law.parameters.iter().map(|parameter| parameter.symbol.to_owned());
    Some(CalledLaw {
        formula: Formula::parse(law.outputs.first()?.formula).ok()?,
        inputs: law.inputs.iter().map(|input| input.symbol.to_owned()).collect(),
        values: parameters.zip(fit.values.iter().copied()).collect(),
    })
}
