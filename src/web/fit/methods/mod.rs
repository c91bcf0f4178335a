//! The other methods on the reader's runs: what is asked, what is read of the answers, how it is drawn and said.
//!
//! A method here is any way from runs to a plan: the chosen law by another loss, parabolas, an envelope.
//! [`compare`] and [`compared`] put them side by side; each of the others has a file of its own.

pub mod backtest;
pub mod backtest_charts;
pub mod compare;
pub mod compared;
pub mod envelope;
pub mod envelope_charts;
pub mod isoflop;
pub mod isoflop_charts;
pub mod multiplier;
pub mod power;
pub mod strip;

use super::charts::{log_range, span};
use super::study::Study;
use crate::units::{Unit, show};
use crate::web::json::{self, Json};
use crate::web::reading::Refusal;
use crate::web::words;

/// What opens below the residuals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What the answer rests on.
    Support,
    /// Approach 2: a parabola through the runs of each budget.
    IsoFlop,
    /// Approach 1: the lowest of the training curves.
    Envelope,
    /// The largest budgets, hidden and foretold.
    BackTest,
    /// The compute that another fit needs for the same loss.
    Multiplier,
}

impl Section {
    /// Its name in an address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::IsoFlop => "isoflop",
            Self::Envelope => "envelope",
            Self::BackTest => "backtest",
            Self::Multiplier => "multiplier",
        }
    }

    /// What the page calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Support => "What the answer rests on",
            Self::IsoFlop => "IsoFLOP profiles, approach 2",
            Self::Envelope => "Envelope of training curves, approach 1",
            Self::BackTest => "Back-test: the largest budgets hidden",
            Self::Multiplier => "Compute multiplier between two fits",
        }
    }

    /// Whether the reader has opened it.
    pub fn is_open(self, study: &Study) -> bool {
        study.open.split(',').any(|key| key == self.key())
    }

    /// Opens or closes it.
    pub fn set_open(self, study: &mut Study, open: bool) {
        let mut keys: Vec<&str> =
            study.open.split(',').filter(|key| !key.is_empty() && *key != self.key()).collect();
        if open {
            keys.push(self.key());
        }
        study.open = keys.join(",");
    }
}

/// Compute as it is printed: `5.76 × 10²³ FLOPs`.
fn flops(compute: f64) -> String {
    show(compute, Unit::Flops).to_string()
}

/// The ends of an interval.
fn pair(ends: Json<'_>) -> Option<[f64; 2]> {
    match ends.items().as_slice() {
        [low, high] => Some([low.number()?, high.number()?]),
        _ => None,
    }
}

/// Why one method of several has no answer, by the error in its place.
fn refused(error: Json<'_>) -> String {
    let refusal = Refusal::read(error.as_text());
    words::reason(&refusal.message, &refusal.at).to_owned()
}

/// A question, as JSON.
fn asked(verb: &str, fields: &[(&str, String)]) -> String {
    json::object(&[(verb, json::object(fields))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::Role;
    use crate::web::fit::reading::Prepared;
    use crate::web::fit::rows::Rows;
    use crate::web::question::Runs;

    /// What the engine answers.
    pub fn answered(question: &str) -> String {
        crate::ask::answer_text(question, &mut |_| {})
    }

    /// The rows of a table.
    pub fn rows(table: &str) -> Rows {
        Rows::of(&Prepared::of(&Runs::new(table, ""), &[]).unwrap(), None, false).unwrap()
    }

    /// The rows of a table one of whose columns has a role of the reader's choice.
    pub fn rows_by(table: &str, column: (usize, Role)) -> Rows {
        let mut runs = Runs::new(table, "");
        runs.columns.push(column);
        Rows::of(&Prepared::of(&runs, &[]).unwrap(), None, false).unwrap()
    }

    /// The sample of the page.
    pub fn sample() -> &'static str {
        include_str!("../../../../public/samples/gadre_c4.csv")
    }

    #[test]
    fn what_is_open_is_kept_by_name() {
        let mut study = Study::default();
        Section::BackTest.set_open(&mut study, true);
        Section::IsoFlop.set_open(&mut study, true);
        Section::IsoFlop.set_open(&mut study, true);
        assert_eq!(study.open, "backtest,isoflop");
        Section::BackTest.set_open(&mut study, false);
        assert!(Section::IsoFlop.is_open(&study) && !Section::BackTest.is_open(&study));
        Section::IsoFlop.set_open(&mut study, false);
        assert_eq!(study, Study::default());
    }
}
