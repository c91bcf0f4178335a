//! A formula of a problem, with its numbers, and what it is on each of its pieces.

use std::sync::Arc;

use super::problem::finite;
use super::scale::Scale;
use super::{AllocateError, Free, Part, Quantity};
#[cfg(feature = "catalogue")]
use crate::formula::Pieces;
use crate::formula::{Formula, FormulaError, Leaf, Order, Piece, Program, Smooth};

/// A formula that depends on the free variables, compiled. Its scalars are these, as they are worked, and then its
/// values.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub part: Part,
    pub formula: Formula,
    pub names: Vec<String>,
    pub values: Vec<f64>,
    /// The free variable that this is and nothing else.
    pub variable: Option<usize>,
    /// How many variables are free.
    unknown: usize,
    form: Form,
    /// What checks its conditions, where it has some.
    check: Option<Arc<Program>>,
}

#[derive(Clone, Debug)]
enum Form {
    /// The same everywhere.
    Smooth(Arc<Smooth>),
    #[cfg(feature = "catalogue")]
    InPieces(Box<Pieces>),
}

impl Source {
    pub fn compile(
        of: &Quantity,
        free: &[Free],
        scales: &[Scale],
        part: Part,
    ) -> Result<Self, AllocateError> {
        let wrt: Vec<&str> = free.iter().map(|free| free.name.as_str()).collect();
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for name in of.formula.names().into_iter().filter(|name| !wrt.contains(name)) {
            let value = *of.values.get(name).ok_or_else(|| missing(of, free, part, name))?;
            names.push(name.to_owned());
            values.push(finite(name, value, part)?);
        }
        let leaf = |scale: &Scale| if *scale == Scale::Log { Leaf::LogScalar } else { Leaf::Scalar };
        let mut leaves: Vec<(&str, Leaf)> = wrt.iter().copied().zip(scales.iter().map(leaf)).collect();
        leaves.extend(names.iter().map(|name| (name.as_str(), Leaf::Scalar)));
        let wrong = |source: FormulaError| AllocateError::Formula { part, source };
        let conditional = of.formula.conditions().next().is_some();
        let check = conditional.then(|| Program::shared(&of.formula, &leaves, &[], Order::Value));
        Ok(Self {
            part,
            form: Form::compile(&of.formula, &leaves, &wrt, wrong)?,
            check: check.transpose().map_err(wrong)?,
            unknown: free.len(),
            variable: wrt.iter().position(|name| of.is_variable(name)),
            formula: of.formula.clone(),
            names,
            values,
        })
    }

    /// The piece that holds a point; one of no switches where there is but one.
    #[cfg_attr(not(feature = "catalogue"), expect(unused_variables, reason = "there is but one"))]
    pub fn piece(&self, scalars: &[f64]) -> Piece {
        match &self.form {
            Form::Smooth(_) => Piece::new(),
            #[cfg(feature = "catalogue")]
            Form::InPieces(pieces) => pieces.at(scalars),
        }
    }

    /// The formula on a piece.
    #[cfg_attr(
        not(feature = "catalogue"),
        expect(unused_variables, clippy::unnecessary_wraps, reason = "there is but one")
    )]
    pub fn on(&self, piece: &Piece) -> Result<Arc<Smooth>, AllocateError> {
        match &self.form {
            Form::Smooth(smooth) => Ok(Arc::clone(smooth)),
            #[cfg(feature = "catalogue")]
            Form::InPieces(pieces) => {
                let smooth = pieces.compile(piece, &[&vec![0.0; self.unknown], &self.values[..]].concat());
                smooth.map(Arc::new).map_err(|source| AllocateError::Formula { part: self.part, source })
            }
        }
    }

    /// The conditions that do not hold at a point.
    pub fn broken(&self, scalars: &[f64]) -> Vec<String> {
        let Some(check) = &self.check else { return Vec::new() };
        let rows = check.bind(&[]).broken(scalars, &[]);
        let texts = self.formula.conditions().zip(rows).filter(|(_, row)| row.is_some());
        texts.map(|(text, _)| text.to_owned()).collect()
    }

    /// The condition of this place in the text.
    pub fn condition(&self, at: usize) -> String {
        self.formula.conditions().nth(at).unwrap_or_default().to_owned()
    }
}

impl Form {
    fn compile(
        formula: &Formula,
        leaves: &[(&str, Leaf)],
        wrt: &[&str],
        wrong: impl Fn(FormulaError) -> AllocateError,
    ) -> Result<Self, AllocateError> {
        if formula.is_plain() {
            let program = Program::shared(formula, leaves, wrt, Order::Hessian).map_err(wrong)?;
            return Ok(Self::Smooth(Arc::new(Smooth { program, walls: Vec::new() })));
        }
        #[cfg(feature = "catalogue")]
        return Pieces::new(formula, leaves, wrt).map(Box::new).map(Self::InPieces).map_err(wrong);
        #[cfg(not(feature = "catalogue"))]
        Err(AllocateError::FirstWorker)
    }
}

fn missing(of: &Quantity, free: &[Free], part: Part, name: &str) -> AllocateError {
    let name = name.to_owned();
    match part {
        Part::Objective => AllocateError::MissingValue { name, free: listed(free) },
        Part::Limit(limit) => {
            let known = free.iter().map(|free| &free.name).chain(of.values.keys());
            let known = known.map(String::as_str).collect::<Vec<_>>().join(", ");
            AllocateError::UnknownVariable { limit, name, known }
        }
    }
}

/// The variables, in a message.
pub(super) fn listed(free: &[Free]) -> String {
    free.iter().map(|free| free.name.as_str()).collect::<Vec<_>>().join(", ")
}
