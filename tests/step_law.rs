//! The tolerance of learning rate and batch against the one whole grid of runs at hand.
//!
//! The medians of the catalogue are over 17 grids, of which this is one: it has their course, and its own numbers stand
//! in the caveat.

mod measured;

use isoflop::laws::{self, SourcedTable};
use measured::Measured;

/// Grids differ: each share of this one is within this factor of the median, or this far from it.
const FACTOR: f64 = 4.0;
const NEAR: f64 = 0.007;

struct Grid {
    rates: Vec<f64>,
    batches: Vec<f64>,
    losses: Vec<f64>,
    best: usize,
}

impl Grid {
    fn read() -> Option<Self> {
        let table = Measured::read("facts-no-licence/steplaw_dense_grid_215M_4B.csv")?;
        let losses = table.column("smooth_loss");
        let best = (0..losses.len()).min_by(|a, b| losses[*a].total_cmp(&losses[*b]))?;
        Some(Self { rates: table.column("lr"), batches: table.column("batch_tokens"), losses, best })
    }

    /// The excess over the lowest loss at so many times the best `of`, the `other` at its best.
    fn excess(&self, of: &[f64], other: &[f64], factor: f64) -> Option<f64> {
        let near = |row: &usize| (of[*row] / of[self.best] / factor - 1.0).abs() < 0.02;
        let row = (0..of.len()).filter(|row| other[*row] == other[self.best]).find(near)?;
        Some(self.losses[row] / self.losses[self.best] - 1.0)
    }

    fn by_rate(&self, factor: f64) -> Option<f64> {
        self.excess(&self.rates, &self.batches, factor)
    }

    fn by_batch(&self, factor: f64) -> Option<f64> {
        self.excess(&self.batches, &self.rates, factor)
    }
}

fn table(name: &str) -> &'static SourcedTable {
    let law = laws::find("step-law-tolerance").unwrap();
    law.tables.iter().find(|table| table.name == name).unwrap()
}

#[test]
fn one_grid_has_the_course_of_the_medians() {
    let Some(grid) = Grid::read() else { return };
    let mut seen = 0;
    let mut check = |factor: f64, median: f64, measured: Option<f64>| {
        let Some(measured) = measured.filter(|excess| *excess < 1.0) else { return };
        seen += 1;
        let near =
            (measured - median).abs() < NEAR || measured / median < FACTOR && median / measured < FACTOR;
        assert!(near, "{factor}: {measured} where the median is {median}");
    };
    let (rates, batches) = (table("rates"), table("batches"));
    rates.x.iter().zip(rates.y).for_each(|(x, y)| check(*x, *y, grid.by_rate(*x)));
    batches.x.iter().zip(batches.y).for_each(|(x, y)| check(*x, *y, grid.by_batch(*x)));
    assert!(seen >= 12, "{seen}");
}

#[test]
fn the_caveat_says_what_the_grid_says() {
    let Some(grid) = Grid::read() else { return };
    let twice = grid.by_rate(2.0).unwrap();
    assert!((twice - 0.0295).abs() < 5e-5, "{twice}");
    assert!(grid.by_rate(4.0).unwrap() > 1.0);
    let caveats = laws::find("step-law-tolerance").unwrap().caveats.join("\n");
    assert!(
        caveats
            .contains(&format!("twice the best rate costs {:.1} %, and four times diverges", 100.0 * twice))
    );
}
