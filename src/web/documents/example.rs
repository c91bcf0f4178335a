//! The point at which a law's page evaluates it when it opens.

use super::Written;
use crate::ask;
use crate::laws::{Law, PublishedFit};
use crate::units::{self, Unit};
use crate::web::evaluator::{self, Prediction};
use crate::web::laws::evaluation::{Evaluation, is_share};
use crate::web::reading::{LawEntry, VariableEntry};

/// A law at a point, as the program will ask of it.
#[derive(Clone, Debug)]
pub struct Example<'a> {
    /// The law.
    pub law: &'a Law,
    /// The same as an Answer lists it, with the members that its families open with.
    pub entry: &'a LawEntry,
    /// Its usual fit.
    pub fit: Option<&'a PublishedFit>,
    /// A value for each input; none where nothing is known of them.
    point: Option<Vec<f64>>,
}

impl<'a> Example<'a> {
    /// The worked point that is shortest to type; where there is none, the middle of the runs; else typical amounts,
    /// as long as the law means something there.
    pub fn of(law: &'a Law, entry: &'a LawEntry) -> Self {
        let fit = law.fits.first();
        let worked = law.fits.iter().flat_map(|fit| fit.worked).filter_map(|worked| point(entry, worked.at));
        let length = |point: &Vec<f64>| {
            entry.inputs.iter().zip(point).map(|(of, at)| typed(of, *at).len()).sum::<usize>()
        };
        let known = worked.min_by_key(length).or_else(|| middle(entry, fit?));
        if known.is_some() {
            return Self { law, entry, fit, point: known };
        }
        let looked_up =
            law.tables.first().filter(|_| law.inputs.len() == 1).and_then(|table| middle_of(table.x));
        let typical = |input| looked_up.unwrap_or_else(|| typical(input, &entry.inputs));
        let usual: Vec<f64> = entry.inputs.iter().map(typical).collect();
        let tried = |point| Self { law, entry, fit, point: Some(point) };
        let says = |tried: &Self| {
            tried.predict(fit).is_ok_and(|said| said.as_ref().is_none_or(Prediction::has_value))
        };
        let near = near(&usual);
        near.map(tried).find(says).unwrap_or_else(|| Self { point: None, ..tried(usual.clone()) })
    }

    /// The value of an input.
    pub fn value(&self, input: &VariableEntry) -> Option<f64> {
        let at = self.entry.inputs.iter().position(|other| other.name == input.name)?;
        self.point.as_ref()?.get(at).copied()
    }

    /// The text of an input; empty where nothing is known of it.
    pub fn typed(&self, input: &VariableEntry) -> String {
        self.value(input).map_or(String::new(), |value| typed(input, value))
    }

    /// What the page opens with.
    pub fn opening(&self) -> Evaluation {
        self.by(self.fit)
    }

    /// What the law says by a fit; nothing while something has no value.
    ///
    /// # Errors
    /// What the law answers with instead.
    pub fn predict(&self, fit: Option<&PublishedFit>) -> Written<Option<Prediction>> {
        let Some(question) = self.by(fit).question(self.entry) else { return Ok(None) };
        let answer = ask::answer_text(&question, &mut |_| ());
        Prediction::read(&answer).map(Some).ok_or_else(|| format!("{}: {answer}", self.law.id))
    }

    fn by(&self, fit: Option<&PublishedFit>) -> Evaluation {
        let text = |name: &str| {
            let input = self.entry.inputs.iter().find(|input| input.name == name);
            input.map_or(String::new(), |input| self.typed(input))
        };
        let fit = fit.map_or(String::new(), |fit| fit.id.to_owned());
        Evaluation { fit, ..Evaluation::opening(self.entry, text) }
    }
}

/// Typical amounts, then such that differ from them in one, then in two.
fn near(usual: &[f64]) -> impl Iterator<Item = Vec<f64>> {
    const TIMES: [f64; 9] = [0.75, 0.5, 1.25, 0.25, 2.0, 4.0, 0.1, 10.0, 0.01];
    let inputs = 0..usual.len();
    let changes = |input| TIMES.map(|times| (input, times));
    let one = inputs.clone().flat_map(changes).map(|change| vec![change]);
    let pairs = inputs.clone().flat_map(move |first| inputs.clone().map(move |second| (first, second)));
    let two = pairs.filter(|(first, second)| first < second).flat_map(move |(first, second)| {
        changes(first).into_iter().flat_map(move |one| changes(second).map(|other| vec![one, other]))
    });
    std::iter::once(Vec::<(usize, f64)>::new()).chain(one).chain(two).map(|changes| {
        let mut point = usual.to_vec();
        for (input, times) in changes {
            point[input] *= times;
        }
        point
    })
}

fn point(law: &LawEntry, at: &[(&str, f64)]) -> Option<Vec<f64>> {
    let value =
        |input: &VariableEntry| at.iter().find(|(symbol, _)| *symbol == input.name).map(|(_, value)| *value);
    law.inputs.iter().map(value).collect()
}

fn middle_of(rows: &[f64]) -> Option<f64> {
    rows.get(rows.len() / 2).copied()
}

fn middle(law: &LawEntry, fit: &PublishedFit) -> Option<Vec<f64>> {
    let range =
        |input: &VariableEntry| fit.fitted_on.iter().find(|range| range.variable.symbol == input.name);
    law.inputs
        .iter()
        .map(|input| range(input).map(|range| evaluator::between(range.low, range.high)))
        .collect()
}

fn typed(input: &VariableEntry, value: f64) -> String {
    evaluator::typed(value, input.unit)
}

/// What an input of which nothing else is known is tried with.
fn typical(input: &VariableEntry, all: &[VariableEntry]) -> f64 {
    const BY_WORD: [(&[&str], f64); 18] = [
        (&["memory of a device"], 4e10),
        (&["bytes of text"], 4.0),
        (&["matrices"], 1.0),
        (&["chance"], 0.8),
        (&["feed-forward"], 11_008.0),
        (&["width of a head", "width of each head"], 128.0),
        (&["keys and values", "key-value"], 8.0),
        (&["head"], 32.0),
        (&["layer", "depth"], 32.0),
        (&["width"], 4096.0),
        (&["vocabulary"], 32_000.0),
        (&["context", "sequence", "length", "prompt"], 4096.0),
        (&["share", "fraction", "sparsity", "utilisation", "efficiency", "probability", "overlap"], 0.5),
        (&["batch"], 256.0),
        (&["expert"], 8.0),
        (&["bit", "precision"], 8.0),
        (&["learning rate"], 3e-4),
        (&["exponent"], 0.3),
    ];
    let words = &*input.counts;
    // Shares of one whole, a member each, are equal.
    if is_share(input) {
        return 1.0 / all.iter().filter(|other| other.counts == input.counts).count() as f64;
    }
    let by_word = BY_WORD.iter().find(|(parts, _)| parts.iter().any(|part| words.contains(part)));
    match (input.unit, by_word) {
        (Unit::One, Some((_, value))) => *value,
        (Unit::Tokens, Some((parts, value))) if parts.contains(&"context") => *value,
        (Unit::One, None) => 2.0,
        (unit, _) => units::read(unit.example(), unit).map_or(1.0, |read| read.value),
    }
}
