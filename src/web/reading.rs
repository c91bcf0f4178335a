//! The parts of an Answer that the page reads.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::ask::Named;
use crate::outcome::{Termination, Warning};

/// The answer to a question of allocation.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Plan {
    /// How the solver stopped.
    pub termination: Termination,
    /// The best point, by variable.
    pub at: Named<f64>,
    /// The predicted loss there, if the law has one.
    pub value: Option<f64>,
    /// What else is known of the point, such as `tokens_per_parameter`.
    #[serde(default)]
    pub quantities: Named<f64>,
    /// The limits that hold it back.
    #[serde(default)]
    pub active: Vec<Active>,
    /// What most draws of the fit say, where it has draws: by variable, and of the loss as `value`.
    #[serde(default)]
    pub intervals: Option<Named<[f64; 2]>>,
    /// What the reader should know.
    #[serde(default)]
    pub warnings: Vec<Warning>,
    /// What proves that the point is best.
    #[serde(default)]
    pub certificate: serde_json::Value,
}

/// A limit that holds a plan back.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Active {
    /// Its place among the limits that were asked.
    pub limit: usize,
}

impl Plan {
    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        #[derive(Deserialize)]
        struct Answer {
            allocate: Plan,
        }
        serde_json::from_str::<Answer>(answer).ok().map(|answer| answer.allocate)
    }

    /// Parameters.
    pub fn size(&self) -> Option<f64> {
        self.at.get("N").copied()
    }

    /// Tokens.
    pub fn tokens(&self) -> Option<f64> {
        self.at.get("D").copied()
    }

    /// What most draws say of one of its numbers.
    pub fn interval(&self, of: &str) -> Option<[f64; 2]> {
        self.intervals.as_ref()?.get(of).copied()
    }

    /// Tokens per parameter.
    pub fn ratio(&self) -> Option<f64> {
        self.quantities.get("tokens_per_parameter").copied()
    }
}

/// A law of the catalogue, as the worker lists it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LawEntry {
    /// Its id.
    pub id: String,
    /// Its name in lists.
    pub name: String,
    /// Its formula, in the law language.
    pub formula: String,
    /// What it computes, the main output first.
    pub outputs: Vec<Output>,
    /// Its published fits, the usual one first.
    pub fits: Vec<FitEntry>,
}

/// What a law computes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Output {
    /// Its name, such as `L`.
    pub name: String,
}

/// A published fit, as the worker lists it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FitEntry {
    /// Its id.
    pub id: String,
    /// Its name in lists.
    #[serde(default)]
    pub name: String,
    /// Values by parameter.
    pub values: Named<f64>,
    /// Where they stand.
    #[serde(default)]
    pub source: serde_json::Value,
    /// From where to where the runs behind it reach, by variable.
    #[serde(default)]
    pub fitted_on: Named<[f64; 2]>,
    /// What the runs were trained on.
    #[serde(default)]
    pub data: String,
    /// What to know.
    #[serde(default)]
    pub caveats: Vec<String>,
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
}

/// The laws of an Answer.
pub fn read_laws(answer: &str) -> Vec<LawEntry> {
    #[derive(Deserialize)]
    struct Answer {
        laws: Laws,
    }
    #[derive(Deserialize)]
    struct Laws {
        laws: Vec<LawEntry>,
    }
    serde_json::from_str::<Answer>(answer).map(|answer| answer.laws.laws).unwrap_or_default()
}

/// The reader's own fit, from the answer that holds it.
pub fn yours(fit: &str) -> Option<FitEntry> {
    #[derive(Deserialize)]
    struct Fitted {
        parameters: Named<Option<f64>>,
        runs: Option<usize>,
    }
    let fitted: Fitted = serde_json::from_str(fit).ok()?;
    let runs = fitted.runs.map_or("your runs".to_owned(), |runs| format!("your {runs} runs"));
    Some(FitEntry {
        id: String::new(),
        name: format!("Fit of {runs}"),
        values: fitted.parameters.iter().filter_map(|(name, value)| Some((name, (*value)?))).collect(),
        source: format!("computed here, from {runs}").into(),
        fitted_on: Named::default(),
        data: String::new(),
        caveats: Vec::new(),
    })
}

impl FitEntry {
    /// What is known about it: heads and texts.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let source = match &self.source {
            serde_json::Value::String(text) => text.clone(),
            other => other.get("text").and_then(|text| text.as_str()).unwrap_or_default().to_owned(),
        };
        let mut facts = vec![("Source", source), ("Data", self.data.clone())];
        facts.extend(self.caveats.iter().map(|caveat| ("Caveat", caveat.clone())));
        facts.retain(|(_, text)| !text.is_empty());
        facts
    }
}

/// The values of an Answer that predicts many.
pub fn read_values(answer: &str) -> Option<Vec<f64>> {
    #[derive(Deserialize)]
    struct Answer {
        predict: Predicted,
    }
    #[derive(Deserialize)]
    struct Predicted {
        values: Vec<Option<f64>>,
    }
    let answer: Answer = serde_json::from_str(answer).ok()?;
    Some(answer.predict.values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect())
}

/// The answer to a question of fitting.
#[derive(Clone, Debug, PartialEq, Deserialize)]
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
    #[serde(default)]
    pub derived: Named<Option<f64>>,
    /// What proves the verdict.
    pub certificate: FitCertificate,
    /// Standard errors by parameter.
    #[serde(default)]
    pub errors: Named<f64>,
    /// What the reader should know.
    #[serde(default)]
    pub warnings: Vec<Warning>,
}

/// What proves how a fit stands.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct FitCertificate {
    /// The Newton decrement.
    pub decrement: Option<f64>,
    /// The largest part of the gradient.
    pub gradient: Option<f64>,
    /// The smallest eigenvalue of the scaled Hessian.
    pub smallest_eigenvalue: Option<f64>,
    /// How many blind starts there were.
    pub starts: Option<u64>,
    /// How many of them came to the same minimum.
    pub agreeing: Option<u64>,
}

impl Fitted {
    /// Reads an Answer: the fit as the worker gave it, to be passed on, and the same read.
    pub fn read(answer: &str) -> Option<(Arc<str>, Self)> {
        #[derive(Deserialize)]
        struct Answer<'a> {
            #[serde(borrow)]
            fit: &'a RawValue,
        }
        let text = serde_json::from_str::<Answer<'_>>(answer).ok()?.fit.get();
        Some((text.into(), serde_json::from_str(text).ok()?))
    }
}

/// A fit with the draws of its bootstrap, as JSON. The draws come as a table: a line of names, a line per draw.
pub fn with_draws(fit: &FitEntry, draws: &str) -> Option<String> {
    #[derive(Serialize)]
    struct Given<'a> {
        parameters: &'a Named<f64>,
        draws: Named<Vec<f64>>,
    }
    let mut lines = draws.lines();
    let mut columns: Vec<(String, Vec<f64>)> =
        lines.next()?.split(',').map(|name| (name.to_owned(), Vec::new())).collect();
    for line in lines {
        for (column, cell) in columns.iter_mut().zip(line.split(',')) {
            column.1.push(cell.parse().ok()?);
        }
    }
    serde_json::to_string(&Given { parameters: &fit.values, draws: Named(columns) }).ok()
}
