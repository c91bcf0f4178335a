//! Laws and their published fits, as the worker lists them.

use super::{intervals, items, numbers, text, texts};
use crate::ask::Named;
use crate::laws::{FittedRange, Law, PublishedFit};
use crate::units::{Unit, Variable};
use crate::web::formula_text::titled;
use crate::web::json::{self, Json};

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
    /// What training costs in FLOPs, as a formula, where the law counts otherwise than 6 N D.
    pub cost: Option<String>,
    /// The best plan for a budget of C FLOPs, for those of its inputs for which a formula of it is known.
    pub closed_forms: Named<String>,
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
    /// A law of the catalogue, as the worker lists it.
    pub fn of(law: &Law) -> Self {
        let variable = |name: &str, of: &Variable| VariableEntry {
            name: name.to_owned(),
            unit: of.unit(),
            counts: of.convention.words().to_owned(),
        };
        Self {
            id: law.id.to_owned(),
            name: law.name.to_owned(),
            formula: law.formula.to_owned(),
            outputs: law.outputs.iter().map(|output| variable(output.name, &output.variable)).collect(),
            inputs: law.inputs.iter().map(|input| variable(input.symbol, input)).collect(),
            parameters: law.parameters.iter().map(|parameter| parameter.symbol.to_owned()).collect(),
            cost: (!law.cost.is_empty()).then(|| law.cost.to_owned()),
            closed_forms: law.closed_forms.iter().map(|form| (form.of, form.formula.to_owned())).collect(),
            fits: law.fits.iter().map(|fit| FitEntry::of(law, fit)).collect(),
        }
    }

    /// What it computes, by its formula. Several outputs have a named line each.
    pub fn equation(&self) -> String {
        match self.outputs.as_slice() {
            [only] => titled(&only.name, &self.formula),
            _ => self.formula.clone(),
        }
    }

    /// The fit of an id.
    pub fn fit(&self, id: &str) -> Option<&FitEntry> {
        self.fits.iter().find(|fit| fit.id == id)
    }

    /// The names of the inputs that a plan by it chooses, where it has both.
    pub fn size_and_tokens(&self) -> Option<[&str; 2]> {
        let name = |unit| self.inputs.iter().find(|input| input.unit == unit).map(|input| &*input.name);
        Some([name(Unit::Parameters)?, name(Unit::Tokens)?])
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
        let chosen = self.size_and_tokens();
        let is_other =
            move |input: &&VariableEntry| chosen.is_some_and(|chosen| !chosen.contains(&&*input.name));
        self.inputs.iter().filter(is_other)
    }
}

/// The laws of an Answer.
pub fn read_laws(answer: &str) -> Vec<LawEntry> {
    let laws = Json::read(answer).and_then(|answer| answer.get("laws")?.get("laws"));
    laws.map(Json::items).unwrap_or_default().into_iter().map(law).collect()
}

/// Where the law of an Answer that has one stands.
pub fn read_source(answer: &str) -> Option<String> {
    let laws = Json::read(answer)?.get("laws")?.get("laws")?.items();
    laws.first()?.get("source")?.get("text")?.string()
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
        cost: law.get("cost").and_then(|cost| cost.string()),
        closed_forms: law.get("closed_forms").map(|forms| texts(*forms)).unwrap_or_default(),
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

/// Values of parameters as a fit of the contract.
pub fn given_fit<'a>(values: impl IntoIterator<Item = (&'a str, f64)>) -> String {
    let values: Vec<_> = values.into_iter().map(|(name, value)| (name, json::number(value))).collect();
    json::object(&[("parameters", json::object(&values))])
}

impl FitEntry {
    fn of(law: &Law, fit: &PublishedFit) -> Self {
        let symbols = law.parameters.iter().map(|parameter| parameter.symbol);
        let range = |range: &FittedRange| (range.variable.symbol, [range.low, range.high]);
        Self {
            id: fit.id.to_owned(),
            name: fit.name.to_owned(),
            values: symbols.zip(fit.values.iter().copied()).collect(),
            source: fit.source.to_string(),
            data: fit.data.to_owned(),
            caveats: fit.caveats.iter().map(|caveat| (*caveat).to_owned()).collect(),
            fitted_on: fit.fitted_on.iter().map(range).collect(),
            example: fit.worked.first().map(|worked| worked.at.iter().copied().collect()).unwrap_or_default(),
        }
    }

    /// Its values as a fit of the contract.
    pub fn as_json(&self) -> String {
        given_fit(self.values.iter().map(|(name, value)| (name, *value)))
    }

    /// What is known about it: heads and texts.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![("Source", self.source.clone()), ("Data", self.data.clone())];
        facts.extend(self.caveats.iter().map(|caveat| ("Caveat", caveat.clone())));
        facts.retain(|(_, text)| !text.is_empty());
        facts
    }
}
