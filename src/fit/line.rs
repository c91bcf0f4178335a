//! A straight line by least squares, and a power law, which is one between logarithms.

use crate::num::{exp, log10};

/// A straight line `y = intercept + slope x`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// How `y` changes with `x`.
    pub slope: f64,
    /// `y` at `x = 0`.
    pub intercept: f64,
    /// The standard error of the slope, from the scatter about the line; none without a third point.
    pub slope_se: Option<f64>,
    /// The same of the intercept.
    pub intercept_se: Option<f64>,
}

impl Line {
    /// The line of least squares through points, each counting by its weight, or all alike.
    ///
    /// Weights say how points compare: standard errors come from the scatter, not from the weights' own size.
    /// `None` if the points have not two different `x`, or something is not finite.
    ///
    /// # Panics
    /// If the columns differ in length.
    ///
    /// # Example
    /// ```
    /// use isoflop::fit::Line;
    /// let line = Line::through(&[0.0, 1.0, 2.0, 3.0], &[1.0, 3.0, 5.0, 7.0], None).unwrap();
    /// assert_eq!((line.slope, line.intercept, line.slope_se), (2.0, 1.0, Some(0.0)));
    /// assert!(Line::through(&[1.0, 1.0], &[2.0, 3.0], None).is_none());
    /// ```
    pub fn through(x: &[f64], y: &[f64], weights: Option<&[f64]>) -> Option<Self> {
        assert!(x.len() == y.len() && weights.is_none_or(|w| w.len() == x.len()), "columns of one length");
        let points = x.len();
        let weight = |i: usize| weights.map_or(1.0, |weights| weights[i]);
        let sum = |term: &dyn Fn(usize) -> f64| (0..points).fold(0.0, |sum, i| sum + weight(i) * term(i));
        let all = sum(&|_| 1.0);
        let (mean_x, mean_y) = (sum(&|i| x[i]) / all, sum(&|i| y[i]) / all);
        let spread = sum(&|i| (x[i] - mean_x) * (x[i] - mean_x));
        let slope = sum(&|i| (x[i] - mean_x) * (y[i] - mean_y)) / spread;
        let differ = x.iter().any(|other| *other != x[0]);
        if !(differ && spread > 0.0 && slope.is_finite() && mean_y.is_finite()) {
            return None;
        }
        let residual = |i: usize| y[i] - mean_y - slope * (x[i] - mean_x);
        let variance = (points > 2).then(|| sum(&|i| residual(i) * residual(i)) / (points as f64 - 2.0));
        Some(Self {
            slope,
            intercept: mean_y - slope * mean_x,
            slope_se: variance.map(|variance| (variance / spread).sqrt()),
            intercept_se: variance.map(|variance| (variance * (1.0 / all + mean_x * mean_x / spread)).sqrt()),
        })
    }
}

/// A power law `y = 10^log10_coefficient x^exponent`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerLaw {
    /// The power.
    pub exponent: f64,
    /// The decimal logarithm of the value at 1.
    pub log10_coefficient: f64,
    /// The standard error of the exponent; none where there is none, or where it would mean nothing.
    pub exponent_se: Option<f64>,
    /// The standard error of the coefficient's logarithm.
    pub coefficient_se: Option<f64>,
}

impl PowerLaw {
    /// The power law whose logarithm is this line between decimal logarithms.
    pub fn of(line: Line) -> Self {
        Self {
            exponent: line.slope,
            log10_coefficient: line.intercept,
            exponent_se: line.slope_se,
            coefficient_se: line.intercept_se,
        }
    }

    /// Without standard errors: for points that do not vary independently.
    #[must_use]
    pub fn without_errors(self) -> Self {
        Self { exponent_se: None, coefficient_se: None, ..self }
    }

    /// The law of tokens that belongs to this one of sizes where C = 6 N D: the exponents add up to one.
    #[must_use]
    pub fn of_the_rest(self) -> Self {
        Self {
            exponent: 1.0 - self.exponent,
            log10_coefficient: -log10(6.0) - self.log10_coefficient,
            ..self
        }
    }

    /// The decimal logarithm of the value at `10^log10_x`.
    pub fn log10_at(&self, log10_x: f64) -> f64 {
        self.log10_coefficient + self.exponent * log10_x
    }

    /// The value at 1.
    pub fn coefficient(&self) -> f64 {
        ten_to(self.log10_coefficient)
    }
}

/// `10^x`.
pub(super) fn ten_to(x: f64) -> f64 {
    exp(x * std::f64::consts::LN_10)
}

/// The best size and the best tokens by training compute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerLaws {
    /// Of sizes, in parameters by FLOPs.
    pub n: PowerLaw,
    /// Of tokens, by FLOPs.
    pub d: PowerLaw,
}
