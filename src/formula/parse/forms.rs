//! What is called but is no function: `if`, `sum`, `prod`, `solve`, `step`, `interp`, `law`; and families.

use super::{Parser, is_word};
use crate::formula::call::Call;
use crate::formula::lex::Token;
use crate::formula::scope::{Domain, Scope, Subscript};
use crate::formula::syntax::{Expression, Fold};
use crate::formula::table::{Lookup, NamedTable};
use crate::formula::{FormulaError, MAX_INDICES};

/// The largest whole number in a range or between square brackets.
const MAX_WHOLE: f64 = 999_999_999.0;

impl Parser<'_> {
    /// `if(a < b, x, y)`, from its bracket on.
    pub(super) fn choice(&mut self, position: usize) -> Result<usize, FormulaError> {
        let bracket = self.position();
        self.at += 1;
        let left = self.expression(0)?;
        let comparison = self.comparison()?;
        let right = self.expression(0)?;
        self.sign(",", "a comma and the value where this holds")?;
        let yes = self.expression(0)?;
        self.sign(",", "a comma and the value where this does not hold")?;
        let no = self.expression(0)?;
        self.close(bracket)?;
        Ok(self.push(Expression::If { comparison, sides: [left, right], yes, no }, position))
    }

    /// `sum(i: …)` or `prod(i, k in 1..4: …)`, from its bracket on.
    pub(super) fn fold(&mut self, fold: Fold, position: usize) -> Result<usize, FormulaError> {
        let bracket = self.position();
        self.at += 1;
        let around = self.open.len();
        let opened = self.expressions.len();
        self.new_index()?;
        while self.take_sign(",") {
            self.new_index()?;
        }
        self.sign(":", "\":\" and the terms")?;
        let mut body = self.expression(0)?;
        self.close(bracket)?;
        for scope in self.open.split_off(around).into_iter().rev() {
            self.check_index(scope, opened)?;
            body = self.push(Expression::Fold { fold, scope, body }, position);
        }
        Ok(body)
    }

    /// An index, alone or with its range.
    fn new_index(&mut self) -> Result<(), FormulaError> {
        let position = self.position();
        let name = self.new_name("an index such as i")?;
        let indices = self.open.iter().filter(|&&scope| !self.is_unknown(scope)).count();
        if indices == MAX_INDICES {
            return Err(FormulaError::TooManyIndices { most: MAX_INDICES, position });
        }
        let domain = if self.is_word("in") {
            self.at += 1;
            self.range()?
        } else {
            Domain::Members(None)
        };
        self.open_scope(Scope { name, position, domain });
        Ok(())
    }

    fn open_scope(&mut self, scope: Scope) {
        let position = scope.position;
        self.scopes.push(scope);
        self.open.push(self.scopes.len() - 1);
        self.push(Expression::Open(self.scopes.len() - 1), position);
    }

    /// A name that has no meaning yet.
    fn new_name(&mut self, expected: &str) -> Result<String, FormulaError> {
        let position = self.position();
        let Some(Token::Name(name)) = self.peek().cloned() else { return Err(self.unexpected(expected)) };
        if is_word(&name) {
            return Err(FormulaError::Reserved { name, position });
        }
        if self.scope(&name).is_some() || self.lines.iter().any(|line| line.name == name) {
            return Err(FormulaError::Duplicate { name, position });
        }
        self.at += 1;
        Ok(name)
    }

    /// `1..4`
    fn range(&mut self) -> Result<Domain, FormulaError> {
        let first = self.whole()?;
        self.sign("..", "\"..\" and the last number")?;
        let position = self.position();
        let last = self.whole()?;
        if last < first {
            let (expected, given) = (format!("a whole number from {first} on"), last.to_string());
            return Err(FormulaError::Unexpected { expected, given, position });
        }
        Ok(Domain::Range { first, last })
    }

    fn whole(&mut self) -> Result<i64, FormulaError> {
        let (position, negative) = (self.position(), self.take_sign("-"));
        match self.peek() {
            Some(&Token::Number(number)) if number.fract() == 0.0 && number <= MAX_WHOLE => {
                self.at += 1;
                Ok(if negative { -(number as i64) } else { number as i64 })
            }
            Some(&Token::Number(number)) => Err(FormulaError::Unexpected {
                expected: "a whole number of at most nine digits".to_owned(),
                given: number.to_string(),
                position,
            }),
            _ => Err(self.unexpected("a whole number")),
        }
    }

    /// `solve(L in 0..10: f(L) = 0)`, from its bracket on.
    pub(super) fn solve(&mut self, position: usize) -> Result<usize, FormulaError> {
        if self.open.iter().any(|&scope| self.is_unknown(scope)) {
            return Err(FormulaError::Nested { position });
        }
        let bracket = self.position();
        self.at += 1;
        let start = self.position();
        let name = self.new_name("an unknown such as L")?;
        if !self.is_word("in") {
            return Err(self.unexpected("\"in\" and the bounds of the unknown"));
        }
        self.at += 1;
        let low = self.expression(0)?;
        self.sign("..", "\"..\" and the upper bound")?;
        let high = self.expression(0)?;
        self.sign(":", "\":\" and an equation")?;
        let body = self.expressions.len();
        self.open_scope(Scope { name: name.clone(), position: start, domain: Domain::Unknown });
        let left = self.expression(0)?;
        self.sign("=", "\"=\" and the other side of the equation")?;
        let right = self.expression(0)?;
        self.close(bracket)?;
        let scope = self.open.pop().unwrap_or_default();
        if !self.expressions[body..].contains(&Expression::Index(scope)) {
            let expected = format!("an equation in {name}");
            return Err(FormulaError::Unexpected {
                expected,
                given: "one without".to_owned(),
                position: start,
            });
        }
        Ok(self.push(Expression::Solve { scope, bounds: [low, high], sides: [left, right] }, position))
    }

    /// `step(T, x)` or `interp(T, x)`, from its bracket on. It is known by the place of its table.
    pub(super) fn lookup(&mut self, lookup: Lookup) -> Result<usize, FormulaError> {
        let bracket = self.position();
        self.at += 1;
        let position = self.position();
        let name = self.new_name("the name of a table")?;
        self.sign(",", "a comma and the place in the table")?;
        let at = self.expression(0)?;
        self.close(bracket)?;
        let known = self.tables.iter().position(|table| table.name == name);
        let table = known.unwrap_or_else(|| {
            self.tables.push(NamedTable { name, table: None });
            self.tables.len() - 1
        });
        Ok(self.push(Expression::Lookup { lookup, table, at }, position))
    }

    /// `law(chinchilla; N, D = 20 * N)`, from its bracket on.
    pub(super) fn law(&mut self, position: usize) -> Result<usize, FormulaError> {
        let bracket = self.position();
        self.at += 1;
        let Some(Token::Law(law)) = self.peek().cloned() else {
            return Err(self.unexpected("the id of a law such as chinchilla"));
        };
        self.at += 1;
        let (mut names, mut arguments) = (Vec::new(), Vec::new());
        let mut more = self.take_sign(";");
        while more {
            let name = self.argument_name(&names)?;
            names.push(name);
            arguments.push(self.expression(0)?);
            more = self.take_sign(",");
        }
        self.close(bracket)?;
        self.calls.push(Call { law, names });
        Ok(self.push(Expression::Law { call: self.calls.len() - 1, arguments }, position))
    }

    /// The name in front of an argument; after one with a name, all have one.
    fn argument_name(&mut self, before: &[Option<String>]) -> Result<Option<String>, FormulaError> {
        let position = self.position();
        let Some(name) = self.assigned() else {
            return match before.last() {
                Some(Some(_)) => Err(self.unexpected("a name and its value, as before")),
                _ => Ok(None),
            };
        };
        if is_word(&name) {
            return Err(FormulaError::Reserved { name, position });
        }
        if before.iter().flatten().any(|other| *other == name) {
            return Err(FormulaError::Duplicate { name, position });
        }
        self.at += 2;
        Ok(Some(name))
    }

    fn is_unknown(&self, scope: usize) -> bool {
        matches!(self.scopes[scope].domain, Domain::Unknown)
    }

    /// An index over members runs over those of some family in its body.
    fn check_index(&self, scope: usize, body: usize) -> Result<(), FormulaError> {
        let Scope { name, position, domain } = &self.scopes[scope];
        let uses = |expression: &Expression| {
            matches!(expression, Expression::Member { subscripts, .. }
                if subscripts.contains(&Subscript::Index(scope)))
        };
        if matches!(domain, Domain::Range { .. }) || self.expressions[body..].iter().any(uses) {
            return Ok(());
        }
        Err(FormulaError::Unexpected {
            expected: format!("a range, as in {name} in 1..4, or a family, as in h[{name}], to sum over"),
            given: name.clone(),
            position: *position,
        })
    }

    /// The scope around this place that brings the name.
    pub(super) fn scope(&self, name: &str) -> Option<usize> {
        self.open.iter().copied().find(|&scope| self.scopes[scope].name == name)
    }

    /// The number that an index or an unknown stands for.
    pub(super) fn index(&mut self, scope: usize, position: usize) -> Result<usize, FormulaError> {
        match self.scopes[scope].domain {
            Domain::Range { .. } | Domain::Unknown => Ok(self.push(Expression::Index(scope), position)),
            Domain::Members(_) => {
                Err(FormulaError::IndexAsNumber { name: self.scopes[scope].name.clone(), position })
            }
        }
    }

    /// `h[i]`, `h[arxiv]` or `t[i, j]`, from its bracket on.
    pub(super) fn member(&mut self, family: String, position: usize) -> Result<usize, FormulaError> {
        let bracket = self.position();
        self.at += 1;
        let mut subscripts = vec![self.subscript()?];
        while self.take_sign(",") {
            if subscripts.len() == MAX_INDICES {
                return Err(FormulaError::TooManyIndices { most: MAX_INDICES, position: self.position() });
            }
            subscripts.push(self.subscript()?);
        }
        if !self.take_sign("]") {
            return Err(match self.peek() {
                None | Some(Token::End) => FormulaError::Unclosed { position: bracket },
                Some(_) => self.unexpected("\"]\" or a comma"),
            });
        }
        Ok(self.push(Expression::Member { family, subscripts }, position))
    }

    fn subscript(&mut self) -> Result<Subscript, FormulaError> {
        if let Some(Token::Name(name)) = self.peek().cloned() {
            let scope = self.scope(&name);
            if scope.is_some_and(|scope| self.is_unknown(scope)) {
                return Err(self.unexpected("an index or a member"));
            }
            self.at += 1;
            return Ok(scope.map_or(Subscript::Literal(name), Subscript::Index));
        }
        match self.peek() {
            Some(Token::Number(_)) => Ok(Subscript::Literal(self.whole()?.to_string())),
            _ => Err(self.unexpected("an index or a member")),
        }
    }
}
