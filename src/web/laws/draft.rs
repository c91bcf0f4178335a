//! A law as its reader types it: the text, what its names mean, and the contract's law that this makes.

use super::members::{self, Change, Lists, Members, family};
use crate::formula::{Formula, FormulaError, MAX_ROWS};
use crate::laws::Bounds;
use crate::outcome::{Explain as _, Place};
use crate::units::{self, Unit};
use crate::web::evaluator::typed;
use crate::web::json::{self, Json};
use crate::web::reading::{LawEntry, VariableEntry, read_laws};

/// What stands in the editor of a reader who has typed nothing yet.
pub const FIRST: &str = "E + A / N^alpha + B / D^beta";

/// A law as it is typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// What the reader calls it.
    pub name: String,
    /// The formula, as typed, mistakes and all.
    pub formula: String,
    /// What the names of the formula mean, in the order of their first appearance; names that have gone are kept
    /// at the end, for the case that they come back. A family has a symbol for itself, which says what it is, and one
    /// for each member, which has its value.
    pub symbols: Vec<Symbol>,
    /// What its lines are; those that have gone are kept at the end.
    pub lines: Vec<Line>,
    /// The members of its families.
    pub members: Lists,
    /// The tables that it looks things up in, as typed; those that have gone are kept at the end.
    pub tables: Vec<TableText>,
}

/// What a line of a formula is.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// What it is.
    pub role: LineRole,
    /// The unit of its value.
    pub unit: Unit,
}

/// What a line of a formula can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineRole {
    /// What the law is about: the one that is plotted, fitted and planned with.
    Main,
    /// Something else that the law gives.
    Output,
    /// A step on the way.
    Step,
}

impl LineRole {
    /// All of them, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Main, Self::Output, Self::Step];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Main => "main output",
            Self::Output => "output",
            Self::Step => "step",
        }
    }
}

/// A table, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableText {
    /// Its name in the formula.
    pub name: String,
    /// Its rows: x and y, with a comma, a tab or a space between.
    pub rows: String,
}

impl TableText {
    /// The columns x and y. A first row that is no numbers is a heading.
    ///
    /// # Errors
    /// What is wrong, in a sentence, with the row.
    pub fn read(&self) -> Result<(Vec<f64>, Vec<f64>), String> {
        let (mut x, mut y): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
        let rows = self.rows.lines().enumerate().filter(|(_, row)| !row.trim().is_empty());
        for (nth, (at, row)) in rows.enumerate() {
            let at = at + 1;
            let cells: Vec<&str> = row.split([',', ';', '\t', ' ']).filter(|cell| !cell.is_empty()).collect();
            let read: Vec<_> = cells.iter().map(|cell| units::read(cell, Unit::One)).collect();
            if nth == 0 && !read.is_empty() && read.iter().all(Result::is_err) {
                continue;
            }
            let [first, second] = read.as_slice() else {
                let count = cells.len();
                return Err(format!("Row {at}: expected two numbers, x and y; got {count}."));
            };
            for (cell, read) in cells.iter().zip([first, second]) {
                if read.is_err() {
                    return Err(format!("Row {at}: expected a number such as 0.5; got “{cell}”."));
                }
            }
            let value =
                |read: &Result<units::Read, units::UnitError>| read.as_ref().map_or(0.0, |read| read.value);
            if let Some(before) = x.last().filter(|before| **before >= value(first)) {
                return Err(format!(
                    "Row {at}: expected x to rise from row to row; {} follows {}.",
                    cells[0],
                    units::ascii(*before)
                ));
            }
            x.push(value(first));
            y.push(value(second));
        }
        match x.len() {
            0 => Err("Paste two columns, x and y: a row for each pair.".to_owned()),
            1 => Err("Expected two rows or more; got one.".to_owned()),
            rows if rows > MAX_ROWS => Err(format!("Expected at most {MAX_ROWS} rows; got {rows}.")),
            _ => Ok((x, y)),
        }
    }
}

/// What a name of a formula means.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// The name.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// The unit of an input.
    pub unit: Unit,
    /// The lower bound of a parameter, as typed; empty is none.
    pub low: String,
    /// The upper bound of a parameter, as typed; empty is none.
    pub high: String,
    /// The value of a parameter, or of an input where the law is tried, as typed.
    pub value: String,
}

/// What a name of a formula is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What the law is computed from.
    Input,
    /// What a fit determines.
    Parameter,
}

impl Role {
    /// Both, in the order of lists.
    pub const ALL: [Self; 2] = [Self::Input, Self::Parameter];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Parameter => "parameter",
        }
    }
}

impl Symbol {
    /// What a name most probably means, by its first letter and its place in the formula.
    fn guess(name: &str, exponent: bool, is_family: bool) -> Self {
        let unit = crate::ask::unit_of(name);
        let role = if unit == Unit::One || is_family { Role::Parameter } else { Role::Input };
        let (low, high) = match Bounds::exponent() {
            Bounds::In(low, high) if exponent => (typed(low, Unit::One), typed(high, Unit::One)),
            _ => ("0".to_owned(), String::new()),
        };
        let value = match unit {
            Unit::Parameters => "70B",
            Unit::Tokens => "1.4T",
            Unit::Flops => "5.76e23",
            _ => "",
        };
        let value = if is_family { "" } else { value };
        Self { name: name.to_owned(), role, unit, low, high, value: value.to_owned() }
    }

    /// The bounds of a parameter.
    ///
    /// # Errors
    /// What is wrong with them, in a sentence.
    pub fn bounds(&self) -> Result<Bounds, String> {
        let number = |text: &str| match text.trim() {
            "" | "∞" | "-∞" | "−∞" => Ok(None),
            text => units::read(text, Unit::One)
                .map(|read| Some(read.value))
                .map_err(|error| crate::web::words::complaint(&error)),
        };
        match (number(&self.low)?, number(&self.high)?) {
            (Some(low), Some(high)) if low < high => Ok(Bounds::In(low, high)),
            (Some(_), Some(_)) => Err("Expected a lower bound below the upper one.".to_owned()),
            (Some(0.0), None) => Ok(Bounds::Positive),
            (None, None) => Ok(Bounds::Free),
            (Some(_), None) => Err("Expected an upper bound too, or 0 as the only one.".to_owned()),
            (None, Some(_)) => Err("Expected a lower bound too.".to_owned()),
        }
    }
}

/// Where a formula has a mistake, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1; nothing where the mistake has no place.
    pub line: Option<usize>,
    /// The character of the line, from 1.
    pub column: usize,
    /// The line itself.
    pub text: String,
    /// What is wrong.
    pub says: String,
}

impl Mistake {
    /// Finds the place of an error in the text of a formula.
    pub fn new(formula: &str, message: &str, at: &Place) -> Self {
        // The message counts characters of the whole text; a reader counts lines.
        let says = match message.split_once(": ") {
            Some((place, says)) if place.contains("character ") => says.to_owned(),
            _ => message.to_owned(),
        };
        let Some(position) = at.position else {
            return Self { line: None, column: 0, text: String::new(), says };
        };
        let before: String = formula.chars().take(position).collect();
        let line = before.matches('\n').count();
        let column = before.chars().rev().take_while(|letter| *letter != '\n').count();
        let text = formula.split('\n').nth(line).unwrap_or_default().to_owned();
        Self { line: Some(line + 1), column: column + 1, text, says }
    }

    /// The place and the mistake, as the page says them.
    pub fn sentence(&self) -> String {
        match self.line {
            Some(line) => format!("line {line}, column {}: {}", self.column, self.says),
            None => self.says.clone(),
        }
    }

    /// Spaces up to the place, for the caret below the line.
    pub fn indent(&self) -> String {
        let before = self.text.chars().take(self.column.saturating_sub(1));
        before.map(|letter| if letter == '\t' { '\t' } else { ' ' }).collect()
    }
}

impl Draft {
    /// A draft of a formula whose names mean what they most probably do.
    pub fn of(formula: &str) -> Self {
        let mut draft = Self { formula: formula.to_owned(), ..Self::default() };
        if let Ok(read) = draft.read() {
            draft.meet(&read);
        }
        draft
    }

    /// A draft of a law of the contract, typed before.
    pub fn of_law(law: &str) -> Option<Self> {
        let members = Json::read(law)?.members();
        let mut draft = Self::of(&members.get("formula")?.string()?);
        let outputs = members.get("outputs").map(|all| all.items()).unwrap_or_default();
        let outputs: Vec<String> = outputs.into_iter().filter_map(Json::string).collect();
        draft.gives(&outputs.iter().map(|name| (&**name, None)).collect::<Vec<_>>());
        draft.look_up(&tables_of(members.get("tables").copied()));
        let declared = |field: &str| members.get(field).map(|all| all.members()).unwrap_or_default();
        for (name, input) in declared("inputs").iter() {
            let unit = input.get("unit").and_then(|unit| unit.string()?.parse().ok());
            draft.is_input(name, unit);
        }
        for (name, parameter) in declared("parameters").iter() {
            let Some(symbol) = draft.symbols.iter_mut().find(|symbol| symbol.name == name) else { continue };
            symbol.role = Role::Parameter;
            let bounds = parameter.get("in").map(Json::items).unwrap_or_default();
            let text = |at: usize| {
                bounds.get(at).and_then(|bound| bound.number()).map(|bound| typed(bound, Unit::One))
            };
            let positive = parameter.get("positive").is_some_and(|positive| positive.as_text() == "true");
            symbol.low = text(0).unwrap_or_else(|| if positive { "0" } else { "" }.to_owned());
            symbol.high = text(1).unwrap_or_default();
        }
        draft.spread();
        Some(draft)
    }

    /// A draft of a law of the catalogue, with the values of its usual fit.
    pub fn of_entry(law: &LawEntry) -> Self {
        let mut draft = Self::of(&law.formula);
        let fit = law.fits.first();
        let outputs = law.outputs.iter().map(|output| (&*output.name, Some(output.unit)));
        draft.gives(&outputs.collect::<Vec<_>>());
        for input in &law.inputs {
            draft.is_input(&input.name, Some(input.unit));
            let example = fit.and_then(|fit| fit.example.get(&input.name));
            draft.give(&input.name, example.map(|value| typed(*value, input.unit)));
        }
        for name in &law.parameters {
            for symbol in draft.symbols.iter_mut().filter(|symbol| family(&symbol.name) == name) {
                symbol.role = Role::Parameter;
            }
            let value = fit.and_then(|fit| fit.values.get(name));
            draft.give(name, value.map(|value| typed(*value, Unit::One)));
        }
        draft
    }

    /// A draft of the law that an Answer lists, with its tables.
    pub fn of_answer(answer: &str) -> Option<Self> {
        let mut draft = Self::of_entry(&read_laws(answer).pop()?);
        let law = Json::read(answer)?.get("laws")?.get("laws")?.items().pop()?.members();
        let tables = law.get("tables").map(|tables| tables.items()).unwrap_or_default();
        let table = |table: Json<'_>| Some(table_of(&table.get("name")?.string()?, table));
        draft.look_up(&tables.into_iter().filter_map(table).collect::<Vec<_>>());
        Some(draft)
    }

    /// Which of its lines it gives, the main one first, and in which units.
    fn gives(&mut self, outputs: &[(&str, Option<Unit>)]) {
        if !outputs.iter().any(|(name, _)| self.lines.iter().any(|line| line.name == *name)) {
            return;
        }
        for line in &mut self.lines {
            let place = outputs.iter().position(|(name, _)| *name == line.name);
            line.role = match place {
                None => LineRole::Step,
                Some(0) => LineRole::Main,
                Some(_) => LineRole::Output,
            };
            line.unit = place.and_then(|place| outputs[place].1).unwrap_or(line.unit);
        }
    }

    /// Gives tables their rows.
    fn look_up(&mut self, tables: &[TableText]) {
        for table in &mut self.tables {
            if let Some(given) = tables.iter().find(|given| given.name == table.name) {
                table.rows.clone_from(&given.rows);
            }
        }
    }

    fn is_input(&mut self, name: &str, unit: Option<Unit>) {
        for symbol in self.symbols.iter_mut().filter(|symbol| family(&symbol.name) == name) {
            symbol.role = Role::Input;
            symbol.unit = unit.unwrap_or(symbol.unit);
        }
    }

    /// Gives a name a value, if there is one.
    pub fn give(&mut self, name: &str, value: Option<String>) {
        let symbol = self.symbols.iter_mut().find(|symbol| symbol.name == name);
        if let (Some(symbol), Some(value)) = (symbol, value) {
            symbol.value = value;
        }
    }

    /// The formula, read.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self) -> Result<Formula, FormulaError> {
        Formula::parse(&self.formula)
    }

    /// Where the formula has a mistake, if it has one.
    pub fn mistake(&self) -> Option<Mistake> {
        let error = self.read().err()?;
        Some(Mistake::new(&self.formula, &error.to_string(), &error.at()))
    }

    /// Gives new names of a formula a meaning, and puts all in its order.
    pub fn meet(&mut self, formula: &Formula) {
        self.members.provide(formula.shared().len());
        let Some(names) = self.names(formula) else { return };
        let mut old = std::mem::take(&mut self.symbols);
        for name in &names {
            let known = old.iter().position(|symbol| symbol.name == *name);
            // A member is what its family is.
            let of = self.symbols.iter().find(|symbol| symbol.name != *name && symbol.name == family(name));
            let guess = || {
                if let Some(of) = of {
                    return Symbol { name: name.clone(), value: String::new(), ..of.clone() };
                }
                let exponent = members::is_exponent(formula, &self.members.good, name);
                Symbol::guess(name, exponent, formula.families().contains(&name.as_str()))
            };
            let symbol = known.map_or_else(guess, |at| old.remove(at));
            self.symbols.push(symbol);
        }
        self.symbols.extend(old);
        self.meet_lines(formula);
        self.meet_tables(formula);
    }

    /// The names of a formula, each family before its members.
    fn names(&self, formula: &Formula) -> Option<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        let families = formula.families();
        for name in members::names(formula, &self.members.good)? {
            let own = family(&name);
            if families.contains(&own) && !names.iter().any(|known| known == own) {
                names.push(own.to_owned());
            }
            names.push(name);
        }
        Some(names)
    }

    fn meet_lines(&mut self, formula: &Formula) {
        let mut old = std::mem::take(&mut self.lines);
        let named = formula.outputs();
        let names = if named.is_empty() { vec!["L"] } else { named };
        for name in &names {
            let known = old.iter().position(|line| line.name == *name).map(|at| old.remove(at));
            let unit = crate::ask::unit_of(name);
            let new = || Line { name: (*name).to_owned(), role: LineRole::Step, unit };
            self.lines.push(known.unwrap_or_else(new));
        }
        // What the last line gives, where nothing else was said.
        let (last, count) = (names.len() - 1, names.len());
        let mut mains = (0..count).filter(|at| self.lines[*at].role == LineRole::Main);
        let main = mains.next().unwrap_or(last);
        self.make_main(main, count);
        self.lines.extend(old);
    }

    /// Makes a line the main output, of so many that there are now; one that was it is an output still.
    fn make_main(&mut self, main: usize, count: usize) {
        for (at, line) in self.lines.iter_mut().take(count).enumerate() {
            match line.role {
                _ if at == main => line.role = LineRole::Main,
                LineRole::Main => line.role = LineRole::Output,
                _ => {}
            }
        }
    }

    /// Says what a line is. There is always a main one.
    pub fn is_line(&mut self, at: usize, role: LineRole) {
        let count = self.known_lines().count();
        let was_main = self.lines.get(at).is_some_and(|line| line.role == LineRole::Main);
        if let Some(line) = self.lines.get_mut(at) {
            line.role = role;
        }
        if role == LineRole::Main {
            self.make_main(at, count);
        } else if was_main && count > 1 {
            self.make_main(if at + 1 == count { at - 1 } else { count - 1 }, count);
        } else if was_main {
            self.make_main(at, count);
        }
    }

    /// The lines of the formula; of the formula last met, where it has a mistake now.
    pub fn known_lines(&self) -> impl Iterator<Item = &Line> {
        let names: Option<Vec<String>> = self.read().ok().map(|read| match read.outputs() {
            none if none.is_empty() => vec!["L".to_owned()],
            lines => lines.into_iter().map(str::to_owned).collect(),
        });
        self.lines.iter().filter(move |line| names.as_ref().is_none_or(|names| names.contains(&line.name)))
    }

    /// What it gives, the main output first.
    pub fn outputs(&self) -> Vec<VariableEntry> {
        let mut lines: Vec<&Line> = self.known_lines().filter(|line| line.role != LineRole::Step).collect();
        lines.sort_by_key(|line| line.role != LineRole::Main);
        let output = |line: &Line| VariableEntry {
            name: line.name.clone(),
            unit: line.unit,
            counts: line.unit.words().to_owned(),
        };
        lines.into_iter().map(output).collect()
    }

    fn meet_tables(&mut self, formula: &Formula) {
        let mut old = std::mem::take(&mut self.tables);
        for name in formula.tables() {
            let known = old.iter().position(|table| table.name == name).map(|at| old.remove(at));
            let new = || TableText { name: name.to_owned(), rows: String::new() };
            self.tables.push(known.unwrap_or_else(new));
        }
        self.tables.extend(old);
    }

    /// The tables of the formula; of the formula last met, where it has a mistake now.
    pub fn known_tables(&self) -> impl Iterator<Item = &TableText> {
        let names: Option<Vec<String>> =
            self.read().ok().map(|read| read.tables().into_iter().map(str::to_owned).collect());
        self.tables.iter().filter(move |table| names.as_ref().is_none_or(|names| names.contains(&table.name)))
    }

    /// The families of the formula that share members.
    pub fn groups(&self) -> Vec<Vec<String>> {
        members::groups_of(&self.formula)
    }

    /// Changes the members of a group; what was typed for a member goes with it.
    pub fn change_members(&mut self, group: usize, change: &Change) {
        let Ok(formula) = self.read() else { return };
        let before = self.members.good.clone();
        let stood = self.members.change(group, change);
        let count = formula.shared().len();
        let (old, new) = (&before[..count.min(before.len())], &self.members.good[..count.min(before.len())]);
        let text = |name: &str| {
            self.symbols
                .iter()
                .find(|symbol| symbol.name == name)
                .map_or(String::new(), |symbol| symbol.value.clone())
        };
        let moved = members::moved(&formula, old, new, (group, &stood), text);
        // A member that was renamed or taken away leaves no symbol behind.
        let families = formula.families();
        self.symbols.retain(|symbol| {
            let own = family(&symbol.name);
            own == symbol.name || !families.contains(&own)
        });
        self.meet(&formula);
        for (name, value) in moved {
            if let Some(symbol) = self.symbols.iter_mut().find(|symbol| symbol.name == name) {
                symbol.value = value;
            }
        }
    }

    /// Changes what a name means.
    pub fn change(&mut self, at: usize, change: impl FnOnce(&mut Symbol)) {
        if let Some(symbol) = self.symbols.get_mut(at) {
            change(symbol);
        }
        self.spread();
    }

    /// Has the members of each family be what the family is.
    fn spread(&mut self) {
        let families: Vec<Symbol> =
            self.symbols.iter().filter(|symbol| self.is_family(&symbol.name)).cloned().collect();
        for member in &mut self.symbols {
            let own = |of: &&Symbol| of.name != member.name && family(&member.name) == of.name;
            if let Some(of) = families.iter().find(own) {
                let (name, value) = (std::mem::take(&mut member.name), std::mem::take(&mut member.value));
                *member = Symbol { name, value, ..of.clone() };
            }
        }
    }

    /// Whether a symbol is of a family, whose members have the values.
    pub fn is_family(&self, name: &str) -> bool {
        self.symbols.iter().any(|symbol| symbol.name != name && family(&symbol.name) == name)
    }

    /// Whether a name is a member of a family that is declared.
    pub fn is_member(&self, name: &str) -> bool {
        let own = family(name);
        own != name && self.symbols.iter().any(|other| other.name == own)
    }

    /// What the names of the formula mean; of the formula last met, where it has a mistake now.
    pub fn known(&self) -> impl Iterator<Item = &Symbol> {
        let names = self.read().ok().and_then(|read| self.names(&read));
        let stands = move |symbol: &&Symbol| names.as_ref().is_none_or(|names| names.contains(&symbol.name));
        self.symbols.iter().filter(stands)
    }

    /// The names that have values: of a family its members.
    pub fn valued(&self) -> impl Iterator<Item = &Symbol> {
        self.known().filter(|symbol| !self.is_family(&symbol.name))
    }

    /// The law as the contract has typed ones; nothing while something is wrong.
    pub fn law(&self) -> Option<String> {
        self.read().ok()?;
        let (mut inputs, mut parameters) = (Vec::new(), Vec::new());
        // A family is declared once, and stands for its members.
        for symbol in self.known().filter(|symbol| !self.is_member(&symbol.name)) {
            match symbol.role {
                Role::Input => {
                    let unit = json::object(&[("unit", json::string(symbol.unit.name()))]);
                    inputs.push((&*symbol.name, unit));
                }
                Role::Parameter => {
                    let bounds = match symbol.bounds().ok()? {
                        Bounds::In(low, high) => {
                            ("in", json::list([low, high].map(json::number).into_iter()))
                        }
                        Bounds::Positive => ("positive", "true".to_owned()),
                        Bounds::Free => ("positive", "false".to_owned()),
                    };
                    parameters.push((&*symbol.name, json::object(&[bounds])));
                }
            }
        }
        let outputs = self.outputs();
        let outputs = json::list(outputs.iter().map(|output| json::string(&output.name)));
        let mut law = vec![
            ("formula", json::string(&self.formula)),
            ("outputs", outputs),
            ("inputs", json::object(&inputs)),
            ("parameters", json::object(&parameters)),
        ];
        let mut tables = Vec::new();
        for table in self.known_tables() {
            let (x, y) = table.read().ok()?;
            let column = |values: Vec<f64>| json::list(values.into_iter().map(json::number));
            tables.push((&*table.name, json::object(&[("x", column(x)), ("y", column(y))])));
        }
        if !tables.is_empty() {
            law.push(("tables", json::object(&tables)));
        }
        Some(json::object(&law))
    }

    /// The values of all parameters as a fit of the contract; nothing while one is missing.
    pub fn values(&self) -> Option<String> {
        let parameters = self.valued().filter(|symbol| symbol.role == Role::Parameter);
        let value =
            |symbol: &Symbol| Some((symbol.name.clone(), units::read(&symbol.value, Unit::One).ok()?.value));
        let values: Vec<(String, f64)> = parameters.map(value).collect::<Option<_>>()?;
        let values: Vec<_> = values.iter().map(|(name, value)| (&**name, json::number(*value))).collect();
        (!values.is_empty()).then(|| json::object(&[("parameters", json::object(&values))]))
    }

    /// Whether size and tokens can be chosen by it.
    pub fn plans(&self) -> bool {
        let has = |name: &str| self.known().any(|symbol| symbol.name == name && symbol.role == Role::Input);
        has("N") && has("D")
    }

    /// All of it as JSON, to be kept.
    pub fn write(&self) -> String {
        let symbol = |symbol: &Symbol| {
            json::object(&[
                ("name", json::string(&symbol.name)),
                ("role", json::string(symbol.role.name())),
                ("unit", json::string(symbol.unit.name())),
                ("low", json::string(&symbol.low)),
                ("high", json::string(&symbol.high)),
                ("value", json::string(&symbol.value)),
            ])
        };
        let line = |line: &Line| {
            json::object(&[
                ("name", json::string(&line.name)),
                ("role", json::string(line.role.name())),
                ("unit", json::string(line.unit.name())),
            ])
        };
        let table = |table: &TableText| {
            json::object(&[("name", json::string(&table.name)), ("rows", json::string(&table.rows))])
        };
        let list = |list: &Vec<String>| json::list(list.iter().map(|name| json::string(name)));
        let mut kept = vec![
            ("name", json::string(&self.name)),
            ("formula", json::string(&self.formula)),
            ("symbols", json::list(self.symbols.iter().map(symbol))),
            ("lines", json::list(self.lines.iter().map(line))),
            ("members", json::list(self.members.typed.iter().map(list))),
            ("good_members", json::list(self.members.good.iter().map(list))),
            ("tables", json::list(self.tables.iter().map(table))),
        ];
        // For the Plan, which reads no formulas.
        kept.extend(self.law().map(|law| ("law", law)));
        kept.extend(self.values().map(|values| ("fit", values)));
        json::object(&kept)
    }

    /// Reads what was kept.
    pub fn read_kept(kept: Json<'_>) -> Option<Self> {
        let kept = kept.members();
        let symbol = |symbol: Json<'_>| {
            let symbol = symbol.members();
            let text = |name| symbol.get(name)?.string();
            let role = text("role")?;
            Some(Symbol {
                name: text("name")?,
                role: Role::ALL.into_iter().find(|known| known.name() == role)?,
                unit: text("unit")?.parse().ok()?,
                low: text("low")?,
                high: text("high")?,
                value: text("value")?,
            })
        };
        let line = |line: Json<'_>| {
            let role = line.get("role")?.string()?;
            Some(Line {
                name: line.get("name")?.string()?,
                role: LineRole::ALL.into_iter().find(|known| known.name() == role)?,
                unit: line.get("unit")?.string()?.parse().ok()?,
            })
        };
        let table = |table: Json<'_>| {
            Some(TableText { name: table.get("name")?.string()?, rows: table.get("rows")?.string()? })
        };
        let list = |list: Json<'_>| list.items().into_iter().filter_map(Json::string).collect();
        // Laws that were kept before these could be typed have none.
        let items = |name| kept.get(name).map(|list| list.items()).unwrap_or_default();
        let members: Members = items("members").into_iter().map(list).collect();
        let good: Members = items("good_members").into_iter().map(list).collect();
        let fits = members.iter().map(Vec::len).eq(good.iter().map(Vec::len));
        let mut draft = Self {
            name: kept.get("name")?.string()?,
            formula: kept.get("formula")?.string()?,
            symbols: kept.get("symbols")?.items().into_iter().filter_map(symbol).collect(),
            lines: items("lines").into_iter().filter_map(line).collect(),
            members: if fits { Lists { typed: members, good } } else { Lists::new(members) },
            tables: items("tables").into_iter().filter_map(table).collect(),
        };
        if draft.lines.is_empty()
            && let Ok(read) = draft.read()
        {
            draft.meet(&read);
        }
        Some(draft)
    }
}

/// The tables of a law of the contract, as one would type them.
fn tables_of(tables: Option<Json<'_>>) -> Vec<TableText> {
    let tables = tables.map(Json::members).unwrap_or_default();
    tables.iter().map(|(name, table)| table_of(name, *table)).collect()
}

fn table_of(name: &str, table: Json<'_>) -> TableText {
    let column = |of| {
        let values = table.get(of).map(Json::items).unwrap_or_default();
        values.into_iter().filter_map(|value| Some(units::ascii(value.number()?))).collect::<Vec<_>>()
    };
    let rows: Vec<String> = column("x").iter().zip(column("y")).map(|(x, y)| format!("{x}, {y}")).collect();
    TableText { name: name.to_owned(), rows: rows.join("\n") }
}

/// Reads a draft that was kept alone.
pub fn read(kept: &str) -> Option<Draft> {
    Draft::read_kept(Json::read(kept)?)
}

/// The name of what a formula computes: that of its last line, or L.
pub fn output(formula: &str) -> String {
    let read = Formula::parse(formula).ok();
    read.as_ref().and_then(Formula::result_name).unwrap_or("L").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::reading::typed_law;

    #[test]
    fn names_mean_what_they_most_probably_do() {
        let draft = Draft::of(FIRST);
        let meant = |name: &str| draft.symbols.iter().find(|symbol| symbol.name == name).unwrap();
        assert_eq!((meant("N").role, meant("N").unit), (Role::Input, Unit::Parameters));
        assert_eq!((meant("D").role, meant("D").unit), (Role::Input, Unit::Tokens));
        assert_eq!(meant("alpha").bounds(), Ok(Bounds::In(0.02, 2.0)));
        assert_eq!(meant("E").bounds(), Ok(Bounds::Positive));
        assert!(draft.plans());
    }

    #[test]
    fn a_draft_is_a_law_of_the_contract() {
        let mut draft = Draft::of(FIRST);
        let law = draft.law().unwrap();
        for symbol in &mut draft.symbols {
            if symbol.role == Role::Parameter {
                symbol.value = match symbol.name.as_str() {
                    "E" => "1.69",
                    "A" => "406.4",
                    "B" => "410.7",
                    "alpha" => "0.34",
                    _ => "0.28",
                }
                .to_owned();
            }
        }
        let fit = draft.values().unwrap();
        let question = format!(r#"{{"allocate":{{"law":{law},"fit":{fit},"budget":5.76e23}}}}"#);
        let answer = crate::ask::answer_text(&question, &mut |_| ());
        assert!(answer.contains(r#""termination":"optimum""#), "{answer}");
        let entry = typed_law(&law, "Mine").unwrap();
        assert_eq!(entry.parameters, ["E", "A", "alpha", "B", "beta"]);
        assert_eq!(entry.inputs.len(), 2);
    }

    #[test]
    fn a_law_of_the_catalogue_can_be_typed_again() {
        let answer = crate::ask::answer_text(r#"{"laws":{"only":["chinchilla"]}}"#, &mut |_| ());
        let law = crate::web::reading::read_laws(&answer).remove(0);
        let draft = Draft::of_entry(&law);
        let fit = draft.values().unwrap();
        let values = Json::read(&fit).unwrap().get("parameters").unwrap().members();
        let same = |(name, value): (&str, Json<'_>)| law.fits[0].values.get(name).copied() == value.number();
        assert!(values.iter().all(|(name, value)| same((name, *value))));
        let typed = draft.law().unwrap();
        assert_eq!(Draft::of_law(&typed).unwrap().law(), Some(typed));
    }

    #[test]
    fn a_mistake_is_pointed_at_in_its_line() {
        let text = "U = min(D, D_unique)\nD_eff = U + 1\nE + A / N^alpha + B / (D_eff^beta";
        let mistake = Draft::of(text).mistake().unwrap();
        assert_eq!(mistake.sentence(), "line 3, column 23: this bracket is never closed");
        assert_eq!(mistake.text, "E + A / N^alpha + B / (D_eff^beta");
        assert_eq!(mistake.indent().len(), 22);
        let nothing = Draft::of(" ").mistake().unwrap();
        assert!(nothing.sentence().starts_with("expected a formula"));
    }

    #[test]
    fn meanings_outlive_a_mistake_and_a_name_that_comes_back() {
        let mut draft = Draft::of(FIRST);
        draft.symbols[0].low = "1".to_owned();
        draft.symbols[0].high = "2".to_owned();
        "E + A / (N".clone_into(&mut draft.formula);
        assert_eq!(draft.known().count(), 7);
        for text in ["A / N", "E + A / N"] {
            text.clone_into(&mut draft.formula);
            let read = draft.read().unwrap();
            draft.meet(&read);
        }
        assert_eq!(draft.symbols[0].bounds(), Ok(Bounds::In(1.0, 2.0)));
        assert_eq!(draft.known().count(), 3);
    }

    #[test]
    fn bounds_that_are_none_say_why() {
        let mut draft = Draft::of(FIRST);
        draft.symbols[0].high = "-1".to_owned();
        assert_eq!(draft.symbols[0].bounds(), Err("Expected a lower bound below the upper one.".to_owned()));
        assert_eq!(draft.law(), None);
        "one".clone_into(&mut draft.symbols[0].high);
        assert!(draft.symbols[0].bounds().is_err());
    }

    /// Two outputs, a family and a table.
    const WHOLE: &str = "M = sum(i: C[i] * h[i])^gamma\nL = E + M * interp(T, x) / N^alpha";

    fn whole() -> Draft {
        let mut draft = Draft::of(WHOLE);
        draft.tables[0].rows = "x, y\n0, 1\n1\t2\n\n2 4".to_owned();
        let at =
            |draft: &Draft, name: &str| draft.symbols.iter().position(|symbol| symbol.name == name).unwrap();
        for name in ["h", "x"] {
            let at = at(&draft, name);
            draft.change(at, |symbol| symbol.role = Role::Input);
        }
        draft.is_line(0, LineRole::Output);
        draft.change_members(0, &Change::Name(1, "books".to_owned()));
        for symbol in &mut draft.symbols {
            symbol.value = if symbol.name == "N" { "1B" } else { "0.5" }.to_owned();
        }
        draft
    }

    #[test]
    fn a_law_of_outputs_families_and_tables_is_a_law_of_the_contract() {
        let draft = whole();
        let names: Vec<&str> = draft.known().map(|symbol| &*symbol.name).collect();
        let members = ["C", "C[web]", "C[books]", "h", "h[web]", "h[books]", "gamma", "E"];
        assert_eq!(names, [&members[..], &["x", "N", "alpha"]].concat());
        assert_eq!(draft.outputs().iter().map(|output| &*output.name).collect::<Vec<_>>(), ["L", "M"]);
        let (law, fit) = (draft.law().unwrap(), draft.values().unwrap());
        let at = r#"{"N":"1B","x":"0.5","h[web]":"0.5","h[books]":"0.5"}"#;
        let question = format!(r#"{{"predict":{{"law":{law},"fit":{fit},"at":{at}}}}}"#);
        let answer = crate::ask::answer_text(&question, &mut |_| ());
        let prediction = crate::web::evaluator::Prediction::read(&answer).expect(&answer);
        let m = 0.5_f64.sqrt();
        assert!((prediction.output("M").unwrap() - m).abs() < 1e-12);
        assert!((prediction.output("L").unwrap() - (0.5 + m * 1.5 / 1e9_f64.sqrt())).abs() < 1e-12);
        let again = Draft::of_law(&law).unwrap();
        assert_eq!(again.law(), Some(law));
        assert_eq!(Draft::read_kept(Json::read(&draft.write()).unwrap()), Some(draft));
    }

    #[test]
    fn there_is_always_a_main_output() {
        let mut draft = whole();
        let roles = |draft: &Draft| draft.known_lines().map(|line| line.role.name()).collect::<Vec<_>>();
        draft.is_line(0, LineRole::Main);
        assert_eq!(roles(&draft), ["main output", "output"]);
        draft.is_line(0, LineRole::Step);
        assert_eq!(roles(&draft), ["step", "main output"]);
        let alone = Draft::of(FIRST);
        assert_eq!(alone.outputs()[0].name, "L");
    }

    #[test]
    fn a_mistake_in_a_table_is_pointed_at_in_its_row() {
        let read = |rows: &str| TableText { name: "T".to_owned(), rows: rows.to_owned() }.read();
        assert_eq!(read("x y\n1 2\n3 4"), Ok((vec![1.0, 3.0], vec![2.0, 4.0])));
        for (rows, why) in [
            ("", "Paste two columns"),
            ("1, 2", "Expected two rows or more; got one."),
            ("1, 2\n2", "Row 2: expected two numbers, x and y; got 1."),
            ("1, 2\n2, two", "Row 2: expected a number such as 0.5; got “two”."),
            ("1, 2\n\n1, 3", "Row 3: expected x to rise from row to row; 1 follows 1."),
        ] {
            let said = read(rows).unwrap_err();
            assert!(said.starts_with(why), "{said}");
        }
        let mut draft = whole();
        draft.tables[0].rows.push_str("\n1, 1");
        assert_eq!(draft.law(), None);
    }

    #[test]
    fn what_was_typed_for_a_member_stays_with_it_and_gone_families_come_back() {
        let mut draft = whole();
        draft.give("h[books]", Some("0.3".to_owned()));
        draft.change_members(0, &Change::Add);
        draft.change_members(0, &Change::Remove(0));
        let value = |draft: &Draft, name: &str| {
            draft.known().find(|symbol| symbol.name == name).map(|symbol| symbol.value.clone())
        };
        assert_eq!(value(&draft, "h[books]").as_deref(), Some("0.3"));
        assert_eq!(value(&draft, "h[domain3]").as_deref(), Some(""));
        for text in ["E / N", WHOLE] {
            text.clone_into(&mut draft.formula);
            let read = draft.read().unwrap();
            draft.meet(&read);
        }
        assert_eq!(value(&draft, "h[books]").as_deref(), Some("0.3"));
        assert!(draft.tables[0].read().is_ok());
    }

    #[test]
    fn a_law_that_was_kept_before_families_is_read() {
        let kept = r#"{"name":"Old","formula":"E + A / N","symbols":[
            {"name":"E","role":"parameter","unit":"1","low":"0","high":"","value":"2"},
            {"name":"A","role":"parameter","unit":"1","low":"0","high":"","value":"3"},
            {"name":"N","role":"input","unit":"parameters","low":"","high":"","value":"1B"}]}"#;
        let draft = read(kept).unwrap();
        assert_eq!(draft.values().as_deref(), Some(r#"{"parameters":{"E":2.0,"A":3.0}}"#));
        assert!(draft.law().unwrap().contains(r#""outputs":["L"]"#));
    }

    #[test]
    fn a_draft_is_kept_as_it_is() {
        let mut draft = Draft::of("E + A / N^alpha + B / (D");
        draft.name = "Mine \"α\"".to_owned();
        draft.symbols = Draft::of(FIRST).symbols;
        let written = draft.write();
        assert_eq!(Draft::read_kept(Json::read(&written).unwrap()), Some(draft));
    }
}
