//! Formulas and values in Python.

use crate::units::ascii;

/// The lines of a function in Python; nothing where the formula has more than Python's own operations.
pub fn body(formula: &str) -> Option<Vec<String>> {
    const BEYOND: [&str; 10] =
        ["sum(", "prod(", "solve(", "interp(", "step(", "if(", "where ", "law(", "[", "<"];
    if BEYOND.iter().any(|sign| formula.contains(sign)) {
        return None;
    }
    let lines: Vec<&str> =
        formula.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()).collect();
    let (last, before) = lines.split_last()?;
    let python = |line: &str| line.replace('^', "**").replace("ln(", "log(");
    let mut body: Vec<String> = before.iter().map(|line| python(line)).collect();
    match last.split_once('=') {
        Some((_, value)) => body.push(format!("return {}", python(value.trim()))),
        None => body.push(format!("return {}", python(last))),
    }
    Some(body)
}

/// Values, each with its name between two texts and its digits before a third: `E = 1.8` in lines, say.
fn listed<'a>(
    values: impl IntoIterator<Item = (&'a str, f64)>,
    [before, between, after]: [&str; 3],
) -> String {
    let line = |(name, value): (&str, f64)| [before, name, between, &ascii(value), after].concat();
    values.into_iter().map(line).collect()
}

/// Values as lines of a program.
pub fn assigned<'a>(values: impl IntoIterator<Item = (&'a str, f64)>) -> String {
    listed(values, ["", " = ", "\n"])
}

/// Values as members of a dictionary, in lines of their own.
pub fn members<'a>(values: impl IntoIterator<Item = (&'a str, f64)>) -> String {
    listed(values, ["    \"", "\": ", ",\n"])
}

/// Whether a name may stand in Python as it is.
pub fn is_name(name: &str) -> bool {
    !["lambda", "in", "is", "as", "if", "or", "and", "not"].contains(&name)
}
