//! A formula as a function of Python, for a reader's own program.

use super::scope::{Domain, Subscript};
use super::syntax::{Binary, Comparison, Expression, Fold, Formula, Function, Line};
use super::table::{Lookup, NamedTable};
use crate::units::ascii;

/// Words that are no names in Python, and names that the programs around a formula have for things of their own.
const TAKEN: [&str; 45] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "best", "budget",
    "high", "low", "nan", "np", "range", "size", "sizes", "tokens", "zip",
];

/// A formula as a function of Python: its parts, for a program that has imported all of `math`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Python {
    /// The functions that it calls besides those of Python and of `math`.
    pub helpers: Vec<&'static str>,
    /// The tables that it looks things up in, a statement each.
    pub tables: Vec<String>,
    /// The lines of its body; the last returns the outputs.
    pub body: Vec<String>,
}

impl Formula {
    /// The formula as a function of Python that gives `outputs`, which are names of its lines; without any the result.
    /// Families are dictionaries by member. Nothing where a law is called that is not written in, or where members or
    /// tables are not known.
    ///
    /// # Example
    /// ```
    /// use isoflop::formula::{Formula, python};
    /// let law = Formula::parse("U = min(D, D_unique); E + A / N^alpha + B / U^lambda")?;
    /// let body = ["U = min(D, D_unique)", "return E + A / N**alpha + B / U**lambda_"];
    /// assert_eq!(law.python(&[]).unwrap().body, body);
    /// assert_eq!(python::name("lambda"), "lambda_");
    /// # Ok::<(), isoflop::formula::FormulaError>(())
    /// ```
    pub fn python(&self, outputs: &[&str]) -> Option<Python> {
        let [indices, tables] = self.inner_names();
        let mut writing = Writing { formula: self, indices, tables, pieces: Vec::new(), helpers: Vec::new() };
        for expression in &self.expressions {
            let piece = writing.piece(expression)?;
            writing.pieces.push(piece);
        }
        let value = |at: usize| &*writing.pieces[at].text;
        let (lines, returned) = if let Some(last) = self.last_of(outputs) {
            (last + 1, outputs.iter().map(|output| name(output)).collect::<Vec<_>>().join(", "))
        } else {
            let named = usize::from(self.result_name.is_some());
            (self.lines.len() - named, value(self.result).to_owned())
        };
        let line = |line: &Line| format!("{} = {}", name(&line.name), value(line.value));
        let body = self.lines[..lines].iter().map(line).chain([format!("return {returned}")]).collect();
        let tables: Option<Vec<String>> =
            writing.tables.iter().zip(&self.tables).map(|(name, named)| table(name, named)).collect();
        Some(Python { helpers: writing.helpers, tables: tables?, body })
    }

    /// What its indices and unknowns are called, and its tables. Laws that are written into another bring theirs, whose names may
    /// be those of the caller, or of one another.
    fn inner_names(&self) -> [Vec<String>; 2] {
        let lines = self.lines.iter().map(|line| line.name.as_str());
        let mut taken = arguments(self.names().into_iter().chain(lines));
        let mut free = |own: &str| {
            let own = name(own);
            let numbered = (2..).map(|number| format!("{own}_{number}"));
            let free = std::iter::once(own.clone()).chain(numbered).find(|name| !taken.contains(name));
            taken.extend(free.clone());
            free.unwrap_or(own)
        };
        let indices = self.scopes.iter().map(|scope| free(&scope.name)).collect();
        [indices, self.tables.iter().map(|table| free(&table.name)).collect()]
    }

    /// The line by which all outputs are known; nothing where the result is the only one.
    fn last_of(&self, outputs: &[&str]) -> Option<usize> {
        let all = self.outputs();
        let places: Vec<usize> =
            outputs.iter().filter_map(|output| all.iter().position(|name| name == output)).collect();
        let last = places.iter().copied().max()?;
        (places.len() > 1 || last + 1 < all.len()).then_some(last)
    }
}

/// A table as a statement: its rows in pairs.
fn table(name: &str, named: &NamedTable) -> Option<String> {
    let rows = named.table.as_ref()?.rows().map(|(x, y)| format!("({}, {})", ascii(x), ascii(y)));
    Some(format!("{name} = [{}]", rows.collect::<Vec<_>>().join(", ")))
}

/// What a name of a formula is called in Python; of a member of a family, the family.
pub fn name(name: &str) -> String {
    let name = name.split('[').next().unwrap_or(name);
    if TAKEN.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

/// Names as the arguments of a function, the members of a family as one.
pub fn arguments<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names.into_iter().map(name) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// Values as statements, each with a line end: those of the members of a family as a dictionary.
pub fn assigned<'a>(values: impl IntoIterator<Item = (&'a str, f64)>) -> String {
    let mut families: Vec<(String, Vec<String>)> = Vec::new();
    let mut plain = String::new();
    for (leaf, value) in values {
        let Some((_, members)) = leaf.strip_suffix(']').and_then(|leaf| leaf.split_once('[')) else {
            plain.extend([&name(leaf), " = ", &ascii(value), "\n"]);
            continue;
        };
        let (family, member) = (name(leaf), format!("    {}: {},\n", key(members), ascii(value)));
        match families.iter_mut().find(|(known, _)| *known == family) {
            Some((_, all)) => all.push(member),
            None => families.push((family, vec![member])),
        }
    }
    let families =
        families.into_iter().map(|(name, members)| format!("{name} = {{\n{}}}\n", members.concat()));
    plain + &families.collect::<String>()
}

/// By what a family has its member, from what stands in square brackets: `"arxiv"`, `1, 2`.
fn key(members: &str) -> String {
    let key = |member: &str| {
        let counted = member.bytes().all(|digit| digit.is_ascii_digit());
        if counted { member.to_owned() } else { format!("\"{member}\"") }
    };
    members.split(',').map(|member| key(member.trim())).collect::<Vec<_>>().join(", ")
}

const STEP: &str = r#"def step(table, x):
    """What the last row of a table up to x says."""
    known = [y for at, y in table if at <= x <= table[-1][0]]
    return known[-1] if known else nan
"#;

const INTERP: &str = r#"def interp(table, x):
    """What the line between the rows of a table around x says."""
    for (x0, y0), (x1, y1) in zip(table, table[1:]):
        if x0 <= x <= x1:
            return y0 + (x - x0) * (y1 - y0) / (x1 - x0)
    return nan
"#;

const SOLVE: &str = r#"def solve(difference, low, high):
    """Where the sides of an equation are equal, between bounds at which their difference has different signs."""
    rises = difference(high) > 0
    if (difference(low) > 0) == rises:
        return nan
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if (difference(middle) > 0) == rises else (middle, high)
    return high
"#;

/// How tightly a piece holds together; places ask for at least so much.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holds {
    Sum,
    Product,
    /// With a sign in front.
    Signed,
    Power,
    Whole,
}

struct Piece {
    text: String,
    holds: Holds,
}

struct Writing<'a> {
    formula: &'a Formula,
    /// What each of its scopes brings is called.
    indices: Vec<String>,
    /// What each of its tables is called.
    tables: Vec<String>,
    pieces: Vec<Piece>,
    helpers: Vec<&'static str>,
}

impl Writing<'_> {
    fn piece(&mut self, expression: &Expression) -> Option<Piece> {
        Some(match expression {
            Expression::Number(value) => number(*value),
            Expression::Name(leaf) => whole(name(leaf)),
            Expression::Index(scope) => whole(self.indices[*scope].clone()),
            Expression::Member { family, subscripts } => {
                let keys: Vec<String> = subscripts.iter().map(|subscript| self.key(subscript)).collect();
                whole(format!("{}[{}]", name(family), keys.join(", ")))
            }
            // Its fold or its equation says what it is.
            Expression::Open(_) => whole(String::new()),
            Expression::Negative(a) => {
                Piece { text: format!("-{}", self.bracketed(*a, Holds::Signed)), holds: Holds::Signed }
            }
            Expression::Binary(operator, a, b) => self.binary(*operator, *a, *b),
            Expression::Call(function, arguments) => {
                let arguments: Vec<&str> = arguments.iter().map(|at| self.text(*at)).collect();
                whole(format!("{}({})", called(*function), arguments.join(", ")))
            }
            Expression::If { comparison, sides: [left, right], yes, no } => {
                let [left, right, yes, no] = [left, right, yes, no].map(|at| self.text(*at));
                whole(format!("({yes} if {left} {} {right} else {no})", compared(*comparison)))
            }
            Expression::Fold { fold, scope, body } => {
                let fold = match fold {
                    Fold::Sum => "sum",
                    Fold::Product => "prod",
                };
                whole(format!(
                    "{fold}({} for {} in {})",
                    self.text(*body),
                    self.indices[*scope],
                    self.run(*scope)?
                ))
            }
            Expression::Solve { scope, bounds: [low, high], sides: [left, right] } => {
                let (unknown, low, high) = (&self.indices[*scope], self.text(*low), self.text(*high));
                let (left, right) = (self.text(*left), self.bracketed(*right, Holds::Product));
                let text = format!("solve(lambda {unknown}: {left} - {right}, {low}, {high})");
                self.help(SOLVE, text)
            }
            Expression::Lookup { lookup, table, at } => {
                let (function, helper) = match lookup {
                    Lookup::Step => ("step", STEP),
                    Lookup::Interp | Lookup::Slope => ("interp", INTERP),
                };
                let text = format!("{function}({}, {})", self.tables[*table], self.text(*at));
                self.help(helper, text)
            }
            Expression::Law { .. } => return None,
        })
    }

    fn binary(&self, operator: Binary, a: usize, b: usize) -> Piece {
        // What stands to the right of a sign is in brackets where it has signs of its own: that is the order of the formula.
        let (sign, holds, left, right) = match operator {
            Binary::Add => (" + ", Holds::Sum, Holds::Sum, Holds::Product),
            Binary::Subtract => (" - ", Holds::Sum, Holds::Sum, Holds::Product),
            Binary::Multiply => (" * ", Holds::Product, Holds::Product, Holds::Signed),
            Binary::Divide => (" / ", Holds::Product, Holds::Product, Holds::Signed),
            Binary::Power => ("**", Holds::Power, Holds::Whole, Holds::Signed),
        };
        Piece { text: format!("{}{sign}{}", self.bracketed(a, left), self.bracketed(b, right)), holds }
    }

    /// Has the program a helper that it needs.
    fn help(&mut self, helper: &'static str, text: String) -> Piece {
        if !self.helpers.contains(&helper) {
            self.helpers.push(helper);
        }
        whole(text)
    }

    fn key(&self, subscript: &Subscript) -> String {
        match subscript {
            Subscript::Literal(member) => key(member),
            Subscript::Index(scope) => self.indices[*scope].clone(),
        }
    }

    /// What an index runs over; nothing where that is not known.
    fn run(&self, scope: usize) -> Option<String> {
        match &self.formula.scopes[scope].domain {
            Domain::Range { first, last } => Some(format!("range({first}, {})", last + 1)),
            Domain::Members(members) => {
                let keys: Vec<String> = members.as_ref()?.iter().map(|member| key(member)).collect();
                Some(format!("[{}]", keys.join(", ")))
            }
            Domain::Unknown => None,
        }
    }

    fn text(&self, at: usize) -> &str {
        &self.pieces[at].text
    }

    /// A piece that holds at least so much, in brackets if it must.
    fn bracketed(&self, at: usize, least: Holds) -> String {
        let Piece { text, holds } = &self.pieces[at];
        if *holds >= least { text.clone() } else { format!("({text})") }
    }
}

fn whole(text: String) -> Piece {
    Piece { text, holds: Holds::Whole }
}

fn number(value: f64) -> Piece {
    if value == std::f64::consts::PI {
        return whole("pi".to_owned());
    }
    let holds = if value < 0.0 { Holds::Signed } else { Holds::Whole };
    Piece { text: ascii(value), holds }
}

fn called(function: Function) -> &'static str {
    if function == Function::Ln { "log" } else { function.name() }
}

fn compared(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
    }
}
