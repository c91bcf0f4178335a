//! A study in the address of the page, and in the storage of the tab: what stands at its usual value is left out.

use super::{Measure, Resampling, Study};
use crate::web::link::{MADE_BY, VERSION, decode, encode};

/// The names of texts in the address, and where each stands.
type Text = (&'static str, fn(&mut Study) -> &mut String);
const TEXTS: [Text; 13] = [
    ("law", |study| &mut study.law),
    ("formula", |study| &mut study.formula),
    ("delta", |study| &mut study.delta),
    ("over", |study| &mut study.over),
    ("tie", |study| &mut study.ties),
    ("draws", |study| &mut study.draws),
    ("seed", |study| &mut study.seed),
    ("budget", |study| &mut study.budget),
    ("open", |study| &mut study.open),
    ("tolerance", |study| &mut study.tolerance),
    ("hidden", |study| &mut study.hidden),
    ("other", |study| &mut study.other),
    ("losses", |study| &mut study.losses),
];

/// What the key of a fixed parameter begins with.
const FIX: &str = "fix.";
/// The key of each law that is fitted beside the chosen one.
const BESIDE: &str = "beside";

impl Study {
    /// The query of its address, with its `?`; empty where nothing is chosen.
    pub fn query(&self) -> String {
        let (mut this, mut usual) = (self.clone(), Self::default());
        let mut parts: Vec<(String, String)> = Vec::new();
        for (key, of) in TEXTS {
            if of(&mut this) != of(&mut usual) {
                parts.push((key.to_owned(), of(&mut this).clone()));
            }
        }
        let mut choice = |key: &str, value: &str, is: bool| {
            if is {
                parts.push((key.to_owned(), value.to_owned()));
            }
        };
        choice("loss", self.measure.key(), self.measure != usual.measure);
        choice("of", "raw", self.raw);
        choice("resample", self.resampling.key(), self.resampling != usual.resampling);
        for law in &self.beside {
            choice(BESIDE, law, true);
        }
        for (name, text) in &self.fixed {
            choice(&format!("{FIX}{}", encode(name)), text, !text.is_empty());
        }
        if !parts.is_empty() {
            parts.push((MADE_BY.to_owned(), VERSION.to_owned()));
        }
        let parts: Vec<String> =
            parts.iter().map(|(key, value)| format!("{key}={}", encode(value))).collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    /// Reads a query, with its `?`, and the parts of it that could not be read.
    pub fn open(query: &str) -> (Self, Vec<String>) {
        let (mut study, mut damaged) = (Self::default(), Vec::new());
        for part in query.trim_start_matches('?').split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            if decode(value).and_then(|value| study.take(key, value)).is_none() {
                damaged.push(decode(key).unwrap_or_else(|| key.to_owned()));
            }
        }
        (study, damaged)
    }

    fn take(&mut self, key: &str, value: String) -> Option<()> {
        if let Some((_, of)) = TEXTS.iter().find(|(known, _)| *known == key) {
            *of(self) = value;
            return Some(());
        }
        match key {
            MADE_BY => {}
            "loss" => self.measure = Measure::ALL.into_iter().find(|kind| kind.key() == value)?,
            BESIDE if self.beside.contains(&value) => {}
            BESIDE => self.beside.push(value),
            "of" => self.raw = value == "raw",
            "resample" => self.resampling = Resampling::ALL.into_iter().find(|kind| kind.key() == value)?,
            _ => self.fix(&decode(key.strip_prefix(FIX)?)?, value),
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::TYPED;
    use super::*;

    #[test]
    fn an_address_opens_what_it_was_made_of() {
        let mut study = Study {
            law: TYPED.to_owned(),
            formula: "E + A / N^alpha".to_owned(),
            measure: Measure::Absolute,
            raw: true,
            over: "2".to_owned(),
            ties: "alpha = beta".to_owned(),
            resampling: Resampling::Wild,
            budget: "10k H100-hours & more".to_owned(),
            open: "isoflop,backtest".to_owned(),
            tolerance: "0.2".to_owned(),
            beside: vec!["kaplan-size-and-data".to_owned(), r#"{"formula":"A / N & B"}"#.to_owned()],
            losses: "2.5 to 2".to_owned(),
            ..Study::default()
        };
        study.fix("E", "1.7".to_owned());
        assert_eq!(Study::open(&study.query()), (study, Vec::new()));
        let (opened, damaged) = Study::open("?loss=cubes&draws=10&colour=blue");
        assert_eq!(opened, Study { draws: "10".to_owned(), ..Study::default() });
        assert_eq!(damaged, ["loss", "colour"]);
    }
}
