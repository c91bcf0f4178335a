//! Calls to other laws: `law(chinchilla; N, D)`, written into the formula that calls.

use std::collections::BTreeMap;

use super::scope::Subscript;
use super::syntax::{Condition, Expression, Formula, Line};
use super::{FormulaError, MAX_CALLS, MAX_OPERATIONS};

/// A call as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    /// What stands before the semicolon.
    pub law: String,
    /// For each argument the name that it is given to, if it says so.
    pub names: Vec<Option<String>>,
}

/// A law that can be called.
#[derive(Clone, Debug)]
pub struct CalledLaw {
    /// What it computes. It has no families.
    pub formula: Formula,
    /// The names that arguments without a name are given to, in order.
    pub inputs: Vec<String>,
    /// Values for everything else, such as the parameters of a published fit. An argument that names one
    /// takes its place.
    pub values: Vec<(String, f64)>,
}

/// A name that a call passes on as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed<'a> {
    /// The law that is called.
    pub law: &'a str,
    /// The argument's place among those without a name.
    pub place: usize,
    /// The name that it is given to, if the call says so.
    pub to: Option<&'a str>,
    /// The name that is passed on.
    pub name: &'a str,
}

impl Formula {
    /// The names that its calls pass on as they are, in order of appearance.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::{Formula, Passed};
    /// let formula = Formula::parse("law(size; N) + law(data; 2 * D, N = N)")?;
    /// let passed = [
    ///     Passed { law: "size", place: 0, to: None, name: "N" },
    ///     Passed { law: "data", place: 1, to: Some("N"), name: "N" },
    /// ];
    /// assert_eq!(formula.passed(), passed);
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    pub fn passed(&self) -> Vec<Passed<'_>> {
        let mut passed = Vec::new();
        for expression in &self.expressions {
            let Expression::Law { call, arguments } = expression else { continue };
            let Call { law, names } = &self.calls[*call];
            for (place, (to, argument)) in names.iter().zip(arguments).enumerate() {
                if let Expression::Name(name) = &self.expressions[*argument] {
                    passed.push(Passed { law, place, to: to.as_deref(), name });
                }
            }
        }
        passed
    }

    /// The laws that it calls and that are still to be found, in order of appearance.
    pub fn laws(&self) -> Vec<&str> {
        let mut laws: Vec<&str> = Vec::new();
        for call in &self.calls {
            if !laws.contains(&call.law.as_str()) {
                laws.push(&call.law);
            }
        }
        laws
    }

    /// The formula with every law that it calls written in, and those that they call. `find` finds a law by
    /// what the call says of it; which laws there are is no business of the language.
    ///
    /// The conditions of a called law are conditions of the whole.
    ///
    /// # Errors
    /// [`FormulaError::UnknownLaw`] if `find` does not find one, [`FormulaError::Recursive`] if one calls
    /// itself, [`FormulaError::TooManyCalls`] and [`FormulaError::TooLarge`] at the limits, and
    /// [`FormulaError::Unexpected`] if the arguments are not those of the law.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::{CalledLaw, Formula};
    /// let law = CalledLaw {
    ///     formula: Formula::parse("E + A / N^alpha")?,
    ///     inputs: vec!["N".to_owned()],
    ///     values: [("E", 1.7), ("A", 400.0), ("alpha", 0.34)].map(|(name, x)| (name.to_owned(), x)).to_vec(),
    /// };
    /// let formula = Formula::parse("law(size; N_active, E = 2) - 1")?;
    /// let formula = formula.with_laws(|id| (id == "size").then(|| law.clone()))?;
    /// assert_eq!(formula.names(), ["N_active"]);
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    pub fn with_laws(&self, mut find: impl FnMut(&str) -> Option<CalledLaw>) -> Result<Self, FormulaError> {
        let mut writing = Writing::new(self);
        writing.all(&mut find)?;
        writing.settled()
    }

    /// The formula with other formulas in the place of names, those that come later with the earlier ones in them
    /// too. Its text stays, and so do names that none is given for; its own lines go before what is given.
    ///
    /// The conditions of what is written in are conditions of the whole. All calls of laws must be written in.
    ///
    /// # Errors
    /// [`FormulaError::TooLarge`] at the limit.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::Formula;
    /// let hours = Formula::parse("6*N*D / (3600 * speed)")?;
    /// let dollars = Formula::parse("2.5 * hours")?;
    /// let formula = Formula::parse("dollars / N")?.with_names(&[("hours", &hours), ("dollars", &dollars)])?;
    /// assert_eq!((formula.text(), formula.names()), ("dollars / N", vec!["N", "D", "speed"]));
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    pub fn with_names(&self, given: &[(&str, &Self)]) -> Result<Self, FormulaError> {
        let mut needed: Vec<(&str, &Self)> = Vec::new();
        for &(name, formula) in given.iter().rev() {
            let names = |formula: &Self| formula.names().contains(&name);
            if names(self) || needed.iter().any(|(_, formula)| names(formula)) {
                needed.push((name, formula));
            }
        }
        let mut writing = Writing::new(self);
        let whole = writing.frames.pop();
        let mut known = BTreeMap::new();
        for (name, formula) in needed.into_iter().rev() {
            let frame =
                writing.frame(formula.clone(), Some((name.to_owned(), 0)), known.clone(), BTreeMap::new());
            writing.frames.push(frame);
            writing.all(&mut |_| None)?;
            known.insert(name.to_owned(), writing.written.result);
        }
        writing.frames.extend(whole.map(|frame| Frame { arguments: known, ..frame }));
        writing.all(&mut |_| None)?;
        writing.settled()
    }
}

/// Copies a formula, the laws that it calls in the place of their calls.
struct Writing {
    written: Formula,
    /// The formula, the law that it is calling, the law that that is calling, and so on.
    frames: Vec<Frame>,
}

/// A formula that is being copied.
struct Frame {
    formula: Formula,
    /// What the call says of it, and where it stands in the text; nothing for the first.
    call: Option<(String, usize)>,
    /// The next expression.
    at: usize,
    /// Where each expression so far stands in the copy.
    map: Vec<usize>,
    /// Where its scopes and tables begin in the copy.
    scopes: usize,
    tables: usize,
    arguments: BTreeMap<String, usize>,
    values: BTreeMap<String, f64>,
}

impl Writing {
    fn new(formula: &Formula) -> Self {
        let mut written = formula.clone();
        written.expressions.clear();
        written.positions.clear();
        written.calls.clear();
        written.conditions.clear();
        let frame = Frame {
            formula: formula.clone(),
            call: None,
            at: 0,
            map: Vec::new(),
            scopes: 0,
            tables: 0,
            arguments: BTreeMap::new(),
            values: BTreeMap::new(),
        };
        Self { written, frames: vec![frame] }
    }

    /// Copies all frames to their ends, and those of the laws that they call.
    fn all(&mut self, find: &mut impl FnMut(&str) -> Option<CalledLaw>) -> Result<(), FormulaError> {
        while let Some(frame) = self.frames.last() {
            match frame.formula.expressions.get(frame.at).cloned() {
                Some(Expression::Law { call, arguments }) => {
                    let frame = self.called(call, &arguments, find)?;
                    self.frames.push(frame);
                }
                Some(expression) => self.copy(expression)?,
                None => self.end(),
            }
        }
        Ok(())
    }

    /// The copy, with its names.
    fn settled(self) -> Result<Formula, FormulaError> {
        let mut formula = self.written;
        formula.settle()?;
        Ok(formula)
    }

    /// A formula that is to be copied into another, behind what stands there.
    fn frame(
        &mut self,
        formula: Formula,
        call: Option<(String, usize)>,
        arguments: BTreeMap<String, usize>,
        values: BTreeMap<String, f64>,
    ) -> Frame {
        let (scopes, tables) = (self.written.scopes.len(), self.written.tables.len());
        self.written.scopes.extend(formula.scopes.iter().cloned());
        self.written.tables.extend(formula.tables.iter().cloned());
        Frame { formula, call, at: 0, map: Vec::new(), scopes, tables, arguments, values }
    }

    /// The law that the last frame calls, ready to be copied.
    fn called(
        &mut self,
        call: usize,
        arguments: &[usize],
        find: &mut impl FnMut(&str) -> Option<CalledLaw>,
    ) -> Result<Frame, FormulaError> {
        let caller = &self.frames[self.frames.len() - 1];
        let Call { law, names } = &caller.formula.calls[call];
        let position = caller.position();
        let calls = |frame: &Frame| frame.call.as_ref().is_some_and(|(other, _)| other == law);
        if self.frames.iter().any(calls) {
            return Err(FormulaError::Recursive { law: law.clone(), position });
        }
        if self.frames.len() > MAX_CALLS {
            return Err(FormulaError::TooManyCalls { most: MAX_CALLS, position });
        }
        let found = find(law).ok_or_else(|| FormulaError::UnknownLaw { law: law.clone(), position })?;
        let arguments: Vec<usize> = arguments.iter().map(|&argument| caller.map[argument]).collect();
        let arguments = given(&found, law, names, &arguments, position)?;
        let call = Some((law.clone(), position));
        Ok(self.frame(found.formula, call, arguments, found.values.into_iter().collect()))
    }

    /// Copies the next expression of the last frame.
    fn copy(&mut self, expression: Expression) -> Result<(), FormulaError> {
        let at = self.frames.len() - 1;
        let frame = &mut self.frames[at];
        let there = match frame.stands_for(&expression) {
            Some(Meaning::Copied(there)) => there,
            meaning => {
                let expression = match meaning {
                    Some(Meaning::Value(value)) => Expression::Number(value),
                    _ => frame.moved(expression),
                };
                self.written.expressions.push(expression);
                self.written.positions.push(frame.position());
                self.written.expressions.len() - 1
            }
        };
        frame.map.push(there);
        frame.at += 1;
        if self.written.expressions.len() > MAX_OPERATIONS {
            return Err(FormulaError::TooLarge { most: MAX_OPERATIONS });
        }
        Ok(())
    }

    /// The last frame is copied: its result stands where its call stood.
    fn end(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        for Condition { left, comparison, right, text } in &frame.formula.conditions {
            let text = match &frame.call {
                Some((law, _)) => format!("{law}: {text}"),
                None => text.clone(),
            };
            let (left, right) = (frame.map[*left], frame.map[*right]);
            self.written.conditions.push(Condition { left, comparison: *comparison, right, text });
        }
        let result = frame.map[frame.formula.result];
        if let Some(caller) = self.frames.last_mut() {
            caller.map.push(result);
            caller.at += 1;
        } else {
            self.written.result = result;
            let lines = frame.formula.lines.into_iter();
            self.written.lines = lines.map(|line| Line { value: frame.map[line.value], ..line }).collect();
        }
    }
}

/// What a name of a called law stands for.
enum Meaning {
    /// Something that stands in the copy already.
    Copied(usize),
    Value(f64),
}

impl Frame {
    /// Where the expression that is being copied stands in the text.
    fn position(&self) -> usize {
        self.call.as_ref().map_or_else(|| self.formula.positions[self.at], |(_, position)| *position)
    }

    /// What a name stands for. The lines of the first formula keep their names.
    fn stands_for(&self, expression: &Expression) -> Option<Meaning> {
        let Expression::Name(name) = expression else { return None };
        let line = self.formula.lines.iter().find(|line| line.name == *name).map(|line| self.map[line.value]);
        if line.is_some() && self.call.is_none() {
            return None;
        }
        let argument = self.arguments.get(name).copied();
        line.or(argument).map(Meaning::Copied).or_else(|| self.values.get(name).copied().map(Meaning::Value))
    }

    /// The expression with its operands, scopes and tables where they stand in the copy.
    fn moved(&self, mut expression: Expression) -> Expression {
        expression.operands_mut().into_iter().for_each(|operand| *operand = self.map[*operand]);
        match &mut expression {
            Expression::Index(scope)
            | Expression::Open(scope)
            | Expression::Fold { scope, .. }
            | Expression::Solve { scope, .. } => *scope += self.scopes,
            Expression::Lookup { table, .. } => *table += self.tables,
            Expression::Member { subscripts, .. } => {
                for subscript in subscripts {
                    if let Subscript::Index(scope) = subscript {
                        *scope += self.scopes;
                    }
                }
            }
            _ => {}
        }
        expression
    }
}

/// What each argument is given to.
fn given(
    found: &CalledLaw,
    law: &str,
    names: &[Option<String>],
    arguments: &[usize],
    position: usize,
) -> Result<BTreeMap<String, usize>, FormulaError> {
    let unexpected = |expected: String, given: &str| {
        Err(FormulaError::Unexpected { expected, given: given.to_owned(), position })
    };
    let is_family = |expression: &Expression| matches!(expression, Expression::Member { .. });
    if found.formula.expressions.iter().any(is_family) {
        return unexpected("a law without families".to_owned(), law);
    }
    let mut given: BTreeMap<String, usize> = BTreeMap::new();
    for (place, (name, &argument)) in names.iter().zip(arguments).enumerate() {
        let Some(name) = name.as_ref().or(found.inputs.get(place)) else {
            let expected = format!("at most {} arguments without a name of {law}", found.inputs.len());
            return unexpected(expected, &arguments.len().to_string());
        };
        // A law without a fit has names for its parameters and no values: an argument gives one.
        if !found.inputs.contains(name) && !found.formula.names().contains(&name.as_str()) {
            let expected = format!("an input or a parameter of {law} ({})", found.formula.names().join(" "));
            return unexpected(expected, name);
        }
        if given.insert(name.clone(), argument).is_some() {
            return Err(FormulaError::Duplicate { name: name.clone(), position });
        }
    }
    let known = |name: &str| given.contains_key(name) || found.values.iter().any(|(other, _)| other == name);
    match found.formula.names().into_iter().find(|name| !known(name)) {
        Some(name) => unexpected(format!("a value for {name} of {law}"), "none"),
        None => Ok(given),
    }
}
