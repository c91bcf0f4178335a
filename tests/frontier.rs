//! What the Frontier page offers.

use isoflop::ask::answer_text;
use isoflop::laws::LAWS;
use isoflop::web::frontier::along::{Along, Axis};
use isoflop::web::frontier::chosen::{Chosen, Find};
use isoflop::web::frontier::listed::Listed;
use isoflop::web::frontier::questions::Draws;
use serde_json::Value;

/// A small sweep of a law by its usual fit, upwards along something that the page offers.
fn chosen(law: &Listed, find: Find, offered: &[Along], up: &Along) -> Chosen {
    let mut chosen = Chosen::default();
    chosen.choose_law(law, &law.fits[0].id);
    chosen.choose_find(find, law);
    chosen.across = offered[0].usual(law, "3");
    chosen.up = if *up == offered[0] { Axis::default() } else { up.usual(law, "3") };
    let needed: Vec<String> = chosen.needed(law).into_iter().map(str::to_owned).collect();
    for name in needed.iter().filter(|_| find == Find::Loss) {
        let unit = Along::Input(name.clone()).unit(law);
        chosen.write_need(name, unit.example().to_owned());
    }
    chosen.show = *chosen.shown().last().unwrap();
    chosen
}

/// Every law with everything that an axis of it may run along.
#[test]
fn whatever_is_chosen_has_an_answer() {
    let mut refused = Vec::new();
    let mut answered = 0;
    for law in LAWS.iter().filter_map(|law| Listed::of(law)) {
        for find in [Find::Plan, Find::Loss] {
            let offered = Along::offered(&law, find == Find::Plan);
            for up in &offered {
                let chosen = chosen(&law, find, &offered, up);
                let sweep = chosen.sweep(&law, &Draws::default(), &Draws::default()).unwrap();
                let answer = answer_text(&sweep.whole(), &mut |_| {});
                let answer: Value = serde_json::from_str(&answer).unwrap();
                if answer["sweep"]["shape"].is_array() {
                    answered += 1;
                } else {
                    let error = &answer["error"];
                    refused.push(format!(
                        "{} {find:?} {}: {} {}",
                        law.id,
                        up.key(),
                        error["code"],
                        error["message"]
                    ));
                }
            }
        }
    }
    assert!(answered > 300, "{answered}");
    assert_eq!(refused, [""; 0]);
}
