//! How far plans may move without getting better or worse.

use std::collections::BTreeMap;

use super::certificate::Verdict;
use super::model::Model;
use super::point::{Point, Session};
use super::restore::restore_keeping;
use crate::num::{max, min};

/// Plans whose objective differs by less than this share are as good.
const AS_GOOD: f64 = 1e-9;
/// The first step along the direction that does not matter, and the shortest.
const STRIDE: f64 = 1.0;
const LEAST: f64 = 1e-6;
const STEPS: usize = 500;

/// For each variable that moves along the direction that does not matter, the ends of the plans that are as good.
pub(super) fn reach(model: &Model, point: &Point, verdict: &Verdict) -> BTreeMap<String, [f64; 2]> {
    let longest = verdict.direction.iter().fold(0.0, |most, x| max(most, x.abs()));
    let [down, up] = [-1.0, 1.0].map(|side| {
        let along: Vec<f64> = verdict.direction.iter().map(|x| side * x / longest).collect();
        walk(model, point, &along, &verdict.binding)
    });
    let mut ends = BTreeMap::new();
    for (j, free) in model.of.free.iter().enumerate() {
        if verdict.direction[j].abs() > 1e-6 * longest {
            let values = [down[j], up[j]].map(|u| model.of.variables[j].value(u));
            ends.insert(free.name.clone(), [min(values[0], values[1]), max(values[0], values[1])]);
        }
    }
    ends
}

/// The last point along a direction that is as good, with the rows that bind kept.
fn walk(model: &Model, from: &Point, along: &[f64], binding: &[usize]) -> Vec<f64> {
    let mut session = Session::new(model);
    let (mut here, mut stride) = (from.u.clone(), STRIDE);
    for _ in 0..STEPS {
        if stride < LEAST {
            break;
        }
        let u: Vec<f64> = here.iter().zip(along).map(|(u, along)| u + stride * along).collect();
        let next = restore_keeping(&mut session, &u, binding).filter(|next| moves(next, &here, along));
        let as_good = next
            .and_then(|next| session.everything(&next).ok())
            .filter(|next| (next.objective() - from.objective()).abs() <= AS_GOOD);
        match as_good {
            Some(next) => here = next.u,
            None => stride *= 0.5,
        }
    }
    here
}

/// Whether a step went on, and was not brought back to where it began.
fn moves(next: &[f64], here: &[f64], along: &[f64]) -> bool {
    let gained: f64 =
        next.iter().zip(here).zip(along).map(|((next, here), along)| (next - here) * along).sum();
    gained > 0.5 * LEAST
}
