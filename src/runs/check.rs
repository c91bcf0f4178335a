//! What a fit needs of its runs.

use super::RunsError;
use crate::outcome::Warning;

/// Refuses runs that no law can be fitted to: one run, fewer than its free parameters, an input or a loss
/// that never changes.
///
/// `inputs` are the columns whose effect is to be told, each with its name and what it holds (`size`);
/// `loss` is the name and column of the response. All columns are equally long.
///
/// # Errors
/// [`RunsError::NoRows`], [`RunsError::OneRow`], [`RunsError::TooFew`], [`RunsError::OneValue`] or
/// [`RunsError::ConstantLoss`].
///
/// # Example
/// ```
/// let (n, d, l) = ([1e9, 1e9, 1e9], [2e10, 4e10, 8e10], [2.9, 2.7, 2.6]);
/// let inputs = [("N", "size", &n[..]), ("D", "tokens", &d[..])];
/// assert_eq!(
///     isoflop::runs::for_fit(&inputs, ("L", &l), 3).unwrap_err().to_string(),
///     "column \"N\": expected runs that differ in size; all 3 rows have 1000000000, so its effect cannot be told"
/// );
/// ```
pub fn for_fit(
    inputs: &[(&str, &str, &[f64])],
    loss: (&str, &[f64]),
    parameters: usize,
) -> Result<Vec<Warning>, RunsError> {
    let rows = loss.1.len();
    let warning = check_rows(rows, parameters)?;
    check_loss_varies(loss.0, loss.1)?;
    for (column, what, values) in inputs {
        check_varies(column, what, values)?;
    }
    Ok(warning.into_iter().collect())
}

/// Refuses fewer runs than free parameters, and warns where they are equally many.
///
/// # Errors
/// [`RunsError::NoRows`], [`RunsError::OneRow`] or [`RunsError::TooFew`].
pub fn check_rows(rows: usize, parameters: usize) -> Result<Option<Warning>, RunsError> {
    match rows {
        0 => Err(RunsError::NoRows),
        1 => Err(RunsError::OneRow),
        _ if rows < parameters => Err(RunsError::TooFew { rows, parameters }),
        _ if rows == parameters => {
            let message =
                format!("{rows} runs for {parameters} free parameters: nothing is left to judge the fit by");
            Ok(Some(
                Warning::new("runs.none_spare", message).with("runs", rows).with("parameters", parameters),
            ))
        }
        _ => Ok(None),
    }
}

/// Refuses losses that are all the same.
///
/// # Errors
/// [`RunsError::ConstantLoss`].
pub fn check_loss_varies(column: &str, values: &[f64]) -> Result<(), RunsError> {
    let constant = |value| RunsError::ConstantLoss { column: column.to_owned(), value, rows: values.len() };
    one_value(values).map_or(Ok(()), |value| Err(constant(value)))
}

/// Refuses an input that is the same in every run; `what` says what it holds, such as `size`.
///
/// # Errors
/// [`RunsError::OneValue`].
pub fn check_varies(column: &str, what: &str, values: &[f64]) -> Result<(), RunsError> {
    let (column, what, rows) = (column.to_owned(), what.to_owned(), values.len());
    one_value(values).map_or(Ok(()), |value| Err(RunsError::OneValue { column, what, value, rows }))
}

/// The value that every entry has.
fn one_value(values: &[f64]) -> Option<f64> {
    let first = *values.first()?;
    values.iter().all(|value| *value == first).then_some(first)
}
