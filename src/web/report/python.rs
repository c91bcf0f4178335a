//! Laws and values in Python.

use crate::formula::{Formula, Python, Table, python_key, python_name};
use crate::units::ascii;
use crate::web::reading::LawEntry;

/// A value with its name.
pub type Value<'a> = (&'a str, f64);

/// What every program begins with.
pub const IMPORTS: &str = "from math import *\n\n";

/// The search for the size of lowest loss on a budget, by a grid that closes in on it.
const SEARCH: &str = "  # FLOPs: 6 for each parameter and token
low, high = 0.0, log(budget)  # of the logarithm of the size
for _ in range(10):
    sizes = np.exp(np.linspace(low, high, 201))
    best = np.argmin([loss(size, budget / (6 * size)) for size in sizes])
    low, high = log(sizes[max(best - 1, 0)]), log(sizes[min(best + 1, 200)])
size = sizes[best]
tokens = budget / (6 * size)
print(size, tokens, loss(size, tokens))
";

/// A program that finds the best size and tokens, by name, for a budget in FLOPs; nothing where the law calls others.
pub fn searched(law: &LawEntry, values: &[Value<'_>], chosen: [&str; 2], budget: f64) -> Option<String> {
    let law = defined("loss", law, 1, values, &chosen)?;
    Some(format!("{IMPORTS}import numpy as np\n\n{law}\n\nbudget = {}{SEARCH}", ascii(budget)))
}

/// The statements that define a law as a function of `arguments`, with the values of all else; nothing where the law calls
/// others, whose formulas are not here. The function gives the first `outputs` of the law's.
pub fn defined(
    name: &str,
    law: &LawEntry,
    outputs: usize,
    values: &[Value<'_>],
    arguments: &[&str],
) -> Option<String> {
    let known: Vec<&str> = values.iter().map(|(name, _)| *name).chain(arguments.iter().copied()).collect();
    let tables: Vec<(&str, Table)> = law.tables.iter().map(|(name, table)| (name, table.clone())).collect();
    let formula = Formula::parse(&law.formula).ok()?.with_tables(&tables).with_members(&known).ok()?;
    let outputs: Vec<&str> = law.outputs.iter().take(outputs).map(|output| &*output.name).collect();
    let Python { helpers, tables, body } = formula.python(&outputs)?;
    let constants = assigned(values.iter().copied()) + &tables.join("\n");
    let function = format!("def {name}({}):\n    {}", given(arguments), body.join("\n    "));
    let parts = [&*constants].into_iter().chain(helpers).chain([&*function]);
    let parts: Vec<&str> = parts.map(str::trim_end).filter(|part| !part.is_empty()).collect();
    Some(parts.join("\n\n\n") + "\n")
}

/// The statements that print what a function says at a point.
pub fn printed(name: &str, point: &[Value<'_>]) -> String {
    let arguments: Vec<&str> = point.iter().map(|(name, _)| *name).collect();
    format!("\n\n{}print({name}({}))\n", assigned(point.iter().copied()), given(&arguments))
}

/// Names as the arguments of a function, the members of a family as one.
pub fn given(names: &[&str]) -> String {
    let mut all: Vec<String> = Vec::new();
    for name in names.iter().map(|name| python_name(name)) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.join(", ")
}

/// Values as statements: those of the members of a family as a dictionary.
pub fn assigned<'a>(values: impl IntoIterator<Item = Value<'a>>) -> String {
    let mut families: Vec<(String, Vec<String>)> = Vec::new();
    let mut plain = String::new();
    for (name, value) in values {
        let called = python_name(name);
        let Some(members) = name.strip_suffix(']').and_then(|name| name.split_once('[')) else {
            plain += &format!("{called} = {}\n", ascii(value));
            continue;
        };
        let member = format!("    {}: {},\n", python_key(members.1), ascii(value));
        match families.iter_mut().find(|(family, _)| *family == called) {
            Some((_, all)) => all.push(member),
            None => families.push((called, vec![member])),
        }
    }
    let families =
        families.into_iter().map(|(name, members)| format!("{name} = {{\n{}}}\n", members.concat()));
    plain + &families.collect::<String>()
}

/// Values as members of a dictionary, in lines of their own.
pub fn members<'a>(values: impl IntoIterator<Item = Value<'a>>) -> String {
    values.into_iter().map(|(name, value)| format!("    \"{name}\": {},\n", ascii(value))).collect()
}

/// What cannot be written as a program, as data.
pub fn data<'a>(
    formula: &str,
    values: impl IntoIterator<Item = Value<'a>>,
    (name, point): (&str, impl IntoIterator<Item = Value<'a>>),
) -> String {
    let (values, point) = (members(values), members(point));
    format!("formula = \"\"\"{formula}\"\"\"\nparameters = {{\n{values}}}\n{name} = {{\n{point}}}\n")
}
