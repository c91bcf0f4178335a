//! A formula set as mathematics: what goes where, and which brackets it takes.
//!
//! Each expression becomes a [`Piece`]: text of the style, and how tightly it holds together. A piece that
//! holds less than its place asks for is put in brackets. The arena has children before parents, so one
//! pass in order does it.

use super::lex::letter;
use super::scope::{Domain, Scope, Subscript};
use super::syntax::{Binary, Comparison, Expression, Fold, Formula, Function};
use super::table::Lookup;

/// Significant digits of a value put in place of a name.
const DIGITS: usize = 5;

/// What is printed of a number: `mantissa`, times ten to the `exponent` if there is one.
pub(super) struct Numeral {
    pub mantissa: String,
    pub exponent: Option<i32>,
}

/// A name with what stands below it.
pub(super) struct Letters {
    pub base: Symbol,
    pub below: Vec<Symbol>,
}

/// A stretch of a name.
pub(super) enum Symbol {
    /// The Greek letter of that name.
    Greek(&'static str, char),
    /// A letter, a number, or a word.
    Plain(String),
}

/// Signs between pieces.
#[derive(Clone, Copy)]
pub(super) enum Sign {
    Plus,
    Minus,
    /// A product that is heard, not seen.
    Product,
    /// A product of two numbers.
    Dot,
    Comma,
    In,
    Compare(Comparison),
    Equals,
}

/// The pairs of brackets.
#[derive(Clone, Copy)]
pub(super) enum Fence {
    Round,
    Square,
    Bars,
    Floor,
    Ceiling,
}

/// A way of writing mathematics.
pub(super) trait Style {
    fn numeral(&self, numeral: &Numeral) -> String;
    fn letters(&self, letters: &Letters) -> String;
    /// The name of a function, upright.
    fn word(&self, word: &str) -> String;
    fn sign(&self, sign: Sign) -> String;
    /// Side by side; the first is written on, so that a long sum is not copied for each of its terms.
    fn row(&self, parts: Vec<String>) -> String;
    fn fraction(&self, above: &str, below: &str) -> String;
    fn raised(&self, base: &str, exponent: &str) -> String;
    fn lowered(&self, base: &str, index: &str) -> String;
    fn root(&self, inside: &str) -> String;
    fn fenced(&self, fence: Fence, inside: &str) -> String;
    /// A function and its bracketed arguments.
    fn applied(&self, function: &str, arguments: &str) -> String;
    /// The large sign, with what stands below and above it.
    fn large(&self, fold: Fold, below: &str, above: Option<&str>) -> String;
    fn cases(&self, yes: &str, condition: &str, no: &str) -> String;
    /// Lines `name = value`, and the conditions below them.
    fn lines(&self, lines: &[(Option<String>, String)], conditions: &[String]) -> String;
}

/// How tightly a piece holds together; places ask for at least so much.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holds {
    /// Cases: in brackets wherever something stands beside them.
    Cases,
    Sum,
    Product,
    /// With a sign in front.
    Signed,
    /// A fraction, a power, a function of something: not below an exponent.
    Factor,
    Whole,
}

struct Piece {
    text: String,
    holds: Holds,
    /// Whether it ends in the terms of a large sum or product, which would take in a factor to the right.
    open: bool,
    begins: Begins,
}

/// What a piece begins with, where that matters to what stands in front of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    /// A factor in front of it needs a dot.
    Digit,
    /// A sign in front of it needs brackets.
    Sign,
    Else,
}

/// The formula in a style, with numbers in place of the names that `values` has.
pub(super) fn typeset(formula: &Formula, style: &impl Style, values: &[(&str, f64)]) -> String {
    let mut setting = Setting { formula, style, values, pieces: Vec::new() };
    for expression in &formula.expressions {
        let piece = setting.piece(expression);
        setting.pieces.push(Some(piece));
    }
    let conditions: Vec<String> = formula
        .conditions
        .iter()
        .map(|condition| setting.compared(condition.comparison, condition.left, condition.right))
        .collect();
    let named = |name: &str| style.letters(&letters(name, &[]));
    let mut lines: Vec<(Option<String>, String)> = Vec::new();
    for line in &formula.lines {
        let value = setting.inside(line.value);
        lines.push((Some(named(&line.name)), value));
    }
    if formula.result_name.is_none() {
        lines.push((None, setting.inside(formula.result)));
    }
    style.lines(&lines, &conditions)
}

struct Setting<'a, S> {
    formula: &'a Formula,
    style: &'a S,
    values: &'a [(&'a str, f64)],
    /// Taken by their parents: each has one.
    pieces: Vec<Option<Piece>>,
}

impl<S: Style> Setting<'_, S> {
    fn piece(&mut self, expression: &Expression) -> Piece {
        match expression {
            Expression::Number(value) => self.number(*value, None),
            Expression::Name(name) => match self.values.iter().find(|(known, _)| known == name) {
                Some((_, value)) => self.number(*value, Some(DIGITS)),
                None => self.named(name, &[]),
            },
            Expression::Member { family, subscripts } => self.member(family, subscripts),
            Expression::Index(scope) => self.named(&self.formula.scopes[*scope].name, &[]),
            Expression::Open(_) => whole(String::new()),
            Expression::Negative(a) => {
                let inner = self.bracketed(*a, Holds::Factor);
                let text = self.style.row(vec![self.style.sign(Sign::Minus), inner.text]);
                Piece { text, holds: Holds::Signed, open: inner.open, begins: Begins::Sign }
            }
            Expression::Binary(operator, a, b) => self.binary(*operator, *a, *b),
            Expression::Call(function, arguments) => self.call(*function, arguments),
            Expression::If { comparison, sides: [left, right], yes, no } => {
                let condition = self.compared(*comparison, *left, *right);
                let (yes, no) = (self.inside(*yes), self.inside(*no));
                let text = self.style.cases(&yes, &condition, &no);
                Piece { text, holds: Holds::Cases, open: false, begins: Begins::Else }
            }
            Expression::Fold { fold, scope, body } => self.fold(*fold, &self.formula.scopes[*scope], *body),
            Expression::Solve { scope, bounds, sides } => self.solve(*scope, *bounds, *sides),
            Expression::Lookup { lookup, table, at } => {
                let word = self.style.word(if *lookup == Lookup::Step { "step" } else { "interp" });
                let table = self.style.letters(&letters(&self.formula.tables[*table].name, &[]));
                let at = self.inside(*at);
                self.applied(&word, &[table, at])
            }
            Expression::Law { call, arguments } => self.law(*call, arguments),
        }
    }

    fn number(&self, value: f64, digits: Option<usize>) -> Piece {
        if value == std::f64::consts::PI && digits.is_none() {
            return self.named("pi", &[]);
        }
        let numeral = numeral(value.abs(), digits);
        let power = numeral.exponent.is_some();
        let text = self.style.numeral(&numeral);
        let piece = Piece { text, holds: Holds::Whole, open: false, begins: Begins::Digit };
        match (value < 0.0, power) {
            (false, false) => piece,
            (false, true) => Piece { holds: Holds::Product, ..piece },
            (true, _) => {
                let text = self.style.row(vec![self.style.sign(Sign::Minus), piece.text]);
                Piece { text, holds: Holds::Signed, open: false, begins: Begins::Sign }
            }
        }
    }

    fn named(&self, name: &str, below: &[String]) -> Piece {
        whole(self.style.letters(&letters(name, below)))
    }

    fn member(&self, family: &str, subscripts: &[Subscript]) -> Piece {
        let name = |subscript: &Subscript| match subscript {
            Subscript::Literal(member) => member.clone(),
            Subscript::Index(scope) => self.formula.scopes[*scope].name.clone(),
        };
        self.named(family, &subscripts.iter().map(name).collect::<Vec<_>>())
    }

    fn binary(&mut self, operator: Binary, a: usize, b: usize) -> Piece {
        match operator {
            Binary::Add | Binary::Subtract => {
                let (sign, least) = match operator {
                    Binary::Add => (Sign::Plus, Holds::Sum),
                    _ => (Sign::Minus, Holds::Product),
                };
                let left = self.bracketed(a, Holds::Sum);
                let right = self.unsigned(b, least);
                let text = self.style.row(vec![left.text, self.style.sign(sign), right.text]);
                Piece { text, holds: Holds::Sum, open: right.open, begins: left.begins }
            }
            Binary::Multiply => {
                let left = self.closed(a, Holds::Product);
                let right = self.unsigned(b, Holds::Product);
                let sign =
                    self.style.sign(if right.begins == Begins::Digit { Sign::Dot } else { Sign::Product });
                let text = self.style.row(vec![left.text, sign, right.text]);
                Piece { text, holds: Holds::Product, open: right.open, begins: left.begins }
            }
            Binary::Divide => {
                let (above, below) = (self.inside(a), self.inside(b));
                factor(self.style.fraction(&above, &below))
            }
            Binary::Power => {
                let (base, exponent) = (self.bracketed(a, Holds::Whole), self.inside(b));
                let text = self.style.raised(&base.text, &exponent);
                Piece { text, holds: Holds::Factor, open: false, begins: base.begins }
            }
        }
    }

    fn call(&mut self, function: Function, arguments: &[usize]) -> Piece {
        let style = self.style;
        match function {
            Function::Sqrt => return factor(style.root(&self.inside(arguments[0]))),
            Function::Abs => return whole(style.fenced(Fence::Bars, &self.inside(arguments[0]))),
            Function::Floor => return whole(style.fenced(Fence::Floor, &self.inside(arguments[0]))),
            Function::Ceil => return whole(style.fenced(Fence::Ceiling, &self.inside(arguments[0]))),
            Function::Exp => return factor(style.raised(&style.word("e"), &self.inside(arguments[0]))),
            Function::Expm1 => {
                let power = style.raised(&style.word("e"), &self.inside(arguments[0]));
                let text =
                    style.row(vec![power, style.sign(Sign::Minus), style.numeral(&numeral(1.0, None))]);
                return Piece { text, holds: Holds::Sum, open: false, begins: Begins::Else };
            }
            _ => {}
        }
        if function == Function::Log1p {
            let inner = self.unsigned(arguments[0], Holds::Sum).text;
            let sum = style.row(vec![style.numeral(&numeral(1.0, None)), style.sign(Sign::Plus), inner]);
            return self.applied(&style.word("ln"), &[sum]);
        }
        let word = match function {
            Function::Log10 => style.lowered(&style.word("log"), &style.numeral(&numeral(10.0, None))),
            Function::Log2 => style.lowered(&style.word("log"), &style.numeral(&numeral(2.0, None))),
            _ => style.word(function.name()),
        };
        let arguments: Vec<String> = arguments.iter().map(|&argument| self.inside(argument)).collect();
        self.applied(&word, &arguments)
    }

    fn fold(&mut self, fold: Fold, scope: &Scope, body: usize) -> Piece {
        let style = self.style;
        let index = style.letters(&letters(&scope.name, &[]));
        let large = match scope.domain {
            Domain::Range { first, last } => {
                let [first, last] = [first, last].map(|whole| self.number(whole as f64, None).text);
                style.large(fold, &style.row(vec![index, style.sign(Sign::Equals), first]), Some(&last))
            }
            Domain::Members(_) | Domain::Unknown => style.large(fold, &index, None),
        };
        let body = self.unsigned(body, Holds::Product);
        Piece {
            text: style.row(vec![large, body.text]),
            holds: Holds::Product,
            open: true,
            begins: Begins::Else,
        }
    }

    /// The root, of an equation, with its unknown and bounds below.
    fn solve(&mut self, scope: usize, [low, high]: [usize; 2], [left, right]: [usize; 2]) -> Piece {
        let style = self.style;
        let bounds = self.list(&[low, high]);
        let unknown = style.letters(&letters(&self.formula.scopes[scope].name, &[]));
        let below = style.row(vec![unknown, style.sign(Sign::In), style.fenced(Fence::Square, &bounds)]);
        let (left, right) = (self.inside(left), self.inside(right));
        let equation = style.row(vec![left, style.sign(Sign::Equals), right]);
        self.applied(&style.lowered(&style.word("root"), &below), &[equation])
    }

    fn law(&mut self, call: usize, arguments: &[usize]) -> Piece {
        let style = self.style;
        let call = &self.formula.calls[call];
        let mut set = Vec::new();
        for (&argument, name) in arguments.iter().zip(&call.names) {
            let value = self.inside(argument);
            set.push(match name {
                Some(name) => {
                    style.row(vec![style.letters(&letters(name, &[])), style.sign(Sign::Equals), value])
                }
                None => value,
            });
        }
        self.applied(&style.word(&call.law), &set)
    }

    fn applied(&self, function: &str, arguments: &[String]) -> Piece {
        let arguments = self.style.fenced(Fence::Round, &self.joined(arguments));
        factor(self.style.applied(function, &arguments))
    }

    fn list(&mut self, all: &[usize]) -> String {
        let all: Vec<String> = all.iter().map(|&one| self.inside(one)).collect();
        self.joined(&all)
    }

    fn joined(&self, all: &[String]) -> String {
        let mut row = Vec::new();
        for one in all {
            if !row.is_empty() {
                row.push(self.style.sign(Sign::Comma));
            }
            row.push(one.clone());
        }
        self.style.row(row)
    }

    fn compared(&mut self, comparison: Comparison, left: usize, right: usize) -> String {
        let (left, right) = (self.inside(left), self.inside(right));
        self.style.row(vec![left, self.style.sign(Sign::Compare(comparison)), right])
    }

    /// A piece where nothing stands beside it.
    fn inside(&mut self, at: usize) -> String {
        self.take(at).text
    }

    fn take(&mut self, at: usize) -> Piece {
        self.pieces[at].take().unwrap_or_else(|| whole(String::new()))
    }

    /// A piece that holds at least so much, in brackets if it must.
    fn bracketed(&mut self, at: usize, least: Holds) -> Piece {
        let piece = self.take(at);
        if piece.holds >= least { piece } else { self.in_brackets(&piece) }
    }

    /// The same to the right of a sign, where another sign needs brackets.
    fn unsigned(&mut self, at: usize, least: Holds) -> Piece {
        let piece = self.bracketed(at, least);
        if piece.begins == Begins::Sign { self.in_brackets(&piece) } else { piece }
    }

    /// The same to the left of a product.
    fn closed(&mut self, at: usize, least: Holds) -> Piece {
        let piece = self.bracketed(at, least);
        if piece.open { self.in_brackets(&piece) } else { piece }
    }

    fn in_brackets(&self, piece: &Piece) -> Piece {
        whole(self.style.fenced(Fence::Round, &piece.text))
    }
}

fn whole(text: String) -> Piece {
    Piece { text, holds: Holds::Whole, open: false, begins: Begins::Else }
}

fn factor(text: String) -> Piece {
    Piece { text, holds: Holds::Factor, open: false, begins: Begins::Else }
}

/// `D_unique` is D with a word below, `A1` is A with a number below, `alpha` is a Greek letter.
fn letters(name: &str, below: &[String]) -> Letters {
    let mut parts = name.split('_').filter(|part| !part.is_empty());
    let base = parts.next().unwrap_or(name);
    let rest: Vec<&str> = parts.collect();
    let digits = base.find(|c: char| c.is_ascii_digit()).unwrap_or(base.len());
    let (base, number) = base.split_at(digits);
    // One letter, or the name of one, before a number that ends the part.
    let numbered = (base.len() == 1 || letter(base).is_some())
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit());
    let (base, number) =
        if numbered { (base.to_owned(), Some(number)) } else { (format!("{base}{number}"), None) };
    let rest = number.into_iter().chain(rest).map(symbol);
    Letters { base: symbol(&base), below: rest.chain(below.iter().map(|part| symbol(part))).collect() }
}

fn symbol(part: &str) -> Symbol {
    letter(part).map_or_else(|| Symbol::Plain(part.to_owned()), |(name, c)| Symbol::Greek(name, c))
}

/// A number as people write it: plain from 0.0001 to a million, else with a power of ten.
fn numeral(value: f64, digits: Option<usize>) -> Numeral {
    if !value.is_finite() {
        return Numeral { mantissa: value.to_string(), exponent: None };
    }
    let text = digits.map_or_else(|| format!("{value:e}"), |digits| format!("{value:.*e}", digits - 1));
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let part = part.trim_end_matches('0');
    if !(-4..6).contains(&exponent) {
        let point = if part.is_empty() { "" } else { "." };
        return Numeral { mantissa: format!("{whole}{point}{part}"), exponent: Some(exponent) };
    }
    Numeral { mantissa: shifted(&format!("{whole}{part}"), exponent), exponent: None }
}

/// Digits with the point after the first, moved by `exponent`.
fn shifted(digits: &str, exponent: i32) -> String {
    let before = exponent + 1;
    if before <= 0 {
        return format!("0.{}{digits}", "0".repeat(before.unsigned_abs() as usize));
    }
    let before = before.unsigned_abs() as usize;
    if digits.len() <= before {
        return format!("{digits}{}", "0".repeat(before - digits.len()));
    }
    format!("{}.{}", &digits[..before], &digits[before..])
}
