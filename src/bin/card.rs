//! The program of a card: writes it, with an engine of its own. It runs in the document of the card, which has nothing else to do.

use isoflop::ask::answer_text;
use isoflop::web::card::{Card, written};
use wasm_bindgen::prelude::wasm_bindgen;

fn main() {}

/// A card as JSON: what can be changed, how it was read, what is said, what other programs are told.
#[wasm_bindgen]
pub fn card(fragment: &str) -> String {
    written(&Card::read(fragment), &|question| answer_text(question, &mut |_| {})).json()
}
