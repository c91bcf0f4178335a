//! What the plan errs at on downstream tasks, by the law of Gadre et al.

use super::json::{self, Json};
use super::reading::Plan;
use crate::num::{max, min};
use crate::units::{Unit, decimals};

/// The law of the error.
pub const ERROR: &str = "gadre-error";
/// The same paper's law of the loss that it reads.
pub const LOSS: &str = "gadre";
/// How a loss on one data set becomes that on another.
pub const CONVERSION: &str = "loss-to-loss";

/// A fit of the error, and that of the loss on the same training set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Of {
    id: &'static str,
    loss: &'static str,
    /// What the models were trained on.
    pub data: &'static str,
    /// The tasks that the error is averaged over.
    pub tasks: u8,
}

const fn of(id: &'static str, loss: &'static str, data: &'static str, tasks: u8) -> Of {
    Of { id, loss, data, tasks }
}

/// Every published fit of the error.
pub const FITS: [Of; 6] = [
    of("c4-17-tasks", "c4", "C4", 17),
    of("redpajama-17-tasks", "redpajama", "RedPajama", 17),
    of("refined-web-17-tasks", "refined-web", "RefinedWeb", 17),
    of("c4-46-tasks", "c4", "C4", 46),
    of("redpajama-46-tasks", "redpajama", "RedPajama", 46),
    of("refined-web-46-tasks", "refined-web", "RefinedWeb", 46),
];

impl Of {
    /// The question for the error at a loss.
    pub fn error(&self, loss: f64) -> String {
        predict(ERROR, self.id, &[("L", loss)])
    }

    /// The question for the loss on C4 of a size and tokens.
    pub fn loss(&self, [size, tokens]: [f64; 2]) -> String {
        predict(LOSS, self.loss, &[("N", size), ("D", tokens)])
    }
}

fn predict(law: &str, fit: &str, at: &[(&str, f64)]) -> String {
    let at: Vec<_> = at.iter().map(|(name, value)| (*name, json::number(*value))).collect();
    let given = [("law", json::string(law)), ("fit", json::string(fit)), ("at", json::object(&at))];
    json::object(&[("predict", json::object(&given))])
}

/// The value of an answer.
pub fn value(answer: &str) -> Option<f64> {
    Json::read(answer)?.get("predict")?.get("value")?.number()
}

/// The loss of the plan, where it is in nats for each token, as that of the law is.
pub fn loss(plan: &Plan) -> Option<f64> {
    plan.value.filter(|_| plan.unit == Unit::NatsPerToken.name())
}

/// Size and tokens of the plan.
pub fn size_and_tokens(plan: &Plan) -> Option<[f64; 2]> {
    Some([plan.size()?, plan.tokens()?])
}

/// What a fit says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Which it is.
    pub of: Of,
    /// The error where the loss of the plan is taken as that on C4.
    pub error: Option<f64>,
    /// The loss on C4 that the same paper says of the size and tokens.
    pub loss: Option<f64>,
    /// The error at that.
    pub error_there: Option<f64>,
}

/// From where to where the fits reach, in a sentence.
pub fn spread(rows: &[Row], loss: Option<f64>) -> String {
    let span = |tasks: u8, error: fn(&Row) -> Option<f64>| {
        let all: Vec<f64> = rows.iter().filter(|row| row.of.tasks == tasks).filter_map(error).collect();
        let (low, high) = (all.iter().copied().fold(f64::INFINITY, min), all.iter().copied().fold(0.0, max));
        (!all.is_empty()).then(|| format!("{} to {}", decimals(low, 3), decimals(high, 3)))
    };
    let both = |error: fn(&Row) -> Option<f64>| {
        Some(format!("{} over 17 tasks and {} over 46", span(17, error)?, span(46, error)?))
    };
    let own = loss
        .zip(both(|row| row.error))
        .map(|(loss, both)| format!("At a loss of {} the average error is {both}.", decimals(loss, 3)));
    let there = both(|row| row.error_there).map(|both| {
        format!("At the losses on C4 that the same paper says of this size and these tokens it is {both}.")
    });
    [own, there].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What the loss of the plan is taken for: `law` is that of the plan, `data` what its fit was trained on.
pub fn caveat(law: &str, data: &str) -> String {
    if law == LOSS {
        return "The plan's loss is that on the C4 evaluation set, which the law reads.".to_owned();
    }
    let data = data.split(',').next().unwrap_or_default();
    let of = if data.is_empty() { "other data" } else { data };
    format!(
        "The law reads the loss on the C4 evaluation set by the tokenizer of its paper. The plan's loss is of {of}: the first \
         column of errors takes it for what it is not."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;
    use crate::laws;
    use crate::num::exp;

    fn value_of(question: &str) -> f64 {
        value(&answer_text(question, &mut |_| {})).unwrap()
    }

    #[test]
    fn they_are_all_the_fits_that_were_published_each_with_the_loss_of_its_training_set() {
        let [error, loss] = [ERROR, LOSS].map(|id| laws::find(id).unwrap());
        assert_eq!(error.fits.len(), FITS.len());
        for of in FITS {
            let fit = error.fit(of.id).unwrap();
            assert_eq!(fit.name, format!("{}, {} tasks", of.data, of.tasks));
            assert!(loss.fit(of.loss).unwrap().data.starts_with(of.data));
        }
        assert!(laws::find(CONVERSION).unwrap().fits.is_empty());
    }

    #[test]
    fn the_error_is_that_of_the_formula() {
        let expected = 0.849742 - 2.078907 * exp(-0.756121 * 1.974);
        assert!((value_of(&FITS[0].error(1.974)) - expected).abs() < 1e-12);
        // 640 tokens for each parameter, as the authors' code has it.
        assert!((value_of(&FITS[0].loss([1.4e9, 896e9])) - 2.389834).abs() < 1e-6);
    }

    #[test]
    fn the_sentence_has_both_losses_and_the_caveat_says_whose_they_are() {
        let row = |of: Of| {
            let loss = value_of(&of.loss([7e10, 1.4e12]));
            Row {
                of,
                error: Some(value_of(&of.error(1.974))),
                loss: Some(loss),
                error_there: Some(value_of(&of.error(loss))),
            }
        };
        let rows = FITS.map(row);
        let says = spread(&rows, Some(1.974));
        assert!(says.starts_with("At a loss of 1.974 the average error is 0.3"), "{says}");
        assert!(says.contains("says of this size"), "{says}");
        assert!(!spread(&rows, None).contains("1.974"));
        assert!(caveat("chinchilla", "MassiveText, one epoch").contains("is of MassiveText:"));
        assert!(caveat(LOSS, "C4, validated on C4").contains("which the law reads"));
    }
}
