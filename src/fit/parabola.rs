//! A parabola by least squares: its vertex, and how well that is known.

/// A parabola fitted to points, by polynomials that are orthogonal on them: `1`, `u` and `u^2 - tilt u - level`,
/// with `u` counted from the mean of `x`. So its coefficients vary independently, and nothing cancels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parabola {
    points: usize,
    mean: f64,
    tilt: f64,
    level: f64,
    /// The sums of squares of the second and third polynomial.
    squares: [f64; 2],
    coefficients: [f64; 3],
    /// The sum of squared residuals.
    pub sum_of_squares: f64,
}

impl Parabola {
    /// The parabola of least squares.
    ///
    /// `None` if the points have not three different `x`, or something is not finite.
    ///
    /// # Panics
    /// If the columns differ in length.
    ///
    /// # Example
    /// ```
    /// use isoflop::fit::Parabola;
    /// let parabola = Parabola::through(&[0.0, 1.0, 2.0, 4.0], &[5.0, 2.0, 1.0, 5.0]).unwrap();
    /// let [x, y] = parabola.vertex().unwrap();
    /// assert!((x - 2.0).abs() < 1e-15 && (y - 1.0).abs() < 1e-15);
    /// assert!((parabola.curvature() - 1.0).abs() < 1e-15);
    /// ```
    pub fn through(x: &[f64], y: &[f64]) -> Option<Self> {
        assert_eq!(x.len(), y.len(), "columns of one length");
        let points = x.len();
        let sum = |term: &dyn Fn(usize) -> f64| (0..points).fold(0.0, |sum, i| sum + term(i));
        let (mean, mean_y) = (sum(&|i| x[i]) / points as f64, sum(&|i| y[i]) / points as f64);
        let u = |i: usize| x[i] - mean;
        let second = sum(&|i| u(i) * u(i));
        let (tilt, level) = (sum(&|i| u(i) * u(i) * u(i)) / second, second / points as f64);
        let bent = |i: usize| u(i) * (u(i) - tilt) - level;
        let third = sum(&|i| bent(i) * bent(i));
        let slope = sum(&|i| u(i) * (y[i] - mean_y)) / second;
        let curvature = sum(&|i| bent(i) * (y[i] - mean_y)) / third;
        if !(has_three(x) && third > 0.0 && curvature.is_finite() && slope.is_finite() && mean_y.is_finite())
        {
            return None;
        }
        let mut fitted = Self {
            points,
            mean,
            tilt,
            level,
            squares: [second, third],
            coefficients: [mean_y, slope, curvature],
            sum_of_squares: 0.0,
        };
        fitted.sum_of_squares = sum(&|i| {
            let residual = y[i] - fitted.at(x[i]);
            residual * residual
        });
        Some(fitted)
    }

    /// Its value.
    pub fn at(&self, x: f64) -> f64 {
        let u = x - self.mean;
        let [constant, slope, curvature] = self.coefficients;
        constant + slope * u + curvature * (u * (u - self.tilt) - self.level)
    }

    /// The coefficient of `x^2`.
    pub fn curvature(&self) -> f64 {
        self.coefficients[2]
    }

    /// Where it is lowest, and its value there; `None` unless it opens upwards.
    pub fn vertex(&self) -> Option<[f64; 2]> {
        let [_, slope, curvature] = self.coefficients;
        let x = self.mean + 0.5 * (self.tilt - slope / curvature);
        let y = self.at(x);
        (curvature > 0.0 && x.is_finite() && y.is_finite()).then_some([x, y])
    }

    /// The root of the mean squared residual.
    pub fn rms(&self) -> f64 {
        (self.sum_of_squares / self.points as f64).sqrt()
    }

    /// The standard error of the vertex's place, to first order, from the scatter of the points about the
    /// parabola; `None` unless a fourth point shows any.
    pub fn vertex_se(&self) -> Option<f64> {
        let free = self.points.checked_sub(3).filter(|free| *free > 0)?;
        let [_, slope, curvature] = self.coefficients;
        let [second, third] = self.squares;
        let (by_slope, by_curvature) = (0.5 / curvature, 0.5 * slope / (curvature * curvature));
        let variance = self.sum_of_squares / free as f64
            * (by_slope * by_slope / second + by_curvature * by_curvature / third);
        variance.is_finite().then(|| variance.sqrt())
    }

    /// How far the fitted value at one of its points follows the point: between 0 and 1.
    pub fn leverage(&self, x: f64) -> f64 {
        let u = x - self.mean;
        let bent = u * (u - self.tilt) - self.level;
        let [second, third] = self.squares;
        1.0 / self.points as f64 + u * u / second + bent * bent / third
    }
}

/// Whether there are three different values.
fn has_three(values: &[f64]) -> bool {
    let Some(&first) = values.first() else { return false };
    let other = values.iter().find(|value| **value != first);
    other.is_some_and(|&other| values.iter().any(|&value| value != first && value != other))
}
