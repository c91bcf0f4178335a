//! A fit of the reader's runs.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::value::{Error as Unknown, StrDeserializer};

use super::{FitEntry, LawEntry, Warning, intervals, numbers, values, warnings};
use crate::ask::Named;
use crate::num::decimal;
use crate::outcome::Termination;
use crate::web::json::{self, Json};
use crate::web::question::{Fit, Question};

/// The fit that a question goes by, as the law lists it or as the question holds it.
pub fn fit_of(question: &Question, law: &LawEntry) -> Option<FitEntry> {
    match &question.fit {
        Fit::Published(id) if id.is_empty() => law.fits.first().cloned(),
        Fit::Published(id) => law.fit(id).cloned(),
        Fit::Yours(text) => yours(text),
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

fn termination(name: Json<'_>) -> Option<Termination> {
    let name = name.string()?;
    Termination::deserialize(StrDeserializer::<Unknown>::new(&name)).ok()
}
