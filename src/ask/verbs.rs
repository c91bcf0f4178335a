//! From a verb to its answer.

use super::answer::Body;
#[cfg(feature = "catalogue")]
use super::laws;
use super::question::Verb;
use super::{AskError, Asking, allocate, predict};
#[cfg(feature = "fit")]
use super::{envelope, fit, isoflop};
#[cfg(feature = "fit")]
use super::{split, study, sweep, table, write};

/// Answers one verb.
pub(super) fn answer(verb: &Verb, asking: &mut Asking) -> Result<Body, AskError> {
    Ok(match verb {
        #[cfg(feature = "catalogue")]
        Verb::Laws(question) => Body::Laws(laws::answer(question)?),
        Verb::Predict(question) => Body::Predict(predict::answer(question, asking)?),
        Verb::Allocate(question) => Body::Allocate(allocate::answer(question, asking)?),
        #[cfg(feature = "fit")]
        Verb::Fit(question) => Body::Fit(fit::answer(question, asking)?),
        #[cfg(feature = "fit")]
        Verb::Isoflop(question) => Body::Isoflop(isoflop::answer(question, asking)?),
        #[cfg(feature = "fit")]
        Verb::Envelope(question) => Body::Envelope(envelope::answer(question, asking)?),
        #[cfg(feature = "fit")]
        Verb::Profile(question) => Body::Profile(study::profile(question, asking)?),
        #[cfg(feature = "fit")]
        Verb::Crossing(question) => Body::Crossing(study::crossing(question, asking)?),
        #[cfg(feature = "fit")]
        Verb::Multiplier(question) => Body::Multiplier(study::multiplier(question, asking)?),
        #[cfg(feature = "fit")]
        Verb::Compare(question) => Body::Compare(study::compare(question, asking)?),
        #[cfg(feature = "fit")]
        Verb::Backtest(question) => Body::Backtest(study::backtest(question, asking)?),
        #[cfg(feature = "fit")]
        Verb::Sweep(question) => Body::Sweep(Box::new(sweep::answer(question, asking)?)),
        #[cfg(feature = "fit")]
        Verb::Split(question) => Body::Split(split::split(question)?),
        #[cfg(feature = "fit")]
        Verb::Merge(question) => split::merge(question, asking)?,
        #[cfg(feature = "fit")]
        Verb::Table(question) => Body::Table(table::answer(question)?),
        #[cfg(feature = "fit")]
        Verb::Write(question) => Body::Write(write::answer(question, asking)?),
    })
}
