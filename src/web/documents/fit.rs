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
        let items = [law.id, law.name].into_iter().chain(inputs.as_deref()).map(json::string);
        json::list(items).replace('<', "\\u003c")
    };
    let laws = json::list(LAWS.iter().map(law));
    let main = include_str!("fit.html").replace("{{laws}}", &laws);
    let description = "Fit a scaling law to your own training runs: parameters with intervals, residuals, the plan they \
                       decide, and a report to copy. Nothing is uploaded.";
    document_of(&FIT, "fit/", ["Fit", description], &main, files)
}

/// The inputs of a law of losses by size and tokens, which can stand beside another such law of the same rows.
fn losses_of(law: &Law) -> Option<Vec<&'static str>> {
    let [output] = law.outputs else { return None };
    let is_loss = law.kind == Kind::Loss && output.variable.unit() == Unit::NatsPerToken;
    let inputs: Vec<&str> = law.inputs.iter().map(|input| input.symbol).collect();
    (is_loss && ["N", "D"].iter().all(|needed| inputs.contains(needed))).then_some(inputs)
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
