//! Writes a card natively, given its address: the build puts the usual one into the document of cards (`scripts/post-build.mjs`).

use isoflop::ask::answer_text;
use isoflop::web::card::{Card, written};

fn main() {
    let fragment = std::env::args().nth(1).unwrap_or_default();
    println!("{}", written(&Card::read(&fragment), &|question| answer_text(question, &mut |_| {})).json());
}
