//! The npm module: the one door, for JavaScript. `scripts/npm.sh` builds it.

use js_sys::JSON;
use wasm_bindgen::prelude::*;

use isoflop::ask;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** A Question: an object with one verb, such as {predict: {law: 'chinchilla', at: {N: '70B', D: 1.4e12}}}. */
export type Question = { id?: unknown } & Record<string, unknown>;
/** An Answer: an object with the verb of its Question, or with `error`. */
export type Answer = { id?: unknown; version: string } & Record<string, unknown>;
";

/// Answers a Question written as JSON with an Answer written as JSON. Every text has an Answer; what is
/// no Question is answered with an error that says what was expected and where.
#[wasm_bindgen]
pub fn ask(question: &str) -> String {
    ask::answer_text(question, &mut |_| {})
}

/// Answers a Question given as an object with an Answer as an object: `ask` on their JSON, so that the
/// digits are the same.
///
/// # Errors
/// What has no JSON, such as an object that holds itself, throws what `JSON.stringify` throws.
#[wasm_bindgen(js_name = askObject, unchecked_return_type = "Answer")]
pub fn ask_object(
    #[wasm_bindgen(unchecked_param_type = "Question")] question: &JsValue,
) -> Result<JsValue, JsValue> {
    // Of a function or undefined there is no text.
    let text: Option<String> = JSON::stringify(question)?.as_string();
    JSON::parse(&ask(&text.unwrap_or_default()))
}
