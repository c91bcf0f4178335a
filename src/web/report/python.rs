//! Formulas and values in Python.

use crate::units::ascii;

/// Words that are no names in Python.
const RESERVED: [&str; 8] = ["lambda", "in", "is", "as", "if", "or", "and", "not"];

/// The lines of a function in Python that gives these outputs; nothing where the formula has more than Python's own operations.
pub fn body(formula: &str, outputs: &[&str]) -> Option<Vec<String>> {
    const BEYOND: [&str; 9] = ["sum(", "prod(", "solve(", "interp(", "step(", "if(", "law(", "[", "<"];
    // Where a law holds is no part of its value.
    let lines = formula
        .split(['\n', ';'])
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("where "));
    let lines: Vec<&str> = lines.collect();
    let formula = lines.join("\n");
    let mut words = formula.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    if BEYOND.iter().any(|sign| formula.contains(sign)) || words.any(|word| RESERVED.contains(&word)) {
        return None;
    }
    let python = |line: &str| line.replace('^', "**").replace("ln(", "log(");
    if outputs.len() > 1 {
        let all = lines.iter().map(|line| python(line)).chain([format!("return {}", outputs.join(", "))]);
        return Some(all.collect());
    }
    let (last, before) = lines.split_last()?;
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

/// What cannot be written as a program, as data.
pub fn data<'a>(
    formula: &str,
    values: impl IntoIterator<Item = (&'a str, f64)>,
    (name, point): (&str, impl IntoIterator<Item = (&'a str, f64)>),
) -> String {
    let (values, point) = (members(values), members(point));
    format!("formula = \"\"\"{formula}\"\"\"\nparameters = {{\n{values}}}\n{name} = {{\n{point}}}\n")
}

/// A function of this name, and its value at a point, or its values.
pub fn value(name: &str, body: &str, point: &[(&str, f64)]) -> String {
    let arguments: Vec<&str> = point.iter().map(|(name, _)| *name).collect();
    let (arguments, point) = (arguments.join(", "), assigned(point.iter().copied()));
    format!("\n\ndef {name}({arguments}):\n    {body}\n\n\n{point}print({name}({arguments}))\n")
}
