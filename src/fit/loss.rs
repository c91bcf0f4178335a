//! How residuals count.

use crate::num::{self, lanes, lanes::F64x2};

/// What a fit sums over the runs: a function of the residuals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss {
    /// How a residual counts by its size.
    pub shape: Shape,
    /// What the residual is of.
    pub of: Residual,
    /// How many times as much a prediction that is too high counts as one that is too low; 1 for both the same.
    pub over: f64,
}

/// How a residual counts by its size. Sums over the runs, never means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// r²/2 up to |r| = δ, then δ(|r| − δ/2) (Huber 1964, equation 2.5; Hoffmann et al. 2022, appendix D.2).
    Huber(f64),
    /// r²/2.
    Squares,
    /// |r|.
    Absolute,
}

/// What a residual is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Residual {
    /// ln f − ln L.
    Log,
    /// f − L.
    Raw,
}

impl Default for Loss {
    /// Chinchilla's: Huber's loss of log residuals, threshold 1e-3.
    fn default() -> Self {
        Self::huber(1e-3)
    }
}

impl Loss {
    /// Huber's loss of log residuals.
    pub const fn huber(delta: f64) -> Self {
        Self { shape: Shape::Huber(delta), of: Residual::Log, over: 1.0 }
    }
}

/// Huber's function with a steeper side, as the sums of a fit need it. Squares are its threshold at infinity,
/// absolute values its limit at zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rho {
    /// Up to where it is quadratic.
    pub delta: f64,
    /// The factor of positive residuals.
    pub over: f64,
}

impl Rho {
    /// The function of a loss. That of absolute values has no threshold: see [`super::absolute`].
    pub fn of(loss: Loss) -> Self {
        let delta = match loss.shape {
            Shape::Huber(delta) => delta,
            Shape::Squares => f64::INFINITY,
            Shape::Absolute => 0.0,
        };
        Self { delta, over: loss.over }
    }

    /// Σ w ρ(r), with ρ = m (|r| − m/2) for m = min(|r|, δ); Σ w |r| without a threshold.
    pub fn sum(self, residuals: &[f64], weights: &[f64]) -> f64 {
        if self.delta == 0.0 {
            let over = F64x2::splat(self.over);
            return lanes::sum_of([residuals, weights], |[residual, weight]| {
                side(residual, over) * weight * residual.abs()
            });
        }
        let (delta, half) = (F64x2::splat(self.delta), F64x2::splat(0.5));
        if self.even() {
            return lanes::sum_of([residuals, weights], |[residual, weight]| {
                let size = residual.abs();
                let least = size.min(delta);
                weight * least * (size - half * least)
            });
        }
        let over = F64x2::splat(self.over);
        lanes::sum_of([residuals, weights], |[residual, weight]| {
            let size = residual.abs();
            let least = size.min(delta);
            side(residual, over) * weight * least * (size - half * least)
        })
    }

    /// Σ w ρ'(r + t a) a: the slope along a line.
    pub fn slope_along(self, along: &[f64], residuals: &[f64], weights: &[f64], t: f64) -> f64 {
        let (delta, t) = (F64x2::splat(self.delta), F64x2::splat(t));
        let columns = [along, residuals, weights];
        if self.even() {
            return lanes::sum_of(columns, |[along, residual, weight]| {
                weight * (residual + t * along).min(delta).max(-delta) * along
            });
        }
        let over = F64x2::splat(self.over);
        lanes::sum_of(columns, |[along, residual, weight]| {
            let residual = residual + t * along;
            side(residual, over) * weight * residual.min(delta).max(-delta) * along
        })
    }

    /// ρ'(r).
    #[inline]
    pub fn slope(self, r: f64) -> f64 {
        self.side(r) * clamp(r, self.delta)
    }

    /// The factor of ρ on this side.
    #[inline]
    pub fn side(self, r: f64) -> f64 {
        if r > 0.0 { self.over } else { 1.0 }
    }

    /// ρ''(r): where the function is quadratic, else zero.
    #[inline]
    pub fn curvature(self, r: f64) -> f64 {
        if r.abs() <= self.delta { self.side(r) } else { 0.0 }
    }

    /// ρ'(r)/r: the weight of iteratively reweighted least squares.
    #[inline]
    pub fn weight(self, r: f64) -> f64 {
        self.side(r) * num::min(1.0, self.delta / r.abs())
    }

    /// Whether both sides count the same. Then no lane asks for the sign, and the sums take a tenth less.
    fn even(self) -> bool {
        self.over == 1.0
    }
}

/// `over` where the residual is positive, else one.
#[inline]
fn side(residual: F64x2, over: F64x2) -> F64x2 {
    F64x2::ZERO.lt(residual).select(over, F64x2::splat(1.0))
}

/// r within ±δ.
#[inline]
fn clamp(r: f64, delta: f64) -> f64 {
    let r = if r < -delta { -delta } else { r };
    if r > delta { delta } else { r }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [f64; 5] = [-2.0, -0.5, 0.0, 0.25, 3.0];
    const ONES: [f64; 5] = [1.0; 5];

    #[test]
    fn squares_are_hubers_loss_without_a_threshold() {
        let squares = Rho { delta: f64::INFINITY, over: 1.0 };
        assert_eq!(squares.sum(&ROWS, &ONES), 0.5 * (4.0 + 0.25 + 0.0625 + 9.0));
        assert_eq!((squares.slope(3.0), squares.weight(3.0), squares.weight(0.0)), (3.0, 1.0, 1.0));
    }

    #[test]
    fn too_high_counts_more() {
        let rho = Rho { delta: 1.0, over: 2.0 };
        let even = Rho { delta: 1.0, over: 1.0 };
        let high = [0.25, 3.0];
        let extra = rho.sum(&ROWS, &ONES) - even.sum(&ROWS, &ONES);
        assert_eq!(extra, even.sum(&high, &ONES[..2]));
        assert_eq!(
            (rho.slope(3.0), rho.slope(-3.0), rho.curvature(0.25), rho.curvature(3.0)),
            (2.0, -1.0, 2.0, 0.0)
        );
    }

    #[test]
    fn the_slope_is_the_derivative() {
        for rho in [Rho { delta: 1.0, over: 3.0 }, Rho { delta: 0.3, over: 1.0 }] {
            let (along, h) = ([1.0, -0.3, 0.2, 0.7, -0.1], 1e-6);
            let at = |t: f64| {
                let moved: Vec<f64> = ROWS.iter().zip(along).map(|(r, a)| r + t * a).collect();
                rho.sum(&moved, &ONES)
            };
            let slope = rho.slope_along(&along, &ROWS, &ONES, 0.1);
            assert!((slope - (at(0.1 + h) - at(0.1 - h)) / (2.0 * h)).abs() < 1e-8);
        }
    }
}
