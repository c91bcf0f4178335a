//! What a learning rate or a batch beside the best one costs, by the runs of Step Law.

use crate::units::decimals;
use crate::web::json::{self, Json};

/// The law that is asked.
pub const BANDS: &str = "step-law-tolerance";

/// What the best is multiplied by, and in words.
const FACTORS: [(f64, &str); 4] = [(0.25, "A quarter"), (0.5, "Half"), (2.0, "Twice"), (4.0, "Four times")];

/// The heads over the shares.
pub fn heads() -> [&'static str; 4] {
    FACTORS.map(|(_, words)| words)
}

/// The question for the loss that is lost.
pub fn question() -> String {
    let factors = || json::list(FACTORS.iter().map(|(factor, _)| json::number(*factor)));
    let at = json::object(&[("r_lr", factors()), ("r_B", factors())]);
    json::object(&[("predict", json::object(&[("law", json::string(BANDS)), ("at", at)]))])
}

/// What an answer says: the name of what is beside its best, and the loss lost by each factor.
pub fn rows(answer: &str) -> Option<Vec<(&'static str, Vec<String>)>> {
    let outputs = Json::read(answer)?.get("predict")?.get("outputs")?;
    let share = |value: Json<'_>| Some(format!("{}\u{a0}%", decimals(100.0 * value.number()?, 2)));
    let row = |(name, output)| {
        let shares: Option<Vec<String>> = outputs.get(output)?.items().into_iter().map(share).collect();
        Some((name, shares?))
    };
    [("Learning rate", "by_rate"), ("Batch", "by_batch")].into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;

    #[test]
    fn half_and_twice_cost_what_the_released_runs_say() {
        let rows = rows(&answer_text(&question(), &mut |_| {})).unwrap();
        let said = |at: usize| rows[at].1.join(" ").replace('\u{a0}', "");
        assert_eq!((rows[0].0, said(0)), ("Learning rate", "0.91% 0.32% 0.84% 3.92%".to_owned()));
        assert_eq!((rows[1].0, said(1)), ("Batch", "1.58% 0.44% 0.44% 1.40%".to_owned()));
    }
}
