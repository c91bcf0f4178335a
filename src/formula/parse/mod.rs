//! Tokens to a [`Formula`], by precedence climbing with a limit on depth.

mod forms;

use super::call::Call;
use super::lex::{Placed, Token, tokens};
use super::scope::Scope;
use super::syntax::{
    Binary, Comparison, Condition, Expression, FORMS, FUNCTIONS, Fold, Formula, Function, Line, RESERVED,
};
use super::table::{Lookup, NamedTable};
use super::{FormulaError, MAX_DEPTH, MAX_LENGTH};

pub(super) fn parse(text: &str) -> Result<Formula, FormulaError> {
    let length = text.chars().count();
    if length > MAX_LENGTH {
        return Err(FormulaError::TooLong { most: MAX_LENGTH, length });
    }
    read(text, length)
}

/// Reads a text of any length: one that is made of a text that was read may be a little longer.
pub(super) fn read(text: &str, length: usize) -> Result<Formula, FormulaError> {
    let mut parser = Parser {
        text,
        tokens: tokens(text)?,
        at: 0,
        length,
        depth: 0,
        expressions: Vec::new(),
        positions: Vec::new(),
        lines: Vec::new(),
        scopes: Vec::new(),
        open: Vec::new(),
        tables: Vec::new(),
        calls: Vec::new(),
        conditions: Vec::new(),
    };
    let result = parser.statements()?;
    let last = parser.lines.last();
    let (result, result_name) = match (result, last) {
        (Some(result), _) => (result, None),
        (None, Some(line)) => (line.value, Some(line.name.clone())),
        (None, None) => return Err(FormulaError::Empty),
    };
    let mut formula = Formula {
        text: text.to_owned(),
        expressions: parser.expressions,
        positions: parser.positions,
        lines: parser.lines,
        scopes: parser.scopes,
        tables: parser.tables,
        calls: parser.calls,
        names: Vec::new(),
        result,
        result_name,
        conditions: parser.conditions,
    };
    check_names(&formula)?;
    formula.check_families()?;
    formula.settle()?;
    Ok(formula)
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Placed>,
    at: usize,
    length: usize,
    depth: usize,
    expressions: Vec<Expression>,
    positions: Vec<usize>,
    lines: Vec<Line>,
    scopes: Vec<Scope>,
    /// The scopes around the place that is being read, the innermost last.
    open: Vec<usize>,
    tables: Vec<NamedTable>,
    calls: Vec<Call>,
    conditions: Vec<Condition>,
}

impl Parser<'_> {
    /// All lines; the expression without a name, if there is one, is the result.
    fn statements(&mut self) -> Result<Option<usize>, FormulaError> {
        let mut result = None;
        loop {
            while self.take_end() {}
            let position = self.position();
            if self.at == self.tokens.len() {
                return Ok(result);
            }
            if self.is_word("where") {
                self.at += 1;
                self.conditions()?;
            } else if result.is_some() {
                return Err(self.unexpected("\"where\" or nothing after the result"));
            } else if let Some(name) = self.assigned() {
                self.at += 2;
                if is_word(&name) {
                    return Err(FormulaError::Reserved { name, position });
                }
                let value = self.expression(0)?;
                self.lines.push(Line { name, value, position });
            } else {
                result = Some(self.expression(0)?);
            }
            if self.is_word("where") {
                self.at += 1;
                self.conditions()?;
            }
            if self.at < self.tokens.len() && !self.take_end() {
                return Err(self.unexpected("an operator or the end of the line"));
            }
        }
    }

    /// The name before `=`, if this line sets one.
    fn assigned(&self) -> Option<String> {
        match (self.tokens.get(self.at), self.tokens.get(self.at + 1)) {
            (Some(Placed { token: Token::Name(name), .. }), Some(Placed { token: Token::Sign("="), .. })) => {
                Some(name.clone())
            }
            _ => None,
        }
    }

    fn conditions(&mut self) -> Result<(), FormulaError> {
        loop {
            let start = self.position();
            let left = self.expression(0)?;
            let comparison = self.comparison()?;
            let right = self.expression(0)?;
            let text: String = self.text.chars().skip(start).take(self.position() - start).collect();
            self.conditions.push(Condition { left, comparison, right, text: text.trim().to_owned() });
            if !self.take_sign(",") {
                return Ok(());
            }
        }
    }

    fn comparison(&mut self) -> Result<Comparison, FormulaError> {
        let comparison = match self.peek() {
            Some(Token::Sign("<")) => Comparison::Less,
            Some(Token::Sign("<=")) => Comparison::AtMost,
            Some(Token::Sign(">")) => Comparison::Greater,
            Some(Token::Sign(">=")) => Comparison::AtLeast,
            Some(Token::Sign("==")) => Comparison::Equal,
            Some(Token::Sign("!=")) => Comparison::NotEqual,
            _ => return Err(self.unexpected("one of < <= > >= == !=")),
        };
        self.at += 1;
        Ok(comparison)
    }

    /// An expression whose operators all bind at least as tightly as `least`.
    fn expression(&mut self, least: u8) -> Result<usize, FormulaError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(FormulaError::TooDeep { most: MAX_DEPTH, position: self.position() });
        }
        let mut left = self.operand()?;
        while let Some((operator, binds, right_least)) = self.operator() {
            if binds < least {
                break;
            }
            let position = self.position();
            self.at += 1;
            let right = self.expression(right_least)?;
            left = self.push(Expression::Binary(operator, left, right), position);
        }
        self.depth -= 1;
        Ok(left)
    }

    /// The operator here, how tightly it binds, and what its right side must bind at least.
    fn operator(&self) -> Option<(Binary, u8, u8)> {
        Some(match self.peek()? {
            Token::Sign("+") => (Binary::Add, 1, 2),
            Token::Sign("-") => (Binary::Subtract, 1, 2),
            Token::Sign("*") => (Binary::Multiply, 2, 3),
            Token::Sign("/") => (Binary::Divide, 2, 3),
            // To the right: 2^3^2 is 2^(3^2).
            Token::Sign("^") => (Binary::Power, 4, 4),
            _ => return None,
        })
    }

    fn operand(&mut self) -> Result<usize, FormulaError> {
        let position = self.position();
        let Some(token) = self.peek().cloned() else { return Err(self.unexpected("a number or a name")) };
        match token {
            Token::Number(number) => {
                self.at += 1;
                Ok(self.push(Expression::Number(number), position))
            }
            Token::Sign("-") => {
                self.at += 1;
                // Looser than ^ and tighter than *: -x^2 is -(x^2), -x*y is (-x)*y.
                let inner = self.expression(3)?;
                Ok(self.push(Expression::Negative(inner), position))
            }
            Token::Sign("(") => {
                self.at += 1;
                let inner = self.expression(0)?;
                self.close(position)?;
                Ok(inner)
            }
            Token::Name(name) => {
                self.at += 1;
                if self.peek() == Some(&Token::Sign("(")) {
                    return self.call(&name, position);
                }
                if self.peek() == Some(&Token::Sign("[")) && !is_word(&name) {
                    return self.member(name, position);
                }
                if let Some(scope) = self.scope(&name) {
                    return self.index(scope, position);
                }
                match name.as_str() {
                    "pi" => Ok(self.push(Expression::Number(std::f64::consts::PI), position)),
                    "log" => Err(FormulaError::AmbiguousLog { position }),
                    _ if is_word(&name) => Err(FormulaError::Reserved { name, position }),
                    _ => Ok(self.push(Expression::Name(name), position)),
                }
            }
            _ => Err(self.unexpected("a number or a name")),
        }
    }

    fn call(&mut self, name: &str, position: usize) -> Result<usize, FormulaError> {
        if name == "log" {
            return Err(FormulaError::AmbiguousLog { position });
        }
        match name {
            "if" => return self.choice(position),
            "sum" => return self.fold(Fold::Sum, position),
            "prod" => return self.fold(Fold::Product, position),
            "solve" => return self.solve(position),
            "law" => return self.law(position),
            "step" => return self.lookup(Lookup::Step),
            "interp" => return self.lookup(Lookup::Interp),
            _ => {}
        }
        let Some(&(_, function)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = FUNCTIONS.iter().map(|(known, _)| *known).chain(FORMS).collect();
            let known = known.join(" ");
            return Err(FormulaError::UnknownFunction { name: name.to_owned(), known, position });
        };
        let bracket = self.position();
        self.at += 1;
        let mut arguments = vec![self.expression(0)?];
        while self.take_sign(",") {
            arguments.push(self.expression(0)?);
        }
        self.close(bracket)?;
        let many = matches!(function, Function::Min | Function::Max);
        let given = arguments.len();
        if (many && given < 2) || (!many && given != 1) {
            let expected = if many { "two or more arguments" } else { "one argument" }.to_owned();
            return Err(FormulaError::Arguments { name: name.to_owned(), expected, given, position });
        }
        Ok(self.push(Expression::Call(function, arguments), position))
    }

    fn sign(&mut self, sign: &str, expected: &str) -> Result<(), FormulaError> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    fn close(&mut self, opened: usize) -> Result<(), FormulaError> {
        if self.take_sign(")") {
            return Ok(());
        }
        match self.peek() {
            None | Some(Token::End) => Err(FormulaError::Unclosed { position: opened }),
            Some(_) => Err(self.unexpected("an operator or \")\"")),
        }
    }

    fn push(&mut self, expression: Expression, position: usize) -> usize {
        self.expressions.push(expression);
        self.positions.push(position);
        self.expressions.len() - 1
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|placed| &placed.token)
    }

    /// The character at which the next token begins.
    fn position(&self) -> usize {
        self.tokens.get(self.at).map_or(self.length, |placed| placed.position)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Name(name)) if name == word)
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(given)) if *given == sign);
        self.at += usize::from(found);
        found
    }

    fn take_end(&mut self) -> bool {
        let found = self.peek() == Some(&Token::End);
        self.at += usize::from(found);
        found
    }

    fn unexpected(&self, expected: &str) -> FormulaError {
        let given = match self.peek() {
            None => "the end".to_owned(),
            Some(Token::End) => "the end of the line".to_owned(),
            Some(Token::Number(number)) => number.to_string(),
            Some(Token::Name(name) | Token::Law(name)) => name.clone(),
            Some(Token::Sign(sign)) => format!("\"{sign}\""),
        };
        FormulaError::Unexpected { expected: expected.to_owned(), given, position: self.position() }
    }
}

fn is_word(name: &str) -> bool {
    RESERVED.contains(&name)
        || FORMS.contains(&name)
        || FUNCTIONS.iter().any(|(function, _)| *function == name)
}

/// Each intermediate value has one line, and is used below it only.
fn check_names(formula: &Formula) -> Result<(), FormulaError> {
    for (at, line) in formula.lines.iter().enumerate() {
        if formula.lines[..at].iter().any(|other| other.name == line.name) {
            return Err(FormulaError::Duplicate { name: line.name.clone(), position: line.position });
        }
        for (expression, position) in formula.expressions[..=line.value].iter().zip(&formula.positions) {
            if let Expression::Name(name) = expression
                && *name == line.name
            {
                return Err(FormulaError::UsedEarly { name: name.clone(), position: *position });
            }
        }
    }
    Ok(())
}
