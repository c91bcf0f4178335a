//! `IsoFLOP` profiles (approach 2 of Chinchilla): a parabola for each budget, and a power law through vertices.
//!
//! Runs of one budget form a group. The loss of a group is a parabola in the logarithm of size, and in that of
//! tokens; its vertex is the best size of that budget. Best sizes and best tokens are then power laws of compute.
//! Where tokens follow from C = 6 N D, so do those of a vertex, and the two exponents add up to one exactly;
//! otherwise each is fitted for itself, and they need not.
//!
//! ```
//! use isoflop::fit::isoflop::{Grouping, Options, Runs, isoflop};
//! use isoflop::num::{exp, ln};
//!
//! // Losses that are parabolas about the square root of compute over six.
//! let (mut n, mut d, mut c, mut loss) = (vec![], vec![], vec![], vec![]);
//! for budget in [6e18, 6e19, 6e20] {
//!     for step in -3..=3 {
//!         let size = exp(0.5 * ln(budget / 6.0) + 0.4 * f64::from(step));
//!         n.push(size);
//!         d.push(budget / (6.0 * size));
//!         c.push(budget);
//!         loss.push(2.0 + 0.01 * f64::from(step * step));
//!     }
//! }
//! let runs = Runs { n: &n, d: &d, c: &c, loss: &loss };
//! let found = isoflop(&runs, &Grouping::Near { tolerance: 0.1 }, &Options::default())?;
//! let laws = found.power_laws.unwrap();
//! assert_eq!(found.groups.len(), 3);
//! assert!((laws.n.exponent - 0.5).abs() < 1e-12);
//! assert_eq!(laws.n.exponent + laws.d.exponent, 1.0);
//! # Ok::<(), isoflop::fit::isoflop::IsoFlopError>(())
//! ```
//!
//! # Source
//! Hoffmann et al. (2022), section 3.2.

mod bias;
mod bootstrap;
mod error;
mod group;
mod grouping;
mod profile;

pub use bias::{Bias, Surface};
pub use bootstrap::{Bootstrap, Resampling};
pub use error::IsoFlopError;
pub use group::{Group, Vertex};
pub use grouping::Grouping;
pub use profile::{Axis, Reason, Side};

use super::column::{POSITIVE, every, positive, same_length};
use super::line::{Line, PowerLaw, PowerLaws};
use crate::num::{exp, ln};

/// Training runs by their columns: parameters, tokens, FLOPs and loss, all positive.
#[derive(Clone, Copy, Debug)]
pub struct Runs<'a> {
    /// The size of each, in parameters.
    pub n: &'a [f64],
    /// The tokens that each was trained on.
    pub d: &'a [f64],
    /// The FLOPs of each.
    pub c: &'a [f64],
    /// The loss of each.
    pub loss: &'a [f64],
}

/// How a parabola is put through a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How many points on either side of the lowest one count; all by default.
    pub window: Option<usize>,
    /// What is a parabola.
    pub of: Of,
}

/// What is a parabola in the logarithm of size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Of {
    /// The loss.
    #[default]
    Loss,
    /// Its natural logarithm.
    LogLoss,
}

impl Of {
    fn forth(self, loss: f64) -> f64 {
        match self {
            Self::Loss => loss,
            Self::LogLoss => ln(loss),
        }
    }

    fn back(self, value: f64) -> f64 {
        match self {
            Self::Loss => value,
            Self::LogLoss => exp(value),
        }
    }
}

/// What the profiles come to.
#[derive(Clone, Debug, PartialEq)]
pub struct IsoFlop {
    /// The groups, by budget.
    pub groups: Vec<Group>,
    /// Whether every run has C = 6 N D, so that tokens follow from size.
    pub six_nd: bool,
    /// The power laws through the vertices of the groups in use, all alike; none through fewer than two budgets.
    pub power_laws: Option<PowerLaws>,
    /// The same with each vertex counting by how well it is known; none where one seems known exactly.
    pub weighted: Option<PowerLaws>,
}

/// By how much C may differ from 6 N D, as a share, and still count as that: tables are rounded.
const SIX_ND: f64 = 1e-6;

/// Finds the best size and the best tokens of each budget, and the power laws through them.
///
/// A group that has no usable vertex says why ([`Group::reason`]); that is no error.
///
/// # Errors
/// [`IsoFlopError`] if columns differ in length or hold something that is not positive and finite, if there are no
/// runs or none in a group, if all runs are of one size, or if the tolerance is none.
pub fn isoflop(runs: &Runs, grouping: &Grouping, options: &Options) -> Result<IsoFlop, IsoFlopError> {
    runs.check()?;
    let grouped = grouping.group(runs.c)?;
    let mut sizes = grouped.iter().flat_map(|group| &group.rows).map(|row| runs.n[*row]);
    let size = sizes.next().ok_or(IsoFlopError::NoGroups)?;
    if sizes.all(|other| other == size) {
        return Err(IsoFlopError::OneSize { size });
    }
    let six_nd = runs.six_nd();
    let groups = grouped.into_iter().map(|group| Group::new(group, runs, options, six_nd)).collect();
    Ok(IsoFlop::through(groups, six_nd))
}

impl Runs<'_> {
    fn check(&self) -> Result<(), IsoFlopError> {
        let columns = [("N", self.n), ("D", self.d), ("C", self.c), ("L", self.loss)];
        for (name, column) in columns {
            same_length(name, column.len(), self.loss.len())?;
            every(name, column, POSITIVE, positive)?;
        }
        if self.loss.is_empty() { Err(IsoFlopError::NoRuns) } else { Ok(()) }
    }

    /// Whether C = 6 N D in every row.
    fn six_nd(&self) -> bool {
        let follows = |((n, d), c): ((&f64, &f64), &f64)| (6.0 * n * d / c - 1.0).abs() <= SIX_ND;
        self.n.iter().zip(self.d).zip(self.c).all(follows)
    }
}

impl IsoFlop {
    /// The power laws through the vertices that count.
    fn through(groups: Vec<Group>, six_nd: bool) -> Self {
        let used: Vec<(f64, Vertex)> = groups.iter().filter_map(Group::used).collect();
        let scatters =
            |(_, vertex): &(f64, Vertex)| vertex.log10_se.iter().all(|se| se.is_some_and(|se| se > EXACT));
        Self {
            power_laws: power_laws(&used, six_nd, false),
            weighted: used.iter().all(scatters).then(|| power_laws(&used, six_nd, true)).flatten(),
            groups,
            six_nd,
        }
    }

    /// The sum of the two exponents: one exactly where C = 6 N D.
    pub fn exponent_sum(&self) -> Option<f64> {
        let laws = self.power_laws?;
        Some(if self.six_nd { 1.0 } else { laws.n.exponent + laws.d.exponent })
    }
}

/// A standard error of log10 size below this is rounding.
const EXACT: f64 = 1e-12;

/// The power laws through vertices, each with the decimal logarithm of its budget.
fn power_laws(used: &[(f64, Vertex)], six_nd: bool, weighted: bool) -> Option<PowerLaws> {
    let budgets: Vec<f64> = used.iter().map(|(budget, _)| *budget).collect();
    let law = |axis: usize| {
        let best: Vec<f64> = used.iter().map(|(_, vertex)| vertex.log10[axis]).collect();
        let weight = |se: Option<f64>| se.map_or(0.0, |se| 1.0 / (se * se));
        let weights: Vec<f64> = used.iter().map(|(_, vertex)| weight(vertex.log10_se[axis])).collect();
        Line::through(&budgets, &best, weighted.then_some(&weights)).map(PowerLaw::of)
    };
    let n = law(0)?;
    Some(PowerLaws { n, d: if six_nd { n.of_the_rest() } else { law(1)? } })
}
