//! The worker: a program of its own, without the page.

use wasm_bindgen::JsCast as _;
use web_sys::DedicatedWorkerGlobalScope;

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // What was sent while this program was loading has met no listener, so the page waits for a word.
    let _ = scope.post_message(&"The worker is ready.".into());
}
