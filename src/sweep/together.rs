//! Cells in lock step, where the problem is one of two variables under one cost.

use std::ops::Range;

use super::grid::{Expanded, at};
use super::{Found, Grid, Tile};
use crate::allocate::{AllocateError, Columns, Problem, Quantity, Sense, Values, batch_within};
use crate::num::max;

/// How a problem is one of two variables under one cost.
#[derive(Clone, Debug)]
pub(super) struct Together {
    /// The places of the two variables.
    free: [usize; 2],
    /// The limit that is the cost.
    cost: usize,
    /// The limit that says the most of each.
    most: [Option<usize>; 2],
    /// Variables that a limit gives: their place, and that of the limit.
    given: Vec<(usize, usize)>,
}

impl Together {
    /// How it is, if it is one.
    pub fn of(problem: &Problem) -> Option<Self> {
        let plain = |quantity: &Quantity| quantity.formula.conditions().next().is_none();
        let whole = problem.wholes.is_empty() && problem.free.iter().all(|free| free.values.is_empty());
        if !whole || !plain(&problem.objective) {
            return None;
        }
        let place = |of: &Quantity| problem.free.iter().position(|free| of.is_variable(&free.name));
        let (mut cost, mut caps, mut given) = (None, Vec::new(), Vec::new());
        for (at, limit) in problem.limits.iter().enumerate() {
            match (place(&limit.of), limit.sense) {
                (Some(variable), Sense::Equal) => given.push((variable, at)),
                (Some(variable), Sense::AtMost) => caps.push((variable, at)),
                (None, Sense::AtMost) if cost.is_none() && plain(&limit.of) => cost = Some(at),
                _ => return None,
            }
        }
        let is_given = |place: &usize| given.iter().any(|(variable, _)| variable == place);
        let free: Vec<usize> = (0..problem.free.len()).filter(|place| !is_given(place)).collect();
        let [u, v] = free[..] else { return None };
        if [u, v].iter().any(|place| problem.free[*place].low < 0.0) {
            return None;
        }
        let cap = |of: usize| {
            let mut all = caps.iter().filter(|(variable, _)| *variable == of).map(|(_, at)| *at);
            let first = all.next();
            if all.next().is_some() { None } else { Some(first) }
        };
        let on_given = caps.iter().any(|(variable, _)| is_given(variable));
        let most = [cap(u)?, cap(v)?];
        (!on_given).then_some(Self { free: [u, v], cost: cost?, most, given })
    }

    /// Solves the plans of some cells, as far as that proves them best.
    pub fn solve(
        &self,
        problem: &Problem,
        grid: &Grid,
        cells: &Range<usize>,
        tile: &mut Tile,
    ) -> Result<(), AllocateError> {
        let (objective, cost) = (&problem.objective, &problem.limits[self.cost].of);
        let expanded = Expanded::new(grid, cells, &[objective, cost]);
        let bound = |limit: usize| expanded.bound(limit, problem.limits[limit].bound);
        let most = self.most.map(|limit| limit.map_or(Values::One(f64::INFINITY), bound));
        // A column in any case: entries may differ in nothing else.
        let budget: Vec<f64> = (0..tile.value.len()).map(|entry| at(bound(self.cost), entry)).collect();
        let [objective, cost] = [objective, cost].map(|quantity| self.columns(&expanded, problem, quantity));
        let free = self.free.map(|place| problem.free[place].name.as_str());
        let optima = batch_within(&objective, &cost, free, Values::Each(&budget), most)?;
        for entry in (0..tile.value.len()).filter(|entry| optima.optimal[*entry]) {
            let plan = [0, 1].map(|free| optima.at[free][entry]);
            let boxes = self.free.map(|place| &problem.free[place]);
            if boxes.iter().zip(plan).any(|(free, at)| at < free.low || at > free.high) {
                continue;
            }
            for (place, value) in self.free.into_iter().zip(plan) {
                tile.at[place][entry] = value;
            }
            for (place, limit) in &self.given {
                tile.at[*place][entry] = at(bound(*limit), entry);
            }
            tile.value[entry] = optima.value[entry];
            tile.found[entry] = Found::Best;
            tile.worst_residual = max(tile.worst_residual, optima.residual[entry]);
        }
        Ok(())
    }

    /// A quantity with the values of its names in every entry.
    fn columns<'a>(
        &self,
        expanded: &'a Expanded,
        problem: &'a Problem,
        quantity: &'a Quantity,
    ) -> Columns<'a> {
        let own = quantity.values.iter().map(|(name, value)| (name.as_str(), expanded.value(name, *value)));
        let names = quantity.formula.names();
        let given = self.given.iter().filter_map(|(place, limit)| {
            let name = problem.free[*place].name.as_str();
            let value = || expanded.bound(*limit, problem.limits[*limit].bound);
            names.contains(&name).then(|| (name, value()))
        });
        Columns { formula: &quantity.formula, values: own.chain(given).collect() }
    }
}
