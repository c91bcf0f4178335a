//! Sweeps: surfaces and frontiers, with bands from draws.

use std::hint::black_box;
use std::sync::Arc;

use isoflop::allocate::{Free, Limit, Problem, Quantity};
use isoflop::formula::{Formula, Precision, Spread, SpreadOver, Varies};
use isoflop::laws::find;
use isoflop::num::{exp, quantiles};
use isoflop::sweep::{Axis, Grid, Knob, Sweep};

use super::{Kernel, LAW, THETA, kernel};

/// Points of each axis of a surface.
const SIDE: usize = 1000;
/// Budgets and draws of a frontier.
const BUDGETS: usize = 512;
const DRAWS: usize = 4000;
/// Points of each axis, and draws, of a surface with bands.
const BAND_SIDE: usize = 256;
const BAND_DRAWS: usize = 200;
const SHARES: [f64; 3] = [0.05, 0.5, 0.95];
/// Entries that are computed together, as `ask` does it.
const TILE: usize = 1 << 13;

/// Every sweep.
pub fn sweeps() -> Vec<Kernel> {
    vec![
        written(),
        separable(),
        constrained(),
        frontier("sweep, frontier", "6 * N * D"),
        frontier("sweep, frontier serving", "6 * N * D + 2 * N * 2e12"),
        bands(),
        surface_with_bands(),
    ]
}

fn axis(points: usize, from: f64, to: f64) -> Vec<f64> {
    (0..points).map(|point| exp(from + (to - from) * point as f64 / (points - 1) as f64)).collect()
}

/// The values of the parameters of the law, each draw a little beside the fit.
fn draws(count: usize) -> Vec<(&'static str, Vec<f64>)> {
    let [e, a, alpha, b, beta] = THETA;
    let near = |value: f64, place: usize| {
        let shift = move |draw: usize| ((draw * (2 * place + 7) * 7919) % 10_007) as f64 / 10_007.0 - 0.5;
        (0..count).map(|draw| value * (1.0 + 0.02 * shift(draw))).collect()
    };
    let named = [("E", e), ("A", exp(a)), ("alpha", alpha), ("B", exp(b)), ("beta", beta)];
    named.into_iter().enumerate().map(|(place, (name, value))| (name, near(value, place))).collect()
}

/// A surface over N and D, in tiles, into one column.
fn surface(name: &'static str, over: SpreadOver, points: usize) -> Kernel {
    let mut values = vec![0.0; points];
    kernel(name, points, move || {
        let over = black_box(&over);
        for start in (0..points).step_by(TILE) {
            let rows = start..points.min(start + TILE);
            over.write(rows.clone(), &[], &mut values[rows]);
        }
        values[points - 1]
    })
}

/// A million numbers written, which no surface can do without.
fn written() -> Kernel {
    let mut values = vec![0.0; SIDE * SIDE];
    let mut number = 0.0;
    kernel("sweep, writing alone", SIDE * SIDE, move || {
        number += 1.0;
        black_box(&mut values).fill(number);
        values[SIDE]
    })
}

/// Chinchilla's law over a million points.
fn separable() -> Kernel {
    let law = Formula::parse(LAW).expect("a law");
    let (mut names, mut columns) = (vec![("N", Varies::Along(1)), ("D", Varies::Along(2))], surface_axes());
    for (name, values) in draws(1) {
        names.push((name, Varies::Along(0)));
        columns.push(values);
    }
    let over =
        Spread::compile(&law, &names, &[SIDE, SIDE], Precision::Double).expect("a program").over(columns);
    surface("sweep, separable", over, SIDE * SIDE)
}

fn surface_axes() -> Vec<Vec<f64>> {
    vec![axis(SIDE, 16.0, 28.0), axis(SIDE, 20.0, 32.0)]
}

/// The law of repeated data over a million points, of 25 billion unique tokens.
fn constrained() -> Kernel {
    let law = find("muennighoff").expect("a law");
    let formula = Formula::parse(law.formula).expect("a formula");
    let mut names = vec![("N", Varies::Along(1)), ("D", Varies::Along(2)), ("D_unique", Varies::Along(0))];
    let mut columns = surface_axes();
    columns.push(vec![25e9]);
    for (parameter, value) in law.parameters.iter().zip(law.fits[0].values) {
        names.push((parameter.symbol, Varies::Along(0)));
        columns.push(vec![*value]);
    }
    let over =
        Spread::compile(&formula, &names, &[SIDE, SIDE], Precision::Double).expect("a program").over(columns);
    surface("sweep, data-constrained", over, SIDE * SIDE)
}

/// Best size and loss of each budget and draw.
fn frontier(name: &'static str, cost: &str) -> Kernel {
    let (law, cost) = (Formula::parse(LAW).expect("a law"), Formula::parse(cost).expect("a cost"));
    let draws = draws(DRAWS);
    let fit: Vec<(&str, f64)> = draws.iter().map(|(name, values)| (*name, values[0])).collect();
    let problem = Problem::new(Quantity::new(law, fit.clone()), [Free::positive("N"), Free::positive("D")])
        .within(Limit::at_most(Quantity::new(cost, []), 1e21));
    let axis = Axis { turns: Knob::Bound(0), values: axis(BUDGETS, 41.5, 61.0) };
    let others = draws.into_iter().map(|(name, values)| (name.to_owned(), values[1..].to_vec()));
    let grid = Grid {
        axes: vec![axis],
        draws: others.collect(),
        fit: fit.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    };
    let sweep = Sweep::new(Arc::new(problem), Arc::new(grid)).expect("a problem");
    kernel(name, BUDGETS * DRAWS, move || {
        let (mut last, step) = (0.0, TILE / DRAWS);
        for start in (0..BUDGETS).step_by(step) {
            let tile = black_box(&sweep).tile(start..BUDGETS.min(start + step));
            last = tile.value[tile.value.len() - 1] + tile.at[0][0];
        }
        last
    })
}

/// The bands of a frontier.
fn bands() -> Kernel {
    let values: Vec<f64> = (0..BUDGETS * DRAWS).map(|at| ((at * 7919) % 1_000_003) as f64).collect();
    kernel("sweep, bands", BUDGETS * DRAWS, move || {
        let cells = black_box(&values).chunks_exact(DRAWS);
        cells.map(|cell| quantiles(cell, &SHARES)[2].expect("some")).sum()
    })
}

/// Kaplan's loss by size and tokens with bands.
fn surface_with_bands() -> Kernel {
    let law = find("kaplan-size-and-data").expect("a law");
    let formula = Formula::parse(law.formula).expect("a formula");
    let mut names = vec![("N", Varies::Along(1)), ("D", Varies::Along(2))];
    let mut columns = vec![axis(BAND_SIDE, 16.0, 28.0), axis(BAND_SIDE, 20.0, 32.0)];
    for (place, (parameter, value)) in law.parameters.iter().zip(law.fits[0].values).enumerate() {
        names.push((parameter.symbol, Varies::Along(4)));
        let shift = |draw: usize| ((draw * (2 * place + 7) * 7919) % 10_007) as f64 / 10_007.0 - 0.5;
        columns.push((0..BAND_DRAWS).map(|draw| value * (1.0 + 0.02 * shift(draw))).collect());
    }
    let shape = [BAND_SIDE, BAND_SIDE, BAND_DRAWS];
    let over = Spread::compile(&formula, &names, &shape, Precision::Double).expect("a program").over(columns);
    let (cells, step) = (BAND_SIDE * BAND_SIDE, TILE / BAND_DRAWS);
    kernel("sweep, surface with bands", cells * BAND_DRAWS, move || {
        let mut sum = 0.0;
        for start in (0..cells).step_by(step) {
            let end = cells.min(start + step);
            let values = black_box(&over).values(start * BAND_DRAWS..end * BAND_DRAWS, &[]);
            for cell in values.chunks_exact(BAND_DRAWS) {
                sum += quantiles(cell, &SHARES)[2].expect("some");
            }
        }
        sum
    })
}
