//! The envelope of training curves (approach 1 of Chinchilla): the run of lowest loss at each budget.
//!
//! Each run is a curve of loss by training compute. At budgets equally spaced by their logarithm the run of lowest
//! loss is taken; its size and its tokens there are power laws of compute. Neighbouring budgets have the same runs,
//! so the scatter about these laws says nothing of their errors, and none are given.
//!
//! Two variants show how much the choice of points decides: without the budgets won by a run of the smallest or
//! largest size, which a smaller or larger one might have won, and through the corners of the lower convex hull of
//! all points.
//!
//! ```
//! use isoflop::fit::envelope::{Curves, Options, envelope};
//! use isoflop::num::pow;
//!
//! // Ten sizes, each twice the one before and trained to ten tokens for each parameter; best is one.
//! let (mut run, mut n, mut d, mut c, mut loss) = (vec![], vec![], vec![], vec![], vec![]);
//! for index in 0..10 {
//!     for step in 1..=100 {
//!         let size = 1e7 * f64::from(1 << index);
//!         let tokens = size * 0.1 * f64::from(step);
//!         run.push(index);
//!         n.push(size);
//!         d.push(tokens);
//!         c.push(6.0 * size * tokens);
//!         loss.push(1.7 + 400.0 * pow(size, -0.34) + 400.0 * pow(tokens, -0.34));
//!     }
//! }
//! let curves = Curves { run: &run, n: &n, d: &d, c: &c, loss: &loss };
//! let found = envelope(&curves, &Options::default())?;
//! assert_eq!(found.winners.len(), 1500);
//! let laws = found.trimmed.power_laws.unwrap();
//! assert!((laws.n.exponent - 0.5).abs() < 0.01);
//! # Ok::<(), isoflop::fit::envelope::EnvelopeError>(())
//! ```
//!
//! # Source
//! Hoffmann et al. (2022), section 3.1 and appendix D.1; the hull is that of `McLeish` et al. (2025),
//! "Gemstones", arXiv:2502.06857.

mod curve;
mod error;
mod hull;
mod smooth;
mod winners;

pub use error::EnvelopeError;
pub use hull::Hull;
pub use winners::{Extreme, Winner};

use curve::Curve;

use super::column::{POSITIVE, every, positive, same_length};
use super::line::{Line, PowerLaw, PowerLaws};
use crate::num::{max, min};

/// Points of training curves by their columns; all but `run` are positive.
#[derive(Clone, Copy, Debug)]
pub struct Curves<'a> {
    /// The run of each point, as a number below that of points.
    pub run: &'a [usize],
    /// The size of its model, in parameters; the same throughout a run.
    pub n: &'a [f64],
    /// The tokens seen so far.
    pub d: &'a [f64],
    /// The FLOPs spent so far.
    pub c: &'a [f64],
    /// The loss.
    pub loss: &'a [f64],
}

/// How the envelope is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// How many budgets, from the least compute of any point to the most.
    pub budgets: usize,
    /// The standard deviation, in points of a curve, of the Gaussian by which losses are smoothed; not by default.
    ///
    /// The smoothed loss of a point is that of a straight line put through its neighbours with these weights, up
    /// to four standard deviations away: amid a curve the weighted mean, at its ends without their lag.
    pub smooth: Option<f64>,
}

/// The budgets that the field uses.
pub const BUDGETS: usize = 1500;
/// The most budgets there may be.
pub const MOST_BUDGETS: usize = 20_000;
/// The widest smoothing, in points.
pub const WIDEST: f64 = 1000.0;

impl Default for Options {
    fn default() -> Self {
        Self { budgets: BUDGETS, smooth: None }
    }
}

/// What the curves come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// The run of lowest loss at each budget that any run reaches.
    pub winners: Vec<Winner>,
    /// The power laws through all of them.
    pub power_laws: Option<PowerLaws>,
    /// Through those whose size is neither the smallest nor the largest.
    pub trimmed: Trimmed,
    /// Through the corners of the lower convex hull.
    pub hull: Hull,
    /// The budgets that no run reaches.
    pub unreached: usize,
    /// The runs that have a single point, which is no curve.
    pub single: Vec<usize>,
    /// Points that a later one of the same run and compute replaces.
    pub replaced: usize,
    /// The share of winners in the last 15 % of their run's compute.
    pub late: f64,
}

/// The envelope without winners of extreme size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trimmed {
    /// How many are left.
    pub points: usize,
    /// The power laws through them; none unless they differ in compute.
    pub power_laws: Option<PowerLaws>,
}

/// From this share of a run's compute on its points are late: all that Hoffmann et al. selected are (footnote 4).
const LATE: f64 = 0.85;

/// Takes the envelope of training curves.
///
/// # Errors
/// [`EnvelopeError`] if columns differ in length or hold something that is not positive and finite, if a run has two
/// sizes, if no run has two points, if all have one size, or for options out of bounds.
pub fn envelope(curves: &Curves, options: &Options) -> Result<Envelope, EnvelopeError> {
    options.check()?;
    curves.check()?;
    let (mut all, replaced) = curve::collect(curves)?;
    if let Some(width) = options.smooth {
        for curve in &mut all {
            smooth::smooth(&mut curve.loss, width);
        }
    }
    all.iter_mut().for_each(Curve::take_logarithms);
    let hull = Hull::of(&all);
    let (curves, single): (Vec<Curve>, Vec<Curve>) = all.into_iter().partition(|curve| curve.x.len() > 1);
    let [smallest, largest] = sizes(&curves)?;
    let winners = winners::find(&curves, options.budgets, [smallest, largest]);
    let inner: Vec<Winner> = winners.iter().filter(|winner| winner.extreme.is_none()).copied().collect();
    let late = winners.iter().filter(|winner| winner.done >= LATE).count();
    Ok(Envelope {
        power_laws: power_laws(&winners),
        trimmed: Trimmed { points: inner.len(), power_laws: power_laws(&inner) },
        hull,
        unreached: options.budgets - winners.len(),
        single: single.into_iter().map(|curve| curve.run).collect(),
        replaced,
        late: late as f64 / max(winners.len() as f64, 1.0),
        winners,
    })
}

impl Options {
    fn check(&self) -> Result<(), EnvelopeError> {
        if !(2..=MOST_BUDGETS).contains(&self.budgets) {
            return Err(EnvelopeError::Budgets { most: MOST_BUDGETS, given: self.budgets });
        }
        match self.smooth {
            Some(given) if !(given > 0.0 && given <= WIDEST) => {
                Err(EnvelopeError::Smooth { most: WIDEST, given })
            }
            _ => Ok(()),
        }
    }
}

impl Curves<'_> {
    fn check(&self) -> Result<(), EnvelopeError> {
        let points = self.run.len();
        for (name, column) in [("N", self.n), ("D", self.d), ("C", self.c), ("L", self.loss)] {
            same_length(name, column.len(), points)?;
            every(name, column, POSITIVE, positive)?;
        }
        let run: Vec<f64> = self.run.iter().map(|run| *run as f64).collect();
        every("run", &run, "the number of a run, less than that of points", |run| run < points as f64)?;
        if points == 0 { Err(EnvelopeError::NoPoints) } else { Ok(()) }
    }
}

/// The smallest and the largest size, which differ.
fn sizes(curves: &[Curve]) -> Result<[f64; 2], EnvelopeError> {
    let first = curves.first().ok_or(EnvelopeError::NoCurves)?.n;
    let both = |[low, high]: [f64; 2], curve: &Curve| [min(low, curve.n), max(high, curve.n)];
    let [low, high] = curves.iter().fold([first; 2], both);
    if curve::same(high, low) {
        Err(EnvelopeError::OneSize { size: low, runs: curves.len() })
    } else {
        Ok([low, high])
    }
}

/// The power laws through winners; none unless they differ in compute.
fn power_laws(winners: &[Winner]) -> Option<PowerLaws> {
    let column = |of: fn(&Winner) -> f64| winners.iter().map(of).collect::<Vec<f64>>();
    let [x, n, d] = [0, 1, 2].map(|at| match at {
        0 => column(|winner| winner.log10[0]),
        1 => column(|winner| winner.log10[1]),
        _ => column(|winner| winner.log10[2]),
    });
    laws_through(&x, &n, &d)
}

/// The power laws of sizes and of tokens by compute, from decimal logarithms.
fn laws_through(c: &[f64], n: &[f64], d: &[f64]) -> Option<PowerLaws> {
    let law = |y: &[f64]| Line::through(c, y, None).map(PowerLaw::of).map(PowerLaw::without_errors);
    Some(PowerLaws { n: law(n)?, d: law(d)? })
}
