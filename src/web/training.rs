//! What training on a token costs: six FLOPs for each parameter, and attention over its context where the reader counts
//! that too.

use super::limit::{self, Limit, Limited};
use crate::num::{cbrt, round};
use crate::units::{Unit, ascii, show};

/// FLOPs of training for each parameter and token.
pub(super) const FLOPS: f64 = 6.0;
/// The width of a model by its layers where attention is counted: 8192 and 80, those of the largest model of the paper that
/// counts it (Chen et al. 2025, table 9).
const PROPORTION: f64 = 8192.0 / 80.0;
/// The width of a head there.
const HEAD: f64 = 128.0;
/// A layer holds so many times the square of its width.
const HELD: f64 = 12.0;

/// How training is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Training {
    /// The tokens that each token attends to; nothing where attention is not counted.
    context: Option<f64>,
}

impl Training {
    /// As the reader says it beside a budget.
    pub fn read(beside: &[Limit]) -> Self {
        Self { context: limit::amount(beside, Limited::Attention) }
    }

    /// FLOPs of a token for a model of so many parameters.
    pub fn of_token(self, size: f64) -> f64 {
        let attention = self.context.map_or(0.0, |context| {
            let layers = cbrt(size / layer());
            context * layers * PROPORTION * layers
        });
        FLOPS * (size + attention)
    }

    /// The same for a whole run, as a formula of N and D; nothing where it is the usual one.
    pub(super) fn formula(self) -> Option<String> {
        let context = self.context?;
        let layers = format!("(N/{})^(1/3)", ascii(layer()));
        let (heads, width) = (ascii(PROPORTION / HEAD), ascii(PROPORTION));
        Some(format!(
            "law(gqa-training; N, D, {}, {layers}, {HEAD}, {heads}*{layers}, {width}*{layers})",
            ascii(context)
        ))
    }

    /// What is counted, as it is written in a sentence.
    pub const fn counts(self) -> &'static str {
        if self.context.is_none() { "6 N D" } else { "6 N D and attention" }
    }

    /// How attention is counted, in words; nothing where it is not.
    pub fn says(self) -> Option<String> {
        let context = show(self.context?, Unit::Tokens);
        Some(format!(
            "attention over {context} (Chen et al. 2025), of a model {} times as wide as deep",
            round(PROPORTION)
        ))
    }
}

/// What a layer holds for each cube of the layers of a model.
fn layer() -> f64 {
    HELD * PROPORTION * PROPORTION
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;
    use crate::web::question::Question;
    use crate::web::reading::Plan;

    fn over(context: &str) -> Question {
        let limits = vec![Limit { on: Limited::Attention, text: context.to_owned() }];
        Question { budget: "1e22 FLOPs".to_owned(), limits, ..Question::default() }
    }

    fn planned(question: &Question) -> Plan {
        Plan::read(&answer_text(&question.allocate().unwrap(), &mut |_| {})).unwrap()
    }

    #[test]
    fn what_is_drawn_is_what_the_solver_counts() {
        for context in ["4096", "131072", "1e6"] {
            let question = over(context);
            let plan = planned(&question);
            let training = Training::read(&question.limits);
            let counted = training.of_token(plan.size().unwrap()) * plan.tokens().unwrap();
            assert!((counted / 1e22 - 1.0).abs() < 1e-9, "{context}: {counted:e}");
        }
    }

    #[test]
    fn attention_over_more_leaves_less_to_train_on() {
        let sizes = ["1", "131072", "1e6"].map(|context| planned(&over(context)));
        let loss = |plan: &Plan| plan.value.unwrap();
        assert!(loss(&sizes[0]) < loss(&sizes[1]) && loss(&sizes[1]) < loss(&sizes[2]));
        let plain = planned(&Question { limits: Vec::new(), ..over("1") });
        assert!((sizes[0].size().unwrap() / plain.size().unwrap() - 1.0).abs() < 1e-4);
    }
}
