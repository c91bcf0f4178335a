//! The parts of an Answer that the page reads.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::value::{Error as Unknown, StrDeserializer};

use super::json::{self, Json};
use crate::ask::Named;
use crate::num::decimal;
use crate::outcome::{Place, Termination};
use crate::units::Unit;

/// The answer to a question of allocation.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The best point, by variable.
    pub at: Named<f64>,
    /// The predicted loss there, if the law has one.
    pub value: Option<f64>,
    /// The unit of the loss; empty where it is not known.
    pub unit: String,
    /// What its training costs, in FLOPs, where that is counted.
    pub flops: Option<f64>,
    /// What else is known of the point, such as `tokens_per_parameter`.
    pub quantities: Named<f64>,
    /// The limits that hold it back, by their places among those that were asked.
    pub active: Vec<usize>,
    /// What most draws of the fit say, where it has draws: by variable, and of the loss as `value`.
    pub intervals: Named<[f64; 2]>,
    /// What it rests on that the question does not say.
    pub assumed: Vec<Assumed>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// A fact that a plan rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumed {
    /// The field that would give it, such as `hardware.price`.
    pub field: String,
    /// Its value.
    pub value: f64,
    /// Where it stands.
    pub source: String,
}

impl Plan {
    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        let plan = Json::read(answer)?.get("allocate")?.members();
        Some(Self {
            at: numbers(*plan.get("at")?),
            value: plan.get("value").and_then(|value| value.number()),
            unit: text(&plan, "unit"),
            flops: plan.get("flops").and_then(|flops| flops.number()),
            quantities: plan.get("quantities").map(|all| numbers(*all)).unwrap_or_default(),
            active: items(&plan, "active").iter().filter_map(|active| active.get("limit")?.count()).collect(),
            intervals: plan.get("intervals").map(|all| intervals(*all)).unwrap_or_default(),
            assumed: items(&plan, "assumed").into_iter().filter_map(assumed).collect(),
            warnings: warnings(&plan),
        })
    }

    /// Parameters.
    pub fn size(&self) -> Option<f64> {
        self.variable("N")
    }

    /// Tokens.
    pub fn tokens(&self) -> Option<f64> {
        self.variable("D")
    }

    /// A variable, or the first that is a kind of it, such as `N_active`.
    fn variable(&self, name: &str) -> Option<f64> {
        let kind = |known: &str| known.strip_prefix(name).is_some_and(|rest| rest.starts_with('_'));
        let kinds = || self.at.iter().find(|(known, _)| kind(known)).map(|(_, value)| value);
        self.at.get(name).or_else(kinds).copied()
    }

    /// What most draws say of one of its numbers.
    pub fn interval(&self, of: &str) -> Option<[f64; 2]> {
        self.intervals.get(of).copied()
    }

    /// Tokens per parameter.
    pub fn ratio(&self) -> Option<f64> {
        self.quantities.get("tokens_per_parameter").copied()
    }
}

fn assumed(fact: Json<'_>) -> Option<Assumed> {
    let [field, source] = [fact.get("field")?.string()?, fact.get("source")?.string()?];
    Some(Assumed { field, value: fact.get("value")?.number()?, source })
}

/// What the reader should know about an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// The stable name of the warning.
    pub code: String,
    /// The same for a reader.
    pub message: String,
    /// The variable it is about, if it is about one.
    pub variable: String,
    /// How many times too large that is, if it is.
    pub times: Option<f64>,
}

/// A law, as the worker lists those of the catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LawEntry {
    /// Its id; of a typed law itself, as the contract's JSON.
    pub id: String,
    /// Its name in lists.
    pub name: String,
    /// Its formula, in the law language.
    pub formula: String,
    /// What it computes, the main output first.
    pub outputs: Vec<VariableEntry>,
    /// What it is computed from.
    pub inputs: Vec<VariableEntry>,
    /// The names of what a fit determines.
    pub parameters: Vec<String>,
    /// Its published fits, the usual one first.
    pub fits: Vec<FitEntry>,
}

/// A name of a law, and what it is an amount of.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableEntry {
    /// The name in the formula.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// What is counted, in words; may be empty.
    pub counts: String,
}

/// A published fit, as the worker lists it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FitEntry {
    /// Its id.
    pub id: String,
    /// Its name in lists.
    pub name: String,
    /// Values by parameter.
    pub values: Named<f64>,
    /// Where they stand.
    pub source: String,
    /// What the runs were trained on.
    pub data: String,
    /// What to know.
    pub caveats: Vec<String>,
    /// From where to where the runs behind it reach, by variable.
    pub fitted_on: Named<[f64; 2]>,
    /// A point at which the law can be tried, by input.
    pub example: Named<f64>,
}

impl LawEntry {
    /// What it computes, by its formula. Several outputs have a named line each.
    pub fn equation(&self) -> String {
        match self.outputs.as_slice() {
            [only] => format!("{} = {}", only.name, self.formula),
            _ => self.formula.clone(),
        }
    }

    /// The fit of an id.
    pub fn fit(&self, id: &str) -> Option<&FitEntry> {
        self.fits.iter().find(|fit| fit.id == id)
    }

    /// What a plan by it does not choose: its inputs besides size and tokens. A family stands as its members, of which
    /// there are those that `values` of its parameters have.
    pub fn needs(&self, values: &Named<f64>) -> Vec<VariableEntry> {
        self.not_chosen().flat_map(|input| self.members(input, values)).collect()
    }

    /// An input, or each member of it.
    fn members(&self, input: &VariableEntry, values: &Named<f64>) -> Vec<VariableEntry> {
        let begins = |at: usize| {
            !self.formula[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
        };
        let opened = format!("{}[", input.name);
        if !self.formula.match_indices(&opened).any(|(at, _)| begins(at)) {
            return vec![input.clone()];
        }
        let mut members: Vec<VariableEntry> = Vec::new();
        for (_, member) in values.names().filter_map(|name| name.split_once('[')) {
            let name = format!("{opened}{member}");
            // A pair is of two families.
            if !member.contains(',') && members.iter().all(|known| known.name != name) {
                members.push(VariableEntry { name, ..input.clone() });
            }
        }
        members
    }

    fn not_chosen(&self) -> impl Iterator<Item = &VariableEntry> {
        let chosen = |unit: Unit| self.inputs.iter().position(|input| input.unit == unit);
        let (size, tokens) = (chosen(Unit::Parameters), chosen(Unit::Tokens));
        let both = size.is_some() && tokens.is_some();
        let inputs = self
            .inputs
            .iter()
            .enumerate()
            .filter(move |(at, _)| both && Some(*at) != size && Some(*at) != tokens);
        inputs.map(|(_, input)| input)
    }
}

/// The laws of an Answer.
pub fn read_laws(answer: &str) -> Vec<LawEntry> {
    let laws = Json::read(answer).and_then(|answer| answer.get("laws")?.get("laws"));
    laws.map(Json::items).unwrap_or_default().into_iter().map(law).collect()
}

fn law(law: Json<'_>) -> LawEntry {
    let law = law.members();
    LawEntry {
        id: text(&law, "id"),
        name: text(&law, "name"),
        formula: text(&law, "formula"),
        outputs: items(&law, "outputs").into_iter().map(output).collect(),
        inputs: items(&law, "inputs").into_iter().map(input).collect(),
        parameters: items(&law, "parameters").iter().map(|entry| text(&entry.members(), "symbol")).collect(),
        fits: items(&law, "fits").into_iter().map(fit).collect(),
    }
}

/// A typed law as the lists have those of the catalogue; nothing if the text is none. What is declared in it is all
/// that is known of it.
pub fn typed_law(law: &str, name: &str) -> Option<LawEntry> {
    let members = Json::read(law)?.members();
    let declared = |field: &str| members.get(field).map(|all| all.members()).unwrap_or_default();
    let variable = |name: &str, unit: Unit| VariableEntry {
        name: name.to_owned(),
        unit,
        counts: unit.words().to_owned(),
    };
    let input = |(name, input): (&str, &Json<'_>)| {
        let unit = input.get("unit").and_then(|unit| unit.string()?.parse().ok());
        variable(name, unit.unwrap_or(Unit::One))
    };
    let output = items(&members, "outputs").first().and_then(|output| output.string());
    Some(LawEntry {
        id: law.to_owned(),
        name: name.to_owned(),
        formula: members.get("formula")?.string()?,
        outputs: vec![variable(output.as_deref().unwrap_or("L"), Unit::One)],
        inputs: declared("inputs").iter().map(input).collect(),
        parameters: declared("parameters").names().map(str::to_owned).collect(),
        ..LawEntry::default()
    })
}

fn input(variable: Json<'_>) -> VariableEntry {
    let variable = variable.members();
    VariableEntry {
        name: text(&variable, "symbol"),
        unit: text(&variable, "unit").parse().unwrap_or(Unit::One),
        counts: text(&variable, "counts"),
    }
}

fn output(output: Json<'_>) -> VariableEntry {
    let output = output.members();
    let variable = output.get("variable").copied().map(input);
    let of =
        variable.unwrap_or(VariableEntry { name: String::new(), unit: Unit::One, counts: String::new() });
    VariableEntry { name: text(&output, "name"), ..of }
}

fn fit(fit: Json<'_>) -> FitEntry {
    let fit = fit.members();
    FitEntry {
        id: text(&fit, "id"),
        name: text(&fit, "name"),
        values: fit.get("values").map(|values| numbers(*values)).unwrap_or_default(),
        source: fit.get("source").map(|source| text(&source.members(), "text")).unwrap_or_default(),
        data: text(&fit, "data"),
        caveats: items(&fit, "caveats").into_iter().filter_map(Json::string).collect(),
        fitted_on: fit.get("fitted_on").map(|ranges| intervals(*ranges)).unwrap_or_default(),
        example: fit.get("example").map(|example| numbers(*example)).unwrap_or_default(),
    }
}

/// The reader's own fit, from the answer that holds it.
pub fn yours(fit: &str) -> Option<FitEntry> {
    let fitted = Json::read(fit)?.members();
    let runs = fitted.get("runs").and_then(|runs| runs.count()).map(|runs| format!("your {runs} runs"));
    let typed = "Values of your own".to_owned();
    Some(FitEntry {
        id: String::new(),
        name: runs.as_ref().map_or(typed, |runs| format!("Fit of {runs}")),
        values: numbers(*fitted.get("parameters")?),
        source: runs.map_or_else(|| "typed".to_owned(), |runs| format!("computed here, from {runs}")),
        fitted_on: fitted.get("fitted_on").map(|ranges| intervals(*ranges)).unwrap_or_default(),
        ..FitEntry::default()
    })
}

impl FitEntry {
    /// Its values as a fit of the contract.
    pub fn as_json(&self) -> String {
        let values: Vec<_> = self.values.iter().map(|(name, value)| (name, json::number(*value))).collect();
        json::object(&[("parameters", json::object(&values))])
    }

    /// What is known about it: heads and texts.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![("Source", self.source.clone()), ("Data", self.data.clone())];
        facts.extend(self.caveats.iter().map(|caveat| ("Caveat", caveat.clone())));
        facts.retain(|(_, text)| !text.is_empty());
        facts
    }
}

/// The refusal of an Answer, if it is one.
pub fn read_refusal(answer: &str) -> Option<Refusal> {
    Some(Refusal::read(Json::read(answer)?.get("error")?.as_text()))
}

/// The values of an Answer that predicts many.
pub fn read_values(answer: &str) -> Option<Vec<f64>> {
    let values = Json::read(answer)?.get("predict")?.get("values")?.items();
    Some(values.into_iter().map(|value| value.number().unwrap_or(f64::NAN)).collect())
}

/// The answer to a question of fitting.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// Values by parameter.
    pub parameters: Named<Option<f64>>,
    /// The value of what was minimised.
    pub objective: f64,
    /// How many runs were used.
    pub runs: usize,
    /// How the solver stopped.
    pub termination: Termination,
    /// What readers compute from the parameters.
    pub derived: Named<Option<f64>>,
    /// What proves the verdict.
    pub certificate: FitCertificate,
    /// Standard errors by parameter.
    pub errors: Named<f64>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// What proves how a fit stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FitCertificate {
    /// The Newton decrement.
    pub decrement: Option<f64>,
    /// The smallest eigenvalue of the scaled Hessian.
    pub smallest_eigenvalue: Option<f64>,
    /// How many blind starts there were.
    pub starts: Option<usize>,
    /// How many of them came to the same minimum.
    pub agreeing: Option<usize>,
}

impl Fitted {
    /// Reads an Answer: the fit as the worker gave it, without what only it itself is asked for, to be passed on, and the
    /// same read.
    pub fn read(answer: &str) -> Option<(Arc<str>, Self)> {
        let fit = Json::read(answer)?.get("fit")?.members();
        let certificate = fit.get("certificate")?.members();
        let proof = |name| certificate.get(name).and_then(|value| value.number());
        let count = |name| certificate.get(name).and_then(|value| value.count());
        let fitted = Self {
            parameters: values(*fit.get("parameters")?),
            objective: fit.get("objective")?.number()?,
            runs: fit.get("runs")?.count()?,
            termination: termination(*fit.get("termination")?)?,
            derived: fit.get("derived").map(|derived| values(*derived)).unwrap_or_default(),
            certificate: FitCertificate {
                decrement: proof("decrement"),
                smallest_eigenvalue: proof("smallest_eigenvalue"),
                starts: count("starts"),
                agreeing: count("agreeing"),
            },
            errors: fit
                .get("errors")
                .and_then(|errors| errors.get("sandwich"))
                .map(numbers)
                .unwrap_or_default(),
            warnings: warnings(&fit),
        };
        // Residuals of every run are no part of what a fit is passed on for, least of all in an address.
        let passed_on = fit.iter().filter(|(name, _)| *name != "noise");
        let passed_on: Vec<_> = passed_on.map(|(name, part)| (name, part.as_text().to_owned())).collect();
        Some((json::object(&passed_on).into(), fitted))
    }
}

/// A fit with the draws of its bootstrap, as JSON. The draws come as a table: a line of names, a line per draw.
pub fn with_draws(fit: &FitEntry, draws: &str) -> Option<String> {
    let mut lines = draws.lines();
    let names: Vec<&str> = lines.next()?.split(',').collect();
    let mut columns = vec![Vec::new(); names.len()];
    for line in lines {
        for (column, cell) in columns.iter_mut().zip(line.split(',')) {
            column.push(json::number(decimal(cell)?));
        }
    }
    let columns = columns.into_iter().map(|column| json::list(column.into_iter()));
    let draws: Vec<_> = names.into_iter().zip(columns).collect();
    let parameters: Vec<_> = fit.values.iter().map(|(name, value)| (name, json::number(*value))).collect();
    Some(json::object(&[("parameters", json::object(&parameters)), ("draws", json::object(&draws))]))
}

/// Why there is no answer, as the contract says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refusal {
    /// The stable name of the error.
    pub code: String,
    /// The same for a reader.
    pub message: String,
    /// What would have been right, such as the condition that is broken.
    pub expected: String,
    /// Where in the question it is.
    pub at: Place,
}

impl Refusal {
    /// Whether a law means nothing where it was asked.
    pub fn is_of_a_condition(&self) -> bool {
        self.code == "law.condition"
    }

    /// Reads the error of an Answer.
    pub fn read(error: &str) -> Self {
        let error = Json::read(error).map(Json::members).unwrap_or_default();
        let at = error.get("at").copied().map(Json::members).unwrap_or_default();
        let (count, string) =
            (|name| at.get(name).and_then(|at| at.count()), |name| at.get(name).and_then(|at| at.string()));
        let at = Place {
            row: count("row"),
            column: string("column"),
            position: count("position"),
            path: string("path"),
        };
        Self {
            code: text(&error, "code"),
            message: text(&error, "message"),
            expected: text(&error, "expected"),
            at,
        }
    }
}

/// A member that is a string; empty where there is none.
fn text(object: &Named<Json<'_>>, name: &str) -> String {
    object.get(name).and_then(|value| value.string()).unwrap_or_default()
}

/// The values of a member that is a list.
fn items<'a>(object: &Named<Json<'a>>, name: &str) -> Vec<Json<'a>> {
    object.get(name).map(|list| list.items()).unwrap_or_default()
}

/// The members that are numbers.
fn numbers(object: Json<'_>) -> Named<f64> {
    Named(values(object).0.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
}

/// The members of an object of numbers, some of them not known.
fn values(object: Json<'_>) -> Named<Option<f64>> {
    Named(object.members().0.into_iter().map(|(name, value)| (name, value.number())).collect())
}

fn intervals(object: Json<'_>) -> Named<[f64; 2]> {
    let interval = |value: Json<'_>| match value.items().as_slice() {
        [low, high] => Some([low.number()?, high.number()?]),
        _ => None,
    };
    Named(object.members().0.into_iter().filter_map(|(name, value)| Some((name, interval(value)?))).collect())
}

/// The warnings of an Answer's verb.
pub fn warnings(answer: &Named<Json<'_>>) -> Vec<Warning> {
    let warning = |warning: Json<'_>| {
        let warning = warning.members();
        let data = warning.get("data").copied().map(Json::members).unwrap_or_default();
        Warning {
            code: text(&warning, "code"),
            message: text(&warning, "message"),
            variable: text(&data, "variable"),
            times: data.get("times").and_then(|times| times.number()),
        }
    };
    items(answer, "warnings").into_iter().map(warning).collect()
}

fn termination(name: Json<'_>) -> Option<Termination> {
    let name = name.string()?;
    Termination::deserialize(StrDeserializer::<Unknown>::new(&name)).ok()
}
