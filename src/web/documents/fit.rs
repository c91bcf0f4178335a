//! The page on which a law is fitted, as it opens: the program puts itself in the place of its section.

use super::Document;
use super::frame::{FIT, Files, document_of};
use crate::laws::{Kind, LAWS, Law};
use crate::units::Unit;
use crate::web::json;

/// The document.
pub fn page(files: &Files) -> Document {
    let law = |law: &&Law| {
        let inputs = losses_of(law).map(|inputs| inputs.join(" "));
        let items = [law.id, law.name, GROUPS[group(law)]].into_iter().chain(inputs.as_deref());
        json::list(items.map(json::string)).replace('<', "\\u003c")
    };
    // What has no free parameter cannot be fitted.
    let mut laws: Vec<&Law> = LAWS.iter().copied().filter(|law| !law.parameters.is_empty()).collect();
    laws.sort_by_key(|law| group(law));
    let laws = json::list(laws.iter().map(law));
    let main = include_str!("fit.html").replace("{{laws}}", &laws);
    let description = "Fit a scaling law to your own training runs: parameters with intervals, residuals, the plan they \
                       decide, and a report to copy. Nothing is uploaded.";
    document_of(&FIT, "fit/", ["Fit", description], &main, files)
}

/// What stands together in the list of laws: first what is fitted most.
const GROUPS: [&str; 5] = [
    "Losses by size and tokens",
    "Other losses",
    "Best size and tokens",
    "Hyper-parameters",
    "Rules, costs and tables",
];

/// The place of a law's group.
fn group(law: &Law) -> usize {
    let has = |symbol: &str| law.inputs.iter().any(|input| input.symbol == symbol);
    match law.kind {
        Kind::Loss if has("N") && has("D") => 0,
        Kind::Loss => 1,
        Kind::Optimum => 2,
        Kind::HyperParameter => 3,
        Kind::Rule | Kind::Cost | Kind::Table => 4,
    }
}

/// The inputs of a law of losses by size and tokens, which can stand beside another such law of the same rows.
fn losses_of(law: &Law) -> Option<Vec<&'static str>> {
    let [output] = law.outputs else { return None };
    let inputs = law.inputs.iter().map(|input| input.symbol).collect();
    (group(law) == 0 && output.variable.unit() == Unit::NatsPerToken).then_some(inputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laws_of_size_and_tokens_alone_are_said_to_be_so() {
        let inputs = |id: &str| losses_of(LAWS.iter().find(|law| law.id == id).unwrap());
        for id in ["chinchilla", "kaplan-size-and-data", "muennighoff-one-pass"] {
            assert_eq!(inputs(id), Some(vec!["N", "D"]), "{id}");
        }
        for id in ["kaplan-size", "hoffmann-approach-2", "step-law"] {
            assert_eq!(inputs(id), None, "{id}");
        }
    }
}
