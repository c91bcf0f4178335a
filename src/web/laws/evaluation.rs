//! What is asked of one law: by which values of its parameters, and at which point.

use crate::ask::Named;
use crate::units::{Read, Unit, UnitError, read};
use crate::web::evaluator;
use crate::web::formula_text::greek;
use crate::web::json;
use crate::web::question::law;
use crate::web::reading::{FitEntry, LawEntry, VariableEntry, given_fit};

/// A law at a point, everything as it was typed and chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// The id of a published fit; empty where the parameters have values of the reader's own.
    pub fit: String,
    /// Values of the parameters, in their order, where no published fit is chosen.
    pub values: Vec<String>,
    /// The inputs, in their order.
    pub at: Vec<String>,
}

impl Evaluation {
    /// What the page of a law opens with: its usual fit, and what stands in the field of each name.
    pub fn opening(law: &LawEntry, typed: impl Fn(&str) -> String) -> Self {
        Self {
            fit: law.fits.first().map(|fit| fit.id.clone()).unwrap_or_default(),
            values: law.parameters.iter().map(|name| typed(name)).collect(),
            at: law.inputs.iter().map(|input| typed(&input.name)).collect(),
        }
    }

    /// The published fit that is chosen.
    pub fn fit_of<'a>(&self, law: &'a LawEntry) -> Option<&'a FitEntry> {
        law.fit(&self.fit)
    }

    /// How an input reads; nothing while it is empty.
    pub fn read(&self, law: &LawEntry, input: usize) -> Option<Result<Read, UnitError>> {
        read_field(self.at.get(input)?, law.inputs.get(input)?.unit)
    }

    /// How the value of a parameter reads; nothing while it is empty.
    pub fn read_value(&self, parameter: usize) -> Option<Result<Read, UnitError>> {
        read_field(self.values.get(parameter)?, Unit::One)
    }

    /// The point, if every input can be read.
    pub fn point(&self, law: &LawEntry) -> Option<Vec<f64>> {
        (0..law.inputs.len()).map(|input| Some(self.read(law, input)?.ok()?.value)).collect()
    }

    /// The question for the value at the point, if everything typed can be read.
    pub fn question(&self, law: &LawEntry) -> Option<String> {
        self.point(law)?;
        let at = law.inputs.iter().zip(&self.at).map(|(input, text)| (&*input.name, json::string(text)));
        self.predict(law, &at.collect::<Vec<_>>())
    }

    /// The question for the values along one input, the others as they are.
    pub fn question_along(&self, law: &LawEntry, over: usize, along: &[f64]) -> Option<String> {
        self.question_with(law, over, json::list(along.iter().map(|value| json::number(*value))))
    }

    /// The question for the value at another amount of one input.
    pub fn question_at(&self, law: &LawEntry, over: usize, amount: f64) -> Option<String> {
        self.question_with(law, over, json::number(amount))
    }

    fn question_with(&self, law: &LawEntry, over: usize, asked: String) -> Option<String> {
        let mut values: Vec<String> = self.point(law)?.into_iter().map(json::number).collect();
        *values.get_mut(over)? = asked;
        let at = law.inputs.iter().zip(values).map(|(input, value)| (&*input.name, value));
        self.predict(law, &at.collect::<Vec<_>>())
    }

    /// The values of the parameters; nothing if one cannot be read.
    pub fn known(&self, law: &LawEntry) -> Option<Named<f64>> {
        if let Some(fit) = self.fit_of(law) {
            return Some(fit.values.clone());
        }
        let value = |(parameter, name): (usize, &String)| {
            Some((name.clone(), self.read_value(parameter)?.ok()?.value))
        };
        law.parameters.iter().enumerate().map(value).collect::<Option<Vec<_>>>().map(Named)
    }

    /// The values of the parameters as a fit of the contract; nothing if one cannot be read.
    pub fn fit_asked(&self, law: &LawEntry) -> Option<String> {
        if !self.fit.is_empty() {
            return Some(json::string(&self.fit));
        }
        let values = self.known(law)?;
        Some(given_fit(values.iter().map(|(name, value)| (name, *value))))
    }

    fn predict(&self, entry: &LawEntry, at: &[(&str, String)]) -> Option<String> {
        let fit = if entry.parameters.is_empty() && entry.fits.is_empty() {
            None
        } else {
            Some(self.fit_asked(entry)?)
        };
        Some(evaluator::ask(&law(&entry.id), fit.as_deref(), at))
    }
}

/// Whether an input is the share of a whole.
pub fn is_share(input: &VariableEntry) -> bool {
    input.counts.ends_with("together 1")
}

/// How a text reads; nothing while it is empty.
pub fn read_field(text: &str, unit: Unit) -> Option<Result<Read, UnitError>> {
    (!text.trim().is_empty()).then(|| read(text, unit))
}

/// What a field of a variable is called: `Size N`, `Tokens D`, `S`.
pub fn label(variable: &VariableEntry) -> String {
    let name = greek(&variable.name).unwrap_or(&variable.name);
    format!("{} {name}", evaluator::name(variable.unit, &variable.counts)).trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law() -> LawEntry {
        let answer = crate::ask::answer_text(r#"{"laws":{"only":["chinchilla"]}}"#, &mut |_| ());
        crate::web::reading::read_laws(&answer).remove(0)
    }

    fn opening(law: &LawEntry) -> Evaluation {
        let texts = |name: &str| if name == "N" { "70B" } else { "1.4T" }.to_owned();
        Evaluation::opening(law, texts)
    }

    #[test]
    fn a_law_opens_with_its_usual_fit() {
        let law = law();
        let expected = r#"{"predict":{"law":"chinchilla","fit":"refit-240","at":{"N":"70B","D":"1.4T"}}}"#;
        assert_eq!(opening(&law).question(&law).as_deref(), Some(expected));
        assert_eq!(law.inputs.iter().map(label).collect::<Vec<_>>(), ["Size N", "Tokens D"]);
    }

    #[test]
    fn what_cannot_be_read_is_not_asked() {
        let law = law();
        let mut evaluation = opening(&law);
        evaluation.at[0] = "seventy".to_owned();
        assert_eq!(evaluation.question(&law), None);
        assert!(evaluation.read(&law, 0).unwrap().is_err());
        evaluation.at[0].clear();
        assert_eq!((evaluation.read(&law, 0), evaluation.question(&law)), (None, None));
    }

    #[test]
    fn values_of_the_readers_own_are_sent_as_a_fit() {
        let law = law();
        let mut evaluation = Evaluation { fit: String::new(), ..opening(&law) };
        evaluation.values.iter_mut().for_each(String::clear);
        assert_eq!(evaluation.fit_asked(&law), None);
        evaluation.values = ["1.7", "400", "0.34", "410", "0.28"].map(str::to_owned).to_vec();
        let expected = r#"{"parameters":{"E":1.7,"A":400.0,"alpha":0.34,"B":410.0,"beta":0.28}}"#;
        assert_eq!(evaluation.fit_asked(&law).as_deref(), Some(expected));
    }
}
