//! The point at which a law's page evaluates it when it opens.

use super::Written;
use crate::ask;
use crate::laws::{Law, PublishedFit};
use crate::units::Variable;
use crate::web::evaluator::{self, Prediction};
use crate::web::json;

/// A value for each input.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    at: Vec<(&'static str, f64)>,
}

impl Example {
    /// The worked point that is shortest to type; where there is none, the middle of the runs; nothing for a law
    /// without a fit, or without either.
    pub fn of(law: &Law, fit: Option<&PublishedFit>) -> Option<Self> {
        let worked = law.fits.iter().flat_map(|fit| fit.worked).map(|worked| Self { at: worked.at.to_vec() });
        let whole = worked.filter(|example| law.inputs.iter().all(|input| example.value(input).is_some()));
        whole.min_by_key(|example| example.length(law)).or_else(|| Self::middle(law, fit?))
    }

    fn middle(law: &Law, fit: &PublishedFit) -> Option<Self> {
        let value = |input: &Variable| {
            let range = fit.fitted_on.iter().find(|range| range.variable.symbol == input.symbol)?;
            Some((input.symbol, evaluator::between(range.low, range.high)))
        };
        Some(Self { at: law.inputs.iter().map(value).collect::<Option<_>>()? })
    }

    fn length(&self, law: &Law) -> usize {
        law.inputs.iter().map(|input| self.typed(input).len()).sum()
    }

    /// The value of an input.
    pub fn value(&self, input: &Variable) -> Option<f64> {
        self.at.iter().find(|(symbol, _)| *symbol == input.symbol).map(|(_, value)| *value)
    }

    /// The text of an input.
    pub fn typed(&self, input: &Variable) -> String {
        self.value(input).map_or(String::new(), |value| evaluator::typed(value, input.unit()))
    }

    /// What the law says of it, as the program will be answered.
    pub fn predict(&self, law: &Law, fit: Option<&PublishedFit>) -> Written<Prediction> {
        let at: Vec<(&str, String)> =
            law.inputs.iter().map(|input| (input.symbol, json::string(&self.typed(input)))).collect();
        let fit = fit.map(|fit| json::string(fit.id));
        let question = evaluator::ask(&json::string(law.id), fit.as_deref(), &at);
        let answer = ask::answer_text(&question, &mut |_| ());
        Prediction::read(&answer).ok_or_else(|| format!("{}: {answer}", law.id))
    }
}
