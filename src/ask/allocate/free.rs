//! What may be chosen: variables in their boxes, and shares of wholes.

#[cfg(feature = "catalogue")]
use crate::allocate::Quantity;
use crate::allocate::{Free, Whole};
use crate::ask::AskError;
use crate::ask::law::AskedLaw;
#[cfg(feature = "catalogue")]
use crate::ask::law::family;
#[cfg(feature = "catalogue")]
use crate::formula::{Formula, FormulaError};
use crate::units::Unit;

/// Variables in their boxes, in the order of the law's formula: so a plan has the same digits however a law declares them.
pub(super) fn in_formula_order(names: &[String], law: &AskedLaw) -> Vec<Free> {
    let order = law.outputs[0].formula.names();
    let first = order.iter().copied().filter(|name| names.iter().any(|known| known == name));
    let rest = names.iter().map(String::as_str).filter(|name| !order.contains(name));
    first.chain(rest).map(|name| within_box(name, law)).collect()
}

/// The families of inputs that are shares of a whole.
#[cfg(feature = "catalogue")]
pub(super) fn wholes(law: &AskedLaw) -> Result<Vec<Whole>, AskError> {
    let mut shares: Vec<(&str, Vec<String>)> = Vec::new();
    for input in law.inputs.iter().filter(|input| input.simplex) {
        let family = family(&input.name);
        match shares.iter_mut().find(|(known, _)| *known == family) {
            Some((_, members)) => members.push(input.name.clone()),
            None => shares.push((family, vec![input.name.clone()])),
        }
    }
    let whole = |(family, shares): (&str, Vec<String>)| {
        let members: Vec<&str> = shares.iter().map(String::as_str).collect();
        let sum = Formula::parse(&format!("sum(i: {family}[i])"))?.with_members(&members)?;
        Ok(Whole { shares, sum: Quantity::new(sum, []) })
    };
    let wholes: Result<_, FormulaError> = shares.into_iter().map(whole).collect();
    wholes.map_err(|error| AskError::at("allocate.law", error))
}

/// Those of the opening laws have none.
#[cfg(not(feature = "catalogue"))]
#[expect(clippy::unnecessary_wraps, reason = "the whole worker's may fail")]
pub(super) fn wholes(_: &AskedLaw) -> Result<Vec<Whole>, AskError> {
    Ok(Vec::new())
}

/// A variable in the box that its law says, or in that of its unit.
fn within_box(name: &str, law: &AskedLaw) -> Free {
    match said_box(name, law).or(unit_box(law.unit(name))) {
        Some([low, high]) => Free::within(name, low, high),
        None => Free::positive(name),
    }
}

pub(super) fn said_box(name: &str, law: &AskedLaw) -> Option<[f64; 2]> {
    law.inputs.iter().find(|input| input.name == name).and_then(|input| input.within)
}

/// Where plans lie: from one parameter to a quintillion of them, from one token to a hundred quintillion, in numbers of one
/// bit to 32.
fn unit_box(unit: Unit) -> Option<[f64; 2]> {
    match unit {
        Unit::Parameters => Some([1.0, 1e18]),
        Unit::Tokens | Unit::Images | Unit::Examples | Unit::Sequences | Unit::Characters | Unit::Steps => {
            Some([1.0, 1e20])
        }
        Unit::Bits => Some([1.0, 32.0]),
        _ => None,
    }
}
