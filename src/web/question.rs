//! What the reader asks: everything that was typed and chosen, as it was typed and chosen.
//!
//! This is the page's one writable state. The link, the question to the engine and all that is shown derive
//! from it.

use std::sync::Arc;

use super::json::{self, Json};
use crate::runs::{Cell, Columns, Role, RunsError, Sent, Table, read as read_table};
use crate::units::{Amount, Read, Unit, UnitError, read};

/// The budget of Chinchilla and Gopher, which the page opens with.
pub const BUDGET: &str = "5.76e23 FLOPs";
/// The law that the page opens with.
pub const LAW: &str = "chinchilla";
/// The fit of that law that the page opens with.
pub const FIT: &str = "refit-240";

/// The question for the laws that the page opens with, as JSON.
pub const LAWS: &str = r#"{"laws":{"only":["chinchilla","hoffmann-approach-1","hoffmann-approach-2"]}}"#;

/// What the reader asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The budget, as typed.
    pub budget: String,
    /// The id of a law, or a typed law as the contract's JSON.
    pub law: String,
    /// Values for the law's parameters.
    pub fit: Fit,
    /// What else the law depends on besides size and tokens, by name, as typed.
    pub needs: Vec<Need>,
    /// Limits beside the budget, in the order they were added.
    pub limits: Vec<Limit>,
    /// The reader's own training runs.
    pub runs: Option<Runs>,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            budget: BUDGET.to_owned(),
            law: LAW.to_owned(),
            fit: Fit::Published(FIT.to_owned()),
            needs: Vec::new(),
            limits: Vec::new(),
            runs: None,
        }
    }
}

/// Where the values of a law's parameters come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Fit {
    /// The id of a published fit; empty for the law's usual one.
    Published(String),
    /// The answer of the reader's own fit, as JSON.
    Yours(Arc<str>),
}

/// An input of a law that a plan does not choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its name in the law.
    pub name: String,
    /// Its value, as typed.
    pub text: String,
}

/// A limit on a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// What it limits.
    pub on: Limited,
    /// To how much, as typed.
    pub text: String,
}

/// What a limit can be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// At most so many parameters.
    LargestSize,
    /// Exactly so many parameters.
    FixedSize,
    /// At most so many tokens.
    MostTokens,
}

/// A table of training runs, and what was chosen about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Runs {
    /// Its text, as pasted or read from the file.
    pub text: Arc<str>,
    /// The name of the file, or how else it came.
    pub name: String,
    /// What columns mean, where the reader has said so, in that order.
    pub columns: Vec<(usize, Role)>,
    /// The rows that are switched off, in their order.
    pub off: Vec<usize>,
    /// What the Fit page alone knows of them, as JSON; empty where that is nothing.
    pub beside: Arc<str>,
    /// Whether the Fit page reads the columns further than the Plan does.
    pub apart: bool,
}

impl Runs {
    /// A table as it came, with nothing chosen yet.
    pub fn new(text: &str, name: &str) -> Self {
        Self {
            text: text.into(),
            name: name.to_owned(),
            columns: Vec::new(),
            off: Vec::new(),
            beside: "".into(),
            apart: false,
        }
    }

    /// Switches a row on or off.
    pub fn switch(&mut self, row: usize, on: bool) {
        match self.off.binary_search(&row) {
            Ok(at) if on => _ = self.off.remove(at),
            Err(at) if !on => self.off.insert(at, row),
            _ => {}
        }
    }

    /// All of it as JSON, to be kept.
    pub fn write(&self) -> String {
        let column = |(column, role): &(usize, Role)| {
            json::list([column.to_string(), json::string(role.label())].into_iter())
        };
        json::object(&[
            ("text", json::string(&self.text)),
            ("name", json::string(&self.name)),
            ("columns", json::list(self.columns.iter().map(column))),
            ("off", json::list(self.off.iter().map(usize::to_string))),
            ("beside", json::string(&self.beside)),
            ("apart", self.apart.to_string()),
        ])
    }

    /// Reads what was kept.
    pub fn read(kept: &str) -> Option<Self> {
        let kept = Json::read(kept)?.members();
        let column = |pair: Json<'_>| {
            let pair = pair.items();
            Some((pair.first()?.count()?, Role::labelled(&pair.get(1)?.string()?)?))
        };
        Some(Self {
            text: kept.get("text")?.string()?.into(),
            name: kept.get("name")?.string()?,
            columns: kept.get("columns")?.items().into_iter().filter_map(column).collect(),
            off: kept.get("off")?.items().into_iter().filter_map(Json::count).collect(),
            beside: kept.get("beside").and_then(|beside| beside.string()).unwrap_or_default().into(),
            apart: kept.get("apart").is_some_and(|apart| apart.as_text() == "true"),
        })
    }

    /// The table as the Plan reads it, with all that was chosen about it.
    ///
    /// # Errors
    /// Why the text is no table.
    pub fn table(&self) -> Result<Table, RunsError> {
        let mut table = read_table(self.text.as_bytes())?;
        for (column, role) in self.columns.iter().filter(|(_, role)| Role::ALL.contains(role)) {
            // A choice about another text is no choice about this one.
            let _ = table.assign(*column, *role);
        }
        for row in &self.off {
            let _ = table.switch(*row, false);
        }
        Ok(table)
    }
}

impl Limited {
    /// Every kind, in the order of their chips.
    pub const ALL: [Self; 3] = [Self::LargestSize, Self::FixedSize, Self::MostTokens];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LargestSize => "Largest size",
            Self::FixedSize => "Fixed size",
            Self::MostTokens => "Most tokens",
        }
    }

    /// Its name in a link.
    pub const fn key(self) -> &'static str {
        match self {
            Self::LargestSize => "largest-size",
            Self::FixedSize => "size",
            Self::MostTokens => "most-tokens",
        }
    }

    /// The variable it limits.
    pub const fn variable(self) -> &'static str {
        match self {
            Self::LargestSize | Self::FixedSize => "N",
            Self::MostTokens => "D",
        }
    }

    /// The unit it is given in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::LargestSize | Self::FixedSize => Unit::Parameters,
            Self::MostTokens => Unit::Tokens,
        }
    }
}

impl Limit {
    /// How its text reads; nothing while it is empty.
    pub fn read(&self) -> Option<Result<Read, UnitError>> {
        (!self.text.trim().is_empty()).then(|| read(&self.text, self.on.unit()))
    }
}

impl Question {
    /// How the budget reads.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn budget(&self) -> Result<Read, UnitError> {
        read(&self.budget, Unit::Flops)
    }

    /// The question to the engine as JSON, if everything typed can be read.
    pub fn allocate(&self) -> Option<String> {
        self.budget().ok()?;
        self.with(self.fit.values()?, json::string(&self.budget), &self.limits)
    }

    /// The same question for another budget, in FLOPs.
    pub fn allocate_at(&self, flops: f64) -> Option<String> {
        self.with(self.fit.values()?, json::number(flops), &self.limits)
    }

    /// The same question for a fit that is given as JSON.
    pub fn allocate_by(&self, fit: &str, flops: f64) -> Option<String> {
        self.with(fit.to_owned(), json::number(flops), &self.limits)
    }

    /// The same question without one of its limits.
    pub fn allocate_without(&self, limit: usize) -> Option<String> {
        self.budget().ok()?;
        let mut limits = self.limits.clone();
        limits.remove(limit);
        self.with(self.fit.values()?, json::string(&self.budget), &limits)
    }

    /// The place of a limit among those that are asked: limits without a text are not.
    pub fn place_asked(&self, on: Limited) -> Option<usize> {
        let place =
            self.limits.iter().filter(|limit| limit.read().is_some()).position(|limit| limit.on == on);
        place.map(|place| self.needs.len() + place)
    }

    /// Changes what it needs besides size and tokens; what was typed for a name stays.
    pub fn need(&mut self, needs: impl Iterator<Item = Need>) {
        let typed = std::mem::take(&mut self.needs);
        let known = |need: Need| typed.iter().find(|known| known.name == need.name).cloned().unwrap_or(need);
        self.needs = needs.map(known).collect();
    }

    /// The question that fits the law to runs, as JSON.
    pub fn fit_to(&self, runs: &Sent) -> String {
        asked("fit", &[("law", law(&self.law)), ("runs", sent(runs))])
    }

    /// The question for the loss at many points, as JSON.
    pub fn predict(&self, sizes: &[f64], tokens: &[f64]) -> Option<String> {
        let column = |values: &[f64]| json::list(values.iter().map(|value| json::number(*value)));
        let mut at = vec![("N", column(sizes)), ("D", column(tokens))];
        at.extend(self.needs.iter().map(|need| (&*need.name, json::string(&need.text))));
        let mut given = vec![("law", law(&self.law))];
        given.extend(given_fit(self.fit.values()?));
        given.push(("at", json::object(&at)));
        Some(asked("predict", &given))
    }

    /// The question for a plan, its fit and budget given as JSON.
    fn with(&self, fit: String, budget: String, limits: &[Limit]) -> Option<String> {
        let mut rules = Vec::new();
        for need in &self.needs {
            if need.text.trim().is_empty() {
                return None;
            }
            rules
                .push(json::object(&[("of", json::string(&need.name)), ("equal", json::string(&need.text))]));
        }
        for limit in limits {
            match limit.read() {
                None => {}
                Some(Err(_)) => return None,
                Some(Ok(_)) => rules.push(limit.rule()),
            }
        }
        let mut given = vec![("law", law(&self.law))];
        given.extend(given_fit(fit));
        given.push(("budget", budget));
        if !rules.is_empty() {
            given.push(("limits", json::list(rules.into_iter())));
        }
        Some(asked("allocate", &given))
    }
}

/// The fit of a Question; none where the law's usual one is meant.
fn given_fit(fit: String) -> Option<(&'static str, String)> {
    (!fit.is_empty()).then_some(("fit", fit))
}

/// A law of a Question, as JSON: an id is a string, and a typed law stands as it is.
pub fn law(law: &str) -> String {
    if law.starts_with('{') { law.to_owned() } else { json::string(law) }
}

fn asked(verb: &str, given: &[(&str, String)]) -> String {
    json::object(&[(verb, json::object(given))])
}

/// Runs as the contract has them.
fn sent(runs: &Sent) -> String {
    self::runs(&columns(&runs.columns), &[], runs.rows_off.iter().copied())
}

/// Columns of runs as the contract has them.
pub fn columns(columns: &Columns) -> String {
    let cell = |cell: &Cell| match cell {
        Some(Amount::Number(value)) => json::number(*value),
        Some(Amount::Text(text)) => json::string(text),
        None => "null".to_owned(),
    };
    let column = |name| (name, json::list(columns.get(name).unwrap_or_default().iter().map(cell)));
    json::object(&columns.names().into_iter().map(column).collect::<Vec<_>>())
}

/// Runs as the contract has them: columns, what is said of the rows, and which of them are left out.
pub fn runs(columns: &str, beside: &[(&str, String)], rows_off: impl Iterator<Item = usize>) -> String {
    let off = json::list(rows_off.map(|row| row.to_string()));
    let mut sent = vec![("columns", columns)];
    sent.extend(beside.iter().map(|(name, value)| (*name, value.as_str())));
    if off != "[]" {
        sent.push(("rows_off", &off));
    }
    json::object(&sent)
}

impl Fit {
    /// The values as JSON, for a question.
    fn values(&self) -> Option<String> {
        match self {
            Self::Published(id) if id.is_empty() => Some(String::new()),
            Self::Published(id) => Some(json::string(id)),
            Self::Yours(text) => Json::read(text).map(|fit| fit.as_text().to_owned()),
        }
    }
}

impl Limit {
    fn rule(&self) -> String {
        let bound = match self.on {
            Limited::FixedSize => "equal",
            Limited::LargestSize | Limited::MostTokens => "at_most",
        };
        json::object(&[("of", json::string(self.on.variable())), (bound, json::string(&self.text))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_opens_with_the_opening_laws() {
        let asked: serde_json::Value = serde_json::from_str(LAWS).unwrap();
        assert_eq!(asked, serde_json::json!({"laws": {"only": crate::laws::OPENING}}));
    }

    #[test]
    fn a_budget_alone_is_asked_as_such() {
        let question = Question::default();
        let expected = r#"{"allocate":{"law":"chinchilla","fit":"refit-240","budget":"5.76e23 FLOPs"}}"#;
        assert_eq!(question.allocate().as_deref(), Some(expected));
    }

    #[test]
    fn the_usual_fit_of_a_law_is_not_named() {
        let question = Question {
            law: "other".to_owned(),
            fit: Fit::Published(String::new()),
            needs: vec![Need { name: "S".to_owned(), text: "0.5".to_owned() }],
            ..Question::default()
        };
        let expected = concat!(
            r#"{"allocate":{"law":"other","budget":1e24,"#,
            r#""limits":[{"of":"S","equal":"0.5"}]}}"#
        );
        assert_eq!(question.allocate_at(1e24).as_deref(), Some(expected));
        let unknown =
            Question { needs: vec![Need { name: "S".to_owned(), text: String::new() }], ..question };
        assert_eq!(unknown.allocate_at(1e24), None);
    }

    #[test]
    fn a_typed_law_stands_as_it_is() {
        let law = r#"{"formula":"E + A / N^alpha + B / D^beta"}"#;
        let question = Question { law: law.to_owned(), ..Question::default() };
        assert!(question.allocate().unwrap().starts_with(&format!(r#"{{"allocate":{{"law":{law},"#)));
    }

    #[test]
    fn limits_that_are_set_stand_beside_the_budget() {
        let mut question = Question::default();
        question.limits.push(Limit { on: Limited::LargestSize, text: "7B".to_owned() });
        question.limits.push(Limit { on: Limited::MostTokens, text: " ".to_owned() });
        let expected = concat!(
            r#"{"allocate":{"law":"chinchilla","fit":"refit-240","budget":1e24,"#,
            r#""limits":[{"of":"N","at_most":"7B"}]}}"#
        );
        assert_eq!(question.allocate_at(1e24).as_deref(), Some(expected));
    }

    #[test]
    fn what_cannot_be_read_is_not_asked() {
        let unread = Question { budget: "5.76e23 H100".to_owned(), ..Question::default() };
        assert_eq!(unread.allocate(), None);
        let mut limited = Question::default();
        limited.limits.push(Limit { on: Limited::FixedSize, text: "-2".to_owned() });
        assert_eq!(limited.allocate(), None);
    }

    #[test]
    fn runs_are_kept_as_they_are() {
        let text = "params,tokens,loss\n1B,20B,2.5\n\"7 B\",\"1.4T\",2.0\n";
        let mut runs = Runs::new(text, "runs \"α\".csv");
        runs.columns.push((2, Role::Loss));
        runs.switch(1, false);
        (runs.beside, runs.apart) = (r#"{"loss":"bits"}"#.into(), true);
        assert_eq!(Runs::read(&runs.write()), Some(runs));
        assert_eq!(Runs::read("{}"), None);
    }

    #[test]
    fn runs_are_sent_as_the_contract_has_them() {
        let mut runs = Runs::new("params,tokens,loss\n1B,20B,2.5\n7B,1.4T,2.0\n3B,60B,\n", "");
        runs.switch(0, false);
        let sent = runs.table().unwrap().sent().unwrap();
        let asked: serde_json::Value = serde_json::from_str(&Question::default().fit_to(&sent)).unwrap();
        let expected = serde_json::json!({"law": "chinchilla", "runs": sent});
        assert_eq!(asked["fit"], expected);
        assert_eq!(asked["fit"]["runs"]["rows_off"], serde_json::json!([0, 2]));
    }

    #[test]
    fn a_fit_of_the_readers_own_is_passed_on_as_it_is() {
        let fit = r#"{"parameters":{"E":1.8172180990100799}}"#;
        let question = Question { fit: Fit::Yours(fit.into()), ..Question::default() };
        assert!(question.allocate().unwrap().contains(fit));
    }
}
