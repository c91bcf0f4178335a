//! A fit in words.

use super::sentence_case;
use crate::outcome::Termination;
use crate::units::{self, Unit, show};
use crate::web::message::Progress;
use crate::web::question::Question;
use crate::web::reading::{FitCertificate, Fitted, Plan};

/// A job on its way: `Fitting, 12 of 40 starts.`
pub fn progress(name: &str, progress: &Progress) -> String {
    let Progress { done, of, stage } = progress;
    format!("{name}, {} of {} {stage}.", units::whole(*done as f64), units::whole(*of as f64))
}

/// How a fit stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// In a sentence.
    pub says: &'static str,
    /// Why, and what else is to be known.
    pub why: Vec<String>,
}

/// How a fit stands.
pub fn verdict(fitted: &Fitted) -> Verdict {
    let converged = fitted.termination == Termination::Converged;
    let says = if converged { "The fit converged." } else { "No convergence claimed." };
    let reason = match fitted.termination {
        Termination::AtBound => Some("The best values lie at a bound, or a term of the law has vanished."),
        Termination::Flat => Some("The runs hardly tell some values apart: others fit as well."),
        Termination::Several => Some("Several sets of values fit equally well."),
        Termination::MaxIterations => Some("The solver stopped before it could prove a minimum."),
        _ => None,
    };
    let warnings = fitted.warnings.iter().map(|warning| sentence_case(&warning.message));
    Verdict { says, why: reason.map(str::to_owned).into_iter().chain(warnings).collect() }
}

/// What a fit decides: the size for the budget, and its name.
pub fn decision(question: &Question, plan: &Plan) -> Option<(String, String)> {
    let budget = show(question.spent(Some(plan))?, Unit::Flops).number();
    Some((format!("Size at {budget} FLOPs"), show(plan.size()?, Unit::Parameters).number()))
}

/// What proves the verdict: heads and values.
pub fn certificate(fitted: &Fitted) -> Vec<(&'static str, String)> {
    let FitCertificate { decrement, smallest_eigenvalue, starts, agreeing, .. } = fitted.certificate;
    let value = |value: Option<f64>| value.map(|value| units::significant(value, 2));
    let agree = starts.zip(agreeing).map(|(starts, agreeing)| format!("{agreeing} of {starts}"));
    let facts = [
        ("Runs", Some(units::whole(fitted.runs as f64))),
        ("Objective", Some(units::significant(fitted.objective, 11))),
        ("Newton decrement", value(decrement)),
        ("Smallest eigenvalue", value(smallest_eigenvalue)),
        ("Starts that agree", agree),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
