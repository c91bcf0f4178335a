//! Programs in Python, around the function that the worker writes of a law: `law(N, D)`.

use crate::ask::Named;
use crate::formula::python::{arguments, assigned, name};
use crate::units::ascii;
use crate::web::json::{self, Json};
use crate::web::question::law;

/// The question for a law, of a catalogue id or the contract's JSON, as a function of these inputs, with the values of a fit
/// of the contract.
pub fn question<'a>(id: &str, fit: Option<&str>, inputs: impl IntoIterator<Item = &'a str>) -> String {
    let inputs = json::list(inputs.into_iter().map(json::string));
    let mut parts = vec![("law", law(id)), ("inputs", inputs)];
    parts.extend(fit.map(|fit| ("fit", fit.to_owned())));
    json::object(&[("write", json::object(&parts))])
}

/// The function, as the worker answers.
pub fn answered(answer: &str) -> Option<String> {
    Json::read(answer)?.get("write")?.get("python")?.string()
}

/// A program that prints what a law says at a point.
pub fn printed<'a>(law: &str, point: impl IntoIterator<Item = (&'a str, f64)>) -> String {
    let point: Vec<(&str, f64)> = point.into_iter().collect();
    let arguments = arguments(point.iter().map(|(name, _)| *name)).join(", ");
    format!("{law}\n\n{}print(law({arguments}))\n", assigned(point))
}

/// A program that finds the size and tokens of lowest loss on a budget in FLOPs, by a grid that closes in on them. `chosen` are
/// their names among those of the point, whose other values are given.
pub fn searched(law: &str, point: &Named<f64>, chosen: [&str; 2], budget: f64) -> String {
    let others = point.iter().filter(|(name, _)| !chosen.contains(name)).map(|(name, value)| (name, *value));
    let [size, tokens] = chosen.map(name);
    let at = |size_is: &str, tokens_are: &str| {
        let argument = |name: String| {
            if name == size {
                size_is.to_owned()
            } else if name == tokens {
                tokens_are.to_owned()
            } else {
                name
            }
        };
        let all: Vec<String> = arguments(point.names()).into_iter().map(argument).collect();
        format!("law({})", all.join(", "))
    };
    format!(
        "import numpy as np\n{law}\n\n{}budget = {}  # FLOPs: 6 for each parameter and token
low, high = 0.0, log(budget)  # of the logarithm of the size
for _ in range(10):
    sizes = np.exp(np.linspace(low, high, 201))
    best = np.argmin([{} for size in sizes])
    low, high = log(sizes[max(best - 1, 0)]), log(sizes[min(best + 1, 200)])
size = sizes[best]
tokens = budget / (6 * size)
print(size, tokens, {})
",
        assigned(others),
        ascii(budget),
        at("size", "budget / (6 * size)"),
        at("size", "tokens"),
    )
}
