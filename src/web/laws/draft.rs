//! A law as its reader types it: the text, what its names mean, and the contract's law that this makes.

use crate::formula::{Formula, FormulaError};
use crate::laws::Bounds;
use crate::outcome::{Explain as _, Place};
use crate::units::{self, Unit};
use crate::web::evaluator::typed;
use crate::web::json::{self, Json};
use crate::web::reading::LawEntry;

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
    /// at the end, for the case that they come back.
    pub symbols: Vec<Symbol>,
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
    fn guess(name: &str, formula: &Formula) -> Self {
        let unit = crate::ask::unit_of(name);
        let role = if unit == Unit::One { Role::Parameter } else { Role::Input };
        let exponent = formula.exponents().contains(&name);
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
        Some(draft)
    }

    /// A draft of a law of the catalogue, with the values of its usual fit.
    pub fn of_entry(law: &LawEntry) -> Self {
        let mut draft = Self::of(&law.formula);
        let fit = law.fits.first();
        for input in &law.inputs {
            draft.is_input(&input.name, Some(input.unit));
            let example = fit.and_then(|fit| fit.example.get(&input.name));
            draft.give(&input.name, example.map(|value| typed(*value, input.unit)));
        }
        for name in &law.parameters {
            if let Some(symbol) = draft.symbols.iter_mut().find(|symbol| symbol.name == *name) {
                symbol.role = Role::Parameter;
            }
            let value = fit.and_then(|fit| fit.values.get(name));
            draft.give(name, value.map(|value| typed(*value, Unit::One)));
        }
        draft
    }

    fn is_input(&mut self, name: &str, unit: Option<Unit>) {
        if let Some(symbol) = self.symbols.iter_mut().find(|symbol| symbol.name == name) {
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
        let mut old = std::mem::take(&mut self.symbols);
        for name in formula.names() {
            let known = old.iter().position(|symbol| symbol.name == name);
            self.symbols.push(known.map_or_else(|| Symbol::guess(name, formula), |at| old.remove(at)));
        }
        self.symbols.extend(old);
    }

    /// What the names of the formula mean; of the formula last met, where it has a mistake now.
    pub fn known(&self) -> impl Iterator<Item = &Symbol> {
        let names: Option<Vec<String>> =
            self.read().ok().map(|read| read.names().into_iter().map(str::to_owned).collect());
        let stands = move |symbol: &&Symbol| names.as_ref().is_none_or(|names| names.contains(&symbol.name));
        self.symbols.iter().filter(stands)
    }

    /// The law as the contract has typed ones; nothing while something is wrong.
    pub fn law(&self) -> Option<String> {
        self.read().ok()?;
        let (mut inputs, mut parameters) = (Vec::new(), Vec::new());
        for symbol in self.known() {
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
        Some(json::object(&[
            ("formula", json::string(&self.formula)),
            ("outputs", json::list([json::string(&output(&self.formula))].into_iter())),
            ("inputs", json::object(&inputs)),
            ("parameters", json::object(&parameters)),
        ]))
    }

    /// The values of all parameters as a fit of the contract; nothing while one is missing.
    pub fn values(&self) -> Option<String> {
        let parameters = self.known().filter(|symbol| symbol.role == Role::Parameter);
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
        let mut kept = vec![
            ("name", json::string(&self.name)),
            ("formula", json::string(&self.formula)),
            ("symbols", json::list(self.symbols.iter().map(symbol))),
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
        Some(Self {
            name: kept.get("name")?.string()?,
            formula: kept.get("formula")?.string()?,
            symbols: kept.get("symbols")?.items().into_iter().filter_map(symbol).collect(),
        })
    }
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

    #[test]
    fn a_draft_is_kept_as_it_is() {
        let mut draft = Draft::of("E + A / N^alpha + B / (D");
        draft.name = "Mine \"α\"".to_owned();
        draft.symbols = Draft::of(FIRST).symbols;
        let written = draft.write();
        assert_eq!(Draft::read_kept(Json::read(&written).unwrap()), Some(draft));
    }
}
