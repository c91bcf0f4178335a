//! What a draft makes: a law of the contract, and values for its parameters.

use super::{Draft, Role, Symbol};
use crate::laws::Bounds;
use crate::units::{self, Unit};
use crate::web::json;

impl Draft {
    /// The law as the contract has typed ones; nothing while something is wrong.
    pub fn law(&self) -> Option<String> {
        self.read().ok()?;
        let (mut inputs, mut parameters) = (Vec::new(), Vec::new());
        // A family is declared once, and stands for its members.
        for symbol in self.known().filter(|symbol| !self.is_member(&symbol.name)) {
            match symbol.role {
                Role::Input => {
                    let unit = json::object(&[("unit", json::string(symbol.unit.name()))]);
                    inputs.push((&*symbol.name, unit));
                }
                Role::Parameter => {
                    let bounds = match symbol.bounds().ok()? {
                        Bounds::In(low, high) => {
                            ("in", json::list([low, high].map(json::number).into_iter()))
                        }
                        Bounds::Positive => ("positive", "true".to_owned()),
                        Bounds::Free => ("positive", "false".to_owned()),
                    };
                    parameters.push((&*symbol.name, json::object(&[bounds])));
                }
            }
        }
        let outputs = self.outputs();
        let outputs = json::list(outputs.iter().map(|output| json::string(&output.name)));
        let mut law = vec![
            ("formula", json::string(&self.formula)),
            ("outputs", outputs),
            ("inputs", json::object(&inputs)),
            ("parameters", json::object(&parameters)),
        ];
        let mut tables = Vec::new();
        for table in self.known_tables() {
            let (x, y) = table.read().ok()?;
            let column = |values: Vec<f64>| json::list(values.into_iter().map(json::number));
            tables.push((&*table.name, json::object(&[("x", column(x)), ("y", column(y))])));
        }
        if !tables.is_empty() {
            law.push(("tables", json::object(&tables)));
        }
        Some(json::object(&law))
    }

    /// The values of all parameters as a fit of the contract; nothing while one is missing.
    pub fn values(&self) -> Option<String> {
        let parameters = self.valued().filter(|symbol| symbol.role == Role::Parameter);
        let value =
            |symbol: &Symbol| Some((symbol.name.clone(), units::read(&symbol.value, Unit::One).ok()?.value));
        let values: Vec<(String, f64)> = parameters.map(value).collect::<Option<_>>()?;
        let values: Vec<_> = values.iter().map(|(name, value)| (&**name, json::number(*value))).collect();
        (!values.is_empty()).then(|| json::object(&[("parameters", json::object(&values))]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::FIRST;
    use super::super::tests::whole;
    use super::*;
    use crate::web::json::Json;
    use crate::web::reading::typed_law;

    #[test]
    fn a_draft_is_a_law_of_the_contract() {
        let mut draft = Draft::of(FIRST);
        let law = draft.law().unwrap();
        for symbol in &mut draft.symbols {
            if symbol.role == Role::Parameter {
                symbol.value = match symbol.name.as_str() {
                    "E" => "1.69",
                    "A" => "406.4",
                    "B" => "410.7",
                    "alpha" => "0.34",
                    _ => "0.28",
                }
                .to_owned();
            }
        }
        let fit = draft.values().unwrap();
        let question = format!(r#"{{"allocate":{{"law":{law},"fit":{fit},"budget":5.76e23}}}}"#);
        let answer = crate::ask::answer_text(&question, &mut |_| ());
        assert!(answer.contains(r#""termination":"optimum""#), "{answer}");
        let entry = typed_law(&law, "Mine").unwrap();
        assert_eq!(entry.parameters, ["E", "A", "alpha", "B", "beta"]);
        assert_eq!(entry.inputs.len(), 2);
    }

    #[test]
    fn a_law_of_outputs_families_and_tables_is_a_law_of_the_contract() {
        let draft = whole();
        let names: Vec<&str> = draft.known().map(|symbol| &*symbol.name).collect();
        let members = ["C", "C[web]", "C[books]", "h", "h[web]", "h[books]", "gamma", "E"];
        assert_eq!(names, [&members[..], &["x", "N", "alpha"]].concat());
        assert_eq!(draft.outputs().iter().map(|output| &*output.name).collect::<Vec<_>>(), ["L", "M"]);
        let (law, fit) = (draft.law().unwrap(), draft.values().unwrap());
        let at = r#"{"N":"1B","x":"0.5","h[web]":"0.5","h[books]":"0.5"}"#;
        let question = format!(r#"{{"predict":{{"law":{law},"fit":{fit},"at":{at}}}}}"#);
        let answer = crate::ask::answer_text(&question, &mut |_| ());
        let prediction = crate::web::evaluator::Prediction::read(&answer).expect(&answer);
        let m = 0.5_f64.sqrt();
        assert!((prediction.output("M").unwrap() - m).abs() < 1e-12);
        assert!((prediction.output("L").unwrap() - (0.5 + m * 1.5 / 1e9_f64.sqrt())).abs() < 1e-12);
        let again = Draft::of_law(&law).unwrap();
        assert_eq!(again.law(), Some(law));
        assert_eq!(Draft::read_kept(Json::read(&draft.write()).unwrap()), Some(draft));
    }
}
