//! What is asked of one law: by which values of its parameters, and at which point.

use crate::units::{self, Read, Unit, UnitError, ascii, read, show};
use crate::web::json::{self, Json};
use crate::web::question::{asked, law};
use crate::web::reading::{FitEntry, LawEntry, VariableEntry, Warning};
use crate::web::words::sentence_case;

/// How a law without published constants says so.
pub const NO_CONSTANTS: &str = "No constants were published; fit it to your runs, or type values.";

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
    /// What the page of a law opens with: its usual fit, at the point where that can be tried.
    pub fn opening(law: &LawEntry) -> Self {
        let fit = law.fits.first();
        let point = |input: &VariableEntry| {
            let value = fit.and_then(|fit| fit.example.get(&input.name));
            value.map_or_else(String::new, |value| typed(*value, input.unit))
        };
        Self {
            fit: fit.map(|fit| fit.id.clone()).unwrap_or_default(),
            values: vec![String::new(); law.parameters.len()],
            at: law.inputs.iter().map(point).collect(),
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
        let point = self.point(law)?;
        let column = || json::list(along.iter().map(|value| json::number(*value)));
        let at = law.inputs.iter().zip(&point).enumerate().map(|(input, (variable, value))| {
            let asked = if input == over { column() } else { json::number(*value) };
            (&*variable.name, asked)
        });
        self.predict(law, &at.collect::<Vec<_>>())
    }

    /// The values of the parameters as a fit of the contract; nothing if one cannot be read.
    pub fn fit_asked(&self, law: &LawEntry) -> Option<String> {
        if !self.fit.is_empty() {
            return Some(json::string(&self.fit));
        }
        let value = |(parameter, name): (usize, &String)| {
            let value = self.read_value(parameter)?.ok()?.value;
            Some((name.clone(), json::number(value)))
        };
        let values: Option<Vec<_>> = law.parameters.iter().enumerate().map(value).collect();
        let values = values?;
        let values: Vec<_> = values.iter().map(|(name, value)| (&**name, value.clone())).collect();
        Some(json::object(&[("parameters", json::object(&values))]))
    }

    fn predict(&self, entry: &LawEntry, at: &[(&str, String)]) -> Option<String> {
        let mut given = vec![("law", law(&entry.id))];
        if !entry.parameters.is_empty() {
            given.push(("fit", self.fit_asked(entry)?));
        }
        given.push(("at", json::object(at)));
        Some(asked("predict", &given))
    }
}

fn read_field(text: &str, unit: Unit) -> Option<Result<Read, UnitError>> {
    (!text.trim().is_empty()).then(|| read(text, unit))
}

/// A value as one would type it: `70B`, to the last digit.
pub fn typed(value: f64, unit: Unit) -> String {
    const SCALES: [(&str, f64); 4] = [("T", 1e12), ("B", 1e9), ("M", 1e6), ("K", 1e3)];
    let whole = ascii(value);
    if matches!(unit, Unit::One | Unit::Flops) {
        return if value.abs() >= 1e6 { format!("{value:e}") } else { whole };
    }
    let scaled = SCALES.iter().filter(|(_, scale)| value.abs() >= *scale).map(|(name, scale)| {
        // What is read back must be the same number, so the digits are those of the number itself.
        format!("{}{name}", ascii(value / scale))
    });
    let same = |text: &String| read(text, unit).is_ok_and(|read| read.value.to_bits() == value.to_bits());
    scaled.chain([whole.clone()]).filter(same).min_by_key(String::len).unwrap_or(whole)
}

/// What a field of a variable is called: `Size N`, `Tokens D`, `S`.
pub fn label(variable: &VariableEntry) -> String {
    let name = crate::web::formula_text::greek(&variable.name).unwrap_or(&variable.name);
    let word = match variable.unit {
        Unit::One => return name.to_owned(),
        Unit::Parameters => "Size",
        Unit::Tokens => "Tokens",
        Unit::Flops => "Compute",
        unit if unit.is_loss() => "Loss",
        unit => unit.words(),
    };
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    format!("{} {name}", first.chain(letters).collect::<String>())
}

/// How an input was read: the amount, or what it counts where it has no unit.
pub fn echo(variable: &VariableEntry, value: f64) -> String {
    match variable.unit {
        Unit::One => sentence_case(&variable.counts),
        unit => format!("Read as {}.", show(value, unit)),
    }
}

/// The answer to a question for the value at a point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluated {
    /// Every output of the law, in their order; nothing where one is no finite number.
    pub outputs: Vec<(String, Option<f64>)>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

impl Evaluated {
    /// Reads an Answer.
    pub fn read(answer: &str) -> Option<Self> {
        let predict = Json::read(answer)?.get("predict")?;
        let outputs = predict.get("outputs")?.members();
        Some(Self {
            outputs: outputs.iter().map(|(name, value)| (name.to_owned(), value.number())).collect(),
            warnings: crate::web::reading::warnings(&predict.members()),
        })
    }
}

/// The value of an output as the page shows it: a number, and its unit in words.
pub fn value(output: &VariableEntry, value: Option<f64>) -> (String, &'static str) {
    let Some(value) = value else { return ("no finite number".to_owned(), "") };
    let number = if output.unit.is_loss() {
        units::decimals(value, 4)
    } else {
        show(value, output.unit).number()
    };
    (number, output.unit.words())
}

/// What to know of an answer: how far its point lies from the runs, and whatever else was warned of.
pub fn remarks(fit: Option<&FitEntry>, evaluated: &Evaluated) -> Vec<String> {
    // A field says itself what was probably meant.
    let told = evaluated.warnings.iter().filter(|warning| warning.code != "units.likely_slip");
    let remarks: Vec<String> = told.map(|warning| sentence_case(&warning.message)).collect();
    let within = fit.is_some_and(|fit| !fit.fitted_on.is_empty());
    if remarks.is_empty() && within { vec!["Within the runs behind this fit.".to_owned()] } else { remarks }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law() -> LawEntry {
        let answer = crate::ask::answer_text(r#"{"laws":{"only":["chinchilla"]}}"#, &mut |_| ());
        crate::web::reading::read_laws(&answer).remove(0)
    }

    #[test]
    fn amounts_are_typed_as_people_type_them() {
        assert_eq!(typed(70e9, Unit::Parameters), "70B");
        assert_eq!(typed(1.4e12, Unit::Tokens), "1.4T");
        assert_eq!(typed(250.0, Unit::Steps), "250");
        assert_eq!(typed(5.76e23, Unit::Flops), "5.76e23");
        assert_eq!(typed(0.98, Unit::One), "0.98");
        for value in [1.07e9, 123_456_789_012.0, 1.0 / 3.0 * 1e10, 6.789e7] {
            assert_eq!(read(&typed(value, Unit::Tokens), Unit::Tokens).unwrap().value, value);
        }
    }

    #[test]
    fn a_law_opens_with_its_usual_fit_at_its_example() {
        let law = law();
        let evaluation = Evaluation { at: vec!["70B".to_owned(), "1.4T".to_owned()], ..Evaluation::opening(&law) };
        let expected =
            r#"{"predict":{"law":"chinchilla","fit":"refit-240","at":{"N":"70B","D":"1.4T"}}}"#;
        assert_eq!(evaluation.question(&law).as_deref(), Some(expected));
        assert_eq!(Evaluation::opening(&law).at.len(), 2);
        assert!(Evaluation::opening(&law).question(&law).is_some());
    }

    #[test]
    fn a_published_number_is_said_with_its_unit_and_its_distance() {
        let law = law();
        let at = vec!["70B".to_owned(), "1.4T".to_owned()];
        let evaluation = Evaluation { fit: "hoffmann2022".to_owned(), at, ..Evaluation::default() };
        let answer = crate::ask::answer_text(&evaluation.question(&law).unwrap(), &mut |_| ());
        let evaluated = Evaluated::read(&answer).unwrap();
        assert_eq!(value(&law.outputs[0], evaluated.outputs[0].1), ("1.9208".to_owned(), "nats per token"));
        let remarks = remarks(evaluation.fit_of(&law), &evaluated);
        assert!(remarks.iter().any(|remark| remark.starts_with("N is 70.0") && remark.contains("reach from")));
    }

    #[test]
    fn what_cannot_be_read_is_not_asked() {
        let law = law();
        let mut evaluation = Evaluation::opening(&law);
        evaluation.at[0] = "seventy".to_owned();
        assert_eq!(evaluation.question(&law), None);
        assert!(evaluation.read(&law, 0).unwrap().is_err());
        evaluation.at[0].clear();
        assert_eq!((evaluation.read(&law, 0), evaluation.question(&law)), (None, None));
    }

    #[test]
    fn values_of_the_readers_own_are_sent_as_a_fit() {
        let law = law();
        let mut evaluation = Evaluation { fit: String::new(), ..Evaluation::opening(&law) };
        assert_eq!(evaluation.fit_asked(&law), None);
        evaluation.values = ["1.7", "400", "0.34", "410", "0.28"].map(str::to_owned).to_vec();
        let expected = r#"{"parameters":{"E":1.7,"A":400.0,"alpha":0.34,"B":410.0,"beta":0.28}}"#;
        assert_eq!(evaluation.fit_asked(&law).as_deref(), Some(expected));
    }
}
