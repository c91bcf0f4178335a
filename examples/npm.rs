//! The program of the npm package: the one door, for JavaScript. `scripts/npm.sh` builds it, `npm/` is the rest of the package.

use isoflop::ask::{self, Progress};
use js_sys::Function;
use serde::Serialize as _;
use serde_json::json;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// Answers a Question written as JSON with an Answer written as JSON. Every text has an Answer; what is
/// no Question is answered with an error that says what was expected and where. `progress` is undefined, or a function
/// that hears how far it has come.
#[wasm_bindgen]
pub fn ask(question: &str, progress: &JsValue) -> String {
    ask::answer_text(question, &mut |come| tell(progress, come))
}

/// An Answer, and numbers beside it.
#[wasm_bindgen]
pub struct Beside {
    text: String,
    numbers: Vec<f64>,
}

#[wasm_bindgen]
impl Beside {
    /// The Answer. Of a sweep its columns are empty.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.text.clone()
    }

    /// The numbers of those columns, one after the other; not a number where there is none.
    #[wasm_bindgen(getter)]
    pub fn numbers(&self) -> Vec<f64> {
        self.numbers.clone()
    }
}

/// The same, with the numbers of a sweep beside its Answer.
#[wasm_bindgen(js_name = askBeside)]
pub fn ask_beside(question: &str, progress: &JsValue) -> Beside {
    let (text, numbers) = ask::answer_beside(question, &mut |come| tell(progress, come));
    Beside { text, numbers }
}

/// Says how far an Answer has come, where that is heard.
fn tell(progress: &JsValue, come: Progress) {
    let Some(hear) = progress.dyn_ref::<Function>() else { return };
    let come = json!({ "done": come.done, "of": come.of, "stage": come.stage });
    if let Ok(come) = come.serialize(&Serializer::json_compatible()) {
        // What whoever hears it throws is theirs.
        let _ = hear.call1(&JsValue::NULL, &come);
    }
}
