//! What the Fit page draws of the runs and of one fit.

mod curves;
mod residuals;
mod runs;

pub use curves::{Across, Along, Curve, ask_curves, curves};
pub use residuals::{Against, flags, percent, residual_chart, residuals};
pub use runs::{Pointed, RUNS, runs, says};

use crate::figure::{decade, decade_above, power};
use crate::num;

fn span(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let finite: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    Some((finite.iter().copied().reduce(num::min)?, finite.iter().copied().reduce(num::max)?))
}

/// A range that holds positive values, with a little room on both sides.
fn log_range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let (low, high) = span(values.filter(|value| *value > 0.0))?;
    if low == high {
        return Some((power(1, decade(low)), power(1, decade_above(high * 1.01))));
    }
    let room = num::exp(0.04 * num::ln(high / low));
    Some((low / room, high * room))
}

#[cfg(test)]
mod examples {
    use crate::web::fit::rows::Rows;
    use crate::web::question::Runs;

    /// Runs at two budgets, of five sizes each.
    pub fn profiles() -> Runs {
        let row = |(budget, loss): (f64, f64), step: i32| {
            let params = 1e8 * f64::from(1 << step);
            let tokens = budget / (6.0 * params);
            let off_centre = f64::from(step - 2) * 0.1;
            format!("\n{params:e},{tokens:e},{}", loss + off_centre * off_centre)
        };
        let rows = [(6e18, 3.0), (6e19, 2.7)].map(|budget| (0..5).map(|step| row(budget, step)).collect());
        let rows: [Vec<String>; 2] = rows;
        let table = format!("params,tokens,loss{}\n", rows.concat().concat());
        Runs::new(&table, "")
    }

    pub fn rows(runs: &Runs) -> Rows {
        Rows::of(&runs.table().unwrap(), None).unwrap()
    }
}
