//! The method's own bias: how far vertices of parabolas lie from the best size when there is no noise at all.
//!
//! A slice of constant compute through `E + A / N^alpha + B / D^beta` is no parabola: unless `alpha = beta` one of
//! its sides is steeper, and the vertex lies off the best size, the more so the wider the slice. Where each budget
//! is sampled around its best size alike, the exponent is right and the coefficient is not; where the middle of
//! the samples drifts from budget to budget, both are wrong. So the method is applied to the losses of a surface at
//! the very sizes and tokens of the runs, and compared with the surface's own best sizes.
//!
//! # Source
//! Czech et al. (2026), "Problems with Chinchilla Approach 2", arXiv:2603.22339.

use super::{Group, IsoFlop, Options, Runs};
use crate::fit::isoflop::grouping::Grouped;
use crate::fit::line::{PowerLaw, PowerLaws};
use crate::fit::{EXPONENTS, Loss, Parameter, Problem, Progress, fit};
use crate::formula::Formula;
use crate::num::{log10, pow};
use crate::outcome::Termination;

/// A loss `E + A / N^alpha + B / D^beta`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surface {
    /// What no size and no data take away.
    pub e: f64,
    /// The coefficient of size.
    pub a: f64,
    /// The exponent of size.
    pub alpha: f64,
    /// The coefficient of tokens.
    pub b: f64,
    /// The exponent of tokens.
    pub beta: f64,
}

/// By how much the method misses a surface, without noise.
#[derive(Clone, Debug, PartialEq)]
pub struct Bias {
    /// The surface.
    pub surface: Surface,
    /// Found less true, of the power law of sizes.
    pub n: Miss,
    /// The same of tokens.
    pub d: Miss,
    /// For each group the found best size over the true one, less one; none where the group does not count.
    pub groups: Vec<Option<f64>>,
}

/// By how much a power law is missed: found less true.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Miss {
    /// Of the exponent.
    pub exponent: f64,
    /// Of the coefficient's decimal logarithm.
    pub log10_coefficient: f64,
}

impl Miss {
    fn new(found: &PowerLaw, exact: &PowerLaw) -> Self {
        Self {
            exponent: found.exponent - exact.exponent,
            log10_coefficient: found.log10_coefficient - exact.log10_coefficient,
        }
    }

    /// The found value over the true one at a compute, less one.
    pub fn at(&self, compute: f64) -> f64 {
        crate::num::exp_m1(
            (self.log10_coefficient + self.exponent * log10(compute)) * std::f64::consts::LN_10,
        )
    }
}

impl Surface {
    /// The loss.
    pub fn loss(&self, n: f64, d: f64) -> f64 {
        self.e + self.a * pow(n, -self.alpha) + self.b * pow(d, -self.beta)
    }

    /// The best size and the best tokens where C = 6 N D (Hoffmann et al. 2022, Eq. 4).
    pub fn best(&self) -> PowerLaws {
        let both = self.alpha + self.beta;
        let exponent = self.beta / both;
        let log10_g = log10(self.alpha * self.a / (self.beta * self.b)) / both;
        let n = PowerLaw {
            exponent,
            log10_coefficient: log10_g - exponent * log10(6.0),
            exponent_se: None,
            coefficient_se: None,
        };
        PowerLaws { n, d: n.of_the_rest() }
    }

    /// The surface that fits runs best, by Huber's loss of log residuals; none unless that fit is certified and
    /// every term of it is there.
    pub fn through(runs: &Runs, report: &mut dyn FnMut(Progress)) -> Option<Self> {
        let law = Formula::parse("E + A / N^alpha + B / D^beta").ok()?;
        let parameter = |name: &str, range: Option<(f64, f64)>| Parameter {
            name: name.to_owned(),
            positive: range.is_none(),
            range,
            ..Parameter::default()
        };
        let problem = Problem {
            formula: &law,
            parameters: vec![
                parameter("E", None),
                parameter("A", None),
                parameter("alpha", Some(EXPONENTS)),
                parameter("B", None),
                parameter("beta", Some(EXPONENTS)),
            ],
            inputs: vec![("N", runs.n), ("D", runs.d)],
            response: runs.loss,
            weights: None,
            deviations: None,
            loss: Loss::huber(1e-3),
        };
        let found = fit(&problem, report).ok()?;
        let certified = matches!(found.termination, Termination::Converged | Termination::AtBound);
        let [e, a, alpha, b, beta] = found.values[..] else { return None };
        let surface = Self { e: e?, a: a?, alpha: alpha?, b: b?, beta: beta? };
        let terms = [surface.a, surface.alpha, surface.b, surface.beta];
        (certified && terms.iter().all(|term| *term > 0.0)).then_some(surface)
    }
}

impl IsoFlop {
    /// By how much these profiles would miss a surface without noise, at the runs' own sizes and tokens. `options`
    /// are those with which the profiles were found.
    ///
    /// `None` where compute is not 6 N D, or fewer than two budgets count.
    pub fn bias(&self, runs: &Runs, options: &Options, surface: &Surface) -> Option<Bias> {
        if !self.six_nd {
            return None;
        }
        let loss: Vec<f64> = runs.n.iter().zip(runs.d).map(|(n, d)| surface.loss(*n, *d)).collect();
        let runs = Runs { loss: &loss, ..*runs };
        let again = |group: &Group| {
            let Group { budget, spread, .. } = *group;
            Group::new(Grouped { budget, spread, rows: group.rows.clone() }, &runs, options, true)
        };
        let groups: Vec<Option<Group>> =
            self.groups.iter().map(|group| group.used().map(|_| again(group))).collect();
        let exact = surface.best();
        let miss = |group: &Group| {
            let (budget, vertex) = group.used()?;
            Some(crate::num::exp_m1((vertex.log10[0] - exact.n.log10_at(budget)) * std::f64::consts::LN_10))
        };
        let by_group = groups.iter().map(|group| miss(group.as_ref()?)).collect();
        let found = Self::through(groups.into_iter().flatten().collect(), true).power_laws?;
        Some(Bias {
            surface: *surface,
            n: Miss::new(&found.n, &exact.n),
            d: Miss::new(&found.d, &exact.d),
            groups: by_group,
        })
    }
}
