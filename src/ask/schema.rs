//! The JSON schema of the contract.

use schemars::{SchemaGenerator, json_schema};

use super::{Answer, Question};

/// The JSON schema of Questions and Answers, as text: what the types say, so that a change of the contract
/// shows in review. `schema/contract.json` holds it.
pub fn schema() -> String {
    let mut generator = SchemaGenerator::default();
    let (question, answer) = (generator.subschema_for::<Question>(), generator.subschema_for::<Answer>());
    let definitions = generator.take_definitions(true);
    let schema = json_schema!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Isoflop: Question and Answer",
        "description": "A Question is asked, an Answer comes back. Generated from the types; see src/ask.",
        "oneOf": [&question, &answer],
        "$defs": &definitions,
    });
    // A schema is JSON already, so nothing here can fail to be written.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}
