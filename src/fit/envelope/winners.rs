//! The run of lowest loss at each budget.
//!
//! Each curve is walked once from its first budget to its last; nothing is searched for. So the work is one step for
//! each point and one for each budget that a curve reaches.

use super::curve::{Curve, same};
use crate::num::{exp, max, min};

/// The run of lowest loss at a budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Winner {
    /// Which of the budgets it is, from the smallest.
    pub index: usize,
    /// The budget, in FLOPs.
    pub c: f64,
    /// The size of the run.
    pub n: f64,
    /// The tokens it has seen there.
    pub d: f64,
    /// Its loss there.
    pub loss: f64,
    /// Which run it is.
    pub run: usize,
    /// Whether its size is the smallest or largest of all.
    pub extreme: Option<Extreme>,
    /// The share of the run's own compute that it has spent there.
    pub done: f64,
    /// The decimal logarithms of budget, size and tokens.
    pub(super) log10: [f64; 3],
}

/// An end of the sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extreme {
    /// No run is smaller.
    Smallest,
    /// No run is larger.
    Largest,
}

/// The lowest loss at a budget so far.
#[derive(Clone, Copy)]
struct Lowest {
    log_loss: f64,
    curve: usize,
    /// The point before the budget.
    point: usize,
}

/// The winners at budgets equally spaced by their logarithm between the least and the most compute of the curves,
/// each of which has two points; a budget that no curve reaches has none. Of equals the first curve wins.
pub(super) fn find(curves: &[Curve], budgets: usize, sizes: [f64; 2]) -> Vec<Winner> {
    let grid = grid(curves, budgets);
    let nobody = Lowest { log_loss: f64::INFINITY, curve: 0, point: 0 };
    let mut lowest = vec![nobody; budgets];
    for (index, curve) in curves.iter().enumerate() {
        walk(curve, &grid, |at, point, log_loss| {
            if log_loss < lowest[at].log_loss {
                lowest[at] = Lowest { log_loss, curve: index, point };
            }
        });
    }
    let compute = |index: usize, x: f64| match index {
        0 => curves.iter().fold(f64::INFINITY, |least, curve| min(least, curve.ends[0])),
        _ if index + 1 == budgets => curves.iter().fold(0.0, |most, curve| max(most, curve.ends[1])),
        _ => exp(x),
    };
    let reached = lowest.iter().zip(grid).enumerate().filter(|(_, (lowest, _))| lowest.log_loss.is_finite());
    let winner = |(index, (lowest, x)): (usize, (&Lowest, f64))| Winner {
        c: compute(index, x),
        ..winner(index, x, lowest, &curves[lowest.curve], sizes)
    };
    reached.map(winner).collect()
}

/// The natural logarithms of the budgets.
fn grid(curves: &[Curve], budgets: usize) -> Vec<f64> {
    let ends =
        |[low, high]: [f64; 2], curve: &Curve| [min(low, curve.x[0]), max(high, curve.x[curve.x.len() - 1])];
    let [low, high] = curves.iter().fold([f64::INFINITY, f64::NEG_INFINITY], ends);
    let step = (high - low) / (budgets - 1) as f64;
    (0..budgets).map(|i| if i + 1 == budgets { high } else { low + step * i as f64 }).collect()
}

/// Calls with each budget within a curve, the point before it, and the logarithm of loss there.
fn walk(curve: &Curve, grid: &[f64], mut found: impl FnMut(usize, usize, f64)) {
    let (x, y) = (&curve.x, &curve.loss);
    let mut at = grid.partition_point(|budget| *budget < x[0]);
    for point in 0..x.len() - 1 {
        let slope = (y[point + 1] - y[point]) / (x[point + 1] - x[point]);
        while let Some(budget) = grid.get(at).filter(|budget| **budget <= x[point + 1]) {
            found(at, point, y[point] + slope * (budget - x[point]));
            at += 1;
        }
    }
}

fn winner(index: usize, x: f64, lowest: &Lowest, curve: &Curve, [smallest, largest]: [f64; 2]) -> Winner {
    let Lowest { log_loss, point, .. } = *lowest;
    let share = (x - curve.x[point]) / (curve.x[point + 1] - curve.x[point]);
    let log_d = curve.tokens[point] + share * (curve.tokens[point + 1] - curve.tokens[point]);
    let extreme = match curve.n {
        n if same(n, smallest) => Some(Extreme::Smallest),
        n if same(n, largest) => Some(Extreme::Largest),
        _ => None,
    };
    Winner {
        index,
        c: exp(x),
        n: curve.n,
        d: exp(log_d),
        loss: exp(log_loss),
        run: curve.run,
        extreme,
        done: exp(x - curve.x[curve.x.len() - 1]),
        log10: [x, crate::num::ln(curve.n), log_d].map(|ln| ln * std::f64::consts::LOG10_E),
    }
}
