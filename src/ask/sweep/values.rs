//! Values of a law over a grid.

use std::ops::Range;

use super::opened::{Cells, Stretch, Told};
use super::{SweepCertificate, SweepQuestion};
use crate::allocate::Quantity;
use crate::ask::fitted::{self, Fitted};
use crate::ask::law::{self, AskedLaw, AskedOutput};
use crate::ask::predict::Column;
use crate::ask::{AskError, AskFault, Asking, FitChoice, PredictQuestion};
use crate::formula::{Precision, SpreadOver};
use crate::num::grown;
use crate::sweep::{Axis, Grid, Knob, Valued};
use crate::units::{Expected, Unit};

/// Reads what is evaluated.
pub(super) fn open(
    question: &SweepQuestion,
    solve: &PredictQuestion,
    asking: &mut Asking,
) -> Result<Evaluated, AskError> {
    let (law, fitted) = read(question, solve, asking)?;
    let names = law.parameters.iter().map(|parameter| parameter.name.clone());
    let parameters: Vec<(String, f64)> = names.clone().zip(fitted.values.iter().copied()).collect();
    let draws = match &question.draws {
        Some(draws) => fitted::drawn(draws, &law, "sweep.draws", &mut asking.warnings)?,
        None => names.zip(fitted.draws.iter().cloned()).collect(),
    };
    let grid = Grid { axes: axes(question, &law, asking)?, draws, fit: parameters.clone() };
    let stretch = Stretch::of(question, grid)?;
    let given = given(question, solve, &law, asking)?;
    let outputs = outputs(question, &law)?;
    let quantity = |output: &&AskedOutput| {
        let used = output.formula.names();
        let values = parameters.iter().chain(&given).filter(|(name, _)| used.contains(&name.as_str()));
        Quantity::new(output.formula.clone(), values.map(|(name, value)| (name.as_str(), *value)))
    };
    let quantities: Vec<Quantity> = outputs.iter().map(quantity).collect();
    let valued = quantities.iter().map(|of| Valued::new(of, &stretch.grid, None, Precision::Double));
    let valued =
        valued.collect::<Result<_, _>>().map_err(|error| AskError::at("sweep.solve.predict", error))?;
    let units = outputs.iter().map(|output| (output.name.clone(), output.unit)).collect();
    Ok(Evaluated { stretch, units, quantities, valued })
}

/// Values of a law.
pub(super) struct Evaluated {
    stretch: Stretch,
    units: Vec<(String, Option<Unit>)>,
    quantities: Vec<Quantity>,
    valued: Vec<Valued>,
}

impl Cells for Evaluated {
    fn stretch(&self) -> &Stretch {
        &self.stretch
    }

    fn outputs(&self) -> &[(String, Option<Unit>)] {
        &self.units
    }

    fn tile(&self, cells: Range<usize>, _: &mut SweepCertificate) -> Vec<Vec<f64>> {
        self.valued.iter().map(|valued| valued.tile(&cells, None)).collect()
    }

    fn twins(&self) -> Vec<Option<SpreadOver>> {
        let twin = |of: &Quantity| Valued::new(of, &self.stretch.grid, None, Precision::Single).ok();
        self.quantities.iter().map(|of| twin(of).map(Valued::over)).collect()
    }

    fn tile_told(
        &self,
        cells: Range<usize>,
        told: &[Option<Told>],
        _: &mut SweepCertificate,
    ) -> Vec<Vec<f64>> {
        let entries = self.stretch.grid.entries();
        let value = |(valued, told): (&Valued, &Option<Told>)| match told {
            Some((twin, told)) => {
                twin.values_told(cells.start * entries..cells.end * entries, told).swap_remove(0)
            }
            None => valued.tile(&cells, None),
        };
        self.valued.iter().zip(told).map(value).collect()
    }
}

fn read(
    question: &SweepQuestion,
    solve: &PredictQuestion,
    asking: &mut Asking,
) -> Result<(AskedLaw, Fitted), AskError> {
    let valued: Vec<&str> = solve.fit.iter().flat_map(FitChoice::names).collect();
    let axes = question.axes.iter().map(|axis| axis.of.as_str());
    let inputs = solve.at.names().chain(axes).filter(|name| !valued.contains(name)).map(str::to_owned);
    let path = "sweep.solve.predict";
    let mut law = law::resolve(
        &solve.law,
        &grown(inputs),
        valued.iter().copied(),
        &format!("{path}.law"),
        &mut asking.warnings,
    )?;
    let fitted = fitted::resolve(solve.fit.as_ref(), &mut law, path, &mut asking.warnings)?;
    Ok((law, fitted))
}

fn axes(question: &SweepQuestion, law: &AskedLaw, asking: &mut Asking) -> Result<Vec<Axis>, AskError> {
    let axis = |(at, axis): (usize, &super::AskedAxis)| {
        let path = format!("sweep.axes[{at}]");
        let input = law.inputs.iter().find(|input| input.name == axis.of);
        let is_parameter = law.parameters.iter().any(|parameter| parameter.name == axis.of);
        if input.is_none() && !is_parameter {
            let what = format!("an input or a parameter of {}", law.name());
            return Err(AskFault::UnknownName { what, known: law.names(), given: axis.of.clone() }.at(path));
        }
        axis.check_side(&path, "what a law is evaluated at")?;
        let unit = input.map_or(Expected::from(Unit::One), |input| input.unit.into());
        let given = axis.given(&path)?;
        let read = given.iter().map(|quantity| quantity.resolve(unit, &|| path.clone(), asking));
        let read = read.collect::<Result<Vec<_>, _>>()?;
        Ok(Axis { turns: Knob::Value(axis.of.clone()), values: axis.values(&read, &path)? })
    };
    question.axes.iter().enumerate().map(axis).collect()
}

/// The value of each input: what no axis changes, the Question gives.
fn given(
    question: &SweepQuestion,
    solve: &PredictQuestion,
    law: &AskedLaw,
    asking: &mut Asking,
) -> Result<Vec<(String, f64)>, AskError> {
    let path = "sweep.solve.predict.at";
    let inputs = || law.inputs.iter().map(|input| input.name.clone());
    if let Some(name) = solve.at.names().find(|name| inputs().all(|known| known != **name)) {
        let what = format!("an input of {}", law.name());
        let fault = AskFault::UnknownName { what, known: inputs().collect(), given: name.to_owned() };
        return Err(fault.at(format!("{path}.{name}")));
    }
    let mut given = Vec::new();
    for input in &law.inputs {
        let swept = question.axes.iter().any(|axis| axis.of == input.name);
        let value = match solve.at.get(&input.name) {
            Some(_) if swept => {
                let message = "expected one value: that of the axis, or this one; got two";
                return Err(AskError::malformed(format!("{path}.{}", input.name), message));
            }
            Some(Column::One(quantity)) => quantity.resolve_counted(
                input.unit,
                input.counts,
                &|| format!("{path}.{}", input.name),
                asking,
            )?,
            Some(Column::Many(_)) => {
                let message = "expected one amount: columns are the axes of a sweep";
                return Err(AskError::malformed(format!("{path}.{}", input.name), message));
            }
            None if swept => f64::NAN,
            None => {
                return Err(
                    AskFault::NoInput { name: input.name.clone(), law: law.name().to_owned() }.at(path)
                );
            }
        };
        given.push((input.name.clone(), value));
    }
    Ok(given)
}

fn outputs<'a>(question: &SweepQuestion, law: &'a AskedLaw) -> Result<Vec<&'a AskedOutput>, AskError> {
    let Some(names) = &question.outputs else { return Ok(law.outputs.iter().take(1).collect()) };
    let output = |(at, name): (usize, &String)| {
        law.outputs.iter().find(|output| output.name == *name).ok_or_else(|| {
            let known = law.outputs.iter().map(|output| output.name.clone()).collect();
            let what = format!("an output of {}", law.name());
            AskFault::UnknownName { what, known, given: name.clone() }.at(format!("sweep.outputs[{at}]"))
        })
    };
    names.iter().enumerate().map(output).collect()
}
