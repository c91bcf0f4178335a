//! What the page's first worker knows of budgets that are sought: nothing. What it refuses, the whole one answers.

use std::collections::BTreeMap;

use super::problem::{Posed, Quantities};
use super::{AllocateQuestion, AskedLimit};
use crate::allocate::Prepared;
use crate::ask::{AskError, Asking, Named};

/// Where the search begins.
pub(super) const START: f64 = 1e21;

/// There is none.
pub(super) enum Sought {}

/// What the best plan of a budget is to have, where the budget is sought.
pub(super) fn asked(_: &AllocateQuestion) -> Option<&AskedLimit> {
    None
}

#[expect(clippy::unnecessary_wraps, reason = "the whole worker's has more to say")]
impl Sought {
    pub fn read(_: &AllocateQuestion, _: &Quantities, _: &mut Asking) -> Result<Option<Self>, AskError> {
        Ok(None)
    }

    pub fn settle(self, _: &Quantities, _: &mut Posed, _: &mut Asking) -> Result<(), AskError> {
        match self {}
    }

    pub fn hold(&self, _: &mut Named<f64>) {
        match *self {}
    }

    pub fn budget_by(&self, _: f64, _: impl FnMut(f64) -> Option<Named<f64>>) -> Result<f64, AskError> {
        match *self {}
    }

    pub fn of_draw(&self, _: &mut Prepared, _: &Posed, _: &BTreeMap<String, f64>) -> Option<f64> {
        match *self {}
    }
}
